//! What callers hear and choose by key before somebody's mailbox (F97).

use std::collections::BTreeMap;

use super::Target;

/// How many keys may lead somewhere: one for each digit. The message is the owner's, and names them.
pub const ASSISTANT_KEYS: usize = 10;

/// A small menu in the place of plain voicemail: where the keys lead that callers press who hear the owner's own message, which the
/// store has. Without keys they hear it, and come to the mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assistant {
    /// Where each of the keys 0 to 9 leads; the others lead nowhere.
    pub keys: BTreeMap<u8, Target>,
}
