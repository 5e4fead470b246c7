//! The event packages that can be subscribed to (RFC 6665 §5): one table.

use serde::{Deserialize, Serialize};

use crate::message::Text;

/// What about a resource is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Package {
    /// How many messages wait in a mailbox (RFC 3842).
    MessageSummary,
    /// How a transfer goes on (RFC 3515): a REFER subscribes to it, never a SUBSCRIBE, so it is none of [`Package::ALL`].
    Refer,
    /// The calls of an extension (RFC 4235).
    Dialog,
    /// Whether an extension can be reached, and is in a call (RFC 3856): for phones that know it by no other.
    Presence,
    /// What the keys for do-not-disturb and forwards of an extension show: BroadWorks' package, which has no RFC; see
    /// [`crate::feature_event`].
    FeatureEvent,
}

impl Package {
    /// All of them: what Allow-Events says.
    pub const ALL: [Package; 4] = [Package::MessageSummary, Package::Dialog, Package::Presence, Package::FeatureEvent];

    /// The name in Event and Allow-Events.
    pub fn as_str(self) -> &'static str {
        match self {
            Package::MessageSummary => "message-summary",
            Package::Refer => "refer",
            Package::Dialog => "dialog",
            Package::Presence => "presence",
            Package::FeatureEvent => "as-feature-event",
        }
    }

    /// The one body type of its NOTIFYs, and the default of Accept (RFC 3842 §3.5, RFC 4235 §3.5, RFC 3856 §6.5).
    pub fn content_type(self) -> &'static str {
        match self {
            Package::MessageSummary => "application/simple-message-summary",
            Package::Refer => "message/sipfrag;version=2.0",
            Package::Dialog => "application/dialog-info+xml",
            Package::Presence => "application/pidf+xml",
            Package::FeatureEvent => "application/x-as-feature-event+xml",
        }
    }

    /// Seconds that are granted when the SUBSCRIBE names none, and at most: the hour that RFC 3842 §3.4, RFC 4235 §3.4 and
    /// RFC 3856 §6.4 have as their default. So long at most a lamp may be wrong after a restart of the box.
    pub fn expires_s(self) -> u32 {
        match self {
            Package::MessageSummary | Package::Dialog | Package::Presence | Package::FeatureEvent => 3_600,
            // Longer than any phone rings; the owner ends it much earlier.
            Package::Refer => 300,
        }
    }

    /// Subscriptions of one user to it; one more takes the place of the oldest. To mailboxes: some phones with some accounts each,
    /// and what they forgot when they restarted. To extensions: a desk phone with sixty keys on its expansion modules, what it
    /// forgot, and another one of the same account. Each keeps some 2 KiB and its last document, so that a user takes 0.6 MiB and
    /// all [`crate::stack::MAX_SUBSCRIPTIONS`] take 12 MiB.
    pub fn max_per_user(self) -> usize {
        match self {
            Package::MessageSummary | Package::Refer | Package::FeatureEvent => 16,
            Package::Dialog | Package::Presence => 192,
        }
    }

    /// Which of these has this name, in any case.
    pub fn among(packages: &[Package], name: &Text) -> Option<Package> {
        packages.iter().copied().find(|package| name.eq_ignore_case(package.as_str()))
    }
}
