//! The timers of RFC 3261 §17 and Table 4, by their letters, with the reasons where we chose.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The round trip estimate (RFC 3261 §17.1.1.1).
pub const T1: Duration = Duration::from_millis(500);
/// The longest interval between two retransmissions of what is not an INVITE.
pub const T2: Duration = Duration::from_secs(4);
/// How long a message may stay in the network.
pub const T4: Duration = Duration::from_secs(5);

/// 64*T1: how long an INVITE waits for any response at all.
pub const TIMER_B: Duration = Duration::from_secs(32);
/// How long an INVITE that has a provisional response waits for the next (§16.6 item 11 wants more than 3 minutes of a
/// proxy; phones that ring for ever send 180 again each minute, §13.3.1.1).
pub const TIMER_C: Duration = Duration::from_secs(181);
/// How long a failed INVITE client absorbs retransmitted responses on UDP; at least 32 s.
pub const TIMER_D: Duration = Duration::from_secs(32);
/// 64*T1: how long a request that is not an INVITE waits for its final response.
pub const TIMER_F: Duration = Duration::from_secs(32);
/// 64*T1: how long a failure response to an INVITE waits for its ACK.
pub const TIMER_H: Duration = Duration::from_secs(32);
/// T4: how long further ACKs are absorbed on UDP.
pub const TIMER_I: Duration = T4;
/// 64*T1: how long a request that is not an INVITE is remembered on UDP.
pub const TIMER_J: Duration = Duration::from_secs(32);
/// T4: how long further final responses are absorbed on UDP.
pub const TIMER_K: Duration = T4;
/// 64*T1: how long an accepted INVITE is remembered by its server (RFC 6026 §7.1).
pub const TIMER_L: Duration = Duration::from_secs(32);
/// 64*T1: how long an INVITE client hears 2xx responses (RFC 6026 §7.2).
pub const TIMER_M: Duration = Duration::from_secs(32);
/// How often a provisional response to an INVITE is repeated, so that no proxy's Timer C fires (§13.3.1.1).
pub const KEEP_RINGING: Duration = Duration::from_secs(60);
/// How long the owner may leave an INVITE without a final response. Callers in a queue are answered first; no plan
/// rings for an hour.
pub const INVITED_LIMIT: Duration = Duration::from_secs(3600);
/// How long the owner may leave any other request without a final response: the peer has given up by then (Timer F).
pub const OWNER_LIMIT: Duration = TIMER_F;

/// A message that is sent again and again, at growing intervals, until something stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backoff {
    /// When it is sent next.
    pub at: Duration,
    /// How long after the last time that is.
    pub interval: Duration,
}

impl Backoff {
    /// Starts at `now` with T1.
    pub fn start(now: Duration) -> Backoff {
        Backoff { at: now + T1, interval: T1 }
    }

    /// Whether it is time to send.
    pub fn is_due(&self, now: Duration) -> bool {
        self.at <= now
    }

    /// After sending: twice the interval, at most `longest`. It counts from `now`, so that a late clock never makes a
    /// burst.
    pub fn double(&mut self, now: Duration, longest: Duration) {
        self.interval = (self.interval * 2).min(longest);
        self.at = now + self.interval;
    }
}
