//! What tests of mailboxes share, those with faults included: recordings as the recorder leaves them, and what a mailbox
//! must be like.

use std::fs;
use std::path::Path;
use std::sync::mpsc::sync_channel;

use pbx::ids::{CallId, RecordingId};
use pbx::input::Answer;
use pbx::mailbox::{Message, NewRecording, Purpose};

use super::at;
use crate::{MailboxAsk, MessageFilter, Store};

pub(super) const MAILBOX: &str = "1001";

pub(super) fn begun(id: u64, purpose: Purpose) -> NewRecording {
    let second = i64::try_from(id).expect("a test has few");
    NewRecording {
        id: RecordingId(id),
        mailbox: MAILBOX.to_owned(),
        purpose,
        call: CallId(id + 70),
        at: at(second),
        is_synced: true,
    }
}

/// Asks and waits for the answer.
#[track_caller]
pub(super) fn ask(store: &Store, what: MailboxAsk) -> Answer {
    let (done, answer) = sync_channel(1);
    store.mailbox(what, Box::new(move |said| done.send(said).expect("the test waits")));
    answer.recv().expect("every ask is answered")
}

/// A recording under way: its header says nothing yet.
pub(super) fn part(dir: &Path, id: u64, ms: u32) {
    wav(dir, id, ms);
    let (from, to) = (RecordingId(id).file_name(), RecordingId(id).part_name());
    let mut bytes = fs::read(dir.join(&from)).expect("it was written");
    bytes[4..8].fill(0);
    bytes[40..44].fill(0);
    fs::remove_file(dir.join(from)).expect("it was written");
    fs::write(dir.join(to), bytes).expect("there is space");
}

/// A finished one.
pub(super) fn wav(dir: &Path, id: u64, ms: u32) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let path = dir.join(RecordingId(id).file_name());
    let mut writer = hound::WavWriter::create(path, spec).expect("there is space");
    for sample in 0..ms * 8 {
        writer.write_sample((sample % 1_000) as i16).expect("there is space");
    }
    writer.finalize().expect("there is space");
}

/// All messages of the mailbox in all folders, newest first. Each has a file that can be played and is as long as it
/// says.
#[track_caller]
pub(super) fn sound_messages(store: &Store) -> Vec<Message> {
    let all = MessageFilter { mailbox: MAILBOX.to_owned(), limit: 500, ..MessageFilter::default() };
    let messages = store.messages(&all).expect("they can be read");
    for message in &messages {
        let path = store.recordings_dir().join(message.id.file_name());
        let opened = hound::WavReader::open(&path);
        assert!(opened.is_ok(), "{message:?}: {:?}", opened.err());
        let Ok(reader) = opened else { continue };
        let spec = reader.spec();
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 8_000, 16), "{message:?}");
        assert_eq!(reader.duration() / 8, message.length_ms, "{message:?}");
        let samples = reader.into_samples::<i16>().filter(Result::is_ok).count();
        assert_eq!(samples as u32 / 8, message.length_ms, "{message:?}");
    }
    messages
}

/// The names of all files in the folder, sorted.
pub(super) fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("it is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it is there").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
