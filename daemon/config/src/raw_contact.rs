//! The rows of the office file about contacts.

use serde::{Deserialize, Serialize};

use crate::contact::NumberKind;
use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[contact]]`, and a person's `contacts`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawContact {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where they work; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The number at work, in full or as it is dialled here; one of the three is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The number of a mobile phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// The number at home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// Words by which contacts are found together; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl RawContact {
    /// The number of this kind as it is written.
    pub fn number(&self, kind: NumberKind) -> Option<&str> {
        let number = match kind {
            NumberKind::Work => &self.work,
            NumberKind::Mobile => &self.mobile,
            NumberKind::Home => &self.home,
        };
        number.as_deref()
    }
}

impl From<Value> for RawContact {
    fn from(value: Value) -> RawContact {
        let mut row = Row::new(value);
        RawContact {
            name: row.text("name"),
            company: row.text("company"),
            work: row.text("work"),
            mobile: row.text("mobile"),
            home: row.text("home"),
            tags: row.texts("tags"),
            oddities: row.finish(),
        }
    }
}
