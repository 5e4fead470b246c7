//! Whom people call: each other, the office's phonebook, which administrators keep, and contacts of their own.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::{
    Area, Config, DiversionKind, Level, MAX_OWN_CONTACTS, MAX_PHONEBOOK, NumberKind, PersonId, RawConfig, RawContact,
};
use jiff::Timestamp;
use pbx::status::Status;

use super::model::{Colleague, ColleagueState, Contact, Contacts, Directory, Saved};
use super::wire::{At, IfMatch, Sent, SentTable, etag};
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

/// Whose contacts an address names.
#[derive(Clone, Copy)]
pub(super) enum Book {
    Office,
    Own(PersonId),
}

impl Book {
    /// The one that somebody wants to change.
    pub(super) fn of(login: &Login, name: &str) -> Result<Book, Problem> {
        match name {
            "own" => Ok(Book::Own(login.person)),
            "office" => login.may(Area::Phonebook, Level::Change).map(|()| Book::Office),
            _ => Err(Problem::not_found(Unchanged::NoSuchBook)),
        }
    }

    /// The one that somebody wants to read.
    pub(super) fn read_by(login: &Login, name: &str) -> Result<Book, Problem> {
        match name {
            "office" => login.may(Area::Phonebook, Level::See).map(|()| Book::Office),
            _ => Book::of(login, name),
        }
    }

    /// How many contacts it may have.
    pub(super) fn most(self) -> usize {
        match self {
            Book::Office => MAX_PHONEBOOK,
            Book::Own(_) => MAX_OWN_CONTACTS,
        }
    }

    /// Its contacts, by name.
    pub(super) fn listed(self, config: &Config) -> Vec<&config::Contact> {
        match self {
            Book::Office => config.phonebook().collect(),
            Book::Own(id) => config.own_contacts(id).collect(),
        }
    }

    pub(super) fn rows(self, raw: &mut RawConfig) -> Result<&mut Vec<RawContact>, Problem> {
        match self {
            Book::Office => Ok(&mut raw.contacts),
            Book::Own(id) => Ok(&mut rows::row(raw, id)?.contacts),
        }
    }

    fn contacts(self, config: &Config) -> Vec<Contact> {
        let mut contacts: Vec<Contact> = self.listed(config).into_iter().map(shown).collect();
        contacts.sort_by_cached_key(|contact| contact.name.to_lowercase());
        contacts
    }
}

/// Everybody whom one may want to call: people of the office, its phonebook, and contacts of one's own
#[utoipa::path(get, path = "/api/directory", tag = "directory", responses((status = 200, body = Directory)))]
pub(super) async fn shown_to(State(app): State<App>, Extension(login): Extension<Login>) -> Json<Directory> {
    let (config, status) = (app.office.config(), app.office.status());
    let (phonebook, own) = (Book::Office.contacts(&config), Book::Own(login.person).contacts(&config));
    let most = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    Json(Directory {
        people: colleagues(&config, &status, app.office.now().wall, &login),
        phonebook_etag: etag(&phonebook),
        own_etag: etag(&own),
        phonebook,
        own,
        phonebook_most: most(MAX_PHONEBOOK),
        own_most: most(MAX_OWN_CONTACTS),
        revision: config.revision(),
    })
}

/// Replaces a whole book, as an import is taken back
#[utoipa::path(put, path = "/api/contacts/{book}", tag = "directory", request_body = Contacts,
    params(("book" = String, Path, description = "`own` or `office`."),
        ("If-Match" = String, Header, description = "The book's etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn replace(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(book): At<String>,
    seen: IfMatch,
    SentTable(sent): SentTable<Contacts>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &book, Some(seen), move |rows| {
        *rows = sent.contacts.into_iter().map(raw).collect();
        Ok(())
    })
    .await
}

/// Adds a contact
#[utoipa::path(post, path = "/api/contacts/{book}", tag = "directory", request_body = Contact,
    params(("book" = String, Path, description = "`own`, or `office` for the phonebook, which administrators change.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(book): At<String>,
    Sent(sent): Sent<Contact>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &book, None, move |rows| {
        rows.push(raw(sent));
        Ok(())
    })
    .await
}

