//! Calls that come in, up to their answer (RFC 3261 §13.3, §9.2).

use std::time::Duration;

use super::arrived::{Arrived, DIALOG_HEADERS, allows_of, contact_of};
use super::outside::number_asserted;
use super::refusal::Refusal;
use super::table::ServerPurpose;
use super::{MAX_DIALOGS, Stack, build};
use crate::dialog::{Dialog, Exchange, State};
use crate::diversion::Diversions;
use crate::event::{Body, DialogId, Event, Invited, Reason, TransactionId};
use crate::message::{HeaderName, Headers, Host, Method, NameAddr, Text, Uri};
use crate::reliable::{Reliable, Wish};
use crate::session_timer::SessionTimer;
use crate::sides::Sides;
use crate::transaction::key::ServerKey;
use crate::transaction::timers::{Backoff, TIMER_H};
use crate::transport::Transmit;

impl Stack {
    /// A new INVITE from a proven user, or from a peer.
    pub(super) fn take_invite(&mut self, now: Duration, arrived: Arrived, user: String, out: &mut Vec<Transmit>) {
        if self.dialogs.len() >= MAX_DIALOGS {
            self.counters.limited += 1;
            return self.respond_once(now, arrived, &Refusal::new(503), out);
        }
        let kept = arrived.request.headers.detached(&DIALOG_HEADERS);
        let (Some(target), Ok(routes)) = (contact_of(&kept), kept.record_routes()) else {
            return self.respond_once(now, arrived, &Refusal::new(400), out);
        };
        let (Ok(remote), Ok(mut local), Ok(call_id)) = (kept.from(), kept.to(), kept.call_id()) else { return };
        let replaces = match self.replaced_by(&arrived) {
            Ok(replaces) => replaces,
            Err(refusal) => return self.respond_once(now, arrived, &refusal, out),
        };
        let id = DialogId(self.next_id());
        let invited = Invited {
            dialog: id,
            user: user.clone(),
            uri: arrived.request.uri.clone(),
            from: arrived.from.clone(),
            to: arrived.to.clone(),
            offer: arrived.body(),
            replaces,
            user_agent: arrived.request.headers.user_agent().map(Text::to_string).unwrap_or_default(),
            asserted: number_asserted(&arrived.request.headers),
            is_private: is_private(&arrived.request.headers) || is_anonymous(&arrived.from.uri),
            diverted: Diversions::read(&arrived.request.headers),
            max_forwards: arrived.request.headers.max_forwards().ok().flatten().unwrap_or(70),
            hop: arrived.hop,
        };
        let (hop, remote_cseq) = (arrived.hop, arrived.cseq.number);
        let allows = allows_of(&arrived.request.headers).unwrap_or_default();
        let mut timer = SessionTimer::default();
        timer.asked(&arrived.session());
        let reliable = Reliable::of(Wish::read(&arrived.request.headers), arrived.cseq.number);
        let contact_user = arrived.request.uri.user_unescaped();
        let transaction = self.start_server(now, arrived, ServerPurpose::Call(id), out);
        let tag = Text::from(self.tag_of(transaction));
        local.set_tag(&tag);
        self.tags.insert((call_id.clone(), tag), id);
        let dialog = Dialog {
            id,
            is_caller: false,
            sides: Sides {
                call_id,
                local,
                remote,
                target,
                routes,
                contact_user: contact_user.unwrap_or_default(),
                local_cseq: 0,
                remote_cseq: Some(remote_cseq),
                hop,
                contact_at: self.peers.get(&user).and_then(|peer| peer.seen_as),
                user: Some(user),
            },
            allows,
            reliable,
            timer,
            telling: None,
            refers: Vec::new(),
            is_forgotten: false,
            state: State::Invited { transaction, has_offer: invited.offer.is_some() },
            wake: None,
        };
        self.dialogs.insert(id, dialog);
        self.events.push_back(Event::Invited(Box::new(invited)));
    }

