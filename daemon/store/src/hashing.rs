//! Argon2id for PINs and passwords, one at a time and in the same memory: each allocator arena of a thread that hashed
//! once would keep tens of megabytes for ever.

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Bytes of a salt, as RFC 9106 §3.1 recommends.
const SALT: usize = 16;

/// Bytes of a hash.
const LENGTH: usize = Params::DEFAULT_OUTPUT_LEN;

/// What stays between two hashes: the 19 MiB of a password. A hash from a file may need more, which is given back.
const KEPT_BLOCKS: usize = 19 * 1024;

/// The memory of all hashes; whoever has it hashes, and others wait some tens of milliseconds.
static MEMORY: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// A PHC string with a salt of its own; `None` without randomness.
pub(crate) fn hash(params: &Params, secret: &str) -> Option<String> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).ok()?;
    let output = output(Algorithm::Argon2id, Version::V0x13, params.clone(), secret, &salt, LENGTH)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).ok()?,
        salt: Some(Salt::new(&salt).ok()?),
        hash: Some(output),
    };
    Some(hash.to_string())
}

/// Whether this secret made this hash; false for what is no hash. Costs what the hash says.
pub(crate) fn verify(hash: &str, secret: &str) -> bool {
    PasswordHash::new(hash).ok().and_then(|hash| is_of(&hash, secret)).unwrap_or(false)
}

fn is_of(hash: &PasswordHash, secret: &str) -> Option<bool> {
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash.version.map_or(Some(Version::default()), |version| Version::try_from(version).ok())?;
    let params = Params::try_from(hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let found = output(algorithm, version, params, secret, salt, expected.len())?;
    // In constant time, as `Output` compares.
    Some(found == *expected)
}

fn output(
    algorithm: Algorithm,
    version: Version,
    params: Params,
    secret: &str,
    salt: &[u8],
    length: usize,
) -> Option<Output> {
    let blocks = params.block_count();
    let argon2 = Argon2::new(algorithm, version, params);
    let mut bytes = [0; Output::MAX_LENGTH];
    let bytes = bytes.get_mut(..length)?;
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    let done = argon2.hash_password_into_with_memory(secret.as_bytes(), salt, bytes, memory.get_mut(..blocks)?);
    if memory.len() > KEPT_BLOCKS {
        memory.truncate(KEPT_BLOCKS);
        memory.shrink_to_fit();
    }
    drop(memory);
    done.ok()?;
    Output::new(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::PasswordVerifier;

    #[test]
    fn a_hash_is_what_others_take_for_one_whatever_the_memory_held_before() {
        let small = Params::new(64, 2, 1, None).unwrap();
        let large = Params::new(KEPT_BLOCKS as u32 + 64, 1, 1, None).unwrap();
        for params in [&small, &large, &small] {
            let made = hash(params, "a lantern").unwrap();
            let theirs = Argon2::default();
            assert!(theirs.verify_password(b"a lantern", made.as_str()).is_ok(), "{made}");
            assert!(verify(&made, "a lantern"));
            assert!(!verify(&made, "a lanterm"));
            assert_ne!(hash(params, "a lantern").unwrap(), made, "each has a salt of its own");
        }
        assert!(MEMORY.lock().unwrap().len() <= KEPT_BLOCKS);
        for none in ["", "x", "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ", "$scrypt$ln=1$c29tZXNhbHRzb21l$YWFh"] {
            assert!(!verify(none, ""), "{none}");
        }
    }
}
