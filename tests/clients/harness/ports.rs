//! Free ports on loopback, found by binding them.

use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};

/// Ports are taken from below the range that the kernel gives to clients, so that no connection takes one meanwhile.
const FIRST: u16 = 16_000;
const COUNT: u16 = 15_000;

/// The first of `wanted` neighbouring ports, even, all free for UDP and TCP on 127.0.0.1; no two calls of one process
/// return the same one soon, and different processes begin at different places.
pub fn free_ports(wanted: u16) -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let offset = (std::process::id() % 97) as u16 * 150;
    for _ in 0..200 {
        let step = wanted.next_multiple_of(2);
        let at = NEXT.fetch_add(step, Ordering::Relaxed);
        let first = FIRST + at.wrapping_add(offset) % (COUNT - step);
        let first = first.next_multiple_of(2);
        if (first..first + wanted).all(is_free) {
            return first;
        }
    }
    panic!("no {wanted} neighbouring free ports on loopback")
}

fn is_free(port: u16) -> bool {
    UdpSocket::bind(("127.0.0.1", port)).is_ok() && TcpListener::bind(("127.0.0.1", port)).is_ok()
}
