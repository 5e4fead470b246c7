//! The call record is right for every way a call can go.

use pbx::alarm::Alarm;
use pbx::events::{Cause, Decision, Ending, Happened};
use pbx::input::{CallId, LegId, Quality};
use pbx::output::Record;
use pbx::route::{Act, Outcome, Reason, Ring, Step};

use super::{asked, at, between, commit, ended, event, invited, open, rang};
use crate::{CallFilter, CallRow, ChargedTo, Store};

fn log() -> Vec<Record> {
    let ring = Ring::phones("1002".to_owned(), vec!["1002a".to_owned()], 25);
    let because = vec![Reason::ExtensionOf { extension: "1002".to_owned(), person: "Workshop".to_owned() }];
    let steps = vec![Decision::Step(Step { act: Act::Ring(ring), on: vec![(Outcome::Busy, 1)], because })];
    let answered = |call, seq, leg, ms| {
        event(call, seq, ms, Happened::Answered { leg: LegId(leg), codec: "PCMA".to_owned(), is_caller: false })
    };
    vec![
        // 1: answered by the second of two phones, held, hung up, with a quality after the end.
        asked(1, "1001", "1002"),
        event(1, 1, 1, Happened::Decided { steps }),
        event(1, 2, 1, Happened::Entered { step: 0 }),
        invited(1, 3, 11, "1002b"),
        invited(1, 4, 12, "1002a"),
        rang(1, 5, 12),
        rang(1, 6, 11),
        answered(1, 7, 12, 4_000),
        event(1, 8, 6_000, Happened::Held { leg: LegId(12) }),
        event(1, 9, 7_000, Happened::Resumed { leg: LegId(12) }),
        ended(1, 10, 9_001, Cause::HungUp),
        event(1, 11, 9_002, Happened::Quality { leg: LegId(12), quality: Quality::default() }),
        // 2: busy, without ringing.
        asked(2, "1001", "1002"),
        invited(2, 1, 21, "1002a"),
        event(2, 2, 30, Happened::Refused { leg: LegId(21), status: 486 }),
        ended(2, 3, 31, Cause::Busy),
        // 3: cancelled while it rang.
        asked(3, "1002", "1001"),
        invited(3, 1, 31, "1001a"),
        rang(3, 2, 31),
        ended(3, 3, 8_000, Cause::Cancelled),
        // 4: help could not be called.
        asked(4, "1002", "911"),
        ended(4, 1, 10, Cause::EmergencyUnreachable),
        // 5: still up.
        asked(5, "1001", "*43"),
        answered(5, 1, 50, 20),
    ]
}

fn row(store: &Store, id: u64) -> CallRow {
    let before = Some(CallId(id + 1));
    let filter = CallFilter { before, limit: 1, ..CallFilter::default() };
    store.calls(&filter).expect("it can be read").remove(0)
}

#[test]
fn an_answered_call_has_times_phones_and_seconds() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    let expected = CallRow {
        id: CallId(1),
        started_at: at(0),
        synced: true,
        from: "1001".to_owned(),
        name: "as the carrier says".to_owned(),
        phone: "1001a".to_owned(),
        to: "1002".to_owned(),
        source: "127.0.0.1:5060".to_owned(),
        revision: 1,
        answered_at: Some(at(4)),
        ended_at: Some(at(9)),
        cause: Some(Cause::HungUp),
        talk_s: Some(6),
        rung: vec!["1002b".to_owned(), "1002a".to_owned()],
        because: Some(between("1001", "1002")),
        authorized_by: None,
        charged_to: None,
    };
    assert_eq!(row(&store, 1), expected);
}

