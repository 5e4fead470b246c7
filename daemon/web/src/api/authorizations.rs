//! Codes that let calls out which an extension may not make by itself. Nobody is shown their digits.

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::Response;
use config::{Config, RawAuthorization};

use super::App;
use super::model::{AuthorizationRow, AuthorizationWrite, Authorizations, Saved};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

static TABLE: Table = Table { part: Part::Authorizations, version: |config| table(config).etag };

/// The authorization codes, without their digits
#[utoipa::path(get, path = "/api/authorizations", tag = "trunks", responses((status = 200, body = Authorizations)))]
pub(super) async fn list(State(app): State<App>) -> Response {
    let shown = table(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

fn table(config: &Config) -> Authorizations {
    let rows = config.authorizations().iter().map(|row| AuthorizationRow {
        name: row.name.clone(),
        permission: row.permission.into(),
        extensions: row.extensions.as_ref().map(|own| own.iter().map(ToString::to_string).collect()),
        enabled: row.enabled,
    });
    let mut shown = Authorizations { authorizations: rows.collect(), etag: String::new() };
    shown.etag = etag(&shown);
    shown
}

/// Adds an authorization code
#[utoipa::path(post, path = "/api/authorizations", tag = "trunks", request_body = AuthorizationWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<AuthorizationWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, _| {
            raw.authorizations.push(row_of(sent));
            Ok(())
        })
        .await
}

/// Changes an authorization code; it keeps its digits unless others are sent
#[utoipa::path(put, path = "/api/authorizations/{name}", tag = "trunks", request_body = AuthorizationWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<AuthorizationWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let row = raw.authorizations.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()));
            let row = row.ok_or_else(none)?;
            let mut after = row_of(sent);
            if after.pin.is_none() {
                after.pin_hash = row.pin_hash.take();
            }
            *row = after;
            Ok(())
        })
        .await
}

/// Removes an authorization code
#[utoipa::path(delete, path = "/api/authorizations/{name}", tag = "trunks",
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
            let before = raw.authorizations.len();
            raw.authorizations.retain(|row| row.name.as_deref() != Some(name.as_str()));
            if raw.authorizations.len() == before { Err(none()) } else { Ok(()) }
        })
        .await
}

fn none() -> Problem {
    Problem::not_found(Unchanged::NoSuchAuthorization)
}

fn row_of(sent: AuthorizationWrite) -> RawAuthorization {
    RawAuthorization {
        name: Some(sent.name.trim().to_owned()),
        pin: sent.pin.filter(|pin| !pin.expose().is_empty()),
        permission: Some(config::Permission::from(sent.permission).as_str().to_owned()),
        extensions: sent.extensions,
        enabled: sent.enabled.filter(|enabled| !enabled),
        ..RawAuthorization::default()
    }
}
