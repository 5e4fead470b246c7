//! An office full of simulated phones (sipp), each with an address of its own, all with digest authentication.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::harness::office::Desk;
use crate::harness::{fresh_folder, ports, wait_for};

/// How many phones the office has; half of them call, half are called.
pub const PHONES: u32 = 2 * PAIRS;
const PAIRS: u32 = 100;

/// The one who is called by all: sipp computes every digest of a run for one URI.
const CALLEE: u32 = 2000;

/// The work: enough for the kernel's clock of 10 ms to be a percent of what the faster server needs.
pub const REGISTRATIONS: u32 = 4000;
/// At a rate that leaves a core idle.
pub const REGISTRATIONS_A_SECOND: u32 = 200;
/// Likewise for calls; each rings, is answered, lasts 0.1 s and ends.
pub const CALLS: u32 = 1000;
/// At a rate that leaves a core idle.
pub const CALLS_A_SECOND: u32 = 50;

/// The phones, as sipp reads them.
pub struct Office {
    folder: PathBuf,
    callers: Group,
    callees: Group,
}

/// Phones that share a file and a port, each on its own loopback address.
struct Group {
    file: PathBuf,
    port: u16,
    desks: Vec<Desk>,
}

impl Office {
    /// An office whose secrets suit a server.
    pub fn new(secret: fn(u32) -> Desk) -> Self {
        let folder = fresh_folder("load");
        let desks = |first: u32| (first..first + PAIRS).map(secret).collect::<Vec<_>>();
        let (callers, callees) = (desks(1000), desks(CALLEE));
        let callees = Group::new(&folder, "callees", 2, callees);
        let callers = Group::new(&folder, "callers", 1, callers);
        Self { folder, callers, callees }
    }

    /// All its desks, for a server that has a list of them.
    pub fn desks(&self) -> Vec<Desk> {
        [self.callers.desks.as_slice(), &self.callees.desks].concat()
    }

    /// Every phone registers once.
    pub fn everyone_registers(&self, server: u16) {
        for group in [&self.callees, &self.callers] {
            self.sipp(server, group, "register", PAIRS, REGISTRATIONS_A_SECOND);
        }
    }

    /// The callers register, over and over.
    pub fn registers_again(&self, server: u16) {
        self.sipp(server, &self.callers, "register", REGISTRATIONS, REGISTRATIONS_A_SECOND);
    }

    /// The callers call, each several times.
    pub fn calls(&self, server: u16) {
        let mut callees = self.command(&self.callees, "callee");
        let mut callees = Running(callees.spawn().expect("sipp is installed"));
        wait_for(crate::harness::PATIENCE, || is_taken(&self.callees).then_some(())).expect("the callees listen");
        self.sipp(server, &self.callers, "caller", CALLS, CALLS_A_SECOND);
        assert!(callees.0.try_wait().expect("it is our child").is_none(), "the callees gave up");
    }

    fn sipp(&self, server: u16, group: &Group, scenario: &str, count: u32, rate: u32) {
        let mut command = self.command(group, scenario);
        command.arg(format!("127.0.0.1:{server}"));
        if scenario == "caller" {
            command.arg("-auth_uri").arg(format!("{CALLEE}@127.0.0.1:{server}"));
        }
        command.args(["-m", &count.to_string(), "-r", &rate.to_string()]);
        // A server that does not keep up is an error, not a reason to wait for ever.
        let patience_s = (count / rate) * 2 + 20;
        command.args(["-timeout", &patience_s.to_string(), "-timeout_error"]);
        let status = command.status().expect("sipp is installed");
        if !status.success() {
            let errors = std::fs::read_to_string(self.folder.join("errors.txt")).unwrap_or_default();
            let beginning: String = errors.chars().take(1500).collect();
            panic!("{scenario}: sipp ended with {status}: {beginning}");
        }
    }

    fn command(&self, group: &Group, scenario: &str) -> Command {
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/sipp");
        let mut command = Command::new("sipp");
        command.current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.arg("-sf").arg(scenarios.join(scenario).with_extension("xml"));
        command.arg("-inf").arg(&group.file).args(["-t", "ui", "-ip_field", "3", "-i", "127.0.0.1"]);
        command.args(["-p", &group.port.to_string(), "-max_socket", "1000", "-nostdin"]);
        command.args(["-trace_err", "-error_file", "errors.txt"]);
        command
    }
}

impl Group {
    fn new(folder: &Path, name: &str, net: u8, desks: Vec<Desk>) -> Self {
        let file = folder.join(name).with_extension("csv");
        let port = ports::free_ports(2);
        let mut text = "SEQUENTIAL\n".to_owned();
        for (number, Desk { extension, user, secret }) in desks.iter().enumerate() {
            let own = format!("127.0.{net}.{}", number + 1);
            text += &format!(
                "{extension};[authentication username={user} password={secret}];{own}:{port};{own};{CALLEE}\n"
            );
        }
        std::fs::write(&file, text).expect("the folder is writable");
        Self { file, port, desks }
    }
}

/// Whether somebody listens where the group's last phone does.
fn is_taken(group: &Group) -> bool {
    std::net::UdpSocket::bind((format!("127.0.2.{PAIRS}"), group.port)).is_err()
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
