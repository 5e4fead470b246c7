//! Recordings in rows.

use std::collections::BTreeMap;

use pbx::ids::{CallId, RecordingId};
use pbx::mailbox::{Caller, Folder, Mailbox, Message, NewRecording, Purpose};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use crate::error::StoreError;
use crate::records::{meta, nanoseconds, number, set_meta, text, timestamp};

/// The highest number of a recording: a thousand a second for thirty years. A file or a flipped bit that claims a
/// higher one must not use all numbers up.
pub(crate) const LAST_ID: u64 = 1_000_000_000_000;

/// The longest number or name of a caller that is kept, in characters: what comes from a trunk can be as long as a
/// packet.
const MAX_CALLER: usize = 128;

/// The name under which `meta` keeps the number of the next recording.
const NEXT: &str = "next_recording";

/// The columns of [`Kept::read`].
const COLUMNS: &str = "id, mailbox, purpose, state, caller, name, call, at, synced, length_ms, cut_off";

/// What has become of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It has begun; nobody knows yet whether it is wanted.
    Open,
    /// A message.
    In(Folder),
    /// A greeting or a name that callers hear.
    InUse,
    /// The one before: callers hear another one, or the box, and its owner can take it back.
    Before,
}

impl State {
    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::In(Folder::New) => "new",
            State::In(Folder::Saved) => "saved",
            State::In(Folder::Trash) => "trash",
            State::InUse => "in_use",
            State::Before => "before",
        }
    }

    fn of(word: &str) -> Option<State> {
        let folders = [Folder::New, Folder::Saved, Folder::Trash].map(State::In);
        [State::Open, State::InUse, State::Before].into_iter().chain(folders).find(|state| state.word() == word)
    }

    /// What a recording for this becomes when it is kept.
    pub(crate) fn kept(purpose: &Purpose) -> State {
        match purpose {
            Purpose::Message(_) => State::In(Folder::New),
            Purpose::Greeting | Purpose::Name | Purpose::Assistant => State::InUse,
            // Nobody keeps it: it stays what the next start removes.
            Purpose::Said => State::Open,
        }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub begun: NewRecording,
    pub state: State,
    pub length_ms: u32,
    pub is_cut_off: bool,
}

impl Kept {
    /// `None` where a flipped bit has made a word of it none that there is: it is said, and the next start puts it right.
    fn read(row: &Row<'_>) -> rusqlite::Result<Option<Kept>> {
        let id = RecordingId(row.get::<_, i64>(0)?.unsigned_abs());
        let caller = Caller { number: text(row, 4)?, name: text(row, 5)? };
        let (purpose, state) = (text(row, 2)?, text(row, 3)?);
        let (Some(purpose), Some(state)) = (purpose_of(&purpose, caller), State::of(&state)) else {
            log::error!("{id}: its row is unreadable, purpose {purpose:?}, state {state:?}");
            return Ok(None);
        };
        let is_message = matches!(purpose, Purpose::Message(_));
        if state != State::Open && matches!(state, State::In(_)) != is_message {
            log::error!("{id}: its row is unreadable, a {} is not {}", word(&purpose), state.word());
            return Ok(None);
        }
        let begun = NewRecording {
            id,
            mailbox: text(row, 1)?,
            purpose,
            call: CallId(row.get::<_, i64>(6)?.unsigned_abs()),
            at: timestamp(row.get(7)?),
            is_synced: row.get::<_, i64>(8)? != 0,
        };
        Ok(Some(Kept { begun, state, length_ms: length(row.get(9)?), is_cut_off: row.get::<_, i64>(10)? != 0 }))
    }

    /// As lists show it; `None` for what is no message in a folder.
    pub(crate) fn message(self) -> Option<Message> {
        let NewRecording { id, mailbox, purpose, call, at, is_synced } = self.begun;
        let (Purpose::Message(caller), State::In(folder)) = (purpose, self.state) else { return None };
        let (length_ms, is_cut_off) = (self.length_ms, self.is_cut_off);
        Some(Message { id, mailbox, folder, caller, at, is_synced, length_ms, is_cut_off, call })
    }
}

