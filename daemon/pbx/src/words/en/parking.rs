//! Calls that wait on a park slot.

use crate::events::{Ending, Happened};
use crate::route::Act;

pub(super) fn act(act: &Act) -> String {
    match act {
        Act::Fetch(slot) => format!("fetch the call that is parked on {slot}"),
        _ => "park the call".to_owned(),
    }
}

pub(super) fn ended(ending: &Ending) -> String {
    match ending {
        Ending::Fetch { by, slot } => format!("{by} fetched the call that was parked on {slot}"),
        Ending::Park { by, slot, call } => format!("{by} parked {call} on {slot}"),
        _ => String::new(),
    }
}

pub(super) fn happened(what: &Happened) -> String {
    match what {
        Happened::Parked { by, slot } => format!("{by} parked the call on {slot}"),
        Happened::Fetched { leg, phone, by, slot } => {
            format!("{leg}: {by} fetched the call from {slot}, on phone {phone}")
        }
        Happened::Unparked { to, slot } => format!("nobody fetched it from {slot} in time; the call goes back to {to}"),
        _ => String::new(),
    }
}

pub(super) fn parked_on(slot: u8) -> String {
    format!("Parked on {slot}")
}

pub(super) fn back_from(slot: u8, name: &str) -> String {
    format!("Back from {slot}: {name}")
}
