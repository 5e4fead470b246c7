//! Requests that come in: whose they are, whether they may, and who answers them.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use log::debug;
use sha2::Sha256;

use super::arrived::{Arrived, aor_of, reply_hop, stamp};
use super::callee::is_anonymous;
use super::quirks;
use super::refusal::{self, Refusal};
use super::rules;
use super::table::{ServerEntry, ServerMachine, ServerPurpose, Share};
use super::{BUSY_TRANSACTIONS, MAX_TRANSACTIONS, Stack};
use crate::auth::{Manner, Verdict};
use crate::event::{Event, Registering, TransactionId};
use crate::message::{HeaderName, Message, Method, ParseError, ParseErrorKind, Request, Text, Uri};
use crate::transaction::key::MergeKey;
use crate::transaction::{InviteServer, Report, Server};
use crate::transport::{Hop, Packet, Transmit};

impl Stack {
    pub(super) fn take_in(&mut self, now: Duration, packet: Packet, out: &mut Vec<Transmit>) {
        match Message::parse(&packet.bytes) {
            Ok(Message::Request(request)) => match Arrived::read(request, packet.hop) {
                Some(arrived) => self.take_request(now, arrived, out),
                None => self.counters.malformed += 1,
            },
            Ok(Message::Response(response)) => self.take_response(now, response, packet.hop, out),
            Err(error) => self.take_flawed(&error, packet.hop, out),
        }
    }

    fn take_flawed(&mut self, error: &ParseError, hop: Hop, out: &mut Vec<Transmit>) {
        if error.kind == ParseErrorKind::Empty {
            return;
        }
        self.counters.malformed += 1;
        let Some(request) = &error.reply else { return };
        let mut request = Request::clone(request);
        let mut reply = hop;
        if let Ok(mut via) = request.headers.top_via() {
            stamp(&mut via, &hop);
            reply = reply_hop(hop, &via);
            request.headers.replace_top_via(&via);
        }
        let tag = self.stateless_tag(&request);
        let mut response = self.response(&request, error.status(), &tag);
        response.reason = Text::from_static(error.kind.reason());
        out.push(Transmit { hop: reply, bytes: response.to_bytes() });
    }

    fn take_request(&mut self, now: Duration, arrived: Arrived, out: &mut Vec<Transmit>) {
        if let Some(&id) = self.server_keys.get(&arrived.key) {
            return self.take_again(now, id, arrived, out);
        }
        match arrived.request.method {
            Method::Ack => self.take_ack(now, &arrived, out),
            Method::Cancel => self.take_cancel(now, arrived, out),
            _ => self.take_new(now, arrived, out),
        }
    }

    /// A request, or the ACK, of a transaction that is known: no digest needed, for nothing new can come of it.
    fn take_again(&mut self, now: Duration, id: TransactionId, arrived: Arrived, out: &mut Vec<Transmit>) {
        let is_from_there = self.servers.get(&id).is_some_and(|entry| entry.source == arrived.hop.remote.ip());
        if !is_from_there {
            self.counters.stray += 1;
            return;
        }
        if arrived.request.method != Method::Ack {
            self.drive_server(id, |machine| machine.retransmitted(now), out);
            return;
        }
        if self.drive_server(id, |machine| machine.acknowledged(now), out) == Some(Report::Deliver) {
            self.take_ack(now, &arrived, out);
        }
    }

    fn take_new(&mut self, now: Duration, arrived: Arrived, out: &mut Vec<Transmit>) {
        if let Err(refusal) = rules::check(&arrived) {
            self.counters.unproven += 1;
            return self.refuse_statelessly(&arrived, &refusal, out);
        }
        let is_in_dialog = arrived.to.tag().is_some() && arrived.request.method != Method::Register;
        let may_come_late = is_in_dialog || arrived.request.method == Method::Invite;
        let limit = if may_come_late { MAX_TRANSACTIONS } else { BUSY_TRANSACTIONS };
        if self.transactions() >= limit {
            self.counters.limited += 1;
            return self.refuse_statelessly(&arrived, &Refusal::new(503), out);
        }
        if is_in_dialog {
            return self.take_in_dialog(now, arrived, out);
        }
        if self.merge_keys.contains_key(&merge_key(&arrived)) {
            return self.refuse_statelessly(&arrived, &Refusal::new(482), out);
        }
        if let Some(user) = self.peer_of(&arrived) {
            return self.take_from_peer(now, arrived, user, out);
        }
        if let Some(user) = self.prove(now, &arrived, out) {
            self.take_proven(now, arrived, user, out);
        }
    }

