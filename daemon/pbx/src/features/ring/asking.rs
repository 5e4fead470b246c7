//! Whoever has answered hears who calls, and says by a key whether they want the call: a mobile's mailbox never does, and so
//! never takes it (F41); and nobody is disturbed by a caller whom they would rather not speak (F33).
//!
//! Feature code: none.
//! Config: `also` and `screen` of an answering rule.
//! Steps: who calls, in the caller's own voice where there is one, and the keys, are said -> a key decides; none within its time is a no.
//! RFC 4733 and 6086 (keys).

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::leg::Leg;
use crate::output::Sound;
use crate::prompt::{Arg, PromptId};
use crate::route::{ANONYMOUS, Asks};

/// How long a key is waited for when all was said (F41): long enough to find it on a mobile held to the ear.
const KEY_WITHIN: Duration = Duration::from_secs(8);

/// How long it may be said, should its end never be reported: a number is said in ten seconds, the keys in as many, a name in six.
const SAID_WITHIN: Duration = Duration::from_secs(30);

/// One who is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Asking {
    asks: Asks,
    rest: VecDeque<Sound>,
    /// When it is over without a key, since the start of the box.
    pub(super) until: Duration,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    /// To have the call.
    Take,
    /// Not to have it; others may.
    Refuse,
    /// That the caller leaves a message.
    Message,
    /// That this caller is never put through again.
    Block,
}

impl Asking {
    /// Begins to say who calls.
    pub(super) fn start(asks: Asks, caller: &Leg, callee: &mut Leg, extension: &str, cx: &mut Cx) -> Asking {
        callee.listens_as(extension);
        let menu = match asks {
            Asks::Taking => PromptId::PressOneToTake,
            Asks::Wanting => PromptId::TakeMailboxOrBlock,
        };
        let said = caller.said.map(|recording| Sound::Recording { recording, from_ms: 0 });
        let rest = std::iter::once(who(caller, extension, cx)).chain(said).chain([cx.sentence(menu, &[])]).collect();
        let mut asking = Asking { asks, rest, until: cx.now.since_boot + SAID_WITHIN };
        asking.on_play_done(callee, cx);
        asking
    }

    /// The next sentence, or the time for a key.
    pub(super) fn on_play_done(&mut self, callee: &mut Leg, cx: &mut Cx) {
        match self.rest.pop_front() {
            Some(sound) => callee.hear(sound, cx),
            None => self.until = self.until.min(cx.now.since_boot + KEY_WITHIN),
        }
    }

    /// A key; `None` where it means nothing.
    pub(super) fn on_key(&self, key: char) -> Option<Wants> {
        match (key, self.asks) {
            ('1', _) => Some(Wants::Take),
            ('2', Asks::Taking) => Some(Wants::Refuse),
            ('2', Asks::Wanting) => Some(Wants::Message),
            ('3', Asks::Wanting) => Some(Wants::Block),
            _ => None,
        }
    }
}

/// Who calls: by a name that somebody vouches for, else by what the caller has said, which follows, else by number.
fn who(caller: &Leg, extension: &str, cx: &Cx) -> Sound {
    let (name, number) = (caller.vouched_name_for(extension, cx), caller.extension.as_str());
    match name.is_empty() {
        false => cx.sentence(PromptId::CallFromName, &[("name", Arg::Name(name))]),
        true if caller.said.is_some() => cx.sentence(PromptId::CallFrom, &[]),
        true if number == ANONYMOUS || number.is_empty() => cx.sentence(PromptId::CallFromUnknown, &[]),
        true => cx.sentence(PromptId::CallFromNumber, &[("number", Arg::Digits(number.to_owned()))]),
    }
}
