//! Mailboxes at the start: rows and files are brought together again, whatever a power cut or a lost database left.
//!
//! ```text
//! row    files         becomes
//! open   .wav          message that says something: new; else removed
//! open   .part         the same, cut off; its header and name are made right
//! open   none          removed
//! kept   .part         its header and name are made right
//! kept   none          removed, with an alarm
//! none   sound, note   a new message or the greeting again, with an alarm
//! none   sound         put aside in lost/, with an alarm
//! any    both          the .part is put aside in lost/, with an alarm
//! any    unreadable    stays as it is and is listed no more, with an alarm; the next start tries again
//! ```
//!
//! A greeting or name that was being recorded is removed: the one before is still in use. So is what a caller said to whoever screens
//! calls, with its row or without. Of those whose rows are lost the newest
//! is in use again and the one before it can be taken back, whatever their owner had chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use pbx::alarm::{Alarm, Mended};
use pbx::ids::RecordingId;
use pbx::mailbox::{LEAST_MESSAGE_MS, NewRecording, Purpose};
use rusqlite::Connection;

use crate::error::StoreError;
use crate::own;
use crate::recordings::{Files, Recordings};
use crate::rows::{self, Kept, LAST_ID, State};

/// How many missing notes a start writes: each waits for the disk, some ten milliseconds, and the first call waits for
/// all of them. The next start writes the others.
const NOTES: usize = 20;

/// A number above that of every file, written down before all else: whatever else fails, no recording gets the number
/// of another one. Where even that cannot be written, whoever starts the store holds it.
pub(crate) fn above_all(connection: &mut Connection, recordings: &Recordings) -> u64 {
    let highest = match recordings.files() {
        Ok((_, highest)) => highest,
        Err(error) => {
            log::error!("{} cannot be read: {error}", recordings.dir().display());
            0
        }
    };
    let floor = highest.saturating_add(1).min(LAST_ID);
    let written = rows::durable(connection).and_then(|transaction| {
        rows::raise_next(&transaction, floor)?;
        Ok(transaction.commit()?)
    });
    if let Err(error) = written {
        log::error!("that recordings are numbered from {floor} could not be written: {error}");
    }
    floor
}

/// Brings rows and files of recordings before this one together. What it says is for a human.
pub(crate) fn recover(
    connection: &mut Connection,
    recordings: &Recordings,
    before: RecordingId,
) -> Result<Vec<Alarm>, StoreError> {
    sweep(connection, recordings)?;
    let (mut files, _) = recordings.files()?;
    files.split_off(&before);
    let mended = mend(connection, recordings, before)?;
    note_cut_off(connection, &files)?;
    let transaction = rows::durable(connection)?;
    let mut work = Work { connection: &transaction, recordings, found: Found { mended, ..Found::default() } };
    let known = rows::all(&transaction)?;
    for kept in rows::open(&transaction)?.into_iter().filter(|kept| kept.begun.id < before) {
        let id = kept.begun.id;
        work.each(id, |work| work.open_row(kept, files.get(&id).copied().unwrap_or_default()))?;
    }
    for id in known.iter().filter(|(id, is_open)| **id < before && !**is_open).map(|(id, _)| *id) {
        work.kept_row(id, files.get(&id).copied().unwrap_or_default())?;
    }
    let doomed: BTreeSet<RecordingId> = rows::doomed(&transaction)?.into_iter().collect();
    // Newest first: of two greetings the newer one is meant.
    let orphans = files.iter().rev().filter(|(id, _)| !known.contains_key(id) && !doomed.contains(id));
    for (id, files) in orphans {
        work.each(*id, |work| work.orphan(*id, *files))?;
    }
    let found = work.found;
    let notes = missing_notes(&transaction, &found, &files, &known)?;
    transaction.commit()?;
    Ok(found.follow_up(connection, recordings, notes))
}

/// Removes the files of rows that are gone since the last time the box ran.
fn sweep(connection: &mut Connection, recordings: &Recordings) -> Result<(), StoreError> {
    let doomed = rows::doomed(connection)?;
    if doomed.is_empty() {
        return Ok(());
    }
    let left = recordings.remove(&doomed);
    let gone: Vec<RecordingId> = doomed.into_iter().filter(|id| !left.contains(id)).collect();
    rows::removed(connection, &gone)
}

