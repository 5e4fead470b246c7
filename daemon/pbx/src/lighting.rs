//! The verbs of message lamps: who may watch one, and who is told of what.

use std::net::SocketAddr;

use bytes::Bytes;
use config::Feature;
use log::{debug, info};
use sip::event::{Body, NotifyId, Subscribing, SubscriptionId};
use sip::message::{NameAddr, Uri};
use sip::package::Package;
use sip::stack::Unsolicited;

use crate::cx::Cx;
use crate::goodbye::number_of;
use crate::lamps::Watch;
use crate::mailbox::Mailbox;
use crate::registrar::{Binding, BindingKey};

/// Statuses that say that a phone does not want, or does not understand, what it did not subscribe to (RFC 6665 §4.1.3 and what
/// phones answer).
const UNWILLING: [u16; 8] = [400, 403, 404, 405, 481, 489, 501, 603];

impl Cx {
    /// A phone wants to watch a mailbox: its own, under its number, its user, or the code that it dials for it.
    pub(crate) fn watch_lamp(&mut self, subscribing: &Subscribing) {
        let Subscribing { transaction, subscription, user, uri, hop, .. } = subscribing;
        let Some(phone) = self.config.phone_by_user(user) else { return self.deny_lamp(subscribing) };
        let extension = phone.extension.to_string();
        let resource = number_of(uri).unwrap_or_default();
        let is_own_code = self.config.feature(&resource) == Some((Feature::MyVoicemail, ""));
        if resource != extension && resource != *user && !is_own_code {
            return self.deny_lamp(subscribing);
        }
        info!("phone {}: watches the mailbox of {extension}", self.phone_name(user));
        let body = self.lamp_body(&extension, hop.local);
        let watch = Watch { user: user.clone(), extension, remote: hop.remote, local: hop.local };
        self.lamps.watches.insert(*subscription, watch);
        self.sip(|stack, now, wire| stack.accept_subscription(now, *transaction, body, wire));
    }

    /// A subscription is over.
    pub(crate) fn lamp_unwatched(&mut self, subscription: SubscriptionId) {
        self.lamps.watches.remove(&subscription);
    }

    /// A phone answered what it was told without having asked.
    pub(crate) fn lamp_told(&mut self, notify: NotifyId, status: u16) {
        let Some(key) = self.lamps.telling.remove(&notify) else { return };
        if UNWILLING.contains(&status) && self.registrar.get(&key).is_some() {
            debug!("phone {}: wants no unsolicited NOTIFY, {status}", self.phone_name(&key.user));
            self.lamps.unwilling.insert(key);
        }
    }

    /// A mailbox is different: its lamps follow where what they show is.
    pub(crate) fn mailbox_changed(&mut self, mailbox: String, is_now: Mailbox) {
        let was = self.mailboxes.insert(mailbox.clone(), is_now).unwrap_or_default();
        self.warn_of_quota(&mailbox, was.used_ms);
        let is_now = self.mailboxes.get(&mailbox);
        if is_now.is_some_and(|is_now| (is_now.new, is_now.saved) != (was.new, was.saved)) {
            self.light_lamps(&mailbox);
        }
    }

    /// Tells every phone of an extension what waits for it.
    pub(crate) fn light_lamps(&mut self, extension: &str) {
        let watches = self.lamps.watches.iter().filter(|(_, watch)| watch.extension == extension);
        let watches: Vec<_> = watches.map(|(id, watch)| (*id, watch.local)).collect();
        for (subscription, local) in watches {
            let body = self.lamp_body(extension, local);
            self.sip(|stack, now, wire| stack.notify(now, subscription, body, wire));
        }
        let config = self.config.clone();
        let bindings = config.phones_of(extension).flat_map(|phone| self.registrar.bindings_of(&phone.user));
        for binding in bindings.collect::<Vec<_>>() {
            self.light_unasked(extension, &binding);
        }
    }

    /// A device has registered anew: it may have forgotten what its lamp showed.
    pub(crate) fn light_registered(&mut self, binding: &Binding) {
        let phone = self.config.phone_by_user(&binding.key.user);
        let extension = phone.and_then(|phone| self.config.extension(phone.extension.as_str()));
        if let Some(number) = extension.filter(|own| own.voicemail).map(|own| own.number.to_string()) {
            self.light_unasked(&number, binding);
        }
    }

    /// After a restart nobody has subscribed yet, and mailboxes may have changed while the box was off.
    pub(crate) fn light_all(&mut self) {
        for mailbox in self.mailboxes.keys().cloned().collect::<Vec<_>>() {
            self.light_lamps(&mailbox);
        }
    }

