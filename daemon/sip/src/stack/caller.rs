//! Calls that we make, up to their answer (RFC 3261 §13.2, §9.1).

use std::collections::BTreeMap;
use std::time::Duration;

use super::arrived::{DIALOG_HEADERS, allows_of, body_of, contact_of};
use super::refusal::SUPPORTED_WITHIN;
use super::table::{ClientMachine, Purpose};
use super::{Invite, MAX_DIALOGS, MAX_EARLY_DIALOGS, MAX_TRANSACTIONS, Stack, build};
use crate::dialog::{Allows, Dialog, Early, Exchange, GivingUp, State};
use crate::dialog_info::DialogTags;
use crate::diversion::DiversionReason;
use crate::event::{Body, DialogId, Event, Reason, Redirection, TransactionId};
use crate::message::{CSeq, Contacts, HeaderName, Headers, Method, Request, Response, Text};
use crate::reliable::{OPTION, Reliable, rseq_of};
use crate::session_timer::SessionTimer;
use crate::sides::Sides;
use crate::transaction::timers::TIMER_B;
use crate::transport::Transmit;

impl Stack {
    /// What an INVITE with Replaces must name to take over a call of ours that has not been answered (RFC 3891 §3): the first of
    /// its early dialogs. `None` before a phone rings, and once it is answered or being cancelled.
    pub fn early_tags(&self, dialog: DialogId) -> Option<DialogTags> {
        let dialog = self.dialogs.get(&dialog).filter(|dialog| !dialog.is_forgotten)?;
        let State::Calling { early, giving_up: GivingUp::No, .. } = &dialog.state else { return None };
        let (call_id, local) = dialog.sides.key();
        Some(DialogTags { call_id, local, remote: early.keys().next()?.clone() })
    }

    /// Calls. What becomes of it comes as `Progress`, `Answered` and `Rejected`.
    pub fn invite(&mut self, now: Duration, invite: Invite, out: &mut Vec<Transmit>) -> DialogId {
        let id = DialogId(self.next_id());
        if self.dialogs.len() >= MAX_DIALOGS || self.transactions() >= MAX_TRANSACTIONS {
            self.counters.limited += 1;
            self.events.push_back(Event::Rejected {
                dialog: id,
                status: 503,
                reason: None,
                redirection: Redirection::default(),
            });
            return id;
        }
        let (call_id, tag) = (Text::from(format!("{}{}", self.token(), self.token())), Text::from(self.token()));
        let mut local = invite.from;
        local.set_tag(&tag);
        let state = State::Calling {
            transaction: TransactionId(0),
            has_offer: invite.body.is_some(),
            early: BTreeMap::new(),
            giving_up: GivingUp::No,
        };
        let dialog = Dialog {
            id,
            is_caller: true,
            sides: Sides {
                call_id: call_id.clone(),
                local,
                remote: invite.to,
                target: invite.target,
                routes: invite.outside.as_ref().map(|outside| outside.routes.clone()).unwrap_or_default(),
                contact_user: invite.contact_user,
                local_cseq: 0,
                remote_cseq: None,
                hop: invite.hop,
                user: invite.user,
                contact_at: invite.outside.as_ref().and_then(|outside| outside.contact_at),
            },
            allows: Allows::default(),
            reliable: Reliable::default(),
            timer: SessionTimer::default(),
            telling: None,
            refers: Vec::new(),
            is_forgotten: false,
            state,
            wake: None,
        };
        self.tags.insert((call_id, tag), id);
        self.dialogs.insert(id, dialog);
        if let Some(mut request) = self.request_in(id, Method::Invite) {
            if let Some(outside) = &invite.outside {
                request.headers.set(HeaderName::MaxForwards, u32::from(outside.max_forwards));
            }
            for (name, value) in &invite.headers {
                request.headers.push(name.clone(), value);
            }
            if invite.body.is_some() {
                // Without an offer of ours a response might carry one, which a PRACK would have to answer.
                request.headers.set(HeaderName::Supported, format!("{OPTION}, {SUPPORTED_WITHIN}"));
            }
            build::put_body(&mut request, invite.body.as_ref());
            let started = self.start_client(now, invite.hop, request, Purpose::Call(id), out);
            if let Some(State::Calling { transaction, .. }) = self.dialogs.get_mut(&id).map(|dialog| &mut dialog.state)
            {
                *transaction = started;
            }
        }
        id
    }

