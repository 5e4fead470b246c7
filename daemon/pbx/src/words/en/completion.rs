//! Call completion.

use super::causes;
use crate::events::Cause;
use crate::route::{Announcement, Completion};

pub(super) fn act(wish: Completion) -> &'static str {
    match wish {
        Completion::Want => "call the caller back when whom they called last is free",
        Completion::Cancel => "call the caller back no longer",
    }
}

pub(super) fn offer(target: &str) -> String {
    format!("ask the caller whether to be called back when {target} is free")
}

pub(super) fn announce(said: Announcement) -> &'static str {
    match said {
        Announcement::NoCallToComplete => "say that there is no call that was in vain",
        Announcement::TooManyCompletions => "say that the caller waits for as many call-backs as possible",
        Announcement::CompletionsCancelled => "say that the caller is not called back any more",
        Announcement::NoCompletions => "say that the caller waits for no call back",
        _ => "say that the caller is called back",
    }
}

pub(super) fn wanted(by: &str, target: &str) -> String {
    format!("{by} is called back as soon as {target} is free, within an hour")
}

pub(super) fn cancelled(by: &str) -> String {
    format!("{by} is not called back any more")
}

pub(super) fn begins(caller: &str, target: &str) -> String {
    format!("{caller} wanted to be called back when {target} is free, and now it is")
}

pub(super) fn not_called_back(cause: Cause, extension: &str, number: &str) -> String {
    format!("{extension} was called back for {number}: {}", causes::because(cause))
}

pub(super) fn calls_back(name: &str) -> String {
    format!("Call back: {name}")
}

pub(super) fn offered(cause: Cause, (from, to): (&str, &str), is_wanted: bool) -> String {
    let why = causes::because(cause);
    match is_wanted {
        true => format!("{to}: {why}; {from} wants to be called back"),
        false => format!("{to}: {why}; {from} was offered to be called back"),
    }
}

pub(super) fn places(caller: &str, target: &str) -> String {
    format!("{caller} wanted from the page to be connected with {target}")
}

pub(super) fn not_placed(cause: Cause, extension: &str, number: &str) -> String {
    format!("{extension} was rung to be connected with {number}: {}", causes::because(cause))
}

pub(super) fn placed(name: &str) -> String {
    format!("Call to {name}")
}
