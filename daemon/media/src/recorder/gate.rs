//! Hears whether somebody speaks.
//!
//! A frame of 20 ms counts as speech when its level is over -50 dBFS: speech on a line lies at some -26 dBFS, quiet speech at
//! -40, the noise of an analogue line below -55. Where a line is noisier the gate follows it: it stays 9 dB over the quietest
//! frames of late, up to -35 dBFS; noise louder than that is taken for speech, and the recording's limit ends it. Two frames
//! in a row are needed: one alone is a click.
//!
//! This judgment may end a recording, but takes nothing from it: who speaks more quietly, or under a noise that the gate has
//! learned, is not heard. Only what is below -60 dBFS is known to hold no word; the gate says where the rest ends, too.

use rtp::CLOCK_HZ;

use super::timeline::Piece;

/// Follows a recording and knows when somebody last spoke.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Samples heard.
    at: u64,
    /// Of the frame under way: its length and the sum of its squares.
    length: u64,
    sum: f64,
    /// The noise, as a mean square.
    floor: f64,
    loud_in_a_row: u32,
    spoke: u64,
    audible: u64,
}

impl Default for Gate {
    fn default() -> Self {
        Self { at: 0, length: 0, sum: 0.0, floor: QUIETEST, loud_in_a_row: 0, spoke: 0, audible: 0 }
    }
}

impl Gate {
    /// Takes the next stretch of the recording.
    pub(crate) fn hear(&mut self, piece: &Piece) {
        match piece {
            Piece::Sound(samples) => samples.iter().for_each(|sample| self.hear_sample(*sample)),
            Piece::Silence(length) => {
                if self.length > 0 {
                    self.listen(self.sum / self.length as f64);
                }
                self.at += length;
                (self.length, self.sum, self.loud_in_a_row) = (0, 0.0, 0);
            }
        }
    }

    /// The place in the recording at which somebody last spoke; 0 when nobody has.
    pub(crate) fn spoke(&self) -> u64 {
        self.spoke
    }

    /// The place in the recording up to which there was anything to hear, speech or not; 0 when there was nothing.
    pub(crate) fn audible(&self) -> u64 {
        self.audible
    }

    fn hear_sample(&mut self, sample: i16) {
        self.at += 1;
        self.length += 1;
        self.sum += f64::from(sample) * f64::from(sample);
        if self.length == FRAME {
            let level = self.sum / FRAME as f64;
            (self.length, self.sum) = (0, 0.0);
            self.listen(level);
            self.judge(level);
        }
    }

    fn listen(&mut self, level: f64) {
        if level > INAUDIBLE {
            self.audible = self.at;
        }
    }

    fn judge(&mut self, level: f64) {
        // What is missing says nothing about the line.
        if level > 0.0 {
            self.floor = (self.floor * RISE).min(level).max(QUIETEST);
        }
        let bar = (self.floor * OVER_NOISE).clamp(LOWEST_BAR, HIGHEST_BAR);
        self.loud_in_a_row = if level > bar { self.loud_in_a_row + 1 } else { 0 };
        if self.loud_in_a_row >= 2 {
            self.spoke = self.at;
        }
    }
}

/// Samples of a frame: 20 ms.
const FRAME: u64 = CLOCK_HZ as u64 / 50;
/// The mean square of 0 dBFS, that is of a square wave that fills 16 bits.
const FULL: f64 = 32_768.0 * 32_768.0;
/// -50 dBFS.
const LOWEST_BAR: f64 = FULL * 1e-5;
/// -35 dBFS.
const HIGHEST_BAR: f64 = FULL * 3.162e-4;
/// -60 dBFS: 34 dB below speech; what is quieter is a line's own noise, if it is not nothing at all.
const INAUDIBLE: f64 = FULL * 1e-6;
/// -70 dBFS: no line is quieter but one that is digital to its end.
const QUIETEST: f64 = FULL * 1e-7;
/// 9 dB.
const OVER_NOISE: f64 = 7.943;
/// 6 dB a second, in a frame: faster than a silence is waited for, slower than the pauses between words.
const RISE: f64 = 1.028;

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise of a level in dBFS, always the same; each length in frames.
    fn noise(level: f64, frames: usize) -> Piece {
        let mut state = 1_u32;
        // Evenly spread values have a third of their peak's square as their mean square.
        let peak = (FULL * 10_f64.powf(level / 10.0) * 3.0).sqrt();
        let samples = (0..frames * FRAME as usize).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (f64::from(state as i32) / f64::from(i32::MAX) * peak) as i16
        });
        Piece::Sound(samples.collect())
    }

    fn spoke_at(pieces: &[Piece]) -> u64 {
        let mut gate = Gate::default();
        pieces.iter().for_each(|piece| gate.hear(piece));
        gate.spoke() / FRAME
    }

    #[test]
    fn speech_is_heard_and_the_noise_of_a_line_is_not() {
        for (name, pieces, spoke) in [
            ("nothing", vec![Piece::Silence(80_000)], 0),
            ("zeros", vec![Piece::Sound(vec![0; 8_000])], 0),
            ("a quiet line", vec![noise(-60.0, 500)], 0),
            ("speech", vec![noise(-26.0, 50), noise(-60.0, 100)], 50),
            ("quiet speech", vec![noise(-60.0, 50), noise(-42.0, 20), noise(-60.0, 100)], 70),
            ("speech, then nothing comes", vec![noise(-26.0, 50), Piece::Silence(16_000)], 50),
            ("a click", vec![noise(-60.0, 50), noise(-10.0, 1), noise(-60.0, 50)], 0),
            ("a click beside a gap", vec![noise(-10.0, 1), Piece::Silence(800), noise(-10.0, 1)], 0),
        ] {
            assert_eq!(spoke_at(&pieces), spoke, "{name}");
        }
    }

    #[test]
    fn what_is_not_taken_for_speech_is_audible_all_the_same() {
        for (name, pieces, audible) in [
            ("nothing", vec![Piece::Silence(80_000)], 0),
            ("a quiet line", vec![noise(-63.0, 500)], 0),
            ("a whisper", vec![noise(-63.0, 20), noise(-57.0, 30), noise(-63.0, 50)], 50),
            ("a click", vec![noise(-10.0, 1), noise(-63.0, 50)], 1),
            ("speech, then nothing comes", vec![noise(-26.0, 50), Piece::Silence(16_000)], 50),
        ] {
            let mut gate = Gate::default();
            pieces.iter().for_each(|piece| gate.hear(piece));
            assert_eq!(gate.audible() / FRAME, audible, "{name}");
        }
        let mut gate = Gate::default();
        gate.hear(&Piece::Sound(vec![500; 80]));
        gate.hear(&Piece::Silence(8_000));
        assert_eq!(gate.audible(), 80, "half a frame");
    }

    #[test]
    fn a_noisy_line_is_learned_within_seconds_and_speech_over_it_is_heard() {
        let learned = spoke_at(&[noise(-45.0, 500)]);
        assert!(learned < 200, "{learned}");
        // Words of 400 ms with pauses of 100 ms.
        let words = (0..20).flat_map(|_| [noise(-26.0, 20), noise(-45.0, 5)]);
        let pieces: Vec<Piece> = [noise(-45.0, 500)].into_iter().chain(words).chain([noise(-45.0, 100)]).collect();
        let spoke = spoke_at(&pieces);
        assert!((985..=1_000).contains(&spoke), "{spoke}");
    }

    #[test]
    fn one_who_never_pauses_is_heard_all_the_same() {
        assert_eq!(spoke_at(&[noise(-26.0, 3_000)]), 3_000);
    }
}
