//! The rows of the office file about accounts that calls are charged to.

use serde::{Deserialize, Serialize};

use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[account]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawAccount {
    /// What is keyed, 1 to 8 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The client's or project's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawAccount {
    fn from(value: Value) -> RawAccount {
        let mut row = Row::new(value);
        RawAccount { number: row.text("number"), name: row.text("name"), oddities: row.finish() }
    }
}
