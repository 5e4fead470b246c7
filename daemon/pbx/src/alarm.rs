//! What a human must know, as data.

use serde::{Deserialize, Serialize};

use crate::ids::CallId;

/// Something that a person must see to. [`crate::words::Words::alarm`] says it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// Somebody dialled an emergency number and was not connected.
    NoHelp {
        /// The caller's extension.
        from: String,
        /// The emergency number.
        number: String,
        /// Whether there is a trunk at all.
        #[serde(default)]
        has_trunk: bool,
    },
    /// The store takes no more records.
    NothingWritten,
    /// A message has no end, because it could not be written.
    MessageBroken {
        /// The extension whose mailbox it is for.
        mailbox: String,
        /// How long it is, in seconds.
        length_s: u32,
    },
    /// What a call recorded is not on the disk any more.
    RecordingGone {
        /// The call.
        call: CallId,
    },
    /// Messages are on the disk, but in no mailbox.
    MessagesNotKept,
    /// Too many wrong PINs in a row.
    MailboxLocked {
        /// The extension whose mailbox it is; `None` for those that do not exist.
        mailbox: Option<String>,
        /// For how long, in minutes.
        minutes: u64,
        /// After how many wrong PINs.
        misses: u8,
        /// The extensions on whose phones they were keyed.
        from: Vec<String>,
    },
    /// A mailbox will soon take no more messages.
    MailboxAlmostFull {
        /// The extension.
        mailbox: String,
        /// Whose it is.
        name: String,
        /// How full it is, in percent of its minutes.
        percent: u64,
    },
    /// Somebody tries wrong passwords of phones.
    Guessing {
        /// The address that it comes from.
        source: String,
        /// The SIP user that was tried last.
        user: String,
        /// The extension of its phone, where there is one.
        extension: Option<String>,
        /// How often so far.
        tries: u32,
    },
    /// What the store found when it opened, or a version that wrote its sentences down in English.
    #[serde(untagged)]
    Told(String),
}
