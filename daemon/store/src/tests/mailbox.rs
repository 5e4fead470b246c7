//! What the engine asks of mailboxes, lists, figures and the trash.

use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Caller, Folder, LEAST_MESSAGE_MS, Mailbox, Purpose};

use super::asks::{begin, drop_it, folders, keep, left, message, move_from, move_to};
use super::sounds::{MAILBOX, ask, begun, names, part, sound_messages, wav};
use super::{asked, at, commit, open, refuse};
use crate::{MailboxAsk, MessageFilter, Store};

fn mailbox(store: &Store) -> Mailbox {
    store.load().expect("it can be read").mailboxes.remove(MAILBOX).unwrap_or_default()
}

/// What the listener heard.
type Heard = Arc<Mutex<Vec<(String, Mailbox)>>>;

fn listen(store: &Store) -> Heard {
    let heard: Heard = Arc::default();
    let hears = heard.clone();
    store.on_mailbox_change(Box::new(move |mailbox, is_now| {
        hears.lock().expect("nobody panicked").push((mailbox, is_now));
    }));
    heard
}

fn take(heard: &Heard) -> Vec<(String, Mailbox)> {
    std::mem::take(&mut *heard.lock().expect("nobody panicked"))
}

#[test]
fn a_message_goes_from_the_beep_to_the_trash_and_is_heard_of_each_time() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let heard = listen(&store);
    assert_eq!(begin(&store, &message(1)), Answer::Committed);
    assert_eq!((take(&heard), mailbox(&store)), (vec![], Mailbox::default()));
    assert_eq!(store.message(RecordingId(1)).expect("it can be read"), None, "it is not finished");
    wav(store.recordings_dir(), 1, 2_500);
    assert_eq!(keep(&store, 1, Some(2_400)), Answer::Committed);
    let is_new = Mailbox { new: 1, used_ms: 2_400, ..Mailbox::default() };
    assert_eq!(take(&heard), [(MAILBOX.to_owned(), is_new.clone())]);
    assert_eq!(mailbox(&store), is_new);
    let found = store.message(RecordingId(1)).expect("it can be read").expect("it is there");
    assert_eq!((found.call, found.at, found.is_synced, found.is_cut_off), (message(1).call, at(1), true, false));
    assert_eq!(Purpose::Message(found.caller), message(1).purpose);
    for (to, is_now) in [
        (Folder::Saved, Mailbox { saved: 1, used_ms: 2_400, ..Mailbox::default() }),
        (Folder::Trash, Mailbox::default()),
        (Folder::New, is_new),
    ] {
        assert_eq!(move_to(&store, 1, to), Answer::Committed);
        assert_eq!(take(&heard), [(MAILBOX.to_owned(), is_now.clone())], "{to:?}");
        assert_eq!(mailbox(&store), is_now, "{to:?}");
    }
}

#[test]
fn an_ask_whose_answer_was_lost_may_come_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert_eq!([begin(&store, &message(1)), begin(&store, &message(1))], [Answer::Committed, Answer::Committed]);
    let other = begun(1, Purpose::Greeting);
    assert_eq!(begin(&store, &other), Answer::Failed, "the number is another's");
    wav(store.recordings_dir(), 1, 2_000);
    let heard = listen(&store);
    assert_eq!([keep(&store, 1, Some(2_000)), keep(&store, 1, None)], [Answer::Committed, Answer::Committed]);
    assert_eq!(begin(&store, &message(1)), Answer::Committed);
    assert_eq!(
        [move_to(&store, 1, Folder::Saved), move_to(&store, 1, Folder::Saved)],
        [Answer::Committed, Answer::Committed]
    );
    assert_eq!(take(&heard).len(), 2, "nothing changed by what came again");
    assert_eq!(folders(&store), [(1, Folder::Saved)]);
    begin(&store, &message(2));
    assert_eq!(
        [drop_it(&store, 2), drop_it(&store, 2), drop_it(&store, 77)],
        [Answer::Committed, Answer::Committed, Answer::Committed]
    );
    assert_eq!([keep(&store, 2, None), move_to(&store, 2, Folder::New)], [Answer::Gone, Answer::Gone]);
    // One that is kept is not lost by a drop that comes too late.
    assert_eq!(drop_it(&store, 1), Answer::Committed);
    assert_eq!(folders(&store), [(1, Folder::Trash)]);
}

