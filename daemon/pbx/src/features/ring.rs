//! Ring: phones of an extension ring together and the first to answer gets the call; or a number outside is called by one
//! trunk.
//!
//! Feature code: none, every extension.
//! Config: `extension.ring_s`, the phones of the extension.
//! Steps: invite every binding -> ring / early media -> the first answer wins and the others are told "answered elsewhere"; all
//! refused, or the ring time over: the outcome decides the next step. By a trunk: each of its addresses in turn until one
//! takes the call; what the trunk itself cannot do leads to the next trunk, what the called party says is final.
//! RFC 3261 §16.7 (choosing the best response), RFC 3326 (Reason on CANCEL), RFC 3960 (early media).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::activity::{Activity, Progress};
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::ids::{CallId, LegId};
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::route::{self, Dialled, Outcome, OutsideCall};
use crate::timers::CallTimer;
use crate::trunks::Trouble;

/// How many legs ring at once: ten phones with a few bindings each; more would only serve an attacker.
pub const LEGS_LIMIT: usize = 32;

/// How long a trunk may say nothing at all: the first INVITE and two repetitions of it are lost then, or nobody is there.
pub const FIRST_WORD: Duration = Duration::from_secs(4);

/// How long a number outside may ring: carriers give up earlier.
pub const RINGS_OUTSIDE: Duration = Duration::from_secs(120);

/// Phones that ring.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ringing {
    legs: BTreeMap<LegId, Leg>,
    /// The leg whose early media the caller hears.
    heard: Option<LegId>,
    /// The legs that have rung.
    rung: BTreeSet<LegId>,
    refusals: Refusals,
    divert_to: Option<String>,
    /// The call to the outside, where it is none to phones.
    line: Option<Box<Attempt>>,
}

/// A call to the outside by one trunk.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Attempt {
    call: OutsideCall,
    dialled: Dialled,
    /// The trunk's addresses that were not tried yet.
    rest: VecDeque<SocketAddr>,
    /// Whether the trunk has said anything.
    has_spoken: bool,
}

/// How the legs that are gone refused.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Refusals {
    busy: bool,
    declined: bool,
    incompatible: bool,
}

impl Ringing {
    /// Invites every binding of every phone. With none to invite the step is over at once.
    pub fn start(ring: &route::Ring, caller: &mut Leg, cx: &mut Cx) -> Result<Ringing, Next> {
        let mut ringing = Ringing {
            legs: BTreeMap::new(),
            heard: None,
            rung: BTreeSet::new(),
            refusals: Refusals::default(),
            divert_to: None,
            line: None,
        };
        let bindings: Vec<_> = ring.users.iter().flat_map(|user| cx.registrar.bindings_of(user)).collect();
        let mut has_port = true;
        for binding in bindings.into_iter().take(LEGS_LIMIT) {
            match Leg::callee(caller, &ring.extension, &binding, cx) {
                Ok(leg) => drop(ringing.legs.insert(leg.id, leg)),
                Err(cause) => {
                    has_port &= cause != Cause::Overload;
                    cx.log(caller.call, Happened::NotReached { phone: cx.phone_name(&binding.key.user), cause });
                }
            }
        }
        if ringing.legs.is_empty() {
            return Err(if has_port { Next::Step(Outcome::Offline) } else { Next::End(Cause::Overload) });
        }
        cx.set_timer(caller.call, CallTimer::Step, Duration::from_secs(ring.limit_s.into()));
        Ok(ringing)
    }

    /// Calls a number outside by one trunk. The error: the step is over at once.
    pub fn outside(call: OutsideCall, dialled: &Dialled, caller: &mut Leg, cx: &mut Cx) -> Result<Ringing, Next> {
        if !cx.may_begin(&call) {
            return Err(Next::End(Cause::TollLimit));
        }
        let rest = match cx.may_use(&call) {
            Ok(addresses) => addresses.into(),
            Err(why) => {
                cx.log(caller.call, Happened::PassedOver { trunk: call.trunk, why });
                return Err(Next::Step(Outcome::NoWay));
            }
        };
        let attempt = Attempt { call, dialled: dialled.clone(), rest, has_spoken: false };
        let mut ringing = Ringing {
            legs: BTreeMap::new(),
            heard: None,
            rung: BTreeSet::new(),
            refusals: Refusals::default(),
            divert_to: None,
            line: Some(Box::new(attempt)),
        };
        match ringing.call_next(caller, cx) {
            Next::Stay => Ok(ringing),
            next => Err(next),
        }
    }

