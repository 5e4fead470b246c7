//! Recordings on their way to the store. Each outlives its call: what was said into the box is kept whatever becomes of the call
//! that it was said in, until the store has it.
//!
//! ```text
//!   Begun --recorded--> Running --RecordDone--> Done --kept or dropped by its call, or by rule when that is over--> Settling
//!     |                                                                            Settling --written--> gone
//!     +--the call is over: dropped, nothing was said                                  |  ^ RETRY_AFTER, some at a time
//!                                                                         not written +--> Failed
//! ```
//!
//! The rule: a message that is at least [`SHORTEST_MESSAGE_MS`] long is kept, everything else is dropped: a shorter one is somebody who
//! hung up at the tone, a greeting or name that its owner did not confirm is not theirs, and a name that a caller said is for the call
//! alone.
//! Deadlines: a running one whose end is not reported [`crate::recorder::REPORT_WITHIN`] after its call is over is taken as done.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{CallId, RecordingId};

/// The shortest message that is kept when its caller hangs up, in milliseconds: within two seconds nobody has said anything.
pub const SHORTEST_MESSAGE_MS: u32 = 2_000;

/// The recordings that the store has begun and neither kept nor dropped. Bounded: a call has one at a time beside the name that its caller
/// said, and of what the store
/// refuses to settle, which is on its disk already and recovered at its next start, there are at most
/// [`crate::recorder::FAILED_LIMIT`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recordings {
    pub(crate) open: BTreeMap<RecordingId, Entry>,
    pub(crate) next: u64,
    /// When what failed is tried again.
    pub(crate) retry_at: Option<Duration>,
    /// The store refuses to settle, and somebody was told.
    pub(crate) is_failing: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub call: CallId,
    pub mailbox: String,
    /// By the rule: it is a message, and nobody has dropped it.
    pub is_wanted: bool,
    /// For its call alone: a name that is said to whoever screens calls, which the call's log tells of in its own words.
    pub is_passing: bool,
    /// What it takes of its mailbox, in milliseconds: the most that it may become while it runs, then what it is.
    pub takes_ms: u64,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum State {
    /// The store is asked to note it, or has; nothing is recorded yet.
    Begun,
    /// It is being recorded. `given_up`: nobody waits for it any more, and by then it counts as done.
    Running { given_up: Option<Duration> },
    /// It is on disk; its call decides.
    Done { length_ms: u32 },
    /// The store is asked.
    Settling { wish: Wish },
    /// The store could not, and will be asked again.
    Failed { wish: Wish },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Wish {
    Keep { length_ms: Option<u32> },
    Drop,
}

/// What became of a recording, for the call that it was made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The call.
    pub call: CallId,
    /// Whether it is on disk for good. What could not be written is tried again all the same.
    pub is_written: bool,
}

impl Recordings {
    /// Goes on counting where an earlier run left.
    pub fn restored(next: u64) -> Recordings {
        Recordings { next: next.max(1), ..Recordings::default() }
    }

    /// How many there are (an audit figure).
    pub fn count(&self) -> usize {
        self.open.len()
    }

    /// How much those that are not in their mailbox yet take of it, in milliseconds.
    pub fn taken_ms(&self, mailbox: &str) -> u64 {
        self.open.values().filter(|entry| entry.mailbox == mailbox && entry.is_wanted).map(|entry| entry.takes_ms).sum()
    }

    /// When something is to be done without being told.
    pub fn next_due(&self) -> Option<Duration> {
        let given_up = self.open.values().filter_map(|entry| match entry.state {
            State::Running { given_up } => given_up,
            _ => None,
        });
        given_up.chain(self.retry_at).min()
    }

    /// Some of those that failed, messages before what is only to be tidied away.
    pub(crate) fn failed(&self, most: usize) -> Vec<(RecordingId, Wish)> {
        let failed = self.open.iter().filter_map(|(id, entry)| match entry.state {
            State::Failed { wish } => Some((*id, wish)),
            _ => None,
        });
        let (kept, dropped): (Vec<_>, Vec<_>) = failed.partition(|(_, wish)| matches!(wish, Wish::Keep { .. }));
        kept.into_iter().chain(dropped).take(most).collect()
    }
}
