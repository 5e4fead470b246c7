//! How the office changed, and the way back.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use config::{RawConfig, RawPerson};
use serde_json::Value;

use super::model::{Change, Revision, Revisions, RevisionsQuery, Saved};
use super::wire::{Asked, At};
use super::{App, rows, saves};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::{Part, Unchanged};

/// Fields of one revision that are told: an import changes everything.
const CHANGES_TOLD: usize = 50;

/// Fields whose values nobody sees.
const HIDDEN: [&str; 5] = ["pin", "pin_hash", "password_hash", "secret", "ha1"];

/// How the office changed, newest first
#[utoipa::path(get, path = "/api/revisions", tag = "office", params(RevisionsQuery),
    responses((status = 200, body = Revisions)))]
pub(super) async fn list(
    State(app): State<App>,
    Asked(asked): Asked<RevisionsQuery>,
) -> Result<Json<Revisions>, Problem> {
    app.wait(move |office| {
        let in_force = office.config().revision();
        let revisions = office.store().revisions(rows::page(asked.limit, 50, 100))?;
        let revisions = revisions.into_iter().map(|revision| Revision {
            changes: changes(revision.before.as_deref(), &revision.after),
            id: revision.id,
            at: revision.at,
            is_in_force: revision.id == in_force,
            author: revision.author,
        });
        Ok(Json(Revisions { revisions: revisions.collect() }))
    })
    .await
}

/// Takes one change back, and leaves what was changed elsewhere since
#[utoipa::path(post, path = "/api/revisions/{id}/undo", tag = "office",
    params(("id" = u64, Path, description = "The revision whose change is taken back.")),
    responses((status = 200, body = Saved, description = "It is a new revision, which can be taken back too.")))]
pub(super) async fn undo(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u64>,
) -> Result<Json<Saved>, Problem> {
    app.wait(move |office| {
        let revisions = office.store().revisions(store::MAX_ROWS)?;
        let revision = revisions.into_iter().find(|revision| revision.id == id);
        let revision = revision.ok_or_else(|| Problem::not_found(Unchanged::NoSuchRevision))?;
        let Some(before) = revision.before else {
            return Err(Problem::new(StatusCode::CONFLICT, Unchanged::NothingBefore));
        };
        let (before, after) = (read(&before)?, read(&revision.after)?);
        let saved = rows::edit(office, &login.name, |raw| {
            take_back(raw, &before, after)?;
            saves::keeps_an_admin(raw)
        })?;
        Ok(Json(Saved { revision: saved.revision }))
    })
    .await
}

fn read(office: &str) -> Result<RawConfig, Problem> {
    serde_json::from_str(office).map_err(|error| Problem::failed(Unchanged::BadRevision, &error))
}

/// Puts back what differs between `before` and `after`, as far as it is still as `after` has it.
fn take_back(now: &mut RawConfig, before: &RawConfig, after: RawConfig) -> Result<(), Problem> {
    let clash = |part: Part| Err(Problem::new(StatusCode::CONFLICT, Unchanged::ChangedSince(part)));
    if before.office != after.office {
        if now.office != after.office {
            return clash(Part::Office);
        }
        now.office = before.office.clone();
    }
    take_table(&mut now.feature_codes, &before.feature_codes, &after.feature_codes, || clash(Part::Codes))?;
    take_table(&mut now.trunks, &before.trunks, &after.trunks, || clash(Part::Trunks))?;
    take_table(&mut now.numbers, &before.numbers, &after.numbers, || clash(Part::Numbers))?;
    take_table(&mut now.routes, &before.routes, &after.routes, || clash(Part::Routes))?;
    let find = |office: &RawConfig, id| office.people.iter().find(|row| row.id == id).cloned();
    let ids: BTreeSet<Option<u32>> = before.people.iter().chain(&after.people).map(|row| row.id).collect();
    for id in ids {
        let (old, new, current) = (find(before, id), find(&after, id), find(now, id));
        if old.as_ref().map(open) == new.as_ref().map(open) {
            continue;
        }
        if current.as_ref().map(open) != new.as_ref().map(open) {
            let name = current.or(new).or(old).and_then(|row| row.name).unwrap_or_default();
            return clash(Part::Person(name));
        }
        let place = now.people.iter().position(|row| row.id == id);
        match (old, place) {
            (Some(old), Some(place)) => {
                let row = &mut now.people[place];
                // Who has a new password or PIN keeps it: the one before may be known to others.
                let (password_hash, pin_hash) = (row.password_hash.take(), row.pin_hash.take());
                *row = RawPerson { password_hash, pin_hash, ..old };
            }
            (Some(old), None) => now.people.push(old),
            (None, Some(place)) => drop(now.people.remove(place)),
            (None, None) => {}
        }
    }
    Ok(())
}

