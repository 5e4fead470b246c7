//! From the office file to the office: what is valid, and what is wrong with the rest.

mod accounts;
mod answering;
mod authorizations;
mod caller_id;
mod callers;
mod codes;
mod contacts;
mod credentials;
mod departments;
mod deputies;
mod groups;
mod night_modes;
mod outside;
mod profiles;
mod settings;
mod sites;
mod times;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use crate::config::Config;
use crate::emergency::national_emergency;
use crate::extension::Extension;
use crate::ids::{ExtensionNumber, PersonId, PhoneId};
use crate::office::{DEFAULT_MESSAGE_LIMIT_S, LANGUAGES, MAX_OWN_EMERGENCY, MESSAGE_LIMIT_S, Office};
use crate::person::{MAX_NAME, Person};
use crate::phone::{Ha1, Phone, is_phone_name, is_user};
use crate::problem::{Claimant, Effect, Fault, MAX_PROBLEMS, PersonFault, Problem, Table};
use crate::raw::{RawConfig, RawOffice, RawPerson, RawPhone};
use crate::value::Oddity;

/// How many people an office may have: what one box is built and tested for.
pub const MAX_PEOPLE: usize = 500;

/// How many phones a person may have: all of them ring at each call.
pub const MAX_PHONES_PER_PERSON: usize = 8;

/// The highest id of a person or a phone: more than an office uses up, and far from the type's end, so that a file
/// cannot use up the numbers that the box gives.
pub const MAX_ID: u32 = 9_999_999;

impl Config {
    /// Judges an office file. What is wrong is added to `problems`, at most [`MAX_PROBLEMS`] of them; a bad row is
    /// left out of the result, so that there is always an office, however small. The revision is 0.
    pub fn check(raw: &RawConfig, problems: &mut Vec<Problem>) -> Config {
        let mut check = Check {
            problems: Vec::new(),
            config: Config::default(),
            person_ids: BTreeSet::new(),
            phone_ids: BTreeSet::new(),
            operators: Vec::new(),
        };
        check.oddities(&At::new(Table::File), &raw.oddities);
        check.office(&raw.office);
        check.feature_codes(&raw.feature_codes);
        check.phonebook(&raw.contacts);
        check.sites(&raw.sites);
        check.departments(&raw.departments);
        check.profiles(&raw.profiles);
        check.people(&raw.people);
        check.groups(&raw.groups);
        check.operators(raw.office.operator.as_deref());
        check.accounts(&raw.accounts);
        check.outside(raw);
        check.authorizations(&raw.authorizations);
        check.numbers_of_sites(&raw.sites);
        check.managers_of_sites(&raw.sites);
        check.caller_numbers(&raw.people);
        check.time_groups(raw);
        check.night_modes(&raw.night_modes);
        check.answering(raw);
        problems.append(&mut check.problems);
        check.config
    }
}

/// Where the check is.
#[derive(Clone)]
struct At {
    table: Table,
    row: String,
}

impl At {
    fn new(table: Table) -> At {
        At { table, row: String::new() }
    }

    fn row(table: Table, index: usize, name: Option<&str>) -> At {
        let place = index + 1;
        let row = match name {
            Some(name) => format!("{place} ({})", name.escape_debug()),
            None => place.to_string(),
        };
        At { table, row }
    }
}

struct Check {
    problems: Vec<Problem>,
    config: Config,
    person_ids: BTreeSet<u32>,
    phone_ids: BTreeSet<u32>,
    /// Operators that people's rows name, to be looked at when every extension is known; at most [`MAX_PEOPLE`].
    operators: Vec<settings::Operator>,
}

impl Check {
    fn problem(&mut self, at: &At, field: &str, fault: impl Into<Fault>, effect: Effect) {
        let fault = match self.problems.len() + 1 {
            count if count > MAX_PROBLEMS => return,
            MAX_PROBLEMS => Fault::More,
            _ => fault.into(),
        };
        self.problems.push(Problem { table: at.table, row: at.row.clone(), field: field.to_owned(), fault, effect });
    }

    /// Reports and lets the caller leave with `?`.
    fn off(&mut self, at: &At, field: &str, fault: impl Into<Fault>) -> Option<()> {
        self.problem(at, field, fault, Effect::RowOff);
        None
    }

