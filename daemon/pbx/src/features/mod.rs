//! The features that hold a call for a while, one file each; none of them ever sees a SIP message.

pub mod announce;
pub mod assist;
pub mod authorize;
pub mod charge;
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

use crate::events::Cause;
use crate::leg::{Divert, Leg};
use crate::route::Outcome;

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
    /// A callee answered: the two talk.
    Talk(Box<Leg>),
    /// The call is over.
    End(Cause),
}
