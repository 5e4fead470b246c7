//! A stack under virtual time, and phones that write their messages by hand.

use std::time::Duration;

use bytes::Bytes;
use sip::auth::{ClientRequest, Credential, answer_challenge, ha1};
use sip::event::{Body, DialogId, Event, Invited};
use sip::message::{HeaderName, Message, Method, NameAddr, Request, Response, Text, Uri};
use sip::stack::{Identity, Invite, Sizes, Stack};
use sip::transport::{FlowId, Hop, Packet, Transmit, Transport};

pub const BOX: &str = "192.0.2.1:5060";
pub const ANNA: &str = "192.0.2.20:5060";
pub const BERT: &str = "192.0.2.21:5062";
pub const STRANGER: &str = "203.0.113.66:5060";
pub const SDP: &str =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.20\r\ns=-\r\nc=IN IP4 192.0.2.20\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

pub fn udp(remote: &str) -> Hop {
    Hop {
        transport: Transport::Udp,
        local: BOX.parse().unwrap(),
        remote: remote.parse().unwrap(),
        flow: None,
        proof: None,
    }
}

pub fn tcp(remote: &str, flow: u64) -> Hop {
    Hop { transport: Transport::Tcp, flow: Some(FlowId(flow)), ..udp(remote) }
}

pub fn sdp() -> Body {
    Body::sdp(Bytes::from_static(SDP.as_bytes()))
}

pub fn new_stack(seed: u8) -> Stack {
    let identity = Identity {
        realm: "office".to_owned(),
        user_agent: "Bellbox".to_owned(),
        nonce_key: [seed; 32],
        seed: [seed; 32],
    };
    let mut stack = Stack::new(identity);
    stack.set_credentials([("anna", "101"), ("bert", "102")].map(credential).into());
    stack
}

pub fn credential((user, aor): (&str, &str)) -> Credential {
    let (ha1_md5, ha1_sha256) = ha1(user, "office", "secret");
    Credential { user: user.to_owned(), ha1_md5, ha1_sha256, aors: vec![aor.to_owned()] }
}

/// The stack with its clock; what it sent and said, with the time.
pub struct Office {
    pub stack: Stack,
    pub now: Duration,
    pub sent: Vec<(Duration, Transmit)>,
    pub events: Vec<Event>,
}

impl Office {
    pub fn new() -> Office {
        Office { stack: new_stack(1), now: Duration::ZERO, sent: Vec::new(), events: Vec::new() }
    }

    pub fn run<R>(&mut self, act: impl FnOnce(&mut Stack, Duration, &mut Vec<Transmit>) -> R) -> R {
        let mut out = Vec::new();
        let result = act(&mut self.stack, self.now, &mut out);
        self.sent.extend(out.into_iter().map(|transmit| (self.now, transmit)));
        result
    }

    pub fn receive(&mut self, hop: Hop, text: impl AsRef<[u8]>) {
        let bytes = Bytes::copy_from_slice(text.as_ref());
        let event = self.run(|stack, now, out| stack.receive(now, Packet { hop, bytes }, out));
        self.events.extend(event);
        self.poll();
    }

    pub fn poll(&mut self) {
        while let Some(event) = self.run(|stack, now, out| stack.poll(now, out)) {
            self.events.push(event);
        }
    }

