//! Who waits to be called back.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Whom somebody waits for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Wishes {
    /// In the order in which they were called, at most five.
    pub wishes: Vec<Wish>,
}

/// One who is waited for: as soon as they are free, the phones of whoever waits ring.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Wish {
    /// Their extension.
    pub target: String,
    /// Their name.
    pub name: String,
    /// When it ends by itself.
    pub until: Timestamp,
}
