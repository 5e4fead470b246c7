//! What keeps a stolen phone from running up a bill.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::civil::Time;

/// How many calls to the outside an extension may have at once unless the office says otherwise: one in hand, one on
/// hold, one that is transferred, and one that is diverted meanwhile.
pub const DEFAULT_OUTSIDE_AT_ONCE: u16 = 4;

/// How many calls to the outside an extension may begin in an hour unless the office says otherwise: one a minute.
pub const DEFAULT_OUTSIDE_PER_HOUR: u16 = 60;

/// What may be asked for of either.
pub const OUTSIDE_CALLS: RangeInclusive<u16> = 1..=1_000;

/// The limits of one extension's calls to the outside. Emergency calls are not counted and never refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TollGuard {
    /// Calls at once, within [`OUTSIDE_CALLS`].
    pub at_once: u16,
    /// Calls begun within an hour, within [`OUTSIDE_CALLS`].
    pub per_hour: u16,
    /// When nobody may call other countries and premium numbers, whatever the permission; off unless the office says so.
    pub night: Option<Night>,
}

/// What holds for one extension instead of the office's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnLimits {
    /// Calls at once; `None`: as the office.
    pub at_once: Option<u16>,
    /// Calls begun within an hour; `None`: as the office.
    pub per_hour: Option<u16>,
    /// Whether it may call other countries and premium numbers at night, as far as its permission goes.
    pub at_night: bool,
}

impl TollGuard {
    /// What holds for an extension with limits of its own.
    pub fn with(&self, own: OwnLimits) -> TollGuard {
        TollGuard {
            at_once: own.at_once.unwrap_or(self.at_once),
            per_hour: own.per_hour.unwrap_or(self.per_hour),
            night: self.night.filter(|_| !own.at_night),
        }
    }
}

impl Default for TollGuard {
    fn default() -> TollGuard {
        TollGuard { at_once: DEFAULT_OUTSIDE_AT_ONCE, per_hour: DEFAULT_OUTSIDE_PER_HOUR, night: None }
    }
}

/// A span of the day, in the office's zone, that may go over midnight: `22:00-06:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// Its first minute.
    pub from: Time,
    /// The first minute after it.
    pub to: Time,
}

/// What is no span of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span of the day is two different times, as in 22:00-06:00")]
pub struct BadNight;

impl Night {
    /// Whether this time of day is within.
    pub fn covers(self, time: Time) -> bool {
        if self.from < self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }
}

impl FromStr for Night {
    type Err = BadNight;

    fn from_str(text: &str) -> Result<Night, BadNight> {
        let (from, to) = text.split_once('-').ok_or(BadNight)?;
        let time = |text: &str| {
            let (hour, minute) = text.trim().split_once(':')?;
            Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        };
        let (from, to) = time(from).zip(time(to)).ok_or(BadNight)?;
        if from == to { Err(BadNight) } else { Ok(Night { from, to }) }
    }
}

impl fmt::Display for Night {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.to.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_goes_over_midnight() {
        let night: Night = "22:00-06:30".parse().unwrap();
        let at = |hour, minute| night.covers(Time::new(hour, minute, 0, 0).unwrap());
        assert!(at(22, 0) && at(23, 59) && at(0, 0) && at(6, 29));
        assert!(!at(6, 30) && !at(12, 0) && !at(21, 59));
        assert_eq!(night.to_string(), "22:00-06:30");
        for bad in ["", "22:00", "22-6", "22:00-22:00", "25:00-06:00", "x:00-06:00"] {
            assert_eq!(bad.parse::<Night>(), Err(BadNight), "{bad}");
        }
    }
}
