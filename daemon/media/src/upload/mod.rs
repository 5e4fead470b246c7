//! A sound file that a person brings, made what callers can hear: 8 kHz, 16 bits, one channel, as loud as speech is.
//!
//! Pure, and bounded by what it is given: the file's own figures are believed only as far as its bytes go, so that one
//! that lies about its size costs no memory. WAV only, since every recorder and every computer writes it; what else people
//! try is recognised, and they are told what to do.

mod convert;
mod parse;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;
use std::time::Duration;

use thiserror::Error;

/// The longest file that is taken, in bytes: two minutes, the longest greeting, of 48 kHz in two channels of 32 bits.
pub const MAX_BYTES: usize = 48 * 1024 * 1024;

/// Rates that are taken, in Hz: from the telephone's own to what computers record in. A lower one has lost part of the
/// voice, a higher one is no better here.
pub const RATES: RangeInclusive<u32> = 8_000..=48_000;

/// Why a file cannot be heard by callers; the text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unusable {
    /// It has no bytes.
    #[error("the file is empty: choose another one")]
    Empty,
    /// It is something else, whatever its name says.
    #[error("this is {0}, whatever its name says: save the sound as WAV and choose that file")]
    Other(Kind),
    /// It ends in its head, or has no audio.
    #[error("this WAV file is damaged: {0}; save the sound again")]
    Damaged(Damage),
    /// It says that it is longer than it is.
    #[error("this WAV file is cut off after {has_s} s of {says_s} s: copy it again")]
    CutOff {
        /// What there is, in seconds.
        has_s: u64,
        /// What its head says, in seconds.
        says_s: u64,
    },
    /// The samples are written in a way that is not taken.
    #[error("this WAV file is written as {0}: save it as PCM with 16 bits")]
    Encoding(Written),
    /// More than two channels, or none.
    #[error("this WAV file has {0} channels: save it as mono or stereo")]
    Channels(u16),
    /// Outside [`RATES`].
    #[error("this WAV file has {0} samples a second: save it with 8000 to 48000")]
    Rate(u32),
    /// Nobody says anything in so little.
    #[error("this is only {has_ms} ms long: it must be {least_ms} ms at least")]
    TooShort {
        /// How long it is, in milliseconds.
        has_ms: u64,
        /// How long it must be, in milliseconds.
        least_ms: u64,
    },
    /// Longer than callers listen.
    #[error("this is {has_s} s long: cut it to {most_s} s")]
    TooLong {
        /// How long it is, in seconds.
        has_s: u64,
        /// How long it may be, in seconds.
        most_s: u64,
    },
    /// There is nothing to be heard in it.
    #[error("nothing can be heard in this file: record it again, nearer to the microphone")]
    Silent,
}

/// What a file is that is no WAV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Kind {
    #[error("an MP3 file")]
    Mp3,
    #[error("an M4A or MP4 file, as telephones record it")]
    Mp4,
    #[error("an Ogg file")]
    Ogg,
    #[error("a FLAC file")]
    Flac,
    #[error("an AIFF file")]
    Aiff,
    #[error("an AMR file")]
    Amr,
    #[error("a WMA file")]
    Wma,
    #[error("a WebM file")]
    WebM,
    #[error("a ZIP archive")]
    Zip,
    #[error("a rare kind of WAV")]
    RareWav,
    #[error("no sound that is known here")]
    Unknown,
}

/// What is wrong with a WAV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Damage {
    #[error("it ends in its head")]
    ShortHead,
    #[error("it does not say what its samples are")]
    NoFormat,
    #[error("its head contradicts itself")]
    Contradiction,
    #[error("it has no audio")]
    NoAudio,
}

/// How the samples are written, in a way that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum Written {
    #[error("PCM with {0} bits")]
    Pcm(u16),
    #[error("floating point with {0} bits")]
    Float(u16),
    #[error("ADPCM")]
    Adpcm,
    #[error("GSM")]
    Gsm,
    #[error("MPEG audio (MP3)")]
    Mpeg,
    #[error("an encoding of its own")]
    Unknown,
}

/// What callers hear of a file: samples of 8 kHz. Fails where it is no sound of a length within `length`, or cannot be read.
/// Takes a second of a slow core for the longest one: not for a thread that must be quick.
pub fn telephone(file: &[u8], length: &RangeInclusive<Duration>) -> Result<Vec<i16>, Unusable> {
    let sound = parse::sound(file)?;
    let frames = sound.frames() as u64;
    let has_ms = frames * 1000 / u64::from(sound.rate);
    let milliseconds = |duration: &Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let (least_ms, most_ms) = (milliseconds(length.start()), milliseconds(length.end()));
    if has_ms < least_ms {
        return Err(Unusable::TooShort { has_ms, least_ms });
    }
    if has_ms > most_ms {
        return Err(Unusable::TooLong { has_s: has_ms.div_ceil(1000), most_s: most_ms / 1000 });
    }
    let mut audio = convert::to_telephone(sound.mono(), sound.rate);
    convert::level(&mut audio)?;
    Ok(convert::samples(&audio))
}
