//! Assist: a caller who reaches nobody hears the owner's own message, and chooses by a key whom to speak to (F97).
//!
//! Feature code: `*38` switches it, `*39` records the message.
//! Config: the extension's diversion `assistant` with its `keys`.
//! Steps: the message -> a key leads where the owner said; `#`, no key or two that lead nowhere: the mailbox, or a tone where the owner
//! has none. Without a message that at once, and unanswered.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Saying --over--> Waiting --no key--> mailbox
//!    ^ |  a key that leads somewhere  |
//!    | +------------------------------+--> where it leads
//!    +--another key, once; the second time: mailbox
//! ```
//!
//! Deadlines: of the message, and [`KEY_WITHIN`] after it; both are the call's step timer.

use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::events::Cause;
use crate::ids::RecordingId;
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::route::{self, Outcome};
use crate::saying::{KEY_WITHIN, Saying};
use crate::timers::CallTimer;

/// How many keys that lead nowhere are borne: one is a slip, with two the caller may speak.
const WRONG_KEYS: u8 = 2;

/// A caller who is with somebody's assistant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assisting {
    /// The keys that lead somewhere.
    keys: Vec<u8>,
    /// The owner's message.
    message: RecordingId,
    wrong_keys: u8,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// The owner's message.
    Saying(Saying),
    /// It is over, and a key may still come.
    Waiting,
}

impl Assisting {
    /// Answers, and begins the message; `Err` where there is none, and so nothing to choose.
    pub fn start(assist: &route::Assist, caller: &mut Leg, cx: &mut Cx) -> Result<Assisting, Next> {
        let message = cx.mailboxes.get(&assist.mailbox).and_then(|mailbox| mailbox.assistant);
        let message = message.ok_or(Next::Step(Outcome::NoKey))?;
        caller.box_answers(cx);
        let mut assisting = Assisting { keys: assist.keys.clone(), message, wrong_keys: 0, state: State::Waiting };
        assisting.say(None, caller, cx);
        Ok(assisting)
    }

    fn on_key(&mut self, key: char, caller: &mut Leg, cx: &mut Cx) -> Next {
        let digit = key.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
        if let Some(digit) = digit.filter(|digit| self.keys.contains(digit)) {
            return leave(Outcome::Key(digit), caller, cx);
        }
        self.wrong_keys += 1;
        if self.wrong_keys >= WRONG_KEYS {
            return leave(Outcome::NoKey, caller, cx);
        }
        let why = cx.sentence(PromptId::InvalidKey, &[]);
        self.say(Some(why), caller, cx);
        Next::Stay
    }

    fn on_play_done(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let State::Saying(saying) = &mut self.state else { return Next::Stay };
        if saying.go_on(caller, cx) {
            return Next::Stay;
        }
        if self.keys.is_empty() {
            return leave(Outcome::NoKey, caller, cx);
        }
        cx.set_timer(caller.call, CallTimer::Step, KEY_WITHIN);
        self.state = State::Waiting;
        Next::Stay
    }

    fn say(&mut self, before: Option<Sound>, caller: &mut Leg, cx: &mut Cx) {
        let message = Sound::Recording { recording: self.message, from_ms: 0 };
        self.state = State::Saying(Saying::start(before.into_iter().chain([message]), caller, cx));
    }
}

impl App for Assisting {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::HungUp => Next::End(Cause::HungUp),
            LegEvent::Lost => Next::End(Cause::PartyLost),
            LegEvent::Failed(cause) => Next::End(*cause),
            LegEvent::Digit('#') => leave(Outcome::NoKey, caller, cx),
            LegEvent::Digit(key) => self.on_key(*key, caller, cx),
            LegEvent::PlayDone => self.on_play_done(caller, cx),
            _ => Next::Stay,
        }
    }

    /// The deadline passed: of what is said, or of a key.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match self.state {
            State::Saying(_) => self.on_play_done(caller, cx),
            State::Waiting => leave(Outcome::NoKey, caller, cx),
        }
    }

    fn word(&self) -> &'static str {
        "assistant"
    }

    fn stands_in(&self) -> bool {
        true
    }
}

fn leave(outcome: Outcome, caller: &mut Leg, cx: &mut Cx) -> Next {
    caller.stop_playing(cx);
    Next::Step(outcome)
}
