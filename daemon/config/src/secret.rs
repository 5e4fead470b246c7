//! Secrets that no log shows, which of them and of the PINs are too easy to guess, and why.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The shortest SIP secret, in characters: what a scanner on the internet tries is shorter.
pub const MIN_SECRET: usize = 10;

/// The longest SIP secret, in characters: some phones cut off what is longer, and then never register.
pub const MAX_SECRET: usize = 64;

/// How many different characters a SIP secret must have.
pub const MIN_DISTINCT: usize = 6;

/// The shortest password of the page, in characters: what a guesser tries online, five tries at a time, is shorter.
pub const MIN_PASSWORD: usize = 10;

/// The longest password, in bytes: a sentence fits, and hashing it costs no more than any other.
pub const MAX_PASSWORD: usize = 256;

/// How many digits a voicemail PIN may have.
pub const PIN_DIGITS: RangeInclusive<usize> = 4..=10;

/// Words that guessers begin with. A secret that is one of them with fewer than [`MIN_EXTRA`] characters more is weak.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "passwort",
    "kennwort",
    "secret",
    "geheim",
    "welcome",
    "willkommen",
    "changeme",
    "letmein",
    "iloveyou",
    "qwertyuiop",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfgh",
    "administrator",
    "admin",
    "asterisk",
    "freepbx",
    "bellbox",
    "telefon",
    "telephone",
    "phone",
    "office",
    "grandstream",
    "polycom",
    "yealink",
    "default",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "superman",
    "trustno1",
    "master",
    "summer",
    "winter",
    "1q2w3e4r",
    "zaq12wsx",
    "123456",
];

/// How many characters must be left of a secret when a common word is taken out of it.
const MIN_EXTRA: usize = 6;

/// Rows in which neighbours are one key or letter apart; a secret along one of them is a sequence.
const ROWS: [&str; 6] =
    ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm"];

/// A text that no log shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Hides this text.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text, for hashing and writing only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// Why a SIP secret is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum WeakSecret {
    #[error("the secret is too short: use at least 10 characters")]
    TooShort,
    #[error("the secret is too long: use at most 64 characters, phones cut off the rest")]
    TooLong,
    #[error("the secret has spaces or characters outside ASCII, which phones write differently: use others")]
    BadCharacter,
    #[error("the secret contains the SIP user: use something unrelated")]
    ContainsUser,
    #[error("the secret contains the extension: use something unrelated")]
    ContainsExtension,
    #[error("the secret contains the person's or phone's name: use something unrelated")]
    ContainsName,
    #[error("the secret repeats a part of itself: use something irregular")]
    Repeat,
    #[error("the secret is a sequence of neighbouring characters: use something irregular")]
    Sequence,
    #[error("the secret is a common password or nearly one: use something that nobody guesses")]
    Common,
    #[error("the secret has too few different characters: use at least 6")]
    TooFewDistinct,
}

/// Why a password of the page is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum WeakPassword {
    #[error("the password is too short: use at least 10 characters")]
    TooShort,
    #[error("the password is too long: use at most 256 bytes")]
    TooLong,
    #[error("the password contains the name, address or extension: use something unrelated")]
    ContainsOwner,
    #[error("the password repeats a part of itself: use something irregular")]
    Repeat,
    #[error("the password is a sequence of neighbouring characters: use something irregular")]
    Sequence,
    #[error("the password is a common one or nearly so: use something that nobody guesses")]
    Common,
    #[error("the password has too few different characters: use at least 6")]
    TooFewDistinct,
}

/// Why a PIN is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum WeakPin {
    #[error("a PIN is 4 to 10 digits")]
    NotDigits,
    #[error("the PIN contains the extension: use something unrelated")]
    IsExtension,
    #[error("the PIN repeats itself: use something irregular")]
    Repeat,
    #[error("the PIN is a sequence: use something irregular")]
    Sequence,
}

/// Who a secret belongs to: it must not be made of these. Empty texts are not looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Owner<'a> {
    /// The SIP user.
    pub user: &'a str,
    /// The extension.
    pub extension: &'a str,
    /// The person's name.
    pub person: &'a str,
    /// The phone's name.
    pub phone: &'a str,
}

