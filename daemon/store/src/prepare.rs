//! From the file that someone wrote to the one that is kept: ids, names, users, and hashes in place of secrets.

use std::collections::{BTreeMap, BTreeSet};

use config::{
    MAX_ACCOUNTS, MAX_AUTHORIZATIONS, MAX_ID, MAX_PEOPLE, MAX_PHONES_PER_PERSON, MAX_SECRET, MAX_TRUNKS, MIN_CODE,
    Owner, RawAuthorization, RawConfig, RawPerson, RawPhone, Secret, is_user, weak_pin, weak_secret,
};

use crate::error::{ImportError, Reason, Refusal};
use crate::secrets::{hash_pin, is_usual_hash, new_secret, new_user, raw_ha1, verify_pin};

/// A phone's credentials, said once to the one who imports and never again: only their HA1 is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownOnce {
    /// The phone's name.
    pub phone: String,
    /// Its SIP user.
    pub user: String,
    /// Its secret in clear.
    pub secret: String,
}

impl std::fmt::Debug for ShownOnce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ShownOnce({}, {}, hidden)", self.phone, self.user)
    }
}

/// The next ids to give, never one that was given before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NextIds {
    pub person: u32,
    pub phone: u32,
}

/// What is done with one file.
pub(crate) struct Preparation<'a> {
    /// The office that is in force.
    pub before: &'a RawConfig,
    pub realm: &'a str,
    pub next: NextIds,
    /// Whether PINs are hashed; a mere check leaves that out, and puts in what stands for a hash.
    pub is_check: bool,
    pub shown_once: Vec<ShownOnce>,
    /// The secrets of trunks that the file gives, by the trunks' names; an empty one takes the known one away.
    pub trunk_secrets: BTreeMap<String, Secret>,
    pub refusals: Vec<Refusal>,
}

/// The longest secret of a trunk, in bytes: carriers give what they like.
const MAX_TRUNK_SECRET: usize = 2 * MAX_SECRET;

/// Stands for a hash where a file is only checked.
const CHECKED: &str = "$argon2id$checked";

