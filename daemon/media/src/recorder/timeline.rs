//! Where each packet's audio belongs in a recording.
//!
//! A recording is as long as the time it took: a place in it is a time since its start. A stream's first packet ends at the
//! moment it arrived; those after it are as far apart as their RTP timestamps say, so that losses, key presses and pauses in
//! the stream are silence of their own length, jitter is none, and what was overtaken comes in order again. Where the
//! timestamps do not agree with the clock (they stand still or jump, the stream is another) the next packet follows the
//! newest audio or the clock, whichever is later: heard audio is moved rather than lost. While nothing comes at all, as on
//! hold, the clock alone goes on.
//!
//! ```text
//!        cut            heard                clock
//!   -----|----- window ---|----- empty --------|----- at most AHEAD ---->
//!   handed over           newest audio's end
//! ```

use std::collections::VecDeque;
use std::time::Duration;

use rtp::CLOCK_HZ;
use rtp::codec::g711::Law;
use rtp::packet::Header;
use rtp::reception::Arrival;

/// How long a place is kept open for audio that was overtaken.
pub(crate) const REORDER: u64 = CLOCK_HZ as u64 / 10;
/// How far the recording follows the clock while no packet comes. Audio that was held up for less comes to its own place.
pub(crate) const GAP: u64 = CLOCK_HZ as u64;
/// How far timestamps may be ahead of the clock; those that are further are a jump. Also the most that a peer who sends
/// faster than time passes can have in memory.
pub(crate) const AHEAD: u64 = 3 * CLOCK_HZ as u64;

/// Audio of one packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard<'a> {
    pub(crate) header: Header,
    pub(crate) arrival: Arrival,
    pub(crate) law: Law,
    pub(crate) payload: &'a [u8],
}

/// A stretch of the recording, in its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Sound(Vec<i16>),
    /// So many samples of nothing.
    Silence(u64),
}

impl Piece {
    /// In samples.
    pub(crate) fn length(&self) -> u64 {
        match self {
            Piece::Sound(samples) => samples.len() as u64,
            Piece::Silence(length) => *length,
        }
    }
}

/// The recording as far as it is not handed over.
#[derive(Debug)]
pub(crate) struct Timeline {
    start: Duration,
    /// The most samples.
    limit: u64,
    cut: u64,
    /// From `cut` on; `None` where nothing was heard.
    window: VecDeque<Option<i16>>,
    heard: u64,
    anchor: Option<Anchor>,
    /// Cut off and not yet taken.
    pieces: Vec<Piece>,
}

/// Where the newest packet of the stream has its place.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    ssrc: u32,
    timestamp: u32,
    place: u64,
}

impl Timeline {
    pub(crate) fn new(start: Duration, limit: u64) -> Timeline {
        Timeline { start, limit, cut: 0, window: VecDeque::new(), heard: 0, anchor: None, pieces: Vec::new() }
    }

    /// Puts audio to its place; drops it where it has none, because it is a repetition or came too late.
    pub(crate) fn hear(&mut self, heard: Heard<'_>, now: Duration) {
        let Heard { header, arrival, law, payload } = heard;
        let (length, clock) = (payload.len() as u64, self.clock(now));
        if clock > self.cut + AHEAD {
            // The thread was held up: the window does not grow by that.
            self.cut_off(self.settled(clock));
        }
        let anchor = self.anchor.filter(|anchor| anchor.ssrc == header.ssrc && arrival != Arrival::Restarted);
        let expected = anchor.and_then(|anchor| {
            let distance = header.timestamp.wrapping_sub(anchor.timestamp) as i32;
            anchor.place.checked_add_signed(distance.into())
        });
        let place = match expected.filter(|place| self.is_free(*place, length, clock)) {
            Some(place) => place,
            None if anchor.is_some() && arrival == Arrival::Late => return,
            None => self.heard.max(clock.saturating_sub(length)).max(self.cut),
        };
        let end = place + length;
        if end > clock + AHEAD {
            return;
        }
        let (from, to) = ((place - self.cut) as usize, (end - self.cut) as usize);
        if self.window.len() < to {
            self.window.resize(to, None);
        }
        for (sample, byte) in self.window.range_mut(from..to).zip(payload) {
            *sample = Some(law.decode(*byte));
        }
        self.heard = self.heard.max(end);
        if arrival != Arrival::Late || anchor.is_none() {
            self.anchor = Some(Anchor { ssrc: header.ssrc, timestamp: header.timestamp, place });
        }
    }

    /// Hands over what no packet in time can change any more.
    pub(crate) fn advance(&mut self, now: Duration) -> Vec<Piece> {
        self.cut_off(self.settled(self.clock(now)));
        std::mem::take(&mut self.pieces)
    }

    /// Hands over everything up to now.
    pub(crate) fn finish(&mut self, now: Duration) -> Vec<Piece> {
        self.cut_off(self.heard.max(self.clock(now)));
        std::mem::take(&mut self.pieces)
    }

    /// Up to where all is handed over.
    pub(crate) fn cut(&self) -> u64 {
        self.cut
    }

    /// Up to where it is known what was heard, if nothing is held up on the way.
    pub(crate) fn known(&self, now: Duration) -> u64 {
        if self.heard <= self.cut { self.clock(now).max(self.cut) } else { self.cut }
    }

    pub(crate) fn is_full(&self, now: Duration) -> bool {
        self.cut.max(self.clock(now)) >= self.limit
    }

    /// When it will be full by the clock.
    pub(crate) fn ends(&self) -> Duration {
        self.start + Duration::from_micros(self.limit.saturating_mul(1_000_000 / u64::from(CLOCK_HZ)))
    }

    /// Samples since the start by the clock.
    fn clock(&self, now: Duration) -> u64 {
        now.saturating_sub(self.start).as_micros() as u64 * u64::from(CLOCK_HZ) / 1_000_000
    }

    fn settled(&self, clock: u64) -> u64 {
        let in_order = self.heard.saturating_sub(REORDER);
        let is_over = self.heard.min(clock.saturating_sub(2 * REORDER));
        in_order.max(is_over).max(clock.saturating_sub(GAP))
    }

    /// Whether audio may go there: behind what is handed over, not too far ahead, and not where audio is already.
    fn is_free(&self, place: u64, length: u64, clock: u64) -> bool {
        let Some(from_cut) = place.checked_sub(self.cut) else { return false };
        let middle = (from_cut + length / 2) as usize;
        place + length <= clock + AHEAD && self.window.get(middle).copied().flatten().is_none()
    }

    fn cut_off(&mut self, to: u64) {
        let length = to.min(self.limit).saturating_sub(self.cut);
        let sound = length.min(self.window.len() as u64);
        if sound > 0 {
            let samples = self.window.drain(..sound as usize).map(Option::unwrap_or_default);
            self.pieces.push(Piece::Sound(samples.collect()));
        }
        if length > sound {
            self.pieces.push(Piece::Silence(length - sound));
        }
        self.cut += length;
    }
}
