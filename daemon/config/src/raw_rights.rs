//! The rows of the office file about rights of the office's own making.

use serde::{Deserialize, Serialize};

use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[profile]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawProfile {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it opens, each as [`crate::Right`] is written; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Vec<String>>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawProfile {
    fn from(value: Value) -> RawProfile {
        let mut row = Row::new(value);
        RawProfile { name: row.text("name"), rights: row.texts("rights"), oddities: row.finish() }
    }
}
