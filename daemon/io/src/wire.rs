//! The one handle on all SIP sockets: starts them and sends on them. Nothing here ever waits.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use sip::peer::SecurePeer;
use sip::transport::{Distrust, FlowId, Hop, Transmit, Transport};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};

use crate::Sink;
use crate::counters::Counters;
use crate::flows::{Admission, Enqueued, Flows, Peer, Place};
use crate::limits::Limits;
use crate::line::{Identity, Line};
use crate::open::{self, Listening, Sockets};
use crate::stream::{Connection, Farewell, News, Shared};
use crate::trust::{self, Trust};
use crate::udp;

/// How long to wait after `accept` failed, which means that descriptors ran out: some will be free again by then.
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// Connections that have been cut to make room and still have their descriptor: their tasks notice within moments.
const CLOSING: usize = 64;

/// When the kernel asks a quiet peer whether it is still there, so that a phone that lost its power leaves the table.
const PROBE_AFTER: Duration = Duration::from_secs(60);

/// Sends on the SIP sockets. Lives as long as the runtime it was started on.
pub struct Wire {
    runtime: Handle,
    shared: Arc<Shared>,
    udp: BTreeMap<SocketAddr, udp::Outgoing>,
}

impl Wire {
    /// Starts the tasks of all listening sockets on `runtime`. What listens for TLS needs `identity`.
    pub fn start(
        listening: Vec<Listening>,
        limits: Limits,
        sink: Arc<dyn Sink>,
        identity: Option<Identity>,
        runtime: Handle,
    ) -> io::Result<Wire> {
        let counters = Arc::new(Counters::default());
        let descriptors = Arc::new(Semaphore::new(limits.connections.saturating_add(CLOSING)));
        let shared = Arc::new(Shared {
            limits,
            flows: Flows::new(limits),
            counters,
            sink,
            trust: Trust::default(),
            old_tls_said: Mutex::default(),
            descriptors,
        });
        let mut udp = BTreeMap::new();
        let _inside = runtime.enter();
        for one in listening {
            let (datagrams, listener) = match one.sockets {
                Sockets::Tls(listener) => {
                    let no_identity = || io::Error::other("TLS needs a certificate");
                    let identity = identity.clone().ok_or_else(no_identity)?;
                    let listener = TcpListener::from_std(listener)?;
                    runtime.spawn(accept(listener, one.address, Some(identity), Arc::clone(&shared)));
                    continue;
                }
                Sockets::Both(datagrams, listener) => (datagrams, listener),
            };
            let socket = Arc::new(UdpSocket::from_std(datagrams)?);
            let (sender, queue) = mpsc::channel(limits.queued_datagrams);
            let (sink, counters) = (Arc::clone(&shared.sink), Arc::clone(&shared.counters));
            runtime.spawn(udp::receive(Arc::clone(&socket), one.address, sink, Arc::clone(&counters)));
            runtime.spawn(udp::send(Arc::clone(&socket), queue, counters));
            udp.insert(one.address, udp::Outgoing::new(socket, sender));
            runtime.spawn(accept(TcpListener::from_std(listener)?, one.address, None, Arc::clone(&shared)));
        }
        drop(_inside);
        Ok(Wire { runtime, shared, udp })
    }

    /// Sends a message, or drops it where its way is gone or full: transactions notice and say so.
    pub fn send(&self, transmit: Transmit) {
        let sent = match (transmit.hop.transport, transmit.hop.flow) {
            (Transport::Udp, _) => {
                self.udp_for(&transmit.hop).is_some_and(|udp| udp.send(transmit, &self.shared.counters))
            }
            (Transport::Tcp | Transport::Tls, Some(flow)) => self.enqueue(flow, transmit.bytes),
            (Transport::Tcp, None) => self.send_on_own_connection(transmit),
            (Transport::Tls, None) if self.may_open(Peer::of(&transmit.hop)) => self.send_on_own_connection(transmit),
            // Whoever else comes by TLS is no TLS server: a phone has no certificate that anybody could check.
            (Transport::Tls, None) => {
                self.shared.sink.unreachable(transmit.hop);
                false
            }
        };
        if !sent {
            self.shared.counters.unsent.add();
        }
    }

