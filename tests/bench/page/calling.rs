//! Whether calls feel it when the page is hammered: how long their set-up takes, and what becomes of the sound of one
//! that is up.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rtp::packet::{Header, Packet};

use crate::figures::{Times, ratio};
use crate::hammer;
use crate::harness::daemon::Daemon;
use crate::harness::process::Process;
use crate::office::desk;
use crate::phone::Phone;

/// Calls that are set up in one round, one after the other.
const CALLS: usize = 100;

/// From the beginning of one call to that of the next: ten times what a busy office of 200 phones does.
const EVERY: Duration = Duration::from_millis(80);

/// The time that one packet of sound holds.
const PACKET: Duration = Duration::from_millis(20);

/// Bytes of a packet's sound at 8 kHz.
const SOUND: usize = 160;

/// Two phones that talk the whole time, and two of whom one calls the other over and over.
pub struct Phones {
    talker: Phone,
    listener: Phone,
    caller: Phone,
    callee: Phone,
}

/// What one round came to, in milliseconds.
pub struct Round {
    set_up: Times,
    transit: Times,
    sent: usize,
    late: usize,
}

impl Phones {
    /// Registers the four.
    pub fn registered(daemon: &Daemon) -> Self {
        let phone = |number| Phone::registered(&desk(number), daemon.sip);
        Self { talker: phone(10), listener: phone(11), caller: phone(12), callee: phone(13) }
    }

    /// Measures the same with each of these around it, in this order; the first is what the others are compared with.
    pub fn measure(&mut self, rounds: [(&str, &dyn Fn() -> Option<Process>); 3]) {
        let is_over = AtomicBool::new(false);
        let Self { talker, listener, caller, callee } = self;
        std::thread::scope(|scope| {
            let _end = EndsWith(&is_over);
            scope.spawn(|| callee.answers_all(|| is_over.load(Ordering::Relaxed)));
            scope.spawn(|| listener.answers_all(|| is_over.load(Ordering::Relaxed)));
            let call = talker.calls(&desk(11));
            talker.rtp.connect(("127.0.0.1", call.server_rtp)).expect("it is loopback");
            let mut quiet = None;
            for (what, around) in rounds {
                let hammer = around();
                let begin = Instant::now();
                let round = round(talker, &listener.rtp, caller);
                let answers = hammer.as_ref().map_or(0, hammer::answers) as f64 / begin.elapsed().as_secs_f64();
                round.print(what, answers, quiet.as_ref().unwrap_or(&round));
                quiet.get_or_insert(round);
            }
            talker.hangs_up(&call);
        });
    }
}

/// Ends the phones' threads also where something fails, which would else wait for them for ever.
struct EndsWith<'a>(&'a AtomicBool);

impl Drop for EndsWith<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn round(talker: &Phone, listener: &UdpSocket, caller: &mut Phone) -> Round {
    let is_over = AtomicBool::new(false);
    let epoch = Instant::now();
    std::thread::scope(|scope| {
        let _end = EndsWith(&is_over);
        let speaking = scope.spawn(|| speaks(&talker.rtp, epoch, &is_over));
        let listening = scope.spawn(|| listens(listener, epoch, &is_over));
        let set_up = (0..CALLS).map(|_| {
            let begin = Instant::now();
            let call = caller.calls(&desk(13));
            let took = begin.elapsed();
            caller.hangs_up(&call);
            std::thread::sleep(EVERY.saturating_sub(begin.elapsed()));
            took.as_secs_f64() * 1e3
        });
        let set_up = Times::new(set_up.collect());
        is_over.store(true, Ordering::Relaxed);
        let sent = speaking.join().expect("the talker does not fail");
        let transit = listening.join().expect("the listener does not fail");
        let late = transit.iter().filter(|took| **took > PACKET.as_secs_f64() * 1e3).count();
        Round { set_up, transit: Times::new(transit), sent, late }
    })
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

/// How long each packet was on its way, in milliseconds, until a while after the last was sent.
fn listens(rtp: &UdpSocket, epoch: Instant, is_over: &AtomicBool) -> Vec<f64> {
    rtp.set_read_timeout(Some(PACKET * 10)).expect("it is no zero");
    let (mut transit, mut buffer) = (Vec::new(), [0; 1500]);
    loop {
        match rtp.recv(&mut buffer) {
            Ok(length) => {
                let now = epoch.elapsed().as_micros() as u64;
                let packet = Packet::parse(&buffer[..length]).expect("the server sends packets");
                let sent = packet.payload.first_chunk().copied().map(u64::from_be_bytes);
                // Silence that the server makes before the call is bridged is none of ours.
                let took = sent.and_then(|sent| now.checked_sub(sent));
                transit.extend(took.filter(|took| *took < 10_000_000).map(|took| took as f64 / 1e3));
            }
            Err(_) if is_over.load(Ordering::Relaxed) => return transit,
            Err(_) => {}
        }
    }
}

/// The heading of what is printed.
pub fn heading() {
    println!(
        "{:<26}{:>9}{:>9}{:>9}{:>7}{:>7}{:>13}{:>9}{:>8}{:>8}{:>6}",
        "", "a second", "call p50", "p99", "", "", "packet p50", "p99", "sent", "late", "lost"
    );
}

impl Round {
    fn print(&self, what: &str, answers: f64, quiet: &Round) {
        let (half, most) = (self.set_up.at(0.5), self.set_up.at(0.99));
        println!(
            "{what:<26}{answers:>9.0}{half:>9.2}{most:>9.2}{:>7}{:>7}{:>13.2}{:>9.2}{:>8}{:>8}{:>6}",
            ratio(half, quiet.set_up.at(0.5)),
            ratio(most, quiet.set_up.at(0.99)),
            self.transit.at(0.5),
            self.transit.at(0.99),
            self.sent,
            self.late,
            self.sent.saturating_sub(self.transit.count()),
        );
    }
}
