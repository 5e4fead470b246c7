//! Junk as fast as an attacker sends it, from one address that no phone has: random bytes, requests of strangers, and messages
//! with a byte or two turned over.

use std::net::UdpSocket;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use office::dice::Dice;

/// Packets that go at once, every [`TICK`]: 10 000 a second.
const AT_ONCE: u32 = 50;
const TICK: Duration = Duration::from_millis(5);

/// A flood that lasts until it is dropped.
pub struct Flood {
    goes_on: Arc<AtomicBool>,
    sent: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
    since: Instant,
}

impl Flood {
    /// Begins one against this port of loopback.
    #[track_caller]
    pub fn begins(port: u16) -> Self {
        let socket = UdpSocket::bind("127.0.0.66:0").expect("all of 127 is loopback");
        socket.connect(("127.0.0.1", port)).expect("it is loopback");
        let (goes_on, sent) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicU64::new(0)));
        let (flag, count) = (Arc::clone(&goes_on), Arc::clone(&sent));
        let thread = std::thread::spawn(move || floods(&socket, port, &flag, &count));
        Self { goes_on, sent, thread: Some(thread), since: Instant::now() }
    }

    /// How many packets have gone so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// How many go in a second.
    pub fn per_second(&self) -> f64 {
        self.sent() as f64 / self.since.elapsed().as_secs_f64()
    }
}

impl Drop for Flood {
    fn drop(&mut self) {
        self.goes_on.store(false, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // Its panic was shown when it happened.
            let _ = thread.join();
        }
    }
}

fn floods(socket: &UdpSocket, port: u16, goes_on: &AtomicBool, sent: &AtomicU64) {
    let (mut dice, mut answer) = (Dice::new(1), [0; 2048]);
    socket.set_nonblocking(true).expect("it is a socket");
    let mut next = Instant::now();
    while goes_on.load(Ordering::Relaxed) {
        next += TICK;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        for _ in 0..AT_ONCE {
            // What the kernel does not take is lost, as on any wire.
            if socket.send(&packet(&mut dice, port)).is_ok() {
                sent.fetch_add(1, Ordering::Relaxed);
            }
        }
        while socket.recv(&mut answer).is_ok() {}
    }
}

/// The next packet.
fn packet(dice: &mut Dice, port: u16) -> Vec<u8> {
    let method = *dice.one_of(&["INVITE", "REGISTER", "OPTIONS", "SUBSCRIBE", "BYE"]);
    let mut packet = request(method, port, dice.roll()).into_bytes();
    match dice.below(5) {
        0 => (0..dice.below(1200)).map(|_| dice.below(256) as u8).collect(),
        1 => {
            for _ in 0..=dice.below(3) {
                let place = dice.below(packet.len() as u64) as usize;
                packet[place] = dice.below(256) as u8;
            }
            packet
        }
        _ => packet,
    }
}

/// A whole request of nobody, unlike any before.
fn request(method: &str, port: u16, word: u64) -> String {
    format!(
        "{method} sip:1002@127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.66:5060;branch=z9hG4bK{word:x};rport\r\n\
         Max-Forwards: 70\r\nFrom: <sip:1001@127.0.0.1>;tag={word:x}\r\nTo: <sip:1002@127.0.0.1>\r\n\
         Call-ID: {word:x}\r\nCSeq: 1 {method}\r\nContact: <sip:1001@127.0.0.66>\r\nContent-Length: 0\r\n\r\n"
    )
}
