//! Copies beside the database: whole ones for the calls, and the office file for what must never be lost.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::connection::{as_damage, quick_check};
use crate::error::StoreError;
use crate::office::digest;

/// How many copies are kept in `backup/`: one may be torn as well, and each is as large as the database.
pub const KEEP_COPIES: usize = 3;

/// The directory of copies.
pub(crate) const BACKUP: &str = "backup";

/// The office as it was imported last, beside the copies.
const OFFICE: &str = "office.toml";

/// A whole copy of the database at this path, complete and synced when it appears there.
pub(crate) fn copy_to(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    let part = with_suffix(to, ".part");
    // SQLite writes into an empty file; made here, it is nobody else's to read from the beginning.
    File::options().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    let name = part.to_str().ok_or_else(|| io::Error::other("the path of a copy must be UTF-8"))?;
    let copied = connection.execute("VACUUM INTO ?1", [name]).map_err(StoreError::from);
    let finished = copied.and_then(|_| {
        File::open(&part)?.sync_all()?;
        is_good(&part)?.then_some(()).ok_or(StoreError::Damaged)?;
        fs::rename(&part, to)?;
        Ok(sync_dir(to)?)
    });
    if finished.is_err() {
        // What is left of a failed copy only takes space, of which there may be too little.
        let removed = fs::remove_file(&part);
        log::debug!("the unfinished copy was removed: {removed:?}");
    }
    finished
}

/// The next numbered copy in `dir/backup`; the oldest beyond [`KEEP_COPIES`] go.
pub(crate) fn copy_into(connection: &Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    let known = copies(dir);
    // Numbered, not dated: after a reset of the clock the newest must still be the newest.
    let number = known.last().map_or(1, |last| last.0.saturating_add(1));
    let path = dir.join(BACKUP).join(format!("bellbox-{number:06}.db"));
    copy_to(connection, &path)?;
    let keep = KEEP_COPIES.saturating_sub(1);
    for (_, old) in known.iter().take(known.len().saturating_sub(keep)) {
        fs::remove_file(old)?;
    }
    Ok(path)
}

/// All copies, oldest first.
pub(crate) fn copies(dir: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(dir.join(BACKUP)) else { return Vec::new() };
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let number = path.file_name()?.to_str()?.strip_prefix("bellbox-")?.strip_suffix(".db")?;
            Some((number.parse().ok()?, path))
        })
        .collect();
    found.sort();
    found
}

/// When the newest one was made.
pub(crate) fn newest_at(dir: &Path) -> Option<Timestamp> {
    let (_, newest) = copies(dir).pop()?;
    let written = fs::metadata(newest).ok()?.modified().ok()?;
    Timestamp::try_from(written).ok()
}

/// Whether this file is a database that SQLite finds whole.
pub(crate) fn is_good(path: &Path) -> Result<bool, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let checked = Connection::open_with_flags(path, flags).map_err(StoreError::from);
    match checked.and_then(|connection| quick_check(&connection)).map_err(as_damage) {
        Ok(()) => Ok(true),
        Err(StoreError::Damaged) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps the office file beside the copies, so that a torn database costs no configuration.
pub(crate) fn keep_office(dir: &Path, revision: u64, text: &str) -> Result<(), StoreError> {
    let to = dir.join(BACKUP).join(OFFICE);
    let part = with_suffix(&to, ".part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    writeln!(file, "# Bellbox office, revision {revision}, sha256 {}", digest(text))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, &to)?;
    Ok(sync_dir(&to)?)
}

/// The office file beside the copies with its revision, if it is there and whole.
pub(crate) fn kept_office(dir: &Path) -> Option<(u64, String)> {
    let file = fs::read_to_string(dir.join(BACKUP).join(OFFICE)).ok()?;
    let (head, text) = file.split_once('\n')?;
    let (revision, sha256) = head.strip_prefix("# Bellbox office, revision ")?.split_once(", sha256 ")?;
    (digest(text) == sha256).then_some((revision.parse().ok()?, text.to_owned()))
}

fn sync_dir(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => File::open(dir)?.sync_all(),
        Some(_) | None => Ok(()),
    }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
