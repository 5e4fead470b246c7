//! Who is reachable and busy: what routing may know of the running office.

use std::collections::BTreeMap;

use config::Config;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::CallId;
use crate::trunks::Health;

/// Whoever called an extension last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCaller {
    /// The number that was shown, or the word for none.
    pub number: String,
    /// When; `None` where the box did not know the time.
    pub at: Option<Timestamp>,
}

/// A picture of the office's phones and calls, cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Bindings by SIP user of the phone, but those of devices that have gone silent; absent means none.
    pub bindings: BTreeMap<String, usize>,
    /// Bindings of devices that have gone silent, or cannot be reached any more, by SIP user of the phone.
    #[serde(default)]
    pub silent: BTreeMap<String, usize>,
    /// Running calls by extension; absent means none.
    pub calls: BTreeMap<String, usize>,
    /// Calls that are on their way to an extension and that nobody has answered, by extension; absent means none.
    #[serde(default)]
    pub unanswered: BTreeMap<String, usize>,
    /// Calls during which no second one rings at an extension, each with that; they are among its running calls.
    #[serde(default)]
    pub alone: BTreeMap<CallId, String>,
    /// Who has called an extension last, by extension.
    #[serde(default)]
    pub last_callers: BTreeMap<String, LastCaller>,
    /// The extensions that have called for help not long ago, and the number in full under which each was seen.
    #[serde(default)]
    pub call_backs: BTreeMap<String, String>,
    /// The trunks that are switched on.
    pub trunks: BTreeMap<String, Health>,
}

impl Presence {
    /// An office in which nothing is amiss: one device of every phone is there, nobody is in a call, every trunk that is
    /// switched on is up.
    pub fn all_well(config: &Config) -> Presence {
        let up = config.trunks().iter().filter(|trunk| trunk.enabled).map(|trunk| (trunk.name.clone(), Health::Up));
        Presence {
            bindings: config.phones().map(|phone| (phone.user.clone(), 1)).collect(),
            trunks: up.collect(),
            ..Presence::default()
        }
    }

    /// Whether a phone is registered, on whatever device.
    pub fn is_registered(&self, user: &str) -> bool {
        self.is_reachable(user) || self.silent.contains_key(user)
    }

    /// Whether a phone is registered and, as far as is known, there.
    pub fn is_reachable(&self, user: &str) -> bool {
        self.bindings.contains_key(user)
    }

    /// How many devices of a phone are there, and how many are not although they are registered.
    pub fn count_bindings(&mut self, user: &str, reachable: usize, silent: usize) {
        for (counts, count) in [(&mut self.bindings, reachable), (&mut self.silent, silent)] {
            match count {
                0 => drop(counts.remove(user)),
                count => drop(counts.insert(user.to_owned(), count)),
            }
        }
    }

    /// How many calls are on their way to an extension.
    pub fn count_unanswered(&mut self, extension: &str, count: usize) {
        match count {
            0 => drop(self.unanswered.remove(extension)),
            count => drop(self.unanswered.insert(extension.to_owned(), count)),
        }
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