/// As a column of the database may hold more than a length can be.
fn length(column: i64) -> u32 {
    u32::try_from(column & i64::from(u32::MAX)).expect("it is masked to 32 bits")
}

pub(crate) fn word(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Message(_) => "message",
        Purpose::Greeting => "greeting",
        Purpose::Name => "name",
        Purpose::Assistant => "assistant",
        Purpose::Said => "said",
    }
}

fn purpose_of(word: &str, caller: Caller) -> Option<Purpose> {
    match word {
        "message" => Some(Purpose::Message(caller)),
        "greeting" => Some(Purpose::Greeting),
        "name" => Some(Purpose::Name),
        "assistant" => Some(Purpose::Assistant),
        "said" => Some(Purpose::Said),
        _ => None,
    }
}

/// A transaction that is on disk when its commit returns.
pub(crate) fn durable(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// The recording as it is kept: times as the database has them, texts of a bounded length.
pub(crate) fn clipped(new: &NewRecording) -> NewRecording {
    let clip = |text: &str| text.chars().filter(|c| !is_unseen(*c)).take(MAX_CALLER).collect::<String>();
    let mut new = new.clone();
    new.at = timestamp(nanoseconds(new.at));
    if let Purpose::Message(caller) = &mut new.purpose {
        *caller = Caller { number: clip(&caller.number), name: clip(&caller.name) };
    }
    new
}

/// What shows nothing itself and changes how the rest is shown: a caller could pass for another one by it. Controls, zero
/// width, and the direction of writing (Unicode's bidi controls).
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}')
}

