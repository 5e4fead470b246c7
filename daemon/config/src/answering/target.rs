//! Where a call is sent instead.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::ExtensionNumber;

/// The longest number outside, in characters: a number in full with the prefix that some offices dial before it.
const MAX_NUMBER: usize = 20;

/// Where a call is sent: a kind and what it is of, written as `person 102` or `number +4930123456`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Somebody, by their own rules.
    Person(ExtensionNumber),
    /// Somebody's phones, whatever their rules say.
    Phone(ExtensionNumber),
    /// Somebody's mailbox.
    Voicemail(ExtensionNumber),
    /// A number as it is dialled, at the cost of whoever sends the call there.
    Number(String),
}

/// What is no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a target is person, phone or voicemail with an extension, or number with digits: as in person 102")]
pub struct BadTarget;

impl Target {
    /// The word for its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::Person(_) => "person",
            Target::Phone(_) => "phone",
            Target::Voicemail(_) => "voicemail",
            Target::Number(_) => "number",
        }
    }

    /// The extension or the number.
    pub fn id(&self) -> &str {
        match self {
            Target::Person(number) | Target::Phone(number) | Target::Voicemail(number) => number.as_str(),
            Target::Number(number) => number,
        }
    }

    /// The extension that must exist for it.
    pub fn extension(&self) -> Option<&ExtensionNumber> {
        match self {
            Target::Person(number) | Target::Phone(number) | Target::Voicemail(number) => Some(number),
            Target::Number(_) => None,
        }
    }
}

impl FromStr for Target {
    type Err = BadTarget;

    fn from_str(text: &str) -> Result<Target, BadTarget> {
        let (kind, id) = text.trim().split_once(' ').ok_or(BadTarget)?;
        let extension = || id.trim().parse::<ExtensionNumber>().map_err(|_| BadTarget);
        match kind {
            "person" => extension().map(Target::Person),
            "phone" => extension().map(Target::Phone),
            "voicemail" => extension().map(Target::Voicemail),
            "number" => {
                let number: String = id.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '/' | '.')).collect();
                let digits = number.strip_prefix('+').unwrap_or(&number);
                let is_number = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
                if is_number && number.len() <= MAX_NUMBER { Ok(Target::Number(number)) } else { Err(BadTarget) }
            }
            _ => Err(BadTarget),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}
