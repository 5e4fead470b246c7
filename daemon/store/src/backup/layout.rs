//! What is in a backup, and by which names.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recordings::is_of_backup;
use crate::store::DATABASE;
use crate::trunk_secrets::TRUNK_SECRETS;

/// The version of what is in the archive that this Bellbox writes, and the newest that it reads. 1 had no secrets of trunks.
pub const FORMAT: u32 = 2;

/// The first file of an archive.
pub(super) const ABOUT: &str = "bellbox.json";

/// The last file of an archive.
pub(super) const SUMS: &str = "SHA256SUMS";

/// What an office is, in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The version of the archive, [`FORMAT`].
    pub format: u32,
    /// The version of Bellbox that wrote it.
    pub program: String,
    /// When it was written, by the clock of then.
    pub made: Timestamp,
    /// The office's name.
    pub office: String,
    /// How many people it has.
    pub people: u32,
    /// How many phones.
    pub phones: u32,
    /// How many messages, without those in the trash.
    pub messages: u32,
    /// How long those are together, in milliseconds.
    pub audio_ms: u64,
}

/// The folder of recordings, in an office and in an archive.
pub(super) const RECORDINGS: &str = "recordings";

/// The folder of certificates, in an office and in an archive.
pub(super) const TLS: &str = "tls";

/// The longest name in the folder of certificates, in characters.
const MAX_NAME: usize = 64;

/// Whether a backup may have a file of this name. The names are listed, so that no path can lead anywhere else.
pub(super) fn may_be(name: &str) -> bool {
    match name.split_once('/') {
        None => [DATABASE, TRUNK_SECRETS].contains(&name),
        Some((RECORDINGS, file)) => is_of_backup(file),
        Some((TLS, file)) => is_of_tls(file),
        Some(_) => false,
    }
}

/// Whether this is the name of a file that a backup may have in its folder of certificates: lower case, digits, dots and
/// dashes, as all of them are named.
pub(super) fn is_of_tls(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    (1..=MAX_NAME).contains(&name.len()) && name.chars().all(is_plain) && !name.starts_with('.')
}

/// A line of `SHA256SUMS`, as sha256sum(1) writes it.
pub(super) fn sum_line(sum: &[u8], name: &str) -> String {
    format!("{}  {name}\n", hex(sum))
}

/// Bytes as sha256sum(1) writes them.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
