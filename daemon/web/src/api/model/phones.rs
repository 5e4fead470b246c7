//! Phones, as the registrar knows them.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Attempt, PhoneState};

/// Every phone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Phones {
    /// In order of their names.
    pub phones: Vec<PhoneRow>,
}

/// Whether a phone can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReachName {
    /// It is registered, and one of its devices at least is there as far as the box knows.
    Registered,
    /// It is registered, and does not answer.
    Unreachable,
    /// It was registered, and is not any more.
    Gone,
    /// It has not registered since the start.
    Unseen,
}

/// A phone, where it is registered, and what went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PhoneRow {
    /// Its number, given by the box.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// The user name that it signs in with.
    pub user: String,
    /// Its extension.
    pub extension: String,
    /// Whose it is.
    pub person: String,
    /// The number of that person.
    pub person_id: u32,
    /// What it is doing.
    pub state: PhoneState,
    /// Whether it can be reached.
    pub reach: ReachName,
    /// Since when; absent where that is so since before the box started.
    pub since: Option<Timestamp>,
    /// What to do; absent where it can be reached.
    pub fix: Option<String>,
    /// Where it is registered, the latest renewed first.
    pub bindings: Vec<PhoneBinding>,
    /// Wrong passwords and other wrong proofs in its name, the newest first.
    pub failures: Vec<Attempt>,
}

/// One device that a phone is registered from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PhoneBinding {
    /// Its address as it gave it.
    pub contact: String,
    /// The address and port that its messages come from.
    pub address: String,
    /// `UDP`, `TCP` or `TLS`.
    pub transport: String,
    /// Its software, as it says.
    pub user_agent: String,
    /// When its registration ends unless it is renewed.
    pub expires_at: Timestamp,
    /// Whether it is there, as far as is known: it answers OPTIONS, or never did.
    pub is_reachable: bool,
    /// Since when it is there, or is not.
    pub since: Option<Timestamp>,
    /// From OPTIONS to its answer, in milliseconds; absent while it has answered none.
    pub round_trip_ms: Option<u32>,
}
