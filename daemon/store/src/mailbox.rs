//! What the engine asks of mailboxes, each in one transaction on the writer's thread.

use std::sync::{Mutex, OnceLock, PoisonError};

use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Folder, LEAST_MESSAGE_MS, Mailbox, Message, NewRecording, Purpose};
use rusqlite::Connection;

use crate::calls::MAX_ROWS;
use crate::error::StoreError;
use crate::late::Late;
use crate::own::{self, Own, Put};
use crate::recordings::Recordings;
use crate::rows::{self, Kept, LAST_ID, State};

/// The most messages that a mailbox is heard with by phone: all that the largest quota (1000 minutes) holds of messages of
/// half a minute, and a day of listening. Of more, all new ones and the newest others come first.
pub const MAX_LISTED: usize = 2_000;

/// The part of the engine's questions that is about mailboxes: the variants of `pbx::output::Ask` of the same names; and
/// what only the page asks, the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailboxAsk {
    /// A recording begins. Answered by `Committed`, or `Failed`: also where its number belongs to another recording.
    Begin(NewRecording),
    /// Keep a recording that has begun. Answered by `Committed`, also where it is kept already; `Gone` where there is
    /// no such recording, or it says nothing, or a newer greeting or name is in use: then it is forgotten; `Failed`
    /// also as long as the recorder has not finished its file: ask again. One that it never finishes is kept by the
    /// next start.
    Keep {
        /// Which.
        recording: RecordingId,
        /// How long it is, in milliseconds; never longer than its file. `None`: as long as its file, and where that is
        /// not longer than [`LEAST_MESSAGE_MS`] it is no message.
        length_ms: Option<u32>,
    },
    /// A recording that has begun is not wanted. Answered by `Committed`, also where it is unknown, or `Failed`. A
    /// message that is kept already goes into the trash.
    Drop {
        /// Which.
        recording: RecordingId,
    },
    /// The new and saved messages of a mailbox, oldest first, at most [`MAX_LISTED`]. Answered by `Messages` or
    /// `Failed`.
    ListMessages {
        /// The extension.
        mailbox: String,
    },
    /// Put a message from one folder into another. Answered by `Committed`, also where it lies there already; `Gone`
    /// where there is no such message, or it lies in neither: whoever asked did not know that; or `Failed`.
    Move {
        /// Which.
        recording: RecordingId,
        /// Where it lay when that was decided.
        from: Folder,
        /// Where to.
        to: Folder,
    },
    /// Callers hear the spoken greeting again; the one before can be taken back. Answered by `Committed`, also where there
    /// is none, or `Failed`.
    ForgetGreeting {
        /// The extension.
        mailbox: String,
    },
    /// Callers hear this recording of its owner, the one in use or the one before it, or none; what they heard till now can
    /// be taken back. Answered by `Committed`, `Gone` where it is neither, or `Failed`.
    UseOwn {
        /// The extension.
        mailbox: String,
        /// Its greeting or its name.
        own: Own,
        /// Which; `None`: the box speaks.
        recording: Option<RecordingId>,
    },
}

/// Told the answer once, from the writer's thread, when it is on disk. Must be quick.
pub type Answered = Box<dyn FnOnce(Answer) + Send>;

/// Hears what a mailbox is from now on. Must be quick.
pub type Listener = Box<dyn Fn(String, Mailbox) + Send + Sync>;

/// Which messages of a mailbox a page shows; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// The extension.
    pub mailbox: String,
    /// In this folder; `None`: in all three.
    pub folder: Option<Folder>,
    /// Older than this one: the last one of the page before.
    pub before: Option<RecordingId>,
    /// So many at most; [`MAX_ROWS`] holds besides.
    pub limit: usize,
}

/// What the writer needs besides its connection.
pub(crate) struct Mailboxes {
    pub recordings: Recordings,
    pub listener: OnceLock<Listener>,
    /// Above the numbers of all files that were there at the start: held here because it may not have been written.
    pub floor: u64,
    late: Mutex<Option<Late>>,
}