    /// The configuration is another: phones that are gone watch nothing, and where voicemail was switched the lamps follow.
    pub(crate) fn lamps_after(&mut self, old: &config::Config) {
        let gone = |watch: &Watch| {
            let phone = self.config.phone_by_user(&watch.user);
            phone.is_none_or(|phone| phone.extension.as_str() != watch.extension)
        };
        let gone: Vec<_> = self.lamps.watches.iter().filter(|(_, watch)| gone(watch)).map(|(id, _)| *id).collect();
        for subscription in gone {
            self.lamps.watches.remove(&subscription);
            self.sip(|stack, now, wire| stack.end_subscription(now, subscription, "noresource", wire));
        }
        let has = |config: &config::Config, number: &str| config.extension(number).is_some_and(|own| own.voicemail);
        let numbers = self.config.extensions().map(|extension| extension.number.to_string());
        let switched: Vec<_> = numbers.filter(|number| has(old, number) != has(&self.config, number)).collect();
        for extension in switched {
            self.light_lamps(&extension);
        }
    }

    /// A binding is over: should the device come back, it is asked anew.
    pub(crate) fn lamp_unbound(&mut self, key: &BindingKey) {
        self.lamps.unwilling.remove(key);
    }

    fn deny_lamp(&mut self, subscribing: &Subscribing) {
        let transaction = subscribing.transaction;
        self.sip(|stack, now, wire| stack.respond(now, transaction, 403, Vec::new(), wire));
    }

    /// Tells a device that has not asked, unless it has subscribed or will not hear it.
    fn light_unasked(&mut self, extension: &str, binding: &Binding) {
        let has_asked = |watch: &Watch| watch.user == binding.key.user && watch.remote == binding.hop.remote;
        if self.lamps.unwilling.contains(&binding.key) || self.lamps.watches.values().any(has_asked) {
            return;
        }
        // A phone whose connection is gone registers again, and is told then.
        let Ok((target, hop)) = binding.way() else { return };
        let to = NameAddr::new(Uri::sip_at(Some(extension), hop.local));
        let unsolicited = Unsolicited {
            from: to.clone(),
            to,
            target,
            hop,
            package: Package::MessageSummary,
            body: self.lamp_body(extension, hop.local),
        };
        let notify = self.sip(|stack, now, wire| stack.notify_unsolicited(now, unsolicited, wire));
        self.lamps.telling.insert(notify, binding.key.clone());
    }

    /// RFC 3842 §3.5. Message-Account is what a phone's message key dials. Where voicemail is off the lamp is dark (F55).
    fn lamp_body(&self, extension: &str, local: SocketAddr) -> Body {
        let is_on = self.config.extension(extension).is_some_and(|own| own.voicemail);
        let (new, saved) = match self.mailboxes.get(extension).filter(|_| is_on) {
            Some(mailbox) => (mailbox.new, mailbox.saved),
            None => (0, 0),
        };
        let code = self.config.feature_codes().iter().find(|row| row.feature == Feature::MyVoicemail && row.enabled);
        let account = Uri::sip_at(Some(code.map_or(extension, |row| row.code.as_str())), local).to_text();
        let waiting = if new > 0 { "yes" } else { "no" };
        let text = format!(
            "Messages-Waiting: {waiting}\r\nMessage-Account: {account}\r\nVoice-Message: {new}/{saved} (0/0)\r\n"
        );
        let content_type = Package::MessageSummary.content_type().to_owned();
        Body { content_type, bytes: Bytes::from(text) }
    }

    /// Somebody must make room before callers are turned away (F59).
    fn warn_of_quota(&mut self, mailbox: &str, was_used_ms: u64) {
        let Some(extension) = self.config.extension(mailbox) else { return };
        let quota_ms = u64::from(extension.voicemail_minutes) * 60_000;
        let percent = |used_ms: u64| used_ms.saturating_mul(100) / quota_ms.max(1);
        let is_now = percent(self.mailboxes.get(mailbox).map_or(0, |is_now| is_now.used_ms));
        if is_now < QUOTA_WARNING_PERCENT || percent(was_used_ms) >= QUOTA_WARNING_PERCENT {
            return;
        }
        let name = self.config.name_of(mailbox).unwrap_or_default();
        self.alert(format!(
            "the mailbox of {mailbox} ({name}) is {is_now} % full: callers can soon leave no message; delete some, or give it more \
             minutes"
        ));
    }
}

/// From here on a mailbox counts as almost full, in percent of its minutes.
pub const QUOTA_WARNING_PERCENT: u64 = 90;
