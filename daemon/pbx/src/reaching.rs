//! Devices are asked whether they are still there, and what comes of it: see [`crate::reach`].

use std::net::SocketAddr;

use log::info;
use sip::event::Reply;
use sip::message::{NameAddr, Uri};
use sip::stack::Inquiry;

use crate::cx::Cx;
use crate::registrar::{Binding, BindingKey};
use crate::timers::Timer;

impl Cx {
    /// A device has registered, or was registered before the start: it is there, and is asked from now on.
    pub(crate) fn watch_reach(&mut self, key: &BindingKey) {
        self.reach.watch(key, self.now.since_boot, self.now.wall);
        self.heard_from(key);
        self.set_reach_timer();
    }

    /// A binding has ended: nobody asks its device any more.
    pub(crate) fn forget_reach(&mut self, key: &BindingKey) {
        self.reach.forget(key);
        self.set_reach_timer();
    }

    /// A phone has called from an address: whatever device of it is there is not silent.
    pub(crate) fn heard_calling(&mut self, user: &str, from: SocketAddr) {
        let is_there = |binding: &&Binding| binding.hop.remote == from;
        let bindings = self.registrar.bindings_of(user);
        bindings.iter().filter(is_there).for_each(|binding| self.heard_from(&binding.key));
    }

    /// Asks whose turn it is, and takes silence for what it is.
    pub(crate) fn tend_reach(&mut self) {
        while let Some((key, is_overdue)) = self.reach.due(self.now.since_boot) {
            if is_overdue { self.not_answered(&key) } else { self.ask_device(&key) }
        }
        self.set_reach_timer();
    }

    /// The reply to a question to a device; false where it is of no device.
    pub(crate) fn device_replied(&mut self, reply: &Reply) -> bool {
        let Some((key, since)) = self.reach.is_over(reply.inquiry) else { return false };
        let now = self.now.since_boot;
        if reply.is_answer {
            // A late one will do, and so will a refusal.
            self.heard_from(&key);
            if self.reach.answered(&key, since.map(|since| now.saturating_sub(since)), now) {
                (self.phones_changed, self.is_dirty) = (true, true);
            }
        } else if since.is_some() {
            // Nobody listens at its port.
            self.not_answered(&key);
        }
        self.set_reach_timer();
        true
    }

    fn ask_device(&mut self, key: &BindingKey) {
        let way = self.registrar.get(key).and_then(|binding| binding.way().ok());
        // Whose connection is closed registers again; and in a flood, silence would say nothing about the phone.
        let Some((uri, hop)) = way.filter(|_| !self.stack.is_busy()) else {
            return self.reach.asks_later(key, self.now.since_boot);
        };
        let (own, to) = (NameAddr::new(Uri::sip_at(None, hop.local)), NameAddr::new(uri.clone()));
        let user = key.user.clone();
        let inquiry = Inquiry { user, uri, from: own, to, contact: None, routes: Vec::new(), hop };
        let id = self.sip(|stack, now, wire| stack.inquire(now, inquiry, wire));
        self.reach.asks(key, id, self.now.since_boot);
    }

    fn not_answered(&mut self, key: &BindingKey) {
        if self.reach.not_answered(key, self.now.since_boot, self.now.wall) {
            info!("phone {}: does not answer any more", self.phone_name(&key.user));
            self.count_bindings(&key.user);
        }
    }

    fn heard_from(&mut self, key: &BindingKey) {
        if self.reach.heard(key, self.now.since_boot, self.now.wall) {
            info!("phone {}: is there again", self.phone_name(&key.user));
            self.count_bindings(&key.user);
        }
    }

    fn set_reach_timer(&mut self) {
        match self.reach.next_due() {
            Some(due) => self.timers.set(Timer::Reach, due),
            None => self.timers.cancel(Timer::Reach),
        }
    }
}
