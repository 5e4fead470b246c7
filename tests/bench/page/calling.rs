//! Whether calls feel it when the page is hammered: how long their set-up takes, and what becomes of the sound of one
//! that is up.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::figures::{Times, ratio};
use crate::hammer;
use crate::harness::daemon::Daemon;
use crate::harness::process::Process;
use crate::office::desk;
use crate::phone::Phone;
use crate::talk::{self, EndsWith, Heard};

/// Calls that are set up in one round, one after the other.
const CALLS: usize = 100;

/// From the beginning of one call to that of the next: ten times what a busy office of 200 phones does.
const EVERY: Duration = Duration::from_millis(80);

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
    heard: Heard,
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

fn round(talker: &Phone, listener: &UdpSocket, caller: &mut Phone) -> Round {
    let (heard, set_up) = talk::heard(&talker.rtp, listener, || {
        let set_up = (0..CALLS).map(|_| {
            let begin = Instant::now();
            let call = caller.calls(&desk(13));
            let took = begin.elapsed();
            caller.hangs_up(&call);
            std::thread::sleep(EVERY.saturating_sub(begin.elapsed()));
            took.as_secs_f64() * 1e3
        });
        Times::new(set_up.collect())
    });
    Round { set_up, heard }
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
            self.heard.transit.at(0.5),
            self.heard.transit.at(0.99),
            self.heard.sent,
            self.heard.late(),
            self.heard.lost(),
        );
    }
}
