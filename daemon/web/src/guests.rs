//! Who is connected from the network, so that nobody takes all places, and the calls keep what they need.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit};
use tokio::net::{TcpListener, TcpStream};

/// How long to wait after `accept` failed for want of descriptors.
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// How many find a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Connections at once.
    pub(crate) connections: usize,
    /// Connections of one address at once.
    pub(crate) of_one: usize,
    /// Descriptors that are left to the calls.
    pub(crate) descriptors_left: u64,
}

/// Who is connected.
#[derive(Clone)]
pub(crate) struct Guests {
    room: Room,
    seats: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
}

/// The place of one connection, for as long as it lives.
pub(crate) struct Seat {
    guests: Guests,
    /// Whose it is.
    pub(crate) ip: IpAddr,
}

impl Guests {
    pub(crate) fn new(room: Room) -> Guests {
        Guests { room, seats: Arc::default() }
    }

    /// The next connection that finds a place; `what` is who listens, for the log.
    pub(crate) async fn next(&self, listener: &TcpListener, what: &str) -> (TcpStream, SocketAddr, Seat) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) if takes_a_spare_one(&stream, self.room.descriptors_left) => {}
                Ok((stream, remote)) => {
                    if let Some(seat) = self.seat(remote.ip()) {
                        return (stream, remote, seat);
                    }
                }
                Err(e) => {
                    log::warn!("{what}: accept: {e}");
                    tokio::time::sleep(AFTER_ACCEPT_ERROR).await;
                }
            }
        }
    }

    fn seat(&self, ip: IpAddr) -> Option<Seat> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let total: usize = seats.values().sum();
        let theirs = seats.get(&ip).copied().unwrap_or(0);
        if total >= self.room.connections || theirs >= self.room.of_one {
            return None;
        }
        seats.insert(ip, theirs + 1);
        Some(Seat { guests: self.clone(), ip })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.guests.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = seats.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                seats.remove(&self.ip);
            }
        }
    }
}

/// Whether this connection has one of the last descriptors, which are for the calls. The kernel gives the lowest that is
/// free (POSIX open), so that its number says how many are taken.
fn takes_a_spare_one(stream: &TcpStream, left: u64) -> bool {
    let Ok((soft, _)) = getrlimit(Resource::RLIMIT_NOFILE) else { return false };
    let number = u64::try_from(stream.as_raw_fd()).unwrap_or(0);
    number.saturating_add(left) >= soft
}
