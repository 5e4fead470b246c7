//! Offers within a dialog, both ways: re-INVITE and UPDATE (RFC 3261 §14, RFC 3311), one at a time.

use std::time::Duration;

use rand_chacha::rand_core::Rng as _;

use super::arrived::{Arrived, DIALOG_HEADERS, allows_of, body_of, contact_of};
use super::refusal::Refusal;
use super::table::{Purpose, ServerPurpose};
use super::{Stack, build};
use crate::dialog::{Dialog, Exchange, State};
use crate::event::{Body, DialogId, Event, TransactionId};
use crate::message::{HeaderName, Headers, Method, Response};
use crate::transport::Transmit;

/// How often a re-INVITE goes out again after 491, before the owner is told that it was refused: three rounds of a
/// glare are no glare any more.
pub const MAX_GLARES: u8 = 3;

impl Stack {
    /// Offers a change by re-INVITE; `None` asks the peer for an offer. While another offer is under way nothing is sent:
    /// `OfferDue` comes at that one's end, for what was to be offered may be another thing then.
    pub fn reoffer(&mut self, now: Duration, dialog: DialogId, body: Option<Body>, out: &mut Vec<Transmit>) {
        let Some(entry) = self.dialogs.get_mut(&dialog).filter(|entry| !entry.is_forgotten) else { return };
        let State::Established { exchange, next } = &mut entry.state else { return };
        if !matches!(exchange, Exchange::Idle) {
            next.get_or_insert(0);
            return;
        }
        let (attempts, has_offer) = (next.take().unwrap_or_default(), body.is_some());
        let Some(mut request) = self.request_in(dialog, Method::Invite) else { return };
        self.put_identity(dialog, &mut request);
        build::put_body(&mut request, body.as_ref());
        let Some(transaction) = self.start_in_dialog(now, dialog, request, Purpose::Offer(dialog), out) else { return };
        self.set_exchange(dialog, Exchange::Sent { transaction, has_offer, attempts });
    }

    pub(super) fn set_exchange(&mut self, id: DialogId, new: Exchange) {
        if let Some(State::Established { exchange, .. }) = self.dialogs.get_mut(&id).map(|dialog| &mut dialog.state) {
            *exchange = new;
        }
        self.touch(id);
    }

    /// The exchange came to its end, or the time of a glare is over: what waited may go out.
    pub(super) fn exchange_over(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        self.set_exchange(id, Exchange::Idle);
        let Some(dialog) = self.dialogs.get(&id).filter(|dialog| !dialog.is_forgotten) else { return };
        if matches!(dialog.state, State::Established { next: Some(_), .. }) {
            // What is to be told goes with it.
            self.events.push_back(Event::OfferDue { dialog: id });
        } else {
            self.tell_identity(now, id, out);
        }
    }

    pub(super) fn exchange(&self, id: DialogId) -> Option<(&Dialog, &Exchange)> {
        let dialog = self.dialogs.get(&id)?;
        match &dialog.state {
            State::Established { exchange, .. } => Some((dialog, exchange)),
            _ => None,
        }
    }

    /// A response to our re-INVITE.
    pub(super) fn offer_responded(
        &mut self,
        now: Duration,
        id: TransactionId,
        response: &Response,
        out: &mut Vec<Transmit>,
    ) {
        let Some(dialog) = self.clients.get(&id).and_then(|entry| entry.purpose.dialog()) else { return };
        match response.status {
            ..200 => {}
            200..300 => self.offer_accepted(now, id, response, out),
            status => self.offer_failed(now, dialog, status, out),
        }
    }

    fn offer_accepted(&mut self, now: Duration, id: TransactionId, response: &Response, out: &mut Vec<Transmit>) {
        let tag = response.headers.to().ok().and_then(|to| to.tag().cloned()).unwrap_or_default();
        if self.acknowledge_again(id, &tag, out).is_some() {
            return;
        }
        let Some(dialog) = self.clients.get(&id).and_then(|entry| entry.purpose.dialog()) else { return };
        let has_offer = match self.exchange(dialog) {
            Some((_, Exchange::Sent { transaction, has_offer, .. })) if *transaction == id => *has_offer,
            // The dialog ended meanwhile; the peer waits for its ACK all the same.
            _ => return self.acknowledge_only(id, response, out),
        };
        let kept = response.headers.detached(&DIALOG_HEADERS);
        if let (Some(target), Some(dialog)) = (contact_of(&kept), self.dialogs.get_mut(&dialog)) {
            dialog.sides.target = target;
        }
        self.note_allowed(dialog, &response.headers);
        self.session_granted(now, dialog, &response.headers);
        self.identity_told(dialog);
        self.conclude_offer(now, id, response, has_offer, out);
        let body = body_of(&response.headers, &response.body);
        self.events.push_back(Event::ReofferAnswered { dialog, body });
        if has_offer {
            self.exchange_over(now, dialog, out);
        }
    }

