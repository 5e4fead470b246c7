//! The engine as it is shown: its phones, calls, trunks and sums at one moment.

use std::sync::Arc;

use super::Engine;
use crate::call::Call;
use crate::cx::Cx;
use crate::ids::CallId;
use crate::registrar::Binding;
use crate::status::{BindingStatus, CallStatus, PhoneStatus, Status};

impl Engine {
    /// What is so now; phones are looked at anew only when they changed.
    pub(super) fn status(&mut self) -> Status {
        if std::mem::take(&mut self.cx.phones_changed) {
            let mut phones: Vec<_> = self.cx.config.phones().map(|phone| phone_status(&self.cx, phone)).collect();
            phones.sort_by(|a, b| a.name.cmp(&b.name));
            self.phones = Arc::new(phones);
        }
        let attempts = self.cx.attempts();
        let flood = self.cx.flood();
        let cx = &self.cx;
        let stack = cx.stack.counters();
        let mut counters = cx.counters;
        counters.refused += stack.refused;
        counters.malformed += stack.malformed;
        counters.over_limit += stack.limited;
        let call = |(id, call): (&CallId, &Call)| CallStatus {
            id: *id,
            from: call.from().to_owned(),
            to: call.to().to_owned(),
            state: call.state_word().to_owned(),
            rings_at: call.ringing_at(),
            slot: call.slot(),
            is_placed: call.is_placed(),
            since: cx.wall_at(cx.index.started(*id).unwrap_or(cx.now.since_boot)),
            parties: call.parties().map(|leg| leg.status(|at| cx.wall_at(at))).collect(),
        };
        Status {
            revision: cx.config.revision(),
            phones: self.phones.clone(),
            calls: self.calls.iter().map(call).chain(self.test_statuses()).chain(self.placing_statuses()).collect(),
            trunks: cx.trunk_statuses(),
            places: Arc::clone(&cx.trunks.places),
            attempts,
            flood,
            tolls: cx.tolls.statuses(cx.now.since_boot),
            is_off_network: cx.was_off_network(),
            wishes: cx.wish_statuses(),
            alerts: cx.alerts.clone(),
            counters,
        }
    }
}

fn phone_status(cx: &Cx, phone: &config::Phone) -> PhoneStatus {
    let binding = |binding: Binding| BindingStatus {
        reachable: cx.is_reachable(&binding),
        since: cx.reach.of(&binding.key).map(|reached| reached.since),
        round_trip_ms: cx.reach.of(&binding.key).and_then(|reached| reached.round_trip_ms()),
        contact: binding.contact,
        source: binding.hop.remote.to_string(),
        transport: binding.hop.transport.as_str().to_owned(),
        user_agent: binding.user_agent,
        expires_at: binding.expires_at,
    };
    PhoneStatus {
        name: phone.name.clone(),
        extension: phone.extension.to_string(),
        since: cx.registrar.turned_at(&phone.user),
        bindings: cx.registrar.bindings_of(&phone.user).into_iter().map(binding).collect(),
    }
}