    /// Lets time pass, firing each deadline at its instant.
    pub fn advance(&mut self, by: Duration) {
        let until = self.now + by;
        while let Some(at) = self.stack.next_deadline().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.poll();
        }
        self.now = until;
    }

    pub fn advance_ms(&mut self, by: u64) {
        self.advance(Duration::from_millis(by));
    }

    /// What was sent since the last time, as `milliseconds METHOD` or `milliseconds status METHOD`.
    pub fn lines(&mut self) -> Vec<String> {
        let sent = std::mem::take(&mut self.sent);
        let line = |(at, transmit): (Duration, Transmit)| match Message::parse(&transmit.bytes).unwrap() {
            Message::Request(request) => format!("{} {}", at.as_millis(), request.method),
            Message::Response(response) => {
                format!("{} {} {}", at.as_millis(), response.status, response.headers.cseq().unwrap().method)
            }
        };
        sent.into_iter().map(line).collect()
    }

    /// What was sent since the last time, without times.
    pub fn names(&mut self) -> Vec<String> {
        self.lines().iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect()
    }

    /// The last message sent, which stays in `sent`.
    #[track_caller]
    pub fn last_response(&self) -> Response {
        match Message::parse(&self.sent.last().expect("something was sent").1.bytes).unwrap() {
            Message::Response(response) => response,
            Message::Request(request) => panic!("expected a response, got {}", request.method),
        }
    }

    #[track_caller]
    pub fn last_request(&self, method: &str) -> Request {
        let parsed = self.sent.iter().rev().map(|(_, transmit)| Message::parse(&transmit.bytes).unwrap());
        let mut requests = parsed.filter_map(|message| match message {
            Message::Request(request) => Some(request),
            Message::Response(_) => None,
        });
        requests.find(|request| request.method == Method::from(method)).expect("such a request was sent")
    }

    /// The names of the events since the last time.
    pub fn said(&mut self) -> Vec<String> {
        std::mem::take(&mut self.events).iter().map(name_of).collect()
    }

    #[track_caller]
    pub fn invited(&mut self) -> Invited {
        match self.events.pop() {
            Some(Event::Invited(invited)) => *invited,
            other => panic!("expected Invited, got {other:?}"),
        }
    }

    /// A call to Bert's phone, with or without an offer, of which the stack does not know whose it is.
    pub fn call(&mut self, hop: Hop, body: Option<Body>) -> DialogId {
        self.call_user(None, hop, body)
    }

    /// A call to this user's phone.
    pub fn call_user(&mut self, user: Option<&str>, hop: Hop, body: Option<Body>) -> DialogId {
        let uri = |text: &str| Uri::parse(&Text::from(text)).unwrap();
        let invite = Invite {
            from: NameAddr::new(uri("sip:101@office")),
            to: NameAddr::new(uri("sip:102@office")),
            target: uri("sip:bert@192.0.2.21:5062"),
            hop,
            user: user.map(str::to_owned),
            contact_user: "101".to_owned(),
            outside: None,
            headers: vec![(HeaderName::AlertInfo, "<urn:alert:source:internal>".to_owned())],
            body,
        };
        self.run(|stack, now, out| stack.invite(now, invite, out))
    }

    /// Nothing waits for anything any more.
    #[track_caller]
    pub fn assert_idle_after(&mut self, seconds: u64) {
        self.advance(Duration::from_secs(seconds));
        assert_eq!(self.stack.sizes(), Sizes::default());
        assert!(self.stack.is_idle(), "deadlines are left");
    }
}

pub fn name_of(event: &Event) -> String {
    match event {
        Event::Progress { status, .. } => format!("Progress {status}"),
        Event::Rejected { status, .. } => format!("Rejected {status}"),
        Event::ReofferRefused { status, .. } => format!("ReofferRefused {status}"),
        Event::Probed { is_alive, .. } => format!("Probed {is_alive}"),
        other => {
            let text = format!("{other:?}");
            text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
        }
    }
}

/// A phone that calls: one Call-ID, its tag, its CSeq.
#[derive(Clone)]
pub struct Phone {
    pub user: &'static str,
    pub aor: &'static str,
    pub callee: &'static str,
    pub secret: &'static str,
    pub hop: Hop,
    pub call_id: String,
    pub to_tag: String,
    pub cseq: u32,
    pub branch: u32,
    pub nc: u32,
    pub challenges: Vec<String>,
    pub extra: String,
    pub uri: String,
}

impl Phone {
    pub fn anna() -> Phone {
        Phone {
            user: "anna",
            aor: "101",
            callee: "102",
            secret: "secret",
            hop: udp(ANNA),
            call_id: "c1@phone".to_owned(),
            to_tag: String::new(),
            cseq: 0,
            branch: 0,
            nc: 0,
            challenges: Vec::new(),
            extra: String::new(),
            uri: "sip:102@192.0.2.1".to_owned(),
        }
    }

