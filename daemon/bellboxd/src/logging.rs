//! The log: one line an event on the error output, and no more than a few a second of the same kind.

use std::collections::BTreeMap;
use std::env;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use log::{Log, Metadata, Record};

/// How many lines of one kind, by its place in the source, are written in a second: enough to see what it is.
const LINES_A_SECOND: u32 = 10;

/// Where the level is looked up when no option says it.
const VARIABLE: &str = "BELLBOX_LOG";

/// Calls and configuration, not every state.
const DEFAULT_LEVEL: &str = "info";

/// Sets the log up for the life of the process.
pub fn start(level: Option<&str>) {
    let from_environment = env::var(VARIABLE).ok();
    let filters = level.or(from_environment.as_deref()).unwrap_or(DEFAULT_LEVEL);
    // The journal stamps the time itself.
    let is_stamped = env::var_os("JOURNAL_STREAM").is_none();
    let inner = env_logger::Builder::new()
        .parse_filters(filters)
        .format(move |out, record| {
            if is_stamped {
                write!(out, "{:.3} ", Timestamp::now())?;
            }
            writeln!(out, "{:5} {}", record.level(), record.args())
        })
        .build();
    let most = inner.filter();
    if log::set_boxed_logger(Box::new(Limited { inner, kinds: Mutex::default() })).is_ok() {
        log::set_max_level(most);
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!("{}:{}: ", place.file(), place.line()));
        log::error!("panic at {place}{}", panic.payload_as_str().unwrap_or("no reason given"));
    }));
}

struct Limited {
    inner: env_logger::Logger,
    /// As many as there are log lines in the source.
    kinds: Mutex<BTreeMap<(&'static str, u32), Burst>>,
}

#[derive(Debug)]
struct Burst {
    since: Instant,
    lines: u32,
}

/// What to do with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Write,
    /// Write it, and say that so many were not written before it.
    WriteAfter(u32),
    Swallow,
}

impl Burst {
    fn verdict(&mut self, now: Instant) -> Verdict {
        if now.saturating_duration_since(self.since) < Duration::from_secs(1) {
            self.lines += 1;
            return if self.lines > LINES_A_SECOND { Verdict::Swallow } else { Verdict::Write };
        }
        let swallowed = self.lines.saturating_sub(LINES_A_SECOND);
        *self = Burst { since: now, lines: 1 };
        if swallowed == 0 { Verdict::Write } else { Verdict::WriteAfter(swallowed) }
    }
}

impl Limited {
    fn verdict(&self, record: &Record<'_>) -> Verdict {
        let (Some(file), Some(line)) = (record.file_static(), record.line()) else { return Verdict::Write };
        let now = Instant::now();
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.entry((file, line)).or_insert(Burst { since: now, lines: 0 }).verdict(now)
    }
}

impl Log for Limited {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.inner.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.inner.matches(record) {
            return;
        }
        match self.verdict(record) {
            Verdict::Swallow => return,
            Verdict::Write => {}
            Verdict::WriteAfter(swallowed) => {
                let note = format_args!("(the next line came {swallowed} more times)").to_string();
                self.inner.log(
                    &Record::builder()
                        .args(format_args!("{note}"))
                        .level(record.level())
                        .target(record.target())
                        .build(),
                );
            }
        }
        self.inner.log(record);
    }

    fn flush(&self) {
        self.inner.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_line_is_counted_and_said_afterwards() {
        let start = Instant::now();
        let mut burst = Burst { since: start, lines: 0 };
        let written = (0..100).filter(|_| burst.verdict(start) == Verdict::Write).count();
        assert_eq!(written, 10);
        let later = start + Duration::from_secs(2);
        assert_eq!(burst.verdict(later), Verdict::WriteAfter(90));
        assert_eq!(burst.verdict(later), Verdict::Write);
    }
}
