//! What a restart does not make forgotten: who guesses, how long they wait, and who had proven itself behind them.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Guard, KEPT, Row, Source, Waits};

/// Sources that are kept, those with the newest tries: as text some 2 KB each, which a flash disk bears twice a minute for as
/// long as an attack lasts.
pub const MAX_KEPT: usize = 64;

/// Guessers, to be kept over a restart. Plain data, its moments by the clock of the run that made it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Guesses {
    sources: BTreeMap<IpAddr, Source>,
    accounts: BTreeMap<String, Waits>,
    proven: BTreeMap<String, Vec<(SocketAddr, Duration)>>,
}

impl Guard {
    /// Those that tried last.
    pub fn kept(&self, now: Duration) -> Guesses {
        let tried = |source: &Source| source.newest().filter(|last| now.saturating_sub(*last) < KEPT);
        let mut newest: Vec<_> = self.sources.iter().filter_map(|(at, one)| Some((tried(one)?, at, one))).collect();
        newest.sort_by_key(|(last, ..)| std::cmp::Reverse(*last));
        let sources: BTreeMap<_, _> =
            newest.into_iter().take(MAX_KEPT).map(|(_, at, one)| (*at, one.clone())).collect();
        let is_tried = |user: &String| sources.values().any(|source| source.rows.contains_key(user));
        let accounts = self.accounts.iter().filter(|(user, _)| is_tried(user));
        let proven = self.proven.iter().filter(|(user, _)| is_tried(user));
        Guesses {
            accounts: accounts.map(|(user, waits)| (user.clone(), *waits)).collect(),
            proven: proven.map(|(user, places)| (user.clone(), places.clone())).collect(),
            sources,
        }
    }

    /// Goes on from what was kept; `moved` says when a moment of then is by today's clock. What is too old by it is gone.
    pub fn restore(&mut self, mut guesses: Guesses, now: Duration, moved: impl Fn(Duration) -> Duration) {
        let move_waits = |waits: &mut Waits| (waits.until, waits.last) = (moved(waits.until), moved(waits.last));
        guesses.accounts.values_mut().for_each(move_waits);
        guesses.proven.values_mut().flatten().for_each(|(_, last)| *last = moved(*last));
        for source in guesses.sources.values_mut() {
            move_waits(&mut source.waits);
            for row in source.rows.values_mut().chain(&mut source.others) {
                let Row { first, last, next_chance, waits, .. } = row;
                (*first, *last, *next_chance) = (moved(*first), moved(*last), moved(*next_chance));
                move_waits(waits);
            }
        }
        guesses.sources.retain(|_, source| source.newest().is_some_and(|last| now.saturating_sub(last) < KEPT));
        self.rows = guesses.sources.values().map(Source::len).sum();
        (self.sources, self.accounts, self.proven) = (guesses.sources, guesses.accounts, guesses.proven);
        self.changes += 1;
    }
}
