//! Who is in the office: each change is a revision, and in force when it is answered.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{
    AccountEntry, Area, Config, Level, Permission, PersonId, Preset, RawConfig, RawPerson, RawPhone, Role, Secret,
    weak_pin,
};
use store::new_phone_secret;

use super::model::{Credentials, PasswordWrite, People, Person, PersonWrite, PinWrite, PresetName, Saved, SavedPerson};
use super::rows::{Author, Registered};
use super::saves::{changed_meanwhile, extension_of, save, save_password, save_pin};
use super::signing::{judge_password, no_randomness};
use super::wire::{At, IfMatch, Sent, versioned};
use super::{App, departments, rows, saves};
use crate::office::Office;
use crate::problem::Problem;
use crate::random::digits;
use crate::sessions::Login;
use crate::why::Unchanged;

/// Digits of a PIN that the box makes.
const PIN_LENGTH: usize = 6;

/// How often a random PIN that is easy to guess is thrown again; one in some thousands is.
const PIN_TRIES: usize = 20;

/// Everyone
#[utoipa::path(get, path = "/api/people", tag = "people", responses((status = 200, body = People)))]
pub(super) async fn list(State(app): State<App>) -> Json<People> {
    let (config, status) = (app.office.config(), app.office.status());
    let registered = Registered::now(&status);
    let people = config.people().map(|person| rows::person(&config, &registered, person)).collect();
    Json(People { people, revision: config.revision() })
}

/// Someone
#[utoipa::path(get, path = "/api/people/{id}", tag = "people",
    params(("id" = u32, Path, description = "The person's number.")), responses((status = 200, body = Person)))]
pub(super) async fn one(State(app): State<App>, At(id): At<u32>) -> Result<Response, Problem> {
    let shown = shown(&*app.office, PersonId(id))?;
    Ok(versioned(&shown.etag.clone(), shown))
}

fn shown(office: &dyn Office, id: PersonId) -> Result<Person, Problem> {
    let (config, status) = (office.config(), office.status());
    let person = config.person(id).ok_or_else(rows::nobody)?;
    Ok(rows::person(&config, &Registered::now(&status), person))
}

/// Adds someone, with the extension and a phone
#[utoipa::path(post, path = "/api/people", tag = "people", request_body = PersonWrite,
    responses((status = 200, body = SavedPerson, description = "The phone's password is told this once.")))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<PersonWrite>,
) -> Result<Response, Problem> {
    app.wait(move |office| {
        let before: Vec<PersonId> = office.config().people().map(|person| person.id).collect();
        let has_phone = sent.with_phone.unwrap_or(true) && sent.extension.is_some();
        let saved = rows::edit(office, Author::from(&login), |raw| {
            let mut row = RawPerson::default();
            write(&mut row, sent)?;
            is_in_a_department(raw, &row)?;
            if has_phone {
                row.phones.push(RawPhone::default());
            }
            raw.people.push(row);
            Ok(())
        })?;
        let config = office.config();
        let id = config.people().map(|person| person.id).filter(|id| !before.contains(id)).max();
        answer(office, id.ok_or_else(rows::nobody)?, saved, None)
    })
    .await
}

/// Changes someone: the row is as it is sent, phones, PIN and password stay. Who may not change people changes the name only
#[utoipa::path(put, path = "/api/people/{id}", tag = "people", request_body = PersonWrite,
    params(("id" = u32, Path, description = "The person's number."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = SavedPerson)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u32>,
    seen: IfMatch,
    Sent(sent): Sent<PersonWrite>,
) -> Result<Response, Problem> {
    let id = PersonId(id);
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            let config = is_as_seen(office, raw, id, &seen)?;
            let before = rows::row(raw, id)?.clone();
            let mut after = before.clone();
            write(&mut after, sent)?;
            is_in_a_department(raw, &after)?;
            let is_left = after.extension != before.extension;
            let has_moved = after.site != before.site;
            if login.may(Area::People, Level::Change).is_err() {
                saves::is_users_name_only(&config, &before, &after)?;
            }
            *rows::row(raw, id)? = after;
            if has_moved {
                keeps_its_times(&office.config(), raw, before.extension.as_deref())?;
            }
            if is_left { extension_is_named_nowhere(raw, before.extension.as_deref()) } else { Ok(()) }
        })?;
        answer(office, id, saved, None)
    })
    .await
}

