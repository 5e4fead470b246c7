//! What the engine is told once, at its start.

use std::net::{IpAddr, SocketAddr};

/// What the engine is told once, at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where SIP is listened on over UDP and TCP, at least one; unspecified: on every address that the machine has.
    pub sip: Vec<SocketAddr>,
    /// Where RTP may be opened.
    pub rtp: RtpRange,
    /// The digest realm, fixed for ever at first boot.
    pub realm: String,
    /// What Server and User-Agent say.
    pub user_agent: String,
    /// The seed of tags, branches and Call-IDs, from the system's randomness.
    pub seed: [u8; 32],
    /// The key of the nonces, new each boot.
    pub nonce_key: [u8; 32],
}

/// The address and ports for RTP: even ports from `low` on, RTCP on the odd port above each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtpRange {
    /// The address that session descriptions name, and where ports are opened; unspecified: the one that the phone's signalling
    /// reached, and on every address, so that a call outlives the loss of one.
    pub address: IpAddr,
    /// The first port.
    pub low: u16,
    /// The last port.
    pub high: u16,
}
