//! A program that runs as long as its owner lives, and what it says.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{PATIENCE, until};

/// How many lines of a program are shown when a test fails.
const LINES_SHOWN: usize = 60;

/// A running program. Dropping it kills it; in a failing test it first shows what it said.
pub struct Process {
    name: String,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Starts `command` without input, its output kept line by line. `name` is for the test's reader.
    #[track_caller]
    pub fn start(name: &str, command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {name} ({command:?}): {error}"));
        let said = Arc::new(Mutex::new(Vec::new()));
        listen(child.stdout.take().expect("stdout is piped"), &said);
        listen(child.stderr.take().expect("stderr is piped"), &said);
        Self { name: name.to_owned(), child, said }
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How many of its lines contain `words`.
    pub fn times_said(&self, words: &str) -> usize {
        let said = self.said.lock().expect("no reader panics");
        said.iter().filter(|line| line.contains(words)).count()
    }

    /// The last of its lines that contains `words`.
    pub fn last_said(&self, words: &str) -> Option<String> {
        let said = self.said.lock().expect("no reader panics");
        said.iter().rfind(|line| line.contains(words)).cloned()
    }

    /// Waits until it says `words`.
    #[track_caller]
    pub fn says(&self, words: &str) {
        until(&format!("{} says {words:?}", self.name), || (self.times_said(words) > 0).then_some(()));
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.pid().cast_signed()), signal).expect("the process is our child");
    }

    /// Whether it has ended, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("the process is our child")
    }

    /// Waits until it has ended.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        let what = format!("{} ends", self.name);
        until(&what, || self.ended())
    }

    /// Ends it and its children at once, without a chance to say goodbye.
    pub fn kill(&mut self) {
        // Whoever stands still has no more children: those that were born meanwhile are found in the next round.
        let mut stopped = Vec::new();
        let mut all = family(self.pid());
        while stopped != all {
            all.iter().for_each(|pid| send(*pid, Signal::SIGSTOP));
            let end = Instant::now() + PATIENCE;
            while Instant::now() < end && !all.iter().all(|pid| is_still(*pid)) {
                std::thread::yield_now();
            }
            stopped = std::mem::replace(&mut all, family(self.pid()));
        }
        all.iter().for_each(|pid| send(*pid, Signal::SIGKILL));
        let _ = self.child.wait();
    }

    /// The last lines it said.
    pub fn last_words(&self) -> String {
        let said = self.said.lock().expect("no reader panics");
        said[said.len().saturating_sub(LINES_SHOWN)..].join("\n    ")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- {} said:\n    {}", self.name, self.last_words());
        }
    }
}

/// To a process that may have ended by itself, which is as well.
fn send(pid: u32, signal: Signal) {
    let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
}

/// Whether it does nothing any more, a birth that it was at included: stopped, or gone (proc(5), the third field of `stat`).
fn is_still(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with(['T', 't', 'Z', 'X']))
}

/// The process and all below it.
pub fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        let tasks = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        for task in tasks {
            let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            family.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        at += 1;
    }
    family
}

fn listen(from: impl Read + Send + 'static, said: &Arc<Mutex<Vec<String>>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            said.lock().expect("no reader panics").push(text);
            line.clear();
        }
    });
}
