//! The table of connections: numbers, limits, and who must go when there is no room.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use sip::transport::{FlowId, Hop, Proof, source_of};
use tokio::sync::{Notify, mpsc};

use crate::limits::Limits;

/// What a connection has shown of itself. Only the last is never closed to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// No whole message yet.
    Unproven,
    /// It carried a message.
    Proven,
    /// A phone is registered over it.
    Kept,
}

/// All connections that are open.
#[derive(Debug)]
pub(crate) struct Flows {
    limits: Limits,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    last: u64,
    open: BTreeMap<FlowId, Entry>,
    /// Connections that we opened, by peer, so that a second message takes the same one.
    opened: BTreeMap<Peer, FlowId>,
}

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Peer {
    /// Where it is.
    pub(crate) remote: SocketAddr,
    /// What it must prove, where we open it within TLS: there, each connection carries only what is for whom it proved.
    pub(crate) proof: Option<Proof>,
}

impl Peer {
    /// Whom a message that goes this way is for.
    pub(crate) fn of(hop: &Hop) -> Peer {
        Peer { remote: hop.remote, proof: hop.proof }
    }

    /// Whoever connects to us.
    pub(crate) fn at(remote: SocketAddr) -> Peer {
        Peer { remote, proof: None }
    }
}

#[derive(Debug)]
struct Entry {
    peer: Peer,
    /// Our address in it, once it is up.
    local: Option<IpAddr>,
    stage: Stage,
    active: Instant,
    /// `None` once the connection is to end after what is queued.
    queue: Option<mpsc::Sender<Bytes>>,
    queued_bytes: Arc<AtomicUsize>,
    cut: Arc<Notify>,
}

/// The task's side of a connection.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) flow: FlowId,
    pub(crate) queue: mpsc::Receiver<Bytes>,
    pub(crate) queued_bytes: Arc<AtomicUsize>,
    /// Notified when the connection is to end at once.
    pub(crate) cut: Arc<Notify>,
}

/// What became of a new connection.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It has a number; `made_room` says that another one had to go.
    Admitted { place: Place, made_room: bool },
    /// All places are taken by phones.
    Full,
}

/// What became of a message for a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enqueued {
    /// It waits for the connection's task.
    Yes,
    /// There is no such connection.
    NoFlow,
    /// Its peer takes nothing: the connection ends.
    Overflow,
}

impl Flows {
    pub(crate) fn new(limits: Limits) -> Flows {
        Flows { limits, table: Mutex::default() }
    }

    /// Gives a new connection its number, making room where a limit is reached. `opened` says that we opened it.
    pub(crate) fn admit(&self, peer: Peer, opened: bool) -> Admission {
        let mut table = self.table();
        let source = source_of(peer.remote.ip());
        let from_there = |entry: &Entry| source_of(entry.peer.remote.ip()) == source;
        let crowd = table.open.values().filter(|entry| from_there(entry)).count();
        let mut made_room = false;
        if crowd >= self.limits.connections_per_address {
            if !table.cut_least_useful(Some(source)) {
                return Admission::Full;
            }
            made_room = true;
        } else if table.open.len() >= self.limits.connections {
            if !table.cut_least_useful(None) {
                return Admission::Full;
            }
            made_room = true;
        }
        Admission::Admitted { place: table.insert(peer, opened, self.limits.queued_messages), made_room }
    }

    /// Queues a message for a connection.
    pub(crate) fn enqueue(&self, flow: FlowId, bytes: Bytes) -> Enqueued {
        let mut table = self.table();
        let Some(entry) = table.open.get_mut(&flow) else { return Enqueued::NoFlow };
        let Some(queue) = &entry.queue else { return Enqueued::NoFlow };
        let length = bytes.len();
        let waiting = entry.queued_bytes.fetch_add(length, Ordering::Relaxed) + length;
        if waiting > self.limits.queued_bytes || queue.try_send(bytes).is_err() {
            entry.queue = None;
            entry.cut.notify_one();
            return Enqueued::Overflow;
        }
        Enqueued::Yes
    }

    /// The connection that we opened to this peer, where it is still up.
    pub(crate) fn opened_to(&self, peer: Peer) -> Option<FlowId> {
        self.table().opened.get(&peer).copied()
    }

    /// Notes that a connection carried a whole message or a keep-alive.
    pub(crate) fn note(&self, flow: FlowId, is_message: bool) {
        if let Some(entry) = self.table().open.get_mut(&flow) {
            entry.active = Instant::now();
            if is_message {
                entry.stage = entry.stage.max(Stage::Proven);
            }
        }
    }

    /// Keeps a connection for as long as a phone is registered over it.
    pub(crate) fn keep(&self, flow: FlowId, keep: bool) {
        if let Some(entry) = self.table().open.get_mut(&flow) {
            entry.stage = if keep { Stage::Kept } else { entry.stage.min(Stage::Proven) };
        }
    }

    /// When the connection carried anything last, and what it has shown of itself.
    pub(crate) fn look(&self, flow: FlowId) -> Option<(Stage, Instant)> {
        self.table().open.get(&flow).map(|entry| (entry.stage, entry.active))
    }

    /// Notes that a connection is up, and which address of ours it was made with.
    pub(crate) fn is_from(&self, flow: FlowId, local: IpAddr) {
        if let Some(entry) = self.table().open.get_mut(&flow) {
            entry.local = Some(local);
        }
    }

