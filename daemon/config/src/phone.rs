//! A device that registers.

use std::fmt;

use crate::ids::{ExtensionNumber, PhoneId};
use crate::raw::RawHa1;

/// The longest SIP user and phone name, in bytes: they stand in headers and in file names.
pub const MAX_USER: usize = 32;

/// A device, its credentials and the extension it belongs to. A person may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The phone's number, kept over imports.
    pub id: PhoneId,
    /// What people call it: the extension and a letter, `1001a`.
    pub name: String,
    /// Its digest user name (RFC 3261 §22.4); random unless the row gives one, so that knowing an extension is not
    /// half of a login.
    pub user: String,
    /// What the digest is checked against.
    pub ha1: Ha1,
    /// The extension it rings for and calls from: its AOR.
    pub extension: ExtensionNumber,
}

/// A secret as the digest needs it, `H(user:realm:secret)`, in both algorithms (RFC 7616 §3.4.2, RFC 8760). It cannot
/// be turned back into the secret, but it logs in as well as the secret does: [`Debug`] does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ha1 {
    /// For phones that know only MD5.
    pub md5: [u8; 16],
    /// For those that know better.
    pub sha256: [u8; 32],
}

impl fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ha1(hidden)")
    }
}

/// What is no HA1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an HA1 is 32 hexadecimal digits for md5 and 64 for sha256")]
pub struct BadHa1;

impl TryFrom<&RawHa1> for Ha1 {
    type Error = BadHa1;

    fn try_from(raw: &RawHa1) -> Result<Ha1, BadHa1> {
        Ok(Ha1 { md5: unhex(&raw.md5).ok_or(BadHa1)?, sha256: unhex(&raw.sha256).ok_or(BadHa1)? })
    }
}

impl From<&Ha1> for RawHa1 {
    fn from(ha1: &Ha1) -> RawHa1 {
        RawHa1 { md5: hex(&ha1.md5), sha256: hex(&ha1.sha256) }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digit = |b: u8| char::from(b).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

/// Whether this may be a SIP user: letters, digits, `.`, `_`, `-`, at most [`MAX_USER`]. These need no escape in a URI
/// (RFC 3261 §25.1, unreserved) nor in a quoted string.
pub fn is_user(text: &str) -> bool {
    (1..=MAX_USER).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// Whether this may be a phone's name: as a user, but beginning with a letter or digit, because it names files too.
pub fn is_phone_name(text: &str) -> bool {
    is_user(text) && text.as_bytes()[0].is_ascii_alphanumeric()
}
