//! Peers that are no phones: whose requests are taken without a digest, our REGISTER and OPTIONS to them (RFC 3261 §10.2,
//! §11.1), and the answers to their challenges (§22.2, §22.3).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use log::debug;
use rand_chacha::rand_core::Rng as _;

use super::arrived::{Arrived, aor_of};
use super::build;
use super::table::{Purpose, Share};
use super::{BUSY_TRANSACTIONS, Inquiry, Stack};
use crate::auth::{ClientRequest, answer_challenge, is_stale};
use crate::dialog::{Exchange, GivingUp, State};
use crate::event::{Event, InquiryId, Reply, TransactionId};
use crate::message::{CSeq, HeaderName, Headers, Method, Request, Response, Text};
use crate::peer::Peer;
use crate::sides::Sides;
use crate::transport::{Hop, Transmit};

/// How often one request goes out again: for a proxy's challenge and a server's, each with a nonce that has just expired, or
/// for a longer session.
pub(super) const MAX_SENT_AGAIN: u8 = 4;

/// What the answer to an inquiry says beside its status.
const TOLD: [HeaderName; 5] = [
    HeaderName::Contact,
    HeaderName::Expires,
    HeaderName::MinExpires,
    HeaderName::RetryAfter,
    HeaderName::ServiceRoute,
];

/// Peers by the name they are kept under; as many as the owner has trunks.
#[derive(Clone, Default)]
pub(super) struct Peers {
    all: BTreeMap<String, Peer>,
    /// All REGISTERs to one registrar share Call-ID and tag, and count (RFC 3261 §10.2).
    accounts: BTreeMap<String, Account>,
}

/// One registration of ours.
#[derive(Clone)]
struct Account {
    call_id: Text,
    tag: Text,
    cseq: u32,
}

impl Peers {
    pub fn get(&self, user: &str) -> Option<&Peer> {
        self.all.get(user)
    }

    fn account_of<'a>(&'a self, user: &'a str) -> &'a str {
        self.all.get(user).map_or(user, |peer| &peer.account)
    }

    /// Whose request this is: who knows the token of our Contact, else who sends from there.
    fn sender(&self, arrived: &Arrived) -> Option<&Peer> {
        let called = arrived.request.uri.user_unescaped();
        let knows_token = |peer: &&Peer| peer.token.is_some() && peer.token == called;
        let by_token = self.all.values().find(knows_token);
        by_token.or_else(|| self.all.values().find(|peer| peer.place.sends_from(&arrived.hop)))
    }
}

impl Stack {
    /// Which peers there are from here on; dialogs that run go on.
    pub fn set_peers(&mut self, peers: Vec<Peer>) {
        self.peers.all = peers.into_iter().map(|peer| (peer.user.clone(), peer)).collect();
        let all = &self.peers.all;
        self.peers.accounts.retain(|name, _| all.values().any(|peer| peer.account == *name));
    }

    /// The peer whose call or question this is. One with a digest of ours is a phone's, wherever it comes from.
    pub(super) fn peer_of(&self, arrived: &Arrived) -> Option<String> {
        let is_taken = matches!(arrived.request.method, Method::Invite | Method::Options);
        if !is_taken || arrived.request.headers.authorizations().next().is_some() {
            return None;
        }
        self.peers.sender(arrived).map(|peer| peer.user.clone())
    }

    /// A call or a question of a peer.
    pub(super) fn take_from_peer(&mut self, now: Duration, arrived: Arrived, user: String, out: &mut Vec<Transmit>) {
        let is_call = arrived.request.method == Method::Invite;
        let share = if is_call { Share::Calls(user.clone()) } else { Share::Others(user.clone()) };
        let Some(arrived) = self.take_share(arrived, share, out) else { return };
        if is_call {
            return self.take_invite(now, arrived, user, out);
        }
        let answer = self.capabilities();
        self.respond_once(now, arrived, &answer, out);
    }

    /// Whether a request within a dialog comes from its peer, though not from where the dialog lives.
    pub(super) fn is_of_peer(&self, sides: &Sides, arrived: &Arrived) -> bool {
        let peer = sides.user.as_ref().and_then(|user| self.peers.get(user));
        peer.is_some_and(|peer| peer.place.sends_from(&arrived.hop))
    }

