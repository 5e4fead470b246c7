//! Reads WAV as people's programs write it (RIFF; Microsoft's WAVEFORMATEX and WAVEFORMATEXTENSIBLE).

use rtp::codec::g711::Law;

use super::{Damage, Kind, RATES, Unusable, Written};

/// How a sample is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Whole numbers of so many bytes, 1 to 4; one byte without a sign.
    Pcm(usize),
    /// Fractions, of four or eight bytes.
    Float(usize),
    /// One byte, G.711.
    Law(Law),
}

/// A sound as its file has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sound<'f> {
    pub rate: u32,
    channels: usize,
    encoding: Encoding,
    data: &'f [u8],
}

impl Encoding {
    fn bytes(self) -> usize {
        match self {
            Encoding::Pcm(bytes) | Encoding::Float(bytes) => bytes,
            Encoding::Law(_) => 1,
        }
    }

    /// One sample, 1.0 at full scale; what is no number is silence.
    fn read(self, bytes: &[u8]) -> f32 {
        let value = match (self, bytes) {
            (Encoding::Pcm(1), [byte]) => (f32::from(*byte) - 128.0) / 128.0,
            (Encoding::Pcm(_), bytes) => {
                let mut wide = [0; 4];
                wide[4 - bytes.len()..].copy_from_slice(bytes);
                i32::from_le_bytes(wide) as f32 / 2_147_483_648.0
            }
            (Encoding::Float(_), [a, b, c, d]) => f32::from_le_bytes([*a, *b, *c, *d]),
            (Encoding::Float(_), bytes) => bytes.first_chunk().map_or(0.0, |eight| f64::from_le_bytes(*eight) as f32),
            (Encoding::Law(law), [byte]) => f32::from(law.decode(*byte)) / 32_768.0,
            (Encoding::Law(_), _) => 0.0,
        };
        // Beyond this no gain could be right, and squares would be infinite.
        if value.is_finite() { value.clamp(-64.0, 64.0) } else { 0.0 }
    }
}

impl Sound<'_> {
    /// Moments: samples of one channel.
    pub(super) fn frames(&self) -> usize {
        self.data.len() / (self.channels * self.encoding.bytes())
    }

    /// All channels in one; half of each of two, so that none is lost and nothing clips.
    pub(super) fn mono(&self) -> Vec<f32> {
        let bytes = self.encoding.bytes();
        let frames = self.data.chunks_exact(bytes * self.channels);
        let mix = |frame: &[u8]| frame.chunks_exact(bytes).map(|sample| self.encoding.read(sample)).sum::<f32>();
        frames.map(|frame| mix(frame) / self.channels as f32).collect()
    }
}

/// What the head says of the samples.
struct Format {
    rate: u32,
    channels: usize,
    encoding: Encoding,
}

/// Chunks that are looked at: cover pictures and notes come in some; more come from no program that makes WAV files.
const MOST_CHUNKS: usize = 256;

/// Tags of formats.
const PCM: u16 = 1;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;
const EXTENSIBLE: u16 = 0xfffe;

/// How a format that EXTENSIBLE names ends: the tag stands before it.
const GUID: [u8; 14] = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

pub(super) fn sound(file: &[u8]) -> Result<Sound<'_>, Unusable> {
    if file.is_empty() {
        return Err(Unusable::Empty);
    }
    if file.get(..4) != Some(b"RIFF") || file.get(8..12) != Some(b"WAVE") {
        return Err(Unusable::Other(kind(file)));
    }
    let mut rest = &file[12..];
    let mut format = None;
    for _ in 0..MOST_CHUNKS {
        let Some((head, body)) = rest.split_at_checked(8) else { break };
        let says = number(&head[4..]);
        let length = usize::try_from(says).unwrap_or(usize::MAX);
        match (&head[..4], &format) {
            (b"fmt ", _) => {
                let chunk = body.get(..length).ok_or(Unusable::Damaged(Damage::ShortHead))?;
                format = Some(read_format(chunk)?);
            }
            (b"data", Some(format)) => return data(format, body, says),
            (b"data", None) => return Err(Unusable::Damaged(Damage::NoFormat)),
            _ => {}
        }
        // A chunk of odd length is followed by a byte that does not count.
        let Some(next) = body.get(length.saturating_add(length % 2)..) else { break };
        rest = next;
    }
    Err(Unusable::Damaged(Damage::NoAudio))
}