    /// The connections that were made with such an address of ours: the next message to their peers takes another.
    pub(crate) fn leave(&self, is_gone: impl Fn(IpAddr) -> bool) -> Vec<FlowId> {
        let Table { open, opened, .. } = &mut *self.table();
        let left = open.iter().filter(|(_, entry)| entry.local.is_some_and(&is_gone));
        let left: Vec<FlowId> = left.map(|(flow, _)| *flow).collect();
        opened.retain(|_, flow| !left.contains(flow));
        left
    }

    /// Ends these connections.
    pub(crate) fn cut(&self, flows: &[FlowId]) {
        let mut table = self.table();
        for flow in flows {
            if let Some(entry) = table.open.get_mut(flow) {
                entry.queue = None;
                entry.cut.notify_one();
            }
        }
    }

    /// Forgets a connection that has ended.
    pub(crate) fn remove(&self, flow: FlowId) {
        self.table().remove(flow);
    }

    pub(crate) fn count(&self) -> usize {
        self.table().open.len()
    }

    /// A panic elsewhere leaves the table whole: every change of it is one call of a map.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn insert(&mut self, peer: Peer, opened: bool, capacity: usize) -> Place {
        self.last += 1;
        let flow = FlowId(self.last);
        let (sender, queue) = mpsc::channel(capacity);
        let queued_bytes = Arc::new(AtomicUsize::new(0));
        let cut = Arc::new(Notify::new());
        self.open.insert(
            flow,
            Entry {
                peer,
                local: None,
                stage: if opened { Stage::Proven } else { Stage::Unproven },
                active: Instant::now(),
                queue: Some(sender),
                queued_bytes: Arc::clone(&queued_bytes),
                cut: Arc::clone(&cut),
            },
        );
        if opened {
            self.opened.insert(peer, flow);
        }
        Place { flow, queue, queued_bytes, cut }
    }

    fn remove(&mut self, flow: FlowId) -> Option<Entry> {
        let entry = self.open.remove(&flow)?;
        if self.opened.get(&entry.peer) == Some(&flow) {
            self.opened.remove(&entry.peer);
        }
        Some(entry)
    }

    /// Ends the connection that shows least: unproven before proven, the longest quiet first; a phone's never.
    fn cut_least_useful(&mut self, of: Option<IpAddr>) -> bool {
        let least = self
            .open
            .iter()
            .filter(|(_, entry)| entry.stage < Stage::Kept)
            .filter(|(_, entry)| of.is_none_or(|source| source_of(entry.peer.remote.ip()) == source))
            .min_by_key(|(_, entry)| (entry.stage, entry.active))
            .map(|(flow, _)| *flow);
        let Some(flow) = least else { return false };
        // It leaves the table at once, so that the limit counts what is left; its task still says that it closed.
        if let Some(entry) = self.remove(flow) {
            entry.cut.notify_one();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flows(total: usize, each: usize) -> Flows {
        Flows::new(Limits { connections: total, connections_per_address: each, ..Limits::default() })
    }

    fn from(ip: u8, port: u16) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, ip], port))
    }

    #[track_caller]
    fn admitted(flows: &Flows, remote: SocketAddr) -> Place {
        match flows.admit(Peer::at(remote), false) {
            Admission::Admitted { place, .. } => place,
            Admission::Full => panic!("{remote} was not admitted"),
        }
    }

    #[test]
    fn a_stranger_makes_room_for_a_new_connection_and_a_phone_never_does() {
        let flows = flows(3, 2);
        let phone = admitted(&flows, from(1, 1));
        flows.keep(phone.flow, true);
        let stranger = admitted(&flows, from(1, 2));
        let next = admitted(&flows, from(1, 3));
        assert!(flows.look(stranger.flow).is_none(), "the unproven one went");
        flows.keep(next.flow, true);
        assert!(matches!(flows.admit(Peer::at(from(1, 4)), false), Admission::Full));
        assert!(flows.look(phone.flow).is_some());
    }

    #[test]
    fn a_network_of_ipv6_has_the_share_of_one_address() {
        let flows = flows(9, 2);
        for host in 1..=4 {
            admitted(&flows, format!("[2001:db8:7:8::{host}]:5060").parse().expect("an address"));
        }
        admitted(&flows, "[2001:db8:7:9::1]:5060".parse().expect("an address"));
        assert_eq!(flows.count(), 3);
    }

    #[test]
    fn the_total_is_bounded_over_all_addresses() {
        let flows = flows(3, 2);
        for ip in 1..=9 {
            admitted(&flows, from(ip, 1));
        }
        assert_eq!(flows.count(), 3);
    }

    #[test]
    fn unproven_goes_before_proven() {
        let flows = flows(2, 2);
        let proven = admitted(&flows, from(1, 1));
        flows.note(proven.flow, true);
        let unproven = admitted(&flows, from(2, 1));
        admitted(&flows, from(3, 1));
        assert!(flows.look(proven.flow).is_some());
        assert!(flows.look(unproven.flow).is_none());
    }

    #[test]
    fn a_peer_that_takes_nothing_is_cut_off() {
        let limits = Limits { queued_bytes: 10, ..Limits::default() };
        let flows = Flows::new(limits);
        let place = admitted(&flows, from(1, 1));
        assert_eq!(flows.enqueue(place.flow, Bytes::from_static(b"12345678")), Enqueued::Yes);
        assert_eq!(flows.enqueue(place.flow, Bytes::from_static(b"12345678")), Enqueued::Overflow);
        assert_eq!(flows.enqueue(place.flow, Bytes::from_static(b"1")), Enqueued::NoFlow);
    }

    #[test]
    fn numbers_are_never_used_again() {
        let flows = flows(2, 2);
        let first = admitted(&flows, from(1, 1)).flow;
        flows.remove(first);
        assert_ne!(admitted(&flows, from(1, 1)).flow, first);
    }
}
