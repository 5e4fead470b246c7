//! How many requests a second, and what they cost, beside the bare server that answers as many bytes.

use std::net::Ipv4Addr;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::bare::Bare;
use crate::browser::{Connection, get};
use crate::cost;
use crate::figures::ratio;
use crate::harness::daemon::Daemon;

/// Connections at once: what a browser opens.
const CONNECTIONS: usize = 4;

/// Both servers take turns, so that what the machine does besides hits both.
const TURNS: usize = 3;

/// How long a turn is: enough for the kernel's clock of 10 ms to be some percent.
const TURN: Duration = Duration::from_millis(400);

#[derive(Clone, Copy, Default)]
struct Work {
    requests: u32,
    lasted: Duration,
    cpu: Duration,
}

impl Work {
    fn a_second(&self) -> f64 {
        f64::from(self.requests) / self.lasted.as_secs_f64()
    }

    fn cpu_ms_of_1000(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / f64::from(self.requests)
    }
}

/// The heading of what [`measure`] prints.
pub fn heading() {
    println!(
        "{:<34}{:>8}{:>11}{:>9}{:>7}{:>15}{:>8}{:>7}",
        "", "bytes", "a second", "bare", "", "ms CPU of 1000", "bare", ""
    );
}

/// Prints one line; returns the CPU time of 1 000 requests in milliseconds.
pub fn measure(what: &str, daemon: &Daemon, bare: &Bare, path: &str, cookie: &str) -> f64 {
    let own = get(path, cookie);
    let bytes = {
        let mut connection = Connection::open(daemon.http, Ipv4Addr::LOCALHOST);
        let answer = connection.ask(&own);
        assert_eq!(answer.status, 200, "{path}");
        answer.body.len()
    };
    let least = get(&format!("/{bytes}"), cookie);
    let (mut ours, mut theirs) = (Work::default(), Work::default());
    for _ in 0..TURNS {
        turn(daemon.http, daemon.process.pid(), &own, &mut ours);
        turn(bare.port, bare.process.pid(), &least, &mut theirs);
    }
    let (our, their) = (ours.cpu_ms_of_1000(), theirs.cpu_ms_of_1000());
    println!(
        "{what:<34}{bytes:>8}{:>11.0}{:>9.0}{:>7}{our:>15.1}{their:>8.1}{:>7}",
        ours.a_second(),
        theirs.a_second(),
        ratio(ours.a_second(), theirs.a_second()),
        ratio(our, their),
    );
    our
}

/// Asks the same from all connections, so many times in all.
pub fn ask(port: u16, request: &[u8], times: usize) {
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut connection = Connection::open(port, Ipv4Addr::LOCALHOST);
                (0..times / CONNECTIONS).for_each(|_| assert_eq!(connection.ask(request).status, 200));
            });
        }
    });
}

fn turn(port: u16, pid: u32, request: &[u8], work: &mut Work) {
    let ready = Barrier::new(CONNECTIONS + 1);
    let client = || {
        let mut connection = Connection::open(port, Ipv4Addr::LOCALHOST);
        // What is done once for a connection is not counted.
        assert_eq!(connection.ask(request).status, 200);
        ready.wait();
        let (begin, mut count) = (Instant::now(), 0);
        while begin.elapsed() < TURN {
            assert_eq!(connection.ask(request).status, 200);
            count += 1;
        }
        count
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
        let before = cost::cpu(pid);
        ready.wait();
        let begin = Instant::now();
        work.requests += clients.into_iter().map(|client| client.join().expect("no client fails")).sum::<u32>();
        work.lasted += begin.elapsed();
        work.cpu += cost::cpu(pid) - before;
    });
}