impl Mailboxes {
    pub(crate) fn new(recordings: Recordings, floor: u64, late: Option<Late>) -> Mailboxes {
        Mailboxes { recordings, listener: OnceLock::new(), floor, late: Mutex::new(late) }
    }

    /// Something was written: what the start could not do may be possible now. Only when somebody hears of it, or the
    /// lamps would stay as they were.
    pub(crate) fn catch_up(&self, connection: &mut Connection) {
        if self.listener.get().is_none() {
            return;
        }
        let mut owed = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(changed) = owed.as_mut().and_then(|late| late.attempt(connection, &self.recordings)) else { return };
        *owed = None;
        drop(owed);
        self.tell(changed);
    }

    /// Does what is asked, in order and in one transaction; what it says is on disk when it returns.
    pub(crate) fn run(&self, connection: &mut Connection, asks: &[MailboxAsk]) -> Vec<Outcome> {
        let mut outcomes = self.attempt(connection, asks);
        if matches!(outcomes, Err(StoreError::Damaged)) {
            log::error!("an index of recordings is damaged and all of them are made again");
            outcomes = match connection.execute_batch("REINDEX recording") {
                Ok(()) => self.attempt(connection, asks),
                Err(error) => Err(error.into()),
            };
        }
        match outcomes {
            Ok(outcomes) => outcomes,
            Err(error) if asks.len() > 1 => {
                log::warn!("{} asks of mailboxes failed together, each is tried alone: {error}", asks.len());
                asks.iter().flat_map(|ask| self.run(connection, std::slice::from_ref(ask))).collect()
            }
            Err(error) => {
                log::error!("mailboxes: {asks:?} was not done: {error}");
                vec![Outcome::answered(Answer::Failed)]
            }
        }
    }

    /// All of them or, where one fails, nothing.
    fn attempt(&self, connection: &mut Connection, asks: &[MailboxAsk]) -> Result<Vec<Outcome>, StoreError> {
        let is_reading = asks.iter().all(|ask| matches!(ask, MailboxAsk::ListMessages { .. }));
        if is_reading {
            return asks.iter().map(|ask| self.one(connection, ask)).collect();
        }
        let transaction = rows::durable(connection)?;
        let outcomes = asks.iter().map(|ask| self.one(&transaction, ask)).collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(outcomes)
    }

    fn one(&self, connection: &Connection, ask: &MailboxAsk) -> Result<Outcome, StoreError> {
        let mut outcome = match ask {
            MailboxAsk::Begin(new) => self.begin(connection, &rows::clipped(new))?,
            MailboxAsk::Keep { recording, length_ms } => self.keep(connection, *recording, *length_ms)?,
            MailboxAsk::Drop { recording } => drop_unwanted(connection, *recording)?,
            MailboxAsk::Move { recording, from, to } => move_to(connection, *recording, *from, *to)?,
            MailboxAsk::ForgetGreeting { mailbox } => use_own(connection, mailbox, Own::Greeting, None)?,
            MailboxAsk::UseOwn { mailbox, own, recording } => use_own(connection, mailbox, *own, *recording)?,
            MailboxAsk::ListMessages { mailbox } => Outcome::answered(Answer::Messages(listed(connection, mailbox)?)),
        };
        for (mailbox, is_now) in &mut outcome.changed {
            *is_now = rows::figures(connection, mailbox)?;
        }
        Ok(outcome)
    }

