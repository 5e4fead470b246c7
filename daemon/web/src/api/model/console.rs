//! What people do with their own calls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody needs who puts calls through.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Console {
    /// The calls of whoever asks.
    pub calls: Vec<OwnCall>,
    /// The calls that ring at colleagues whose calls may be picked up.
    pub ringing: Vec<CallToTake>,
    /// The calls that are parked.
    pub parked: Vec<CallToTake>,
    /// What parks a call that it is passed on to; absent where that is off.
    pub park: Option<String>,
}

/// One's own call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OwnCall {
    /// Its number.
    pub id: u64,
    /// How it is: `ringing`, `talking`, `held`, `holding`, `consulting`, `conference`, and what else calls are.
    pub state: String,
    /// Since when.
    pub since: Timestamp,
    /// Who else is in it; of one that rings, who calls or is called.
    pub others: Vec<OtherParty>,
    /// What can be done with it.
    pub acts: Vec<ActKind>,
}

/// Somebody who can be taken.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CallToTake {
    /// Its number.
    pub id: u64,
    /// Who calls.
    pub from: OtherParty,
    /// At whom it rings, or who parked it.
    pub at: OtherParty,
    /// What is dialled to have it.
    pub dial: String,
}

/// Another party.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OtherParty {
    /// The extension, or the number outside.
    pub number: String,
    /// The name; empty where none is known.
    pub name: String,
}

/// What can be done with a call of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActKind {
    /// The other party waits and hears music.
    Hold,
    /// Somebody else is asked while the other party waits.
    Ask,
    /// The other party is passed on unasked.
    PassOn,
    /// All three talk.
    Confer,
    /// Back with who waits.
    Back,
    /// One hangs up; where somebody waits, the others are connected.
    HangUp,
}

/// What is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ActWrite {
    /// What.
    pub act: ActKind,
    /// Whom, for `ask` and `pass_on`: a number or code, as one's own phone would dial it.
    #[serde(default)]
    pub to: String,
}
