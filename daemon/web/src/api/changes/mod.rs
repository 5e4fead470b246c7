//! What a revision changed, row by row and field by field, for the history of the office.

use std::collections::{BTreeMap, BTreeSet};

use config::{Feature, RawConfig};
use pbx::words::Language;
use serde_json::Value;

use super::model::Change;

/// Fields of one revision that are told: an import changes everything.
const CHANGES_TOLD: usize = 50;

/// Fields whose values nobody sees.
const HIDDEN: [&str; 5] = ["pin", "pin_hash", "password_hash", "secret", "ha1"];

/// Fields of a person, or of the office, that are tables of their own, and what the history calls such a row.
const NESTED: [(&str, &str); 6] = [
    ("phones", "phone"),
    ("rules", "rule"),
    ("diversions", "diversion"),
    ("callers", "caller"),
    ("time_groups", "time_group"),
    ("contacts", "contact"),
];

/// What differs, field by field. What a code is for is a word of the office file: here it becomes one of the reader's.
pub(super) fn changes(before: Option<&str>, after: &str, language: Language) -> Vec<Change> {
    let mut found = differences(before, after);
    for change in found.iter_mut().filter(|change| change.table == "feature_code") {
        if let Some(feature) = Feature::from_name(&change.row) {
            change.row = language.words().feature(feature).to_owned();
        }
    }
    if found.iter().any(|change| change.table == "group") {
        let names = before.into_iter().chain([after]).flat_map(names).collect();
        found.iter_mut().filter(|change| change.table == "group").for_each(|change| name_members(change, &names));
    }
    found
}

/// Everybody's name by number.
fn names(office: &str) -> Vec<(u32, String)> {
    let people = serde_json::from_str::<RawConfig>(office).map(|office| office.people).unwrap_or_default();
    people.into_iter().filter_map(|row| Some((row.id?, row.name?))).collect()
}

/// Says by name who is in a group, and who looks after it.
fn name_members(change: &mut Change, names: &BTreeMap<u32, String>) {
    if !["members", "managers"].contains(&change.field.as_str()) {
        return;
    }
    let named = |one: &str| {
        let id = one.strip_prefix("person ").and_then(|id| id.parse().ok());
        id.and_then(|id: u32| names.get(&id)).map_or_else(|| one.to_owned(), |name| format!("person {name}"))
    };
    for text in [&mut change.before, &mut change.after].into_iter().flatten() {
        *text = text.split(", ").map(named).collect::<Vec<_>>().join(", ");
    }
}

fn differences(before_text: Option<&str>, after_text: &str) -> Vec<Change> {
    let (before, after) = (before_text.map(rows).unwrap_or_default(), rows(after_text));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let (mut found, mut details) = (Vec::new(), Vec::new());
    for key in keys {
        match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) => found.extend(new.since(old)),
            (Some(old), None) => found.push(old.change("", Some(old.name.clone()), None)),
            (None, Some(new)) => {
                found.push(new.change("", None, Some(new.name.clone())));
                details.extend(new.details());
            }
            (None, None) => {}
        }
    }
    if found.is_empty() {
        found.extend(before_text.map(|before| reordered(before, after_text)).unwrap_or_default());
    }
    // What is in a new row is told where all of it fits: that rows came is told first.
    if found.len() + details.len() <= CHANGES_TOLD {
        found.extend(details);
    }
    found.truncate(CHANGES_TOLD);
    found
}

/// Routes and rules count in their order: the first that fits is taken.
fn reordered(before: &str, after: &str) -> Vec<Change> {
    let (before, after) = (orders(before), orders(after));
    let differ = after.into_iter().filter(|(whose, order)| before.get(whose).is_some_and(|before| before != order));
    let told = differ.map(|((table, owner), order)| {
        let was = before.get(&(table, owner.clone())).cloned();
        let row = Row { table: table.to_owned(), owner: owner.map(|(_, name)| name), ..Row::default() };
        row.change("order", was, Some(order))
    });
    told.collect()
}

/// Whose rows are in an order: nobody's, or somebody's by number and name.
type Owner = Option<(u32, String)>;

fn orders(office: &str) -> BTreeMap<(&'static str, Owner), String> {
    let Ok(office) = serde_json::from_str::<RawConfig>(office) else { return BTreeMap::new() };
    let routes = office.routes.iter().filter_map(|route| route.name.as_deref());
    let mut orders = BTreeMap::from([(("routes", None), routes.collect::<Vec<_>>().join(", "))]);
    for person in &office.people {
        let rules = person.rules.iter().filter_map(|rule| rule.when.as_deref());
        let owner = (person.id.unwrap_or_default(), person.name.clone().unwrap_or_default());
        orders.insert(("rules", Some(owner)), rules.collect::<Vec<_>>().join(", "));
    }
    orders
}

