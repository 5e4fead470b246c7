//! Whom a port listens to, and where it sends (symmetric RTP).
//!
//! Behind address translation a phone sends from another address than its SDP says. It is learned, but only from the IP
//! address of the SDP or of the signalling, so that nobody else can be heard or draw the audio to himself:
//!
//! 1. The first packet from one of these two IP addresses locks its address and SSRC.
//! 2. From the locked address everything is taken, a new SSRC too.
//! 3. From another port of these IP addresses only: a packet with the locked SSRC (the translation moved), or the first
//!    one after [`QUIET`] without any from the locked address (the phone restarted).
//! 4. A packet from exactly the SDP's address is always the peer's: it said so itself. This ends the overlap after a
//!    re-INVITE to a new port, when packets from the old one are still on their way.
//! 5. A new address in the SDP unlocks. Hold by an unspecified address or port 0 does not: it only stops the sending.
//!
//! Everything else is a stranger's.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How long a locked address must be silent before another port of the same peer may take its place: far over the
/// gaps of a lossy network, short enough for a phone that restarts its audio.
const QUIET: Duration = Duration::from_secs(2);

/// The peer's address as far as it is known.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The last usable address of the SDP.
    signalled: Option<SocketAddr>,
    signalled_from: Option<IpAddr>,
    wants_audio: bool,
    locked: Option<Locked>,
    strangers: u64,
}

#[derive(Debug)]
struct Locked {
    address: SocketAddr,
    ssrc: u32,
    heard: Duration,
}

impl Source {
    pub(crate) fn configure(&mut self, remote: SocketAddr, signalled_from: IpAddr) {
        let remote = canonical(remote);
        self.wants_audio = !remote.ip().is_unspecified() && remote.port() != 0;
        self.signalled_from = Some(signalled_from.to_canonical());
        if self.wants_audio && self.signalled != Some(remote) {
            self.signalled = Some(remote);
            self.locked = None;
        }
        if self.locked.as_ref().is_some_and(|locked| !self.allows(locked.address.ip())) {
            self.locked = None;
        }
    }

    /// Whether a packet is the peer's; if not, a stranger is counted.
    pub(crate) fn admits(&mut self, from: SocketAddr, ssrc: u32, now: Duration) -> bool {
        let from = canonical(from);
        if let Some(locked) = self.locked.as_mut().filter(|locked| locked.address == from) {
            locked.ssrc = ssrc;
            locked.heard = now;
            return true;
        }
        let is_allowed = self.allows(from.ip());
        let may_lock = self.locked.as_ref().is_none_or(|locked| {
            locked.ssrc == ssrc || now.saturating_sub(locked.heard) >= QUIET || self.signalled == Some(from)
        });
        if is_allowed && may_lock {
            self.locked = Some(Locked { address: from, ssrc, heard: now });
        } else if self.signalled_from.is_some() {
            self.strangers += 1;
        }
        is_allowed && may_lock
    }

    /// Whether reports from this address are the peer's; if not, a stranger is counted.
    pub(crate) fn admits_report(&mut self, from: SocketAddr) -> bool {
        let from = from.ip().to_canonical();
        let is_allowed = self.locked.as_ref().map_or_else(|| self.allows(from), |locked| locked.address.ip() == from);
        self.strangers += u64::from(!is_allowed && self.signalled_from.is_some());
        is_allowed
    }

    /// Where to send audio; `None` while the peer wants none.
    pub(crate) fn target(&self) -> Option<SocketAddr> {
        let learned = self.locked.as_ref().map(|locked| locked.address);
        learned.or(self.signalled).filter(|_| self.wants_audio)
    }

    /// Whether the peer sends from another address than its SDP says.
    pub(crate) fn is_translated(&self) -> bool {
        self.locked.as_ref().is_some_and(|locked| self.signalled != Some(locked.address))
    }

    pub(crate) fn strangers(&self) -> u64 {
        self.strangers
    }

