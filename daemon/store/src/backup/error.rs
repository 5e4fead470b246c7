//! Why a backup was not made, not taken, or not put in place. The office is as it was then.

use std::io;

use crate::error::{OpenError, StoreError};

/// One sentence each, for whoever sits before the page.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something else.
    #[error("this file is no backup of Bellbox: choose one named bellbox-….tar that a box gave you")]
    NotABackup,
    /// Written by a version that may have put in it what is not known here.
    #[error("the backup was made by the newer Bellbox {program}: install that version here first")]
    Newer {
        /// Which.
        program: String,
    },
    /// Its end is missing.
    #[error("the backup ends too early: it was not downloaded or copied to its end; take another one")]
    Truncated,
    /// What is in it is not what was put in.
    #[error("the backup is damaged: {file} is not as it was written; take another one")]
    Damaged {
        /// The first such file.
        file: String,
    },
    /// Something in it that no backup has: a path that leads elsewhere, a link, a file twice.
    #[error("the backup holds {name}, which no backup of Bellbox does: it was changed by somebody; take another one")]
    Strange {
        /// Its name, cut to a bounded length.
        name: String,
    },
    /// The disk is too small for it.
    #[error("the backup does not fit: it needs more than the {} MB that the disk has to give; make room first", room / 1_000_000)]
    NoRoom {
        /// Bytes that it may have.
        room: u64,
    },
    /// The files are whole, and the office in them is not.
    #[error("the office in the backup cannot be used: {0}")]
    Unusable(#[from] UnusableOffice),
    /// Another backup is being made or read.
    #[error("another backup is at work on this box at this moment: try again when it is done")]
    Busy,
    /// What was to be put in place is not the one that was checked last, or there is none.
    #[error("this backup is here no longer: choose the file again")]
    Gone,
    /// The disk.
    #[error("the disk cannot be read or written: {0}")]
    Disk(#[from] io::Error),
    /// The database of this box.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with the office in a backup.
#[derive(Debug, thiserror::Error)]
pub enum UnusableOffice {
    /// It is not there.
    #[error("it has no database")]
    NoDatabase,
    /// SQLite finds it damaged.
    #[error("its database is damaged")]
    DamagedDatabase,
    /// A daemon could not serve with them.
    #[error("its certificates are damaged")]
    Certificates,
    /// It does not open.
    #[error("{0}")]
    Closed(OpenError),
}

impl BackupError {
    /// Of a write to the disk, which may be full.
    pub(super) fn of_write(error: io::Error) -> BackupError {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => BackupError::NoRoom { room: 0 },
            _ => BackupError::Disk(error),
        }
    }

    /// Of the office in a backup, which was opened to see whether it can be.
    pub(super) fn of_open(error: OpenError, program: &str) -> BackupError {
        match error {
            OpenError::Newer { .. } => BackupError::Newer { program: program.to_owned() },
            OpenError::Store(StoreError::Damaged) => UnusableOffice::DamagedDatabase.into(),
            other => UnusableOffice::Closed(other).into(),
        }
    }
}
