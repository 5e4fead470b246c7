//! What a running program costs, by the kernel's books (proc(5)).

use std::fs;
use std::time::Duration;

/// The kernel counts CPU time in hundredths of a second for programs (USER_HZ, the same on every architecture of Linux).
const TICK: Duration = Duration::from_millis(10);

/// Memory of a program and its children.
pub struct Memory {
    /// Shared pages counted in parts: what would be freed if it went.
    pub pss_mib: f64,
    /// Shared pages counted in full, in every process anew.
    pub rss_mib: f64,
}

/// CPU time that a program and its children have used so far, in user and kernel space.
pub fn cpu(pid: u32) -> Duration {
    let ticks: u32 = family(pid).into_iter().map(|pid| ticks_of(pid).unwrap_or(0)).sum();
    TICK * ticks
}

/// Memory that a program and its children use now.
pub fn memory(pid: u32) -> Memory {
    let sum = |field: &str| {
        let parts = family(pid).into_iter().map(|pid| rollup_kib(pid, field).unwrap_or(0.0));
        parts.sum::<f64>() / 1024.0
    };
    Memory { pss_mib: sum("Pss:"), rss_mib: sum("Rss:") }
}

/// The process and all below it.
fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        let tasks = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        for task in tasks {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            family.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
        at += 1;
    }
    family
}

/// Fields 14 and 15 of `/proc/PID/stat`; the name before them is in brackets and may hold anything.
fn ticks_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u32>().ok()? + fields.get(12)?.parse::<u32>().ok()?)
}

fn rollup_kib(pid: u32, field: &str) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
