//! Who tried wrong passwords of phones: what the stack remembers, as people are shown it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
pub use sip::auth::Why;
use sip::junk::JunkFigures;
pub use sip::transport::source_of;

/// How many rows the status shows, the newest; more than anybody reads.
pub const ATTEMPTS_SHOWN: usize = 200;

/// The rows are made anew at most this often: under a flood of wrong passwords they change with every packet.
pub(crate) const SHOWN_EVERY: Duration = Duration::from_secs(2);

/// Who was tried from where, with wrong credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptStatus {
    /// Where the last try came from.
    pub source: IpAddr,
    /// The SIP user that was tried; `None` stands for many more names that no phone has.
    pub user: Option<String>,
    /// The extension of that user's phone, where there is one.
    pub extension: Option<String>,
    /// What was wrong the last time.
    pub why: Why,
    /// How often.
    pub count: u64,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
    /// Until when wrong passwords from there are not looked at, where that is in the future.
    pub blocked_until: Option<Timestamp>,
}

/// Messages that are of no use to anybody, within a minute: unreadable ones, strays, wrong or no credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloodStatus {
    /// Those that were looked at.
    pub per_minute: u64,
    /// Those that were dropped unread besides, because too many waited.
    pub dropped: u64,
    /// Where many come from, the greatest first.
    pub sources: Vec<FloodSource>,
}

/// One source of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloodSource {
    /// Its address; of IPv6 the network.
    pub source: IpAddr,
    /// Those that were looked at.
    pub per_minute: u64,
    /// Those that were dropped unread.
    pub dropped: u64,
}

impl FloodStatus {
    /// As the stack counts.
    pub(crate) fn of(junk: &JunkFigures) -> FloodStatus {
        let source =
            |(source, per_minute): &(IpAddr, u64)| FloodSource { source: *source, per_minute: *per_minute, dropped: 0 };
        FloodStatus { per_minute: junk.per_minute, dropped: 0, sources: junk.sources.iter().map(source).collect() }
    }

    /// The same with what the shell has dropped before the stack saw it.
    pub fn with_dropped(mut self, dropped: &JunkFigures) -> FloodStatus {
        self.dropped = dropped.per_minute;
        for (source, count) in &dropped.sources {
            match self.sources.iter_mut().find(|one| one.source == *source) {
                Some(one) => one.dropped = *count,
                None => self.sources.push(FloodSource { source: *source, per_minute: 0, dropped: *count }),
            }
        }
        self.sources.sort_by_key(|one| std::cmp::Reverse(one.per_minute + one.dropped));
        self
    }
}

/// The rows as they were shown last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub rows: Arc<Vec<AttemptStatus>>,
    /// Of which state of the stack they are.
    pub seen: u64,
    pub at: Duration,
}
