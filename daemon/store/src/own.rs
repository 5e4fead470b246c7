//! What an owner recorded for callers: a greeting, a name and an assistant's message, each with the one before it, which can be taken back.

use jiff::Timestamp;
use pbx::ids::RecordingId;
use pbx::mailbox::Purpose;
use rusqlite::Connection;

use crate::error::StoreError;
use crate::rows::{self, State};

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// What callers hear in place of the box's sentence.
    Greeting,
    /// The name within the box's sentence.
    Name,
    /// What callers of the owner's assistant hear.
    Assistant,
}

impl Own {
    /// What such a recording is for.
    pub fn purpose(self) -> Purpose {
        match self {
            Own::Greeting => Purpose::Greeting,
            Own::Name => Purpose::Name,
            Own::Assistant => Purpose::Assistant,
        }
    }
}

/// One that callers hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSound {
    /// Names its file.
    pub recording: RecordingId,
    /// When it was made.
    pub at: Timestamp,
    /// How long it is, in milliseconds.
    pub length_ms: u32,
}

/// The one that is in use.
pub(crate) fn find(connection: &Connection, mailbox: &str, own: Own) -> Result<Option<OwnSound>, StoreError> {
    let Some(newest) = rows::in_use(connection, mailbox, rows::word(&own.purpose()))?.first().copied() else {
        return Ok(None);
    };
    let kept = rows::find(connection, newest)?;
    Ok(kept.map(|kept| OwnSound { recording: newest, at: kept.begun.at, length_ms: kept.length_ms }))
}

/// What became of a wish to put one into use.
pub(crate) enum Put {
    /// It was so already.
    Same,
    /// It is neither the one in use nor the one before it.
    Gone,
    /// Done; these are forgotten.
    Done(Vec<RecordingId>),
}

/// Puts one into use, or none.
pub(crate) fn put(
    transaction: &Connection,
    mailbox: &str,
    own: Own,
    recording: Option<RecordingId>,
) -> Result<Put, StoreError> {
    let purpose = own.purpose();
    let word = rows::word(&purpose);
    let in_use = rows::in_use(transaction, mailbox, word)?;
    if in_use.first().copied() == recording && in_use.len() <= 1 {
        return Ok(Put::Same);
    }
    if let Some(wanted) = recording {
        let is_theirs = rows::in_state(transaction, mailbox, word, State::Before)?.contains(&wanted);
        if !is_theirs && !in_use.contains(&wanted) {
            return Ok(Put::Gone);
        }
        rows::set_state(transaction, wanted, State::InUse)?;
    }
    let others: Vec<RecordingId> = in_use.into_iter().filter(|id| Some(*id) != recording).collect();
    Ok(Put::Done(set_aside(transaction, mailbox, word, &others)?))
}

/// Those that were in use, the newest first, are so no more. Of what was ever set aside the last one stays: says which
/// are forgotten.
pub(crate) fn set_aside(
    transaction: &Connection,
    mailbox: &str,
    word: &str,
    in_use: &[RecordingId],
) -> Result<Vec<RecordingId>, StoreError> {
    let Some((last, older)) = in_use.split_first() else { return Ok(Vec::new()) };
    let mut doomed = rows::in_state(transaction, mailbox, word, State::Before)?;
    doomed.extend(older);
    for id in &doomed {
        rows::doom(transaction, *id)?;
    }
    rows::set_state(transaction, *last, State::Before)?;
    Ok(doomed)
}
