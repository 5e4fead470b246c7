//! Requests that are too large for a datagram go over TCP, and over UDP all the same where the peer does not take that (RFC
//! 3261 §18.1.1).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;

use super::Stack;
use crate::message::{Request, Text};
use crate::transport::{Hop, Transmit, Transport};

/// The largest request that goes by UDP where the path's MTU is not known, in bytes (§18.1.1): larger ones are cut into
/// fragments, which many a router drops.
pub const MAX_DATAGRAM_BYTES: usize = 1_300;

/// How long a peer that takes no TCP connection gets large requests by UDP at once: one that does not even refuse it costs
/// each of them seconds.
pub const WITHOUT_TCP: Duration = Duration::from_secs(3_600);

/// How many such peers are remembered: every phone of a large office. The one that was noted first makes room.
pub const MAX_WITHOUT_TCP: usize = 1_024;

/// Peers that take no TCP, and since when.
#[derive(Clone, Default)]
pub(super) struct WithoutTcp(BTreeMap<SocketAddr, Duration>);

impl WithoutTcp {
    fn has(&self, remote: SocketAddr, now: Duration) -> bool {
        self.0.get(&remote).is_some_and(|since| now.saturating_sub(*since) < WITHOUT_TCP)
    }

    fn note(&mut self, remote: SocketAddr, now: Duration) {
        let oldest = self.0.iter().min_by_key(|(_, since)| **since).map(|(remote, _)| *remote);
        if let Some(oldest) = oldest.filter(|_| self.0.len() >= MAX_WITHOUT_TCP) {
            self.0.remove(&oldest);
        }
        self.0.insert(remote, now);
    }
}

impl Stack {
    /// The way that a request takes for its size, and what it is there: only its Via differs.
    pub(super) fn way_by_size(&self, now: Duration, hop: Hop, request: &mut Request) -> (Hop, Bytes) {
        let bytes = request.to_bytes();
        let is_large = hop.transport == Transport::Udp && bytes.len() > MAX_DATAGRAM_BYTES;
        match request.headers.top_via() {
            Ok(mut via) if is_large && !self.without_tcp.has(hop.remote, now) => {
                via.transport = Text::from(Transport::Tcp.as_str());
                request.headers.replace_top_via(&via);
                (Hop { transport: Transport::Tcp, flow: None, ..hop }, request.to_bytes())
            }
            _ => (hop, bytes),
        }
    }

    /// Requests that went over TCP for their size alone, and were lost there, go out again by UDP.
    pub(super) fn retry_by_udp(&mut self, now: Duration, is_lost: impl Fn(&Hop) -> bool, out: &mut Vec<Transmit>) {
        let lost = self.clients.iter().filter(|(_, entry)| entry.is_large && is_lost(&entry.hop));
        let lost: Vec<_> = lost.map(|(id, entry)| (*id, entry.purpose)).collect();
        for (id, purpose) in lost {
            if self.is_given_up(purpose) {
                continue;
            }
            let Some(entry) = self.clients.get_mut(&id) else { continue };
            entry.hop.transport = Transport::Udp;
            let (remote, request) = (entry.hop.remote, entry.request.clone());
            self.without_tcp.note(remote, now);
            // With the number that it had: should it have arrived after all, it is known again.
            self.send_anew(now, id, request, out);
            self.drive_client(id, |machine| machine.transport_lost(now), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_remembered_for_an_hour_and_not_without_end() {
        let mut peers = WithoutTcp::default();
        let peer = |number: u16| SocketAddr::from(([192, 0, 2, 1], number));
        peers.note(peer(1), Duration::ZERO);
        assert!(peers.has(peer(1), WITHOUT_TCP - Duration::from_millis(1)) && !peers.has(peer(2), Duration::ZERO));
        assert!(!peers.has(peer(1), WITHOUT_TCP));
        for number in 2..=1_025 {
            peers.note(peer(number), Duration::from_secs(1));
        }
        assert_eq!(peers.0.len(), MAX_WITHOUT_TCP);
        assert!(!peers.has(peer(1), Duration::from_secs(1)) && peers.has(peer(1_025), Duration::from_secs(1)));
    }
}
