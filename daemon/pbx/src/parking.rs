//! The park slots: which call waits on which.
//!
//! A slot is one digit, so that it is said, remembered and dialled in a moment. Nothing of it is kept over a restart, which ends all calls.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::ids::CallId;

/// The slots: more than an office of this size parks at once, and each is one digit.
pub const SLOTS: RangeInclusive<u8> = 1..=9;

/// What the slots hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Parking {
    slots: BTreeMap<u8, Slot>,
}

/// A slot that is not free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    call: CallId,
    /// The number of who waits there; `None` while somebody was told of the slot and has parked nothing yet.
    waits: Option<String>,
}

impl Parking {
    /// Gives a call the first slot that is free; `None` where there is none.
    pub fn take(&mut self, call: CallId) -> Option<u8> {
        let slot = SLOTS.into_iter().find(|slot| !self.slots.contains_key(slot))?;
        self.slots.insert(slot, Slot { call, waits: None });
        Some(slot)
    }

    /// Somebody waits there from here on, in this call.
    pub fn park(&mut self, slot: u8, call: CallId, number: &str) {
        self.slots.insert(slot, Slot { call, waits: Some(number.to_owned()) });
    }

    /// What a call had is free again; says what that was.
    pub fn release(&mut self, call: CallId) -> Vec<u8> {
        let of_it = self.slots.iter().filter(|(_, slot)| slot.call == call);
        let freed: Vec<u8> = of_it.map(|(slot, _)| *slot).collect();
        freed.iter().for_each(|slot| drop(self.slots.remove(slot)));
        freed
    }

    /// The call that waits there, and the number of its party.
    pub fn waits_on(&self, slot: u8) -> Option<(CallId, &str)> {
        let held = self.slots.get(&slot)?;
        Some((held.call, held.waits.as_deref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_belongs_to_one_call_until_it_is_released() {
        let mut parking = Parking::default();
        let given: Vec<_> = (1..=10).map(|call| parking.take(CallId(call))).collect();
        let all: Vec<_> = SLOTS.map(Some).chain([None]).collect();
        assert_eq!(given, all);
        assert_eq!(parking.waits_on(3), None, "it was named, and nothing is parked there");
        parking.park(3, CallId(30), "101");
        assert_eq!(parking.waits_on(3), Some((CallId(30), "101")));
        assert!(parking.release(CallId(3)).is_empty(), "another call has it now");
        assert_eq!(parking.release(CallId(30)), [3]);
        assert_eq!(parking.take(CallId(11)), Some(3));
    }
}
