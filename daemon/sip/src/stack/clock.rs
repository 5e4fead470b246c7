//! What happens when a deadline passes, or a connection is lost.

use std::time::Duration;

use super::Stack;
use super::deadlines::Wake;
use super::refusal::Refusal;
use super::table::ServerPurpose;
use crate::dialog::{Exchange, State};
use crate::event::{DialogId, Event, TransactionId};
use crate::transaction::Report;
use crate::transaction::timers::T2;
use crate::transport::{FlowId, Hop, Transmit};

impl Stack {
    /// Fires the first deadline that is due; false when there is none.
    pub(super) fn fire_one(&mut self, now: Duration, out: &mut Vec<Transmit>) -> bool {
        match self.deadlines.first() {
            Some(&(at, wake)) if at <= now => {
                // Before anything else: should firing it go wrong, it is not fired for ever.
                self.deadlines.pop_first();
                self.note_fired(wake);
                match wake {
                    Wake::Server(id) => self.fire_server(now, id, out),
                    Wake::Client(id) => self.fire_client(now, id, out),
                    Wake::Dialog(id) => self.fire_dialog(now, id, out),
                    Wake::Subscription(id) => self.fire_subscription(now, id, out),
                }
                true
            }
            _ => false,
        }
    }

    /// The deadline that an entry is kept under is gone.
    fn note_fired(&mut self, wake: Wake) {
        let kept = match wake {
            Wake::Server(id) => self.servers.get_mut(&id).map(|entry| &mut entry.wake),
            Wake::Client(id) => self.clients.get_mut(&id).map(|entry| &mut entry.wake),
            Wake::Dialog(id) => self.dialogs.get_mut(&id).map(|dialog| &mut dialog.wake),
            Wake::Subscription(id) => self.subscriptions.get_mut(&id).map(|subscription| &mut subscription.wake),
        };
        if let Some(kept) = kept {
            *kept = None;
        }
    }

    fn fire_server(&mut self, now: Duration, id: TransactionId, out: &mut Vec<Transmit>) {
        let Some(purpose) = self.servers.get(&id).map(|entry| entry.purpose) else { return };
        if self.drive_server(id, |machine| machine.clock(now), out) != Some(Report::TimedOut) {
            return;
        }
        let is_open = self.servers.get(&id).is_some_and(|entry| entry.machine.is_open());
        match purpose {
            // The owner has forgotten the call.
            ServerPurpose::Call(dialog) if is_open => {
                self.respond_in(now, id, &Refusal::new(480), out);
                self.forget_dialog(dialog);
                self.events.push_back(Event::Lost { dialog });
            }
            ServerPurpose::Offer(dialog) => {
                if is_open {
                    self.respond_in(now, id, &Refusal::new(500), out);
                }
                self.early_offer_over(now, (dialog, id), out);
                let waits = |exchange: &Exchange| matches!(exchange, Exchange::Received { transaction, .. } if *transaction == id);
                if self.exchange(dialog).is_some_and(|(_, exchange)| waits(exchange)) {
                    self.exchange_over(now, dialog, out);
                }
            }
            // The owner has forgotten it; its sender has given up.
            ServerPurpose::Subscription(subscription) => self.drop_asked(subscription),
            // No ACK for a failure, or no answer of the owner to a request whose sender has given up.
            ServerPurpose::Call(_) | ServerPurpose::Owner | ServerPurpose::Done => {}
        }
    }

    fn fire_client(&mut self, now: Duration, id: TransactionId, out: &mut Vec<Transmit>) {
        let Some(purpose) = self.clients.get(&id).map(|entry| entry.purpose) else { return };
        if self.drive_client(id, |machine| machine.clock(now), out) == Some(Report::TimedOut) {
            self.client_failed(now, purpose, 408, out);
        }
    }

    fn fire_dialog(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        if matches!(dialog.state, State::Invited { .. }) {
            return self.fire_reliable(now, id, out);
        }
        if dialog.timer.deadline().is_some_and(|at| at <= now) {
            self.fire_session(now, id, out);
        }
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let State::Established { exchange, .. } = &mut dialog.state else { return };
        match exchange {
            Exchange::Glare { at } if *at <= now => self.exchange_over(now, id, out),
            Exchange::Unacknowledged { until, .. } if *until <= now => {
                self.acknowledge_with(id, None, out);
                self.lose_dialog(now, id, out);
            }
            Exchange::Accepting { give_up_at, .. } if *give_up_at <= now => self.lose_dialog(now, id, out),
            Exchange::Accepting { answer, hop, resend, .. } if resend.is_due(now) => {
                resend.double(now, T2);
                out.push(Transmit { hop: *hop, bytes: answer.clone() });
                self.touch(id);
            }
            _ => self.touch(id),
        }
    }

    pub(super) fn lose_flow(&mut self, now: Duration, flow: FlowId, out: &mut Vec<Transmit>) {
        self.dialogs.values_mut().for_each(|dialog| dialog.sides.lose_flow(flow));
        self.subscriptions.values_mut().for_each(|subscription| subscription.sides.lose_flow(flow));
        let servers: Vec<_> = self.servers.iter().filter(|(_, entry)| entry.hop.flow == Some(flow)).collect();
        let servers: Vec<_> = servers.into_iter().map(|(id, entry)| (*id, entry.purpose)).collect();
        for (id, purpose) in servers {
            if self.drive_server(id, |machine| machine.transport_lost(now), out) == Some(Report::TransportLost) {
                match purpose {
                    ServerPurpose::Call(dialog) => {
                        self.forget_dialog(dialog);
                        self.events.push_back(Event::Lost { dialog });
                    }
                    ServerPurpose::Offer(dialog) => {
                        self.early_offer_over(now, (dialog, id), out);
                        self.exchange_over(now, dialog, out);
                    }
                    ServerPurpose::Subscription(subscription) => self.drop_asked(subscription),
                    ServerPurpose::Owner | ServerPurpose::Done => {}
                }
            }
        }
        self.fail_clients(now, |hop| hop.flow == Some(flow), out);
    }

    /// Fails our requests that took this way.
    pub(super) fn fail_clients(&mut self, now: Duration, is_lost: impl Fn(&Hop) -> bool, out: &mut Vec<Transmit>) {
        let clients: Vec<_> = self.clients.iter().filter(|(_, entry)| is_lost(&entry.hop)).collect();
        let clients: Vec<_> = clients.into_iter().map(|(id, entry)| (*id, entry.purpose)).collect();
        for (id, purpose) in clients {
            if self.drive_client(id, |machine| machine.transport_lost(now), out) == Some(Report::TransportLost) {
                self.client_failed(now, purpose, 503, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::SubscriptionId;
    use crate::stack::Identity;

    #[test]
    fn a_deadline_of_nobody_fires_once() {
        let identity = Identity { realm: String::new(), user_agent: String::new(), nonce_key: [0; 32], seed: [0; 32] };
        let mut stack = Stack::new(identity);
        let transaction = TransactionId(7);
        let others = [Wake::Dialog(DialogId(7)), Wake::Subscription(SubscriptionId(7))];
        for wake in [Wake::Server(transaction), Wake::Client(transaction)].into_iter().chain(others) {
            stack.deadlines.insert((Duration::ZERO, wake));
            assert!(stack.fire_one(Duration::ZERO, &mut Vec::new()));
            assert!(stack.deadlines.is_empty(), "{wake:?}");
        }
    }
}
