//! Tones and sentences on their way to one leg.

use std::sync::Arc;
use std::time::Duration;

use pbx::output::{self, PlayId, Sound};
use rtp::codec::g711::Law;
use rtp::tone::{Oscillator, Tone};

/// A sound being played: packet by packet on a schedule fixed at its start, so that it does not drift.
#[derive(Debug)]
pub(crate) struct Playing {
    id: PlayId,
    source: Source,
    /// When the next packet is to be sent, or when waiting for it ends.
    due: Duration,
    /// The next packet sent is the first after silence.
    pub(crate) is_first: bool,
}

/// Where the samples come from.
#[derive(Debug)]
enum Source {
    Tone {
        oscillator: Oscillator,
        ends: Duration,
    },
    /// A sentence that is being rendered; `due` is the deadline.
    Awaited,
    Sentence {
        samples: Arc<[i16]>,
        at: usize,
        /// Until then it is not begun while nothing is agreed: a delayed offer is answered only after the call is.
        patience: Duration,
    },
}

/// How long a sentence is waited for. Rendering takes a tenth of a second; whoever is asked longer has a speech thread that
/// hangs, and goes on without.
pub(crate) const SPEECH_DEADLINE: Duration = Duration::from_secs(10);

/// What the schedule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Nothing yet.
    Wait,
    /// A packet is due; the schedule has moved on by it.
    Packet,
    /// It is over.
    Over,
}

impl Playing {
    pub(crate) fn new(id: PlayId, sound: &Sound, now: Duration) -> Self {
        let (source, due) = match sound {
            Sound::Tone { tone, country, limit_ms } => {
                let tone = match tone {
                    output::Tone::Ringback => Tone::Ringback,
                    output::Tone::Busy | output::Tone::Beep => Tone::Busy,
                    output::Tone::Congestion => Tone::Congestion,
                    output::Tone::SpecialInformation => Tone::SpecialInformation,
                };
                let ends = now + Duration::from_millis((*limit_ms).into());
                (Source::Tone { oscillator: Oscillator::new(tone, country), ends }, now)
            }
            Sound::Prompt(_) | Sound::Recording { .. } => (Source::Awaited, now + SPEECH_DEADLINE),
        };
        Self { id, source, due, is_first: true }
    }

    pub(crate) fn id(&self) -> PlayId {
        self.id
    }

    pub(crate) fn due(&self) -> Duration {
        self.due
    }

    /// The sentence has been rendered; it begins now.
    pub(crate) fn speak(&mut self, samples: Arc<[i16]>, now: Duration) {
        if let Source::Awaited = self.source {
            self.source = Source::Sentence { samples, at: 0, patience: self.due };
            self.due = now;
        }
    }

    /// Asks the schedule whether a packet of this length is due; one that would pass the limit is not sent. `is_heard`:
    /// somebody could hear it.
    pub(crate) fn pace(&mut self, packet: Duration, is_heard: bool, now: Duration) -> Pace {
        if now < self.due {
            return Pace::Wait;
        }
        if now.saturating_sub(self.due) > LATEST {
            self.due = now;
            self.is_first = true;
        }
        let is_over = match &self.source {
            Source::Tone { ends, .. } => self.due + packet > *ends,
            Source::Awaited => {
                log::error!("no sentence came within {} s", SPEECH_DEADLINE.as_secs());
                true
            }
            Source::Sentence { at: 0, patience, samples } if !is_heard && now < *patience && !samples.is_empty() => {
                self.due = now + packet;
                return Pace::Wait;
            }
            Source::Sentence { samples, at, .. } => *at >= samples.len(),
        };
        if is_over {
            return Pace::Over;
        }
        self.due += packet;
        Pace::Packet
    }

    /// The next stretch of the sound; a sentence's last is filled up with silence.
    pub(crate) fn fill(&mut self, law: Law, payload: &mut [u8]) {
        match &mut self.source {
            Source::Tone { oscillator, .. } => payload.fill_with(|| law.encode(oscillator.sample())),
            Source::Awaited => payload.fill(law.encode(0)),
            Source::Sentence { samples, at, .. } => {
                let rest = samples.get(*at..).unwrap_or_default().iter().copied().chain(std::iter::repeat(0));
                payload.iter_mut().zip(rest).for_each(|(byte, sample)| *byte = law.encode(sample));
                *at += payload.len();
            }
        }
    }
}

