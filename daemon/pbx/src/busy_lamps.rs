//! Busy lamps: keys of phones that show what another extension does.
//!
//! Phones subscribe to an extension's dialogs (RFC 4235), and some, which know no better, to its presence (RFC 3856). Both are made of
//! the same activities. Whoever has a phone in the office may watch any extension, unless that one's lamp is private: then only its own
//! phones may. Each NOTIFY says all that there is; nothing is kept over a restart, after which phones subscribe again.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use sip::event::{Package, SubscriptionId};

use crate::activity::Activities;
use crate::rule_lamps::RuleLamp;

/// The watchers of an extension are told at most so often: what happens meanwhile is one picture. An eye sees no faster, and somebody
/// who dials and hangs up as fast as a program can costs each watcher five NOTIFYs a second.
pub const LIGHT_EVERY: Duration = Duration::from_millis(200);

/// Calls of one extension that a lamp is told of, ringing ones first: a key has one colour, and so many with the longest names fit
/// into [`sip::stack::MAX_NOTIFY_BODY_BYTES`].
pub const SHOWN_CALLS: usize = 6;

/// Who watches whom. Bounded by the stack's subscriptions and, for activities, by the calls.
#[derive(Clone, Debug, Default)]
pub struct BusyLamps {
    pub(crate) activities: Activities,
    pub(crate) watches: BTreeMap<SubscriptionId, BusyWatch>,
    /// By watched extension; none without watchers.
    pub(crate) watched: BTreeMap<String, Watched>,
    /// Whose watchers have something to be told.
    pub(crate) stale: BTreeSet<String>,
}

/// One lamp of one phone.
#[derive(Clone, Debug)]
pub(crate) struct BusyWatch {
    /// Whose phone it is: its SIP user.
    pub user: String,
    /// The watched extension.
    pub extension: String,
    /// What of that extension's rules it shows; `None`: its calls.
    pub rule: Option<RuleLamp>,
    /// In which words.
    pub package: Package,
    /// How the phone named the extension.
    pub entity: String,
    /// Our side, as the phone reaches it.
    pub local: SocketAddr,
    /// What it was told last, or is being told.
    pub told: Bytes,
}

/// An extension with watchers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched {
    pub by: BTreeSet<SubscriptionId>,
    /// When they were told last.
    pub told_at: Option<Duration>,
}

impl BusyLamps {
    /// A phone watches.
    pub(crate) fn add(&mut self, id: SubscriptionId, watch: BusyWatch) {
        self.watched.entry(watch.extension.clone()).or_default().by.insert(id);
        self.watches.insert(id, watch);
    }

    /// It watches no more.
    pub(crate) fn remove(&mut self, id: SubscriptionId) -> Option<BusyWatch> {
        let watch = self.watches.remove(&id)?;
        if let Some(watched) = self.watched.get_mut(&watch.extension) {
            watched.by.remove(&id);
            if watched.by.is_empty() {
                self.watched.remove(&watch.extension);
                self.stale.remove(&watch.extension);
            }
        }
        Some(watch)
    }

    /// Whoever watches this extension has something to be told.
    pub(crate) fn changed(&mut self, extension: &str) {
        if self.watched.contains_key(extension) {
            self.stale.insert(extension.to_owned());
        }
    }
}
