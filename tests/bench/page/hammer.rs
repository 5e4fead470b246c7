//! Browsers that ask for everything as fast as they are answered.

use std::net::Ipv4Addr;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::browser::{Connection, get};
use crate::harness::process::Process;

/// Connections that never rest.
pub const CONNECTIONS: usize = 8;

/// What it says when all its connections have been answered once.
const READY: &str = "hammers";

/// What it says after each thousand answers.
const THOUSAND: &str = "a thousand answers";

/// Starts this program again as these browsers; they go on until what is returned is dropped. They stand on other
/// machines in an office: here they give way to phones and server (nice 10).
pub fn start(port: u16, cookie: &str, paths: &[String]) -> Process {
    let program = std::env::current_exe().expect("a running program has a path");
    let mut command = Command::new("nice");
    command.args(["-n", "10"]).arg(program).arg("--hammer").arg(port.to_string()).arg(cookie).args(paths);
    let process = Process::start("hammer", &mut command);
    process.says(READY);
    process
}

/// How many answers these browsers have had.
pub fn answers(hammer: &Process) -> usize {
    hammer.times_said(THOUSAND) * 1000
}

/// Asks until it is killed.
pub fn run(port: u16, cookie: &str, paths: &[String]) {
    let requests: Vec<Vec<u8>> = paths.iter().map(|path| get(path, cookie)).collect();
    let mut connections: Vec<Connection> =
        (0..CONNECTIONS).map(|_| Connection::open(port, Ipv4Addr::new(127, 0, 0, 9))).collect();
    for connection in &mut connections {
        assert_eq!(connection.ask(&requests[0]).status, 200);
    }
    println!("{READY}");
    let answered = AtomicUsize::new(1);
    std::thread::scope(|scope| {
        for (number, mut connection) in connections.into_iter().enumerate() {
            let (requests, answered) = (&requests, &answered);
            scope.spawn(move || {
                for request in requests.iter().cycle().skip(number) {
                    assert_eq!(connection.ask(request).status, 200);
                    if answered.fetch_add(1, Ordering::Relaxed).is_multiple_of(1000) {
                        println!("{THOUSAND}");
                    }
                }
            });
        }
    });
}