impl Preparation<'_> {
    /// Prepares the whole file in place. What is unsafe is collected in `refusals`; then the file must not be kept.
    pub(crate) fn run(&mut self, raw: &mut RawConfig) -> Result<(), ImportError> {
        if !self.is_within_limits(raw) {
            return Ok(());
        }
        self.check_realm(raw);
        raw.office.realm = None;
        // Names first: a phone is known again by its name, also by one that it was given.
        self.give_names(raw);
        self.give_ids(raw);
        for (index, person) in raw.people.iter_mut().enumerate() {
            self.pin(index, person)?;
            if person.password_hash.as_ref().is_some_and(|hash| !is_usual_hash(hash.expose())) {
                self.refuse(person_row(index, person), "password_hash", Reason::PasswordHash);
            }
            self.phones(index, person)?;
        }
        self.trunk_secrets(raw);
        self.authorizations(raw)
    }

    /// They must be known in clear, and go into a file of their own.
    fn trunk_secrets(&mut self, raw: &mut RawConfig) {
        for (index, trunk) in raw.trunks.iter_mut().enumerate() {
            let Some(secret) = trunk.secret.take() else { continue };
            let name = trunk.name.clone().unwrap_or_default();
            let is_usable = secret.expose().len() <= MAX_TRUNK_SECRET && !secret.expose().contains(char::is_control);
            if is_usable {
                self.trunk_secrets.insert(name, secret);
            } else {
                let row = format!("trunk {} ({})", index + 1, name.escape_debug());
                self.refuse(row, "secret", Reason::TrunkSecret);
            }
        }
    }

    /// Each code is hashed as a PIN is; a row without one keeps the code of the row of its name.
    fn authorizations(&mut self, raw: &mut RawConfig) -> Result<(), ImportError> {
        let mut given: Vec<(usize, Secret)> = Vec::new();
        for (index, row) in raw.authorizations.iter_mut().enumerate() {
            if let Some(pin) = row.pin.take() {
                row.pin_hash = None;
                given.push((index, pin));
            } else if row.pin_hash.is_none() {
                row.pin_hash = self.known_code(row);
            } else if row.pin_hash.as_ref().is_some_and(|hash| !is_usual_hash(hash.expose())) {
                self.refuse(authorization_row(index, row), "pin_hash", Reason::PinHash);
            }
        }
        let kept: Vec<Secret> = raw.authorizations.iter().filter_map(|row| row.pin_hash.clone()).collect();
        for (place, (index, pin)) in given.iter().enumerate() {
            let Some(row) = raw.authorizations.get_mut(*index) else { continue };
            if let Err(weak) = weak_pin(pin.expose(), "") {
                self.refuse(authorization_row(*index, row), "pin", weak);
                continue;
            }
            if pin.expose().len() < MIN_CODE {
                self.refuse(authorization_row(*index, row), "pin", Reason::CodeShort { least: MIN_CODE });
                continue;
            }
            let is_given = given.iter().take(place).any(|(_, other)| other == pin);
            if is_given || kept.iter().any(|hash| verify_pin(hash.expose(), pin.expose())) {
                self.refuse(authorization_row(*index, row), "pin", Reason::CodeTaken);
                continue;
            }
            row.pin_hash = match self.known_code(row) {
                _ if self.is_check => Some(Secret::new(CHECKED)),
                Some(hash) if verify_pin(hash.expose(), pin.expose()) => Some(hash),
                _ => Some(Secret::new(hash_pin(pin.expose()).ok_or(ImportError::Random)?)),
            };
        }
        Ok(())
    }

    /// The code of the row of this name as it is kept.
    fn known_code(&self, row: &RawAuthorization) -> Option<Secret> {
        let mut before = self.before.authorizations.iter().filter(|old| old.name.is_some());
        before.find(|old| old.name == row.name)?.pin_hash.clone()
    }

    fn refuse(&mut self, row: String, field: &'static str, reason: impl Into<Reason>) {
        let reason = reason.into();
        self.refusals.push(Refusal { row, field, reason });
    }

    fn is_within_limits(&mut self, raw: &RawConfig) -> bool {
        let count = raw.people.len();
        if count > MAX_PEOPLE {
            let most = MAX_PEOPLE;
            self.refuse("person".to_owned(), "all", Reason::TooMany { count, most });
        }
        for (index, person) in raw.people.iter().take(MAX_PEOPLE).enumerate() {
            let count = person.phones.len();
            if count > MAX_PHONES_PER_PERSON {
                let most = MAX_PHONES_PER_PERSON;
                self.refuse(person_row(index, person), "phones", Reason::TooMany { count, most });
            }
        }
        let count = raw.trunks.len();
        if count > MAX_TRUNKS {
            self.refuse("trunk".to_owned(), "all", Reason::TooMany { count, most: MAX_TRUNKS });
        }
        let count = raw.authorizations.len();
        if count > MAX_AUTHORIZATIONS {
            self.refuse("authorization".to_owned(), "all", Reason::TooMany { count, most: MAX_AUTHORIZATIONS });
        }
        let count = raw.accounts.len();
        if count > MAX_ACCOUNTS {
            self.refuse("account".to_owned(), "all", Reason::TooMany { count, most: MAX_ACCOUNTS });
        }
        self.refusals.is_empty()
    }

    fn check_realm(&mut self, raw: &RawConfig) {
        let Some(theirs) = raw.office.realm.as_deref() else { return };
        let has_ha1 = |phone: &RawPhone| phone.ha1.is_some() && phone.secret.is_none();
        if theirs != self.realm && raw.people.iter().flat_map(|person| &person.phones).any(has_ha1) {
            let (theirs, ours) = (theirs.chars().take(64).collect(), self.realm.to_owned());
            self.refuse("office".to_owned(), "realm", Reason::OtherRealm { theirs, ours });
        }
    }

    /// The same person keeps the id: found by the extension, else by the name. The same phone: by its name.
    fn give_ids(&mut self, raw: &mut RawConfig) {
        let mut person_ids: BTreeSet<u32> = raw.people.iter().filter_map(|person| person.id).collect();
        let phones = raw.people.iter().flat_map(|person| &person.phones);
        let mut phone_ids: BTreeSet<u32> = phones.filter_map(|phone| phone.id).collect();
        self.next.person = after(&person_ids, self.next.person);
        self.next.phone = after(&phone_ids, self.next.phone);
        let before = &self.before.people;
        let finds: [fn(&RawPerson, &RawPerson) -> bool; 2] = [
            |new, old| new.extension.is_some() && new.extension == old.extension,
            |new, old| new.name.is_some() && new.name == old.name,
        ];
        for is_same in finds {
            for person in raw.people.iter_mut().filter(|person| person.id.is_none()) {
                let known = before.iter().filter(|old| is_same(person, old)).filter_map(|old| old.id);
                person.id = known.into_iter().find(|id| person_ids.insert(*id));
            }
        }
        // A group of an imported file may name somebody who is nobody: whoever is new must not become them.
        person_ids.extend(named_by_groups(raw));
        for person in &mut raw.people {
            person.id.get_or_insert_with(|| take(&mut self.next.person, &mut person_ids));
            for phone in person.phones.iter_mut().filter(|phone| phone.id.is_none()) {
                let old = phone.name.as_deref().and_then(|name| find_phone(self.before, name));
                let known = old.and_then(|old| old.id).filter(|id| phone_ids.insert(*id));
                phone.id = Some(known.unwrap_or_else(|| take(&mut self.next.phone, &mut phone_ids)));
            }
        }
    }

    /// A phone without a name gets its extension and the first free letter.
    fn give_names(&mut self, raw: &mut RawConfig) {
        let phones = raw.people.iter().flat_map(|person| &person.phones);
        let mut names: BTreeSet<String> = phones.filter_map(|phone| phone.name.clone()).collect();
        for person in &mut raw.people {
            let Some(extension) = &person.extension else { continue };
            for phone in person.phones.iter_mut().filter(|phone| phone.name.is_none()) {
                let mut letters = ('a'..='z').map(|letter| format!("{extension}{letter}"));
                phone.name = letters.find(|name| names.insert(name.clone()));
            }
        }
    }

    fn pin(&mut self, index: usize, person: &mut RawPerson) -> Result<(), ImportError> {
        if let Some(hash) = &person.pin_hash
            && person.pin.is_none()
        {
            if !is_usual_hash(hash.expose()) {
                self.refuse(person_row(index, person), "pin_hash", Reason::PinHash);
            }
            return Ok(());
        }
        let Some(pin) = person.pin.take() else { return Ok(()) };
        person.pin_hash = None;
        // An empty PIN is the way to write that there is none.
        if pin.expose().is_empty() {
            return Ok(());
        }
        let extension = person.extension.as_deref().unwrap_or_default();
        if let Err(weak) = weak_pin(pin.expose(), extension) {
            self.refuse(person_row(index, person), "pin", weak);
            return Ok(());
        }
        if self.is_check {
            person.pin_hash = Some(Secret::new(CHECKED));
            return Ok(());
        }
        // The same PIN keeps its hash, so that the same file imported twice is the same office.
        let known = self.before.people.iter().find(|old| old.id == person.id);
        let known = known.and_then(|old| old.pin_hash.clone());
        person.pin_hash = match known.filter(|hash| verify_pin(hash.expose(), pin.expose())) {
            Some(hash) => Some(hash),
            None => Some(Secret::new(hash_pin(pin.expose()).ok_or(ImportError::Random)?)),
        };
        Ok(())
    }

    fn phones(&mut self, index: usize, person: &mut RawPerson) -> Result<(), ImportError> {
        let mut phones = std::mem::take(&mut person.phones);
        for phone in &mut phones {
            self.credentials(index, person, phone)?;
        }
        person.phones = phones;
        Ok(())
    }

    fn credentials(&mut self, index: usize, person: &RawPerson, phone: &mut RawPhone) -> Result<(), ImportError> {
        let name = phone.name.clone().unwrap_or_default();
        let known = find_phone(self.before, &name).cloned().unwrap_or_default();
        let given = phone.secret.take();
        let is_same_user = phone.user.is_none() || phone.user == known.user;
        if given.is_none() && phone.ha1.is_none() && known.ha1.is_some() && is_same_user {
            // A file without secrets, imported again, must not lock every phone out.
            (phone.user, phone.ha1) = (known.user, known.ha1);
            return Ok(());
        }
        let is_user_new = phone.user.is_none() && known.user.is_none();
        if phone.user.is_none() && !(given.is_none() && phone.ha1.is_some()) {
            phone.user = Some(match known.user {
                Some(user) => user,
                None => new_user().map_err(|_| ImportError::Random)?,
            });
        }
        if given.is_none() && phone.ha1.is_some() {
            return Ok(());
        }
        let is_secret_new = given.is_none();
        let secret = match given {
            Some(secret) => secret.expose().to_owned(),
            None => new_secret().map_err(|_| ImportError::Random)?,
        };
        let user = phone.user.clone().unwrap_or_default();
        if !is_secret_new && let Err(weak) = judge(&secret, &user, person, &name) {
            let row = format!("phone {name} of {}", person_row(index, person));
            self.refuse(row, "secret", weak);
            return Ok(());
        }
        phone.ha1 = Some(raw_ha1(&user, self.realm, &secret));
        if (is_secret_new || is_user_new) && is_user(&user) {
            self.shown_once.push(ShownOnce { phone: name, user, secret });
        }
        Ok(())
    }
}

