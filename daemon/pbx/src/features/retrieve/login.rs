//! Login: who opens a mailbox says which, and proves by its PIN that it is theirs.
//!
//! Feature code: `*98` asks for both, `*98` with an extension and `*97` for the PIN.
//! Config: the extension's PIN.
//! Steps: mailbox -> PIN -> it is checked -> open; wrong: once more, three times in a call, and five times in all calls, which lock
//! it. Any PIN is wrong for a number that is no mailbox and for a mailbox without one: whoever mistyped either hears the same.
//! RFC 4733 and 6086 (keys).
//!
//! ```text
//!   Number --digits--> Pin --digits--> Checking --right--> open
//!     ^                 ^ |*              |    |
//!     +--number keyed---+-+-----wrong-----+    +--third wrong, locked, not checked--> the last words
//! ```
//!
//! By `*` and after a wrong PIN a number that was keyed is asked for again too; one that came with the code, or is the phone's, is
//! as it should be.

use std::time::Duration;

use config::Secret;
use serde::{Deserialize, Serialize};

use super::{Turn, WITHIN, words};
use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::Happened;
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::output::{Ask, Sound};
use crate::pins::{LOCKED_FOR, MISSES_LIMIT};
use crate::prompt::{Arg, PromptId};
use crate::timers::CallTimer;

/// How many wrong PINs a call may give: after that its caller should look the PIN up.
const WRONG_LIMIT: u8 = 3;

/// Somebody at the door.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Login {
    mailbox: String,
    /// The caller was asked for its number, and may have mistyped it.
    is_keyed: bool,
    wrong: u8,
    /// The mailbox that a wrong PIN was given for; empty for a number that is none.
    refused: Option<String>,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Which mailbox?
    Number(Entry),
    /// Its PIN?
    Pin(Entry),
    /// The shell checks it; further digits mean nothing meanwhile.
    Checking(AskId),
}

impl Login {
    /// Asks for the mailbox where it is not known, and for the PIN.
    pub(super) fn start(mailbox: Option<&str>, caller: &mut Leg, cx: &mut Cx) -> Login {
        let is_keyed = mailbox.is_none();
        let (mailbox, state) = match mailbox {
            Some(mailbox) => (mailbox.to_owned(), State::Pin(Entry::ask(Vec::new(), PromptId::EnterPin, caller, cx))),
            None => (String::new(), State::Number(Entry::ask(Vec::new(), PromptId::EnterMailbox, caller, cx))),
        };
        Login { mailbox, is_keyed, wrong: 0, refused: None, state }
    }

