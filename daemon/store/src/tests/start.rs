//! Starts on a disk that refuses writes or has files that cannot be read: the box starts, no number is given twice, and
//! what could not be done is made up for.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use pbx::alarm::{Alarm, Mended};
use pbx::events::{Cause, Happened};
use pbx::ids::{CallId, RecordingId};
use pbx::input::Answer;
use pbx::mailbox::{Folder, Mailbox, Purpose};

use super::asks::{begin, drop_it, folders, left, message};
use super::sounds::{MAILBOX, begun, names, part, sound_messages, wav};
use super::{alert, asked, commit, open, refuse};
use crate::{Opened, Store};

fn reopened(dir: &Path) -> Opened {
    Store::open(dir).expect("it opens")
}

#[test]
fn a_box_that_cannot_write_starts_and_ends_the_calls_of_before_when_it_can() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert!(commit(&store, vec![asked(7, "1001", "1002")]));
    drop(store);
    let everything = ["INSERT ON call_event", "INSERT ON alert", "UPDATE ON recording", "INSERT ON meta"];
    refuse(dir.path(), &everything);
    let Opened { store, alarms } = reopened(dir.path());
    let [up] = alarms.as_slice() else { panic!("{alarms:?}") };
    assert_eq!(up, &Alarm::Mended(Mended::CallsShownUp));
    assert_eq!(store.load().expect("it can be read").next_call, 8);
    drop(store);
    refuse(dir.path(), &[]);
    let log = open(dir.path()).call(CallId(7)).expect("it can be read").expect("it is there");
    let last = &log.events.last().expect("it has events").what;
    assert!(matches!(last, Happened::Ended { cause: Cause::ShutDown, .. }), "{last:?}");
}

#[test]
fn messages_that_could_not_be_kept_at_the_start_are_kept_without_another_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    left(&store, &message(1), 2_000);
    begin(&store, &message(2));
    part(&folder, 2, 3_000);
    drop(store);
    refuse(dir.path(), &["UPDATE ON recording"]);
    let Opened { store, alarms } = reopened(dir.path());
    let [missing] = alarms.as_slice() else { panic!("{alarms:?}") };
    assert_eq!(missing, &Alarm::Mended(Mended::MailboxesUnread));
    assert_eq!((folders(&store), store.load().expect("it can be read").next_recording), (vec![(1, Folder::New)], 3));
    let heard: Arc<Mutex<Vec<(String, Mailbox)>>> = Arc::default();
    let hears = heard.clone();
    store.on_mailbox_change(Box::new(move |mailbox, is_now| {
        hears.lock().expect("nobody panicked").push((mailbox, is_now));
    }));
    // One of this run is being recorded meanwhile.
    assert_eq!(begin(&store, &message(3)), Answer::Committed);
    part(&folder, 3, 4_000);
    refuse(dir.path(), &[]);
    let is_heard = |_: &i32| !heard.lock().expect("nobody panicked").is_empty();
    let commits = (1..=100).take_while(|at| commit(&store, vec![alert("space")]) && !is_heard(at)).count();
    assert!(commits < 100, "nobody heard of it");
    let is_now = Mailbox { new: 2, used_ms: 5_000, ..Mailbox::default() };
    assert_eq!(*heard.lock().expect("nobody panicked"), [(MAILBOX.to_owned(), is_now)]);
    let found: Vec<_> = sound_messages(&store).iter().map(|m| (m.id.0, m.length_ms, m.is_cut_off)).collect();
    assert_eq!(found, [(2, 3_000, true), (1, 2_000, false)]);
    assert!(folder.join("00000003.part").exists());
    drop(store);
    assert_eq!(folders(&open(dir.path())).len(), 3);
}

