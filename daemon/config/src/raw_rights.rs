//! The rows of the office file about rights of the office's own making, and about groups.

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

/// `[[group]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawGroup {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name of the profile whose rights everybody in it has; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Who is in it, each as [`crate::Member`] is written; default nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// The people who look after it, `person 2`; default nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managers: Option<Vec<String>>,
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

impl From<Value> for RawGroup {
    fn from(value: Value) -> RawGroup {
        let mut row = Row::new(value);
        RawGroup {
            name: row.text("name"),
            profile: row.text("profile"),
            members: row.texts("members"),
            managers: row.texts("managers"),
            oddities: row.finish(),
        }
    }
}
