//! Session descriptions (RFC 8866) and offer/answer (RFC 3264): own tolerant line parser that keeps what it does not
//! know.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

mod audio;
mod describe;
mod error;
mod offer_answer;
mod parse;
mod print;

pub use error::SdpError;
pub use offer_answer::{Negotiation, Offered};
pub use parse::{Line, MAX_BYTES, MAX_FORMATS, MAX_LINES, MAX_MEDIA, Media, SessionDescription};

/// A codec that the box itself speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Codec {
    /// G.711 mu-law, static payload type 0 (RFC 3551 §6).
    Pcmu,
    /// G.711 A-law, static payload type 8.
    Pcma,
}

impl Codec {
    /// The payload type that means this codec without an `a=rtpmap` (RFC 3551 §6).
    pub fn static_payload_type(self) -> u8 {
        match self {
            Codec::Pcmu => 0,
            Codec::Pcma => 8,
        }
    }

    /// The encoding name of `a=rtpmap`; compared without regard to case.
    pub fn encoding_name(self) -> &'static str {
        match self {
            Codec::Pcmu => "PCMU",
            Codec::Pcma => "PCMA",
        }
    }
}

/// Which way audio flows, from our side (RFC 3264 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// Only from us.
    SendOnly,
    /// Only to us.
    RecvOnly,
    /// Neither.
    Inactive,
}

/// The payload types of RFC 4733 events, which may differ per direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TelephoneEvent {
    /// The type that the peer wants to receive.
    pub send_payload_type: u8,
    /// The type that we said we receive.
    pub receive_payload_type: u8,
}

/// What offer and answer came to, for one audio stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The codec of both directions.
    pub codec: Codec,
    /// The payload type that the peer wants to receive it under.
    pub send_payload_type: u8,
    /// The payload type that we said we receive it under.
    pub receive_payload_type: u8,
    /// Keys as events, where both sides speak them.
    pub telephone_event: Option<TelephoneEvent>,
    /// Where the peer wants RTP; the unspecified address or port 0 when it wants none (old-style hold).
    pub remote: SocketAddr,
    /// Where the peer wants RTCP (RFC 3605), else the port above.
    pub remote_rtcp: SocketAddr,
    /// Which way audio flows, from our side.
    pub direction: Direction,
    /// Milliseconds of audio in a packet that we send; 20 unless the peer asks otherwise (10 to 60).
    pub packet_ms: u8,
}

impl Direction {
    /// The way it flows, from whether we send and whether we listen.
    pub fn from_flags(sends: bool, receives: bool) -> Direction {
        match (sends, receives) {
            (true, true) => Direction::SendRecv,
            (true, false) => Direction::SendOnly,
            (false, true) => Direction::RecvOnly,
            (false, false) => Direction::Inactive,
        }
    }

    /// Whether audio flows from the side that speaks.
    pub fn sends(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::SendOnly)
    }

    /// Whether audio flows to the side that speaks.
    pub fn receives(self) -> bool {
        matches!(self, Direction::SendRecv | Direction::RecvOnly)
    }

    /// The same flow as the other side sees it.
    pub fn reversed(self) -> Direction {
        Direction::from_flags(self.receives(), self.sends())
    }

    /// What both allow (RFC 3264 §6.1).
    pub fn intersected(self, other: Direction) -> Direction {
        Direction::from_flags(self.sends() && other.sends(), self.receives() && other.receives())
    }

    /// The attribute name (RFC 8866 §6.7).
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::SendRecv => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::RecvOnly => "recvonly",
            Direction::Inactive => "inactive",
        }
    }
}