#[test]
fn what_was_put_elsewhere_meanwhile_stays_there() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    left(&store, &message(1), 2_000);
    let folders_in_turn = [Folder::New, Folder::Saved, Folder::Trash];
    let pairs = folders_in_turn.into_iter().flat_map(|lies| folders_in_turn.map(|from| (lies, from)));
    let heard = listen(&store);
    for (lies, from, to) in pairs.flat_map(|(lies, from)| folders_in_turn.map(|to| (lies, from, to))) {
        move_to(&store, 1, lies);
        take(&heard);
        let answer = move_from(&store, 1, from, to);
        let is_right = lies == from || lies == to;
        let (expected, lies_now) = if is_right { (Answer::Committed, to) } else { (Answer::Gone, lies) };
        let what = format!("from {from:?} to {to:?}, lying in {lies:?}");
        assert_eq!((answer, folders(&store)), (expected, vec![(1, lies_now)]), "{what}");
        assert_eq!(take(&heard).len(), usize::from(lies != lies_now), "{what}");
    }
}

#[test]
fn a_dropped_recording_leaves_nothing_behind() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    begin(&store, &message(1));
    part(store.recordings_dir(), 1, 3_000);
    assert_eq!(drop_it(&store, 1), Answer::Committed);
    begin(&store, &message(2));
    wav(store.recordings_dir(), 2, 3_000);
    assert_eq!(drop_it(&store, 2), Answer::Committed);
    store.close();
    assert_eq!(names(store.recordings_dir()), Vec::<String>::new());
}

#[test]
fn the_length_is_never_longer_than_the_file() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    for (id, said, length_ms) in [(1, None, 1_500), (2, Some(900_000), 1_500), (3, Some(1_200), 1_200)] {
        begin(&store, &message(id));
        wav(store.recordings_dir(), id, 1_500);
        assert_eq!(keep(&store, id, said), Answer::Committed);
        let found = store.message(RecordingId(id)).expect("it can be read").expect("it is there");
        assert_eq!(found.length_ms, length_ms, "{said:?}");
    }
}

#[test]
fn a_recording_waits_for_the_recorder_to_finish_its_file() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let folder = store.recordings_dir().to_owned();
    // The recorder has not come to it yet, then it is writing: nothing is lost by an ask that comes too early.
    begin(&store, &message(1));
    assert_eq!(keep(&store, 1, Some(5_000)), Answer::Failed);
    part(&folder, 1, 2_000);
    let bytes = std::fs::read(folder.join("00000001.part")).expect("it is there");
    assert_eq!([keep(&store, 1, None), keep(&store, 1, Some(900))], [Answer::Failed, Answer::Failed]);
    assert_eq!(std::fs::read(folder.join("00000001.part")).expect("it is there still"), bytes);
    assert_eq!(
        (folders(&store), names(&folder)),
        (vec![], vec!["00000001.json".to_owned(), "00000001.part".to_owned()])
    );
    std::fs::remove_file(folder.join("00000001.part")).expect("it is there");
    wav(&folder, 1, 2_500);
    assert_eq!(keep(&store, 1, None), Answer::Committed);
    assert_eq!(folders(&store), [(1, Folder::New)]);
    assert_eq!(keep(&store, 2, None), Answer::Gone, "it never began");
    // One that the recorder never finishes is kept by the next start.
    begin(&store, &message(3));
    part(&folder, 3, 2_000);
    assert_eq!(keep(&store, 3, Some(2_000)), Answer::Failed);
    drop(store);
    let found: Vec<_> = sound_messages(&open(dir.path())).iter().map(|m| (m.id.0, m.length_ms, m.is_cut_off)).collect();
    assert_eq!(found, [(3, 2_000, true), (1, 2_500, false)]);
}

#[test]
fn a_message_whose_end_nobody_reported_and_that_says_nothing_is_not_kept() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let least = LEAST_MESSAGE_MS;
    for (id, ms, said, answer) in [
        (1, 0, None, Answer::Gone),
        (2, least, None, Answer::Gone),
        (3, least + 1, None, Answer::Committed),
        (4, least, Some(least), Answer::Committed),
        (5, 0, Some(3_000), Answer::Gone),
    ] {
        begin(&store, &message(id));
        wav(store.recordings_dir(), id, ms);
        assert_eq!(keep(&store, id, said), answer, "{id}");
    }
    assert_eq!(folders(&store), [(4, Folder::New), (3, Folder::New)]);
    store.close();
    assert_eq!(names(store.recordings_dir()), ["00000003.json", "00000003.wav", "00000004.json", "00000004.wav"]);
}

