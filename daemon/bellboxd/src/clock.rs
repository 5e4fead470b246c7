//! The only clock of the engine.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use pbx::time::{BEGINS_AT, Now};

/// The start of the year of this release: a wall clock before it was never set, as on a board without a battery.
const RELEASED: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// Counts from the daemon's start, which it calls [`BEGINS_AT`].
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    pub fn start() -> Clock {
        Clock { start: Instant::now() }
    }

    pub fn now(&self) -> Now {
        let wall = Timestamp::now();
        Now { since_boot: BEGINS_AT + self.start.elapsed(), wall, synced: wall >= RELEASED }
    }

    /// When this time since boot is.
    pub fn at(&self, since_boot: Duration) -> Option<Instant> {
        self.start.checked_add(since_boot.saturating_sub(BEGINS_AT))
    }
}
