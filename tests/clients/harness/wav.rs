//! WAV files of telephone sound, for phones to speak.

use std::path::Path;

use super::tone::RATE_HZ;

/// Writes mono 16-bit sound at 8 kHz.
pub fn write(path: &Path, samples: &[i16]) {
    let bytes = u32::try_from(samples.len() * 2).expect("test sounds are short");
    let rate = RATE_HZ as u32;
    let mut file = Vec::with_capacity(samples.len() * 2 + 44);
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
    std::fs::write(path, file).expect("the test's folder is writable");
}

#[test]
fn a_file_says_what_it_holds() {
    let path = super::fresh_folder("wav").join("a.wav");
    write(&path, &[0, 1, -1]);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes.len(), 44 + 6);
    assert_eq!(bytes[..4], *b"RIFF");
    assert_eq!(bytes[40..], [6, 0, 0, 0, 0, 0, 1, 0, 0xff, 0xff]);
}
