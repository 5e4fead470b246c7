//! The toll guard: what the calls of each extension to the outside come to, and which were refused. A stolen phone is
//! known by that: it calls where it may not, at night, or more often than anybody talks.
//!
//! Whoever pays is counted: the caller, or whoever has sent the call on by a rule, a phone's 302, or a transfer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use config::TollGuard;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{CallId, LegId};
use crate::time::Now;

/// An hour of calls is counted; and without a refusal for so long, the next one begins a new series.
const HOUR: Duration = Duration::from_secs(3_600);

/// Calls that the permission or the night forbids, in a series, before somebody is told: people try a number twice, and
/// then ask.
pub const REFUSALS_TO_ALARM: u32 = 5;

/// How long refusals are shown after the last: over a long weekend, as wrong passwords are.
pub const KEPT: Duration = Duration::from_secs(4 * 24 * 3_600);

/// Why an extension may not make a call to the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Barred {
    /// Its permission does not go so far.
    NotPermitted,
    /// Not at this hour.
    AtNight,
    /// It has as many calls at once as it may.
    AtOnce {
        /// How many that is.
        limit: u16,
    },
    /// It has begun as many calls within the hour as it may.
    PerHour {
        /// How many that is.
        limit: u16,
    },
}

impl Barred {
    /// Whether one is enough to tell somebody: no person comes near these limits.
    fn is_alarming(self) -> bool {
        matches!(self, Barred::AtOnce { .. } | Barred::PerHour { .. })
    }
}

/// What was refused to an extension, for those who look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TollStatus {
    /// Which.
    pub extension: String,
    /// How many of its calls.
    pub refused: u32,
    /// The number of the last one.
    pub number: String,
    /// Why it was refused.
    pub why: Barred,
    /// When the first was.
    pub first_at: Timestamp,
    /// When the last was.
    pub last_at: Timestamp,
    /// How many calls to the outside it has now.
    pub at_once: usize,
    /// How many it has begun within the last hour.
    pub in_hour: usize,
}

/// What all extensions call outside; as many rows as there are extensions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tolls {
    rows: BTreeMap<String, Toll>,
    #[serde(skip)]
    changes: u64,
}

/// What one does.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Toll {
    /// The legs that are up, which no restart leaves.
    #[serde(skip)]
    legs: BTreeSet<LegId>,
    /// The calls of the last hour, oldest first; no more than an hour's limit.
    begun: VecDeque<Begun>,
    refused: Option<Refused>,
}

/// A call that was begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Begun {
    at: Duration,
    call: CallId,
    number: String,
}

