//! The trash: how long a deleted message can be taken back, whatever the clock says, and what goes first for space.

use jiff::{SignedDuration, Timestamp};
use pbx::mailbox::Folder;

use super::asks::{folders, left, message, move_to};
use super::sounds::names;
use super::{at, open};
use crate::{Store, TRASH_NIGHTS};

/// Half past two of this night.
fn night(number: i64) -> Timestamp {
    at(number * 24 * 3600)
}

#[track_caller]
fn empty(store: &Store, now: Timestamp) -> usize {
    store.empty_trash(now, true).expect("there is space")
}

#[test]
fn a_deleted_message_can_be_taken_back_for_a_week_of_nights() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    (1..=3).for_each(|id| left(&store, &message(id), 1_500));
    move_to(&store, 1, Folder::Trash);
    move_to(&store, 2, Folder::Trash);
    let week = i64::from(TRASH_NIGHTS);
    assert_eq!((0..3).map(|number| empty(&store, night(number))).sum::<usize>(), 0);
    // Taken back and put there again: the week begins anew.
    move_to(&store, 2, Folder::New);
    move_to(&store, 2, Folder::Trash);
    assert_eq!((3..week).map(|number| empty(&store, night(number))).sum::<usize>(), 0);
    drop(store);
    let store = open(dir.path());
    assert_eq!(empty(&store, night(week)), 1);
    assert_eq!(folders(&store), [(3, Folder::New), (2, Folder::Trash)]);
    assert_eq!((week + 1..week + 3).map(|number| empty(&store, night(number))).sum::<usize>(), 0);
    assert_eq!(empty(&store, night(week + 3)), 1);
    store.close();
    assert_eq!(names(store.recordings_dir()), ["00000003.json", "00000003.wav"]);
}

#[test]
fn a_clock_that_is_wrong_for_a_night_empties_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 1_500);
    move_to(&store, 1, Folder::Trash);
    for now in [night(0), night(400), night(1), night(-4_000), night(2), night(3)] {
        assert_eq!(empty(&store, now), 0, "{now}");
    }
    // It was ahead by years and is right again: the message is not kept for years.
    assert_eq!([empty(&store, night(4)), empty(&store, night(5))], [0, 1]);
}

#[test]
fn several_looks_in_one_night_are_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 1_500);
    move_to(&store, 1, Folder::Trash);
    let hours = |hours| night(0) + SignedDuration::from_hours(hours);
    // The copy after it fails, and the night's work is begun again every two hours.
    assert_eq!((0..10).map(|look| empty(&store, hours(look * 2))).sum::<usize>(), 0);
    assert_eq!((1..i64::from(TRASH_NIGHTS)).map(|number| empty(&store, night(number))).sum::<usize>(), 0);
    assert_eq!(empty(&store, night(TRASH_NIGHTS.into())), 1);
}

#[test]
fn without_a_clock_the_trash_stays() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 1_500);
    move_to(&store, 1, Folder::Trash);
    assert!((0..20).all(|number| store.empty_trash(night(number), false).expect("there is space") == 0));
    assert_eq!(folders(&store), [(1, Folder::Trash)]);
}

#[test]
fn a_large_trash_is_emptied_whole() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let count = 2 * crate::trash::BATCH as u64 + 5;
    for id in 1..=count {
        left(&store, &message(id), 1);
        move_to(&store, id, Folder::Trash);
    }
    assert_eq!((0..i64::from(TRASH_NIGHTS)).map(|number| empty(&store, night(number))).sum::<usize>(), 0);
    assert_eq!(empty(&store, night(TRASH_NIGHTS.into())) as u64, count);
    assert_eq!(names(store.recordings_dir()), Vec::<String>::new());
}