/// The same for a table as a whole.
fn take_table<T: Clone + PartialEq>(
    now: &mut Vec<T>,
    before: &[T],
    after: &[T],
    clash: impl FnOnce() -> Result<(), Problem>,
) -> Result<(), Problem> {
    if before == after {
        return Ok(());
    }
    if now.as_slice() != after {
        return clash();
    }
    *now = before.to_vec();
    Ok(())
}

/// A person without what only they know.
fn open(row: &RawPerson) -> RawPerson {
    RawPerson { password_hash: None, pin_hash: None, ..row.clone() }
}

/// What differs, field by field.
fn changes(before_text: Option<&str>, after_text: &str) -> Vec<Change> {
    let (before, after) = (before_text.map(fields).unwrap_or_default(), fields(after_text));
    let rows: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for row in rows {
        match (before.get(row), after.get(row)) {
            (Some(old), Some(new)) => {
                let names: BTreeSet<&String> = old.fields.keys().chain(new.fields.keys()).collect();
                let changed = names.into_iter().filter(|name| old.fields.get(*name) != new.fields.get(*name));
                found.extend(changed.map(|name| {
                    let value = |row: &Row| row.fields.get(name).map(|value| shown(name, value));
                    let is_secret = HIDDEN.contains(&name.as_str());
                    new.change(name, value(old), value(new), is_secret)
                }));
            }
            (Some(old), None) => found.push(old.change("", Some(old.name.clone()), None, false)),
            (None, Some(new)) => found.push(new.change("", None, Some(new.name.clone()), false)),
            (None, None) => {}
        }
    }
    if found.is_empty() {
        found.extend(reordered(before_text, after_text));
    }
    found.truncate(CHANGES_TOLD);
    found
}

/// Routes count in their order: the first that fits is taken.
fn reordered(before: Option<&str>, after: &str) -> Option<Change> {
    let names = |office: &str| -> Option<String> {
        let office: RawConfig = serde_json::from_str(office).ok()?;
        let names: Vec<String> = office.routes.into_iter().filter_map(|route| route.name).collect();
        Some(names.join(", "))
    };
    let (before, after) = (names(before?)?, names(after)?);
    let routes = Row { table: "routes".to_owned(), ..Row::default() };
    (before != after).then(|| routes.change("order", Some(before), Some(after), false))
}

/// A row of the office, however it is nested.
#[derive(Default)]
struct Row {
    table: String,
    name: String,
    owner: Option<String>,
    fields: BTreeMap<String, Value>,
}

impl Row {
    fn change(&self, field: &str, before: Option<String>, after: Option<String>, is_secret: bool) -> Change {
        let (table, row, of) = (self.table.clone(), self.name.clone(), self.owner.clone());
        Change { table, row, of, field: field.to_owned(), before, after, is_secret }
    }
}

/// The rows of an office as JSON, by what they are known by.
fn fields(office: &str) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    let Ok(Value::Object(office)) = serde_json::from_str(office) else { return rows };
    for (table, value) in office {
        match value {
            Value::Object(fields) => {
                let fields = fields.into_iter().collect();
                rows.insert(table.clone(), Row { table, fields, ..Row::default() });
            }
            Value::Array(list) => list.iter().for_each(|one| add_row(&mut rows, &table, None, one)),
            _ => {}
        }
    }
    rows
}

