//! Tones, sentences, recordings and music on their way to one leg.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use pbx::output::{self, PlayId, Sound};
use rtp::codec::g711::Law;
use rtp::tone::{Oscillator, Tone};

use crate::reader::{STRETCH, Stream};

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
    /// Samples are on their way, from the speech thread or the disk; `due` is the deadline.
    Awaited(Supply),
    /// Samples are here.
    Here(Supply),
}

/// The samples of a sentence, or those of a recording that are read ahead.
#[derive(Debug)]
struct Supply {
    stretches: VecDeque<Arc<[i16]>>,
    /// How much of the first stretch is sent.
    at: usize,
    /// Where more comes from: `None` when the end is here.
    more: Option<More>,
    has_begun: bool,
    /// Until then it is not begun while nothing is agreed: a delayed offer is answered only after the call is.
    patience: Duration,
}

#[derive(Debug)]
struct More {
    /// `None` for a sentence, which comes without being asked for.
    stream: Option<Stream>,
    is_asked: bool,
}

/// How long samples are waited for. Rendering and reading take a tenth of a second; whoever is asked longer has a thread that
/// hangs, and goes on without.
pub(crate) const SUPPLY_DEADLINE: Duration = Duration::from_secs(10);

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
    /// `stream`: what a recording is read by.
    pub(crate) fn new(id: PlayId, sound: &Sound, stream: Option<Stream>, now: Duration) -> Self {
        let (source, due) = match sound {
            Sound::Tone { tone, country, limit_ms } => {
                let tone = match tone {
                    output::Tone::Ringback => Tone::Ringback,
                    output::Tone::Busy => Tone::Busy,
                    output::Tone::Beep => Tone::Beep,
                    output::Tone::Congestion => Tone::Congestion,
                    output::Tone::SpecialInformation => Tone::SpecialInformation,
                };
                let ends = now + Duration::from_millis((*limit_ms).into());
                (Source::Tone { oscillator: Oscillator::new(tone, country), ends }, now)
            }
            Sound::Prompt(_) | Sound::Recording { .. } | Sound::Music => {
                let deadline = now + SUPPLY_DEADLINE;
                (Source::Awaited(Supply::new(stream, deadline)), deadline)
            }
        };
        Self { id, source, due, is_first: true }
    }

    pub(crate) fn id(&self) -> PlayId {
        self.id
    }

    pub(crate) fn due(&self) -> Duration {
        self.due
    }

    /// The next samples have come; if they were waited for, they begin now.
    pub(crate) fn supply(&mut self, samples: Arc<[i16]>, is_last: bool, now: Duration) {
        match std::mem::replace(&mut self.source, Source::Awaited(Supply::new(None, now))) {
            Source::Awaited(mut supply) => {
                supply.take(samples, is_last);
                self.source = Source::Here(supply);
                self.due = now;
                self.is_first = true;
            }
            Source::Here(mut supply) => {
                supply.take(samples, is_last);
                self.source = Source::Here(supply);
            }
            tone @ Source::Tone { .. } => self.source = tone,
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
        let samples = packet.as_millis() as usize * (rtp::CLOCK_HZ as usize / 1_000);
        let is_over = match &mut self.source {
            Source::Tone { ends, .. } => self.due + packet > *ends,
            Source::Awaited(_) => {
                log::error!("no sound came within {} s", SUPPLY_DEADLINE.as_secs());
                true
            }
            Source::Here(supply) if supply.waits_for_a_listener(is_heard, now) => {
                self.due = now + packet;
                return Pace::Wait;
            }
            Source::Here(supply) if supply.more.is_some() && supply.left() < samples => {
                let supply = std::mem::replace(supply, Supply::new(None, now));
                self.source = Source::Awaited(supply);
                self.due = now + SUPPLY_DEADLINE;
                return Pace::Wait;
            }
            Source::Here(supply) => supply.left() == 0,
        };
        if is_over {
            return Pace::Over;
        }
        self.due += packet;
        Pace::Packet
    }

    /// The next packet of the sound; what is missing at the end of a sentence or recording is silence.
    pub(crate) fn fill(&mut self, law: Law, payload: &mut [u8]) {
        match &mut self.source {
            Source::Tone { oscillator, .. } => payload.fill_with(|| law.encode(oscillator.sample())),
            Source::Awaited(_) => payload.fill(law.encode(0)),
            Source::Here(supply) => {
                payload.fill_with(|| law.encode(supply.next().unwrap_or(0)));
                supply.ask_ahead();
            }
        }
    }
}