    /// Some time shorter than this, by chance: so that what all boxes do after a failure of their carrier is not done at
    /// one moment.
    pub fn jitter(&mut self, span: Duration) -> Duration {
        let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX).max(1);
        Duration::from_millis(self.random.next_u64() % millis)
    }

    /// Whether so much is going on that what can wait is to wait.
    pub fn is_busy(&self) -> bool {
        self.transactions() >= BUSY_TRANSACTIONS
    }

    /// Registers with a peer, or asks it by OPTIONS whether it lives; the outcome comes as [`Event::Replied`].
    pub fn inquire(&mut self, now: Duration, inquiry: Inquiry, out: &mut Vec<Transmit>) -> InquiryId {
        let id = InquiryId(self.next_id());
        if self.is_busy() {
            self.counters.limited += 1;
            self.events.push_back(Event::Replied(Box::new(Reply::without_response(id, 503))));
            return id;
        }
        let request = self.inquiry_request(&inquiry);
        let transaction = self.start_client(now, inquiry.hop, request, Purpose::Inquiry(id), out);
        if let Some(entry) = self.clients.get_mut(&transaction) {
            entry.peer = Some(inquiry.user);
        }
        id
    }

    fn inquiry_request(&mut self, inquiry: &Inquiry) -> Request {
        let account = self.account(inquiry);
        let method = if inquiry.contact.is_some() { Method::Register } else { Method::Options };
        let mut from = inquiry.from.clone();
        from.set_tag(&account.tag);
        let mut request = Request::new(method.clone(), inquiry.uri.clone());
        request.headers.push(HeaderName::Via, self.new_via(&inquiry.hop));
        build::put_routes(&mut request, inquiry.routes.clone());
        let headers = &mut request.headers;
        headers.push(HeaderName::MaxForwards, build::MAX_FORWARDS);
        headers.push(HeaderName::From, from);
        headers.push(HeaderName::To, &inquiry.to);
        headers.push(HeaderName::CallId, &account.call_id);
        headers.push(HeaderName::CSeq, CSeq { number: account.cseq, method });
        if let Some((contact, expires_s)) = &inquiry.contact {
            headers.push(HeaderName::Contact, contact);
            headers.push(HeaderName::Expires, *expires_s);
        } else {
            headers.push(HeaderName::Accept, super::refusal::ACCEPT);
        }
        headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        request
    }

    /// The next REGISTER of an account; a question by OPTIONS is one by itself.
    fn account(&mut self, inquiry: &Inquiry) -> Account {
        let name = self.peers.account_of(&inquiry.user).to_owned();
        let known = self.peers.accounts.get(&name).filter(|_| inquiry.contact.is_some());
        let account = match known {
            Some(account) => Account { cseq: account.cseq.saturating_add(1), ..account.clone() },
            None => Account {
                call_id: Text::from(format!("{}{}", self.token(), self.token())),
                tag: Text::from(self.token()),
                cseq: 1,
            },
        };
        if inquiry.contact.is_some() {
            self.peers.accounts.insert(name, account.clone());
        }
        account
    }

    /// Our inquiry is over: by a final response, or as if this status had come.
    pub(super) fn inquiry_done(&mut self, inquiry: InquiryId, status: u16, response: Option<(&Response, &Hop)>) {
        let Some((response, hop)) = response else {
            return self.events.push_back(Event::Replied(Box::new(Reply::without_response(inquiry, status))));
        };
        let phrase = response.reason.to_str().chars().filter(|c| !c.is_control()).take(80).collect();
        let headers = response.headers.detached(&TOLD);
        let seen_as = seen_as(&response.headers);
        let reply = Reply { inquiry, status, is_answer: true, phrase, headers, seen_as, flow: hop.flow };
        self.events.push_back(Event::Replied(Box::new(reply)));
    }

    /// Answers a challenge to a request of ours, which then goes out again; false where that is of no use: we have no
    /// secret, or it was wrong.
    pub(super) fn answer_challenge(
        &mut self,
        now: Duration,
        id: TransactionId,
        response: &Response,
        out: &mut Vec<Transmit>,
    ) -> bool {
        let Some(entry) = self.clients.get(&id) else { return false };
        let (remote, peer) = (entry.hop.remote, entry.peer.clone());
        if entry.sent_before >= MAX_SENT_AGAIN || self.is_given_up(entry.purpose) {
            return false;
        }
        let mut request = entry.request.clone();
        let cnonce = self.token();
        let digest = peer.as_ref().and_then(|user| self.peers.get(user)).and_then(|peer| peer.digest.as_ref());
        let Some((user, secret)) = digest else { return false };
        if !put_credentials(&mut request, response, (user, secret), &cnonce) {
            debug!("{remote}: the secret of {user:?} is not taken");
            return false;
        }
        self.send_again(now, id, request, out);
        true
    }

    /// Sends a request of ours that was refused, with more in it, in a transaction of its own.
    pub(super) fn send_again(
        &mut self,
        now: Duration,
        id: TransactionId,
        mut request: Request,
        out: &mut Vec<Transmit>,
    ) {
        let Some(entry) = self.clients.get(&id) else { return };
        let (purpose, peer, sent_before) = (entry.purpose, entry.peer.clone(), entry.sent_before);
        let number = self.next_number(purpose, peer.as_deref(), &request);
        let method = request.method.clone();
        request.headers.set(HeaderName::CSeq, CSeq { number, method });
        let started = self.send_anew(now, id, request, out);
        if let Some(entry) = started.and_then(|started| self.clients.get_mut(&started)) {
            entry.sent_before = sent_before + 1;
        }
    }

    /// Sends a request of ours in a transaction of its own, for one that is over.
    pub(super) fn send_anew(
        &mut self,
        now: Duration,
        id: TransactionId,
        mut request: Request,
        out: &mut Vec<Transmit>,
    ) -> Option<TransactionId> {
        let entry = self.clients.get(&id)?;
        let (hop, purpose, sent_before, peer) = (entry.hop, entry.purpose, entry.sent_before, entry.peer.clone());
        request.headers.replace_top_via(&self.new_via(&hop));
        let started = self.start_client(now, hop, request, purpose, out);
        if let Some(entry) = self.clients.get_mut(&started) {
            (entry.sent_before, entry.peer) = (sent_before, peer);
        }
        self.replace_transaction(purpose, id, started);
        Some(started)
    }

    /// Whether the call is being cancelled, so that nobody wants it to go out again.
    pub(super) fn is_given_up(&self, purpose: Purpose) -> bool {
        let Purpose::Call(dialog) = purpose else { return false };
        !matches!(
            self.dialogs.get(&dialog).map(|dialog| &dialog.state),
            Some(State::Calling { giving_up: GivingUp::No, .. })
        )
    }

    fn next_number(&mut self, purpose: Purpose, peer: Option<&str>, request: &Request) -> u32 {
        let last = request.headers.cseq().map(|cseq| cseq.number).unwrap_or_default();
        if let Some(dialog) = purpose.dialog().and_then(|id| self.dialogs.get_mut(&id)) {
            dialog.sides.local_cseq = dialog.sides.local_cseq.saturating_add(1);
            return dialog.sides.local_cseq;
        }
        let name = peer.map(|user| self.peers.account_of(user).to_owned());
        let account = name.and_then(|name| self.peers.accounts.get_mut(&name));
        match account.filter(|_| request.method == Method::Register) {
            Some(account) => {
                account.cseq = account.cseq.saturating_add(1);
                account.cseq
            }
            None => last.saturating_add(1),
        }
    }

    /// What waits for the transaction that was challenged waits for the new one.
    fn replace_transaction(&mut self, purpose: Purpose, old: TransactionId, new: TransactionId) {
        let Some(dialog) = purpose.dialog().and_then(|id| self.dialogs.get_mut(&id)) else { return };
        match (purpose, &mut dialog.state) {
            (Purpose::Call(_), State::Calling { transaction, .. })
            | (Purpose::Offer(_), State::Established { exchange: Exchange::Sent { transaction, .. }, .. })
                if *transaction == old =>
            {
                *transaction = new;
            }
            _ => {}
        }
    }
}

