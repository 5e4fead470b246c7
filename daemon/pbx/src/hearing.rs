//! How a leg's sound fares while its call is up: figures in, a grade out.
//!
//! The grade is the transmission rating R of the E-model (ITU-T G.107), of what was lost and how long the way is, over the last
//! 10 to 25 s: a bad minute is seen while it lasts, and a call that has recovered is good again.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::input::Quality;
use crate::status::{Grade, SoundStatus};

/// R without any impairment: the default of every other parameter (G.107 table 3).
const BEST: f64 = 93.2;

/// From here on users are satisfied (ITU-T G.109 table 1).
const GOOD_FROM: f64 = 80.0;

/// From here on some users are dissatisfied, below it many (G.109 table 1).
const FAIR_FROM: f64 = 70.0;

/// How robust G.711 is against random loss where the phone conceals it (Bpl, ITU-T G.113 table I.4).
const ROBUSTNESS: f64 = 25.1;

/// The delay variation over which a network is not fit for talking, in milliseconds (ITU-T Y.1541, classes 0 and 1).
const VARIATION_LIMIT_MS: f64 = 50.0;

/// The usual packet, which is filled before it is sent, in milliseconds.
const PACKET_MS: f64 = 20.0;

/// How old figures become before newer ones take their place as what loss is measured from.
const SPAN: Duration = Duration::from_secs(10);

/// What is known of one leg's sound.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Hearing {
    newest: Quality,
    /// The figures that loss is measured from, and those that follow them.
    from: Quality,
    next: (Duration, Quality),
    /// Since when nothing has come.
    silent_since: Option<Duration>,
}

/// Loss and jitter of one direction.
#[derive(Clone, Copy, Debug)]
struct Way {
    lost_permille: u16,
    jitter_ms: f64,
}

impl Hearing {
    /// Newer figures; `silent_for` says how long nothing has come, where that is long.
    pub fn take(&mut self, quality: Quality, silent_for: Option<Duration>, now: Duration) {
        if now.saturating_sub(self.next.0) >= SPAN {
            self.from = self.next.1;
            self.next = (now, quality);
        }
        self.newest = quality;
        self.silent_since = silent_for.map(|silent| now.saturating_sub(silent));
    }

    /// How it sounds, in figures that do not flicker. Where nothing need come, as from a party that holds, silence is no fault.
    pub fn sound(&self, must_come: bool, wall: impl Fn(Duration) -> Timestamp) -> SoundStatus {
        let (newest, from) = (&self.newest, &self.from);
        let incoming = Way {
            lost_permille: permille(
                newest.lost.saturating_sub(from.lost),
                newest.received.saturating_sub(from.received),
            ),
            jitter_ms: newest.jitter_ms.into(),
        };
        let outgoing = newest.remote_lost.map(|lost| {
            let lost = lost.saturating_sub(from.remote_lost.unwrap_or(0));
            let sent = newest.sent.saturating_sub(from.sent).saturating_sub(lost);
            Way { lost_permille: permille(lost, sent), jitter_ms: newest.remote_jitter_ms.unwrap_or(0.0).into() }
        });
        let round_trip_ms = newest.round_trip_ms.map(|round_trip| whole(round_trip.into()));
        let ways = std::iter::once(incoming).chain(outgoing);
        let worst = ways.map(|way| way.grade(round_trip_ms.unwrap_or(0))).max().unwrap_or(Grade::Good);
        let silent_since = self.silent_since.filter(|_| must_come && newest.received > 0);
        SoundStatus {
            grade: match (must_come && newest.received == 0, silent_since) {
                (true, _) => Grade::NoSound,
                (false, Some(_)) => Grade::Poor,
                (false, None) => worst,
            },
            lost_permille: incoming.lost_permille,
            jitter_ms: whole(incoming.jitter_ms),
            remote_lost_permille: outgoing.map(|way| way.lost_permille),
            remote_jitter_ms: outgoing.map(|way| whole(way.jitter_ms)),
            round_trip_ms,
            silent_since: silent_since.map(wall),
        }
    }
}

impl Way {
    /// Twice the jitter, which is a mean (RFC 3550 §6.4.1), is what a phone's buffer must bridge: that much longer the way becomes,
    /// and what varies more comes too late and is lost where nobody counts it.
    fn grade(self, round_trip_ms: u32) -> Grade {
        let buffer_ms = 2.0 * self.jitter_ms;
        let rating = rating(self.lost_permille, f64::from(round_trip_ms) / 2.0 + PACKET_MS + buffer_ms);
        if rating < FAIR_FROM || buffer_ms > 2.0 * VARIATION_LIMIT_MS {
            Grade::Poor
        } else if rating < GOOD_FROM || buffer_ms > VARIATION_LIMIT_MS {
            Grade::Fair
        } else {
            Grade::Good
        }
    }
}

