//! Contacts as a file, a table (CSV) or cards (vCard): to take along, and to bring in, into the phonebook or among one's own. A file is
//! read, looked at and mended on the page, then saved as one change; who is in no row stays as they are (F75, F76).

use std::collections::BTreeMap;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use config::{Config, MAX_PHONEBOOK, NumberKind, RawConfig, RawContact, Table};
use pbx::words::Language;

use super::directory::Book;
use super::export::Csv;
use super::heading::Heading;
use super::model::{
    ContactRow, ContactTable, ContactsAs, ContactsForm, ContactsImport, ContactsImported, RowBecomes, RowVerdict,
};
use super::rows::Author;
use super::sheet::{CELL_MAX, Sheet, decoded};
use super::wire::{Asked, At, SentTable};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Malformed, Unread, Why};
use crate::words::why;

mod vcard;

/// The longest file, in bytes: the cards of an address book carry pictures.
pub(super) const FILE_MAX: usize = 4 * 1024 * 1024;

/// What a column says of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    First,
    Last,
    Company,
    Work,
    Mobile,
    Home,
    Tags,
}

/// What people and other systems write over each, in small letters.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Name, &["name", "full name", "display name", "anzeigename", "fn"]),
    (Column::First, &["first name", "first", "firstname", "given name", "vorname"]),
    (Column::Last, &["last name", "last", "lastname", "family name", "surname", "nachname"]),
    (
        Column::Company,
        &["company", "firma", "organization", "organisation", "organization name", "organization 1 - name"],
    ),
    (
        Column::Work,
        &[
            "work",
            "geschäftlich",
            "business phone",
            "work phone",
            "telefon geschäftlich",
            "phone",
            "telephone",
            "telefon",
            "number",
            "phone number",
            "nummer",
            "rufnummer",
            "telefonnummer",
            "phone 1 - value",
        ],
    ),
    (Column::Mobile, &["mobile", "mobil", "mobile phone", "mobiltelefon", "handy", "cell", "cell phone"]),
    (Column::Home, &["home", "privat", "home phone", "telefon privat", "telefon (privat)"]),
    (Column::Tags, &["tags", "tag", "stichwörter", "categories", "kategorien", "labels"]),
];

/// The columns of contacts in a table of ours.
const HEADINGS: [Heading; 6] =
    [Heading::Name, Heading::Company, Heading::Work, Heading::Mobile, Heading::Home, Heading::Tags];

impl ContactRow {
    fn number_mut(&mut self, kind: NumberKind) -> &mut Option<String> {
        match kind {
            NumberKind::Work => &mut self.work,
            NumberKind::Mobile => &mut self.mobile,
            NumberKind::Home => &mut self.home,
        }
    }
}

/// A book of contacts as a file, which comes to the same when it is brought in
#[utoipa::path(get, path = "/api/contact-files/{book}", tag = "directory",
    params(("book" = String, Path, description = "`own` or `office`."), ContactsAs),
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, or with `as=vcard` RFC 2426; in UTF-8.", body = String)))]
pub(super) async fn export(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(book): At<String>,
    Asked(ContactsAs { form }): Asked<ContactsAs>,
) -> Result<Response, Problem> {
    let config = app.office.config();
    let contacts = Book::read_by(&login, &book)?.listed(&config);
    Ok(match form {
        Some(ContactsForm::Vcard) => cards_of(&contacts),
        Some(ContactsForm::Csv) | None => table_of(&contacts, language).answer("contacts"),
    })
}

fn table_of(contacts: &[&config::Contact], language: Language) -> Csv {
    let mut table = Csv::of(language, &HEADINGS);
    for contact in contacts {
        let number = |kind| contact.numbers.get(&kind).map(String::as_str).unwrap_or_default();
        let [work, mobile, home] = NumberKind::ALL.map(number);
        let tags = contact.tags.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        table.row(&[&contact.name, contact.company.as_deref().unwrap_or_default(), work, mobile, home, &tags]);
    }
    table
}

fn cards_of(contacts: &[&config::Contact]) -> Response {
    let text: String = contacts.iter().map(|contact| vcard::card(contact)).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/vcard; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.vcf\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

/// Reads a file of contacts; nothing is changed
#[utoipa::path(put, path = "/api/contact-files/{book}", tag = "directory",
    params(("book" = String, Path, description = "`own` or `office`.")),
    request_body(content = Vec<u8>, content_type = "text/csv", description = "A table with commas, semicolons or tabs, or cards."),
    responses((status = 200, body = ContactTable)))]
pub(super) async fn read(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(book): At<String>,
    request: Request,
) -> Result<Json<ContactTable>, Problem> {
    let most = Book::of(&login, &book)?.most();
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Malformed::TooLong { most_kib: FILE_MAX / 1024 });
    let file = to_bytes(request.into_body(), FILE_MAX).await.map_err(too_large)?;
    let unread = |unread| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, unread);
    app.wait(move |_| contacts_in(&file, most).map(Json).map_err(unread)).await
}

fn contacts_in(file: &[u8], most: usize) -> Result<ContactTable, Unread> {
    let text = decoded(file);
    if vcard::is_one(&text) {
        let (rows, ignored) = vcard::read(&text, most)?;
        return Ok(ContactTable { rows, ignored });
    }
    let sheet = Sheet::read(&text, &COLUMNS, &[Column::Name, Column::First, Column::Last, Column::Company], most)?;
    let rows = sheet.rows.iter().map(|(line, record)| {
        let cell = |column| sheet.cell(record, column);
        let parts: Vec<String> = [Column::First, Column::Last].into_iter().filter_map(cell).collect();
        let parts: String = parts.join(" ").trim().chars().take(CELL_MAX).collect();
        let mut names =
            [cell(Column::Name).unwrap_or_default(), parts, cell(Column::Company).unwrap_or_default()].into_iter();
        ContactRow {
            line: *line,
            name: names.find(|name| !name.is_empty()),
            company: cell(Column::Company),
            work: cell(Column::Work),
            mobile: cell(Column::Mobile),
            home: cell(Column::Home),
            tags: cell(Column::Tags),
        }
    });
    Ok(ContactTable { rows: rows.collect(), ignored: sheet.ignored.clone() })
}