fn add_row(rows: &mut BTreeMap<String, Row>, table: &str, owner: Option<&str>, value: &Value) {
    let Value::Object(all) = value else { return };
    let text = |name: &str| all.get(name).map(|value| shown(name, value)).unwrap_or_default();
    let id = match table {
        "trunk" | "route" => text("name"),
        "number" => text("number"),
        _ => [text("id"), text("feature")].concat(),
    };
    let name = match table {
        "person" | "phone" => text("name"),
        "trunk" | "route" | "number" => id.clone(),
        _ => text("feature"),
    };
    for phone in all.get("phones").and_then(Value::as_array).into_iter().flatten() {
        add_row(rows, "phone", Some(&name), phone);
    }
    let fields = all.iter().filter(|(field, _)| field.as_str() != "phones");
    let fields = fields.map(|(field, value)| (field.clone(), value.clone())).collect();
    let row = Row { table: table.to_owned(), name, owner: owner.map(str::to_owned), fields };
    rows.insert(format!("{table} {id}"), row);
}

fn shown(field: &str, value: &Value) -> String {
    match value {
        _ if HIDDEN.contains(&field) => String::new(),
        Value::String(text) => text.chars().take(100).collect(),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(|one| shown(field, one)).collect();
            list.join(", ").chars().take(100).collect()
        }
        other => other.to_string().chars().take(100).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::why::Why;

    const BEFORE: &str = r#"{"office":{"name":"A"},"person":[{"id":1,"name":"Desk","ring_s":20,"pin_hash":"x",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"1","sha256":"2"}}]},{"id":2,"name":"Hall"}]}"#;
    const AFTER: &str = r#"{"office":{"name":"B"},"person":[{"id":1,"name":"Desk","ring_s":30,"pin_hash":"y",
        "phones":[{"id":4,"name":"101a","ha1":{"md5":"3","sha256":"4"}}]}]}"#;

    #[test]
    fn changes_are_told_by_field_and_secrets_are_not() {
        let told: Vec<String> = changes(Some(BEFORE), AFTER)
            .into_iter()
            .map(|c| format!("{} {}/{}: {:?} {:?}", c.table, c.row, c.field, c.before, c.after))
            .collect();
        assert_eq!(
            told,
            [
                r#"office /name: Some("A") Some("B")"#,
                r#"person Desk/pin_hash: Some("") Some("")"#,
                r#"person Desk/ring_s: Some("20") Some("30")"#,
                r#"person Hall/: Some("Hall") None"#,
                r#"phone 101a/ha1: Some("") Some("")"#,
            ]
        );
    }

    #[test]
    fn another_order_of_routes_is_told() {
        let office = |routes: &str| format!(r#"{{"office":{{}},"route":[{routes}]}}"#);
        let (one, two) = (r#"{"name":"abroad"}"#, r#"{"name":"rest"}"#);
        let told = changes(Some(&office(&format!("{one},{two}"))), &office(&format!("{two},{one}")));
        let told: Vec<_> = told.into_iter().map(|c| (c.table, c.field, c.before, c.after)).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(told, [("routes".to_owned(), "order".to_owned(), text("abroad, rest"), text("rest, abroad"))]);
        assert!(changes(Some(&office(one)), &office(one)).is_empty());
    }

    #[test]
    fn taking_back_leaves_what_was_changed_elsewhere() {
        let (before, after) = (read(BEFORE).unwrap(), read(AFTER).unwrap());
        let mut now = after.clone();
        now.people.push(RawPerson { id: Some(3), name: Some("New".to_owned()), ..RawPerson::default() });
        now.people[0].pin_hash = Some(config::Secret::new("z"));
        take_back(&mut now, &before, after.clone()).unwrap();
        assert_eq!(now.office, before.office);
        assert_eq!((now.people[0].ring_s, now.people[0].pin_hash.as_ref().unwrap().expose()), (Some(20), "z"));
        let names: Vec<_> = now.people.iter().filter_map(|row| row.name.as_deref()).collect();
        assert_eq!(names, ["Desk", "New", "Hall"]);
    }

    #[test]
    fn what_was_changed_again_is_not_taken_back() {
        let (before, after) = (read(BEFORE).unwrap(), read(AFTER).unwrap());
        let mut now = after.clone();
        now.people[0].ring_s = Some(40);
        let problem = take_back(&mut now, &before, after).unwrap_err();
        assert_eq!(problem.status, StatusCode::CONFLICT);
        assert!(matches!(problem.why, Why::Unchanged(Unchanged::ChangedSince(Part::Person(name))) if name == "Desk"));
    }
}
