//! Greeting menu: an owner decides what callers hear.
//!
//! Feature code: `*97` and `*98`, as all of [`super::Retrieve`].
//! Config: none.
//! Steps: 1 record, 2 listen, 3 back to the spoken greeting, 0 the menu again, `*` main menu.
//! RFC 4733 and 6086 (keys).

use serde::{Deserialize, Serialize};

use super::choice::Choice;
use super::{Turn, WITHIN, words};
use crate::cx::Cx;
use crate::features::deposit;
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::mailbox::Purpose;
use crate::output::{Ask, Sound};
use crate::prompt::PromptId;
use crate::timers::CallTimer;

/// The menu about the greeting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Greeting {
    mailbox: String,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// What is to be done?
    Choosing(Choice),
    /// The store takes the recording away.
    Forgetting(AskId),
}

impl Greeting {
    /// Says something, then the menu.
    pub(super) fn start(mailbox: &str, before: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) -> Greeting {
        let choice = Choice::offer(before, PromptId::GreetingMenu, caller, cx);
        Greeting { mailbox: mailbox.to_owned(), state: State::Choosing(choice) }
    }

    /// Something happened to the caller's leg, or to what was asked.
    pub(super) fn on(&mut self, event: &LegEvent, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match (&mut self.state, event) {
            (State::Choosing(choice), LegEvent::PlayDone) => choice.on_play_done(caller, cx),
            (State::Choosing(_), LegEvent::Digit(key)) => self.on_key(*key, caller, cx),
            (State::Forgetting(ask), LegEvent::Answer(answered, answer)) if ask == answered => {
                Self::on_forgotten(answer, cx)
            }
            _ => Turn::Stay,
        }
    }

    /// The deadline passed.
    pub(super) fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Turn {
        match &mut self.state {
            State::Choosing(choice) => choice.on_timer(caller, cx),
            State::Forgetting(_) => Self::on_forgotten(&Answer::Failed, cx),
        }
    }

    fn on_key(&mut self, key: char, caller: &mut Leg, cx: &mut Cx) -> Turn {
        let State::Choosing(choice) = &mut self.state else { return Turn::Stay };
        match key {
            '1' => return Turn::Record(Purpose::Greeting),
            '2' => {
                let greeting = deposit::greeting(&self.mailbox, cx);
                *choice = Choice::offer(greeting, PromptId::GreetingMenu, caller, cx);
            }
            '3' => {
                caller.stop_playing(cx);
                let ask = cx.ask(caller.call, Ask::ForgetGreeting { mailbox: self.mailbox.clone() });
                cx.set_timer(caller.call, CallTimer::Step, WITHIN);
                self.state = State::Forgetting(ask);
            }
            '0' => *choice = Choice::offer(Vec::new(), PromptId::GreetingMenu, caller, cx),
            '*' => return Turn::MainMenu(Vec::new()),
            _ => return choice.refuse(caller, cx),
        }
        Turn::Stay
    }

    fn on_forgotten(answer: &Answer, cx: &Cx) -> Turn {
        let said = match answer {
            Answer::Committed => PromptId::GreetingRestored,
            _ => PromptId::NotPossibleNow,
        };
        Turn::GreetingMenu(words(&[said], cx))
    }
}
