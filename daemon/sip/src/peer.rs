//! Peers that are no phones: carriers and other telephone systems, known by where they are or by what we told them.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::transport::{Hop, Proof, Transport};

/// A carrier, or another telephone system. It does not prove itself by digest; it challenges us.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// The name that its dialogs and requests are kept under, in place of a SIP user: no phone may have it.
    pub user: String,
    /// The name that its REGISTERs are counted under, mostly the same: whoever leaves a registrar for the same one, as
    /// another, goes on to count, so that a REGISTER that comes late undoes no newer one (RFC 3261 §10.3).
    pub account: String,
    /// The digest user name and the secret that answer its challenges.
    pub digest: Option<(String, String)>,
    /// Where it is.
    pub place: Place,
    /// The user part of the Contact that we registered with it, which nobody else can guess: who calls that knows it
    /// from the registrar.
    pub token: Option<String>,
    /// Our address as it sees us, where that is not our end of the way.
    pub seen_as: Option<SocketAddr>,
}

/// Where a peer is: what may be told of it to whoever sorts messages before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where our requests go: on UDP its own come from exactly there, on TCP from the same address.
    pub addresses: Vec<SocketAddr>,
    /// Where else its requests come from, whatever the port.
    pub sources: Vec<IpAddr>,
    /// What it must prove, where it is reached by TLS.
    pub proof: Option<Proof>,
}

impl Place {
    /// Whether a message that came this way is from there.
    pub fn sends_from(&self, hop: &Hop) -> bool {
        if !hop.may_be_of(self.proof) {
            return false;
        }
        let ip = hop.remote.ip().to_canonical();
        let is_own = |address: &SocketAddr| match hop.transport {
            Transport::Udp => address.port() == hop.remote.port() && address.ip().to_canonical() == ip,
            Transport::Tcp | Transport::Tls => address.ip().to_canonical() == ip,
        };
        self.addresses.iter().any(is_own) || self.sources.contains(&ip)
    }
}

/// A peer that is reached by TLS, and by what it proves itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurePeer {
    /// Where it is.
    pub addresses: Vec<SocketAddr>,
    /// The name that its certificate must be for, told in the handshake too (RFC 5922 §7.3, RFC 6066 §3); or its address.
    pub name: String,
    /// Whose certificates count, as PEM; `None`: those of the authorities that the system knows.
    pub authority: Option<String>,
    /// Both in short: a way to it says by this which peer at its address is meant.
    pub proof: Proof,
}

impl SecurePeer {
    /// One that is there, and is called so by the word of that authority.
    pub fn new(addresses: Vec<SocketAddr>, name: String, authority: Option<String>) -> SecurePeer {
        let proof = Proof::of(&name, authority.as_deref());
        SecurePeer { addresses, name, authority, proof }
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer")
            .field("user", &self.user)
            .field("place", &self.place)
            .field("seen_as", &self.seen_as)
            .finish_non_exhaustive()
    }
}
