//! Calls and messages as tables for other programs (CSV, RFC 4180): what somebody may see, to take along.

use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pbx::words::Language;
use store::{CallFilter, MAX_ROWS, MessageFilter};

use super::calls::{call, seen};
use super::heading::{self, Heading};
use super::model::CallsTableQuery;
use super::voicemail::{mailbox, shown};
use super::wire::Asked;
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;

/// The most rows of a table: years of one person's calls, some two megabytes.
const MOST: usize = 10_000;

/// The columns of calls.
const CALLS: [Heading; 11] = [
    Heading::Time,
    Heading::From,
    Heading::FromName,
    Heading::To,
    Heading::ToName,
    Heading::Went,
    Heading::TalkedS,
    Heading::Story,
    Heading::AuthorizedBy,
    Heading::Account,
    Heading::AccountName,
];

/// The columns of messages.
const MESSAGES: [Heading; 6] =
    [Heading::Time, Heading::From, Heading::FromName, Heading::Folder, Heading::LengthS, Heading::CutOff];

/// The calls that one may see as a table, newest first, at most 10 000
#[utoipa::path(get, path = "/api/calls/export", tag = "calls", params(CallsTableQuery),
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, in UTF-8.", body = String)))]
pub(super) async fn calls(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    Asked(asked): Asked<CallsTableQuery>,
) -> Result<Response, Problem> {
    app.wait(move |office| {
        let config = office.config();
        let zone = rows::clock(&config, &login);
        let mut table = Csv::of(language, &CALLS);
        let mut before = None;
        let Some(seen) = seen(&login) else { return Ok(table.answer("calls")) };
        let seen = CallFilter { account: asked.account, limit: MAX_ROWS, ..seen };
        while table.rows < MOST {
            let page = office.store().calls(&CallFilter { before, ..seen.clone() })?;
            before = page.last().map(|row| row.id);
            let is_last = page.len() < MAX_ROWS;
            for row in page.into_iter().take(MOST - table.rows) {
                let call = call(&config, &login, row, language.words());
                let went = heading::went(language, call.went);
                let talked_s = call.talked_s.map(|seconds| seconds.to_string()).unwrap_or_default();
                let at = moment(&zone, call.at);
                let code = call.authorized_by.as_deref().unwrap_or_default();
                let account = call.charged_to.as_ref();
                let account = account.map_or(["", ""], |account| [account.number.as_str(), account.name.as_str()]);
                let (from, to) = ([&call.from, &call.from_name], [&call.to, &call.to_name]);
                let about = [code, account[0], account[1]];
                let cells: [&str; 8] = [&at, from[0], from[1], to[0], to[1], went, &talked_s, &call.story];
                table.row(&[cells.as_slice(), about.as_slice()].concat());
            }
            if is_last {
                break;
            }
        }
        Ok(table.answer("calls"))
    })
    .await
}

/// The messages of one's own mailbox as a table, newest first, in all folders
#[utoipa::path(get, path = "/api/voicemail/export", tag = "voicemail",
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, in UTF-8.", body = String)))]
pub(super) async fn messages(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
) -> Result<Response, Problem> {
    let mailbox = mailbox(&login)?;
    app.wait(move |office| {
        let config = office.config();
        let zone = rows::clock(&config, &login);
        let mut table = Csv::of(language, &MESSAGES);
        let mut before = None;
        while table.rows < MOST {
            let filter = MessageFilter { mailbox: mailbox.clone(), folder: None, before, limit: MAX_ROWS };
            let page = office.store().messages(&filter)?;
            before = page.last().map(|message| message.id);
            let is_last = page.len() < MAX_ROWS;
            for message in page.into_iter().take(MOST - table.rows) {
                let message = shown(&config, &login, message);
                let folder = heading::folder(language, message.folder);
                let length_s = format!("{}.{}", message.length_ms / 1000, message.length_ms % 1000 / 100);
                let cut_off = heading::yes(language, message.is_cut_off);
                let at = moment(&zone, message.at);
                table.row(&[&at, &message.from, &message.from_name, folder, &length_s, cut_off]);
            }
            if is_last {
                break;
            }
        }
        Ok(table.answer("messages"))
    })
    .await
}

/// As people write it, by their clock.
fn moment(zone: &TimeZone, at: Timestamp) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Rows of cells.
pub(super) struct Csv {
    pub(super) text: String,
    rows: usize,
}

impl Csv {
    /// With a heading. Spreadsheets know by the mark before it that the text is UTF-8.
    pub(super) fn of(language: Language, columns: &[Heading]) -> Csv {
        let mut table = Csv { text: "\u{feff}".to_owned(), rows: 0 };
        let columns: Vec<&str> = columns.iter().map(|column| heading::heading(language, *column)).collect();
        table.row(&columns);
        table.rows = 0;
        table
    }

    pub(super) fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        self.text += &cells.join(",");
        self.text += "\r\n";
        self.rows += 1;
    }

    pub(super) fn answer(self, name: &str) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        ];
        (headers, self.text).into_response()
    }
}

/// A cell. Spreadsheets take what begins like a formula for one, and a caller chooses their name: the quotation mark before
/// it makes it text.
fn cell(text: &str) -> String {
    // What has such a mark already gets another one, so that whoever takes one away has what it was.
    let is_marked = |rest: &str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    let is_formula = is_marked(text) && !text.starts_with('\'') || text.strip_prefix('\'').is_some_and(is_marked);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    let is_plain = !text.contains(['"', ',', ';', '\r', '\n', '\t']) && text.trim() == text;
    if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_or_ends_too_soon() {
        for (text, written) in [
            ("", ""),
            ("Front Desk", "Front Desk"),
            ("=1+1", "'=1+1"),
            ("+491234", "'+491234"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=1", "''=1"),
            ("'s", "'s"),
            ("\t=1", "\"'\t=1\""),
            ("a,b", "\"a,b\""),
            ("say \"hello\"", "\"say \"\"hello\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            (" =1", "\" =1\""),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
