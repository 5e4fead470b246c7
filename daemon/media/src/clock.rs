//! The time of the media thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// A clock that never goes back. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Instant,
    /// The date and time at `start`, since 1970. Only the distance counts: steps of the system's clock must not show in
    /// round trips.
    wall: Duration,
    ahead_ms: Arc<AtomicU64>,
}

impl Default for Clock {
    fn default() -> Self {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self { start: Instant::now(), wall, ahead_ms: Arc::default() }
    }
}

impl Clock {
    /// Moves the clock forward. The thread sees it when it next wakes: by a packet, an order, or within a second.
    pub fn advance(&self, by: Duration) {
        self.ahead_ms.fetch_add(by.as_millis() as u64, Ordering::Relaxed);
    }

    /// Since the clock was made.
    pub fn now(&self) -> Duration {
        self.start.elapsed() + Duration::from_millis(self.ahead_ms.load(Ordering::Relaxed))
    }

    /// A moment of this clock as NTP time.
    pub(crate) fn ntp(&self, now: Duration) -> u64 {
        rtp::rtcp::ntp(self.wall + now)
    }
}

/// A length of time in RTP clock units, modulo 2^32.
pub(crate) fn units(time: Duration) -> u32 {
    (time.as_micros() as u64 * (u64::from(rtp::CLOCK_HZ) / 1_000) / 1_000) as u32
}
