//! The verbs of recording: begin, record, keep, drop; and what is done when a call, the media threads or the store have spoken.

use std::time::Duration;

use log::{info, warn};

use crate::alarm::Alarm;
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

/// Between two tries to have the store keep or drop what it could not.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// How many are tried again at once: few enough that the store's queue has room for the calls.
const RETRIED_AT_ONCE: usize = 64;

/// How many recordings wait for a store that fails: more than a day of callers.
pub(crate) const FAILED_LIMIT: usize = 5_000;

impl Cx {
    /// Asks the store to note a recording that is about to begin; nothing may be recorded before it has answered `Committed`.
    pub fn begin_recording(
        &mut self,
        call: CallId,
        mailbox: &str,
        purpose: Purpose,
        limit: Duration,
    ) -> (AskId, RecordingId) {
        let id = self.number_recording();
        let is_wanted = matches!(purpose, Purpose::Message(_));
        let entry = Entry {
            call,
            mailbox: mailbox.to_owned(),
            is_wanted,
            is_passing: purpose == Purpose::Said,
            takes_ms: u64::from(milliseconds(limit)),
            state: State::Begun,
        };
        self.recordings.open.insert(id, entry);
        let (at, is_synced) = (self.now.wall, self.now.synced);
        let new = NewRecording { id, mailbox: mailbox.to_owned(), purpose, call, at, is_synced };
        (self.ask(call, Ask::Begin(new)), id)
    }

    /// The next number; none is given twice.
    pub(crate) fn number_recording(&mut self) -> RecordingId {
        let id = RecordingId(self.recordings.next);
        self.recordings.next += 1;
        id
    }

    /// Records what a leg's party says, until [`Cx::stop_recording`], the limit, or silence of so long (0: never).
    pub fn record(&mut self, leg: LegId, recording: RecordingId, limit: Duration, silence: Duration) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        entry.state = State::Running { given_up: None };
        let told = (!entry.is_passing).then(|| (entry.call, entry.mailbox.clone()));
        self.media(MediaOrder::Record {
            leg,
            recording,
            limit_ms: milliseconds(limit),
            silence_ms: milliseconds(silence),
        });
        if let Some((call, mailbox)) = told {
            self.log(call, Happened::Recording { leg, recording, mailbox });
        }
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

    /// Drops a recording; nobody waits for it. One that is still running is dropped when it is over: its file is being written.
    pub fn drop_recording(&mut self, recording: RecordingId) {
        let until = self.now.since_boot + REPORT_WITHIN;
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        match &mut entry.state {
            State::Running { given_up } => {
                *given_up = Some(until);
                entry.is_wanted = false;
                self.watch_recordings();
            }
            _ => self.settle(recording, Wish::Drop),
        }
    }

