//! The rows of the office file about sites.

use serde::{Deserialize, Serialize};

use crate::raw_rules::RawTimeGroup;
use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[site]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawSite {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its time zone by its IANA name; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What the box speaks to its people, one of [`crate::LANGUAGES`]; default the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// One of the office's numbers, under which its people call; default what the trunk says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whether whom its people hold hears music; default yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_music: Option<bool>,
    /// The extensions of those who may change its time groups; default nobody besides those who may change the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managers: Option<Vec<String>>,
    /// Its time groups, which its people may use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time_groups: Vec<RawTimeGroup>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawSite {
    fn from(value: Value) -> RawSite {
        let mut row = Row::new(value);
        RawSite {
            name: row.text("name"),
            time_zone: row.text("time_zone"),
            language: row.text("language"),
            number: row.text("number"),
            hold_music: row.flag("hold_music"),
            managers: row.texts("managers"),
            time_groups: row.rows("time_groups"),
            oddities: row.finish(),
        }
    }
}
