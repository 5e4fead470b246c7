//! Where a message came from and where one goes: addresses and connections, never sockets.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

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

/// What a peer that we connect to within TLS must prove: that it is called so, by the word of these authorities. Two peers at one
/// address are two, each with a connection of its own, for as long as they differ in this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Proof([u8; 16]);

impl Proof {
    /// That of a name, as in [`crate::peer::SecurePeer`]; the same after a restart.
    pub fn of(name: &str, authority: Option<&str>) -> Proof {
        let mut hash = Sha256::new();
        // A name has no line end, so that no two of them run together; names differ in no letter's case (RFC 4343).
        hash.update(name.to_ascii_lowercase());
        hash.update(if authority.is_some() { "\nby" } else { "\n" });
        hash.update(authority.unwrap_or_default());
        let mut proof = [0; 16];
        proof.iter_mut().zip(hash.finalize()).for_each(|(to, byte)| *to = byte);
        Proof(proof)
    }
}

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
    /// What whom we connect to must prove, or has proven; `None` beside TLS, and on connections that others opened.
    pub proof: Option<Proof>,
}

impl Hop {
    /// Whether what came this way may be of one who is to prove this: over a connection that we opened within TLS comes nothing
    /// but its peer's, whoever else is at its address.
    pub fn may_be_of(&self, proof: Option<Proof>) -> bool {
        self.proof.is_none() || self.proof == proof
    }
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
