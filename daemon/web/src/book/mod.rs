//! The directory on phones: what a phone's owner may see of it, for the phones that prove who they are as they do when they
//! register.
//!
//! A phone asks by HTTP digest (RFC 7616) with its SIP user and secret: what the box keeps of the secret is what the digest is
//! made of, so that nothing more has to be kept, and the secret never crosses the network. Whoever guesses waits, as with SIP.

mod xml;

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use config::{Config, NumberKind};
use pbx::words::Language;
use serde::Deserialize;

use crate::api::{App, Peer};
use crate::problem::Problem;
use crate::readers::{Asked, Refusal};
use crate::why::{Malformed, Signing, Why};

/// The longest text that is searched for, in characters.
const SEARCH_MAX: usize = 64;

/// Where the books are.
pub(crate) const FOLDER: &str = "/phonebook/";

/// One whom the phone may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub name: String,
    /// The department, or the company.
    pub of: String,
    /// At least one.
    pub numbers: Vec<(Kind, String)>,
}

/// Which of somebody's numbers it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Here.
    Extension,
    /// Of a contact.
    Outside(NumberKind),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Refusal::Malformed => Problem::new(StatusCode::BAD_REQUEST, Malformed::BadDigest).into_response(),
            Refusal::NoRandomness => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Why::NoRandomness).into_response(),
            Refusal::Challenge(challenges) => {
                let mut response = Problem::new(StatusCode::UNAUTHORIZED, Signing::PhoneOnly).into_response();
                for value in challenges.iter().filter_map(|value| HeaderValue::from_str(value).ok()) {
                    response.headers_mut().append(header::WWW_AUTHENTICATE, value);
                }
                response
            }
        }
    }
}

/// What a phone asks for besides the file.
#[derive(Deserialize)]
struct Wanted {
    /// Part of a name, a company or a number.
    q: Option<String>,
    /// How many are left out at the beginning, where a book comes in pages.
    start: Option<usize>,
}

/// The books as a service.
pub(crate) fn router(app: &App) -> Router {
    Router::new().route("/phonebook/{file}", get(serve)).with_state(app.clone())
}

async fn serve(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    uri: Uri,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let config = app.office.config();
    let path = uri.path_and_query().map_or("/", |whole| whole.as_str());
    let values = headers.get_all(header::AUTHORIZATION).iter().map(HeaderValue::as_bytes).collect();
    let asked = Asked { now: app.office.now().since_boot, ip: peer.ip, uri: path, values };
    let user = match app.readers.check(&config, &app.office.store().realm(), &asked) {
        Ok(user) => user,
        Err(refusal) => return refusal.into_response(),
    };
    let Some(format) = file.strip_suffix(".xml").and_then(xml::Format::named) else {
        return Problem::not_found(Malformed::NoSuchPage).into_response();
    };
    let Some(extension) = config.phone_by_user(&user).map(|phone| phone.extension.as_str()) else {
        return Problem::not_found(Malformed::NoSuchPage).into_response();
    };
    let sought: String = wanted.q.iter().flat_map(|q| q.trim().chars().take(SEARCH_MAX)).collect();
    let entries = entries(&config, extension, &sought);
    let language = Language::of_tag(config.language_of(extension)).unwrap_or_default();
    let here = xml::Here { title: &config.office().name, path: uri.path(), sought: &sought, language };
    let document = xml::document(format, &entries, wanted.start.unwrap_or(0), &here);
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], document).into_response()
}

/// Whom the owner of this extension may call, by name: people who are listed, contacts of their own, the phonebook.
pub(crate) fn entries(config: &Config, extension: &str, sought: &str) -> Vec<Entry> {
    let people = config.people().filter(|person| person.is_listed).filter_map(|person| {
        let number = person.extension.as_ref()?.as_str().to_owned();
        let of = person.department.clone().unwrap_or_default();
        Some(Entry { name: person.name.clone(), of, numbers: vec![(Kind::Extension, number)] })
    });
    let owner = config.owner_of(extension).map(|person| person.id);
    let own = owner.into_iter().flat_map(|id| config.own_contacts(id));
    let contacts = own.chain(config.phonebook()).map(|contact| Entry {
        name: contact.name.clone(),
        of: contact.company.clone().unwrap_or_default(),
        numbers: contact.numbers.iter().map(|(kind, number)| (Kind::Outside(*kind), number.clone())).collect(),
    });
    let sought = sought.to_lowercase();
    let is_sought = |entry: &Entry| {
        let is_in = |text: &str| text.to_lowercase().contains(&sought);
        is_in(&entry.name) || is_in(&entry.of) || entry.numbers.iter().any(|(_, number)| number.contains(&sought))
    };
    let mut entries: Vec<Entry> = people.chain(contacts).filter(is_sought).collect();
    entries.sort_by_cached_key(|entry| entry.name.to_lowercase());
    entries
}
