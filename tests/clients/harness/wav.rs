//! WAV files of telephone sound, for phones to speak.

use std::path::Path;

use super::tone::RATE_HZ;

/// A header with nothing but the format and the length.
const HEADER: usize = 44;

/// Writes mono 16-bit sound at 8 kHz.
pub fn write(path: &Path, samples: &[i16]) {
    std::fs::write(path, bytes(samples)).expect("the test's folder is writable");
}

fn bytes(samples: &[i16]) -> Vec<u8> {
    let bytes = u32::try_from(samples.len() * 2).expect("test sounds are short");
    let rate = RATE_HZ as u32;
    let mut file = Vec::with_capacity(samples.len() * 2 + HEADER);
    file.extend(b"RIFF");
    file.extend((bytes + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

/// The samples of a file that [`write`] could have written: a header that does not fit the file fails the test.
#[track_caller]
pub fn read(path: &Path) -> Vec<i16> {
    let file = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let samples = file[HEADER.min(file.len())..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    let samples: Vec<i16> = samples.collect();
    let expected = bytes(&samples);
    assert_eq!(file[..HEADER.min(file.len())], expected[..HEADER], "the header of {}", path.display());
    assert_eq!(file.len(), expected.len(), "the size of {}", path.display());
    samples
}

#[test]
fn a_file_says_what_it_holds() {
    let path = super::fresh_folder("wav").join("a.wav");
    write(&path, &[0, 1, -1]);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes.len(), 44 + 6);
    assert_eq!(read(&path), [0, 1, -1]);
    assert_eq!(bytes[..4], *b"RIFF");
    assert_eq!(bytes[40..], [6, 0, 0, 0, 0, 0, 1, 0, 0xff, 0xff]);
}
