//! A simulated carrier: a registrar that challenges, and a peer that takes calls, refuses them, is silent, and calls in.

use std::cell::Ref;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use md5::Digest as _;
use pbx::input::LegId;
use pbx::words::Language;
use sip::transport::{FlowId, Hop, Transport};

use crate::ladder::Rung;
use crate::media::{prompt_name, sound_name};
use crate::office::{Office, PATIENCE, Shared, until};
use crate::phone::digest::hex;
use crate::phone::message::{self, Message, Start, uri_of, user_of};
use crate::place::ANYWHERE;
use crate::wire::{Conditions, Wire, lan};
use crate::world::{BOX, World};

/// How a carrier is disposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// It does what is asked of it.
    Works,
    /// It says nothing.
    IsSilent,
    /// It answers everything but a REGISTER with this status.
    Refuses(u16),
}

/// Ten milliseconds away, and nothing is lost.
pub fn away() -> Conditions {
    Conditions { latency: Duration::from_millis(10), ..lan() }
}

/// What has become of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The box calls, and the called phone rings.
    Rings,
    /// The carrier calls the box, which has not answered.
    Calls,
    /// The two talk.
    Talks,
    /// It is over, with the status of a refusal, or 0.
    Over(u16),
}

/// A call as the carrier sees it.
#[derive(Clone, Debug)]
pub struct OutsideCall {
    /// Where the carrier is.
    address: SocketAddr,
    call_id: String,
    ours: String,
    theirs: String,
    /// Where the box is called in it.
    pub target: String,
    cseq: u32,
    /// The INVITE.
    pub invite: Message,
    /// Where it stands.
    pub stage: Stage,
    /// Whether the two have talked.
    pub was_answered: bool,
}

/// A carrier.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it is.
    pub address: SocketAddr,
    /// Its one account: user and secret; without one it challenges nobody.
    pub account: Option<(String, String)>,
    /// How it is disposed.
    pub temper: Temper,
    /// Whether it challenges calls as well.
    pub challenges_calls: bool,
    /// The shortest expiry it takes, in seconds.
    pub least_s: u32,
    /// Whether it plays something before the answer, in a 183 that must arrive (RFC 3262).
    pub has_early_media: bool,
    /// The RAck of each PRACK that it got.
    pub confirmed: Vec<String>,
    /// Numbers that it refuses, with the status.
    pub refuses: BTreeMap<String, u16>,
    /// Where the box's messages seem to come from, behind a NAT.
    pub sees_box_at: Option<SocketAddr>,
    /// The Contact that the box has registered, and the expiry it asked for.
    pub contact: Option<(String, u32)>,
    /// How many REGISTERs it has granted.
    pub registrations: u32,
    /// How many REGISTERs ended a registration.
    pub departures: u32,
    /// Whether a REGISTER came that did not count on from the one before (RFC 3261 §10.2).
    pub is_out_of_order: bool,
    registered_last: (String, u32),
    /// The line between it and the box.
    pub wire: Wire,
    /// Whether it takes connections.
    pub takes_tcp: bool,
    /// The names that its certificate is for, where it is reached by TLS.
    pub proves: Vec<String>,
    /// The way that its registrar wants calls to take (RFC 3608).
    pub service_route: Option<String>,
    /// Whether the next right digest is called stale.
    pub is_next_stale: bool,
    /// How many OPTIONS it was asked.
    pub questions: u32,
    /// Whether somebody speaks at its end of calls.
    pub is_speaking: bool,
    /// Its calls, oldest first.
    pub calls: Vec<OutsideCall>,
    /// The last refusal of something that it asked for.
    pub refused: Option<Message>,
    nonces: u32,
    words: u32,
}

impl Peer {
    /// One that works, without an account.
    pub fn new(address: SocketAddr) -> Peer {
        Peer {
            address,
            account: None,
            temper: Temper::Works,
            challenges_calls: false,
            least_s: 60,
            has_early_media: false,
            confirmed: Vec::new(),
            refuses: BTreeMap::new(),
            sees_box_at: None,
            contact: None,
            registrations: 0,
            is_out_of_order: false,
            registered_last: (String::new(), 0),
            wire: Wire::new(away()),
            takes_tcp: true,
            proves: Vec::new(),
            service_route: None,
            departures: 0,
            is_next_stale: false,
            questions: 0,
            is_speaking: false,
            calls: Vec::new(),
            refused: None,
            nonces: 0,
            words: 0,
        }
    }

