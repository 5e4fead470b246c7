//! Where each packet's audio belongs in a recording.
//!
//! A recording is as long as the time it took: a place in it is a time since its start. A stream's first packet ends at the
//! moment it arrived; those after it are as far apart as their RTP timestamps say, so that losses, key presses and pauses in
//! the stream are silence of their own length, jitter is none, and what was overtaken comes in order again. Where the
//! timestamps do not agree with the clock (they stand still or jump, the stream is another) the next packet follows the
//! newest audio or the clock, whichever is later: heard audio is moved rather than lost. While nothing comes at all, as on
//! hold, the clock alone goes on.
//!
//! After the thread was held up the clock is ahead of packets that the system has kept meanwhile. For [`CATCHING_UP`] the
//! recording then stays where it was, up to [`BACKLOG`] behind the clock, so that they come to their own places; until they
//! are read nothing is known to be silence, and the limit has not passed. Where that is not enough they follow each other
//! from the cut on.
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
/// How far the recording stays behind the clock after the thread was held up. In its usual 208 KB the system keeps some 270
/// packets of a port, 5 s; this is twice that. In memory, with what is ahead, 400 KB for each recording.
pub(crate) const BACKLOG: u64 = 10 * CLOCK_HZ as u64;
/// How long it takes at most to read what came while the thread was held up: 270 packets of fifty ports at some 10 us are 150 ms,
/// and a slow board has its time.
const CATCHING_UP: Duration = Duration::from_millis(500);
/// After this long without a look at it the thread was held up; usually it looks four times a second.
const HELD_UP: Duration = Duration::from_millis(500);

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
    /// The last look at it.
    seen: Duration,
    /// Until when packets are read that came while the thread was held up.
    caught_up: Duration,
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
        let (window, pieces) = (VecDeque::new(), Vec::new());
        Timeline { start, limit, cut: 0, window, heard: 0, anchor: None, pieces, seen: start, caught_up: start }
    }

    /// Puts audio to its place; drops it where it has none, because it is a repetition or came too late.
    pub(crate) fn hear(&mut self, heard: Heard<'_>, now: Duration) {
        let Heard { header, arrival, law, payload } = heard;
        let (length, clock) = (payload.len() as u64, self.clock(now));
        self.look(now);
        if clock > self.cut + BACKLOG {
            // The window does not grow by all the time that the thread was held up.
            self.cut_off(self.settled(now));
        }
        let anchor = self.anchor.filter(|anchor| anchor.ssrc == header.ssrc && arrival != Arrival::Restarted);
        let expected = anchor.and_then(|anchor| {
            let distance = header.timestamp.wrapping_sub(anchor.timestamp) as i32;
            anchor.place.checked_add_signed(distance.into())
        });
        let place = match expected.filter(|place| self.is_free(*place, length, clock)) {
            Some(place) => place,
            None if anchor.is_some() && arrival == Arrival::Late => return,
            None if self.is_catching_up(now) => self.heard.max(self.cut),
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
        self.look(now);
        self.cut_off(self.settled(now));
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
        let is_quiet = self.heard <= self.cut && !self.is_catching_up(now);
        if is_quiet { self.clock(now).max(self.cut) } else { self.cut }
    }

    pub(crate) fn is_full(&self, now: Duration) -> bool {
        self.cut >= self.limit || self.clock(now) >= self.limit && !self.is_catching_up(now)
    }

    /// When it will be full by the clock.
    pub(crate) fn ends(&self) -> Duration {
        let by_clock = Duration::from_micros(self.limit.saturating_mul(1_000_000 / u64::from(CLOCK_HZ)));
        (self.start + by_clock).max(self.caught_up)
    }

    /// Notices that the thread was held up.
    fn look(&mut self, now: Duration) {
        if now.saturating_sub(self.seen) > HELD_UP {
            self.caught_up = now + CATCHING_UP;
        }
        self.seen = now;
    }

    fn is_catching_up(&self, now: Duration) -> bool {
        now < self.caught_up
    }

    /// Samples since the start by the clock.
    fn clock(&self, now: Duration) -> u64 {
        now.saturating_sub(self.start).as_micros() as u64 * u64::from(CLOCK_HZ) / 1_000_000
    }

    fn settled(&self, now: Duration) -> u64 {
        let (clock, in_order) = (self.clock(now), self.heard.saturating_sub(REORDER));
        if self.is_catching_up(now) {
            return in_order.max(clock.saturating_sub(BACKLOG));
        }
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