#[test]
fn unanswered_calls_have_no_talk_and_only_phones_that_rang() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    for (id, cause, rung) in [
        (2, Cause::Busy, vec![]),
        (3, Cause::Cancelled, vec!["1001a".to_owned()]),
        (4, Cause::EmergencyUnreachable, vec![]),
    ] {
        let row = row(&store, id);
        assert_eq!((row.cause, row.answered_at, row.talk_s, row.rung), (Some(cause), None, None, rung), "call {id}");
        assert!(row.ended_at.is_some() && row.because.is_some(), "call {id}");
    }
    let up = row(&store, 5);
    assert_eq!((up.answered_at, up.ended_at, up.cause, up.talk_s), (Some(at(0)), None, None, None));
}

#[test]
fn f162_what_the_box_asks_before_a_call_is_no_talk() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let answered = |call, seq, leg, ms, is_caller| {
        event(call, seq, ms, Happened::Answered { leg: LegId(leg), codec: "PCMA".to_owned(), is_caller })
    };
    let records = [
        // 1: the box asks for an account for 8 s, and a callee talks for 5.
        vec![asked(1, "1001", "0123"), answered(1, 1, 10, 1_000, true), invited(1, 2, 11, "1002a")],
        vec![answered(1, 3, 11, 9_000, false), ended(1, 4, 14_000, Cause::HungUp)],
        // 2: it asks, and the mailbox takes the call: the box alone.
        vec![asked(2, "1001", "1002"), answered(2, 1, 20, 1_000, true), ended(2, 2, 4_000, Cause::HungUp)],
    ];
    assert!(commit(&store, records.concat()));
    assert_eq!((row(&store, 1).talk_s, row(&store, 2).talk_s), (Some(5), Some(3)));
    assert_eq!(row(&store, 1).answered_at, Some(at(1)));
}

#[test]
fn calls_are_filtered_and_paged_newest_first() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    let all = CallFilter { limit: 100, ..CallFilter::default() };
    let number = |number: &str| CallFilter { number: Some(number.to_owned()), ..all.clone() };
    for (filter, expected) in [
        (all.clone(), vec![5, 4, 3, 2, 1]),
        (CallFilter { limit: 2, ..all.clone() }, vec![5, 4]),
        (CallFilter { limit: 2, before: Some(CallId(4)), ..all.clone() }, vec![3, 2]),
        (number("911"), vec![4]),
        (number("1002"), vec![4, 3, 2, 1]),
        (CallFilter { cause: Some(Cause::EmergencyUnreachable), ..all.clone() }, vec![4]),
        (CallFilter { since: Some(at(1)), ..all.clone() }, vec![]),
        (CallFilter { until: Some(at(1)), limit: 1, ..all.clone() }, vec![5]),
        (CallFilter { limit: 0, ..all.clone() }, vec![]),
    ] {
        let ids: Vec<u64> = store.calls(&filter).expect("it can be read").iter().map(|row| row.id.0).collect();
        assert_eq!(ids, expected, "{filter:?}");
    }
}

#[test]
fn a_call_is_read_as_it_was_written() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    let written: Vec<_> = log()
        .into_iter()
        .filter_map(|record| match record {
            Record::Call(event) if event.call == CallId(1) => Some(event),
            _ => None,
        })
        .collect();
    let read = store.call(CallId(1)).expect("it can be read").expect("it is known");
    assert_eq!((read.events, read.unreadable), (written, 0));
    assert_eq!(store.call(CallId(77)).expect("it can be read"), None);
}

#[test]
fn calls_that_an_earlier_version_told_in_words_are_still_told() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    drop(store);
    let told = r#"{"kind":"ended","cause":"hung_up","because":"1001 hung up"}"#;
    let update = "UPDATE call_event SET what = ?1 WHERE call = 1 AND seq = 10";
    let connection = rusqlite::Connection::open(dir.path().join("bellbox.db")).expect("it opens");
    assert_eq!(connection.execute(update, [told]).expect("it can be changed"), 1);
    connection.execute("INSERT INTO alert (at, text) VALUES (0, 'look at the disk')", []).expect("it can be written");
    drop(connection);
    let store = open(dir.path());
    assert_eq!(row(&store, 1).because, Some(Ending::Told("1001 hung up".to_owned())));
    assert_eq!(store.call(CallId(1)).expect("it can be read").expect("it is known").unreadable, 0);
    let alarm = store.alerts(1).expect("they can be read").remove(0).what;
    assert_eq!(alarm, Alarm::Told("look at the disk".to_owned()));
    // Its talk is over all the same, and the other calls are as they were.
    assert_eq!((row(&store, 1).talk_s, row(&store, 2).because), (Some(6), Some(between("1001", "1002"))));
}

