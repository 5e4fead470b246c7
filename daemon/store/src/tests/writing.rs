//! The writing thread: batches, order, full disks and panics.

use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::sync_channel;

use pbx::alarm::Alarm;
use pbx::events::{Cause, Happened};
use pbx::input::CallId;
use pbx::output::Record;

use super::{OFFICE, alert, asked, at, binding, commit, ended, event, import, open};
use crate::{CallFilter, ImportError, StoreError};

#[test]
fn bindings_and_alerts_survive_a_restart() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let (desk, press, gone) = (binding("desk", 5062), binding("press", 5063), binding("desk", 5064));
    let refreshed = pbx::registrar::Binding { cseq: 8, ..press.clone() };
    let bound = [&press, &desk, &gone, &refreshed].map(|binding| Record::Bound(binding.clone()));
    assert!(commit(&store, bound.to_vec()));
    assert!(commit(&store, vec![Record::Unbound(gone.key), alert("first"), alert("second")]));
    store.close();
    drop(store);
    let store = open(dir.path());
    assert_eq!(store.load().expect("it can be read").bindings, [desk, refreshed]);
    let alarms: Vec<Alarm> = store.alerts(9).expect("they can be read").into_iter().map(|alert| alert.what).collect();
    assert_eq!(alarms, ["second", "first"].map(|text| Alarm::Told(text.to_owned())));
    assert_eq!(store.alerts(1).expect("they can be read").len(), 1);
}

#[test]
fn what_is_remembered_of_misuse_survives_a_restart_and_is_left_out_where_it_is_damaged() {
    let dir = tempfile::tempdir().expect("a directory");
    let misuse = |at: i64| -> Box<pbx::misuse::Misuse> {
        let row = r#"{"waits":{"wrong":6,"until":{"secs":9,"nanos":0},"last":{"secs":5,"nanos":0}},"tries":6,"answered":1,
            "is_told":false,"rows":{},"others":null}"#;
        let guesses =
            format!(r#"{{"sources":{{"192.0.2.7":{row},"2001:db8:7:8::":{row}}},"accounts":{{}},"proven":{{}}}}"#);
        let text = format!(
            r#"{{"at":"2026-11-22T10:00:0{at}Z","since_boot":{{"secs":7,"nanos":0}},"guesses":{guesses},"tolls":{{"rows":{{}}}}}}"#
        );
        Box::new(serde_json::from_str(&text).expect("it is what is written"))
    };
    let text = |misuse: &pbx::misuse::Misuse| serde_json::to_string(misuse).expect("it is plain data");
    let store = open(dir.path());
    assert!(store.load().expect("it can be read").misuse.is_none());
    assert!(commit(&store, vec![Record::Misuse(misuse(1)), Record::Misuse(misuse(2))]));
    drop(store);
    let store = open(dir.path());
    let read = store.load().expect("it can be read").misuse.expect("it was written");
    assert_eq!(text(&read), text(&misuse(2)));
    drop(store);
    let database = rusqlite::Connection::open(dir.path().join(crate::store::DATABASE)).expect("it is there");
    database.execute("UPDATE meta SET value = '{' WHERE name = 'misuse'", []).expect("it has a row");
    drop(database);
    assert!(open(dir.path()).load().expect("the office goes on").misuse.is_none());
}

/// Half an hour runs from the end of the call; one that a power cut ended, from where it said so.
#[test]
fn calls_for_help_are_known_after_a_restart_with_their_end() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let expected = |call, extension: &str| {
        let what = Happened::CallBackExpected { extension: extension.to_owned(), number: "+49301".to_owned() };
        vec![asked(call, extension, "112"), event(call, 1, 1000, what)]
    };
    assert!(commit(&store, expected(1, "101")) && commit(&store, vec![ended(1, 2, 60_000, Cause::HungUp)]));
    assert!(commit(&store, expected(2, "102")));
    drop(store);
    let found = open(dir.path()).load().expect("it can be read").help_calls;
    let told: Vec<_> = found.iter().map(|call| (call.extension.as_str(), call.number.as_str(), call.at)).collect();
    assert_eq!(told, [("101", "+49301", at(60)), ("102", "+49301", at(1))]);
    let store = open(dir.path());
    let Record::Call(mut hours_later) = asked(3, "103", "102") else { panic!("it is an event") };
    hours_later.at = at(3 * 3600);
    assert!(commit(&store, vec![Record::Call(hours_later)]));
    drop(store);
    assert!(open(dir.path()).load().expect("it can be read").help_calls.is_empty(), "whatever the clock says now");
}

