//! What is remembered of misuse over a restart: who guesses and waits, and what extensions have called outside. Nobody gets a
//! new hour of calls, or new free tries, because the box was started anew.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sip::auth::Guesses;

use crate::toll::Tolls;

/// How often it is written at most while it changes: what is lost to a power cut is half a minute of an attack.
pub const WRITTEN_EVERY: Duration = Duration::from_secs(30);

/// What is remembered. Its moments are by the clock of the run that wrote it, which stands beside the time of people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Misuse {
    pub(crate) at: Timestamp,
    pub(crate) since_boot: Duration,
    pub(crate) guesses: Guesses,
    pub(crate) tolls: Tolls,
}

/// What of it was written last.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    pub seen: Seen,
    pub at: Duration,
}

/// Differs as soon as what is remembered does.
pub(crate) type Seen = (u64, u64);
