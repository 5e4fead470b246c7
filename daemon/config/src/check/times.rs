//! Time groups, the office's and people's own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::ids::ExtensionNumber;
use crate::problem::{Effect, Fault, RuleFault, Table};
use crate::raw::RawConfig;
use crate::raw_rules::RawTimeGroup;
use crate::time_group::{GROUP_NUMBERS, MAX_ENTRIES, MAX_OWN_TIME_GROUPS, MAX_TIME_GROUPS, TimeGroup, is_group_name};

use super::{At, Check, out_of_range, shown};

/// Whose groups are read, and how many there may be.
struct Owner<'a> {
    /// `None`: the office.
    extension: Option<&'a ExtensionNumber>,
    most: usize,
}

impl Check {
    /// All time groups; when everybody in the office is known.
    pub(super) fn time_groups(&mut self, raw: &RawConfig) {
        let office = Owner { extension: None, most: MAX_TIME_GROUPS };
        let groups = self.groups_of(&office, &raw.time_groups);
        if !groups.is_empty() {
            self.config.time_groups.insert(String::new(), groups);
        }
        for row in raw.people.iter().filter(|row| !row.time_groups.is_empty()) {
            let number = row.extension.as_deref().and_then(|number| self.config.extension(number));
            let Some(number) = number.map(|extension| extension.number.clone()) else { continue };
            let owner = Owner { extension: Some(&number), most: MAX_OWN_TIME_GROUPS };
            let groups = self.groups_of(&owner, &row.time_groups);
            self.config.time_groups.insert(number.into(), groups);
        }
    }

    fn groups_of(&mut self, owner: &Owner<'_>, rows: &[RawTimeGroup]) -> BTreeMap<String, Arc<TimeGroup>> {
        let mut groups = BTreeMap::new();
        for (index, raw) in rows.iter().enumerate() {
            let name = raw.name.clone().unwrap_or_default();
            let title = owner.extension.map_or(name.clone(), |extension| format!("{name} of {extension}"));
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

    fn time_group(&mut self, at: &At, raw: &RawTimeGroup, owner: &Owner<'_>) -> Option<TimeGroup> {
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
            None => self.config.office.time_zone.clone(),
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
        Some(TimeGroup {
            name,
            owner: owner.extension.cloned(),
            time_zone,
            entries,
            number,
            forced,
            nights: Vec::new(),
        })
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