    fn allows(&self, ip: IpAddr) -> bool {
        self.signalled_from == Some(ip) || self.signalled.is_some_and(|signalled| signalled.ip() == ip)
    }
}

/// An IPv4 address that an IPv6 socket reports as mapped, as IPv4.
pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    fn source() -> Source {
        let mut source = Source::default();
        source.configure(at("10.0.0.1:4000"), "192.0.2.9".parse().unwrap());
        source
    }

    const START: Duration = Duration::from_secs(5);
    const LATER: Duration = Duration::from_secs(6);
    const MUCH_LATER: Duration = Duration::from_secs(9);

    #[test]
    fn only_the_two_known_addresses_are_learned() {
        for (from, admitted) in
            [("10.0.0.1:4000", true), ("10.0.0.1:9", true), ("192.0.2.9:33000", true), ("10.0.0.2:4000", false)]
        {
            let mut source = source();
            assert_eq!(source.admits(at(from), 1, START), admitted, "{from}");
            assert_eq!(source.target(), Some(at(if admitted { from } else { "10.0.0.1:4000" })), "{from}");
            assert_eq!(source.strangers(), u64::from(!admitted));
        }
    }

    #[test]
    fn a_locked_port_yields_only_to_its_ssrc_or_after_quiet() {
        for (from, ssrc, now, admitted) in [
            ("192.0.2.9:33000", 2, LATER, true),
            ("192.0.2.9:44000", 2, LATER, false),
            ("192.0.2.9:44000", 1, LATER, true),
            ("192.0.2.9:44000", 2, MUCH_LATER, true),
            ("10.0.0.1:5000", 2, LATER, false),
            ("10.0.0.1:4000", 2, LATER, true),
            ("10.0.0.2:4000", 1, LATER, false),
            ("10.0.0.2:4000", 1, MUCH_LATER, false),
        ] {
            let mut source = source();
            assert!(source.admits(at("192.0.2.9:33000"), 1, START));
            assert_eq!(source.admits(at(from), ssrc, now), admitted, "{from} {ssrc} {now:?}");
            let target = if admitted { from } else { "192.0.2.9:33000" };
            assert_eq!(source.target(), Some(at(target)), "{from} {ssrc} {now:?}");
        }
    }

    #[test]
    fn a_new_address_in_the_sdp_is_relearned_and_hold_is_not_a_new_one() {
        let mut source = source();
        let signalled_from = "192.0.2.9".parse().unwrap();
        assert!(source.admits(at("192.0.2.9:33000"), 1, START));
        for hold in ["0.0.0.0:4000", "[::]:4000", "10.0.0.1:0"] {
            source.configure(at(hold), signalled_from);
            assert_eq!(source.target(), None, "{hold}");
        }
        source.configure(at("10.0.0.1:4000"), signalled_from);
        assert_eq!(source.target(), Some(at("192.0.2.9:33000")), "resumed");
        source.configure(at("10.0.0.1:4002"), signalled_from);
        assert_eq!(source.target(), Some(at("10.0.0.1:4002")), "moved");
        assert!(source.admits(at("192.0.2.9:33000"), 1, START), "the old one's last packet");
        assert!(source.admits(at("10.0.0.1:4002"), 7, START), "the new one is the peer at once");
        source.configure(at("0.0.0.0:0"), "192.0.2.10".parse().unwrap());
        assert!(!source.admits(at("192.0.2.9:33000"), 7, MUCH_LATER), "no longer known");
    }

    #[test]
    fn before_anything_is_agreed_nobody_is_heard_or_counted() {
        let mut source = Source::default();
        assert!(!source.admits(at("10.0.0.1:4000"), 1, START));
        assert_eq!((source.target(), source.strangers()), (None, 0));
    }

    #[test]
    fn mapped_addresses_are_the_same_as_plain_ones() {
        let mut source = source();
        assert!(source.admits(at("[::ffff:10.0.0.1]:4000"), 1, START));
        assert!(!source.is_translated());
    }
}
