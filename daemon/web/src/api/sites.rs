//! Sites: places of the office with a clock, a language, a number and time groups of their own.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Area, Config, ExtensionNumber, GroupOwner, RawSite, Rights};

use super::model::{Saved, SiteRow, SiteWrite, Sites};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Signing, Unchanged};

static TABLE: Table = Table { part: Part::Sites, version: |config| table(config).etag };

/// The sites
#[utoipa::path(get, path = "/api/sites", tag = "people", responses((status = 200, body = Sites)))]
pub(super) async fn list(State(app): State<App>) -> Response {
    let shown = table(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

fn table(config: &Config) -> Sites {
    let sites = config.sites().iter().map(|site| SiteRow {
        name: site.name.clone(),
        time_zone: site.time_zone.as_ref().and_then(|zone| zone.iana_name()).map(str::to_owned),
        language: site.language.clone(),
        number: site.number.clone(),
        hold_music: site.hold_music,
        managers: site.managers.iter().map(ExtensionNumber::to_string).collect(),
        people: people_of(config, &site.name).count() as u32,
        time_groups: config.time_groups_of(&GroupOwner::Site(site.name.clone())).count() as u32,
    });
    let numbers = config.numbers().map(|own| own.number.clone()).collect();
    let mut shown = Sites { sites: sites.collect(), numbers, etag: String::new() };
    shown.etag = etag(&shown);
    shown
}

fn people_of<'c>(config: &'c Config, site: &'c str) -> impl Iterator<Item = &'c config::Person> {
    config.people().filter(move |person| person.site.as_deref() == Some(site))
}

/// Adds a site
#[utoipa::path(post, path = "/api/sites", tag = "people", request_body = SiteWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<SiteWrite>,
) -> Result<Json<Saved>, Problem> {
    let rights = login.rights;
    TABLE
        .save(&app, login, None, move |raw, _| {
            let row = row_of(sent);
            may_name(rights, None, row.managers.as_deref())?;
            raw.sites.push(row);
            Ok(())
        })
        .await
}

/// Changes a site; its people go along with a new name
#[utoipa::path(put, path = "/api/sites/{name}", tag = "people", request_body = SiteWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<SiteWrite>,
) -> Result<Json<Saved>, Problem> {
    let rights = login.rights;
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let after = row_of(sent);
            for person in raw.people.iter_mut().filter(|person| person.site.as_deref() == Some(name.as_str())) {
                person.site.clone_from(&after.name);
            }
            let row = raw.sites.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()));
            let row = row.ok_or_else(|| Problem::not_found(Unchanged::NoSuchSite))?;
            may_name(rights, row.managers.as_deref(), after.managers.as_deref())?;
            let time_groups = std::mem::take(&mut row.time_groups);
            *row = RawSite { time_groups, ..after };
            Ok(())
        })
        .await
}

/// Removes a site at which nobody works, with its time groups
#[utoipa::path(delete, path = "/api/sites/{name}", tag = "people",
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
            config.site(&name).ok_or_else(|| Problem::not_found(Unchanged::NoSuchSite))?;
            if let Some(by) = saves::named(people_of(config, &name).map(|person| person.name.as_str())) {
                return Err(Problem::new(StatusCode::CONFLICT, Unchanged::SiteInUse { by }));
            }
            raw.sites.retain(|row| row.name.as_deref() != Some(name.as_str()));
            Ok(())
        })
        .await
}

/// Whoever manages a site changes its time groups: that is given and taken by who may change times.
fn may_name(rights: Rights, before: Option<&[String]>, after: Option<&[String]>) -> Result<(), Problem> {
    let is_same = before.unwrap_or_default() == after.unwrap_or_default();
    let refused = || Problem::new(StatusCode::FORBIDDEN, Signing::NoRight);
    if is_same || rights.may_change(Area::Times) { Ok(()) } else { Err(refused()) }
}

fn row_of(sent: SiteWrite) -> RawSite {
    let text = |written: Option<String>| written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    RawSite {
        name: Some(sent.name.trim().to_owned()),
        time_zone: text(sent.time_zone),
        language: text(sent.language),
        number: text(sent.number),
        hold_music: sent.hold_music.filter(|has_music| !has_music),
        managers: Some(sent.managers).filter(|managers| !managers.is_empty()),
        ..RawSite::default()
    }
}
