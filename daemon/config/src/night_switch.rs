//! Who switches night modes, and what becomes of the office's rows and time groups then.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use crate::access::Area;
use crate::config::Config;
use crate::night_mode::{NightGroup, NightMode};
use crate::person::Person;
use crate::raw::RawConfig;
use crate::raw_night_mode::RawNightMode;
use crate::time_group::{Forced, GroupOwner, NightHold};

/// How long a night mode is to hold its groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NightEnd {
    /// Each until its own times change next (F52).
    NextChange,
    /// All until then.
    At(Timestamp),
    /// Until somebody switches it off.
    ForGood,
}

impl Config {
    /// The night modes, in the order of their rows.
    pub fn night_modes(&self) -> &[NightMode] {
        &self.night_modes
    }

    /// The night mode of this name.
    pub fn night_mode(&self, name: &str) -> Option<&NightMode> {
        self.night_modes.iter().find(|mode| mode.name == name)
    }

    /// Whether somebody may switch it: who may change the office's times, and who is named.
    pub fn may_switch(&self, mode: &NightMode, person: &Person) -> bool {
        let own = person.extension.as_ref();
        person.rights().may_change(Area::Times) || own.is_some_and(|own| mode.extensions.contains(own))
    }

    /// Those of this short number, or all of them, that an extension may switch.
    pub fn switchable<'c>(&'c self, extension: &str, number: u16) -> impl Iterator<Item = &'c NightMode> {
        let person = self.owner_of(extension);
        let modes = self.night_modes.iter().filter(move |mode| mode.is_meant(number));
        modes.filter(move |mode| person.is_some_and(|person| self.may_switch(mode, person)))
    }

    /// Makes the office's time groups know which night modes hold them: the one that was switched on last is the first.
    pub(crate) fn spread_nights(&mut self) {
        let on = |mode: &NightMode| mode.on.as_ref().map(|on| on.since);
        let mut modes: Vec<&NightMode> = self.night_modes.iter().filter(|mode| mode.on.is_some()).collect();
        // Of several at the same moment the later row.
        modes.reverse();
        modes.sort_by_key(|mode| Reverse(on(mode)));
        let Some(groups) = self.time_groups.get_mut(&GroupOwner::Office) else { return };
        for mode in modes {
            for held in mode.on.iter().flat_map(|on| &on.holds) {
                let Some(group) = groups.get_mut(&held.group) else { continue };
                Arc::make_mut(group).nights.push(NightHold { mode: mode.name.clone(), forced: held.forced });
            }
        }
    }
}

impl RawNightMode {
    /// Switches it on by somebody, of whose groups `config` knows the times.
    pub fn switch_on(&mut self, config: &Config, by: Option<&str>, end: NightEnd, now: Timestamp) {
        let groups = self.groups.iter().flatten().filter_map(|text| text.parse::<NightGroup>().ok());
        // One that is not there any more keeps nobody from forcing the others.
        let groups = groups.filter(|one| config.time_group("", &one.group).is_some());
        let holds = groups.map(|NightGroup { group, forced }| {
            let until = match end {
                NightEnd::NextChange => config.time_group("", &group).and_then(|group| group.next_by_times(now)),
                NightEnd::At(until) => Some(until),
                NightEnd::ForGood => None,
            };
            NightGroup { group, forced: Forced { until, ..forced } }.to_string()
        });
        (self.holds, self.since) = (Some(holds.collect()), Some(now.to_string()));
        self.by = by.map(str::to_owned);
    }

    /// Switches it off.
    pub fn switch_off(&mut self) {
        (self.holds, self.since, self.by) = (None, None, None);
    }

    /// Lets a group go that was said something else of.
    fn let_go(&mut self, group: &str) {
        let Some(holds) = &mut self.holds else { return };
        holds.retain(|text| text.parse::<NightGroup>().is_ok_and(|held| held.group != group));
        if holds.is_empty() {
            self.switch_off();
        }
    }

    /// Goes on with a group under its new name.
    fn rename(&mut self, before: &str, after: &str) {
        for text in [&mut self.groups, &mut self.holds].into_iter().flatten().flatten() {
            if let Some(group) = text.parse().ok().filter(|one: &NightGroup| one.group == before) {
                *text = NightGroup { group: after.to_owned(), ..group }.to_string();
            }
        }
    }
}

impl RawConfig {
    /// Somebody said something of this time group of the office alone: no night mode holds it any more.
    pub fn let_nights_go(&mut self, group: &str) {
        self.night_modes.iter_mut().for_each(|mode| mode.let_go(group));
    }

    /// A time group of the office goes, and another one stands in: a night mode that forces both has one row less.
    pub fn replace_in_nights(&mut self, gone: &str, by: &str) {
        self.let_nights_go(gone);
        let of = |text: &String| text.parse::<NightGroup>().ok().map(|one| one.group);
        for groups in self.night_modes.iter_mut().filter_map(|mode| mode.groups.as_mut()) {
            if groups.iter().any(|text| of(text).as_deref() == Some(by)) {
                groups.retain(|text| of(text).as_deref() != Some(gone));
            }
        }
        self.rename_in_nights(gone, by);
    }

    /// A time group of the office has another name: night modes go on with it.
    pub fn rename_in_nights(&mut self, before: &str, after: &str) {
        self.night_modes.iter_mut().for_each(|mode| mode.rename(before, after));
    }
}

/// Switches the night modes of this number, or all, that an extension may switch. `None` where there is none.
pub(crate) fn switch_by_phone(
    raw: &mut RawConfig,
    config: &Config,
    of: &str,
    (number, is_on): (u16, bool),
    now: Timestamp,
) -> Option<()> {
    let names: Vec<&str> = config.switchable(of, number).map(|mode| mode.name.as_str()).collect();
    let is_meant = |row: &&mut RawNightMode| row.name.as_deref().is_some_and(|name| names.contains(&name));
    for row in raw.night_modes.iter_mut().filter(is_meant) {
        if is_on {
            row.switch_on(config, config.name_of(of), NightEnd::NextChange, now);
        } else {
            row.switch_off();
        }
    }
    (!names.is_empty()).then_some(())
}
