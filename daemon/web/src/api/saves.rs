//! Changes that more than one page makes, and what they must leave.

use axum::Json;
use axum::http::StatusCode;
use config::{Config, PersonId, Preset, RawConfig, RawPerson, Secret, weak_pin};
use jiff::Timestamp;
use store::{Store, StoreError};

use super::model::Saved;
use super::rows::Author;
use super::wire::IfMatch;
use super::{App, rows};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Signing, Unchanged};

/// How far back is looked for the last change of a row.
const LOOKED_BACK: usize = 20;

/// Who may change names of users and not people (F5) changes that of somebody without rights in the office, and nothing else.
pub(super) fn is_users_name_only(config: &Config, before: &RawPerson, after: &RawPerson) -> Result<(), Problem> {
    let name = || before.name.clone().unwrap_or_default();
    let refused = |why| Err(Problem::new(StatusCode::FORBIDDEN, why));
    let person = before.id.and_then(|id| config.person(PersonId(id)));
    if person.is_none_or(|person| person.rights() != Preset::User.rights()) {
        return refused(Signing::MoreRights { name: name() });
    }
    if *after != (RawPerson { name: after.name.clone(), ..before.clone() }) {
        return refused(Signing::NameOnly { name: name() });
    }
    Ok(())
}

/// Changes the office in the name of whoever is signed in: `edit` gets its rows and what they come to, and refuses what
/// was changed since it was seen.
pub(super) async fn save(
    app: &App,
    login: Login,
    edit: impl FnOnce(&dyn Office, &mut RawConfig, &Config) -> Result<(), Problem> + Send + 'static,
) -> Result<Json<Saved>, Problem> {
    app.wait(move |office| {
        let saved = rows::edit(office, Author::from(&login), |raw| {
            let config = Config::check(raw, &mut Vec::new());
            edit(office, raw, &config)
        })?;
        Ok(Json(Saved { revision: saved.revision }))
    })
    .await
}

/// How many rows are named that stand in the way of a change: more nobody reads.
const NAMED: usize = 10;

/// The first of those that stand in the way of a change; `None` where nothing does.
pub(super) fn named<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<&str> = names.take(NAMED).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A table of the office that is seen, and changed, as a whole.
pub(super) struct Table {
    /// What it is called.
    pub part: Part,
    /// The version of what is seen of it.
    pub version: fn(&Config) -> String,
}

impl Table {
    /// Changes it, unless it was changed since it was seen.
    pub(super) async fn save(
        &'static self,
        app: &App,
        login: Login,
        seen: Option<IfMatch>,
        edit: impl FnOnce(&mut RawConfig, &Config) -> Result<(), Problem> + Send + 'static,
    ) -> Result<Json<Saved>, Problem> {
        save(app, login, move |_, raw, config| {
            if seen.is_some_and(|seen| !seen.is(&(self.version)(config))) {
                return Err(Problem::new(StatusCode::PRECONDITION_FAILED, Unchanged::ChangedSince(self.part.clone())));
            }
            edit(raw, config)
        })
        .await
    }
}

/// Saves a PIN; the store hashes it.
pub(super) async fn save_pin(
    app: &App,
    id: PersonId,
    pin: Secret,
    login: Login,
    field: &'static str,
) -> Result<rows::Saved<()>, Problem> {
    app.wait(move |office| {
        let extension = extension_of(&office.config(), id)?;
        weak_pin(pin.expose(), &extension).map_err(|weak| Problem::field(field, weak))?;
        rows::edit(office, Author::from(&login), |raw| {
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
pub(super) async fn save_password(app: &App, id: PersonId, hash: Secret, login: Login) -> Result<Option<u64>, Problem> {
    let saved = app.wait(move |office| {
        rows::edit(office, Author::from(&login), |raw| {
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