/// Removes someone, with the extension and its phones; messages stay on the disk
#[utoipa::path(delete, path = "/api/people/{id}", tag = "people",
    params(("id" = u32, Path, description = "The person's number."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u32>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, move |office, raw, _| {
        is_as_seen(office, raw, PersonId(id), &seen)?;
        let row = rows::row(raw, PersonId(id))?.clone();
        extension_is_named_nowhere(raw, row.extension.as_deref())?;
        is_in_no_group(raw, &row)?;
        raw.people.retain(|row| row.id != Some(id));
        Ok(())
    })
    .await
}

/// Whoever moves to another site has time groups of the same names there, or no rules by those of the site that is left.
fn keeps_its_times(config: &Config, raw: &RawConfig, extension: Option<&str>) -> Result<(), Problem> {
    let Some(known) = extension.and_then(|number| config.extension(number)) else { return Ok(()) };
    let after = Config::check(raw, &mut Vec::new());
    let is_gone = |name: &str| after.time_group(known.number.as_str(), name).is_none();
    let lost: BTreeSet<&str> =
        known.answering.groups().map(|group| group.name.as_str()).filter(|name| is_gone(name)).collect();
    match saves::named(lost.into_iter()) {
        Some(groups) if after.extension(known.number.as_str()).is_some() => {
            Err(Problem::new(StatusCode::CONFLICT, Unchanged::SiteTimesInUse { groups }))
        }
        _ => Ok(()),
    }
}

/// Whoever may do something by the number of an extension is taken out there first: the next one who gets that number must not
/// come by the right.
fn extension_is_named_nowhere(raw: &RawConfig, extension: Option<&str>) -> Result<(), Problem> {
    let Some(extension) = extension else { return Ok(()) };
    let codes = raw.authorizations.iter().map(|row| (&row.name, &row.extensions));
    let modes = raw.night_modes.iter().map(|row| (&row.name, &row.extensions));
    let sites = raw.sites.iter().map(|row| (&row.name, &row.managers));
    let naming =
        codes.chain(modes).chain(sites).filter(|(_, own)| own.iter().flatten().any(|number| number == extension));
    let naming = naming.filter_map(|(name, _)| name.as_deref());
    match saves::named(naming.chain(groups_naming(raw, &format!("extension {extension}")))) {
        None => Ok(()),
        Some(by) => {
            Err(Problem::new(StatusCode::CONFLICT, Unchanged::ExtensionNamed { extension: extension.to_owned(), by }))
        }
    }
}

/// People are in departments that there are: a slip of the pen makes none.
fn is_in_a_department(raw: &RawConfig, row: &RawPerson) -> Result<(), Problem> {
    match row.department.as_deref() {
        Some(name) if !departments::is_there(raw, name) => {
            Err(Problem::field("department", Unchanged::NoSuchDepartment))
        }
        _ => Ok(()),
    }
}

/// Whoever is in a group, or looks after one, is taken out there first: what they do there goes to somebody else.
fn is_in_no_group(raw: &RawConfig, row: &RawPerson) -> Result<(), Problem> {
    let member = format!("person {}", row.id.unwrap_or_default());
    match saves::named(groups_naming(raw, &member)) {
        None => Ok(()),
        Some(by) => {
            let name = row.name.clone().unwrap_or_default();
            Err(Problem::new(StatusCode::CONFLICT, Unchanged::PersonNamed { name, by }))
        }
    }
}

/// The groups that list somebody, or whose managers they are among.
fn groups_naming<'r>(raw: &'r RawConfig, member: &str) -> impl Iterator<Item = &'r str> {
    let names = move |row: &&config::RawGroup| {
        let listed = row.members.iter().chain(&row.managers).flatten();
        listed.into_iter().any(|one| one == member)
    };
    raw.groups.iter().filter(names).filter_map(|row| row.name.as_deref())
}

/// Gives someone a new voicemail PIN
#[utoipa::path(post, path = "/api/people/{id}/pin", tag = "people", request_body = PinWrite,
    params(("id" = u32, Path, description = "The person's number.")),
    responses((status = 200, body = SavedPerson, description = "A PIN that the box made is told this once.")))]
