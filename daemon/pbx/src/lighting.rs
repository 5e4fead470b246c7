//! The verbs of message lamps: who may watch one, and who is told of what.

use std::net::SocketAddr;

use bytes::Bytes;
use config::Feature;
use log::{debug, info};
use sip::event::{Body, NotifyId, Subscribing, SubscriptionId};
use sip::message::{NameAddr, Uri};
use sip::package::Package;
use sip::stack::Unsolicited;

use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::goodbye::number_of;
use crate::lamps::{Shown, Watch};
use crate::mailbox::{ALMOST_FULL_PERCENT, Mailbox};
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

    /// A subscription is over: its phone is told without, should it listen now.
    pub(crate) fn lamp_unwatched(&mut self, subscription: SubscriptionId) {
        let Some(watch) = self.lamps.watches.remove(&subscription) else { return };
        for binding in self.registrar.bindings_of(&watch.user) {
            self.forget_shown(&binding.key);
            self.light_registered(&binding);
        }
    }

    /// A phone answered what it was told without having asked; what is new since is told now.
    pub(crate) fn lamp_told(&mut self, notify: NotifyId, status: u16) {
        let Some(key) = self.lamps.telling.remove(&notify) else { return };
        let binding = self.registrar.get(&key).cloned();
        let Some((binding, extension)) = binding.zip(self.extension_of(&key.user)) else {
            self.lamps.shown.remove(&key);
            return;
        };
        let body = match self.lamps.shown.get(&key) {
            Some(Shown::Telling { notify: own, body, .. }) if *own == notify => body.clone(),
            // It was told by another way meanwhile, and this one, sent again and again, may have come last.
            _ => {
                self.forget_shown(&key);
                return self.light_registered(&binding);
            }
        };
        let is_news = body.as_ref() != Some(&self.lamp_body(&extension, binding.hop.local).bytes);
        let shown = match (status, body) {
            (200..300, Some(body)) => Shown::Knows(body),
            (_, Some(_)) if UNWILLING.contains(&status) => {
                debug!("phone {}: wants no unsolicited NOTIFY, {status}", self.phone_name(&key.user));
                Shown::Unwilling
            }
            _ => Shown::Unknown,
        };
        self.lamps.shown.insert(key, shown);
        if is_news {
            self.light_unasked(&extension, &binding);
        }
    }

    /// A mailbox is different: its lamps follow where what they show is.
    pub(crate) fn mailbox_changed(&mut self, mailbox: String, is_now: Mailbox) {
        let was = self.mailboxes.insert(mailbox.clone(), is_now).unwrap_or_default();
        self.warn_of_quota(&mailbox, &was);
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

    /// A device has been started anew: it may have forgotten what its lamp showed, and that it watched.
    pub(crate) fn light_afresh(&mut self, binding: &Binding) {
        self.forget_shown(&binding.key);
        self.light_registered(binding);
        // One that knows nothing of its watch refuses this, and is then told without.
        let its = self.lamps.watches.iter().filter(|(_, watch)| is_of(watch, binding));
        let its: Vec<_> = its.map(|(id, watch)| (*id, self.lamp_body(&watch.extension, watch.local))).collect();
        for (subscription, body) in its {
            self.sip(|stack, now, wire| stack.notify(now, subscription, body, wire));
        }
    }

    /// A device has registered: it is told unless it knows, where there is or was a mailbox.
    pub(crate) fn light_registered(&mut self, binding: &Binding) {
        let Some(extension) = self.extension_of(&binding.key.user) else { return };
        let has_voicemail = self.config.extension(&extension).is_some_and(|own| own.voicemail);
        if has_voicemail || self.mailboxes.contains_key(&extension) || self.lamps.shown.contains_key(&binding.key) {
            self.light_unasked(&extension, binding);
        }
    }

    /// After a restart nobody has subscribed yet, and mailboxes may have changed while the box was off.
    pub(crate) fn light_all(&mut self) {
        for mailbox in self.mailboxes.keys().cloned().collect::<Vec<_>>() {
            self.light_lamps(&mailbox);
        }
    }

    /// The configuration is another: phones that are gone watch nothing, those that have another extension show its mailbox, and
    /// where voicemail was switched the lamps follow.
    pub(crate) fn lamps_after(&mut self, old: &config::Config) {
        self.end_watches_of_others();
        let config = self.config.clone();
        let is_moved = |phone: &&config::Phone| {
            old.phone_by_user(&phone.user).is_some_and(|before| before.extension != phone.extension)
        };
        for phone in config.phones().filter(is_moved) {
            for binding in self.registrar.bindings_of(&phone.user) {
                self.forget_shown(&binding.key);
                self.light_unasked(phone.extension.as_str(), &binding);
            }
        }
        let has = |config: &config::Config, number: &str| config.extension(number).is_some_and(|own| own.voicemail);
        let numbers = self.config.extensions().map(|extension| extension.number.to_string());
        let switched: Vec<_> = numbers.filter(|number| has(old, number) != has(&self.config, number)).collect();
        for extension in switched {
            self.light_lamps(&extension);
        }
    }

    /// A binding is over: should the device come back, it is told anew, once what is under way to it is answered.
    pub(crate) fn lamp_unbound(&mut self, key: &BindingKey) {
        self.forget_shown(key);
        if matches!(self.lamps.shown.get(key), Some(Shown::Unknown)) {
            self.lamps.shown.remove(key);
        }
    }

    fn forget_shown(&mut self, key: &BindingKey) {
        self.lamps.shown.get_mut(key).into_iter().for_each(Shown::forget);
    }

    fn extension_of(&self, user: &str) -> Option<String> {
        Some(self.config.phone_by_user(user)?.extension.to_string())
    }

    /// Ends the watches whose phone is gone, or has another extension now: that one may subscribe again (RFC 6665 §4.1.3).
    fn end_watches_of_others(&mut self) {
        for (subscription, watch) in self.lamps.watches.clone() {
            let is_now = self.extension_of(&watch.user);
            if is_now.as_ref() == Some(&watch.extension) {
                continue;
            }
            self.lamps.watches.remove(&subscription);
            let reason = if is_now.is_some() { "deactivated" } else { "noresource" };
            // The last NOTIFY says again what was said before: not what is somebody else's now.
            let body = self.lamp_body(&is_now.unwrap_or_default(), watch.local);
            self.sip(|stack, now, wire| {
                stack.notify(now, subscription, body, wire);
                stack.end_subscription(now, subscription, reason, wire);
            });
        }
    }

    fn deny_lamp(&mut self, subscribing: &Subscribing) {
        let transaction = subscribing.transaction;
        self.sip(|stack, now, wire| stack.respond(now, transaction, 403, Vec::new(), wire));
    }

    /// Tells a device that has not asked, unless it has subscribed, will not hear it, knows it, or has not answered the last word.
    fn light_unasked(&mut self, extension: &str, binding: &Binding) {
        if self.lamps.watches.values().any(|watch| is_of(watch, binding)) {
            return;
        }
        // A phone whose connection is gone registers again, and is told then.
        let Ok((target, hop)) = binding.way() else { return };
        let body = self.lamp_body(extension, hop.local);
        match self.lamps.shown.get(&binding.key) {
            Some(Shown::Unwilling) => return,
            Some(Shown::Knows(known)) if *known == body.bytes => return,
            Some(Shown::Telling { hop: its, .. }) if *its == hop => return,
            _ => {}
        }
        let to = NameAddr::new(Uri::sip_at(Some(extension), hop.local));
        let unsolicited = Unsolicited { from: to.clone(), to, target, hop, package: Package::MessageSummary, body };
        let told = Some(unsolicited.body.bytes.clone());
        let notify = self.sip(|stack, now, wire| stack.notify_unsolicited(now, unsolicited, wire));
        self.lamps.telling.insert(notify, binding.key.clone());
        self.lamps.shown.insert(binding.key.clone(), Shown::Telling { notify, hop, body: told });
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
    fn warn_of_quota(&mut self, mailbox: &str, was: &Mailbox) {
        let Some(extension) = self.config.extension(mailbox) else { return };
        let minutes = extension.voicemail_minutes;
        let is_now = self.mailboxes.get(mailbox).map_or(0, |is_now| is_now.percent_of(minutes));
        if is_now < ALMOST_FULL_PERCENT || was.percent_of(minutes) >= ALMOST_FULL_PERCENT {
            return;
        }
        let name = self.config.name_of(mailbox).unwrap_or_default().to_owned();
        self.alert(Alarm::MailboxAlmostFull { mailbox: mailbox.to_owned(), name, percent: is_now });
    }
}

/// Whether the device that watches is the one of this binding.
fn is_of(watch: &Watch, binding: &Binding) -> bool {
    watch.user == binding.key.user && watch.remote == binding.hop.remote
}
