//! Message lamps: every phone of an extension shows whether messages wait, at once and whoever changed the mailbox.
//!
//! Some phones subscribe to their mailbox (RFC 3842, RFC 6665), some expect to be told without, some do both, and some refuse for
//! ever: a device that has not subscribed is told without, when it registers and at each change, until it says that it will not hear
//! it. What a lamp shows is always the mailbox as the store last told it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use sip::event::{NotifyId, SubscriptionId};

use crate::registrar::BindingKey;

/// Who watches which lamp. Bounded by the stack's subscriptions, the registrar's bindings and the NOTIFYs under way.
#[derive(Clone, Debug, Default)]
pub struct Lamps {
    pub(crate) watches: BTreeMap<SubscriptionId, Watch>,
    /// Told without having asked, not answered yet.
    pub(crate) telling: BTreeMap<NotifyId, BindingKey>,
    /// Devices that will not be told without having asked.
    pub(crate) unwilling: BTreeSet<BindingKey>,
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
