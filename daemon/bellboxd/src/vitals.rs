//! Whether the engine's thread is well.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::clock::Clock;

/// What others may see of the engine's thread.
#[derive(Debug, Default)]
pub struct Vitals {
    /// Milliseconds since the start at which the input in hand was begun, plus one; 0 while the thread waits.
    busy_since: AtomicU64,
    /// Whether the last thing written could not be.
    pub is_store_failing: Arc<AtomicBool>,
}

impl Vitals {
    /// For how long the engine has been at one input.
    pub fn busy_for(&self, clock: &Clock) -> Duration {
        match self.busy_since.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            since => clock.now().since_boot.saturating_sub(Duration::from_millis(since - 1)),
        }
    }

    /// The thread turns to an input.
    pub fn begin(&self, since_boot: Duration) {
        let since = u64::try_from(since_boot.as_millis()).unwrap_or(u64::MAX - 1);
        self.busy_since.store(since + 1, Ordering::Relaxed);
    }

    /// The thread waits.
    pub fn rest(&self) {
        self.busy_since.store(0, Ordering::Relaxed);
    }
}