/// Says why this SIP secret is too easy to guess.
pub fn weak_secret(secret: &str, owner: Owner<'_>) -> Result<(), WeakSecret> {
    let length = secret.chars().count();
    if length < MIN_SECRET {
        return Err(WeakSecret::TooShort);
    }
    if length > MAX_SECRET {
        return Err(WeakSecret::TooLong);
    }
    if !secret.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(WeakSecret::BadCharacter);
    }
    let lower = secret.to_ascii_lowercase();
    made_of_owner(&lower, owner)?;
    if is_repeat(lower.as_bytes()) {
        return Err(WeakSecret::Repeat);
    }
    if is_sequence(&lower) {
        return Err(WeakSecret::Sequence);
    }
    if COMMON.iter().any(|word| lower.contains(word) && lower.len() - word.len() < MIN_EXTRA) {
        return Err(WeakSecret::Common);
    }
    if distinct(lower.as_bytes()) < MIN_DISTINCT {
        return Err(WeakSecret::TooFewDistinct);
    }
    Ok(())
}

/// Says why this password of the page is too easy to guess. `owner` are texts that it must not contain: name, address,
/// extension; those under four characters are not looked for, they are in good passwords by chance.
pub fn weak_password(password: &str, owner: &[&str]) -> Result<(), WeakPassword> {
    if password.chars().count() < MIN_PASSWORD {
        return Err(WeakPassword::TooShort);
    }
    if password.len() > MAX_PASSWORD {
        return Err(WeakPassword::TooLong);
    }
    let lower = password.to_lowercase();
    let words = owner.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]));
    if words.filter(|word| word.chars().count() >= 4).any(|word| lower.contains(&word.to_lowercase())) {
        return Err(WeakPassword::ContainsOwner);
    }
    if is_repeat(lower.as_bytes()) {
        return Err(WeakPassword::Repeat);
    }
    if is_sequence(&lower) {
        return Err(WeakPassword::Sequence);
    }
    if COMMON.iter().any(|word| lower.contains(word) && lower.len() - word.len() < MIN_EXTRA) {
        return Err(WeakPassword::Common);
    }
    if distinct(lower.as_bytes()) < MIN_DISTINCT {
        return Err(WeakPassword::TooFewDistinct);
    }
    Ok(())
}

/// Says why this voicemail PIN is refused. The extension may be empty.
pub fn weak_pin(pin: &str, extension: &str) -> Result<(), WeakPin> {
    let is_digits = pin.bytes().all(|b| b.is_ascii_digit());
    if !PIN_DIGITS.contains(&pin.len()) || !is_digits {
        return Err(WeakPin::NotDigits);
    }
    // Short extensions are in a fifth of all PINs by chance: of them only the equal and the doubled one are refused.
    let has_extension = extension.len() >= 4 && pin.contains(extension);
    if has_extension || pin == extension || is_twice(pin, extension) {
        return Err(WeakPin::IsExtension);
    }
    if is_repeat(pin.as_bytes()) {
        return Err(WeakPin::Repeat);
    }
    if is_sequence(pin) {
        return Err(WeakPin::Sequence);
    }
    Ok(())
}

fn made_of_owner(lower: &str, owner: Owner<'_>) -> Result<(), WeakSecret> {
    let contains = |part: &str, at_least: usize| part.len() >= at_least && lower.contains(&part.to_ascii_lowercase());
    // Two or three characters are found in good secrets by chance.
    if contains(owner.user, 3) {
        return Err(WeakSecret::ContainsUser);
    }
    if contains(owner.extension, 3) {
        return Err(WeakSecret::ContainsExtension);
    }
    let joined: String = owner.person.split_whitespace().collect();
    let has_word = owner.person.split_whitespace().any(|word| contains(word, 4));
    if has_word || contains(&joined, 4) || contains(owner.phone, 3) {
        return Err(WeakSecret::ContainsName);
    }
    Ok(())
}

fn is_twice(text: &str, part: &str) -> bool {
    !part.is_empty() && text.len() == 2 * part.len() && text.starts_with(part) && text.ends_with(part)
}

/// Whether the text is a shorter text again and again: `1111`, `1212`, `abcabcab`.
fn is_repeat(text: &[u8]) -> bool {
    (1..=text.len() / 2).any(|period| text.iter().skip(period).eq(text.iter().take(text.len() - period)))
}

/// Whether the text runs along one of [`ROWS`], up or down, round the end too: `3456`, `9012`, `gfedcba`.
fn is_sequence(text: &str) -> bool {
    let reversed: String = text.chars().rev().collect();
    ROWS.iter().any(|row| {
        let rounds = text.len() / row.len() + 2;
        let cycle = match row.strip_suffix('0') {
            Some(digits) => digits.repeat(rounds + 1),
            None => row.repeat(rounds),
        };
        cycle.contains(text) || cycle.contains(&reversed)
    })
}

fn distinct(text: &[u8]) -> usize {
    let mut bytes = text.to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len()
}
