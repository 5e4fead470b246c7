//! People as a table (CSV, RFC 4180): to take along, and to bring in. A file is read, looked at and mended on the page, then saved
//! as one change; who is in no row stays as they are.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Config, Fault, MAX_PEOPLE, PersonFault, RawConfig, RawDepartment, RawPerson, RawPhone, Table, Wanted};
use csv::StringRecord;
use pbx::words::Language;

use super::export::Csv;
use super::heading::{Heading, yes};
use super::model::{PeopleImport, PeopleImported, PeopleRow, PeopleTable, RowBecomes, RowVerdict};
use super::rows::Author;
use super::sheet::{Sheet, decoded};
use super::wire::SentTable;
use super::{App, departments, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Malformed, Unread, Why};
use crate::words::why;

/// The longest file, in bytes: an office of 500 people has a tenth of it, with many columns that mean nothing here.
pub(super) const FILE_MAX: usize = 512 * 1024;

/// A column that means something, and what people and other systems write over it, in small letters.
const COLUMNS: [(Column, &[&str]); 9] = [
    (Column::Extension, &["extension", "nebenstelle", "ext", "number", "nummer", "durchwahl"]),
    (Column::Name, &["name", "full name", "display name", "anzeigename"]),
    (Column::First, &["first name", "first", "firstname", "vorname"]),
    (Column::Last, &["last name", "last", "lastname", "nachname"]),
    (Column::Email, &["e-mail", "email", "mail", "e-mail address", "email(s)"]),
    (Column::Department, &["department", "abteilung"]),
    (Column::Site, &["site", "standort", "location"]),
    (Column::PickupGroup, &["pickup group", "pickup_group", "übernahmegruppe"]),
    (Column::Voicemail, &["voicemail", "enable voicemail", "mailbox"]),
];

/// What a column says of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Extension,
    Name,
    First,
    Last,
    Email,
    Department,
    Site,
    PickupGroup,
    Voicemail,
}

/// The columns of people in a table of ours.
const HEADINGS: [Heading; 7] = [
    Heading::Extension,
    Heading::Name,
    Heading::Email,
    Heading::Department,
    Heading::Site,
    Heading::PickupGroup,
    Heading::Voicemail,
];

/// Everyone as a table, which comes to the same when it is brought in
#[utoipa::path(get, path = "/api/people/export", tag = "people",
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, in UTF-8.", body = String)))]
pub(super) async fn export(State(app): State<App>, Extension(language): Extension<Language>) -> Response {
    table_of(&app.office.config(), language).answer("people")
}

fn table_of(config: &Config, language: Language) -> Csv {
    let mut table = Csv::of(language, &HEADINGS);
    for person in config.people() {
        let extension = person.extension.as_ref().map(config::ExtensionNumber::as_str).unwrap_or_default();
        let settings = config.extension(extension);
        let group = settings.and_then(|settings| settings.pickup_group.as_deref()).unwrap_or_default();
        let voicemail = yes(language, settings.is_some_and(|settings| settings.voicemail));
        let [email, department, site] =
            [&person.email, &person.department, &person.site].map(|text| text.as_deref().unwrap_or_default());
        table.row(&[extension, &person.name, email, department, site, group, voicemail]);
    }
    table
}

/// Reads a table of people; nothing is changed
#[utoipa::path(put, path = "/api/people/table", tag = "people",
    request_body(content = Vec<u8>, content_type = "text/csv", description = "With commas, semicolons or tabs; UTF-8, or what Excel writes."),
    responses((status = 200, body = PeopleTable)))]
pub(super) async fn read(request: Request) -> Result<Json<PeopleTable>, Problem> {
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Malformed::TooLong { most_kib: FILE_MAX / 1024 });
    let file = to_bytes(request.into_body(), FILE_MAX).await.map_err(too_large)?;
    table(&file).map(Json).map_err(|unread| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, unread))
}

