//! Messages that are of no use to anybody, counted by the minute, in all and by source: a flood is seen by that, and whose it is.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::transport::source_of;

/// Over what is counted.
pub const MINUTE: Duration = Duration::from_secs(60);

/// Sources that are counted by themselves: a flood has few that tell anything. One more takes the place of the least, and its
/// count, so that no source that sends much is ever missed, however many addresses are forged beside it.
pub const MAX_SOURCES: usize = 64;

/// From so many a minute on a source is shown: a phone that is asked for its digest before each request has fewer.
pub const SHOWN_FROM: u64 = 60;

/// The counts of this minute and of the last whole one. Plain data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Junk {
    minute: u64,
    now: Tally,
    last: Tally,
}

/// How much junk comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JunkFigures {
    /// Messages within a minute: the last whole one, or this one where it has more already.
    pub per_minute: u64,
    /// The same by source, the greatest first, from [`SHOWN_FROM`] on. At most as many too many as the least of them.
    pub sources: Vec<(IpAddr, u64)>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Tally {
    all: u64,
    sources: BTreeMap<IpAddr, u64>,
}

impl Junk {
    /// One more from there.
    pub fn note(&mut self, now: Duration, from: IpAddr) {
        self.turn(now);
        self.now.add(source_of(from));
    }

    /// How much comes now.
    pub fn figures(&self, now: Duration) -> JunkFigures {
        let mut counts = self.clone();
        counts.turn(now);
        let mut sources = counts.last.sources;
        for (source, count) in counts.now.sources {
            let last = sources.entry(source).or_default();
            *last = count.max(*last);
        }
        let mut sources: Vec<_> = sources.into_iter().filter(|(_, count)| *count >= SHOWN_FROM).collect();
        sources.sort_by_key(|(source, count)| (std::cmp::Reverse(*count), *source));
        JunkFigures { per_minute: counts.now.all.max(counts.last.all), sources }
    }

    fn turn(&mut self, now: Duration) {
        let minute = now.as_secs() / MINUTE.as_secs();
        let ended = std::mem::take(&mut self.now);
        match minute.checked_sub(self.minute) {
            None | Some(0) => self.now = ended,
            Some(1) => self.last = ended,
            Some(_) => self.last = Tally::default(),
        }
        self.minute = minute.max(self.minute);
    }
}

impl Tally {
    fn add(&mut self, source: IpAddr) {
        self.all = self.all.saturating_add(1);
        if self.sources.len() >= MAX_SOURCES && !self.sources.contains_key(&source) {
            let least = self.sources.iter().min_by_key(|(_, count)| **count).map(|(least, _)| *least);
            let count = least.and_then(|least| self.sources.remove(&least)).unwrap_or_default();
            self.sources.insert(source, count);
        }
        let count = self.sources.entry(source).or_default();
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(1_000_020 + seconds)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_flood_has_a_figure_for_a_minute_and_then_none() {
        let mut junk = Junk::default();
        (0..100).for_each(|_| junk.note(at(0), ip("192.0.2.7")));
        (0..59).for_each(|_| junk.note(at(1), ip("192.0.2.8")));
        let expected = JunkFigures { per_minute: 159, sources: vec![(ip("192.0.2.7"), 100)] };
        assert_eq!(junk.figures(at(30)), expected, "the running minute has more than the last");
        assert_eq!(junk.figures(at(60)), expected, "the last whole one");
        junk.note(at(61), ip("192.0.2.8"));
        assert_eq!(junk.figures(at(119)), expected);
        assert_eq!(junk.figures(at(120)), JunkFigures { per_minute: 1, sources: vec![] });
        assert_eq!(junk.figures(at(180)), JunkFigures::default());
    }

    #[test]
    fn a_network_of_ipv6_is_one_source_and_an_address_in_it_no_way_to_hide() {
        let mut junk = Junk::default();
        for host in 0..100 {
            junk.note(at(0), ip(&format!("2001:db8:7:8::{host:x}")));
            junk.note(at(0), ip("::ffff:192.0.2.7"));
        }
        assert_eq!(junk.figures(at(0)).sources, [(ip("192.0.2.7"), 100), (ip("2001:db8:7:8::"), 100)]);
    }

    #[test]
    fn forged_addresses_do_not_hide_whoever_sends_most() {
        let mut junk = Junk::default();
        for n in 0..10_000_u32 {
            junk.note(at(0), IpAddr::from((0x0a00_0000 + n).to_be_bytes()));
            if n % 4 == 0 {
                junk.note(at(0), ip("192.0.2.7"));
            }
        }
        let figures = junk.figures(at(0));
        assert_eq!(figures.per_minute, 12_500);
        assert!(figures.sources.len() <= MAX_SOURCES);
        let (first, count) = figures.sources[0];
        assert!(first == ip("192.0.2.7") && (2_500..2_700).contains(&count), "{first} {count}");
    }
}
