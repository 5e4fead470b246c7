//! Transfer: a party passes its call on, and is out of it as soon as somebody else has it.
//!
//! What the user sees: the party that stays hears ringback and then the new one; a target that cannot be reached gives the
//! call back to who passed it on, by ringing if that one has hung up meanwhile.
//! Feature code: none, the phones' own transfer key; by codes during a call see `consultation`.
//! Config: none; the new number is routed like any other, with the transferor as who sent the call on.
//! Steps: blind: 202 -> the plan for the new number with the party that stays as its caller -> somebody or something
//! answers: the transferor leaves; or nobody: the call goes back. Attended: the transferor's other call gives up its party,
//! or the phones that ring there, and ends.
//! RFC 3515 (REFER), RFC 3891 (Replaces), RFC 5589 (transfer), RFC 3325 (the displays).
//!
//! ```text
//!   Talking -- REFER --> Ringing with a Transfer --answered--> Talking
//!      ^                         |
//!      +-- the transferor is ----+-- it has hung up --> its phones ring
//!          still there
//! ```
//! Deadline: that of the step.

use log::info;
use serde::{Deserialize, Serialize};
use sip::event::{Invited, Referred, SubscriptionId, TransactionId};

use super::{Call, State};
use crate::cx::Cx;
use crate::events::{Cause, Ending, Happened};
use crate::features::Next;
use crate::features::ring::Ringing;
use crate::features::talk::Talking;
use crate::goodbye::number_of;
use crate::ids::{CallId, LegId};
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::output::Sound;
use crate::route::{Act, Dialled, Moment, Plan, route};
use crate::timers::{CallTimer, Timer};

/// How often a call can be passed on: more often than any call in an office, and phones that do it by themselves come to an
/// end.
pub const TRANSFERS_LIMIT: u8 = 20;

/// A call that is being passed on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transfer {
    /// The transferor's leg, until it hangs up.
    leg: Option<Leg>,
    /// Where it is told what becomes of it; nowhere, where it has keyed a code.
    refer: Option<SubscriptionId>,
    /// The transferor's extension.
    by: String,
    /// The number that it wants.
    to: String,
    has_rung: bool,
}

impl Transfer {
    /// By a code: nobody is told what becomes of it.
    pub(super) fn keyed(leg: Option<Leg>, by: String, to: String) -> Transfer {
        Transfer { leg, refer: None, by, to, has_rung: true }
    }
}

/// What a call gives to the one that it becomes part of.
#[derive(Debug)]
pub enum Given {
    /// Its other party.
    Party(Box<Leg>),
    /// The phones that ring, and the plan that they ring by.
    Ringing {
        /// The phones.
        ringing: Box<Ringing>,
        /// The plan.
        plan: Plan,
        /// Where it stands.
        step: usize,
        /// What was dialled.
        number: String,
    },
    /// The park slot that it was given.
    Slot(u8),
}

impl Call {
    /// A party wants the call passed on to another number. False when the call is over.
    pub fn pass_on(&mut self, leg: LegId, referred: &Referred, cx: &mut Cx) -> bool {
        let number = number_of(&referred.to).unwrap_or_default();
        let judged = self.judge_of(leg, &number, cx);
        let Some(by) = self.leg(leg).map(|leg| leg.extension.clone()) else {
            refuse(referred.transaction, 603, cx);
            return true;
        };
        let dialled = match judged {
            Ok(dialled) => dialled,
            Err(cause) => {
                info!("{} {leg}: may not be passed on to {number}", self.id);
                cx.log(self.id, Happened::TransferRefused { by, to: number, cause });
                refuse(referred.transaction, Goodbye::Cause(cause).status(), cx);
                return true;
            }
        };
        let transaction = referred.transaction;
        cx.sip(|stack, now, wire| stack.accept_refer(now, transaction, 100, wire));
        cx.log(self.id, Happened::Transferring { by: by.clone(), to: number.clone() });
        info!("{}: {by} passes it on to {number}", self.id);
        let Some(transferor) = self.set_aside(leg, cx) else { return true };
        self.dialled = dialled;
        self.transfer =
            Some(Transfer { leg: Some(transferor), refer: Some(referred.refer), by, to: number, has_rung: false });
        self.follow_plan(cx)
    }

    /// Whether this leg's party may pass the call on to this number: how it is dialled then, or why not.
    pub(super) fn judge_of(&self, leg: LegId, number: &str, cx: &mut Cx) -> Result<Dialled, Cause> {
        let State::Talking(talking) = &self.state else { return Err(Cause::NotAllowed) };
        let callee = talking.party();
        let (stays, by) = if leg == self.caller.id { (callee, &self.caller) } else { (&self.caller, callee) };
        self.judge(stays, &by.extension, number, cx)
    }

