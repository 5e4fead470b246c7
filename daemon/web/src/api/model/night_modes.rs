//! Night modes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The night modes that somebody may see.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct NightModes {
    /// In the order in which they were added.
    pub modes: Vec<NightMode>,
    /// For `If-Match`; also in the header `ETag`. It says nothing of which are on.
    pub etag: String,
}

/// Time groups that are forced together.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct NightMode {
    /// As it is kept.
    #[serde(flatten)]
    pub row: NightModeWrite,
    /// Whether it holds a time group now.
    pub is_on: bool,
    /// Since when it is on.
    pub since: Option<Timestamp>,
    /// Who switched it on; absent where it is off, or nobody knows.
    pub by: Option<String>,
    /// What it holds now. Another night mode that was switched on later goes before it.
    pub holds: Vec<NightHoldRow>,
}

/// A night mode as it is to be. It is part of [`NightMode`] too, so it says nothing of further fields.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct NightModeWrite {
    /// Its name, at most 40 characters.
    pub name: String,
    /// Its short number from 1 to 999, which the code that switches it is dialled with; absent: none.
    pub number: Option<u16>,
    /// The office's time groups that it forces, at least one.
    pub groups: Vec<NightGroupRow>,
    /// The extensions that may switch it, besides those of whoever may change the office's time groups.
    #[serde(default)]
    pub extensions: Vec<String>,
}

/// A time group, and what it is forced to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NightGroupRow {
    /// Its name.
    pub group: String,
    /// Open or closed.
    pub is_open: bool,
}

/// A time group that is held.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct NightHoldRow {
    /// Its name.
    pub group: String,
    /// Open or closed.
    pub is_open: bool,
    /// Until when; absent: until the night mode is switched off.
    pub until: Option<Timestamp>,
}

/// Whether a night mode is to be on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NightSwitch {
    /// Whether it is.
    pub on: bool,
    /// Until when; absent: each time group until its own times change next.
    pub until: Option<Timestamp>,
    /// Until somebody switches it off.
    #[serde(default)]
    pub for_good: bool,
}