    /// Takes a message; what it says to it.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<String> {
        let Some(message) = Message::read(bytes) else { return Vec::new() };
        if self.temper == Temper::IsSilent {
            return Vec::new();
        }
        match message.start.clone() {
            Start::Request { method, uri } => self.on_request(&method, &uri, message),
            Start::Response { status, .. } => self.on_response(status, &message),
        }
    }

    fn on_request(&mut self, method: &str, uri: &str, message: Message) -> Vec<String> {
        let known = self.calls.iter().position(|call| call.call_id == message.call_id());
        match (method, known) {
            ("ACK", _) => Vec::new(),
            ("REGISTER", _) => self.on_register(&message),
            ("OPTIONS", None) => {
                self.questions += 1;
                let status = if let Temper::Refuses(status) = self.temper { status } else { 200 };
                vec![self.says(&message, status, &[], "")]
            }
            ("INVITE", None) => self.on_invite(uri, message),
            // A repetition: what was said of it was heard or will be asked for again.
            ("INVITE", Some(index)) if self.calls[index].stage == Stage::Rings => Vec::new(),
            ("INVITE", Some(index)) => match self.calls[index].stage {
                Stage::Over(status @ 300..) => vec![self.says(&message, status, &[], "")],
                Stage::Talks => {
                    let call = &mut self.calls[index];
                    // The box may have moved: there it is called, and heard, from now on.
                    call.target = uri_of(message.header("Contact").unwrap_or_default()).to_owned();
                    call.invite.body = message.body.clone();
                    vec![self.says(&message, 200, &[self.contact()], SDP)]
                }
                _ => vec![self.says(&message, 200, &[self.contact()], SDP)],
            },
            // Too late: it was answered, or is over.
            ("CANCEL", Some(index)) if self.calls[index].stage != Stage::Rings => {
                vec![self.says(&message, 200, &[], "")]
            }
            ("CANCEL", Some(index)) => {
                self.calls[index].stage = Stage::Over(487);
                let invite = self.calls[index].invite.clone();
                vec![self.says(&message, 200, &[], ""), self.says(&invite, 487, &[], "")]
            }
            ("PRACK", Some(_)) => {
                self.confirmed.push(message.header("RAck").unwrap_or_default().to_owned());
                vec![self.says(&message, 200, &[], "")]
            }
            ("BYE", Some(index)) => {
                self.calls[index].stage = Stage::Over(0);
                vec![self.says(&message, 200, &[], "")]
            }
            (_, Some(index)) if !matches!(self.calls[index].stage, Stage::Over(_)) => {
                vec![self.says(&message, 200, &[], "")]
            }
            (_, Some(_) | None) => vec![self.says(&message, 481, &[], "")],
        }
    }

    fn on_register(&mut self, message: &Message) -> Vec<String> {
        if let Some(challenge) = self.challenge(message, "REGISTER", 401) {
            return vec![challenge];
        }
        let number = message.cseq().0;
        let (call_id, last) = std::mem::replace(&mut self.registered_last, (message.call_id(), number));
        self.is_out_of_order |= call_id == message.call_id() && number <= last;
        let expires: u32 = message.header("Expires").and_then(|value| value.parse().ok()).unwrap_or(0);
        if expires < self.least_s && expires > 0 {
            return vec![self.says(message, 423, &[("Min-Expires".to_owned(), self.least_s.to_string())], "")];
        }
        let contact = message.header("Contact").unwrap_or_default().to_owned();
        if expires == 0 {
            if self.contact.as_ref().is_some_and(|(known, _)| known == uri_of(&contact)) {
                self.contact = None;
            }
            self.departures += 1;
            return vec![self.says(message, 200, &[], "")];
        }
        self.contact = Some((uri_of(&contact).to_owned(), expires));
        self.registrations += 1;
        let granted = format!("<{}>;expires={expires}", uri_of(&contact));
        let route = self.service_route.clone().map(|route| ("Service-Route".to_owned(), route));
        let headers: Vec<_> = std::iter::once(("Contact".to_owned(), granted)).chain(route).collect();
        vec![self.says(message, 200, &headers, "")]
    }

    /// What is wrong with the digest of a request, as a response.
    fn challenge(&mut self, message: &Message, method: &str, status: u16) -> Option<String> {
        let (user, secret) = self.account.clone()?;
        let (asks, answers) = match status {
            407 => ("Proxy-Authenticate", "Proxy-Authorization"),
            _ => ("WWW-Authenticate", "Authorization"),
        };
        let value = message.header(answers).unwrap_or_default();
        let field = |name: &str| {
            let fields = value.strip_prefix("Digest ").unwrap_or_default().split(", ");
            let found = fields.filter_map(|field| field.split_once('=')).find(|(known, _)| *known == name);
            found.map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default()
        };
        let hash = |text: String| hex(&md5::Md5::digest(text));
        let (first, second) = (hash(format!("{user}:carrier:{secret}")), hash(format!("{method}:{}", field("uri"))));
        let (nonce, nc, cnonce) = (field("nonce"), field("nc"), field("cnonce"));
        let is_right = field("response") == hash(format!("{first}:{nonce}:{nc}:{cnonce}:auth:{second}"));
        if is_right && !std::mem::take(&mut self.is_next_stale) {
            return None;
        }
        self.nonces += 1;
        let stale = if is_right { ", stale=true" } else { "" };
        let nonce = format!("nonce{}", self.nonces);
        let value = format!("Digest realm=\"carrier\", nonce=\"{nonce}\", algorithm=MD5, qop=\"auth\"{stale}");
        Some(self.says(message, status, &[(asks.to_owned(), value)], ""))
    }

    fn on_invite(&mut self, uri: &str, message: Message) -> Vec<String> {
        if let Temper::Refuses(status) = self.temper {
            return vec![self.says(&message, status, &[], "")];
        }
        if self.challenges_calls
            && let Some(challenge) = self.challenge(&message, "INVITE", 407)
        {
            return vec![challenge];
        }
        let trying = self.says(&message, 100, &[], "");
        if let Some(status) = self.refuses.get(user_of(uri)).copied() {
            return vec![trying, self.says(&message, status, &[], "")];
        }
        let tag = self.word();
        let contact = message.header("Contact").unwrap_or_default();
        let call = OutsideCall {
            address: self.address,
            call_id: message.call_id(),
            ours: format!("{};tag={tag}", message.header("To").unwrap_or_default()),
            theirs: message.header("From").unwrap_or_default().to_owned(),
            target: uri_of(contact).to_owned(),
            cseq: 0,
            invite: message.clone(),
            stage: Stage::Rings,
            was_answered: false,
        };
        self.calls.push(call);
        if self.has_early_media {
            let must_arrive = [("Require", "100rel"), ("RSeq", "41")].map(|(name, value)| (name.into(), value.into()));
            let headers: Vec<_> = std::iter::once(self.contact()).chain(must_arrive).collect();
            return vec![trying, self.says_as(&message, 183, &tag, &headers, SDP)];
        }
        vec![trying, self.says_as(&message, 180, &tag, &[self.contact()], "")]
    }

    fn on_response(&mut self, status: u16, message: &Message) -> Vec<String> {
        let call_id = message.call_id();
        let Some(index) = self.calls.iter().position(|call| call.call_id == call_id) else { return Vec::new() };
        if message.cseq().1 != "INVITE" || status < 200 {
            return Vec::new();
        }
        if status >= 300 {
            self.refused = Some(message.clone());
        }
        let call = &mut self.calls[index];
        call.theirs = message.header("To").unwrap_or_default().to_owned();
        let target = match message.header("Contact") {
            Some(contact) if status < 300 => uri_of(contact).to_owned(),
            _ => call.target.clone(),
        };
        call.target = target.clone();
        // A repetition of it makes no call of one that is over, and a refused change ends none.
        let is_change = call.stage == Stage::Talks;
        if !is_change && !matches!(call.stage, Stage::Over(_)) {
            call.stage = if status < 300 { Stage::Talks } else { Stage::Over(status) };
            call.was_answered |= status < 300;
        }
        // A refusal is acknowledged in the INVITE's transaction, an answer in one of its own.
        let branch = call.invite.branch();
        let branch = if status < 300 { format!("{branch}a") } else { branch };
        vec![request("ACK", &target, call, message.cseq().0, &branch, "")]
    }

    fn says(&mut self, to: &Message, status: u16, headers: &[(String, String)], body: &str) -> String {
        let tag = self.word();
        self.says_as(to, status, &tag, headers, body)
    }

    fn says_as(&self, to: &Message, status: u16, tag: &str, headers: &[(String, String)], body: &str) -> String {
        let text = message::response(to, status, tag, headers, body);
        match self.sees_box_at {
            Some(seen) => text.replacen(";rport", &format!(";rport={};received={}", seen.port(), seen.ip()), 1),
            None => text,
        }
    }

    fn contact(&self) -> (String, String) {
        ("Contact".to_owned(), format!("<sip:gateway@{}>", self.address))
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("c{}w{}", self.address.to_string().replace(['.', ':'], "x"), self.words)
    }

    /// Answers the call that rings.
    pub(crate) fn answers(&mut self) -> Vec<String> {
        let Some(index) = self.calls.iter().position(|call| call.stage == Stage::Rings) else { return Vec::new() };
        (self.calls[index].stage, self.calls[index].was_answered) = (Stage::Talks, true);
        let (invite, ours) = (self.calls[index].invite.clone(), self.calls[index].ours.clone());
        let tag = message::parameter(&ours, "tag").unwrap_or_default().to_owned();
        vec![self.says_as(&invite, 200, &tag, &[self.contact()], SDP)]
    }

    pub(crate) fn hangs_up(&mut self) -> Vec<String> {
        let Some(index) = self.calls.iter().position(|call| call.stage == Stage::Talks) else { return Vec::new() };
        let branch = format!("z9hG4bK{}", self.word());
        let call = &mut self.calls[index];
        call.stage = Stage::Over(0);
        call.cseq += 1;
        let (target, cseq) = (call.target.clone(), call.cseq);
        vec![request("BYE", &target, call, cseq, &branch, "")]
    }

    /// Gives up the call that it makes, with these headers besides.
    pub(crate) fn gives_up(&mut self, more: &str) -> Vec<String> {
        let Some(call) = self.calls.iter().rfind(|call| call.stage == Stage::Calls) else { return Vec::new() };
        let text = request("CANCEL", &call.target, call, call.cseq, &call.invite.branch(), "");
        vec![text.replacen("Max-Forwards: 70\r\n", &format!("Max-Forwards: 70\r\n{more}"), 1)]
    }

    /// Offers something else in the call that is up.
    pub(crate) fn offers(&mut self, sdp: &str) -> Vec<String> {
        let branch = format!("z9hG4bK{}", self.word());
        let Some(call) = self.calls.iter_mut().rfind(|call| call.stage == Stage::Talks) else { return Vec::new() };
        call.cseq += 1;
        let text = request("INVITE", &call.target, call, call.cseq, &branch, sdp);
        call.invite = Message::read(text.as_bytes()).expect("it is a message");
        vec![text]
    }

    pub(crate) fn calls_in(&mut self, from: &str, to: &str, more: &str) -> Vec<String> {
        let (word, branch) = (self.word(), format!("z9hG4bK{}", self.word()));
        let target = match &self.contact {
            Some((contact, _)) => contact.clone(),
            None => format!("sip:{to}@{BOX}"),
        };
        let mut call = OutsideCall {
            address: self.address,
            call_id: format!("in-{word}"),
            ours: format!("{from};tag={word}"),
            theirs: format!("<sip:{to}@carrier.example>"),
            target: target.clone(),
            cseq: 1,
            invite: Message {
                start: Start::Response { status: 0, phrase: String::new() },
                headers: Vec::new(),
                body: String::new(),
            },
            stage: Stage::Calls,
            was_answered: false,
        };
        let text = request("INVITE", &target, &call, 1, &branch, SDP);
        let text = text.replacen("Max-Forwards: 70\r\n", &format!("Max-Forwards: 70\r\n{more}"), 1);
        call.invite = Message::read(text.as_bytes()).expect("it is a message");
        self.calls.push(call);
        vec![text]
    }
}

