//! What an extension does in a call, as the lamps of others show it: kept beside the calls, by extension, so that a change touches
//! nobody but who watches that extension.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sip::dialog_info::DialogState;
use sip::event::DialogId;

use crate::ids::CallId;

/// One extension in one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The extension.
    pub extension: String,
    /// Whether it calls, or is called.
    pub is_caller: bool,
    /// How far it is.
    pub progress: Progress,
    /// The number at the other end.
    pub other: String,
    /// Where it is called and a phone of it rings: the call to that phone.
    pub ringing: Option<DialogId>,
}

/// How far a call is for one extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Progress {
    /// Nothing rings yet.
    Asked,
    /// A phone rings.
    Rings,
    /// It talks, to somebody or to the box.
    Talks,
}

impl From<Progress> for DialogState {
    fn from(progress: Progress) -> DialogState {
        match progress {
            Progress::Asked => DialogState::Trying,
            Progress::Rings => DialogState::Early,
            Progress::Talks => DialogState::Confirmed,
        }
    }
}

/// The activities of all calls.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Activities {
    of_call: BTreeMap<CallId, Vec<Activity>>,
    /// The calls of each extension; none that is empty.
    calls_of: BTreeMap<String, BTreeSet<CallId>>,
}

impl Activities {
    /// What is done in a call is this from now on; an ended call has none. Says whose lamps are wrong by that.
    pub fn set(&mut self, call: CallId, now: Vec<Activity>) -> BTreeSet<String> {
        if self.of_call.get(&call).map(Vec::as_slice).unwrap_or_default() == now.as_slice() {
            return BTreeSet::new();
        }
        let before = self.of_call.remove(&call).unwrap_or_default();
        for activity in &before {
            if let Some(calls) = self.calls_of.get_mut(&activity.extension) {
                calls.remove(&call);
                if calls.is_empty() {
                    self.calls_of.remove(&activity.extension);
                }
            }
        }
        for activity in &now {
            self.calls_of.entry(activity.extension.clone()).or_default().insert(call);
        }
        let changed = before.iter().chain(&now).map(|activity| activity.extension.clone()).collect();
        if !now.is_empty() {
            self.of_call.insert(call, now);
        }
        changed
    }

    /// How many calls are on their way to an extension.
    pub fn unanswered(&self, extension: &str) -> usize {
        self.of(extension).filter(|(_, activity)| !activity.is_caller && activity.progress < Progress::Talks).count()
    }

    /// What an extension does, oldest call first.
    pub fn of(&self, extension: &str) -> impl Iterator<Item = (CallId, &Activity)> {
        let calls = self.calls_of.get(extension).into_iter().flatten();
        calls.flat_map(move |call| {
            let all = self.of_call.get(call).map(Vec::as_slice).unwrap_or_default();
            all.iter().filter(move |activity| activity.extension == extension).map(|activity| (*call, activity))
        })
    }
}
