//! Night modes: time groups of the office that are forced together, and who may do that.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Area, Config, NightEnd, NightGroup, RawConfig, RawNightMode};
use jiff::Timestamp;

use super::model::{NightGroupRow, NightHoldRow, NightMode, NightModeWrite, NightModes, NightSwitch, Saved};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Signing, Unchanged};

static TABLE: Table = Table { part: Part::NightModes, version };

/// The night modes that somebody may switch, and for whoever may see the office's time groups all of them
#[utoipa::path(get, path = "/api/night-modes", tag = "answering", responses((status = 200, body = NightModes)))]
pub(super) async fn list(State(app): State<App>, Extension(login): Extension<Login>) -> Response {
    let (config, now) = (app.office.config(), app.office.now().wall);
    let is_shown = |mode: &&config::NightMode| login.rights.may_see(Area::Times) || may_switch(&config, &login, mode);
    let modes = config.night_modes().iter().filter(is_shown).map(|mode| shown(mode, now)).collect();
    let shown = NightModes { modes, etag: version(&config) };
    versioned(&shown.etag.clone(), shown)
}

/// Adds a night mode
#[utoipa::path(post, path = "/api/night-modes", tag = "answering", request_body = NightModeWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<NightModeWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, _| {
            raw.night_modes.push(row_of(sent));
            Ok(())
        })
        .await
}

/// Changes a night mode; where it is on, it goes on to hold what it forces as before
#[utoipa::path(put, path = "/api/night-modes/{name}", tag = "answering", request_body = NightModeWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<NightModeWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let before = find(raw, &name)?;
            let forces = |text: &String| {
                let held = text.parse().ok().map(|held: NightGroup| row(&held));
                held.is_some_and(|held| sent.groups.contains(&held))
            };
            let holds: Vec<String> = before.holds.take().unwrap_or_default().into_iter().filter(forces).collect();
            let (since, by) = (before.since.take(), before.by.take());
            *before = row_of(sent);
            if !holds.is_empty() {
                (before.holds, before.since, before.by) = (Some(holds), since, by);
            }
            Ok(())
        })
        .await
}

/// Removes a night mode; what it holds follows its times again
#[utoipa::path(delete, path = "/api/night-modes/{name}", tag = "answering",
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
        .save(&app, login, Some(seen), move |raw, _| {
            find(raw, &name)?;
            raw.night_modes.retain(|row| row.name.as_deref() != Some(name.as_str()));
            Ok(())
        })
        .await
}

/// Switches a night mode on or off
#[utoipa::path(post, path = "/api/night-modes/{name}/switch", tag = "answering", request_body = NightSwitch,
    params(("name" = String, Path, description = "Its name.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn switch(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    Sent(sent): Sent<NightSwitch>,
) -> Result<Json<Saved>, Problem> {
    let (now, asker) = (app.office.now().wall, login.clone());
    saves::save(&app, login, move |_, raw, config| {
        let known = config.night_mode(&name);
        if !asker.rights.may_change(Area::Times) && !known.is_some_and(|mode| may_switch(config, &asker, mode)) {
            return Err(Problem::new(StatusCode::FORBIDDEN, Signing::NoRight));
        }
        let end = match sent.until {
            _ if sent.for_good => NightEnd::ForGood,
            None => NightEnd::NextChange,
            Some(until) if until > now => NightEnd::At(until),
            Some(_) => return Err(Problem::field("until", Unchanged::NoSuchMoment)),
        };
        let row = find(raw, &name)?;
        match sent.on {
            true => row.switch_on(config, Some(&asker.name), end, now),
            false => row.switch_off(),
        }
        Ok(())
    })
    .await
}

fn may_switch(config: &Config, login: &Login, mode: &config::NightMode) -> bool {
    config.person(login.person).is_some_and(|person| config.may_switch(mode, person))
}

fn find<'r>(raw: &'r mut RawConfig, name: &str) -> Result<&'r mut RawNightMode, Problem> {
    let row = raw.night_modes.iter_mut().find(|row| row.name.as_deref() == Some(name));
    row.ok_or_else(|| Problem::not_found(Unchanged::NoSuchNightMode))
}

/// Of all rows, without what is on: whoever changes a row is not stopped by somebody who switches it.
fn version(config: &Config) -> String {
    etag(&config.night_modes().iter().map(written).collect::<Vec<_>>())
}

fn written(mode: &config::NightMode) -> NightModeWrite {
    NightModeWrite {
        name: mode.name.clone(),
        number: mode.number,
        groups: mode.groups.iter().map(row).collect(),
        extensions: mode.extensions.iter().map(ToString::to_string).collect(),
    }
}

fn shown(mode: &config::NightMode, now: Timestamp) -> NightMode {
    let on = mode.on.as_ref().filter(|_| mode.is_on(now));
    let held = mode.holding(now);
    NightMode {
        row: written(mode),
        is_on: on.is_some(),
        since: on.map(|on| on.since),
        by: on.and_then(|on| on.by.clone()),
        holds: held
            .map(|held| NightHoldRow {
                group: held.group.clone(),
                is_open: held.forced.is_open,
                until: held.forced.until,
            })
            .collect(),
    }
}

fn row(group: &NightGroup) -> NightGroupRow {
    NightGroupRow { group: group.group.clone(), is_open: group.forced.is_open }
}

fn row_of(sent: NightModeWrite) -> RawNightMode {
    let text = |row: NightGroupRow| {
        let forced = config::Forced { is_open: row.is_open, until: None };
        NightGroup { group: row.group, forced }.to_string()
    };
    RawNightMode {
        name: Some(sent.name.trim().to_owned()),
        number: sent.number,
        groups: Some(sent.groups.into_iter().map(text).collect()),
        extensions: Some(sent.extensions).filter(|extensions| !extensions.is_empty()),
        ..RawNightMode::default()
    }
}
