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
    /// Opens the mailbox of the calling phone's extension.
    MyVoicemail,
    /// Opens any mailbox, with its PIN: the one that is dialled after the code, else the one that is asked for.
    AnyVoicemail,
    /// Leaves a message in the mailbox that is dialled after the code, without ringing its phones. Also where calls are
    /// transferred to.
    LeaveMessage,
    /// Takes a call that rings at somebody of the caller's pickup group.
    GroupPickup,
    /// Takes a call that rings at the extension that is dialled after the code. What the keys of many phones dial.
    DirectedPickup,
}

/// What may be dialled after a feature's code, in one go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// An extension: without one the code is no number.
    Extension,
    /// An extension or nothing.
    OptionalExtension,
}

impl Feature {
    /// All of them with their codes as delivered.
    pub const DEFAULTS: [(Feature, &'static str); 9] = [
        (Feature::EchoTest, "*43"),
        (Feature::Time, "*60"),
        (Feature::OwnExtension, "*65"),
        (Feature::BoxStatus, "*612"),
        (Feature::MyVoicemail, "*97"),
        (Feature::AnyVoicemail, "*98"),
        (Feature::LeaveMessage, "*99"),
        (Feature::GroupPickup, "*8"),
        (Feature::DirectedPickup, "**"),
    ];

    /// The name in the office file.
    pub fn as_str(self) -> &'static str {
        match self {
            Feature::EchoTest => "echo_test",
            Feature::Time => "time",
            Feature::OwnExtension => "own_extension",
            Feature::BoxStatus => "box_status",
            Feature::MyVoicemail => "my_voicemail",
            Feature::AnyVoicemail => "any_voicemail",
            Feature::LeaveMessage => "leave_message",
            Feature::GroupPickup => "group_pickup",
            Feature::DirectedPickup => "directed_pickup",
        }
    }

    /// What may follow its code.
    pub fn argument(self) -> Argument {
        match self {
            Feature::EchoTest | Feature::Time | Feature::OwnExtension | Feature::BoxStatus => Argument::None,
            Feature::MyVoicemail | Feature::GroupPickup => Argument::None,
            Feature::AnyVoicemail => Argument::OptionalExtension,
            Feature::LeaveMessage | Feature::DirectedPickup => Argument::Extension,
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
    /// What is dialled: 2 to [`MAX_CODE_LENGTH`] of `0`-`9`, `*`, `#`. Nothing that it [claims](FeatureCode::claims) is an
    /// extension, an emergency number or another enabled row's.
    pub code: String,
    /// What it does.
    pub feature: Feature,
    /// A code that is off is dialled as if it did not exist.
    pub enabled: bool,
}

impl FeatureCode {
    /// Whether dialling this belongs to this code alone: it is the code, or the code and digits where it takes an
    /// argument. Also of a code that is off, and of one whose argument is missing.
    pub fn claims(&self, dialled: &str) -> bool {
        self.rest_of(dialled).is_some()
    }

    /// What was dialled after the code, perhaps nothing; `None` where this code was not dialled or is not complete.
    pub(crate) fn argument_in<'d>(&self, dialled: &'d str) -> Option<&'d str> {
        let rest = self.rest_of(dialled)?;
        let is_complete = !rest.is_empty() || self.feature.argument() != Argument::Extension;
        is_complete.then_some(rest)
    }

    fn rest_of<'d>(&self, dialled: &'d str) -> Option<&'d str> {
        let rest = dialled.strip_prefix(self.code.as_str())?;
        let takes_digits = self.feature.argument() != Argument::None;
        let fits = rest.is_empty() || takes_digits && rest.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(rest)
    }
}

/// Whether this may be a code.
pub(crate) fn is_code(text: &str) -> bool {
    (2..=MAX_CODE_LENGTH).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#')
}

/// A feature's row as delivered.
pub(crate) fn delivered(row: &(Feature, &'static str)) -> FeatureCode {
    FeatureCode { code: row.1.to_owned(), feature: row.0, enabled: true }
}
