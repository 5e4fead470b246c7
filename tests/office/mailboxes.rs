//! The fake store's voicemail: whose recording is what, and the files themselves, as the real store keeps them.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use pbx::input::{Answer, CallId, Input, RecordingId};
use pbx::mailbox::{Caller, Folder, Mailbox, Message, NewRecording, Purpose};
use pbx::output::Ask;

use crate::recorder::Finished;

/// What a power cut may take of a recording that is not done: files are written through once a second.
const UNSYNCED: Duration = Duration::from_secs(1);
/// A recording that was cut off is worth keeping from this length on.
const WORTH_KEEPING: Duration = Duration::from_secs(1);

/// What is at least this long and ended by hanging up is a message, not a slip.
const WORDS: Duration = Duration::from_secs(2);

/// A recording that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies; greetings and names lie in `Saved`.
    pub folder: Folder,
    /// How long it is, in milliseconds.
    pub length_ms: u32,
    /// Whether the box stopped while it was recorded.
    pub is_cut_off: bool,
}

/// What the store knows of a recording.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whose it is and what for.
    pub new: NewRecording,
    /// What became of it; `None`: it is still open.
    pub kept: Option<Kept>,
}

/// A recording's audio: who speaks in it, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The user of the phone that was heard, or empty.
    pub speaker: String,
    /// How long it is.
    pub length: Duration,
    /// Whether the recorder is done with it.
    pub is_final: bool,
}

/// All mailboxes.
#[derive(Clone, Debug, Default)]
pub struct Mailboxes {
    /// What the database has.
    pub rows: BTreeMap<RecordingId, Row>,
    /// What the folder of recordings has.
    pub files: BTreeMap<RecordingId, File>,
    /// What was promised to be kept, and what must not be lost: for the audit.
    pub promised: BTreeMap<RecordingId, &'static str>,
    /// Wishes that no store may be given, in words.
    pub complaints: Vec<String>,
    /// Whether a scenario took a file away behind the box's back.
    pub is_tampered: bool,
    /// How many messages were ever kept.
    pub kept: u64,
    /// How many of those a restart cut off.
    pub cut_off: u64,
    laid: u64,
    last: u64,
}

/// Numbers up to this are for messages that were there before the story began.
const BEFORE: u64 = 1000;

impl Mailboxes {
    /// A message was left long ago; returns who is told.
    pub fn lay(&mut self, mailbox: &str, caller: Caller, speaker: String, length: Duration, at: Timestamp) -> Input {
        self.laid += 1;
        assert!(self.laid <= BEFORE, "no story begins with so many messages");
        let id = RecordingId(self.laid);
        let (mailbox, purpose) = (mailbox.to_owned(), Purpose::Message(caller));
        let new = NewRecording { id, mailbox, purpose, call: CallId(0), at, is_synced: true };
        self.rows.insert(id, Row { new: new.clone(), kept: None });
        self.files.insert(id, File { speaker, length, is_final: true });
        self.settle(&new, millis(length), false);
        self.changed(&new.mailbox)
    }

    /// Carries out what the engine asks, and returns which mailbox is different now, and the answer.
    pub fn obey(&mut self, ask: Ask) -> (Option<Input>, Answer) {
        match ask {
            Ask::Begin(new) => (None, self.begin(new)),
            Ask::Keep { recording, length_ms } => self.keep(recording, length_ms),
            Ask::Drop { recording } => (None, self.drop(recording)),
            Ask::ListMessages { mailbox } => (None, Answer::Messages(self.listed(&mailbox))),
            Ask::Move { recording, from, to } => self.put(recording, Some(from), to),
            Ask::ForgetGreeting { mailbox } => {
                let greeting = self.figures(&mailbox).greeting;
                greeting.into_iter().for_each(|greeting| self.remove(greeting));
                (greeting.map(|_| self.changed(&mailbox)), Answer::Committed)
            }
            // The world's: these are no matter of a mailbox.
            Ask::Commit(_) | Ask::CheckPin { .. } | Ask::CheckCode { .. } | Ask::SetPin { .. } => {
                (None, Answer::Failed)
            }
            Ask::ChangeRules { .. } | Ask::Resolve { .. } => (None, Answer::Failed),
        }
    }