    /// Reports what is odd; true when the row can be used all the same.
    fn oddities(&mut self, at: &At, oddities: &[Oddity]) -> bool {
        let mut is_usable = true;
        // The office and the file cannot be left out: there a wrong field counts as not written.
        let is_only = matches!(at.table, Table::File | Table::Office);
        for oddity in oddities {
            match oddity {
                Oddity::Unknown { field } => {
                    self.problem(at, field, Fault::UnknownKey, Effect::Ignored);
                }
                Oddity::WrongType { field, expected, .. } => {
                    let effect = if is_only { Effect::Ignored } else { Effect::RowOff };
                    self.problem(at, field, Fault::WrongType { expected: *expected }, effect);
                    is_usable = is_only;
                }
            }
        }
        is_usable
    }

    fn office(&mut self, raw: &RawOffice) {
        let at = At::new(Table::Office);
        self.oddities(&at, &raw.oddities);
        let default = Office::default();
        let name = match &raw.name {
            Some(name) if is_name(name) => name.clone(),
            Some(_) => {
                self.problem(&at, "name", Fault::BadName, Effect::Ignored);
                default.name
            }
            None => default.name,
        };
        let time_zone =
            raw.time_zone.as_deref().and_then(|name| self.time_zone(&at, name)).unwrap_or(default.time_zone);
        let country = self.country(&at, raw.country.as_deref(), default.country);
        let language = self.language(&at, raw.language.as_deref(), default.language);
        let message_limit_s = self.message_limit(&at, raw.message_limit_s);
        self.config.office = Office { language, message_limit_s, ..Office::new(name, time_zone, country) };
        self.config.office.codes = self.code_profile(&at, raw.codes.as_deref());
        self.own_emergency(&at, raw.emergency.as_deref().unwrap_or_default());
        self.outside_of_office(&at, raw);
        let hear = [raw.blocked_hear.as_deref(), raw.anonymous_hear.as_deref()];
        self.config.office.callers = self.callers(&at, None, &raw.callers, hear);
    }

    fn time_zone(&mut self, at: &At, name: &str) -> Option<TimeZone> {
        let found = TimeZone::get(name).ok();
        if found.is_none() {
            self.problem(at, "time_zone", Fault::UnknownTimeZone { name: shown(name) }, Effect::Ignored);
        }
        found
    }