pub(super) async fn set_pin(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u32>,
    Sent(sent): Sent<PinWrite>,
) -> Result<Response, Problem> {
    let (id, is_made) = (PersonId(id), sent.pin.is_none());
    let pin = match sent.pin {
        Some(pin) => pin,
        None => made_pin(&app.office.config(), id)?,
    };
    let saved = save_pin(&app, id, pin.clone(), login, "pin").await?;
    let told = is_made.then(|| pin.expose().to_owned());
    app.wait(move |office| answer(office, id, saved, told)).await
}

fn made_pin(config: &Config, id: PersonId) -> Result<Secret, Problem> {
    let extension = extension_of(config, id)?;
    let tries = std::iter::repeat_with(|| digits(PIN_LENGTH)).take(PIN_TRIES).flatten();
    let mut good = tries.filter(|pin| weak_pin(pin, &extension).is_ok());
    good.next().map(Secret::new).ok_or_else(no_randomness)
}

/// Gives someone a new password; their login sessions end
#[utoipa::path(post, path = "/api/people/{id}/password", tag = "people", request_body = PasswordWrite,
    params(("id" = u32, Path, description = "The person's number.")), responses((status = 200, body = Saved)))]
pub(super) async fn set_password(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u32>,
    Sent(sent): Sent<PasswordWrite>,
) -> Result<Json<Saved>, Problem> {
    let id = PersonId(id);
    {
        let config = app.office.config();
        let person = config.person(id).ok_or_else(rows::nobody)?;
        let extension = person.extension.as_ref().map_or("", |number| number.as_str());
        let owner = [person.name.as_str(), person.email.as_deref().unwrap_or_default(), extension];
        judge_password("password", sent.password.expose(), &owner)?;
    }
    let hash = app.hash(move || store::hash_password(sent.password.expose())).await?.ok_or_else(no_randomness)?;
    let revision = save_password(&app, id, hash, login).await?;
    app.sessions.end_all_of(id);
    Ok(Json(Saved { revision }))
}

/// Adds a phone
#[utoipa::path(post, path = "/api/people/{id}/phones", tag = "people",
    params(("id" = u32, Path, description = "The person's number.")),
    responses((status = 200, body = SavedPerson, description = "The phone's password is told this once.")))]
pub(super) async fn add_phone(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u32>,
) -> Result<Response, Problem> {
    let id = PersonId(id);
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            rows::row(raw, id)?.phones.push(RawPhone::default());
            Ok(())
        })?;
        answer(office, id, saved, None)
    })
    .await
}

/// Removes a phone
#[utoipa::path(delete, path = "/api/people/{id}/phones/{phone}", tag = "people",
    params(("id" = u32, Path, description = "The person's number."),
        ("phone" = u32, Path, description = "The phone's number.")),
    responses((status = 200, body = SavedPerson)))]
pub(super) async fn remove_phone(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((id, phone)): At<(u32, u32)>,
) -> Result<Response, Problem> {
    let id = PersonId(id);
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            phone_row(raw, id, phone)?;
            rows::row(raw, id)?.phones.retain(|row| row.id != Some(phone));
            Ok(())
        })?;
        answer(office, id, saved, None)
    })
    .await
}

/// Gives a phone a new password: the one before works no longer
#[utoipa::path(post, path = "/api/people/{id}/phones/{phone}/secret", tag = "people",
    params(("id" = u32, Path, description = "The person's number."),
        ("phone" = u32, Path, description = "The phone's number.")),
    responses((status = 200, body = SavedPerson, description = "The phone's password is told this once.")))]
pub(super) async fn new_secret(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((id, phone)): At<(u32, u32)>,
) -> Result<Response, Problem> {
    let id = PersonId(id);
    app.wait(move |office| {
        let secret = new_phone_secret().ok_or_else(no_randomness)?;
        let mut saved = rows::edit(office, Author::from(&login), |raw| {
            let row = phone_row(raw, id, phone)?;
            row.secret = Some(secret.clone());
            row.ha1 = None;
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            Ok(Credentials { phone: text(&row.name), user: text(&row.user), secret: secret.expose().to_owned() })
        })?;
        saved.credentials = vec![saved.told.clone()];
        answer(office, id, saved, None)
    })
    .await
}

