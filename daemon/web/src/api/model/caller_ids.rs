//! Under which numbers people call outside.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What whoever is called outside sees of each extension.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CallerIds {
    /// In order of the extensions.
    pub extensions: Vec<CallerIdRow>,
    /// The office's numbers, of which each may have one.
    pub numbers: Vec<String>,
}

/// What whoever is called outside sees of an extension.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CallerIdRow {
    /// The extension.
    pub extension: String,
    /// Whose it is.
    pub person: String,
    /// What its phones are called.
    pub label: Option<String>,
    /// The name that colleagues see; absent: the person's.
    pub caller_name: Option<String>,
    /// The number that is chosen for it, in full.
    pub caller_number: Option<String>,
    /// The number under which it calls, chosen or not; absent: what the trunk says.
    pub shown_as: Option<String>,
    /// Whether that is hidden.
    pub hides_number: bool,
    /// For `If-Match`.
    pub etag: String,
}

/// Under which number an extension is to call.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallerIdWrite {
    /// One of the office's numbers; absent: the first that leads to the extension, else the site's, else what the trunk says.
    pub caller_number: Option<String>,
    /// Whether it is hidden from whoever is called; calls for help show it all the same.
    pub hides_number: bool,
}