    /// Something happened to the caller's leg, or to what was asked.
    pub(super) fn on(&mut self, event: &LegEvent, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&mut self.state, event) {
            (State::Number(entry) | State::Pin(entry), LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                self.on_keyed(keyed, caller, cx)
            }
            (State::Number(entry) | State::Pin(entry), LegEvent::PlayDone) => {
                entry.on_play_done(caller, cx);
                Turn::Stay
            }
            (State::Checking(ask), LegEvent::Answer(answered, answer)) if ask == answered => {
                self.on_checked(answer, caller, cx)
            }
            _ => Turn::Stay,
        }
    }

    /// The deadline passed.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Number(entry) | State::Pin(entry) => {
                let keyed = entry.on_timer(caller, cx);
                self.on_keyed(keyed, caller, cx)
            }
            State::Checking(_) => self.on_checked(&Answer::Failed, caller, cx),
        }
    }

    /// The caller is gone. A PIN that is still being checked counts as wrong: else hanging up would make guesses free.
    pub(super) fn leave(&mut self, caller: &Leg, cx: &mut Cx) {
        if matches!(self.state, State::Checking(_)) {
            self.count_wrong(caller, cx);
        }
    }

    /// The mailbox that a wrong PIN was given for; empty for a number that is none.
    pub(super) fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (keyed, &self.state) {
            (None, _) | (_, State::Checking(_)) => {}
            (Some(Keyed::Nothing), _) => return Turn::Part(words(&[PromptId::Goodbye], cx)),
            (Some(Keyed::Star), _) => self.ask(Vec::new(), caller, cx),
            (Some(Keyed::Digits(number)), State::Number(_)) => {
                self.mailbox = number.expose().to_owned();
                self.state = State::Pin(Entry::ask(Vec::new(), PromptId::EnterPin, caller, cx));
            }
            (Some(Keyed::Digits(pin)), State::Pin(_)) => return self.check(pin, caller, cx),
        }
        Turn::Stay
    }

    fn check(&mut self, pin: Secret, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let now = cx.now.since_boot;
        caller.stop_playing(cx);
        if let Err(rest) = cx.pins.begin(existing(&self.mailbox, cx).as_deref(), &caller.extension, now) {
            return Turn::Part(locked(rest, cx));
        }
        let extension = self.mailbox.clone();
        self.state = State::Checking(cx.ask(caller.call, Ask::CheckPin { extension, pin }));
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
        Turn::Stay
    }

    fn on_checked(&mut self, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let existing = existing(&self.mailbox, cx);
        match answer {
            Answer::PinIs(true) if existing.is_some() => {
                cx.pins.right(existing.as_deref());
                Turn::Open(self.mailbox.clone())
            }
            Answer::PinIs(_) => self.on_wrong(caller, cx),
            _ => {
                cx.pins.void(existing.as_deref());
                Turn::Part(words(&[PromptId::NotPossibleNow, PromptId::Goodbye], cx))
            }
        }
    }

    fn on_wrong(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        self.count_wrong(caller, cx);
        let existing = existing(&self.mailbox, cx);
        if let Some(rest) = cx.pins.locked_for(existing.as_deref(), cx.now.since_boot) {
            return Turn::Part(locked(rest, cx));
        }
        if self.wrong >= WRONG_LIMIT {
            return Turn::Part(words(&[PromptId::WrongPin, PromptId::TooManyTries, PromptId::Goodbye], cx));
        }
        let wrong = words(&[PromptId::WrongPin], cx);
        self.ask(wrong, caller, cx);
        Turn::Stay
    }

    /// Asks again from the first question that the caller answered here: with the PIN alone a mistyped mailbox could not be put
    /// right, and the guesses would count against a colleague's.
    fn ask(&mut self, before: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        self.state = if self.is_keyed {
            State::Number(Entry::ask(before, PromptId::EnterMailbox, caller, cx))
        } else {
            State::Pin(Entry::ask(before, PromptId::EnterPin, caller, cx))
        };
    }

    fn count_wrong(&mut self, caller: &Leg, cx: &mut Cx) {
        self.wrong += 1;
        let existing = existing(&self.mailbox, cx);
        // Digits that are no mailbox are written nowhere: they may be a PIN that was keyed too early.
        let mailbox = existing.clone().unwrap_or_default();
        self.refused = Some(mailbox.clone());
        cx.log(caller.call, Happened::WrongPin { mailbox });
        let tried = cx.pins.wrong(existing.as_deref(), &caller.extension, cx.now.since_boot);
        if let Some(from) = tried {
            let (minutes, misses) = (LOCKED_FOR.as_secs() / 60, MISSES_LIMIT);
            cx.alert(Alarm::MailboxLocked { mailbox: existing, minutes, misses, from });
        }
    }
}

/// The mailbox, where there is one of that number.
fn existing(mailbox: &str, cx: &Cx) -> Option<String> {
    cx.config.extension(mailbox).map(|extension| extension.number.to_string())
}

/// That it is locked, for so long, in full minutes: nobody counts seconds.
fn locked(rest: Duration, cx: &Cx) -> Vec<Sound> {
    let minutes = u32::try_from(rest.as_millis().div_ceil(60_000)).unwrap_or(u32::MAX);
    let wait = Arg::Duration(minutes.saturating_mul(60));
    vec![cx.sentence(PromptId::MailboxLocked, &[("wait", wait)]), cx.sentence(PromptId::Goodbye, &[])]
}
