//! A number outside that is called: trunk after trunk, and each by its addresses, until one takes the call.
//!
//! Feature code: none, every number outside.
//! Config: the trunks and routes, by which the plan was made.
//! Steps: the first address of the first trunk that may be used -> what the trunk cannot do leads on, what the called party says is final.
//! RFC 3261 §21.4 (what a response says of the called party), RFC 3263 §4.3 (trying further addresses).

use std::collections::VecDeque;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::super::Next;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::leg::Leg;
use crate::route::{Dialled, Outcome, OutsideCall};
use crate::trunks::{Trouble, trouble_of};

/// A call to the outside.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// By which trunks it may go, the next one first.
    rest: VecDeque<OutsideCall>,
    /// By which it goes now.
    call: Option<OutsideCall>,
    /// That trunk's addresses that were not tried yet.
    addresses: VecDeque<SocketAddr>,
    dialled: Dialled,
}

impl Line {
    pub(super) fn new(calls: Vec<OutsideCall>, dialled: &Dialled) -> Line {
        Line { rest: calls.into(), call: None, addresses: VecDeque::new(), dialled: dialled.clone() }
    }

    /// Tries the trunk's next address, or the next trunk. The error: there is none, or the call may not be.
    pub(super) fn call_next(&mut self, caller: &Leg, cx: &mut Cx) -> Result<Leg, Next> {
        loop {
            while let (Some(call), Some(at)) = (&self.call, self.addresses.pop_front()) {
                match cx.call_outside(call, at, &self.dialled, &caller.behalf()) {
                    Ok(leg) => return Ok(leg),
                    Err(Cause::Overload) => return Err(Next::End(Cause::Overload)),
                    Err(_) => {}
                }
            }
            let Some(call) = self.rest.pop_front() else { return Err(Next::Step(Outcome::NoWay)) };
            if !cx.may_begin(caller.call, &call) {
                return Err(Next::End(Cause::TollLimit));
            }
            match cx.may_use(&call) {
                Ok(addresses) => {
                    self.addresses = addresses.into();
                    self.call = Some(call);
                }
                Err(why) => cx.log(caller.call, Happened::PassedOver { trunk: call.trunk, why }),
            }
        }
    }

    /// The address that was tried last is the next one again.
    pub(super) fn is_tried_again(&mut self, at: SocketAddr) {
        self.addresses.push_front(at);
    }

    /// Whether there is a way to the next address.
    pub(super) fn has_way(&self, cx: &Cx) -> bool {
        self.addresses.front().is_some_and(|at| cx.here.towards(*at).is_some())
    }

    /// The trunk could not take the call: its next address, or the next trunk.
    pub(super) fn failed(&mut self, what: Trouble, caller: &Leg, cx: &mut Cx) -> Result<Leg, Next> {
        if let Some(call) = &self.call {
            cx.trunk_failed_call(&call.trunk, what);
        }
        self.call_next(caller, cx)
    }

    /// A final response of a trunk to the call. What it cannot do is no answer of the called party.
    pub(super) fn declined(&mut self, status: u16, caller: &Leg, cx: &mut Cx) -> Result<Leg, Next> {
        let is_emergency = self.call.as_ref().is_some_and(|call| call.is_emergency);
        if let Some(trouble) = trouble_of(status) {
            return self.failed(trouble, caller, cx);
        }
        Err(match status {
            486 | 600 => Next::Step(Outcome::Busy),
            603 | 607 | 608 => Next::Step(Outcome::Declined),
            480 | 487 => Next::Step(Outcome::Unanswered),
            415 | 488 | 606 => Next::Step(Outcome::Incompatible),
            _ if is_emergency => Next::Step(Outcome::Declined),
            404 | 410 | 484 | 485 | 604 => Next::End(Cause::UnknownOutside),
            _ => Next::End(Cause::OutsideRefused),
        })
    }
}
