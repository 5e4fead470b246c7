//! The rows of the office file about departments.

use serde::{Deserialize, Serialize};

use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[department]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawDepartment {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What was found beside it.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl RawDepartment {
    /// The row of this name.
    pub fn named(name: &str) -> RawDepartment {
        RawDepartment { name: Some(name.to_owned()), ..RawDepartment::default() }
    }
}

impl From<Value> for RawDepartment {
    fn from(value: Value) -> RawDepartment {
        let mut row = Row::new(value);
        RawDepartment { name: row.text("name"), oddities: row.finish() }
    }
}