/// The start's quick check does not compare an index with its table, and a flipped digit in one of them would put a
/// message into somebody else's mailbox: where they differ, the notes are right. Rows that cannot be read are taken
/// out; then their files have none, and are put back like those. Says how many rows were mended.
fn mend(connection: &mut Connection, recordings: &Recordings, before: RecordingId) -> Result<usize, StoreError> {
    let said: String = connection.query_row("PRAGMA integrity_check(recording)", [], |row| row.get(0))?;
    let transaction = rows::durable(connection)?;
    let mut mended = 0;
    if said != "ok" {
        log::error!("the rows of recordings are damaged: {said}");
        transaction.execute_batch("REINDEX recording")?;
        for id in rows::all(&transaction)?.into_keys().take_while(|id| *id < before) {
            let Some(kept) = rows::find(&transaction, id)? else { continue };
            let begun = recordings.read_note(id).map_or(kept.begun.clone(), |note| rows::clipped(&note));
            let length_ms = recordings.length_ms(id).ok().flatten().unwrap_or(kept.length_ms);
            let right = Kept { begun, length_ms, ..kept.clone() };
            if right != kept {
                rows::forget(&transaction, id)?;
                rows::insert(&transaction, &right)?;
                mended += 1;
            }
        }
    }
    for id in rows::unreadable(&transaction)?.into_iter().filter(|id| *id < before) {
        log::error!("{id}: its row is unreadable and is made again");
        rows::forget(&transaction, id)?;
    }
    transaction.commit()?;
    Ok(mended)
}

/// Files are finished before their rows are: this says for a box that dies in between that their ends are missing.
fn note_cut_off(connection: &mut Connection, files: &BTreeMap<RecordingId, Files>) -> Result<(), StoreError> {
    let is_part = |id: &RecordingId| files.get(id).is_some_and(|files| files.has_part && !files.has_wav);
    let open = rows::open(connection)?.into_iter().filter(|kept| is_part(&kept.begun.id) && !kept.is_cut_off);
    let cut_off: Vec<RecordingId> = open.map(|kept| kept.begun.id).collect();
    if cut_off.is_empty() {
        return Ok(());
    }
    let transaction = rows::durable(connection)?;
    for id in cut_off {
        rows::set_kept(&transaction, id, State::Open, 0, true)?;
    }
    Ok(transaction.commit()?)
}

/// What was found and what remains to be done when the rows are on disk.
#[derive(Debug, Default)]
struct Found {
    mended: usize,
    cut_off: usize,
    put_back: usize,
    silent: usize,
    lost: usize,
    unreadable: usize,
    /// All their files go.
    doomed: Vec<RecordingId>,
    /// These are put aside.
    aside: Vec<PathBuf>,
}

struct Work<'a> {
    connection: &'a Connection,
    recordings: &'a Recordings,
    found: Found,
}

