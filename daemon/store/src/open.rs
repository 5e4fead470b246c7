//! The start: directory, lock, check, fall back, migrate.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pbx::alarm::{Alarm, Mended};
use pbx::ids::RecordingId;
use rusqlite::Connection;

use crate::connection::{as_damage, connect, quick_check};
use crate::copies::{self, BACKUP, with_suffix};
use crate::error::{OpenError, StoreError};
use crate::late::Late;
use crate::mailbox::Mailboxes;
use crate::office::{current, digest, parse, put_back};
use crate::recordings::Recordings;
use crate::records::{self, meta, set_meta, text};
use crate::recover;
use crate::rows;
use crate::secrets::new_realm;
use crate::store::{DATABASE, Store};
use crate::switch;

/// One file per version; never changed once released.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrate/0001_office_calls_bindings.sql"),
    include_str!("../migrate/0002_recordings.sql"),
    include_str!("../migrate/0003_call_kinds.sql"),
    include_str!("../migrate/0004_talk_time.sql"),
];

/// The version of the database that this Bellbox writes.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Calls after a fall-back are numbered so far above the copy's last one: the lost ones had numbers too, and a number
/// is never given twice.
const CALL_GAP: u64 = 10_000;

/// The same for recordings: a page or a phone may still ask for the lost ones by their numbers.
const RECORDING_GAP: u64 = 10_000;

/// The name under which `meta` keeps version and digest of the schema.
const SCHEMA: &str = "schema";

/// An open store and what had to be mended for it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// For a human; also kept as alerts.
    pub alarms: Vec<Alarm>,
}

impl Store {
    /// Opens the store in this directory, or creates it (mode 0700, files 0600). Checks the database, falls back to the
    /// newest good copy where it is damaged, migrates it, ends the calls that a power cut left open, and keeps the
    /// messages that were being left.
    pub fn open(dir: &Path) -> Result<Opened, OpenError> {
        let in_file = |path: &Path| {
            let path = path.to_owned();
            move |source| OpenError::File { path, source }
        };
        private_dir(dir).map_err(in_file(dir))?;
        let lock = lock(dir)?;
        if switch::finish(dir, &mut || Ok(())).map_err(in_file(dir))? {
            log::warn!("another office was put in place, the one before is kept in {}", dir.display());
        }
        private_dir(&dir.join(BACKUP)).map_err(in_file(dir))?;
        let recordings = Recordings::below(dir);
        recordings.create().map_err(in_file(recordings.dir()))?;
        let path = dir.join(DATABASE);
        let mut alarms = Vec::new();
        let mut connection = match open_database(dir, &path) {
            Ok(connection) => connection,
            Err(OpenError::Store(StoreError::Damaged)) => fall_back(dir, &path, &mut alarms)?,
            Err(error) => return Err(error),
        };
        recover_office(dir, &mut connection, &mut alarms)?;
        let realm = match meta(&connection, "realm")? {
            Some(realm) => realm,
            None => {
                let realm = new_realm().map_err(|_| OpenError::Random)?;
                set_meta(&connection, "realm", &realm)?;
                realm
            }
        };
        let mailboxes = recover_mailboxes(&mut connection, recordings, &mut alarms);
        tidy_records(&mut connection, &mut alarms);
        records::write_alarms(&mut connection, &alarms);
        let store = Store::start(dir, connection, lock, realm, mailboxes).map_err(in_file(dir))?;
        Ok(Opened { store, alarms })
    }
}

/// A full disk must not keep the box from starting: calls go on without what could not be looked through, and that is
/// made up for when something can be written again.
fn recover_mailboxes(connection: &mut Connection, recordings: Recordings, alarms: &mut Vec<Alarm>) -> Mailboxes {
    let floor = recover::above_all(connection, &recordings);
    let mut late = None;
    match recover::recover(connection, &recordings, RecordingId(u64::MAX)) {
        Ok(said) => alarms.extend(said),
        Err(error) => {
            let first = rows::next(connection).unwrap_or_default().max(floor);
            late = Some(Late::before(RecordingId(first)));
            log::error!("the mailboxes could not be looked through: {error}");
            alarms.push(Alarm::Mended(Mended::MailboxesUnread));
        }
    }
    Mailboxes::new(recordings, floor, late)
}