/// What a carrier's gateway offers and answers.
const SDP: &str = "v=0\r\no=- 7 1 IN IP4 203.0.113.5\r\ns=-\r\nc=IN IP4 203.0.113.5\r\nt=0 0\r\n\
                   m=audio 30000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

fn request(method: &str, uri: &str, call: &OutsideCall, cseq: u32, branch: &str, body: &str) -> String {
    let address = call.address;
    let header = |name: &str, value: String| (name.to_owned(), value);
    let headers = [
        header("Via", format!("SIP/2.0/UDP {address};branch={branch};rport")),
        header("Max-Forwards", "70".to_owned()),
        header("From", call.ours.clone()),
        header("To", call.theirs.clone()),
        header("Call-ID", call.call_id.clone()),
        header("CSeq", format!("{cseq} {method}")),
        header("Contact", format!("<sip:gateway@{address}>")),
    ];
    message::request(method, uri, &headers, body)
}

/// A handle to a carrier.
#[derive(Clone, Debug)]
pub struct Carrier {
    world: Shared,
    index: usize,
}

impl Office {
    /// A carrier at this address, without an account.
    #[track_caller]
    pub fn carrier(&self, address: &str) -> Carrier {
        let world = self.shared();
        let index = world.borrow().carriers.len();
        world.borrow_mut().carriers.push(Peer::new(address.parse().expect("a carrier's address")));
        Carrier { world, index }
    }

