//! The handle that everyone uses: any thread, any number of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use config::{Config, RawConfig, Secret};
use jiff::Timestamp;
use pbx::alarm::{Alarm, Mended};
use pbx::ids::{CallId, RecordingId};
use pbx::input::Answer;
use pbx::mailbox::{Mailbox, Message, NewRecording};
use pbx::output::Record;
use pbx::status::Alert;
use rusqlite::Connection;

use crate::calls::{self, CallFilter, CallLog, CallRow, MAX_ROWS};
use crate::connection::connect_reader;
use crate::copies;
use crate::error::{EditError, ImportError, PinError, StoreError};
use crate::history::{self, Revision, RevisionFilter};
use crate::mailbox::{self, Answered, MailboxAsk, Mailboxes, MessageFilter};
use crate::office::{self, Imported, Loaded, Prepared};
use crate::own::{self, Own, OwnSound};
use crate::people;
use crate::records;
use crate::rows::{self, Kept};
use crate::trash::{self, Emptied};
use crate::trunk_secrets;
use crate::writer::{Done, Writer};

/// The database's file in the store's directory.
pub(crate) const DATABASE: &str = "bellbox.db";

/// How many reading connections are kept open: the page, the command line and one to spare; more are opened and closed.
const READERS: usize = 3;

/// The store. Share it by `Arc`; dropping the last one closes it.
pub struct Store {
    dir: PathBuf,
    path: PathBuf,
    realm: Mutex<Arc<str>>,
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
    mailboxes: Arc<Mailboxes>,
    /// One import at a time: each is judged against the office before it.
    importing: Mutex<()>,
    removed: Mutex<trunk_secrets::Removed>,
    /// One backup at a time is read, removed, or put in place.
    transferring: Mutex<()>,
    /// Held as long as the store is open.
    _lock: File,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.dir.display())
    }
}

impl Store {
    /// Of a database that was found whole, in a directory that is locked.
    pub(crate) fn start(
        dir: &Path,
        connection: Connection,
        lock: File,
        realm: String,
        mailboxes: Mailboxes,
    ) -> Result<Store, io::Error> {
        let mailboxes = Arc::new(mailboxes);
        Ok(Store {
            dir: dir.to_owned(),
            path: dir.join(DATABASE),
            realm: Mutex::new(realm.into()),
            readers: Mutex::new(Vec::new()),
            writer: Writer::start(connection, mailboxes.clone())?,
            mailboxes,
            importing: Mutex::new(()),
            removed: Mutex::default(),
            transferring: Mutex::new(()),
            _lock: lock,
        })
    }

    /// The digest realm, made at the first start and kept for ever, because every HA1 is of it. Only the first import
    /// into a new box may replace it, by that of the box whose export it is.
    pub fn realm(&self) -> Arc<str> {
        locked(&self.realm).clone()
    }