/// For the same reason this may fail: the next start does it.
fn tidy_records(connection: &mut Connection, alarms: &mut Vec<Alarm>) {
    match records::close_open_calls(connection) {
        Ok(0) => {}
        Ok(ended) => log::warn!("{ended} calls were up when the box stopped, they are recorded as ended"),
        Err(error) => {
            log::error!("calls that were up when the box stopped could not be ended: {error}");
            alarms.push(Alarm::Mended(Mended::CallsShownUp));
        }
    }
    if let Err(error) = records::prune(connection) {
        log::warn!("old records were not dropped: {error}");
    }
}

fn private_dir(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    fs::set_permissions(dir, Permissions::from_mode(0o700))
}

fn lock(dir: &Path) -> Result<File, OpenError> {
    let path = dir.join("lock");
    let opened = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = opened.map_err(|source| OpenError::File { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: dir.to_owned() }),
        Err(TryLockError::Error(source)) => Err(OpenError::File { path, source }),
    }
}

pub(crate) fn open_database(dir: &Path, path: &Path) -> Result<Connection, OpenError> {
    let is_empty = fs::metadata(path).map_or(true, |metadata| metadata.len() == 0);
    let is_lost = is_empty && (copies::kept_office(dir).is_some() || !copies::copies(dir).is_empty());
    if is_lost {
        // An empty file is a valid database to SQLite; here it is what is left of one.
        return Err(StoreError::Damaged.into());
    }
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    file.and_then(|file| file.set_permissions(Permissions::from_mode(0o600)))
        .map_err(|source| OpenError::File { path: path.to_owned(), source })?;
    let mut connection = connect(path).map_err(as_damage)?;
    let version = version(&connection).map_err(as_damage)?;
    if connection.is_readonly("main").map_err(StoreError::from)? {
        // It has just been opened for writing: its header calls for a future format, which is a flipped bit.
        return Err(StoreError::Damaged.into());
    }
    if version > SCHEMA_VERSION {
        return Err(OpenError::Newer { found: version, known: SCHEMA_VERSION });
    }
    if version > 0 {
        quick_check(&connection).map_err(as_damage)?;
    }
    migrate(dir, &mut connection, version)?;
    Ok(connection)
}

/// The database's version. It stands in two places, because a flipped bit in one would look like a newer Bellbox; and
/// the schema's text has a digest, because SQLite believes a flipped letter in a column's name.
fn version(connection: &Connection) -> Result<u32, StoreError> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 && version == 0 {
        return Ok(0);
    }
    let said = match meta(connection, SCHEMA) {
        Ok(said) => said.unwrap_or_default(),
        Err(StoreError::Refused(_)) => return Err(StoreError::Damaged),
        Err(error) => return Err(error),
    };
    let is_newer = version > SCHEMA_VERSION && said.starts_with(&format!("{version} "));
    if is_newer || said == schema(connection, version)? { Ok(version) } else { Err(StoreError::Damaged) }
}

/// What `meta` says of the schema: its version and the digest of its text.
fn schema(connection: &Connection, version: u32) -> Result<String, StoreError> {
    let mut select = connection.prepare("SELECT coalesce(name || sql, name) FROM sqlite_schema ORDER BY name")?;
    let texts: Vec<String> = select.query_map([], |row| text(row, 0))?.collect::<Result<_, _>>()?;
    Ok(format!("{version} {}", digest(&texts.concat())))
}

