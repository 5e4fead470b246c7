//! Reads a row field by field, so that one wrong field spoils one row and says its name.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::secret::Secret;

/// Whatever a file may hold. Public only as what an [`Oddity`] keeps.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A fraction.
    Float(f64),
    /// Text in quotes.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A table; a date arrives as one too.
    Table(BTreeMap<String, Value>),
}

/// By hand, because what derives tries one variant after the other, with the text of an error for each that is none.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flag, a number, a text, a list or a table")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        // What is larger is of the wrong kind wherever a number belongs, and a fraction is that too.
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
    }

    fn visit_f64<E>(self, fraction: f64) -> Result<Value, E> {
        Ok(Value::Float(fraction))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut table = BTreeMap::new();
        while let Some((field, value)) = fields.next_entry()? {
            table.insert(field, value);
        }
        Ok(Value::Table(table))
    }
}

/// What kind of value belongs to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Wanted {
    #[error("text in quotes")]
    Text,
    #[error("true or false")]
    Flag,
    #[error("a whole number")]
    Number,
    #[error("a list of texts")]
    Texts,
    #[error("a table")]
    Table,
    #[error("a list of tables")]
    Tables,
}

/// Something in a file that has no place in it.
#[derive(Clone, PartialEq)]
pub enum Oddity {
    /// A key that means nothing here: often a typing error. Its value is not kept, it may be a secret under a wrong name.
    Unknown {
        /// The key.
        field: String,
    },
    /// A key whose value is of the wrong kind.
    WrongType {
        /// The key; empty when the row itself is no table.
        field: String,
        /// What belongs there.
        expected: Wanted,
        /// What stands there; written again, so that a row that is off stays off.
        value: Value,
    },
}

impl fmt::Debug for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Oddity::Unknown { field } => write!(f, "Unknown({field:?})"),
            Oddity::WrongType { field, expected, .. } => {
                write!(f, "WrongType({field:?}, expected {expected})")
            }
        }
    }
}

/// Writes the fields of the wrong kind beside the others.
pub(crate) fn write_oddities<S: Serializer>(oddities: &[Oddity], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(oddities.iter().filter_map(|oddity| match oddity {
        Oddity::WrongType { field, value, .. } => Some((field, value)),
        Oddity::Unknown { .. } => None,
    }))
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
            Value::Table(fields) => Row { fields, oddities: Vec::new() },
            value => Row {
                fields: BTreeMap::new(),
                oddities: vec![Oddity::WrongType { field: String::new(), expected: Wanted::Table, value }],
            },
        }
    }

    /// Takes a field out; one that `read` gives back is of the wrong kind and is kept as it is, so that the row is
    /// judged the same when it has been written and read again.
    fn take<T>(&mut self, field: &str, expected: Wanted, read: impl FnOnce(Value) -> Result<T, Value>) -> Option<T> {
        match read(self.fields.remove(field)?) {
            Ok(value) => Some(value),
            Err(value) => {
                let field = field.to_owned();
                self.oddities.push(Oddity::WrongType { field, expected, value });
                None
            }
        }
    }

    pub(crate) fn text(&mut self, field: &str) -> Option<String> {
        self.take(field, Wanted::Text, |value| match value {
            Value::Text(text) => Ok(text),
            other => Err(other),
        })
    }

    /// A secret of the wrong kind, a PIN without quotes for instance, is kept as `false`: never in clear.
    pub(crate) fn secret(&mut self, field: &str) -> Option<Secret> {
        self.take(field, Wanted::Text, |value| match value {
            Value::Text(text) => Ok(Secret::new(text)),
            _ => Err(Value::Bool(false)),
        })
    }

    pub(crate) fn flag(&mut self, field: &str) -> Option<bool> {
        self.take(field, Wanted::Flag, |value| match value {
            Value::Bool(flag) => Ok(flag),
            other => Err(other),
        })
    }

    /// A number that fits; one that is too large or negative is of the wrong kind.
    pub(crate) fn number<T: TryFrom<i64>>(&mut self, field: &str) -> Option<T> {
        self.take(field, Wanted::Number, |value| match value {
            Value::Int(number) => T::try_from(number).map_err(|_| value),
            other => Err(other),
        })
    }

    pub(crate) fn texts(&mut self, field: &str) -> Option<Vec<String>> {
        self.take(field, Wanted::Texts, |value| {
            let Value::List(list) = &value else { return Err(value) };
            let texts: Option<Vec<String>> = list
                .iter()
                .map(|item| match item {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .collect();
            texts.ok_or(value)
        })
    }

    pub(crate) fn table<T: From<Value>>(&mut self, field: &str) -> Option<T> {
        self.take(field, Wanted::Table, |value| match value {
            Value::Table(_) => Ok(T::from(value)),
            other => Err(other),
        })
    }

    pub(crate) fn rows<T: From<Value>>(&mut self, field: &str) -> Vec<T> {
        self.take(field, Wanted::Tables, |value| match value {
            Value::List(list) => Ok(list.into_iter().map(T::from).collect()),
            other => Err(other),
        })
        .unwrap_or_default()
    }

    /// The end of the row: what is odd about it.
    pub(crate) fn finish(self) -> Vec<Oddity> {
        let unknown = self.fields.into_keys().map(|field| Oddity::Unknown { field });
        self.oddities.into_iter().chain(unknown).collect()
    }
}
