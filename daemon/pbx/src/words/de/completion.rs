//! Rückruf bei Frei.

use super::causes;
use crate::events::Cause;
use crate::route::{Announcement, Completion};

pub(super) fn act(wish: Completion) -> &'static str {
    match wish {
        Completion::Want => "zurückrufen, sobald frei ist, wer zuletzt angerufen wurde",
        Completion::Cancel => "nicht mehr zurückrufen",
    }
}

pub(super) fn offer(target: &str) -> String {
    format!("den Anrufer fragen, ob er zurückgerufen werden will, sobald {target} frei ist")
}

pub(super) fn announce(said: Announcement) -> &'static str {
    match said {
        Announcement::NoCallToComplete => "ansagen, dass es keinen vergeblichen Anruf gibt",
        Announcement::TooManyCompletions => "ansagen, dass nicht mehr Rückrufe möglich sind",
        Announcement::CompletionsCancelled => "ansagen, dass nicht mehr zurückgerufen wird",
        Announcement::NoCompletions => "ansagen, dass kein Rückruf erwartet wird",
        _ => "ansagen, dass zurückgerufen wird",
    }
}

pub(super) fn wanted(by: &str, target: &str) -> String {
    format!("{by} wird zurückgerufen, sobald {target} frei ist, innerhalb einer Stunde")
}

pub(super) fn cancelled(by: &str) -> String {
    format!("{by} wird nicht mehr zurückgerufen")
}

pub(super) fn begins(caller: &str, target: &str) -> String {
    format!("{caller} wollte zurückgerufen werden, sobald {target} frei ist, und das ist jetzt so")
}

pub(super) fn not_called_back(cause: Cause, extension: &str, number: &str) -> String {
    format!("{extension} wurde wegen {number} zurückgerufen: {}", causes::because(cause))
}

pub(super) fn calls_back(name: &str) -> String {
    format!("Rückruf: {name}")
}

pub(super) fn offered(cause: Cause, (from, to): (&str, &str), is_wanted: bool) -> String {
    let why = causes::because(cause);
    match is_wanted {
        true => format!("{to}: {why}; {from} will zurückgerufen werden"),
        false => format!("{to}: {why}; {from} wurde ein Rückruf angeboten"),
    }
}

pub(super) fn places(caller: &str, target: &str) -> String {
    format!("{caller} wollte von der Seite aus mit {target} verbunden werden")
}

pub(super) fn not_placed(cause: Cause, extension: &str, number: &str) -> String {
    format!("{extension} wurde angerufen, um mit {number} verbunden zu werden: {}", causes::because(cause))
}

pub(super) fn placed(name: &str) -> String {
    format!("Anruf an {name}")
}