fn migrate(dir: &Path, connection: &mut Connection, version: u32) -> Result<(), StoreError> {
    if version > 0 && version < SCHEMA_VERSION {
        let copy = copies::copy_into(connection, dir)?;
        log::info!("the database of version {version} was copied to {} before it is migrated", copy.display());
    }
    for (migration, to) in MIGRATIONS.iter().zip(1_u32..).filter(|(_, to)| *to > version) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", to)?;
        let schema = schema(&transaction, to)?;
        set_meta(&transaction, SCHEMA, &schema)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Puts the newest good copy in place of a damaged database, or a new one where there is none.
fn fall_back(dir: &Path, path: &Path, alarms: &mut Vec<Alarm>) -> Result<Connection, OpenError> {
    let in_file = |source| OpenError::File { path: path.to_owned(), source };
    move_aside(path).map_err(in_file)?;
    for (number, copy) in copies::copies(dir).into_iter().rev() {
        if !copies::is_good(&copy)? {
            alarms.push(damaged(&copy));
            continue;
        }
        restore(&copy, path).map_err(in_file)?;
        let opened = open_database(dir, path);
        match opened {
            Ok(connection) => {
                let floor = records::next_call(&connection)?.saturating_add(CALL_GAP);
                set_meta(&connection, "call_floor", &floor.to_string())?;
                rows::raise_next(&connection, rows::next(&connection)?.saturating_add(RECORDING_GAP))?;
                alarms.push(Alarm::Mended(Mended::FellBack { copy: number, kept: torn(path).display().to_string() }));
                return Ok(connection);
            }
            Err(OpenError::Store(StoreError::Damaged)) => {
                alarms.push(damaged(&copy));
                remove(path).map_err(in_file)?;
            }
            Err(error) => return Err(error),
        }
    }
    alarms.push(Alarm::Mended(Mended::BegunAnew { kept: torn(path).display().to_string() }));
    let mut connection = connect(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(in_file)?;
    migrate(dir, &mut connection, 0)?;
    Ok(connection)
}

fn damaged(copy: &Path) -> Alarm {
    Alarm::Mended(Mended::CopyDamaged { copy: copy.display().to_string() })
}

fn torn(path: &Path) -> PathBuf {
    with_suffix(path, ".torn")
}

/// Keeps the damaged file for whoever can read more of it; one of them, so that the disk does not fill.
fn move_aside(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal"] {
        let from = with_suffix(path, suffix);
        if from.exists() {
            fs::rename(&from, with_suffix(&torn(path), suffix))?;
        }
    }
    remove(path)
}

fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        match fs::remove_file(with_suffix(path, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn restore(copy: &Path, path: &Path) -> io::Result<()> {
    let part = with_suffix(path, ".part");
    fs::copy(copy, &part)?;
    fs::set_permissions(&part, Permissions::from_mode(0o600))?;
    File::open(&part)?.sync_all()?;
    fs::rename(&part, path)
}

/// Where the database has lost the newest office, the file beside the copies still has it.
fn recover_office(dir: &Path, connection: &mut Connection, alarms: &mut Vec<Alarm>) -> Result<(), OpenError> {
    let in_force = current(connection)?;
    alarms.extend(in_force.alarms);
    let Some((revision, text)) = copies::kept_office(dir) else { return Ok(()) };
    recover_realm(connection, &text, alarms)?;
    let last: i64 = connection
        .query_row("SELECT coalesce(max(id), 0) FROM revision", [], |row| row.get(0))
        .map_err(StoreError::from)?;
    if revision <= in_force.revision {
        return Ok(());
    }
    // A damaged revision of the same number stays as it is; what is put back gets the next one.
    let put = revision.max(last.unsigned_abs() + 1);
    match put_back(connection, put, &text, Timestamp::now()) {
        Ok(()) => alarms.push(Alarm::Mended(Mended::OfficePutBack { revision })),
        Err(error) => {
            log::error!("the office could not be put back from {BACKUP}/office.toml: {error}");
            alarms.push(Alarm::Mended(Mended::OfficeNotPutBack));
        }
    }
    Ok(())
}

/// The file beside the copies has a digest, the database's realm has none: where they differ, the file is right.
fn recover_realm(connection: &Connection, office: &str, alarms: &mut Vec<Alarm>) -> Result<(), OpenError> {
    let Some(realm) = parse(office).ok().and_then(|raw| raw.office.realm) else { return Ok(()) };
    let known = meta(connection, "realm")?;
    if known.as_deref() == Some(realm.as_str()) {
        return Ok(());
    }
    set_meta(connection, "realm", &realm)?;
    // A new database has none to lose, and has its own alarm.
    if known.is_some() {
        alarms.push(Alarm::Mended(Mended::RealmPutBack { realm }));
    }
    Ok(())
}
