//! What a call does next: what a feature wants of it, the steps of its plan one after the other, and its end.

use std::time::Duration;

use log::info;
use sip::diversion::Diverted;

use super::apps::AnyApp;
use super::{Call, DIVERSIONS_LIMIT, State, alert_emergency, between};
use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::{By, Cause, Decision, Ending, Happened};
use crate::features::pickup::PickingUp;
use crate::features::refusal::Refusal;
use crate::features::ring::Ringing;
use crate::features::talk::Talking;
use crate::features::{End, Left, Next};
use crate::last_callers::called_by;
use crate::leg::{Divert, Diverter, Goodbye};
use crate::presence::LastCaller;
use crate::route::{Act, Moment, Outcome, Step, route};
use crate::timers::CallTimer;

/// How long the tone is that says no to a caller for whom somebody waits: long enough to be understood.
const NO_WHILE_ASKING: Duration = Duration::from_millis(2_500);

impl Call {
    /// Does what a feature wants; false when the call is over.
    pub(super) fn go(&mut self, next: Next, cx: &mut Cx) -> bool {
        match next {
            Next::Stay => true,
            Next::End(cause) if self.consultation.is_some() => self.after_consulting(cause, cx),
            Next::TransferTo(number) => self.transfers_to(number, cx),
            Next::End(cause) if self.goes_back(cause) => self.hand_back(cause, cx),
            Next::End(Cause::TollLimit | Cause::UnknownOutside | Cause::OutsideRefused) if self.comes_back() => {
                self.go(Next::Step(Outcome::Declined), cx)
            }
            Next::End(cause) => {
                self.finish(cause, cx);
                false
            }
            Next::Talk(callee) => {
                cx.cancel_timer(self.id, CallTimer::Step);
                let is_aloud = matches!(self.plan.steps.get(self.step), Some(Step { act: Act::Intercom(_), .. }));
                let start = if is_aloud { Talking::start_aloud } else { Talking::start };
                self.state = State::Talking(Box::new(start(&mut self.caller, *callee, cx)));
                self.caller.back_from = None;
                cx.completions.reached(&self.dialled.extension);
                self.settle_transfer(cx);
                self.update_displays(cx);
                true
            }
            Next::Step(outcome) => {
                if let State::InApp(app) = &self.state {
                    let Left { message, charged } = app.app().leaves(cx.now.since_boot);
                    self.has_left_message |= message;
                    self.charge(charged, cx);
                }
                cx.cancel_timer(self.id, CallTimer::Step);
                if outcome == Outcome::Named && self.is_planned_anew(cx) {
                    return self.enter(0, cx);
                }
                match self.plan.after(self.step, outcome) {
                    Some(step) => self.enter(step, cx),
                    None => self.go(Next::End(outcome.into()), cx),
                }
            }
            Next::Divert(divert) => self.divert(divert, cx),
            Next::Return(parker) => self.goes_back_to(parker, cx),
            Next::CallBack(number) => {
                cx.log(self.id, Happened::CalledBack { number: number.clone() });
                self.dial(number, cx)
            }
        }
    }

    /// Whether whoever called this number outside goes on where it is refused, as from somebody's assistant.
    fn comes_back(&self) -> bool {
        let is_outside = self.plan.steps.get(self.step).is_some_and(|step| step.act.outside().is_some());
        is_outside && self.plan.after(self.step, Outcome::Declined).is_some()
    }

    /// A phone sent the call on: routed again as if the caller had dialled that number.
    fn divert(&mut self, Divert { to: number, because }: Divert, cx: &mut Cx) -> bool {
        info!("{}: sent on to {number}", self.id);
        let step = self.plan.steps.get(self.step);
        let by = match step.filter(|step| !step.is_call_back()).map(|step| &step.act) {
            Some(Act::Ring(ring)) => ring.extension.clone(),
            // Whoever was called for help wants this phone, not where it sends its calls; who wants to say something aloud here has no
            // use for another place.
            _ => return self.go(Next::Step(Outcome::Declined), cx),
        };
        let reason = because.unwrap_or_default();
        cx.log(self.id, Happened::Diverted { to: number.clone(), by: by.clone(), reason });
        self.caller.diverted.push(Diverted { by: Diverter::Extension(by.clone()), reason });
        if self.caller.diverted.count > DIVERSIONS_LIMIT {
            self.dialled.number = number;
            return self.go(Next::End(Cause::Loop), cx);
        }
        self.dialled.diverted_by = Some(by);
        self.dial(number, cx)
    }

    /// Goes on to another number than the one that was dialled.
    fn dial(&mut self, number: String, cx: &mut Cx) -> bool {
        self.dialled.number = number;
        // Nobody asked for help: a phone that sends its calls to an emergency number is set up wrongly.
        if cx.config.is_emergency(&self.dialled.number) {
            return self.go(Next::End(Cause::NotAllowed), cx);
        }
        self.follow_plan(cx)
    }

    pub(super) fn follow_plan(&mut self, cx: &mut Cx) -> bool {
        let moment = Moment { wall: cx.now.wall };
        self.plan = route(&cx.config, &moment, &cx.presence, &self.dialled);
        self.log_plan(cx);
        self.enter(0, cx)
    }

    /// Saying a name takes a while. Where whoever is called has decided otherwise meanwhile, and wants no name any more, that holds.
    fn is_planned_anew(&mut self, cx: &mut Cx) -> bool {
        // Further on it is somebody else's choice that led here.
        if self.step != 0 {
            return false;
        }
        let moment = Moment { wall: cx.now.wall };
        let plan = route(&cx.config, &moment, &cx.presence, &self.dialled);
        let has_changed = plan != self.plan;
        if has_changed {
            self.plan = plan;
            self.log_plan(cx);
        }
        has_changed && !matches!(self.plan.steps.first(), Some(Step { act: Act::AskName(_), .. }))
    }