fn phone_row(raw: &mut RawConfig, id: PersonId, phone: u32) -> Result<&mut RawPhone, Problem> {
    let mut phones = rows::row(raw, id)?.phones.iter_mut();
    phones.find(|row| row.id == Some(phone)).ok_or_else(|| Problem::not_found(Unchanged::NoSuchPhone))
}

fn answer<T>(
    office: &dyn Office,
    id: PersonId,
    saved: rows::Saved<T>,
    pin: Option<String>,
) -> Result<Response, Problem> {
    let person = shown(office, id)?;
    let etag = person.etag.clone();
    let (revision, credentials) = (saved.revision, saved.credentials);
    Ok(versioned(&etag, SavedPerson { person, revision, credentials, pin }))
}

fn write(row: &mut RawPerson, sent: PersonWrite) -> Result<(), Problem> {
    if sent.name.trim().is_empty() {
        return Err(Problem::field("name", Unchanged::NoName));
    }
    let text = |written: Option<String>| written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let preset = Preset::from(sent.role.unwrap_or(PresetName::User)).as_str().to_owned();
    let permission = sent.permission.map(|name| Permission::from(name).to_string());
    let account = sent.account.map(|name| AccountEntry::from(name).to_string());
    row.name = Some(sent.name.trim().to_owned());
    row.email = text(sent.email);
    set(&mut row.role, Some(preset), Preset::User.as_str().to_owned());
    if let Some(roles) = sent.roles {
        let roles: BTreeSet<&str> = roles.into_iter().map(|role| Role::from(role).as_str()).collect();
        row.roles = Some(roles.into_iter().map(str::to_owned).collect()).filter(|roles: &Vec<_>| !roles.is_empty());
    }
    if let Some(profile) = sent.profile {
        row.profile = text(Some(profile));
    }
    row.language = text(sent.language);
    row.time_zone = text(sent.time_zone);
    row.department = text(sent.department);
    row.site = text(sent.site);
    set(&mut row.listed, sent.listed, true);
    row.extension = text(sent.extension);
    set(&mut row.ring_s, sent.ring_s, config::DEFAULT_RING_S);
    set(&mut row.voicemail, sent.voicemail, false);
    set(&mut row.voicemail_minutes, sent.voicemail_minutes, config::DEFAULT_VOICEMAIL_MINUTES);
    set(&mut row.pin_on_own_phone, sent.pin_on_own_phone, true);
    set(&mut row.say_time, sent.say_time, true);
    set(&mut row.say_caller, sent.say_caller, true);
    set(&mut row.newest_first, sent.newest_first, false);
    row.operator = text(sent.operator);
    set(&mut row.max_contacts, sent.max_contacts, config::DEFAULT_MAX_CONTACTS);
    row.pickup_group = text(sent.pickup_group);
    set(&mut row.private_lamp, sent.private_lamp, false);
    row.label = text(sent.label);
    row.caller_name = text(sent.caller_name);
    row.caller_number = text(sent.caller_number);
    set(&mut row.hides_number, sent.hides_number, false);
    set(&mut row.call_waiting, sent.call_waiting, true);
    row.max_calls = sent.max_calls;
    set(&mut row.intercom, sent.intercom, true);
    set(&mut row.intercom_beep, sent.intercom_beep, true);
    set(&mut row.shows_callers, sent.shows_callers, true);
    set(&mut row.permission, permission, Permission::default().to_string());
    set(&mut row.account, account, AccountEntry::default().to_string());
    Ok(())
}

/// Writes a field where it comes to mean something else: the form sends all of them, and what nobody has set stays unset.
fn set<T: PartialEq>(field: &mut Option<T>, sent: Option<T>, default: T) {
    if field.as_ref().unwrap_or(&default) != sent.as_ref().unwrap_or(&default) {
        *field = sent;
    }
}

/// The office as the rows have it, where this person is still as they were seen.
fn is_as_seen(office: &dyn Office, raw: &RawConfig, id: PersonId, seen: &IfMatch) -> Result<Config, Problem> {
    let config = Config::check(raw, &mut Vec::new());
    let person = config.person(id).ok_or_else(rows::nobody)?;
    let status = office.status();
    let is_seen = seen.is(&rows::person(&config, &Registered::now(&status), person).etag);
    if is_seen { Ok(config) } else { Err(changed_meanwhile(office, id)) }
}
