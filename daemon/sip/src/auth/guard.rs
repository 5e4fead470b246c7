//! Who tries wrong passwords: remembered, listed, and slowed without keeping anybody else out.
//!
//! Two things are kept apart. Whether a digest is looked at depends on who is tried from where:
//!
//! ```text
//!   Free --FREE_TRIES wrong ones, or one while the account is attacked--> Waiting for FIRST, then twice as long, up to LONGEST
//!   Waiting --the wait is over--> the next one is looked at            any --the right one, FORGOTTEN without a try--> Free
//!   Waiting: looked at all the same from an address and port that this user has proven itself from, and one in
//!            CHANCE_EVERY from a port that is not the guesser's: another phone behind the same address.
//! ```
//!
//! How a wrong one is answered depends on its source alone, so that no answer tells an account from a name that there is
//! not: a challenge, and within a wait some 503 with Retry-After, then nothing. A right one is always answered.
//!
//! Only a digest over a nonce of ours, made for the address that it comes from, gets here: nobody can forge another's.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::transport::source_of;

mod kept;

pub use kept::{Guesses, MAX_KEPT};

/// Wrong tries before the first wait: who types a password mistakes it a few times, and some phones try twice each time.
pub const FREE_TRIES: u32 = 5;
/// The first wait.
pub const FIRST_WAIT: Duration = Duration::from_secs(2);
/// The longest wait: a phone that was given its right password at last has not lost the morning.
pub const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Without a wrong try for so long, a guesser is free again.
pub const FORGOTTEN: Duration = Duration::from_secs(3600);
/// How long a row is shown after the last try: over a long weekend.
pub const KEPT: Duration = Duration::from_secs(4 * 24 * 3600);
/// Refusals with 503 in one wait; what comes beyond is not answered.
pub const ANSWERS_PER_WAIT: u32 = 4;
/// Tries of one source after which somebody must be told: more than a person makes by mistake.
pub const ATTACK_TRIES: u32 = 10;
/// At most one source in this time is told of: a thousand at once are one attack.
pub const ATTACKS_EVERY: Duration = Duration::from_secs(600);
/// Wrong tries of one account, from anywhere, after which each new source has one free try instead of [`FREE_TRIES`].
pub const ACCOUNT_TRIES: u32 = 20;
/// How often a try from another port is looked at while the guesser behind the same address waits: a phone waits for no
/// second one, and a guesser with many ports gets 86 400 tries a day, of which no random secret is afraid.
pub const CHANCE_EVERY: Duration = Duration::from_secs(1);
/// Sources remembered; of more, the one that has been quiet longest is forgotten.
pub const MAX_SOURCES: usize = 256;
/// Rows in all, each some 200 bytes; the same.
pub const MAX_ATTEMPTS: usize = 4096;
/// Names without an account that one source has rows for; the rest share one row.
pub const MAX_NAMES: usize = 16;
/// Addresses that one user has proven itself from: more devices than an extension may have.
const MAX_PROVEN: usize = 8;
/// How long that counts: twice the longest registration.
const PROVEN_FOR: Duration = Duration::from_secs(2 * 3600);

/// What was wrong with a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There is no such user.
    UnknownUser,
    /// The user exists, the secret is another.
    WrongSecret,
    /// A right digest that was used before.
    Replayed,
    /// A right digest, with a From, To or dialog that is not this user's.
    NotItsOwn,
}

/// One row: who was tried from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Where the last try came from.
    pub source: IpAddr,
    /// Who was tried; `None` for all further names of a source with [`MAX_NAMES`].
    pub user: Option<String>,
    /// What was wrong the last time.
    pub why: Why,
    /// How often, those included that were not looked at.
    pub count: u64,
    /// The first time.
    pub first: Duration,
    /// The last time.
    pub last: Duration,
    /// Until when the source waits, if it does.
    pub until: Option<Duration>,
}

/// A source that guesses, told of once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    /// Where it comes from.
    pub source: IpAddr,
    /// Whom it tried last.
    pub user: String,
    /// How often it tried so far.
    pub tries: u32,
}

/// How a wrong try is to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As any request without a digest.
    Challenge,
    /// To come again after so many seconds.
    Wait(u32),
    /// Not at all.
    Silence,
}

/// What is remembered of all sources. Plain data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Guard {
    sources: BTreeMap<IpAddr, Source>,
    /// Rows in all sources.
    rows: usize,
    /// Wrong tries of accounts, from anywhere.
    accounts: BTreeMap<String, Waits>,
    proven: BTreeMap<String, Vec<(SocketAddr, Duration)>>,
    last_attack: Option<Duration>,
    changes: u64,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Source {
    waits: Waits,
    /// Tries since it was last free, those included that were not looked at.
    tries: u32,
    answered: u32,
    is_told: bool,
    rows: BTreeMap<String, Row>,
    /// The row of all further names.
    others: Option<Row>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    from: SocketAddr,
    why: Why,
    count: u64,
    first: Duration,
    last: Duration,
    waits: Waits,
    next_chance: Duration,
}

