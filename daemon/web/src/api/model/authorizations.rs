//! Authorization codes.

use config::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PermissionName;

/// The authorization codes of the office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Authorizations {
    /// In the order in which they were added.
    pub authorizations: Vec<AuthorizationRow>,
    /// For `If-Match`; also in the header `ETag`.
    pub etag: String,
}

/// A code that lets calls out; its digits are shown to nobody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AuthorizationRow {
    /// What stories and records call it.
    pub name: String,
    /// How far its calls go.
    pub permission: PermissionName,
    /// The extensions that may use it; absent: all.
    pub extensions: Option<Vec<String>>,
    /// Whether it lets anything out.
    pub enabled: bool,
}

/// A code as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthorizationWrite {
    /// The name, at most 40 characters.
    pub name: String,
    /// 4 to 10 digits that nobody guesses; absent or empty: those that it has.
    #[schema(value_type = Option<String>)]
    pub pin: Option<Secret>,
    /// How far its calls go.
    pub permission: PermissionName,
    /// The extensions that may use it; absent: all.
    pub extensions: Option<Vec<String>>,
    /// Whether it lets anything out; absent: it does.
    pub enabled: Option<bool>,
}