    /// The user whose digest the request carries; otherwise it has been answered, and nothing remembered.
    pub(super) fn prove(&mut self, now: Duration, arrived: &Arrived, out: &mut Vec<Transmit>) -> Option<String> {
        let source = arrived.hop.remote;
        let method = arrived.request.method.to_string();
        let uri = arrived.request.uri.to_text();
        let values = arrived.request.headers.authorizations().map(Text::as_bytes);
        let verdict = self.auth.check(now, &method, &uri.to_str(), source, values);
        let refusal = match verdict {
            Verdict::Known(user) => return Some(user),
            Verdict::Malformed => Refusal::new(400),
            Verdict::Absent | Verdict::Stale => {
                self.counters.unproven += 1;
                self.challenge(now, arrived, verdict == Verdict::Stale)
            }
            Verdict::Replayed => {
                self.counters.refused += 1;
                self.challenge(now, arrived, true)
            }
            Verdict::Wrong { user } | Verdict::Unheard { user } => self.refuse_try(now, arrived, &user)?,
        };
        self.refuse_statelessly(arrived, &refusal, out);
        None
    }

    /// What a wrong password is told; `None`: nothing, for it has been told often enough.
    fn refuse_try(&mut self, now: Duration, arrived: &Arrived, user: &str) -> Option<Refusal> {
        self.counters.refused += 1;
        let (manner, attack) = self.auth.refuse(now, arrived.hop.remote, user);
        debug!("{}: wrong secret for {user:?}: {manner:?}", arrived.hop.remote);
        if let Some(attack) = attack {
            self.events.push_back(Event::Attacked(Box::new(attack)));
        }
        match manner {
            Manner::Challenge => Some(self.challenge(now, arrived, false)),
            Manner::Wait(seconds) => {
                let headers = vec![(HeaderName::RetryAfter, seconds.to_string())];
                Some(Refusal { headers, ..Refusal::new(503) })
            }
            Manner::Silence => None,
        }
    }

    fn challenge(&mut self, now: Duration, arrived: &Arrived, is_stale: bool) -> Refusal {
        let source = arrived.hop.remote.ip();
        let challenges = if quirks::takes_md5_alone(arrived.request.headers.user_agent()) {
            vec![self.auth.md5_challenge(now, source, is_stale)]
        } else {
            self.auth.challenges(now, source, is_stale)
        };
        let headers = challenges.into_iter().map(|value| (HeaderName::WwwAuthenticate, value)).collect();
        Refusal { status: 401, headers }
    }

    /// A request outside dialogs from here on has a transaction: its digest is spent, so that a retransmission would
    /// be challenged again.
    fn take_proven(&mut self, now: Duration, arrived: Arrived, user: String, out: &mut Vec<Transmit>) {
        let is_call = arrived.request.method == Method::Invite;
        let share = if is_call { Share::Calls(user.clone()) } else { Share::Others(user.clone()) };
        let Some(arrived) = self.take_share(arrived, share, out) else { return };
        if !self.may_speak_for(&arrived, &user) {
            self.counters.refused += 1;
            self.auth.is_not_its_own(now, arrived.hop.remote, &user);
            return self.respond_once(now, arrived, &Refusal::new(403), out);
        }
        self.move_dialogs(now, &user, arrived.hop);
        match arrived.request.method {
            Method::Invite => self.take_invite(now, arrived, user, out),
            Method::Register => {
                let (request, hop) = (arrived.request.clone(), arrived.hop);
                let transaction = self.start_server(now, arrived, ServerPurpose::Owner, out);
                self.events.push_back(Event::Registering(Box::new(Registering { transaction, user, request, hop })));
            }
            Method::Subscribe => self.take_subscribe(now, arrived, user, out),
            Method::Refer => self.take_refer_outside(now, arrived, user, out),
            Method::Options => {
                let answer = self.capabilities();
                self.respond_once(now, arrived, &answer, out);
            }
            _ => {
                let refusal = Refusal::new(rules::unused(&arrived.request.method));
                self.respond_once(now, arrived, &refusal, out);
            }
        }
    }

    /// Counts the request under its share; one that is full has been answered.
    pub(super) fn take_share(&mut self, arrived: Arrived, share: Share, out: &mut Vec<Transmit>) -> Option<Arrived> {
        if self.has_room(&share, &arrived.request.method) {
            return Some(Arrived { share: Some(share), ..arrived });
        }
        self.counters.limited += 1;
        self.refuse_statelessly(&arrived, &Refusal::new(503), out);
        None
    }

    /// From must be an AOR of the credential, or of an INVITE nobody's (RFC 3323 §4.1); for a REGISTER To as well, and
    /// P-Asserted-Identity where there is one.
    fn may_speak_for(&self, arrived: &Arrived, user: &str) -> bool {
        let owns = |uri: &Uri| aor_of(uri).is_some_and(|aor| self.auth.owns(user, &aor));
        let asserted = arrived.request.headers.name_addrs(HeaderName::PAssertedIdentity);
        let is_anonymous = arrived.request.method == Method::Invite && is_anonymous(&arrived.from.uri);
        (owns(&arrived.from.uri) || is_anonymous)
            && (arrived.request.method != Method::Register || owns(&arrived.to.uri))
            && asserted.is_ok_and(|asserted| asserted.iter().all(|one| owns(&one.uri)))
    }

