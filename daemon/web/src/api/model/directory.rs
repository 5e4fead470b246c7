//! Whom people call: each other, and contacts outside.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everybody whom somebody may want to call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Directory {
    /// People with an extension, by name; those left out who are not listed.
    pub people: Vec<Colleague>,
    /// The office's phonebook, by name.
    pub phonebook: Vec<Contact>,
    /// Contacts of one's own, by name.
    pub own: Vec<Contact>,
    /// How many contacts the phonebook may have.
    pub phonebook_most: u32,
    /// How many one may have of one's own.
    pub own_most: u32,
    /// What a change of the phonebook sends in If-Match.
    pub phonebook_etag: String,
    /// What a change of one's own contacts sends in If-Match.
    pub own_etag: String,
    /// The revision of the office.
    pub revision: u64,
}

/// Somebody in the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Colleague {
    /// The name.
    pub name: String,
    /// The extension.
    pub extension: String,
    /// The department.
    pub department: Option<String>,
    /// Whether they can be called now; absent where their lamp is private and the reader is somebody else.
    pub state: Option<ColleagueState>,
}

/// Whether somebody can be called now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColleagueState {
    /// A phone is there, and none is in a call.
    Free,
    /// In a call.
    Busy,
    /// Wants no calls.
    Dnd,
    /// No phone is there.
    Away,
}

/// Somebody outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// 1 to 64 characters; no two of a book have the same.
    pub name: String,
    /// At most 64 characters.
    pub company: Option<String>,
    /// The number at work, in full or as it is dialled here; of the three one is needed.
    pub work: Option<String>,
    /// The number of a mobile phone.
    pub mobile: Option<String>,
    /// The number at home.
    pub home: Option<String>,
    /// Words by which contacts are found together: at most 5, each of 1 to 24 characters without commas.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// All contacts of a book.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contacts {
    /// As they are to be.
    pub contacts: Vec<Contact>,
}

/// Where a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NameSource {
    /// It is an extension of the office.
    Employee,
    /// A contact of the reader's own.
    Personal,
    /// The office's phonebook.
    Phonebook,
    /// The carrier tells it.
    Carrier,
}

impl From<config::NameSource> for NameSource {
    fn from(source: config::NameSource) -> NameSource {
        match source {
            config::NameSource::Employee => NameSource::Employee,
            config::NameSource::Personal => NameSource::Personal,
            config::NameSource::Phonebook => NameSource::Phonebook,
        }
    }
}