#[test]
fn a_record_keeps_the_name_of_the_code_that_let_the_call_out() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let mut events = log();
    events.push(event(1, 12, 9_003, Happened::Authorized { by: "1001".to_owned(), code: "Abroad".to_owned() }));
    assert!(commit(&store, events));
    assert_eq!(row(&store, 1).authorized_by.as_deref(), Some("Abroad"));
}

#[test]
fn a_record_keeps_the_account_as_it_was_then_and_is_found_by_its_number() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let mut events = log();
    let charged = |account: &str, name: &str| Happened::Charged {
        by: "1001".to_owned(),
        account: account.to_owned(),
        name: name.to_owned(),
    };
    events.push(event(1, 12, 9_003, charged("0471", "Harbour")));
    events.push(event(3, 12, 9_003, charged("471", "Lighthouse")));
    assert!(commit(&store, events));
    let harbour = ChargedTo { number: "0471".to_owned(), name: "Harbour".to_owned() };
    assert_eq!((row(&store, 1).charged_to, row(&store, 2).charged_to), (Some(harbour), None));
    for (account, expected) in [("0471", vec![1]), ("471", vec![3]), ("47", vec![]), ("", vec![])] {
        let filter = CallFilter { account: Some(account.to_owned()), limit: 100, ..CallFilter::default() };
        let ids: Vec<u64> = store.calls(&filter).expect("it can be read").iter().map(|row| row.id.0).collect();
        assert_eq!(ids, expected, "{account}");
    }
}

#[test]
fn a_page_of_calls_goes_along_indexes_however_many_there_are() {
    const CALLS: u32 = 100_000;
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, log()));
    drop(store);
    let database = rusqlite::Connection::open(dir.path().join("bellbox.db")).expect("it opens");
    // Each like the first one, which was answered.
    let copies = format!(
        "INSERT INTO call_event (call, seq, at, synced, since_start_ms, what)
         WITH RECURSIVE more (call) AS (SELECT 6 UNION ALL SELECT call + 1 FROM more WHERE call < {CALLS})
         SELECT more.call, seq, at, synced, since_start_ms, what FROM more, call_event WHERE call_event.call = 1"
    );
    database.execute(&copies, []).expect("there is space");
    let mut select = database.prepare(&format!("EXPLAIN QUERY PLAN {}", crate::calls::LIST)).expect("it is SQL");
    let plan: Vec<String> =
        select.query_map([None::<i64>; 7], |row| row.get(3)).expect("it is explained").map(Result::unwrap).collect();
    let steps: Vec<&String> =
        plan.iter().filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN")).collect();
    let (first, others) = steps.split_first().expect("it has steps");
    assert_eq!(*first, "SEARCH asked USING INDEX call_start (call<?)");
    assert!(others.len() >= 7, "{plan:?}");
    for step in others {
        assert!(step.ends_with("USING INDEX call_kind (call=? AND kind=?)"), "{plan:?}");
    }
    let newest = CallFilter { limit: 50, ..CallFilter::default() };
    let deep = CallFilter { before: Some(CallId(51)), ..newest.clone() };
    for (filter, first) in [(newest, u64::from(CALLS)), (deep, 50)] {
        let rows = crate::calls::calls(&database, &filter).expect("it can be read");
        assert_eq!((rows.len(), rows[0].id, rows[0].talk_s), (50, CallId(first), Some(6)));
    }
}
