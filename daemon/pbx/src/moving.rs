//! The verbs of a box whose own address changes: a DHCP server that gives another one, a cable that comes late, a second way
//! out. Phones, watchers, trunks and calls go on by the new address; whoever is reached by one that is still there notices
//! nothing.

use std::net::SocketAddr;
use std::time::Duration;

use config::Trunk;
use log::info;
use sip::stack::Inquiry;
use sip::transport::Hop;

use crate::addresses::Addresses;
use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::input::Input;
use crate::registrar::BindingKey;
use crate::timers::Timer;

/// How long the box may be without an address before people are told: a DHCP server takes its time, and a switch that starts
/// anew takes longer.
pub const OFF_NETWORK_AFTER: Duration = Duration::from_secs(20);

/// How long after our address changed phones that register may still know the old one in a call: over a connection they come
/// back when they notice that theirs is dead.
const COME_BACK_WITHIN: Duration = Duration::from_secs(120);

impl Cx {
    /// The machine has other addresses now, or is asked for the first time.
    pub(crate) fn addresses_became(&mut self, addresses: Addresses) {
        let is_first = !self.here.is_known();
        if !self.here.becomes(addresses) {
            return;
        }
        self.look_for_network();
        let here = self.here.clone();
        let instead_of = |hop: &Hop| here.instead_of(hop.local, hop.remote);
        let moved = self.registrar.move_ways(instead_of);
        for (key, _) in &moved {
            self.count_bindings(&key.user);
        }
        self.tell_of_new_address(&moved);
        for watch in self.lamps.watches.values_mut() {
            watch.local = here.instead_of(watch.local, watch.remote).unwrap_or(watch.local);
        }
        for watch in self.busy.watches.values_mut() {
            watch.local = here.instead_of(watch.local, watch.local).unwrap_or(watch.local);
        }
        let watched: Vec<String> = self.busy.watched.keys().cloned().collect();
        watched.iter().for_each(|extension| self.busy.changed(extension));
        self.sip(|stack, now, wire| stack.move_ways(now, instead_of, wire));
        self.trunks_move();
        if is_first {
            return;
        }
        self.has_moved = true;
        self.moving_until = self.now.since_boot + COME_BACK_WITHIN;
    }

    /// Phones that know the box by its number do not find it any more: somebody must tell them.
    fn tell_of_new_address(&mut self, moved: &[(BindingKey, SocketAddr)]) {
        let Some((key, was)) = moved.first() else { return };
        let Some(is) = self.registrar.get(key).map(|binding| binding.hop.local.ip()) else { return };
        info!("{} phones are reached from another address of the box now", moved.len());
        self.alert(Alarm::NewAddress { was: was.ip().to_string(), is: is.to_string() });
    }

    /// A message that came in by a socket which is open on every address came by the one that its sender reaches us by.
    pub(crate) fn located(&self, input: Input) -> Input {
        match input {
            Input::Datagram(mut packet) => {
                packet.hop.local = self.here.named(packet.hop.local, packet.hop.remote);
                Input::Datagram(packet)
            }
            other => other,
        }
    }

    /// A phone has registered: should it be in a call that knows an old address of ours, it is told the new one.
    pub(crate) fn registered_after_move(&mut self) {
        self.has_moved |= self.now.since_boot < self.moving_until;
    }

    /// Whether the box can be reached at all; people are told of it when that is not so for a while.
    fn look_for_network(&mut self) {
        let now = self.now.since_boot;
        if self.here.is_reachable() {
            self.timers.cancel(Timer::OffNetwork);
            if self.off_network_since.take().is_some() {
                info!("the box is on a network again");
            }
        } else if self.off_network_since.is_none() {
            self.off_network_since = Some(now);
            self.timers.set(Timer::OffNetwork, now + OFF_NETWORK_AFTER);
        }
        self.is_dirty = true;
    }

    /// Whether nobody can reach the box, and has not for so long that people were told.
    pub(crate) fn was_off_network(&self) -> bool {
        self.off_network_since.is_some_and(|since| since + OFF_NETWORK_AFTER <= self.now.since_boot)
    }

    /// Nobody could reach the box for a while.
    pub(crate) fn is_off_network(&mut self) {
        if self.off_network_since.is_some() {
            self.alert(Alarm::OffNetwork);
        }
    }

    /// Trunks that were registered with from elsewhere hear that nobody is there any more (RFC 3261 §10.2.2), and where we are;
    /// those that wait for a way out need wait no longer.
    fn trunks_move(&mut self) {
        let (config, now) = (self.config.clone(), self.now.since_boot);
        let mut left = Vec::new();
        for trunk in config.trunks() {
            let Some(line) = self.trunks.lines.get(&trunk.name) else { continue };
            let local = line.addresses.first().and_then(|address| self.here.towards(*address));
            let own = line.registration.as_ref();
            let registered = own.filter(|own| own.until.is_some() || own.asked.is_some()).and_then(|own| own.from);
            let is_elsewhere =
                local.is_some() && own.is_some_and(|own| own.from.is_none_or(|from| Some(from.way) != local));
            if let Some(from) = registered.filter(|_| is_elsewhere) {
                left.extend(self.leaves_contact(trunk, from.contact).map(|inquiry| (trunk.clone(), inquiry)));
            }
            let Some(line) = self.trunks.lines.get_mut(&trunk.name) else { continue };
            line.resolve_at = now;
            if local.is_some() {
                line.ask_at = line.ask_at.map(|_| now);
            }
            if let Some(own) = line.registration.as_mut().filter(|own| is_elsewhere && own.asked.is_none()) {
                (own.next_at, own.failures) = (now, 0);
            }
        }
        self.leave_places(left);
        self.tell_peers();
        self.timers.set(Timer::Trunks, now);
    }

    /// The last REGISTER of a Contact that named another address of ours; `None` where that is still what we register.
    fn leaves_contact(&self, trunk: &Trunk, contact: SocketAddr) -> Option<Inquiry> {
        let inquiry = self.register_at(trunk, 0)?;
        let gone = self.contact_at(trunk, contact);
        let is_other = inquiry.contact.as_ref().is_some_and(|(own, _)| own.uri != gone.uri);
        is_other.then_some(Inquiry { contact: Some((gone, 0)), ..inquiry })
    }
}
