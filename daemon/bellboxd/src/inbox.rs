//! The engine's queue, in three lanes, so that a flood of strangers neither fills the memory nor delays the phones.

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pbx::input::Input;
use sip::junk::{Junk, JunkFigures};
use sip::peer::Place;
use sip::transport::{Distrust, FlowId, Hop, Packet};

/// Messages of registered phones and of trunks that wait. Four for each of 1 000 phones: more than all of them send at once.
pub const KNOWN_WAITING: usize = 4096;

/// Messages of anyone else that wait: at some 50 us each, 50 ms of work, a tenth of the first retransmission interval
/// (T1, RFC 3261 §17.1.1.1); and every phone of the largest office that comes back after a power failure.
pub const STRANGERS_WAITING: usize = 1024;

/// How many strangers' messages are handled before the other lanes are looked at again: 2 ms.
const STRANGERS_AT_ONCE: usize = 32;

/// The queue. Events other than messages are never dropped: they are as many as there are ports, connections, asks
/// and orders, each of which has its own limit.
#[derive(Debug)]
pub struct Inbox {
    started: Instant,
    lanes: Mutex<Lanes>,
    filled: Condvar,
}

#[derive(Debug, Default)]
struct Lanes {
    events: VecDeque<Input>,
    known: VecDeque<Packet>,
    /// Messages, and the ends of connections, which must not overtake what came on them: every message that was offered
    /// before such an end is taken before it, from whichever lane.
    strangers: VecDeque<Input>,
    /// Where registered phones send from; as many as there are bindings.
    sources: BTreeSet<SocketAddr>,
    /// Where trunks are, of which an office has a few.
    trunks: Arc<Vec<Place>>,
    waiting_since: Option<Instant>,
    /// Messages that were refused, for those who look.
    dropped: Junk,
    is_closed: bool,
}

/// What [`Inbox::take`] brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Inputs, or none because the deadline came.
    Some,
    /// Nothing more will come.
    Closed,
}

impl Inbox {
    /// Adds an event.
    pub fn push(&self, input: Input) {
        let mut lanes = self.lanes();
        lanes.events.push_back(input);
        self.added(lanes);
    }

    /// Adds a message; `false` where its lane is full.
    pub fn offer(&self, packet: &Packet) -> bool {
        let mut lanes = self.lanes();
        let is_known = lanes.sources.contains(&packet.hop.remote)
            || lanes.trunks.iter().any(|trunk| trunk.sends_from(&packet.hop));
        if is_known && lanes.known.len() < KNOWN_WAITING {
            lanes.known.push_back(packet.clone());
        } else if !is_known && lanes.strangers.len() < STRANGERS_WAITING {
            lanes.strangers.push_back(Input::Datagram(packet.clone()));
        } else {
            lanes.dropped.note(self.started.elapsed(), packet.hop.remote.ip());
            return false;
        }
        self.added(lanes);
        true
    }

    /// Adds the end of a connection behind its messages. It is never refused: there is one for each connection that
    /// brought a message, and connections have a limit.
    fn close_flow(&self, flow: FlowId) {
        let mut lanes = self.lanes();
        lanes.strangers.push_back(Input::FlowClosed(flow));
        self.added(lanes);
    }

    /// Says from where registered phones send.
    pub fn know(&self, sources: BTreeSet<SocketAddr>) {
        self.lanes().sources = sources;
    }

    /// Says where trunks are: their calls come in while strangers fill the queue.
    pub fn know_trunks(&self, trunks: Arc<Vec<Place>>) {
        self.lanes().trunks = trunks;
    }

    /// Ends the queue: what waits is still taken.
    pub fn close(&self) {
        self.lanes().is_closed = true;
        self.filled.notify_one();
    }

