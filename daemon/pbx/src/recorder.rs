//! The verbs of recording: begin, record, keep, drop; and what is done when a call, the media threads or the store have spoken.

use std::time::Duration;

use log::{info, warn};

use crate::asks::Asker;
use crate::cx::Cx;
use crate::events::Happened;
use crate::ids::{AskId, CallId, LegId, RecordingId};
use crate::input::{Answer, RecordEnd};
use crate::mailbox::{NewRecording, Purpose};
use crate::output::{Ask, MediaOrder};
use crate::recordings::{Entry, SHORTEST_MESSAGE_MS, Settled, State, Wish};
use crate::timers::Timer;

/// How long the media threads have to write the rest after the call: a slow disk's sync, and some.
pub(crate) const REPORT_WITHIN: Duration = Duration::from_secs(10);

/// Between two tries to have the store keep or drop one.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// How many recordings wait for a store that fails.
pub(crate) const SETTLING_LIMIT: usize = 5_000;

impl Cx {
    /// Asks the store to note a recording that is about to begin; nothing may be recorded before it has answered `Committed`.
    pub fn begin_recording(&mut self, call: CallId, mailbox: &str, purpose: Purpose) -> (AskId, RecordingId) {
        let id = RecordingId(self.recordings.next);
        self.recordings.next += 1;
        let is_message = matches!(purpose, Purpose::Message(_));
        let entry = Entry { call, mailbox: mailbox.to_owned(), is_message, state: State::Begun };
        self.recordings.open.insert(id, entry);
        let (at, is_synced) = (self.now.wall, self.now.synced);
        let new = NewRecording { id, mailbox: mailbox.to_owned(), purpose, call, at, is_synced };
        (self.ask(call, Ask::Begin(new)), id)
    }

    /// Records what a leg's party says, until [`Cx::stop_recording`], the limit, or silence of so long (0: never).
    pub fn record(&mut self, leg: LegId, recording: RecordingId, limit: Duration, silence: Duration) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        entry.state = State::Running { given_up: None };
        let (call, mailbox) = (entry.call, entry.mailbox.clone());
        let ms = |span: Duration| u32::try_from(span.as_millis()).unwrap_or(u32::MAX);
        self.media(MediaOrder::Record { leg, recording, limit_ms: ms(limit), silence_ms: ms(silence) });
        self.log(call, Happened::Recording { leg, recording, mailbox });
    }

    /// Stops what is recorded of a leg; its end is heard as [`crate::leg::LegEvent::Recorded`].
    pub fn stop_recording(&mut self, leg: LegId) {
        self.media(MediaOrder::StopRecording { leg });
    }

    /// Keeps a recording that is done; the call hears [`crate::leg::LegEvent::Kept`].
    pub fn keep(&mut self, recording: RecordingId) {
        if let Some(Entry { state: State::Done { length_ms }, .. }) = self.recordings.open.get(&recording) {
            let length_ms = Some(*length_ms);
            self.settle(recording, Wish::Keep { length_ms });
        }
    }

    /// Drops a recording; nobody waits for it.
    pub fn drop_recording(&mut self, recording: RecordingId) {
        self.settle(recording, Wish::Drop);
    }

    /// The media threads report that a recording is over and on disk.
    pub(crate) fn recorded(&mut self, recording: RecordingId, length_ms: u32, end: RecordEnd) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        let State::Running { given_up } = entry.state else { return };
        let call = entry.call;
        entry.state = State::Done { length_ms };
        if end == RecordEnd::Failed {
            let text = format!(
                "a message for {} could not be recorded to its end after {} s; look at the disk: is it full, or broken?",
                entry.mailbox,
                length_ms / 1000
            );
            warn!("{call}: {text}");
            self.alert(text);
        }
        self.log(call, Happened::Recorded { recording, length_ms, end });
        if given_up.is_some() {
            self.settle_by_rule(recording);
        }
    }

    /// The store has answered for a recording.
    pub(crate) fn settled(&mut self, recording: RecordingId, answer: &Answer) -> Option<Settled> {
        let now = self.now.since_boot;
        let entry = self.recordings.open.get_mut(&recording)?;
        let call = entry.call;
        let State::Settling { wish, retry_at } = &mut entry.state else { return None };
        let is_kept = matches!(wish, Wish::Keep { .. });
        if *answer == Answer::Failed {
            *retry_at = Some(now + RETRY_AFTER);
            self.watch_recordings();
        } else {
            if *answer == Answer::Gone {
                warn!("{call}: {recording} is gone from the store");
            }
            self.recordings.open.remove(&recording);
        }
        is_kept.then_some(Settled { call, is_written: *answer == Answer::Committed })
    }

    /// A call is over: what it recorded is settled by rule.
    pub(crate) fn release_recordings(&mut self, call: CallId) {
        let now = self.now.since_boot;
        let of_call = self.recordings.open.iter().filter(|(_, entry)| entry.call == call).map(|(id, _)| *id);
        for recording in of_call.collect::<Vec<_>>() {
            let Some(entry) = self.recordings.open.get_mut(&recording) else { continue };
            if let State::Running { given_up } = &mut entry.state {
                *given_up = Some(now + REPORT_WITHIN);
                self.watch_recordings();
            } else {
                self.settle_by_rule(recording);
            }
        }
    }

    /// Does what is due.
    pub(crate) fn tend_recordings(&mut self) {
        let now = self.now.since_boot;
        for recording in self.recordings.open.keys().copied().collect::<Vec<_>>() {
            match self.recordings.open.get(&recording).map(|entry| entry.state) {
                Some(State::Running { given_up: Some(at) }) if at <= now => {
                    warn!("{recording}: its end was never reported");
                    self.settle_by_rule(recording);
                }
                Some(State::Settling { wish, retry_at: Some(at) }) if at <= now => self.settle(recording, wish),
                _ => {}
            }
        }
        self.watch_recordings();
    }

    fn settle_by_rule(&mut self, recording: RecordingId) {
        let Some(entry) = self.recordings.open.get(&recording) else { return };
        let is_kept = |length_ms: u32| entry.is_message && length_ms >= SHORTEST_MESSAGE_MS;
        let wish = match entry.state {
            State::Settling { .. } => return,
            State::Done { length_ms } if is_kept(length_ms) => Wish::Keep { length_ms: Some(length_ms) },
            // Nobody knows how long it is: the file will say.
            State::Running { .. } if entry.is_message => Wish::Keep { length_ms: None },
            State::Begun | State::Running { .. } | State::Done { .. } => Wish::Drop,
        };
        self.settle(recording, wish);
    }

    fn settle(&mut self, recording: RecordingId, wish: Wish) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        entry.state = State::Settling { wish, retry_at: None };
        info!(
            "{}: {recording} for mailbox {} is to be {}",
            entry.call,
            entry.mailbox,
            match wish {
                Wish::Keep { .. } => "kept",
                Wish::Drop => "dropped",
            }
        );
        let ask = match wish {
            Wish::Keep { length_ms } => Ask::Keep { recording, length_ms },
            Wish::Drop => Ask::Drop { recording },
        };
        self.ask_for(Asker::Recording(recording), ask);
        if self.recordings.open.len() > SETTLING_LIMIT {
            warn!("the store settles no recordings; the oldest are left to the next start");
            self.recordings.open.pop_first();
        }
    }

    fn watch_recordings(&mut self) {
        if let Some(due) = self.recordings.next_due() {
            self.timers.set(Timer::Recordings, due);
        }
    }
}