#[test]
fn a_greeting_that_is_kept_late_does_not_replace_a_newer_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    for id in [1, 2, 3] {
        begin(&store, &begun(id, if id == 3 { Purpose::Name } else { Purpose::Greeting }));
        wav(store.recordings_dir(), id, 3_000);
    }
    assert_eq!([keep(&store, 2, Some(3_000)), keep(&store, 3, Some(3_000))], [Answer::Committed, Answer::Committed]);
    let heard = listen(&store);
    assert_eq!(keep(&store, 1, Some(3_000)), Answer::Gone);
    assert_eq!(mailbox(&store).greeting, Some(RecordingId(2)));
    assert_eq!(take(&heard), []);
    store.close();
    let left = ["00000002.json", "00000002.wav", "00000003.json", "00000003.wav"];
    assert_eq!(names(store.recordings_dir()), left);
}

#[test]
fn a_greeting_takes_the_place_of_the_one_before() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    for id in [1, 2] {
        left(&store, &begun(id, Purpose::Greeting), 2_000);
    }
    left(&store, &begun(3, Purpose::Name), 900);
    let is_now = Mailbox { greeting: Some(RecordingId(2)), name: Some(RecordingId(3)), ..Mailbox::default() };
    assert_eq!(mailbox(&store), is_now);
    assert_eq!(move_to(&store, 2, Folder::Trash), Answer::Gone, "a greeting is no message");
    let heard = listen(&store);
    let forget = MailboxAsk::ForgetGreeting { mailbox: MAILBOX.to_owned() };
    assert_eq!([ask(&store, forget.clone()), ask(&store, forget)], [Answer::Committed, Answer::Committed]);
    let is_now = Mailbox { greeting: None, ..is_now };
    assert_eq!(take(&heard), [(MAILBOX.to_owned(), is_now.clone())]);
    assert_eq!(mailbox(&store), is_now);
    store.close();
    // The last one can be taken back, those before it cannot.
    let left = ["00000002.json", "00000002.wav", "00000003.json", "00000003.wav"];
    assert_eq!(names(store.recordings_dir()), left);
}

#[test]
fn lists_are_in_order_of_one_mailbox_and_bounded() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    for id in 1..=12 {
        let new = pbx::mailbox::NewRecording {
            mailbox: if id % 4 == 0 { "1002" } else { MAILBOX }.to_owned(),
            ..message(id)
        };
        left(&store, &new, 1_100);
    }
    for (id, to) in [(2, Folder::Saved), (3, Folder::Trash), (10, Folder::Saved)] {
        move_to(&store, id, to);
    }
    let Answer::Messages(heard) = ask(&store, MailboxAsk::ListMessages { mailbox: MAILBOX.to_owned() }) else {
        panic!("a list is answered by messages")
    };
    assert_eq!(heard.iter().map(|message| message.id.0).collect::<Vec<_>>(), [1, 2, 5, 6, 7, 9, 10, 11]);
    let page = |folder, before: Option<u64>, limit| {
        let filter = MessageFilter { mailbox: MAILBOX.to_owned(), folder, before: before.map(RecordingId), limit };
        let messages = store.messages(&filter).expect("they can be read");
        messages.into_iter().map(|message| message.id.0).collect::<Vec<_>>()
    };
    assert_eq!(page(None, None, 500), [11, 10, 9, 7, 6, 5, 3, 2, 1]);
    assert_eq!((page(None, None, 4), page(None, Some(7), 4)), (vec![11, 10, 9, 7], vec![6, 5, 3, 2]));
    assert_eq!(page(Some(Folder::Saved), None, 500), [10, 2]);
    assert_eq!(page(Some(Folder::New), Some(9), 2), [7, 6]);
    let mailboxes = store.load().expect("it can be read").mailboxes;
    let figures = |mailbox: &str| (mailboxes[mailbox].new, mailboxes[mailbox].saved, mailboxes[mailbox].used_ms);
    assert_eq!((figures(MAILBOX), figures("1002")), ((6, 2, 8_800), (3, 0, 3_300)));
}

