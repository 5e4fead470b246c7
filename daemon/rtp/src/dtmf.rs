//! Keys as events beside the audio (RFC 4733).
//!
//! A press is a run of packets with the timestamp of its start, growing durations and, at its end, three packets that
//! say so. Any of them may be lost, repeated or overtaken; the press is still said once.

use std::time::Duration;

use crate::CLOCK_HZ;

/// The payload of one event packet (RFC 4733 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// 0 to 9 the digits, 10 `*`, 11 `#`, 12 to 15 `A` to `D`, 16 hook flash; others are tones of lines and modems.
    pub event: u8,
    /// The key was released.
    pub end: bool,
    /// The level below 0 dBm0, 0 to 63 dB.
    pub volume: u8,
    /// Since the packet's timestamp, in units of [`CLOCK_HZ`].
    pub duration: u16,
}

/// A key that was pressed and released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// `0`-`9`, `*`, `#`, `A`-`D`.
    pub digit: char,
    /// How long it was held, as far as was heard.
    pub duration: Duration,
}

/// Hears one stream's events; one press, one [`Press`].
///
/// ```text
///   idle --packet--> running --end packet | next key | silence of TIMEOUT--> done (says the press) --FORGET--> idle
///                                            done ignores packets that are not newer than the press it said
/// ```
#[derive(Clone, Debug, Default)]
pub struct Detector {
    running: Option<Running>,
    done: Option<Done>,
}

#[derive(Clone, Copy, Debug)]
struct Running {
    event: u8,
    /// Of the segment: a press of over 65535 units goes on under a new timestamp (§2.5.1.3).
    timestamp: u32,
    /// The segments before.
    held_before: u32,
    duration: u16,
    heard: Duration,
}

#[derive(Clone, Copy, Debug)]
struct Done {
    timestamp: u32,
    heard: Duration,
}

impl Event {
    /// Reads a payload; of several events in one packet the first. `None` if it is too short.
    pub fn parse(payload: &[u8]) -> Option<Event> {
        let [event, flags, high, low] = *payload.first_chunk::<4>()?;
        let duration = u16::from_be_bytes([high, low]);
        Some(Event { event, end: flags & 0x80 != 0, volume: flags & 0x3f, duration })
    }

    /// The four bytes; a volume over 63 is printed as 63.
    pub fn print(&self) -> [u8; 4] {
        let [high, low] = self.duration.to_be_bytes();
        [self.event, u8::from(self.end) << 7 | self.volume.min(63), high, low]
    }

    /// The key, unless it is hook flash or a tone.
    pub fn digit(&self) -> Option<char> {
        DIGITS.get(usize::from(self.event)).map(|digit| char::from(*digit))
    }
}

/// The number of a key's event; `None` if there is no such key.
pub fn event_of(digit: char) -> Option<u8> {
    DIGITS.iter().position(|known| char::from(*known) == digit.to_ascii_uppercase()).map(|event| event as u8)
}

impl Detector {
    /// Takes the next packet of the agreed type; `now` on any base that does not jump. The first press is one that
    /// ended without a word before this packet, the second one ends by it.
    pub fn hear(&mut self, event: Event, timestamp: u32, now: Duration) -> [Option<Press>; 2] {
        let mut before = self.expire(now);
        if event.digit().is_none() || self.is_old(timestamp, now) {
            return [before, None];
        }
        match &mut self.running {
            Some(running) if running.continues(event, timestamp) => running.go_on(event, timestamp, now),
            running => {
                let next =
                    Running { event: event.event, timestamp, held_before: 0, duration: event.duration, heard: now };
                let unfinished = running.replace(next);
                // `expire` has taken the running press or left it: only one of the two can be.
                before = before.or(unfinished.and_then(Running::press));
            }
        }
        let ended = if event.end { self.finish() } else { None };
        [before, ended]
    }

    /// Says a press whose end was lost, once [`Self::deadline`] has come.
    pub fn expire(&mut self, now: Duration) -> Option<Press> {
        if self.done.is_some_and(|done| now.saturating_sub(done.heard) >= FORGET) {
            self.done = None;
        }
        let deadline = self.deadline()?;
        if deadline <= now { self.finish() } else { None }
    }