/// How often wrong, and until when nothing more is heard.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Waits {
    wrong: u32,
    until: Duration,
    last: Duration,
}

impl Waits {
    fn is_waiting(&self, now: Duration) -> bool {
        now < self.until
    }

    fn is_forgotten(&self, now: Duration) -> bool {
        now.saturating_sub(self.last) >= FORGOTTEN
    }

    /// Counts a wrong try; one within a wait makes it no longer.
    fn count(&mut self, now: Duration, free: u32) {
        if self.is_forgotten(now) {
            *self = Waits::default();
        }
        self.last = now;
        if self.is_waiting(now) {
            return;
        }
        self.wrong = self.wrong.saturating_add(1);
        if let Some(over) = self.wrong.checked_sub(free) {
            self.until = now + FIRST_WAIT.saturating_mul(1 << over.min(16)).min(LONGEST_WAIT);
        }
    }
}

impl Source {
    fn len(&self) -> usize {
        self.rows.len() + usize::from(self.others.is_some())
    }

    fn newest(&self) -> Option<Duration> {
        self.rows.values().chain(&self.others).map(|row| row.last).max()
    }

    fn is_crowded(&self) -> bool {
        let mut unknown = self.rows.values().filter(|row| row.why == Why::UnknownUser);
        unknown.nth(MAX_NAMES - 1).is_some()
    }
}

impl Guard {
    /// Whether a digest of that user is looked at now. One that is not is a try all the same.
    pub fn hears(&mut self, now: Duration, from: SocketAddr, user: &str) -> bool {
        if self.is_proven(now, from, user) {
            return true;
        }
        let Some(row) = self.sources.get_mut(&source_of(from.ip())).and_then(|source| source.rows.get_mut(user)) else {
            return true;
        };
        if !row.waits.is_waiting(now) {
            return true;
        }
        let has_chance = row.from != from && row.next_chance <= now;
        if has_chance {
            row.next_chance = now + CHANCE_EVERY;
            return true;
        }
        self.row(now, from, user, None);
        false
    }

    /// A digest was looked at, and is wrong.
    pub fn wrong(&mut self, now: Duration, from: SocketAddr, user: &str, is_account: bool) {
        if let Some(proven) = self.proven.get_mut(user) {
            proven.retain(|(at, _)| *at != from);
        }
        let mut free = FREE_TRIES;
        if is_account {
            let account = self.accounts.entry(user.to_owned()).or_default();
            account.count(now, u32::MAX);
            if account.wrong >= ACCOUNT_TRIES {
                free = 1;
            }
        }
        let why = if is_account { Why::WrongSecret } else { Why::UnknownUser };
        let row = self.row(now, from, user, Some(why));
        // A chance that another port had is none for the guesser.
        if !row.waits.is_waiting(now) {
            row.from = from;
        }
        row.waits.count(now, free);
    }

    /// A digest was right.
    pub fn right(&mut self, now: Duration, from: SocketAddr, user: &str) {
        let proven = self.proven.entry(user.to_owned()).or_default();
        proven.retain(|(at, last)| *at != from && now.saturating_sub(*last) < PROVEN_FOR);
        proven.push((from, now));
        if proven.len() > MAX_PROVEN {
            proven.remove(0);
        }
        let Some(source) = self.sources.get_mut(&source_of(from.ip())) else { return };
        let Some(row) = source.rows.get_mut(user).filter(|row| row.from == from) else { return };
        // The phone that was wrong has been given the right one.
        row.waits = Waits::default();
        (source.waits, source.tries) = (Waits::default(), 0);
        self.changes += 1;
    }

    /// How a wrong try, or one that was not looked at, is answered.
    pub fn refuse(&mut self, now: Duration, from: SocketAddr, user: &str) -> (Manner, Option<Attack>) {
        let Some(source) = self.sources.get_mut(&source_of(from.ip())) else { return (Manner::Challenge, None) };
        if source.waits.is_forgotten(now) {
            (source.tries, source.is_told) = (0, false);
        }
        source.tries = source.tries.saturating_add(1);
        let manner = if !source.waits.is_waiting(now) {
            source.answered = 0;
            Manner::Challenge
        } else if source.answered < ANSWERS_PER_WAIT {
            source.answered += 1;
            let left = source.waits.until.saturating_sub(now).as_millis().div_ceil(1000);
            Manner::Wait(u32::try_from(left).unwrap_or(u32::MAX))
        } else {
            Manner::Silence
        };
        source.waits.count(now, FREE_TRIES);
        let is_new = source.tries >= ATTACK_TRIES && !source.is_told;
        if !is_new || self.last_attack.is_some_and(|last| now.saturating_sub(last) < ATTACKS_EVERY) {
            return (manner, None);
        }
        source.is_told = true;
        self.last_attack = Some(now);
        (manner, Some(Attack { source: from.ip().to_canonical(), user: user.to_owned(), tries: source.tries }))
    }

