//! Who tries to guess a mailbox's PIN, over all calls and phones, and for how long nobody may go on.
//!
//! ```text
//!   free --begin--> asked --right--> free
//!    ^ |              |
//!    | an hour        +--wrong--> missed --LIMIT in a row--> locked --LOCKED_FOR--> free
//!    +-- without a try <------------+
//! ```
//!
//! A try counts from the moment that the PIN is given to be checked: no more of them can be on their way than may be wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How many wrong PINs in a row lock a mailbox (F3): an owner who confuses two PINs needs three, and of 10 000 PINs five are
/// nothing.
pub const MISSES_LIMIT: u8 = 5;

/// For how long it is locked (F3): at five tries in each quarter of an hour half of all four-digit PINs take ten days, and the
/// first hour tells somebody. An owner can wait for it.
pub const LOCKED_FOR: Duration = Duration::from_secs(15 * 60);

/// After so long without a try the wrong ones are forgotten: the slip of the morning must not lock out in the evening.
pub const FORGOTTEN_AFTER: Duration = Duration::from_secs(60 * 60);

/// The tries at all mailboxes. Bounded: one entry for each mailbox that exists, and one for all the numbers that are none, which
/// could be made up without end. That one hides nothing: any phone hears which extensions there are by dialling them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    tries: BTreeMap<Option<String>, Tries>,
}

/// What was tried at one mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Tries {
    /// Wrong ones in a row.
    wrong: u8,
    /// Those that are being checked.
    asked: u8,
    /// When the last one began, since boot.
    last: Duration,
    /// The extensions whose phones tried. Bounded by the limit of tries.
    from: BTreeSet<String>,
    /// Whether somebody was told that it is locked.
    is_told: bool,
}

impl Tries {
    fn is_locked(&self) -> bool {
        self.wrong.saturating_add(self.asked) >= MISSES_LIMIT
    }

    fn ends(&self) -> Duration {
        self.last + if self.is_locked() { LOCKED_FOR } else { FORGOTTEN_AFTER }
    }
}

impl Pins {
    /// Begins a try from an extension's phone; `None` stands for every number that is no mailbox. The error: nobody may try, for
    /// so long.
    pub fn begin(&mut self, mailbox: Option<&str>, from: &str, now: Duration) -> Result<(), Duration> {
        self.tries.retain(|_, tries| now < tries.ends());
        let tries = self.tries.entry(mailbox.map(str::to_owned)).or_default();
        if tries.is_locked() {
            return Err(tries.ends() - now);
        }
        tries.asked += 1;
        tries.last = now;
        tries.from.insert(from.to_owned());
        Ok(())
    }

    /// It was the right one.
    pub fn right(&mut self, mailbox: Option<&str>) {
        self.tries.remove(&mailbox.map(str::to_owned));
    }

    /// It was no try: it could not be checked, or was right and frees nobody of those that were wrong.
    pub fn void(&mut self, mailbox: Option<&str>) {
        if let Some(tries) = self.tries.get_mut(&mailbox.map(str::to_owned)) {
            tries.asked = tries.asked.saturating_sub(1);
        }
    }

    /// It was wrong, or nobody waited to hear that. Returns who tried, where this is the one that locks.
    pub fn wrong(&mut self, mailbox: Option<&str>, from: &str, now: Duration) -> Option<Vec<String>> {
        let tries =
            self.tries.entry(mailbox.map(str::to_owned)).or_insert_with(|| Tries { last: now, ..Tries::default() });
        tries.asked = tries.asked.saturating_sub(1);
        tries.wrong = tries.wrong.saturating_add(1);
        tries.from.insert(from.to_owned());
        if tries.wrong < MISSES_LIMIT || tries.is_told {
            return None;
        }
        tries.is_told = true;
        Some(tries.from.iter().cloned().collect())
    }

    /// For how long nobody may try any more.
    pub fn locked_for(&self, mailbox: Option<&str>, now: Duration) -> Option<Duration> {
        let tries = self.tries.get(&mailbox.map(str::to_owned)).filter(|tries| tries.is_locked())?;
        tries.ends().checked_sub(now).filter(|rest| !rest.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Option<&str> = Some("101");

    fn at(minutes: u64) -> Duration {
        Duration::from_secs(minutes * 60)
    }

    fn misses(pins: &mut Pins, times: u8, now: Duration) -> Vec<Option<Vec<String>>> {
        let miss = |_| {
            pins.begin(ANN, "102", now).expect("it is not locked yet");
            pins.wrong(ANN, "102", now)
        };
        (0..times).map(miss).collect()
    }

    #[test]
    fn five_in_a_row_lock_and_are_told_once() {
        let mut pins = Pins::default();
        assert_eq!(misses(&mut pins, 5, at(1)), [None, None, None, None, Some(vec!["102".to_owned()])]);
        assert_eq!(pins.begin(ANN, "101", at(1)), Err(LOCKED_FOR));
        assert_eq!(pins.begin(ANN, "101", at(15)), Err(at(1)));
        assert_eq!(pins.locked_for(ANN, at(15)), Some(at(1)));
        assert_eq!(pins.begin(ANN, "101", at(16)), Ok(()));
        pins.void(ANN);
        assert_eq!(misses(&mut pins, 5, at(16)).last(), Some(&Some(vec!["101".to_owned(), "102".to_owned()])));
    }

    #[test]
    fn the_right_one_begins_anew() {
        let mut pins = Pins::default();
        misses(&mut pins, 4, at(1));
        assert_eq!(pins.begin(ANN, "101", at(1)), Ok(()));
        pins.right(ANN);
        assert_eq!(pins, Pins::default());
    }

    #[test]
    fn an_hour_without_a_try_is_forgotten() {
        let mut pins = Pins::default();
        misses(&mut pins, 4, at(1));
        misses(&mut pins, 1, at(60));
        assert!(pins.locked_for(ANN, at(60)).is_some(), "59 minutes are not an hour");
        let mut pins = Pins::default();
        misses(&mut pins, 4, at(1));
        assert_eq!(misses(&mut pins, 4, at(61)), [None, None, None, None]);
        assert_eq!(pins.begin(Some("999"), "102", at(200)), Ok(()));
        assert_eq!(pins.tries.len(), 1, "what is over is not kept");
    }

    #[test]
    fn no_more_are_on_their_way_than_may_be_wrong() {
        let mut pins = Pins::default();
        misses(&mut pins, 3, at(1));
        assert_eq!(pins.begin(ANN, "102", at(1)), Ok(()));
        assert_eq!(pins.begin(ANN, "103", at(1)), Ok(()));
        assert_eq!(pins.begin(ANN, "104", at(1)), Err(LOCKED_FOR));
        pins.void(ANN);
        assert_eq!(pins.begin(ANN, "104", at(1)), Ok(()));
        assert_eq!(pins.wrong(ANN, "104", at(1)), None, "one of the two may still be right");
        pins.right(ANN);
        assert_eq!(pins.begin(ANN, "104", at(1)), Ok(()));
    }

    #[test]
    fn mailboxes_are_locked_one_by_one_and_all_that_do_not_exist_as_one() {
        let mut pins = Pins::default();
        misses(&mut pins, 5, at(1));
        for number in 0..5 {
            assert_eq!(pins.begin(None, "102", at(1)), Ok(()), "{number}");
            pins.wrong(None, "102", at(1));
        }
        assert_eq!(pins.begin(None, "102", at(1)), Err(LOCKED_FOR));
        assert_eq!(pins.begin(Some("103"), "102", at(1)), Ok(()));
        assert_eq!(pins.tries.len(), 3);
    }
}
