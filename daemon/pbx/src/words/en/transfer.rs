//! Calls that are passed on, and parties that ask somebody first.

use super::causes;
use crate::events::{Cause, Happened};

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Transferring { by, to } => format!("{by} passes the call on to {to}"),
        Happened::TransferRefused { by, to, cause } => transfer_refused(by, to, *cause),
        Happened::Transferred { by, to } => format!("{by} transferred the call to {to}"),
        Happened::Asks { by, to, waits } => format!("{by} calls {to} to ask, while {waits} waits"),
        Happened::Waited { extension } => format!("{extension} waited no longer"),
        Happened::BackWith { by, with } => format!("{by} goes on with {with}, who waited"),
        Happened::Conference { by, with, and } => format!("{by}, {with} and {and} talk together"),
        Happened::HandedBack { by, to, cause } => handed_back(by, to, *cause),
        _ => String::new(),
    }
}

fn transfer_refused(by: &str, to: &str, cause: Cause) -> String {
    format!("{by} wanted to pass the call on to {to}, which was refused: {}", causes::because(cause))
}

fn handed_back(by: &str, to: &str, cause: Cause) -> String {
    format!("{to}: {}; the call goes back to {by}", causes::because(cause))
}
