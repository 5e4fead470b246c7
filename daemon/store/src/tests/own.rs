//! Greetings and names that come from the page, and taking back what callers heard.

use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Caller, Purpose};

use super::sounds::{MAILBOX, ask, begun, names, part};
use super::{import, open};
use crate::{MailboxAsk, Own, Store};

fn take(store: &Store, id: u64, own: Own) {
    let samples: Vec<i16> = (0..8_000).map(|at| at % 100).collect();
    store.take_sound(begun(id, own.purpose()), &samples).expect("there is space");
}

fn put(store: &Store, own: Own, recording: Option<u64>) -> Answer {
    ask(store, MailboxAsk::UseOwn { mailbox: MAILBOX.to_owned(), own, recording: recording.map(RecordingId) })
}

fn in_use(store: &Store, own: Own) -> Option<u64> {
    store.own_sound(MAILBOX, own).expect("it can be read").map(|sound| sound.recording.0)
}

#[test]
fn a_sound_from_elsewhere_is_in_use_as_one_that_was_recorded() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    take(&store, 4, Own::Greeting);
    take(&store, 5, Own::Name);
    let sound = store.own_sound(MAILBOX, Own::Greeting).expect("it can be read").expect("it is there");
    assert_eq!((sound.recording, sound.length_ms), (RecordingId(4), 1_000));
    let mailbox = store.load().expect("it can be read").mailboxes[MAILBOX].clone();
    assert_eq!((mailbox.greeting, mailbox.name), (Some(RecordingId(4)), Some(RecordingId(5))));
    let path = store.recordings_dir().join(RecordingId(4).file_name());
    let mut reader = hound::WavReader::open(path).expect("it is a WAV file");
    assert_eq!((reader.spec().sample_rate, reader.spec().channels), (8_000, 1));
    let samples: Vec<i16> = reader.samples().collect::<Result<_, _>>().expect("it is whole");
    assert_eq!((samples.len(), samples[150]), (8_000, 50));
    // A number that is another recording's is not given twice, and nothing is written over.
    assert!(store.take_sound(begun(4, Purpose::Name), &[9; 8_000]).is_err());
    assert_eq!((in_use(&store, Own::Greeting), in_use(&store, Own::Name)), (Some(4), Some(5)));
    store.close();
    assert_eq!(names(store.recordings_dir()), ["00000004.json", "00000004.wav", "00000005.json", "00000005.wav"]);
}

#[test]
fn what_callers_heard_till_now_can_be_taken_back() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    let greeting = || in_use(&store, Own::Greeting);
    assert_eq!(put(&store, Own::Greeting, None), Answer::Committed, "there is nothing to do");
    take(&store, 1, Own::Greeting);
    take(&store, 2, Own::Greeting);
    assert_eq!((put(&store, Own::Greeting, Some(1)), greeting()), (Answer::Committed, Some(1)));
    assert_eq!((put(&store, Own::Greeting, Some(2)), greeting()), (Answer::Committed, Some(2)));
    assert_eq!((put(&store, Own::Greeting, None), greeting()), (Answer::Committed, None));
    assert_eq!(put(&store, Own::Greeting, Some(1)), Answer::Gone, "only the last one can be taken back");
    assert_eq!((put(&store, Own::Greeting, Some(2)), greeting()), (Answer::Committed, Some(2)));
    assert_eq!((put(&store, Own::Greeting, Some(2)), greeting()), (Answer::Committed, Some(2)), "it is in use");
    assert_eq!(put(&store, Own::Name, Some(2)), Answer::Gone, "a greeting is no name");
    let other = MailboxAsk::UseOwn { mailbox: "1002".to_owned(), own: Own::Greeting, recording: Some(RecordingId(2)) };
    assert_eq!(ask(&store, other), Answer::Gone, "nor somebody else's");
    let message = begun(3, Purpose::Message(Caller::default()));
    ask(&store, MailboxAsk::Begin(message));
    assert_eq!((put(&store, Own::Greeting, Some(3)), greeting()), (Answer::Gone, Some(2)), "nor a message");
}

#[test]
fn a_restart_forgets_neither_and_a_power_cut_leaves_the_one_in_use() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = open(dir.path());
    import(&store, super::OFFICE);
    take(&store, 1, Own::Greeting);
    take(&store, 2, Own::Greeting);
    ask(&store, MailboxAsk::Begin(begun(3, Purpose::Greeting)));
    part(store.recordings_dir(), 3, 700);
    drop(store);
    let store = open(dir.path());
    assert_eq!(in_use(&store, Own::Greeting), Some(2));
    assert!(!names(store.recordings_dir()).iter().any(|name| name.starts_with("00000003")));
    assert_eq!((put(&store, Own::Greeting, Some(1)), in_use(&store, Own::Greeting)), (Answer::Committed, Some(1)));
    drop(store);
    let store = open(dir.path());
    assert_eq!((put(&store, Own::Greeting, Some(2)), in_use(&store, Own::Greeting)), (Answer::Committed, Some(2)));
}