    /// Says whom connections within TLS may be opened to from here on. Those that are open go on, and carry what is for whom
    /// they proved.
    pub fn trust(&self, peers: Arc<Vec<SecurePeer>>) {
        self.shared.trust.set(peers);
    }

    /// Says which addresses the machine has from here on: connections that were made with another are dead, though neither
    /// side could say so, and are closed. `tell` says it to the engine in between, when no message takes them any more: it hears
    /// of the address before it hears of their ends, and knows why.
    pub fn has_addresses(&self, is_own: impl Fn(IpAddr) -> bool, tell: impl FnOnce()) {
        let left = self.shared.flows.leave(|local| !is_own(local));
        tell();
        self.shared.flows.cut(&left);
    }

    /// Says that a phone is registered over a connection, or no longer: only such a connection may be quiet for ever
    /// and is never closed to make room.
    pub fn keep(&self, flow: FlowId, keep: bool) {
        self.shared.flows.keep(flow, keep);
    }

    /// The sums since the start.
    pub fn counters(&self) -> Arc<Counters> {
        Arc::clone(&self.shared.counters)
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.shared.flows.count()
    }

    fn enqueue(&self, flow: FlowId, bytes: Bytes) -> bool {
        match self.shared.flows.enqueue(flow, bytes) {
            Enqueued::Yes => true,
            Enqueued::NoFlow => false,
            Enqueued::Overflow => {
                self.shared.counters.slow_closed.add();
                log::warn!("flow {}: closed, its peer takes nothing", flow.0);
                false
            }
        }
    }

    /// Whether we speak TLS with it, or still do.
    fn may_open(&self, peer: Peer) -> bool {
        self.shared.trust.of(peer).is_some() || self.shared.flows.opened_to(peer).is_some()
    }

    fn send_on_own_connection(&self, transmit: Transmit) -> bool {
        let (hop, peer) = (transmit.hop, Peer::of(&transmit.hop));
        if let Some(flow) = self.shared.flows.opened_to(peer)
            && self.shared.flows.enqueue(flow, transmit.bytes.clone()) == Enqueued::Yes
        {
            return true;
        }
        let descriptor = Arc::clone(&self.shared.descriptors).try_acquire_owned().ok();
        let admitted = descriptor.and_then(|descriptor| Some((descriptor, admit(&self.shared, peer, true)?)));
        let Some((descriptor, place)) = admitted else {
            self.shared.sink.unreachable(hop);
            return false;
        };
        let flow = place.flow;
        let (shared, news) = (Arc::clone(&self.shared), News::Unreachable(hop));
        self.runtime.spawn(connect(hop, place, Farewell { shared, flow, news, _descriptor: descriptor }));
        self.enqueue(flow, transmit.bytes)
    }

    /// The socket of the address that the message is to leave from, or that of its port on every address; else any of the
    /// peer's family.
    fn udp_for(&self, hop: &Hop) -> Option<&udp::Outgoing> {
        let any: IpAddr =
            if hop.remote.is_ipv6() { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() };
        let open_everywhere = SocketAddr::new(any, hop.local.port());
        self.udp.get(&hop.local).or_else(|| self.udp.get(&open_everywhere)).or_else(|| {
            let same_family = |local: &SocketAddr| local.is_ipv6() == hop.remote.is_ipv6();
            self.udp.iter().find(|(local, _)| same_family(local)).map(|(_, udp)| udp)
        })
    }
}

