//! Rows and files that a power cut, a lost database or a flipped bit has taken apart.

use std::fs;
use std::path::Path;

use pbx::alarm::{Alarm, Mended};
use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Folder, Mailbox, NewRecording, Purpose};
use rusqlite::Connection;

use super::asks::{begin, drop_it, folders, keep, left, message, move_to};
use super::backup::{filled, packed};
use super::sounds::{MAILBOX, begun, names, part, sound_messages, wav};
use super::{OFFICE, import, open};
use crate::{Opened, Store};

fn database(dir: &Path) -> Connection {
    Connection::open(dir.join("bellbox.db")).expect("it is there")
}

fn reopened(dir: &Path) -> Opened {
    Store::open(dir).expect("it opens")
}

fn mailbox(store: &Store) -> Mailbox {
    store.load().expect("it can be read").mailboxes.remove(MAILBOX).unwrap_or_default()
}

#[test]
fn a_message_that_was_being_left_is_kept_as_far_as_it_got() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    (1..=7).for_each(|id| assert_eq!(begin(&store, &message(id)), Answer::Committed));
    part(&folder, 1, 1_001);
    part(&folder, 2, 1_000);
    wav(&folder, 3, 5_000);
    wav(&folder, 4, 700);
    // Nothing of 5, less than a header of 6, and of 7 half a sample too much.
    fs::write(folder.join(RecordingId(6).part_name()), b"RIFF").expect("there is space");
    part(&folder, 7, 3_000);
    let path = folder.join(RecordingId(7).part_name());
    let mut bytes = fs::read(&path).expect("it is there");
    bytes.push(1);
    fs::write(&path, bytes).expect("there is space");
    drop(store);
    let store = open(dir.path());
    let found: Vec<_> = sound_messages(&store).iter().map(|m| (m.id.0, m.folder, m.length_ms, m.is_cut_off)).collect();
    assert_eq!(found, [(7, Folder::New, 3_000, true), (3, Folder::New, 5_000, false), (1, Folder::New, 1_001, true)]);
    assert_eq!(mailbox(&store), Mailbox { new: 3, used_ms: 9_001, ..Mailbox::default() });
    // What the engine asks once more finds it kept; what is gone is said to be gone.
    assert_eq!([keep(&store, 1, None), keep(&store, 2, None)], [Answer::Committed, Answer::Gone]);
    assert_eq!(store.load().expect("it can be read").next_recording, 8);
    drop(store);
    let left = names(&folder);
    assert_eq!(left.len(), 6, "{left:?}");
    // The start after that finds nothing to do.
    assert_eq!(sound_messages(&open(dir.path())).len(), 3);
    assert_eq!(names(&folder), left);
}

#[test]
fn a_greeting_that_was_being_recorded_leaves_the_old_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &begun(1, Purpose::Greeting), 3_000);
    begin(&store, &begun(2, Purpose::Greeting));
    wav(store.recordings_dir(), 2, 4_000);
    begin(&store, &begun(3, Purpose::Name));
    part(store.recordings_dir(), 3, 4_000);
    drop(store);
    let store = open(dir.path());
    assert_eq!(mailbox(&store), Mailbox { greeting: Some(RecordingId(1)), ..Mailbox::default() });
    assert_eq!(names(store.recordings_dir()), ["00000001.json", "00000001.wav"]);
}