    fn begin(&self, transaction: &Connection, new: &NewRecording) -> Result<Outcome, StoreError> {
        if let Some(known) = rows::find(transaction, new.id)? {
            // An ask whose answer was lost may come again; another recording in its place must not.
            let is_same = known.begun == *new;
            if !is_same {
                log::error!("{} is that of {} already", new.id, known.begun.mailbox);
            }
            return Ok(Outcome::answered(if is_same { Answer::Committed } else { Answer::Failed }));
        }
        let is_number = (1..=LAST_ID).contains(&new.id.0) && !rows::is_doomed(transaction, new.id)?;
        // What is recorded now would be taken for what is there, or the other way round.
        if !is_number || self.recordings.has_any(new.id)? {
            log::error!("{}: this number cannot be given", new.id);
            return Ok(Outcome::answered(Answer::Failed));
        }
        rows::insert(transaction, &Kept { begun: new.clone(), state: State::Open, length_ms: 0, is_cut_off: false })?;
        Ok(Outcome { begun: Some(new.clone()), ..Outcome::answered(Answer::Committed) })
    }

    fn keep(&self, transaction: &Connection, id: RecordingId, said_ms: Option<u32>) -> Result<Outcome, StoreError> {
        let Some(Kept { begun, state, is_cut_off, .. }) = rows::find(transaction, id)? else {
            return Ok(Outcome::answered(Answer::Gone));
        };
        if state != State::Open {
            return Ok(Outcome::answered(Answer::Committed));
        }
        // While the box runs only the recorder finishes files: it may not even have come to this one yet.
        let Some(file_ms) = self.recordings.length_ms(id)? else {
            log::debug!("{id}: it is to be kept for {} and its file is not finished", begun.mailbox);
            return Ok(Outcome::answered(Answer::Failed));
        };
        let is_message = matches!(begun.purpose, Purpose::Message(_));
        if is_message && file_ms <= said_ms.map_or(LEAST_MESSAGE_MS, |_| 0) {
            log::warn!("{id}: nothing is said in it, it is not kept for {}", begun.mailbox);
            return forgotten(transaction, id);
        }
        let length_ms = said_ms.map_or(file_ms, |said| said.min(file_ms));
        let mut doomed = Vec::new();
        if !is_message {
            let word = rows::word(&begun.purpose);
            let in_use = rows::in_use(transaction, &begun.mailbox, word)?;
            if in_use.first().is_some_and(|newest| *newest > id) {
                log::warn!("{id}: a newer {} of {} is in use", rows::word(&begun.purpose), begun.mailbox);
                return forgotten(transaction, id);
            }
            doomed = own::set_aside(transaction, &begun.mailbox, word, &in_use)?;
        }
        rows::set_kept(transaction, id, State::kept(&begun.purpose), length_ms, is_cut_off)?;
        Ok(Outcome { doomed, ..Outcome::changed(begun.mailbox) })
    }

    /// Says who has changed.
    pub(crate) fn tell(&self, changed: Vec<(String, Mailbox)>) {
        if let Some(listener) = self.listener.get() {
            for (mailbox, is_now) in changed {
                listener(mailbox, is_now);
            }
        }
    }

    /// What follows from a commit and may fail without harm: notes and removed files.
    pub(crate) fn follow_up(&self, connection: &mut Connection, begun: &[NewRecording], doomed: &[RecordingId]) {
        // One that was dropped within the same batch needs none.
        for new in begun.iter().filter(|new| !doomed.contains(&new.id)) {
            if let Err(error) = self.recordings.write_note(new) {
                log::warn!("{}: there is no note beside it whose it is: {error}", new.id);
            }
        }
        if doomed.is_empty() {
            return;
        }
        let left = self.recordings.remove(doomed);
        let gone: Vec<RecordingId> = doomed.iter().copied().filter(|id| !left.contains(id)).collect();
        if let Err(error) = rows::removed(connection, &gone) {
            log::debug!("the next start looks for files that are removed: {error}");
        }
    }
}

/// What comes of an ask.
pub(crate) struct Outcome {
    pub answer: Answer,
    /// Mailboxes that are different now.
    pub changed: Vec<(String, Mailbox)>,
    /// A recording that has begun: it gets its note.
    pub begun: Option<NewRecording>,
    /// Recordings whose files go.
    pub doomed: Vec<RecordingId>,
}

