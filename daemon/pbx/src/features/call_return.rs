//! Call return: the box says who has called the caller's extension last, and calls them back by one key.
//!
//! Feature code: `*69`.
//! Config: the caller's `time_zone` and `language`; what they may call.
//! Steps: answer -> number and time of the last call, what the key does -> 1: a call to that number; another key, or none within its
//! time: goodbye. A number that was not shown stays unsaid, and is not called.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Offering --1--> a call to that number
//!     |----another key, KEY_WITHIN after the second time--> Parting --> over
//! ```
//!
//! Deadlines: the call's step timer, of what is said and of the key.

use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::events::Cause;
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::presence::LastCaller;
use crate::prompt::{Arg, PromptId};
use crate::route::ANONYMOUS;
use crate::saying::{Menu, Saying};

/// The key.
const KEY: char = '1';

/// A caller who asks who called last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallReturn {
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// 1?
    Offering { number: String, menu: Menu },
    /// The last words.
    Parting(Saying),
}

impl CallReturn {
    /// Answers and says who it was.
    pub fn start(caller: &mut Leg, cx: &mut Cx) -> CallReturn {
        caller.box_answers(cx);
        let mut returning = CallReturn { state: State::Parting(Saying::default()) };
        match cx.presence.last_callers.get(&caller.extension).cloned() {
            None => {
                let nobody = cx.sentence(PromptId::NobodyCalled, &[]);
                returning.part(vec![nobody], caller, cx);
            }
            // A carrier may say anything of its caller, a code of ours too.
            Some(last) if !cx.config.is_number(&last.number) => {
                let said = sentence(&last, &caller.extension, cx);
                returning.part(vec![said], caller, cx);
            }
            Some(last) => {
                let said = [sentence(&last, &caller.extension, cx), cx.sentence(PromptId::PressOneToCallBack, &[])];
                let mut menu = Menu::default();
                menu.say(said, caller, cx);
                returning.state = State::Offering { number: last.number, menu };
            }
        }
        returning
    }

    fn part(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        said.push(cx.sentence(PromptId::Goodbye, &[]));
        self.state = State::Parting(Saying::start(said, caller, cx));
    }
}

impl App for CallReturn {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            (_, LegEvent::HungUp) => return Next::End(Cause::HungUp),
            (_, LegEvent::Lost) => return Next::End(Cause::PartyLost),
            (_, LegEvent::Failed(cause)) => return Next::End(*cause),
            (State::Offering { number, .. }, LegEvent::Digit(KEY)) => {
                caller.stop_playing(cx);
                return Next::CallBack(std::mem::take(number));
            }
            (State::Offering { .. }, LegEvent::Digit(_)) => self.part(Vec::new(), caller, cx),
            (State::Offering { menu, .. }, LegEvent::PlayDone) => menu.on_play_done(caller, cx),
            (State::Parting(saying), LegEvent::PlayDone) => return says_on(saying, caller, cx),
            _ => {}
        }
        Next::Stay
    }

    /// The deadline passed: of what is said, or of the key.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Offering { menu, .. } if menu.is_being_said() => menu.on_play_done(caller, cx),
            State::Offering { menu, .. } if !menu.is_worn_out() => {
                let again = cx.sentence(PromptId::PressOneToCallBack, &[]);
                menu.say([again], caller, cx);
            }
            State::Offering { .. } => self.part(Vec::new(), caller, cx),
            State::Parting(saying) => return says_on(saying, caller, cx),
        }
        Next::Stay
    }
}

/// The next of the last words; behind them the call is over.
fn says_on(parting: &mut Saying, caller: &mut Leg, cx: &mut Cx) -> Next {
    if parting.go_on(caller, cx) { Next::Stay } else { Next::End(Cause::HungUp) }
}

/// Who called last, and when, as far as that is known.
fn sentence(last: &LastCaller, reader: &str, cx: &Cx) -> Sound {
    let zone = cx.config.time_zone_of(reader).iana_name().unwrap_or("UTC").to_owned();
    let at = last.at.map(|at| ("at", Arg::Moment { at, zone, now: cx.now.wall }));
    let number = Some(&last.number).filter(|number| *number != ANONYMOUS && !number.is_empty());
    let number = number.map(|number| ("number", Arg::Digits(number.clone())));
    let id = match (&number, &at) {
        (Some(_), Some(_)) => PromptId::LastCallFrom,
        (Some(_), None) => PromptId::LastCallUndatedFrom,
        (None, Some(_)) => PromptId::LastCallFromUnknown,
        (None, None) => PromptId::LastCallUndatedFromUnknown,
    };
    let args: Vec<_> = number.into_iter().chain(at).collect();
    cx.sentence(id, &args)
}
