//! What a running program costs, by the kernel's books (proc(5)).

use std::fs;
use std::time::Duration;

use crate::harness::process::family;

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
