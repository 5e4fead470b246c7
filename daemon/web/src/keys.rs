//! One-time tokens that claim a box without an administrator, or give an administrator a new password.

use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// The tokens that hold now: at most one of a kind, in memory only.
#[derive(Default)]
pub struct Keys(Mutex<Held>);

#[derive(Default)]
struct Held {
    setup: Option<Trace>,
    reset: Option<Trace>,
}

impl Keys {
    /// A new token; the one before of its kind holds no longer. `None` where the system gives no random numbers.
    pub fn issue(&self, purpose: Purpose) -> Option<String> {
        let token = word(LENGTH)?;
        *self.held().of(purpose) = Some(trace(&token));
        Some(token)
    }

    /// A token that is not known here, and what a daemon that starts later knows it by: for a box that is not running.
    pub fn for_later() -> Option<(String, String)> {
        let token = word(LENGTH)?;
        let kept = hex(&trace(&token));
        Some((token, kept))
    }

    /// Takes over a token of [`Keys::for_later`]; false where that is none.
    pub fn take_over(&self, purpose: Purpose, kept: &str) -> bool {
        let kept = kept.trim();
        let pairs: Vec<Option<u8>> = (0..kept.len() / 2)
            .map(|at| kept.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect();
        let bytes: Option<Vec<u8>> = pairs.into_iter().collect();
        let Some(held) = bytes.and_then(|bytes| Trace::try_from(bytes).ok()) else { return false };
        *self.held().of(purpose) = Some(held);
        true
    }

    /// Whether this token opens that; it goes on to hold.
    pub(crate) fn opens(&self, purpose: Purpose, token: &str) -> bool {
        // Compared by their traces: how long that takes says nothing of the token.
        *self.held().of(purpose) == Some(trace(token))
    }

    /// The token was used.
    pub(crate) fn use_up(&self, purpose: Purpose) {
        *self.held().of(purpose) = None;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn of(&mut self, purpose: Purpose) -> &mut Option<Trace> {
        match purpose {
            Purpose::Setup => &mut self.setup,
            Purpose::Reset => &mut self.reset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_until_it_is_used_or_replaced() {
        let keys = Keys::default();
        assert!(!keys.opens(Purpose::Setup, ""));
        let first = keys.issue(Purpose::Setup).unwrap();
        assert!(keys.opens(Purpose::Setup, &first));
        assert!(!keys.opens(Purpose::Reset, &first));
        let second = keys.issue(Purpose::Setup).unwrap();
        assert!(!keys.opens(Purpose::Setup, &first));
        assert!(keys.opens(Purpose::Setup, &second));
        keys.use_up(Purpose::Setup);
        assert!(!keys.opens(Purpose::Setup, &second));
    }

    #[test]
    fn a_token_for_later_is_known_by_what_is_kept_of_it() {
        let (token, kept) = Keys::for_later().unwrap();
        let keys = Keys::default();
        assert!(!keys.take_over(Purpose::Reset, "0a"));
        assert!(!keys.take_over(Purpose::Reset, &token));
        assert!(keys.take_over(Purpose::Reset, &format!("{kept}\n")));
        assert!(keys.opens(Purpose::Reset, &token));
    }
}
