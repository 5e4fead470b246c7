//! What a human must know, as data.

use serde::{Deserialize, Serialize};

use crate::ids::CallId;
use crate::toll::Barred;

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
    /// Too many wrong authorization codes in a row.
    CodesLocked {
        /// The extension that keyed them.
        extension: String,
        /// For how long it may key none, in minutes.
        minutes: u64,
        /// After how many wrong ones.
        misses: u8,
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
    /// An extension calls outside where it may not, or more often than it may.
    OutsideRefused {
        /// Which.
        extension: String,
        /// The number of its last call.
        number: String,
        /// Why that was refused.
        why: Barred,
        /// How many were refused without an hour of quiet between them.
        refused: u32,
    },
    /// The machine has no address in any network.
    OffNetwork,
    /// The machine has another address than the one that phones are registered at.
    NewAddress {
        /// The one that is gone.
        was: String,
        /// The one that it has instead.
        is: String,
    },
    /// What a start found to be mended.
    Mended(Mended),
    /// A sentence of a version that wrote them down in English.
    #[serde(untagged)]
    Told(String),
}

/// What was wrong with the data of the office when the store opened it, and what became of that. Why it was so stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mended {
    /// A copy of the database cannot be used either.
    CopyDamaged {
        /// Its file.
        copy: String,
    },
    /// A copy of the database took its place.
    FellBack {
        /// The copy's number.
        copy: u64,
        /// Where the damaged file is kept.
        kept: String,
    },
    /// No copy could take its place.
    BegunAnew {
        /// Where the damaged file is kept.
        kept: String,
    },
    /// An older office is in force.
    RevisionDamaged {
        /// The revision that cannot be read.
        revision: u64,
    },
    /// The office came back from the file beside the copies.
    OfficePutBack {
        /// The revision that the database had lost.
        revision: u64,
    },
    /// It did not.
    OfficeNotPutBack,
    /// The name that all passwords of phones are made with came back from there.
    RealmPutBack {
        /// That name.
        realm: String,
    },
    /// The trunks have no secrets.
    TrunkSecretsLost,
    /// Messages of the last run are not looked for yet.
    MailboxesUnread,
    /// Calls of the last run have no end yet.
    CallsShownUp,
    /// Rows of messages came back from the notes beside their audio.
    RowsMended {
        /// How many.
        count: usize,
    },
    /// Recordings came back that the database had lost.
    RecordingsPutBack {
        /// How many.
        count: usize,
    },
    /// Recordings without audio are in no mailbox any more.
    AudioMissing {
        /// How many.
        count: usize,
        /// Where it was.
        folder: String,
    },
    /// Recordings that are in no mailbox were put aside.
    PutAside {
        /// How many.
        count: usize,
        /// Below which folder.
        folder: String,
    },
    /// Recordings that the disk does not give.
    Unreadable {
        /// How many.
        count: usize,
        /// Where they are.
        folder: String,
    },
}
