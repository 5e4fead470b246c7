//! Connections to the database, and what SQLite says of a file that is damaged.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::StoreError;

/// A connection that may write.
pub(crate) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // The log is cut back to this after a burst, in bytes.
    connection.pragma_update(None, "journal_size_limit", 4 * 1024 * 1024)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// A connection that only reads.
pub(crate) fn connect_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// Whether SQLite finds the file whole: every page, every row, every constraint.
pub(crate) fn quick_check(connection: &Connection) -> Result<(), StoreError> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        return Ok(());
    }
    log::error!("the database is damaged: {said}");
    Err(StoreError::Damaged)
}

/// What SQLite does not understand in a file that Bellbox wrote is damage: an unknown format, a text that is none. Full
/// disks, locks and want of memory are not.
pub(crate) fn as_damage(error: StoreError) -> StoreError {
    match error {
        StoreError::Refused(cause) if matches!(cause.sqlite_error_code(), None | Some(ErrorCode::Unknown)) => {
            log::error!("the database is damaged: {cause}");
            StoreError::Damaged
        }
        other => other,
    }
}
