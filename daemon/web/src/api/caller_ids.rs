//! Under which numbers people call outside: for who may decide that, be it for people of whom they may change nothing else (F26).

use axum::Json;
use axum::extract::{Extension, State};
use config::Config;

use super::model::{CallerIdRow, CallerIdWrite, CallerIds, Saved};
use super::wire::{At, IfMatch, Sent, etag};
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;

/// Under which number each extension calls
#[utoipa::path(get, path = "/api/caller-ids", tag = "people", responses((status = 200, body = CallerIds)))]
pub(super) async fn list(State(app): State<App>) -> Json<CallerIds> {
    let config = app.office.config();
    let extensions = config.extensions().map(|extension| row(&config, extension)).collect();
    Json(CallerIds { extensions, numbers: config.numbers().map(|own| own.number.clone()).collect() })
}

fn row(config: &Config, extension: &config::Extension) -> CallerIdRow {
    let number = extension.number.as_str();
    let caller_id = extension.caller_id.clone();
    let mut row = CallerIdRow {
        extension: number.to_owned(),
        person: rows::name_of(config, number),
        label: caller_id.label,
        caller_name: caller_id.name,
        caller_number: caller_id.number,
        shown_as: config.shown_as(number).map(|(number, _)| number.to_owned()),
        hides_number: extension.hides_number,
        etag: String::new(),
    };
    row.etag = etag(&row);
    row
}

/// Decides under which number an extension calls, and whether it hides it
#[utoipa::path(put, path = "/api/caller-ids/{extension}", tag = "people", request_body = CallerIdWrite,
    params(("extension" = String, Path, description = "The extension."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(extension): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<CallerIdWrite>,
) -> Result<Json<Saved>, Problem> {
    saves::save(&app, login, move |office, raw, config| {
        let extension = config.extension(&extension).ok_or_else(rows::nobody)?;
        if !seen.is(&row(config, extension).etag) {
            return Err(saves::changed_meanwhile(office, extension.person));
        }
        let row = rows::row(raw, extension.person)?;
        let number = sent.caller_number.map(|number| number.trim().to_owned());
        row.caller_number = number.filter(|number| !number.is_empty());
        row.hides_number = Some(true).filter(|_| sent.hides_number);
        Ok(())
    })
    .await
}