    /// The media threads report that a recording is over and on disk.
    pub(crate) fn recorded(&mut self, recording: RecordingId, length_ms: u32, end: RecordEnd) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        let State::Running { given_up } = entry.state else { return };
        let (call, is_passing) = (entry.call, entry.is_passing);
        entry.state = State::Done { length_ms };
        entry.takes_ms = length_ms.into();
        if end == RecordEnd::Failed {
            warn!("{call}: {recording} broke off after {length_ms} ms");
        }
        if end == RecordEnd::Failed && !is_passing {
            let mailbox = entry.mailbox.clone();
            self.alert(Alarm::MessageBroken { mailbox, length_s: length_ms / 1000 });
        }
        if !is_passing {
            self.log(call, Happened::Recorded { recording, length_ms, end });
        }
        if given_up.is_some() {
            self.settle_by_rule(recording);
        }
    }

    /// The store has answered for a recording.
    pub(crate) fn settled(&mut self, recording: RecordingId, answer: &Answer) -> Option<Settled> {
        let entry = self.recordings.open.get_mut(&recording)?;
        let call = entry.call;
        let State::Settling { wish } = entry.state else { return None };
        let is_kept = matches!(wish, Wish::Keep { .. });
        if *answer == Answer::Failed {
            entry.state = State::Failed { wish };
            self.settling_failed(is_kept);
        } else {
            self.recordings.open.remove(&recording);
            self.recordings.is_failing &= self.recordings.retry_at.is_some();
        }
        if *answer == Answer::Gone && is_kept {
            warn!("{call}: {recording} is gone from the store");
            self.alert(Alarm::RecordingGone { call });
        }
        is_kept.then_some(Settled { call, is_written: *answer == Answer::Committed })
    }

    fn settling_failed(&mut self, is_kept: bool) {
        self.recordings.retry_at.get_or_insert(self.now.since_boot + RETRY_AFTER);
        self.watch_recordings();
        if self.recordings.count() > FAILED_LIMIT {
            // What is only to be tidied away goes first; a message is on the disk, and found at the next start.
            let failed = self.recordings.failed(usize::MAX);
            let least = failed.iter().find(|(_, wish)| *wish == Wish::Drop).or(failed.first());
            if let Some((id, _)) = least {
                warn!("the store settles no recordings; {id} is left to its next start");
                self.recordings.open.remove(id);
            }
        }
        if is_kept && !std::mem::replace(&mut self.recordings.is_failing, true) {
            self.alert(Alarm::MessagesNotKept);
        }
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
        let is_late = |entry: &Entry| matches!(entry.state, State::Running { given_up: Some(at) } if at <= now);
        let late: Vec<_> = self.recordings.open.iter().filter(|(_, entry)| is_late(entry)).map(|(id, _)| *id).collect();
        for recording in late {
            warn!("{recording}: its end was never reported");
            self.settle_by_rule(recording);
        }
        if self.recordings.retry_at.is_some_and(|at| at <= now) {
            self.recordings.retry_at = None;
            for (recording, wish) in self.recordings.failed(RETRIED_AT_ONCE) {
                self.settle(recording, wish);
            }
            if !self.recordings.failed(1).is_empty() {
                self.recordings.retry_at = Some(now + RETRY_AFTER);
            }
        }
        self.watch_recordings();
    }

    fn settle_by_rule(&mut self, recording: RecordingId) {
        let Some(entry) = self.recordings.open.get(&recording) else { return };
        let is_kept = |length_ms: u32| entry.is_wanted && length_ms >= SHORTEST_MESSAGE_MS;
        let wish = match entry.state {
            State::Settling { .. } | State::Failed { .. } => return,
            State::Done { length_ms } if is_kept(length_ms) => Wish::Keep { length_ms: Some(length_ms) },
            // Nobody knows how long it is: the file will say.
            State::Running { .. } if entry.is_wanted => Wish::Keep { length_ms: None },
            State::Begun | State::Running { .. } | State::Done { .. } => Wish::Drop,
        };
        self.settle(recording, wish);
    }

    fn settle(&mut self, recording: RecordingId, wish: Wish) {
        let Some(entry) = self.recordings.open.get_mut(&recording) else { return };
        entry.state = State::Settling { wish };
        entry.is_wanted &= matches!(wish, Wish::Keep { .. });
        let ask = match wish {
            Wish::Keep { length_ms } => Ask::Keep { recording, length_ms },
            Wish::Drop => Ask::Drop { recording },
        };
        let what = match wish {
            Wish::Keep { length_ms: Some(length_ms) } => format!("is kept, {:.1} s", f64::from(length_ms) / 1_000.0),
            Wish::Keep { length_ms: None } => "is kept, as long as its file".to_owned(),
            Wish::Drop => "is not kept".to_owned(),
        };
        info!("{}: {recording} for mailbox {} {what}", entry.call, entry.mailbox);
        self.ask_for(Asker::Recording(recording), ask);
    }

    fn watch_recordings(&mut self) {
        if let Some(due) = self.recordings.next_due() {
            self.timers.set(Timer::Recordings, due);
        }
    }
}

fn milliseconds(span: Duration) -> u32 {
    u32::try_from(span.as_millis()).unwrap_or(u32::MAX)
}
