//! Subscriptions, of which we are the notifier: asked for, refreshed, ended (RFC 6665 §4.2).

use std::collections::btree_map::Entry;
use std::time::Duration;

use super::arrived::{Arrived, DIALOG_HEADERS, contact_of};
use super::build;
use super::deadlines::Wake;
use super::refusal::Refusal;
use super::rules;
use super::table::{ServerPurpose, Share};
use super::{MAX_NOTIFY_BODY_BYTES, MAX_SUBSCRIPTIONS, MIN_SUBSCRIPTION_S, Stack};
use crate::event::{Body, Event, Subscribing, SubscriptionId, TransactionId};
use crate::message::{HeaderName, Method, Text, WithParams};
use crate::package::Package;
use crate::sides::Sides;
use crate::subscription::{Sending, State, Subscription};
use crate::transport::{Hop, Transmit};

/// Its time is over, or the phone said so (§4.1.3, §4.4.1).
const TIMEOUT: &str = "timeout";
/// Newer ones of the same user took its place. Not `deactivated`, after which a phone subscribes again at once: should
/// more phones than [`Package::max_per_user`] live, they would push each other out as fast as the wire carries it.
const REPLACED: &str = "probation;retry-after=600";

/// What a SUBSCRIBE asks for.
struct Asked {
    package: Package,
    /// The Event header as NOTIFYs will repeat it.
    event: Text,
    /// Granted; 0 ends the subscription, or asks for one NOTIFY.
    expires_s: u32,
}

impl Asked {
    fn read(arrived: &Arrived, packages: &[Package]) -> Result<Asked, Refusal> {
        let headers = &arrived.request.headers;
        let bad_request = |_| Refusal::new(400);
        // Without an Event header nobody can tell what is wanted: like a package that is not known (§8.3.2).
        let event = headers.with_params(HeaderName::Event).map_err(bad_request)?.ok_or_else(|| Refusal::new(489))?;
        let package = Package::among(packages, &event.value).ok_or_else(|| Refusal::new(489))?;
        let ranges = headers.accept().map_err(bad_request)?;
        if headers.has(HeaderName::Accept) && !ranges.iter().any(|range| includes(range, package.content_type())) {
            return Err(Refusal {
                status: 406,
                headers: vec![(HeaderName::Accept, package.content_type().to_owned())],
            });
        }
        let expires_s = headers.expires().map_err(bad_request)?.unwrap_or(package.expires_s());
        if (1..MIN_SUBSCRIPTION_S).contains(&expires_s) {
            let headers = vec![(HeaderName::MinExpires, MIN_SUBSCRIPTION_S.to_string())];
            return Err(Refusal { status: 423, headers });
        }
        let expires_s = expires_s.min(package.expires_s());
        Ok(Asked { package, event: event_of(&event), expires_s })
    }
}

/// Whether a range of Accept includes a type: it, its family, or everything, unless with a quality of nothing (RFC 3261
/// §20.1, RFC 9110 §12.4.2).
fn includes(range: &WithParams, content_type: &str) -> bool {
    let family = content_type.split_once('/').map(|(family, _)| format!("{family}/*")).unwrap_or_default();
    let is_refused = range.params.get("q").is_some_and(|q| q.to_str().parse::<f32>().is_ok_and(|q| q <= 0.0));
    let names = [content_type, &family, "*/*"];
    !is_refused && names.into_iter().any(|name| range.value.eq_ignore_case(name))
}

/// Package and `id`, in memory of their own; other parameters are nobody's.
fn event_of(event: &WithParams) -> Text {
    let mut own = WithParams { value: event.value.clone(), params: Default::default() };
    if let Some(id) = event.params.get("id") {
        own.params.set("id", id);
    }
    own.to_text()
}