impl Begun {
    fn is(&self, call: CallId, number: &str) -> bool {
        self.call == call && self.number == number
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Refused {
    count: u32,
    /// Those without an hour of quiet between them.
    in_series: u32,
    is_told: bool,
    number: String,
    why: Barred,
    first_at: Timestamp,
    last_at: Timestamp,
    last: Duration,
}

impl Toll {
    fn is_idle(&self, now: Duration) -> bool {
        let is_shown = |refused: &Refused| now.saturating_sub(refused.last) < KEPT;
        self.legs.is_empty() && self.begun.is_empty() && !self.refused.as_ref().is_some_and(is_shown)
    }
}

impl Tolls {
    /// Whether an extension may begin a call. The same one by another trunk, after one that could not take it, is none
    /// of its own.
    pub fn may_begin(
        &mut self,
        extension: &str,
        guard: &TollGuard,
        again: Option<(CallId, &str)>,
        now: Duration,
    ) -> Result<(), Barred> {
        let Some(toll) = self.rows.get_mut(extension) else { return Ok(()) };
        while toll.begun.front().is_some_and(|begun| now.saturating_sub(begun.at) >= HOUR) {
            toll.begun.pop_front();
        }
        let is_again = again.zip(toll.begun.back()).is_some_and(|((call, number), last)| last.is(call, number));
        if toll.legs.len() >= usize::from(guard.at_once) {
            return Err(Barred::AtOnce { limit: guard.at_once });
        }
        if toll.begun.len() >= usize::from(guard.per_hour) && !is_again {
            return Err(Barred::PerHour { limit: guard.per_hour });
        }
        Ok(())
    }

    /// What an earlier run has counted; `moved` says when a moment of then is by today's clock.
    pub fn restored(mut self, now: Duration, moved: impl Fn(Duration) -> Duration) -> Tolls {
        for toll in self.rows.values_mut() {
            toll.begun.iter_mut().for_each(|begun| begun.at = moved(begun.at));
            toll.begun.retain(|begun| now.saturating_sub(begun.at) < HOUR);
            toll.refused.iter_mut().for_each(|refused| refused.last = moved(refused.last));
        }
        self.rows.retain(|_, toll| !toll.is_idle(now));
        self
    }

    /// Differs as soon as a call is begun or refused.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// An extension begins a call.
    pub fn begins(&mut self, extension: &str, leg: LegId, (call, number): (CallId, &str), now: Duration) {
        let toll = self.rows.entry(extension.to_owned()).or_default();
        toll.legs.insert(leg);
        if !toll.begun.back().is_some_and(|last| last.is(call, number)) {
            self.changes += 1;
            toll.begun.push_back(Begun { at: now, call, number: number.to_owned() });
        }
    }

    /// A leg is gone.
    pub fn release(&mut self, leg: LegId, now: Duration) {
        for toll in self.rows.values_mut() {
            toll.legs.remove(&leg);
        }
        self.rows.retain(|_, toll| !toll.is_idle(now));
    }

    /// A call of an extension was refused; how many were, where somebody must be told now.
    pub(crate) fn refuse(&mut self, extension: &str, number: &str, why: Barred, now: Now) -> Option<u32> {
        self.changes += 1;
        let toll = self.rows.entry(extension.to_owned()).or_default();
        let (at, last) = (now.wall, now.since_boot);
        let refused = toll.refused.get_or_insert_with(|| Refused {
            count: 0,
            in_series: 0,
            is_told: false,
            number: String::new(),
            why,
            first_at: at,
            last_at: at,
            last,
        });
        if last.saturating_sub(refused.last) >= HOUR {
            (refused.in_series, refused.is_told) = (0, false);
        }
        refused.count = refused.count.saturating_add(1);
        refused.in_series = refused.in_series.saturating_add(1);
        number.clone_into(&mut refused.number);
        (refused.why, refused.last_at, refused.last) = (why, at, last);
        let is_due = why.is_alarming() || refused.in_series >= REFUSALS_TO_ALARM;
        let is_new = is_due && !refused.is_told;
        refused.is_told |= is_due;
        is_new.then_some(refused.in_series)
    }

    /// Whom calls were refused, the newest first.
    pub fn statuses(&self, now: Duration) -> Vec<TollStatus> {
        let status = |(extension, toll): (&String, &Toll)| {
            let refused = toll.refused.as_ref().filter(|refused| now.saturating_sub(refused.last) < KEPT)?;
            Some(TollStatus {
                extension: extension.clone(),
                refused: refused.count,
                number: refused.number.clone(),
                why: refused.why,
                first_at: refused.first_at,
                last_at: refused.last_at,
                at_once: toll.legs.len(),
                in_hour: toll.begun.iter().filter(|begun| now.saturating_sub(begun.at) < HOUR).count(),
            })
        };
        let mut all: Vec<TollStatus> = self.rows.iter().filter_map(status).collect();
        all.sort_by_key(|status| std::cmp::Reverse(status.last_at));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUARD: TollGuard = TollGuard { at_once: 2, per_hour: 3, night: None };

    fn at(minutes: u64) -> Duration {
        Duration::from_secs(minutes * 60)
    }

    #[test]
    fn an_hour_of_calls_is_limited_and_passes() {
        let mut tolls = Tolls::default();
        for (leg, minute) in [(1, 0), (2, 1)] {
            let what = (CallId(leg), "+49891");
            assert_eq!(tolls.may_begin("101", &GUARD, Some(what), at(minute)), Ok(()));
            tolls.begins("101", LegId(leg), what, at(minute));
        }
        let next = (CallId(3), "+49891");
        assert_eq!(tolls.may_begin("101", &GUARD, Some(next), at(2)), Err(Barred::AtOnce { limit: 2 }));
        assert_eq!(tolls.may_begin("102", &GUARD, Some(next), at(2)), Ok(()));
        tolls.release(LegId(1), at(3));
        tolls.begins("101", LegId(3), next, at(3));
        tolls.release(LegId(2), at(4));
        let another = (CallId(4), "+49891");
        assert_eq!(tolls.may_begin("101", &GUARD, Some(another), at(4)), Err(Barred::PerHour { limit: 3 }));
        // By the next trunk, or to another number within the same call.
        assert_eq!(tolls.may_begin("101", &GUARD, Some(next), at(4)), Ok(()));
        assert!(tolls.may_begin("101", &GUARD, Some((CallId(3), "+49892")), at(4)).is_err());
        tolls.begins("101", LegId(5), next, at(4));
        tolls.release(LegId(3), at(4));
        tolls.release(LegId(5), at(4));
        assert_eq!(tolls.may_begin("101", &GUARD, Some(another), at(60)), Ok(()));
        tolls.may_begin("101", &GUARD, Some(another), at(63)).unwrap();
        tolls.release(LegId(9), at(63));
        assert!(tolls.rows.is_empty(), "nothing is left of an hour that is over");
    }

    #[test]
    fn who_is_refused_again_and_again_is_told_of_once_an_hour() {
        let mut tolls = Tolls::default();
        let mut refuse = |minute, why| {
            let now = Now { since_boot: at(minute), wall: Timestamp::UNIX_EPOCH + at(minute), synced: true };
            tolls.refuse("101", "+4489", why, now)
        };
        let told: Vec<_> = (0..8).map(|minute| refuse(minute, Barred::NotPermitted)).collect();
        assert_eq!(told, [None, None, None, None, Some(5), None, None, None]);
        assert_eq!(refuse(67, Barred::AtNight), None, "a new series");
        assert_eq!(refuse(68, Barred::PerHour { limit: 3 }), Some(2));
        assert_eq!(refuse(69, Barred::AtOnce { limit: 3 }), None);
        let shown = tolls.statuses(at(70));
        assert_eq!((shown[0].refused, shown[0].why), (11, Barred::AtOnce { limit: 3 }));
        assert!(tolls.statuses(at(70) + KEPT).is_empty());
        tolls.release(LegId(1), at(70) + KEPT);
        assert!(tolls.rows.is_empty());
    }
}
