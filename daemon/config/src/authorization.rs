//! Codes that let a call out which its extension may not make by itself (F162).

use crate::ids::ExtensionNumber;
use crate::permission::{Class, Permission};
use crate::secret::Secret;

/// How many codes an office may have. What is keyed is compared with each that its caller may key, at some 10 ms each, 40 on a small
/// board: so many are answered within the engine's patience.
pub const MAX_AUTHORIZATIONS: usize = 32;

/// The longest name of a code, in characters.
pub const MAX_AUTHORIZATION_NAME: usize = 40;

/// The fewest digits of a code: one guess is compared with all codes, 32 at most, so that two digits more than a PIN's four make it as hard.
pub const MIN_CODE: usize = 6;

/// How far a code reaches unless its row says more: other countries, which is what an extension may not by itself, and no premium
/// numbers, which hardly anybody calls on purpose.
pub const DEFAULT_AUTHORIZED: Permission = Permission::International;

/// A code that is asked for before a call which its extension may not make by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorization {
    /// What stories and records call it, 1 to [`MAX_AUTHORIZATION_NAME`] characters; no two codes have the same.
    pub name: String,
    /// The code as an Argon2id PHC string.
    pub pin_hash: Secret,
    /// How far calls go that it lets out.
    pub permission: Permission,
    /// Who may use it; `None`: everybody.
    pub extensions: Option<Vec<ExtensionNumber>>,
    /// Whether it lets anything out.
    pub enabled: bool,
}

impl Authorization {
    /// Whether whoever has this extension may use it.
    pub fn is_for(&self, extension: &str) -> bool {
        self.extensions.as_ref().is_none_or(|own| own.iter().any(|number| number.as_str() == extension))
    }

    /// Whether it lets a call of this class out that comes from this extension.
    pub fn opens(&self, extension: &str, class: Class) -> bool {
        self.enabled && self.is_for(extension) && self.permission.covers(class)
    }
}
