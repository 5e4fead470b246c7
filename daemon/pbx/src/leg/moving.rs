//! A leg whose party knows an address of ours that is none of ours any more.

use std::net::SocketAddr;

use log::info;
use sip::event::Body;
use sip::sdp::Direction;

use super::{Leg, Phase};
use crate::cx::Cx;
use crate::events::Happened;
use crate::trunks::trunk_of;

impl Leg {
    /// Our address is another, or others see us at another: a party that was told the old one is told the new one, at once or
    /// as soon as it is answered. Who was told in vain, because its connection was gone too, is told again.
    pub fn moves(&mut self, cx: &mut Cx) {
        let new = self.moves_to(cx);
        match new {
            Some(local) => self.hop.local = local,
            // There is no address to move to yet.
            None if self.has_lost_its_end(cx) => return,
            None => {}
        }
        let port = self.negotiation.local().port();
        let named = cx.heard_at(&self.user, cx.ports.named(self.hop.local.ip(), port));
        if new.is_some() || named != self.negotiation.local() {
            self.negotiation.set_local(named);
            // Who has heard nothing of us yet hears of the new one only.
            self.is_moving = self.phase != (Phase::Asking { has_offered: true, early_answer: None });
        }
        if self.is_moving {
            let config = cx.config.clone();
            if let Some(trunk) = trunk_of(&self.user).and_then(|name| config.trunk(name)) {
                let contact_at = cx.seen_as(trunk);
                cx.sip(|stack, _, _| stack.set_contact_at(self.dialog, contact_at));
            }
            self.tell_new_address(cx);
        }
    }

    /// Whether our end of the way to the party is gone.
    pub fn has_lost_its_end(&self, cx: &Cx) -> bool {
        !cx.here.has(self.hop.local.ip())
    }

    /// Where our end of it is to be then; `None` while it is there, or nothing takes its place yet.
    pub fn moves_to(&self, cx: &Cx) -> Option<SocketAddr> {
        cx.here.instead_of(self.hop.local, self.hop.remote)
    }

    /// Our end of the way to the party.
    pub fn end(&self) -> SocketAddr {
        self.hop.local
    }

    /// The party's.
    pub fn far_end(&self) -> SocketAddr {
        self.hop.remote
    }

    /// Offers the session as it is, from where it is now (RFC 3261 §14.1), to a party that is up and was not told yet.
    pub(super) fn tell_new_address(&mut self, cx: &mut Cx) {
        if self.is_moving && self.phase == Phase::Up {
            info!("{} {}: is told that the box is at {} now", self.call, self.id, self.hop.local.ip());
            let body = Body::sdp(self.negotiation.offer(Direction::SendRecv));
            cx.sip(|stack, now, wire| stack.reoffer(now, self.dialog, Some(body), wire));
        }
    }

    /// The party has taken what was offered.
    pub(super) fn has_moved(&mut self, cx: &mut Cx) {
        if std::mem::take(&mut self.is_moving) {
            cx.log(self.call, Happened::Moved { leg: self.id, to: self.negotiation.local().ip().to_string() });
        }
    }
}