/// By what a row is known again: its table, its owner's table and number, its own name, and which of several of this name it is.
type Key = (String, String, String, usize);

/// A row of the office, however it is nested.
#[derive(Default)]
struct Row {
    table: String,
    name: String,
    owner: Option<String>,
    /// Without what is a row of its own.
    fields: BTreeMap<String, Value>,
}

impl Row {
    fn change(&self, field: &str, before: Option<String>, after: Option<String>) -> Change {
        Change {
            table: self.table.clone(),
            row: self.name.clone(),
            of: self.owner.clone(),
            is_secret: HIDDEN.contains(&field),
            field: field.to_owned(),
            before,
            after,
        }
    }

    fn since(&self, old: &Row) -> Vec<Change> {
        let names: BTreeSet<&String> = old.fields.keys().chain(self.fields.keys()).collect();
        let changed = names.into_iter().filter(|name| old.fields.get(*name) != self.fields.get(*name));
        let value = |row: &Row, name: &str| row.fields.get(name).map(|value| shown(name, value));
        changed.map(|name| self.change(name, value(old, name), value(self, name))).collect()
    }

    /// What a new row says, besides its name.
    fn details(&self) -> Vec<Change> {
        let own = [name_of(&self.table), "id"];
        let told =
            self.fields.iter().filter(|(name, _)| !own.contains(&name.as_str()) && !HIDDEN.contains(&name.as_str()));
        told.map(|(name, value)| self.change(name, None, Some(shown(name, value)))).collect()
    }
}

/// The field that a row of this table is called by.
fn name_of(table: &str) -> &'static str {
    match table {
        "number" | "caller" | "account" => "number",
        "rule" => "when",
        "diversion" => "kind",
        "feature_code" => "feature",
        _ => "name",
    }
}

/// The rows of an office as JSON, by what they are known by.
fn rows(office: &str) -> BTreeMap<Key, Row> {
    let mut rows = BTreeMap::new();
    let Ok(Value::Object(office)) = serde_json::from_str(office) else { return rows };
    for (table, value) in office {
        match value {
            Value::Object(mut fields) => {
                add_nested(&mut rows, &mut fields, None);
                let row = Row { table: table.clone(), fields: fields.into_iter().collect(), ..Row::default() };
                rows.insert((table, String::new(), String::new(), 0), row);
            }
            Value::Array(list) => list.into_iter().for_each(|one| add(&mut rows, &table, None, one)),
            _ => {}
        }
    }
    rows
}

/// Adds a row, and the rows that are within it. `owner` has what it is known by and a name.
fn add(rows: &mut BTreeMap<Key, Row>, table: &str, owner: Option<(&str, &str)>, value: Value) {
    let Value::Object(mut fields) = value else { return };
    let text = |fields: &serde_json::Map<String, Value>, name: &str| {
        fields.get(name).map(|value| shown(name, value)).unwrap_or_default()
    };
    let name = text(&fields, name_of(table));
    let id = if fields.contains_key("id") { text(&fields, "id") } else { name.clone() };
    // A site and a person may be called alike.
    let known = format!("{table} {id}");
    add_nested(rows, &mut fields, Some((&known, &name)));
    let (owner_id, owner) = owner.map_or((String::new(), None), |(id, name)| (id.to_owned(), Some(name.to_owned())));
    let mut key: Key = (table.to_owned(), owner_id, id, 0);
    while rows.contains_key(&key) {
        key.3 += 1;
    }
    rows.insert(key, Row { table: table.to_owned(), name, owner, fields: fields.into_iter().collect() });
}

/// Adds the rows that are within these fields, and leaves the others.
fn add_nested(rows: &mut BTreeMap<Key, Row>, fields: &mut serde_json::Map<String, Value>, owner: Option<(&str, &str)>) {
    for (field, nested) in NESTED {
        // Whose calls go to secretaries is a word of the same name.
        if !fields.get(field).is_some_and(Value::is_array) {
            continue;
        }
        let Some(Value::Array(list)) = fields.remove(field) else { continue };
        list.into_iter().for_each(|one| add(rows, nested, owner, one));
    }
}

fn shown(field: &str, value: &Value) -> String {
    match value {
        _ if HIDDEN.contains(&field) => String::new(),
        Value::String(text) => text.chars().take(100).collect(),
        Value::Array(list) => listed(list.iter().map(|one| shown(field, one))),
        other => other.to_string().chars().take(100).collect(),
    }
}

/// How much of a list is told, in characters.
const MAX_LISTED: usize = 200;

/// As many as have room, each of them whole: half of one would tell something else.
fn listed(list: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for one in list {
        if !text.is_empty() && text.chars().count() + one.chars().count() + 2 > MAX_LISTED {
            return text + ", …";
        }
        if !text.is_empty() {
            text += ", ";
        }
        text += &one;
    }
    text
}

#[cfg(test)]
mod tests;
