//! Wrong passwords of phones.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::TollRefusal;

/// Who tried wrong passwords of phones.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Attempts {
    /// The newest first; those that are older than four days are not in it.
    pub attempts: Vec<Attempt>,
    /// Extensions whose calls to the outside were refused, the newest first: a stolen phone is known by that, too.
    pub outside: Vec<TollRefusal>,
    /// SIP messages that are of no use to anybody: unreadable ones, strays, those with wrong or no credentials.
    pub flood: Flood,
}

/// How many messages of no use come within a minute: the last whole one, or this one where it has more already.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Flood {
    /// Those that were looked at, in all.
    pub per_minute: u64,
    /// Those that were dropped unread besides, because too many waited.
    pub dropped: u64,
    /// Where 60 or more come from, the greatest first, at most 128.
    pub sources: Vec<FloodSource>,
}

/// One source of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FloodSource {
    /// Its address; of IPv6 the network of 64 bits.
    pub source: String,
    /// Those that were looked at.
    pub per_minute: u64,
    /// Those that were dropped unread.
    pub dropped: u64,
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AttemptKind {
    /// No phone has this user name.
    UnknownUser,
    /// The phone exists, its password is another.
    WrongPassword,
    /// A proof that was used before.
    Replayed,
    /// The password is right; the phone spoke for another extension.
    NotItsOwn,
}

/// Who was tried from where.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Attempt {
    /// The address it came from.
    pub source: String,
    /// The user name that was tried; absent for many more that no phone has.
    pub user: Option<String>,
    /// The extension of its phone, where there is one.
    pub extension: Option<String>,
    /// Whose extension that is.
    pub person: Option<String>,
    /// What was wrong the last time.
    pub kind: AttemptKind,
    /// The same in words.
    pub why: String,
    /// What to do about it.
    pub fix: String,
    /// How often.
    pub count: u64,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
    /// Until when wrong passwords from there are not looked at; absent where they are.
    pub blocked_until: Option<Timestamp>,
}
