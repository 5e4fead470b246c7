//! The sockets under test, and what the engine would have seen of them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use bytes::Bytes;
use io::Sink;
use io::limits::Limits;
use io::line::Identity;
use io::open::{Listening, open};
use io::wire::Wire;
use sip::peer::SecurePeer;
use sip::transport::{Distrust, FlowId, Hop, Packet, Transmit, Transport};
use tokio::runtime::{Builder, Runtime};

/// How long any one event may take before the test fails.
pub const BOUND: Duration = Duration::from_secs(10);

pub const MESSAGE: &[u8] = b"OPTIONS sip:box SIP/2.0\r\nContent-Length: 4\r\n\r\nbody";

/// What reached the engine's side.
#[derive(Debug)]
pub enum Seen {
    Message(Packet),
    Closed(FlowId),
    Unreachable(Hop),
    Distrusted(Hop, Distrust),
}

pub struct Inbox {
    seen: Mutex<mpsc::Sender<Seen>>,
    pub is_full: AtomicBool,
    refused: Mutex<mpsc::Sender<()>>,
}

impl Sink for Inbox {
    fn message(&self, packet: &Packet) -> bool {
        if self.is_full.load(Ordering::SeqCst) {
            let _ = self.refused.lock().unwrap().send(());
            return false;
        }
        self.seen.lock().unwrap().send(Seen::Message(packet.clone())).is_ok()
    }

    fn closed(&self, flow: FlowId) {
        let _ = self.seen.lock().unwrap().send(Seen::Closed(flow));
    }

    fn unreachable(&self, hop: Hop) {
        let _ = self.seen.lock().unwrap().send(Seen::Unreachable(hop));
    }

    fn distrusted(&self, hop: Hop, why: Distrust) {
        let _ = self.seen.lock().unwrap().send(Seen::Distrusted(hop, why));
    }
}

pub struct Net {
    pub wire: Wire,
    pub address: SocketAddr,
    seen: mpsc::Receiver<Seen>,
    pub refused: mpsc::Receiver<()>,
    pub inbox: Arc<Inbox>,
    _runtime: Runtime,
}

pub fn net(limits: Limits) -> Net {
    net_on("127.0.0.1:0", limits)
}

pub fn net_on(address: &str, limits: Limits) -> Net {
    started(open(address.parse().unwrap(), limits.receive_buffer).unwrap(), None, limits)
}

pub fn started(listening: Listening, identity: Option<Identity>, limits: Limits) -> Net {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let address = listening.address;
    let ((sender, seen), (refusals, refused)) = (mpsc::channel(), mpsc::channel());
    let inbox =
        Arc::new(Inbox { seen: Mutex::new(sender), is_full: AtomicBool::new(false), refused: Mutex::new(refusals) });
    let wire = Wire::start(vec![listening], limits, inbox.clone(), identity, runtime.handle().clone()).unwrap();
    Net { wire, address, seen, refused, inbox, _runtime: runtime }
}

impl Net {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        stream
    }

    #[track_caller]
    pub fn message(&self) -> Packet {
        match self.seen.recv_timeout(BOUND).unwrap() {
            Seen::Message(packet) => packet,
            other => panic!("{other:?} instead of a message"),
        }
    }

    #[track_caller]
    pub fn closed(&self) -> FlowId {
        match self.seen.recv_timeout(BOUND).unwrap() {
            Seen::Closed(flow) => flow,
            other => panic!("{other:?} instead of an end"),
        }
    }

    #[track_caller]
    pub fn unreachable(&self) -> SocketAddr {
        match self.seen.recv_timeout(BOUND).unwrap() {
            Seen::Unreachable(Hop { flow: None, remote, .. }) => remote,
            other => panic!("{other:?} instead of a peer that cannot be reached"),
        }
    }

    #[track_caller]
    pub fn distrusted(&self) -> Distrust {
        match self.seen.recv_timeout(BOUND).unwrap() {
            Seen::Distrusted(Hop { flow: None, .. }, why) => why,
            other => panic!("{other:?} instead of a peer that is not believed"),
        }
    }

    /// Nothing reached the engine before the message that comes now, and all other connections are gone.
    #[track_caller]
    pub fn nothing_more(&self) {
        let (_peer, _) = self.proven();
        while self.wire.connections() > 1 {
            std::thread::yield_now();
        }
        assert!(self.seen.try_recv().is_err(), "nobody was told of that connection");
    }

    /// A connection that has carried a message, and its number.
    #[track_caller]
    pub fn proven(&self) -> (TcpStream, FlowId) {
        let mut peer = self.connect();
        peer.write_all(MESSAGE).unwrap();
        let flow = self.message().hop.flow.unwrap();
        (peer, flow)
    }

    pub fn send(&self, transport: Transport, remote: SocketAddr, flow: Option<FlowId>, bytes: &'static [u8]) {
        let hop = Hop { transport, local: self.address, remote, flow, proof: None };
        self.wire.send(Transmit { hop, bytes: Bytes::from_static(bytes) });
    }

    /// Sends to a peer within TLS, at its first address.
    pub fn send_to(&self, peer: &SecurePeer, bytes: &'static [u8]) {
        let (remote, proof) = (peer.addresses[0], Some(peer.proof));
        let hop = Hop { transport: Transport::Tls, local: self.address, remote, flow: None, proof };
        self.wire.send(Transmit { hop, bytes: Bytes::from_static(bytes) });
    }
}

#[track_caller]
pub fn expect(peer: &mut TcpStream, expected: &[u8]) {
    let mut read = vec![0; expected.len()];
    peer.read_exact(&mut read).unwrap();
    assert_eq!(read, expected);
}

#[track_caller]
pub fn expect_end(peer: &mut TcpStream) {
    let mut rest = Vec::new();
    match peer.read_to_end(&mut rest) {
        Ok(_) => assert_eq!(rest, b""),
        Err(e) => assert_eq!(e.kind(), std::io::ErrorKind::ConnectionReset),
    }
}
