//! The features that hold a call for a while, one file each; none of them ever sees a SIP message.

pub mod announce;
pub mod assist;
pub mod authorize;
pub mod call_return;
pub mod charge;
pub mod consultation;
pub mod deposit;
pub mod echo_test;
pub mod foretell;
pub mod naming;
pub mod offer;
pub mod park;
pub mod pickup;
pub mod refusal;
pub mod retrieve;
pub mod ring;
pub mod rule_change;
pub mod talk;

use std::time::Duration;

use crate::cx::Cx;
use crate::events::{Cause, Ending};
use crate::features::charge::Charged;
use crate::leg::{Divert, Leg, LegEvent};
use crate::route::{Outcome, Reason};

/// A feature in which the box itself has the caller for a while: it speaks, listens to keys, records. Each has one deadline,
/// `CallTimer::Step`; all of them are listed in `call::apps`.
pub trait App {
    /// Something happened at the caller's leg, or to what was asked for them.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next;

    /// The deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next;

    /// What the caller does meanwhile, in one word for people.
    fn word(&self) -> &'static str {
        "talking"
    }

    /// Whether it takes the place of whoever was called: they were not reached, although the box has answered.
    fn stands_in(&self) -> bool {
        false
    }

    /// What stays with the call where it goes on from here, so long after the start of the daemon.
    fn leaves(&self, _now: Duration) -> Left {
        Left::default()
    }

    /// The call ends here: what it came to, where that is not as with any call.
    fn ending(&mut self, _end: &End, _cx: &mut Cx) -> Option<Ending> {
        None
    }
}

/// What a feature leaves with the call.
#[derive(Debug, Default)]
pub struct Left {
    /// Whether a message was left.
    pub message: bool,
    /// Whom the call is charged to.
    pub charged: Option<Charged>,
}

/// A call that ends in a feature.
#[derive(Debug)]
pub struct End<'a> {
    /// Its caller's leg.
    pub caller: &'a Leg,
    /// Its caller, as dialled.
    pub from: &'a str,
    /// Why the step was taken.
    pub why: Option<&'a Reason>,
    /// Whether a message was left before.
    pub has_left_message: bool,
}

/// What a feature wants of the call after an event.
#[derive(Debug)]
pub enum Next {
    /// Nothing: it goes on.
    Stay,
    /// The step ended without an answer.
    Step(Outcome),
    /// A phone asks for the call to be sent to another number (3xx).
    Divert(Divert),
    /// Nobody fetched the call from its slot: it goes back to the extension that parked it.
    Return(String),
    /// The caller wants to be put through to this number.
    CallBack(String),
    /// What the caller has keyed for the party that waits for them; nothing: they go back to it.
    TransferTo(Option<String>),
    /// A callee answered: the two talk.
    Talk(Box<Leg>),
    /// The call is over.
    End(Cause),
}
