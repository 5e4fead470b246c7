//! What people do with their own calls at the page, as data: what is wanted, and why it is not done (F163).

use serde::{Deserialize, Serialize};

use crate::cause::Cause;
use crate::ids::CallId;

/// What somebody wants of a call of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOrder {
    /// The call.
    pub call: CallId,
    /// Their extension, which is in it.
    pub extension: String,
    /// What they want.
    pub act: CallAct,
}

/// What can be wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallAct {
    /// The other party waits, and hears music.
    Hold,
    /// The other party waits, while this number is asked; or who waits already.
    Ask(String),
    /// The other party, or who waits, is passed on to this number unasked.
    PassOn(String),
    /// Who waits and who was asked talk, all three together.
    Confer,
    /// Back with who waits; who was asked goes.
    Back,
    /// They hang up; where somebody waits, that one is connected with who was asked.
    HangUp,
}

/// Why nothing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotDone {
    /// The call is over, or they are not in it.
    NoSuchCall,
    /// The call is not so far, or further: nobody waits, or somebody does.
    NotNow,
    /// The number cannot be had, for this cause.
    Refused(Cause),
}
