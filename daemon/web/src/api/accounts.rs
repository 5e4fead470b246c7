//! Accounts that calls to the outside are charged to: clients, projects.

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::Response;
use config::{Config, RawAccount};

use super::App;
use super::model::{Account, AccountWrite, Accounts, Saved};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

static TABLE: Table = Table { part: Part::Accounts, version: |config| table(config).etag };

/// The accounts that calls are charged to
#[utoipa::path(get, path = "/api/accounts", tag = "trunks", responses((status = 200, body = Accounts)))]
pub(super) async fn list(State(app): State<App>) -> Response {
    let shown = table(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

fn table(config: &Config) -> Accounts {
    let mut shown = Accounts { accounts: rows(config), etag: String::new() };
    shown.etag = etag(&shown);
    shown
}

/// All of them, in the order of their numbers.
pub(super) fn rows(config: &Config) -> Vec<Account> {
    let rows = config.accounts().map(|(number, name)| Account { number: number.to_owned(), name: name.to_owned() });
    rows.collect()
}

/// Adds an account
#[utoipa::path(post, path = "/api/accounts", tag = "trunks", request_body = AccountWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<AccountWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, _| {
            raw.accounts.push(row_of(sent));
            Ok(())
        })
        .await
}

/// Changes an account; calls that were charged to it keep its number and name as of then
#[utoipa::path(put, path = "/api/accounts/{number}", tag = "trunks", request_body = AccountWrite,
    params(("number" = String, Path, description = "The number that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(number): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<AccountWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let row = raw.accounts.iter_mut().find(|row| row.number.as_deref() == Some(number.as_str()));
            *row.ok_or_else(none)? = row_of(sent);
            Ok(())
        })
        .await
}

/// Removes an account; calls that were charged to it stay so
#[utoipa::path(delete, path = "/api/accounts/{number}", tag = "trunks",
    params(("number" = String, Path, description = "Its number."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(number): At<String>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let before = raw.accounts.len();
            raw.accounts.retain(|row| row.number.as_deref() != Some(number.as_str()));
            if raw.accounts.len() == before { Err(none()) } else { Ok(()) }
        })
        .await
}

fn none() -> Problem {
    Problem::not_found(Unchanged::NoSuchAccount)
}

fn row_of(sent: AccountWrite) -> RawAccount {
    RawAccount {
        number: Some(sent.number.trim().to_owned()),
        name: Some(sent.name.trim().to_owned()),
        ..RawAccount::default()
    }
}