    /// Whether `stays` may be passed on to this number by this extension: how it is dialled then, or why not.
    pub(super) fn judge(&self, stays: &Leg, by: &str, number: &str, cx: &mut Cx) -> Result<Dialled, Cause> {
        if self.transfers >= TRANSFERS_LIMIT {
            return Err(Cause::Loop);
        }
        // Help must see who calls, and be able to call back: who needs it dials.
        if cx.config.is_emergency(number) {
            return Err(Cause::NotAllowed);
        }
        let dialled = Dialled {
            user: stays.user.clone(),
            extension: stays.extension.clone(),
            number: number.to_owned(),
            diverted_by: Some(by.to_owned()),
        };
        let plan = route(&cx.config, &Moment { wall: cx.now.wall }, &cx.presence, &dialled);
        plan.steps.first().into_iter().for_each(|step| cx.note_barred(step, number));
        match plan.steps.first().map(|step| &step.act) {
            Some(Act::Reject(cause)) => Err(*cause),
            Some(_) => Ok(dialled),
            None => Err(Cause::Internal),
        }
    }

    /// Takes the transferor's leg out of the conversation; who stays is the caller from here on.
    pub(super) fn set_aside(&mut self, leg: LegId, cx: &mut Cx) -> Option<Leg> {
        let talking = match std::mem::replace(&mut self.state, State::Over) {
            State::Talking(talking) => talking,
            state => {
                self.state = state;
                return None;
            }
        };
        self.transfers += 1;
        cx.part(self.caller.id);
        let callee = talking.into_party(&mut self.caller, cx);
        if leg != self.caller.id {
            return Some(callee);
        }
        let transferor = std::mem::replace(&mut self.caller, callee);
        self.caller.becomes_caller(cx);
        Some(transferor)
    }

    /// Whether this leg is the transferor's.
    pub(super) fn is_transferor(&self, leg: LegId) -> bool {
        self.transfer.as_ref().and_then(|transfer| transfer.leg.as_ref()).is_some_and(|own| own.id == leg)
    }

    /// The extension of who passes the call on.
    pub(super) fn transferor_of(&self) -> Option<&str> {
        self.transfer.as_ref().map(|transfer| transfer.by.as_str())
    }

    /// Says something to a transferor who has not hung up, and shows it on the display; it is out of the call when that was said.
    pub(super) fn tell_transferor(&mut self, slot: u8, said: Sound, cx: &mut Cx) {
        if let Some(leg) = self.transfer.as_mut().and_then(|transfer| transfer.leg.as_mut()) {
            leg.show_parked(slot, cx);
            leg.hear(said, cx);
        }
    }

    /// The transferor's leg of this number.
    pub(super) fn transferor(&mut self, id: LegId) -> Option<&mut Leg> {
        self.transfer.as_mut()?.leg.as_mut().filter(|leg| leg.id == id)
    }