/// A thread that was stalled for longer does not send what is overdue in a burst, which no phone could play.
const LATEST: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use pbx::prompt::{Prompt, PromptId};

    use super::*;

    const PACKET: Duration = Duration::from_millis(20);

    fn playing(limit_ms: u32) -> Playing {
        let sound = Sound::Tone { tone: output::Tone::Busy, country: "DE".into(), limit_ms };
        Playing::new(PlayId(1), &sound, Duration::from_secs(1))
    }

    /// Packets that are sent when the thread wakes at these milliseconds after the start.
    fn packets(limit_ms: u32, wakes_ms: impl IntoIterator<Item = u64>) -> (usize, bool) {
        let mut playing = playing(limit_ms);
        let mut count = 0;
        for wake_ms in wakes_ms {
            loop {
                match playing.pace(PACKET, true, Duration::from_millis(1_000 + wake_ms)) {
                    Pace::Wait => break,
                    Pace::Packet => count += 1,
                    Pace::Over => return (count, true),
                }
            }
        }
        (count, false)
    }

    #[test]
    fn the_schedule_neither_drifts_nor_bursts() {
        for (limit_ms, wakes, expected) in [
            (1_000, (0..=1_000).step_by(20).collect::<Vec<_>>(), (50, true)),
            (1_000, (0..1_000).step_by(7).collect(), (50, false)),
            (1_000, (0..2_000).step_by(33).collect(), (50, true)),
            (60_000, vec![0, 5_000, 5_010, 5_020], (3, false)),
            (0, vec![0], (0, true)),
            (19, vec![0], (0, true)),
            (1_000, vec![0, 90_000], (1, true)),
        ] {
            assert_eq!(packets(limit_ms, wakes.clone()), expected, "{limit_ms} ms, wakes {wakes:?}");
        }
    }

    fn prompt() -> Playing {
        let prompt = Prompt { id: PromptId::Goodbye, args: Vec::new(), language: "en".into() };
        Playing::new(PlayId(1), &Sound::Prompt(prompt), Duration::ZERO)
    }

    #[test]
    fn a_sentence_starts_when_it_comes_and_ends_with_its_last_sample() {
        let mut playing = prompt();
        let at = Duration::from_millis;
        assert_eq!(playing.pace(PACKET, true, at(500)), Pace::Wait);
        playing.speak(vec![1_000; 170].into(), at(500));
        let mut payload = [0; 160];
        assert_eq!(playing.pace(PACKET, true, at(500)), Pace::Packet);
        playing.fill(Law::Mu, &mut payload);
        assert_eq!(payload, [Law::Mu.encode(1_000); 160]);
        assert_eq!(playing.pace(PACKET, true, at(519)), Pace::Wait);
        assert_eq!(playing.pace(PACKET, true, at(520)), Pace::Packet);
        playing.fill(Law::A, &mut payload);
        assert_eq!(payload[..10], [Law::A.encode(1_000); 10]);
        assert_eq!(payload[10..], [Law::A.encode(0); 150]);
        assert_eq!(playing.pace(PACKET, true, at(540)), Pace::Over);
    }

    #[test]
    fn a_sentence_that_never_comes_is_over_at_the_deadline_and_an_empty_one_at_once() {
        let mut playing = prompt();
        assert_eq!(playing.pace(PACKET, true, SPEECH_DEADLINE - PACKET), Pace::Wait);
        assert_eq!(playing.pace(PACKET, true, SPEECH_DEADLINE), Pace::Over);
        let mut playing = prompt();
        playing.speak(Arc::default(), PACKET);
        assert_eq!(playing.pace(PACKET, false, PACKET), Pace::Over);
    }

    #[test]
    fn a_sentence_waits_for_somebody_to_hear_it_but_not_for_ever() {
        let mut playing = prompt();
        playing.speak(vec![1; 1_600].into(), PACKET);
        assert_eq!(playing.pace(PACKET, false, PACKET), Pace::Wait);
        assert_eq!(playing.pace(PACKET, true, 2 * PACKET), Pace::Packet);
        let mut playing = prompt();
        playing.speak(vec![1; 1_600].into(), PACKET);
        assert_eq!(playing.pace(PACKET, false, SPEECH_DEADLINE), Pace::Packet);
    }

    #[test]
    fn the_engine_waits_longer_than_any_sentence_takes() {
        assert!(SPEECH_DEADLINE + crate::speech::LONGEST < output::PROMPT_LIMIT);
    }
}
