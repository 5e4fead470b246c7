//! A call that is up while something else happens: what becomes of its sound.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rtp::packet::{Header, Packet};

use crate::figures::Times;

/// The time that one packet of sound holds.
const PACKET: Duration = Duration::from_millis(20);

/// Bytes of a packet's sound at 8 kHz.
const SOUND: usize = 160;

/// What came of the packets that one phone sent to another.
pub struct Heard {
    /// How long each was on its way, in milliseconds.
    pub transit: Times,
    /// How many were sent.
    pub sent: usize,
    /// The longest time between two that came, in milliseconds; 20 when nothing disturbs.
    pub gap_ms: f64,
}

impl Heard {
    /// How many came later than the time that they hold.
    pub fn late(&self) -> usize {
        self.transit.above(PACKET.as_secs_f64() * 1e3)
    }

    /// How many did not come.
    pub fn lost(&self) -> usize {
        self.sent.saturating_sub(self.transit.count())
    }
}

/// Lets one phone talk to another while something is done.
pub fn heard<R>(talker: &UdpSocket, listener: &UdpSocket, during: impl FnOnce() -> R) -> (Heard, R) {
    let is_over = AtomicBool::new(false);
    let epoch = Instant::now();
    std::thread::scope(|scope| {
        let end = EndsWith(&is_over);
        let speaking = scope.spawn(|| speaks(talker, epoch, &is_over));
        let listening = scope.spawn(|| listens(listener, epoch, &is_over));
        let done = during();
        drop(end);
        let sent = speaking.join().expect("the talker does not fail");
        let came = listening.join().expect("the listener does not fail");
        let gap_ms = came.windows(2).map(|two| two[1].at_ms - two[0].at_ms).fold(0.0, f64::max);
        let transit = Times::new(came.iter().map(|packet| packet.took_ms).collect());
        (Heard { transit, sent, gap_ms }, done)
    })
}

/// Ends threads also where something fails, which would else wait for them for ever.
pub struct EndsWith<'a>(pub &'a AtomicBool);

impl Drop for EndsWith<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sends a packet every 20 ms; each says when it was sent.
fn speaks(rtp: &UdpSocket, epoch: Instant, is_over: &AtomicBool) -> usize {
    let mut sent = 0;
    while !is_over.load(Ordering::Relaxed) {
        let header = Header {
            marker: sent == 0,
            payload_type: 0,
            sequence: sent as u16,
            timestamp: sent * SOUND as u32,
            ssrc: 0x0b0b_0b0b,
        };
        let mut packet = header.print().to_vec();
        packet.extend((epoch.elapsed().as_micros() as u64).to_be_bytes());
        packet.resize(packet.len() + SOUND - 8, 0xff);
        rtp.send(&packet).expect("loopback takes it");
        sent += 1;
        std::thread::sleep((PACKET * sent).saturating_sub(epoch.elapsed()));
    }
    sent as usize
}

/// A packet that came, in milliseconds.
struct Came {
    at_ms: f64,
    took_ms: f64,
}

/// What comes, until a while after the last was sent.
fn listens(rtp: &UdpSocket, epoch: Instant, is_over: &AtomicBool) -> Vec<Came> {
    rtp.set_read_timeout(Some(PACKET * 10)).expect("it is no zero");
    let (mut came, mut buffer) = (Vec::new(), [0; 1500]);
    loop {
        match rtp.recv(&mut buffer) {
            Ok(length) => {
                let now = epoch.elapsed().as_micros() as u64;
                let packet = Packet::parse(&buffer[..length]).expect("the server sends packets");
                let sent = packet.payload.first_chunk().copied().map(u64::from_be_bytes);
                // Silence that the server makes before the call is bridged is none of ours.
                let took = sent.and_then(|sent| now.checked_sub(sent));
                let took = took.filter(|took| *took < 10_000_000);
                came.extend(took.map(|took| Came { at_ms: now as f64 / 1e3, took_ms: took as f64 / 1e3 }));
            }
            Err(_) if is_over.load(Ordering::Relaxed) => return came,
            Err(_) => {}
        }
    }
}
