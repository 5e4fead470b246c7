//! The music of who waits: a soft piece of the box's own, made and never recorded. Broken chords of bell-like notes, whose last ones
//! ring on into the first, so that the piece has no seam.

use std::f64::consts::TAU;

use crate::CLOCK_HZ;

/// How long the piece is before it begins again, in seconds.
pub const LENGTH_S: u32 = 32;

/// How loud it is, as the root mean square of its samples: -24 dB of full scale, a little softer than who speaks on the telephone, so
/// that nobody is startled by the voice that takes its place, and far above the noise of G.711.
pub const LOUDNESS: f64 = 2_067.0;

/// The piece from its beginning, [`LENGTH_S`] seconds at [`CLOCK_HZ`].
pub fn piece() -> Vec<i16> {
    let mut sum = vec![0.0; (LENGTH_S * CLOCK_HZ) as usize];
    let beat = CLOCK_HZ as usize / 2;
    for (bar, chord) in CHORDS.iter().enumerate() {
        let start = bar * BEATS.len() * beat;
        for (at, note) in BEATS.iter().enumerate() {
            ring(&mut sum, start + at * beat, chord[*note], 1.0);
        }
        // The chord itself, softly, under its notes.
        chord.iter().for_each(|note| ring(&mut sum, start, *note, 0.35));
    }
    let power = sum.iter().map(|sample| sample * sample).sum::<f64>() / sum.len() as f64;
    let gain = LOUDNESS / power.sqrt();
    sum.iter().map(|sample| (sample * gain) as i16).collect()
}

/// Adds a note that is struck at this sample; what rings past the end goes on at the beginning.
fn ring(sum: &mut [f64], start: usize, note: u8, strength: f64) {
    let hz = 440.0 * 2.0_f64.powf((f64::from(note) - 69.0) / 12.0);
    let clock = f64::from(CLOCK_HZ);
    let length = sum.len();
    for at in 0..(RINGS_S * clock) as usize {
        let t = at as f64 / clock;
        let envelope = (t / ATTACK_S).min(1.0) * (-t / DECAY_S).exp() * ((RINGS_S - t) / FADE_S).min(1.0);
        let wave: f64 = OVERTONES.iter().zip(1..).map(|(part, nth)| part * (TAU * hz * f64::from(nth) * t).sin()).sum();
        sum[(start + at) % length] += strength * envelope * wave;
    }
}

/// The chords, four seconds each, as MIDI notes between 294 and 740 Hz: where telephones are good.
const CHORDS: [[u8; 4]; 8] = [
    [62, 67, 71, 74],
    [64, 67, 71, 76],
    [64, 67, 72, 76],
    [62, 66, 69, 74],
    [62, 67, 71, 74],
    [66, 71, 74, 78],
    [64, 69, 72, 76],
    [62, 66, 72, 74],
];
/// Which note of its chord each half second strikes.
const BEATS: [usize; 8] = [0, 1, 2, 3, 2, 1, 2, 1];
/// How strong the fundamental and its overtones are.
const OVERTONES: [f64; 3] = [1.0, 0.22, 0.07];
/// No note begins with a click.
const ATTACK_S: f64 = 0.02;
const DECAY_S: f64 = 0.8;
const RINGS_S: f64 = 2.8;
const FADE_S: f64 = 0.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::g711::Law;

    fn loudness(samples: &[i16]) -> f64 {
        (samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
    }

    #[test]
    fn the_piece_is_soft_from_end_to_end_and_nowhere_clipped_or_silent() {
        let piece = piece();
        assert_eq!(piece.len(), 256_000);
        let loud = loudness(&piece);
        assert!((loud / LOUDNESS - 1.0).abs() < 0.01, "{loud}");
        let peak = piece.iter().map(|sample| sample.unsigned_abs()).max();
        assert!(peak.is_some_and(|peak| peak < 16_384), "{peak:?}");
        for (at, quarter) in piece.chunks(2_000).enumerate() {
            let loud = loudness(quarter);
            assert!((LOUDNESS / 4.0..LOUDNESS * 2.5).contains(&loud), "{loud} in quarter second {at}");
        }
    }

    #[test]
    fn the_piece_begins_again_without_a_jump() {
        let piece = piece();
        let step = |a: i16, b: i16| i32::from(a).abs_diff(b.into());
        let largest = piece.windows(2).map(|pair| step(pair[0], pair[1])).max();
        let seam = step(piece[piece.len() - 1], piece[0]);
        assert!(largest.is_some_and(|largest| seam <= largest), "{seam} of {largest:?}");
        let around = [&piece[piece.len() - 2_000..], &piece[..2_000]].map(loudness);
        assert!(around[0] < around[1] * 2.0 && around[1] < around[0] * 4.0, "{around:?}");
    }

    #[test]
    fn g711_takes_little_away_from_it() {
        for law in [Law::Mu, Law::A] {
            let piece = piece();
            let noise: Vec<i16> = piece.iter().map(|sample| law.decode(law.encode(*sample)) - sample).collect();
            let ratio = 20.0 * (loudness(&piece) / loudness(&noise)).log10();
            assert!(ratio > 30.0, "{law:?}: {ratio:.1} dB");
        }
    }
}
