//! NOTIFYs, one at a time in each subscription, and what their answers mean (RFC 6665 §4.2.2).

use std::time::Duration;

use super::table::Purpose;
use super::{BUSY_TRANSACTIONS, MAX_NOTIFY_BODY_BYTES, MAX_NOTIFY_FAILURES, NOTIFY_AGAIN, Stack, Unsolicited, build};
use crate::event::{Body, Event, NotifyId, SubscriptionId};
use crate::message::{HeaderName, Method, Text};
use crate::sides::Sides;
use crate::subscription::{Sending, State};
use crate::transport::Transmit;

impl Stack {
    /// Sends a NOTIFY with the new state, at most [`MAX_NOTIFY_BODY_BYTES`]. While another is under way it waits for that
    /// one's answer; of several that wait the last counts.
    pub fn notify(&mut self, now: Duration, subscription: SubscriptionId, body: Body, out: &mut Vec<Transmit>) {
        if body.bytes.len() > MAX_NOTIFY_BODY_BYTES {
            self.counters.limited += 1;
            return;
        }
        if let Some(State::Active { body: own, .. }) =
            self.subscriptions.get_mut(&subscription).map(|entry| &mut entry.state)
        {
            *own = body;
            self.tell(now, subscription, out);
        }
    }

    /// Tells the phone what there is, now or after the NOTIFY that is under way.
    pub(super) fn tell(&mut self, now: Duration, id: SubscriptionId, out: &mut Vec<Transmit>) {
        let is_full = self.transactions() >= BUSY_TRANSACTIONS;
        let Some(State::Active { until, body, sending, .. }) =
            self.subscriptions.get_mut(&id).map(|entry| &mut entry.state)
        else {
            return;
        };
        match sending {
            Sending::UnderWay { has_news } => *has_news = true,
            // The phone is not to blame.
            _ if is_full => {
                self.counters.limited += 1;
                *sending = Sending::Failed { again_at: now + NOTIFY_AGAIN };
            }
            Sending::Idle | Sending::Failed { .. } => {
                *sending = Sending::UnderWay { has_news: false };
                let state = format!("active;expires={}", until.saturating_sub(now).as_secs());
                let body = body.clone();
                self.send_notify(now, id, &state, &body, out);
            }
        }
        self.touch_subscription(id);
    }

    fn send_notify(&mut self, now: Duration, id: SubscriptionId, state: &str, body: &Body, out: &mut Vec<Transmit>) {
        let Some(subscription) = self.subscriptions.get_mut(&id) else { return };
        let (event, document) = (subscription.event.clone(), subscription.next_document(body));
        let Some(hop) = self.notifying(id).map(|sides| sides.hop) else { return };
        let via = self.new_via(&hop);
        let Some(sides) = self.notifying(id) else { return };
        let mut request = build::next_request(sides, Method::Notify, &via);
        request.headers.push(HeaderName::Event, &event);
        request.headers.push(HeaderName::SubscriptionState, state);
        request.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        build::put_body(&mut request, Some(&document));
        self.start_client(now, hop, request, Purpose::Notify(id), out);
    }

    /// Who is told by NOTIFYs, and the way there.
    fn notifying(&mut self, id: SubscriptionId) -> Option<&mut Sides> {
        let subscription = self.subscriptions.get_mut(&id)?;
        let shared = subscription.within.and_then(|dialog| self.dialogs.get_mut(&dialog));
        Some(shared.map_or(&mut subscription.sides, |dialog| &mut dialog.sides))
    }

    /// The end of a NOTIFY: a final status, 408 for silence, 503 for a lost transport.
    pub(super) fn notify_done(&mut self, now: Duration, id: SubscriptionId, status: u16, out: &mut Vec<Transmit>) {
        let Some(subscription) = self.subscriptions.get_mut(&id) else { return };
        let (failures, sending) = match &mut subscription.state {
            State::Asked { .. } => return,
            State::Ending { body, reason } => {
                let (body, reason) = (body.clone(), *reason);
                return self.send_last(now, id, reason, &body, out);
            }
            State::Active { failures, sending, .. } => (failures, sending),
        };
        let has_news = matches!(sending, Sending::UnderWay { has_news: true });
        match status {
            200..300 => {
                *failures = 0;
                *sending = Sending::Idle;
                if has_news {
                    self.tell(now, id, out);
                }
            }
            // It knows nothing of the subscription, the package, or the method.
            481 | 489 | 405 | 501 => return self.abandon(id),
            _ => {
                *failures += 1;
                if *failures >= MAX_NOTIFY_FAILURES {
                    return self.abandon(id);
                }
                *sending = Sending::Failed { again_at: now + NOTIFY_AGAIN };
            }
        }
        self.touch_subscription(id);
    }

    /// The phone cannot be told any more.
    fn abandon(&mut self, id: SubscriptionId) {
        self.say_over(id);
        self.forget_subscription(id);
    }

    /// Ends a subscription with a last NOTIFY, which says the state once more; the owner hears no more of it. `reason`
    /// is a word of §4.1.3, such as `noresource` or `deactivated`.
    pub fn end_subscription(
        &mut self,
        now: Duration,
        subscription: SubscriptionId,
        reason: &'static str,
        out: &mut Vec<Transmit>,
    ) {
        let Some(entry) = self.subscriptions.get_mut(&subscription) else { return };
        let State::Active { body, sending, .. } = &mut entry.state else { return };
        let body = body.clone();
        if !matches!(sending, Sending::UnderWay { .. }) {
            return self.send_last(now, subscription, reason, &body, out);
        }
        entry.state = State::Ending { body, reason };
        self.touch_subscription(subscription);
    }

    fn send_last(
        &mut self,
        now: Duration,
        id: SubscriptionId,
        reason: &'static str,
        body: &Body,
        out: &mut Vec<Transmit>,
    ) {
        self.send_notify(now, id, &format!("terminated;reason={reason}"), body, out);
        self.forget_subscription(id);
    }

    /// Tells a phone that has not subscribed; the answer comes as `Notified`. The subscription that it belongs to is
    /// said to be over, as others do it: the phone expects no more, and keeps nothing.
    pub fn notify_unsolicited(&mut self, now: Duration, unsolicited: Unsolicited, out: &mut Vec<Transmit>) -> NotifyId {
        let notify = NotifyId(self.next_id());
        let Unsolicited { from, to, target, hop, package, body } = unsolicited;
        let is_long = body.bytes.len() > MAX_NOTIFY_BODY_BYTES;
        if is_long || self.transactions() >= BUSY_TRANSACTIONS {
            self.counters.limited += 1;
            let status = if is_long { 513 } else { 503 };
            self.events.push_back(Event::Notified { notify, status });
            return notify;
        }
        let (call_id, tag) = (Text::from(format!("{}{}", self.token(), self.token())), self.token());
        let contact_user = from.uri.user_unescaped().unwrap_or_default();
        let mut local = from;
        local.set_tag(tag);
        let mut sides = Sides {
            call_id,
            local,
            remote: to,
            target,
            routes: Vec::new(),
            contact_user,
            local_cseq: 0,
            remote_cseq: None,
            hop,
            user: None,
            contact_at: None,
        };
        let via = self.new_via(&hop);
        let mut request = build::next_request(&mut sides, Method::Notify, &via);
        request.headers.push(HeaderName::Event, package.as_str());
        request.headers.push(HeaderName::SubscriptionState, "terminated;reason=noresource");
        request.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        build::put_body(&mut request, Some(&body));
        self.start_client(now, hop, request, Purpose::Unsolicited(notify), out);
        notify
    }
}
