//! Offer: whoever called a colleague in vain may be called back by one key.
//!
//! Feature code: none; `*84` switches it off and on for the calls of one's own extension.
//! Config: the caller's `completion_offers`.
//! Steps: answer -> the question -> 6: the wish is kept, which is said; any other key, or none within its time: the next step.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --6--> Telling --> over
//!     |----another key, ASKS_FOR--> the next step
//! ```
//!
//! Deadline: `CallTimer::Step`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::announce::Announce;
use super::{App, End, Next};
use crate::cx::Cx;
use crate::events::{Cause, Ending};
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::prompt::PromptId;
use crate::route::{Completion, Offer, Outcome};
use crate::timers::CallTimer;

/// How long the caller may press the key, from the question's beginning (F95): the mailbox is waiting.
pub const ASKS_FOR: Duration = Duration::from_secs(6);

/// The key.
const KEY: char = '6';

/// A caller who is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offering {
    offer: Offer,
    /// Whether whoever was called was in a call: then they need not be in another before they are free.
    was_away: bool,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// 6?
    Asking,
    /// What came of it.
    Telling(Announce),
}

impl Offering {
    /// Answers and asks.
    pub fn start(offer: &Offer, caller: &mut Leg, cx: &mut Cx) -> Offering {
        caller.box_answers(cx);
        let was_away = offer.after == Outcome::Busy || cx.presence.calls.contains_key(&offer.target);
        cx.completions.tried(&caller.extension, &offer.target, was_away);
        let question = cx.prompt(PromptId::PressSixForCallBack, &[]);
        caller.hear(Sound::Prompt(question), cx);
        cx.set_timer(caller.call, CallTimer::Step, ASKS_FOR);
        Offering { offer: offer.clone(), was_away, state: State::Asking }
    }

    fn cause(&self) -> Cause {
        self.offer.after.into()
    }
}

impl App for Offering {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            // The call was in vain, whatever ends it.
            (_, LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_)) => Next::End(self.cause()),
            (State::Asking, LegEvent::Digit(KEY)) => {
                caller.stop_playing(cx);
                // Another phone of the extension may have called somebody else meanwhile.
                cx.completions.tried(&caller.extension, &self.offer.target, self.was_away);
                let said = cx.complete(caller.call, Completion::Want, &caller.extension.clone());
                self.state = State::Telling(Announce::say(said, caller, cx));
                Next::Stay
            }
            (State::Asking, LegEvent::Digit(_)) => {
                caller.stop_playing(cx);
                Next::Step(Outcome::NoWish)
            }
            (State::Telling(announce), LegEvent::PlayDone) => match announce.on(caller, event, cx) {
                Next::End(_) => Next::End(self.cause()),
                next => next,
            },
            _ => Next::Stay,
        }
    }

    /// The time for the key is over, or what is said never ended.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &self.state {
            State::Asking => {
                caller.stop_playing(cx);
                Next::Step(Outcome::NoWish)
            }
            State::Telling(_) => Next::End(self.cause()),
        }
    }

    fn ending(&mut self, end: &End, _: &mut Cx) -> Option<Ending> {
        let is_wanted = matches!(self.state, State::Telling(_));
        Some(Ending::Offered { from: end.from.to_owned(), to: self.offer.target.clone(), is_wanted })
    }
}
