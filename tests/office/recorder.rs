//! The fake recorder: it notes who is heard on a leg, for how long, and why it stopped.

use std::time::Duration;

use pbx::input::{RecordEnd, RecordingId};

/// How often the recorder looks who speaks; the real one hears every packet.
pub const LOOKS_EVERY: Duration = Duration::from_millis(250);
/// What stays of the silence that ended a recording.
const KEPT_OF_SILENCE: Duration = Duration::from_millis(500);

/// A recording that runs.
#[derive(Clone, Debug)]
pub struct Take {
    /// Which.
    pub recording: RecordingId,
    /// The user of the phone that was heard first, or empty.
    pub speaker: String,
    since: Duration,
    spoke_until: Duration,
    limit: Duration,
    silence: Option<Duration>,
    fails_at: Option<Duration>,
}

/// A recording that is over.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Which.
    pub recording: RecordingId,
    /// The user of the phone that was heard, or empty.
    pub speaker: String,
    /// How long it is.
    pub length: Duration,
    /// Whether its port was closed under it: the caller is gone.
    pub is_closed: bool,
}

impl Take {
    /// Begins to record; with a fault, the disk takes no more after so long.
    pub fn begin(
        now: Duration,
        recording: RecordingId,
        limit_ms: u32,
        silence_ms: u32,
        fails_after: Option<Duration>,
    ) -> Take {
        Take {
            recording,
            speaker: String::new(),
            since: now,
            spoke_until: now,
            limit: Duration::from_millis(limit_ms.into()),
            silence: (silence_ms > 0).then_some(Duration::from_millis(silence_ms.into())),
            fails_at: fails_after.map(|after| now + after),
        }
    }

    /// Somebody is heard now.
    pub fn hear(&mut self, now: Duration, speaker: &str) {
        self.spoke_until = now;
        if self.speaker.is_empty() {
            self.speaker = speaker.to_owned();
        }
    }

    /// Why it is over by itself, if it is.
    pub fn end(&self, now: Duration) -> Option<RecordEnd> {
        if self.fails_at.is_some_and(|at| at <= now) {
            Some(RecordEnd::Failed)
        } else if self.since + self.limit <= now {
            Some(RecordEnd::Limit)
        } else {
            self.silence.filter(|silence| self.spoke_until + *silence <= now).map(|_| RecordEnd::Silence)
        }
    }

    /// How long until it is to be looked at again: no end is later than its time.
    pub fn looks_after(&self, now: Duration) -> Duration {
        let ends =
            [Some(self.since + self.limit), self.fails_at, self.silence.map(|silence| self.spoke_until + silence)];
        let next = ends.into_iter().flatten().filter(|end| *end > now).min();
        next.map_or(LOOKS_EVERY, |next| (next - now).min(LOOKS_EVERY))
    }

    /// How long it is if it ends now in this way.
    pub fn length(&self, now: Duration, end: RecordEnd) -> Duration {
        let until = match end {
            RecordEnd::Silence => now.min(self.spoke_until + KEPT_OF_SILENCE),
            RecordEnd::Stopped | RecordEnd::Limit | RecordEnd::Failed => now,
        };
        until.saturating_sub(self.since)
    }
}
