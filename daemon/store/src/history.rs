//! The history of the office: every save is a revision, each of them the whole office.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::error::StoreError;
use crate::records::{nanoseconds, number, optional_text, text, timestamp};

/// About how many bytes of history are kept: some 300 revisions of an office of 500 people, and thousands of one of 30,
/// whose people change their rules by phone several times a day.
pub const HISTORY_BYTES: u64 = 100 * 1024 * 1024;

/// How many revisions are kept at most, however small they are: the history of a small office for ten years.
pub const REVISIONS_KEPT: u64 = 10_000;

/// One saved office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Its number, from 1.
    pub id: u64,
    /// Who saved it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The office before as JSON; `None` for the oldest that is kept.
    pub before: Option<String>,
    /// The office since as JSON: as the office file, with HA1s and hashes in place of secrets.
    pub after: String,
}

/// Which revisions are wanted.
#[derive(Clone, Copy, Debug)]
pub struct RevisionFilter {
    /// Only those before this one.
    pub before: Option<u64>,
    /// Only those that were saved at this moment, or earlier.
    pub until: Option<Timestamp>,
    /// So many at most; [`MAX_ROWS`](crate::MAX_ROWS) holds besides.
    pub limit: usize,
}

impl RevisionFilter {
    /// The newest of all.
    pub fn newest(limit: usize) -> RevisionFilter {
        RevisionFilter { before: None, until: None, limit }
    }
}

const COLUMNS: &str = "SELECT r.id, r.author, r.at,
    (SELECT p.office FROM revision p WHERE p.id < r.id ORDER BY p.id DESC LIMIT 1), r.office FROM revision r";

/// The revisions that are wanted, newest first.
pub(crate) fn revisions(connection: &Connection, filter: RevisionFilter) -> Result<Vec<Revision>, StoreError> {
    let sql = format!("{COLUMNS} WHERE r.id < ?1 AND r.at <= ?2 ORDER BY r.id DESC LIMIT ?3");
    let mut select = connection.prepare_cached(&sql)?;
    let before = filter.before.map_or(i64::MAX, number);
    let until = filter.until.map_or(i64::MAX, nanoseconds);
    let rows = select.query_map(params![before, until, number(filter.limit as u64)], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One revision, if it is still kept.
pub(crate) fn revision(connection: &Connection, id: u64) -> Result<Option<Revision>, StoreError> {
    let mut select = connection.prepare_cached(&format!("{COLUMNS} WHERE r.id = ?1"))?;
    Ok(select.query_row([number(id)], read).optional()?)
}

fn read(row: &Row) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get::<_, i64>(0)?.unsigned_abs(),
        author: text(row, 1)?,
        at: timestamp(row.get(2)?),
        before: optional_text(row, 3)?,
        after: text(row, 4)?,
    })
}

/// Lets the oldest go that are too many beside the newest, which has this many bytes.
pub(crate) fn trim(connection: &Connection, newest: usize) -> Result<(), StoreError> {
    let kept = number(kept_beside(newest));
    connection.execute("DELETE FROM revision WHERE id <= (SELECT max(id) FROM revision) - ?1", [kept])?;
    Ok(())
}

/// As if the others had its size: an office changes little by little, and to add up thousands at each save would cost
/// more than the save.
fn kept_beside(newest: usize) -> u64 {
    (HISTORY_BYTES / (newest as u64).max(1)).clamp(1, REVISIONS_KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(revisions: u64, size: usize) -> Connection {
        let connection = Connection::open_in_memory().expect("memory is there");
        connection
            .execute_batch("CREATE TABLE revision (id INTEGER PRIMARY KEY, at INTEGER, author TEXT, office TEXT)")
            .expect("it is a table");
        let office = "x".repeat(size);
        for id in 1..=revisions {
            let row = params![number(id), number(id * 10), "desk", office];
            connection.execute("INSERT INTO revision VALUES (?1, ?2, ?3, ?4)", row).expect("it has room");
        }
        connection
    }

    fn ids(connection: &Connection, filter: RevisionFilter) -> Vec<u64> {
        revisions(connection, filter).expect("they can be read").into_iter().map(|revision| revision.id).collect()
    }

    #[test]
    fn the_oldest_go_where_offices_of_this_size_are_too_many() {
        let connection = filled(9, 100);
        let size = |kept: u64| usize::try_from(HISTORY_BYTES / kept).expect("it is a size");
        let left = |newest| {
            trim(&connection, newest).expect("it can be written");
            ids(&connection, RevisionFilter::newest(20))
        };
        assert_eq!(left(100).len(), 9);
        assert_eq!(left(size(9)).len(), 9);
        assert_eq!(left(size(7)), [9, 8, 7, 6, 5, 4, 3]);
        assert_eq!(left(usize::MAX), [9]);
        assert_eq!([kept_beside(0), kept_beside(330_000), kept_beside(20_000)], [10_000, 317, 5_242]);
    }

    #[test]
    fn a_moment_has_the_revisions_up_to_then_and_a_page_goes_on_before_the_last() {
        let connection = filled(9, 10);
        let at = |nanosecond| Some(Timestamp::from_nanosecond(nanosecond).expect("it is a moment"));
        assert_eq!(ids(&connection, RevisionFilter { before: None, until: at(45), limit: 2 }), [4, 3]);
        assert_eq!(ids(&connection, RevisionFilter { before: Some(3), until: at(45), limit: 9 }), [2, 1]);
        assert_eq!(ids(&connection, RevisionFilter { before: None, until: at(9), limit: 9 }), [0; 0]);
        let one = revision(&connection, 5).expect("it can be read").expect("it is there");
        assert_eq!((one.id, one.before.is_some()), (5, true));
        assert_eq!(revision(&connection, 10).expect("it can be read"), None);
    }
}
