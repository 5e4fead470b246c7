//! The trash is emptied: rows first, then files.
//!
//! Nights are counted, not days: a clock that is wrong by a year for one night counts as one night. Rows say of which
//! look they are the first time in the trash (`trashed_at`).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use pbx::ids::RecordingId;
use pbx::mailbox::Mailbox;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::records::{meta, nanoseconds, number, set_meta, text};
use crate::rows;

/// For how many nights a deleted message can be taken back: a week's holiday of the one who misses it (F58). The nightly
/// look that finds it in the trash for the first time is none of them.
pub const TRASH_NIGHTS: u16 = 7;

/// Looks that are nearer to each other are of one night: the shortest day has 23 hours, and a night's work that failed
/// is begun again after some.
const NIGHT: SignedDuration = SignedDuration::from_hours(20);

/// How many messages are removed in one transaction: commits of calls wait for it.
pub(crate) const BATCH: usize = 100;

/// The names under which `meta` keeps how many nights were counted, and when the last one was.
const NIGHTS: &str = "trash_nights";
const LAST_NIGHT: &str = "trash_last_night";

/// What one transaction removed.
pub(crate) struct Emptied {
    pub doomed: Vec<RecordingId>,
    pub changed: Vec<(String, Mailbox)>,
}

/// Counts the night, if it is another one, and notes what is new in the trash. Says which night it is.
pub(crate) fn look(connection: &mut Connection, now: Timestamp) -> Result<i64, StoreError> {
    let transaction = rows::durable(connection)?;
    let count = |name| Ok::<_, StoreError>(meta(&transaction, name)?.and_then(|value| value.parse::<i64>().ok()));
    let last = count(LAST_NIGHT)?.map(|last| Timestamp::from_nanosecond(last.into()).unwrap_or(Timestamp::MIN));
    let mut night = count(NIGHTS)?.unwrap_or_default();
    if last.is_none_or(|last| now.duration_since(last).abs() >= NIGHT) {
        night += 1;
        set_meta(&transaction, NIGHTS, &night.to_string())?;
        set_meta(&transaction, LAST_NIGHT, &nanoseconds(now).to_string())?;
    }
    // A later night than this one is none: a flipped bit, or a time as an earlier version noted it.
    transaction.execute(
        "UPDATE recording SET trashed_at = ?1 WHERE state = 'trash' AND (trashed_at IS NULL OR trashed_at > ?1)",
        [night],
    )?;
    transaction.commit()?;
    Ok(night)
}

/// Forgets what has been in the trash for [`TRASH_NIGHTS`] in this night, at most [`BATCH`] of it.
pub(crate) fn empty(connection: &mut Connection, night: i64) -> Result<Emptied, StoreError> {
    let transaction = rows::durable(connection)?;
    let old: Vec<(RecordingId, String)> = {
        let mut select = transaction.prepare_cached(
            "SELECT id, mailbox FROM recording WHERE state = 'trash' AND trashed_at <= ?1 ORDER BY trashed_at LIMIT ?2",
        )?;
        let until = night.saturating_sub(TRASH_NIGHTS.into());
        let rows = select.query_map(params![until, number(BATCH as u64)], |row| {
            Ok((RecordingId(row.get::<_, i64>(0)?.unsigned_abs()), text(row, 1)?))
        })?;
        rows.collect::<Result<_, _>>()?
    };
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
