//! Groups of people (F112): who is in them, by themselves or by other groups, who looks after them, and whose rights they carry.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use config::{Area, Config, Group, Member, PersonId, RawConfig, RawGroup};

use super::model::{
    GroupRow, GroupWrite, Groups, InGroup, MemberKind, MemberRow, MemberWrite, Named, Reachable, Saved,
};
use super::saves::Table;
use super::wire::{At, IfMatch, Sent, etag, versioned};
use super::{App, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

static TABLE: Table = Table { part: Part::Groups, version: |config| etag(&rows(config)) };

/// The groups, with everybody who is in them
#[utoipa::path(get, path = "/api/groups", tag = "people", responses((status = 200, body = Groups)))]
pub(super) async fn list(State(app): State<App>, Extension(login): Extension<Login>) -> Response {
    let config = app.office.config();
    // For the form alone.
    let is_chosen = login.rights.may_change(Area::Groups);
    let people = config.people().filter(|_| is_chosen).map(|person| Reachable {
        id: person.id.0,
        name: person.name.clone(),
        extension: person.extension.as_ref().map(ToString::to_string),
    });
    let profiles = config.profiles().iter().filter(|_| is_chosen).map(|profile| profile.name.clone());
    let shown = Groups {
        etag: (TABLE.version)(&config),
        groups: rows(&config),
        people: people.collect(),
        profiles: profiles.collect(),
    };
    versioned(&shown.etag.clone(), shown)
}

fn rows(config: &Config) -> Vec<GroupRow> {
    config.groups().iter().map(|group| row(config, group)).collect()
}

fn row(config: &Config, group: &Group) -> GroupRow {
    let name = |id: PersonId| config.person(id).map(|person| person.name.clone()).unwrap_or_default();
    let member = |member: &Member| match member {
        Member::Person(id) => MemberRow { kind: MemberKind::Person, id: id.0.to_string(), name: name(*id) },
        Member::Extension(number) => MemberRow {
            kind: MemberKind::Extension,
            id: number.to_string(),
            name: config.name_of(number.as_str()).unwrap_or_default().to_owned(),
        },
        Member::Group(name) => MemberRow { kind: MemberKind::Group, id: name.clone(), name: name.clone() },
    };
    let everybody = group.everybody();
    GroupRow {
        name: group.name.clone(),
        profile: group.profile.clone(),
        members: group.members.iter().map(member).collect(),
        managers: group.managers.iter().map(|id| Named { id: id.0, name: name(*id) }).collect(),
        everybody: everybody
            .map(|(id, through)| InGroup { id: id.0, name: name(id), through: through.map(str::to_owned) })
            .collect(),
    }
}

/// Adds a group
#[utoipa::path(post, path = "/api/groups", tag = "people", request_body = GroupWrite,
    responses((status = 200, body = Saved)))]
pub(super) async fn add(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Sent(sent): Sent<GroupWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, None, move |raw, _| {
            raw.groups.push(row_of(sent));
            Ok(())
        })
        .await
}

/// Changes a group; groups that hold it go along with a new name
#[utoipa::path(put, path = "/api/groups/{name}", tag = "people", request_body = GroupWrite,
    params(("name" = String, Path, description = "The name that it has."),
        ("If-Match" = String, Header, description = "The etag that the change was made from.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn change(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
    Sent(sent): Sent<GroupWrite>,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, _| {
            let after = row_of(sent);
            let (was, is) = (written(&name), written(after.name.as_deref().unwrap_or_default()));
            *find(raw, &name)? = after;
            let members = raw.groups.iter_mut().filter_map(|row| row.members.as_mut()).flatten();
            members.filter(|member| **member == was).for_each(|member| member.clone_from(&is));
            Ok(())
        })
        .await
}

/// Removes a group that no other holds
#[utoipa::path(delete, path = "/api/groups/{name}", tag = "people",
    params(("name" = String, Path, description = "Its name."),
        ("If-Match" = String, Header, description = "The etag of what was seen.")),
    responses((status = 200, body = Saved)))]
pub(super) async fn remove(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(name): At<String>,
    seen: IfMatch,
) -> Result<Json<Saved>, Problem> {
    TABLE
        .save(&app, login, Some(seen), move |raw, config| {
            find(raw, &name)?;
            let holding = config.groups().iter().filter(|group| group.nested().any(|nested| nested == name));
            if let Some(by) = saves::named(holding.map(|group| group.name.as_str())) {
                return Err(Problem::new(StatusCode::CONFLICT, Unchanged::GroupInUse { by }));
            }
            raw.groups.retain(|row| row.name.as_deref() != Some(name.as_str()));
            Ok(())
        })
        .await
}

fn find<'r>(raw: &'r mut RawConfig, name: &str) -> Result<&'r mut RawGroup, Problem> {
    let row = raw.groups.iter_mut().find(|row| row.name.as_deref() == Some(name));
    row.ok_or_else(|| Problem::not_found(Unchanged::NoSuchGroup))
}

/// A group as a member of another.
fn written(name: &str) -> String {
    Member::Group(name.to_owned()).to_string()
}

fn row_of(sent: GroupWrite) -> RawGroup {
    let member = |member: MemberWrite| format!("{} {}", member.kind.as_str(), member.id);
    let manager = |id: u32| Member::Person(PersonId(id)).to_string();
    let listed = |rows: Vec<String>| Some(rows).filter(|rows| !rows.is_empty());
    let profile = sent.profile.map(|name| name.trim().to_owned());
    RawGroup {
        name: Some(sent.name.trim().to_owned()),
        profile: profile.filter(|name| !name.is_empty()),
        members: listed(sent.members.into_iter().map(member).collect()),
        managers: listed(sent.managers.into_iter().map(manager).collect()),
        ..RawGroup::default()
    }
}