pub(crate) fn insert(transaction: &Connection, kept: &Kept) -> Result<(), StoreError> {
    let new = &kept.begun;
    let caller = match &new.purpose {
        Purpose::Message(caller) => caller.clone(),
        Purpose::Greeting | Purpose::Name | Purpose::Assistant | Purpose::Said => Caller::default(),
    };
    transaction
        .prepare_cached(&format!(
            "INSERT INTO recording ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?
        .execute(params![
            number(new.id.0),
            new.mailbox,
            word(&new.purpose),
            kept.state.word(),
            caller.number,
            caller.name,
            number(new.call.0),
            nanoseconds(new.at),
            new.is_synced,
            kept.length_ms,
            kept.is_cut_off,
        ])?;
    raise_next(transaction, new.id.0.saturating_add(1))
}

/// One row, where it is there and readable.
pub(crate) fn find(connection: &Connection, id: RecordingId) -> Result<Option<Kept>, StoreError> {
    let mut select = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM recording WHERE id = ?1"))?;
    Ok(select.query_row([number(id.0)], Kept::read).optional()?.flatten())
}

pub(crate) fn set_kept(
    transaction: &Connection,
    id: RecordingId,
    state: State,
    length_ms: u32,
    is_cut_off: bool,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE recording SET state = ?2, length_ms = ?3, cut_off = ?4 WHERE id = ?1")?
        .execute(params![number(id.0), state.word(), length_ms, is_cut_off])?;
    Ok(())
}

/// Into a folder. When it came into the trash is noted by who empties it: only then is the clock known to be set.
pub(crate) fn set_folder(transaction: &Connection, id: RecordingId, to: Folder) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE recording SET state = ?2, trashed_at = NULL WHERE id = ?1")?
        .execute(params![number(id.0), State::In(to).word()])?;
    Ok(())
}

/// Forgets a recording; its files are to be removed, which is noted until they are.
pub(crate) fn doom(transaction: &Connection, id: RecordingId) -> Result<(), StoreError> {
    forget(transaction, id)?;
    transaction.prepare_cached("INSERT OR IGNORE INTO removal (id) VALUES (?1)")?.execute([number(id.0)])?;
    Ok(())
}

/// Whether its files are still to be removed.
pub(crate) fn is_doomed(connection: &Connection, id: RecordingId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM removal WHERE id = ?1")?.exists([number(id.0)])?)
}

/// The recordings whose files are to be removed.
pub(crate) fn doomed(connection: &Connection) -> Result<Vec<RecordingId>, StoreError> {
    let mut select = connection.prepare("SELECT id FROM removal ORDER BY id")?;
    let ids = select.query_map([], |row| Ok(RecordingId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Their files are gone, durably. This note itself may be lost: a file is then removed that is not there.
pub(crate) fn removed(connection: &mut Connection, ids: &[RecordingId]) -> Result<(), StoreError> {
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for id in ids {
        transaction.prepare_cached("DELETE FROM removal WHERE id = ?1")?.execute([number(id.0)])?;
    }
    Ok(transaction.commit()?)
}

/// The greetings or names of a mailbox that are in use: one, unless something went wrong; the newest first.
pub(crate) fn in_use(connection: &Connection, mailbox: &str, purpose: &str) -> Result<Vec<RecordingId>, StoreError> {
    in_state(connection, mailbox, purpose, State::InUse)
}

/// The greetings or names of a mailbox in a state, the newest first.
pub(crate) fn in_state(
    connection: &Connection,
    mailbox: &str,
    purpose: &str,
    state: State,
) -> Result<Vec<RecordingId>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM recording WHERE mailbox = ?1 AND purpose = ?2 AND state = ?3 ORDER BY id DESC",
    )?;
    let wanted = [mailbox, purpose, state.word()];
    let ids = select.query_map(wanted, |row| Ok(RecordingId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Whether callers hear a greeting or a name.
pub(crate) fn set_state(transaction: &Connection, id: RecordingId, state: State) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE recording SET state = ?2 WHERE id = ?1")?
        .execute(params![number(id.0), state.word()])?;
    Ok(())
}

/// Messages of one folder before this one, newest first.
pub(crate) fn page(
    connection: &Connection,
    mailbox: &str,
    folder: Folder,
    before: RecordingId,
    limit: usize,
) -> Result<Vec<Message>, StoreError> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM recording WHERE mailbox = ?1 AND state = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4"
    ))?;
    let wanted = params![mailbox, State::In(folder).word(), number(before.0), number(limit as u64)];
    let rows = select.query_map(wanted, Kept::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().filter_map(Kept::message).collect())
}

/// All rows that have begun and were never kept or dropped.
pub(crate) fn open(connection: &Connection) -> Result<Vec<Kept>, StoreError> {
    let mut select =
        connection.prepare(&format!("SELECT {COLUMNS} FROM recording WHERE state = 'open' ORDER BY id"))?;
    let rows = select.query_map([], Kept::read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// Every row's number and whether it is open, as far as the index says.
pub(crate) fn all(connection: &Connection) -> Result<BTreeMap<RecordingId, bool>, StoreError> {
    let mut select = connection.prepare("SELECT id, state = 'open' FROM recording")?;
    let rows = select.query_map([], |row| Ok((RecordingId(row.get::<_, i64>(0)?.unsigned_abs()), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows in which a flipped bit has made a word none that there is, or one that does not go with the other.
pub(crate) fn unreadable(connection: &Connection) -> Result<Vec<RecordingId>, StoreError> {
    let mut select = connection.prepare(
        "SELECT id FROM recording
          WHERE NOT ((purpose = 'said' AND state = 'open')
                  OR (purpose = 'message' AND state IN ('open', 'new', 'saved', 'trash'))
                  OR (purpose IN ('greeting', 'name', 'assistant') AND state IN ('open', 'in_use', 'before')))",
    )?;
    let ids = select.query_map([], |row| Ok(RecordingId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Takes a row out and leaves its files alone.
pub(crate) fn forget(connection: &Connection, id: RecordingId) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM recording WHERE id = ?1")?.execute([number(id.0)])?;
    Ok(())
}

/// How many messages there are outside the trash, and how long they are together, in milliseconds.
pub(crate) fn sum(connection: &Connection) -> Result<(u32, u64), StoreError> {
    let sum =
        "SELECT count(*), coalesce(sum(length_ms & 4294967295), 0) FROM recording WHERE state IN ('new', 'saved')";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()));
    Ok(connection.query_row(sum, [], read)?)
}

/// One mailbox in figures.
pub(crate) fn figures(connection: &Connection, mailbox: &str) -> Result<Mailbox, StoreError> {
    let mut figures = Mailbox::default();
    let mut select = connection.prepare_cached(
        "SELECT state, count(*), sum(length_ms & 4294967295) FROM recording
          WHERE mailbox = ?1 AND state IN ('new', 'saved') GROUP BY state",
    )?;
    let mut rows = select.query([mailbox])?;
    while let Some(row) = rows.next()? {
        count(&mut figures, &text(row, 0)?, row.get(1)?, row.get(2)?);
    }
    figures.greeting = in_use(connection, mailbox, word(&Purpose::Greeting))?.first().copied();
    figures.name = in_use(connection, mailbox, word(&Purpose::Name))?.first().copied();
    figures.assistant = in_use(connection, mailbox, word(&Purpose::Assistant))?.first().copied();
    Ok(figures)
}

/// Every mailbox that has anything in it, in figures.
pub(crate) fn all_figures(connection: &Connection) -> Result<BTreeMap<String, Mailbox>, StoreError> {
    let mut all: BTreeMap<String, Mailbox> = BTreeMap::new();
    let mut select = connection.prepare(
        "SELECT mailbox, state, count(*), sum(length_ms & 4294967295) FROM recording
          WHERE state IN ('new', 'saved') GROUP BY mailbox, state",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        count(all.entry(text(row, 0)?).or_default(), &text(row, 1)?, row.get(2)?, row.get(3)?);
    }
    let mut select =
        connection.prepare("SELECT mailbox, purpose, id FROM recording WHERE state = 'in_use' ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let figures = all.entry(text(row, 0)?).or_default();
        let id = RecordingId(row.get::<_, i64>(2)?.unsigned_abs());
        match text(row, 1)?.as_str() {
            "greeting" => figures.greeting = Some(id),
            "name" => figures.name = Some(id),
            other => log::error!("{id}: its row is unreadable, purpose {other:?}"),
        }
    }
    Ok(all)
}

fn count(figures: &mut Mailbox, state: &str, messages: i64, length_ms: i64) {
    let messages = u32::try_from(messages).unwrap_or(u32::MAX);
    figures.used_ms = figures.used_ms.saturating_add(length_ms.unsigned_abs());
    match state {
        "new" => figures.new = messages,
        _ => figures.saved = messages,
    }
}

/// The number for the next recording: above every one that was given, kept or not.
pub(crate) fn next(connection: &Connection) -> Result<u64, StoreError> {
    let highest: i64 = connection.query_row(
        "SELECT max(coalesce((SELECT max(id) FROM recording), 0), coalesce((SELECT max(id) FROM removal), 0))",
        [],
        |row| row.get(0),
    )?;
    let floor = meta(connection, NEXT)?.and_then(|value| value.parse().ok()).unwrap_or(1);
    Ok(highest.unsigned_abs().saturating_add(1).max(floor))
}

/// No recording gets a number below this one from here on.
pub(crate) fn raise_next(connection: &Connection, floor: u64) -> Result<(), StoreError> {
    let known = meta(connection, NEXT)?.and_then(|value| value.parse::<u64>().ok()).unwrap_or(1);
    if floor > known && floor <= LAST_ID { set_meta(connection, NEXT, &floor.to_string()) } else { Ok(()) }
}
