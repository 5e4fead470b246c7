//! The daemon itself, on loopback, with an office of its own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use nix::sys::signal::Signal;
use serde_json::Value;

use super::network::Machine;
use super::office::{Desk, office_file, office_with_mailboxes};
use super::process::Process;
use super::{PATIENCE, fresh_folder, ports, until, wait_for, wav};

/// How many calls it has ports for, when nobody says.
const CALLS: u16 = 50;

/// RTP ports of a call: two legs, each with RTP and RTCP.
const PORTS_A_CALL: u16 = 4;

/// A running `bellboxd`.
pub struct Daemon {
    /// Its SIP port on loopback, UDP and TCP; the next one is for TLS.
    pub sip: u16,
    /// Its HTTP port on loopback.
    pub http: u16,
    /// The first of its RTP ports, and how many they are.
    rtp: (u16, u16),
    options: Vec<String>,
    /// Its data folder.
    pub data: PathBuf,
    /// The program itself.
    pub process: Process,
}

impl Daemon {
    /// Imports an office with these desks into a new data folder and serves it.
    #[track_caller]
    pub fn start(desks: &[Desk]) -> Self {
        Self::start_office(&office_file(desks))
    }

    /// The same with a mailbox for each.
    #[track_caller]
    pub fn start_with_mailboxes(desks: &[Desk]) -> Self {
        Self::start_office(&office_with_mailboxes(desks))
    }

    /// The same without mailboxes, with ports for so many calls at once.
    #[track_caller]
    pub fn start_for(desks: &[Desk], calls: u16) -> Self {
        Self::start_with_ports(&office_file(desks), calls * PORTS_A_CALL, &[])
    }

    /// Starts it on an office file of the test's own.
    #[track_caller]
    pub fn start_office(text: &str) -> Self {
        Self::start_with_ports(text, CALLS * PORTS_A_CALL, &[])
    }

    /// The same with more options of `serve`.
    #[track_caller]
    pub fn start_office_with(text: &str, options: &[String]) -> Self {
        Self::start_with_ports(text, CALLS * PORTS_A_CALL, options)
    }

    /// Starts it on a machine of its own, where it listens on whatever addresses that machine has, on the usual ports; and
    /// waits until it serves.
    #[track_caller]
    pub fn start_on(machine: &Machine, text: &str) -> Self {
        Self::start_on_with(machine, text, &[])
    }

    /// The same with more options of `serve`.
    #[track_caller]
    pub fn start_on_with(machine: &Machine, text: &str, options: &[&str]) -> Self {
        let data = imported(text);
        let mut command = machine.runs(binary());
        command
            .arg("serve")
            .arg("--data")
            .arg(&data)
            .args(["--http", "off", "--sip-tls", "0.0.0.0:5061"])
            .args(options);
        let process = Process::start("bellboxd", &mut command);
        let daemon = Self { sip: 5060, http: 0, rtp: (16_384, 512), options: Vec::new(), data, process };
        // Whoever asks before finds the folder, and keeps it from the daemon.
        daemon.process.says("ready: ");
        daemon
    }

    #[track_caller]
    fn start_with_ports(text: &str, rtp_ports: u16, options: &[String]) -> Self {
        let data = imported(text);
        let (sip, http, rtp) = (ports::free_ports(2), ports::free_ports(1), (ports::free_ports(rtp_ports), rtp_ports));
        let process = serve(&data, sip, http, rtp, options);
        let daemon = Self { sip, http, rtp, options: options.to_vec(), data, process };
        daemon.serves();
        daemon
    }

    /// Another office comes into force while it runs.
    #[track_caller]
    pub fn imports(&self, text: &str) {
        let file = self.data.with_file_name("next.toml");
        std::fs::write(&file, text).expect("the test's folder is writable");
        succeed(binary().arg("import").arg(&self.data).arg(&file));
    }

