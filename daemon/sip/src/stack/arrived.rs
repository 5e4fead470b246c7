//! What is read of a message that came in, before anything is made of it.

use bytes::Bytes;

use super::refusal::ACCEPT;
use super::table::Share;
use crate::dialog::Allows;
use crate::event::Body;
use crate::message::{CSeq, Contacts, HeaderName, Headers, Method, NameAddr, Request, Text, Uri, Via};
use crate::session_timer::Said;
use crate::transaction::key::ServerKey;
use crate::transport::{Hop, Transport};

/// A request with what everybody asks of it.
pub(super) struct Arrived {
    /// With received and rport filled in (§18.2.1, RFC 3581 §4).
    pub request: Request,
    pub key: ServerKey,
    pub from: NameAddr,
    pub to: NameAddr,
    pub call_id: Text,
    pub cseq: CSeq,
    /// The way it came.
    pub hop: Hop,
    /// The way its responses go (§18.2.2).
    pub reply_hop: Hop,
    /// What its transaction is counted under, once that is known.
    pub share: Option<Share>,
}

impl Arrived {
    /// `None` when one of the headers cannot be read that every request has.
    pub fn read(mut request: Request, hop: Hop) -> Option<Arrived> {
        let mut via = request.headers.top_via().ok()?;
        let key = ServerKey::of(&request, &via);
        let (from, to) = (request.headers.from().ok()?, request.headers.to().ok()?);
        let (call_id, cseq) = (request.headers.call_id().ok()?, request.headers.cseq().ok()?);
        stamp(&mut via, &hop);
        let reply_hop = reply_hop(hop, &via);
        request.headers.replace_top_via(&via);
        Some(Arrived { request, key, from, to, call_id, cseq, hop, reply_hop, share: None })
    }

    pub fn peer_tag(&self) -> Text {
        self.from.tag().cloned().unwrap_or_default()
    }

    /// The body with its type; a body without one is taken for a session description.
    pub fn body(&self) -> Option<Body> {
        body_of(&self.request.headers, &self.request.body)
    }

    /// What it says of session timers.
    pub fn session(&self) -> Said {
        Said::read(&self.request.headers).unwrap_or(Said::NOTHING)
    }

    /// Where the peer wants requests of the dialog, without its packet.
    pub fn contact(&self) -> Option<Uri> {
        contact_of(&self.request.headers.detached(&[HeaderName::Contact]))
    }
}

/// What a dialog keeps of the message that makes it.
pub(super) const DIALOG_HEADERS: [HeaderName; 5] =
    [HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::Contact, HeaderName::RecordRoute];

/// Notes in Via where a request came from (§18.2.1, RFC 3581 §4).
pub(super) fn stamp(via: &mut Via, hop: &Hop) {
    let is_same_host = via.host.ip() == Some(hop.remote.ip());
    if via.has_rport() {
        via.set_rport(hop.remote.port());
    }
    if !is_same_host || via.has_rport() {
        via.set_received(hop.remote.ip());
    }
}

/// To the source's address always; to its port with rport, else to the port that Via names. TCP: the connection. A
/// `maddr` is not obeyed: it would send our answer to a third party.
pub(super) fn reply_hop(hop: Hop, via: &Via) -> Hop {
    let mut reply = hop;
    if hop.transport == Transport::Udp && !via.has_rport() {
        let port = via.port.filter(|port| *port > 0).unwrap_or(5060);
        reply.remote.set_port(port);
    }
    reply
}

/// The body with its type; a body without one is taken for a session description.
pub(super) fn body_of(headers: &Headers, body: &Bytes) -> Option<Body> {
    if body.is_empty() {
        return None;
    }
    let content_type = headers.get(HeaderName::ContentType).map_or(ACCEPT.to_owned(), |kind| kind.to_string());
    // The body is a slice of its packet; the copy lets the packet go.
    Some(Body { content_type, bytes: Bytes::copy_from_slice(body) })
}

/// What the sender takes within a dialog; `None` where it does not say.
pub(super) fn allows_of(headers: &Headers) -> Option<Allows> {
    let allowed = headers.allow().ok().filter(|allowed| !allowed.is_empty())?;
    Some(Allows { update: allowed.contains(&Method::Update), info: allowed.contains(&Method::Info) })
}

/// The URI of the first Contact.
pub(super) fn contact_of(headers: &Headers) -> Option<Uri> {
    match headers.contacts() {
        Ok(Contacts::List(list)) => list.into_iter().next().map(|contact| contact.uri),
        _ => None,
    }
}

/// The user part that stands for an AOR: of a `tel:` URI the number.
pub(super) fn aor_of(uri: &Uri) -> Option<String> {
    uri.number().or_else(|| uri.user_unescaped())
}
