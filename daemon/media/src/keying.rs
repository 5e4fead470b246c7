//! Keys of our own on their way to one leg, whose party cannot be told them as INFO.

use std::collections::VecDeque;
use std::time::Duration;

use rtp::codec::g711::Law;
use rtp::dtmf::{Keyed, Keying};
use rtp::packet::Header;
use rtp::tone::Oscillator;
use sip::sdp::Agreed;

use crate::outgoing::Outgoing;

/// What is to be said, and what is being said. Each key waits for [`GRACE`]: a phone that tells a press both as INFO and as
/// RFC 4733 events has the events passed on in that time, and they count.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// The events, and when each may begin.
    waiting: VecDeque<(u8, Duration)>,
    running: Option<Running>,
    /// When the pause after the last one is over.
    free_at: Duration,
    /// The event that was passed on last, and when its last packet was.
    passed_on: Option<(u8, Duration)>,
}

/// A key that is being said.
#[derive(Debug)]
struct Running {
    event: u8,
    saying: Saying,
    /// When its next packet is due.
    due: Duration,
}

#[derive(Debug)]
enum Saying {
    Events(Keying),
    Tone { oscillator: Oscillator, left: u32, is_first: bool },
}

/// What the next packet of a key says.
#[derive(Debug)]
enum Next {
    Event(Keyed),
    Tone { payload: Vec<u8>, is_first: bool },
}

impl Keys {
    /// This key is to be said.
    pub(crate) fn want(&mut self, event: u8, now: Duration) {
        let is_passed_on =
            self.passed_on.is_some_and(|(passed, at)| passed == event && now.saturating_sub(at) < SAME_PRESS);
        if !is_passed_on && self.waiting.len() < KEYS_WAITING {
            self.waiting.push_back((event, now + GRACE));
        }
    }

    /// A packet of this event comes from the other party; false when it is the press that we are saying already.
    pub(crate) fn passes(&mut self, event: u8, now: Duration) -> bool {
        match &self.running {
            Some(running) if running.event == event => return false,
            // Theirs ends ours, as a next key does.
            _ => self.running = None,
        }
        if let Some(same) = self.waiting.iter().position(|(waiting, _)| *waiting == event) {
            self.waiting.remove(same);
        }
        self.passed_on = Some((event, now));
        true
    }

    /// Whether nothing else may be heard.
    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Nothing of it can be said now.
    pub(crate) fn drop_all(&mut self) {
        self.waiting.clear();
        self.running = None;
    }

    /// When the next packet is due.
    pub(crate) fn due(&self) -> Option<Duration> {
        let next = self.waiting.front().map(|(_, from)| (*from).max(self.free_at));
        self.running.as_ref().map(|running| running.due).or(next)
    }

    /// The next packet, if one is due: as events, or as a tone where none are agreed.
    pub(crate) fn packet(
        &mut self,
        agreed: &Agreed,
        law: Law,
        outgoing: &mut Outgoing,
        now: Duration,
    ) -> Option<Vec<u8>> {
        let events = agreed.telephone_event.map(|event| event.send_payload_type);
        let (header, payload) = match self.next(events.is_some(), law, now)? {
            Next::Event(keyed) => {
                let payload_type = events.unwrap_or(agreed.send_payload_type);
                (Header { payload_type, ..outgoing.key(&keyed, now) }, keyed.event.print().to_vec())
            }
            Next::Tone { payload, is_first } => {
                let header = outgoing.generate(is_first, payload.len() as u32, now);
                (Header { payload_type: agreed.send_payload_type, ..header }, payload)
            }
        };
        Some([&header.print()[..], &payload].concat())
    }

    fn next(&mut self, as_events: bool, law: Law, now: Duration) -> Option<Next> {
        if self.due().is_none_or(|due| due > now) {
            return None;
        }
        if self.running.is_none() {
            let (event, _) = self.waiting.pop_front()?;
            let saying = if as_events {
                Saying::Events(Keying::new(event, HELD_MS, STEP_MS))
            } else {
                Saying::Tone { oscillator: Oscillator::key(event)?, left: HELD_MS / STEP_MS, is_first: true }
            };
            self.running = Some(Running { event, saying, due: now });
        }
        let running = self.running.as_mut()?;
        running.due += Duration::from_millis(STEP_MS.into());
        let next = match &mut running.saying {
            Saying::Events(keying) => keying.next().map(Next::Event),
            Saying::Tone { left: 0, .. } => None,
            Saying::Tone { oscillator, left, is_first } => {
                *left -= 1;
                let payload = (0..STEP_SAMPLES).map(|_| law.encode(oscillator.sample())).collect();
                Some(Next::Tone { payload, is_first: std::mem::take(is_first) })
            }
        };
        if next.is_none() {
            self.running = None;
            self.free_at = now + PAUSE;
        }
        next
    }
}

/// How long INFO waits for events of the same press: what signalling may be ahead of the sound.
const GRACE: Duration = Duration::from_millis(100);
/// An INFO so long after the last event of its key is of another press.
const SAME_PRESS: Duration = Duration::from_secs(1);
/// How long a key is held: what phones say in their INFO as a rule.
const HELD_MS: u32 = 160;
/// How often a key is said while it is held (RFC 4733 §2.5.1.1 leaves 20 to 50 ms).
const STEP_MS: u32 = 20;
/// The samples of that.
const STEP_SAMPLES: usize = STEP_MS as usize * (rtp::CLOCK_HZ as usize / 1000);
/// Between two keys (ITU-T Q.24: at least 30 to 40 ms in most countries).
const PAUSE: Duration = Duration::from_millis(60);
/// Keys that wait, some 7 s of them: the longest card number that a phone sends out of its memory at once.
const KEYS_WAITING: usize = 32;
