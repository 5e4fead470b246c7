//! Where a message came from and where one goes: addresses and connections, never sockets.

use std::net::SocketAddr;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// How a message travels (RFC 3261 §18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Transport {
    /// Datagrams: messages may be lost, repeated and reordered, so transactions retransmit.
    Udp,
    /// One connection, framed by Content-Length.
    Tcp,
    /// The same within TLS (RFC 3261 §26.2.1).
    Tls,
}

impl Transport {
    /// The token of the Via header's sent-protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            Transport::Udp => "UDP",
            Transport::Tcp => "TCP",
            Transport::Tls => "TLS",
        }
    }

    /// Whether the transport itself repeats what was lost, so that timers A, E and G stay silent (RFC 3261 §17).
    pub fn is_reliable(self) -> bool {
        !matches!(self, Transport::Udp)
    }
}

/// Why a peer that is reached by TLS is not talked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distrust {
    /// Nobody that is known has signed its certificate.
    UnknownAuthority,
    /// Its certificate is no longer valid.
    Expired,
    /// Its certificate is not valid yet.
    NotYetValid,
    /// Its certificate is for others.
    WrongName,
    /// Its certificate, or what it proves with it, is wrong in another way.
    BadCertificate,
    /// It speaks no TLS, or none that we speak.
    NoTls,
    /// What was set up as its authority cannot be read.
    BadAuthority,
    /// The system knows no authorities.
    NoAuthorities,
}

/// One connection, as numbered by the shell; never used again after it closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FlowId(pub u64);

/// The way to one neighbour: transport, both ends, and the connection where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hop {
    /// How messages travel on it.
    pub transport: Transport,
    /// Our end: the listening address, which is also what Via and Contact say.
    pub local: SocketAddr,
    /// The neighbour's end.
    pub remote: SocketAddr,
    /// The connection; `None` on UDP, and on the others where the shell is to open one.
    pub flow: Option<FlowId>,
}

/// One message as it arrived: a datagram, or one message framed out of a stream.
#[derive(Clone, Debug)]
pub struct Packet {
    /// The way it came.
    pub hop: Hop,
    /// The message, whole.
    pub bytes: Bytes,
}

/// One message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmit {
    /// The way it goes.
    pub hop: Hop,
    /// The message, whole.
    pub bytes: Bytes,
}

/// Who is meant by an address wherever sources are counted, slowed or limited: of IPv6 the network of 64 bits, since its owner
/// has all addresses in it (RFC 4291 §2.5.4); an IPv4 address within IPv6 is itself.
pub fn source_of(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let s = ip.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
        ip => ip,
    }
}
