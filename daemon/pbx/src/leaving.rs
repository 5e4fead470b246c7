//! The verbs of leaving: whoever we were registered with hears that we are not any more (RFC 3261 §10.2.2), when a trunk is
//! switched off, removed or set up otherwise, and when the box goes. Calls that are up stay.

use std::collections::BTreeSet;

use config::{Config, Trunk};
use log::info;
use sip::event::InquiryId;
use sip::stack::Inquiry;

use crate::cx::Cx;
use crate::trunks::{DEPARTURES_LIMIT, Departure, Health, LEAVES_WITHIN, user_of};

impl Cx {
    /// The last REGISTERs of trunks that are gone, to where they are registered. Asked while their lines are still there.
    pub(crate) fn places_to_leave(&self, old: &Config, is_gone: impl Fn(&str) -> bool) -> Vec<(Trunk, Inquiry)> {
        let now = self.now.since_boot;
        let is_registered = |name: &str| {
            let own = self.trunks.lines.get(name).and_then(|line| line.registration.as_ref());
            own.is_some_and(|own| own.asked.is_some() || own.until.is_some_and(|until| until > now))
        };
        let left = old.trunks().iter().filter(|trunk| is_gone(&trunk.name) && is_registered(&trunk.name));
        left.filter_map(|trunk| Some((trunk.clone(), self.register_at(trunk, 0)?))).collect()
    }

    /// Leaves these places; a trunk that is registered elsewhere from now on waits for that, for a while.
    pub(crate) fn leave_places(&mut self, places: Vec<(Trunk, Inquiry)>) {
        let mut left = Vec::new();
        for (trunk, mut inquiry) in places {
            self.trunks.departed += 1;
            inquiry.user = format!("{}~{}", user_of(&trunk.name), self.trunks.departed);
            info!("trunk {}: leaves {}", trunk.name, inquiry.hop.remote);
            if self.trunks.departures.len() >= DEPARTURES_LIMIT {
                self.trunks.departures.pop_front();
            }
            let user = inquiry.user.clone();
            self.trunks.departures.push_back(Departure { user, trunk, inquiry: None });
            left.push(inquiry);
        }
        self.tell_peers();
        for inquiry in left {
            let user = inquiry.user.clone();
            let id = self.sip(|stack, now, wire| stack.inquire(now, inquiry, wire));
            let Some(departure) = self.trunks.departures.iter_mut().find(|one| one.user == user) else { continue };
            departure.inquiry = Some(id);
            let line = self.trunks.lines.get_mut(&departure.trunk.name);
            if let Some(own) = line.and_then(|line| line.registration.as_mut()) {
                own.next_at = self.now.since_boot + LEAVES_WITHIN;
            }
        }
    }

    /// Whether this was the answer of a place that is left, or its silence: then its trunk registers where it is now.
    pub(crate) fn has_left(&mut self, inquiry: InquiryId) -> bool {
        let all = &mut self.trunks.departures;
        let Some(at) = all.iter().position(|one| one.inquiry == Some(inquiry)) else { return false };
        let Some(departure) = all.remove(at) else { return false };
        let name = departure.trunk.name;
        let is_last = !all.iter().any(|one| one.trunk.name == name);
        let line = self.trunks.lines.get_mut(&name).filter(|_| is_last);
        let waiting = line.and_then(|line| line.registration.as_mut()).filter(|own| own.asked.is_none());
        let now = self.now.since_boot;
        if let Some(own) = waiting.filter(|own| own.failures == 0 && own.next_at <= now + LEAVES_WITHIN) {
            own.next_at = now;
        }
        self.tell_peers();
        true
    }

    /// The box goes: carriers need not send it calls any more (RFC 3261 §10.2.2). Answers are not waited for longer than
    /// those of phones to our BYE.
    pub(crate) fn leave_trunks(&mut self) {
        if self.trunks.signing_off.is_some() {
            return;
        }
        let mut signing_off = BTreeSet::new();
        let (config, now) = (self.config.clone(), self.now.since_boot);
        for trunk in config.trunks() {
            let Some(line) = self.trunks.lines.get(&trunk.name) else { continue };
            let is_registered =
                line.registration.as_ref().is_some_and(|own| own.until.is_some_and(|until| until > now));
            if !is_registered || line.health == Health::Down {
                continue;
            }
            if let Some(inquiry) = self.register_at(trunk, 0) {
                info!("trunk {}: signs off", trunk.name);
                signing_off.insert(self.sip(|stack, now, wire| stack.inquire(now, inquiry, wire)));
            }
        }
        self.trunks.signing_off = Some(signing_off);
    }
}
