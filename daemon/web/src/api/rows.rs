//! From the office as it is kept to what is shown of it, and changes of it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use config::{Config, PersonId, Preset, RawConfig, RawPerson, Rights};
use jiff::tz::TimeZone;
use pbx::status::Status;
use store::{EditError, ImportError, Imported};

use super::model::{self, Credentials};
use super::standing::{has_owner, keeps_an_owner, standings, stays_within};
use super::wire::etag;
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::{Login, Scope};
use crate::why::{Unchanged, Why};

/// What a change came to.
pub(super) struct Saved<T> {
    /// The revision, where the change left one.
    pub revision: Option<u64>,
    pub credentials: Vec<Credentials>,
    pub told: T,
}

/// Why an edit ended: ours, or the store's.
enum Refused {
    Ours(Problem),
    Store(EditError),
}

impl From<EditError> for Refused {
    fn from(error: EditError) -> Refused {
        Refused::Store(error)
    }
}

/// Who changes the office.
pub(super) struct Author<'l> {
    name: &'l str,
    rights: Rights,
}

impl Author<'_> {
    /// Somebody who has proved otherwise that the box is theirs.
    pub(super) fn owner(name: &str) -> Author<'_> {
        Author { name, rights: Preset::Admin.rights() }
    }
}

impl<'l> From<&'l Login> for Author<'l> {
    fn from(login: &'l Login) -> Author<'l> {
        Author { name: &login.name, rights: login.rights }
    }
}

/// Changes the office: saved as a revision in the name of `author`, and in force when this returns. Whatever the change is, it gives and
/// takes no rights that the author does not have, and leaves somebody who has all of them.
pub(super) fn edit<T>(
    office: &dyn Office,
    author: Author<'_>,
    edit: impl FnOnce(&mut RawConfig) -> Result<T, Problem>,
) -> Result<Saved<T>, Problem> {
    let Author { name: author, rights } = author;
    let now = office.now().wall;
    let edited = office.store().edit(author, now, |raw| {
        let before = standings(raw);
        let told = edit(raw).map_err(Refused::Ours)?;
        let after = standings(raw);
        stays_within(rights, &before, &after).map_err(Refused::Ours)?;
        if before != after && has_owner(&office.config()) {
            keeps_an_owner(&after).map_err(Refused::Ours)?;
        }
        Ok(told)
    });
    let (imported, told) = edited.map_err(|refused| match refused {
        Refused::Ours(problem) => problem,
        Refused::Store(error) => refusal(error),
    })?;
    let Imported { revision, is_new, shown_once, config, .. } = imported;
    if is_new {
        log::info!("configuration revision {revision} by {author}");
    }
    if !office.put(config) {
        log::warn!("configuration revision {revision} is saved, and the engine has not taken it over yet");
    }
    let credentials = shown_once.into_iter();
    let credentials =
        credentials.map(|one| Credentials { phone: one.phone, user: one.user, secret: one.secret }).collect();
    Ok(Saved { revision: is_new.then_some(revision), credentials, told })
}

fn refusal(error: EditError) -> Problem {
    match error {
        EditError::Problems(problems) => Problem::fields(problems.into_iter().map(|problem| {
            let field = if problem.field.is_empty() { problem.table.as_str().to_owned() } else { problem.field };
            (field, problem.fault.into())
        })),
        EditError::Import(ImportError::Refused { refusals }) => {
            Problem::fields(refusals.into_iter().map(|one| (one.field.to_owned(), one.reason.into())))
        }
        EditError::Import(ImportError::Store(error)) => error.into(),
        EditError::Import(ImportError::Random) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Why::NoRandomness),
        EditError::Import(other) => Problem::failed(Why::Mistake, &other),
    }
}

/// The person's row.
pub(super) fn row(raw: &mut RawConfig, id: PersonId) -> Result<&mut RawPerson, Problem> {
    raw.people.iter_mut().find(|row| row.id == Some(id.0)).ok_or_else(nobody)
}

pub(super) fn nobody() -> Problem {
    Problem::not_found(Unchanged::NoSuchPerson)
}

/// Whether this looks like a PIN.
pub(super) fn is_pin(secret: &str) -> bool {
    config::PIN_DIGITS.contains(&secret.len()) && secret.bytes().all(|b| b.is_ascii_digit())
}

/// The names of the phones that are registered now.
pub(super) struct Registered<'s>(BTreeSet<&'s str>);

impl Registered<'_> {
    pub(super) fn now(status: &Status) -> Registered<'_> {
        let phones = status.phones.iter().filter(|phone| !phone.bindings.is_empty());
        Registered(phones.map(|phone| phone.name.as_str()).collect())
    }
}