    /// The office in force as a file.
    #[track_caller]
    pub fn exports(&self) -> String {
        let output = succeed(binary().arg("export").arg(&self.data));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts it again on the same data and the same ports, after it has ended.
    #[track_caller]
    pub fn starts_again(&mut self) {
        self.launches();
        self.serves();
    }

    /// Starts its program again, after it has ended, and does not wait.
    #[track_caller]
    pub fn launches(&mut self) {
        self.process = serve(&self.data, self.sip, self.http, self.rtp, &self.options);
    }

    /// Asks it to end and waits until it has, without complaint.
    #[track_caller]
    pub fn stops(&mut self) {
        self.process.signal(Signal::SIGTERM);
        self.has_stopped();
    }

    /// Waits until it has ended without complaint.
    #[track_caller]
    pub fn has_stopped(&mut self) {
        let status = self.process.ends();
        assert_eq!(status.code(), Some(0), "it ended with {status}");
    }

    /// Waits until it says of itself that it is well.
    #[track_caller]
    fn serves(&self) {
        until("the daemon serves", || self.page("/healthz")?.starts_with("HTTP/1.1 200").then_some(()));
    }

    /// The certificate that phones must trust who come by TLS.
    pub fn authority(&self) -> PathBuf {
        self.data.join("tls/ca.crt")
    }

    /// What the office looks like now, as the command line tells it.
    #[track_caller]
    pub fn status(&self) -> Value {
        self.ask("status")
    }

    /// The calls that were, as the command line tells them.
    #[track_caller]
    pub fn calls(&self) -> Value {
        self.ask("calls")
    }

    /// The messages in a mailbox, oldest first, as the command line tells them.
    #[track_caller]
    pub fn messages(&self, mailbox: &str) -> Vec<Value> {
        let told = told(binary().arg("messages").arg("--json").arg(&self.data).arg(mailbox));
        told.as_array().expect("a list").iter().rev().cloned().collect()
    }

    /// Waits until there are so many messages in a mailbox; the same list.
    #[track_caller]
    pub fn keeps_messages(&self, mailbox: &str, count: usize) -> Vec<Value> {
        let mut found = Vec::new();
        let kept = wait_for(PATIENCE, || {
            found = self.messages(mailbox);
            (found.len() == count).then_some(())
        });
        assert!(kept.is_some(), "{count} messages for {mailbox} were expected: {found:?}");
        found
    }

    /// The sound of a message, whose file must be whole: its name, its header, its size.
    #[track_caller]
    pub fn sound_of(&self, message: &Value) -> Vec<i16> {
        let id = message["id"].as_u64().expect("messages have numbers");
        wav::read(&self.data.join(format!("recordings/{id:08}.wav")))
    }

    /// Waits until so many messages are being recorded and each has this much sound in its file.
    #[track_caller]
    pub fn has_recorded(&self, count: usize, sound: Duration) {
        let folder = self.data.join("recordings");
        let bytes = sound.as_millis() * 16;
        until(&format!("{count} messages of {} ms are being recorded", sound.as_millis()), || {
            let parts = std::fs::read_dir(&folder).ok()?.flatten().filter(|entry| {
                let is_part = entry.path().extension().is_some_and(|extension| extension == "part");
                is_part && entry.metadata().is_ok_and(|metadata| u128::from(metadata.len()) >= bytes)
            });
            (parts.count() == count).then_some(())
        });
    }

    /// Everything that happened to a call.
    #[track_caller]
    pub fn story(&self, call: &Value) -> Vec<Value> {
        let told = told(binary().arg("calls").arg("--json").arg(&self.data).arg(call.to_string()));
        told.as_array().expect("a list").clone()
    }

    /// The SIP messages of the newest call, as the command line tells them in full.
    #[track_caller]
    pub fn ladder(&self) -> Vec<Value> {
        let call = self.calls()[0]["id"].to_string();
        let told = told(binary().arg("ladder").arg("--json").arg(&self.data).arg(call));
        told["rungs"].as_array().expect("a list").clone()
    }

    /// Has it test a trunk by a call.
    #[track_caller]
    pub fn tests_trunk(&self, trunk: &str, number: &str) {
        succeed(binary().arg("test-trunk").arg(&self.data).arg(trunk).arg(number));
    }

    /// From now on no file of it may grow beyond so many bytes, as on a full disk; `None` lifts that.
    #[track_caller]
    pub fn limits_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let (pid, limit) = (self.process.pid(), format!("--fsize={limit}:unlimited"));
        succeed(Command::new("prlimit").arg("--pid").arg(pid.to_string()).arg(limit));
    }

