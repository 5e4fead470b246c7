//! The engine's records in rows.

use jiff::Timestamp;
use pbx::alarm::Alarm;
use pbx::completion::Wishes;
use pbx::events::{CallEvent, Cause, Ending, Happened};
use pbx::input::CallId;
use pbx::misuse::Misuse;
use pbx::output::Record;
use pbx::registrar::{Binding, BindingKey};
use pbx::status::Alert;
use pbx::words::Language;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::error::StoreError;

/// How many calls are kept: more than a year at 200 a day. Short ones are some 105 MB, with which a desktop machine starts in half
/// a second.
pub const CALLS_KEPT: u64 = 100_000;

/// How many alerts are kept: years of them, unless something raises one a second, and then the newest matter.
pub const ALERTS_KEPT: u64 = 10_000;

/// How many bindings are kept: all phones of the largest office at all their addresses. What is beyond are ruins.
const BINDINGS_KEPT: u64 = 40_000;

/// The name under which `meta` keeps what is remembered of misuse; the engine bounds it.
const MISUSE: &str = "misuse";

/// The name under which it keeps who wants to be called back; the engine bounds that too.
const COMPLETIONS: &str = "completions";

/// Writes all of these or nothing. On disk when it returns, unless all of them are bindings or of misuse: those wait for the
/// next checkpoint, because phones register again anyway, and guessers guess.
pub(crate) fn write<'a>(
    connection: &mut Connection,
    records: impl Iterator<Item = &'a Record> + Clone,
) -> Result<(), StoreError> {
    let is_lazy =
        records.clone().all(|record| matches!(record, Record::Bound(_) | Record::Unbound(_) | Record::Misuse(_)));
    connection.pragma_update(None, "synchronous", if is_lazy { "NORMAL" } else { "FULL" })?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for record in records {
        match record {
            Record::Call(event) => write_event(&transaction, event)?,
            Record::Bound(binding) => write_binding(&transaction, binding)?,
            Record::Unbound(key) => remove_binding(&transaction, key)?,
            Record::Alert(alert) => write_alert(&transaction, alert)?,
            Record::Misuse(misuse) => set_meta(&transaction, MISUSE, &json(misuse)?)?,
            Record::Completions(wishes) => set_meta(&transaction, COMPLETIONS, &json(wishes)?)?,
        }
    }
    Ok(transaction.commit()?)
}

fn write_event(transaction: &Transaction<'_>, event: &CallEvent) -> Result<(), StoreError> {
    let call = number(event.call.0);
    let what = json(&event.what)?;
    let since = number(event.since_start_ms);
    let row = params![call, event.seq, nanoseconds(event.at), event.synced, since, what];
    let mut insert = transaction.prepare_cached(
        "INSERT INTO call_event (call, seq, at, synced, since_start_ms, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (call, seq) DO NOTHING",
    )?;
    if insert.execute(row)? == 0 {
        // A commit whose answer was lost may come again; another event in its place must not.
        let known = transaction
            .prepare_cached("SELECT what FROM call_event WHERE call = ?1 AND seq = ?2")?
            .query_row(params![call, event.seq], |row| text(row, 0))?;
        if known != what {
            return Err(StoreError::Refused(rusqlite::Error::StatementChangedRows(0)));
        }
        return Ok(());
    }
    match event.what {
        Happened::Asked { .. } => {
            // The end may have been written before: the disk refused the beginning for a while.
            let insert = "INSERT OR IGNORE INTO open_call (call) SELECT ?1 WHERE NOT EXISTS
                (SELECT 1 FROM call_event WHERE call = ?1 AND json_extract(what, '$.kind') = 'ended')";
            transaction.prepare_cached(insert)?.execute([call])?;
        }
        Happened::Ended { .. } => {
            transaction.prepare_cached("DELETE FROM open_call WHERE call = ?1")?.execute([call])?;
        }
        _ => {}
    }
    Ok(())
}

fn write_binding(transaction: &Transaction<'_>, binding: &Binding) -> Result<(), StoreError> {
    let row = params![binding.key.user, binding.key.device, nanoseconds(binding.expires_at), json(binding)?];
    transaction
        .prepare_cached("INSERT OR REPLACE INTO binding (user, device, expires_at, binding) VALUES (?1, ?2, ?3, ?4)")?
        .execute(row)?;
    Ok(())
}

fn remove_binding(transaction: &Transaction<'_>, key: &BindingKey) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM binding WHERE user = ?1 AND device = ?2")?
        .execute(params![key.user, key.device])?;
    Ok(())
}

fn write_alert(transaction: &Transaction<'_>, alert: &Alert) -> Result<(), StoreError> {
    transaction
        .prepare_cached("INSERT INTO alert (at, text) VALUES (?1, ?2)")?
        .execute(params![nanoseconds(alert.at), json(&alert.what)?])?;
    Ok(())
}

/// Drops what is beyond the limits, oldest first.
pub(crate) fn prune(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let last: i64 = transaction.query_row("SELECT coalesce(max(call), 0) FROM call_event", [], |row| row.get(0))?;
    transaction.execute("DELETE FROM call_event WHERE call <= ?1", [last.saturating_sub(number(CALLS_KEPT))])?;
    transaction.execute("DELETE FROM alert WHERE id <= (SELECT max(id) FROM alert) - ?1", [number(ALERTS_KEPT)])?;
    transaction.execute(
        "DELETE FROM binding WHERE (user, device) IN
           (SELECT user, device FROM binding ORDER BY expires_at DESC LIMIT -1 OFFSET ?1)",
        [number(BINDINGS_KEPT)],
    )?;
    Ok(transaction.commit()?)
}

