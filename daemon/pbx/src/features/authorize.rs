//! Authorize: a call to the outside that its extension may not make is let out by a code that the caller keys.
//!
//! Feature code: none.
//! Config: the office's `authorization` rows; asked for only where one of them opens the call to this extension.
//! Steps: answer -> the question -> the code is checked -> right: the next step; wrong: once more, three times in a call; five wrong ones in
//! all calls of the extension lock it for a while, and a right one between them changes nothing.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --digits--> Checking --right--> the next step
//!     ^ |                 |  |
//!     | |nothing, *       |  +--third wrong, locked, not checked--> Parting --> over
//!     +-|--- wrong -------+                                            ^
//!       +--------------------------------------------------------------+
//! ```
//!
//! A code that is switched off, is another's, or does not reach so far is as wrong as any: whoever guesses learns nothing.
//!
//! Deadlines: the call's step timer, of the entry, of the shell's answer, of what is said.

use std::time::Duration;

use config::Secret;
use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::{Cause, Happened};
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::output::{Ask, Sound};
use crate::pins::{LOCKED_FOR, MISSES_LIMIT};
use crate::prompt::{Arg, PromptId};
use crate::route::{Authorize, Outcome, OutsideCall};
use crate::saying::Saying;
use crate::timers::CallTimer;

/// How many wrong codes a call may give.
const WRONG_LIMIT: u8 = 3;

/// Within this the shell answers; an ask has a shorter deadline of its own.
const WITHIN: Duration = Duration::from_secs(10);

/// A caller who is asked for a code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Authorizing {
    what: Authorize,
    wrong: u8,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Which code?
    Asking(Entry),
    /// The shell compares it; further digits mean nothing meanwhile.
    Checking(AskId),
    /// The last words.
    Parting(Saying),
}

impl Authorizing {
    /// Answers and asks; `Err` where the extension has as many calls to the outside as it may, which no code changes.
    pub fn start(what: &Authorize, caller: &mut Leg, cx: &mut Cx) -> Result<Authorizing, Next> {
        let (number, extension) = (what.number.clone(), what.extension.clone());
        if !cx.may_begin(caller.call, &OutsideCall { trunk: String::new(), number, extension, is_emergency: false }) {
            return Err(Next::End(Cause::TollLimit));
        }
        caller.box_answers(cx);
        let mut asking = Authorizing { what: what.clone(), wrong: 0, state: State::Parting(Saying::default()) };
        match cx.codes.locked_for(Some(&what.extension), cx.now.since_boot) {
            Some(rest) => asking.part(locked(rest, cx), caller, cx),
            None => asking.ask(Vec::new(), caller, cx),
        }
        Ok(asking)
    }

    /// The caller is gone. A code that is still being compared counts as wrong: else hanging up would make guesses free.
    fn leave(&mut self, caller: &Leg, cx: &mut Cx) -> Next {
        match self.state {
            State::Asking(_) => return Next::End(Cause::Cancelled),
            State::Checking(_) => self.count_wrong(caller, cx),
            State::Parting(_) => {}
        }
        Next::End(Cause::NotAllowed)
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) {
        match keyed {
            None => {}
            Some(Keyed::Digits(code)) => self.check(code, caller, cx),
            Some(Keyed::Nothing | Keyed::Star) => self.refuse(Vec::new(), caller, cx),
        }
    }

    fn check(&mut self, code: Secret, caller: &mut Leg, cx: &mut Cx) {
        let extension = self.what.extension.clone();
        caller.stop_playing(cx);
        if let Err(rest) = cx.codes.begin(Some(&extension), &caller.extension, cx.now.since_boot) {
            return self.part(locked(rest, cx), caller, cx);
        }
        self.state = State::Checking(cx.ask(caller.call, Ask::CheckCode { extension, code }));
        cx.set_timer(caller.call, CallTimer::Step, WITHIN);
    }

