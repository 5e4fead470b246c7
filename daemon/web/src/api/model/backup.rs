//! Backups.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An office that can take this one's place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CheckedBackup {
    /// Names it in a restore.
    pub id: String,
    /// The office's name.
    pub office: String,
    /// When the backup was made; of the office before, when it was replaced.
    pub made: Timestamp,
    /// The version of the software that made it.
    pub program: String,
    /// How many people it has.
    pub people: u32,
    /// How many phones.
    pub phones: u32,
    /// How many messages, without those in the trash.
    pub messages: u32,
    /// How long those are together, in milliseconds.
    pub audio_ms: u64,
    /// What its files take, in bytes; 0 where that was not counted.
    pub bytes: u64,
    /// Whether somebody can sign in as an administrator; else the box is to be set up by its console.
    pub has_admin: bool,
    /// What had to be mended in it, one sentence each.
    pub notes: Vec<String>,
}

/// What can be restored here, and what that would end.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BackupState {
    /// How large an upload may be, in bytes.
    pub room_bytes: u64,
    /// Calls that a restore would end.
    pub calls_up: u32,
    /// The upload that was found good last.
    pub received: Option<CheckedBackup>,
    /// The office that was replaced last.
    pub before: Option<CheckedBackup>,
}

/// A restore.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestoreBackup {
    /// The id of the upload, as its check said it.
    pub id: String,
}
