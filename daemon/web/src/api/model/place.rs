//! Calls that the box places for whoever asks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A call that is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct PlaceCall {
    /// The number or code, as one's own phone would dial it.
    pub number: String,
    /// Which of one's own phones rings, by its name; absent: all of them.
    pub phone: Option<String>,
}

/// Whose phones ring.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OwnPhones {
    /// The phones of whoever asks.
    pub phones: Vec<OwnPhone>,
}

/// A phone of one's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OwnPhone {
    /// Its name.
    pub name: String,
    /// Whether it can be reached.
    pub is_there: bool,
}

/// A call that was placed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PlacedCall {
    /// Its number among the calls.
    pub call: u64,
    /// How far it is.
    pub state: PlacedState,
    /// Why it ended, in a sentence; absent while it is up.
    pub story: Option<String>,
}

/// How far a placed call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlacedState {
    /// The phones ring of whoever wants it.
    Phone,
    /// The others' phones ring.
    Rings,
    /// They talk, or the box does.
    Talks,
    /// It is over.
    Over,
}
