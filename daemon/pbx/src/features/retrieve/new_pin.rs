//! New PIN: an owner changes the mailbox's PIN.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: the extension's PIN, which it changes: a new revision of the office.
//! Steps: the new PIN -> once more -> it is set; too easy a PIN and one that differs are asked for again, three times; `*` main menu.
//! RFC 4733 and 6086 (keys).

use config::{Secret, weak_pin};
use serde::{Deserialize, Serialize};

use super::{Turn, WITHIN, words};
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::output::Ask;
use crate::prompt::PromptId;
use crate::timers::CallTimer;

/// How many PINs that will not do are borne.
const TRIES: u8 = 3;

/// A PIN being changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct NewPin {
    mailbox: String,
    tries: u8,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// The new one?
    First(Entry),
    /// Once more?
    Second { first: Secret, entry: Entry },
    /// The shell sets it.
    Setting(AskId),
}

impl NewPin {
    /// Asks for the new one.
    pub(super) fn start(mailbox: &str, caller: &mut Leg, cx: &mut Cx) -> NewPin {
        let entry = Entry::ask(Vec::new(), PromptId::EnterNewPin, caller, cx);
        NewPin { mailbox: mailbox.to_owned(), tries: 0, state: State::First(entry) }
    }

    /// Something happened to the caller's leg, or to what was asked.
    pub(super) fn on(&mut self, event: &LegEvent, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&mut self.state, event) {
            (State::First(entry) | State::Second { entry, .. }, LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                self.on_keyed(keyed, caller, cx)
            }
            (State::First(entry) | State::Second { entry, .. }, LegEvent::PlayDone) => {
                entry.on_play_done(caller, cx);
                Turn::Stay
            }
            (State::Setting(ask), LegEvent::Answer(answered, answer)) if ask == answered => on_set(answer, cx),
            _ => Turn::Stay,
        }
    }

    /// The deadline passed.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::First(entry) | State::Second { entry, .. } => {
                let keyed = entry.on_timer(caller, cx);
                self.on_keyed(keyed, caller, cx)
            }
            State::Setting(_) => on_set(&Answer::Failed, cx),
        }
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let keyed = match keyed {
            None => return Turn::Stay,
            Some(Keyed::Nothing) => return Turn::Part(words(&[PromptId::Goodbye], cx)),
            Some(Keyed::Star) => return Turn::MainMenu(Vec::new()),
            Some(Keyed::Digits(keyed)) => keyed,
        };
        match &self.state {
            State::First(_) if weak_pin(keyed.expose(), &self.mailbox).is_err() => {
                self.again(PromptId::PinTooEasy, caller, cx)
            }
            State::First(_) => {
                let entry = Entry::ask(Vec::new(), PromptId::RepeatNewPin, caller, cx);
                self.state = State::Second { first: keyed, entry };
                Turn::Stay
            }
            State::Second { first, .. } if *first != keyed => self.again(PromptId::PinsDiffer, caller, cx),
            State::Second { .. } => {
                caller.stop_playing(cx);
                let ask = cx.ask(caller.call, Ask::SetPin { extension: self.mailbox.clone(), pin: keyed });
                cx.set_timer(caller.call, CallTimer::Step, WITHIN);
                self.state = State::Setting(ask);
                Turn::Stay
            }
            State::Setting(_) => Turn::Stay,
        }
    }

    fn again(&mut self, why: PromptId, caller: &mut Leg, cx: &mut Cx) -> Turn {
        self.tries += 1;
        if self.tries >= TRIES {
            return Turn::Part(words(&[why, PromptId::TooManyTries, PromptId::Goodbye], cx));
        }
        let why = words(&[why], cx);
        self.state = State::First(Entry::ask(why, PromptId::EnterNewPin, caller, cx));
        Turn::Stay
    }
}

fn on_set(answer: &Answer, cx: &Cx) -> Turn {
    let said = if *answer == Answer::Committed { PromptId::PinChanged } else { PromptId::NotPossibleNow };
    Turn::MainMenu(words(&[said], cx))
}
