//! Call records: views over call events.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pbx::call_backs::{EXPECTED_FOR, HelpCall};
use pbx::events::{CallEvent, Cause, Ending, Happened};
use pbx::input::CallId;
use pbx::last_callers::{CALLS_READ, LastCallers};
use pbx::presence::LastCaller;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::records::{json, nanoseconds, number, optional_text, text, timestamp};

/// How many rows one question answers at most; the next page is asked with `before`.
pub const MAX_ROWS: usize = 500;

/// How many events of one call are read: a call has some fifteen, one that held and resumed all day some hundreds.
const MAX_EVENTS: u64 = 10_000;

/// Which calls are asked for; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// Called by or dialling exactly this.
    pub number: Option<String>,
    /// Ended for this cause.
    pub cause: Option<Cause>,
    /// Charged to the account of this number.
    pub account: Option<String>,
    /// Begun at this time or later.
    pub since: Option<Timestamp>,
    /// Begun before this time.
    pub until: Option<Timestamp>,
    /// Older than this call: the last one of the page before.
    pub before: Option<CallId>,
    /// So many at most; [`MAX_ROWS`] holds besides.
    pub limit: usize,
}

/// One call in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallRow {
    /// Its number.
    pub id: CallId,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether the clock was set then.
    pub synced: bool,
    /// The caller's extension.
    pub from: String,
    /// The caller's name as the carrier told it; empty where it told none.
    pub name: String,
    /// The caller's phone.
    pub phone: String,
    /// What was dialled.
    pub to: String,
    /// The address it came from.
    pub source: String,
    /// The configuration revision that routed it.
    pub revision: u64,
    /// When it was answered, by a callee or by the box.
    pub answered_at: Option<Timestamp>,
    /// When it ended; a call without an end is up.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub cause: Option<Cause>,
    /// From the answer to the end in whole seconds, rounded up as carriers do; by the clock that never jumps. What the box asks its
    /// caller before somebody answers is no talk; where nobody does, the box's own answer counts.
    pub talk_s: Option<u64>,
    /// The phones that rang, in the order in which they were asked to.
    pub rung: Vec<String>,
    /// For whom it ended, and what it came to.
    pub because: Option<Ending>,
    /// The name of the authorization code that let it out, where one did.
    pub authorized_by: Option<String>,
    /// Whom it is charged to, where its caller keyed that.
    pub charged_to: Option<ChargedTo>,
}

/// The account that a call is charged to (F162).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargedTo {
    /// Its number.
    pub number: String,
    /// Its name when the call was made.
    pub name: String,
}

/// One call in full.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CallLog {
    /// What happened, in order.
    pub events: Vec<CallEvent>,
    /// How many events cannot be read any more.
    pub unreadable: usize,
}

/// The first condition stands alone, so that a page begins where it is and not at the newest call.
pub(crate) const LIST: &str = "SELECT id, started_at, synced, caller, phone, dialled, source, revision,
                answered_at, ended_at, cause, talk_ms, rung, because,
                (SELECT CASE WHEN json_valid(e.what) THEN CAST(json_extract(e.what, '$.name') AS TEXT) END
                   FROM call_event e INDEXED BY call_kind
                  WHERE e.call = call.id AND e.kind = 'asked' ORDER BY e.seq LIMIT 1),
                (SELECT CASE WHEN json_valid(e.what) THEN CAST(json_extract(e.what, '$.code') AS TEXT) END
                   FROM call_event e INDEXED BY call_kind
                  WHERE e.call = call.id AND e.kind = 'authorized' ORDER BY e.seq DESC LIMIT 1),
                (SELECT e.what FROM call_event e INDEXED BY call_kind
                  WHERE e.call = call.id AND e.kind = 'charged' ORDER BY e.seq DESC LIMIT 1)
           FROM call
          WHERE id < ?1
            AND (?2 IS NULL OR caller = ?2 OR dialled = ?2)
            AND (?3 IS NULL OR cause = ?3)
            AND (?4 IS NULL OR started_at >= ?4)
            AND (?5 IS NULL OR started_at < ?5)
            AND (?7 IS NULL OR EXISTS (
                SELECT 1 FROM call_event e INDEXED BY call_kind
                 WHERE e.call = call.id AND e.kind = 'charged'
                   AND CASE WHEN json_valid(e.what) THEN CAST(json_extract(e.what, '$.account') AS TEXT) END = ?7))
          ORDER BY id DESC LIMIT ?6";