#[test]
fn what_a_caller_said_for_one_call_is_in_no_backup_and_gone_with_the_next_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = filled(dir.path());
    let folder = store.recordings_dir().to_owned();
    begin(&store, &begun(6, Purpose::Said));
    wav(&folder, 6, 3_000);
    begin(&store, &begun(7, Purpose::Said));
    part(&folder, 7, 3_000);
    let archive = packed(&store);
    let holds = |name: &str| archive.windows(name.len()).any(|bytes| bytes == name.as_bytes());
    assert!(holds("00000001.wav"), "a message is");
    assert!(!holds("00000006.") && !holds("00000007."), "not what was said");
    drop(store);
    let store = open(dir.path());
    let is_there = |id: &str| names(&folder).iter().any(|name| name.starts_with(id));
    assert!(is_there("00000001") && !is_there("00000006") && !is_there("00000007"));
    // Nor is it taken for a message where the database is lost.
    begin(&store, &begun(8, Purpose::Said));
    wav(&folder, 8, 3_000);
    drop(store);
    fs::write(dir.path().join("bellbox.db"), [0xA5; 9_000]).expect("there is space");
    let Opened { store, .. } = reopened(dir.path());
    assert!(!is_there("00000008"), "{:?}", names(&folder));
    assert!(sound_messages(&store).iter().all(|message| message.id != RecordingId(8)));
}

#[test]
fn each_step_of_the_recovery_may_be_the_last_one() {
    // The rows are written, and the box dies before the file has its header and name.
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 2_000);
    let folder = store.recordings_dir().to_owned();
    drop(store);
    fs::remove_file(folder.join(RecordingId(1).file_name())).expect("it is there");
    part(&folder, 1, 2_000);
    assert_eq!(folders(&open(dir.path())), [(1, Folder::New)]);
    // A row is gone, and the box dies before its files are.
    let store = open(dir.path());
    drop_it(&store, 1);
    move_to(&store, 1, Folder::Trash);
    drop(store);
    let row = "DELETE FROM recording WHERE id = 1; INSERT INTO removal (id) VALUES (1);";
    database(dir.path()).execute_batch(row).expect("it is open");
    let store = open(dir.path());
    assert_eq!((folders(&store), names(&folder)), (vec![], vec![]));
    assert_eq!(store.load().expect("it can be read").next_recording, 2);
}

#[test]
fn a_file_that_could_not_be_removed_is_removed_at_the_next_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    begin(&store, &message(1));
    // Not even root removes a directory that has something in it as a file.
    let stubborn = store.recordings_dir().join(RecordingId(1).file_name());
    fs::create_dir(&stubborn).expect("it is new");
    assert_eq!(drop_it(&store, 1), Answer::Committed);
    assert_eq!(begin(&store, &message(1)), Answer::Failed, "its files are not gone yet");
    drop(store);
    assert_eq!(names(&dir.path().join("recordings")), ["00000001.wav"]);
    fs::remove_dir(&stubborn).expect("it is empty");
    wav(&dir.path().join("recordings"), 1, 2_000);
    let store = open(dir.path());
    assert_eq!((folders(&store), names(store.recordings_dir())), (vec![], vec![]));
}

#[test]
fn messages_newer_than_the_copy_are_put_back_when_the_database_is_lost() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    left(&store, &message(1), 2_000);
    left(&store, &message(2), 2_000);
    left(&store, &begun(3, Purpose::Greeting), 2_000);
    move_to(&store, 1, Folder::Saved);
    store.copy_nightly().expect("there is space");
    left(&store, &message(4), 2_000);
    left(&store, &begun(5, Purpose::Greeting), 2_000);
    assert_eq!(begin(&store, &message(6)), Answer::Committed);
    part(store.recordings_dir(), 6, 4_000);
    // Deleted since the copy, which still has its row.
    move_to(&store, 2, Folder::Trash);
    let nights = (0..=i64::from(crate::TRASH_NIGHTS)).map(|night| super::at(night * 24 * 3600));
    assert_eq!(nights.map(|now| store.empty_trash(now, true).expect("there is space")).sum::<usize>(), 1);
    drop(store);
    fs::write(dir.path().join("bellbox.db"), [0xA5; 9_000]).expect("there is space");
    let Opened { store, alarms } = reopened(dir.path());
    assert_eq!(folders(&store), [(6, Folder::New), (4, Folder::New), (1, Folder::Saved)]);
    let found = sound_messages(&store);
    assert_eq!((found[0].is_cut_off, found[0].length_ms, found[1].is_cut_off), (true, 4_000, false));
    assert_eq!((&found[1].caller, found[1].call, found[1].at), (&found[2].caller, message(4).call, message(4).at));
    assert_eq!(mailbox(&store).greeting, Some(RecordingId(5)));
    assert!(alarms.contains(&Alarm::Mended(Mended::RecordingsPutBack { count: 3 })), "{alarms:?}");
    // 2 was deleted; the greeting 3 gave way to 5 and can be taken back.
    let is_silent = |alarm: &Alarm| matches!(alarm, Alarm::Mended(Mended::AudioMissing { count: 1, .. }));
    assert!(alarms.iter().any(is_silent), "{alarms:?}");
    assert!(store.load().expect("it can be read").next_recording > 10_000);
    drop(store);
    assert_eq!(folders(&open(dir.path())).len(), 3);
}