fn table(file: &[u8]) -> Result<PeopleTable, Unread> {
    let sheet = Sheet::read(&decoded(file), &COLUMNS, &[Column::Name, Column::First, Column::Last], MAX_PEOPLE)?;
    let rows = sheet.rows.iter().map(|(line, record)| row_of(&sheet, record, *line)).collect();
    Ok(PeopleTable { rows, ignored: sheet.ignored })
}

fn row_of(sheet: &Sheet<Column>, record: &StringRecord, line: u32) -> PeopleRow {
    let cell = |wanted| sheet.cell(record, wanted);
    let parts: Vec<String> = [Column::First, Column::Last].into_iter().filter_map(cell).collect();
    let name = cell(Column::Name).filter(|name| !name.is_empty() || parts.is_empty());
    PeopleRow {
        line,
        extension: cell(Column::Extension),
        name: Some(name.unwrap_or_else(|| parts.join(" ").trim().to_owned())),
        email: cell(Column::Email),
        department: cell(Column::Department),
        site: cell(Column::Site),
        pickup_group: cell(Column::PickupGroup),
        voicemail: cell(Column::Voicemail),
    }
}

/// Brings people in, all rows as one change, or says what is wrong with which; a trial changes nothing
#[utoipa::path(post, path = "/api/people/table", tag = "people", request_body = PeopleImport,
    responses((status = 200, body = PeopleImported)))]
pub(super) async fn import(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    SentTable(sent): SentTable<PeopleImport>,
) -> Result<Json<PeopleImported>, Problem> {
    if sent.rows.len() > MAX_PEOPLE {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Unread::TooManyRows { most: MAX_PEOPLE }));
    }
    app.wait(move |office| {
        let mut judged = None;
        let saved = rows::edit(office, Author::from(&login), |raw| {
            let found = judge(raw, &sent.rows, language);
            let is_wrong = found.rows.iter().any(|row| row.becomes == RowBecomes::Wrong) || !found.problems.is_empty();
            judged = Some(found);
            if sent.is_trial || is_wrong {
                // Nothing is saved; what is said instead is in `judged`.
                return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Why::Mistake));
            }
            take_in(raw, &sent.rows, sent.with_phones);
            Ok(())
        });
        match (saved, judged) {
            (Ok(saved), Some(judged)) => {
                let (revision, credentials) = (saved.revision, saved.credentials);
                Ok(Json(PeopleImported { revision, credentials, ..judged }))
            }
            (Err(Problem { why: Why::Mistake, .. }), Some(judged)) => Ok(Json(judged)),
            (Err(problem), _) => Err(problem),
            (Ok(_), None) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Why::Mistake)),
        }
    })
    .await
}

/// Where a row came to stand, and what is wrong with it by itself.
struct Taken {
    place: usize,
    becomes: RowBecomes,
    errors: BTreeMap<&'static str, Fault>,
}

/// What would become of the rows; phones are left out, since they get what they lack when they are saved.
fn judge(raw: &RawConfig, sent: &[PeopleRow], language: Language) -> PeopleImported {
    let mut after = raw.clone();
    let taken = take_in(&mut after, sent, false);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    Config::check(raw, &mut old);
    Config::check(&after, &mut new);
    new.retain(|problem| !old.contains(problem));
    let mut by_place: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let mut problems = Vec::new();
    let places: BTreeSet<usize> = taken.iter().map(|row| row.place).collect();
    for problem in new {
        let said = why(language, &Why::from(problem.fault.clone()));
        let place = problem.row.split(' ').next().and_then(|place| place.parse::<usize>().ok());
        match place.and_then(|place| place.checked_sub(1)).filter(|place| places.contains(place)) {
            Some(place) if problem.table == Table::Person => {
                by_place.entry(place).or_default().entry(problem.field).or_insert(said);
            }
            _ => problems.push(format!("{}: {said}", problem.row)),
        }
    }
    let rows = taken.into_iter().map(|row| {
        let own = row.errors.into_iter().map(|(field, fault)| (field.to_owned(), why(language, &Why::from(fault))));
        let mut errors: BTreeMap<String, String> = own.collect();
        if row.becomes != RowBecomes::Same {
            errors.extend(by_place.get(&row.place).cloned().unwrap_or_default());
        }
        let becomes = if errors.is_empty() { row.becomes } else { RowBecomes::Wrong };
        RowVerdict { becomes, errors }
    });
    PeopleImported { rows: rows.collect(), problems, revision: None, credentials: Vec::new() }
}