fn data<'f>(format: &Format, body: &'f [u8], says: u32) -> Result<Sound<'f>, Unusable> {
    let Format { rate, channels, encoding } = *format;
    let frame = channels * encoding.bytes();
    let seconds = |bytes: usize| (bytes / frame) as u64 / u64::from(rate);
    let length = usize::try_from(says).unwrap_or(usize::MAX);
    // Programs that write into a pipe cannot come back to say how long it has become.
    let is_unsaid = says == 0 || says >= u32::MAX - 0xff;
    let data = match body.get(..length) {
        _ if is_unsaid => body,
        Some(data) => data,
        // The last sample may be half there; more is missing.
        None if length - body.len() < frame => body,
        None => return Err(Unusable::CutOff { has_s: seconds(body.len()), says_s: seconds(length) }),
    };
    Ok(Sound { rate, channels, encoding, data })
}

fn read_format(chunk: &[u8]) -> Result<Format, Unusable> {
    let short = Unusable::Damaged(Damage::NoFormat);
    let Some(fields) = chunk.first_chunk::<16>() else { return Err(short) };
    let word = |at: usize| u16::from_le_bytes([fields[at], fields[at + 1]]);
    let (mut tag, channels, rate) = (word(0), word(2), number(&fields[4..]));
    let (block, bits) = (usize::from(word(12)), word(14));
    if tag == EXTENSIBLE {
        let named = chunk.get(24..40).ok_or(short)?;
        if named[2..] != GUID {
            return Err(Unusable::Encoding(Written::Unknown));
        }
        tag = u16::from_le_bytes([named[0], named[1]]);
    }
    if !(1..=2).contains(&channels) {
        return Err(Unusable::Channels(channels));
    }
    if !RATES.contains(&rate) {
        return Err(Unusable::Rate(rate));
    }
    let encoding = match (tag, bits) {
        (PCM, 8 | 16 | 24 | 32) => Encoding::Pcm(usize::from(bits / 8)),
        (FLOAT, 32 | 64) => Encoding::Float(usize::from(bits / 8)),
        (A_LAW, 8) => Encoding::Law(Law::A),
        (MU_LAW, 8) => Encoding::Law(Law::Mu),
        (PCM, bits) => return Err(Unusable::Encoding(Written::Pcm(bits))),
        (FLOAT, bits) => return Err(Unusable::Encoding(Written::Float(bits))),
        (tag, _) => return Err(Unusable::Encoding(name(tag))),
    };
    let channels = usize::from(channels);
    if block != channels * encoding.bytes() {
        return Err(Unusable::Damaged(Damage::Contradiction));
    }
    Ok(Format { rate, channels, encoding })
}

/// What people know the encodings as that WAV files come with.
fn name(tag: u16) -> Written {
    match tag {
        0x02 | 0x11 => Written::Adpcm,
        0x31 => Written::Gsm,
        0x50 | 0x55 => Written::Mpeg,
        _ => Written::Unknown,
    }
}

/// What a file is that is no WAV, by its first bytes.
fn kind(file: &[u8]) -> Kind {
    let starts = |with: &[u8]| file.starts_with(with);
    if starts(b"ID3") || matches!(file, [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0) {
        return Kind::Mp3;
    }
    if file.get(4..8) == Some(b"ftyp") {
        return Kind::Mp4;
    }
    match file {
        _ if starts(b"OggS") => Kind::Ogg,
        _ if starts(b"fLaC") => Kind::Flac,
        _ if starts(b"FORM") => Kind::Aiff,
        _ if starts(b"#!AMR") => Kind::Amr,
        _ if starts(&[0x30, 0x26, 0xb2, 0x75]) => Kind::Wma,
        _ if starts(&[0x1a, 0x45, 0xdf, 0xa3]) => Kind::WebM,
        _ if starts(b"PK") => Kind::Zip,
        _ if starts(b"RIFX") || starts(b"RF64") => Kind::RareWav,
        _ => Kind::Unknown,
    }
}

/// The number in the first four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}
