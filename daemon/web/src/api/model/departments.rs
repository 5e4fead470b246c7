//! Departments.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The departments of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Departments {
    /// In order of their names.
    pub departments: Vec<DepartmentRow>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// A department.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentRow {
    /// Its name.
    pub name: String,
    /// How many people are in it.
    pub people: u32,
}

/// A department as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DepartmentWrite {
    /// The name, at most 40 characters.
    pub name: String,
}

/// What becomes of the people of a department that is removed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemovedDepartment {
    /// The department that they are in from now on. Without it, and without `none`, one with people in it is not removed.
    pub to: Option<String>,
    /// Whether they are in none from now on; false unless given.
    pub none: Option<bool>,
}
