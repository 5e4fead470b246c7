//! A network of the test's own: namespaces of the kernel that no other program sees, joined by a cable.

use std::path::Path;
use std::process::Command;

use super::process::Process;
use super::until;

/// What tells a test that it runs in a network of its own.
const INSIDE: &str = "BELLBOX_TEST_NETWORK";

/// The test's side of the cable, with its network: where the phones and carriers of such a test are.
pub const OUTSIDE: &str = "10.77.0.2";

/// Whether this test runs in a network of its own. Where it does not, it is run again in one, and has passed or failed by
/// that; it needs no privilege, but a kernel that lets users have namespaces.
#[track_caller]
pub fn is_inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let own = std::env::current_exe().expect("a running program has a path");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--"]).arg(own).args(["--exact", test, "--nocapture"]).env(INSIDE, "1");
    let status = command.status().expect("unshare comes with util-linux");
    assert!(status.success(), "{test} failed in a network of its own, or could not have one: {status}");
    false
}

/// Another machine, at the far end of a cable.
pub struct Machine {
    /// Keeps its namespace.
    process: Process,
}

impl Machine {
    /// One that has no address yet; the test's own end of the cable is [`OUTSIDE`].
    #[track_caller]
    pub fn new() -> Self {
        let mut command = Command::new("unshare");
        command.args(["--net", "--", "sleep", "600"]);
        let process = Process::start("the machine", &mut command);
        let network = |pid: &str| std::fs::read_link(Path::new("/proc").join(pid).join("ns/net")).ok();
        until("the machine has a network", || (network(&process.pid().to_string())? != network("self")?).then_some(()));
        let machine = Self { process };
        let pid = machine.process.pid().to_string();
        ip(&["link", "set", "lo", "up"]);
        ip(&["link", "add", "cable", "type", "veth", "peer", "name", "eth0", "netns", &pid]);
        ip(&["address", "add", &format!("{OUTSIDE}/24"), "dev", "cable"]);
        ip(&["link", "set", "cable", "up"]);
        machine.ip(&["link", "set", "lo", "up"]);
        machine.ip(&["link", "set", "eth0", "up"]);
        machine
    }

    /// It is joined to another network, where it has this address and the test the other one.
    #[track_caller]
    pub fn joins(&self, its: &str, ours: &str) {
        let pid = self.process.pid().to_string();
        ip(&["link", "add", "second", "type", "veth", "peer", "name", "eth1", "netns", &pid]);
        ip(&["address", "add", &format!("{ours}/24"), "dev", "second"]);
        ip(&["link", "set", "second", "up"]);
        self.ip(&["link", "set", "eth1", "up"]);
        self.ip(&["address", "add", &format!("{its}/24"), "dev", "eth1"]);
    }

    /// It is given an address, as by a DHCP server.
    #[track_caller]
    pub fn gets(&self, address: &str) {
        self.ip(&["address", "add", &format!("{address}/24"), "dev", "eth0"]);
    }

    /// It loses an address.
    #[track_caller]
    pub fn loses(&self, address: &str) {
        self.ip(&["address", "del", &format!("{address}/24"), "dev", "eth0"]);
    }

    /// The command as one that runs there.
    pub fn runs(&self, command: Command) -> Command {
        let mut there = Command::new("nsenter");
        there.args(["--target", &self.process.pid().to_string(), "--net", "--"]).arg(command.get_program());
        there.args(command.get_args());
        there
    }

    #[track_caller]
    fn ip(&self, words: &[&str]) {
        let mut command = Command::new("ip");
        command.args(words);
        succeeds(self.runs(command));
    }
}

#[track_caller]
fn ip(words: &[&str]) {
    let mut command = Command::new("ip");
    command.args(words);
    succeeds(command);
}

#[track_caller]
fn succeeds(mut command: Command) {
    let output = command.output().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