    /// Waits until the status, which follows the office by a moment, shows something.
    #[track_caller]
    pub fn shows(&self, what: &str, is_so: impl Fn(&Value) -> bool) {
        until(&format!("the status shows {what}"), || is_so(&self.status()).then_some(()));
    }

    /// Waits until so many devices are registered.
    #[track_caller]
    pub fn knows_phones(&self, count: usize) {
        self.shows(&format!("{count} registered phones"), |status| {
            let phones = status["phones"].as_array().into_iter().flatten();
            phones.filter_map(|phone| phone["bindings"].as_array()).map(Vec::len).sum::<usize>() == count
        });
    }

    /// Waits until the newest call that is kept has ended for this cause; it is written a moment after its end.
    #[track_caller]
    pub fn keeps_call(&self, to: &str, cause: &str) {
        let mut newest = Value::Null;
        let kept = wait_for(PATIENCE, || {
            newest = self.calls()[0].clone();
            (newest["to"] == to && newest["cause"] == cause).then_some(())
        });
        assert!(kept.is_some(), "no call to {to} that ended as {cause} is kept; the newest is {newest}");
    }

    /// Waits until no call is up.
    #[track_caller]
    pub fn is_quiet(&self) {
        until("no call is up", || self.status()["calls"].as_array()?.is_empty().then_some(()));
    }

    #[track_caller]
    fn ask(&self, what: &str) -> Value {
        told(binary().arg(what).arg("--json").arg(&self.data))
    }

    fn page(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.http)).ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

/// A new data folder with this office.
#[track_caller]
fn imported(text: &str) -> PathBuf {
    let folder = fresh_folder("office");
    let (data, file) = (folder.join("data"), folder.join("office.toml"));
    std::fs::write(&file, text).expect("the test's folder is writable");
    succeed(binary().arg("import").arg(&data).arg(&file));
    data
}

/// Starts the program as `serve` on these ports of loopback.
#[track_caller]
fn serve(data: &Path, sip: u16, http: u16, (rtp, rtp_count): (u16, u16), options: &[String]) -> Process {
    let mut command = binary();
    command.arg("serve").arg("--data").arg(data);
    command.arg("--sip").arg(format!("127.0.0.1:{sip}"));
    command.arg("--sip-tls").arg(format!("127.0.0.1:{}", sip + 1));
    command.arg("--http").arg(format!("127.0.0.1:{http}"));
    command.arg("--rtp").arg(format!("127.0.0.1:{rtp}-{}", rtp + rtp_count - 1));
    command.args(options);
    Process::start("bellboxd", &mut command)
}

/// `BELLBOXD_BIN`, or the one that was built beside this test.
fn binary() -> Command {
    let built = || {
        let test = std::env::current_exe().expect("a running program has a path");
        test.ancestors().nth(2).expect("tests lie two folders deep").join("bellboxd")
    };
    let path = std::env::var_os("BELLBOXD_BIN").map_or_else(built, PathBuf::from);
    assert!(path.exists(), "{} is not built: run `cargo build -p bellboxd` first", path.display());
    Command::new(path)
}

#[track_caller]
fn told(command: &mut Command) -> Value {
    serde_json::from_slice(&succeed(command).stdout).expect("--json prints JSON")
}

#[track_caller]
fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {said}");
    output
}
