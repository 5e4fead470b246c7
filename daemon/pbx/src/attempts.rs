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

/// The rows as they were shown last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub rows: Arc<Vec<AttemptStatus>>,
    /// Of which state of the stack they are.
    pub seen: u64,
    pub at: Duration,
}