async fn accept(listener: TcpListener, local: SocketAddr, identity: Option<Identity>, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, remote)) => {
                let Ok(descriptor) = Arc::clone(&shared.descriptors).acquire_owned().await else { return };
                if let Some(place) = admit(&shared, Peer::at(remote), false) {
                    let farewell = Farewell {
                        shared: Arc::clone(&shared),
                        flow: place.flow,
                        news: News::Nothing,
                        _descriptor: descriptor,
                    };
                    match secured(stream, identity.as_ref()) {
                        Ok(line) => drop(tokio::spawn(serve(line, local, Peer::at(remote), place, farewell))),
                        Err(e) => log::error!("tls {local}: {e}"),
                    }
                }
            }
            Err(e) => {
                log::warn!("sip {local}: accept: {e}");
                tokio::time::sleep(AFTER_ACCEPT_ERROR).await;
            }
        }
    }
}

/// Opens a connection that a message waits for; when it fails, its peer is said to be unreachable.
async fn connect(hop: Hop, place: Place, farewell: Farewell) {
    let (Hop { local, remote, .. }, shared) = (hop, Arc::clone(&farewell.shared));
    match tokio::time::timeout(shared.limits.connect, TcpStream::connect(remote)).await {
        Ok(Ok(stream)) => {
            open::mark(&SockRef::from(&stream), remote.is_ipv6());
            match opened(&shared, hop, stream).await {
                Ok(line) => serve(line, local, Peer::of(&hop), place, farewell).await,
                Err(why) => {
                    log::warn!("flow {} to {remote}: {why:?}", place.flow.0);
                    shared.sink.distrusted(hop, why);
                }
            }
        }
        Ok(Err(e)) => log::warn!("flow {} to {remote}: connect: {e}", place.flow.0),
        Err(_) => log::warn!("flow {} to {remote}: connect: no answer", place.flow.0),
    }
}

/// A connection that we opened, within TLS where that is its way.
async fn opened(shared: &Shared, hop: Hop, stream: TcpStream) -> Result<Line, Distrust> {
    if hop.transport != Transport::Tls {
        return Ok(Line::plain(stream));
    }
    let peer = shared.trust.of(Peer::of(&hop)).ok_or(Distrust::NoTls)?;
    let session = tokio::task::spawn_blocking(move || trust::session(&peer)).await;
    Ok(Line::tls_opened(stream, session.map_err(|_| Distrust::NoTls)??))
}

fn secured(stream: TcpStream, identity: Option<&Identity>) -> Result<Line, rustls::Error> {
    match identity {
        Some(identity) => Line::tls(stream, identity()),
        None => Ok(Line::plain(stream)),
    }
}

async fn serve(line: Line, said: SocketAddr, peer: Peer, place: Place, farewell: Farewell) {
    // The port is the one that we listen at, the address the one that this connection has.
    let own = line.stream().local_addr().map_or(said.ip(), |local| local.ip().to_canonical());
    let local = SocketAddr::new(own, said.port());
    farewell.shared.flows.is_from(place.flow, own);
    let probes = TcpKeepalive::new().with_time(PROBE_AFTER).with_interval(PROBE_AFTER / 4).with_retries(4);
    if let Err(e) = SockRef::from(line.stream()).set_tcp_keepalive(&probes) {
        log::debug!("flow {}: no keep-alive probes: {e}", place.flow.0);
    }
    Connection::new(line, local, peer, place, farewell).run().await;
}

fn admit(shared: &Shared, peer: Peer, opened: bool) -> Option<Place> {
    match shared.flows.admit(peer, opened) {
        Admission::Admitted { place, made_room } => {
            shared.counters.connections.add();
            if made_room {
                shared.counters.connections_over_limit.add();
            }
            log::debug!("flow {}: connection with {}", place.flow.0, peer.remote);
            Some(place)
        }
        Admission::Full => {
            shared.counters.connections_over_limit.add();
            log::warn!("connection from {} refused: all places are taken by registered phones", peer.remote);
            None
        }
    }
}