    /// Tries the trunk's next address.
    fn call_next(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let Some(line) = &mut self.line else { return Next::Step(Outcome::NoWay) };
        line.has_spoken = false;
        while let Some(at) = line.rest.pop_front() {
            match cx.call_outside(&line.call, at, &line.dialled, caller) {
                Ok(leg) => {
                    self.legs.insert(leg.id, leg);
                    cx.set_timer(caller.call, CallTimer::Step, FIRST_WORD);
                    return Next::Stay;
                }
                Err(Cause::Overload) => return Next::End(Cause::Overload),
                Err(_) => {}
            }
        }
        Next::Step(Outcome::NoWay)
    }

    /// The trunk has said something: from here on the called party has its time.
    fn has_spoken(&mut self, caller: &Leg, cx: &mut Cx) {
        if let Some(line) = self.line.as_mut().filter(|line| !line.has_spoken) {
            line.has_spoken = true;
            cx.set_timer(caller.call, CallTimer::Step, RINGS_OUTSIDE);
        }
    }

    /// The trunk could not take the call: its next address, or the next trunk.
    fn line_failed(&mut self, what: Trouble, caller: &mut Leg, cx: &mut Cx) -> Next {
        if let Some(line) = &self.line {
            cx.trunk_failed_call(&line.call.trunk, what);
        }
        self.call_next(caller, cx)
    }

    /// A final response of a trunk to the call. What it cannot do is no answer of the called party.
    fn line_declined(&mut self, status: u16, caller: &mut Leg, cx: &mut Cx) -> Next {
        let is_emergency = self.line.as_ref().is_some_and(|line| line.call.is_emergency);
        match status {
            408 => return self.line_failed(Trouble::CallUnanswered, caller, cx),
            300..=399 | 401..=403 | 407 | 500..=599 => {
                return self.line_failed(Trouble::CallRefused { status }, caller, cx);
            }
            _ => {}
        }
        match status {
            486 | 600 => Next::Step(Outcome::Busy),
            603 | 607 | 608 => Next::Step(Outcome::Declined),
            480 | 487 => Next::Step(Outcome::Unanswered),
            415 | 488 | 606 => Next::Step(Outcome::Incompatible),
            _ if is_emergency => Next::Step(Outcome::Declined),
            404 | 410 | 484 | 485 | 604 => Next::End(Cause::UnknownOutside),
            _ => Next::End(Cause::OutsideRefused),
        }
    }