#[test]
fn no_recording_gets_the_number_of_another_ones_file() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    begin(&store, &message(1));
    part(&folder, 1, 3_000);
    drop(store);
    wav(&folder, 90, 2_000);
    // Not even the number of the next one can be written.
    refuse(dir.path(), &["UPDATE ON recording", "INSERT ON meta WHEN NEW.name = 'next_recording'"]);
    let Opened { store, .. } = reopened(dir.path());
    assert_eq!(store.load().expect("it can be read").next_recording, 91);
    refuse(dir.path(), &[]);
    fs::write(folder.join("00000091.json"), "somebody's").expect("there is space");
    part(&folder, 92, 2_000);
    for id in [90, 91, 92] {
        assert_eq!(begin(&store, &message(id)), Answer::Failed, "{id}");
        assert_eq!(drop_it(&store, id), Answer::Committed, "{id}");
    }
    assert_eq!(begin(&store, &message(93)), Answer::Committed);
    store.close();
    let there = ["00000001.json", "00000001.part", "00000090.wav", "00000091.json", "00000092.part", "00000093.json"];
    assert_eq!(names(&folder), there);
    assert_eq!(fs::read(folder.join("00000091.json")).expect("it is there"), b"somebody's");
}

#[test]
fn one_file_that_cannot_be_read_costs_none_of_the_others() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    (1..=4).for_each(|id| assert_eq!(begin(&store, &message(id)), Answer::Committed));
    left(&store, &message(5), 2_000);
    part(&folder, 1, 3_000);
    fs::create_dir(folder.join("00000002.wav")).expect("it is new");
    part(&folder, 3, 3_000);
    drop(store);
    // Its name went back at the power cut, and it cannot be finished.
    fs::remove_file(folder.join("00000005.wav")).expect("it is there");
    fs::create_dir(folder.join("00000005.part")).expect("it is new");
    for time in 1..=2 {
        let Opened { store, alarms } = reopened(dir.path());
        let [unreadable] = alarms.as_slice() else { panic!("{time}: {alarms:?}") };
        assert!(matches!(unreadable, Alarm::Mended(Mended::Unreadable { count: 2, .. })), "{unreadable:?}");
        assert_eq!(folders(&store), [(3, Folder::New), (1, Folder::New)], "{time}");
        assert_eq!(store.load().expect("it can be read").next_recording, 6);
    }
    // Whoever mends the disk gets them back.
    for (id, name) in [(2, "00000002.wav"), (5, "00000005.part")] {
        fs::remove_dir(folder.join(name)).expect("it is empty");
        part(&folder, id, 2_000);
    }
    let found: Vec<_> = sound_messages(&open(dir.path())).iter().map(|m| m.id.0).collect();
    assert_eq!(found, [5, 3, 2, 1]);
}

#[test]
fn of_two_files_of_one_message_the_second_is_put_aside_and_said_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    left(&store, &message(1), 2_000);
    fs::copy(folder.join("00000001.wav"), folder.join("00000001.part")).expect("there is space");
    drop(store);
    let Opened { store, alarms } = reopened(dir.path());
    assert!(matches!(alarms[..], [Alarm::Mended(Mended::PutAside { count: 1, .. })]), "{alarms:?}");
    assert_eq!(
        (folders(&store), names(&folder.join("lost"))),
        (vec![(1, Folder::New)], vec!["00000001.part".to_owned()])
    );
    drop(store);
    assert_eq!(folders(&open(dir.path())), [(1, Folder::New)]);
}

#[test]
fn a_deleted_message_whose_files_cannot_be_removed_does_not_come_back() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    begin(&store, &begun(1, Purpose::Greeting));
    // Not even root removes a directory as a file.
    fs::create_dir(folder.join("00000001.wav")).expect("it is new");
    drop_it(&store, 1);
    drop(store);
    let note = serde_json::to_vec(&begun(1, Purpose::Greeting)).expect("it is data");
    fs::write(folder.join("00000001.json"), note).expect("there is space");
    let store = open(dir.path());
    assert_eq!(store.load().expect("it can be read").mailboxes.get(MAILBOX), None);
    assert_eq!((names(&folder), begin(&store, &message(1))), (vec!["00000001.wav".to_owned()], Answer::Failed));
    assert_eq!(store.message(RecordingId(1)).expect("it can be read"), None);
}
