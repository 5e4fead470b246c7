//! Torn and flipped: what was said to be on disk is there, or it is said that it is not.

use std::fs;
use std::path::Path;

use config::Config;
use pbx::alarm::{Alarm, Mended};
use pbx::input::CallId;

use super::{OFFICE, asked, commit, import, open};
use crate::{CallFilter, OpenError, SCHEMA_VERSION, Store};

#[test]
fn files_copied_in_the_middle_open_with_all_that_was_answered() {
    let (dir, other) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = open(dir.path());
    import(&store, OFFICE);
    for call in 1..=20 {
        assert!(commit(&store, vec![asked(call, "1001", "1002")]));
    }
    for name in ["bellbox.db", "bellbox.db-wal"] {
        fs::copy(dir.path().join(name), other.path().join(name)).expect("they are there");
    }
    let copy = open(other.path());
    assert_eq!(copy.load().expect("it can be read").next_call, 21);
    assert_eq!(copy.load().expect("it can be read").config, store.load().expect("it can be read").config);
}

#[test]
fn a_torn_tail_of_the_log_costs_at_most_the_last_commits() {
    let (dir, other) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let store = open(dir.path());
    import(&store, OFFICE);
    for call in 1..=20 {
        assert!(commit(&store, vec![asked(call, "1001", "1002")]));
    }
    fs::copy(dir.path().join("bellbox.db"), other.path().join("bellbox.db")).expect("it is there");
    let log = fs::read(dir.path().join("bellbox.db-wal")).expect("it is there");
    fs::write(other.path().join("bellbox.db-wal"), &log[..log.len() - 100]).expect("there is space");
    let next = open(other.path()).load().expect("it can be read").next_call;
    assert!((2..=21).contains(&next), "{next}");
}

/// An office and some calls with a copy, then a change of the office and more calls; closed.
fn used(dir: &Path) -> Config {
    let store = open(dir);
    import(&store, OFFICE);
    assert!(commit(&store, (1..=200).map(|call| asked(call, "1001", "1002")).collect()));
    store.copy_nightly().expect("there is space");
    assert!(commit(&store, (201..=260).map(|call| asked(call, "1001", "1002")).collect()));
    import(&store, &OFFICE.replace("Workshop", "Garage")).config
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).expect("it is there");
    let at = at % bytes.len();
    bytes[at] ^= 1 << (at % 8);
    fs::write(path, bytes).expect("there is space");
}

#[test]
fn a_torn_database_falls_back_to_the_copy_and_keeps_the_newest_office() {
    let dir = tempfile::tempdir().expect("a directory");
    let config = used(dir.path());
    let path = dir.path().join("bellbox.db");
    let mut bytes = fs::read(&path).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0xA5);
    fs::write(&path, bytes).expect("there is space");
    let opened = Store::open(dir.path()).expect("it falls back");
    let [fallen, office] = opened.alarms.as_slice() else { panic!("{:?}", opened.alarms) };
    assert!(matches!(fallen, Alarm::Mended(Mended::FellBack { copy: 1, .. })), "{fallen:?}");
    assert!(matches!(office, Alarm::Mended(Mended::OfficePutBack { .. })), "{office:?}");
    let loaded = opened.store.load().expect("it can be read");
    assert_eq!(loaded.config, config);
    assert!(opened.store.call(CallId(200)).expect("it can be read").is_some());
    // The lost calls had numbers up to 260: none is given again.
    assert!(loaded.next_call > 10_000, "{}", loaded.next_call);
    assert_eq!(opened.store.alerts(9).expect("they can be read").len(), 2);
    assert!(dir.path().join("bellbox.db.torn").exists());
    drop(opened);
    assert_eq!(open(dir.path()).load().expect("it can be read").config, config);
}

