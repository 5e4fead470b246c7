//! Single changes of the office, and what people sign in to the page with.

use std::sync::LazyLock;

use argon2::Params;
use config::{Config, RawConfig, Secret};
use rusqlite::Connection;

use crate::error::EditError;
use crate::hashing;
use crate::office::{self, Prepared};
use crate::secrets::new_secret;

/// 19 MiB and two passes, the least that OWASP advises for Argon2id: some 40 ms of a small box's core, so that a stolen
/// database does not give the passwords away.
static COST: LazyLock<Params> =
    LazyLock::new(|| Params::new(19 * 1024, 2, 1, None).expect("these are within Argon2's limits"));

/// A password of the page as an Argon2id PHC string with a salt of its own; `None` without randomness. Takes 19 MiB and
/// tens of milliseconds of a core.
pub fn hash_password(password: &str) -> Option<Secret> {
    hashing::hash(&COST, password).map(Secret::new)
}

/// Whether this password made this hash; false for what is no hash. As slow as [`hash_password`].
pub fn verify_password(hash: &str, password: &str) -> bool {
    hashing::verify(hash, password)
}

/// A new secret for a phone that has lost its own; `None` without randomness.
pub fn new_phone_secret() -> Option<Secret> {
    new_secret().ok().map(Secret::new)
}

/// The office in force after a change, ready to be saved, unless it makes something worse.
pub(crate) fn prepare_edit<T, E: From<EditError>>(
    connection: &Connection,
    realm: &str,
    edit: impl FnOnce(&mut RawConfig) -> Result<T, E>,
) -> Result<(Prepared, T), E> {
    let before = office::current(connection).map_err(EditError::from)?.raw;
    let mut raw = before.clone();
    let told = edit(&mut raw)?;
    let prepared = office::prepare_raw(connection, realm, &before, raw).map_err(EditError::from)?;
    if prepared.problems.is_empty() {
        return Ok((prepared, told));
    }
    let (mut old, mut new) = (Vec::new(), prepared.problems.clone());
    Config::check(&before, &mut old);
    // By what is wrong, not by the row: rows change their place when one is removed.
    new.retain(|problem| !old.iter().any(|known| known.field == problem.field && known.fault == problem.fault));
    if new.is_empty() { Ok((prepared, told)) } else { Err(EditError::Problems(new).into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let hash = hash_password("a lantern in the fog").unwrap();
        assert!(verify_password(hash.expose(), "a lantern in the fog"));
        assert!(!verify_password(hash.expose(), "a lantern in the foG"));
        assert!(!verify_password("no hash", "a lantern in the fog"));
        assert_ne!(hash_password("a lantern in the fog").unwrap(), hash);
    }
}
