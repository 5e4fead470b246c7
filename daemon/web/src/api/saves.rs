//! Changes that more than one page makes, and what they must leave.

use axum::Json;
use axum::http::StatusCode;
use config::{Config, Person, PersonId, RawConfig, Secret, weak_pin};
use jiff::Timestamp;
use store::{Store, StoreError};

use super::model::Saved;
use super::{App, rows};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Unchanged;

/// How far back is looked for the last change of a row.
const LOOKED_BACK: usize = 20;

/// Whether somebody can sign in and change the office: without one, the box is to be set up.
pub fn has_admin(config: &Config) -> bool {
    config.people().any(Person::is_admin)
}

/// Nobody may lock everybody out.
pub(super) fn keeps_an_admin(raw: &RawConfig) -> Result<(), Problem> {
    if has_admin(&Config::check(raw, &mut Vec::new())) {
        return Ok(());
    }
    Err(Problem::new(StatusCode::CONFLICT, Unchanged::LastAdmin))
}

/// Changes the office in the name of whoever is signed in: `edit` gets its rows and what they come to, and refuses what
/// was changed since it was seen.
pub(super) async fn save(
    app: &App,
    login: Login,
    edit: impl FnOnce(&dyn Office, &mut RawConfig, &Config) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    app.wait(move |office| {
        let saved = rows::edit(office, &login.name, |raw| {
            let config = Config::check(raw, &mut Vec::new());
            edit(office, raw, &config)
        })?;
        Ok(Json(Saved { revision: saved.revision }))
    })
    .await
}

/// Saves a PIN; the store hashes it.
pub(super) async fn save_pin(
    app: &App,
    id: PersonId,
    pin: Secret,
    author: &str,
    field: &'static str,
) -> Result<rows::Saved<()>, Problem> {
    let author = author.to_owned();
    app.wait(move |office| {
        let extension = extension_of(&office.config(), id)?;
        weak_pin(pin.expose(), &extension).map_err(|weak| Problem::field(field, weak))?;
        rows::edit(office, &author, |raw| {
            rows::row(raw, id)?.pin = Some(pin);
            Ok(())
        })
    })
    .await
}

pub(super) fn extension_of(config: &Config, id: PersonId) -> Result<String, Problem> {
    let person = config.person(id).ok_or_else(rows::nobody)?;
    let none = || Problem::new(StatusCode::CONFLICT, Unchanged::NoExtension);
    person.extension.as_ref().map(|number| number.as_str().to_owned()).ok_or_else(none)
}

/// Saves a hash.
pub(super) async fn save_password(app: &App, id: PersonId, hash: Secret, author: &str) -> Result<u64, Problem> {
    let author = author.to_owned();
    let saved = app.wait(move |office| {
        rows::edit(office, &author, |raw| {
            rows::row(raw, id)?.password_hash = Some(hash);
            Ok(())
        })
    });
    Ok(saved.await?.revision)
}

/// Somebody else was quicker: who, and when.
pub(super) fn changed_meanwhile(office: &dyn Office, id: PersonId) -> Problem {
    let by = last_change_of(office.store(), id).ok().flatten();
    let why = by.map_or(Unchanged::ChangedMeanwhile, |(author, at)| {
        let minutes = office.now().wall.duration_since(at).as_secs().max(0) / 60;
        Unchanged::ChangedBy { author, minutes }
    });
    Problem::new(StatusCode::PRECONDITION_FAILED, why)
}

/// Who changed a person last, and when.
fn last_change_of(store: &Store, id: PersonId) -> Result<Option<(String, Timestamp)>, StoreError> {
    let of = |office: &str| {
        let office: Option<RawConfig> = serde_json::from_str(office).ok();
        office.and_then(|office| office.people.into_iter().find(|row| row.id == Some(id.0)))
    };
    let mut revisions = store.revisions(store::RevisionFilter::newest(LOOKED_BACK))?.into_iter();
    let found = revisions.find(|revision| revision.before.as_deref().and_then(of) != of(&revision.after));
    Ok(found.map(|revision| (revision.author, revision.at)))
}