pub(crate) fn calls(connection: &Connection, filter: &CallFilter) -> Result<Vec<CallRow>, StoreError> {
    let mut select = connection.prepare_cached(LIST)?;
    let cause = filter.cause.map(word).transpose()?;
    let wanted = params![
        filter.before.map_or(i64::MAX, |call| number(call.0)),
        filter.number,
        cause,
        filter.since.map(nanoseconds),
        filter.until.map(nanoseconds),
        number(filter.limit.min(MAX_ROWS) as u64),
        filter.account,
    ];
    let rows = select.query_map(wanted, call_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn call_row(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    let cause = optional_text(row, 10)?;
    let talk_ms: Option<i64> = row.get(11)?;
    let rung = text(row, 12)?;
    Ok(CallRow {
        id: CallId(row.get::<_, i64>(0)?.unsigned_abs()),
        started_at: timestamp(row.get(1)?),
        synced: row.get(2)?,
        from: text(row, 3)?,
        name: optional_text(row, 14)?.unwrap_or_default(),
        phone: text(row, 4)?,
        to: text(row, 5)?,
        source: text(row, 6)?,
        revision: row.get::<_, i64>(7)?.unsigned_abs(),
        answered_at: row.get::<_, Option<i64>>(8)?.map(timestamp),
        ended_at: row.get::<_, Option<i64>>(9)?.map(timestamp),
        // A cause that a newer Bellbox wrote is none that can be named here.
        cause: cause.and_then(|cause| serde_json::from_value(serde_json::Value::String(cause)).ok()),
        talk_s: talk_ms.map(|ms| ms.max(0).unsigned_abs().div_ceil(1000)),
        rung: serde_json::from_str(&rung).unwrap_or_default(),
        because: optional_text(row, 13)?.and_then(ending),
        authorized_by: optional_text(row, 15)?,
        charged_to: optional_text(row, 16)?.and_then(|what| charged_to(&what)),
    })
}

/// What the events say of the end: a word or a sentence as it is, all else as JSON. One of a newer Bellbox is none that can be told
/// here.
fn ending(text: String) -> Option<Ending> {
    let value = serde_json::from_str(&text).ok().filter(serde_json::Value::is_object);
    serde_json::from_value(value.unwrap_or(serde_json::Value::String(text))).ok()
}

/// What the events say of the account; one that cannot be read is none.
fn charged_to(what: &str) -> Option<ChargedTo> {
    match serde_json::from_str(what).ok()? {
        Happened::Charged { account: number, name, .. } => Some(ChargedTo { number, name }),
        _ => None,
    }
}

/// The name of a cause as the events spell it.
fn word(cause: Cause) -> Result<String, StoreError> {
    Ok(json(&cause)?.trim_matches('"').to_owned())
}

/// Who has called whom last, as far as the newest [`CALLS_READ`] calls tell; a line that cannot be read tells nothing.
pub(crate) fn last_callers(connection: &Connection) -> Result<BTreeMap<String, LastCaller>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT call, what, at, synced FROM call_event
          WHERE call > (SELECT coalesce(max(call), 0) FROM call_event) - ?1 AND kind IN ('asked', 'decided', 'entered')
          ORDER BY call, seq",
    )?;
    let mut rows = select.query([number(CALLS_READ)])?;
    let mut callers = LastCallers::default();
    while let Some(row) = rows.next()? {
        if let Ok(what) = serde_json::from_str(&text(row, 1)?) {
            let is_synced: bool = row.get(3)?;
            let at = timestamp(row.get(2)?);
            callers.read(CallId(row.get::<_, i64>(0)?.unsigned_abs()), is_synced.then_some(at), what);
        }
    }
    Ok(callers.found())
}

/// The newest calls for help that may be called back, oldest first, as far as the newest [`CALLS_READ`] calls tell.
pub(crate) fn help_calls(connection: &Connection) -> Result<Vec<HelpCall>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT what, coalesce(ended_at, at),
                (SELECT max(started_at) FROM call WHERE id > (SELECT max(id) FROM call) - ?1)
           FROM call_event JOIN call ON call.id = call_event.call
          WHERE call > (SELECT coalesce(max(call), 0) FROM call_event) - ?1 AND kind = 'call_back_expected'
          ORDER BY call, seq",
    )?;
    let mut rows = select.query([number(CALLS_READ)])?;
    let mut calls = Vec::new();
    while let Some(row) = rows.next()? {
        if let Ok(Happened::CallBackExpected { extension, number }) = serde_json::from_str(&text(row, 0)?) {
            // A clock that was never set says nothing: what was over long before the newest call is over all the same.
            let (at, newest) = (timestamp(row.get(1)?), timestamp(row.get(2)?));
            if newest.duration_since(at).unsigned_abs() < EXPECTED_FOR || newest < at {
                calls.push(HelpCall { extension, number, at });
            }
        }
    }
    Ok(calls)
}

pub(crate) fn call(connection: &Connection, call: CallId) -> Result<Option<CallLog>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT seq, at, synced, since_start_ms, what FROM call_event WHERE call = ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = select.query(params![number(call.0), number(MAX_EVENTS)])?;
    let mut log = CallLog { events: Vec::new(), unreadable: 0 };
    while let Some(row) = rows.next()? {
        let what = text(row, 4)?;
        match serde_json::from_str(&what) {
            Ok(what) => log.events.push(CallEvent {
                call,
                seq: row.get(0)?,
                at: timestamp(row.get(1)?),
                synced: row.get(2)?,
                since_start_ms: row.get::<_, i64>(3)?.unsigned_abs(),
                what,
            }),
            Err(error) => {
                log::warn!("call {}: an event is unreadable: {error}", call.0);
                log.unreadable += 1;
            }
        }
    }
    let is_known = !log.events.is_empty() || log.unreadable > 0;
    Ok(is_known.then_some(log))
}
