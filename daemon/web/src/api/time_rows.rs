//! Rows of times of other systems: shown as what they mean before a time group has them (F48).

use axum::Json;
use axum::extract::{Extension, State};
use config::{BadRow, Fault, Level, MAX_ENTRIES, ReadRow, read_rows};
use pbx::words::Language;

use super::App;
use super::model::{TimeRow, TimeRowFault, TimeRows, TimeRowsWrite};
use super::time_groups::Owner;
use super::wire::{At, Sent};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;
use crate::words::why;

/// What rows of times of another system mean; nothing is changed
#[utoipa::path(post, path = "/api/time-group-rows/{who}", tag = "answering", request_body = TimeRowsWrite,
    params(("who" = String, Path, description = "`me`, `office`, `site:` and a site's name, or a person's number.")),
    responses((status = 200, body = TimeRows)))]
pub(super) async fn read(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(who): At<String>,
    Sent(sent): Sent<TimeRowsWrite>,
) -> Result<Json<TimeRows>, Problem> {
    Owner::of(&app.office.config(), &login, &who, Level::Change)?;
    let rows = read_rows(&sent.text);
    let rows = rows.into_iter().enumerate().map(|(place, row)| shown(place, row, language));
    Ok(Json(TimeRows { rows: rows.collect(), most: MAX_ENTRIES as u32 }))
}

fn shown(place: usize, row: ReadRow, language: Language) -> TimeRow {
    let ReadRow { line, text, entry } = row;
    let fault = |bad: BadRow| TimeRowFault { field: bad.field().to_owned(), text: why(language, &Why::TimesRow(bad)) };
    let mut faults: Vec<TimeRowFault> = entry.as_ref().err().into_iter().flatten().copied().map(fault).collect();
    if place >= MAX_ENTRIES {
        let many = Why::Fault(Fault::TooMany { most: MAX_ENTRIES });
        faults.push(TimeRowFault { field: "rows".to_owned(), text: why(language, &many) });
    }
    let entry = entry.ok();
    TimeRow {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        text,
        said: entry.as_ref().map(|entry| language.say_entry(entry)),
        entry: entry.map(|entry| entry.to_string()),
        faults,
    }
}
