//! How much the network may take of the box, in one place, so that tests can make it small.

use std::time::Duration;

/// The bounds of sockets and connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections that are open at once. 1024 is five times the phones of a large office, and half of the 2048
    /// descriptors that a default system gives a service after the RTP ports took theirs.
    pub connections: usize,
    /// Connections from one address. 512 lets a whole office behind one NAT come back after a power failure.
    pub connections_per_address: usize,
    /// Until a connection has brought its first whole message, and until any message that began is whole: 30 s, which
    /// is near Timer B (RFC 3261 §17.1.1.2), after which the message would mean nothing.
    pub half_open: Duration,
    /// How long a connection that carries no registration may be quiet. 10 minutes is above the usual interval of
    /// session refreshes and keep-alives (RFC 4028, RFC 5626).
    pub quiet: Duration,
    /// How long a peer may take no bytes while some wait for it: 10 s.
    pub slow_write: Duration,
    /// How long opening a connection may take: 5 s, so that a caller hears of it before giving up.
    pub connect: Duration,
    /// How long a connection waits for room in the engine's queue before it is closed: 2 s.
    pub wait_for_room: Duration,
    /// Messages that wait for one connection's peer. 128 is more than a lamp subscriber of a whole office gets at once.
    pub queued_messages: usize,
    /// Bytes that wait for one connection's peer: 256 KiB, so that 1024 stuck peers cannot take the box's memory.
    pub queued_bytes: usize,
    /// Datagrams that wait for the UDP sender: 2048, some 100 ms of work.
    pub queued_datagrams: usize,
    /// What the kernel is asked to buffer for a UDP socket: 4 MiB, 200 ms of a flood of 10 000 packets a second
    /// with the kernel's overhead. The kernel may grant less.
    pub receive_buffer: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 1024,
            connections_per_address: 512,
            half_open: Duration::from_secs(30),
            quiet: Duration::from_secs(600),
            slow_write: Duration::from_secs(10),
            connect: Duration::from_secs(5),
            wait_for_room: Duration::from_secs(2),
            queued_messages: 128,
            queued_bytes: 256 * 1024,
            queued_datagrams: 2048,
            receive_buffer: 4 * 1024 * 1024,
        }
    }
}
