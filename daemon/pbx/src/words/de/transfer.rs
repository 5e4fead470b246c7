//! Calls that are passed on, and parties that ask somebody first.

use super::causes;
use crate::events::{Cause, Happened};

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Transferring { by, to } => format!("{by} vermittelt den Anruf an {to}"),
        Happened::TransferRefused { by, to, cause } => transfer_refused(by, to, *cause),
        Happened::Transferred { by, to } => format!("{by} hat den Anruf an {to} vermittelt"),
        Happened::Asks { by, to, waits } => format!("{by} fragt bei {to} zurück, {waits} wartet"),
        Happened::Waited { extension } => format!("{extension} hat nicht länger gewartet"),
        Happened::BackWith { by, with } => format!("{by} spricht weiter mit {with}"),
        Happened::Conference { by, with, and } => format!("{by}, {with} und {and} sprechen zu dritt"),
        Happened::HandedBack { by, to, cause } => handed_back(by, to, *cause),
        _ => String::new(),
    }
}

fn transfer_refused(by: &str, to: &str, cause: Cause) -> String {
    format!("{by} wollte den Anruf an {to} vermitteln, was nicht ging: {}", causes::because(cause))
}

fn handed_back(by: &str, to: &str, cause: Cause) -> String {
    format!("{to}: {}; der Anruf geht zurück an {by}", causes::because(cause))
}
