//! Questions to the shell, each with its deadline: no answer in time is a no. Those that a call or a recording waits for are
//! noted here; records that are merely to be written are the journal's.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sip::event::SubscriptionId;

use crate::ids::{AskId, CallId, RecordingId};

/// Within this the shell answers: a disk that syncs slowly, and a PIN that is checked behind others (some 10 ms each).
pub const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asker {
    /// A call's step.
    Call(CallId),
    /// A recording that is to be kept or dropped, whatever became of its call.
    Recording(RecordingId),
    /// The trunks: one whose name is looked up.
    Trunks,
    /// A phone's subscription, for what one of its keys wants.
    FeatureKey(SubscriptionId),
}

/// The questions without an answer. Bounded: a call has one at a time, and so has a recording.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Asks {
    open: BTreeMap<AskId, (Duration, Asker)>,
}

impl Asks {
    /// A question was sent; returns when its answer is due.
    pub fn add(&mut self, id: AskId, asker: Asker, now: Duration) -> Duration {
        let due = now + ANSWER_WITHIN;
        self.open.insert(id, (due, asker));
        due
    }

    /// An answer came: to whom. `None` for one that is too late.
    pub fn take(&mut self, id: AskId) -> Option<Asker> {
        self.open.remove(&id).map(|(_, asker)| asker)
    }

    /// The first question whose answer is overdue.
    pub fn overdue(&self, now: Duration) -> Option<AskId> {
        self.open.iter().find(|(_, (due, _))| *due <= now).map(|(id, _)| *id)
    }

    /// When the next answer is due.
    pub fn next_due(&self) -> Option<Duration> {
        self.open.values().map(|(due, _)| *due).min()
    }

    /// How many there are (an audit figure).
    pub fn open(&self) -> usize {
        self.open.len()
    }
}
