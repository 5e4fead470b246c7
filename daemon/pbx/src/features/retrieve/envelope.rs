//! Envelope: whose message it is, and of when, as the box says it.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: the extension's `say_time` and `say_caller`, its person's `time_zone`.
//! Steps: none of its own: one sentence before each message, and at 5.
//! RFC 3339 has the moments; the zone's name is the IANA's.

use crate::cx::Cx;
use crate::mailbox::Message;
use crate::output::Sound;
use crate::prompt::{Arg, PromptId};

/// What is said before a message, the `number`-th of its list, counted from 1: as much of its envelope as the owner wants.
pub(super) fn before(message: &Message, number: usize, cx: &Cx) -> Sound {
    let extension = cx.config.extension(&message.mailbox);
    let (says_time, says_caller) =
        extension.map_or((true, true), |extension| (extension.say_time, extension.say_caller));
    match (says_time, says_caller) {
        (true, true) => envelope(message, number, cx),
        (true, false) => match when(message, cx) {
            Some(when) => cx.sentence(PromptId::MessageAt, &[count(number), when]),
            None => cx.sentence(PromptId::MessageNumber, &[count(number)]),
        },
        (false, true) => {
            let (who, [sentence, _, _]) = who(message);
            let args: Vec<_> = [count(number)].into_iter().chain(who).collect();
            cx.sentence(sentence, &args)
        }
        (false, false) => cx.sentence(PromptId::MessageNumber, &[count(number)]),
    }
}

/// Time and caller of a message, the `number`-th of its list, counted from 1.
pub(super) fn envelope(message: &Message, number: usize, cx: &Cx) -> Sound {
    let (who, [_, dated, undated]) = who(message);
    let when = when(message, cx);
    let sentence = if when.is_some() { dated } else { undated };
    let args: Vec<_> = [count(number)].into_iter().chain(when).chain(who).collect();
    cx.sentence(sentence, &args)
}

/// An argument of a sentence with its name.
type Named = (&'static str, Arg);

/// The caller, and the sentences that name them: without a time, with it, and where it is not known.
fn who(message: &Message) -> (Option<Named>, [PromptId; 3]) {
    let caller = &message.caller;
    match (caller.name.as_str(), caller.number.as_str()) {
        ("", "") => {
            let sentences =
                [PromptId::MessageOfUnknown, PromptId::MessageFromUnknown, PromptId::MessageUndatedFromUnknown];
            (None, sentences)
        }
        ("", number) => {
            let sentences =
                [PromptId::MessageOfNumber, PromptId::MessageFromNumber, PromptId::MessageUndatedFromNumber];
            (Some(("caller", Arg::Digits(number.to_owned()))), sentences)
        }
        (name, _) => {
            let sentences = [PromptId::MessageOfName, PromptId::MessageFromName, PromptId::MessageUndatedFromName];
            (Some(("name", Arg::Name(name.to_owned()))), sentences)
        }
    }
}

/// When it came, on its owner's clock; `None` where the box did not know.
fn when(message: &Message, cx: &Cx) -> Option<Named> {
    let zone = || cx.config.time_zone_of(&message.mailbox).iana_name().unwrap_or("UTC").to_owned();
    message.is_synced.then(|| ("at", Arg::Moment { at: message.at, zone: zone(), now: cx.now.wall }))
}

fn count(number: usize) -> Named {
    ("number", Arg::Count(u32::try_from(number).unwrap_or(u32::MAX)))
}
