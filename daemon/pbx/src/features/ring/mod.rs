//! Ring: phones of an extension ring together and the first to answer gets the call; or a number outside is called by one
//! trunk.
//!
//! Feature code: none, every extension.
//! Config: `extension.ring_s`, the phones of the extension; `also`, `away` and `screen` of its answering rules; its Follow Me.
//! Steps: invite every binding -> ring / early media -> the first answer wins and the others are told "answered elsewhere"; all
//! refused, or the ring time over: the outcome decides the next step. What rings besides begins and ends in its own time, and
//! whoever answers there may be asked first whether they take the call. By a trunk: each of its addresses in turn until one
//! takes the call; what the trunk itself cannot do leads to the next trunk, what the called party says is final.
//! RFC 3261 §16.7 (choosing the best response), RFC 3326 (Reason on CANCEL), RFC 3960 (early media).

mod again;
mod asking;
mod blocking;
mod line;
mod strand;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::again::Again;
use self::asking::{Asking, Wants};
use self::blocking::Blocking;
use self::line::Line;
pub use self::strand::FIRST_WORD_OUTSIDE;
use self::strand::{Phase, Strand};
use super::Next;
use crate::activity::{Activity, Progress};
use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::{Cause, DiversionReason, Happened};
use crate::goodbye::digit_of;
use crate::ids::{AskId, CallId, LegId};
use crate::input::Answer;
use crate::leg::{Divert, Goodbye, Leg, LegEvent};
use crate::route::{self, Dialled, Outcome, OutsideCall};
use crate::timers::CallTimer;
use crate::trunks::Trouble;

/// How long phones ring that ring until the caller gives up: longer no INVITE waits for its answer (RFC 3261 §16.6, timer C), and
/// a caller who has not given up is a handset beside its cradle.
pub const RINGS_ON_FOR: Duration = Duration::from_secs(180);

/// What rings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ringing {
    /// Who is called: an extension, or a number outside.
    extension: String,
    /// What rings together; the first is whom the step is for.
    strands: Vec<Strand>,
    /// Whether the step is a call to the outside.
    is_outside: bool,
    legs: BTreeMap<LegId, Leg>,
    /// The legs that have answered and are asked whether they take the call.
    asked: BTreeMap<LegId, Asking>,
    /// The leg whose early media the caller hears.
    heard: Option<LegId>,
    /// The legs that have rung.
    rung: BTreeSet<LegId>,
    refusals: Refusals,
    divert: Option<Divert>,
    again: Box<Again>,
    /// Nothing rings any more: the caller is being blocked.
    blocking: Option<Blocking>,
}

/// How the legs that are gone refused.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Refusals {
    busy: bool,
    declined: bool,
    incompatible: bool,
    /// A phone has rung to its end.
    unanswered: bool,
    overloaded: bool,
}

impl Ringing {
    /// Invites every binding of every phone, which is to make itself heard like this, and what rings besides in its time.
    /// With none to invite the step is over at once.
    pub fn start(
        ring: &route::Ring,
        alert: Alert,
        (caller, dialled): (&mut Leg, &Dialled),
        cx: &mut Cx,
    ) -> Result<Ringing, Next> {
        let (now, rings_for) = (cx.now.since_boot, ring_time(ring.limit_s));
        let own = Strand::phones(ring, rings_for, now);
        let also = ring.also.iter().map(|of| Strand::beside(of, ring, dialled, (rings_for, now)));
        let mut ringing = Ringing::of(ring.extension.clone(), std::iter::once(own).chain(also).collect(), false);
        ringing.again = Box::new(Again::new(alert));
        ringing.begin(0, alert, caller, cx);
        match ringing.go_on(caller, cx) {
            Next::Stay => Ok(ringing),
            Next::Step(_) if ringing.refusals.overloaded => Err(Next::End(Cause::Overload)),
            next => Err(next),
        }
    }

    /// Calls a number outside by one trunk. The error: the step is over at once.
    pub fn outside(call: OutsideCall, dialled: &Dialled, caller: &mut Leg, cx: &mut Cx) -> Result<Ringing, Next> {
        let number = cx.config.office().as_national(&call.number);
        let line = Strand::number(Line::new(vec![call], dialled), cx.now.since_boot);
        let mut ringing = Ringing::of(number, vec![line], true);
        match ringing.go_on(caller, cx) {
            Next::Stay => Ok(ringing),
            next => Err(next),
        }
    }

