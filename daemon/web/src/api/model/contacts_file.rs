//! Contacts as a file that is taken along or brought in.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::RowVerdict;

/// What a file is to be.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ContactsAs {
    /// `csv` unless given.
    #[serde(rename = "as")]
    #[param(inline)]
    pub form: Option<ContactsForm>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ContactsForm {
    /// A table.
    Csv,
    /// Cards.
    Vcard,
}

/// What a file says, to be looked at and mended before anything is changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ContactTable {
    /// Its rows.
    pub rows: Vec<ContactRow>,
    /// Columns that mean nothing here, and numbers that have no place.
    pub ignored: Vec<String>,
}

/// One row: what is absent is not in the file and stays as it is, what is empty is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactRow {
    /// Its line in the file.
    pub line: u32,
    /// The name, by which somebody is known again.
    pub name: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The number at work.
    pub work: Option<String>,
    /// The number of a mobile phone.
    pub mobile: Option<String>,
    /// The number at home.
    pub home: Option<String>,
    /// Tags, with commas between them.
    pub tags: Option<String>,
}

/// Rows that are to become contacts.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactsImport {
    /// All rows, as they are to be.
    pub rows: Vec<ContactRow>,
    /// Whether nothing is to be changed, whatever the rows are.
    pub is_trial: bool,
}

/// What rows come to. Nothing was changed unless there is a revision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ContactsImported {
    /// Each row, in the order in which it was sent.
    pub rows: Vec<RowVerdict>,
    /// What is wrong with the book as a whole.
    pub problems: Vec<String>,
    /// The revision that they are since; absent where nothing was saved.
    pub revision: Option<u64>,
}
