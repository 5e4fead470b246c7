//! The trash is emptied: rows first, then files.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use pbx::ids::RecordingId;
use pbx::mailbox::Mailbox;
use rusqlite::Connection;

use crate::error::StoreError;
use crate::rows;

/// How long a deleted message can be taken back: a week's holiday of the one who misses it (F58).
pub const TRASH_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// How many messages are removed in one transaction: commits of calls wait for it.
pub(crate) const BATCH: usize = 100;

/// What one transaction removed.
pub(crate) struct Emptied {
    pub doomed: Vec<RecordingId>,
    pub changed: Vec<(String, Mailbox)>,
}

/// Notes what is new in the trash. The time of the move is not known: the clock may not have been set.
pub(crate) fn look(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    let transaction = rows::durable(connection)?;
    rows::stamp_trash(&transaction, now)?;
    Ok(transaction.commit()?)
}

/// Forgets what has been in the trash for [`TRASH_KEPT`], at most [`BATCH`] of it.
pub(crate) fn empty(connection: &mut Connection, now: Timestamp) -> Result<Emptied, StoreError> {
    let before = now.checked_sub(TRASH_KEPT).unwrap_or(Timestamp::MIN);
    let transaction = rows::durable(connection)?;
    let old = rows::old_trash(&transaction, before, BATCH)?;
    for (id, _) in &old {
        rows::doom(&transaction, *id)?;
    }
    let mailboxes: BTreeSet<&String> = old.iter().map(|(_, mailbox)| mailbox).collect();
    let mut changed = Vec::new();
    for mailbox in mailboxes {
        changed.push((mailbox.clone(), rows::figures(&transaction, mailbox)?));
    }
    transaction.commit()?;
    Ok(Emptied { doomed: old.into_iter().map(|(id, _)| id).collect(), changed })
}