    /// Adds a try that is no guess.
    pub fn note(&mut self, now: Duration, from: SocketAddr, user: &str, why: Why) {
        self.row(now, from, user, Some(why));
    }

    /// The rows, the newest first.
    pub fn attempts(&self, now: Duration) -> Vec<Attempt> {
        let mut all: Vec<Attempt> = self
            .sources
            .values()
            .flat_map(|source| {
                let until = Some(source.waits.until).filter(|until| *until > now);
                let named = source.rows.iter().map(|(user, row)| (Some(user.clone()), row));
                named.chain(source.others.iter().map(|row| (None, row))).map(move |(user, row)| Attempt {
                    source: row.from.ip().to_canonical(),
                    user,
                    why: row.why,
                    count: row.count,
                    first: row.first,
                    last: row.last,
                    until,
                })
            })
            .filter(|attempt| now.saturating_sub(attempt.last) < KEPT)
            .collect();
        all.sort_by_key(|attempt| std::cmp::Reverse(attempt.last));
        all
    }

    /// Differs as soon as a row does.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Ends all waits of a source; false where it has no row.
    pub fn forgive(&mut self, source: IpAddr) -> bool {
        let Some(source) = self.sources.get_mut(&source_of(source)) else { return false };
        (source.waits, source.tries, source.answered) = (Waits::default(), 0, 0);
        source.rows.values_mut().for_each(|row| row.waits = Waits::default());
        self.changes += 1;
        true
    }

    /// These users have another secret, or are no more: what was tried of them before says nothing any more.
    pub fn forget_users(&mut self, is_changed: impl Fn(&str) -> bool) {
        self.accounts.retain(|user, _| !is_changed(user));
        self.proven.retain(|user, _| !is_changed(user));
        for source in self.sources.values_mut() {
            for (_, row) in source.rows.iter_mut().filter(|(user, _)| is_changed(user)) {
                (row.waits, source.waits) = (Waits::default(), Waits::default());
                self.changes += 1;
            }
        }
    }

    /// Adds a try to its row, and says which that is; without a reason the one of before stays.
    fn row(&mut self, now: Duration, from: SocketAddr, user: &str, why: Option<Why>) -> &mut Row {
        self.changes += 1;
        let at = source_of(from.ip());
        self.make_room(now, at);
        let source = self.sources.entry(at).or_default();
        let is_known = source.rows.contains_key(user);
        let is_named = is_known || why != Some(Why::UnknownUser) || !source.is_crowded();
        self.rows += usize::from(if is_named { !is_known } else { source.others.is_none() });
        let new = || Row {
            from,
            why: Why::WrongSecret,
            count: 0,
            first: now,
            last: now,
            waits: Waits::default(),
            next_chance: now,
        };
        let row = match is_named {
            true => source.rows.entry(user.to_owned()).or_insert_with(new),
            false => source.others.get_or_insert_with(new),
        };
        (row.count, row.last, row.why) = (row.count.saturating_add(1), now, why.unwrap_or(row.why));
        row
    }

    fn is_proven(&self, now: Duration, from: SocketAddr, user: &str) -> bool {
        let is_here = |(at, last): &(SocketAddr, Duration)| *at == from && now.saturating_sub(*last) < PROVEN_FOR;
        self.proven.get(user).is_some_and(|proven| proven.iter().any(is_here))
    }

    /// Forgets the source that has been quiet longest while there are too many, but not this one.
    fn make_room(&mut self, now: Duration, at: IpAddr) {
        while self.rows >= MAX_ATTEMPTS || self.sources.len() >= MAX_SOURCES && !self.sources.contains_key(&at) {
            let others = self.sources.iter().filter(|(other, _)| **other != at);
            let oldest = others.min_by_key(|(_, source)| source.newest().unwrap_or(now)).map(|(other, _)| *other);
            let Some(gone) = self.sources.remove(&oldest.unwrap_or(at)) else { return };
            self.rows = self.rows.saturating_sub(gone.len());
        }
    }
}