    /// Sends 180, 183 and the like (101 to 199) with our tag and Contact. The last one is repeated once a minute
    /// (§13.3.1.1). To a caller that requires it, and with a session description to one that knows it, so that it arrives
    /// (RFC 3262): then one after the other, each confirmed.
    pub fn ring(&mut self, now: Duration, dialog: DialogId, status: u16, body: Option<Body>, out: &mut Vec<Transmit>) {
        let status = status.clamp(101, 199);
        if self.ring_reliably(now, dialog, (status, body.as_ref()), out) {
            return;
        }
        let Some((transaction, dialog, _)) = self.invited(dialog) else { return };
        let bytes = self.dialog_response(transaction, dialog, status, body.as_ref());
        self.drive_server(transaction, |machine| machine.respond(now, status, bytes), out);
    }

    /// Sends 200, again and again until the ACK; without one for 64*T1 the dialog is `Lost`, with a BYE (§13.3.1.4). Where a
    /// session description in a reliable response is not confirmed yet, as soon as it is (RFC 3262 §3).
    pub fn answer(&mut self, now: Duration, dialog: DialogId, body: Body, out: &mut Vec<Transmit>) {
        let id = dialog;
        if let Some(dialog) = self.dialogs.get_mut(&id)
            && matches!(dialog.state, State::Invited { .. })
            && (dialog.reliable.holds_answer() || dialog.reliable.offered.is_some())
        {
            dialog.reliable.waiting.clear();
            dialog.reliable.answer = Some(body);
            return;
        }
        let Some((transaction, dialog, has_offer)) = self.invited(id) else { return };
        // The dialog's own number may be that of a later request.
        let Some(Ok(cseq)) = self.servers.get(&transaction).map(|entry| entry.request.headers.cseq()) else { return };
        let bytes = self.dialog_response(transaction, dialog, 200, Some(&body));
        self.accept(now, id, transaction, (bytes, cseq.number, has_offer, true), out);
    }

    /// Sends a 2xx to an INVITE and waits for its ACK.
    pub(super) fn accept(
        &mut self,
        now: Duration,
        id: DialogId,
        transaction: TransactionId,
        (answer, cseq, has_offer, is_first): (bytes::Bytes, u32, bool, bool),
        out: &mut Vec<Transmit>,
    ) {
        let Some(hop) = self.servers.get(&transaction).map(|entry| entry.hop) else { return };
        let sent = answer.clone();
        self.drive_server(transaction, |machine| machine.respond(now, 200, sent), out);
        let (resend, give_up_at) = (Backoff::start(now), now + TIMER_H);
        let leaving = None;
        let accepting = Exchange::Accepting { answer, hop, cseq, resend, give_up_at, has_offer, is_first, leaving };
        if let Some(dialog) = self.dialogs.get_mut(&id) {
            match &mut dialog.state {
                State::Established { exchange, .. } => *exchange = accepting,
                state => *state = State::Established { exchange: accepting, next: None },
            }
            dialog.reliable.is_over();
            dialog.timer.replied(now);
        }
        self.touch(id);
    }

    /// Sends 300 to 699; the dialog is over.
    pub fn refuse(
        &mut self,
        now: Duration,
        dialog: DialogId,
        status: u16,
        reason: Option<Reason>,
        out: &mut Vec<Transmit>,
    ) {
        let Some((transaction, ..)) = self.invited(dialog) else { return };
        self.forget_dialog(dialog);
        let mut refusal = Refusal::new(status.clamp(300, 699));
        refusal.headers.extend(reason.map(|reason| (HeaderName::Reason, build::reason_value(&reason))));
        self.respond_in(now, transaction, &refusal, out);
    }

    /// The INVITE that waits for its answer: its transaction, the dialog, and whether it carried an offer.
    fn invited(&self, id: DialogId) -> Option<(TransactionId, &Dialog, bool)> {
        let dialog = self.dialogs.get(&id)?;
        match dialog.state {
            State::Invited { transaction, has_offer } => Some((transaction, dialog, has_offer)),
            _ => None,
        }
    }

