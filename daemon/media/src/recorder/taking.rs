//! One leg being recorded: what its audio becomes, and when it is over.

use std::time::Duration;

use pbx::input::{LegId, RecordEnd, RecordingId};
use rtp::CLOCK_HZ;

use super::gate::Gate;
use super::timeline::{Heard, Timeline};
use super::{Recorder, TakeId};
use crate::wav;

/// What is wanted of a recording.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) leg: LegId,
    pub(crate) recording: RecordingId,
    pub(crate) limit_ms: u32,
    /// 0: no silence ends it.
    pub(crate) silence_ms: u32,
}

/// The media thread's side of a recording.
///
/// ```text
///   running --limit reached, silence, order, port closed--> over: the recorder finishes the file and says so
///           --the recorder says that the disk failed------> over
/// ```
///
/// It is over at the latest at [`Self::due`] after the limit.
#[derive(Debug)]
pub(crate) struct Taking {
    take: TakeId,
    timeline: Timeline,
    gate: Gate,
    /// How many samples of silence end it.
    patience: Option<u64>,
    next_beat: Duration,
}

impl Taking {
    /// Begins now: what was heard before has no place in it.
    pub(crate) fn begin(wanted: Wanted, now: Duration, recorder: &mut Recorder) -> Taking {
        let take = recorder.begin(wanted.leg, wanted.recording);
        let limit = samples(wanted.limit_ms).min(wav::MOST_SAMPLES);
        let patience = Some(samples(wanted.silence_ms)).filter(|samples| *samples > 0);
        let timeline = Timeline::new(now, limit);
        Taking { take, timeline, gate: Gate::default(), patience, next_beat: beat_after(now) }
    }

    pub(crate) fn take(&self) -> TakeId {
        self.take
    }

    pub(crate) fn hear(&mut self, heard: Heard<'_>, now: Duration) {
        self.timeline.hear(heard, now);
    }

    /// When [`Self::go_on`] has something to do.
    pub(crate) fn due(&self) -> Duration {
        self.next_beat.min(self.timeline.ends())
    }

    /// Hands over what is due; `true` when the recording is over.
    pub(crate) fn go_on(&mut self, now: Duration, recorder: &mut Recorder) -> bool {
        if now < self.due() {
            return false;
        }
        self.next_beat = beat_after(now);
        for piece in self.timeline.advance(now) {
            self.gate.hear(&piece);
            recorder.write(self.take, piece);
        }
        if self.timeline.is_full(now) {
            self.finish(RecordEnd::Limit, now, recorder);
            return true;
        }
        let silence = self.timeline.known(now).saturating_sub(self.gate.spoke());
        let is_over = self.patience.is_some_and(|patience| silence >= patience);
        if is_over {
            self.finish_silent(now, recorder);
        }
        is_over
    }

    /// Ends it by silence, of which goes what nobody could hear. Where the gate took nothing for speech, though there was
    /// something to hear, it may be wrong, and all is kept: too short it would not pass for a message.
    fn finish_silent(&mut self, now: Duration, recorder: &mut Recorder) {
        for piece in self.timeline.finish(now) {
            self.gate.hear(&piece);
            recorder.write(self.take, piece);
        }
        let whole = self.timeline.cut();
        let keep = match (self.gate.spoke(), self.gate.audible()) {
            (0, 1..) => whole,
            (_, audible) => whole.min(audible + SILENCE_KEPT),
        };
        recorder.end(self.take, keep, RecordEnd::Silence);
    }

    /// Ends it with all that was heard.
    pub(crate) fn finish(&mut self, end: RecordEnd, now: Duration, recorder: &mut Recorder) {
        for piece in self.timeline.finish(now) {
            recorder.write(self.take, piece);
        }
        recorder.end(self.take, self.timeline.cut(), end);
    }
}

/// All recordings hand over at the same moments, so that the recorder's thread wakes once for all of them.
fn beat_after(now: Duration) -> Duration {
    let beats = now.as_millis() / BEAT.as_millis() + 1;
    Duration::from_millis((beats * BEAT.as_millis()) as u64)
}

fn samples(ms: u32) -> u64 {
    u64::from(ms) * u64::from(CLOCK_HZ) / 1_000
}

/// How often audio goes to the file. What a program that is killed loses is at most this, the time in which a packet may be
/// overtaken, and what the recorder's thread holds in its hands: well within a second.
pub(crate) const BEAT: Duration = Duration::from_millis(250);
/// What is left of the silence that ended a recording behind the last that could be heard, so that a word does not break off.
const SILENCE_KEPT: u64 = CLOCK_HZ as u64 / 2;
