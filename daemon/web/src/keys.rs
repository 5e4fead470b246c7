//! One-time tokens that claim a box without an administrator, or give an administrator a new password.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::random::{Trace, hex, trace, word};

/// Characters of a token: 130 bits.
const LENGTH: usize = 26;

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first boot.
    Setup,
    /// A new password for an administrator.
    Reset,
}

impl Purpose {
    /// The page that takes such a token, as the end of its address.
    pub fn page(self, token: &str) -> String {
        match self {
            Purpose::Setup => format!("/#/setup?token={token}"),
            Purpose::Reset => format!("/#/reset?token={token}"),
        }
    }
}

/// How long a token for a new password holds: long enough for the way from the console to a desk. That of the setup holds
/// until the box is set up: nobody knows when it is unpacked.
pub const RESET_HOLDS: Duration = Duration::from_secs(3600);

/// The tokens that hold now: at most one of a kind, in memory only. Times are since the daemon's start.
#[derive(Default)]
pub struct Keys(Mutex<Held>);

#[derive(Default)]
struct Held {
    setup: Option<Key>,
    reset: Option<Key>,
}

/// The newest token of a kind, also after its end: whoever comes with it is told why it opens nothing.
struct Key {
    trace: Trace,
    until: Duration,
    is_used: bool,
}

/// Why a token opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shut {
    /// It is none, or a newer one was made.
    Unknown,
    /// It worked once, as it should.
    Used,
    /// Its time is over.
    Late,
}

impl Keys {
    /// A new token; the one before of its kind holds no longer. `None` where the system gives no random numbers.
    pub fn issue(&self, purpose: Purpose, now: Duration) -> Option<String> {
        let token = word(LENGTH)?;
        *self.held().of(purpose) = Some(Key::new(purpose, trace(&token), now));
        Some(token)
    }

    /// A token that is not known here, and what a daemon that starts later knows it by: for a box that is not running.
    pub fn for_later() -> Option<(String, String)> {
        let token = word(LENGTH)?;
        let kept = hex(&trace(&token));
        Some((token, kept))
    }

    /// Takes over a token of [`Keys::for_later`], whose time begins now; false where that is none.
    pub fn take_over(&self, purpose: Purpose, kept: &str, now: Duration) -> bool {
        let kept = kept.trim();
        let pairs: Vec<Option<u8>> = (0..kept.len() / 2)
            .map(|at| kept.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect();
        let bytes: Option<Vec<u8>> = pairs.into_iter().collect();
        let Some(held) = bytes.and_then(|bytes| Trace::try_from(bytes).ok()) else { return false };
        *self.held().of(purpose) = Some(Key::new(purpose, held, now));
        true
    }

    /// Whether this token opens that; it goes on to hold.
    pub(crate) fn try_open(&self, purpose: Purpose, token: &str, now: Duration) -> Result<(), Shut> {
        // Compared by their traces: how long that takes says nothing of the token.
        match self.held().of(purpose) {
            Some(key) if key.trace != trace(token) => Err(Shut::Unknown),
            None => Err(Shut::Unknown),
            Some(key) if key.is_used => Err(Shut::Used),
            Some(key) if now >= key.until => Err(Shut::Late),
            Some(_) => Ok(()),
        }
    }

    /// The token was used.
    pub(crate) fn use_up(&self, purpose: Purpose) {
        if let Some(key) = self.held().of(purpose) {
            key.is_used = true;
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key {
    fn new(purpose: Purpose, trace: Trace, now: Duration) -> Key {
        let until = match purpose {
            Purpose::Setup => Duration::MAX,
            Purpose::Reset => now.saturating_add(RESET_HOLDS),
        };
        Key { trace, until, is_used: false }
    }
}

impl Held {
    fn of(&mut self, purpose: Purpose) -> &mut Option<Key> {
        match purpose {
            Purpose::Setup => &mut self.setup,
            Purpose::Reset => &mut self.reset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    #[test]
    fn a_token_holds_until_it_is_used_or_replaced() {
        let keys = Keys::default();
        assert_eq!(keys.try_open(Purpose::Setup, "", NOW), Err(Shut::Unknown));
        let first = keys.issue(Purpose::Setup, NOW).unwrap();
        assert_eq!(keys.try_open(Purpose::Setup, &first, NOW), Ok(()));
        assert_eq!(keys.try_open(Purpose::Reset, &first, NOW), Err(Shut::Unknown));
        let second = keys.issue(Purpose::Setup, NOW).unwrap();
        assert_eq!(keys.try_open(Purpose::Setup, &first, NOW), Err(Shut::Unknown));
        assert_eq!(keys.try_open(Purpose::Setup, &second, Duration::from_secs(1 << 40)), Ok(()), "it waits");
        keys.use_up(Purpose::Setup);
        assert_eq!(keys.try_open(Purpose::Setup, &second, NOW), Err(Shut::Used));
    }

    #[test]
    fn a_token_for_a_password_has_its_time() {
        let keys = Keys::default();
        let token = keys.issue(Purpose::Reset, NOW).unwrap();
        let end = NOW + RESET_HOLDS;
        assert_eq!(keys.try_open(Purpose::Reset, &token, end - Duration::from_secs(1)), Ok(()));
        assert_eq!(keys.try_open(Purpose::Reset, &token, end), Err(Shut::Late));
        assert_eq!(keys.try_open(Purpose::Reset, "guess", end), Err(Shut::Unknown), "a guess learns nothing");
    }

    #[test]
    fn a_token_for_later_is_known_by_what_is_kept_of_it() {
        let (token, kept) = Keys::for_later().unwrap();
        let keys = Keys::default();
        assert!(!keys.take_over(Purpose::Reset, "0a", NOW));
        assert!(!keys.take_over(Purpose::Reset, &token, NOW));
        assert!(keys.take_over(Purpose::Reset, &format!("{kept}\n"), NOW));
        assert_eq!(keys.try_open(Purpose::Reset, &token, NOW), Ok(()));
    }
}
