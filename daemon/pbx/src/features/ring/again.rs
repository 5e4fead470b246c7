//! Phones that ring while the box's own address goes ring on: whoever answers, answers to where the call came from, and is not
//! heard there, so all are called again from where the box is then.
//!
//! Feature code: none.
//! Config: none.
//! Steps: the address goes -> each call from it is taken back -> its device is called again, over a connection as soon as it has
//! registered by one; the step's deadline holds meanwhile.
//! RFC 3261 §9.1 (CANCEL), RFC 5626 §5.3 (the connection that a device is reached by).

use std::collections::{BTreeMap, BTreeSet};

use log::info;
use serde::{Deserialize, Serialize};

use super::Ringing;
use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::Happened;
use crate::features::Next;
use crate::ids::LegId;
use crate::leg::{Called, Goodbye, Leg, LegEvent};
use crate::registrar::BindingKey;

/// What it takes to call whom a step rings once more; each by the place of its strand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Again {
    /// How the phones make themselves heard that the step is for.
    alert: Alert,
    /// The device of each leg to a phone.
    devices: BTreeMap<LegId, BindingKey>,
    /// The devices that are to be called again; as many at most as were called.
    phones: BTreeMap<BindingKey, usize>,
    /// The numbers outside that are.
    lines: BTreeSet<usize>,
}

impl Again {
    pub(super) fn new(alert: Alert) -> Again {
        Again { alert, devices: BTreeMap::new(), phones: BTreeMap::new(), lines: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, devices: Vec<(LegId, BindingKey)>) {
        self.devices.extend(devices);
    }

    /// Whether somebody of this strand is to be called again, so that it has not ended without a leg.
    pub(super) fn waits(&self, place: usize) -> bool {
        self.lines.contains(&place) || self.phones.values().any(|of| *of == place)
    }

    /// Nobody of this strand is any more.
    pub(super) fn gives_up(&mut self, place: usize) {
        self.lines.remove(&place);
        self.phones.retain(|_, of| *of != place);
    }
}

impl Ringing {
    /// Whether this end of a leg says nothing of the party, since our own end of the way is gone: it waits then to be called
    /// again.
    pub(super) fn is_cut_off(&mut self, caller: &mut Leg, leg: LegId, event: &LegEvent, cx: &mut Cx) -> bool {
        let is_end =
            matches!(event, LegEvent::Declined { status: 408 | 503, .. } | LegEvent::Failed(_) | LegEvent::Lost);
        let lost = self.legs.get(&leg).is_some_and(|leg| leg.has_lost_its_end(cx));
        let is_cut_off = is_end && lost && !self.asked.contains_key(&leg);
        if is_cut_off {
            self.wait_for(caller, leg, cx);
        }
        is_cut_off
    }

    /// The box has another address, or a phone has come back to it: whoever was called from where it is no more is called again.
    /// Who has answered, and is asked, hears of it as in a call.
    pub fn moves(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        let gone = self.legs.values().filter(|leg| leg.moves_to(cx).is_some() && !self.asked.contains_key(&leg.id));
        let gone: Vec<LegId> = gone.map(|leg| leg.id).collect();
        gone.into_iter().for_each(|leg| self.wait_for(caller, leg, cx));
        if self.again.lines.is_empty() && self.again.phones.is_empty() {
            return Next::Stay;
        }
        for (key, place) in std::mem::take(&mut self.again.phones) {
            self.calls_again(key, place, caller, cx);
        }
        for place in self.again.lines.clone() {
            let Some(line) = self.strands.get_mut(place).and_then(|strand| strand.line()) else { continue };
            if !line.has_way(cx) {
                continue;
            }
            let tried = line.call_next(caller, cx);
            self.again.lines.remove(&place);
            let next = self.tried(place, tried, caller, cx);
            if !matches!(next, Next::Stay) {
                return next;
            }
        }
        self.end_empty();
        self.go_on(caller, cx)
    }

    /// Calls a device again; one that there is no way to yet goes on waiting, and one that is gone does not.
    fn calls_again(&mut self, key: BindingKey, place: usize, caller: &Leg, cx: &mut Cx) {
        let Some(strand) = self.strands.get_mut(place) else { return };
        let (Some(extension), Some(binding)) = (strand.extension(), cx.registrar.get(&key).cloned()) else { return };
        let alert = strand.alert(if place == 0 { self.again.alert } else { caller.alert() });
        let called = Called { extension, instead_of: strand.instead_of.as_deref(), binding: &binding, alert };
        let Ok(leg) = Leg::callee(caller, &called, cx) else {
            self.again.phones.insert(key, place);
            return;
        };
        let to = leg.end().ip().to_string();
        info!("{} {}: is called again, from {to}", leg.call, leg.id);
        cx.log(leg.call, Happened::Moved { leg: leg.id, to });
        strand.legs.insert(leg.id);
        self.again.devices.insert(leg.id, key);
        self.legs.insert(leg.id, leg);
    }

    fn wait_for(&mut self, caller: &mut Leg, leg: LegId, cx: &mut Cx) {
        if let (Some(place), Some(far_end)) = (self.place_of(leg), self.legs.get(&leg).map(Leg::far_end)) {
            match self.strands.get_mut(place).and_then(|strand| strand.line()) {
                Some(line) => {
                    line.is_tried_again(far_end);
                    self.again.lines.insert(place);
                }
                None => self.again.phones.extend(self.again.devices.remove(&leg).map(|key| (key, place))),
            }
        }
        if self.take_out(caller, leg, Goodbye::Normal, cx) {
            // The caller must not sit in silence.
            caller.ring(cx);
        }
    }
}