    fn country(&mut self, at: &At, raw: Option<&str>, default: String) -> String {
        let Some(code) = raw else { return default };
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            let fault = Fault::BadCountry { code: shown(code) };
            self.problem(at, "country", fault, Effect::Ignored);
            return default;
        }
        if national_emergency(code).is_none() {
            let code = code.to_owned();
            self.problem(at, "country", Fault::UnknownCountry { code }, Effect::Ignored);
        }
        code.to_owned()
    }

    fn language(&mut self, at: &At, raw: Option<&str>, default: String) -> String {
        match raw {
            Some(code) if LANGUAGES.contains(&code) => code.to_owned(),
            Some(code) => {
                let fault = Fault::UnknownLanguage { code: shown(code), known: LANGUAGES.join(", ") };
                self.problem(at, "language", fault, Effect::Ignored);
                default
            }
            None => default,
        }
    }

    fn message_limit(&mut self, at: &At, raw: Option<u16>) -> u16 {
        match raw {
            Some(limit) if !MESSAGE_LIMIT_S.contains(&limit) => {
                self.problem(at, "message_limit_s", out_of_range(limit, &MESSAGE_LIMIT_S), Effect::Ignored);
                DEFAULT_MESSAGE_LIMIT_S
            }
            limit => limit.unwrap_or(DEFAULT_MESSAGE_LIMIT_S),
        }
    }

    fn own_emergency(&mut self, at: &At, numbers: &[String]) {
        for (index, number) in numbers.iter().enumerate() {
            if index == MAX_OWN_EMERGENCY {
                let most = MAX_OWN_EMERGENCY;
                self.problem(at, "emergency", Fault::TooMany { most }, Effect::Ignored);
                return;
            }
            let is_digits = number.bytes().all(|b| b.is_ascii_digit());
            if (2..=6).contains(&number.len()) && is_digits {
                self.config.office.emergency.insert(number.clone());
            } else {
                let number = shown(number);
                self.problem(at, "emergency", Fault::BadEmergency { number }, Effect::Ignored);
            }
        }
    }

    fn people(&mut self, rows: &[RawPerson]) {
        // Rows that carry an id come first to theirs, wherever they stand: a new row takes none of them.
        let person_ids: BTreeSet<u32> = rows.iter().filter_map(|row| row.id).collect();
        let phones = rows.iter().flat_map(|row| &row.phones);
        let phone_ids: BTreeSet<u32> = phones.filter_map(|row| row.id).collect();
        let mut new_ids = NewIds { person: Free::new(person_ids), phone: Free::new(phone_ids) };
        for (index, raw) in rows.iter().enumerate() {
            let at = At::row(Table::Person, index, raw.name.as_deref());
            if index == MAX_PEOPLE {
                self.problem(&at, "", Fault::TooMany { most: MAX_PEOPLE }, Effect::RowOff);
                return;
            }
            let Some(extension) = self.person(&at, raw, &mut new_ids) else {
                continue;
            };
            for (place, phone) in raw.phones.iter().enumerate() {
                let name = phone.name.as_deref().unwrap_or_default();
                let owner = raw.name.as_deref().unwrap_or_default();
                let title = format!("{name} of {owner}");
                let at = At::row(Table::Phone, place, Some(title.trim()));
                if place == MAX_PHONES_PER_PERSON {
                    let most = MAX_PHONES_PER_PERSON;
                    self.problem(&at, "", Fault::TooMany { most }, Effect::RowOff);
                    break;
                }
                if self.phone(&at, phone, extension.as_ref(), &mut new_ids).is_none() {
                    log::debug!("{} {} is left out", at.table.as_str(), at.row);
                }
            }
        }
    }

    /// Takes the person and the extension in; `Some(None)` is a person without an extension, `None` a bad row.
    fn person(&mut self, at: &At, raw: &RawPerson, new_ids: &mut NewIds) -> Option<Option<ExtensionNumber>> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let name = match &raw.name {
            Some(name) if is_name(name) => name.clone(),
            Some(_) => {
                self.off(at, "name", Fault::BadName)?;
                return None;
            }
            None => {
                self.off(at, "name", Fault::Missing)?;
                return None;
            }
        };
        let number = match &raw.extension {
            Some(text) => Some(self.extension_number(at, text)?),
            None => None,
        };
        let settings = self.settings(at, raw)?;
        self.id_in_range(at, raw.id)?;
        let id = raw.id.unwrap_or_else(|| new_ids.person.next());
        if !self.person_ids.insert(id) {
            self.off(at, "id", Fault::IdTaken { id })?;
        }
        let id = PersonId(id);
        if let Some(number) = &number {
            let extension = Extension { number: number.clone(), person: id, ..settings };
            self.config.extensions.insert(number.clone(), extension);
        }
        if let Some(operator) = &raw.operator {
            self.operators.push(settings::Operator { at: at.clone(), of: number.clone(), number: operator.clone() });
        }
        self.own_contacts(id, &name, &raw.contacts);
        let person = self.signs_in(at, raw, Person { id, name, extension: number.clone(), ..credentials::nobody() });
        self.config.people.insert(id, person);
        Some(number)
    }

    fn id_in_range(&mut self, at: &At, id: Option<u32>) -> Option<()> {
        match id {
            Some(id) if !(1..=MAX_ID).contains(&id) => self.off(at, "id", out_of_range(id, &(1..=MAX_ID))),
            Some(_) | None => Some(()),
        }
    }

    fn extension_number(&mut self, at: &At, text: &str) -> Option<ExtensionNumber> {
        let number = match text.parse::<ExtensionNumber>() {
            Ok(number) => number,
            Err(bad) => {
                self.off(at, "extension", PersonFault::BadExtension(bad))?;
                return None;
            }
        };
        let digits = text.to_owned();
        if self.config.office.is_emergency(text) || self.config.office.is_emergency_test(text) {
            self.off(at, "extension", Fault::IsEmergency { number: digits })?;
        } else if let Some(owner) = self.config.name_of(text) {
            let owner = owner.to_owned();
            self.off(at, "extension", PersonFault::ExtensionTaken { number: digits, owner })?;
        } else if let Some(row) = self.config.feature_codes().iter().find(|row| row.enabled && row.claims(text)) {
            let fault = codes::fault_of(text, Claimant::Extension, row);
            self.off(at, "extension", fault)?;
        }
        Some(number)
    }

    fn phone(
        &mut self,
        at: &At,
        raw: &RawPhone,
        extension: Option<&ExtensionNumber>,
        new_ids: &mut NewIds,
    ) -> Option<()> {
        if !self.oddities(at, &raw.oddities) {
            return None;
        }
        let Some(extension) = extension else {
            return self.off(at, "", PersonFault::PhoneWithoutExtension);
        };
        let name = self.phone_name(at, raw.name.as_deref(), extension)?;
        let user = self.user(at, raw.user.as_deref())?;
        if raw.secret.is_some() {
            self.off(at, "secret", Fault::InClear)?;
        }
        let ha1 = match raw.ha1.as_ref().map(Ha1::try_from) {
            Some(Ok(ha1)) => ha1,
            Some(Err(bad)) => return self.off(at, "ha1", PersonFault::BadHa1(bad)),
            None => return self.off(at, "secret", Fault::Missing),
        };
        self.id_in_range(at, raw.id)?;
        let id = raw.id.unwrap_or_else(|| new_ids.phone.next());
        if !self.phone_ids.insert(id) {
            self.off(at, "id", Fault::IdTaken { id })?;
        }
        let id = PhoneId(id);
        self.config.by_user.insert(user.clone(), id);
        self.config.by_name.insert(name.clone(), id);
        self.config.phones_of.entry(extension.clone()).or_default().push(id);
        let extension = extension.clone();
        self.config.phones.insert(id, Phone { id, name, user, ha1, extension });
        Some(())
    }

    /// The phone's name as given, or the extension and the first free letter.
    fn phone_name(&mut self, at: &At, raw: Option<&str>, extension: &ExtensionNumber) -> Option<String> {
        let Some(name) = raw else {
            let mut names = ('a'..='z').map(|letter| format!("{extension}{letter}"));
            return names.find(|name| !self.config.by_name.contains_key(name));
        };
        if !is_phone_name(name) {
            self.off(at, "name", PersonFault::BadPhoneName)?;
        }
        if self.config.by_name.contains_key(name) {
            self.off(at, "name", PersonFault::PhoneNameTaken { name: name.to_owned() })?;
        }
        Some(name.to_owned())
    }

    fn user(&mut self, at: &At, raw: Option<&str>) -> Option<String> {
        let Some(user) = raw else {
            self.off(at, "user", Fault::Missing)?;
            return None;
        };
        if !is_user(user) {
            self.off(at, "user", PersonFault::BadUser)?;
        }
        if let Some(owner) = self.config.phone_by_user(user) {
            let (user, owner) = (user.to_owned(), owner.name.clone());
            self.off(at, "user", PersonFault::UserTaken { user, owner })?;
        }
        Some(user.to_owned())
    }
}

/// Ids for rows that carry none.
struct NewIds {
    person: Free,
    phone: Free,
}

/// The free numbers from 1 on.
struct Free {
    taken: BTreeSet<u32>,
    next: u32,
}

impl Free {
    fn new(taken: BTreeSet<u32>) -> Free {
        Free { taken, next: 1 }
    }

    fn next(&mut self) -> u32 {
        while self.taken.contains(&self.next) {
            self.next = self.next.saturating_add(1);
        }
        let free = self.next;
        self.next = self.next.saturating_add(1);
        free
    }
}

fn is_name(name: &str) -> bool {
    let is_clean = !name.chars().any(char::is_control);
    !name.trim().is_empty() && name.chars().count() <= MAX_NAME && is_clean
}

fn out_of_range<T: Copy + Into<u64>>(value: T, range: &RangeInclusive<T>) -> Fault {
    let (least, most) = ((*range.start()).into(), (*range.end()).into());
    Fault::OutOfRange { value: value.into(), least, most }
}

/// A text from the file as it may be shown: no control characters, not endless.
fn shown(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}