impl Stack {
    /// A SUBSCRIBE outside dialogs from a proven user.
    pub(super) fn take_subscribe(&mut self, now: Duration, arrived: Arrived, user: String, out: &mut Vec<Transmit>) {
        let asked = match Asked::read(&arrived, &Package::ALL) {
            Ok(asked) => asked,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        if self.subscriptions.len() >= MAX_SUBSCRIPTIONS {
            self.counters.limited += 1;
            return self.respond_once(now, arrived, &Refusal::new(503), out);
        }
        let kept = arrived.request.headers.detached(&DIALOG_HEADERS);
        let (Some(target), Ok(routes)) = (contact_of(&kept), kept.record_routes()) else {
            return self.respond_once(now, arrived, &Refusal::new(400), out);
        };
        let (Ok(remote), Ok(mut local), Ok(call_id)) = (kept.from(), kept.to(), kept.call_id()) else { return };
        let id = SubscriptionId(self.next_id());
        let (uri, hop, remote_cseq) = (arrived.request.uri.clone(), arrived.hop, arrived.cseq.number);
        let user_agent = arrived.request.headers.user_agent().map(Text::to_string).unwrap_or_default();
        let body = arrived.body().filter(|_| asked.package == Package::FeatureEvent);
        let transaction = self.start_server(now, arrived, ServerPurpose::Subscription(id), out);
        local.set_tag(self.tag_of(transaction));
        let sides = Sides {
            call_id,
            local,
            remote,
            target,
            routes,
            contact_user: uri.user_unescaped().unwrap_or_default(),
            local_cseq: 0,
            remote_cseq: Some(remote_cseq),
            hop,
            user: Some(user.clone()),
            contact_at: None,
        };
        let Asked { package, event, expires_s } = asked;
        let state = State::Asked { transaction, expires_s };
        self.subscription_tags.insert(sides.key(), id);
        self.keep_subscription(Subscription { id, sides, within: None, package, event, sent: 0, state, wake: None });
        let subscribing =
            Subscribing { transaction, subscription: id, user, uri, package, expires_s, hop, user_agent, body };
        self.events.push_back(Event::Subscribing(Box::new(subscribing)));
    }

    /// Answers `Subscribing` with 200, and at once with the first NOTIFY (§4.2.1.2); with `expires_s` 0 that is the last,
    /// too. A body beyond [`MAX_NOTIFY_BODY_BYTES`] makes it a 500. Should the user have as many as
    /// [`Package::max_per_user`], its oldest ends.
    pub fn accept_subscription(
        &mut self,
        now: Duration,
        transaction: TransactionId,
        body: Body,
        out: &mut Vec<Transmit>,
    ) {
        let Some(ServerPurpose::Subscription(id)) = self.servers.get(&transaction).map(|entry| entry.purpose) else {
            return;
        };
        let Some(subscription) = self.subscriptions.get(&id) else { return };
        let State::Asked { expires_s, .. } = subscription.state else { return };
        if body.bytes.len() > MAX_NOTIFY_BODY_BYTES {
            self.counters.limited += 1;
            self.respond_in(now, transaction, &Refusal::new(500), out);
            return self.drop_asked(id);
        }
        if expires_s > 0 {
            self.make_room(now, id, out);
        }
        self.grant(now, id, transaction, expires_s, out);
        if let Some(subscription) = self.subscriptions.get_mut(&id) {
            let until = now + Duration::from_secs(u64::from(expires_s));
            subscription.state = State::Active { until, body, failures: 0, sending: Sending::Idle };
        }
        if expires_s == 0 {
            return self.subscription_over(now, id, TIMEOUT, out);
        }
        self.tell(now, id, out);
    }

    /// The 200 to a SUBSCRIBE, with what was granted (§4.2.1.1).
    fn grant(
        &mut self,
        now: Duration,
        id: SubscriptionId,
        transaction: TransactionId,
        expires_s: u32,
        out: &mut Vec<Transmit>,
    ) {
        let Some(Subscription { sides, .. }) = self.subscriptions.get(&id) else { return };
        let contact = build::contact(sides).to_text().to_string();
        let headers = vec![(HeaderName::Expires, expires_s.to_string()), (HeaderName::Contact, contact)];
        self.respond_in(now, transaction, &Refusal { status: 200, headers }, out);
    }

    /// Ends the oldest of the same user and package while there are too many for one more.
    fn make_room(&mut self, now: Duration, id: SubscriptionId, out: &mut Vec<Transmit>) {
        let Some(new) = self.subscriptions.get(&id) else { return };
        let own = new.sides.user.as_ref().and_then(|user| self.subscriptions_of.get(user));
        let is_rival = |id: &SubscriptionId| {
            let other = self.subscriptions.get(id);
            other.is_some_and(|other| matches!(other.state, State::Active { .. }) && other.package == new.package)
        };
        let rivals: Vec<_> = own.into_iter().flatten().copied().filter(is_rival).collect();
        let too_many = (rivals.len() + 1).saturating_sub(new.package.max_per_user());
        for oldest in rivals.into_iter().take(too_many) {
            self.subscription_over(now, oldest, REPLACED, out);
        }
    }

    /// The subscription whose dialog a request names, unless it is over.
    pub(super) fn find_subscription(&self, arrived: &Arrived) -> Option<SubscriptionId> {
        let tag = arrived.to.tag()?.clone();
        let id = *self.subscription_tags.get(&(arrived.call_id.clone(), tag))?;
        let subscription = self.subscriptions.get(&id)?;
        let is_active = matches!(subscription.state, State::Active { .. });
        (is_active && subscription.sides.remote_tag() == arrived.peer_tag()).then_some(id)
    }

    /// A request within the dialog of a subscription.
    pub(super) fn take_in_subscription(
        &mut self,
        now: Duration,
        id: SubscriptionId,
        arrived: Arrived,
        out: &mut Vec<Transmit>,
    ) {
        let Some(sides) = self.subscriptions.get(&id).map(|subscription| &subscription.sides) else { return };
        let away = if sides.is_home(&arrived.hop) { None } else { Some(sides.clone()) };
        let Some(arrived) = self.admit(now, arrived, away, out) else { return };
        let Some(arrived) = self.take_share(arrived, Share::Subscription(id), out) else { return };
        let Some(subscription) = self.subscriptions.get_mut(&id) else { return };
        if !subscription.sides.accept_cseq(arrived.cseq.number) {
            return self.respond_once(now, arrived, &Refusal::new(500), out);
        }
        // A late request would move it back to where its phone was.
        subscription.sides.hop = arrived.hop;
        match &arrived.request.method {
            Method::Subscribe => self.take_refresh(now, id, arrived, out),
            Method::Options => {
                let answer = self.capabilities();
                self.respond_once(now, arrived, &answer, out);
            }
            // A call does not begin in the dialog of a subscription, and there is none to change.
            Method::Invite => self.respond_once(now, arrived, &Refusal::new(481), out),
            method => {
                let refusal = Refusal::new(rules::unused(method));
                self.respond_once(now, arrived, &refusal, out);
            }
        }
    }

    /// A SUBSCRIBE within the dialog (§4.2.1.4): goes on, or ends. Either way the phone is told the state again.
    pub(super) fn take_refresh(
        &mut self,
        now: Duration,
        id: SubscriptionId,
        arrived: Arrived,
        out: &mut Vec<Transmit>,
    ) {
        let Some(package) = self.subscriptions.get(&id).map(|entry| entry.package) else { return };
        let asked = match Asked::read(&arrived, &[package]) {
            Ok(asked) => asked,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        let Some(subscription) = self.subscriptions.get_mut(&id) else { return };
        if !asked.event.eq_ignore_case(&subscription.event) {
            // Another subscription would share the dialog, which nobody may any more (§4.5.2).
            return self.respond_once(now, arrived, &Refusal::new(481), out);
        }
        if let Some(target) = arrived.contact() {
            subscription.sides.target = target;
        }
        if let State::Active { until, .. } = &mut subscription.state {
            *until = now + Duration::from_secs(u64::from(asked.expires_s));
        }
        let body = arrived.body().filter(|_| package == Package::FeatureEvent);
        let transaction = self.start_server(now, arrived, ServerPurpose::Done, out);
        self.grant(now, id, transaction, asked.expires_s, out);
        if asked.expires_s == 0 {
            return self.subscription_over(now, id, TIMEOUT, out);
        }
        if let Some(body) = body {
            // The state before would undo on the phone what was just pressed: the owner tells what came of it.
            self.touch_subscription(id);
            return self.events.push_back(Event::Wished { subscription: id, body });
        }
        self.tell(now, id, out);
    }

    /// Its deadline: it has expired, or a NOTIFY that failed goes out again.
    pub(super) fn fire_subscription(&mut self, now: Duration, id: SubscriptionId, out: &mut Vec<Transmit>) {
        let Some(State::Active { until, sending, .. }) = self.subscriptions.get(&id).map(|entry| &entry.state) else {
            return;
        };
        match sending {
            _ if *until <= now => self.subscription_over(now, id, TIMEOUT, out),
            Sending::Failed { again_at } if *again_at <= now => self.tell(now, id, out),
            _ => self.touch_subscription(id),
        }
    }

    /// Ends with a last NOTIFY, and the owner is told.
    fn subscription_over(&mut self, now: Duration, id: SubscriptionId, reason: &'static str, out: &mut Vec<Transmit>) {
        self.say_over(id);
        self.end_subscription(now, id, reason, out);
    }

    /// Tells the owner that one is over. What a REFER asked for goes on, whether anybody is told of it or not.
    pub(super) fn say_over(&mut self, id: SubscriptionId) {
        if self.subscriptions.get(&id).is_some_and(|entry| entry.package != Package::Refer) {
            self.events.push_back(Event::Unsubscribed { subscription: id });
        }
    }

    /// Whether the owner's answer is still wanted.
    pub(super) fn is_asked(&self, id: SubscriptionId) -> bool {
        self.subscriptions.get(&id).is_some_and(|entry| matches!(entry.state, State::Asked { .. }))
    }

    /// Its SUBSCRIBE is over without the owner's answer.
    pub(super) fn drop_asked(&mut self, id: SubscriptionId) {
        if self.is_asked(id) {
            self.say_over(id);
            self.forget_subscription(id);
        }
    }

    /// Subscriptions of a phone that has shown up on a connection go on there. What it missed it is told at once.
    pub(super) fn move_subscriptions(&mut self, now: Duration, user: &str, hop: Hop) {
        let mut moved = Vec::new();
        for id in self.subscriptions_of.get(user).into_iter().flatten() {
            let Some(subscription) = self.subscriptions.get_mut(id) else { continue };
            if subscription.sides.follow(user, hop)
                && let State::Active { sending: Sending::Failed { again_at }, .. } = &mut subscription.state
            {
                *again_at = now;
                moved.push(*id);
            }
        }
        moved.into_iter().for_each(|id| self.touch_subscription(id));
    }

    /// Takes it in.
    pub(super) fn keep_subscription(&mut self, subscription: Subscription) {
        let user = subscription.sides.user.clone().unwrap_or_default();
        self.subscriptions_of.entry(user).or_default().insert(subscription.id);
        self.subscriptions.insert(subscription.id, subscription);
    }

    /// Removes it; its transactions end by themselves.
    pub(super) fn forget_subscription(&mut self, id: SubscriptionId) {
        if let Some(subscription) = self.subscriptions.remove(&id) {
            let key = subscription.sides.key();
            if self.subscription_tags.get(&key) == Some(&id) {
                self.subscription_tags.remove(&key);
            }
            if let Some(dialog) = subscription.within.and_then(|dialog| self.dialogs.get_mut(&dialog)) {
                dialog.refers.retain(|refer| *refer != id);
            }
            let user = subscription.sides.user.unwrap_or_default();
            if let Entry::Occupied(mut own) = self.subscriptions_of.entry(user) {
                own.get_mut().remove(&id);
                if own.get().is_empty() {
                    own.remove();
                }
            }
            self.reschedule(Wake::Subscription(id), subscription.wake, None);
        }
    }
}
