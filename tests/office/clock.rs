//! The wall clock of the box: what people set, time servers correct and empty batteries forget. The time since boot goes on whatever
//! becomes of it.

use std::time::Duration;

use jiff::Timestamp;
use pbx::time::Now;

use crate::Office;

/// The wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Timestamp,
    is_set: bool,
}

impl Clock {
    /// One that shows this when the world begins.
    pub fn set(start: Timestamp) -> Self {
        Self { start, is_set: true }
    }

    /// What it would have shown at the world's beginning.
    pub fn start(self) -> Timestamp {
        self.start
    }

    /// What it shows so long after the world's beginning.
    pub fn wall(self, now: Duration) -> Timestamp {
        self.start + now
    }

    /// The moment as the engine is told it.
    pub fn reads(self, since_boot: Duration, now: Duration) -> Now {
        Now { since_boot, wall: self.wall(now), synced: self.is_set }
    }
}

impl Office {
    /// The clock shows another time from now on, as when a time server corrects it.
    #[track_caller]
    pub fn clock_jumps_to(&self, wall: &str) {
        self.turns(wall, true);
    }

    /// The clock has forgotten the time, and shows this, as after a power cut with an empty battery.
    #[track_caller]
    pub fn clock_forgets(&self, wall: &str) {
        self.turns(wall, false);
    }

    #[track_caller]
    fn turns(&self, wall: &str, is_set: bool) {
        let wall: Timestamp = wall.parse().expect("a moment such as 1970-01-01T00:00:00Z");
        let mut world = self.world.borrow_mut();
        world.clock = Clock { start: wall - world.now, is_set };
    }
}
