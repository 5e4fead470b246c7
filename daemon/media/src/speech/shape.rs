//! Makes what the engine rendered fit for the telephone: trimmed, without rumble, as loud as speech on a line, never clipped.

use super::pico::RATE;

/// Trims, filters and levels; silence comes out empty.
pub(crate) fn shape(samples: &[i16]) -> Vec<i16> {
    let samples = trimmed(samples);
    let mut sound: Vec<f32> = samples.iter().map(|sample| f32::from(*sample)).collect();
    Filter::high_pass(RUMBLE_HZ).run(&mut sound);
    let gain = gain(loudness(&sound));
    sound.iter_mut().for_each(|sample| *sample *= gain);
    limit(&mut sound);
    sound.into_iter().map(|sample| sample as i16).collect()
}

/// How loud the speech is between 300 and 3400 Hz, as the root mean square of its loud stretches; full scale is 32768.
pub(crate) fn loudness(sound: &[f32]) -> f32 {
    let mut band = sound.to_vec();
    Filter::high_pass(300.0).run(&mut band);
    Filter::low_pass(3_400.0).run(&mut band);
    let powers: Vec<f32> = band.chunks(STRETCH).map(power).collect();
    let loudest = powers.iter().fold(0.0, |a: f32, b| a.max(*b));
    // Pauses say nothing of how loud somebody speaks: 25 dB below the loudest does not count.
    let loud: Vec<f32> = powers.into_iter().filter(|power| *power > loudest / 316.0).collect();
    if loud.is_empty() { 0.0 } else { (loud.iter().sum::<f32>() / loud.len() as f32).sqrt() }
}

/// 20 ms.
const STRETCH: usize = RATE as usize / 50;
/// Below it a telephone carries nothing but hum.
const RUMBLE_HZ: f32 = 150.0;
/// -20 dBFS, what a speaker on a line has (ITU-T P.56 active level, within a decibel or two).
pub(crate) const LEVEL: f32 = 3_277.0;
/// -3 dBFS.
pub(crate) const CEILING: f32 = 23_197.0;

fn power(stretch: &[f32]) -> f32 {
    stretch.iter().map(|sample| sample * sample).sum::<f32>() / stretch.len().max(1) as f32
}

/// A sound that is far too soft is noise, and stays so.
fn gain(loudness: f32) -> f32 {
    if loudness < 1.0 { 1.0 } else { (LEVEL / loudness).min(10.0) }
}

/// From 20 ms before the first to 20 ms after the last that is heard: 42 dB below the loudest, or quiet in itself.
fn trimmed(samples: &[i16]) -> &[i16] {
    let peak = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
    let is_heard = |sample: &i16| sample.unsigned_abs() > (peak / 128).max(32);
    let (Some(first), Some(last)) = (samples.iter().position(is_heard), samples.iter().rposition(is_heard)) else {
        return &[];
    };
    &samples[first.saturating_sub(STRETCH)..(last + STRETCH).min(samples.len())]
}

/// Turns the volume down around peaks, smoothly and before they come, so that none is over [`CEILING`].
fn limit(sound: &mut [f32]) {
    let wanted: Vec<f32> = sound.iter().map(|sample| (CEILING / sample.abs().max(CEILING)).min(1.0)).collect();
    if wanted.iter().all(|gain| *gain >= 1.0) {
        return;
    }
    // The least gain wanted within 5 ms on either side, then the mean of that: at no sample more than it wanted.
    let around = |index: usize| index.saturating_sub(REACH)..(index + REACH + 1).min(wanted.len());
    let least: Vec<f32> =
        (0..wanted.len()).map(|i| wanted[around(i)].iter().fold(1.0, |a: f32, b| a.min(*b))).collect();
    for (index, sample) in sound.iter_mut().enumerate() {
        let near = &least[around(index)];
        *sample *= near.iter().sum::<f32>() / near.len() as f32;
        *sample = sample.clamp(-CEILING, CEILING);
    }
}

/// 5 ms.
const REACH: usize = RATE as usize / 200;

/// A second-order Butterworth filter, direct form 2 transposed.
struct Filter {
    b: [f32; 3],
    a: [f32; 2],
}

impl Filter {
    fn high_pass(hz: f32) -> Filter {
        let (cos, alpha) = Filter::angle(hz);
        Filter::new([(1.0 + cos) / 2.0, -(1.0 + cos), (1.0 + cos) / 2.0], cos, alpha)
    }

