//! Time as an argument: the core never reads a clock.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The moment of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// Since the daemon started, never going back: the only base of timers.
    pub since_boot: Duration,
    /// The date and time of people: for records and time groups only.
    pub wall: Timestamp,
    /// Whether `wall` has been set from a trusted clock; records made before say so.
    pub synced: bool,
}
