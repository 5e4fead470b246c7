//! Tones on their way to one leg.

use std::time::Duration;

use pbx::output::{self, PlayId, Sound};
use rtp::codec::g711::Law;
use rtp::tone::{Oscillator, Tone};

/// A sound being played: packet by packet on a schedule fixed at its start, so that it does not drift.
#[derive(Debug)]
pub(crate) struct Playing {
    id: PlayId,
    oscillator: Oscillator,
    /// When the next packet is to be sent.
    due: Duration,
    ends: Duration,
    /// The next packet sent is the first after silence.
    pub(crate) is_first: bool,
}

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
        let Sound::Tone { tone, country, limit_ms } = sound;
        let tone = match tone {
            output::Tone::Ringback => Tone::Ringback,
            output::Tone::Busy => Tone::Busy,
            output::Tone::Congestion => Tone::Congestion,
            output::Tone::SpecialInformation => Tone::SpecialInformation,
        };
        let ends = now + Duration::from_millis((*limit_ms).into());
        Self { id, oscillator: Oscillator::new(tone, country), due: now, ends, is_first: true }
    }

    pub(crate) fn id(&self) -> PlayId {
        self.id
    }

    pub(crate) fn due(&self) -> Duration {
        self.due
    }

    /// Asks the schedule whether a packet of this length is due; one that would pass the limit is not sent.
    pub(crate) fn pace(&mut self, packet: Duration, now: Duration) -> Pace {
        if now < self.due {
            return Pace::Wait;
        }
        if now.saturating_sub(self.due) > LATEST {
            self.due = now;
            self.is_first = true;
        }
        if self.due + packet > self.ends {
            return Pace::Over;
        }
        self.due += packet;
        Pace::Packet
    }

    /// The next stretch of the sound.
    pub(crate) fn fill(&mut self, law: Law, payload: &mut [u8]) {
        payload.fill_with(|| law.encode(self.oscillator.sample()));
    }
}

/// A thread that was stalled for longer does not send what is overdue in a burst, which no phone could play.
const LATEST: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
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
                match playing.pace(PACKET, Duration::from_millis(1_000 + wake_ms)) {
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
}
