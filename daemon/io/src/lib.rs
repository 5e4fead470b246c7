//! The SIP sockets: bytes from and to the network, framed into messages, with every limit that the network needs.
//!
//! It owns the UDP sockets, the TCP connections and their numbers ([`FlowId`]). It does not
//! read what a message says: a datagram, or what the framing of a stream yields, goes to the [`Sink`] as it came.

pub mod counters;
mod flows;
pub mod limits;
pub mod line;
pub mod open;
mod stream;
mod trust;
mod udp;
pub mod wire;

use sip::transport::{Distrust, FlowId, Hop, Packet};

/// Where arrived messages go: the engine's queue.
pub trait Sink: Send + Sync + 'static {
    /// Takes a message, or says `false` because there is no room: a datagram is then lost, since its sender repeats
    /// it (RFC 3261 §17), while a connection waits and reads no further.
    fn message(&self, packet: &Packet) -> bool;

    /// A connection ended that has brought a message; called once for each, and never refused. Connections of
    /// strangers that never said anything come and go untold.
    fn closed(&self, flow: FlowId);

    /// A connection that a message without a flow asked for could not be opened, or ended before its peer said
    /// anything; called once for each, and never refused. The way is the message's: its flow is `None`.
    fn unreachable(&self, hop: Hop);

    /// Who was connected to within TLS is not who it should be; [`Sink::unreachable`] follows.
    fn distrusted(&self, hop: Hop, why: Distrust);
}
