//! How soon all open pages have heard of a change.

use std::net::{Ipv4Addr, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::browser::{Browser, Stream};
use crate::figures::{Times, ratio};
use crate::harness::PATIENCE;
use crate::harness::daemon::Daemon;
use crate::office;
use crate::saves::Row;

/// Browsers of the busy office.
pub const BROWSERS: u32 = 50;

/// Changes that are told.
const CHANGES: usize = 30;

/// Between two of them: more than the pause that a stream makes after each burst.
const REST: Duration = Duration::from_millis(150);

/// Open pages, each with a login of its own, a stream, and the connection of that login, which is kept.
pub struct Pages {
    kept: Vec<Browser>,
    streams: Vec<(TcpStream, JoinHandle<()>)>,
    heard: Receiver<Instant>,
}

impl Pages {
    /// Opens so many, five from each address of loopback.
    pub fn open(daemon: &Daemon, count: u32) -> Self {
        let (hears, heard) = channel();
        let (mut kept, mut streams) = (Vec::new(), Vec::new());
        for number in 0..count {
            let from = Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 0, 1, 1)) + number / 5);
            let browser = office::browser(daemon, number, from);
            let stream = Stream::open(daemon.http, from, &browser.cookie);
            streams.push((stream.handle(), listens(stream, hears.clone())));
            kept.push(browser);
        }
        Self { kept, streams, heard }
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    fn all_have_heard(&self) -> Instant {
        let last = self.streams.iter().map(|_| self.heard.recv_timeout(PATIENCE).expect("every stream hears of it"));
        last.max().expect("there are streams")
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        for (stream, thread) in self.streams.drain(..) {
            // It may have been closed from the other side, which is the same.
            let _ = stream.shutdown(std::net::Shutdown::Both);
            let _ = thread.join();
        }
    }
}

fn listens(mut stream: Stream, hears: Sender<Instant>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        while stream.hears("config") {
            if hears.send(Instant::now()).is_err() {
                return;
            }
        }
    })
}

/// Prints one line, from the sending of the change to the last page that hears of it; returns the median.
pub fn measure(daemon: &Daemon, pages: &Pages, alone: Option<f64>) -> f64 {
    let mut row = Row::open(daemon, Ipv4Addr::LOCALHOST);
    let mut delays = Vec::new();
    for _ in 0..CHANGES {
        std::thread::sleep(REST);
        let begin = Instant::now();
        row.saves();
        delays.push((pages.all_have_heard() - begin).as_secs_f64() * 1e3);
    }
    let delays = Times::new(delays);
    let (half, most) = (delays.at(0.5), delays.at(0.99));
    let count = pages.count();
    let what = if count == 1 { "1 stream".to_owned() } else { format!("all of {count} streams") };
    let beside = alone.map(|alone| ratio(half, alone)).unwrap_or_default();
    println!("{what:<34}{half:>9.1}{most:>9.1}{beside:>9}");
    half
}
