//! Test calls as data: what is asked for, why it is not done, and what comes of it.

use config::Class;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cause::Cause;
use crate::ids::CallId;

/// A test call that an administrator wants: the box calls a number by one trunk, and says what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// By which trunk, by its name.
    pub trunk: String,
    /// Whom to call, as it would be dialled here; `None`: the number under which the trunk shows calls, the office's first
    /// number, or the account, where that is a number.
    pub number: Option<String>,
    /// The administrator's extension, whose permission decides and which pays; without one, calls within the country.
    pub extension: Option<String>,
    /// The administrator's name.
    pub by: String,
}

/// Why a test call is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Untested {
    /// There is no such trunk, or it is switched off.
    NoSuchTrunk,
    /// There is a test call by it already.
    Running,
    /// What was given is no number, or nothing was given and the trunk has none.
    NoNumber,
    /// It calls for help.
    Emergency,
    /// The administrator's extension may not call so far.
    NotPermitted(Class),
    /// The extension has called outside as often as it may, or may not so far at night.
    TollGuard,
    /// It is not known where the trunk is.
    NoAddress,
    /// All its channels are in use.
    Full,
    /// As many calls are up as the box takes, or it is shutting down.
    Overload,
}

/// What came of a test call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Tested {
    /// Somebody answered.
    Answered {
        /// How long after the call began, in milliseconds.
        after_ms: u32,
        /// For how long it was listened, in milliseconds.
        listened_ms: u32,
        /// Whether any sound came.
        heard: bool,
        /// From the call to the trunk's first word, in milliseconds.
        round_trip_ms: u32,
    },
    /// It was refused.
    Refused {
        /// The SIP status.
        status: u16,
        /// From the call to the trunk's first word, in milliseconds.
        round_trip_ms: u32,
    },
    /// Nobody answered in time.
    Unanswered {
        /// For how long it was called, in milliseconds.
        after_ms: u32,
        /// Whether it rang.
        rang: bool,
    },
    /// The trunk said nothing at all.
    Silent,
    /// The call could not go on.
    Failed {
        /// Why.
        cause: Cause,
    },
}

/// The last test call by a trunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The call.
    pub call: CallId,
    /// Who was called, in full.
    pub number: String,
    /// When it began.
    pub at: Timestamp,
    /// What came of it; `None` while it is up.
    pub outcome: Option<Tested>,
}
