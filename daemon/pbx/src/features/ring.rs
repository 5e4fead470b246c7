//! Ring: phones of an extension ring together and the first to answer gets the call.
//!
//! Feature code: none, every extension.
//! Config: `extension.ring_s`, the phones of the extension.
//! Steps: invite every binding -> ring / early media -> the first answer wins and the others are told "answered elsewhere"; all
//! refused, or the ring time over: the outcome decides the next step.
//! RFC 3261 §16.7 (choosing the best response), RFC 3326 (Reason on CANCEL), RFC 3960 (early media).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::activity::{Activity, Progress};
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::ids::{CallId, LegId};
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::route::{self, Outcome};
use crate::timers::CallTimer;

/// How many legs ring at once: ten phones with a few bindings each; more would only serve an attacker.
pub const LEGS_LIMIT: usize = 32;

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

    /// Something happened to a callee's leg.
    pub fn on(&mut self, caller: &mut Leg, leg: LegId, event: LegEvent, cx: &mut Cx) -> Next {
        match event {
            LegEvent::Ringing { has_media } => self.on_ringing(caller, leg, has_media, cx),
            LegEvent::Answered => self.on_answered(caller, leg, cx),
            LegEvent::Declined { status, divert_to } => self.on_declined(caller, leg, status, divert_to, cx),
            LegEvent::Failed(cause) => self.on_failed(caller, leg, cause, cx),
            LegEvent::HungUp | LegEvent::Lost => self.on_failed(caller, leg, Cause::PartyLost, cx),
            // Keys and silence mean nothing before the answer; the step's deadline holds.
            _ => Next::Stay,
        }
    }

    /// The ring time is over.
    pub fn on_timer(mut self, cx: &mut Cx) -> Next {
        let next = self.next();
        self.stop(Goodbye::Unanswered, cx);
        next
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
        self.on_gone(caller, leg, cx)
    }

    /// A leg is gone without an answer; with the last of them the step is over.
    fn on_gone(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        if let Some(gone) = self.legs.remove(&leg) {
            gone.leave(Goodbye::Normal, cx);
        }
        let was_heard = self.heard == Some(leg);
        if was_heard {
            self.heard = None;
            cx.part(caller.id);
        }
        if self.legs.is_empty() {
            return self.next();
        }
        if was_heard {
            // Others still ring: the caller must not sit in silence.
            caller.ring(cx);
        }
        Next::Stay
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
            // There is nobody to be asked for; nobody was told that there is.
            Outcome::Operator => Cause::HungUp,
            Outcome::NothingRings => Cause::Unanswered,
        }
    }
}
