//! Callers whose calls are never taken, or always: the office's list, and the row that it shares with people's own.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Config, Hears, ListedCaller, RawCaller};

use super::model::{CallerRow, OfficeCallers, OfficeCallersWrite, Saved};
use super::rows::Author;
use super::wire::{IfMatch, Sent, etag, versioned};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// Callers from outside who are put through to nobody
#[utoipa::path(get, path = "/api/callers", tag = "answering", responses((status = 200, body = OfficeCallers)))]
pub(super) async fn shown(State(app): State<App>) -> Response {
    let shown = of_office(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

/// Replaces the list of callers who are put through to nobody
#[utoipa::path(put, path = "/api/callers", tag = "answering", request_body = OfficeCallersWrite,
    params(("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn replace(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    seen: IfMatch,
    Sent(sent): Sent<OfficeCallersWrite>,
) -> Result<Json<Saved>, Problem> {
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            if !seen.is(&of_office(&Config::check(raw, &mut Vec::new())).etag) {
                return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::ChangedMeanwhile));
            }
            raw.office.callers = sent.callers.into_iter().map(raw_caller).collect();
            raw.office.blocked_hear = sent.blocked_hear.filter(|word| word != Hears::default().as_str());
            raw.office.anonymous_hear = sent.anonymous_hear;
            Ok(())
        })?;
        Ok(Json(Saved { revision: saved.revision }))
    })
    .await
}

fn of_office(config: &Config) -> OfficeCallers {
    let callers = &config.office().callers;
    let rows = OfficeCallersWrite {
        callers: callers.listed.iter().map(caller_row).collect(),
        blocked_hear: Some(callers.blocked_hear.as_str().to_owned()),
        anonymous_hear: callers.anonymous_hear.map(|hears| hears.as_str().to_owned()),
    };
    let etag = etag(&rows);
    OfficeCallers { rows, revision: config.revision(), etag }
}

/// A caller as the page has it.
pub(super) fn caller_row(one: &ListedCaller) -> CallerRow {
    CallerRow {
        number: one.pattern.to_string(),
        allow: one.is_allowed,
        until: one.until,
        note: Some(one.note.clone()).filter(|note| !note.is_empty()),
    }
}

/// A caller as it is kept.
pub(super) fn raw_caller(row: CallerRow) -> RawCaller {
    RawCaller {
        number: Some(row.number),
        allow: Some(row.allow).filter(|allow| *allow),
        until: row.until.map(|until| until.to_string()),
        note: row.note.filter(|note| !note.is_empty()),
        oddities: Vec::new(),
    }
}
