//! The RTP ports: numbers only, opened by the media threads.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

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

    /// Takes a port; its address is the configured one, or where that is unspecified or of the other family, the one that the peer
    /// already talks to. `None` when all are taken; the last few are kept for what is urgent.
    pub fn take(&mut self, signalling: IpAddr, is_urgent: bool) -> Option<SocketAddr> {
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
                let is_usable = !self.address.is_unspecified() && self.address.is_ipv4() == signalling.is_ipv4();
                return Some(SocketAddr::new(if is_usable { self.address } else { signalling }, port));
            }
            port = following;
        }
        None
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
        let here = IpAddr::from([127, 0, 0, 1]);
        let mut ports = Ports::new(RtpRange { address: IpAddr::from([0, 0, 0, 0]), low: 16001, high: 16007 });
        let numbers: Vec<Option<u16>> = (0..4).map(|_| ports.take(here, false).map(|address| address.port())).collect();
        assert_eq!(numbers, [Some(16002), Some(16004), Some(16006), None]);
        ports.free(16004);
        assert_eq!(ports.take(here, false), Some(SocketAddr::new(here, 16004)));
        assert_eq!(ports.in_use(), 3);
    }

    #[test]
    fn the_last_ports_are_for_emergencies() {
        let here = IpAddr::from([127, 0, 0, 1]);
        let mut ports = Ports::new(RtpRange { address: here, low: 16000, high: 16031 });
        assert_eq!(std::iter::from_fn(|| ports.take(here, false)).count(), 14);
        assert_eq!(std::iter::from_fn(|| ports.take(here, true)).count(), 2);
    }
}
