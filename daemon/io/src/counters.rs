//! What the sockets have seen, in sums.

use std::sync::atomic::{AtomicU64, Ordering};

/// One sum that only grows.
#[derive(Debug, Default)]
pub struct Sum(AtomicU64);

impl Sum {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The sum so far.
    pub fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Sums since the sockets were opened; the metrics page shows them by these names.
#[derive(Debug, Default)]
pub struct Counters {
    /// Messages that came, over UDP and TCP.
    pub received: Sum,
    /// Datagrams lost because the engine's queue was full.
    pub dropped: Sum,
    /// Messages handed to the kernel.
    pub sent: Sum,
    /// Messages that could not be sent: no connection, a full queue, or an error of the kernel.
    pub unsent: Sum,
    /// Connections that came or were opened.
    pub connections: Sum,
    /// Connections refused, or closed to make room, because a limit was reached.
    pub connections_over_limit: Sum,
    /// Connections closed because a message did not become whole in time.
    pub half_open_closed: Sum,
    /// Connections closed because their peer took its messages too slowly.
    pub slow_closed: Sum,
    /// Connections refused because the phone knows no TLS that is still safe.
    pub old_tls_refused: Sum,
    /// Connections closed because what came was no framed SIP message.
    pub unframed_closed: Sum,
}