/// A person as shown; the version covers what a change could overwrite, not where the phones are.
pub(super) fn person(config: &Config, registered: &Registered<'_>, person: &config::Person) -> model::Person {
    let number = person.extension.as_ref().map(config::ExtensionNumber::as_str);
    let extension = number.and_then(|number| config.extension(number));
    let caller_id = extension.map(|extension| extension.caller_id.clone()).unwrap_or_default();
    let phones = number.into_iter().flat_map(|number| config.phones_of(number));
    let phones = phones.map(|phone| model::Phone {
        id: phone.id.0,
        name: phone.name.clone(),
        user: phone.user.clone(),
        is_registered: false,
    });
    let mut shown = model::Person {
        id: person.id.0,
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.preset.into(),
        roles: person.roles.iter().map(|role| (*role).into()).collect(),
        profile: person.profile.clone(),
        language: person.language.clone(),
        time_zone: person.time_zone.as_ref().and_then(|zone| zone.iana_name()).map(str::to_owned),
        department: person.department.clone(),
        site: person.site.clone(),
        listed: person.is_listed,
        extension: number.map(str::to_owned),
        ring_s: extension.map_or(config::DEFAULT_RING_S, |extension| extension.ring_s),
        voicemail: extension.is_some_and(|extension| extension.voicemail),
        voicemail_minutes: extension.map_or(config::DEFAULT_VOICEMAIL_MINUTES, |extension| extension.voicemail_minutes),
        pin_on_own_phone: extension.is_none_or(|extension| extension.pin_on_own_phone),
        say_time: extension.is_none_or(|extension| extension.say_time),
        say_caller: extension.is_none_or(|extension| extension.say_caller),
        newest_first: extension.is_some_and(|extension| extension.newest_first),
        operator: extension.and_then(|extension| extension.operator.as_ref()).map(|number| number.as_str().to_owned()),
        max_contacts: extension.map_or(config::DEFAULT_MAX_CONTACTS, |extension| extension.max_contacts),
        pickup_group: extension.and_then(|extension| extension.pickup_group.clone()),
        private_lamp: extension.is_some_and(|extension| extension.private_lamp),
        label: caller_id.label,
        caller_name: caller_id.name,
        caller_number: caller_id.number,
        hides_number: extension.is_some_and(|extension| extension.hides_number),
        call_waiting: extension.is_none_or(|extension| extension.call_waiting),
        max_calls: extension.and_then(|extension| extension.max_calls),
        intercom: extension.is_none_or(|extension| extension.intercom),
        intercom_beep: extension.is_none_or(|extension| extension.intercom_beep),
        shows_callers: extension.is_none_or(|extension| extension.shows_callers),
        permission: extension.map_or_else(config::Permission::default, |extension| extension.permission).into(),
        account: extension.map(|extension| extension.account).unwrap_or_default().into(),
        has_pin: extension.is_some_and(|extension| extension.pin_hash.is_some()),
        has_password: person.password_hash.is_some(),
        phones: phones.collect(),
        etag: String::new(),
    };
    shown.etag = etag(&shown);
    for phone in &mut shown.phones {
        phone.is_registered = registered.0.contains(phone.name.as_str());
    }
    shown
}

/// Who is signed in, as shown to them.
pub(super) fn me(config: &Config, login: &Login) -> Option<model::Me> {
    let person = config.person(login.person)?;
    let extension = person.extension.as_ref().and_then(|number| config.extension(number.as_str()));
    let number = person.extension.as_ref().map(config::ExtensionNumber::as_str);
    let caller_id = extension.map(|extension| extension.caller_id.clone()).unwrap_or_default();
    let office = config.office();
    let mut me = model::Me {
        id: person.id.0,
        name: person.name.clone(),
        email: person.email.clone().filter(|_| login.scope > Scope::Home),
        scope: scope(login.scope),
        rights: model::Right::all(&login.rights),
        extension: login.extension.clone(),
        office: office.name.clone(),
        time_zone: zone(&clock(config, login)),
        office_time_zone: zone(&office.time_zone),
        language: person.language.clone().unwrap_or_else(|| office.language.clone()),
        ring_s: extension.map(|extension| extension.ring_s),
        label: caller_id.label,
        caller_name: caller_id.name,
        shown_as: number.and_then(|number| config.shown_as(number)).map(|(number, _)| number.to_owned()),
        hides_number: extension.is_some_and(|extension| extension.hides_number),
        has_voicemail: extension.is_some_and(|extension| extension.voicemail),
        pin_on_own_phone: extension.is_none_or(|extension| extension.pin_on_own_phone),
        say_time: extension.is_none_or(|extension| extension.say_time),
        say_caller: extension.is_none_or(|extension| extension.say_caller),
        newest_first: extension.is_some_and(|extension| extension.newest_first),
        has_pin: extension.is_some_and(|extension| extension.pin_hash.is_some()),
        has_password: person.password_hash.is_some(),
        etag: String::new(),
    };
    me.etag = etag(&me);
    Some(me)
}

/// The time zone that times are shown in to whoever is signed in: their own, else the office's.
pub(super) fn clock(config: &Config, login: &Login) -> TimeZone {
    let own = config.person(login.person).and_then(|person| person.time_zone.clone());
    own.unwrap_or_else(|| config.office().time_zone.clone())
}

fn zone(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or(config::DEFAULT_TIME_ZONE).to_owned()
}

pub(super) fn scope(scope: Scope) -> model::Scope {
    match scope {
        Scope::Home => model::Scope::Home,
        Scope::User => model::Scope::User,
        Scope::Admin => model::Scope::Admin,
    }
}

/// The name behind a number; empty where there is none.
pub(super) fn name_of(config: &Config, number: &str) -> String {
    config.name_of(number).unwrap_or_default().to_owned()
}

/// The name behind a number as whoever is signed in knows it, and where it was found; empty where it is not known.
pub(super) fn known(config: &Config, login: &Login, number: &str) -> (String, Option<model::NameSource>) {
    let employee = config.name_of(number).map(|name| (name, config::NameSource::Employee));
    match employee.or_else(|| config.contact_named(Some(login.person), number)) {
        Some((name, source)) => (name.to_owned(), Some(source.into())),
        None => (String::new(), None),
    }
}

/// The same, or else the name that the carrier told.
pub(super) fn known_or_told(
    config: &Config,
    login: &Login,
    number: &str,
    told: &str,
) -> (String, Option<model::NameSource>) {
    match known(config, login, number) {
        (_, None) if !told.is_empty() => (told.to_owned(), Some(model::NameSource::Carrier)),
        known => known,
    }
}

/// The page size that is asked for.
pub(super) fn page(limit: Option<u16>, usual: u16, most: u16) -> usize {
    usize::from(limit.unwrap_or(usual).clamp(1, most))
}
