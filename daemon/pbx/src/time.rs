//! Time as an argument: the core never reads a clock.

use std::time::Duration;

use jiff::Timestamp;
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
