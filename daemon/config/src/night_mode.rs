//! Night mode: time groups of the office that are forced together, at once, and let go together (F52).
//!
//! What it holds is kept beside what somebody said of one group alone. Whatever was said last decides: a night mode that is
//! switched on goes before what was forced until then, one that is switched on later goes before it, and who forces one of its
//! groups by hand takes that one out of it. Switched off, it leaves what holds without it.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::Timestamp;

use crate::ids::ExtensionNumber;
use crate::time_group::{Forced, is_group_name};

/// How many an office may have: what one can tell apart in a list.
pub const MAX_NIGHT_MODES: usize = 20;

/// How many time groups one may force: the departments and lines of a large office.
pub const MAX_NIGHT_GROUPS: usize = 50;

/// How many extensions may switch one besides those who may change the office's times: a reception and those who lock up.
pub const MAX_NIGHT_SWITCHERS: usize = 50;

/// The short numbers that they may have, as those of time groups.
pub const NIGHT_NUMBERS: RangeInclusive<u16> = 1..=999;

/// What is dialled in the place of a short number for all of them.
pub const ALL_NIGHT_MODES: u16 = 0;

/// A named set of time groups with the state that each is forced to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightMode {
    /// What people call it, as a time group is called; no two have the same name.
    pub name: String,
    /// Its short number within [`NIGHT_NUMBERS`], by which a code switches it; `None`: by the page alone. No two have the same.
    pub number: Option<u16>,
    /// What it forces: 1 to [`MAX_NIGHT_GROUPS`] time groups of the office, each once.
    pub groups: Vec<NightGroup>,
    /// The extensions that may switch it besides those of people who may change the office's times.
    pub extensions: Vec<ExtensionNumber>,
    /// While it is on, and until it is switched off: since when, and what it holds.
    pub on: Option<NightOn>,
}

/// A time group of a night mode. Written as `Opening hours: closed`, and while it holds `Opening hours: closed until` a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightGroup {
    /// The group's name.
    pub group: String,
    /// What it is forced to; until when only while it holds.
    pub forced: Forced,
}

/// What a night mode does that somebody switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightOn {
    /// Since when.
    pub since: Timestamp,
    /// Who switched it on; `None` where nobody knows.
    pub by: Option<String>,
    /// The groups that it holds, each as long as its own times or somebody said; without those that were forced by hand since.
    pub holds: Vec<NightGroup>,
}

/// What is no time group with a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time group and whether it is open or closed: as in \"Opening hours: closed\"")]
pub struct BadNightGroup;

impl NightMode {
    /// Whether it holds anything at this moment.
    pub fn is_on(&self, at: Timestamp) -> bool {
        self.holding(at).next().is_some()
    }

    /// What it holds at this moment, though another may go before it.
    pub fn holding(&self, at: Timestamp) -> impl Iterator<Item = &NightGroup> {
        let holds = self.on.iter().flat_map(|on| &on.holds);
        holds.filter(move |held| held.forced.holds(at))
    }

    /// When it lets go of the first of its groups; `None` where it is off, or holds them until it is switched off.
    pub fn lets_go(&self, at: Timestamp) -> Option<Timestamp> {
        self.holding(at).filter_map(|held| held.forced.until).min()
    }

    /// When it has let go of the last of its groups; `None` where it is off, or holds one until it is switched off.
    pub fn ends(&self, at: Timestamp) -> Option<Timestamp> {
        let untils: Option<Vec<Timestamp>> = self.holding(at).map(|held| held.forced.until).collect();
        untils.and_then(|untils| untils.into_iter().max())
    }

    /// Whether the number means it that is dialled after the code.
    pub fn is_meant(&self, number: u16) -> bool {
        number == ALL_NIGHT_MODES || self.number == Some(number)
    }
}

impl FromStr for NightGroup {
    type Err = BadNightGroup;

    fn from_str(text: &str) -> Result<NightGroup, BadNightGroup> {
        let (group, forced) = text.rsplit_once(": ").ok_or(BadNightGroup)?;
        let group = Some(group).filter(|group| is_group_name(group)).ok_or(BadNightGroup)?.to_owned();
        Ok(NightGroup { group, forced: forced.parse().map_err(|_| BadNightGroup)? })
    }
}

impl fmt::Display for NightGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.group, self.forced)
    }
}
