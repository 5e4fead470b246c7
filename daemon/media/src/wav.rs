//! Recordings as files: WAV, 8 kHz, 16 bits, one channel.
//!
//! The header is written here rather than by a library, because a file that grows must be a good one at any moment: the
//! audio goes behind what is there, the 44 bytes of the header are written anew at one go, and what a failing disk took of a
//! write is known to the byte. Reading is lenient, by the rule that the store has, too: the audio is as long as its header says,
//! and where the file has less than that, as long as the file has. A file that is still recorded has more than its header says;
//! nobody reads it here before it is final.

use std::io::{self, Read, Seek, SeekFrom};

use rtp::CLOCK_HZ;

/// Bytes before the first sample of a file that the box wrote.
pub(crate) const HEADER_LENGTH: u64 = 44;

/// Bytes of a sample.
pub(crate) const SAMPLE_LENGTH: u64 = 2;

/// The most samples whose lengths the header can say: 74 hours.
pub(crate) const MOST_SAMPLES: u64 = (u32::MAX as u64 - HEADER_LENGTH) / SAMPLE_LENGTH;

/// The header of a file with so many samples, at most [`MOST_SAMPLES`].
pub(crate) fn header(samples: u64) -> [u8; HEADER_LENGTH as usize] {
    let data = (samples.min(MOST_SAMPLES) * SAMPLE_LENGTH) as u32;
    let mut bytes = [0; HEADER_LENGTH as usize];
    let mut rest = &mut bytes[..];
    let mut put = |field: &[u8]| {
        let (start, end) = std::mem::take(&mut rest).split_at_mut(field.len());
        start.copy_from_slice(field);
        rest = end;
    };
    put(b"RIFF");
    put(&(data + HEADER_LENGTH as u32 - 8).to_le_bytes());
    put(b"WAVEfmt ");
    put(&16_u32.to_le_bytes());
    put(&PCM.to_le_bytes());
    put(&1_u16.to_le_bytes());
    put(&CLOCK_HZ.to_le_bytes());
    put(&(CLOCK_HZ * SAMPLE_LENGTH as u32).to_le_bytes());
    put(&(SAMPLE_LENGTH as u16).to_le_bytes());
    put(&16_u16.to_le_bytes());
    put(b"data");
    put(&data.to_le_bytes());
    bytes
}

/// Samples as the file has them.
pub(crate) fn bytes(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

/// The file's bytes as samples; an odd byte at the end is none.
pub(crate) fn samples(bytes: &[u8]) -> Vec<i16> {
    bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// Where the audio lies in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The offset of the first sample, in bytes.
    pub(crate) start: u64,
    pub(crate) samples: u64,
}

/// Reads a header. The audio is as long as it says, but ends with the file, as when a disk took the rest. Fails if the file is
/// no WAV of 8 kHz, 16 bits and one channel.
pub(crate) fn layout(file: &mut (impl Read + Seek)) -> io::Result<Layout> {
    let file_length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let mut riff = [0; 12];
    file.read_exact(&mut riff)?;
    if &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no WAV file"));
    }
    let mut has_format = false;
    let mut at = riff.len() as u64;
    for _ in 0..MOST_CHUNKS {
        let mut chunk = [0; 8];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut chunk)?;
        at += chunk.len() as u64;
        let length = u64::from(number(&chunk[4..]));
        match &chunk[..4] {
            b"fmt " => {
                let mut format = [0; 16];
                file.read_exact(&mut format)?;
                if format != header(0)[20..36] {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not 8 kHz, 16 bits, one channel"));
                }
                has_format = true;
            }
            b"data" if has_format => {
                let there = file_length - at.min(file_length);
                return Ok(Layout { start: at, samples: length.min(there) / SAMPLE_LENGTH });
            }
            _ => {}
        }
        // A chunk of odd length is followed by a byte that does not count.
        at += length + length % 2;
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "it has no audio"))
}

/// The number in the first four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

/// The tag of plain samples.
const PCM: u16 = 1;
/// Parts of a file that are looked at: more come from no program that makes WAV files.
const MOST_CHUNKS: usize = 64;

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn file(audio: &[i16]) -> Vec<u8> {
        [header(audio.len() as u64).to_vec(), bytes(audio)].concat()
    }

    fn read(file: &[u8]) -> Option<Layout> {
        layout(&mut Cursor::new(file)).ok()
    }

    #[test]
    fn another_program_reads_what_we_write() {
        let audio: Vec<i16> = (0..500).map(|n| n * 61 - 15_000).collect();
        let mut reader = hound::WavReader::new(Cursor::new(file(&audio))).unwrap();
        let spec = reader.spec();
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 8_000, 16));
        assert_eq!(reader.samples().collect::<Result<Vec<i16>, _>>().unwrap(), audio);
        assert_eq!(samples(&bytes(&audio)), audio);
        assert_eq!(read(&file(&audio)), Some(Layout { start: 44, samples: 500 }));
    }

    #[test]
    fn we_read_what_another_program_writes() {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 8_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut written = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut written, spec).unwrap();
        (0..77_i16).for_each(|sample| writer.write_sample(sample).unwrap());
        writer.finalize().unwrap();
        assert_eq!(read(written.get_ref()), Some(Layout { start: 44, samples: 77 }));
    }

    #[test]
    fn the_header_counts_as_far_as_the_file_goes() {
        let whole = file(&[1; 100]);
        for (name, length, samples) in [
            ("behind", 20_u32, 10),
            ("nothing yet", 0, 0),
            ("whole", 200, 100),
            ("ahead", 202, 100),
            ("far ahead", 9_999, 100),
            ("endless", u32::MAX - 40, 100),
        ] {
            let mut bytes = whole.clone();
            bytes[40..44].copy_from_slice(&length.to_le_bytes());
            assert_eq!(read(&bytes), Some(Layout { start: 44, samples }), "{name}");
            bytes[4..8].copy_from_slice(&(length.saturating_add(36)).to_le_bytes());
            assert_eq!(read(&bytes), Some(Layout { start: 44, samples }), "{name}, by both lengths");
        }
        assert_eq!(read(&whole[..144]), Some(Layout { start: 44, samples: 50 }), "cut off");
        assert_eq!(read(&whole[..145]), Some(Layout { start: 44, samples: 50 }), "cut off inside a sample");
        assert_eq!(read(&whole[..44]), Some(Layout { start: 44, samples: 0 }));
    }

    #[test]
    fn other_parts_are_passed_over_and_what_follows_the_audio_is_none() {
        let mut bytes = file(&[7; 50]);
        bytes.splice(36..36, *b"note\x03\0\0\0abc\0");
        bytes.extend_from_slice(b"LIST\x04\0\0\0INFO");
        let riff = bytes.len() as u32 - 8;
        bytes[4..8].copy_from_slice(&riff.to_le_bytes());
        assert_eq!(read(&bytes), Some(Layout { start: 56, samples: 50 }));
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        let whole = file(&[1; 100]);
        let with = |at: usize, byte: u8| {
            let mut bytes = whole.clone();
            bytes[at] = byte;
            bytes
        };
        let refused =
            [Vec::new(), whole[..43].to_vec(), with(0, b'r'), with(8, 0), with(20, 3), with(22, 2), with(25, 0x3e)];
        for (index, bytes) in refused.into_iter().enumerate() {
            assert_eq!(read(&bytes), None, "{index}");
        }
        let endless: Vec<u8> = [&whole[..12], &b"none\0\0\0\0".repeat(100_000)].concat();
        assert_eq!(read(&endless), None);
    }
}