/// Puts the answer to the challenge into the request; false where there is none that helps.
fn put_credentials(request: &mut Request, response: &Response, digest: (&str, &str), cnonce: &str) -> bool {
    let (asks, answers) = match response.status {
        407 => (HeaderName::ProxyAuthenticate, HeaderName::ProxyAuthorization),
        _ => (HeaderName::WwwAuthenticate, HeaderName::Authorization),
    };
    let challenges: Vec<&[u8]> = response.headers.lines(asks).map(Text::as_bytes).collect();
    // The same question again: our answer was wrong, unless only its nonce was too old (RFC 7616 §3.3).
    if request.headers.has(&answers) && !is_stale(challenges.iter().copied()) {
        return false;
    }
    let (method, uri) = (request.method.to_string(), request.uri.to_text());
    let (user, secret) = digest;
    let asked = ClientRequest { method: &method, uri: &uri.to_str(), user, secret, cnonce, nc: 1 };
    match answer_challenge(challenges, &asked) {
        Some(answer) => {
            request.headers.set(answers, answer);
            true
        }
        None => false,
    }
}

/// Our address as the peer sees it: what it filled into our Via (§18.2.1, RFC 3581 §4).
fn seen_as(headers: &Headers) -> Option<SocketAddr> {
    let via = headers.top_via().ok()?;
    let ip = via.received().or_else(|| via.host.ip())?;
    let port = via.rport().or(via.port)?;
    Some(SocketAddr::new(ip, port))
}

/// Who is named by a P-Asserted-Identity, or by the Remote-Party-ID that came before it: the number of a `tel:` URI, else the
/// user part.
pub(super) fn number_asserted(headers: &Headers) -> Option<String> {
    let named = |header| headers.name_addrs(header).ok()?.iter().find_map(|one| aor_of(&one.uri));
    named(HeaderName::PAssertedIdentity).or_else(|| named(HeaderName::RemotePartyId))
}
