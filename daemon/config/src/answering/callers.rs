//! Callers whose calls are always or never taken.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::route::Pattern;
use crate::spelling::Spellings;

/// How many callers an extension may list, or the office: more than somebody writes down, and each call asks them all.
pub const MAX_CALLERS: usize = 200;

/// The longest note on a caller, in characters.
pub const MAX_NOTE: usize = 100;

/// Whose calls are always or never taken, and what those hear whose calls are not: of an extension, or of the whole office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callers {
    /// At most [`MAX_CALLERS`].
    pub listed: Vec<ListedCaller>,
    /// What a blocked caller hears.
    pub blocked_hear: Hears,
    /// What callers without a number hear; `None`: they are put through as all others.
    pub anonymous_hear: Option<Hears>,
}

/// A caller, or several by a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCaller {
    /// The numbers, as they are shown or in full.
    pub pattern: Pattern,
    /// Whether their calls are always taken; else never.
    pub is_allowed: bool,
    /// Until when it holds; `None`: for good.
    pub until: Option<Timestamp>,
    /// Why it is here.
    pub note: String,
}

/// What a caller hears whose call is not taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hears {
    /// As if the number was not in service.
    #[default]
    Disconnected,
    /// The busy tone.
    Busy,
    /// That the call was refused, and no more.
    Refused,
    /// A sentence: that calls without a number are not taken here.
    Announcement,
}

impl Hears {
    /// All of them.
    pub const ALL: [Hears; 4] = [Hears::Disconnected, Hears::Busy, Hears::Refused, Hears::Announcement];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            Hears::Disconnected => "disconnected",
            Hears::Busy => "busy",
            Hears::Refused => "refused",
            Hears::Announcement => "announcement",
        }
    }

    /// What has this name.
    pub fn named(name: &str) -> Option<Hears> {
        Hears::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

impl Callers {
    /// What the list says of a caller at this moment: the entry that says most, and of two alike the one that allows.
    pub fn entry(&self, caller: &Spellings, at: Timestamp) -> Option<&ListedCaller> {
        let holding = self.listed.iter().filter(|entry| entry.holds(at));
        let fitting = holding.filter_map(|entry| Some((caller.left_open_by(&entry.pattern)?, entry)));
        fitting.min_by_key(|(open, entry)| (*open, entry.pattern.is_open(), !entry.is_allowed)).map(|(_, entry)| entry)
    }
}

impl ListedCaller {
    /// Whether it holds at this moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}
