//! Who may what: the rights of whoever asks with where they come from, and who has which role.

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::Response;
use config::{Area, Config, Level, Role, Source, Stand};
use pbx::words::Language;

use super::export::Csv;
use super::heading::{Heading, role_name};
use super::model::{MyRight, MyRights, Named, RoleRow, Roles};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;

/// The columns of a table of roles.
const HEADINGS: [Heading; 4] = [Heading::Role, Heading::Name, Heading::Extension, Heading::Email];

/// What one may do, and by which preset or role
#[utoipa::path(get, path = "/api/me/rights", tag = "me", responses((status = 200, body = MyRights)))]
pub(super) async fn of_mine(
    State(app): State<App>,
    Extension(login): Extension<Login>,
) -> Result<Json<MyRights>, Problem> {
    let config = app.office.config();
    let person = config.person(login.person).ok_or_else(rows::nobody)?;
    let rights = Area::ALL.into_iter().map(|area| {
        let may = login.rights.of(area);
        let may = (may > Level::None).then(|| may.into());
        let mut right =
            MyRight { area: area.into(), may, preset: None, roles: Vec::new(), profile: None, groups: Vec::new() };
        for source in person.right_from(area) {
            match source {
                Source::Preset(preset) => right.preset = Some((*preset).into()),
                Source::Role(role) => right.roles.push((*role).into()),
                Source::Profile(name) => right.profile = Some(name.clone()),
                Source::Group(name) => right.groups.push(name.clone()),
            }
        }
        right
    });
    let roles = person.roles.iter().map(|role| (*role).into()).collect();
    let (preset, profile) = (person.preset.into(), person.profile.clone());
    let named = |is_it: &dyn Fn(&config::Group) -> bool| {
        let groups = config.groups().iter().filter(|group| is_it(group));
        groups.map(|group| group.name.clone()).collect()
    };
    let groups = named(&|group| group.has(person.id));
    let manages = named(&|group| group.managers.contains(&person.id));
    Ok(Json(MyRights { preset, roles, profile, groups, manages, rights: rights.collect() }))
}

/// Who has which role, and who answers for it where nobody has
#[utoipa::path(get, path = "/api/roles", tag = "people", responses((status = 200, body = Roles)))]
pub(super) async fn roles(State(app): State<App>) -> Json<Roles> {
    let config = app.office.config();
    Json(Roles { roles: Role::ALL.map(|role| row(&config, role)).to_vec() })
}

fn row(config: &Config, role: Role) -> RoleRow {
    let named = |person: &config::Person| Named { id: person.id.0, name: person.name.clone() };
    let responsible = config.responsible(role);
    let holders = config.people().filter(|person| person.roles.contains(&role));
    RoleRow {
        role: role.into(),
        holders: holders.map(named).collect(),
        responsible: responsible.map(|(person, _)| named(person)),
        stands_in: responsible.and_then(|(_, stand)| match stand {
            Stand::Role(other) => Some(other).filter(|other| *other != role).map(Into::into),
            Stand::Administrator => None,
        }),
    }
}

/// Who has which role as a table
#[utoipa::path(get, path = "/api/roles/export", tag = "people",
    responses((status = 200, content_type = "text/csv", description = "RFC 4180, in UTF-8.", body = String)))]
pub(super) async fn export(State(app): State<App>, Extension(language): Extension<Language>) -> Response {
    let config = app.office.config();
    let mut table = Csv::of(language, &HEADINGS);
    for role in Role::ALL {
        for person in config.people().filter(|person| person.roles.contains(&role)) {
            let extension = person.extension.as_ref().map(config::ExtensionNumber::as_str).unwrap_or_default();
            let email = person.email.as_deref().unwrap_or_default();
            table.row(&[role_name(language, role), &person.name, extension, email]);
        }
    }
    table.answer("roles")
}
