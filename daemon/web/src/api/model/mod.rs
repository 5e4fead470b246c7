//! What goes over the wire, as JSON. The page is built against these names: they change only with `webui/openapi.json`.

mod access;
mod accounts;
mod answering;
mod attempts;
mod authorizations;
mod backup;
mod caller_ids;
mod codes;
mod console;
mod contacts_file;
mod departments;
mod directory;
mod extensions;
mod groups;
mod ladder;
mod live;
mod night_modes;
mod office;
mod own;
mod people_file;
mod phones;
mod place;
mod signing;
mod sites;
mod system;
mod time_rows;
mod toll;
mod trunks;
mod wishes;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use access::*;
pub(crate) use accounts::*;
pub(crate) use answering::*;
pub(crate) use attempts::*;
pub(crate) use authorizations::*;
pub(crate) use backup::*;
pub(crate) use caller_ids::*;
pub(crate) use codes::*;
pub(crate) use console::*;
pub(crate) use contacts_file::*;
pub(crate) use departments::*;
pub(crate) use directory::*;
pub(crate) use extensions::*;
pub(crate) use groups::*;
pub(crate) use ladder::*;
pub(crate) use live::*;
pub(crate) use night_modes::*;
pub(crate) use office::*;
pub(crate) use own::*;
pub(crate) use people_file::*;
pub(crate) use phones::*;
pub(crate) use place::*;
pub(crate) use signing::*;
pub(crate) use sites::*;
pub(crate) use system::*;
pub(crate) use time_rows::*;
pub(crate) use toll::*;
pub(crate) use trunks::*;
pub(crate) use wishes::*;

/// Where a message lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FolderName {
    /// Not heard yet.
    New,
    /// Heard and kept.
    Saved,
    /// Deleted; can be taken back for a while.
    Trash,
}

/// An answer that says only that it is done.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Done {
    /// Always true: what was not done is answered by a problem.
    pub is_done: bool,
}

impl Done {
    pub(crate) const DONE: Done = Done { is_done: true };
}