    fn of(extension: String, strands: Vec<Strand>, is_outside: bool) -> Ringing {
        Ringing {
            extension,
            strands,
            is_outside,
            legs: BTreeMap::new(),
            asked: BTreeMap::new(),
            heard: None,
            rung: BTreeSet::new(),
            refusals: Refusals::default(),
            divert: None,
            again: Box::new(Again::new(Alert::External)),
            blocking: None,
        }
    }

    /// Lets begin and end what is due. Where nothing rings what waits need not: the next begins, with all of the same start.
    fn go_on(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        if self.blocking.is_some() {
            return Next::Stay;
        }
        let now = cx.now.since_boot;
        loop {
            let start_of = |strand: &Strand| match strand.phase {
                Phase::Waits { until } => Some(until),
                _ => None,
            };
            let first = self.strands.iter().filter_map(start_of).min();
            let Some(first) = first.filter(|first| *first <= now || self.legs.is_empty()) else { break };
            for place in 0..self.strands.len() {
                if start_of(&self.strands[place]) == Some(first) {
                    let next = self.begin(place, caller.alert(), caller, cx);
                    if !matches!(next, Next::Stay) {
                        return next;
                    }
                }
            }
        }
        if self.strands.iter().all(Strand::is_over) {
            return self.next();
        }
        let asked = self.asked.values().map(|asking| asking.until);
        if let Some(due) = self.strands.iter().filter_map(Strand::due).chain(asked).min() {
            cx.set_timer(caller.call, CallTimer::Step, due.saturating_sub(now));
        }
        Next::Stay
    }

    fn begin(&mut self, place: usize, alert: Alert, caller: &mut Leg, cx: &mut Cx) -> Next {
        let begun = self.strands[place].begin(self.legs.len(), alert, caller, cx);
        self.refusals.overloaded |= begun.is_overloaded;
        self.again.note(begun.devices);
        self.legs.extend(begun.legs.into_iter().map(|leg| (leg.id, leg)));
        begun.why.map_or(Next::Stay, |why| self.strand_ended(place, why))
    }

    /// A number outside will not be had any more.
    fn strand_ended(&mut self, place: usize, why: Next) -> Next {
        self.strands[place].phase = Phase::Ended;
        if self.is_outside {
            return why;
        }
        self.refusals.busy |= matches!(why, Next::Step(Outcome::Busy | Outcome::Declined));
        Next::Stay
    }

    /// What comes of trying another way to a number outside.
    fn tried(&mut self, place: usize, tried: Result<Leg, Next>, caller: &mut Leg, cx: &mut Cx) -> Next {
        let next = match tried {
            Ok(leg) => {
                self.strands[place].begins_again(leg.id, cx.now.since_boot);
                self.legs.insert(leg.id, leg);
                Next::Stay
            }
            Err(why) => self.strand_ended(place, why),
        };
        if matches!(next, Next::Stay) { self.go_on(caller, cx) } else { next }
    }

    fn place_of(&self, leg: LegId) -> Option<usize> {
        self.strands.iter().position(|strand| strand.legs.contains(&leg))
    }

    fn has_spoken(&mut self, leg: LegId, caller: &mut Leg, cx: &mut Cx) -> Next {
        if let Some(place) = self.place_of(leg) {
            self.strands[place].has_spoken(cx.now.since_boot);
        }
        self.go_on(caller, cx)
    }