    fn acknowledge_only(&mut self, id: TransactionId, response: &Response, out: &mut Vec<Transmit>) {
        let Some(entry) = self.clients.get(&id) else { return };
        let (request, hop) = (entry.request.clone(), entry.hop);
        let ack = self.ack_of_success(&request, response, &hop, None);
        out.push(Transmit { hop, bytes: ack.clone() });
        self.note_answered(id, response, Some(ack));
    }

    /// Our re-INVITE failed. Silence and "no such call" end the dialog (§12.2.1.2), all else leaves it as it was.
    pub(super) fn offer_failed(&mut self, now: Duration, id: DialogId, status: u16, out: &mut Vec<Transmit>) {
        let Some((_, Exchange::Sent { attempts, .. })) = self.exchange(id) else { return };
        let attempts = *attempts;
        match status {
            408 | 481 => self.lose_dialog(now, id, out),
            491 if attempts < MAX_GLARES => {
                if let Some(dialog) = self.dialogs.get_mut(&id) {
                    dialog.telling.iter_mut().for_each(|telling| telling.is_under_way = false);
                    if let State::Established { next, .. } = &mut dialog.state {
                        *next = Some(attempts + 1);
                    }
                }
                self.wait_for_glare(now, id);
            }
            _ => {
                self.events.push_back(Event::ReofferRefused { dialog: id, status });
                if status == 491 {
                    self.identity_put_off(id)
                } else {
                    self.identity_told(id)
                }
                self.offer_refreshed_nothing(now, id);
                self.exchange_over(now, id, out);
            }
        }
    }

    /// Both sides tried at once: ours has to wait.
    pub(super) fn wait_for_glare(&mut self, now: Duration, id: DialogId) {
        let Some(is_caller) = self.dialogs.get(&id).map(|dialog| dialog.is_caller) else { return };
        let at = now + self.glare_wait(is_caller);
        self.set_exchange(id, Exchange::Glare { at });
    }

    /// §14.1: 2.1 to 4 s for the side that made the Call-ID, 0 to 2 s for the other, in steps of 10 ms.
    fn glare_wait(&mut self, is_owner: bool) -> Duration {
        let steps = u64::from(self.random.next_u32());
        let ms = if is_owner { 2_100 + steps % 191 * 10 } else { steps % 201 * 10 };
        Duration::from_millis(ms)
    }

    /// The peer's re-INVITE (§14.2).
    pub(super) fn take_reinvite(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        if let Some(refusal) = self.cannot_take_offer(id, &arrived) {
            return self.respond_once(now, arrived, &refusal, out);
        }
        self.receive_offer(now, id, arrived, out);
    }

    /// The peer's UPDATE: with a body an offer like any other, without one a refresh of its Contact (RFC 3311 §5.2).
    pub(super) fn take_update(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        if arrived.request.body.is_empty() {
            self.refresh_target(id, &arrived);
            let session = self.session_refreshed(now, id, &arrived);
            let Some(dialog) = self.dialogs.get(&id) else { return };
            let contact = build::contact(&dialog.sides).to_text().to_string();
            let headers = std::iter::once((HeaderName::Contact, contact)).chain(session).collect();
            return self.respond_once(now, arrived, &Refusal { status: 200, headers }, out);
        }
        if let Some(refusal) = self.cannot_take_offer(id, &arrived) {
            return self.respond_once(now, arrived, &refusal, out);
        }
        match self.dialogs.get(&id).map(|dialog| &dialog.state) {
            Some(State::Invited { .. }) => {
                self.refresh_target(id, &arrived);
                self.offered_early(now, id, arrived, out);
            }
            // Where this branch wants to be reached is nothing to the others: the answer to the call says it again.
            Some(State::Calling { .. }) => self.offered_early(now, id, arrived, out),
            _ => self.receive_offer(now, id, arrived, out),
        }
    }

