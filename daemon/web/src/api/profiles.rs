//! Profiles: rights of the office's own making (F6). What whoever makes one does not have is refused where every change is, in `standing`.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Config, Preset, RawConfig, RawProfile};

use super::model::{self, Named, PresetRow, ProfileRow, ProfileWrite, Profiles, Saved};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

static TABLE: Table = Table { part: Part::Profiles, version: |config| table(config).etag };

/// The profiles, with who has them
#[utoipa::path(get, path = "/api/profiles", tag = "people", responses((status = 200, body = Profiles)))]
pub(super) async fn list(State(app): State<App>) -> Response {
    let shown = table(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

fn table(config: &Config) -> Profiles {
    let profiles = config.profiles().iter().map(|profile| ProfileRow {
        name: profile.name.clone(),
        rights: model::Right::all(&profile.rights),
        people: people_of(config, &profile.name).map(|one| Named { id: one.id.0, name: one.name.clone() }).collect(),
        groups: groups_of(config, &profile.name).map(str::to_owned).collect(),
    });
    let presets = Preset::ALL
        .map(|preset| PresetRow { preset: preset.into(), rights: model::Right::all(&preset.rights()) })
        .to_vec();
    let mut shown = Profiles { profiles: profiles.collect(), presets, etag: String::new() };
    shown.etag = etag(&shown);
    shown
}

fn people_of<'c>(config: &'c Config, profile: &'c str) -> impl Iterator<Item = &'c config::Person> {
    config.people().filter(move |person| person.profile.as_deref() == Some(profile))
}

fn groups_of<'c>(config: &'c Config, profile: &'c str) -> impl Iterator<Item = &'c str> {
    let carrying = config.groups().iter().filter(move |group| group.profile.as_deref() == Some(profile));
    carrying.map(|group| group.name.as_str())
}

/// Adds a profile
#[utoipa::path(post, path = "/api/profiles", tag = "people", request_body = ProfileWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<ProfileWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, _| {
            raw.profiles.push(row_of(sent));
            Ok(())
        })
        .await
}

/// Changes a profile, and what whoever has it may do; people and groups go along with a new name
#[utoipa::path(put, path = "/api/profiles/{name}", tag = "people", request_body = ProfileWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<ProfileWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let after = row_of(sent);
            for person in raw.people.iter_mut().filter(|person| person.profile.as_deref() == Some(name.as_str())) {
                person.profile.clone_from(&after.name);
            }
            for group in raw.groups.iter_mut().filter(|group| group.profile.as_deref() == Some(name.as_str())) {
                group.profile.clone_from(&after.name);
            }
            *find(raw, &name)? = after;
            Ok(())
        })
        .await
}

/// Removes a profile that nobody has, and no group carries
#[utoipa::path(delete, path = "/api/profiles/{name}", tag = "people",
    params(("name" = String, Path, description = "Its name."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, config| {
            find(raw, &name)?;
            let people = people_of(config, &name).map(|person| person.name.as_str());
            if let Some(by) = saves::named(people.chain(groups_of(config, &name))) {
                return Err(Problem::new(StatusCode::CONFLICT, Unchanged::ProfileInUse { by }));
            }
            raw.profiles.retain(|row| row.name.as_deref() != Some(name.as_str()));
            Ok(())
        })
        .await
}

fn find<'r>(raw: &'r mut RawConfig, name: &str) -> Result<&'r mut RawProfile, Problem> {
    let row = raw.profiles.iter_mut().find(|row| row.name.as_deref() == Some(name));
    row.ok_or_else(|| Problem::not_found(Unchanged::NoSuchProfile))
}

fn row_of(sent: ProfileWrite) -> RawProfile {
    let written = |right: model::Right| config::Right { area: right.area.into(), level: right.may.into() }.to_string();
    RawProfile {
        name: Some(sent.name.trim().to_owned()),
        rights: Some(sent.rights.into_iter().map(written).collect()),
        ..RawProfile::default()
    }
}
