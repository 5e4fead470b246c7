//! What can go wrong with the disk, the database and an office file.

use std::io;
use std::path::PathBuf;

use config::{Problem, WeakPin, WeakSecret};
use rusqlite::ErrorCode;

/// Why something could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing was written; it works again when there is space.
    #[error("the disk is full: free some space, nothing needs a restart")]
    Full,
    /// The disk failed; nothing was written.
    #[error("the disk cannot be read or written")]
    Disk(#[source] rusqlite::Error),
    /// A file beside the database failed.
    #[error("a file beside the database cannot be read or written")]
    File(#[from] io::Error),
    /// The database is damaged; the next start falls back to a copy.
    #[error("the database is damaged: restart bellboxd, it falls back to the newest good copy")]
    Damaged,
    /// The writer has stopped.
    #[error("the store is closed")]
    Closed,
    /// Too much waits to be written already.
    #[error("the disk is too slow: too much waits to be written")]
    Overloaded,
    /// It was not done, for a reason that stands in the log.
    #[error("the box could not keep it: see whether the disk is full")]
    Undone,
    /// Anything else SQLite says.
    #[error("the database refused")]
    Refused(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly) => StoreError::Disk(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged,
            Some(_) | None => StoreError::Refused(error),
        }
    }
}

/// Why the store could not be opened. A damaged database is no reason: it is replaced.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory or a file in it.
    #[error("{path} cannot be used: give it to the user of bellboxd and see that the disk can be written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Two daemons on one store would ruin each other's calls.
    #[error("{path} is in use by another bellboxd: stop it first")]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// The database was written by a newer Bellbox.
    #[error(
        "the database is of version {found} and this bellboxd knows versions up to {known}: install the newer bellboxd again, or put back a copy from backup/"
    )]
    Newer {
        /// Its version.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// There is no randomness for the realm.
    #[error("the system gives no random numbers")]
    Random,
    /// SQLite could not create or migrate the database.
    #[error("the database cannot be opened")]
    Store(#[from] StoreError),
}

/// Why an office file was not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Larger than any office.
    #[error("the office file has {size} bytes, more than {most}: it cannot be an office")]
    TooLarge {
        /// Its size.
        size: usize,
        /// The limit.
        most: usize,
    },
    /// Not TOML.
    #[error("line {line} of the office file is not TOML: {message}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// What TOML expects; never a part of the file, which may be a secret.
        message: String,
    },
    /// Something in it is unsafe: all of it, so that it can be mended at once.
    #[error("the office file is refused: {}", refusals.iter().map(Refusal::to_string).collect::<Vec<_>>().join("; "))]
    Refused {
        /// Each with its row.
        refusals: Vec<Refusal>,
    },
    /// There is no randomness for secrets and salts.
    #[error("the system gives no random numbers")]
    Random,
    /// It could not be written.
    #[error("the office could not be saved: {0}")]
    Store(#[from] StoreError),
}

/// Why a change of the office was not made. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Rows or fields would be out of use that are not now.
    #[error("the change is refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Problems(Vec<Problem>),
    /// The same reasons as for an office file.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl From<StoreError> for EditError {
    fn from(error: StoreError) -> EditError {
        EditError::Import(ImportError::Store(error))
    }
}

/// Why an extension did not get another PIN. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// It is too easy to guess.
    #[error(transparent)]
    Weak(#[from] WeakPin),
    /// No extension in force has this number.
    #[error("there is no extension {extension}")]
    Unknown {
        /// The number, cut to a bounded length.
        extension: String,
    },
    /// There is no randomness for a salt.
    #[error("the system gives no random numbers")]
    Random,
    /// It could not be written.
    #[error("the PIN could not be saved: {0}")]
    Store(#[from] StoreError),
}

/// One thing for which an import is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{row}, {field}: {reason}")]
pub struct Refusal {
    /// The row: `person 2 (Workshop)`, `phone 1002a of Workshop`.
    pub row: String,
    /// The field.
    pub field: &'static str,
    /// Why.
    pub reason: Reason,
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The SIP secret is weak.
    #[error(transparent)]
    Secret(#[from] WeakSecret),
    /// The PIN is weak.
    #[error(transparent)]
    Pin(#[from] WeakPin),
    /// The PIN hash is none, or one that would take a minute and all memory to verify.
    #[error("this is no Argon2id hash of usual cost: write a pin instead")]
    PinHash,
    /// Nobody could tell the two apart.
    #[error("that code is another's already: write another")]
    CodeTaken,
    /// A code that is too easily guessed.
    #[error("a code is {least} to 10 digits, for what is keyed is compared with all of them: write a longer one")]
    CodeShort {
        /// How many digits it has at least.
        least: usize,
    },
    /// The same for the hash of a password.
    #[error("this is no Argon2id hash of usual cost: remove it and set the password on the page")]
    PasswordHash,
    /// The HA1s were made on another box.
    #[error("the HA1s are of realm {theirs}, this box is {ours}: remove them to get new secrets")]
    OtherRealm {
        /// The file's.
        theirs: String,
        /// This box's.
        ours: String,
    },
    /// It cannot be what a carrier gave.
    #[error(
        "a trunk's secret is at most 128 characters, none of them a control character: write what the carrier gave you"
    )]
    TrunkSecret,
    /// A realm that cannot stand in a header.
    #[error("a realm is 1 to 64 letters, digits and . _ -: remove this line")]
    BadRealm,
    /// More rows than an office may have.
    #[error("there are {count}, more than {most}: remove some")]
    TooMany {
        /// So many.
        count: usize,
        /// The limit.
        most: usize,
    },
}
