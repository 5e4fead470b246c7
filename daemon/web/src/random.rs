//! Words that nobody guesses, and what is kept of them.

use sha2::{Digest, Sha256};

/// Letters of a token: URL-safe, five bits each.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What is kept of a word that opens something: enough to know it again, useless to whoever reads the memory.
pub(crate) type Trace = [u8; 32];

/// The trace of a word.
pub(crate) fn trace(word: &str) -> Trace {
    Sha256::digest(word.as_bytes()).into()
}

/// A new word of so many characters, five random bits each; `None` without randomness.
pub(crate) fn word(length: usize) -> Option<String> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// A random PIN of so many digits; `None` without randomness.
pub(crate) fn digits(length: usize) -> Option<String> {
    let mut digits = String::new();
    while digits.len() < length {
        let mut byte = [0; 1];
        getrandom::fill(&mut byte).ok()?;
        // 250 is the largest multiple of ten in a byte: no digit is likelier than another.
        if byte[0] < 250 {
            digits.push(char::from(b'0' + byte[0] % 10));
        }
    }
    Some(digits)
}

/// In hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
