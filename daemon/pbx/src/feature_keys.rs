//! Keys of phones for do-not-disturb and forwards, which phones keep in step with the box (package `as-feature-event`): whoever changes
//! a rule, page, code or another phone, each phone that subscribes is told the whole state; what a key wants becomes the same change.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use config::RuleChange;
use sip::event::SubscriptionId;

/// Wishes of a phone that wait for the disk: one for each of its switches, as a phone sends them whose menu is left. Of more the
/// oldest is passed over.
pub const WISHES_LIMIT: usize = 4;

/// Who is kept in step. Bounded by the stack's subscriptions.
#[derive(Clone, Debug, Default)]
pub struct FeatureKeys {
    pub(crate) watches: BTreeMap<SubscriptionId, FeatureWatch>,
}

/// A phone's subscription.
#[derive(Clone, Debug)]
pub(crate) struct FeatureWatch {
    /// The phone's SIP user.
    pub user: String,
    /// Its extension.
    pub extension: String,
    /// What it was told last.
    pub told: Bytes,
    /// It has asked for something and was told nothing since: at the latest when the shell has answered.
    pub is_owed: bool,
    /// Something that it wants is being saved: one thing at a time.
    pub is_saving: bool,
    /// What it wants after that, at most [`WISHES_LIMIT`].
    pub wishes: VecDeque<RuleChange>,
}
