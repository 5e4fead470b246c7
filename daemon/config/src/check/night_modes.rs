//! Night modes. A row that is wrong forces nothing; one that is on and names a group that is not here holds the others.

use crate::night_mode::{
    MAX_NIGHT_GROUPS, MAX_NIGHT_MODES, MAX_NIGHT_SWITCHERS, NIGHT_NUMBERS, NightGroup, NightMode, NightOn,
};
use crate::problem::{Effect, Fault, PersonFault, RuleFault, Table};
use crate::raw_night_mode::RawNightMode;
use crate::time_group::is_group_name;

use super::{At, Check, is_name, out_of_range, shown};

impl Check {
    /// All of them; when the office's time groups are known, and nothing refers to these yet.
    pub(super) fn night_modes(&mut self, rows: &[RawNightMode]) {
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::NightMode, index, raw.name.as_deref());
            if self.config.night_modes.len() == MAX_NIGHT_MODES {
                self.problem(&at, "", Fault::TooMany { most: MAX_NIGHT_MODES }, Effect::RowOff);
                break;
            }
            let row = self.night_mode(&at, raw);
            self.config.night_modes.extend(row);
        }
        self.config.spread_nights();
    }

    fn night_mode(&mut self, at: &At, raw: &RawNightMode) -> Option<NightMode> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = raw.name.clone().unwrap_or_default();
        if !is_group_name(&name) {
            self.off(at, "name", RuleFault::BadNightName)?;
        }
        if self.config.night_mode(&name).is_some() {
            self.off(at, "name", RuleFault::NightTaken { name: shown(&name) })?;
        }
        let texts = raw.groups.as_deref().unwrap_or_default();
        if texts.is_empty() {
            self.off(at, "groups", Fault::Missing)?;
        }
        let groups = self.night_groups(at, "groups", texts)?;
        if groups.is_empty() {
            return None;
        }
        let number = self.night_number(at, raw.number);
        let extensions = self.switchers(at, raw.extensions.as_deref().unwrap_or_default())?;
        let on = self.night_on(at, raw);
        Some(NightMode { name, number, groups, extensions, on })
    }

    /// Those that are here; one that cannot be read, or is not here, is left out, and the others are forced all the same.
    fn night_groups(&mut self, at: &At, field: &str, texts: &[String]) -> Option<Vec<NightGroup>> {
        if texts.len() > MAX_NIGHT_GROUPS {
            self.off(at, field, Fault::TooMany { most: MAX_NIGHT_GROUPS })?;
        }
        let mut groups: Vec<NightGroup> = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let bad = || RuleFault::BadNightGroup { place: place + 1, row: shown(text) };
            let is_held = field == "holds";
            match text.parse::<NightGroup>() {
                Ok(one) if self.config.time_group("", &one.group).is_none() => {
                    self.problem(at, field, RuleFault::NoSuchOfficeGroup { name: shown(&one.group) }, Effect::Ignored);
                }
                Ok(one)
                    if is_held || one.forced.until.is_none() && groups.iter().all(|known| known.group != one.group) =>
                {
                    groups.push(one);
                }
                _ => self.problem(at, field, bad(), Effect::Ignored),
            }
        }
        Some(groups)
    }

    fn night_number(&mut self, at: &At, number: Option<u16>) -> Option<u16> {
        let number = number?;
        let taken = self.config.night_modes.iter().find(|other| other.number == Some(number));
        let fault: Fault = match taken {
            _ if !NIGHT_NUMBERS.contains(&number) => out_of_range(number, &NIGHT_NUMBERS),
            Some(other) => RuleFault::GroupNumberTaken { number, name: other.name.clone() }.into(),
            None => return Some(number),
        };
        self.problem(at, "number", fault, Effect::Ignored);
        None
    }

    fn switchers(&mut self, at: &At, numbers: &[String]) -> Option<Vec<crate::ids::ExtensionNumber>> {
        if numbers.len() > MAX_NIGHT_SWITCHERS {
            self.off(at, "extensions", Fault::TooMany { most: MAX_NIGHT_SWITCHERS })?;
        }
        let mut extensions = Vec::new();
        for number in numbers {
            match self.config.extension(number).map(|extension| extension.number.clone()) {
                Some(found) => extensions.push(found),
                None => {
                    let fault = PersonFault::NoSuchExtension { number: shown(number) };
                    self.problem(at, "extensions", fault, Effect::Ignored);
                }
            }
        }
        Some(extensions)
    }

    /// What it holds, where somebody switched it on.
    fn night_on(&mut self, at: &At, raw: &RawNightMode) -> Option<NightOn> {
        let texts = raw.holds.as_deref().filter(|texts| !texts.is_empty())?;
        let Some(since) = raw.since.as_deref().and_then(|since| since.parse().ok()) else {
            self.problem(at, "since", RuleFault::BadMoment, Effect::Ignored);
            return None;
        };
        if texts.len() > MAX_NIGHT_GROUPS {
            self.problem(at, "holds", Fault::TooMany { most: MAX_NIGHT_GROUPS }, Effect::Ignored);
            return None;
        }
        let holds = self.night_groups(at, "holds", texts)?;
        let by = raw.by.clone().filter(|by| is_name(by));
        (!holds.is_empty()).then_some(NightOn { since, by, holds })
    }
}
