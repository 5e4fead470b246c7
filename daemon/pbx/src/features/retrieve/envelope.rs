//! Envelope: whose message it is, and of when, as the box says it.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: the extension's `announce_envelope`, `office.time_zone`.
//! Steps: none of its own: one sentence before each message, and at 5.
//! RFC 3339 has the moments; the zone's name is the IANA's.

use crate::cx::Cx;
use crate::mailbox::Message;
use crate::output::Sound;
use crate::prompt::{Arg, PromptId};

/// What is said before a message, the `number`-th of its list, counted from 1: its envelope, or its number alone where the owner
/// wants no more.
pub(super) fn before(message: &Message, number: usize, cx: &Cx) -> Sound {
    match cx.config.extension(&message.mailbox) {
        Some(extension) if !extension.announce_envelope => cx.sentence(PromptId::MessageNumber, &[count(number)]),
        _ => envelope(message, number, cx),
    }
}

/// Time and caller of a message, the `number`-th of its list, counted from 1.
pub(super) fn envelope(message: &Message, number: usize, cx: &Cx) -> Sound {
    let caller = &message.caller;
    let who = match (caller.name.as_str(), caller.number.as_str()) {
        ("", "") => None,
        ("", number) => Some(("caller", Arg::Digits(number.to_owned()))),
        (name, _) => Some(("name", Arg::Name(name.to_owned()))),
    };
    let when = message.is_synced.then(|| {
        let zone = cx.config.office().time_zone.iana_name().unwrap_or("UTC").to_owned();
        ("at", Arg::Moment { at: message.at, zone, now: cx.now.wall })
    });
    let sentence = match (&who, when.is_some()) {
        (None, true) => PromptId::MessageFromUnknown,
        (None, false) => PromptId::MessageUndatedFromUnknown,
        (Some(("caller", _)), true) => PromptId::MessageFromNumber,
        (Some(("caller", _)), false) => PromptId::MessageUndatedFromNumber,
        (Some(_), true) => PromptId::MessageFromName,
        (Some(_), false) => PromptId::MessageUndatedFromName,
    };
    let args: Vec<_> = [count(number)].into_iter().chain(when).chain(who).collect();
    cx.sentence(sentence, &args)
}

fn count(number: usize) -> (&'static str, Arg) {
    ("number", Arg::Count(u32::try_from(number).unwrap_or(u32::MAX)))
}