    /// Gives up before the answer: a CANCEL, held back until a provisional response came (§9.1). The end comes as
    /// `Rejected` in any case: should a 2xx win the race, the stack ends that call and says 487.
    pub fn cancel(&mut self, now: Duration, dialog: DialogId, reason: Option<Reason>, out: &mut Vec<Transmit>) {
        let Some(State::Calling { transaction, giving_up, .. }) =
            self.dialogs.get_mut(&dialog).map(|dialog| &mut dialog.state)
        else {
            return;
        };
        if *giving_up != GivingUp::No {
            return;
        }
        let transaction = *transaction;
        *giving_up = GivingUp::Wanted(reason);
        if self.clients.get(&transaction).is_some_and(|entry| !entry.machine.is_calling()) {
            self.send_cancel(now, dialog, out);
        }
    }

    fn send_cancel(&mut self, now: Duration, id: DialogId, out: &mut Vec<Transmit>) {
        let Some(State::Calling { transaction, giving_up, .. }) =
            self.dialogs.get_mut(&id).map(|dialog| &mut dialog.state)
        else {
            return;
        };
        let GivingUp::Wanted(reason) = std::mem::replace(giving_up, GivingUp::Sent) else { return };
        let transaction = *transaction;
        let Some(entry) = self.clients.get(&transaction) else { return };
        let (invite, hop) = (&entry.request, entry.hop);
        let mut cancel = Request::new(Method::Cancel, invite.uri.clone());
        for name in [HeaderName::Via, HeaderName::Route, HeaderName::MaxForwards, HeaderName::From, HeaderName::To] {
            cancel.headers.copy_from(&invite.headers, name);
        }
        cancel.headers.copy_from(&invite.headers, HeaderName::CallId);
        let number = invite.headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
        cancel.headers.push(HeaderName::CSeq, CSeq { number, method: Method::Cancel });
        if let Some(reason) = reason {
            cancel.headers.push(HeaderName::Reason, build::reason_value(&reason));
        }
        self.drive_client(transaction, |machine: &mut ClientMachine| machine.cancelled(now), out);
        self.start_client(now, hop, cancel, Purpose::Farewell(id), out);
    }

    /// A response to the first INVITE that the transaction let through.
    pub(super) fn call_responded(
        &mut self,
        now: Duration,
        id: TransactionId,
        response: &Response,
        out: &mut Vec<Transmit>,
    ) {
        let Some(dialog) = self.clients.get(&id).and_then(|entry| entry.purpose.dialog()) else { return };
        match response.status {
            ..200 => self.call_progressed(now, (id, dialog), response, out),
            200..300 => self.call_accepted(now, id, response, out),
            status => {
                let reason = response.headers.reason().into_iter().next();
                let redirection = if status < 400 { redirection(&response.headers) } else { Redirection::default() };
                self.call_failed(dialog, status, reason, redirection);
            }
        }
    }

    fn call_progressed(
        &mut self,
        now: Duration,
        (transaction, id): (TransactionId, DialogId),
        response: &Response,
        out: &mut Vec<Transmit>,
    ) {
        let Some(dialog) = self.dialogs.get_mut(&id) else { return };
        let State::Calling { early, giving_up, has_offer, .. } = &mut dialog.state else { return };
        match giving_up {
            GivingUp::Wanted(_) => return self.send_cancel(now, id, out),
            GivingUp::Sent => return,
            GivingUp::No => {}
        }
        let is_peer = dialog.sides.user.as_ref().is_some_and(|user| self.peers.get(user).is_some());
        if response.status == 100 {
            // Whoever calls a peer wants to know that it is there.
            if is_peer {
                let branch = Text::new();
                self.events.push_back(Event::Progress { dialog: id, branch, status: 100, body: None });
            }
            return;
        }
        let body = body_of(&response.headers, &response.body);
        let branch = response.headers.to().ok().and_then(|to| to.tag().map(Text::detached)).unwrap_or_default();
        if !branch.is_empty() {
            let is_known = early.contains_key(&branch);
            if !is_known && early.len() >= MAX_EARLY_DIALOGS {
                return;
            }
            let early = early.entry(branch.clone()).or_insert_with(Early::default);
            if let Some(rseq) = rseq_of(&response.headers) {
                // One that comes again is confirmed by the PRACK that is on its way, one out of order comes again (§4).
                if early.rseq.is_some_and(|last| rseq != last.saturating_add(1)) {
                    return;
                }
                early.rseq = Some(rseq);
                early.is_settled |= *has_offer && body.is_some();
                self.send_prack(now, transaction, (response, rseq), out);
            }
        }
        self.events.push_back(Event::Progress { dialog: id, branch, status: response.status, body });
    }

