//! Groups of people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Named;

/// The groups of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Groups {
    /// In the order in which they were added.
    pub groups: Vec<GroupRow>,
    /// Who may be in one.
    pub people: Vec<Reachable>,
    /// The names of the profiles that one may carry.
    pub profiles: Vec<String>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// A group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct GroupRow {
    /// Its name.
    pub name: String,
    /// The profile whose rights everybody in it has.
    pub profile: Option<String>,
    /// Who is listed in it.
    pub members: Vec<MemberRow>,
    /// Who looks after it.
    pub managers: Vec<Named>,
    /// Everybody who is in it, each once.
    pub everybody: Vec<InGroup>,
}

/// Somebody in a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct InGroup {
    /// The person's number.
    pub id: u32,
    /// The name.
    pub name: String,
    /// The member group by which they are in it; absent: by themselves, or by their extension.
    pub through: Option<String>,
}

/// Somebody who may be in a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Reachable {
    /// The person's number.
    pub id: u32,
    /// The name.
    pub name: String,
    /// The extension.
    pub extension: Option<String>,
}

/// What is listed in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MemberKind {
    /// Somebody.
    Person,
    /// Whoever has an extension.
    Extension,
    /// Everybody of another group.
    Group,
}

impl MemberKind {
    /// The word in the office file.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            MemberKind::Person => "person",
            MemberKind::Extension => "extension",
            MemberKind::Group => "group",
        }
    }
}

/// Who is listed in a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct MemberRow {
    /// What it is.
    pub kind: MemberKind,
    /// A person's number, an extension, or a group's name.
    pub id: String,
    /// Who that is.
    pub name: String,
}

/// The same, to be listed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberWrite {
    /// What it is.
    pub kind: MemberKind,
    /// A person's number, an extension, or a group's name.
    pub id: String,
}

/// A group as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupWrite {
    /// The name, at most 40 characters.
    pub name: String,
    /// The name of a profile; none unless given.
    pub profile: Option<String>,
    /// At most 500, each once.
    pub members: Vec<MemberWrite>,
    /// At most 10 people by their numbers.
    pub managers: Vec<u32>,
}