/// R of G.107: the best, less what the loss (equation 7-29, Ie = 0, random) and the delay (7-27, echo cancelled) take from it.
fn rating(lost_permille: u16, delay_ms: f64) -> f64 {
    let lost_percent = f64::from(lost_permille) / 10.0;
    let loss = 95.0 * lost_percent / (lost_percent + ROBUSTNESS);
    let delay = if delay_ms <= 100.0 {
        0.0
    } else {
        let x = (delay_ms / 100.0).log2();
        25.0 * ((1.0 + x.powi(6)).powf(1.0 / 6.0) - 3.0 * (1.0 + (x / 3.0).powi(6)).powf(1.0 / 6.0) + 2.0)
    };
    BEST - loss - delay
}

/// How many of a thousand were lost.
fn permille(lost: u64, came: u64) -> u16 {
    let share = lost.saturating_mul(1_000) / lost.saturating_add(came).max(1);
    u16::try_from(share).unwrap_or(1_000)
}

/// Rounded, within what can be; what is no number is nothing.
fn whole(ms: f64) -> u32 {
    ms.round().clamp(0.0, 60_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn quality(received: u64, lost: u64, jitter_ms: f32) -> Quality {
        Quality { received, lost, jitter_ms, sent: received, ..Quality::default() }
    }

    fn sound(hearing: &Hearing) -> SoundStatus {
        let wall = |since_boot: Duration| Timestamp::UNIX_EPOCH + since_boot;
        hearing.sound(true, wall)
    }

    #[test]
    fn the_rating_is_that_of_the_recommendations() {
        // Worked out by hand from the equations of G.107.
        for (lost_permille, delay_ms, expected) in
            [(0, 20.0, 93.2), (10, 20.0, 89.6), (50, 20.0, 77.4), (100, 20.0, 66.1), (0, 150.0, 93.1), (0, 300.0, 78.4)]
        {
            let rating = rating(lost_permille, delay_ms);
            assert!((rating - expected).abs() < 1.0, "{lost_permille} of 1000, {delay_ms} ms: {rating}");
        }
    }

    #[test]
    fn loss_jitter_and_a_long_way_make_it_worse() {
        for (lost, jitter_ms, round_trip_ms, expected) in [
            (0, 3.0, None, Grade::Good),
            (30, 3.0, None, Grade::Good),
            (50, 3.0, None, Grade::Fair),
            (100, 3.0, None, Grade::Poor),
            (0, 26.0, None, Grade::Fair),
            (0, 51.0, None, Grade::Poor),
            (0, 3.0, Some(400.0), Grade::Good),
            (0, 3.0, Some(700.0), Grade::Fair),
            (0, 3.0, Some(f32::INFINITY), Grade::Poor),
            (0, f32::NAN, None, Grade::Good),
        ] {
            let mut hearing = Hearing::default();
            let figures = Quality { round_trip_ms, ..quality(1_000 - lost, lost, jitter_ms) };
            hearing.take(figures, None, SECOND);
            assert_eq!(sound(&hearing).grade, expected, "{lost} of 1000, {jitter_ms} ms, {round_trip_ms:?}");
        }
    }

    #[test]
    fn what_the_phone_hears_counts_too() {
        let mut hearing = Hearing::default();
        let remote = |lost| Quality { remote_lost: Some(lost), remote_jitter_ms: Some(2.0), ..quality(1_000, 0, 1.0) };
        hearing.take(remote(100), None, SECOND);
        let heard = sound(&hearing);
        assert_eq!((heard.grade, heard.lost_permille, heard.remote_lost_permille), (Grade::Poor, 0, Some(100)));
    }

    #[test]
    fn a_bad_minute_is_forgotten_and_a_late_one_is_seen() {
        let mut hearing = Hearing::default();
        let grades: Vec<Grade> = (1..=20)
            .map(|fifth: u32| {
                // Of a hundred seconds those from 30 to 60 lose a fifth.
                let bad = u64::from(fifth.clamp(6, 12) - 6) * 50;
                hearing.take(quality(u64::from(fifth) * 250 - bad, bad, 1.0), None, SECOND * 5 * fifth);
                sound(&hearing).grade
            })
            .collect();
        assert_eq!(grades[..6], [Grade::Good; 6]);
        assert_eq!(grades[8..12], [Grade::Poor; 4], "{grades:?}");
        assert_eq!(grades[16..], [Grade::Good; 4], "{grades:?}");
    }

    #[test]
    fn silence_is_said_where_sound_is_due() {
        let mut hearing = Hearing::default();
        assert_eq!(sound(&hearing).grade, Grade::NoSound);
        hearing.take(quality(0, 0, 0.0), Some(SECOND * 15), SECOND * 15);
        assert_eq!((sound(&hearing).grade, sound(&hearing).silent_since), (Grade::NoSound, None));
        hearing.take(quality(100, 0, 1.0), Some(SECOND * 12), SECOND * 40);
        let since = Timestamp::UNIX_EPOCH + SECOND * 28;
        assert_eq!((sound(&hearing).grade, sound(&hearing).silent_since), (Grade::Poor, Some(since)));
        let held = hearing.sound(false, |_| Timestamp::UNIX_EPOCH);
        assert_eq!((held.grade, held.silent_since), (Grade::Good, None));
    }
}
