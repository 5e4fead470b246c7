//! Messages of ours.

use std::time::Duration;

use bytes::Bytes;

use super::Stack;
use super::arrived::contact_of;
use super::refusal::{ALLOW, SUPPORTED, SUPPORTED_WITHIN, phrase};
use super::table::{ClientEntry, ClientMachine, Purpose};
use crate::dialog::{Dialog, State};
use crate::event::{Body, DialogId, Reason, TransactionId};
use crate::message::{CSeq, HeaderName, Headers, Method, NameAddr, Request, Response, Scheme, Text, Uri, Via};
use crate::session_timer::SessionTimer;
use crate::sides::Sides;
use crate::transaction::key::{ClientKey, MAGIC_COOKIE};
use crate::transaction::{Client, InviteClient};
use crate::transport::{Hop, Transmit, Transport};

/// Hops that our requests may take (§8.1.1.6).
pub(super) const MAX_FORWARDS: u32 = 70;

/// Our address as a Contact: the peer sends the requests of the dialog there, by the transport of the dialog. Whoever
/// asks for `sips:` gets the same (RFC 3261 §12.1.1); phones that use TLS otherwise write it as a transport, which
/// RFC 3261 §26.2.2 gave up and everybody understands.
pub(super) fn contact(sides: &Sides) -> NameAddr {
    let user = Some(sides.contact_user.as_str()).filter(|user| !user.is_empty());
    let mut uri = Uri::sip_at(user, sides.contact_at.unwrap_or(sides.hop.local));
    match sides.hop.transport {
        Transport::Udp => {}
        Transport::Tcp => uri.set_param("transport", "tcp"),
        Transport::Tls if sides.target.scheme == Scheme::Sips => uri.scheme = Scheme::Sips,
        Transport::Tls => uri.set_param("transport", "tls"),
    }
    NameAddr::new(uri)
}

/// A Reason value, with quotes and line ends made harmless.
pub(super) fn reason_value(reason: &Reason) -> String {
    let mut value = format!("{};cause={}", reason.protocol, reason.cause);
    if !reason.text.is_empty() {
        let text: String = reason.text.chars().filter(|c| !c.is_control() && *c != '"' && *c != '\\').collect();
        value.push_str(&format!(";text=\"{text}\""));
    }
    // Some look for the one, some for the other (ITU-T Q.850: non-selected user clearing).
    if reason.protocol == "SIP" && reason.cause == 200 {
        value.push_str(", Q.850;cause=26");
    }
    value
}

/// The ACK to a failure of an INVITE: of the same transaction (§17.1.1.3).
pub(super) fn ack_of_failure(invite: &Request, response: &Response) -> Bytes {
    let mut ack = Request::new(Method::Ack, invite.uri.clone());
    if let Ok(via) = invite.headers.top_via() {
        ack.headers.push(HeaderName::Via, &via);
    }
    finish_ack(ack, &invite.headers, &response.headers, invite.headers.routes().unwrap_or_default())
}

fn finish_ack(mut ack: Request, invite: &Headers, response: &Headers, routes: Vec<NameAddr>) -> Bytes {
    put_routes(&mut ack, routes);
    ack.headers.push(HeaderName::MaxForwards, MAX_FORWARDS);
    ack.headers.copy_from(invite, HeaderName::From);
    ack.headers.copy_from(response, HeaderName::To);
    ack.headers.copy_from(invite, HeaderName::CallId);
    let number = invite.cseq().map(|cseq| cseq.number).unwrap_or_default();
    ack.headers.push(HeaderName::CSeq, CSeq { number, method: Method::Ack });
    // An ACK cannot be challenged: it proves itself by what its INVITE did (§22.1).
    ack.headers.copy_from(invite, HeaderName::Authorization);
    ack.headers.copy_from(invite, HeaderName::ProxyAuthorization);
    ack.to_bytes()
}

/// The Route set that a 2xx makes, our next hop first (§12.1.2); a re-INVITE keeps its own.
pub(super) fn routes_after(invite: &Request, response: &Headers) -> Vec<NameAddr> {
    let is_first = invite.headers.to().is_ok_and(|to| to.tag().is_none());
    if !is_first {
        return invite.headers.routes().unwrap_or_default();
    }
    let mut routes = response.record_routes().unwrap_or_default();
    routes.reverse();
    routes
}