    /// Moves what waits into `batch`, events first, then phones, then some strangers; waits for it until `deadline`.
    pub fn take(&self, deadline: Option<Instant>, batch: &mut Vec<Input>) -> Taken {
        let mut lanes = self.lanes();
        while lanes.is_empty() {
            if lanes.is_closed {
                return Taken::Closed;
            }
            lanes = match deadline {
                None => self.filled.wait(lanes).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let Some(rest) = deadline.checked_duration_since(Instant::now()).filter(|rest| !rest.is_zero())
                    else {
                        return Taken::Some;
                    };
                    self.filled.wait_timeout(lanes, rest).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        batch.extend(lanes.events.drain(..));
        batch.extend(lanes.known.drain(..).map(Input::Datagram));
        let some = lanes.strangers.len().min(STRANGERS_AT_ONCE);
        batch.extend(lanes.strangers.drain(..some));
        lanes.waiting_since = (!lanes.is_empty()).then(Instant::now);
        Taken::Some
    }

    /// How many messages are refused.
    pub fn dropped(&self) -> JunkFigures {
        self.lanes().dropped.figures(self.started.elapsed())
    }

    /// How long something has waited without the engine having come by.
    pub fn waiting_for(&self) -> Duration {
        self.lanes().waiting_since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn added(&self, mut lanes: MutexGuard<'_, Lanes>) {
        lanes.waiting_since.get_or_insert_with(Instant::now);
        drop(lanes);
        self.filled.notify_one();
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Inbox {
    fn default() -> Inbox {
        Inbox { started: Instant::now(), lanes: Mutex::default(), filled: Condvar::new() }
    }
}

impl Lanes {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.known.is_empty() && self.strangers.is_empty()
    }
}

impl io::Sink for Inbox {
    fn message(&self, packet: &Packet) -> bool {
        self.offer(packet)
    }

    fn closed(&self, flow: FlowId) {
        self.close_flow(flow);
    }

    fn unreachable(&self, hop: Hop) {
        self.push(Input::Unreachable(hop));
    }

    fn distrusted(&self, hop: Hop, why: Distrust) {
        self.push(Input::Distrusted(hop, why));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes_of::packet;

    mod bytes_of {
        use sip::transport::{Hop, Packet, Transport};

        pub fn packet(port: u16) -> Packet {
            let hop = Hop {
                transport: Transport::Udp,
                local: ([127, 0, 0, 1], 5060).into(),
                remote: ([127, 0, 0, 1], port).into(),
                flow: None,
                proof: None,
            };
            Packet { hop, bytes: Default::default() }
        }
    }

    fn ports(batch: &[Input]) -> Vec<u16> {
        let port = |input: &Input| match input {
            Input::Datagram(packet) => packet.hop.remote.port(),
            _ => 0,
        };
        batch.iter().map(port).collect()
    }

    #[test]
    fn events_come_first_then_phones_then_some_strangers() {
        let inbox = Inbox::default();
        inbox.know([packet(1).hop.remote].into());
        for _ in 0..STRANGERS_AT_ONCE + 1 {
            assert!(inbox.offer(&packet(9)));
        }
        assert!(inbox.offer(&packet(1)));
        inbox.push(Input::Tick);
        let mut batch = Vec::new();
        assert_eq!(inbox.take(None, &mut batch), Taken::Some);
        assert_eq!(ports(&batch)[..3], [0, 1, 9]);
        assert_eq!(batch.len(), 2 + STRANGERS_AT_ONCE);
        assert_eq!(inbox.take(None, &mut batch), Taken::Some);
        assert_eq!(batch.len(), 3 + STRANGERS_AT_ONCE);
    }

    #[test]
    fn strangers_fill_their_own_lane_only() {
        let inbox = Inbox::default();
        inbox.know([packet(1).hop.remote].into());
        while inbox.offer(&packet(9)) {}
        assert!(inbox.offer(&packet(1)));
        assert!(!inbox.offer(&packet(9)));
        assert_eq!(inbox.dropped().per_minute, 2, "what is refused has a figure");
    }

    #[test]
    fn a_trunk_is_heard_while_strangers_fill_their_lane() {
        let inbox = Inbox::default();
        let own = Place { addresses: vec![packet(5060).hop.remote], sources: Vec::new(), proof: None };
        while inbox.offer(&packet(9)) {}
        assert!(!inbox.offer(&packet(5060)), "not known yet");
        inbox.know_trunks(Arc::new(vec![own.clone()]));
        assert!(inbox.offer(&packet(5060)));
        assert!(!inbox.offer(&packet(5061)), "on UDP another port is another sender");
        let anywhere = Place { sources: vec![packet(1).hop.remote.ip()], ..own };
        inbox.know_trunks(Arc::new(vec![anywhere]));
        assert!(inbox.offer(&packet(5061)), "its office file says that it sends from there");
        inbox.know_trunks(Arc::default());
        assert!(!inbox.offer(&packet(5060)), "the trunk was removed");
        let mut batch = Vec::new();
        assert_eq!(inbox.take(None, &mut batch), Taken::Some);
        assert_eq!(ports(&batch)[..3], [5060, 5061, 9]);
    }

    #[test]
    fn a_connection_closes_behind_its_own_messages() {
        let on_flow = |port| {
            let mut packet = packet(port);
            packet.hop.flow = Some(FlowId(7));
            packet
        };
        let inbox = Inbox::default();
        // The phone registers in the middle: its messages are in both lanes.
        assert!((0..=STRANGERS_AT_ONCE).all(|_| inbox.offer(&on_flow(1))));
        inbox.know([packet(1).hop.remote].into());
        assert!(inbox.offer(&on_flow(1)));
        io::Sink::closed(&inbox, FlowId(7));
        let mut batch = Vec::new();
        while batch.len() < STRANGERS_AT_ONCE + 3 {
            assert_eq!(inbox.take(None, &mut batch), Taken::Some);
        }
        assert!(matches!(batch.last(), Some(Input::FlowClosed(FlowId(7)))), "the last of all");
    }

    #[test]
    fn a_deadline_that_has_come_brings_nothing_and_a_closed_queue_ends() {
        let inbox = Inbox::default();
        let mut batch = Vec::new();
        assert_eq!(inbox.take(Some(Instant::now()), &mut batch), Taken::Some);
        inbox.push(Input::Tick);
        inbox.close();
        assert_eq!(inbox.take(None, &mut batch), Taken::Some);
        assert_eq!(batch.len(), 1);
        assert_eq!(inbox.take(None, &mut batch), Taken::Closed);
    }
}