/// Brings contacts in, all rows as one change, or says what is wrong with which; a trial changes nothing
#[utoipa::path(post, path = "/api/contact-files/{book}", tag = "directory", request_body = ContactsImport,
    params(("book" = String, Path, description = "`own` or `office`.")),
    responses((status = 200, body = ContactsImported)))]
pub(super) async fn import(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Extension(language): Extension<Language>,
    At(book): At<String>,
    SentTable(sent): SentTable<ContactsImport>,
) -> Result<Json<ContactsImported>, Problem> {
    let book = Book::of(&login, &book)?;
    if sent.rows.len() > book.most() {
        let most = book.most();
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Unread::TooManyRows { most }));
    }
    app.wait(move |office| {
        let mut judged = None;
        let saved = rows::edit(office, Author::from(&login), |raw| {
            let contacts = book.rows(raw)?;
            let found = judge(contacts, &sent.rows, book.most(), language);
            let is_wrong = found.rows.iter().any(|row| row.becomes == RowBecomes::Wrong) || !found.problems.is_empty();
            judged = Some(found);
            if sent.is_trial || is_wrong {
                // Nothing is saved; what is said instead is in `judged`.
                return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Why::Mistake));
            }
            take_in(contacts, &sent.rows);
            Ok(())
        });
        match (saved, judged) {
            (Ok(saved), Some(judged)) => Ok(Json(ContactsImported { revision: saved.revision, ..judged })),
            (Err(Problem { why: Why::Mistake, .. }), Some(judged)) => Ok(Json(judged)),
            (Err(problem), _) => Err(problem),
            (Ok(_), None) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Why::Mistake)),
        }
    })
    .await
}

/// What would become of the rows in this book.
fn judge(book: &[RawContact], sent: &[ContactRow], most: usize, language: Language) -> ContactsImported {
    let mut after = book.to_vec();
    let taken = take_in(&mut after, sent);
    // Judged as a phonebook by itself: what is wrong with a row is so in every book.
    let mut faults = Vec::new();
    let too_many = after.len() > most;
    after.truncate(MAX_PHONEBOOK);
    Config::check(&RawConfig { contacts: after, ..RawConfig::default() }, &mut faults);
    let mut by_place: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for problem in faults.into_iter().filter(|problem| problem.table == Table::Contact) {
        let place = problem.row.split(' ').next().and_then(|place| place.parse::<usize>().ok());
        if let Some(place) = place.and_then(|place| place.checked_sub(1)) {
            let said = why(language, &Why::from(problem.fault));
            by_place.entry(place).or_default().entry(problem.field).or_insert(said);
        }
    }
    let rows = taken.into_iter().map(|(place, becomes)| {
        let errors = by_place.get(&place).filter(|_| becomes != RowBecomes::Same).cloned().unwrap_or_default();
        RowVerdict { becomes: if errors.is_empty() { becomes } else { RowBecomes::Wrong }, errors }
    });
    let said = Why::from(config::Fault::TooMany { most });
    let problems = too_many.then(|| why(language, &said)).into_iter().collect();
    ContactsImported { rows: rows.collect(), problems, revision: None }
}

/// Writes the rows into a book; says where each came to stand. Somebody is known again by the name, once: a second row of that name is
/// somebody else, of whom the book says that the name is taken.
fn take_in(book: &mut Vec<RawContact>, sent: &[ContactRow]) -> Vec<(usize, RowBecomes)> {
    // Where each name stands that no row has named yet, the first place last.
    let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, contact) in book.iter().enumerate().rev() {
        if let Some(name) = &contact.name {
            free.entry(name.clone()).or_default().push(place);
        }
    }
    let mut taken: Vec<(usize, RowBecomes)> = Vec::new();
    for row in sent {
        let name = row.name.as_deref().map(str::trim).unwrap_or_default();
        let place = free.get_mut(name).and_then(Vec::pop);
        let before = place.and_then(|place| book.get(place).cloned());
        let mut contact = before.clone().unwrap_or_default();
        write(&mut contact, row);
        let becomes = match &before {
            None => RowBecomes::New,
            Some(before) if *before == contact => RowBecomes::Same,
            Some(_) => RowBecomes::Changed,
        };
        let place = place.unwrap_or(book.len());
        match book.get_mut(place) {
            Some(known) => *known = contact,
            None => book.push(contact),
        }
        taken.push((place, becomes));
    }
    taken
}

fn write(contact: &mut RawContact, row: &ContactRow) {
    let text = |cell: &String| Some(cell.trim().to_owned()).filter(|text| !text.is_empty());
    // As it is kept, where it is a number: the same written another way is no change.
    let number = |cell: &String| text(cell).map(|written| config::plain_number(&written).unwrap_or(written));
    if let Some(cell) = &row.name {
        contact.name = text(cell);
    }
    if let Some(cell) = &row.company {
        contact.company = text(cell);
    }
    for (field, cell) in
        [(&mut contact.work, &row.work), (&mut contact.mobile, &row.mobile), (&mut contact.home, &row.home)]
    {
        if let Some(cell) = cell {
            *field = number(cell);
        }
    }
    if let Some(cell) = &row.tags {
        contact.tags = Some(config::tags_in(cell)).filter(|tags| !tags.is_empty());
    }
}

#[cfg(test)]
mod tests;
