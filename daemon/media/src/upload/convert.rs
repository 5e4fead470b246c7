//! From any rate to the telephone's, and as loud as the box's own voice.

use rtp::CLOCK_HZ;
use rubato::audioadapter::Adapter;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Async, FixedAsync, Resampler, SincInterpolationParameters, SincInterpolationType, WindowFunction, calculate_cutoff,
};

use super::Unusable;

/// The filter's length in samples of 8 kHz: passes to 3.7 kHz and lets nothing of what lies above 4 kHz be heard
/// below it. A telephone ends at 3.4 kHz.
const TAPS: usize = 128;

/// Between how many points the filter is interpolated: below the noise of G.711 by far.
const OVERSAMPLING: usize = 256;

/// Frames that are resampled at once.
const CHUNK: usize = 4096;

/// How loud speech shall be where there is some: the root of the mean square, -20 dB of full scale, as people sound on
/// the telephone.
const SPEECH: f32 = 0.1;

/// The loudest sample: -1 dB of full scale, so that nothing clips.
const PEAK: f32 = 0.89;

/// What is quieter than this throughout is no sound: -60 dB of full scale.
const SILENCE: f32 = 0.001;

/// The most that a quiet recording is raised, 20 dB: more would raise its hiss too.
const MOST_GAIN: f32 = 10.0;

/// Speech is measured in pieces of so many samples, 50 ms.
const PIECE: usize = 400;

/// A piece counts as speech that is not more than 20 dB below the loudest: pauses must not make the rest louder.
const BELOW_LOUDEST: f32 = 0.1;

/// The sound with 8 000 samples a second; what lies above 4 kHz is taken away before.
pub(super) fn to_telephone(mono: Vec<f32>, rate: u32) -> Vec<f32> {
    if rate == CLOCK_HZ {
        return mono;
    }
    let longer = usize::try_from(rate.div_ceil(CLOCK_HZ)).unwrap_or(1);
    let parameters = SincInterpolationParameters::new(TAPS * longer, WindowFunction::BlackmanHarris)
        .f_cutoff(calculate_cutoff(TAPS, WindowFunction::BlackmanHarris))
        .oversampling_factor(OVERSAMPLING)
        .interpolation(SincInterpolationType::Linear);
    let ratio = f64::from(CLOCK_HZ) / f64::from(rate);
    let mut resampler = Async::<f32>::new_sinc(ratio, 1.0, &parameters, CHUNK, 1, FixedAsync::Input)
        .expect("rates within bounds have a good ratio");
    let frames = mono.len();
    let all = InterleavedSlice::new(&mono, 1, frames).expect("one channel of all samples fits");
    let resampled = resampler.process_all(&all, frames, None).expect("the buffer has all frames");
    (0..resampled.frames()).filter_map(|at| resampled.read_sample(0, at)).collect()
}

/// Makes speech as loud as callers expect it, and never so that it clips. Fails where there is nothing.
pub(super) fn level(audio: &mut [f32]) -> Result<(), Unusable> {
    let peak = audio.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if peak < SILENCE {
        return Err(Unusable::Silent);
    }
    let power = |piece: &[f32]| piece.iter().map(|sample| sample * sample).sum::<f32>() / piece.len() as f32;
    let powers: Vec<f32> = audio.chunks(PIECE).map(power).collect();
    let loudest = powers.iter().fold(0.0_f32, |loudest, power| loudest.max(*power));
    let speech: Vec<f32> =
        powers.into_iter().filter(|power| *power >= loudest * BELOW_LOUDEST * BELOW_LOUDEST).collect();
    let rms = (speech.iter().sum::<f32>() / speech.len().max(1) as f32).sqrt();
    let gain = (SPEECH / rms).min(PEAK / peak).min(MOST_GAIN);
    audio.iter_mut().for_each(|sample| *sample *= gain);
    Ok(())
}

pub(super) fn samples(audio: &[f32]) -> Vec<i16> {
    audio.iter().map(|sample| (sample * 32_768.0).round() as i16).collect()
}
