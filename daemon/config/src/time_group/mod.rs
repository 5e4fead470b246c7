//! Time groups: named times that something holds at, and when they change next.
//!
//! A group is open or closed by its times, each an entry in one line, all of them in the group's own zone: what is open is
//! the union of its entries less those that begin with `except`. Somebody may force it open or closed for a while.

mod changes;
mod entry;
mod holidays;
mod rows;

pub use changes::{Change, HORIZON_DAYS};
pub use entry::{BadEntry, Days, Entry, MAX_ENTRY, MAX_SPANS, Span};
pub use holidays::COUNTRIES;
pub use rows::{BadRow, MAX_READ_ROWS, ReadRow, read_rows};

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::ids::ExtensionNumber;

/// How many time groups the office may share: every department, site and season of the largest one.
pub const MAX_TIME_GROUPS: usize = 200;

/// How many time groups a person may have besides: what one can tell apart in a list.
pub const MAX_OWN_TIME_GROUPS: usize = 20;

/// How many entries a time group may have: the rows of an imported calendar, and few enough that each call asks them all.
pub const MAX_ENTRIES: usize = 64;

/// The longest name of a time group, in characters: it fits a line of the story.
pub const MAX_GROUP_NAME: usize = 40;

/// How many time groups a site may have besides those of the office: its seasons, departments and doors.
pub const MAX_SITE_TIME_GROUPS: usize = 50;

/// The short numbers that time groups may have: as many as one would learn by heart, from 1 on.
pub const GROUP_NUMBERS: RangeInclusive<u16> = 1..=999;

/// A named set of times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeGroup {
    /// What people call it: 1 to [`MAX_GROUP_NAME`] characters. No two of the same owner are called alike.
    pub name: String,
    /// Whose it is.
    pub owner: GroupOwner,
    /// Where its clock is.
    pub time_zone: TimeZone,
    /// Its times: never empty, at most [`MAX_ENTRIES`].
    pub entries: Vec<Entry>,
    /// Its short number within [`GROUP_NUMBERS`], by which a code forces it (F52). No two of the same owner have the same.
    pub number: Option<u16>,
    /// What somebody said against its times.
    pub forced: Option<Forced>,
    /// The night modes that hold it, and go before that: the one that was switched on last is the first.
    pub nights: Vec<NightHold>,
}

/// Whose a time group is (F47). Of several of one name a person means their own, then that of their site, then the office's.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupOwner {
    /// The office's: everybody may use it.
    #[default]
    Office,
    /// That of the site of this name: those who work there may use it.
    Site(String),
    /// That of whoever has this extension: nobody else may use it.
    Person(ExtensionNumber),
}

/// What a night mode says of a time group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightHold {
    /// The night mode's name.
    pub mode: String,
    /// What it says.
    pub forced: Forced,
}

/// A time group that somebody has opened or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forced {
    /// Whether it is open.
    pub is_open: bool,
    /// Until when; `None`: until somebody changes it.
    pub until: Option<Timestamp>,
}

/// What does not say how a time group is forced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is open or closed, for good or until a moment: as in \"closed until 2026-12-24T13:00:00Z\"")]
pub struct BadForced;

/// How narrow the times of a group are, the widest first: new rules are put before wider ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Specificity {
    /// At any time.
    Always,
    /// Days of the week, times of the day, months.
    Weekly,
    /// Days that fall differently each year, and lists of them.
    Holiday,
    /// Dates.
    Dated,
}

impl TimeGroup {
    /// Whether it is open at this moment, by its times or because somebody said so.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.forced_at(at).map_or_else(|| self.is_open_by_times(at), |forced| forced.is_open)
    }

    /// How it is forced at this moment.
    pub fn forced_at(&self, at: Timestamp) -> Option<Forced> {
        self.night_holding(at).map(|night| night.forced).or_else(|| self.forced.filter(|forced| forced.holds(at)))
    }

    /// The night mode that decides at this moment.
    pub fn night_holding(&self, at: Timestamp) -> Option<&NightHold> {
        self.nights.iter().find(|night| night.forced.holds(at))
    }

    /// Whether it would be open if no night mode held it.
    pub fn is_open_without_nights(&self, at: Timestamp) -> bool {
        let forced = self.forced.filter(|forced| forced.holds(at));
        forced.map_or_else(|| self.is_open_by_times(at), |forced| forced.is_open)
    }

    /// The night mode that decides now, where it is otherwise without it, and what it says.
    pub fn night_at(&self, at: Timestamp) -> Option<(&str, bool)> {
        let mut holding = self.nights.iter().filter(|night| night.forced.holds(at));
        let night = holding.next()?;
        let without = holding.next().map_or_else(|| self.is_open_without_nights(at), |next| next.forced.is_open);
        (night.forced.is_open != without).then_some((night.mode.as_str(), night.forced.is_open))
    }

    /// Whether it is open by its times alone.
    pub fn is_open_by_times(&self, at: Timestamp) -> bool {
        self.covers(self.time_zone.to_datetime(at))
    }

    /// Whether its times hold when its clock shows this. What the clock shows twice in autumn is covered both times.
    pub fn covers(&self, local: DateTime) -> bool {
        let mut is_open = false;
        for entry in &self.entries {
            if entry.is_except {
                if entry.covers(local) {
                    return false;
                }
            } else if !is_open {
                is_open = entry.covers(local);
            }
        }
        is_open
    }

    /// How narrow it is: as the widest of its entries.
    pub fn specificity(&self) -> Specificity {
        let entries = self.entries.iter().filter(|entry| !entry.is_except);
        entries.map(Entry::specificity).min().unwrap_or(Specificity::Always)
    }
}

impl Forced {
    /// Whether it has not ended by this moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}

impl FromStr for Forced {
    type Err = BadForced;

    fn from_str(text: &str) -> Result<Forced, BadForced> {
        let (state, until) = match text.split_once(" until ") {
            Some((state, until)) => (state, Some(until.trim().parse().map_err(|_| BadForced)?)),
            None => (text, None),
        };
        match state.trim() {
            "open" => Ok(Forced { is_open: true, until }),
            "closed" => Ok(Forced { is_open: false, until }),
            _ => Err(BadForced),
        }
    }
}

impl fmt::Display for Forced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_open { "open" } else { "closed" })?;
        self.until.map_or(Ok(()), |until| write!(f, " until {until}"))
    }
}

/// Whether this can be the name of a time group: seen the same by all who read it.
pub fn is_group_name(name: &str) -> bool {
    let is_clean = name.trim() == name && !name.chars().any(char::is_control);
    (1..=MAX_GROUP_NAME).contains(&name.chars().count()) && is_clean
}
