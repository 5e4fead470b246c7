//! Reads a row field by field, so that one wrong field spoils one row and says its name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::raw::{Oddity, Secret};

/// Whatever a file may hold; fractions, dates and nulls are of no use here.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
    Other(IgnoredAny),
}

/// A row being read: what is left in `fields` at the end is unknown.
pub(crate) struct Row {
    fields: BTreeMap<String, Value>,
    oddities: Vec<Oddity>,
}

impl Row {
    /// The row in this value; anything but a table is a row without fields and an oddity.
    pub(crate) fn new(value: Value) -> Row {
        match value {
            Value::Table(fields) => Row {
                fields,
                oddities: Vec::new(),
            },
            Value::Bool(_) | Value::Int(_) | Value::Text(_) | Value::List(_) | Value::Other(_) => {
                Row {
                    fields: BTreeMap::new(),
                    oddities: vec![Oddity::WrongType {
                        field: String::new(),
                        expected: "a table",
                    }],
                }
            }
        }
    }

    fn take<T>(
        &mut self,
        field: &str,
        expected: &'static str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.fields.remove(field)?);
        if value.is_none() {
            self.oddities.push(Oddity::WrongType {
                field: field.to_owned(),
                expected,
            });
        }
        value
    }

    pub(crate) fn text(&mut self, field: &str) -> Option<String> {
        self.take(field, "text in quotes", |value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(crate) fn secret(&mut self, field: &str) -> Option<Secret> {
        self.text(field).map(Secret::new)
    }

    pub(crate) fn flag(&mut self, field: &str) -> Option<bool> {
        self.take(field, "true or false", |value| match value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        })
    }

    /// A number that fits; one that is too large or negative is of the wrong kind.
    pub(crate) fn number<T: TryFrom<i64>>(&mut self, field: &str) -> Option<T> {
        self.take(field, "a whole number", |value| match value {
            Value::Int(number) => T::try_from(number).ok(),
            _ => None,
        })
    }

    pub(crate) fn texts(&mut self, field: &str) -> Option<Vec<String>> {
        self.take(field, "a list of texts", |value| match value {
            Value::List(list) => list
                .into_iter()
                .map(|value| match value {
                    Value::Text(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => None,
        })
    }

    pub(crate) fn table<T: From<Value>>(&mut self, field: &str) -> Option<T> {
        self.take(field, "a table", |value| match value {
            Value::Table(_) => Some(T::from(value)),
            _ => None,
        })
    }

    pub(crate) fn rows<T: From<Value>>(&mut self, field: &str) -> Vec<T> {
        self.take(field, "a list of tables", |value| match value {
            Value::List(list) => Some(list.into_iter().map(T::from).collect()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The end of the row: what is odd about it.
    pub(crate) fn finish(self) -> Vec<Oddity> {
        let unknown = self
            .fields
            .into_keys()
            .map(|field| Oddity::Unknown { field });
        self.oddities.into_iter().chain(unknown).collect()
    }
}
