//! An office full of simulated phones (sipp), each with an address of its own, all with digest authentication.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::harness::office::Desk;
use crate::harness::{fresh_folder, ports, wait_for};

/// How many phones the office has, beside two that talk ([`crate::servers::TALKERS`]): as many people as there may be. Half of them call, half are called.
pub const PHONES: u32 = 2 * PAIRS;
/// As many phones as each half of them has.
pub const PAIRS: u32 = 249;

/// The one who is called by all: sipp computes every digest of a run for one URI.
const CALLEE: u32 = 2000;

/// The work: enough for the kernel's clock of 10 ms to be a percent of what the faster server needs.
pub const REGISTRATIONS: u32 = 4000;
/// At a rate that leaves a core idle.
pub const REGISTRATIONS_A_SECOND: u32 = 200;
/// After a power cut all phones come back within so much of a second: as fast as the phones can be simulated here.
const AVALANCHE_A_SECOND: u32 = 5000;

/// A load of calls; each rings for 20 ms, is answered, lasts and ends.
#[derive(Clone, Copy)]
pub struct Calls {
    /// How many in all.
    pub count: u32,
    /// How many begin in a second.
    pub a_second: u32,
    /// How long each is up.
    pub lasting_ms: u32,
}

/// A busy hour: at a rate that leaves a core idle.
pub const BUSY: Calls = Calls { count: 1000, a_second: 50, lasting_ms: 100 };
/// Far more than an office has.
pub const STORM: Calls = Calls { count: 3000, a_second: 200, lasting_ms: 100 };
/// Calls that are up at the same time, for what each takes of memory.
pub const LONG: Calls = Calls { count: 400, a_second: 50, lasting_ms: 4000 };

/// As many calls at a time as ours has ports for, for so long that the first and the last second count little.
pub const FULL: Calls = Calls { count: 2250, a_second: 75, lasting_ms: 4000 };
/// Three times as many.
pub const TOO_MANY: Calls = Calls { count: 6750, a_second: 225, lasting_ms: 4000 };

impl Calls {
    /// How many are up at the same time, when all begin and end as they should.
    pub const fn at_once(self) -> u32 {
        self.a_second * self.lasting_ms / 1000
    }
}

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

    /// One half of the phones registers once: those who are called, or those who call.
    pub fn half_registers(&self, server: u16, calls: bool) {
        let group = if calls { &self.callers } else { &self.callees };
        self.sipp(server, group, "register", (PAIRS, REGISTRATIONS_A_SECOND), &[]);
    }

    /// The callers register, over and over.
    pub fn registers_again(&self, server: u16) {
        self.sipp(server, &self.callers, "register", (REGISTRATIONS, REGISTRATIONS_A_SECOND), &[]);
    }

    /// All phones register at once, as after a power cut; how long until the last has.
    pub fn avalanche(&self, server: u16) -> Duration {
        let begin = Instant::now();
        std::thread::scope(|scope| {
            for group in [&self.callees, &self.callers] {
                scope.spawn(move || self.sipp(server, group, "register", (PAIRS, AVALANCHE_A_SECOND), &[]));
            }
        });
        begin.elapsed()
    }

    /// The callers call, each several times; how long each call took from the INVITE to its answer, in milliseconds.
    pub fn calls(&self, server: u16, calls: Calls) -> Vec<f64> {
        let (set_ups, outcome) = self.offers(server, calls);
        self.succeeded("caller", outcome);
        set_ups
    }

    /// The same, where calls may be refused; and how the simulated callers ended.
    pub fn offers(&self, server: u16, calls: Calls) -> (Vec<f64>, ExitStatus) {
        let mut callees = self.command(&self.callees, "callee");
        let mut callees = Running(callees.spawn().expect("sipp is installed"));
        wait_for(crate::harness::PATIENCE, || is_taken(&self.callees).then_some(())).expect("the callees listen");
        let digest = format!("{CALLEE}@127.0.0.1:{server}");
        let lasting = calls.lasting_ms.to_string();
        self.forget_set_ups();
        let more = ["-auth_uri", &digest, "-d", &lasting, "-trace_rtt", "-rtt_freq", "1"];
        let outcome = self.status(server, &self.callers, "caller", (calls.count, calls.a_second), &more);
        assert!(callees.0.try_wait().expect("it is our child").is_none(), "the callees gave up");
        (self.set_ups(), outcome)
    }

    /// The files in which sipp writes answer times: it names them by scenario and process.
    fn set_up_files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(&self.folder).expect("the folder is there");
        let files = files.map(|file| file.expect("the folder can be read").path());
        files.filter(|path| path.to_string_lossy().ends_with("_rtt.csv")).collect()
    }

    fn forget_set_ups(&self) {
        for file in self.set_up_files() {
            std::fs::remove_file(file).expect("the folder is writable");
        }
    }

    /// The second column of each line, "when; milliseconds; number".
    fn set_ups(&self) -> Vec<f64> {
        let files = self.set_up_files().into_iter();
        let texts = files.map(|file| std::fs::read_to_string(file).expect("sipp wrote it"));
        let times = texts.flat_map(|text| {
            let times = text.lines().filter_map(|line| line.split(';').nth(1)?.trim().parse().ok());
            times.collect::<Vec<f64>>()
        });
        let times: Vec<f64> = times.collect();
        assert!(!times.is_empty(), "sipp wrote no answer times");
        times
    }

    /// So many times a scenario, at so many a second.
    fn sipp(&self, server: u16, group: &Group, scenario: &str, load: (u32, u32), more: &[&str]) {
        self.succeeded(scenario, self.status(server, group, scenario, load, more));
    }

    fn status(
        &self,
        server: u16,
        group: &Group,
        scenario: &str,
        (count, rate): (u32, u32),
        more: &[&str],
    ) -> ExitStatus {
        let mut command = self.command(group, scenario);
        command.arg(format!("127.0.0.1:{server}")).args(more);
        command.args(["-m", &count.to_string(), "-r", &rate.to_string()]);
        // A server that does not keep up is an error, not a reason to wait for ever.
        let patience_s = (count / rate) * 2 + 30;
        command.args(["-timeout", &patience_s.to_string(), "-timeout_error"]);
        command.status().expect("sipp is installed")
    }

    fn succeeded(&self, scenario: &str, status: ExitStatus) {
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