    /// Something happened to a callee's leg.
    pub fn on(&mut self, caller: &mut Leg, leg: LegId, event: LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::Trying => {
                self.has_spoken(caller, cx);
                Next::Stay
            }
            LegEvent::Ringing { has_media } => {
                self.has_spoken(caller, cx);
                self.on_ringing(caller, leg, has_media, cx)
            }
            LegEvent::Answered => self.on_answered(caller, leg, cx),
            LegEvent::Declined { status, divert_to } => self.on_declined(caller, leg, status, divert_to, cx),
            LegEvent::Failed(cause) => self.on_failed(caller, leg, cause, cx),
            LegEvent::HungUp | LegEvent::Lost => self.on_failed(caller, leg, Cause::PartyLost, cx),
            // Keys and silence mean nothing before the answer; the step's deadline holds.
            _ => Next::Stay,
        }
    }

    /// The ring time is over, or a trunk has said nothing.
    pub fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let is_silent = self.line.as_ref().is_some_and(|line| !line.has_spoken);
        let next = self.next();
        for (_, leg) in std::mem::take(&mut self.legs) {
            leg.leave(Goodbye::Unanswered, cx);
        }
        if is_silent { self.line_failed(Trouble::CallUnanswered, caller, cx) } else { next }
    }

    /// A leg that rings.
    pub fn leg(&mut self, id: LegId) -> Option<&mut Leg> {
        self.legs.get_mut(&id)
    }

    /// The extension that is called; `None` once the last leg is gone.
    pub fn extension(&self) -> Option<&str> {
        self.legs.values().next().map(|leg| leg.extension.as_str())
    }

    /// Whether any phone rings.
    pub fn rings(&self) -> bool {
        self.legs.keys().any(|leg| self.rung.contains(leg))
    }

    /// What the called extensions do, as lamps show it: one that rings on several phones does it once.
    pub fn activities(&self, caller: &Leg) -> Vec<Activity> {
        let mut activities: Vec<Activity> = Vec::new();
        for leg in self.legs.values() {
            let ringing = self.rung.contains(&leg.id).then(|| leg.dialog());
            let progress = if ringing.is_some() { Progress::Rings } else { Progress::Asked };
            match activities.iter_mut().find(|known| known.extension == leg.extension) {
                Some(known) if known.ringing.is_none() => (known.ringing, known.progress) = (ringing, progress),
                Some(_) => {}
                None => activities.push(Activity {
                    extension: leg.extension.clone(),
                    is_caller: false,
                    progress,
                    other: caller.extension.clone(),
                    ringing,
                }),
            }
        }
        activities
    }

    /// A leg that rings, to look at.
    pub fn party(&self, id: LegId) -> Option<&Leg> {
        self.legs.get(&id)
    }

    /// The legs that ring, each with its extension.
    pub fn parties(&self) -> Vec<(LegId, String)> {
        self.legs.values().map(|leg| (leg.id, leg.extension.clone())).collect()
    }

    /// They go on ringing for another call; the caller of this one hears them no more.
    pub fn move_to(&mut self, caller: LegId, to: CallId, cx: &mut Cx) {
        if self.heard.is_some() {
            cx.part(caller);
        }
        self.legs.values_mut().for_each(|leg| leg.move_to(to, cx));
    }

    /// They ring for this caller now, who hears what the one before has heard.
    pub fn continue_for(&mut self, caller: &mut Leg, cx: &mut Cx) {
        match self.heard {
            Some(heard) => {
                caller.stop_playing(cx);
                cx.bridge(caller.id, heard);
            }
            None if self.rung.is_empty() => {}
            None => caller.ring(cx),
        }
    }

    /// Another phone takes the call: these stop.
    pub fn stop_for_taker(&mut self, caller: &Leg, cx: &mut Cx) {
        if self.heard.take().is_some() {
            cx.part(caller.id);
        }
        for (_, leg) in std::mem::take(&mut self.legs) {
            leg.leave(Goodbye::Elsewhere, cx);
        }
    }

    /// Every leg goes.
    pub fn stop(self, goodbye: Goodbye, cx: &mut Cx) {
        for (_, leg) in self.legs {
            leg.leave(goodbye, cx);
        }
    }

    fn on_ringing(&mut self, caller: &mut Leg, leg: LegId, has_media: bool, cx: &mut Cx) -> Next {
        if self.rung.insert(leg) {
            cx.log(caller.call, Happened::Rang { leg });
        }
        let Some(callee) = self.legs.get(&leg) else { return Next::Stay };
        if !has_media || self.heard.is_some_and(|heard| heard != leg) {
            // A later 180 does not cut early media (RFC 3960 §3.1 leaves it to us).
            if self.heard.is_none() {
                caller.ring(cx);
            }
        } else if self.heard.is_none() && caller.send_early_media(callee.codec(), cx) {
            self.heard = Some(leg);
            caller.stop_playing(cx);
            cx.bridge(caller.id, leg);
        } else if self.heard.is_none() {
            caller.ring(cx);
        }
        Next::Stay
    }

    fn on_answered(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        let Some(winner) = self.legs.remove(&leg) else { return Next::Stay };
        for (_, loser) in std::mem::take(&mut self.legs) {
            loser.leave(Goodbye::Elsewhere, cx);
        }
        if self.heard.is_some_and(|heard| heard != leg) {
            cx.part(caller.id);
        }
        Next::Talk(Box::new(winner))
    }

    fn on_declined(
        &mut self,
        caller: &mut Leg,
        leg: LegId,
        status: u16,
        divert_to: Option<String>,
        cx: &mut Cx,
    ) -> Next {
        cx.log(caller.call, Happened::Refused { leg, status });
        if self.line.is_some() {
            self.take_out(caller, leg, cx);
            return self.line_declined(status, caller, cx);
        }
        match status {
            300..=399 => self.divert_to = self.divert_to.take().or(divert_to),
            486 | 600 => self.refusals.busy = true,
            // Somebody pressed "refuse": the other phones of the same person stop too (RFC 3261 §21.6.2).
            603 => {
                self.refusals.declined = true;
                let others: Vec<LegId> = self.legs.keys().copied().filter(|other| *other != leg).collect();
                for other in others.into_iter().filter_map(|other| self.legs.remove(&other)) {
                    other.leave(Goodbye::Declined, cx);
                }
            }
            488 | 606 => self.refusals.incompatible = true,
            // 480 and 408 mean out of reach; the rest says nothing of the person.
            _ => {}
        }
        self.on_gone(caller, leg, cx)
    }

    fn on_failed(&mut self, caller: &mut Leg, leg: LegId, cause: Cause, cx: &mut Cx) -> Next {
        cx.log(caller.call, Happened::Failed { leg, cause });
        self.refusals.incompatible |= cause == Cause::NoCodec;
        if self.line.is_some() {
            self.take_out(caller, leg, cx);
            let is_codec = cause == Cause::NoCodec;
            let outcome = if is_codec { Outcome::Incompatible } else { Outcome::NoWay };
            return Next::Step(outcome);
        }
        self.on_gone(caller, leg, cx)
    }

    /// A leg is gone without an answer; with the last of them the step is over.
    fn on_gone(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        let was_heard = self.take_out(caller, leg, cx);
        if self.legs.is_empty() {
            return self.next();
        }
        if was_heard {
            // Others still ring: the caller must not sit in silence.
            caller.ring(cx);
        }
        Next::Stay
    }

    /// A leg goes; true where the caller heard its early media.
    fn take_out(&mut self, caller: &Leg, leg: LegId, cx: &mut Cx) -> bool {
        if let Some(gone) = self.legs.remove(&leg) {
            gone.leave(Goodbye::Normal, cx);
        }
        let was_heard = self.heard == Some(leg);
        if was_heard {
            self.heard = None;
            cx.part(caller.id);
        }
        was_heard
    }

    /// What follows, now that nobody will answer: a refusal by a person says most, then a phone that rang, then the rest.
    fn next(&mut self) -> Next {
        let still_rings = self.legs.keys().any(|leg| self.rung.contains(leg));
        if self.refusals.declined {
            return Next::Step(Outcome::Declined);
        }
        if let Some(to) = self.divert_to.take() {
            return Next::Divert(to);
        }
        if self.line.is_some() {
            return Next::Step(Outcome::Unanswered);
        }
        Next::Step(match self.refusals {
            _ if still_rings => Outcome::Unanswered,
            Refusals { busy: true, .. } => Outcome::Busy,
            _ if !self.rung.is_empty() => Outcome::Unanswered,
            Refusals { incompatible: true, .. } => Outcome::Incompatible,
            _ => Outcome::Offline,
        })
    }
}

impl From<Outcome> for Cause {
    fn from(outcome: Outcome) -> Cause {
        match outcome {
            Outcome::Busy => Cause::Busy,
            Outcome::Declined => Cause::Declined,
            Outcome::Unanswered => Cause::Unanswered,
            Outcome::Offline => Cause::Offline,
            Outcome::Incompatible => Cause::NoCodec,
            Outcome::NoWay => Cause::NoLine,
            // There is nobody to be asked for; nobody was told that there is.
            Outcome::Operator => Cause::HungUp,
            Outcome::NothingRings => Cause::Unanswered,
        }
    }
}
