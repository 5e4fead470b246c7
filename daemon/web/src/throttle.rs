//! Slows down whoever guesses.
//!
//! ```text
//!   Free --a wrong try--> counted --five of them--> Waiting for FIRST, then twice as long each, at most LONGEST
//!   any --the right one, or FORGOTTEN without a try--> Free
//! ```
//!
//! A try counts as wrong when it begins, so that many at once gain nothing.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pbx::attempts::source_of;

/// Tries before the first wait: nobody forgets more often which of their passwords it was.
pub(crate) const FREE_TRIES: u32 = 5;

/// The first wait.
const FIRST: Duration = Duration::from_secs(30);

/// The longest wait: a colleague who is locked out by another's guesses is not so for the day.
pub(crate) const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Without a try for so long, all is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// How many sources and accounts are counted: more than an office has; of more, those that waited longest since their
/// last try are forgotten.
const COUNTED: usize = 4096;

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Guesser {
    /// An address; of IPv6 the network, since its owner has all addresses in it.
    Source(IpAddr),
    /// What somebody signs in as, also where there is no such account.
    Account(String),
}

impl Guesser {
    pub(crate) fn source(ip: IpAddr) -> Guesser {
        Guesser::Source(source_of(ip))
    }
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    last: Duration,
}

impl Tries {
    fn wait(&self) -> Duration {
        let over = self.count.saturating_sub(FREE_TRIES);
        match over.checked_sub(1) {
            None if self.count < FREE_TRIES => Duration::ZERO,
            None => FIRST,
            Some(doublings) => FIRST.saturating_mul(1 << doublings.saturating_add(1).min(16)).min(LONGEST),
        }
    }
}

/// The tries that are remembered.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<Guesser, Tries>>);

impl Throttle {
    /// Counts a try of all of these; where one of them has to wait, none is counted and the wait is told.
    pub(crate) fn begin(&self, guessers: &[Guesser], now: Duration) -> Result<(), Duration> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, tries| now.saturating_sub(tries.last) < FORGOTTEN);
        let left = |guesser| {
            let tries: &Tries = all.get(guesser)?;
            (tries.last + tries.wait()).checked_sub(now).filter(|left| !left.is_zero())
        };
        if let Some(left) = guessers.iter().filter_map(left).max() {
            return Err(left);
        }
        for guesser in guessers {
            let tries = all.entry(guesser.clone()).or_insert(Tries { count: 0, last: now });
            *tries = Tries { count: tries.count.saturating_add(1), last: now };
        }
        while all.len() > COUNTED {
            let oldest = all.iter().min_by_key(|(_, tries)| tries.last).map(|(guesser, _)| guesser.clone());
            oldest.and_then(|guesser| all.remove(&guesser));
        }
        Ok(())
    }

    /// The try was right.
    pub(crate) fn succeeded(&self, guessers: &[Guesser]) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for guesser in guessers {
            all.remove(guesser);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    fn desk() -> [Guesser; 1] {
        [Guesser::Account("desk".to_owned())]
    }

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour_and_no_further() {
        let throttle = Throttle::default();
        let mut now = S(100);
        for _ in 0..FREE_TRIES {
            assert_eq!(throttle.begin(&desk(), now), Ok(()));
        }
        for wait in [30, 60, 120, 240, 480, 900, 900] {
            assert_eq!(throttle.begin(&desk(), now), Err(S(wait)));
            assert_eq!(throttle.begin(&desk(), now + S(wait - 1)), Err(S(1)));
            now += S(wait);
            assert_eq!(throttle.begin(&desk(), now), Ok(()), "after {wait} s");
        }
        assert_eq!(throttle.begin(&desk(), now + FORGOTTEN), Ok(()));
        assert_eq!(throttle.begin(&desk(), now + FORGOTTEN), Ok(()));
    }

    #[test]
    fn the_right_one_starts_anew_and_others_are_not_kept_waiting() {
        let throttle = Throttle::default();
        let both = [Guesser::source([10, 0, 0, 1].into()), Guesser::Account("desk".to_owned())];
        for _ in 0..FREE_TRIES {
            throttle.begin(&both, S(1)).unwrap();
        }
        throttle.begin(&both, S(1)).unwrap_err();
        throttle.begin(&[Guesser::source([10, 0, 0, 2].into())], S(1)).unwrap();
        throttle.succeeded(&both);
        throttle.begin(&both, S(1)).unwrap();
    }

    #[test]
    fn a_network_of_version_6_is_one_guesser() {
        let source = |text: &str| Guesser::source(text.parse().unwrap());
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::9"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
        assert_eq!(source("::ffff:10.0.0.1"), source("10.0.0.1"));
    }

    #[test]
    fn so_many_are_counted_and_no_more() {
        let throttle = Throttle::default();
        for number in 0..COUNTED + 50 {
            let now = Duration::from_millis(number as u64);
            throttle.begin(&[Guesser::Account(number.to_string())], now).unwrap();
        }
        assert_eq!(throttle.0.lock().unwrap().len(), COUNTED);
    }
}
