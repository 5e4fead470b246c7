//! Asks of mailboxes in one line each.

use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::{Caller, Folder, NewRecording, Purpose};

use super::sounds::{ask, begun, sound_messages, wav};
use crate::{MailboxAsk, Store};

pub(super) fn message(id: u64) -> NewRecording {
    let caller = Caller { number: "1002".to_owned(), name: "Workshop".to_owned() };
    begun(id, Purpose::Message(caller))
}

pub(super) fn begin(store: &Store, new: &NewRecording) -> Answer {
    ask(store, MailboxAsk::Begin(new.clone()))
}

pub(super) fn keep(store: &Store, id: u64, length_ms: Option<u32>) -> Answer {
    ask(store, MailboxAsk::Keep { recording: RecordingId(id), length_ms })
}

pub(super) fn drop_it(store: &Store, id: u64) -> Answer {
    ask(store, MailboxAsk::Drop { recording: RecordingId(id) })
}

/// From wherever it lies.
pub(super) fn move_to(store: &Store, id: u64, to: Folder) -> Answer {
    let found = store.message(RecordingId(id)).expect("it can be read");
    move_from(store, id, found.map_or(Folder::New, |message| message.folder), to)
}

pub(super) fn move_from(store: &Store, id: u64, from: Folder, to: Folder) -> Answer {
    ask(store, MailboxAsk::Move { recording: RecordingId(id), from, to })
}

/// Begun, recorded and kept.
#[track_caller]
pub(super) fn left(store: &Store, new: &NewRecording, ms: u32) {
    assert_eq!(begin(store, new), Answer::Committed);
    wav(store.recordings_dir(), new.id.0, ms);
    assert_eq!(keep(store, new.id.0, Some(ms)), Answer::Committed);
}

/// The messages of the mailbox by number and folder, newest first.
#[track_caller]
pub(super) fn folders(store: &Store) -> Vec<(u64, Folder)> {
    sound_messages(store).into_iter().map(|message| (message.id.0, message.folder)).collect()
}