impl Supply {
    /// The first samples come without being asked for.
    fn new(stream: Option<Stream>, patience: Duration) -> Supply {
        let more = Some(More { stream, is_asked: true });
        Supply { stretches: VecDeque::new(), at: 0, more, has_begun: false, patience }
    }

    fn take(&mut self, samples: Arc<[i16]>, is_last: bool) {
        if !samples.is_empty() {
            self.stretches.push_back(samples);
        }
        match &mut self.more {
            _ if is_last => self.more = None,
            Some(more) => more.is_asked = false,
            None => {}
        }
        self.ask_ahead();
    }

    /// Has the next stretch read while one is left to be heard.
    fn ask_ahead(&mut self) {
        let is_enough = self.left() as u64 > STRETCH;
        if let Some(More { stream: Some(stream), is_asked }) = &mut self.more
            && !is_enough
            && !std::mem::replace(is_asked, true)
        {
            stream.ask();
        }
    }

    fn waits_for_a_listener(&self, is_heard: bool, now: Duration) -> bool {
        !self.has_begun && !is_heard && now < self.patience && self.left() > 0
    }

    fn left(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.len()).sum::<usize>() - self.at
    }

    fn next(&mut self) -> Option<i16> {
        self.has_begun = true;
        let first = self.stretches.front()?;
        let sample = first.get(self.at).copied();
        self.at += 1;
        if self.at >= first.len() {
            self.stretches.pop_front();
            self.at = 0;
        }
        sample
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
        Playing::new(PlayId(1), &sound, None, Duration::from_secs(1))
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
        Playing::new(PlayId(1), &Sound::Prompt(prompt), None, Duration::ZERO)
    }

    #[test]
    fn a_sentence_starts_when_it_comes_and_ends_with_its_last_sample() {
        let mut playing = prompt();
        let at = Duration::from_millis;
        assert_eq!(playing.pace(PACKET, true, at(500)), Pace::Wait);
        playing.supply(vec![1_000; 170].into(), true, at(500));
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
        assert_eq!(playing.pace(PACKET, true, SUPPLY_DEADLINE - PACKET), Pace::Wait);
        assert_eq!(playing.pace(PACKET, true, SUPPLY_DEADLINE), Pace::Over);
        let mut playing = prompt();
        playing.supply(Arc::default(), true, PACKET);
        assert_eq!(playing.pace(PACKET, false, PACKET), Pace::Over);
    }

    #[test]
    fn a_sentence_waits_for_somebody_to_hear_it_but_not_for_ever() {
        let mut playing = prompt();
        playing.supply(vec![1; 1_600].into(), true, PACKET);
        assert_eq!(playing.pace(PACKET, false, PACKET), Pace::Wait);
        assert_eq!(playing.pace(PACKET, true, 2 * PACKET), Pace::Packet);
        let mut playing = prompt();
        playing.supply(vec![1; 1_600].into(), true, PACKET);
        assert_eq!(playing.pace(PACKET, false, SUPPLY_DEADLINE), Pace::Packet);
    }

    #[test]
    fn the_engine_waits_longer_than_any_sentence_takes() {
        assert!(SUPPLY_DEADLINE + crate::speech::LONGEST < output::PROMPT_LIMIT);
    }
}
