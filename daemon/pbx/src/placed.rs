//! Calls that people want the box to place for them, as data: what is asked for, and why it is not done.

use serde::{Deserialize, Serialize};

use crate::cause::Cause;
use crate::route::Reason;
use crate::toll::Barred;

/// A call that somebody wants from the page: their phones ring, and whoever answers is connected with the number (F77).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceOrder {
    /// The extension of whoever wants it.
    pub extension: String,
    /// Which of its phones rings, by its name; `None`: all of them.
    pub phone: Option<String>,
    /// The number or code, as it would be dialled there.
    pub number: String,
}

/// Why a call is not placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unplaced {
    /// Nothing was given that could be dialled, or one's own extension.
    NoNumber,
    /// It calls for help: who needs it must not wait for a phone to ring.
    Emergency,
    /// No phone of the extension can be reached, or not the one that was chosen.
    NoPhone,
    /// Such a call would be refused at once.
    Refused {
        /// Why.
        cause: Cause,
        /// What decided that.
        why: Option<Reason>,
    },
    /// The toll guard would refuse it.
    Barred {
        /// Who would pay.
        extension: String,
        /// What is against it.
        why: Barred,
    },
    /// The extension's phones ring for such a call already.
    Running,
    /// As many calls are up as the box takes, or it is shutting down.
    Overload,
}
