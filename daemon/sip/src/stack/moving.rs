//! Our own address has changed: what goes on, goes on from the new one.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use super::Stack;
use crate::event::{DialogId, SubscriptionId};
use crate::subscription::State;
use crate::transport::{FlowId, Hop, Transmit};

impl Stack {
    /// Moves our end of every way for which `instead_of` names another. A connection ends with the address that it was made
    /// from. Requests that wait for an answer are sent again from the new address; watchers are told there what they know
    /// already, so that they refresh their subscriptions where we are (RFC 6665 §4.4.1). Calls are the owner's to tell.
    pub fn move_ways(
        &mut self,
        now: Duration,
        instead_of: impl Fn(&Hop) -> Option<SocketAddr>,
        out: &mut Vec<Transmit>,
    ) {
        let of_calls = self.dialogs.values().map(|dialog| &dialog.sides.hop);
        let of_subscriptions = self.subscriptions.values().map(|subscription| &subscription.sides.hop);
        let of_requests = self.clients.values().map(|entry| &entry.hop);
        let of_responses = self.servers.values().map(|entry| &entry.hop);
        let all = of_calls.chain(of_subscriptions).chain(of_requests).chain(of_responses);
        let lost: BTreeSet<FlowId> = all.filter(|hop| instead_of(hop).is_some()).filter_map(|hop| hop.flow).collect();
        lost.into_iter().for_each(|flow| self.lose_flow(now, flow, out));
        let moves = |hop: &mut Hop| match instead_of(hop) {
            Some(local) => {
                hop.local = local;
                true
            }
            None => false,
        };
        let of_calls = self.dialogs.values_mut().map(|dialog| &mut dialog.sides.hop);
        let of_requests = self.clients.values_mut().map(|entry| &mut entry.hop);
        let of_responses = self.servers.values_mut().map(|entry| &mut entry.hop);
        for hop in of_calls.chain(of_requests).chain(of_responses) {
            moves(hop);
        }
        let mut told: Vec<SubscriptionId> = Vec::new();
        for (id, subscription) in &mut self.subscriptions {
            let has_moved = moves(&mut subscription.sides.hop);
            if has_moved && subscription.within.is_none() && matches!(subscription.state, State::Active { .. }) {
                told.push(*id);
            }
        }
        told.into_iter().for_each(|id| self.tell(now, id, out));
    }

    /// From here on our Contact in this dialog names this address, where it is not our end of the way.
    pub fn set_contact_at(&mut self, dialog: DialogId, contact_at: Option<SocketAddr>) {
        if let Some(dialog) = self.dialogs.get_mut(&dialog) {
            dialog.sides.contact_at = contact_at;
        }
    }
}
