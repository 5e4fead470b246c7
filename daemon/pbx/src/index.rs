//! Which legs, dialogs and ports belong to which call, kept outside the calls so that a broken one can be cleared away
//! without it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sip::event::DialogId;

use crate::ids::{CallId, LegId};

/// The index of all calls, until [`crate::cx::CLOSING`] after their end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Index {
    calls: BTreeMap<CallId, Entry>,
    legs: BTreeMap<LegId, LegEntry>,
    dialogs: BTreeMap<DialogId, LegId>,
    last_leg: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    started: Duration,
    next_seq: u32,
    legs: Vec<LegId>,
    /// The extensions among whose calls this one is counted.
    counted: Vec<String>,
    has_ended: bool,
    is_answered: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LegEntry {
    call: CallId,
    dialog: Option<DialogId>,
    /// The RTP port while it is open.
    port: Option<u16>,
}

impl Index {
    /// A call begins.
    pub fn add_call(&mut self, call: CallId, started: Duration) {
        self.calls.insert(
            call,
            Entry { started, next_seq: 0, legs: Vec::new(), counted: Vec::new(), has_ended: false, is_answered: false },
        );
    }

    /// A leg begins.
    pub fn add_leg(&mut self, call: CallId, port: u16) -> LegId {
        self.last_leg += 1;
        let leg = LegId(self.last_leg);
        self.legs.insert(leg, LegEntry { call, dialog: None, port: Some(port) });
        if let Some(entry) = self.calls.get_mut(&call) {
            entry.legs.push(leg);
        }
        leg
    }

    /// A leg has its dialog.
    pub fn set_dialog(&mut self, leg: LegId, dialog: DialogId) {
        if let Some(entry) = self.legs.get_mut(&leg) {
            entry.dialog = Some(dialog);
            self.dialogs.insert(dialog, leg);
        }
    }

    /// A leg's port closes; says which it was, once.
    pub fn close_leg(&mut self, leg: LegId) -> Option<(CallId, u16)> {
        let entry = self.legs.get_mut(&leg)?;
        let port = entry.port.take()?;
        if let Some(dialog) = entry.dialog.take() {
            self.dialogs.remove(&dialog);
        }
        Some((entry.call, port))
    }

    /// A leg belongs to another call from here on.
    pub fn move_leg(&mut self, leg: LegId, to: CallId) {
        let Some(entry) = self.legs.get_mut(&leg) else { return };
        let from = std::mem::replace(&mut entry.call, to);
        if let Some(old) = self.calls.get_mut(&from) {
            old.legs.retain(|other| *other != leg);
        }
        if let Some(new) = self.calls.get_mut(&to) {
            new.legs.push(leg);
        }
    }

    /// Forgets a call and its legs.
    pub fn remove_call(&mut self, call: CallId) {
        for leg in self.calls.remove(&call).map(|entry| entry.legs).unwrap_or_default() {
            self.legs.remove(&leg);
        }
    }

    /// Takes the next place in a call's log, with the moment at which the call began.
    pub fn next_seq(&mut self, call: CallId) -> Option<(u32, Duration)> {
        let entry = self.calls.get_mut(&call)?;
        let seq = entry.next_seq;
        entry.next_seq += 1;
        Some((seq, entry.started))
    }

    /// A call ends; false when it had already, or is none.
    pub fn end_call(&mut self, call: CallId) -> bool {
        self.calls.get_mut(&call).is_some_and(|entry| !std::mem::replace(&mut entry.has_ended, true))
    }

    /// A call is answered; false when it was before.
    pub fn answer(&mut self, call: CallId) -> bool {
        self.calls.get_mut(&call).is_some_and(|entry| !std::mem::replace(&mut entry.is_answered, true))
    }

    /// Counts a call among those of an extension; false when it is already.
    pub fn count(&mut self, call: CallId, extension: &str) -> bool {
        let Some(entry) = self.calls.get_mut(&call) else { return false };
        let is_new = !entry.counted.iter().any(|counted| counted == extension);
        if is_new {
            entry.counted.push(extension.to_owned());
        }
        is_new
    }

    /// Takes back the count of a call among those of one extension; false when it is not counted there.
    pub fn uncount_one(&mut self, call: CallId, extension: &str) -> bool {
        let Some(entry) = self.calls.get_mut(&call) else { return false };
        let before = entry.counted.len();
        entry.counted.retain(|counted| counted != extension);
        entry.counted.len() < before
    }

    /// Takes back all counts of a call.
    pub fn uncount(&mut self, call: CallId) -> Vec<String> {
        self.calls.get_mut(&call).map(|entry| std::mem::take(&mut entry.counted)).unwrap_or_default()
    }

    /// The leg and call of a dialog.
    pub fn of_dialog(&self, dialog: DialogId) -> Option<(CallId, LegId)> {
        let leg = self.dialogs.get(&dialog)?;
        Some((self.legs.get(leg)?.call, *leg))
    }

    /// The dialog of a leg, while its port is open.
    pub fn dialog_of(&self, leg: LegId) -> Option<DialogId> {
        self.legs.get(&leg)?.dialog
    }

    /// The call of a leg, and whether the leg's port is still open.
    pub fn of_leg(&self, leg: LegId) -> Option<(CallId, bool)> {
        self.legs.get(&leg).map(|entry| (entry.call, entry.port.is_some()))
    }

    /// The legs of a call whose port is open.
    pub fn open_legs(&self, call: CallId) -> Vec<LegId> {
        let legs = self.calls.get(&call).map(|entry| entry.legs.as_slice()).unwrap_or_default();
        legs.iter().copied().filter(|leg| self.of_leg(*leg).is_some_and(|(_, is_open)| is_open)).collect()
    }

    /// The dialogs of a call.
    pub fn dialogs_of(&self, call: CallId) -> Vec<DialogId> {
        let legs = self.calls.get(&call).map(|entry| entry.legs.as_slice()).unwrap_or_default();
        legs.iter().filter_map(|leg| self.legs.get(leg)?.dialog).collect()
    }

    /// When a call began.
    pub fn started(&self, call: CallId) -> Option<Duration> {
        self.calls.get(&call).map(|entry| entry.started)
    }

    /// How many calls and legs there are, those included that wait for their last figures.
    pub fn sizes(&self) -> (usize, usize) {
        (self.calls.len(), self.legs.len())
    }
}
