//! Ears: how loud a tone is in a piece of sound.

/// Sounds here are telephone quality.
pub const RATE_HZ: usize = 8000;

/// The amplitude, out of 32767, of the part of `samples` that is a tone of `hz` (Goertzel's algorithm).
pub fn tone_amplitude(samples: &[i16], hz: f64) -> f64 {
    if samples.is_empty() {
        return 0.0;
    }
    let step = std::f64::consts::TAU * hz / RATE_HZ as f64;
    let factor = 2.0 * step.cos();
    let (mut last, mut before) = (0.0, 0.0);
    for sample in samples {
        let now = f64::from(*sample) + factor * last - before;
        before = last;
        last = now;
    }
    let power = last * last + before * before - factor * last * before;
    2.0 * power.max(0.0).sqrt() / samples.len() as f64
}

/// The loudest of `tones` in each full tenth of a second, where one is louder than `floor`.
pub fn tones_heard(samples: &[i16], tones: &[f64], floor: f64) -> Vec<Option<f64>> {
    samples
        .chunks_exact(RATE_HZ / 10)
        .map(|tenth| {
            let loud = tones.iter().map(|hz| (tone_amplitude(tenth, *hz), *hz));
            let (amplitude, hz) = loud.max_by(|a, b| a.0.total_cmp(&b.0))?;
            (amplitude > floor).then_some(hz)
        })
        .collect()
}

/// A tone of `hz` with the given amplitude.
pub fn tone(hz: f64, amplitude: f64, seconds: usize) -> Vec<i16> {
    (0..seconds * RATE_HZ)
        .map(|n| {
            let angle = std::f64::consts::TAU * hz * n as f64 / RATE_HZ as f64;
            (amplitude * angle.sin()).round() as i16
        })
        .collect()
}

#[test]
fn a_tone_is_heard_at_its_own_pitch_only() {
    let samples = tone(440.0, 8000.0, 1);
    assert!((tone_amplitude(&samples, 440.0) - 8000.0).abs() < 10.0);
    assert!(tone_amplitude(&samples, 620.0) < 100.0);
    assert_eq!(tone_amplitude(&[], 440.0), 0.0);
}

#[test]
fn each_tenth_of_a_second_has_its_tone() {
    let mut samples = tone(440.0, 8000.0, 1);
    samples.extend(vec![0; RATE_HZ / 2]);
    samples.extend(tone(620.0, 8000.0, 1));
    let heard = tones_heard(&samples, &[440.0, 620.0], 1000.0);
    assert_eq!(heard[..10], [Some(440.0); 10]);
    assert_eq!(heard[10..15], [None; 5]);
    assert_eq!(heard[15..], [Some(620.0); 10]);
}
