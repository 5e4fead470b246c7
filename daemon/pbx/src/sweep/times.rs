//! When rules hold: everything about the office that changes with time, as bits over the moments at which any of it does.
//!
//! Between two such moments nothing changes, so that one look at each is all there is to see.

use std::collections::BTreeMap;
use std::sync::Arc;

use config::{Callers, Config, Diversion, Extension, TimeGroup};
use jiff::{SignedDuration, Timestamp};

/// How much is computed to know when time groups change, in entries that are asked: a second or two of a small board. An
/// office that needs more is looked at for less than the year.
const MAX_ASKED: usize = 40_000_000;

/// How many bits are kept at once: 32 MiB.
const MAX_BITS: usize = 1 << 28;

/// The moments at which anything changes, and what holds from each on.
pub(super) struct Times {
    /// In their order; the first is the begin.
    pub(super) moments: Vec<Timestamp>,
    /// How many days are looked at.
    pub(super) days: u16,
    waves: Vec<Cells>,
    /// The waves that decide what an extension does with calls.
    of: BTreeMap<String, Vec<usize>>,
    /// The same by time group.
    groups: BTreeMap<*const TimeGroup, usize>,
}

/// A set of moments, by their places.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Cells(Vec<u64>);

/// Something that holds at times.
struct Wave<'a> {
    changes: Vec<Timestamp>,
    holds: Box<dyn Fn(Timestamp) -> bool + 'a>,
}

impl Times {
    /// What changes from this moment on, within so many days, or less where that is too much.
    pub(super) fn of(config: &Config, from: Timestamp, days: u16) -> Times {
        let affordable = MAX_ASKED / asked_a_day(config).max(1);
        let days = days.min(u16::try_from(affordable).unwrap_or(u16::MAX));
        let until = from.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
        let mut seen = Seen { from, until, waves: Vec::new(), groups: BTreeMap::new() };
        let night =
            config.office().toll.night.and_then(|night| night.to_string().parse().ok()).map(|entry| TimeGroup {
                name: String::new(),
                owner: config::GroupOwner::Office,
                time_zone: config.office().time_zone.clone(),
                entries: vec![entry],
                number: None,
                forced: None,
                nights: Vec::new(),
            });
        let mut of_all = seen.of_callers(&config.office().callers);
        of_all.extend(night.map(|night| seen.of_group(&Arc::new(night))));
        let of = config.extensions().map(|extension| {
            let waves = seen.of_extension(extension).into_iter().chain(of_all.iter().copied()).collect();
            (extension.number.to_string(), waves)
        });
        let of = of.collect();
        let mut moments: Vec<Timestamp> = seen.waves.iter().flat_map(|wave| wave.changes.iter().copied()).collect();
        moments.retain(|at| *at > from && *at < until);
        moments.push(from);
        moments.sort_unstable();
        moments.dedup();
        let most = (MAX_BITS / seen.waves.len().max(1)).max(1);
        let seen_until = moments.get(most).copied().unwrap_or(until);
        moments.truncate(most);
        let waves = seen.waves.iter().map(|wave| wave.over(&moments)).collect();
        let hours = seen_until.duration_since(from).as_hours();
        Times { days: u16::try_from(hours / 24).unwrap_or(0), moments, waves, of, groups: seen.groups }
    }

    /// Every moment.
    pub(super) fn all(&self) -> Cells {
        Cells::with(self.moments.len(), |_| true)
    }

    /// The moments at which this time group is open; `None` of one that decides nothing.
    pub(super) fn open(&self, group: &Arc<TimeGroup>) -> Option<&Cells> {
        self.groups.get(&Arc::as_ptr(group)).map(|wave| &self.waves[*wave])
    }

    /// The moments at which these extensions do with calls what they do at this one.
    pub(super) fn alike<'a>(&self, at: usize, extensions: impl Iterator<Item = &'a str>) -> Cells {
        let mut alike = self.all();
        let mut asked: Vec<usize> = extensions.filter_map(|number| self.of.get(number)).flatten().copied().collect();
        asked.sort_unstable();
        asked.dedup();
        for wave in asked.into_iter().map(|wave| &self.waves[wave]) {
            alike.keep(wave, wave.has(at));
        }
        alike
    }
}