    fn low_pass(hz: f32) -> Filter {
        let (cos, alpha) = Filter::angle(hz);
        Filter::new([(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0], cos, alpha)
    }

    fn angle(hz: f32) -> (f32, f32) {
        let angle = std::f32::consts::TAU * hz / RATE as f32;
        (angle.cos(), angle.sin() * std::f32::consts::FRAC_1_SQRT_2)
    }

    fn new(b: [f32; 3], cos: f32, alpha: f32) -> Filter {
        let a0 = 1.0 + alpha;
        Filter { b: b.map(|b| b / a0), a: [-2.0 * cos / a0, (1.0 - alpha) / a0] }
    }

    fn run(&self, sound: &mut [f32]) {
        let (mut first, mut second) = (0.0, 0.0);
        for sample in sound {
            let out = self.b[0] * *sample + first;
            first = self.b[1] * *sample - self.a[0] * out + second;
            second = self.b[2] * *sample - self.a[1] * out;
            *sample = out;
        }
    }
}

/// Half the rate, for G.711: a half-band low-pass of 47 taps, flat to 3.4 kHz and 40 dB down from 4.6 kHz on, where what is
/// left would come back as 3.4 kHz.
pub(crate) fn halved(samples: &[i16]) -> Vec<i16> {
    let taps = half_band();
    let at = |index: usize, offset: isize| {
        let sample = index.checked_add_signed(offset).and_then(|index| samples.get(index));
        sample.map_or(0.0, |sample| f32::from(*sample))
    };
    let out = (0..samples.len()).step_by(2).map(|index| {
        // Every second tap but the middle one is zero.
        let sides = taps.iter().enumerate().map(|(tap, weight)| {
            let offset = 2 * tap as isize + 1;
            weight * (at(index, offset) + at(index, -offset))
        });
        (at(index, 0) * 0.5 + sides.sum::<f32>()).clamp(-32_768.0, 32_767.0) as i16
    });
    out.collect()
}

/// The taps at odd distances from the middle: a windowed (Hamming) sinc at a quarter of the rate.
fn half_band() -> [f32; 12] {
    let mut taps = [0.0; 12];
    for (tap, weight) in taps.iter_mut().enumerate() {
        let distance = 2.0 * tap as f32 + 1.0;
        let window = 0.54 + 0.46 * (std::f32::consts::PI * distance / 24.0).cos();
        let sign = if tap % 2 == 0 { 1.0 } else { -1.0 };
        *weight = window * sign / (std::f32::consts::PI * distance);
    }
    let sum: f32 = taps.iter().sum();
    taps.map(|tap| tap * 0.25 / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, amplitude: f32, seconds: f32) -> Vec<i16> {
        let count = (RATE as f32 * seconds) as usize;
        (0..count).map(|n| (amplitude * (std::f32::consts::TAU * hz * n as f32 / RATE as f32).sin()) as i16).collect()
    }

    fn rms(samples: &[i16]) -> f32 {
        power(&samples.iter().map(|sample| f32::from(*sample)).collect::<Vec<_>>()).sqrt()
    }

    #[test]
    fn soft_and_loud_come_out_alike() {
        for amplitude in [1_000.0, 8_000.0, 32_000.0] {
            let out = shape(&tone(1_000.0, amplitude, 1.0));
            assert!((rms(&out) / LEVEL).log10().abs() < 0.05, "{amplitude}: {}", rms(&out));
        }
    }

    #[test]
    fn a_peak_is_limited_and_what_is_far_from_it_is_not() {
        let mut samples = tone(1_000.0, 2_000.0, 2.0);
        samples[16_000..16_016].fill(32_000);
        let out = shape(&samples);
        assert!(out.iter().all(|sample| f32::from(sample.unsigned_abs()) <= CEILING));
        assert!(rms(&out[..8_000]) > LEVEL / 2.0, "{}", rms(&out[..8_000]));
    }

    #[test]
    fn silence_is_cut_off_to_20_ms_and_alone_is_nothing() {
        let mut samples = vec![0; 8_000];
        samples.extend(tone(440.0, 8_000.0, 0.5));
        samples.extend([3; 8_000]);
        let out = shape(&samples);
        assert!((8_600..=8_660).contains(&out.len()), "{}", out.len());
        assert!(shape(&[0; 8_000]).is_empty());
        assert!(shape(&[]).is_empty());
    }

    #[test]
    fn rumble_goes_and_the_voice_stays() {
        let both: Vec<i16> =
            tone(50.0, 8_000.0, 1.0).iter().zip(tone(1_000.0, 4_000.0, 1.0)).map(|(a, b)| a + b).collect();
        let out = shape(&both);
        assert!((rms(&out) / LEVEL).log10().abs() < 0.1, "{}", rms(&out));
    }

    #[test]
    fn halving_keeps_the_voice_and_stops_what_would_fold_back() {
        for (hz, least, most) in
            [(300.0, 0.97, 1.03), (3_000.0, 0.97, 1.03), (5_000.0, 0.0, 0.01), (7_000.0, 0.0, 0.01)]
        {
            let samples = tone(hz, 8_000.0, 0.5);
            let out = halved(&samples);
            assert_eq!(out.len(), samples.len() / 2);
            let ratio = rms(&out[100..3_900]) / rms(&samples);
            assert!((least..=most).contains(&ratio), "{hz}: {ratio}");
        }
    }
}