#[test]
fn calls_are_numbered_on_after_a_restart() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert_eq!(store.load().expect("it can be read").next_call, 1);
    assert!(commit(&store, vec![asked(41, "1001", "1002"), ended(41, 1, 9, Cause::Busy)]));
    drop(store);
    assert_eq!(open(dir.path()).load().expect("it can be read").next_call, 42);
}

#[test]
fn many_commits_are_all_answered_and_one_bad_one_spoils_no_other() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let (answers, answered) = sync_channel(2_000);
    let commit = |number: u64, records: Vec<Record>| {
        let answers = answers.clone();
        store.commit(records, Box::new(move |is_written| answers.send((number, is_written)).expect("the test waits")));
    };
    for call in 1..=400 {
        commit(call, vec![asked(call, "1001", "1002")]);
        if call % 100 == 0 {
            // Another event in the place of one that is written: nothing of this commit may be kept.
            commit(0, vec![asked(call + 10_000, "1", "2"), asked(call, "1002", "1003")]);
            // The same once more is what comes of an answer that was lost.
            commit(call, vec![asked(call, "1001", "1002")]);
        }
    }
    store.close();
    drop(answers);
    let answers: Vec<(u64, bool)> = answered.iter().collect();
    assert_eq!(answers.len(), 408);
    for (number, is_written) in answers {
        assert_eq!(is_written, number != 0, "call {number}");
    }
    assert!(!super::commit(&store, vec![alert("late")]), "a closed store writes nothing");
    drop(store);
    let store = open(dir.path());
    let calls = store.calls(&CallFilter { limit: 500, ..CallFilter::default() }).expect("they can be read");
    assert_eq!(calls.len(), 400);
    assert!(calls.iter().all(|call| call.from == "1001"));
}

#[test]
fn a_full_disk_refuses_and_works_again_when_there_is_space() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    store.limit_size(Some(160 * 1024)).expect("there is space for that");
    let big = |call| asked(call, "1001", &"7".repeat(3_000));
    let written = (1..200).take_while(|call| commit(&store, vec![big(*call)])).count() as u64;
    assert!((1..150).contains(&written), "{written}");
    let many: String = (2000..2200).map(|n| format!("[[person]]\nname = \"P\"\nextension = \"{n}\"\n")).collect();
    let changed = format!("{OFFICE}{many}");
    let error = store.import(&changed, "tester", at(0)).expect_err("there is no space");
    assert!(matches!(error, ImportError::Store(StoreError::Full)), "{error:?}");
    let loaded = store.load().expect("reading goes on");
    assert_eq!((loaded.config.revision(), loaded.next_call), (1, written + 1));
    store.limit_size(None).expect("that needs no space");
    assert!(commit(&store, vec![big(written + 1)]));
    assert_eq!(store.import(&changed, "tester", at(0)).expect("there is space again").revision, 2);
}

#[test]
fn a_panic_of_the_one_who_waits_does_not_end_the_writing() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    store.commit(vec![alert("one")], Box::new(|_| panic!("on purpose")));
    assert!(commit(&store, vec![alert("two")]));
    assert_eq!(store.alerts(9).expect("they can be read").len(), 2);
}

#[test]
fn a_panic_has_no_outcome_and_goes_no_further() {
    let outcome = |number: Option<u8>| crate::writer::guarded("a test", || number.expect("on purpose"));
    assert_eq!([outcome(Some(7)), outcome(None)], [Some(7), None]);
}

#[test]
fn a_copy_is_whole_private_and_only_a_few_are_kept() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    assert!(commit(&store, vec![asked(1, "1001", "1002")]));
    assert_eq!(store.copied_at(), None);
    let copies: Vec<_> = (0..5).map(|_| store.copy_nightly().expect("there is space")).collect();
    let kept: Vec<bool> = copies.iter().map(|copy| copy.exists()).collect();
    assert_eq!(kept, [false, false, true, true, true]);
    let newest = copies[4].metadata().and_then(|metadata| metadata.modified()).expect("it is there");
    assert_eq!(store.copied_at(), jiff::Timestamp::try_from(newest).ok());
    let elsewhere = tempfile::tempdir().expect("a directory");
    store.backup(&elsewhere.path().join("bellbox.db")).expect("there is space");
    let restored = open(elsewhere.path());
    assert_eq!(restored.load().expect("it can be read").config, store.load().expect("it can be read").config);
    assert!(restored.call(CallId(1)).expect("it can be read").is_some());
    for path in [dir.path().join("bellbox.db"), dir.path().join("bellbox.db-wal"), copies[4].clone()] {
        let mode = path.metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    assert_eq!(dir.path().metadata().expect("it is there").permissions().mode() & 0o777, 0o700);
}