    /// What the engine starts with.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        self.read(|connection| {
            let (config, problems, mut alarms) = office::judged(connection)?;
            let secrets = trunk_secrets::read(&self.dir).unwrap_or_else(|error| {
                log::error!("the secrets of the trunks cannot be read: {error}");
                alarms.push(Alarm::Mended(Mended::TrunkSecretsLost));
                BTreeMap::new()
            });
            let config = config.with_trunk_secrets(&secrets);
            Ok(Loaded {
                config,
                problems,
                bindings: records::bindings(connection)?,
                misuse: records::misuse(connection)?,
                last_callers: calls::last_callers(connection)?,
                completions: records::completions(connection)?,
                help_calls: calls::help_calls(connection)?,
                next_call: records::next_call(connection)?,
                mailboxes: rows::all_figures(connection)?,
                next_recording: rows::next(connection)?.max(self.mailboxes.floor),
                alarms,
            })
        })
    }

    /// Replaces the office by this file. Refused as a whole where a secret or PIN is weak; a row that is merely wrong is
    /// off and named. Secrets become HA1, PINs Argon2id; what the file leaves out keeps its secret or gets a new one,
    /// shown once. Hashing takes some 10 ms a new PIN: not for the engine's thread.
    pub fn import(&self, text: &str, author: &str, now: Timestamp) -> Result<Imported, ImportError> {
        let _one = locked(&self.importing);
        let realm = self.realm();
        let prepared = self.reader().map_err(ImportError::from).and_then(|connection| {
            let prepared = office::prepare(&connection, &realm, text);
            self.give_back(connection);
            prepared
        })?;
        Ok(self.save(prepared, author, now)?)
    }

    /// Gives an extension another PIN: a new revision of the office, in force now, with its copy beside the database.
    /// The same PIN again is no new revision. Takes milliseconds of a core and waits for the disk: not for the
    /// engine's thread.
    pub fn set_pin(&self, extension: &str, pin: &Secret, author: &str, now: Timestamp) -> Result<Config, PinError> {
        let _one = locked(&self.importing);
        let realm = self.realm();
        let connection = self.reader()?;
        let prepared = office::prepare_pin(&connection, &realm, extension, pin);
        self.give_back(connection);
        Ok(self.save(prepared?, author, now)?.config)
    }

    /// Changes the office in force: `edit` gets it, and what it leaves is judged and saved as an imported file would be.
    /// Refused as a whole where a row is worse than before, or `edit` refuses. Waits for the disk: not for the engine's
    /// thread.
    pub fn edit<T, E: From<EditError>>(
        &self,
        author: &str,
        now: Timestamp,
        edit: impl FnOnce(&mut RawConfig) -> Result<T, E>,
    ) -> Result<(Imported, T), E> {
        let _one = locked(&self.importing);
        let realm = self.realm();
        let connection = self.reader().map_err(EditError::from)?;
        let prepared = people::prepare_edit(&connection, &realm, edit);
        self.give_back(connection);
        let (prepared, told) = prepared?;
        let imported = self.save(prepared, author, now).map_err(EditError::from)?;
        Ok((imported, told))
    }

    fn save(&self, mut prepared: Prepared, author: &str, now: Timestamp) -> Result<Imported, StoreError> {
        let author = author.to_owned();
        // Before the office: one that is in force must not lack its secrets, and one too many does no harm.
        let mut given = std::mem::take(&mut prepared.trunk_secrets);
        let mut removed = locked(&self.removed);
        removed.give_back(&prepared.raw.trunks, &mut given);
        let before = std::mem::take(&mut prepared.trunks_before);
        removed.note(before, trunk_secrets::read(&self.dir).unwrap_or_default(), &prepared.raw.trunks);
        drop(removed);
        let names = prepared.raw.trunks.iter().filter_map(|trunk| trunk.name.as_deref());
        let secrets = trunk_secrets::update(&self.dir, given, names)?;
        let copy = office::office_file(&mut prepared.raw, &prepared.realm);
        let mut imported = self.writer.call(move |connection| office::save(connection, prepared, &author, now))?;
        imported.config = imported.config.with_trunk_secrets(&secrets);
        *locked(&self.realm) = imported.realm.clone();
        let kept = copy.and_then(|text| copies::keep_office(&self.dir, imported.revision, &text));
        if let Err(error) = kept {
            log::error!("the office is saved, but not its copy beside the database: {error}");
        }
        Ok(imported)
    }

    pub(crate) fn keep_office(&self) -> Result<(), StoreError> {
        let realm = self.realm();
        let (revision, text) = self.read(|connection| office::export(connection, &realm))?;
        copies::keep_office(&self.dir, revision, &text)
    }

    /// The office in force as an office file, with HA1s and hashes: importing it again changes nothing.
    pub fn export(&self) -> Result<String, StoreError> {
        let realm = self.realm();
        self.read(|connection| Ok(office::export(connection, &realm)?.1))
    }

    /// The office file of what was in force at a moment, as [`Store::export`] writes it; `None` where the history does not
    /// go back so far. A revision whose text is damaged is passed over, as a start passes it over.
    pub fn export_as_of(&self, at: Timestamp) -> Result<Option<String>, StoreError> {
        let realm = self.realm();
        self.read(|connection| office::export_as_of(connection, &realm, at))
    }

    /// The revisions that are wanted, newest first, at most [`MAX_ROWS`].
    pub fn revisions(&self, filter: RevisionFilter) -> Result<Vec<Revision>, StoreError> {
        let filter = RevisionFilter { limit: filter.limit.min(MAX_ROWS), ..filter };
        self.read(|connection| history::revisions(connection, filter))
    }

    /// One revision, if it is still kept.
    pub fn revision(&self, id: u64) -> Result<Option<Revision>, StoreError> {
        self.read(|connection| history::revision(connection, id))
    }

    /// Writes all of these or nothing, in this order; never waits. `done` hears from the writer's thread when they are
    /// on disk, or that they could not be written; where too much waits already, it hears it at once from this thread.
    pub fn commit(&self, records: Vec<Record>, done: Done) {
        self.writer.commit(records, done);
    }

    /// Does what the engine asks of mailboxes, in order with commits; never waits. `done` hears the answer from the
    /// writer's thread when it is on disk; where too much waits already, it hears `Failed` at once from this thread.
    pub fn mailbox(&self, what: MailboxAsk, done: Answered) {
        self.writer.mailbox(what, done);
    }

    /// Every mailbox that has anything in it, in figures: a look along an index, some microseconds for each hundred messages.
    pub fn mailboxes(&self) -> Result<BTreeMap<String, Mailbox>, StoreError> {
        self.read(rows::all_figures)
    }

    /// What callers of a mailbox hear of its owner; `None` where the box speaks.
    pub fn own_sound(&self, mailbox: &str, own: Own) -> Result<Option<OwnSound>, StoreError> {
        self.read(|connection| own::find(connection, mailbox, own))
    }

    /// Takes a recording that comes from elsewhere than a call, of 8 kHz: noted, written, kept, in the order of one that is
    /// made by phone, so that a power cut at any moment leaves either it or what was in use before. Waits for the disk.
    pub fn take_sound(&self, new: NewRecording, samples: &[i16]) -> Result<(), StoreError> {
        let recording = new.id;
        self.told(MailboxAsk::Begin(new))?;
        let written = self.mailboxes.recordings.write(recording, samples).map_err(StoreError::from);
        let kept = written.and_then(|()| self.told(MailboxAsk::Keep { recording, length_ms: None }));
        if kept.is_err() && self.told(MailboxAsk::Drop { recording }).is_err() {
            log::warn!("{recording}: it was not taken, the next start removes what there is of it");
        }
        kept
    }

    /// Does it, or says that it was not done.
    fn told(&self, what: MailboxAsk) -> Result<(), StoreError> {
        let (reply, answer) = sync_channel(1);
        self.mailbox(what, Box::new(move |said| drop(reply.send(said))));
        match answer.recv() {
            Ok(Answer::Committed) => Ok(()),
            Ok(_) => Err(StoreError::Undone),
            Err(_) => Err(StoreError::Closed),
        }
    }

    /// Names the one who hears of every change of a mailbox, whoever made it: from the writer's thread, after it is on
    /// disk and before the one who asked for it has the answer. The first one named stays.
    pub fn on_mailbox_change(&self, hears: Box<dyn Fn(String, Mailbox) + Send + Sync>) {
        if self.mailboxes.listener.set(hears).is_err() {
            log::error!("somebody hears of the changes of mailboxes already, another one does not");
        }
    }

    /// Messages of one mailbox, newest first.
    pub fn messages(&self, filter: &MessageFilter) -> Result<Vec<Message>, StoreError> {
        self.read(|connection| mailbox::messages(connection, filter))
    }

    /// One message, in whatever folder; `None` where there is no such message any more, or it is not finished.
    pub fn message(&self, id: RecordingId) -> Result<Option<Message>, StoreError> {
        self.read(|connection| Ok(rows::find(connection, id)?.and_then(Kept::message)))
    }

    /// The folder of the audio files: recorders write into it, players and the page read from it.
    pub fn recordings_dir(&self) -> &Path {
        self.mailboxes.recordings.dir()
    }

    /// Removes what has been in the trash for [`TRASH_NIGHTS`](crate::TRASH_NIGHTS), rows first and then files, and says
    /// how many messages that were: gone at the eighth night's look at it. Call it once a night; looks within 20 hours
    /// are one. Does nothing while the clock is not set, and counts a clock that jumps as one night.
    pub fn empty_trash(&self, now: Timestamp, is_synced: bool) -> Result<usize, StoreError> {
        if !is_synced {
            return Ok(0);
        }
        let night = self.writer.call(move |connection| trash::look(connection, now))?;
        let mut removed = 0;
        loop {
            let emptied = self.remove(move |connection| trash::empty(connection, night))?;
            removed += emptied;
            if emptied < trash::BATCH {
                return Ok(removed);
            }
        }
    }

    /// A batch of the trash, and their files.
    fn remove(
        &self,
        batch: impl FnOnce(&mut Connection) -> Result<Emptied, StoreError> + Send + 'static,
    ) -> Result<usize, StoreError> {
        let mailboxes = self.mailboxes.clone();
        self.writer.call(move |connection| {
            let Emptied { doomed, changed } = batch(connection)?;
            mailboxes.tell(changed);
            mailboxes.follow_up(connection, &[], &doomed);
            Ok(doomed.len())
        })
    }

    /// Call records, newest first.
    pub fn calls(&self, filter: &CallFilter) -> Result<Vec<CallRow>, StoreError> {
        match self.read(|connection| calls::calls(connection, filter)) {
            Err(StoreError::Damaged) => {
                // The start's quick check does not compare an index with its table; it can be made again from it.
                log::error!("an index of calls is damaged, and both are made again");
                self.writer
                    .call(|connection| Ok(connection.execute_batch("REINDEX call_start; REINDEX call_kind")?))?;
                self.read(|connection| calls::calls(connection, filter))
            }
            answer => answer,
        }
    }

    /// One call's events; `None` for a number that was never given or is kept no longer.
    pub fn call(&self, id: CallId) -> Result<Option<CallLog>, StoreError> {
        self.read(|connection| calls::call(connection, id))
    }

    /// The newest alerts, newest first, at most [`MAX_ROWS`].
    pub fn alerts(&self, limit: usize) -> Result<Vec<Alert>, StoreError> {
        self.read(|connection| records::alerts(connection, limit.min(MAX_ROWS)))
    }

    /// A whole, checked copy of the database at this path, replacing what is there. Calls go on meanwhile. It has the
    /// rows of messages and not their audio: that is in [`recordings_dir`](Store::recordings_dir).
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.read(|connection| copies::copy_to(connection, to))
    }

    /// The nightly copy: into `backup/` with the next number; the newest [`copies::KEEP_COPIES`] stay. Without
    /// audio, as [`backup`](Store::backup): a box that falls back to it has the audio still.
    pub fn copy_nightly(&self) -> Result<PathBuf, StoreError> {
        self.read(|connection| copies::copy_into(connection, &self.dir))
    }

    /// When the newest copy of the database was made, by the clock of then; `None` where there is none.
    pub fn copied_at(&self) -> Option<Timestamp> {
        copies::newest_at(&self.dir)
    }

    /// Keeps the database below this size, in bytes; `None` lifts the limit. What does not fit is refused as on a full
    /// disk: for tests of that, no box sets it. A database that is larger already only stops growing.
    pub fn limit_size(&self, bytes: Option<u64>) -> Result<(), StoreError> {
        self.writer.call(move |connection| {
            let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
            // SQLite's own limit is 2^32 - 2 pages.
            let pages = bytes.map_or(4_294_967_294, |bytes| (records::number(bytes) / page.max(1)).max(1));
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0))?;
            Ok(())
        })
    }

    /// Writes what waits and closes the database. Commits after it are answered with false.
    pub fn close(&self) {
        self.writer.close();
        locked(&self.readers).clear();
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The right to change what waits to take the office's place; `None` where another one has it.
    pub(crate) fn transfer(&self) -> Option<MutexGuard<'_, ()>> {
        match self.transferring.try_lock() {
            Ok(one) => Some(one),
            Err(TryLockError::Poisoned(one)) => Some(one.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        match locked(&self.readers).pop() {
            Some(connection) => Ok(connection),
            None => connect_reader(&self.path),
        }
    }

    fn give_back(&self, connection: Connection) {
        let mut readers = locked(&self.readers);
        if readers.len() < READERS {
            readers.push(connection);
        }
    }

    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = self.reader()?;
        let answer = ask(&connection);
        self.give_back(connection);
        answer
    }
}

/// What these locks guard is whole at every moment, so that a panic of another thread does not spoil it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