impl Outcome {
    pub(crate) fn answered(answer: Answer) -> Outcome {
        Outcome { answer, changed: Vec::new(), begun: None, doomed: Vec::new() }
    }

    fn changed(mailbox: String) -> Outcome {
        Outcome { changed: vec![(mailbox, Mailbox::default())], ..Outcome::answered(Answer::Committed) }
    }
}

/// It cannot be kept; its files go.
fn forgotten(transaction: &Connection, id: RecordingId) -> Result<Outcome, StoreError> {
    rows::doom(transaction, id)?;
    Ok(Outcome { doomed: vec![id], ..Outcome::answered(Answer::Gone) })
}

fn drop_unwanted(transaction: &Connection, id: RecordingId) -> Result<Outcome, StoreError> {
    let Some(kept) = rows::find(transaction, id)? else { return Ok(Outcome::answered(Answer::Committed)) };
    match kept.state {
        State::Open => {
            rows::doom(transaction, id)?;
            Ok(Outcome { doomed: vec![id], ..Outcome::answered(Answer::Committed) })
        }
        State::In(Folder::Trash) => Ok(Outcome::answered(Answer::Committed)),
        State::In(_) => {
            log::warn!("{id} is a message already, it goes into the trash");
            rows::set_folder(transaction, id, Folder::Trash)?;
            Ok(Outcome::changed(kept.begun.mailbox))
        }
        State::InUse | State::Before => {
            rows::doom(transaction, id)?;
            Ok(Outcome { doomed: vec![id], ..Outcome::changed(kept.begun.mailbox) })
        }
    }
}

fn move_to(transaction: &Connection, id: RecordingId, from: Folder, to: Folder) -> Result<Outcome, StoreError> {
    let Some(kept) = rows::find(transaction, id)? else { return Ok(Outcome::answered(Answer::Gone)) };
    match kept.state {
        State::In(folder) if folder == to => Ok(Outcome::answered(Answer::Committed)),
        State::In(folder) if folder == from => {
            rows::set_folder(transaction, id, to)?;
            Ok(Outcome::changed(kept.begun.mailbox))
        }
        State::In(_) | State::Open | State::InUse | State::Before => Ok(Outcome::answered(Answer::Gone)),
    }
}

fn use_own(
    transaction: &Connection,
    mailbox: &str,
    own: Own,
    recording: Option<RecordingId>,
) -> Result<Outcome, StoreError> {
    Ok(match own::put(transaction, mailbox, own, recording)? {
        Put::Same => Outcome::answered(Answer::Committed),
        Put::Gone => Outcome::answered(Answer::Gone),
        Put::Done(doomed) => Outcome { doomed, ..Outcome::changed(mailbox.to_owned()) },
    })
}

/// New and saved ones, oldest first.
fn listed(connection: &Connection, mailbox: &str) -> Result<Vec<Message>, StoreError> {
    let last = RecordingId(u64::MAX);
    let mut messages = rows::page(connection, mailbox, Folder::New, last, MAX_LISTED)?;
    let room = MAX_LISTED - messages.len();
    messages.extend(rows::page(connection, mailbox, Folder::Saved, last, room)?);
    messages.sort_by_key(|message| message.id);
    Ok(messages)
}

/// A page of messages, newest first.
pub(crate) fn messages(connection: &Connection, filter: &MessageFilter) -> Result<Vec<Message>, StoreError> {
    let limit = filter.limit.min(MAX_ROWS);
    let before = filter.before.unwrap_or(RecordingId(u64::MAX));
    let mut messages = Vec::new();
    for folder in [Folder::New, Folder::Saved, Folder::Trash] {
        if filter.folder.is_none_or(|wanted| wanted == folder) {
            messages.extend(rows::page(connection, &filter.mailbox, folder, before, limit)?);
        }
    }
    messages.sort_by_key(|message| std::cmp::Reverse(message.id));
    messages.truncate(limit);
    Ok(messages)
}
