//! Pickup: somebody takes a call that rings at another's phone, or that is parked.
//!
//! Feature code: `**` and an extension, `*8` for the caller's pickup group, `*85` and a park slot; keys of phones dial it.
//! Config: the feature-code table, `extension.pickup_group`.
//! Steps: find what rings, the oldest call first -> the engine puts the caller's leg into that call in the place of all that ring there,
//! which are told "answered elsewhere" -> this call is over. Nothing rings: the plan says so.
//! RFC 3326 (Reason on CANCEL).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Next;
use crate::cx::Cx;
use crate::ids::CallId;
use crate::leg::Leg;
use crate::route::{Outcome, PickUp};
use crate::timers::CallTimer;

/// The engine puts the two calls together before it takes its next input; should it not, the caller hears that there is nothing.
const LIMIT: Duration = Duration::from_secs(2);

/// Somebody who takes a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PickingUp {
    /// The call.
    pub call: CallId,
    /// Where it is.
    pub from: Place,
}

/// Where a call can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// It rings at this extension.
    Rings(String),
    /// It is parked on this slot.
    Slot(u8),
}

impl Place {
    /// How it ends for whoever finds no call there.
    pub fn nothing(&self) -> Outcome {
        match self {
            Place::Rings(_) => Outcome::NothingRings,
            Place::Slot(_) => Outcome::SlotEmpty,
        }
    }
}

impl PickingUp {
    /// Finds what rings.
    pub fn start(what: &PickUp, caller: &Leg, cx: &mut Cx) -> Result<PickingUp, Next> {
        let found = match &what.of {
            Some(extension) => oldest(extension, caller, cx),
            None => {
                let own = caller.extension.clone();
                let group = cx.config.extensions().map(|extension| extension.number.to_string());
                let group: Vec<_> = group.filter(|extension| cx.config.may_pick_up(&own, extension)).collect();
                let ringing = group.iter().filter_map(|extension| oldest(extension, caller, cx));
                ringing.min_by_key(|found| found.call)
            }
        };
        let picking = found.ok_or(Next::Step(Outcome::NothingRings))?;
        Ok(picking.wait(caller, cx))
    }

    /// Finds what is parked on a slot.
    pub fn fetch(slot: u8, caller: &Leg, cx: &mut Cx) -> Result<PickingUp, Next> {
        let (call, _) = cx.parking.waits_on(slot).ok_or(Next::Step(Outcome::SlotEmpty))?;
        Ok(PickingUp { call, from: Place::Slot(slot) }.wait(caller, cx))
    }

    fn wait(self, caller: &Leg, cx: &mut Cx) -> PickingUp {
        cx.set_timer(caller.call, CallTimer::Step, LIMIT);
        cx.wants_pick_up(caller.call);
        self
    }

    /// It could not be taken after all.
    pub fn on_timer(&self) -> Next {
        Next::Step(self.from.nothing())
    }
}

/// The call that rings at an extension for the longest time. A call for help never rings at one.
fn oldest(extension: &str, caller: &Leg, cx: &Cx) -> Option<PickingUp> {
    let mut ringing = cx.busy.activities.of(extension).filter(|(_, activity)| activity.ringing.is_some());
    let (call, _) = ringing.find(|(call, _)| *call != caller.call)?;
    Some(PickingUp { call, from: Place::Rings(extension.to_owned()) })
}