    /// Makes the transaction of a request that somebody will answer; an INVITE gets its 100.
    pub(super) fn start_server(
        &mut self,
        now: Duration,
        arrived: Arrived,
        purpose: ServerPurpose,
        out: &mut Vec<Transmit>,
    ) -> TransactionId {
        let tag = self.token();
        let is_reliable = arrived.hop.transport.is_reliable();
        let machine = if arrived.request.method == Method::Invite {
            let trying = self.response(&arrived.request, 100, &tag).to_bytes();
            let (machine, reaction) = match purpose {
                ServerPurpose::Offer(_) => InviteServer::start_within_dialog(now, trying, is_reliable),
                _ => InviteServer::start(now, trying, is_reliable),
            };
            if let (Some(bytes), true) = (reaction.send, purpose != ServerPurpose::Done) {
                out.push(Transmit { hop: arrived.reply_hop, bytes });
            }
            ServerMachine::Invite(machine)
        } else {
            ServerMachine::Other(Server::start(now, is_reliable))
        };
        let merge = arrived.to.tag().is_none().then(|| merge_key(&arrived));
        let (key, hop, source, share) = (arrived.key, arrived.reply_hop, arrived.hop.remote.ip(), arrived.share);
        let request = kept(&arrived.request);
        let entry = ServerEntry { key, merge, hop, source, request, share, tag, machine, purpose, wake: None };
        let id = self.insert_server(entry);
        self.drive_server(id, |machine| machine.clock(now), out);
        id
    }

    /// Answers at once, and again when the request comes again.
    pub(super) fn respond_once(&mut self, now: Duration, arrived: Arrived, answer: &Refusal, out: &mut Vec<Transmit>) {
        let id = self.start_server(now, arrived, ServerPurpose::Done, out);
        self.respond_in(now, id, answer, out);
    }

    /// Answers a transaction without a body.
    pub(super) fn respond_in(&mut self, now: Duration, id: TransactionId, answer: &Refusal, out: &mut Vec<Transmit>) {
        let Some(entry) = self.servers.get(&id) else { return };
        let mut response = self.response(&entry.request, answer.status, &entry.tag);
        for (name, value) in &answer.headers {
            response.headers.push(name.clone(), value);
        }
        let bytes = response.to_bytes();
        self.drive_server(id, |machine| machine.respond(now, answer.status, bytes), out);
    }

    /// Answers and forgets.
    pub(super) fn refuse_statelessly(&self, arrived: &Arrived, refusal: &Refusal, out: &mut Vec<Transmit>) {
        let tag = self.stateless_tag(&arrived.request);
        let mut response = self.response(&arrived.request, refusal.status, &tag);
        for (name, value) in &refusal.headers {
            response.headers.push(name.clone(), value);
        }
        out.push(Transmit { hop: arrived.reply_hop, bytes: response.to_bytes() });
    }

    /// What we can do, for OPTIONS (§11.2).
    pub(super) fn capabilities(&self) -> Refusal {
        let headers = [
            (HeaderName::Allow, refusal::ALLOW.to_owned()),
            (HeaderName::AllowEvents, refusal::allow_events()),
            (HeaderName::Accept, refusal::ACCEPT.to_owned()),
            (HeaderName::AcceptEncoding, "identity".to_owned()),
            (HeaderName::AcceptLanguage, "en".to_owned()),
            (HeaderName::Supported, refusal::SUPPORTED.to_owned()),
        ];
        Refusal { status: 200, headers: headers.into() }
    }

    /// The same request gets the same To tag without any memory of it (§8.2.7).
    fn stateless_tag(&self, request: &Request) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.identity.nonce_key).expect("any key length is fine");
        for name in [HeaderName::CallId, HeaderName::From, HeaderName::CSeq] {
            mac.update(request.headers.get(name).map_or(&b""[..], Text::as_bytes));
            mac.update(b"\n");
        }
        mac.finalize().into_bytes().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The owner's answer to `Registering`, or its refusal of `Subscribing` with 300 to 699.
    pub fn respond(
        &mut self,
        now: Duration,
        transaction: TransactionId,
        status: u16,
        headers: Vec<(HeaderName, String)>,
        out: &mut Vec<Transmit>,
    ) {
        let lowest = match self.servers.get(&transaction).map(|entry| entry.purpose) {
            Some(ServerPurpose::Owner) => 200,
            Some(ServerPurpose::Subscription(id)) if self.is_asked(id) => {
                self.forget_subscription(id);
                300
            }
            _ => return,
        };
        self.respond_in(now, transaction, &Refusal { status: status.clamp(lowest, 699), headers }, out);
    }
}

fn merge_key(arrived: &Arrived) -> MergeKey {
    let from_tag = arrived.from.tag().map(Text::detached);
    MergeKey::of(from_tag.as_ref(), &arrived.call_id.detached(), arrived.cseq.number, &arrived.request.method)
}

/// What responses copy; the rest, as long as a datagram can be, is let go.
fn kept(request: &Request) -> Request {
    const COPIED: [HeaderName; 7] = [
        HeaderName::Via,
        HeaderName::RecordRoute,
        HeaderName::From,
        HeaderName::To,
        HeaderName::CallId,
        HeaderName::CSeq,
        HeaderName::Timestamp,
    ];
    let mut kept = Request::new(request.method.clone(), Uri::sip(None, "kept", None));
    kept.headers = request.headers.detached(&COPIED);
    kept
}
