//! Time as an argument: the core never reads a clock.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What the time since boot shows when a run begins: so that all that is remembered of the run before has a moment of its own,
/// which lies before (see [`crate::misuse`]). Longer than anything is remembered.
pub const BEGINS_AT: Duration = Duration::from_secs(5 * 24 * 3600);

/// The moment of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// Since the daemon started, and [`BEGINS_AT`] then; never going back: the only base of timers.
    pub since_boot: Duration,
    /// The date and time of people: for records and time groups only.
    pub wall: Timestamp,
    /// Whether `wall` has been set from a trusted clock; records made before say so.
    pub synced: bool,
}

/// A wall clock that differs by more than this from what it should show has been set; by less it is led, or slow.
const SET_BY: SignedDuration = SignedDuration::from_secs(60);

impl Now {
    /// Whether the wall clock has been set since an earlier moment.
    pub fn was_set_since(&self, earlier: &Now) -> bool {
        let passed = self.since_boot.saturating_sub(earlier.since_boot);
        let should = earlier.wall.saturating_add(passed).unwrap_or(self.wall);
        self.wall.duration_since(should).abs() > SET_BY
    }
}