    pub(super) fn log_plan(&self, cx: &mut Cx) {
        cx.log(self.id, Happened::Decided { steps: self.plan.steps.iter().cloned().map(Decision::Step).collect() });
    }

    /// Enters a step of the plan; a plan is finite and its edges go forward, so this ends.
    fn enter(&mut self, step: usize, cx: &mut Cx) -> bool {
        let Some(act) = self.plan.steps.get(step).map(|step| step.act.clone()) else {
            return self.go(Next::End(Cause::Internal), cx);
        };
        self.step = step;
        cx.log(self.id, Happened::Entered { step });
        if let Some(extension) = called_by(&act).filter(|extension| *extension != self.dialled.extension) {
            let last = LastCaller { number: self.dialled.extension.clone(), at: cx.now.synced.then_some(cx.now.wall) };
            cx.presence.last_callers.insert(extension.to_owned(), last);
        }
        if let Some(step) = self.plan.steps.get(step) {
            cx.note_barred(step, &self.dialled.number);
        }
        match act {
            Act::Park => return self.park(cx),
            Act::Reject(cause) if self.goes_back(cause) => return self.hand_back(cause, cx),
            Act::Reject(cause) => return self.refuse(cause, cx),
            act => match self.start(act, cx) {
                Ok(state) => self.state = state,
                Err(next) => return self.go(next, cx),
            },
        }
        if !matches!(self.state, State::Ringing(_)) {
            // The box itself has the call now.
            self.settle_transfer(cx);
        }
        true
    }

    /// Begins what a step does. The error: it is over at once.
    fn start(&mut self, act: Act, cx: &mut Cx) -> Result<State, Next> {
        let alert = self.caller.alert();
        // Who takes another call gives up their own, and somebody waits in it.
        if self.consultation.is_some() && matches!(act, Act::PickUp(_) | Act::Fetch(_)) {
            return Err(Next::End(Cause::NotAllowed));
        }
        let (caller, dialled) = (&mut self.caller, &self.dialled);
        Ok(match act {
            Act::Ring(ring) => State::Ringing(Ringing::start(&ring, alert, (caller, dialled), cx)?),
            Act::Intercom(ring) => State::Ringing(Ringing::start(&ring, Alert::Answer, (caller, dialled), cx)?),
            Act::Outside(call) => State::Ringing(Ringing::outside(call, dialled, caller, cx)?),
            Act::PickUp(what) => State::PickingUp(PickingUp::start(&what, caller, cx)?),
            Act::Fetch(slot) => State::PickingUp(PickingUp::fetch(slot, caller, cx)?),
            // They need the whole call.
            Act::Park | Act::Reject(_) => return Err(Next::End(Cause::Internal)),
            act => State::InApp(AnyApp::start(act, caller, dialled, cx)?),
        })
    }

    pub(super) fn refuse(&mut self, cause: Cause, cx: &mut Cx) -> bool {
        if cause == Cause::EmergencyUnreachable {
            alert_emergency(self.id, &self.dialled, cx);
        }
        match Refusal::start(cause, &self.dialled.number, &mut self.caller, cx) {
            Ok(refusal) => {
                self.state = State::Refusing(refusal);
                if self.consultation.is_some() && cause != Cause::EmergencyUnreachable {
                    cx.set_timer(self.id, CallTimer::Step, NO_WHILE_ASKING);
                }
                true
            }
            Err(cause) => self.go(Next::End(cause), cx),
        }
    }

    /// What a step of the box is told of the call when it ends.
    pub(super) fn as_it_ends(&self) -> End<'_> {
        End {
            caller: &self.caller,
            from: &self.dialled.extension,
            why: self.plan.why(self.step),
            has_left_message: self.has_left_message,
        }
    }

    pub(super) fn finish(&mut self, cause: Cause, cx: &mut Cx) {
        let goodbye = Goodbye::of(cause);
        self.note_in_vain(cause, cx);
        self.drop_transfer(goodbye, cx);
        self.drop_waiting(goodbye, cx);
        let mut because = self.after_offer().or_else(|| self.at_assistant());
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ringing(ringing) => ringing.stop(goodbye, cx),
            State::Talking(talking) => talking.stop(goodbye, cx),
            State::InApp(mut app) => {
                because = app.app_mut().ending(&self.as_it_ends(), cx).or(because);
            }
            State::Refusing(_) | State::PickingUp(_) | State::Parked(_) | State::Parking(_) | State::Over => {}
        }
        self.caller.leave(goodbye, cx);
        let by = match self.ended_by {
            Some(leg) if leg == self.caller.id => By::Caller,
            Some(_) => By::Callee,
            None => By::Box,
        };
        if let Some(by) = self.picked_up_by.take() {
            self.dialled.number = by;
        }
        let because = because.unwrap_or_else(|| between(&self.dialled, by));
        cx.end_call(self.id, cause, because);
    }

    /// What it came to where it ends at somebody's assistant, or with a no behind it: nobody was reached, although the box has answered.
    fn at_assistant(&self) -> Option<Ending> {
        let step = self.plan.steps.get(self.step).filter(|_| self.caller.is_up())?;
        let leads_here = (Outcome::NoKey, self.step);
        let heard = match &step.act {
            Act::Reject(_) => self.plan.steps.iter().find(|step| step.on.contains(&leads_here))?,
            _ => step,
        };
        let Act::Assist(assist) = &heard.act else { return None };
        Some(Ending::Assisted { from: self.dialled.extension.clone(), mailbox: assist.mailbox.clone() })
    }
}
