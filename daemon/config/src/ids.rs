//! Names of rows: small types that cannot be mixed up.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One person, for good: an import keeps the number where the extension or the name is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct PersonId(pub u32);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One phone, for good: an import keeps the number where the phone's name is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct PhoneId(pub u32);

impl fmt::Display for PhoneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An internal number: 2 to 10 digits, kept as text because `0123` and `123` are two numbers.
///
/// Ordered as text, so that it can be looked up by `&str`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExtensionNumber(String);

/// What is no extension number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an extension is 2 to 10 digits")]
pub struct BadExtension;

impl ExtensionNumber {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExtensionNumber {
    type Err = BadExtension;

    fn from_str(text: &str) -> Result<Self, BadExtension> {
        let is_digits = text.bytes().all(|b| b.is_ascii_digit());
        if (2..=10).contains(&text.len()) && is_digits {
            Ok(ExtensionNumber(text.to_owned()))
        } else {
            Err(BadExtension)
        }
    }
}

impl TryFrom<String> for ExtensionNumber {
    type Error = BadExtension;

    fn try_from(text: String) -> Result<Self, BadExtension> {
        text.parse()
    }
}

impl From<ExtensionNumber> for String {
    fn from(number: ExtensionNumber) -> String {
        number.0
    }
}

impl Borrow<str> for ExtensionNumber {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for ExtensionNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExtensionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
