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
}

impl Package {
    /// All of them: what Allow-Events says.
    pub const ALL: [Package; 1] = [Package::MessageSummary];

    /// The name in Event and Allow-Events.
    pub fn as_str(self) -> &'static str {
        match self {
            Package::MessageSummary => "message-summary",
            Package::Refer => "refer",
        }
    }

    /// The one body type of its NOTIFYs, and the default of Accept (RFC 3842 §3.5).
    pub fn content_type(self) -> &'static str {
        match self {
            Package::MessageSummary => "application/simple-message-summary",
            Package::Refer => "message/sipfrag;version=2.0",
        }
    }

    /// Seconds that are granted when the SUBSCRIBE names none, and at most. For mailboxes the hour that RFC 3842 §3.4 has
    /// as its default: so long at most a lamp may be wrong after a restart of the box.
    pub fn expires_s(self) -> u32 {
        match self {
            Package::MessageSummary => 3_600,
            // Longer than any phone rings; the owner ends it much earlier.
            Package::Refer => 300,
        }
    }

    /// Which of these has this name, in any case.
    pub fn among(packages: &[Package], name: &Text) -> Option<Package> {
        packages.iter().copied().find(|package| name.eq_ignore_case(package.as_str()))
    }
}