/// Fills in the Route set; without `lr` the next hop is an old strict router and becomes the Request-URI (§12.2.1.1).
pub(super) fn put_routes(request: &mut Request, mut routes: Vec<NameAddr>) {
    let Some(first) = routes.first() else { return };
    if !first.uri.params.has("lr") {
        let next = routes.remove(0).uri;
        let target = std::mem::replace(&mut request.uri, next);
        routes.push(NameAddr::new(target));
    }
    for route in &routes {
        request.headers.push(HeaderName::Route, route);
    }
}

/// A request within a dialog, with the next CSeq.
pub(super) fn next_request(sides: &mut Sides, method: Method, via: &Via) -> Request {
    sides.local_cseq = sides.local_cseq.saturating_add(1);
    request_with(sides, method, sides.local_cseq, via)
}

/// A request within a dialog, from Via to Allow.
pub(super) fn request_with(sides: &Sides, method: Method, number: u32, via: &Via) -> Request {
    let mut request = Request::new(method.clone(), sides.target.clone());
    request.headers.push(HeaderName::Via, via);
    put_routes(&mut request, sides.routes.clone());
    let headers = &mut request.headers;
    headers.push(HeaderName::MaxForwards, MAX_FORWARDS);
    headers.push(HeaderName::From, &sides.local);
    headers.push(HeaderName::To, &sides.remote);
    headers.push(HeaderName::CallId, &sides.call_id);
    headers.push(HeaderName::CSeq, CSeq { number, method: method.clone() });
    if matches!(method, Method::Invite | Method::Notify | Method::Update) {
        headers.push(HeaderName::Contact, contact(sides));
    }
    if matches!(method, Method::Invite | Method::Update) {
        headers.push(HeaderName::Allow, ALLOW);
        headers.push(HeaderName::Supported, SUPPORTED_WITHIN);
    }
    request
}

/// What a request of ours in this dialog says of its session (RFC 4028 §7): the first INVITE offers a timer, later ones keep what there is.
fn session_request(dialog: &Dialog, method: &Method) -> Vec<(HeaderName, String)> {
    if !matches!(method, Method::Invite | Method::Update) {
        return Vec::new();
    }
    let is_first = matches!(dialog.state, State::Calling { .. });
    dialog.timer.wanted(is_first).into_iter().flatten().collect()
}

/// What our 2xx says of the session: whoever shall refresh it must have understood that (RFC 4028 §9).
pub(super) fn session_reply(timer: &SessionTimer) -> Vec<(HeaderName, String)> {
    let Some(reply) = timer.reply() else { return Vec::new() };
    let require = reply.is_known.then(|| (HeaderName::Require, "timer".to_owned()));
    std::iter::once((HeaderName::SessionExpires, reply.session_expires())).chain(require).collect()
}

impl Stack {
    /// A response without body and contact.
    pub(super) fn response(&self, request: &Request, status: u16, tag: &str) -> Response {
        let mut response = Response::to_request(request, status, phrase(status));
        if status > 100 {
            // A To that cannot be read stays as it came; that request is being refused for it.
            let _ = response.set_to_tag(tag);
        }
        response.headers.push(HeaderName::Server, self.identity.user_agent.as_str());
        response
    }

    /// A response that makes or refreshes the dialog.
    pub(super) fn dialog_response(
        &self,
        id: TransactionId,
        dialog: &Dialog,
        status: u16,
        body: Option<&Body>,
    ) -> Bytes {
        let is_refresh = (200..300).contains(&status)
            && self.servers.get(&id).is_some_and(|entry| {
                entry.request.method == Method::Invite || matches!(dialog.state, State::Established { .. })
            });
        let more = if is_refresh { session_reply(&dialog.timer) } else { Vec::new() };
        self.dialog_response_with(id, dialog, status, &more, body)
    }

