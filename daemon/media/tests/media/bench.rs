//! A media thread on a test bench, and phones to plug in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use media::{Clock, Media, Settings};
use pbx::input::{LegId, MediaEvent};
use pbx::output::{MediaOrder, PlayId, Sound, Tone};
use rtp::packet::{Header, Packet};
use sip::sdp::{Agreed, Codec, Direction, TelephoneEvent};

/// What is waited for comes in milliseconds; a machine under load may take this long.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Bench {
    pub media: Media,
    pub clock: Clock,
    events: Receiver<MediaEvent>,
    unread: Vec<MediaEvent>,
    legs: u64,
}

/// A phone: two sockets, and what it has agreed with us.
pub struct Phone {
    pub leg: LegId,
    pub rtp: UdpSocket,
    pub rtcp: UdpSocket,
    /// Our end.
    pub server: SocketAddr,
    pub agreed: Agreed,
    pub next: Header,
}

impl Bench {
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        Self::watched(settings, |_| {})
    }

    /// With somebody whom the thread shows each event first, and for whom it waits.
    pub fn watched(settings: Settings, mut watch: impl FnMut(&MediaEvent) + Send + 'static) -> Self {
        let (sender, events) = sync_channel(1_000);
        let clock = settings.clock.clone();
        let mut sink = media::into_channel(sender);
        let sink = move |event| {
            watch(&event);
            sink(event)
        };
        let media = Media::start(settings, sink).unwrap();
        Self { media, clock, events, unread: Vec::new(), legs: 0 }
    }

    /// A phone with PCMU, keys as 101, both directions; configured.
    pub fn phone(&mut self) -> Phone {
        self.phone_with(|_| {})
    }

    pub fn phone_with(&mut self, change: impl FnOnce(&mut Agreed)) -> Phone {
        let mut phone = self.unconfigured_phone();
        change(&mut phone.agreed);
        self.configure(&phone);
        phone
    }

    pub fn unconfigured_phone(&mut self) -> Phone {
        self.legs += 1;
        let leg = LegId(self.legs);
        let (rtp, rtcp) = sockets();
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        self.media.order(MediaOrder::Open { leg, local: server });
        let agreed = Agreed {
            codec: Codec::Pcmu,
            send_payload_type: 0,
            receive_payload_type: 0,
            telephone_event: Some(TelephoneEvent { send_payload_type: 101, receive_payload_type: 101 }),
            remote: rtp.local_addr().unwrap(),
            remote_rtcp: rtcp.local_addr().unwrap(),
            direction: Direction::SendRecv,
            packet_ms: 20,
        };
        let next = Header {
            marker: false,
            payload_type: 0,
            sequence: 65_533,
            timestamp: 7_000,
            ssrc: 0xabc + self.legs as u32,
        };
        Phone { leg, rtp, rtcp, server, agreed, next }
    }

    pub fn configure(&mut self, phone: &Phone) {
        let signalled_from = IpAddr::V4(Ipv4Addr::LOCALHOST);
        self.media.order(MediaOrder::Configure { leg: phone.leg, agreed: phone.agreed.clone(), signalled_from });
        self.settle();
    }

    pub fn bridged(&mut self) -> (Phone, Phone) {
        let (a, b) = (self.phone(), self.phone());
        self.bridge(&a, &b);
        (a, b)
    }

    pub fn bridge(&mut self, a: &Phone, b: &Phone) {
        self.order(MediaOrder::Bridge { a: a.leg, b: b.leg });
    }

    pub fn play(&mut self, phone: &Phone, play: u64, tone: Tone, country: &str, limit_ms: u32) {
        let sound = Sound::Tone { tone, country: country.into(), limit_ms };
        self.order(MediaOrder::Play { leg: phone.leg, play: PlayId(play), sound });
    }

    /// Gives an order and waits until it is carried out.
    pub fn order(&mut self, order: MediaOrder) {
        self.media.order(order);
        self.settle();
    }

    /// Waits until all orders so far are carried out, and the packets before them: an impossible one behind them fails.
    /// Of several packets on one port the first is sure to be passed on.
    pub fn settle(&mut self) {
        let leg = LegId(u64::MAX);
        self.media.order(MediaOrder::Open { leg, local: ([127, 0, 0, 1], 0).into() });
        self.expect(|event| (*event == MediaEvent::Failed { leg }).then_some(()));
    }

    /// Moves the clock, after what was sent before, and lets the thread see it.
    pub fn advance(&mut self, by: Duration) {
        self.settle();
        self.clock.advance(by);
        self.settle();
    }

    /// Waits for an event; others stay unread.
    #[track_caller]
    pub fn expect<T>(&mut self, wanted: impl Fn(&MediaEvent) -> Option<T>) -> T {
        if let Some(index) = self.unread.iter().position(|event| wanted(event).is_some()) {
            return wanted(&self.unread.remove(index)).unwrap();
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let event =
                self.events.recv_timeout(left).unwrap_or_else(|_| panic!("not said; unread: {:?}", self.unread));
            match wanted(&event) {
                Some(found) => return found,
                None => self.unread.push(event),
            }
        }
    }

    /// Stops the thread; the events it said and that were not yet read.
    pub fn stop(&mut self) -> Vec<MediaEvent> {
        let idle = Media::start(Settings::default(), |_| Ok(())).unwrap();
        std::mem::replace(&mut self.media, idle).stop();
        self.unread.extend(self.events.try_iter());
        std::mem::take(&mut self.unread)
    }

    /// The events said so far and not yet read.
    pub fn unread(&mut self) -> Vec<MediaEvent> {
        self.settle();
        self.unread.extend(self.events.try_iter());
        std::mem::take(&mut self.unread)
    }
}