fn judge(secret: &str, user: &str, person: &RawPerson, phone: &str) -> Result<(), config::WeakSecret> {
    let owner = Owner {
        user,
        extension: person.extension.as_deref().unwrap_or_default(),
        person: person.name.as_deref().unwrap_or_default(),
        phone,
    };
    weak_secret(secret, owner)
}

fn find_phone<'a>(office: &'a RawConfig, name: &str) -> Option<&'a RawPhone> {
    let mut phones = office.people.iter().flat_map(|person| &person.phones);
    phones.find(|phone| phone.name.as_deref() == Some(name))
}

fn person_row(index: usize, person: &RawPerson) -> String {
    let name: String = person.name.iter().flat_map(|name| name.chars().take(64)).collect();
    format!("person {} ({})", index + 1, name.escape_debug())
}

fn authorization_row(index: usize, row: &RawAuthorization) -> String {
    let name: String = row.name.iter().flat_map(|name| name.chars().take(64)).collect();
    format!("authorization {} ({})", index + 1, name.escape_debug())
}

/// The first id above all of these, as far as they are valid.
/// The numbers of people whom groups name, whether or not there are such people.
fn named_by_groups(raw: &RawConfig) -> BTreeSet<u32> {
    let names = raw.groups.iter().flat_map(|group| [&group.members, &group.managers]).flatten().flatten();
    names.filter_map(|name| name.strip_prefix("person ")?.trim().parse().ok()).collect()
}

fn after(ids: &BTreeSet<u32>, next: u32) -> u32 {
    let highest = ids.range(..=MAX_ID).next_back().copied().unwrap_or_default();
    next.max(highest.saturating_add(1))
}

fn take(next: &mut u32, ids: &mut BTreeSet<u32>) -> u32 {
    while *next < u32::MAX && !ids.insert(*next) {
        *next += 1;
    }
    let id = *next;
    *next = next.saturating_add(1);
    id
}