    /// The same with these headers.
    pub(super) fn dialog_response_with(
        &self,
        id: TransactionId,
        dialog: &Dialog,
        status: u16,
        more: &[(HeaderName, String)],
        body: Option<&Body>,
    ) -> Bytes {
        let Some(entry) = self.servers.get(&id) else { return Bytes::new() };
        let tag = dialog.sides.local.tag().cloned().unwrap_or_default();
        let mut response = self.response(&entry.request, status, &tag.to_str());
        response.headers.push(HeaderName::Contact, contact(&dialog.sides));
        response.headers.push(HeaderName::Allow, ALLOW);
        response.headers.push(HeaderName::Supported, SUPPORTED);
        more.iter().for_each(|(name, value)| response.headers.push(name.clone(), value));
        if let Some(body) = body {
            response.headers.push(HeaderName::ContentType, body.content_type.as_str());
            response.body = body.bytes.clone();
        }
        response.to_bytes()
    }

    /// Our Via with a branch of its own.
    pub(super) fn new_via(&mut self, hop: &Hop) -> Via {
        let branch = format!("{MAGIC_COOKIE}{}", self.token());
        let mut via = Via::new(hop.transport.as_str(), hop.local.ip(), Some(hop.local.port()), branch);
        via.ask_rport();
        via
    }

    /// A request within the dialog, with the next CSeq.
    pub(super) fn request_in(&mut self, id: DialogId, method: Method) -> Option<Request> {
        let hop = self.dialogs.get(&id)?.sides.hop;
        let via = self.new_via(&hop);
        let dialog = self.dialogs.get_mut(&id)?;
        let session = session_request(dialog, &method);
        let mut request = next_request(&mut dialog.sides, method, &via);
        session.into_iter().for_each(|(name, value)| request.headers.push(name, value));
        request.headers.push(HeaderName::UserAgent, self.identity.user_agent.as_str());
        Some(request)
    }

    /// The ACK to a 2xx: a transaction of its own, to the dialog's target (§13.2.2.4).
    pub(super) fn ack_of_success(
        &mut self,
        invite: &Request,
        response: &Response,
        hop: &Hop,
        answer: Option<&Body>,
    ) -> Bytes {
        let target = contact_of(&response.headers).unwrap_or_else(|| invite.uri.clone());
        let mut ack = Request::new(Method::Ack, target);
        ack.headers.push(HeaderName::Via, self.new_via(hop));
        if let Some(body) = answer {
            ack.headers.push(HeaderName::ContentType, body.content_type.as_str());
            ack.body = body.bytes.clone();
        }
        finish_ack(ack, &invite.headers, &response.headers, routes_after(invite, &response.headers))
    }

    /// Sends a request in a transaction of its own.
    pub(super) fn start_client(
        &mut self,
        now: Duration,
        hop: Hop,
        mut request: Request,
        purpose: Purpose,
        out: &mut Vec<Transmit>,
    ) -> TransactionId {
        let branch = request.headers.top_via().ok().and_then(|via| via.branch().cloned()).unwrap_or_default();
        let key = ClientKey { branch: Text::from(branch.as_bytes().to_vec()), method: request.method.clone() };
        let own = hop.transport;
        let (hop, bytes) = self.way_by_size(now, hop, &mut request);
        let is_large = hop.transport != own;
        let peer = purpose.dialog().and_then(|id| self.dialogs.get(&id)?.sides.user.clone());
        let peer = peer.filter(|user| self.peers.get(user).is_some());
        if peer.is_none() && request.method != Method::Invite && !is_large {
            // A peer may want to have it again with a digest, everybody an INVITE with a longer session, and who takes no
            // TCP what was too large.
            request.body = Bytes::new();
        }
        let is_reliable = hop.transport.is_reliable();
        let (machine, reaction) = if request.method == Method::Invite {
            let (machine, reaction) = InviteClient::start(now, bytes, is_reliable);
            (ClientMachine::Invite(machine), reaction)
        } else {
            let (machine, reaction) = Client::start(now, bytes, is_reliable);
            (ClientMachine::Other(machine), reaction)
        };
        if let Some(bytes) = reaction.send {
            out.push(Transmit { hop, bytes });
        }
        let answered = Vec::new();
        let entry =
            ClientEntry { key, hop, request, machine, purpose, answered, peer, sent_before: 0, is_large, wake: None };
        let id = self.insert_client(entry);
        self.drive_client(id, |machine| machine.clock(now), out);
        id
    }
}

/// Appends a body with its type.
pub(super) fn put_body(request: &mut Request, body: Option<&Body>) {
    if let Some(body) = body {
        request.headers.push(HeaderName::ContentType, body.content_type.as_str());
        request.body = body.bytes.clone();
    }
}
