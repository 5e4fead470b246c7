//! Anrufe, die auf einem Parkplatz warten.

use crate::events::{Ending, Happened};
use crate::route::Act;

pub(super) fn act(act: &Act) -> String {
    match act {
        Act::Fetch(slot) => format!("den Anruf von Parkplatz {slot} holen"),
        _ => "den Anruf parken".to_owned(),
    }
}

pub(super) fn ended(ending: &Ending) -> String {
    match ending {
        Ending::Fetch { by, slot } => format!("{by} hat den Anruf von Parkplatz {slot} geholt"),
        Ending::Park { by, slot, call } => format!("{by} hat Anruf {} auf Platz {slot} geparkt", call.0),
        _ => String::new(),
    }
}

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Parked { by, slot } => format!("{by} parkt den Anruf auf Platz {slot}"),
        Happened::Fetched { leg, phone, by, slot } => {
            format!("Seite {}: {by} holt den Anruf am Telefon {phone} von Parkplatz {slot}", leg.0)
        }
        Happened::Unparked { to, slot } => {
            format!("niemand hat ihn rechtzeitig von Parkplatz {slot} geholt; der Anruf geht zurück an {to}")
        }
        _ => String::new(),
    }
}

pub(super) fn parked_on(slot: u8) -> String {
    format!("Geparkt auf {slot}")
}

pub(super) fn back_from(slot: u8, name: &str) -> String {
    format!("Zurück von {slot}: {name}")
}
