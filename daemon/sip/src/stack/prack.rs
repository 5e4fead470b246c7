//! Provisional responses that must arrive, both ways (RFC 3262): ours are numbered and repeated until their PRACK, theirs
//! are confirmed by a PRACK of ours, within each early dialog. A PRACK, or an UPDATE after the first (RFC 3311), may offer
//! another session before the call is answered; that is the owner's to answer like any other.

use std::time::Duration;

use rand_chacha::rand_core::Rng as _;

use super::arrived::{Arrived, DIALOG_HEADERS, contact_of};
use super::refusal::Refusal;
use super::table::{Purpose, ServerPurpose};
use super::{Stack, build};
use crate::dialog::State;
use crate::event::{Body, DialogId, Event, TransactionId};
use crate::message::{HeaderName, Method, Response, Text};
use crate::reliable::{MAX_WAITING, OPTION, Wish};
use crate::transport::Transmit;

impl Stack {
    /// Sends 101 to 199 so that it arrives; false where it goes out like any other.
    pub(super) fn ring_reliably(
        &mut self,
        now: Duration,
        id: DialogId,
        (status, body): (u16, Option<&Body>),
        out: &mut Vec<Transmit>,
    ) -> bool {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return false };
        let State::Invited { transaction, has_offer } = dialog.state else { return false };
        if !dialog.reliable.takes(body.is_some()) {
            return false;
        }
        if !has_offer && body.is_none() {
            // The first one would have to carry our offer (§5); without one the caller waits for the answer in silence.
            return dialog.reliable.wish == Wish::Required;
        }
        if dialog.reliable.is_waiting() {
            if dialog.reliable.waiting.len() < MAX_WAITING {
                dialog.reliable.waiting.push((status, body.cloned()));
            }
            return true;
        }
        let rseq = dialog.reliable.next_rseq(self.random.next_u32());
        let Some(dialog) = self.dialogs.get(&id) else { return true };
        let numbered = [(HeaderName::Require, OPTION.to_owned()), (HeaderName::RSeq, rseq.to_string())];
        let bytes = self.dialog_response_with(transaction, dialog, status, &numbered, body);
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            dialog.reliable.sent(now, bytes.clone(), body.is_some());
        }
        self.drive_server(transaction, |machine| machine.respond(now, status, bytes), out);
        self.touch(id);
        true
    }

    /// The caller confirms one of ours.
    pub(super) fn take_prack(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let Ok(Some(rack)) = arrived.request.headers.rack() else {
            return self.respond_once(now, arrived, &Refusal::new(400), out);
        };
        let is_of_invite = rack.cseq.method == Method::Invite && rack.cseq.number == dialog.reliable.cseq;
        let before = dialog.reliable.is_waiting();
        if !is_of_invite || !dialog.reliable.confirmed(&rack) {
            return self.respond_once(now, arrived, &Refusal::new(481), out);
        }
        let is_new = before && matches!(dialog.state, State::Invited { .. });
        match (arrived.request.body.is_empty(), is_new) {
            (true, _) => self.respond_once(now, arrived, &Refusal::new(200), out),
            (false, true) => return self.offered_early(now, id, arrived, out),
            (false, false) => self.respond_once(now, arrived, &Refusal::new(488), out),
        }
        self.go_on_ringing(now, id, out);
    }

    /// An offer before the answer, in a PRACK or UPDATE of the caller or an UPDATE of the callee.
    pub(super) fn offered_early(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        let (offer, branch) = (arrived.body(), arrived.peer_tag().detached());
        let transaction = self.start_server(now, arrived, ServerPurpose::Offer(id), out);
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            dialog.reliable.offered = Some(transaction);
        }
        self.touch(id);
        self.events.push_back(Event::Reoffered { dialog: id, branch, offer });
    }

    /// Takes the transaction of an offer before the answer to the call, which is answered now.
    pub(super) fn take_early_offer(&mut self, id: DialogId) -> Option<TransactionId> {
        self.dialogs.get_mut(&id)?.reliable.offered.take()
    }

    /// The owner takes it.
    pub(super) fn accept_early_offer(
        &mut self,
        now: Duration,
        (id, transaction): (DialogId, TransactionId),
        body: &Body,
        out: &mut Vec<Transmit>,
    ) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        let bytes = self.dialog_response(transaction, dialog, 200, Some(body));
        self.drive_server(transaction, |machine| machine.respond(now, 200, bytes), out);
        self.go_on_ringing(now, id, out);
    }

    /// Its sender has given up, before the owner said anything.
    pub(super) fn early_offer_over(
        &mut self,
        now: Duration,
        (id, transaction): (DialogId, TransactionId),
        out: &mut Vec<Transmit>,
    ) {
        if let Some(dialog) = self.dialogs.get_mut(&id)
            && dialog.reliable.offered == Some(transaction)
        {
            dialog.reliable.offered = None;
            self.go_on_ringing(now, id, out);
        }
    }

    /// What waited for a PRACK, and for what it offered: the next response, or the answer.
    pub(super) fn go_on_ringing(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        self.touch(id);
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        if dialog.reliable.is_waiting() || dialog.reliable.offered.is_some() {
            return;
        }
        if let Some(answer) = dialog.reliable.answer.take() {
            return self.answer(now, id, answer, out);
        }
        if !dialog.reliable.waiting.is_empty() {
            let (status, body) = dialog.reliable.waiting.remove(0);
            self.ring(now, id, status, body, out);
        }
    }

    /// The deadline of one of ours passed.
    pub(super) fn fire_reliable(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let State::Invited { transaction, .. } = dialog.state else { return };
        if dialog.reliable.is_lost(now) {
            self.forget_dialog(id);
            self.respond_in(now, transaction, &Refusal::new(504), out);
            return self.events.push_back(Event::Lost { dialog: id });
        }
        let again = dialog.reliable.again(now);
        if let (Some(bytes), Some(entry)) = (again, self.servers.get(&transaction)) {
            out.push(Transmit { hop: entry.hop, bytes });
        }
        self.touch(id);
    }

    /// Confirms one of the callee's, within the early dialog of its tag.
    pub(super) fn send_prack(
        &mut self,
        now: Duration,
        id: TransactionId,
        (response, rseq): (&Response, u32),
        out: &mut Vec<Transmit>,
    ) {
        let Some(entry) = self.clients.get(&id) else { return };
        let (invite, Some(dialog_id)) = (entry.request.clone(), entry.purpose.dialog()) else { return };
        let Some(hop) = self.dialogs.get(&dialog_id).map(|dialog| dialog.sides.hop) else { return };
        let via = self.new_via(&hop);
        let kept = response.headers.detached(&DIALOG_HEADERS);
        let Some(dialog) = self.dialogs.get_mut(&dialog_id) else { return };
        dialog.sides.local_cseq = dialog.sides.local_cseq.saturating_add(1);
        let mut sides = dialog.sides.clone();
        if let Some(tag) = kept.to().ok().and_then(|to| to.tag().map(Text::detached)) {
            sides.remote.set_tag(&tag);
        }
        sides.routes = build::routes_after(&invite, &kept);
        sides.target = contact_of(&kept).unwrap_or(sides.target);
        let mut prack = build::request_with(&sides, Method::Prack, sides.local_cseq, &via);
        let cseq = invite.headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
        prack.headers.push(HeaderName::RAck, format!("{rseq} {cseq} INVITE"));
        prack.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        self.start_client(now, hop, prack, Purpose::Prack(dialog_id), out);
    }
}
