//! Someone in the office.

use std::collections::BTreeSet;
use std::fmt;

use jiff::tz::TimeZone;

use crate::access::{Area, Level, Preset, Rights, Role};
use crate::grant::{Grant, Source};
use crate::ids::{ExtensionNumber, PersonId};

/// The longest name, in characters: what a directory or a phone's display can take, and a bound for SIP headers.
pub const MAX_NAME: usize = 64;

/// The longest e-mail address, in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL: usize = 254;

/// The longest name of a department, in characters.
pub const MAX_DEPARTMENT: usize = 40;

/// How many departments an office file lists at most: one for every fifth of five hundred people. Those that people name come besides.
pub const MAX_DEPARTMENTS: usize = 100;

/// Someone, or something that is called like someone: `Front Desk`.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The person's number, kept over imports.
    pub id: PersonId,
    /// The name as others see it on their displays; 1 to [`MAX_NAME`] characters, none of them a control character.
    pub name: String,
    /// The extension, where the person has one.
    pub extension: Option<ExtensionNumber>,
    /// The address that they sign in to the page with, in lower case; no two people have the same.
    pub email: Option<String>,
    /// The rights that they begin with.
    pub preset: Preset,
    /// What they are responsible for; each role adds its rights.
    pub roles: BTreeSet<Role>,
    /// The profile that they have besides; there is one of this name.
    pub profile: Option<String>,
    /// All that opens something to them, worked out when the office was read: the preset, each role, the profile.
    pub(crate) grants: Vec<Grant>,
    /// The language of their page and of what the box says to them, one of [`crate::LANGUAGES`]; `None`: the office's.
    pub language: Option<String>,
    /// Where their clock is: in which they read and hear times; `None`: the office's. What the office does at some hour, it does
    /// at its own (F20).
    pub time_zone: Option<TimeZone>,
    /// The department, 1 to [`MAX_DEPARTMENT`] characters; one of [`crate::Config::departments`] (F14).
    pub department: Option<String>,
    /// The site where they work; there is one of this name.
    pub site: Option<String>,
    /// Whether the directory, here and on phones, names them (F15).
    pub is_listed: bool,
    /// The page's password as an Argon2id PHC string; without one nobody signs in by this person's address.
    pub password_hash: Option<String>,
}

impl Person {
    /// What they may do on the page.
    pub fn rights(&self) -> Rights {
        self.grants.iter().fold(Rights::default(), |rights, grant| rights.and(grant.rights))
    }

    /// All that opens something to them, in the order of [`Source`].
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Where their right in this area comes from: whatever goes as far as they may.
    pub fn right_from(&self, area: Area) -> Vec<&Source> {
        let level = self.rights().of(area);
        let is_it = |rights: Rights| level > Level::None && rights.of(area) == level;
        self.grants.iter().filter(|grant| is_it(grant.rights)).map(|grant| &grant.source).collect()
    }

    /// Whether every right is theirs, whatever it comes from.
    pub fn has_all_rights(&self) -> bool {
        self.rights().cover(Preset::Admin.rights())
    }

    /// Whether they can sign in to the page, where every right is theirs.
    pub fn is_owner(&self) -> bool {
        self.has_all_rights() && self.email.is_some() && self.password_hash.is_some()
    }
}

/// Whether this can be an e-mail address: one `@` with something on both sides and a dot-separated domain, nothing that
/// would have to be quoted (RFC 5321 §4.1.2). Whether it exists only a mail can tell.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.len() <= MAX_EMAIL && !local.is_empty() && local.chars().all(is_local) && domain.split('.').all(is_label)
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("extension", &self.extension)
            .field("email", &self.email)
            .field("preset", &self.preset)
            .field("roles", &self.roles)
            .field("profile", &self.profile)
            .field("language", &self.language)
            .field("time_zone", &self.time_zone)
            .field("department", &self.department)
            .field("site", &self.site)
            .field("is_listed", &self.is_listed)
            .field("has_password", &self.password_hash.is_some())
            .finish()
    }
}
