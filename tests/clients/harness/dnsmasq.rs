//! Debian's dnsmasq as the name server of the test's own names.

use std::net::UdpSocket;
use std::process::Command;
use std::time::Duration;

use super::process::Process;
use super::{ports, until};

/// A running dnsmasq that knows nothing but what it was given.
pub struct Dnsmasq {
    /// Its port on loopback, UDP and TCP.
    pub port: u16,
    /// The program.
    pub process: Process,
}

impl Dnsmasq {
    /// Starts it with these records, written as its options, and waits until it answers.
    #[track_caller]
    pub fn start(records: &[String]) -> Self {
        let port = ports::free_ports(2);
        let mut command = Command::new("/usr/sbin/dnsmasq");
        command.args(["--keep-in-foreground", "--conf-file=/dev/null", "--log-facility=-", "--log-queries"]);
        command.args(["--no-resolv", "--no-hosts", "--local=/example/", "--bind-interfaces"]);
        command.args(["--listen-address=127.0.0.1", "--pid-file="]).arg(format!("--port={port}")).args(records);
        let process = Process::start("dnsmasq", &mut command);
        until("dnsmasq answers", || answers(port).then_some(()));
        Self { port, process }
    }
}

/// Whether it says anything to a question for the root's name servers.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<usize> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_read_timeout(Some(Duration::from_millis(200)))?;
        socket.send_to(&[0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1], ("127.0.0.1", port))?;
        socket.recv(&mut [0; 512])
    };
    ask().is_ok()
}