    fn on_checked(&mut self, answer: &Answer, caller: &mut Leg, cx: &mut Cx) -> Next {
        let Authorize { extension, class, .. } = self.what.clone();
        let opens = |name: &str| cx.config.authorization(name).is_some_and(|code| code.opens(&extension, class));
        match answer {
            Answer::CodeIs(Some(code)) if opens(code) => {
                // It is one of several: whoever has it may not try for others without end.
                cx.codes.void(Some(&extension));
                cx.log(caller.call, Happened::Authorized { by: extension, code: code.clone() });
                return Next::Step(Outcome::Authorized);
            }
            Answer::CodeIs(_) => self.on_wrong(caller, cx),
            _ => {
                cx.codes.void(Some(&extension));
                let said = vec![cx.sentence(PromptId::NotPossibleNow, &[])];
                self.part(said, caller, cx);
            }
        }
        Next::Stay
    }

    fn on_wrong(&mut self, caller: &mut Leg, cx: &mut Cx) {
        self.count_wrong(caller, cx);
        let wrong = cx.sentence(PromptId::WrongCode, &[]);
        if let Some(rest) = cx.codes.locked_for(Some(&self.what.extension), cx.now.since_boot) {
            return self.refuse(locked(rest, cx), caller, cx);
        }
        if self.wrong >= WRONG_LIMIT {
            let said = vec![wrong, cx.sentence(PromptId::TooManyTries, &[])];
            return self.refuse(said, caller, cx);
        }
        self.ask(vec![wrong], caller, cx);
    }

    fn count_wrong(&mut self, caller: &Leg, cx: &mut Cx) {
        self.wrong += 1;
        let extension = self.what.extension.clone();
        cx.log(caller.call, Happened::WrongCode { by: extension.clone() });
        if cx.codes.wrong(Some(&extension), &caller.extension, cx.now.since_boot).is_some() {
            let (minutes, misses) = (LOCKED_FOR.as_secs() / 60, MISSES_LIMIT);
            cx.alert(Alarm::CodesLocked { extension, minutes, misses });
        }
    }

    fn ask(&mut self, before: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        self.state = State::Asking(Entry::ask(before, PromptId::EnterCode, caller, cx));
    }

    /// The call is not let out, which counts as any other that the extension may not make.
    fn refuse(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        cx.toll_refused(&self.what.extension, &self.what.number, self.what.why);
        said.push(cx.sentence(PromptId::CallNotAllowed, &[]));
        self.part(said, caller, cx);
    }

    fn part(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        said.push(cx.sentence(PromptId::Goodbye, &[]));
        self.state = State::Parting(Saying::start(said, caller, cx));
    }
}

impl App for Authorizing {
    /// Something happened to the caller's leg, or to what was asked.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            (_, LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_)) => return self.leave(caller, cx),
            (State::Asking(entry), LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                self.on_keyed(keyed, caller, cx);
            }
            (State::Asking(entry), LegEvent::PlayDone) => entry.on_play_done(caller, cx),
            (State::Checking(ask), LegEvent::Answer(answered, answer)) if ask == answered => {
                return self.on_checked(answer, caller, cx);
            }
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
                self.on_keyed(keyed, caller, cx);
            }
            State::Checking(_) => return self.on_checked(&Answer::Failed, caller, cx),
            State::Parting(saying) => return go_on(saying, caller, cx),
        }
        Next::Stay
    }
}

fn go_on(saying: &mut Saying, caller: &mut Leg, cx: &mut Cx) -> Next {
    if saying.go_on(caller, cx) { Next::Stay } else { Next::End(Cause::NotAllowed) }
}

/// For how long no code is looked at, in full minutes: nobody counts seconds.
fn locked(rest: Duration, cx: &Cx) -> Vec<Sound> {
    let minutes = u32::try_from(rest.as_millis().div_ceil(60_000)).unwrap_or(u32::MAX);
    vec![cx.sentence(PromptId::CodesLocked, &[("wait", Arg::Duration(minutes.saturating_mul(60)))])]
}
