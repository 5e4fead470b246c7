//! Departments: what the directory is narrowed by, and people are in (F14).

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Config, Fault, PersonFault, RawConfig, RawDepartment};

use super::model::{DepartmentRow, DepartmentWrite, Departments, RemovedDepartment, Saved};
use super::saves::Table;
use super::wire::{Asked, At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

static TABLE: Table = Table { part: Part::Departments, version: |config| table(config).etag };

/// The departments
#[utoipa::path(get, path = "/api/departments", tag = "people", responses((status = 200, body = Departments)))]
pub(super) async fn list(State(app): State<App>) -> Response {
    let shown = table(&app.office.config());
    versioned(&shown.etag.clone(), shown)
}

fn table(config: &Config) -> Departments {
    let departments = config.departments().map(|name| DepartmentRow {
        name: name.to_owned(),
        people: config.people().filter(|person| person.department.as_deref() == Some(name)).count() as u32,
    });
    let mut shown = Departments { departments: departments.collect(), etag: String::new() };
    shown.departments.sort_by_cached_key(|row| row.name.to_lowercase());
    shown.etag = etag(&shown);
    shown
}

/// Adds a department
#[utoipa::path(post, path = "/api/departments", tag = "people", request_body = DepartmentWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<DepartmentWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, config| {
            let name = free(config, &sent.name)?;
            raw.departments.push(RawDepartment::named(name));
            Ok(())
        })
        .await
}

/// Renames a department; its people go along
#[utoipa::path(put, path = "/api/departments/{name}", tag = "people", request_body = DepartmentWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<DepartmentWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, config| {
            is_known(config, &name)?;
            if sent.name.trim() == name {
                return Ok(());
            }
            let after = free(config, &sent.name)?;
            give(raw, &name, Some(after));
            // One that a person's row made has none of its own.
            match raw.departments.iter_mut().find(|row| row.name.as_deref() == Some(name.as_str())) {
                Some(row) => row.name = Some(after.to_owned()),
                None => raw.departments.push(RawDepartment::named(after)),
            }
            Ok(())
        })
        .await
}

/// Removes a department; who is in it goes to another one, which has to be named
#[utoipa::path(delete, path = "/api/departments/{name}", tag = "people",
    params(("name" = String, Path, description = "Its name."), RemovedDepartment,
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    Asked(asked): Asked<RemovedDepartment>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, config| {
            is_known(config, &name)?;
            let people = config.people().filter(|person| person.department.as_deref() == Some(name.as_str()));
            let by = saves::named(people.map(|person| person.name.as_str()));
            match (by, asked.to.as_deref()) {
                (None, _) => {}
                (Some(_), Some(to)) if to != name && config.has_department(to) => give(raw, &name, Some(to)),
                (Some(_), Some(_)) => return Err(Problem::field("to", Unchanged::NoSuchDepartment)),
                (Some(_), None) if asked.none == Some(true) => give(raw, &name, None),
                (Some(by), None) => {
                    return Err(Problem::new(StatusCode::CONFLICT, Unchanged::DepartmentInUse { by }));
                }
            }
            raw.departments.retain(|row| row.name.as_deref() != Some(name.as_str()));
            Ok(())
        })
        .await
}

/// Lets everybody of one department be in another, or in none.
fn give(raw: &mut RawConfig, name: &str, after: Option<&str>) {
    for person in raw.people.iter_mut().filter(|person| person.department.as_deref() == Some(name)) {
        person.department = after.map(str::to_owned);
    }
}

fn is_known(config: &Config, name: &str) -> Result<(), Problem> {
    if config.has_department(name) { Ok(()) } else { Err(Problem::not_found(Unchanged::NoSuchDepartment)) }
}

/// A name that no department has. What else may be wrong with it the check of the office says.
fn free<'n>(config: &Config, sent: &'n str) -> Result<&'n str, Problem> {
    let name = sent.trim();
    if config.has_department(name) {
        return Err(Problem::field("name", Fault::from(PersonFault::DepartmentTaken { name: name.to_owned() })));
    }
    Ok(name)
}

/// Whether there is a department of this name, by its own row or by somebody's.
pub(super) fn is_there(raw: &RawConfig, name: &str) -> bool {
    raw.departments.iter().any(|row| row.name.as_deref() == Some(name))
        || raw.people.iter().any(|person| person.department.as_deref() == Some(name))
}