    /// The office file has these rows as well.
    #[track_caller]
    pub fn with_rows(self, rows: &str) -> Office {
        self.reloads(|raw| crate::text::add(raw, rows));
        self
    }

    /// A trunk's state in a word, and what is wrong with it.
    #[track_caller]
    pub fn trunk_is(&self, name: &str, health: pbx::trunks::Health, says: &str) -> &Office {
        self.until(&format!("trunk {name} is {health:?}, {says:?}"), |world| {
            let trunk = world.status.trunks.iter().find(|trunk| trunk.name == name);
            trunk.is_some_and(|trunk| {
                let words = trunk
                    .trouble
                    .as_ref()
                    .map(|trouble| Language::English.words().trouble(trouble))
                    .unwrap_or_default();
                trunk.health == health && words.contains(says)
            })
        });
        self
    }
}

impl World {
    /// The newest leg to a carrier, and what plays there.
    pub fn heard_outside(&self, address: SocketAddr) -> Option<(LegId, String)> {
        let is_there = |peer: SocketAddr| peer.ip() == address.ip();
        let (leg, port) = self.media.ports.iter().rfind(|(_, port)| port.peer.is_some_and(is_there))?;
        Some((*leg, port.playing.as_ref().map(|(_, sound)| sound_name(sound)).unwrap_or_default()))
    }
}

