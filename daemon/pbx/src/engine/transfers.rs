//! Requests that concern two calls, or a call and another phone: REFER, and INVITE with Replaces.

use sip::event::{Invited, Referred, Replaced};

use super::Engine;
use crate::call::refuse_transfer;
use crate::events::Cause;
use crate::goodbye::Goodbye;
use crate::ids::{CallId, LegId};

impl Engine {
    /// A party wants its call passed on.
    pub(super) fn on_referred(&mut self, referred: &Referred) {
        let found = self.cx.index.of_dialog(referred.dialog).filter(|(call, _)| self.calls.contains_key(call));
        let Some((call, leg)) = found.filter(|_| !self.is_closing) else {
            return refuse_transfer(referred.transaction, 603, &mut self.cx);
        };
        match referred.replaces {
            _ if self.calls.get(&call).is_some_and(|call| call.is_being_passed_on()) => {
                refuse_transfer(referred.transaction, 491, &mut self.cx);
            }
            None => self.step(call, |call, cx| call.pass_on(leg, referred, cx)),
            Some(other) => self.connect((call, leg), other, referred),
        }
        // Whatever broke before it was answered; else nothing is left to refuse.
        refuse_transfer(referred.transaction, 500, &mut self.cx);
    }

    /// A party has two calls and wants to leave both, so that the others talk. The call that the REFER came in goes on; the
    /// other one ends, and says where it went.
    fn connect(&mut self, (call, leg): (CallId, LegId), other: Replaced, referred: &Referred) {
        let Some((second, second_leg)) = self.cx.index.of_dialog(other.dialog) else {
            return refuse_transfer(referred.transaction, 603, &mut self.cx);
        };
        let extension = |call: CallId, leg: LegId| self.calls.get(&call).and_then(|call| call.extension_of(leg));
        let is_own = call != second && extension(call, leg) == extension(second, second_leg);
        let is_fit = self.calls.get(&call).is_some_and(|call| call.can_connect(leg))
            && self.calls.get(&second).is_some_and(|call| call.can_give_up(second_leg));
        // What was told of a slot takes a party, and nothing that rings still.
        let parks = self.calls.get(&call).is_some_and(|call| call.has_slot_for(leg));
        let is_fit = is_fit && (!parks || self.calls.get(&second).is_some_and(|call| call.can_be_parked(second_leg)));
        if !is_own || !is_fit {
            return refuse_transfer(referred.transaction, if is_own { 603 } else { 403 }, &mut self.cx);
        }
        let Some(giver) = self.calls.remove(&second) else { return };
        let charged = giver.charged().cloned();
        match self.guarded(second, |cx| giver.give_up(second_leg, call, cx)).flatten() {
            Some(given) => self.step(call, |own, cx| {
                own.charge(charged, cx);
                own.connect(leg, second, given, referred, cx)
            }),
            // What it had given already is not known: the call that was to have it cannot be trusted either.
            None => {
                self.calls.remove(&call);
                [call, second].into_iter().for_each(|broken| self.cx.end_broken_call(broken));
            }
        }
    }

    /// A phone wants to take the place of another: its user's own, at which a call is up or rings, or one of the same pickup group
    /// that rings.
    pub(super) fn on_replacing(&mut self, invited: &Invited, replaced: Replaced, extension: &str) {
        let found = self.cx.index.of_dialog(replaced.dialog);
        let may = |(call, leg): &(CallId, LegId)| {
            let its = self.calls.get(call).and_then(|call| call.extension_of(*leg));
            let may_pick_up = |its: &str| replaced.is_early && self.cx.config.may_pick_up(extension, its);
            its.is_some_and(|its| its == extension || may_pick_up(its))
        };
        match found.filter(may) {
            Some((call, leg)) => {
                self.step(call, |call, cx| call.take_over(leg, invited, extension, cx));
                // Broken before its leg was known to the index.
                if self.cx.index.of_dialog(invited.dialog).is_none() {
                    self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::Internal));
                }
            }
            None => self.cx.refuse(invited.dialog, Goodbye::Cause(Cause::NotAllowed)),
        }
    }
}
