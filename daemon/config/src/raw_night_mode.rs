//! The rows of the office file about night modes.

use serde::{Deserialize, Serialize};

use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[night_mode]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawNightMode {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its short number, for the code that switches it; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// The office's time groups that it forces, each as [`crate::NightGroup`] is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// The extensions that may switch it besides those who may change the office's times; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<String>>,
    /// While it is on, what it holds, each with `until` a moment or for good; default nothing: it is off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Vec<String>>,
    /// Since when it is on, `2026-12-24T13:00:00Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Who switched it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawNightMode {
    fn from(value: Value) -> RawNightMode {
        let mut row = Row::new(value);
        RawNightMode {
            name: row.text("name"),
            number: row.number("number"),
            groups: row.texts("groups"),
            extensions: row.texts("extensions"),
            holds: row.texts("holds"),
            since: row.text("since"),
            by: row.text("by"),
            oddities: row.finish(),
        }
    }
}