/// Writes the rows into the office.
fn take_in(raw: &mut RawConfig, sent: &[PeopleRow], with_phones: bool) -> Vec<Taken> {
    let here = raw.people.len();
    let mut taken: Vec<Taken> = Vec::new();
    for row in sent {
        let extension = row.extension.as_deref().map(str::trim).filter(|extension| !extension.is_empty());
        let name = row.name.as_deref().map(str::trim).unwrap_or_default();
        let is_free = |place: usize| taken.iter().all(|other| other.place != place);
        let is_them = |(place, person): (usize, &RawPerson)| match extension {
            Some(extension) => person.extension.as_deref() == Some(extension),
            // Whose extension is known to be none is nobody who has one: a forgotten cell takes none away.
            None => {
                let may_have_one = row.extension.is_none();
                let is_free = is_free(place) && place < here;
                is_free && person.name.as_deref() == Some(name) && (may_have_one || person.extension.is_none())
            }
        };
        let place = raw.people.iter().enumerate().position(is_them);
        let mut errors = BTreeMap::new();
        if let (Some(place), Some(number)) = (place, extension)
            && !is_free(place)
        {
            let owner = raw.people.get(place).and_then(|person| person.name.clone()).unwrap_or_default();
            errors.insert("extension", PersonFault::ExtensionTaken { number: number.to_owned(), owner }.into());
        }
        if name.is_empty() {
            errors.insert("name", Fault::Missing);
        }
        if !errors.is_empty() {
            taken.push(Taken { place: usize::MAX, becomes: RowBecomes::Wrong, errors });
            continue;
        }
        let before = place.and_then(|place| raw.people.get(place).cloned());
        let mut person = before.clone().unwrap_or_default();
        write(&mut person, row, &mut errors);
        if let Some(name) = person.department.as_deref().filter(|name| !departments::is_there(raw, name)) {
            let row = RawDepartment::named(name);
            raw.departments.push(row);
        }
        if before.is_none() && with_phones && person.extension.is_some() {
            person.phones.push(RawPhone::default());
        }
        let becomes = match &before {
            None => RowBecomes::New,
            Some(before) if *before == person => RowBecomes::Same,
            Some(_) => RowBecomes::Changed,
        };
        let place = place.unwrap_or(raw.people.len());
        match raw.people.get_mut(place) {
            Some(known) => *known = person,
            None => raw.people.push(person),
        }
        taken.push(Taken { place, becomes, errors });
    }
    taken
}

fn write(person: &mut RawPerson, row: &PeopleRow, errors: &mut BTreeMap<&'static str, Fault>) {
    let text =
        |cell: &Option<String>| cell.as_ref().map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    let fields = [
        (&mut person.extension, &row.extension),
        (&mut person.name, &row.name),
        (&mut person.email, &row.email),
        (&mut person.department, &row.department),
        (&mut person.site, &row.site),
        (&mut person.pickup_group, &row.pickup_group),
    ];
    for (field, cell) in fields {
        if let Some(written) = text(cell) {
            *field = written;
        }
    }
    let Some(written) = &row.voicemail else { return };
    match written.trim().to_lowercase().as_str() {
        "yes" | "ja" | "true" | "1" | "x" | "on" => person.voicemail = Some(true),
        "" | "no" | "nein" | "false" | "0" | "off" if person.voicemail == Some(true) => person.voicemail = None,
        "" | "no" | "nein" | "false" | "0" | "off" => {}
        _ => drop(errors.insert("voicemail", Fault::WrongType { expected: Wanted::Flag })),
    }
}

#[cfg(test)]
mod tests;