    /// §9.2. It needs no digest, for it can only come from where the INVITE came from.
    pub(super) fn take_cancel(&mut self, now: Duration, arrived: Arrived, out: &mut Vec<Transmit>) {
        let via = arrived.request.headers.top_via();
        let found = via.ok().and_then(|via| self.server_keys.get(&ServerKey::of_cancelled(&arrived.request, &via)));
        let Some((id, entry)) = found.and_then(|id| self.servers.get(id).map(|entry| (*id, entry))) else {
            self.counters.stray += 1;
            return self.refuse_statelessly(&arrived, &Refusal::new(481), out);
        };
        if entry.source != arrived.hop.remote.ip() || self.transactions() >= super::MAX_TRANSACTIONS {
            self.counters.stray += 1;
            return;
        }
        let (purpose, is_open) = (entry.purpose, entry.machine.is_open());
        let mut reasons = arrived.request.headers.reason();
        // One a protocol, in any order (RFC 3326 §2): that somebody has answered says more than why this request was sent.
        let place = reasons.iter().position(Reason::is_completed_elsewhere).unwrap_or_default();
        let reason = (place < reasons.len()).then(|| reasons.swap_remove(place));
        let tag = self.tag_of(id);
        let cancel = self.start_server(now, arrived, ServerPurpose::Done, out);
        if let Some(entry) = self.servers.get_mut(&cancel) {
            entry.tag = tag;
        }
        self.respond_in(now, cancel, &Refusal::new(200), out);
        if is_open {
            self.respond_in(now, id, &Refusal::new(487), out);
            self.call_cancelled(now, purpose, reason, out);
        }
    }

    /// The INVITE of this purpose has been answered with 487.
    pub(super) fn call_cancelled(
        &mut self,
        now: Duration,
        purpose: ServerPurpose,
        reason: Option<Reason>,
        out: &mut Vec<Transmit>,
    ) {
        match purpose {
            ServerPurpose::Call(dialog) => {
                self.forget_dialog(dialog);
                self.events.push_back(Event::Cancelled { dialog, reason });
            }
            ServerPurpose::Offer(dialog) => self.exchange_over(now, dialog, out),
            ServerPurpose::Owner | ServerPurpose::Subscription(_) | ServerPurpose::Done => {}
        }
    }

    /// The To tag of our responses to this transaction, and of the dialog that it makes.
    pub(super) fn tag_of(&self, id: TransactionId) -> String {
        self.servers.get(&id).map(|entry| entry.tag.clone()).unwrap_or_default()
    }

    /// An ACK that belongs to a 2xx, or to nothing.
    pub(super) fn take_ack(&mut self, now: Duration, arrived: &Arrived, out: &mut Vec<Transmit>) {
        debug_assert_eq!(arrived.request.method, Method::Ack);
        let found = self.find_dialog(arrived).and_then(|id| self.dialogs.get_mut(&id));
        let Some(dialog) = found.filter(|dialog| dialog.sides.hop.remote.ip() == arrived.hop.remote.ip()) else {
            self.counters.stray += 1;
            return;
        };
        let id = dialog.id;
        let State::Established { exchange: Exchange::Accepting { cseq, has_offer, is_first, leaving, .. }, .. } =
            &mut dialog.state
        else {
            return;
        };
        if *cseq != arrived.cseq.number {
            return;
        }
        let (has_offer, is_first, leaving) = (*has_offer, *is_first, leaving.take());
        if let Some(reason) = leaving {
            return self.send_bye(now, id, reason, out);
        }
        if is_first || !has_offer {
            let answer = arrived.body().filter(|_| !has_offer);
            self.events.push_back(Event::Confirmed { dialog: id, answer });
        }
        self.exchange_over(now, id, out);
    }
}

/// Whether an address is nobody's, as RFC 3323 §4.1.1.3 writes it.
pub(super) fn is_anonymous(uri: &Uri) -> bool {
    let is_nowhere = matches!(&uri.host, Host::Name(name) if name.eq_ignore_case("anonymous.invalid"));
    is_nowhere && uri.user.as_ref().is_some_and(|user| user.eq_ignore_case("anonymous"))
}

/// RFC 3323 §4.2, RFC 3325 §9.3; of Remote-Party-ID its privacy (draft-ietf-sip-privacy-04 §5.1).
fn is_private(headers: &Headers) -> bool {
    let value = headers.get(HeaderName::Privacy).map(|value| value.to_str().to_ascii_lowercase()).unwrap_or_default();
    let is_asked = value.split([';', ',']).any(|word| matches!(word.trim(), "id" | "user" | "header" | "full"));
    let parties = headers.name_addrs(HeaderName::RemotePartyId).unwrap_or_default();
    let is_said = |party: &NameAddr| {
        let wish = party.params.get("privacy").map(|wish| wish.to_str().to_ascii_lowercase());
        wish.is_some_and(|wish| matches!(wish.as_str(), "full" | "uri"))
    };
    is_asked || parties.iter().any(is_said)
}