    /// Something happened to a callee's leg.
    pub fn on(&mut self, caller: &mut Leg, leg: LegId, event: LegEvent, cx: &mut Cx) -> Next {
        if self.is_cut_off(caller, leg, &event, cx) {
            return Next::Stay;
        }
        match event {
            LegEvent::Trying => self.has_spoken(leg, caller, cx),
            LegEvent::Ringing { has_media } => {
                self.on_ringing(caller, leg, has_media, cx);
                self.has_spoken(leg, caller, cx)
            }
            LegEvent::Answered => self.on_answered(caller, leg, cx),
            LegEvent::Declined { status, divert } => self.on_declined(caller, leg, (status, divert), cx),
            LegEvent::HungUp | LegEvent::Lost if self.asked.contains_key(&leg) => self.not_taken(leg, caller, cx),
            LegEvent::Failed(cause) => self.on_failed(caller, leg, cause, cx),
            LegEvent::HungUp | LegEvent::Lost => self.on_failed(caller, leg, Cause::PartyLost, cx),
            LegEvent::PlayDone => {
                if let (Some(asking), Some(callee)) = (self.asked.get_mut(&leg), self.legs.get_mut(&leg)) {
                    asking.on_play_done(callee, cx);
                }
                self.go_on(caller, cx)
            }
            LegEvent::Digit(key) => self.on_key(caller, leg, key, cx),
            LegEvent::InfoDigit(body) => match digit_of(&body) {
                Some(key) => self.on_key(caller, leg, key, cx),
                None => Next::Stay,
            },
            // Silence means nothing before the call is taken; a deadline holds.
            _ => Next::Stay,
        }
    }

    /// What was asked is answered: whether the caller is blocked from now on.
    pub fn on_answer(&mut self, asked: (AskId, &Answer), caller: &mut Leg, cx: &mut Cx) -> Next {
        let blocking = self.blocking.as_ref();
        blocking.map_or(Next::Stay, |blocking| blocking.on_answer(asked, &self.extension, caller, cx))
    }

