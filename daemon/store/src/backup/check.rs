//! Reads an upload, judges it, and has it take the office's place at the next start.

use std::fs;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use pbx::alarm::Alarm;
use serde::{Deserialize, Serialize};

use super::error::{BackupError, UnusableOffice};
use super::layout::{Contents, FORMAT};
use super::room::room;
use super::unpack::{Unpacked, unpack};
use crate::connection::connect_reader;
use crate::error::{OpenError, StoreError};
use crate::open::{Opened, open_database};
use crate::store::{DATABASE, Store};
use crate::switch::{BEFORE, CONTENTS, INCOMING, OFFICE, commit, private_dir, remove, sync, write};

/// An office that can take this one's place: a backup that was read and found good, or the office before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Names it; two backups never have the same.
    pub id: String,
    /// What is in it.
    pub contents: Contents,
    /// Bytes that it takes of the disk.
    pub bytes: u64,
    /// Whether somebody can sign in as an administrator.
    pub has_admin: bool,
    /// What had to be mended in it.
    pub notes: Vec<Alarm>,
}

impl Store {
    /// How many bytes an upload may have, so that the box keeps its reserve of the disk.
    pub fn room(&self) -> Result<u64, BackupError> {
        Ok(room(self.dir())?)
    }

    /// Reads a backup, judges it, and keeps it beside the office, which stays as it is. An upload that was read before
    /// is removed first. `judge` sees the folder of its office last, and may refuse it. Takes as long as
    /// the upload and a look at the whole database take.
    pub fn receive(
        &self,
        from: impl Read,
        judge: impl FnOnce(&Path) -> Result<(), UnusableOffice>,
    ) -> Result<Checked, BackupError> {
        let _one = self.transfer().ok_or(BackupError::Busy)?;
        let incoming = self.dir().join(INCOMING);
        remove(&incoming)?;
        let room = room(self.dir())?;
        private_dir(&incoming.join(OFFICE))?;
        let received = unpack(from, &incoming, OFFICE, room).and_then(|unpacked| {
            let checked = check(&incoming.join(OFFICE), unpacked)?;
            judge(&incoming.join(OFFICE))?;
            keep(&incoming, &checked)?;
            sync(&incoming)?;
            Ok(checked)
        });
        if let Err(error) = &received {
            log::warn!("a backup was not taken: {error}");
            remove(&incoming)?;
        }
        received
    }

    /// The upload that was found good and waits to be put in place.
    pub fn received(&self) -> Option<Checked> {
        kept(&self.dir().join(INCOMING))
    }

    /// The office that was replaced last.
    pub fn before(&self) -> Option<Checked> {
        kept(&self.dir().join(BEFORE))
    }

    /// Removes an upload that is not wanted; the one that is being read stays.
    pub fn discard_received(&self) -> Result<(), BackupError> {
        let _one = self.transfer().ok_or(BackupError::Busy)?;
        Ok(remove(&self.dir().join(INCOMING))?)
    }

    /// Removes the office that was replaced last: what it takes of the disk is free again.
    pub fn discard_before(&self) -> Result<(), BackupError> {
        let _one = self.transfer().ok_or(BackupError::Busy)?;
        Ok(remove(&self.dir().join(BEFORE))?)
    }

    /// Decides that the upload of this name is the office from the next start on. Until then nothing changes; the office
    /// that is here now is kept as the one before.
    pub fn replace_by_received(&self, id: &str, now: Timestamp) -> Result<Checked, BackupError> {
        self.replace_by(INCOMING, self.received().filter(|checked| checked.id == id), now)
    }

    /// The same with the office before: undoes the restore, and may itself be undone.
    pub fn replace_by_before(&self, now: Timestamp) -> Result<Checked, BackupError> {
        self.replace_by(BEFORE, self.before(), now)
    }

    fn replace_by(&self, from: &str, by: Option<Checked>, now: Timestamp) -> Result<Checked, BackupError> {
        let _one = self.transfer().ok_or(BackupError::Busy)?;
        let by = by.ok_or(BackupError::Gone)?;
        let replaced = self.described(format!("before {}", by.id), 0, Vec::new(), now)?;
        let replaced = serde_json::to_string(&replaced).map_err(std::io::Error::from)?;
        commit(self.dir(), from, &replaced, &mut || Ok(()))?;
        log::warn!("the office is replaced at the next start by {}, made {}", by.contents.office, by.contents.made);
        Ok(by)
    }

    fn described(&self, id: String, bytes: u64, notes: Vec<Alarm>, made: Timestamp) -> Result<Checked, BackupError> {
        let has_admin = self.load()?.config.people().any(config::Person::is_owner);
        Ok(Checked { id, contents: self.contents(made)?, bytes, has_admin, notes })
    }
}

fn keep(folder: &Path, checked: &Checked) -> Result<(), BackupError> {
    let text = serde_json::to_string(checked).map_err(std::io::Error::from)?;
    write(&folder.join(CONTENTS), &text).map_err(BackupError::of_write)
}

fn kept(folder: &Path) -> Option<Checked> {
    serde_json::from_str(&fs::read_to_string(folder.join(CONTENTS)).ok()?).ok()
}

/// Opens the office as a start will, and says what is in it. What the description says is not believed.
fn check(office: &Path, unpacked: Unpacked) -> Result<Checked, BackupError> {
    let path = office.join(DATABASE);
    if !path.exists() {
        return Err(UnusableOffice::NoDatabase.into());
    }
    let unusable = |error| BackupError::of_open(error, &unpacked.program);
    let in_store = |error: StoreError| unusable(OpenError::Store(error));
    drop(open_database(office, &path).map_err(unusable)?);
    let connection = connect_reader(&path).map_err(in_store)?;
    let said: rusqlite::Result<String> = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    if said.map_err(|error| in_store(error.into()))? != "ok" {
        return Err(in_store(StoreError::Damaged));
    }
    drop(connection);
    let Opened { store, alarms } = Store::open(office).map_err(unusable)?;
    let mut notes = alarms;
    let described = store.load().map_err(in_store).and_then(|loaded| {
        notes.extend(loaded.alarms);
        store.keep_office().map_err(BackupError::Store)?;
        store.described(unpacked.id, unpacked.bytes, notes, unpacked.made)
    });
    store.close();
    let mut checked = described?;
    checked.contents = Contents { format: FORMAT, program: unpacked.program, ..checked.contents };
    Ok(checked)
}
