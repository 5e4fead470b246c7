//! The SIP messages of a call.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The SIP messages of a call, between the box and each party.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Ladder {
    /// Oldest first.
    pub messages: Vec<LadderMessage>,
    /// How many are not kept any more, after the first twenty.
    pub left_out: u32,
}

/// One SIP message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LadderMessage {
    /// When the box got or sent it.
    pub at: Timestamp,
    /// Milliseconds since the call's first.
    pub after_ms: u64,
    /// Whether it came to the box; else the box sent it.
    pub is_incoming: bool,
    /// Whether the same was said before: that, or its answer, was lost.
    pub is_again: bool,
    /// The phone that it is exchanged with, where it is one.
    pub phone: Option<String>,
    /// The trunk that it is exchanged with, where it is one.
    pub trunk: Option<String>,
    /// `UDP`, `TCP` or `TLS`.
    pub transport: String,
    /// The other end's address.
    pub peer: String,
    /// The box's address.
    pub local: String,
    /// The first line: what is asked, or answered.
    pub title: String,
    /// All of it, its secrets as `***`.
    pub text: String,
    /// How long it was on the wire.
    pub bytes: u32,
    /// Whether its end is not kept.
    pub is_cut: bool,
}
