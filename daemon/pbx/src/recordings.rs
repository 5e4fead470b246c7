//! Recordings on their way to the store. Each outlives its call: what was said into the box is kept whatever becomes of the call
//! that it was said in, until the store has it.
//!
//! ```text
//!   Begun --recorded--> Running --RecordDone--> Done --kept or dropped by its call, or by rule when that is over--> Settling
//!     |                                                                                           | not written: again
//!     +--the call is over: dropped, nothing was said                      Settling --written--> gone
//! ```
//!
//! The rule: a message that is at least [`SHORTEST_MESSAGE_MS`] long is kept, everything else is dropped: a shorter one is somebody who
//! hung up at the tone, and a greeting or name that its owner did not confirm is not theirs.
//! Deadlines: a running one whose end is not reported [`crate::recorder::REPORT_WITHIN`] after its call is over is taken as done.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{CallId, RecordingId};

/// The shortest message that is kept when its caller hangs up, in milliseconds: within two seconds nobody has said anything.
pub const SHORTEST_MESSAGE_MS: u32 = 2_000;

/// The recordings that the store has begun and neither kept nor dropped. Bounded: a call has one at a time, and what the store
/// refuses to settle is on its disk already, to be recovered at the next start, once there are [`crate::recorder::SETTLING_LIMIT`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recordings {
    pub(crate) open: BTreeMap<RecordingId, Entry>,
    pub(crate) next: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub call: CallId,
    pub mailbox: String,
    pub is_message: bool,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum State {
    /// The store is asked to note it, or has; nothing is recorded yet.
    Begun,
    /// It is being recorded. `given_up`: its call is over, and by then it counts as done.
    Running { given_up: Option<Duration> },
    /// It is on disk; its call decides.
    Done { length_ms: u32 },
    /// The store is asked, or will be again at `retry_at`.
    Settling { wish: Wish, retry_at: Option<Duration> },
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
        Recordings { open: BTreeMap::new(), next: next.max(1) }
    }

    /// How many there are (an audit figure).
    pub fn count(&self) -> usize {
        self.open.len()
    }

    /// When something is to be done without being told.
    pub fn next_due(&self) -> Option<Duration> {
        let due = |entry: &Entry| match entry.state {
            State::Running { given_up } => given_up,
            State::Settling { retry_at, .. } => retry_at,
            State::Begun | State::Done { .. } => None,
        };
        self.open.values().filter_map(due).min()
    }
}
