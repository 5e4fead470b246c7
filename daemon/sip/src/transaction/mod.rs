//! The four transaction machines of RFC 3261 §17 as corrected by RFC 6026, and how messages find theirs.
//!
//! A machine holds bytes, never a parsed message; it says what to send and what its user must know. It owns no queue
//! and no clock: `on(now, event)` is the whole door, and `deadline()` says when to call again. Every state but the last
//! has a deadline.

pub mod client;
pub mod invite_client;
pub mod invite_server;
pub mod key;
pub mod server;
pub mod timers;

use bytes::Bytes;

pub use client::{Client, ClientEvent};
pub use invite_client::{InviteClient, InviteClientEvent};
pub use invite_server::{InviteServer, InviteServerEvent};
pub use server::{Server, ServerEvent};

/// What a machine wants done after one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// Send these bytes on the transaction's hop.
    pub send: Option<Bytes>,
    /// Tell the transaction's user.
    pub report: Option<Report>,
}

/// What a transaction's user must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// The message that was the event is new: use it.
    Deliver,
    /// The machine's patience ran out; the transaction is over, except for an INVITE server that nobody answered.
    TimedOut,
    /// The connection is gone; the transaction is over.
    TransportLost,
}

impl Reaction {
    /// Nothing to do.
    pub const NONE: Reaction = Reaction { send: None, report: None };

    /// Send, and nothing else.
    pub fn send(bytes: Bytes) -> Reaction {
        Reaction { send: Some(bytes), report: None }
    }

    /// Report, and nothing else.
    pub fn report(report: Report) -> Reaction {
        Reaction { send: None, report: Some(report) }
    }
}