    fn begin(&mut self, new: NewRecording) -> Answer {
        if new.id.0 < self.next_recording() {
            self.complaints.push(format!("{} was begun, but the next number was {}", new.id, self.next_recording()));
        }
        self.last = self.last.max(new.id.0);
        self.rows.insert(new.id, Row { new, kept: None });
        Answer::Committed
    }

    fn keep(&mut self, id: RecordingId, length_ms: Option<u32>) -> (Option<Input>, Answer) {
        let Some(row) = self.rows.get(&id) else { return (None, Answer::Gone) };
        // Asked again because the answer was late.
        if row.kept.is_some() {
            return (None, Answer::Committed);
        }
        let new = row.new.clone();
        let Some(of_file) = self.files.get(&id).map(|file| millis(file.length)) else {
            self.remove(id);
            return (None, Answer::Gone);
        };
        if length_ms.is_some_and(|length_ms| length_ms > of_file) {
            self.complaints.push(format!("{id} is {of_file} ms long, not {length_ms:?}"));
        }
        self.settle(&new, length_ms.map_or(of_file, |said| said.min(of_file)), false);
        (Some(self.changed(&new.mailbox)), Answer::Committed)
    }

    /// A recording becomes what it was made for; a greeting or name takes the place of the one before.
    fn settle(&mut self, new: &NewRecording, length_ms: u32, is_cut_off: bool) {
        let before = match new.purpose {
            Purpose::Message(_) => None,
            Purpose::Said => {
                self.complaints.push(format!("{} was to be kept, which a caller said for one call", new.id));
                None
            }
            Purpose::Greeting => self.figures(&new.mailbox).greeting,
            Purpose::Name => self.figures(&new.mailbox).name,
            Purpose::Assistant => self.figures(&new.mailbox).assistant,
        };
        before.into_iter().for_each(|before| self.remove(before));
        let is_message = matches!(new.purpose, Purpose::Message(_));
        let folder = if is_message { Folder::New } else { Folder::Saved };
        if is_message {
            self.promised.insert(new.id, "it was kept");
            self.kept += 1;
            self.cut_off += u64::from(is_cut_off);
        }
        self.rows.entry(new.id).and_modify(|row| row.kept = Some(Kept { folder, length_ms, is_cut_off }));
    }

    fn drop(&mut self, id: RecordingId) -> Answer {
        if let Some(why) = self.promised.get(&id) {
            self.complaints.push(format!("{id} was to be dropped, though {why}"));
        } else {
            self.remove(id);
        }
        Answer::Committed
    }

    /// Puts a message into a folder; `from`: where it has to lie for that.
    pub fn put(&mut self, id: RecordingId, from: Option<Folder>, to: Folder) -> (Option<Input>, Answer) {
        let Some(row) = self.rows.get_mut(&id) else { return (None, Answer::Gone) };
        let is_message = matches!(row.new.purpose, Purpose::Message(_));
        let Some(kept) = row.kept.as_mut().filter(|_| is_message) else { return (None, Answer::Gone) };
        if kept.folder == to {
            return (None, Answer::Committed);
        }
        if from.is_some_and(|from| from != kept.folder) {
            return (None, Answer::Gone);
        }
        kept.folder = to;
        let mailbox = row.new.mailbox.clone();
        (Some(self.changed(&mailbox)), Answer::Committed)
    }

    /// Row and file go, for good.
    pub fn remove(&mut self, id: RecordingId) {
        self.rows.remove(&id);
        self.files.remove(&id);
        self.promised.remove(&id);
    }

    /// The mailbox as it is now, for the engine.
    pub fn changed(&self, mailbox: &str) -> Input {
        Input::MailboxChanged { mailbox: mailbox.to_owned(), is_now: self.figures(mailbox) }
    }

    /// A mailbox in figures.
    pub fn figures(&self, mailbox: &str) -> Mailbox {
        let mut figures = Mailbox::default();
        for (id, row) in self.rows.iter().filter(|(_, row)| row.new.mailbox == mailbox) {
            let Some(kept) = row.kept else { continue };
            let counter = match (&row.new.purpose, kept.folder) {
                (Purpose::Greeting, _) => {
                    figures.greeting = Some(*id);
                    continue;
                }
                (Purpose::Said, _) => continue,
                (Purpose::Assistant, _) => {
                    figures.assistant = Some(*id);
                    continue;
                }
                (Purpose::Name, _) => {
                    figures.name = Some(*id);
                    continue;
                }
                (_, Folder::New) => &mut figures.new,
                (_, Folder::Saved) => &mut figures.saved,
                (_, Folder::Trash) => continue,
            };
            *counter += 1;
            figures.used_ms += u64::from(kept.length_ms);
        }
        figures
    }

