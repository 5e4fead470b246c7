//! Groups of people (F112): who belongs together, by person, by extension, and by other groups.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::ids::{ExtensionNumber, PersonId};

/// How many an office may have: its departments, teams and lists, more than anybody looks through.
pub const MAX_GROUPS: usize = 100;

/// The longest name of one, in characters.
pub const MAX_GROUP_LABEL: usize = 40;

/// How many members one may list: everybody of the largest office.
pub const MAX_GROUP_MEMBERS: usize = 500;

/// How many people may look after one: a head, deputies, and whoever asked to be told.
pub const MAX_GROUP_MANAGERS: usize = 10;

/// A named set of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What people call it, 1 to [`MAX_GROUP_LABEL`] characters; no two have the same name.
    pub name: String,
    /// The profile whose rights everybody in it has; there is one of this name.
    pub profile: Option<String>,
    /// At most [`MAX_GROUP_MEMBERS`], each once, none of them a group that this one is a part of.
    pub members: Vec<Member>,
    /// Who looks after it: at most [`MAX_GROUP_MANAGERS`], who need not be in it.
    pub managers: Vec<PersonId>,
    /// Everybody who is in it, worked out when the office was read, with the member group by which they are; `None`: by themselves.
    pub(crate) everybody: BTreeMap<PersonId, Option<String>>,
}

/// Who is listed in a group. Written as `person 2`, `extension 101` or `group Sales`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// Somebody, by number.
    Person(PersonId),
    /// Whoever has this extension.
    Extension(ExtensionNumber),
    /// Everybody of another group.
    Group(String),
}

/// What is no member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a person by number, an extension or a group, as in \"person 2\", \"extension 101\" or \"group Sales\"")]
pub struct BadMember;

impl Group {
    /// Everybody who is in it, each once, with the member group by which they are; `None`: by themselves.
    pub fn everybody(&self) -> impl Iterator<Item = (PersonId, Option<&str>)> {
        self.everybody.iter().map(|(id, through)| (*id, through.as_deref()))
    }

    /// Whether somebody is in it, by themselves or by another group.
    pub fn has(&self, person: PersonId) -> bool {
        self.everybody.contains_key(&person)
    }

    /// The groups that are members of it.
    pub fn nested(&self) -> impl Iterator<Item = &str> {
        self.members.iter().filter_map(|member| match member {
            Member::Group(name) => Some(name.as_str()),
            Member::Person(_) | Member::Extension(_) => None,
        })
    }
}

impl FromStr for Member {
    type Err = BadMember;

    fn from_str(text: &str) -> Result<Member, BadMember> {
        match text.split_once(' ').ok_or(BadMember)? {
            ("person", id) => id.parse().map(|id| Member::Person(PersonId(id))).map_err(|_| BadMember),
            ("extension", number) => number.parse().map(Member::Extension).map_err(|_| BadMember),
            ("group", name) => Ok(Member::Group(name.to_owned())),
            _ => Err(BadMember),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Member::Person(id) => write!(f, "person {}", id.0),
            Member::Extension(number) => write!(f, "extension {number}"),
            Member::Group(name) => write!(f, "group {name}"),
        }
    }
}