/// Changes a contact
#[utoipa::path(put, path = "/api/contacts/{book}/{name}", tag = "directory", request_body = Contact,
    params(("book" = String, Path, description = "`own` or `office`."),
        ("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The book's etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((book, name)): At<(String, String)>,
    seen: IfMatch,
    Sent(sent): Sent<Contact>,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &book, Some(seen), move |rows| {
        let row = rows.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str()));
        *row.ok_or_else(nobody)? = raw(sent);
        Ok(())
    })
    .await
}

/// Removes a contact
#[utoipa::path(delete, path = "/api/contacts/{book}/{name}", tag = "directory",
    params(("book" = String, Path, description = "`own` or `office`."),
        ("name" = String, Path, description = "Its name."),
        ("If-Match" = String, Header, description = "The book's etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At((book, name)): At<(String, String)>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    save(&app, login, &book, Some(seen), move |rows| {
        let place = rows.iter().position(|row| row.name.as_deref() == Some(name.as_str())).ok_or_else(nobody)?;
        rows.remove(place);
        Ok(())
    })
    .await
}

fn nobody() -> Problem {
    Problem::not_found(Unchanged::NoSuchContact)
}

async fn save(
    app: &App,
    login: Login,
    book: &str,
    seen: Option<IfMatch>,
    edit: impl FnOnce(&mut Vec<RawContact>) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    let book = Book::of(&login, book)?;
    saves::save(app, login, move |_, raw, config| {
        if seen.is_some_and(|seen| !seen.is(&etag(&book.contacts(config)))) {
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::ChangedSince(Part::Contacts)));
        }
        edit(book.rows(raw)?)
    })
    .await
}

fn raw(sent: Contact) -> RawContact {
    let text = |written: Option<String>| written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    // As it is kept, where it is a number: the same written another way is no change.
    let number = |written| text(written).map(|written| config::plain_number(&written).unwrap_or(written));
    RawContact {
        name: text(Some(sent.name)),
        company: text(sent.company),
        work: number(sent.work),
        mobile: number(sent.mobile),
        home: number(sent.home),
        tags: Some(config::tags_in(&sent.tags.join(","))).filter(|tags| !tags.is_empty()),
        ..RawContact::default()
    }
}

fn shown(contact: &config::Contact) -> Contact {
    let number = |kind| contact.numbers.get(&kind).cloned();
    Contact {
        name: contact.name.clone(),
        company: contact.company.clone(),
        work: number(NumberKind::Work),
        mobile: number(NumberKind::Mobile),
        home: number(NumberKind::Home),
        tags: contact.tags.iter().cloned().collect(),
    }
}

fn colleagues(config: &Config, status: &Status, now: Timestamp, login: &Login) -> Vec<Colleague> {
    let phones = status.phones.iter().filter(|phone| !phone.bindings.is_empty());
    let there: BTreeSet<&str> = phones.map(|phone| phone.extension.as_str()).collect();
    let parties = status.calls.iter().flat_map(|call| call.parties.iter().map(|party| party.number.as_str()));
    let callers = status.calls.iter().map(|call| call.from.as_str());
    let talking: BTreeSet<&str> = parties.chain(callers).collect();
    let state = |extension: &config::Extension| {
        let number = extension.number.as_str();
        let diversions = extension.answering.diversions.iter();
        let is_dnd =
            diversions.filter(|diversion| diversion.kind == DiversionKind::Dnd).any(|diversion| diversion.is_on(now));
        match (talking.contains(number), is_dnd, there.contains(number)) {
            (true, _, _) => ColleagueState::Busy,
            (false, true, _) => ColleagueState::Dnd,
            (false, false, true) => ColleagueState::Free,
            (false, false, false) => ColleagueState::Away,
        }
    };
    let listed = config.people().filter(|person| person.is_listed);
    let colleague = |person: &config::Person| {
        let extension = config.extension(person.extension.as_ref()?.as_str())?;
        let is_seen = !extension.private_lamp || login.rights.may_see(Area::Live) || login.person == person.id;
        Some(Colleague {
            name: person.name.clone(),
            extension: extension.number.to_string(),
            department: person.department.clone(),
            state: is_seen.then(|| state(extension)),
        })
    };
    let mut colleagues: Vec<Colleague> = listed.filter_map(colleague).collect();
    colleagues.sort_by_cached_key(|colleague| colleague.name.to_lowercase());
    colleagues
}