    /// Why an offer of the peer comes at the wrong time.
    fn cannot_take_offer(&mut self, id: DialogId, arrived: &Arrived) -> Option<Refusal> {
        let wait_s = self.random.next_u32() % 11;
        let is_update = arrived.request.method == Method::Update;
        let dialog = self.dialogs.get(&id)?;
        let later = Refusal { status: 500, headers: vec![(HeaderName::RetryAfter, wait_s.to_string())] };
        match &dialog.state {
            _ if dialog.is_forgotten => Some(Refusal::new(481)),
            // The first offer has its answer, reliably (RFC 3311 §5.1).
            State::Invited { .. } if is_update && dialog.reliable.may_be_offered() => None,
            // The first offer has no answer yet (§14.2).
            State::Invited { .. } => Some(later),
            // Ours in the INVITE has no answer yet that is sure to be one (RFC 3311 §5.2, RFC 6337 §2.2).
            State::Calling { early, .. } => match early.get(&arrived.peer_tag()) {
                Some(branch) if is_update && branch.is_settled => dialog.reliable.offered.map(|_| later),
                _ => Some(Refusal::new(491)),
            },
            State::Established { exchange, .. } => match exchange {
                Exchange::Idle | Exchange::Glare { .. } => None,
                Exchange::Received { .. } => Some(later),
                Exchange::Sent { .. } | Exchange::Unacknowledged { .. } | Exchange::Accepting { .. } => {
                    Some(Refusal::new(491))
                }
            },
        }
    }

    fn receive_offer(&mut self, now: Duration, id: DialogId, arrived: Arrived, out: &mut Vec<Transmit>) {
        self.refresh_target(id, &arrived);
        self.session_asked(id, &arrived);
        self.identity_may_be_told(id);
        let (offer, branch) = (arrived.body(), arrived.peer_tag().detached());
        let has_offer = offer.is_some();
        let transaction = self.start_server(now, arrived, ServerPurpose::Offer(id), out);
        // Ours, which lost a glare, goes out after theirs.
        self.set_exchange(id, Exchange::Received { transaction, has_offer });
        self.events.push_back(Event::Reoffered { dialog: id, branch, offer });
    }

    fn refresh_target(&mut self, id: DialogId, arrived: &Arrived) {
        if let (Some(target), Some(dialog)) = (arrived.contact(), self.dialogs.get_mut(&id)) {
            dialog.sides.target = target;
        }
        self.note_allowed(id, &arrived.request.headers);
    }

    fn note_allowed(&mut self, id: DialogId, headers: &Headers) {
        if let (Some(allows), Some(dialog)) = (allows_of(headers), self.dialogs.get_mut(&id)) {
            dialog.allows = allows;
        }
    }

    /// Answers `Reoffered` with 200 and our answer, or our offer when there was none.
    pub fn accept_reoffer(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {
        if let Some(transaction) = self.take_early_offer(dialog) {
            return self.accept_early_offer(now, (dialog, transaction), &body, out);
        }
        let Some((entry, Exchange::Received { transaction, has_offer })) = self.exchange(dialog) else { return };
        let (transaction, has_offer) = (*transaction, *has_offer);
        let Some(server) = self.servers.get(&transaction) else { return };
        let is_invite = server.request.method == Method::Invite;
        let cseq = server.request.headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
        let bytes = self.dialog_response(transaction, entry, 200, Some(&body));
        if is_invite {
            return self.accept(now, dialog, transaction, (bytes, cseq, has_offer, false), out);
        }
        self.drive_server(transaction, |machine| machine.respond(now, 200, bytes), out);
        self.session_replied(now, dialog);
        self.exchange_over(now, dialog, out);
    }

    /// Refuses `Reoffered` with 300 to 699 (488 as a rule); what was agreed before still holds.
    pub fn refuse_reoffer(&mut self, now: Duration, dialog: DialogId, status: u16, out: &mut Vec<Transmit>) {
        let refusal = Refusal::new(status.clamp(300, 699));
        if let Some(transaction) = self.take_early_offer(dialog) {
            self.respond_in(now, transaction, &refusal, out);
            return self.go_on_ringing(now, dialog, out);
        }
        let Some((_, Exchange::Received { transaction, .. })) = self.exchange(dialog) else { return };
        self.respond_in(now, *transaction, &refusal, out);
        self.exchange_over(now, dialog, out);
    }

    /// The ACK to a 2xx of this dialog, with our answer in it.
    pub(super) fn ack_in(&mut self, id: DialogId, number: u32, answer: Option<&Body>) -> bytes::Bytes {
        let Some(dialog) = self.dialogs.get(&id) else { return bytes::Bytes::new() };
        let hop = dialog.sides.hop;
        let via = self.new_via(&hop);
        let Some(dialog) = self.dialogs.get(&id) else { return bytes::Bytes::new() };
        let mut ack = build::request_with(&dialog.sides, Method::Ack, number, &via);
        ack.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        build::put_body(&mut ack, answer);
        ack.to_bytes()
    }
}
