//! Time groups: the office's, those of its sites and people's own.

use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::problem::{Effect, Fault, RuleFault, Table};
use crate::raw::RawConfig;
use crate::raw_rules::RawTimeGroup;
use crate::time_group::{
    GROUP_NUMBERS, GroupOwner, MAX_ENTRIES, MAX_OWN_TIME_GROUPS, MAX_SITE_TIME_GROUPS, MAX_TIME_GROUPS, TimeGroup,
    is_group_name,
};

use super::{At, Check, out_of_range, shown};

/// Whose groups are read, and how many there may be.
struct Owner {
    owner: GroupOwner,
    most: usize,
    /// Where the owner's clock is.
    time_zone: TimeZone,
}

impl Check {
    /// All time groups; when everybody in the office is known.
    pub(super) fn time_groups(&mut self, raw: &RawConfig) {
        self.groups_of_owner(GroupOwner::Office, MAX_TIME_GROUPS, &raw.time_groups);
        let mut known = BTreeSet::new();
        for row in &raw.sites {
            // Of two sites of one name the second is none.
            let name = row.name.as_deref().filter(|name| known.insert(*name));
            let Some(site) = name.and_then(|name| self.config.site(name)) else { continue };
            self.groups_of_owner(GroupOwner::Site(site.name.clone()), MAX_SITE_TIME_GROUPS, &row.time_groups);
        }
        for row in &raw.people {
            let number = row.extension.as_deref().and_then(|number| self.config.extension(number));
            let Some(number) = number.map(|extension| extension.number.clone()) else { continue };
            self.groups_of_owner(GroupOwner::Person(number), MAX_OWN_TIME_GROUPS, &row.time_groups);
        }
    }

    fn groups_of_owner(&mut self, owner: GroupOwner, most: usize, rows: &[RawTimeGroup]) {
        if rows.is_empty() {
            return;
        }
        let time_zone = self.config.clock_of(&owner).clone();
        let groups = self.groups_of(&Owner { owner: owner.clone(), most, time_zone }, rows);
        self.config.time_groups.insert(owner, groups);
    }

    fn groups_of(&mut self, owner: &Owner, rows: &[RawTimeGroup]) -> BTreeMap<String, Arc<TimeGroup>> {
        let mut groups = BTreeMap::new();
        for (index, raw) in rows.iter().enumerate() {
            let name = raw.name.clone().unwrap_or_default();
            let title = match &owner.owner {
                GroupOwner::Office => name.clone(),
                GroupOwner::Site(site) => format!("{name} of {site}"),
                GroupOwner::Person(extension) => format!("{name} of {extension}"),
            };
            let at = At::row(Table::TimeGroup, index, Some(title.trim()));
            if index == owner.most {
                self.problem(&at, "", Fault::TooMany { most: owner.most }, Effect::RowOff);
                break;
            }
            let Some(mut group) = self.time_group(&at, raw, owner) else { continue };
            self.group_number(&at, &mut group, &groups);
            match groups.entry(group.name.clone()) {
                Vacant(free) => drop(free.insert(Arc::new(group))),
                Occupied(_) => {
                    self.problem(&at, "name", RuleFault::GroupTaken { name: shown(&name) }, Effect::RowOff);
                }
            }
        }
        groups
    }

    fn time_group(&mut self, at: &At, raw: &RawTimeGroup, owner: &Owner) -> Option<TimeGroup> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let Some(name) = raw.name.clone() else {
            self.off(at, "name", Fault::Missing)?;
            return None;
        };
        if !is_group_name(&name) {
            self.off(at, "name", RuleFault::BadGroupName)?;
        }
        let time_zone = match raw.time_zone.as_deref() {
            None => owner.time_zone.clone(),
            Some(zone) => match TimeZone::get(zone) {
                Ok(found) => found,
                Err(_) => {
                    self.off(at, "time_zone", Fault::UnknownTimeZone { name: shown(zone) })?;
                    return None;
                }
            },
        };
        let times = raw.times.as_deref().unwrap_or_default();
        if times.is_empty() {
            self.off(at, "times", Fault::Missing)?;
        }
        if times.len() > MAX_ENTRIES {
            self.off(at, "times", Fault::TooMany { most: MAX_ENTRIES })?;
        }
        let mut entries = Vec::new();
        for (place, text) in times.iter().enumerate() {
            match text.parse() {
                Ok(entry) => entries.push(entry),
                Err(why) => self.off(at, "times", RuleFault::BadEntry { place: place + 1, entry: shown(text), why })?,
            }
        }
        let forced = raw.forced.as_deref().and_then(|text| {
            let forced = text.parse();
            if let Err(bad) = forced {
                self.problem(at, "forced", RuleFault::BadForced(bad), Effect::Ignored);
            }
            forced.ok()
        });
        let number = raw.number;
        Some(TimeGroup { name, owner: owner.owner.clone(), time_zone, entries, number, forced, nights: Vec::new() })
    }

    /// A short number that cannot be is left out, and the group holds all the same.
    fn group_number(&mut self, at: &At, group: &mut TimeGroup, known: &BTreeMap<String, Arc<TimeGroup>>) {
        let Some(number) = group.number else { return };
        let taken = known.values().find(|other| other.number == Some(number) && other.name != group.name);
        let fault: Fault = match taken {
            _ if !GROUP_NUMBERS.contains(&number) => out_of_range(number, &GROUP_NUMBERS),
            Some(other) => RuleFault::GroupNumberTaken { number, name: other.name.clone() }.into(),
            None => return,
        };
        group.number = None;
        self.problem(at, "number", fault, Effect::Ignored);
    }
}
