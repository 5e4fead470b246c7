//! Message lamps: every phone of an extension shows whether messages wait, at once and whoever changed the mailbox.
//!
//! Some phones subscribe to their mailbox (RFC 3842, RFC 6665), some expect to be told without, some do both, and some refuse for
//! ever: a device that has not subscribed is told without, when it registers and at each change, until it says that it will not hear
//! it. What a lamp shows is always the mailbox as the store last told it: a device that could not be told of a change is told when it
//! registers next.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use bytes::Bytes;
use sip::event::{NotifyId, SubscriptionId};
use sip::transport::Hop;

use crate::registrar::BindingKey;

/// Who watches which lamp. Bounded by the stack's subscriptions, the registrar's bindings and the NOTIFYs under way.
#[derive(Clone, Debug, Default)]
pub struct Lamps {
    pub(crate) watches: BTreeMap<SubscriptionId, Watch>,
    /// What devices show that are told without having asked; none: never told since it registered first.
    pub(crate) shown: BTreeMap<BindingKey, Shown>,
    /// Told without having asked, not answered yet.
    pub(crate) telling: BTreeMap<NotifyId, BindingKey>,
}

#[derive(Clone, Debug)]
pub(crate) struct Watch {
    pub user: String,
    pub extension: String,
    /// Where the phone is, to know its binding by.
    pub remote: SocketAddr,
    /// Our side, as the phone reaches it.
    pub local: SocketAddr,
}

/// What a device shows, as far as we know.
///
/// ```text
///                   told                  2xx
///   none, Unknown --------> Telling ----------------> Knows
///      ^                    |   |  ^                    |
///      |  408, 503, others  |   |  +------- news -------+
///      +--------------------+   |
///      |                        |  481, 489 and the like
///      |                        +-----------------------> Unwilling
///      |                                                     |
///      +---- started anew, its subscription ended, moved ----+---- (Knows too)
/// ```
///
/// `Unknown` and `Knows` what is not so any more are told when it registers. At most one NOTIFY goes to a device by the same way, so
/// that none overtakes another, and when one has ended that went by another way it is told once more; its deadline is that of its
/// transaction. The others last as long as the binding.
#[derive(Clone, Debug)]
pub(crate) enum Shown {
    /// It may have forgotten, or has not said that it heard.
    Unknown,
    /// It is being told.
    Telling {
        notify: NotifyId,
        /// The way that the NOTIFY went.
        hop: Hop,
        /// What it shows once it answers; `None`: whatever it answers, it has to be told again.
        body: Option<Bytes>,
    },
    /// It has said that it heard this.
    Knows(Bytes),
    /// It will not be told without having asked.
    Unwilling,
}

impl Shown {
    /// What was known of it counts no more.
    pub fn forget(&mut self) {
        match self {
            Shown::Telling { body, .. } => *body = None,
            Shown::Unknown | Shown::Knows(_) | Shown::Unwilling => *self = Shown::Unknown,
        }
    }
}