    fn call_accepted(&mut self, now: Duration, id: TransactionId, response: &Response, out: &mut Vec<Transmit>) {
        let kept = response.headers.detached(&DIALOG_HEADERS);
        let Ok(to) = kept.to() else { return };
        let tag = to.tag().cloned().unwrap_or_default();
        if self.acknowledge_again(id, &tag, out).is_some() {
            return;
        }
        let Some(entry) = self.clients.get(&id) else { return };
        let (Some(dialog_id), request) = (entry.purpose.dialog(), entry.request.clone()) else { return };
        let winner = self.dialogs.get(&dialog_id).and_then(|dialog| match &dialog.state {
            State::Calling { has_offer, giving_up, .. } => Some((*has_offer, *giving_up == GivingUp::No)),
            _ => None,
        });
        let Some((has_offer, true)) = winner else {
            // A branch downstream that lost, or that answered while we gave up.
            self.end_stray(now, id, response, out);
            if winner.is_some() {
                self.call_failed(dialog_id, 487, None, Redirection::default());
            }
            return;
        };
        let Some(dialog) = self.dialogs.get_mut(&dialog_id) else { return };
        dialog.adopt_early(&tag);
        // The callee adds its tag to our To; name and address are ours to say (§12.1.2).
        if !tag.is_empty() {
            dialog.sides.remote.set_tag(&tag);
        }
        dialog.sides.routes = build::routes_after(&request, &kept);
        if let Some(target) = contact_of(&kept) {
            dialog.sides.target = target;
        }
        dialog.allows = allows_of(&response.headers).unwrap_or_default();
        dialog.state = State::Established { exchange: Exchange::Idle, next: None };
        self.session_granted(now, dialog_id, &response.headers);
        self.conclude_offer(now, id, response, has_offer, out);
        let body = body_of(&response.headers, &response.body);
        self.events.push_back(Event::Answered { dialog: dialog_id, branch: tag.detached(), body });
    }

    /// After a 2xx to an INVITE of a dialog that lives: the ACK, or the wait for the owner's answer.
    pub(super) fn conclude_offer(
        &mut self,
        now: Duration,
        id: TransactionId,
        response: &Response,
        has_offer: bool,
        out: &mut Vec<Transmit>,
    ) {
        let Some(entry) = self.clients.get(&id) else { return };
        let (Some(dialog_id), request) = (entry.purpose.dialog(), entry.request.clone()) else { return };
        let Some(hop) = self.dialogs.get(&dialog_id).map(|dialog| dialog.sides.hop) else { return };
        let ack = has_offer.then(|| self.ack_of_success(&request, response, &hop, None));
        if let Some(bytes) = ack.clone() {
            out.push(Transmit { hop, bytes });
        }
        self.note_answered(id, response, ack);
        if has_offer {
            return;
        }
        if let Some(State::Established { exchange, .. }) =
            self.dialogs.get_mut(&dialog_id).map(|dialog| &mut dialog.state)
        {
            let cseq = request.headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
            *exchange = Exchange::Unacknowledged { transaction: id, cseq, until: now + TIMER_B };
        }
        self.touch(dialog_id);
    }

