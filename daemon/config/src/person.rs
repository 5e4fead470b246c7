//! Someone in the office.

use crate::ids::{ExtensionNumber, PersonId};

/// The longest name, in characters: what a directory or a phone's display can take, and a bound for SIP headers.
pub const MAX_NAME: usize = 64;

/// Someone, or something that is called like someone: `Front Desk`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's number, kept over imports.
    pub id: PersonId,
    /// The name as others see it on their displays; 1 to [`MAX_NAME`] characters, none of them a control character.
    pub name: String,
    /// The extension, where the person has one.
    pub extension: Option<ExtensionNumber>,
}