#[test]
fn without_any_database_every_message_comes_back_and_no_number_is_given_twice() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    (1..=5).for_each(|id| left(&store, &message(id), 1_500));
    let folder = store.recordings_dir().to_owned();
    drop(store);
    fs::remove_file(folder.join("00000002.json")).expect("it is there");
    fs::write(folder.join("00000003.json"), b"{\"id\":3,").expect("it is there");
    fs::write(folder.join("00000004.json"), serde_json::to_vec(&message(7)).expect("it is data")).expect("it is there");
    wav(&folder, 90, 2_000);
    fs::write(folder.join("notes.txt"), "not ours").expect("there is space");
    fs::remove_file(dir.path().join("bellbox.db")).expect("it is there");
    let Opened { store, alarms } = reopened(dir.path());
    assert_eq!(folders(&store), [(5, Folder::New), (1, Folder::New)]);
    let [back, lost] = alarms.as_slice() else { panic!("{alarms:?}") };
    assert_eq!(back, &Alarm::Mended(Mended::RecordingsPutBack { count: 2 }));
    assert_eq!(lost, &Alarm::Mended(Mended::PutAside { count: 4, folder: folder.display().to_string() }));
    assert_eq!(store.load().expect("it can be read").next_recording, 91);
    let aside = ["00000002.wav", "00000003.json", "00000003.wav", "00000004.json", "00000004.wav", "00000090.wav"];
    assert_eq!(names(&folder.join("lost")), aside);
    assert!(folder.join("notes.txt").exists());
    // Where there is one of the same name already, both stay.
    drop(store);
    wav(&folder, 90, 3_000);
    assert_eq!(reopened(dir.path()).alarms.len(), 1);
    assert!(folder.join("lost/00000090.wav").exists() && folder.join("lost/00000090.wav.1").exists());
    assert_eq!(open(dir.path()).load().expect("it can be read").next_recording, 91);
}

#[test]
fn a_message_without_audio_is_listed_no_more_and_said_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 2_000);
    left(&store, &message(2), 2_000);
    let path = store.recordings_dir().join(RecordingId(1).file_name());
    drop(store);
    fs::remove_file(path).expect("it is there");
    let Opened { store, alarms } = reopened(dir.path());
    assert_eq!(folders(&store), [(2, Folder::New)]);
    assert!(matches!(alarms[..], [Alarm::Mended(Mended::AudioMissing { count: 1, .. })]), "{alarms:?}");
    assert_eq!(store.alerts(9).expect("they can be read")[0].what, alarms[0]);
}

#[test]
fn a_lost_note_is_written_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 2_000);
    let note = store.recordings_dir().join("00000001.json");
    let before = {
        drop(store);
        fs::read(&note).expect("it is there")
    };
    fs::remove_file(&note).expect("it is there");
    drop(open(dir.path()));
    assert_eq!(fs::read(&note).expect("it is there again"), before);
    assert_eq!(serde_json::from_slice::<NewRecording>(&before).expect("it can be read"), message(1));
}