#[test]
fn asks_and_commits_keep_their_order_and_a_closed_store_says_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let said: Arc<Mutex<Vec<u64>>> = Arc::default();
    for id in 1..=50 {
        let (asks, commits) = (said.clone(), said.clone());
        store.mailbox(MailboxAsk::Begin(message(id)), Box::new(move |_| asks.lock().expect("no panic").push(id * 2)));
        let done = Box::new(move |_| commits.lock().expect("no panic").push(id * 2 + 1));
        store.commit(vec![asked(id, "1001", "1002")], done);
    }
    store.mailbox(MailboxAsk::Begin(message(51)), Box::new(|_| panic!("on purpose")));
    assert!(commit(&store, vec![asked(51, "1001", "1002")]));
    assert_eq!(*said.lock().expect("no panic"), (2..=101).collect::<Vec<_>>());
    store.close();
    assert_eq!(begin(&store, &message(52)), Answer::Failed);
}

#[test]
fn many_asks_at_once_are_answered_in_order_and_one_that_fails_spoils_no_other() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let heard = listen(&store);
    refuse(dir.path(), &["INSERT ON recording WHEN NEW.id = 7"]);
    (1..=20).for_each(|id| wav(store.recordings_dir(), id + 100, 2_000));
    let gate: Arc<Mutex<()>> = Arc::default();
    let closed = gate.lock().expect("nobody panicked");
    // The writer waits while the asks come together.
    let waits = gate.clone();
    store.commit(vec![asked(1, "1001", "1002")], Box::new(move |_| drop(waits.lock())));
    let said: Arc<Mutex<Vec<(u64, Answer)>>> = Arc::default();
    for id in 1..=30 {
        for (step, what) in [
            MailboxAsk::Begin(message(id)),
            MailboxAsk::Begin(message(id + 100)),
            MailboxAsk::Drop { recording: RecordingId(id) },
            MailboxAsk::ListMessages { mailbox: MAILBOX.to_owned() },
        ]
        .into_iter()
        .enumerate()
        {
            let said = said.clone();
            let number = id * 10 + step as u64;
            store.mailbox(what, Box::new(move |answer| said.lock().expect("no panic").push((number, answer))));
        }
    }
    drop(closed);
    assert_eq!(begin(&store, &message(200)), Answer::Committed);
    let said = said.lock().expect("no panic");
    assert_eq!(said.len(), 120);
    assert!(said.is_sorted_by_key(|(number, _)| *number));
    for (number, answer) in said.iter() {
        let expected = match (number % 10, number / 10) {
            // There is a file of this number; this one the database refuses.
            (1, ..=20) | (0, 7) => Answer::Failed,
            (3, _) => Answer::Messages(vec![]),
            _ => Answer::Committed,
        };
        assert_eq!(*answer, expected, "{number}");
    }
    assert_eq!(take(&heard), []);
    store.close();
    let notes = names(store.recordings_dir()).into_iter().filter(|name| name.ends_with(".json"));
    assert_eq!(notes.collect::<Vec<_>>().len(), 11, "of what has begun and is not dropped");
}

#[test]
fn numbers_go_on_after_a_restart_also_of_what_is_gone() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    assert_eq!(store.load().expect("it can be read").next_recording, 1);
    left(&store, &message(41), 2_000);
    begin(&store, &message(42));
    drop_it(&store, 42);
    assert_eq!(store.load().expect("it can be read").next_recording, 43);
    drop(store);
    assert_eq!(open(dir.path()).load().expect("it can be read").next_recording, 43);
    // A number that nobody gives must not use all of them up.
    let store = open(dir.path());
    assert_eq!(begin(&store, &pbx::mailbox::NewRecording { id: RecordingId(u64::MAX), ..message(1) }), Answer::Failed);
    assert_eq!(store.load().expect("it can be read").next_recording, 43);
}

#[test]
fn what_a_caller_sends_is_kept_in_a_bounded_length() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let caller =
        Caller { number: "7".repeat(60_000), name: "\u{1}ä\r\n\u{202e}\u{200b}\u{2066}\u{feff}".repeat(9_000) };
    let new = begun(1, Purpose::Message(caller));
    left(&store, &new, 1_200);
    assert_eq!(begin(&store, &new), Answer::Committed, "it is the same still");
    let [found] = sound_messages(&store).try_into().expect("there is one");
    assert_eq!((found.caller.number, found.caller.name), ("7".repeat(128), "ä".repeat(128)));
}

#[test]
fn nobody_else_may_listen() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    begin(&store, &message(1));
    store.close();
    let mode = |path: &std::path::Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(store.recordings_dir()), 0o700);
    assert_eq!(mode(&store.recordings_dir().join("00000001.json")), 0o600);
}