    /// When the running press counts as released.
    pub fn deadline(&self) -> Option<Duration> {
        self.running.map(|running| running.heard + TIMEOUT)
    }

    /// The stream ends, or another takes its place: says what ran and forgets the timestamps.
    pub fn reset(&mut self) -> Option<Press> {
        let press = self.finish();
        self.done = None;
        press
    }

    fn finish(&mut self) -> Option<Press> {
        let running = self.running.take()?;
        self.done = Some(Done { timestamp: running.timestamp, heard: running.heard });
        running.press()
    }

    fn is_old(&self, timestamp: u32, now: Duration) -> bool {
        let not_newer = |than: u32| timestamp.wrapping_sub(than) as i32 <= 0;
        let overtaken =
            self.running.is_some_and(|running| timestamp != running.timestamp && not_newer(running.timestamp));
        let said = self.done.is_some_and(|done| now.saturating_sub(done.heard) < FORGET && not_newer(done.timestamp));
        overtaken || said
    }
}

impl Running {
    fn continues(&self, event: Event, timestamp: u32) -> bool {
        let ahead = timestamp.wrapping_sub(self.timestamp);
        self.event == event.event && (ahead == 0 || ahead == u32::from(u16::MAX) || ahead == u32::from(self.duration))
    }

    fn go_on(&mut self, event: Event, timestamp: u32, now: Duration) {
        if timestamp == self.timestamp {
            self.duration = self.duration.max(event.duration);
        } else {
            self.held_before = self.held_before.saturating_add(timestamp.wrapping_sub(self.timestamp));
            self.timestamp = timestamp;
            self.duration = event.duration;
        }
        self.heard = now;
    }

    fn press(self) -> Option<Press> {
        let units = u64::from(self.held_before) + u64::from(self.duration);
        let duration = Duration::from_micros(units * 1_000_000 / u64::from(CLOCK_HZ));
        let digit = char::from(*DIGITS.get(usize::from(self.event))?);
        Some(Press { digit, duration })
    }
}

/// The packets of one press, in order: updates, then three that say its end.
#[derive(Clone, Debug)]
pub struct Keying {
    event: u8,
    held: u32,
    step: u32,
    /// What the next packet says.
    at: u32,
    segment: u32,
    ends: u8,
}

/// A packet of [`Keying`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// The RTP marker: the first packet of the press.
    pub marker: bool,
    /// To be added to the timestamp of the press's start: above 0 only in later segments.
    pub timestamp_offset: u32,
    /// The payload.
    pub event: Event,
}

impl Keying {
    /// A press of this event, of `held_ms`, said every `step_ms` (at least 1).
    pub fn new(event: u8, held_ms: u32, step_ms: u32) -> Self {
        let units = |ms: u32| ms.saturating_mul(CLOCK_HZ / 1000);
        let step = units(step_ms.max(1)).min(u16::MAX.into());
        let held = units(held_ms).max(1);
        Self { event, held, step, at: step.min(held), segment: 0, ends: 0 }
    }
}

impl Iterator for Keying {
    type Item = Keyed;

    fn next(&mut self) -> Option<Keyed> {
        if self.ends == END_PACKETS {
            return None;
        }
        let end = self.at >= self.held;
        if self.at - self.segment > u16::MAX.into() {
            self.segment += u32::from(u16::MAX);
        }
        let duration = (self.at - self.segment) as u16;
        let event = Event { event: self.event, end, volume: VOLUME, duration };
        let marker = self.at <= self.step && self.ends == 0;
        self.ends += u8::from(end);
        self.at = self.at.saturating_add(self.step).min(self.held);
        Some(Keyed { marker, timestamp_offset: self.segment, event })
    }
}

const DIGITS: [u8; 16] = *b"0123456789*#ABCD";
/// A running press of which nothing is heard for so long is over: over three updates of 50 ms (§2.5.2.2).
const TIMEOUT: Duration = Duration::from_millis(200);
/// For how long late packets of a press are expected. After that, a phone whose timestamps have jumped is heard again.
const FORGET: Duration = Duration::from_secs(3);
/// §2.5.1.4.
const END_PACKETS: u8 = 3;
/// The usual level of a key: -10 dBm0.
const VOLUME: u8 = 10;

#[cfg(test)]
#[path = "dtmf_tests.rs"]
mod tests;
