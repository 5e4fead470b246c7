//! Makes secrets, and turns them into what is kept.

use std::sync::LazyLock;

use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use config::{Ha1, RawHa1};

use crate::hashing;

/// Without `0 O 1 l I` and the like: secrets are read out and typed.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Characters of a generated secret: 100 bits.
const SECRET_LENGTH: usize = 20;

/// Characters of a generated SIP user: 60 bits, which no scanner finds.
const USER_LENGTH: usize = 12;

/// The most that a hash from a file may ask of [`verify_pin`]: 64 MiB and ten passes.
const MAX_MEMORY_KIB: u32 = 64 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;

/// 8 MiB and two passes. A PIN has too few digits to withstand someone who holds the hash, whatever the cost; what
/// stops guessers is counting their tries. So the cost is what an import of 500 PINs on a small box can bear.
static COST: LazyLock<Params> =
    LazyLock::new(|| Params::new(8 * 1024, 2, 1, None).expect("these are within Argon2's limits"));

/// A voicemail PIN as an Argon2id PHC string with a salt of its own; `None` without randomness. Takes milliseconds of
/// a core and 8 MiB: never on the engine's thread.
pub fn hash_pin(pin: &str) -> Option<String> {
    hashing::hash(&COST, pin)
}

/// Whether this PIN made this hash; false for what is no hash. As slow as [`hash_pin`].
pub fn verify_pin(hash: &str, pin: &str) -> bool {
    hashing::verify(hash, pin)
}

/// Whether this is an Argon2id hash that can be verified at a usual cost.
pub(crate) fn is_usual_hash(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let Ok(params) = Params::try_from(&hash) else { return false };
    hash.algorithm.as_str() == "argon2id"
        && hash.salt.is_some()
        && hash.hash.is_some()
        && params.m_cost() <= MAX_MEMORY_KIB
        && params.t_cost() <= MAX_PASSES
        && params.p_cost() <= MAX_LANES
}

/// A secret as the digest needs it, in the form of the office file.
pub(crate) fn raw_ha1(user: &str, realm: &str, secret: &str) -> RawHa1 {
    let (md5, sha256) = sip::auth::ha1(user, realm, secret);
    RawHa1::from(&Ha1 { md5, sha256 })
}

/// A new SIP secret.
pub(crate) fn new_secret() -> Result<String, getrandom::Error> {
    random_text(SECRET_LENGTH)
}

/// A new SIP user; begins with a letter, because some phones take digits for a telephone number.
pub(crate) fn new_user() -> Result<String, getrandom::Error> {
    Ok(format!("u{}", random_text(USER_LENGTH)?))
}

/// A realm for a new box.
pub(crate) fn new_realm() -> Result<String, getrandom::Error> {
    Ok(format!("bellbox-{}", random_text(USER_LENGTH)?))
}

/// So many random characters; 32 of them divide 256, so that none is likelier than another.
fn random_text(length: usize) -> Result<String, getrandom::Error> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}