impl Phone {
    /// Sends the next packet.
    pub fn say(&mut self, payload_type: u8, payload: &[u8]) {
        let bytes = self.packet(payload_type, payload);
        self.rtp.send_to(&bytes, self.server).unwrap();
    }

    /// The next packet, not sent.
    pub fn packet(&mut self, payload_type: u8, payload: &[u8]) -> Vec<u8> {
        let header = Header { payload_type, ..self.next };
        self.next.sequence = self.next.sequence.wrapping_add(1);
        self.next.timestamp = self.next.timestamp.wrapping_add(160);
        let mut bytes = Vec::new();
        Packet { header, payload, ..Packet::default() }.print(&mut bytes).unwrap();
        bytes
    }

    /// Waits for the next packet.
    #[track_caller]
    pub fn hear(&self) -> (Header, Vec<u8>) {
        hear(&self.rtp)
    }

    /// Waits for the next report.
    #[track_caller]
    pub fn hear_report(&self) -> (Vec<rtp::rtcp::Report>, SocketAddr) {
        let mut buffer = [0; 2_000];
        let (length, from) = self.rtcp.recv_from(&mut buffer).expect("a report in time");
        (rtp::rtcp::parse(&buffer[..length]).unwrap(), from)
    }

    /// The next packet, if one is there.
    pub fn heard(&self) -> Option<(Header, Vec<u8>)> {
        let mut buffer = [0; 2_000];
        self.rtp.set_nonblocking(true).unwrap();
        let arrived = self.rtp.recv(&mut buffer).ok();
        self.rtp.set_nonblocking(false).unwrap();
        let packet = Packet::parse(&buffer[..arrived?]).unwrap();
        Some((packet.header, packet.payload.to_vec()))
    }

    #[track_caller]
    pub fn hears_nothing(&self) {
        assert_silent(&self.rtp);
    }
}

/// Waits for the next packet on a socket.
#[track_caller]
pub fn hear(socket: &UdpSocket) -> (Header, Vec<u8>) {
    let mut buffer = [0; 2_000];
    let length = socket.recv(&mut buffer).expect("a packet in time");
    let packet = Packet::parse(&buffer[..length]).unwrap();
    (packet.header, packet.payload.to_vec())
}

/// That nothing has arrived up to now.
#[track_caller]
pub fn assert_silent(socket: &UdpSocket) {
    socket.set_nonblocking(true).unwrap();
    let arrived = socket.recv(&mut [0; 2_000]);
    socket.set_nonblocking(false).unwrap();
    assert!(arrived.is_err(), "{} bytes arrived", arrived.unwrap());
}

/// A socket on some port of a loopback address.
pub fn socket_on(ip: [u8; 4]) -> UdpSocket {
    let socket = UdpSocket::bind((Ipv4Addr::from(ip), free_port())).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket
}

fn sockets() -> (UdpSocket, UdpSocket) {
    let port = free_port();
    let bind = |port: u16| {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket
    };
    (bind(port), bind(port + 1))
}

/// An even port that is free, as the one above it, on all loopback addresses; below those that the system gives out. Programs
/// that a test starts look for theirs where [`PORTS`] says, for two that look in one place take each other's.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let (first, room) = match std::env::var(PORTS) {
        Ok(first) => (first.parse().unwrap(), 200),
        Err(_) => (22_000, 8_000),
    };
    loop {
        let offset = NEXT.fetch_add(2, Ordering::Relaxed) % room;
        let port = first + (offset + (std::process::id() % 4_000) as u16 * 2) % room;
        if UdpSocket::bind(("0.0.0.0", port)).is_ok() && UdpSocket::bind(("0.0.0.0", port + 1)).is_ok() {
            return port;
        }
    }
}

/// The first of 200 ports of a program that a test starts; from 30 000 on.
pub const PORTS: &str = "BELLBOX_TEST_PORTS";
