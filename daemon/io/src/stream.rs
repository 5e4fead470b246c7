//! One TCP or TLS connection: framing, keep-alives, and the deadlines by which a peer must have done its part.
//!
//! ```text
//! unproven --whole message--> proven --phone registers--> kept
//!    |  half_open                | quiet                    | (until the peer goes)
//!    +---------------------------+----> closed <------------+  any: slow_write, unframed, cut
//! ```

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, Bytes};
use sip::message::{Framed, Framer};
use sip::transport::{FlowId, Hop, Packet, Transport};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use crate::Sink;
use crate::counters::Counters;
use crate::flows::{Flows, Peer, Place, Stage};
use crate::limits::Limits;
use crate::line::Line;
use crate::trust::{self, Trust};

/// What one reading takes at most; a stack buffer, so that a thousand idle connections cost no memory for it.
const READ_AT_ONCE: usize = 4096;

/// How many pongs may wait; a peer that pings without reading needs no more.
const PONGS: usize = 4;

/// How often a connection that we opened says that it lives where it says nothing else (RFC 5626 §4.4.1: 95 to 120 s over
/// connections): a NAT on the way keeps it, and calls come by it.
const PING_EVERY: Duration = Duration::from_secs(100);

const PING: &[u8] = b"\r\n\r\n";

/// How often a connection looks whether the engine's queue has room again.
const LOOK_FOR_ROOM: Duration = Duration::from_millis(5);

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) limits: Limits,
    pub(crate) flows: Flows,
    pub(crate) counters: Arc<Counters>,
    pub(crate) sink: Arc<dyn Sink>,
    pub(crate) trust: Trust,
    /// When it was last said that a phone's TLS is too old.
    pub(crate) old_tls_said: Mutex<Option<Instant>>,
    /// One for each task of a connection: those that were cut keep their descriptor until they have noticed.
    pub(crate) descriptors: Arc<Semaphore>,
}

/// How often it is said at most that a phone's TLS is too old: it tries again and again, and so can anybody.
const OLD_TLS_SAID_EVERY: Duration = Duration::from_secs(60);

impl Shared {
    /// A phone is refused that offers TLS 1.1 at best (RFC 8996): whoever looks why it does not register reads what to do.
    fn refuses_old_tls(&self, remote: SocketAddr) {
        self.counters.old_tls_refused.add();
        let (mut said, now) = (self.old_tls_said.lock().unwrap_or_else(PoisonError::into_inner), Instant::now());
        if said.is_none_or(|said| now.duration_since(said) >= OLD_TLS_SAID_EVERY) {
            *said = Some(now);
            log::warn!(
                "phone at {remote}: refused, it knows no TLS that is safe, as 1.2 is: update its software, or have it register by TCP"
            );
        }
    }
}

/// One connection and what is known of it.
pub(crate) struct Connection {
    line: Line,
    hop: Hop,
    place: Place,
    shared: Arc<Shared>,
    farewell: Farewell,
    framer: Framer,
    /// How much of the message that began is here, line ends aside: those alone begin none.
    begun_bytes: usize,
    out: VecDeque<Bytes>,
    /// No more will be queued: end once everything is written.
    is_finishing: bool,
    /// By when the message that is due must be whole; `None` when none is due.
    message_due: Option<Instant>,
    /// By when the peer must have taken what is being written.
    write_due: Option<Instant>,
    quiet_due: Instant,
    /// When we ping; `None` on connections that came.
    ping_due: Option<Instant>,
}

/// Why a connection ends.
#[derive(Debug)]
enum End {
    ByPeer,
    ByUs,
    HalfOpen,
    Quiet,
    Slow,
    Unframed,
    Failed(io::Error),
}

/// What the end of a connection means to the engine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum News {
    /// It never heard of it.
    Nothing,
    /// We opened it for messages, and the peer has said nothing.
    Unreachable(Hop),
    /// It has brought messages.
    Closed,
}

/// Says that the flow closed however its task ends.
pub(crate) struct Farewell {
    pub(crate) shared: Arc<Shared>,
    pub(crate) flow: FlowId,
    pub(crate) news: News,
    /// Given back when the connection's descriptor is.
    pub(crate) _descriptor: OwnedSemaphorePermit,
}