impl World {
    /// Whether somebody outside is heard on a leg now.
    pub fn speaks_outside(&self, leg: LegId) -> Option<String> {
        let peer = self.media.ports.get(&leg)?.peer?;
        let one = self.carriers.iter().find(|one| one.address.ip() == peer.ip() && one.is_speaking)?;
        one.calls.iter().any(|call| call.stage == Stage::Talks).then(|| "outside".to_owned())
    }
}

impl Carrier {
    /// It is set up like this.
    pub fn set(&self, change: impl FnOnce(&mut Peer)) -> &Carrier {
        change(&mut self.world.borrow_mut().carriers[self.index]);
        self
    }

    /// It is disposed like this from now on.
    pub fn becomes(&self, temper: Temper) -> &Carrier {
        self.note(&format!("becomes {temper:?}"));
        self.set(|peer| peer.temper = temper)
    }

    /// What it looks like.
    pub fn peer(&self) -> Ref<'_, Peer> {
        Ref::map(self.world.borrow(), |world| &world.carriers[self.index])
    }

    /// Waits until a phone outside rings for this number, as it was sent.
    #[track_caller]
    pub fn rings(&self, number: &str) -> &Carrier {
        let index = self.index;
        let is_it = move |world: &World| {
            let rings = |call: &&OutsideCall| call.stage == Stage::Rings;
            let call = world.carriers[index].calls.iter().rfind(rings);
            call.is_some_and(|call| match &call.invite.start {
                Start::Request { uri, .. } => user_of(uri) == number,
                Start::Response { .. } => false,
            })
        };
        until(&self.world, &format!("{number} rings outside"), PATIENCE * 3, is_it);
        self
    }

    /// A header of the last INVITE that it got or sent.
    pub fn header(&self, name: &str) -> String {
        let peer = self.peer();
        let last = peer.calls.last().and_then(|call| call.invite.header(name));
        last.unwrap_or_default().to_owned()
    }

    /// All headers of the last INVITE that it got or sent, one a line.
    pub fn invite(&self) -> String {
        let peer = self.peer();
        let lines = peer.calls.last().map(|call| &call.invite.headers);
        lines.into_iter().flatten().map(|(name, value)| format!("{name}: {value}\n")).collect()
    }

    /// Waits until its last call stands like this.
    #[track_caller]
    pub fn is_at(&self, stage: Stage) -> &Carrier {
        let index = self.index;
        let is_so = move |world: &World| world.carriers[index].calls.last().is_some_and(|call| call.stage == stage);
        until(&self.world, &format!("the carrier's call is at {stage:?}"), PATIENCE, is_so);
        self
    }

    /// Waits until whoever is at its end of the newest leg hears this sentence.
    #[track_caller]
    pub fn hears_prompt(&self, id: &str) -> &Carrier {
        self.hears(&prompt_name(id))
    }

    /// The same of any sound that the box plays, or of none of them.
    #[track_caller]
    pub fn hears(&self, sound: &str) -> &Carrier {
        let address = self.peer().address;
        let is_so = |world: &World| world.heard_outside(address).is_some_and(|(_, heard)| heard == sound);
        until(&self.world, &format!("somebody outside hears {sound}"), PATIENCE * 3, is_so);
        self
    }

    /// Whoever is at its end of the newest leg presses a key.
    pub fn presses(&self, key: char) -> &Carrier {
        self.note(&format!("presses {key}"));
        let address = self.peer().address;
        let mut world = self.world.borrow_mut();
        if let Some((leg, _)) = world.heard_outside(address) {
            world.digit(leg, key);
        }
        drop(world);
        self
    }

    /// The called phone is answered.
    pub fn answers(&self) -> &Carrier {
        self.does("answers", Peer::answers)
    }

    /// Gives up the call that it makes, with these headers besides.
    pub fn gives_up(&self, more: &str) -> &Carrier {
        self.does("gives up", |peer| peer.gives_up(more))
    }

    /// Offers something else in the call that is up.
    pub fn offers(&self, sdp: &str) -> &Carrier {
        self.does("offers something else", |peer| peer.offers(sdp))
    }

    /// Waits until what it asked for is refused with this status; the refusal.
    #[track_caller]
    pub fn is_refused(&self, wanted: u16) -> Message {
        let index = self.index;
        let is_it =
            move |message: &Message| matches!(message.start, Start::Response { status, .. } if status == wanted);
        let is_so = move |world: &World| world.carriers[index].refused.as_ref().is_some_and(is_it);
        until(&self.world, &format!("the carrier is refused with {wanted}"), PATIENCE, is_so);
        self.peer().refused.clone().expect("it has just come")
    }

    /// Its side hangs up.
    pub fn hangs_up(&self) -> &Carrier {
        self.does("hangs up", Peer::hangs_up)
    }

    /// Somebody outside calls a number of the office.
    pub fn calls(&self, from: &str, to: &str) -> &Carrier {
        self.calls_with(&format!("<sip:{from}@carrier.example>"), to, "")
    }

    /// The same, with From in full and more headers.
    pub fn calls_with(&self, from: &str, to: &str, more: &str) -> &Carrier {
        self.does(&format!("calls {to} for {from}"), |peer| peer.calls_in(from, to, more))
    }

    fn does(&self, words: &str, act: impl FnOnce(&mut Peer) -> Vec<String>) -> &Carrier {
        self.note(words);
        let mut world = self.world.borrow_mut();
        let said = act(&mut world.carriers[self.index]);
        said.into_iter().for_each(|text| world.send_from_carrier(self.index, text));
        drop(world);
        self
    }

    fn note(&self, words: &str) {
        let mut world = self.world.borrow_mut();
        let now = world.now;
        world.ladder.push(now, Rung::Said(format!("carrier {} {words}", self.index)));
    }
}

/// The way from a carrier to the box: what came by a connection is answered there.
pub fn hop_from(address: SocketAddr, bytes: &[u8]) -> Hop {
    let is_answer = bytes.starts_with(b"SIP/2.0 ");
    let by_tcp = Message::read(bytes)
        .is_some_and(|message| message.header("Via").is_some_and(|via| via.trim_start().starts_with("SIP/2.0/TCP")));
    match is_answer && by_tcp {
        true => Hop { transport: Transport::Tcp, local: BOX, remote: address, flow: Some(FLOW), proof: None },
        false => Hop { transport: Transport::Udp, local: ANYWHERE, remote: address, flow: None, proof: None },
    }
}

/// The connection that the box has opened to a carrier: far from the numbers of the phones'.
const FLOW: FlowId = FlowId(1 << 40);