    /// The next request, with a branch and CSeq of its own, and digest once there was a challenge.
    pub fn request(&mut self, method: &str, body: &str) -> String {
        if !matches!(method, "ACK" | "CANCEL") {
            self.cseq += 1;
        }
        if method != "CANCEL" {
            self.branch += 1;
        }
        let authorization = if matches!(method, "ACK" | "CANCEL") { String::new() } else { self.digest(method) };
        let Phone { aor, callee, call_id, cseq, branch, extra, uri, .. } = self;
        let from = if aor.contains('@') { (*aor).to_owned() } else { format!("{aor}@office") };
        let transport = self.hop.transport.as_str();
        let to_tag = if self.to_tag.is_empty() { String::new() } else { format!(";tag={}", self.to_tag) };
        let content = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/{transport} {remote};branch=z9hG4bK-{call_id}-{branch};rport\r\n\
             Max-Forwards: 70\r\nFrom: \"Anna\" <sip:{from}>;tag=anna1\r\nTo: <sip:{callee}@office>{to_tag}\r\n\
             Call-ID: {call_id}\r\nCSeq: {cseq} {method}\r\nContact: <sip:anna@{remote}>\r\n\
             {authorization}{extra}{content}Content-Length: {length}\r\n\r\n{body}",
            remote = self.hop.remote,
            length = body.len(),
        )
    }

    fn digest(&mut self, method: &str) -> String {
        if self.challenges.is_empty() {
            return String::new();
        }
        self.nc += 1;
        let (user, secret, uri) = (self.user, self.secret, self.uri.as_str());
        let request = ClientRequest { method, uri, user, secret, cnonce: "c0ffee", nc: self.nc };
        let answer = answer_challenge(self.challenges.iter().map(String::as_bytes), &request).unwrap();
        format!("Authorization: {answer}\r\n")
    }

    /// Sends the request, learns the challenge, and sends it again with the digest.
    #[track_caller]
    pub fn send(&mut self, office: &mut Office, method: &str, body: &str) -> String {
        if self.challenges.is_empty() {
            let plain = self.request(method, body);
            office.receive(self.hop, &plain);
            self.learn(&office.last_response());
        }
        let text = self.request(method, body);
        office.sent.clear();
        office.receive(self.hop, &text);
        text
    }

    #[track_caller]
    pub fn learn(&mut self, response: &Response) {
        assert_eq!(response.status, 401, "expected a challenge");
        let lines = response.headers.lines(HeaderName::WwwAuthenticate);
        self.challenges = lines.map(|line| line.to_str().into_owned()).collect();
        self.nc = 0;
    }

    /// Calls; the office has sent 100 and nothing else.
    #[track_caller]
    pub fn invite(&mut self, office: &mut Office, body: &str) -> Invited {
        self.send(office, "INVITE", body);
        office.invited()
    }

    /// Calls, is answered, and has acknowledged.
    #[track_caller]
    pub fn connect(&mut self, office: &mut Office) -> DialogId {
        let dialog = self.invite(office, SDP).dialog;
        office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
        self.learn_tag(&office.last_response());
        let ack = self.request("ACK", "");
        office.receive(self.hop, ack);
        assert_eq!(office.said(), ["Confirmed"]);
        office.sent.clear();
        dialog
    }

    pub fn learn_tag(&mut self, response: &Response) {
        self.to_tag = response.headers.to().unwrap().tag().unwrap().to_string();
    }
}

/// The callee's response to a request of the office.
pub fn reply(request: &Request, status: u16, tag: &str, body: &str) -> Bytes {
    let mut response = Response::to_request(request, status, "As asked");
    if status > 100 && !tag.is_empty() {
        response.set_to_tag(tag).unwrap();
    }
    response.headers.push(HeaderName::Contact, format!("<sip:bert-{tag}@192.0.2.21:5062>"));
    if !body.is_empty() {
        response.headers.push(HeaderName::ContentType, "application/sdp");
        response.body = Bytes::copy_from_slice(body.as_bytes());
    }
    response.to_bytes()
}

/// A request of Bert in the dialog that the office's INVITE made.
pub fn request_of_bert(invite: &Request, tag: &str, method: &str, cseq: u32, body: &str) -> String {
    let from = invite.headers.to().unwrap().uri;
    let to = invite.headers.from().unwrap();
    let content = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
    format!(
        "{method} sip:101@192.0.2.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP {BERT};branch=z9hG4bKb{tag}{cseq}{method}\r\n\
         Max-Forwards: 70\r\nFrom: <{from}>;tag={tag}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {cseq} {method}\r\n\
         Contact: <sip:bert@{BERT}>\r\n{content}Content-Length: {}\r\n\r\n{body}",
        to.to_text(),
        invite.headers.call_id().unwrap(),
        body.len(),
    )
}
