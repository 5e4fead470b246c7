//! Misuse is remembered: read at the start, and written as it changes.

use std::time::Duration;

use crate::cx::Cx;
use crate::misuse::{Misuse, Seen, WRITTEN_EVERY, Written};
use crate::output::Record;
use crate::timers::Timer;

impl Cx {
    /// Goes on from what an earlier run wrote. A clock that was never set, or set back, says nothing of the time between: then
    /// none has passed.
    pub(crate) fn restore_misuse(&mut self, misuse: Misuse) {
        let now = self.now;
        let gone = now.wall.duration_since(misuse.at).max(jiff::SignedDuration::ZERO).unsigned_abs();
        let gone = if now.synced { gone } else { Duration::ZERO };
        let moved = |then: Duration| (now.since_boot + then).saturating_sub(misuse.since_boot.saturating_add(gone));
        self.stack.restore_guesses(misuse.guesses, now.since_boot, moved);
        self.tolls = misuse.tolls.restored(now.since_boot, moved);
        self.written = Written { seen: self.misuse_seen(), at: now.since_boot };
    }

    /// Has it written, soon, where it has changed.
    pub(crate) fn watch_misuse(&mut self) {
        if self.misuse_seen() != self.written.seen {
            self.timers.set_once(Timer::Misuse, (self.written.at + WRITTEN_EVERY).max(self.now.since_boot));
        }
    }

    /// Writes it down, where it has changed.
    pub(crate) fn write_misuse(&mut self) {
        let now = self.now;
        let seen = self.misuse_seen();
        if seen == self.written.seen {
            return;
        }
        self.written = Written { seen, at: now.since_boot };
        let guesses = self.stack.guesses(now.since_boot);
        let tolls = self.tolls.clone();
        self.journal.write(Record::Misuse(Box::new(Misuse {
            at: now.wall,
            since_boot: now.since_boot,
            guesses,
            tolls,
        })));
    }

    fn misuse_seen(&self) -> Seen {
        (self.stack.attempts_seen(), self.tolls.changes())
    }
}
