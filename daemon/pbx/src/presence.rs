//! Who is reachable and busy: what routing may know of the running office.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::trunks::Health;

/// A picture of the office's phones and calls, cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Bindings by SIP user of the phone; absent means none.
    pub bindings: BTreeMap<String, usize>,
    /// Running calls by extension; absent means none.
    pub calls: BTreeMap<String, usize>,
    /// The trunks that are switched on.
    pub trunks: BTreeMap<String, Health>,
}

impl Presence {
    /// Whether a phone is registered.
    pub fn is_registered(&self, user: &str) -> bool {
        self.bindings.contains_key(user)
    }

    /// One more or one less call of an extension.
    pub fn count_call(&mut self, extension: &str, starts: bool) {
        let calls = self.calls.entry(extension.to_owned()).or_default();
        *calls = if starts { *calls + 1 } else { calls.saturating_sub(1) };
        if *calls == 0 {
            self.calls.remove(extension);
        }
    }
}