    /// Something happened to the leg of a transferor who waits for what becomes of the transfer; mostly it hangs up.
    pub(super) fn on_transferor(&mut self, leg: LegId, event: &LegEvent, cx: &mut Cx) -> bool {
        let is_gone = match event {
            LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_) => true,
            LegEvent::PlayDone => {
                self.settle_transfer(cx);
                return true;
            }
            LegEvent::Probed(is_alive) => self.transferor(leg).is_some_and(|own| !own.on_probed(*is_alive, cx)),
            LegEvent::Silent => {
                self.ask_alive(leg, cx);
                false
            }
            _ => false,
        };
        if let Some(own) = self.transfer.as_mut().filter(|_| is_gone).and_then(|transfer| transfer.leg.take()) {
            self.lets_go(own, cx);
        }
        true
    }

    /// A phone of the target rings.
    pub(super) fn tell_ringing(&mut self, cx: &mut Cx) {
        if let Some(transfer) = self.transfer.as_mut().filter(|transfer| !transfer.has_rung) {
            transfer.has_rung = true;
            progress(transfer.refer, 180, cx);
        }
    }

    /// Somebody has the call, or an app of the box: the transferor is out of it.
    pub(super) fn settle_transfer(&mut self, cx: &mut Cx) {
        let Some(Transfer { leg, refer, by, to, .. }) = self.transfer.take() else { return };
        // Who parked it: that is said already.
        if self.slot().is_none() {
            cx.log(self.id, Happened::Transferred { by, to });
        }
        progress(refer, 200, cx);
        if let Some(leg) = leg {
            self.lets_go(leg, cx);
        }
    }

    /// Whether the call goes back to the transferor instead of ending for this cause.
    pub(super) fn goes_back(&self, cause: Cause) -> bool {
        let is_unreached = matches!(
            cause,
            Cause::Busy
                | Cause::Declined
                | Cause::Unanswered
                | Cause::Offline
                | Cause::NoSuchNumber
                | Cause::NotAllowed
                | Cause::Blocked
                | Cause::NoCodec
                | Cause::Loop
                | Cause::Overload
        );
        is_unreached && self.transfer.is_some()
    }

    /// The target cannot be had: the call goes back to who passed it on.
    pub(super) fn hand_back(&mut self, cause: Cause, cx: &mut Cx) -> bool {
        let Some(Transfer { leg, refer, by, to, .. }) = self.transfer.take() else { return true };
        let status = Goodbye::Cause(cause).status();
        cx.log(self.id, Happened::HandedBack { by: by.clone(), to, cause });
        progress(refer, status, cx);
        cx.cancel_timer(self.id, CallTimer::Step);
        // Whoever called from outside did not dial the extension.
        self.dialled.diverted_by = self.dialled.is_from_outside().then(|| by.clone());
        self.dialled.number = by;
        let Some(leg) = leg else { return self.follow_plan(cx) };
        self.caller.stop_playing(cx);
        self.state = State::Talking(Box::new(Talking::resume(&mut self.caller, leg, cx)));
        true
    }

    /// The call ends while it is being passed on.
    pub(super) fn drop_transfer(&mut self, goodbye: Goodbye, cx: &mut Cx) {
        let Some(Transfer { leg, refer, .. }) = self.transfer.take() else { return };
        progress(refer, 487, cx);
        if let Some(leg) = leg {
            leg.leave(goodbye, cx);
        }
    }

    /// A leg leaves a call that goes on.
    pub(super) fn lets_go(&self, leg: Leg, cx: &mut Cx) {
        leg.leave(Goodbye::Normal, cx);
        let callee = if let State::Talking(talking) = &self.state { Some(talking.party()) } else { None };
        let mut others = std::iter::once(&self.caller).chain(callee).chain(self.waiting());
        if others.all(|own| own.extension != leg.extension) {
            cx.uncount_call(self.id, &leg.extension);
        }
    }

    /// Whether the party of this leg can connect the other one with somebody.
    pub fn can_connect(&self, leg: LegId) -> bool {
        let State::Talking(talking) = &self.state else { return self.has_slot_for(leg) };
        self.consultation.is_none()
            && self.transfers < TRANSFERS_LIMIT
            && (self.caller.id == leg || talking.party().id == leg)
    }

    /// Whether there is somebody behind this leg whom its party can connect with somebody else: the other party, or who
    /// is being called.
    pub fn can_give_up(&self, leg: LegId) -> bool {
        match &self.state {
            // Three are in it, and one would be lost.
            _ if self.consultation.is_some() => false,
            State::Talking(talking) => self.caller.id == leg || talking.party().id == leg,
            State::Ringing(_) => self.caller.id == leg && self.transfer.is_none(),
            _ => self.has_slot_for(leg),
        }
    }

    /// Gives whoever is behind this leg to another call, and ends.
    pub fn give_up(mut self, leg: LegId, to: CallId, cx: &mut Cx) -> Option<Given> {
        let by = self.leg(leg)?.extension.clone();
        let goodbye = Goodbye::Cause(Cause::Transferred);
        if let State::Parking(parking) = &self.state {
            let slot = parking.slot;
            self.caller.leave(Goodbye::Normal, cx);
            cx.end_call(self.id, Cause::Transferred, Ending::Park { by, slot, call: to });
            return Some(Given::Slot(slot));
        }
        let (given, leaving) = match self.state {
            State::Talking(talking) => {
                cx.part(self.caller.id);
                let callee = talking.into_party(&mut self.caller, cx);
                let (leaving, mut party) =
                    if leg == self.caller.id { (self.caller, callee) } else { (callee, self.caller) };
                party.move_to(to, cx);
                (Given::Party(Box::new(party)), leaving)
            }
            State::Ringing(mut ringing) => {
                ringing.move_to(self.caller.id, to, cx);
                cx.timers.rename(Timer::Call(self.id, CallTimer::Step), Timer::Call(to, CallTimer::Step));
                let (plan, step, number) = (self.plan, self.step, self.dialled.number);
                (Given::Ringing { ringing: Box::new(ringing), plan, step, number }, self.caller)
            }
            _ => return None,
        };
        leaving.leave(goodbye, cx);
        cx.end_call(self.id, Cause::Transferred, Ending::Connected { by: by.clone(), call: to });
        Some(given)
    }

    /// A party connects the other one with whom it was talking to, or calling, in another call.
    pub fn connect(&mut self, leg: LegId, from: CallId, given: Given, referred: &Referred, cx: &mut Cx) -> bool {
        let transaction = referred.transaction;
        let given = match given {
            Given::Slot(slot) => return self.park_here(leg, slot, transaction, cx),
            Given::Party(party) if self.has_slot_for(leg) => return self.park_party(*party, from, transaction, cx),
            given => given,
        };
        let Some(transferor) = self.set_aside(leg, cx) else { return true };
        let by = transferor.extension.clone();
        self.dialled.user = self.caller.user.clone();
        self.dialled.extension = self.caller.extension.clone();
        self.dialled.diverted_by = Some(by.clone());
        match given {
            // Parked above.
            Given::Slot(_) => {}
            Given::Party(party) => {
                let to = party.extension.clone();
                cx.sip(|stack, now, wire| stack.accept_refer(now, transaction, 200, wire));
                cx.log(self.id, Happened::Joined { call: from, leg: party.id, extension: to.clone() });
                cx.count_call(self.id, &to);
                self.dialled.number = to.clone();
                self.state = State::Talking(Box::new(Talking::resume(&mut self.caller, *party, cx)));
                cx.log(self.id, Happened::Transferred { by, to });
                self.lets_go(transferor, cx);
                self.update_displays(cx);
            }
            Given::Ringing { mut ringing, plan, step, number } => {
                cx.sip(|stack, now, wire| stack.accept_refer(now, transaction, 180, wire));
                cx.log(self.id, Happened::Transferring { by: by.clone(), to: number.clone() });
                for (leg, extension) in ringing.parties() {
                    cx.log(self.id, Happened::Joined { call: from, leg, extension });
                }
                (self.plan, self.step, self.dialled.number) = (plan, step, number.clone());
                self.log_plan(cx);
                ringing.continue_for(&mut self.caller, cx);
                self.state = State::Ringing(*ringing);
                let leg = Some(transferor);
                self.transfer = Some(Transfer { leg, refer: Some(referred.refer), by, to: number, has_rung: true });
            }
        }
        true
    }

    /// Another phone takes the place of this leg (RFC 3891): who spoke there goes on at another desk, or answers there what
    /// rings here. False when the call is over.
    pub fn take_over(&mut self, leg: LegId, invited: &Invited, extension: &str, cx: &mut Cx) -> bool {
        let is_fit = match &mut self.state {
            _ if self.consultation.is_some() => false,
            State::Talking(talking) => self.transfer.is_none() && (self.caller.id == leg || talking.party().id == leg),
            State::Ringing(ringing) => ringing.leg(leg).is_some(),
            _ => false,
        };
        let name = cx.config.calls_as(extension).unwrap_or_default().to_owned();
        let opened =
            if is_fit { Leg::caller(self.id, invited, (extension, &name), false, cx) } else { Err(Cause::NotAllowed) };
        let mut taker = match opened {
            Ok(taker) => taker,
            Err(cause) => {
                cx.refuse(invited.dialog, Goodbye::Cause(cause));
                cx.close_leg_of(invited.dialog);
                return true;
            }
        };
        let phone = cx.phone_name(&invited.user);
        cx.log(self.id, Happened::TakenOver { leg: taker.id, from: leg, phone });
        cx.count_call(self.id, extension);
        if let State::Ringing(ringing) = &mut self.state {
            taker.answer(self.caller.codec(), cx);
            ringing.stop_for_taker(&self.caller, cx);
            return self.go(Next::Talk(Box::new(taker)), cx);
        }
        let Some(leaving) = self.set_aside(leg, cx) else { return true };
        taker.answer(self.caller.codec(), cx);
        self.dialled.number = extension.to_owned();
        (self.dialled.user, self.dialled.extension) = (self.caller.user.clone(), self.caller.extension.clone());
        self.state = State::Talking(Box::new(Talking::resume(&mut self.caller, taker, cx)));
        self.lets_go(leaving, cx);
        self.update_displays(cx);
        true
    }

    /// Tells both phones whom they talk to, where they show somebody else.
    pub(super) fn update_displays(&mut self, cx: &mut Cx) {
        if let State::Talking(talking) = &mut self.state {
            self.caller.show(talking.party(), cx);
            talking.callee().show(&self.caller, cx);
        }
    }
}

/// Tells a transferor that has sent a REFER what becomes of it.
fn progress(refer: Option<SubscriptionId>, status: u16, cx: &mut Cx) {
    if let Some(refer) = refer {
        cx.sip(|stack, now, wire| stack.refer_progress(now, refer, status, wire));
    }
}

/// Refuses a REFER; the call goes on.
pub fn refuse(transaction: TransactionId, status: u16, cx: &mut Cx) {
    cx.sip(|stack, now, wire| stack.respond(now, transaction, status, Vec::new(), wire));
}
