//! What can be dialled besides numbers: codes such as `*43`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest code: nobody remembers more, and it bounds what is compared with each dialled string.
pub const MAX_CODE_LENGTH: usize = 6;

/// What a code does. The names in the office file are these in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Plays back what is said, so that one can hear line and phone.
    EchoTest,
    /// Says what time it is in the office.
    Time,
    /// Says the extension of the calling phone.
    OwnExtension,
    /// Says the box's address and version, and how many phones are registered.
    BoxStatus,
}

impl Feature {
    /// All of them with their codes as delivered.
    pub const DEFAULTS: [(Feature, &'static str); 4] = [
        (Feature::EchoTest, "*43"),
        (Feature::Time, "*60"),
        (Feature::OwnExtension, "*65"),
        (Feature::BoxStatus, "*612"),
    ];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            Feature::EchoTest => "echo_test",
            Feature::Time => "time",
            Feature::OwnExtension => "own_extension",
            Feature::BoxStatus => "box_status",
        }
    }

    /// The feature of this name in the office file.
    pub fn from_name(name: &str) -> Option<Feature> {
        Feature::DEFAULTS.iter().map(|row| row.0).find(|feature| feature.as_str() == name)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One row of the table of codes. Every feature has exactly one; a row of the office file replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureCode {
    /// What is dialled: 2 to [`MAX_CODE_LENGTH`] of `0`-`9`, `*`, `#`, not all digits of an extension or an emergency number.
    pub code: String,
    /// What it does.
    pub feature: Feature,
    /// A code that is off is dialled as if it did not exist.
    pub enabled: bool,
}

/// Whether this may be a code.
pub(crate) fn is_code(text: &str) -> bool {
    (2..=MAX_CODE_LENGTH).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#')
}

/// A feature's row as delivered.
pub(crate) fn delivered(row: &(Feature, &'static str)) -> FeatureCode {
    FeatureCode { code: row.1.to_owned(), feature: row.0, enabled: true }
}
