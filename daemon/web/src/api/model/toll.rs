//! What limits calls to the outside.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The limits of the office, and of those who have their own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TollGuard {
    /// How many calls to the outside an extension may have at once.
    pub at_once: u16,
    /// How many it may begin within an hour.
    pub per_hour: u16,
    /// When nobody may call other countries and premium numbers, `22:00-06:00`; absent: never.
    pub night: Option<String>,
    /// Extensions with limits of their own, in order of their digits.
    pub extensions: Vec<OwnLimits>,
    /// Whose calls were refused, the newest first; forgotten four days after the last, and at a restart.
    pub refused: Vec<TollRefusal>,
    /// The revision in force.
    pub revision: u64,
    /// What a change sends in If-Match: the version of the limits.
    pub etag: String,
}

/// What holds for one extension instead.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnLimits {
    /// Which.
    pub extension: String,
    /// 1 to 1000; absent: as the office.
    pub at_once: Option<u16>,
    /// 1 to 1000; absent: as the office.
    pub per_hour: Option<u16>,
    /// Whether it may make costly calls at night, as far as its permission goes; absent: false.
    pub at_night: Option<bool>,
}

/// The limits as they are to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TollGuardWrite {
    /// 1 to 1000; 4 unless given.
    pub at_once: Option<u16>,
    /// 1 to 1000; 60 unless given.
    pub per_hour: Option<u16>,
    /// Two times of the day; never unless given.
    pub night: Option<String>,
    /// Extensions with limits of their own; all others have none.
    pub extensions: Vec<OwnLimits>,
}

/// An extension that called outside where it may not, or more often than it may.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TollRefusal {
    /// Which.
    pub extension: String,
    /// Whose it is.
    pub person: String,
    /// How many of its calls were refused.
    pub refused: u32,
    /// The number of the last one.
    pub number: String,
    /// Why that was refused, in one sentence.
    pub why: String,
    /// When the first was refused.
    pub first_at: Timestamp,
    /// When the last was.
    pub last_at: Timestamp,
    /// How many calls to the outside it has now.
    pub at_once: u32,
    /// How many it has begun within the last hour.
    pub in_hour: u32,
}