impl Work<'_> {
    /// One file that fails costs none of the others; only the database ends the work.
    fn each(
        &mut self,
        id: RecordingId,
        work: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match work(self) {
            Err(StoreError::File(error)) => {
                log::error!("{id}: its file cannot be read or finished, it stays as it is: {error}");
                self.found.unreadable += 1;
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn open_row(&mut self, kept: Kept, files: Files) -> Result<(), StoreError> {
        let id = kept.begun.id;
        // Only of a message it matters how long it is.
        if !matches!(kept.begun.purpose, Purpose::Message(_)) {
            return self.doom(id);
        }
        let length_ms = self.length_ms(id, files)?;
        if length_ms <= LEAST_MESSAGE_MS {
            return self.doom(id);
        }
        self.sound(id, files)?;
        self.found.cut_off += 1;
        let is_cut_off = kept.is_cut_off || !files.has_wav;
        rows::set_kept(self.connection, id, State::kept(&kept.begun.purpose), length_ms, is_cut_off)
    }

    fn kept_row(&mut self, id: RecordingId, files: Files) -> Result<(), StoreError> {
        if !files.has_wav && !files.has_part {
            self.found.silent += 1;
            log::error!("{id}: there is no file of it any more");
            return self.doom(id);
        }
        let unreadable = self.found.unreadable;
        self.each(id, |work| work.sound(id, files))?;
        if unreadable == self.found.unreadable {
            return Ok(());
        }
        // Nothing is listed that cannot be heard. A greeting or name is not listed, and would be removed if it were open.
        match rows::find(self.connection, id)?.filter(|kept| matches!(kept.begun.purpose, Purpose::Message(_))) {
            Some(kept) => rows::set_kept(self.connection, id, State::Open, kept.length_ms, true),
            None => Ok(()),
        }
    }

    fn orphan(&mut self, id: RecordingId, files: Files) -> Result<(), StoreError> {
        if !files.has_wav && !files.has_part {
            // A note alone: what it was about is gone.
            return self.doom(id);
        }
        let Some(begun) = self.recordings.read_note(id).map(|note| rows::clipped(&note)) else {
            return self.lose(id, files);
        };
        // What a caller said to whoever screens calls was for that call alone.
        if begun.purpose == Purpose::Said {
            return self.doom(id);
        }
        let length_ms = self.length_ms(id, files)?;
        let mut state = State::kept(&begun.purpose);
        match begun.purpose {
            Purpose::Message(_) if length_ms <= LEAST_MESSAGE_MS => return self.doom(id),
            Purpose::Message(_) | Purpose::Said => {}
            Purpose::Greeting | Purpose::Name | Purpose::Assistant if !files.has_wav => return self.doom(id),
            Purpose::Greeting | Purpose::Name | Purpose::Assistant => {
                let word = rows::word(&begun.purpose);
                let in_use = rows::in_use(self.connection, &begun.mailbox, word)?;
                if in_use.first().is_some_and(|newest| *newest > id) {
                    // The one before it; of more, somebody has to listen what they are.
                    state = State::Before;
                    if !rows::in_state(self.connection, &begun.mailbox, word, state)?.is_empty() {
                        return self.lose(id, files);
                    }
                } else {
                    self.found.doomed.extend(own::set_aside(self.connection, &begun.mailbox, word, &in_use)?);
                }
            }
        }
        self.sound(id, files)?;
        self.found.put_back += 1;
        log::error!("{id}: it was put back into the mailbox of {}", begun.mailbox);
        rows::insert(self.connection, &Kept { begun, state, length_ms, is_cut_off: !files.has_wav })
    }

    fn length_ms(&self, id: RecordingId, files: Files) -> Result<u32, StoreError> {
        let length_ms = if files.has_wav { self.recordings.length_ms(id)? } else { self.recordings.part_ms(id)? };
        Ok(length_ms.unwrap_or_default())
    }

    /// Its `.part` becomes a `.wav`, before its row says that it can be heard. Where there are both, somebody has to
    /// listen what the other one is.
    fn sound(&mut self, id: RecordingId, files: Files) -> Result<(), StoreError> {
        match (files.has_wav, files.has_part) {
            (false, _) => self.recordings.finish(id)?,
            (true, true) => {
                self.found.lost += 1;
                self.found.aside.push(self.recordings.part(id));
            }
            (true, false) => {}
        }
        Ok(())
    }

    fn doom(&mut self, id: RecordingId) -> Result<(), StoreError> {
        self.found.doomed.push(id);
        rows::doom(self.connection, id)
    }

    fn lose(&mut self, id: RecordingId, files: Files) -> Result<(), StoreError> {
        self.found.lost += 1;
        let all = [
            (files.has_wav, self.recordings.wav(id)),
            (files.has_part, self.recordings.part(id)),
            (files.has_note, self.recordings.note(id)),
        ];
        self.found.aside.extend(all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, path)| path));
        Ok(())
    }
}

/// A box that died right after a recording began has not written its note.
fn missing_notes(
    connection: &Connection,
    found: &Found,
    files: &BTreeMap<RecordingId, Files>,
    known: &BTreeMap<RecordingId, bool>,
) -> Result<Vec<NewRecording>, StoreError> {
    let without = known.keys().filter(|id| files.get(id).is_some_and(|files| !files.has_note));
    let mut notes = Vec::new();
    for id in without.filter(|id| !found.doomed.contains(id)).take(NOTES) {
        notes.extend(rows::find(connection, *id)?.map(|kept| kept.begun));
    }
    Ok(notes)
}

impl Found {
    /// Files follow what is on disk. One that fails is tried again at the next start.
    fn follow_up(&self, connection: &mut Connection, recordings: &Recordings, notes: Vec<NewRecording>) -> Vec<Alarm> {
        if let Err(error) = recordings.lose(&self.aside) {
            log::error!("{} recordings could not be put aside: {error}", self.lost);
        }
        for note in notes {
            if let Err(error) = recordings.write_note(&note) {
                log::warn!("{}: there is no note beside it whose it is: {error}", note.id);
            }
        }
        if !self.doomed.is_empty()
            && let Err(error) = sweep(connection, recordings)
        {
            log::warn!("the next start looks again for files that are to be removed: {error}");
        }
        if self.cut_off > 0 {
            log::warn!("{} messages were being left when the box stopped, they are kept", self.cut_off);
        }
        self.alarms(recordings)
    }

    fn alarms(&self, recordings: &Recordings) -> Vec<Alarm> {
        let folder = || recordings.dir().display().to_string();
        let said = [
            (self.mended, Mended::RowsMended { count: self.mended }),
            (self.put_back, Mended::RecordingsPutBack { count: self.put_back }),
            (self.silent, Mended::AudioMissing { count: self.silent, folder: folder() }),
            (self.lost, Mended::PutAside { count: self.lost, folder: folder() }),
            (self.unreadable, Mended::Unreadable { count: self.unreadable, folder: folder() }),
        ];
        said.into_iter().filter(|(count, _)| *count > 0).map(|(_, what)| Alarm::Mended(what)).collect()
    }
}