impl Cells {
    fn with(length: usize, is_in: impl Fn(usize) -> bool) -> Cells {
        let mut words = vec![0; length.div_ceil(64)];
        for place in (0..length).filter(|place| is_in(*place)) {
            words[place / 64] |= 1_u64 << (place % 64);
        }
        Cells(words)
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<usize> {
        let (place, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(place * 64 + usize::try_from(word.trailing_zeros()).unwrap_or(0))
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Leaves those that are in the other set too, or those that are not.
    pub(super) fn keep(&mut self, other: &Cells, are_in: bool) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= if are_in { *other } else { !*other };
        }
    }
}

/// What is collected.
struct Seen<'a> {
    from: Timestamp,
    until: Timestamp,
    waves: Vec<Wave<'a>>,
    groups: BTreeMap<*const TimeGroup, usize>,
}

impl<'a> Seen<'a> {
    fn of_extension(&mut self, extension: &'a Extension) -> Vec<usize> {
        let answering = &extension.answering;
        let rules = answering.rules.iter().filter(|rule| rule.is_enabled);
        let mut waves: Vec<usize> = rules.map(|rule| self.of_group(&rule.when)).collect();
        for diversion in &answering.diversions {
            match diversion.follows() {
                Some(group) if diversion.forced.is_none() => waves.push(self.of_group(group)),
                Some(group) => waves.push(self.of_diversion(diversion, group)),
                None => {}
            }
        }
        waves.extend(self.of_callers(&answering.callers));
        waves
    }

    fn of_group(&mut self, group: &Arc<TimeGroup>) -> usize {
        if let Some(known) = self.groups.get(&Arc::as_ptr(group)) {
            return *known;
        }
        let changes = self.changes_of(group);
        let (pointer, group) = (Arc::as_ptr(group), Arc::clone(group));
        let wave = self.add(changes, Box::new(move |at| group.is_open(at)));
        self.groups.insert(pointer, wave);
        wave
    }

    fn of_diversion(&mut self, diversion: &'a Diversion, group: &TimeGroup) -> usize {
        let freed = diversion.forced.and_then(|forced| forced.until);
        let changes = self.changes_of(group).into_iter().chain(freed).collect();
        self.add(changes, Box::new(|at| diversion.is_on(at)))
    }

    fn of_callers(&mut self, callers: &'a Callers) -> Vec<usize> {
        let dated = callers.listed.iter().filter(|caller| caller.until.is_some());
        dated.map(|one| self.add(one.until.into_iter().collect(), Box::new(|at| one.holds(at)))).collect()
    }

    fn changes_of(&self, group: &TimeGroup) -> Vec<Timestamp> {
        group.changes_until(self.from, self.until).into_iter().map(|change| change.at).collect()
    }

    fn add(&mut self, mut changes: Vec<Timestamp>, holds: Box<dyn Fn(Timestamp) -> bool + 'a>) -> usize {
        changes.sort_unstable();
        self.waves.push(Wave { changes, holds });
        self.waves.len() - 1
    }
}

impl Wave<'_> {
    /// Asked at its own changes alone: between them it holds, or not, all the time.
    fn over(&self, moments: &[Timestamp]) -> Cells {
        let mut changes = self.changes.iter().peekable();
        let mut cells = Cells(vec![0; moments.len().div_ceil(64)]);
        let mut holds = moments.first().is_some_and(|at| (self.holds)(*at));
        for (place, at) in moments.iter().enumerate() {
            let mut has_changed = false;
            while changes.next_if(|change| *change <= at).is_some() {
                has_changed = true;
            }
            if has_changed {
                holds = (self.holds)(*at);
            }
            if holds {
                cells.0[place / 64] |= 1 << (place % 64);
            }
        }
        cells
    }
}

/// How many entries are asked to know how the time groups change on a day.
fn asked_a_day(config: &Config) -> usize {
    let of = |group: &Arc<TimeGroup>| {
        let moments: usize = 1 + group.entries.iter().map(|entry| 2 * entry.spans.len()).sum::<usize>();
        moments * group.entries.len()
    };
    config.time_groups().map(of).sum()
}
