//! Charge: before a call goes out, its caller keys the account that it is charged to.
//!
//! Feature code: none.
//! Config: the office's `account` rows; `account` of the extension and of the route, the stricter of which holds.
//! Steps: answer -> the question -> an account: the next step; none of that number: once more, three times in a call; `#` alone goes on
//! without one where none is required.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --an account; # alone or nothing, where none is required--> the next step
//!     ^ |---- none of that number, three times; *; nothing --> Parting --> over
//!     +-+
//! ```
//!
//! Deadlines: the call's step timer, of the entry, of what is said.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, End, Left, Next};
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::{Cause, Ending, Happened};
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::route::{Charge, Outcome, OutsideCall};
use crate::saying::Saying;

/// How many numbers that are no account a call may give.
const WRONG_LIMIT: u8 = 3;

/// A caller who is asked for an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Charging {
    what: Charge,
    wrong: u8,
    charged: Option<Charged>,
    state: State,
}

/// Whom a call is charged to, and who said so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Charged {
    /// The extension.
    pub by: String,
    /// The account's number.
    pub account: String,
    /// Its name when it was keyed.
    pub name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Which account?
    Asking(Entry),
    /// The last words.
    Parting(Saying),
}

impl Charging {
    /// Answers and asks; `Err` where the extension has as many calls to the outside as it may, which no account changes.
    pub fn start(what: &Charge, caller: &mut Leg, cx: &mut Cx) -> Result<Charging, Next> {
        let (number, extension) = (what.number.clone(), what.extension.clone());
        if !cx.may_begin(caller.call, &OutsideCall { trunk: String::new(), number, extension, is_emergency: false }) {
            return Err(Next::End(Cause::TollLimit));
        }
        caller.box_answers(cx);
        let mut asking =
            Charging { what: what.clone(), wrong: 0, charged: None, state: State::Parting(Saying::default()) };
        asking.ask(Vec::new(), caller, cx);
        Ok(asking)
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) -> Next {
        let by = self.what.extension.clone();
        match keyed {
            None => Next::Stay,
            Some(Keyed::Digits(keyed)) => {
                caller.stop_playing(cx);
                let account = keyed.expose().to_owned();
                let Some(name) = cx.config.account(&account).map(str::to_owned) else {
                    return self.on_wrong(caller, cx);
                };
                self.charged = Some(Charged { by, account, name });
                Next::Step(Outcome::Charged)
            }
            Some(Keyed::Nothing) if !self.what.is_required => {
                caller.stop_playing(cx);
                cx.log(caller.call, Happened::Uncharged { by });
                Next::Step(Outcome::Charged)
            }
            Some(Keyed::Nothing | Keyed::Star) => {
                self.part(Vec::new(), caller, cx);
                Next::Stay
            }
        }
    }

    /// There is no such account. What was keyed is not kept: it may have been meant for something else, a PIN.
    fn on_wrong(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        self.wrong += 1;
        cx.log(caller.call, Happened::WrongAccount { by: self.what.extension.clone() });
        let wrong = cx.sentence(PromptId::WrongAccount, &[]);
        if self.wrong >= WRONG_LIMIT {
            let said = vec![wrong, cx.sentence(PromptId::TooManyTries, &[])];
            self.part(said, caller, cx);
        } else {
            self.ask(vec![wrong], caller, cx);
        }
        Next::Stay
    }

    fn ask(&mut self, before: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        let question = if self.what.is_required { PromptId::EnterAccount } else { PromptId::EnterAccountOrPound };
        self.state = State::Asking(Entry::ask(before, question, caller, cx));
    }

    fn part(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        if self.what.is_required {
            said.push(cx.sentence(PromptId::AccountNeeded, &[]));
        }
        said.push(cx.sentence(PromptId::Goodbye, &[]));
        self.state = State::Parting(Saying::start(said, caller, cx));
    }
}

impl App for Charging {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            (State::Asking(_), LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_)) => {
                return Next::End(Cause::Cancelled);
            }
            (State::Parting(_), LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_)) => {
                return Next::End(Cause::NotAllowed);
            }
            (State::Asking(entry), LegEvent::Digit('#')) if entry.is_empty() && !self.what.is_required => {
                return self.on_keyed(Some(Keyed::Nothing), caller, cx);
            }
            (State::Asking(entry), LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                return self.on_keyed(keyed, caller, cx);
            }
            (State::Asking(entry), LegEvent::PlayDone) => entry.on_play_done(caller, cx),
            (State::Parting(saying), LegEvent::PlayDone) => return go_on(saying, caller, cx),
            _ => {}
        }
        Next::Stay
    }

    /// The deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Asking(entry) => {
                let keyed = entry.on_timer(caller, cx);
                self.on_keyed(keyed, caller, cx)
            }
            State::Parting(saying) => go_on(saying, caller, cx),
        }
    }

    fn leaves(&self, _: Duration) -> Left {
        Left { message: false, charged: self.charged.clone() }
    }

    fn ending(&mut self, _: &End, _: &mut Cx) -> Option<Ending> {
        let Charge { extension, number, .. } = &self.what;
        let ending = || Ending::Uncharged { from: extension.clone(), to: number.clone() };
        matches!(self.state, State::Parting(_)).then(ending)
    }
}

fn go_on(saying: &mut Saying, caller: &mut Leg, cx: &mut Cx) -> Next {
    if saying.go_on(caller, cx) { Next::Stay } else { Next::End(Cause::NotAllowed) }
}