#[test]
fn a_database_of_before_voicemail_is_migrated_with_a_copy() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, OFFICE);
    drop(store);
    let old = database(dir.path());
    old.execute_batch("DROP TABLE recording; DROP TABLE removal; DROP INDEX call_kind; PRAGMA user_version = 1;")
        .expect("it is open");
    let mut select = old.prepare("SELECT coalesce(name || sql, name) FROM sqlite_schema ORDER BY name").expect("SQL");
    let texts: Vec<String> =
        select.query_map([], |row| row.get(0)).expect("SQL").collect::<Result<_, _>>().expect("texts");
    let schema = format!("1 {}", crate::office::digest(&texts.concat()));
    old.execute("UPDATE meta SET value = ?1 WHERE name = 'schema'", [schema]).expect("it is open");
    drop(select);
    drop(old);
    let store = open(dir.path());
    assert_eq!(names(&dir.path().join("backup")), ["bellbox-000001.db", "office.toml"]);
    assert_eq!(store.load().expect("it can be read").config.extensions().count(), 2);
    left(&store, &message(1), 2_000);
    assert_eq!(folders(&store), [(1, Folder::New)]);
}

/// Eight messages in three folders and a greeting, closed.
fn used(dir: &Path) {
    let store = open(dir);
    import(&store, OFFICE);
    (1..=8).for_each(|id| left(&store, &message(id), 1_100));
    move_to(&store, 2, Folder::Saved);
    move_to(&store, 3, Folder::Trash);
    left(&store, &begun(9, Purpose::Greeting), 1_200);
}

#[test]
fn no_flipped_bit_costs_a_message() {
    let dir = tempfile::tempdir().expect("a directory");
    used(dir.path());
    let whole = fs::read(dir.path().join("bellbox.db")).expect("it is there");
    // Wherever a mailbox, a word or a caller stands: in the table, in the indexes, in what is left of old pages.
    let found = |text: &[u8]| {
        let at: Vec<usize> =
            whole.windows(text.len()).enumerate().filter(|(_, part)| *part == text).map(|(at, _)| at).collect();
        at
    };
    let mut places: Vec<usize> = Vec::new();
    for text in [
        "1001messagenew",
        "1001messagesaved",
        "1001messagetrash",
        "1001greetingin_use",
        "1001new",
        "1001saved",
        "1001in_use",
        "1001greeting",
    ] {
        let at = found(text.as_bytes());
        assert!(!at.is_empty(), "{text}");
        places.extend(
            at.iter().step_by(5).flat_map(|at| [at - 1, at + 1, at + 4, at + text.len() - 1, at + text.len() + 1]),
        );
    }
    for at in places {
        for bit in [[0, 6][at % 2]] {
            let scratch = tempfile::tempdir().expect("a directory");
            for name in ["backup", "recordings"] {
                fs::create_dir(scratch.path().join(name)).expect("it is new");
                for file in names(&dir.path().join(name)) {
                    let (from, to) = (dir.path().join(name).join(&file), scratch.path().join(name).join(&file));
                    fs::hard_link(from, to).expect("one file system");
                }
            }
            let mut torn = whole.clone();
            torn[at] ^= 1 << bit;
            fs::write(scratch.path().join("bellbox.db"), torn).expect("there is space");
            let Opened { store, alarms } = reopened(scratch.path());
            let listed: Vec<u64> = folders(&store).into_iter().map(|(id, _)| id).collect();
            assert_eq!(listed, [8, 7, 6, 5, 4, 3, 2, 1], "byte {at}, bit {bit}: {alarms:?}");
            let mailboxes = store.load().expect("it can be read").mailboxes;
            assert_eq!(mailboxes.len(), 1, "byte {at}, bit {bit}: {alarms:?}");
            assert_eq!(mailboxes[MAILBOX].greeting, Some(RecordingId(9)), "byte {at}, bit {bit}: {alarms:?}");
        }
    }
}