impl Drop for Farewell {
    fn drop(&mut self) {
        self.shared.flows.remove(self.flow);
        match self.news {
            News::Nothing => {}
            News::Unreachable(hop) => self.shared.sink.unreachable(hop),
            News::Closed => self.shared.sink.closed(self.flow),
        }
    }
}

impl Connection {
    pub(crate) fn new(line: Line, local: SocketAddr, peer: Peer, place: Place, farewell: Farewell) -> Connection {
        let shared = Arc::clone(&farewell.shared);
        // Only fails on a socket that is already dead, which the first reading will tell.
        let _ = line.stream().set_nodelay(true);
        let now = Instant::now();
        let proven = shared.flows.look(place.flow).is_some_and(|(stage, _)| stage >= Stage::Proven);
        let transport = if line.is_tls() { Transport::Tls } else { Transport::Tcp };
        let is_opened = matches!(farewell.news, News::Unreachable(_));
        // Whom we opened TLS to must bring something too: a handshake that never ends is no connection.
        let must_say = !proven || is_opened && line.is_tls();
        Connection {
            line,
            hop: Hop { transport, local, remote: peer.remote, flow: Some(place.flow), proof: peer.proof },
            message_due: must_say.then(|| now + shared.limits.half_open),
            ping_due: is_opened.then(|| now + PING_EVERY),
            write_due: None,
            quiet_due: now + shared.limits.quiet,
            place,
            shared,
            farewell,
            framer: Framer::new(),
            begun_bytes: 0,
            out: VecDeque::new(),
            is_finishing: false,
        }
    }

    /// Serves the connection to its end.
    pub(crate) async fn run(mut self) {
        let end = self.serve().await;
        let counters = &self.shared.counters;
        match &end {
            End::HalfOpen => counters.half_open_closed.add(),
            End::Slow => counters.slow_closed.add(),
            End::Unframed => counters.unframed_closed.add(),
            End::Failed(e) => self.failed(e),
            End::ByPeer | End::ByUs | End::Quiet => {}
        }
        log::debug!("flow {} from {}: ended: {end:?}", self.place.flow.0, self.hop.remote);
    }

    fn failed(&self, error: &io::Error) {
        log::debug!("flow {}: {error}", self.place.flow.0);
        let flaw = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match (flaw, self.farewell.news) {
            (Some(flaw), News::Unreachable(hop)) => {
                log::warn!("flow {} to {}: {flaw}", self.place.flow.0, hop.remote);
                self.shared.sink.distrusted(hop, trust::explain(flaw));
            }
            (Some(flaw), _) if trust::is_old(flaw) => self.shared.refuses_old_tls(self.hop.remote),
            _ => {}
        }
    }

    async fn serve(&mut self) -> End {
        loop {
            let has_written = self.out.is_empty() && !self.line.wants_write();
            if self.is_finishing && has_written {
                self.line.shutdown().await;
                return End::ByUs;
            }
            let due = self.next_deadline();
            let may_take = self.out.is_empty() && !self.is_finishing;
            let (line, queue) = (&self.line, &mut self.place.queue);
            tokio::select! {
                () = self.place.cut.notified() => return End::ByUs,
                ready = line.readable() => {
                    if let Err(end) = flat(ready, self.read().await) { return end; }
                }
                ready = line.stream().writable(), if !has_written => {
                    if let Err(end) = flat(ready, self.write()) { return end; }
                }
                next = queue.recv(), if may_take => match next {
                    Some(bytes) => {
                        self.place.queued_bytes.fetch_sub(bytes.len(), Ordering::Relaxed);
                        self.push(bytes);
                    }
                    None => self.is_finishing = true,
                },
                () = sleep_until(due) => {
                    if let Some(end) = self.overdue() { return end; }
                }
            }
        }
    }

