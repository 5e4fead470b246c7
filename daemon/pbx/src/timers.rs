//! Deadlines of the engine, each named by what it is for: setting one again moves it, so nothing can be armed twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::CallId;

/// What a deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Timer {
    /// A call's own.
    Call(CallId, CallTimer),
    /// The next binding may have expired.
    Bindings,
    /// A device is to be asked whether it is there, or has not answered.
    Reach,
    /// The status changed a moment ago and is to be published.
    Status,
    /// Records that could not be written are to be tried again.
    Commit,
    /// Questions to the shell may have gone unanswered.
    Asks,
    /// The box has just started, and lamps may be wrong.
    Lamps,
    /// Watchers of an extension may be told of it again.
    BusyLamps,
    /// The clock may have switched what keys of codes show.
    RuleLamps,
    /// Recordings are to be settled, or tried again.
    Recordings,
    /// Something is due for a trunk: a REGISTER, an OPTIONS, a name.
    Trunks,
    /// The box has been without an address for so long that people are to know.
    OffNetwork,
    /// Somebody may be due to be called back.
    Completions,
    /// Nobody who was called for help may call back any more.
    CallBacks,
    /// What is remembered of misuse is to be written down.
    Misuse,
    /// Phones have had their time to end their calls.
    ShutDown,
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CallTimer {
    /// The current step: the ring time, a tone, an app.
    Step,
    /// Parties that may have vanished are asked.
    Liveness,
    /// The last figures of its media have had their time to come in.
    Closed,
}

/// The queue of deadlines.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Timers {
    queue: BTreeSet<(Duration, Timer)>,
    armed: BTreeMap<Timer, Duration>,
}

impl Timers {
    /// Arms a timer, or moves it.
    pub fn set(&mut self, timer: Timer, at: Duration) {
        self.cancel(timer);
        self.queue.insert((at, timer));
        self.armed.insert(timer, at);
    }

    /// Arms a timer unless it is armed already.
    pub fn set_once(&mut self, timer: Timer, at: Duration) {
        if !self.armed.contains_key(&timer) {
            self.set(timer, at);
        }
    }

    /// Arms a timer for then at the latest: one that is armed earlier stays.
    pub fn set_by(&mut self, timer: Timer, at: Duration) {
        if self.armed.get(&timer).is_none_or(|armed| at < *armed) {
            self.set(timer, at);
        }
    }

    /// Disarms a timer.
    pub fn cancel(&mut self, timer: Timer) {
        if let Some(at) = self.armed.remove(&timer) {
            self.queue.remove(&(at, timer));
        }
    }

    /// Lets a timer that is armed be another's, due when it was.
    pub fn rename(&mut self, from: Timer, to: Timer) {
        if let Some(at) = self.armed.get(&from).copied() {
            self.cancel(from);
            self.set(to, at);
        }
    }

    /// Disarms all timers of a call but the one that outlives it.
    pub fn cancel_call(&mut self, call: CallId) {
        self.cancel(Timer::Call(call, CallTimer::Step));
        self.cancel(Timer::Call(call, CallTimer::Liveness));
    }

    /// Takes the first timer that is due.
    pub fn pop_due(&mut self, now: Duration) -> Option<Timer> {
        let &(at, timer) = self.queue.first()?;
        if at > now {
            return None;
        }
        self.cancel(timer);
        Some(timer)
    }

    /// The next deadline.
    pub fn next(&self) -> Option<Duration> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// How many timers of calls are armed (an audit figure).
    pub fn of_calls(&self) -> usize {
        self.armed.keys().filter(|timer| matches!(timer, Timer::Call(..))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_set_again_moves_and_fires_once() {
        let mut timers = Timers::default();
        let ring = Timer::Call(CallId(1), CallTimer::Step);
        timers.set(ring, Duration::from_secs(5));
        timers.set(ring, Duration::from_secs(9));
        timers.set_once(ring, Duration::from_secs(1));
        assert_eq!(timers.pop_due(Duration::from_secs(8)), None);
        assert_eq!(timers.pop_due(Duration::from_secs(9)), Some(ring));
        assert_eq!(timers.pop_due(Duration::from_secs(99)), None);
        assert_eq!(timers.of_calls(), 0);
    }
}
