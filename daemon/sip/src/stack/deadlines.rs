//! Deadlines: one ordered set for all machines.

use std::time::Duration;

use super::Stack;
use crate::event::{DialogId, SubscriptionId, TransactionId};

/// Whom a deadline wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wake {
    Server(TransactionId),
    Client(TransactionId),
    Dialog(DialogId),
    Subscription(SubscriptionId),
}

impl Stack {
    pub(super) fn reschedule(&mut self, wake: Wake, before: Option<Duration>, after: Option<Duration>) {
        if before == after {
            return;
        }
        if let Some(before) = before {
            self.deadlines.remove(&(before, wake));
        }
        if let Some(after) = after {
            self.deadlines.insert((after, wake));
        }
    }

    /// Brings a dialog's deadline up to date after its state changed.
    pub(super) fn touch(&mut self, id: DialogId) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let deadline = dialog.deadline();
        let before = std::mem::replace(&mut dialog.wake, deadline);
        self.reschedule(Wake::Dialog(id), before, deadline);
    }

    /// Brings a subscription's deadline up to date after its state changed.
    pub(super) fn touch_subscription(&mut self, id: SubscriptionId) {
        let Some(subscription) = self.subscriptions.get_mut(&id) else { return };
        let deadline = subscription.deadline();
        let before = std::mem::replace(&mut subscription.wake, deadline);
        self.reschedule(Wake::Subscription(id), before, deadline);
    }
}