    /// A deadline has passed: of a start, of the first word, of a ring time, of a key.
    pub fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let now = cx.now.since_boot;
        let overdue: Vec<LegId> =
            self.asked.iter().filter(|(_, asking)| asking.until <= now).map(|(leg, _)| *leg).collect();
        for leg in overdue {
            self.leaves_untaken(leg, caller, cx);
        }
        for place in 0..self.strands.len() {
            let is_silent = matches!(self.strands[place].phase, Phase::Silent { .. });
            let is_begun = is_silent || matches!(self.strands[place].phase, Phase::Rings { .. });
            if !is_begun || self.strands[place].due().is_none_or(|due| due > now) {
                continue;
            }
            self.ends(place, is_silent, caller, cx);
            if !is_silent && self.is_outside {
                return Next::Step(Outcome::Unanswered);
            }
            let Some(line) = self.strands[place].line().filter(|_| is_silent) else { continue };
            let tried = line.failed(Trouble::CallUnanswered, caller, cx);
            let next = self.tried(place, tried, caller, cx);
            if !matches!(next, Next::Stay) {
                return next;
            }
        }
        self.go_on(caller, cx)
    }

    /// The time of a strand is over: whoever of it has not answered goes.
    fn ends(&mut self, place: usize, is_silent: bool, caller: &mut Leg, cx: &mut Cx) {
        self.strands[place].phase = Phase::Ended;
        self.again.gives_up(place);
        let is_line = self.strands[place].line().is_some();
        let going: Vec<LegId> =
            self.strands[place].legs.iter().copied().filter(|leg| !self.asked.contains_key(leg)).collect();
        for leg in going {
            self.refusals.unanswered |= self.rung.contains(&leg);
            if is_silent && !is_line {
                cx.log(caller.call, Happened::Failed { leg, cause: Cause::Offline });
            }
            if self.take_out(caller, leg, Goodbye::Unanswered, cx) {
                caller.ring(cx);
            }
        }
    }

    /// A leg that rings.
    pub fn leg(&mut self, id: LegId) -> Option<&mut Leg> {
        self.legs.get_mut(&id)
    }

    /// Who is called; `None` once the last leg is gone.
    pub fn extension(&self) -> Option<&str> {
        Some(self.extension.as_str()).filter(|_| !self.legs.is_empty())
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
        self.strands.clear();
        self.asked.clear();
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

    fn on_ringing(&mut self, caller: &mut Leg, leg: LegId, has_media: bool, cx: &mut Cx) {
        if self.rung.insert(leg) {
            cx.log(caller.call, Happened::Rang { leg });
        }
        let Some(callee) = self.legs.get(&leg) else { return };
        // What a mobile says before its answer is said to nobody who may yet be put through elsewhere.
        let has_media = has_media && self.strands.first().is_some_and(|own| own.legs.contains(&leg));
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
    }

    fn on_answered(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        let asks = self.place_of(leg).and_then(|place| self.strands[place].asks);
        if let (Some(asks), Some(callee)) = (asks, self.legs.get_mut(&leg)) {
            if self.heard == Some(leg) {
                self.heard = None;
                cx.part(caller.id);
                caller.ring(cx);
            }
            cx.log(caller.call, Happened::AskedToTake { leg });
            self.asked.insert(leg, Asking::start(asks, caller, callee, &self.extension, cx));
            return self.go_on(caller, cx);
        }
        self.wins(caller, leg, cx)
    }

    /// This leg has the call; the others hear that it was answered elsewhere.
    fn wins(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        let Some(mut winner) = self.legs.remove(&leg) else { return Next::Stay };
        winner.stop_playing(cx);
        for (_, loser) in std::mem::take(&mut self.legs) {
            loser.leave(Goodbye::Elsewhere, cx);
        }
        if self.heard.is_some_and(|heard| heard != leg) {
            cx.part(caller.id);
        }
        Next::Talk(Box::new(winner))
    }

    /// A key of somebody who is asked.
    fn on_key(&mut self, caller: &mut Leg, leg: LegId, key: char, cx: &mut Cx) -> Next {
        let wants = self.asked.get(&leg).and_then(|asking| asking.on_key(key));
        let next = match wants {
            None => return Next::Stay,
            Some(Wants::Take) => return self.wins(caller, leg, cx),
            Some(Wants::Refuse) => return self.not_taken(leg, caller, cx),
            Some(Wants::Message) => Next::Step(Outcome::ToMailbox),
            Some(Wants::Block) => {
                self.blocking = Blocking::start(&self.extension, caller, cx);
                if self.blocking.is_some() { Next::Stay } else { Next::End(Cause::Blocked) }
            }
        };
        cx.log(caller.call, Happened::NotTaken { leg });
        self.all_leave(Goodbye::Declined, cx);
        next
    }

    fn all_leave(&mut self, goodbye: Goodbye, cx: &mut Cx) {
        self.strands.clear();
        self.asked.clear();
        for (_, leg) in std::mem::take(&mut self.legs) {
            leg.leave(goodbye, cx);
        }
    }

    /// Whoever was asked does not take the call; the others ring on.
    fn not_taken(&mut self, leg: LegId, caller: &mut Leg, cx: &mut Cx) -> Next {
        self.leaves_untaken(leg, caller, cx);
        self.go_on(caller, cx)
    }

    fn leaves_untaken(&mut self, leg: LegId, caller: &mut Leg, cx: &mut Cx) {
        cx.log(caller.call, Happened::NotTaken { leg });
        self.refusals.unanswered = true;
        if let Some(place) = self.place_of(leg).filter(|place| self.strands[*place].line().is_some()) {
            self.strands[place].phase = Phase::Ended;
        }
        self.take_out(caller, leg, Goodbye::Normal, cx);
        self.end_empty();
    }

    fn on_declined(
        &mut self,
        caller: &mut Leg,
        leg: LegId,
        (status, divert): (u16, Option<Divert>),
        cx: &mut Cx,
    ) -> Next {
        cx.log(caller.call, Happened::Refused { leg, status });
        let Some(place) = self.place_of(leg) else { return Next::Stay };
        if self.strands[place].line().is_some() {
            self.take_out(caller, leg, Goodbye::Normal, cx);
            let Some(line) = self.strands[place].line() else { return Next::Stay };
            let tried = line.declined(status, caller, cx);
            return self.tried(place, tried, caller, cx);
        }
        match status {
            300..=399 => self.divert = self.divert.take().or(divert),
            486 | 600 => self.refusals.busy = true,
            // Somebody pressed "refuse": the other phones of the same person stop too (RFC 3261 §21.6.2).
            603 if place == 0 && self.strands.iter().any(|strand| strand.instead_of.is_some()) => {
                // Those who answer in that one's place still may.
                self.refusals.busy = true;
                self.desk_leaves(caller, leg, cx);
            }
            603 if place == 0 => {
                self.refusals.declined = true;
                let others: Vec<LegId> = self.legs.keys().copied().filter(|other| *other != leg).collect();
                for other in others {
                    self.take_out(caller, other, Goodbye::Declined, cx);
                }
                self.strands.iter_mut().for_each(|strand| strand.phase = Phase::Ended);
                (0..self.strands.len()).for_each(|place| self.again.gives_up(place));
            }
            603 => self.refusals.busy = true,
            488 | 606 => self.refusals.incompatible = true,
            // 480 and 408 mean out of reach; the rest says nothing of the person.
            _ => {}
        }
        self.on_gone(caller, leg, cx)
    }

    /// The other phones of whom the step is for stop; what rings besides does not.
    fn desk_leaves(&mut self, caller: &mut Leg, but: LegId, cx: &mut Cx) {
        let Some(desk) = self.strands.first() else { return };
        let others: Vec<LegId> = desk.legs.iter().copied().filter(|other| *other != but).collect();
        for other in others {
            self.take_out(caller, other, Goodbye::Declined, cx);
        }
        self.again.gives_up(0);
    }

    fn on_failed(&mut self, caller: &mut Leg, leg: LegId, cause: Cause, cx: &mut Cx) -> Next {
        cx.log(caller.call, Happened::Failed { leg, cause });
        self.refusals.incompatible |= cause == Cause::NoCodec;
        if self.is_outside {
            self.take_out(caller, leg, Goodbye::Normal, cx);
            let is_codec = cause == Cause::NoCodec;
            let outcome = if is_codec { Outcome::Incompatible } else { Outcome::NoWay };
            return Next::Step(outcome);
        }
        self.on_gone(caller, leg, cx)
    }

    /// A leg is gone without an answer; with the last of them the step is over.
    fn on_gone(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) -> Next {
        let was_heard = self.take_out(caller, leg, Goodbye::Normal, cx);
        self.end_empty();
        let next = self.go_on(caller, cx);
        if was_heard && matches!(next, Next::Stay) {
            // Others still ring: the caller must not sit in silence.
            caller.ring(cx);
        }
        next
    }

    /// Strands whose last leg is gone have ended.
    fn end_empty(&mut self) {
        let again = &self.again;
        let is_empty = |(place, strand): &(usize, &mut Strand)| {
            let is_begun = matches!(strand.phase, Phase::Silent { .. } | Phase::Rings { .. });
            is_begun && strand.legs.is_empty() && !again.waits(*place)
        };
        self.strands.iter_mut().enumerate().filter(is_empty).for_each(|(_, strand)| strand.phase = Phase::Ended);
    }

    /// A leg goes; true where the caller heard its early media.
    fn take_out(&mut self, caller: &Leg, leg: LegId, goodbye: Goodbye, cx: &mut Cx) -> bool {
        if let Some(gone) = self.legs.remove(&leg) {
            gone.leave(goodbye, cx);
        }
        self.asked.remove(&leg);
        for strand in &mut self.strands {
            strand.legs.remove(&leg);
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
        if self.refusals.declined {
            return Next::Step(Outcome::Declined);
        }
        if let Some(Divert { to, because }) = self.divert.take() {
            let is_rung = !self.rung.is_empty();
            let chosen = if is_rung { DiversionReason::Deflection } else { DiversionReason::Unconditional };
            return Next::Divert(Divert { to, because: because.or(Some(chosen)) });
        }
        Next::Step(match self.refusals {
            Refusals { unanswered: true, .. } => Outcome::Unanswered,
            Refusals { busy: true, .. } => Outcome::Busy,
            _ if !self.rung.is_empty() => Outcome::Unanswered,
            Refusals { incompatible: true, .. } => Outcome::Incompatible,
            _ => Outcome::Offline,
        })
    }
}

fn ring_time(limit_s: u32) -> Duration {
    if limit_s == u32::from(config::RINGS_ON) { RINGS_ON_FOR } else { Duration::from_secs(limit_s.into()) }
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
            Outcome::NoSlot => Cause::NoSlot,
            Outcome::NothingRings | Outcome::ToMailbox | Outcome::SlotEmpty | Outcome::NoWish => Cause::Unanswered,
            Outcome::Authorized | Outcome::Charged => Cause::NotAllowed,
            Outcome::Key(_) | Outcome::NoKey | Outcome::Named => Cause::Unanswered,
        }
    }
}
