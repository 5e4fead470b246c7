//! Responses that come in: whose they are, and what they mean.

use std::time::Duration;

use super::table::Purpose;
use super::{Stack, build};
use crate::event::{DialogId, Event, Redirection, TransactionId};
use crate::message::{Response, Text};
use crate::transaction::Report;
use crate::transaction::key::ClientKey;
use crate::transport::{Hop, Transmit};

impl Stack {
    pub(super) fn take_response(&mut self, now: Duration, response: Response, hop: Hop, out: &mut Vec<Transmit>) {
        let Some(id) = self.find_client(&response, &hop) else {
            self.counters.stray += 1;
            return;
        };
        self.learn_flow(id, hop);
        let Some(entry) = self.clients.get_mut(&id) else { return };
        let purpose = entry.purpose;
        let request = entry.request.clone();
        let ack = || build::ack_of_failure(&request, &response);
        let report = self.drive_client(id, |machine| machine.responded(now, response.status, ack), out);
        if report != Some(Report::Deliver) {
            return;
        }
        if matches!(response.status, 401 | 407) && self.answer_challenge(now, id, &response, out) {
            return;
        }
        if response.status == 422 && self.ask_longer(now, id, &response, out) {
            return;
        }
        if let (Purpose::Identity(dialog) | Purpose::Refresh(dialog), 200..300) = (purpose, response.status) {
            self.session_granted(now, dialog, &response.headers);
        }
        match purpose {
            Purpose::Call(_) => self.call_responded(now, id, &response, out),
            Purpose::Offer(_) => self.offer_responded(now, id, &response, out),
            _ if response.status < 200 => {}
            Purpose::Inquiry(inquiry) => self.inquiry_done(inquiry, response.status, Some((&response, &hop))),
            _ => self.request_done(now, purpose, response.status, out),
        }
    }

    /// The transaction of a response that is for us alone (§8.1.3.3, §17.1.3), and comes from the address that the
    /// request went to.
    fn find_client(&self, response: &Response, hop: &Hop) -> Option<TransactionId> {
        let vias = response.headers.vias().ok().filter(|vias| vias.len() == 1)?;
        let branch = vias.first()?.branch()?.clone();
        let method = response.headers.cseq().ok()?.method;
        let id = *self.client_keys.get(&ClientKey { branch, method })?;
        let is_from = |own: &Hop| own.remote.ip() == hop.remote.ip() && hop.may_be_of(own.proof);
        self.clients.get(&id).filter(|entry| is_from(&entry.hop)).map(|_| id)
    }

    /// A connection that the shell opened for us has a number only now. All that waits for the same peer went over it.
    fn learn_flow(&mut self, id: TransactionId, hop: Hop) {
        let waits = |own: &Hop| {
            own.flow.is_none()
                && own.transport.is_reliable()
                && hop.transport == own.transport
                && hop.proof == own.proof
                && own.remote.ip() == hop.remote.ip()
        };
        let Some(remote) = self.clients.get(&id).map(|entry| entry.hop).filter(waits).map(|own| own.remote) else {
            return;
        };
        for entry in self.clients.values_mut().filter(|entry| waits(&entry.hop) && entry.hop.remote == remote) {
            entry.hop.flow = hop.flow;
            let sides = match entry.purpose {
                Purpose::Notify(id) => self.subscriptions.get_mut(&id).map(|subscription| {
                    let shared = subscription.within.and_then(|dialog| self.dialogs.get_mut(&dialog));
                    shared.map_or(&mut subscription.sides, |dialog| &mut dialog.sides)
                }),
                other => other.dialog().and_then(|id| self.dialogs.get_mut(&id)).map(|dialog| &mut dialog.sides),
            };
            if let Some(sides) = sides.filter(|sides| waits(&sides.hop)) {
                sides.hop.flow = hop.flow;
            }
        }
    }

    /// A client transaction ended without a final response: as if this status had come (§8.1.3.1).
    pub(super) fn client_failed(&mut self, now: Duration, purpose: Purpose, status: u16, out: &mut Vec<Transmit>) {
        match purpose {
            Purpose::Call(dialog) => self.call_failed(dialog, status, None, Redirection::default()),
            Purpose::Offer(dialog) => self.offer_failed(now, dialog, status, out),
            Purpose::Inquiry(inquiry) => self.inquiry_done(inquiry, status, None),
            _ => self.request_done(now, purpose, status, out),
        }
    }

    /// The end of a request that is not an INVITE.
    fn request_done(&mut self, now: Duration, purpose: Purpose, status: u16, out: &mut Vec<Transmit>) {
        let is_heard = |dialog: &DialogId| self.dialogs.get(dialog).is_some_and(|dialog| !dialog.is_forgotten);
        match purpose {
            Purpose::Probe(dialog) if is_heard(&dialog) => {
                let is_alive = !matches!(status, 408 | 481 | 503);
                self.events.push_back(Event::Probed { dialog, is_alive });
            }
            // The peer knows nothing of the dialog (§12.2.1.2). Some phones never answer an INFO; that is no reason to
            // end a call.
            Purpose::Info(dialog) if status == 481 && is_heard(&dialog) => self.lose_dialog(now, dialog, out),
            Purpose::Identity(dialog) => self.identity_answered(now, dialog, status, out),
            Purpose::Refresh(dialog) => self.refresh_answered(now, dialog, status, out),
            Purpose::Notify(subscription) => self.notify_done(now, subscription, status, out),
            Purpose::Unsolicited(notify) => self.events.push_back(Event::Notified { notify, status }),
            Purpose::Probe(_) | Purpose::Info(_) | Purpose::Prack(_) | Purpose::Farewell(_) => {}
            Purpose::Call(_) | Purpose::Offer(_) | Purpose::Inquiry(_) => {}
        }
    }

    /// Sends the ACK of this 2xx again, where there is one; `None` when its tag is new.
    pub(super) fn acknowledge_again(&self, id: TransactionId, tag: &Text, out: &mut Vec<Transmit>) -> Option<()> {
        let entry = self.clients.get(&id)?;
        let (_, ack) = entry.answered.iter().find(|(answered, _)| answered == tag)?;
        if let Some(bytes) = ack.clone() {
            let hop = entry
                .purpose
                .dialog()
                .and_then(|id| self.dialogs.get(&id))
                .map_or(entry.hop, |dialog| dialog.sides.hop);
            out.push(Transmit { hop, bytes });
        }
        Some(())
    }
}
