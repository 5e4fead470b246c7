//! The RTP ports: numbers only, opened by the media threads.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::settings::RtpRange;

/// The pool of even ports. The least lately freed is given out, so that late packets of an ended call meet nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ports {
    address: IpAddr,
    low: u16,
    high: u16,
    next: u16,
    taken: BTreeSet<u16>,
}

/// Pairs that only emergency calls get, of which an office has few at once; in a small range an eighth.
const URGENT_PAIRS: usize = 4;

impl Ports {
    /// A pool over a range; only pairs of an even port and the odd one above it count.
    pub fn new(range: RtpRange) -> Ports {
        let low = range.low.saturating_add(range.low % 2);
        Ports { address: range.address, low, high: range.high, next: low, taken: BTreeSet::new() }
    }

    /// Takes a port. `None` when all are taken; the last few are kept for what is urgent.
    pub fn take(&mut self, is_urgent: bool) -> Option<u16> {
        let pairs = usize::from(self.high.saturating_sub(self.low)).div_ceil(2);
        let kept_back = if is_urgent { 0 } else { URGENT_PAIRS.min(pairs / 8) };
        if self.taken.len() + kept_back >= pairs {
            return None;
        }
        let mut port = self.next;
        for _ in 0..pairs {
            let following = port.checked_add(2).filter(|next| *next < self.high).unwrap_or(self.low);
            if self.taken.insert(port) {
                self.next = following;
                return Some(port);
            }
            port = following;
        }
        None
    }

    /// What a session description says of a port: the configured address, or where that is unspecified or of the other family,
    /// the one that the peer already talks to.
    pub fn named(&self, signalling: IpAddr, port: u16) -> SocketAddr {
        let is_usable = !self.address.is_unspecified() && self.address.is_ipv4() == signalling.is_ipv4();
        SocketAddr::new(if is_usable { self.address } else { signalling }, port)
    }

    /// Where a port is opened: at what is said of it, and where no address is configured at every one there is.
    pub fn opened_at(&self, signalling: IpAddr, port: u16) -> SocketAddr {
        let named = self.named(signalling, port);
        match (self.address.is_unspecified(), named) {
            (false, _) => named,
            (true, SocketAddr::V4(_)) => (Ipv4Addr::UNSPECIFIED, port).into(),
            (true, SocketAddr::V6(_)) => (Ipv6Addr::UNSPECIFIED, port).into(),
        }
    }

    /// Gives a port back.
    pub fn free(&mut self, port: u16) {
        self.taken.remove(&port);
    }

    /// How many are in use.
    pub fn in_use(&self) -> usize {
        self.taken.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_come_in_turn_and_run_out() {
        let mut ports = Ports::new(RtpRange { address: IpAddr::from([0, 0, 0, 0]), low: 16001, high: 16007 });
        let numbers: Vec<Option<u16>> = (0..4).map(|_| ports.take(false)).collect();
        assert_eq!(numbers, [Some(16002), Some(16004), Some(16006), None]);
        ports.free(16004);
        assert_eq!(ports.take(false), Some(16004));
        assert_eq!(ports.in_use(), 3);
    }

    #[test]
    fn the_last_ports_are_for_emergencies() {
        let here = IpAddr::from([127, 0, 0, 1]);
        let mut ports = Ports::new(RtpRange { address: here, low: 16000, high: 16031 });
        assert_eq!(std::iter::from_fn(|| ports.take(false)).count(), 14);
        assert_eq!(std::iter::from_fn(|| ports.take(true)).count(), 2);
    }

    #[test]
    fn a_port_is_named_as_the_peer_reaches_it_and_open_on_every_address_unless_one_is_given() {
        let (peers, six) = (IpAddr::from([10, 0, 0, 7]), IpAddr::from(Ipv6Addr::LOCALHOST));
        for (address, signalling, named, opened) in [
            ("0.0.0.0", peers, "10.0.0.7:16000", "0.0.0.0:16000"),
            ("0.0.0.0", six, "[::1]:16000", "[::]:16000"),
            ("10.0.0.1", peers, "10.0.0.1:16000", "10.0.0.1:16000"),
            ("10.0.0.1", six, "[::1]:16000", "[::1]:16000"),
        ] {
            let ports = Ports::new(RtpRange { address: address.parse().unwrap(), low: 16000, high: 16031 });
            assert_eq!(ports.named(signalling, 16000), named.parse().unwrap(), "{address}");
            assert_eq!(ports.opened_at(signalling, 16000), opened.parse().unwrap(), "{address}");
        }
    }
}
