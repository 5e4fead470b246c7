//! Free ports on loopback, found by binding them.

use std::net::{TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};

/// Ports are taken from below the range that the kernel gives to clients, so that no connection takes one meanwhile.
const FIRST: u16 = 16_000;
const COUNT: u16 = 15_000;

/// The first of `wanted` neighbouring ports, even, all free for UDP and TCP on 127.0.0.1; no two calls of one process
/// return the same one soon, and different processes begin at different places. What was given
/// need not be bound yet.
pub fn free_ports(wanted: u16) -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let offset = std::process::id() % 97 * 150;
    for _ in 0..200 {
        let step = wanted.next_multiple_of(2);
        let at = NEXT.fetch_add(u32::from(step), Ordering::Relaxed);
        let Some(first) = round(at.wrapping_add(offset), step) else { continue };
        if (first..first + wanted).all(is_free) {
            return first;
        }
    }
    panic!("no {wanted} neighbouring free ports on loopback")
}

/// Where so many ports begin that are the next ones after all that were given, round and round; `None` where they would
/// go over the end.
fn round(at: u32, step: u16) -> Option<u16> {
    let place = u16::try_from(at % u32::from(COUNT)).expect("the rest is smaller");
    (place + step <= COUNT).then_some(FIRST + place)
}

fn is_free(port: u16) -> bool {
    UdpSocket::bind(("127.0.0.1", port)).is_ok() && TcpListener::bind(("127.0.0.1", port)).is_ok()
}

#[test]
fn ports_of_one_round_are_given_once_however_many_are_wanted() {
    let mut given = vec![false; usize::from(COUNT)];
    let mut at = 14_000;
    for step in [512, 2, 24, 8, 512, 2].into_iter().cycle() {
        if at + u32::from(step) >= 14_000 + u32::from(COUNT) {
            break;
        }
        for port in round(at, step).into_iter().flat_map(|first| first..first + step) {
            let was = std::mem::replace(&mut given[usize::from(port - FIRST)], true);
            assert!(!was, "{port} is given twice");
        }
        at += u32::from(step);
    }
}