    /// Remembers the ACK for when the 2xx comes again. More answers than [`MAX_EARLY_DIALOGS`] are not remembered.
    pub(super) fn note_answered(&mut self, id: TransactionId, response: &Response, ack: Option<bytes::Bytes>) {
        let tag = response.headers.to().ok().and_then(|to| to.tag().map(Text::detached)).unwrap_or_default();
        if let Some(entry) = self.clients.get_mut(&id) {
            entry.answered.push((tag, ack));
        }
    }

    /// A 2xx of a dialog that nobody wants: ACK, then BYE (§13.2.2.4).
    pub(super) fn end_stray(&mut self, now: Duration, id: TransactionId, response: &Response, out: &mut Vec<Transmit>) {
        let Some(entry) = self.clients.get(&id) else { return };
        if entry.answered.len() > MAX_EARLY_DIALOGS {
            self.counters.limited += 1;
            return;
        }
        let Some(dialog) = entry.purpose.dialog() else { return };
        let (request, hop) = (entry.request.clone(), entry.hop);
        let ack = self.ack_of_success(&request, response, &hop, None);
        out.push(Transmit { hop, bytes: ack.clone() });
        self.note_answered(id, response, Some(ack));
        let bye = self.bye_after(&request, response, &hop);
        self.start_client(now, hop, bye, Purpose::Farewell(dialog), out);
    }

    /// Our INVITE is over without an answer.
    pub(super) fn call_failed(&mut self, id: DialogId, status: u16, reason: Option<Reason>, redirection: Redirection) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        let State::Calling { giving_up, .. } = &dialog.state else { return };
        // Silence after a cancel is what was asked for.
        let status = if status == 408 && *giving_up != GivingUp::No { 487 } else { status };
        if !dialog.is_forgotten {
            self.events.push_back(Event::Rejected { dialog: id, status, reason, redirection });
        }
        self.forget_dialog(id);
    }

    /// The ACK with our answer, after `Answered` or `ReofferAnswered` to an INVITE without an offer.
    pub fn acknowledge(&mut self, now: Duration, dialog: DialogId, answer: Body, out: &mut Vec<Transmit>) {
        if matches!(self.exchange(dialog), Some((_, Exchange::Unacknowledged { .. }))) {
            self.acknowledge_with(dialog, Some(&answer), out);
            self.exchange_over(now, dialog, out);
        }
    }

    /// Sends the ACK that the peer still waits for, if it does.
    pub(super) fn acknowledge_with(&mut self, id: DialogId, answer: Option<&Body>, out: &mut Vec<Transmit>) {
        let Some(dialog) = self.dialogs.get(&id) else { return };
        let State::Established { exchange: Exchange::Unacknowledged { transaction, cseq, .. }, .. } = dialog.state
        else {
            return;
        };
        let hop = dialog.sides.hop;
        let ack = self.ack_in(id, cseq, answer);
        out.push(Transmit { hop, bytes: ack.clone() });
        if let Some((_, last)) = self
            .clients
            .get_mut(&transaction)
            .and_then(|entry| entry.answered.iter_mut().find(|(_, ack)| ack.is_none()))
        {
            *last = Some(ack);
        }
        if let Some(State::Established { exchange, .. }) = self.dialogs.get_mut(&id).map(|dialog| &mut dialog.state) {
            *exchange = Exchange::Idle;
        }
        self.touch(id);
    }
}

/// The contacts of a 3xx, by their q, which is 1 where none is said (§21.3, §20.10).
fn redirection(headers: &Headers) -> Redirection {
    let Ok(Contacts::List(mut contacts)) = headers.contacts() else { return Redirection::default() };
    let q = |contact: &crate::message::NameAddr| {
        let q = contact.params.get("q").and_then(|q| q.to_str().parse::<f32>().ok()).unwrap_or(1.0);
        (q.clamp(0.0, 1.0) * 1000.0) as u32
    };
    contacts.sort_by_key(|contact| std::cmp::Reverse(q(contact)));
    contacts.truncate(MAX_EARLY_DIALOGS);
    let to = contacts.into_iter().map(|contact| contact.uri).collect();
    Redirection { to, because: DiversionReason::of_redirection(headers) }
}