#[test]
fn without_a_good_copy_the_office_and_the_realm_are_kept_all_the_same() {
    let dir = tempfile::tempdir().expect("a directory");
    let config = used(dir.path());
    let realm = { open(dir.path()).realm() };
    let copy = dir.path().join("backup/bellbox-000001.db");
    for damaged in [&b"not a database, by any means"[..], b""] {
        fs::write(dir.path().join("bellbox.db"), damaged).expect("there is space");
        fs::write(&copy, [0xA5; 9_000]).expect("there is space");
        let opened = Store::open(dir.path()).expect("it starts anew");
        let is_anew = |alarm: &Alarm| matches!(alarm, Alarm::Mended(Mended::BegunAnew { .. }));
        assert!(opened.alarms.iter().any(is_anew), "{:?}", opened.alarms);
        assert_eq!(
            (opened.store.load().expect("it can be read").config, opened.store.realm()),
            (config.clone(), realm.clone())
        );
    }
}

#[test]
fn no_flipped_bit_costs_the_office_or_the_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let config = used(dir.path());
    let realm = { open(dir.path()).realm() };
    let path = dir.path().join("bellbox.db");
    let whole = fs::read(&path).expect("it is there");
    // The header in steps and its format numbers, then all over the file.
    let header = (0..100).step_by(7).chain([18, 19, 47, 59]);
    for at in header.chain((0..whole.len()).step_by(whole.len() / 40)) {
        let scratch = tempfile::tempdir().expect("a directory");
        fs::create_dir(scratch.path().join("backup")).expect("it is new");
        fs::copy(dir.path().join("backup/office.toml"), scratch.path().join("backup/office.toml"))
            .expect("it is there");
        let torn = scratch.path().join("bellbox.db");
        fs::write(&torn, &whole).expect("there is space");
        flip(&torn, at);
        let opened = Store::open(scratch.path()).unwrap_or_else(|error| panic!("byte {at}: {error} {error:?}"));
        let loaded = opened.store.load().unwrap_or_else(|error| panic!("byte {at}: {error:?}"));
        let loaded = loaded.config.with_revision(0);
        assert_eq!(opened.store.realm(), realm, "byte {at}");
        let calls = opened.store.calls(&CallFilter { limit: 500, ..CallFilter::default() });
        assert!(calls.is_ok(), "byte {at}: {calls:?}");
        for call in 1..=260 {
            assert!(opened.store.call(CallId(call)).is_ok(), "byte {at}, call {call}");
        }
        assert_eq!(loaded, config.clone().with_revision(0), "byte {at}: {:?}", opened.alarms);
    }
}

#[test]
fn a_damaged_revision_is_replaced_and_said_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let config = used(dir.path());
    let path = dir.path().join("bellbox.db");
    let database = rusqlite::Connection::open(&path).expect("it is there");
    database
        .execute("UPDATE revision SET office = replace(office, '1002', '1009') WHERE id = 2", [])
        .expect("it is open");
    drop(database);
    fs::remove_file(dir.path().join("backup/office.toml")).expect("it is there");
    let opened = Store::open(dir.path()).expect("it opens");
    assert_eq!(opened.alarms[0], Alarm::Mended(Mended::RevisionDamaged { revision: 2 }));
    let loaded = opened.store.load().expect("it can be read");
    assert_eq!((loaded.config.revision(), loaded.alarms.len()), (1, 1));
    assert_eq!(loaded.config.name_of("1002"), Some("Workshop"));
    assert_eq!(import(&opened.store, &OFFICE.replace("Workshop", "Garage")).revision, 3);
    assert_eq!(opened.store.load().expect("it can be read").config.with_revision(2), config);
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    used(dir.path());
    let path = dir.path().join("bellbox.db");
    let database = rusqlite::Connection::open(&path).expect("it is there");
    database
        .execute_batch("PRAGMA user_version = 99; UPDATE meta SET value = '99 other' WHERE name = 'schema'")
        .expect("ok");
    drop(database);
    let before = fs::read(&path).expect("it is there");
    let error = Store::open(dir.path()).expect_err("it is too new");
    assert!(matches!(error, OpenError::Newer { found: 99, known: SCHEMA_VERSION }), "{error:?}");
    assert!(error.to_string().contains("install the newer bellboxd again"), "{error}");
    assert_eq!(fs::read(&path).expect("it is there"), before);
}

#[test]
fn a_second_daemon_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(matches!(Store::open(dir.path()), Err(OpenError::InUse { .. })));
    drop(store);
    open(dir.path());
}
