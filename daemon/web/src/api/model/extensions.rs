//! Extension status: every extension at a glance, and what is switched on for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{BossRow, PhoneState, TargetRow};

/// Which extensions.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExtensionsQuery {
    /// Those that have one of these, parted by commas, in number, name, label, department or site; the first 200 characters count.
    pub q: Option<String>,
    /// Those for which something is switched on now, whatever switched it.
    pub on: Option<bool>,
    /// How many, 1 to 500; 100 unless given. A table has all.
    pub limit: Option<u16>,
}

/// Extensions at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Extensions {
    /// In order of their numbers.
    pub extensions: Vec<ExtensionRow>,
    /// How many there are that were asked for.
    pub found: u32,
    /// How many the office has.
    pub all: u32,
    /// The revision of the office in force.
    pub revision: u64,
}

/// An extension: who can be reached at it, and what becomes of calls.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ExtensionRow {
    /// The extension.
    pub extension: String,
    /// Whose it is.
    pub name: String,
    /// The number of that person.
    pub person_id: u32,
    /// What its phones are called.
    pub label: Option<String>,
    /// The person's department.
    pub department: Option<String>,
    /// The site where they work.
    pub site: Option<String>,
    /// What it is doing: offline where none of its phones is registered.
    pub state: PhoneState,
    /// How many phones it has.
    pub phones: u32,
    /// How many of them are registered.
    pub phones_registered: u32,
    /// Its diversions, on or off, one of a kind at most: what is not here is off, and may be switched on unless it needs a list.
    pub diversions: Vec<DiversionState>,
    /// For whom it answers as a secretary.
    pub bosses: Vec<BossRow>,
    /// The name of the answering rule that holds now; absent: the default one.
    pub rule: Option<String>,
    /// Whether any diversion is on, but for the assistant.
    pub is_diverted: bool,
    /// Whether the rights of whoever asks reach to change it.
    pub may_change: bool,
}

/// How a diversion stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DiversionState {
    /// `secretary`, `dnd`, `always`, `busy`, `unanswered`, `offline`, `follow_me`, `assistant`.
    pub kind: String,
    /// Whether it holds now.
    pub on: bool,
    /// The time group that it follows.
    pub when: Option<String>,
    /// When it changes by itself next.
    pub until: Option<Timestamp>,
    /// Where calls go; absent: the person's mailbox.
    pub to: Option<TargetRow>,
    /// Of `follow_me` and `secretary`: the numbers of who rings; without any it cannot be switched on.
    pub list: Vec<String>,
}

/// How a diversion is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiversionWish {
    /// Whether it is to hold: one that follows a time group does so again from the group's next change on.
    pub on: bool,
    /// Where calls go from now on; absent: where they went.
    pub to: Option<TargetRow>,
}

/// Extensions whose diversions are switched off.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtensionsOff {
    /// Their numbers, 1 to 500.
    pub extensions: Vec<String>,
}
