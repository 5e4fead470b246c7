//! Streams as phones and networks make them, and what becomes of them.

use std::time::Duration;

use rtp::codec::g711::Law;
use rtp::packet::Header;
use rtp::reception::Arrival;

use super::timeline::{AHEAD, BACKLOG, GAP, Heard, Piece, Timeline};

const SECOND: u64 = 8_000;
const START: Duration = Duration::from_secs(77);

/// A timeline with what it has handed over so far.
struct Tape {
    timeline: Timeline,
    samples: Vec<i16>,
    now_ms: u64,
}

impl Tape {
    fn new(limit: u64) -> Tape {
        Tape { timeline: Timeline::new(START, limit), samples: Vec::new(), now_ms: 0 }
    }

    fn now(&self) -> Duration {
        START + Duration::from_millis(self.now_ms)
    }

    /// A packet of 20 ms, all of whose samples are the loudness of `mark`, arrives now.
    fn hear(&mut self, mark: u8, ssrc: u32, timestamp: u32, arrival: Arrival) {
        let header = Header { ssrc, timestamp, ..Header::default() };
        let payload = [byte(mark); 160];
        self.timeline.hear(Heard { header, arrival, law: Law::Mu, payload: &payload }, self.now());
    }

    /// A packet arrives in its turn, 20 ms after the one before.
    fn next(&mut self, mark: u8, ssrc: u32, timestamp: u32) {
        self.wait(20);
        self.hear(mark, ssrc, timestamp, Arrival::Next);
    }

    fn wait(&mut self, ms: u64) {
        self.now_ms += ms;
        let pieces = self.timeline.advance(self.now());
        self.keep(pieces);
    }

    fn keep(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Sound(samples) => self.samples.extend(samples),
                Piece::Silence(length) => self.samples.extend(vec![0; length as usize]),
            }
        }
        assert_eq!(self.samples.len() as u64, self.timeline.cut());
    }

    /// The marks in order, with how many samples each lasts; 0 is silence.
    fn finish(mut self) -> Vec<(u8, usize)> {
        let pieces = self.timeline.finish(self.now());
        self.keep(pieces);
        let mut runs: Vec<(u8, usize)> = Vec::new();
        for sample in self.samples {
            let mark = if sample == 0 { 0 } else { 0xff - Law::Mu.encode(sample) };
            match runs.last_mut() {
                Some((last, length)) if *last == mark => *length += 1,
                _ => runs.push((mark, 1)),
            }
        }
        runs
    }
}

/// Marks 1 to 127 are positive samples, each another.
fn byte(mark: u8) -> u8 {
    0xff - mark
}

fn tape() -> Tape {
    Tape::new(60 * SECOND)
}