    /// Every mailbox that has anything in it.
    pub fn all_figures(&self) -> BTreeMap<String, Mailbox> {
        let names = self.rows.values().filter(|row| row.kept.is_some()).map(|row| row.new.mailbox.clone());
        names.map(|name| (name.clone(), self.figures(&name))).collect()
    }

    /// The messages of a mailbox, in every folder, oldest first.
    pub fn messages(&self, mailbox: &str) -> Vec<Message> {
        let rows = self.rows.values().filter(|row| row.new.mailbox == mailbox);
        rows.filter_map(message_of).collect()
    }

    fn listed(&self, mailbox: &str) -> Vec<Message> {
        self.messages(mailbox).into_iter().filter(|message| message.folder != Folder::Trash).collect()
    }

    /// The number after every one that was ever given.
    pub fn next_recording(&self) -> u64 {
        self.last.max(BEFORE) + 1
    }

    /// Recordings that are neither kept nor dropped.
    pub fn open(&self) -> Vec<RecordingId> {
        self.rows.iter().filter(|(_, row)| row.kept.is_none()).map(|(id, _)| *id).collect()
    }

    /// A recording is over: its file is whole and on disk. An empty one was never made.
    pub fn file_done(&mut self, done: Finished) {
        if done.length.is_zero() {
            return;
        }
        let is_message =
            self.rows.get(&done.recording).is_some_and(|row| matches!(row.new.purpose, Purpose::Message(_)));
        if is_message && done.is_closed && done.length >= WORDS {
            self.promised.insert(done.recording, "its caller hung up after speaking");
        }
        self.files.insert(done.recording, File { speaker: done.speaker, length: done.length, is_final: true });
    }

    /// The box is gone in the middle of a recording: what was not written through is lost.
    pub fn file_cut(&mut self, cut: Finished) {
        let length = cut.length.saturating_sub(UNSYNCED);
        self.files.insert(cut.recording, File { speaker: cut.speaker, length, is_final: false });
    }

    /// What the store does when it opens: recordings that nobody finished become messages, or go.
    pub fn recover(&mut self) {
        for id in self.open() {
            let length = self.files.get(&id).map_or(Duration::ZERO, |file| file.length);
            let new = self.rows[&id].new.clone();
            if matches!(new.purpose, Purpose::Message(_)) && length >= WORTH_KEEPING {
                self.settle(&new, millis(length), true);
                self.files.entry(id).and_modify(|file| file.is_final = true);
            } else {
                self.remove(id);
            }
        }
    }

    /// What is wrong with the mailboxes of an office at rest.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.complaints.clone();
        for id in self.files.keys().filter(|id| !self.rows.contains_key(id)) {
            faults.push(format!("{id} has a file, but nobody knows it"));
        }
        for (id, row) in &self.rows {
            match (row.kept, self.files.get(id)) {
                (None, _) => faults.push(format!("{id} is still open")),
                (Some(_), None) if !self.is_tampered => faults.push(format!("{id} is kept, but has no file")),
                (Some(kept), Some(file)) if kept.length_ms == 0 || kept.length_ms > millis(file.length) => {
                    faults.push(format!("{id} is said to take {} ms, and takes {:?}", kept.length_ms, file.length));
                }
                _ => {}
            }
        }
        let lost = self.promised.iter().filter(|(id, _)| self.rows.get(id).is_none_or(|row| row.kept.is_none()));
        faults.extend(lost.map(|(id, why)| format!("{id} is lost, though {why}")));
        faults
    }
}

fn message_of(row: &Row) -> Option<Message> {
    let (kept, Purpose::Message(caller)) = (row.kept?, &row.new.purpose) else { return None };
    Some(Message {
        id: row.new.id,
        mailbox: row.new.mailbox.clone(),
        folder: kept.folder,
        caller: caller.clone(),
        at: row.new.at,
        is_synced: row.new.is_synced,
        length_ms: kept.length_ms,
        is_cut_off: kept.is_cut_off,
        call: row.new.call,
    })
}

fn millis(length: Duration) -> u32 {
    u32::try_from(length.as_millis()).unwrap_or(u32::MAX)
}
