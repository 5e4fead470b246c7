//! A phone registers, or its binding ends: what the registrar decides is answered, written down and counted.

use log::{info, warn};
use sip::event::Registering;
use sip::message::HeaderName;
use sip::transport::FlowId;

use crate::cx::Cx;
use crate::output::Record;
use crate::registrar::{Binding, BindingKey};
use crate::timers::Timer;

impl Cx {
    /// Answers a REGISTER of a phone.
    pub(crate) fn register(&mut self, registering: &Registering) {
        let Some(phone) = self.config.phone_by_user(&registering.user) else { return };
        let name = phone.name.clone();
        let limit = self.config.extension(phone.extension.as_str()).map_or(1, |extension| extension.max_contacts);
        let label = self.label_of(phone.extension.as_str(), registering);
        let before = self.registrar.bindings_of(&registering.user);
        let was = before.len();
        let registered = self.registrar.register(self.now, registering, limit);
        let is = self.registrar.count(&registering.user);
        if is != was {
            info!("phone {name}: {is} bindings, from {}", registering.hop.remote);
        }
        if registered.status == 200 {
            self.counters.registrations += 1;
        } else {
            warn!("phone {name}: REGISTER from {} refused with {}", registering.hop.remote, registered.status);
        }
        for key in registered.unbound {
            self.unbind(key);
        }
        // A device that registers with another Call-ID has been started anew.
        let is_known = |new: &Binding| before.iter().any(|old| old.key == new.key && old.call_id == new.call_id);
        for binding in &registered.bound {
            self.bind(binding.clone());
        }
        let (status, mut headers) = (registered.status, registered.headers);
        headers.extend(label.filter(|_| status == 200));
        self.sip(|stack, now, wire| stack.respond(now, registering.transaction, status, headers, wire));
        self.watch_bindings();
        self.registered_after_move();
        for binding in &registered.bound {
            if is_known(binding) { self.light_registered(binding) } else { self.light_afresh(binding) }
        }
    }

    /// What a phone that registers is called, in the one field of the answer that has a name for it: whoever is registered is told
    /// under which identity (RFC 7315 §4.1).
    fn label_of(&self, extension: &str, registering: &Registering) -> Option<(HeaderName, String)> {
        let label = self.config.extension(extension)?.caller_id.label.as_deref()?;
        let identity = self.identity(extension, label, &registering.hop);
        Some((HeaderName::PAssociatedUri, identity.to_text().to_string()))
    }

    fn bind(&mut self, binding: Binding) {
        self.watch_reach(&binding.key);
        self.count_bindings(&binding.key.user);
        self.journal.write(Record::Bound(binding));
    }

    /// The devices of a phone that ring: of one with several flows, the one over which it can be reached and was heard last
    /// (RFC 5626 §5.3), for one device is not to ring twice.
    pub(crate) fn devices_of(&self, user: &str) -> Vec<Binding> {
        let bindings = self.registrar.bindings_of(user);
        let (there, gone): (Vec<_>, Vec<_>) = bindings.into_iter().partition(|binding| self.is_reachable(binding));
        let mut devices: Vec<Binding> = Vec::new();
        for binding in there.into_iter().chain(gone) {
            let is_same = |known: &Binding| known.key.instance() == binding.key.instance();
            if binding.key.instance().is_none() || !devices.iter().any(is_same) {
                devices.push(binding);
            }
        }
        devices
    }

    /// Whether there is a way to a device, and it is not known to be silent.
    pub(crate) fn is_reachable(&self, binding: &Binding) -> bool {
        binding.way().is_ok() && !self.reach.is_silent(&binding.key)
    }

    /// A binding has ended.
    pub(crate) fn unbind(&mut self, key: BindingKey) {
        self.forget_reach(&key);
        self.count_bindings(&key.user);
        self.lamp_unbound(&key);
        self.journal.write(Record::Unbound(key));
    }

    /// Ends the bindings whose time is over.
    pub(crate) fn expire_bindings(&mut self) {
        for key in self.registrar.expire(self.now.since_boot) {
            info!("phone {}: a binding expired", self.phone_name(&key.user));
            self.unbind(key);
        }
        self.watch_bindings();
    }

    /// The clock was set: it is written down anew when bindings end by it, so that the next start still knows them.
    pub(crate) fn date_bindings_anew(&mut self) {
        for binding in self.registrar.date_anew(self.now) {
            self.journal.write(Record::Bound(binding));
        }
        self.phones_changed = true;
        self.is_dirty = true;
    }

    /// Arms the timer for the next binding that ends.
    pub(crate) fn watch_bindings(&mut self) {
        if let Some(at) = self.registrar.next_expiry() {
            self.timers.set(Timer::Bindings, at);
        }
    }

    /// What was registered before the start is asked from now on, as what registers is.
    pub(crate) fn watch_all(&mut self) {
        for user in self.registrar.users() {
            let keys = self.registrar.bindings_of(&user).into_iter().map(|binding| binding.key);
            keys.for_each(|key| self.watch_reach(&key));
            self.count_bindings(&user);
        }
        self.registrar.forget_turns();
    }

    /// A connection closed: who has no other way to be reached registers again.
    pub(crate) fn flow_closed(&mut self, flow: FlowId) {
        for user in self.registrar.flow_closed(flow) {
            self.count_bindings(&user);
        }
        self.sip(|stack, now, wire| stack.flow_closed(now, flow, wire));
    }

    /// Counts anew which devices of a phone can be reached, and tells those who watch it.
    pub(crate) fn count_bindings(&mut self, user: &str) {
        let bindings = self.registrar.bindings_of(user);
        let is_turn = bindings.is_empty() == self.presence.is_registered(user);
        if is_turn && self.config.phone_by_user(user).is_some() {
            self.registrar.note_turn(user, self.now.wall);
        }
        let (reachable, silent): (Vec<_>, Vec<_>) = bindings.iter().partition(|binding| self.is_reachable(binding));
        self.presence.count_bindings(user, reachable.len(), silent.len());
        self.reach_changed(user);
        self.phones_changed = true;
        self.is_dirty = true;
    }
}
