//! A call that is parked: how it comes to its slot, and how it leaves it.

use log::info;
use sip::event::TransactionId;

use super::{Call, State};
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::features::Next;
use crate::features::park::{Parked, Parking, parked_on};
use crate::features::pickup::Place;
use crate::ids::{CallId, LegId};
use crate::leg::Leg;
use crate::route::Outcome;
use crate::timers::CallTimer;

impl Call {
    /// The step of the code: the call that is passed on to it is parked; whoever dials it is told of a slot, for a call that they pass on
    /// after that. False when the call is over.
    pub(super) fn park(&mut self, cx: &mut Cx) -> bool {
        let parker = self.transferor_of().map(str::to_owned);
        // A phone that sends its calls to the code has nobody who could be told of the slot.
        if parker.is_none() && self.dialled.diverted_by.is_some() {
            return self.refuse(Cause::NotAllowed, cx);
        }
        match (cx.take_slot(self.id), parker) {
            (None, Some(_)) => self.hand_back(Cause::NoSlot, cx),
            (None, None) => self.go(Next::Step(Outcome::NoSlot), cx),
            (Some(slot), None) => {
                self.state = State::Parking(Box::new(Parking::start(slot, &mut self.caller, cx)));
                true
            }
            (Some(slot), Some(parker)) => {
                self.waits_on(slot, parker, cx);
                let said = parked_on(slot, cx);
                self.tell_transferor(slot, said, cx);
                true
            }
        }
    }

    /// Whether the party of this leg has been told of a slot, and may give it a call.
    pub fn has_slot_for(&self, leg: LegId) -> bool {
        matches!(self.state, State::Parking(_)) && self.caller.id == leg
    }

    /// Whether the party of this leg is in a conversation whose other party can be parked.
    pub fn can_be_parked(&self, leg: LegId) -> bool {
        let State::Talking(talking) = &self.state else { return false };
        self.caller.id == leg || talking.party().id == leg
    }

    /// Parks the party that stays when this leg goes, on a slot that the leg's party was told of in another call.
    pub(super) fn park_here(&mut self, leg: LegId, slot: u8, transaction: TransactionId, cx: &mut Cx) -> bool {
        let Some(parker) = self.set_aside(leg, cx) else { return true };
        cx.sip(|stack, now, wire| stack.accept_refer(now, transaction, 200, wire));
        self.is_parked_by(&parker, slot, cx);
        self.lets_go(parker, cx);
        true
    }

    /// The same in the call in which the slot was told: its caller has passed on the party of another call.
    pub(super) fn park_party(&mut self, party: Leg, from: CallId, transaction: TransactionId, cx: &mut Cx) -> bool {
        let State::Parking(parking) = &self.state else { return true };
        let slot = parking.slot;
        cx.sip(|stack, now, wire| stack.accept_refer(now, transaction, 200, wire));
        let parker = std::mem::replace(&mut self.caller, party);
        self.caller.becomes_caller(cx);
        let extension = self.caller.extension.clone();
        cx.log(self.id, Happened::Joined { call: from, leg: self.caller.id, extension: extension.clone() });
        cx.count_call(self.id, &extension);
        self.is_parked_by(&parker, slot, cx);
        self.lets_go(parker, cx);
        true
    }

    pub(super) fn is_parked_by(&mut self, parker: &Leg, slot: u8, cx: &mut Cx) {
        self.dialled.user = self.caller.user.clone();
        self.dialled.extension = self.caller.extension.clone();
        self.dialled.diverted_by = Some(parker.extension.clone());
        self.waits_on(slot, parker.extension.clone(), cx);
    }

    fn waits_on(&mut self, slot: u8, parker: String, cx: &mut Cx) {
        info!("{}: {parker} parks it on {slot}", self.id);
        self.dialled.number = cx.number_of_slot(slot);
        self.state = State::Parked(Box::new(Parked::start(slot, parker, &mut self.caller, cx)));
    }

    /// The slot that its party waits on.
    pub fn slot(&self) -> Option<u8> {
        match &self.state {
            State::Parked(parked) => Some(parked.slot),
            _ => None,
        }
    }

    /// Whether it can be taken there.
    pub fn is_to_be_taken(&self, place: &Place) -> bool {
        match place {
            Place::Rings(extension) => self.rings_at(extension),
            Place::Slot(slot) => self.slot() == Some(*slot),
        }
    }

    /// Somebody fetches it: their leg is the callee's from now on. False when the call is over.
    pub(super) fn is_fetched(&mut self, (mut leg, phone): (Leg, String), slot: u8, cx: &mut Cx) -> bool {
        self.settle_transfer(cx);
        cx.release_slots(self.id);
        let by = leg.extension.clone();
        cx.log(self.id, Happened::Fetched { leg: leg.id, phone, by: by.clone(), slot });
        self.caller.stop_playing(cx);
        self.dialled.number = by;
        leg.answer(self.caller.likes(), cx);
        self.go(Next::Talk(Box::new(leg)), cx)
    }

    /// Nobody fetched it in time: it rings where it was parked. False when the call is over.
    pub(super) fn goes_back_to(&mut self, parker: String, cx: &mut Cx) -> bool {
        let Some(slot) = self.slot() else { return true };
        info!("{}: nobody fetched it from {slot}, back to {parker}", self.id);
        self.settle_transfer(cx);
        cx.release_slots(self.id);
        cx.cancel_timer(self.id, CallTimer::Step);
        cx.log(self.id, Happened::Unparked { to: parker.clone(), slot });
        self.caller.stop_playing(cx);
        self.caller.back_from = Some(slot);
        // Whoever called from outside did not dial the extension.
        self.dialled.diverted_by = self.dialled.is_from_outside().then(|| parker.clone());
        self.dialled.number = parker;
        self.follow_plan(cx)
    }
}