#[test]
fn a_steady_stream_is_as_it_was_sent_also_where_its_timestamp_wraps() {
    let mut tape = tape();
    let first = u32::MAX - 400;
    (0..100).for_each(|n| tape.next(1 + n, 9, first.wrapping_add(u32::from(n) * 160)));
    assert_eq!(tape.finish(), (1..=100).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn what_is_lost_is_silence_of_its_own_length() {
    let mut tape = tape();
    for n in [0, 1, 2, 4, 8, 9_u8] {
        tape.now_ms = u64::from(n) * 20 + 20;
        tape.wait(0);
        tape.hear(1 + n, 9, u32::from(n) * 160, Arrival::Next);
    }
    let expected = [(1, 160), (2, 160), (3, 160), (0, 160), (5, 160), (0, 480), (9, 160), (10, 160)];
    assert_eq!(tape.finish(), expected);
}

#[test]
fn what_was_overtaken_by_up_to_100_ms_is_put_right_and_repetitions_are_dropped() {
    let mut tape = tape();
    let at = |n: u8| u32::from(n) * 160;
    for n in [0, 1, 2, 3, 4, 7, 8, 9] {
        tape.next(1 + n, 9, at(n));
    }
    for late in [6, 5] {
        tape.hear(1 + late, 9, at(late), Arrival::Late);
    }
    // A repetition, here with other contents so that it would show; and one that is far too late.
    tape.hear(99, 9, at(8), Arrival::Late);
    tape.hear(98, 9, at(0), Arrival::Late);
    for n in 10..30 {
        tape.next(1 + n, 9, at(n));
    }
    tape.hear(97, 9, at(12), Arrival::Late);
    assert_eq!(tape.finish()[..30], (1..=30).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn a_burst_after_a_stall_of_the_network_is_heard_in_full() {
    let mut tape = tape();
    (0..20).for_each(|n| tape.next(1 + n, 9, u32::from(n) * 160));
    (0..8).for_each(|_| tape.wait(100));
    (20..60).for_each(|n| tape.hear(1 + n, 9, u32::from(n) * 160, Arrival::Next));
    (60..80).for_each(|n| tape.next(1 + n, 9, u32::from(n) * 160));
    assert_eq!(tape.finish(), (1..=80).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn a_burst_after_a_longer_stall_is_moved_and_not_lost() {
    let mut tape = tape();
    (0..20).for_each(|n| tape.next(1 + n, 9, u32::from(n) * 160));
    (0..20).for_each(|_| tape.wait(100));
    (20..100).for_each(|n| tape.hear(1 + n, 9, u32::from(n) * 160, Arrival::Next));
    let heard: Vec<(u8, usize)> = tape.finish().into_iter().filter(|(mark, _)| *mark != 0).collect();
    assert_eq!(heard, (1..=100).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn while_nothing_comes_the_clock_goes_on() {
    for (name, timestamp) in [("goes on too", 11 * SECOND as u32), ("stood still", 160), ("starts anew", 0x8765_4321)] {
        let mut tape = tape();
        tape.next(1, 9, 0);
        (0..100).for_each(|_| tape.wait(100));
        assert!(tape.timeline.cut() >= 9 * SECOND, "{name}");
        (0..98).for_each(|_| tape.wait(10));
        tape.next(2, 9, timestamp);
        let runs = tape.finish();
        assert_eq!((runs[0], runs[2].0, runs[2].1), ((1, 160), 2, 160), "{name}");
        let silence = runs[1].1 as u64;
        assert!((11 * SECOND - 480..=11 * SECOND).contains(&silence), "{name}: {silence}");
    }
}

#[test]
fn another_stream_follows_the_one_before() {
    let mut tape = tape();
    (0..10).for_each(|n| tape.next(1 + n, 9, 5_000 + u32::from(n) * 160));
    (10..20).for_each(|n| tape.next(1 + n, 44, 3_000_000_000 + u32::from(n) * 160));
    // The old one's last packet, which was on another way.
    (20..30).for_each(|n| tape.next(1 + n, 9, 77 + u32::from(n) * 160));
    assert_eq!(tape.finish(), (1..=30).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn a_jump_of_the_timestamps_that_the_clock_did_not_make_is_none() {
    let jumps = [AHEAD as u32 + 800, 1 << 30, (1 << 31) + 5, 0_u32.wrapping_sub(160), 0_u32.wrapping_sub(1 << 30)];
    for jump in jumps {
        let mut tape = tape();
        (0..10).for_each(|n| tape.next(1 + n, 9, u32::from(n) * 160));
        (10..20).for_each(|n| tape.next(1 + n, 9, (u32::from(n) * 160).wrapping_add(jump)));
        assert_eq!(tape.finish(), (1..=20).map(|mark| (mark, 160)).collect::<Vec<_>>(), "{jump}");
    }
}

#[test]
fn timestamps_that_never_move_lose_nothing() {
    let mut tape = tape();
    (0..50).for_each(|n| tape.next(1 + n, 9, 1_234));
    assert_eq!(tape.finish(), (1..=50).map(|mark| (mark, 160)).collect::<Vec<_>>());
}

#[test]
fn both_laws_are_heard_in_one_recording() {
    let mut timeline = Timeline::new(START, SECOND);
    for (index, law) in [Law::Mu, Law::A, Law::Mu].into_iter().enumerate() {
        let header = Header { timestamp: index as u32 * 160, ..Header::default() };
        let payload = [law.encode(5_000); 160];
        let heard = Heard { header, arrival: Arrival::Next, law, payload: &payload };
        timeline.hear(heard, START + Duration::from_millis(20 + 20 * index as u64));
    }
    let pieces = timeline.finish(START + Duration::from_millis(60));
    let [Piece::Sound(samples)] = &pieces[..] else { panic!("{pieces:?}") };
    assert_eq!(samples.len(), 480);
    assert!(samples.iter().all(|sample| (4_850..5_150).contains(sample)), "{samples:?}");
}

#[test]
fn the_limit_is_exact_whatever_comes() {
    for flood in [1, 5] {
        let mut tape = Tape::new(2 * SECOND + 3);
        for n in 0..150_u32 {
            tape.wait(20);
            (0..flood).for_each(|extra| tape.hear(5, 9, (n * flood + extra) * 160, Arrival::Next));
        }
        assert!(tape.timeline.is_full(tape.now()));
        assert_eq!(tape.finish(), [(5, 2 * SECOND as usize + 3)]);
    }
}

#[test]
fn who_sends_faster_than_time_passes_fills_no_memory_and_no_disk() {
    let mut tape = tape();
    let mut timestamp = 0_u32;
    for _ in 0..250 {
        tape.wait(20);
        for _ in 0..20 {
            tape.hear(3, 9, timestamp, Arrival::Next);
            timestamp += 160;
        }
    }
    let now = tape.now_ms * 8;
    let length = tape.finish().iter().map(|(_, length)| *length as u64).sum::<u64>();
    assert!((now..=now + AHEAD).contains(&length), "{length} after {now}");
}

#[test]
fn a_thread_that_was_held_up_makes_silence_of_it_at_once() {
    let mut tape = Tape::new(u64::MAX / 8);
    tape.next(1, 9, 0);
    tape.now_ms += 3_600_000;
    tape.hear(2, 9, 3_600 * SECOND as u32, Arrival::Next);
    let pieces = tape.timeline.advance(tape.now());
    let silent: u64 = pieces.iter().map(|piece| if let Piece::Silence(length) = piece { *length } else { 0 }).sum();
    assert!(silent >= 3_600 * SECOND - BACKLOG - GAP, "{silent}");
}

/// The packets from `first` on that the system kept while the thread was held up for this long; it reads them one by one,
/// and between them does what is due. Then others come in their turn, after what the system did not keep.
fn hold_up(tape: &mut Tape, first: u32, ms: u64, kept: u32) {
    tape.now_ms += ms;
    for n in first..first + kept {
        tape.hear(mark(n), 9, n * 160, Arrival::Next);
        tape.wait(0);
        let known = tape.timeline.known(tape.now());
        let is_open = known == tape.timeline.cut() || known <= u64::from(n) * 160 + 500 * 8;
        assert!(is_open, "what is to be read is no silence: {known}");
    }
    let live = first + ms as u32 / 20;
    (live..live + 100).for_each(|n| tape.next(mark(n), 9, n * 160));
}

fn mark(n: u32) -> u8 {
    1 + (n % 100) as u8
}

#[test]
fn what_came_while_the_thread_was_held_up_has_its_own_place() {
    for ms in [400, 600, 1_100, 2_000, 3_500, 5_500, 9_000] {
        let mut tape = tape();
        (0..20).for_each(|n| tape.next(mark(n), 9, n * 160));
        hold_up(&mut tape, 20, ms, ms as u32 / 20);
        let expected: Vec<(u8, usize)> = (0..120 + ms as u32 / 20).map(|n| (mark(n), 160)).collect();
        assert!(tape.finish() == expected, "{ms}");
    }
}

#[test]
fn of_what_came_while_the_thread_was_held_up_for_long_nothing_is_lost() {
    for ms in [8_000, 12_000, 40_000] {
        let mut tape = tape();
        (0..20).for_each(|n| tape.next(mark(n), 9, n * 160));
        hold_up(&mut tape, 20, ms, 270);
        let now = tape.now_ms * 8;
        let runs = tape.finish();
        let length = runs.iter().map(|(_, length)| *length as u64).sum::<u64>();
        assert!((now..=now + AHEAD).contains(&length), "{length} after {now}");
        let live = 20 + ms as u32 / 20;
        let expected: Vec<(u8, usize)> = (0..290).chain(live..live + 100).map(|n| (mark(n), 160)).collect();
        let heard: Vec<(u8, usize)> = runs.into_iter().filter(|(mark, _)| *mark != 0).collect();
        assert!(heard == expected, "{ms}");
    }
}

#[test]
fn a_limit_that_passes_while_the_thread_is_held_up_waits_for_what_came() {
    let mut tape = Tape::new(4 * SECOND);
    (0..50).for_each(|n| tape.next(mark(n), 9, n * 160));
    tape.now_ms += 5_000;
    tape.wait(0);
    assert!(!tape.timeline.is_full(tape.now()) && tape.timeline.ends() > tape.now());
    for n in 50..300 {
        tape.hear(mark(n), 9, n * 160, Arrival::Next);
        tape.wait(0);
    }
    assert!(tape.timeline.is_full(tape.now()));
    assert_eq!(tape.finish(), (0..200).map(|n| (mark(n), 160)).collect::<Vec<_>>());

    let mut tape = Tape::new(4 * SECOND);
    tape.now_ms = 5_000;
    tape.wait(0);
    let end = tape.timeline.ends();
    assert!(end <= tape.now() + Duration::from_secs(1) && tape.timeline.is_full(end), "nothing came");
}

#[test]
fn any_stream_is_survived_and_never_longer_than_the_clock_allows() {
    let mut random = 12_345_u64;
    let mut next = move |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    for _ in 0..200 {
        let mut tape = tape();
        for _ in 0..200 {
            match next(6) {
                0 => tape.wait(next(3_000)),
                _ => tape.wait(next(40)),
            }
            let timestamp = if next(4) == 0 { next(1 << 32) as u32 } else { (tape.now_ms * 8 + next(4_000)) as u32 };
            let arrival = [Arrival::Next, Arrival::Late, Arrival::Restarted][next(3) as usize];
            tape.hear(1 + next(100) as u8, next(3) as u32, timestamp, arrival);
        }
        let most = (tape.now_ms * 8 + AHEAD).min(60 * SECOND);
        let least = (tape.now_ms * 8).min(60 * SECOND);
        let length = tape.finish().iter().map(|(_, length)| *length as u64).sum::<u64>();
        assert!((least..=most).contains(&length), "{length}, not from {least} to {most}");
    }
}
