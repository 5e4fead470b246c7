//! The rows of the office file about codes that let calls out.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;
use crate::value::{Oddity, Row, Value, write_oddities};

/// `[[authorization]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct RawAuthorization {
    /// Its name, by which its code is known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code in clear; hashed by an import, never kept. What leaves out both this and the hash keeps the known one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<Secret>,
    /// The code as an Argon2id PHC string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_hash: Option<Secret>,
    /// How far its calls go, one of [`crate::Permission`]; default [`crate::DEFAULT_AUTHORIZED`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// The extensions that may use it; default all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<String>>,
    /// Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What was found beside these.
    #[serde(flatten, serialize_with = "write_oddities")]
    pub oddities: Vec<Oddity>,
}

impl From<Value> for RawAuthorization {
    fn from(value: Value) -> RawAuthorization {
        let mut row = Row::new(value);
        RawAuthorization {
            name: row.text("name"),
            pin: row.secret("pin"),
            pin_hash: row.secret("pin_hash"),
            permission: row.text("permission"),
            extensions: row.texts("extensions"),
            enabled: row.flag("enabled"),
            oddities: row.finish(),
        }
    }
}