/// Every binding, whether it has ended meanwhile or not: only the engine knows what time it is. Unreadable ones are
/// left out, their phones register again.
pub(crate) fn bindings(connection: &Connection) -> Result<Vec<Binding>, StoreError> {
    let mut select = connection.prepare_cached("SELECT binding FROM binding ORDER BY user, device")?;
    let rows = select.query_map([], |row| text(row, 0))?;
    let mut bindings = Vec::new();
    for row in rows {
        match serde_json::from_str(&row?) {
            Ok(binding) => bindings.push(binding),
            Err(error) => log::warn!("a saved binding is unreadable: {error}"),
        }
    }
    Ok(bindings)
}

/// What is remembered of misuse; nothing where it cannot be read.
pub(crate) fn misuse(connection: &Connection) -> Result<Option<Misuse>, StoreError> {
    let read = |text: String| serde_json::from_str(&text).inspect_err(|error| log::warn!("{MISUSE}: {error}")).ok();
    Ok(meta(connection, MISUSE)?.and_then(read))
}

/// Who wants to be called back; nobody where it cannot be read.
pub(crate) fn completions(connection: &Connection) -> Result<Option<Wishes>, StoreError> {
    let read =
        |text: String| serde_json::from_str(&text).inspect_err(|error| log::warn!("{COMPLETIONS}: {error}")).ok();
    Ok(meta(connection, COMPLETIONS)?.and_then(read))
}

/// A value that there is one of, by its name.
pub(crate) fn meta(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| text(row, 0)).optional()?)
}

/// Puts such a value in place of the one before.
pub(crate) fn set_meta(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let insert = "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)";
    connection.prepare_cached(insert)?.execute([name, value])?;
    Ok(())
}

/// The newest alerts, newest first.
pub(crate) fn alerts(connection: &Connection, limit: usize) -> Result<Vec<Alert>, StoreError> {
    let mut select = connection.prepare_cached("SELECT at, text FROM alert ORDER BY id DESC LIMIT ?1")?;
    let rows = select.query_map([number(limit as u64)], |row| {
        Ok(Alert { at: timestamp(row.get(0)?), what: alarm(text(row, 1)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An alarm out of the database: as data, or as the sentence that an earlier version wrote.
fn alarm(text: String) -> Alarm {
    serde_json::from_str(&text).unwrap_or(Alarm::Told(text))
}

/// The number for the next call: above every one that was given, kept or not.
pub(crate) fn next_call(connection: &Connection) -> Result<u64, StoreError> {
    let next: i64 = connection.query_row(
        "SELECT max(coalesce((SELECT max(call) + 1 FROM call_event), 1),
                    coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'call_floor'), 1))",
        [],
        |row| row.get(0),
    )?;
    Ok(next.unsigned_abs())
}

/// Ends the calls that a power cut left open, so that no list shows them as running for ever.
pub(crate) fn close_open_calls(connection: &mut Connection) -> Result<usize, StoreError> {
    let open: Vec<i64> = {
        let mut select = connection.prepare("SELECT call FROM open_call ORDER BY call")?;
        select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for call in &open {
        let last = transaction
            .query_row(
                "SELECT seq, at, synced, since_start_ms FROM call_event WHERE call = ?1 ORDER BY seq DESC LIMIT 1",
                [call],
                |row| {
                    Ok(CallEvent {
                        call: CallId(call.unsigned_abs()),
                        seq: row.get::<_, u32>(0)?.saturating_add(1),
                        at: timestamp(row.get(1)?),
                        synced: row.get(2)?,
                        since_start_ms: row.get::<_, i64>(3)?.unsigned_abs(),
                        what: Happened::Ended { cause: Cause::ShutDown, because: Ending::PowerCut },
                    })
                },
            )
            .optional()?;
        match last {
            Some(event) => write_event(&transaction, &event)?,
            None => {
                transaction.execute("DELETE FROM open_call WHERE call = ?1", [call])?;
            }
        }
    }
    transaction.commit()?;
    Ok(open.len())
}

/// Writes them down, and into the log also where they cannot be written.
pub(crate) fn write_alarms(connection: &mut Connection, alarms: &[Alarm]) {
    let at = Timestamp::now();
    for alarm in alarms {
        log::error!("{}", Language::English.words().alarm(alarm));
        let alert = Record::Alert(Alert { at, what: alarm.clone() });
        if let Err(error) = write(connection, [alert].iter()) {
            log::error!("this alarm was not written down: {error}");
        }
    }
}

/// A time in the database. Clamped to the years 1677 to 2262, which a wrong clock may leave.
pub(crate) fn nanoseconds(at: Timestamp) -> i64 {
    let nanoseconds = at.as_nanosecond();
    i64::try_from(nanoseconds).unwrap_or(if nanoseconds < 0 { i64::MIN } else { i64::MAX })
}

/// A time out of the database.
pub(crate) fn timestamp(nanoseconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(nanoseconds)).expect("64 bits of nanoseconds are within jiff's years")
}

/// A text out of the database; what a flipped bit made no UTF-8 any more is read as far as it goes.
pub(crate) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(optional_text(row, column)?.unwrap_or_default())
}

/// The same where there may be none.
pub(crate) fn optional_text(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => None,
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
    })
}

/// An unsigned number in the database.
pub(crate) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A value in the database.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Refused(rusqlite::Error::ToSqlConversionFailure(Box::new(error))))
}
