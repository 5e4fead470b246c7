//! People as a table that is brought in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Credentials;

/// What a file says, to be looked at and mended before anything is changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PeopleTable {
    /// Its rows.
    pub rows: Vec<PeopleRow>,
    /// Columns that mean nothing here.
    pub ignored: Vec<String>,
}

/// One row: what is absent has no column and stays as it is, what is empty is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleRow {
    /// Its line in the file.
    pub line: u32,
    /// By it somebody is known again; where it is empty, by the name.
    pub extension: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The address to sign in with.
    pub email: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// The pickup group.
    pub pickup_group: Option<String>,
    /// Whether callers may leave messages: yes, no, or nothing for no.
    pub voicemail: Option<String>,
}

/// Rows that are to become people.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleImport {
    /// All rows, as they are to be.
    pub rows: Vec<PeopleRow>,
    /// Whether each new person with an extension gets a phone.
    pub with_phones: bool,
    /// Whether nothing is to be changed, whatever the rows are.
    pub is_trial: bool,
}

/// What rows come to. Nothing was changed unless there is a revision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PeopleImported {
    /// Each row, in the order in which it was sent.
    pub rows: Vec<RowVerdict>,
    /// What is wrong with somebody who is in no row, because of them.
    pub problems: Vec<String>,
    /// The revision that they are since; absent where nothing was saved.
    pub revision: Option<u64>,
    /// What to enter in new phones: shown this once.
    pub credentials: Vec<Credentials>,
}

/// What one row comes to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RowVerdict {
    /// What becomes of it.
    pub becomes: RowBecomes,
    /// What is wrong, by column.
    pub errors: BTreeMap<String, String>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RowBecomes {
    /// Somebody new.
    New,
    /// Somebody who is here, and differs.
    Changed,
    /// Somebody who is here, and is so already.
    Same,
    /// Nothing, as it stands.
    Wrong,
}