    async fn read(&mut self) -> Result<(), End> {
        {
            let mut buffer = [0; READ_AT_ONCE];
            match self.line.try_read(&mut buffer) {
                Ok(0) => return Err(End::ByPeer),
                Ok(count) => {
                    let bytes = buffer.get(..count).unwrap_or_default();
                    self.framer.push(bytes);
                    if self.ping_due.is_some() {
                        self.shared.flows.note(self.place.flow, false);
                    }
                    self.begun_bytes += count_of_text(bytes);
                }
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(e) => return Err(End::Failed(e)),
            }
        }
        let mut whole = false;
        // However many messages came at once, they wait for room together.
        let until = Instant::now() + self.shared.limits.wait_for_room;
        loop {
            match self.framer.next_framed() {
                Ok(Some(Framed::Message(bytes))) => {
                    whole = true;
                    self.begun_bytes = self.begun_bytes.saturating_sub(count_of_text(&bytes));
                    self.deliver(bytes, until).await?;
                }
                Ok(Some(Framed::Ping)) => self.pong(),
                Ok(None) => break,
                Err(e) => {
                    log::warn!("flow {} from {}: {e}", self.place.flow.0, self.hop.remote);
                    return Err(End::Unframed);
                }
            }
        }
        self.set_message_due(whole);
        Ok(())
    }

    /// A message that began must become whole; the deadline runs from its first byte and is not moved by more bytes.
    fn set_message_due(&mut self, whole: bool) {
        if self.message_due.is_some() && !whole {
            return;
        }
        self.message_due = (self.begun_bytes > 0).then(|| Instant::now() + self.shared.limits.half_open);
    }

    async fn deliver(&mut self, bytes: Bytes, until: Instant) -> Result<(), End> {
        self.shared.counters.received.add();
        self.shared.flows.note(self.place.flow, true);
        let packet = Packet { hop: self.hop, bytes };
        while !self.shared.sink.message(&packet) {
            if Instant::now() >= until {
                self.shared.counters.dropped.add();
                return Err(End::ByUs);
            }
            tokio::select! {
                () = self.place.cut.notified() => return Err(End::ByUs),
                () = tokio::time::sleep(LOOK_FOR_ROOM) => {}
            }
        }
        self.farewell.news = News::Closed;
        Ok(())
    }

    /// Answers a keep-alive (RFC 5626 §4.4.1).
    fn pong(&mut self) {
        self.shared.flows.note(self.place.flow, false);
        if self.out.len() < PONGS {
            self.push(Bytes::from_static(b"\r\n"));
        }
    }

    fn push(&mut self, bytes: Bytes) {
        if bytes.is_empty() {
            return;
        }
        self.out.push_back(bytes);
        self.write_due.get_or_insert_with(|| Instant::now() + self.shared.limits.slow_write);
    }

    fn write(&mut self) -> Result<(), End> {
        while let Some(front) = self.out.front_mut() {
            match self.line.try_write(front) {
                Ok(0) => return Err(End::ByPeer),
                Ok(count) => {
                    front.advance(count);
                    self.write_due = Some(Instant::now() + self.shared.limits.slow_write);
                    if front.is_empty() {
                        self.out.pop_front();
                        self.shared.counters.sent.add();
                    }
                }
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(e) => return Err(End::Failed(e)),
            }
        }
        match self.line.flush() {
            Ok(()) => self.write_due = None,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
            Err(e) => return Err(End::Failed(e)),
        }
        Ok(())
    }

    fn next_deadline(&self) -> Instant {
        [self.message_due, self.write_due, self.ping_due].into_iter().flatten().fold(self.quiet_due, Instant::min)
    }

    fn overdue(&mut self) -> Option<End> {
        let now = Instant::now();
        if self.write_due.is_some_and(|due| due <= now) {
            return Some(End::Slow);
        }
        if self.message_due.is_some_and(|due| due <= now) {
            return Some(End::HalfOpen);
        }
        if self.ping_due.is_some_and(|due| due <= now) {
            self.ping_due = Some(now + PING_EVERY);
            self.push(Bytes::from_static(PING));
        }
        if self.quiet_due > now {
            return None;
        }
        let quiet = self.shared.limits.quiet;
        let Some((stage, active)) = self.shared.flows.look(self.place.flow) else { return Some(End::ByUs) };
        self.quiet_due = match stage {
            Stage::Kept => now + quiet,
            Stage::Unproven | Stage::Proven => Instant::from_std(active) + quiet,
        };
        (self.quiet_due <= now).then_some(End::Quiet)
    }
}

/// How many bytes are no line end, as the framer skips them between messages.
fn count_of_text(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| !matches!(b, b'\r' | b'\n' | 0)).count()
}

fn flat(ready: io::Result<()>, done: Result<(), End>) -> Result<(), End> {
    ready.map_err(End::Failed)?;
    done
}
