//! An office of phones that real messages come from, around an engine; shared by what measures the engine.

// Each of those that share it uses a part.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use config::{Config, RawConfig, RawHa1, RawPerson, RawPhone};
use jiff::{SignedDuration, Timestamp};
use pbx::engine::{Engine, Restored, RtpRange, Settings};
use pbx::input::{Answer, Input};
use pbx::output::{Ask, Output};
use pbx::time::Now;
use sip::auth::{ClientRequest, answer_challenge, ha1};
use sip::message::{HeaderName, Message, Response};
use sip::transport::{Hop, Packet, Transport};

const REALM: &str = "office.example";
const SECRET: &str = "kT7-example-Zq";
const BOX: &str = "127.0.0.1:5060";
const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n\
                   a=rtpmap:101 telephone-event/8000\r\n";

/// An engine with its phones, played from outside.
pub struct Office {
    engine: Engine,
    pub clock: Duration,
    serial: u32,
    challenges: BTreeMap<u32, (Vec<Bytes>, u32)>,
    /// What came in during the last call.
    pub heard: Vec<Bytes>,
    pub messages_of_a_call: usize,
    /// Time inside the engine.
    spent: Duration,
    /// Time inside the engine while nobody wanted anything, and how long that was.
    passing: Duration,
    passed: Duration,
}

impl Office {
    pub fn new(phones: u32) -> Office {
        let settings = Settings {
            sip: vec![([127, 0, 0, 1], 5060).into()],
            rtp: RtpRange { address: [127, 0, 0, 1].into(), low: 10_000, high: 60_000 },
            realm: REALM.to_owned(),
            user_agent: "Bellbox".to_owned(),
            seed: [7; 32],
            nonce_key: [9; 32],
        };
        let now = at(Duration::ZERO);
        let engine = Engine::new(settings, Restored::default(), Arc::new(config(phones)), now);
        let (challenges, heard) = (BTreeMap::new(), Vec::new());
        Office {
            engine,
            clock: Duration::ZERO,
            serial: 0,
            challenges,
            heard,
            messages_of_a_call: 0,
            spent: Duration::ZERO,
            passing: Duration::ZERO,
            passed: Duration::ZERO,
        }
    }

    /// A phone registers, or refreshes; it asks for a challenge when it has none or an old one.
    pub fn registers(&mut self, phone: u32) {
        let uri = "sip:127.0.0.1";
        for _ in 0..2 {
            self.serial += 1;
            let (s, auth) = (self.serial, self.authorization(phone, "REGISTER", uri));
            let text = format!(
                "REGISTER {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{s};rport\r\nMax-Forwards: 70\r\n\
                 From: <sip:{e}@127.0.0.1>;tag=a{s}\r\nTo: <sip:{e}@127.0.0.1>\r\nCall-ID: r{phone}\r\n\
                 CSeq: {s} REGISTER\r\nContact: <sip:u{phone}@{at}>\r\nExpires: 3600\r\nUser-Agent: Desk 1\r\n{auth}\r\n",
                at = address(phone),
                e = extension(phone),
            );
            if self.status_of(phone, text) == 200 {
                return;
            }
        }
        unreachable!("the phone knows its secret");
    }

    /// A phone subscribes to what an extension does.
    pub fn watches(&mut self, phone: u32, watched: u32) {
        let uri = format!("sip:{}@127.0.0.1", extension(watched));
        for _ in 0..2 {
            self.serial += 1;
            let (s, auth) = (self.serial, self.authorization(phone, "SUBSCRIBE", &uri));
            let text = format!(
                "SUBSCRIBE {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{s};rport\r\nMax-Forwards: 70\r\n\
                 From: <sip:{e}@127.0.0.1>;tag=w{s}\r\nTo: <{uri}>\r\nCall-ID: w{s}\r\nCSeq: {s} SUBSCRIBE\r\n\
                 Contact: <sip:u{phone}@{at}>\r\nEvent: dialog\r\nAccept: application/dialog-info+xml\r\n{auth}\r\n",
                at = address(phone),
                e = extension(phone),
            );
            let sent = self.deliver(phone, Bytes::from(text));
            let Some(answer) = sent.iter().find_map(response) else { unreachable!("the box answers") };
            if answer.status == 200 {
                return;
            }
            self.challenged(phone, answer);
        }
        unreachable!("the phone knows its secret");
    }

    /// One phone calls another, which rings, answers, is acknowledged, and is hung up on.
    pub fn calls(&mut self, caller: u32, callee: u32) {
        self.heard.clear();
        self.messages_of_a_call = 0;
        self.serial += 1;
        let (call, uri) = (self.serial, format!("sip:{}@127.0.0.1", extension(callee)));
        let mut sent = Vec::new();
        for attempt in 1..=2 {
            let auth = self.authorization(caller, "INVITE", &uri);
            let invite = self.request(caller, "INVITE", &uri, (call, attempt), ["", &auth, SDP]);
            sent = self.deliver(caller, invite);
            if sent.iter().any(|m| matches!(m, Message::Request(_))) {
                break;
            }
            let refused = sent.iter().find_map(response).expect("the box answers");
            self.challenged(caller, refused);
            let ack = self.request(caller, "ACK", &uri, (call, attempt), [&to_tag(refused), "", ""]);
            self.deliver(caller, ack);
        }
        let invite = sent.iter().find_map(|m| if let Message::Request(r) = m { Some(r) } else { None });
        let invite = invite.expect("the callee is invited");
        let answer = |status: u16, sdp: &str| {
            let mut response = Response::to_request(invite, status, "OK");
            response.set_to_tag(format!("c{call}")).expect("a To header");
            response.headers.set(HeaderName::Contact, format!("<sip:u{callee}@{}>", address(callee)));
            response.headers.set(HeaderName::ContentType, "application/sdp");
            response.body = Bytes::copy_from_slice(sdp.as_bytes());
            response.to_bytes()
        };
        let (ringing, answered) = (answer(180, ""), answer(200, SDP));
        self.deliver(callee, ringing);
        let sent = self.deliver(callee, answered);
        let ok = sent.iter().filter_map(response).find(|r| r.status == 200).expect("the caller is answered");
        let tag = to_tag(ok);
        for method in ["ACK", "BYE"] {
            let number = if method == "ACK" { 2 } else { 3 };
            let request = self.request(caller, method, &format!("sip:{BOX}"), (call, number), [&tag, "", ""]);
            for message in self.deliver(caller, request) {
                if let Message::Request(bye) = &message
                    && bye.method == sip::message::Method::Bye
                {
                    self.deliver(callee, Response::to_request(bye, 200, "OK").to_bytes());
                }
            }
        }
    }

    /// Somebody without a name, each from an address and with a dialog of its own, calls; with what it is refused, or 0.
    pub fn is_asked_by(&mut self, stranger: u32) -> u16 {
        let [_, b, c, d] = stranger.to_be_bytes();
        let remote = std::net::SocketAddr::from(([100, b, c, d], 5060));
        let bytes = Bytes::from(format!(
            "INVITE sip:2001@{BOX} SIP/2.0\r\nVia: SIP/2.0/UDP {remote};branch=z9hG4bKs{stranger};rport\r\nMax-Forwards: 70\r\n\
             From: <sip:s{stranger}@{remote}>;tag=s{stranger}\r\nTo: <sip:2001@{BOX}>\r\nCall-ID: s{stranger}@{remote}\r\n\
             CSeq: 1 INVITE\r\nContact: <sip:s{stranger}@{remote}>\r\nContent-Type: application/sdp\r\n\
             Content-Length: {length}\r\n\r\n{SDP}",
            length = SDP.len(),
        ));
        let hop =
            Hop { transport: Transport::Udp, local: BOX.parse().expect("an address"), remote, flow: None, proof: None };
        let sent = self.step(Input::Datagram(Packet { hop, bytes }));
        sent.iter().find_map(response).map_or(0, |response| response.status)
    }

    /// Time passes, as in a real office between two calls: transactions of ended calls go when their time is over, and phones
    /// are asked whether they are there. It is nothing of what a call costs.
    pub fn passes(&mut self, time: Duration) {
        self.clock += time;
        let before = self.spent;
        self.step(Input::Tick);
        self.passing += self.spent.saturating_sub(before);
        self.passed += time;
        self.spent = before;
    }

    fn request(
        &mut self,
        phone: u32,
        method: &str,
        uri: &str,
        (call, cseq): (u32, u32),
        [to_tag, auth, body]: [&str; 3],
    ) -> Bytes {
        let cseq = cseq + u32::from(method == "INVITE" && cseq > 2);
        let (at, from) = (address(phone), extension(phone));
        Bytes::from(format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bKc{call}-{cseq}-{branch};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{from}@127.0.0.1>;tag=f{call}\r\nTo: <sip:x@127.0.0.1>{to_tag}\r\n\
             Call-ID: c{call}@{at}\r\nCSeq: {cseq} {method}\r\nContact: <sip:u{phone}@{at}>\r\nUser-Agent: Desk 1\r\n\
             Content-Type: application/sdp\r\nContent-Length: {length}\r\n{auth}\r\n{body}",
            branch = if method == "BYE" { "b" } else { "i" },
            length = body.len(),
        ))
    }

    fn status_of(&mut self, phone: u32, text: String) -> u16 {
        let sent = self.deliver(phone, Bytes::from(text));
        let Some(response) = sent.iter().find_map(response) else { return 0 };
        self.challenged(phone, response);
        response.status
    }

    fn challenged(&mut self, phone: u32, response: &Response) {
        if response.status == 401 {
            let lines = response.headers.lines(HeaderName::WwwAuthenticate);
            self.challenges.insert(phone, (lines.map(|line| line.to_bytes()).collect(), 0));
        }
    }

    fn authorization(&mut self, phone: u32, method: &str, uri: &str) -> String {
        let Some((challenges, nc)) = self.challenges.get_mut(&phone) else { return String::new() };
        *nc += 1;
        let user = user(phone);
        let request = ClientRequest { method, uri, user: &user, secret: SECRET, cnonce: "c0ffee", nc: *nc };
        let value = answer_challenge(challenges.iter().map(|c| c.as_ref()), &request);
        value.map(|value| format!("Authorization: {value}\r\n")).unwrap_or_default()
    }

    /// Gives the engine one message, answers its questions, and returns what it sends.
    fn deliver(&mut self, phone: u32, bytes: Bytes) -> Vec<Message> {
        self.clock += Duration::from_micros(200);
        let remote = address(phone).parse().expect("an address");
        let hop =
            Hop { transport: Transport::Udp, local: BOX.parse().expect("an address"), remote, flow: None, proof: None };
        self.heard.push(bytes.clone());
        let sent = self.step(Input::Datagram(Packet { hop, bytes }));
        self.messages_of_a_call += 1 + sent.len();
        sent
    }

    /// Takes one input to the engine, answers its questions and what phones answer by themselves, and returns the rest.
    fn step(&mut self, input: Input) -> Vec<Message> {
        let mut out = Vec::new();
        let start = Instant::now();
        self.engine.handle(at(self.clock), input, &mut out);
        self.spent += start.elapsed();
        let asks: Vec<_> =
            out.iter().filter_map(|o| if let Output::Ask(id, Ask::Commit(_)) = o { Some(*id) } else { None }).collect();
        for id in asks {
            let start = Instant::now();
            self.engine.handle(at(self.clock), Input::Answer(id, Answer::Committed), &mut out);
            self.spent += start.elapsed();
        }
        let sent: Vec<Bytes> = out
            .into_iter()
            .filter_map(|o| if let Output::Datagram(transmit) = o { Some(transmit.bytes) } else { None })
            .collect();
        let sent = sent.iter().map(|bytes| Message::parse(bytes).expect("the box speaks SIP"));
        let (answered, sent): (Vec<_>, Vec<_>) = sent.partition(is_answered_at_once);
        for request in &answered {
            self.answers(request);
        }
        sent
    }

    /// A phone answers such a request, at once.
    fn answers(&mut self, request: &Message) {
        let Message::Request(request) = request else { return };
        let remote = request.uri.to_string();
        let remote = remote.split('@').nth(1).and_then(|at| at.parse().ok()).expect("the phone's address");
        let hop =
            Hop { transport: Transport::Udp, local: BOX.parse().expect("an address"), remote, flow: None, proof: None };
        let bytes = Response::to_request(request, 200, "OK").to_bytes();
        let mut out = Vec::new();
        let start = Instant::now();
        self.engine.handle(at(self.clock), Input::Datagram(Packet { hop, bytes }), &mut out);
        self.spent += start.elapsed();
        let more = out
            .into_iter()
            .filter_map(|o| if let Output::Datagram(transmit) = o { Some(transmit.bytes) } else { None });
        for bytes in more {
            self.answers(&Message::parse(&bytes).expect("the box speaks SIP"));
        }
    }

    /// What a second costs that passes between calls, in us.
    pub fn second_us(&self) -> f64 {
        self.passing.as_secs_f64() * 1e6 / self.passed.as_secs_f64()
    }

    pub fn take_spent(&mut self) -> Duration {
        std::mem::take(&mut self.spent)
    }
}

fn response(message: &Message) -> Option<&Response> {
    match message {
        Message::Response(response) if response.status != 100 => Some(response),
        _ => None,
    }
}

/// What a phone answers by itself: it is told of a lamp, or asked whether it is there.
fn is_answered_at_once(message: &Message) -> bool {
    use sip::message::Method::{Notify, Options};
    matches!(message, Message::Request(request) if matches!(request.method, Notify | Options))
}

fn to_tag(response: &Response) -> String {
    let to = response.headers.to().expect("a To header");
    to.tag().map(|tag| format!(";tag={tag}")).unwrap_or_default()
}

fn at(clock: Duration) -> Now {
    let since = SignedDuration::try_from(clock).expect("a short time");
    Now { since_boot: clock, wall: Timestamp::UNIX_EPOCH + since, synced: true }
}

fn address(phone: u32) -> String {
    format!("127.1.{}.{}:5060", phone / 250, phone % 250 + 1)
}

fn extension(phone: u32) -> String {
    (2000 + phone).to_string()
}

fn user(phone: u32) -> String {
    format!("u{phone}")
}

fn config(phones: u32) -> Config {
    let people = (0..phones).map(|phone| {
        let (md5, sha256) = ha1(&user(phone), REALM, SECRET);
        let ha1: RawHa1 = (&config::Ha1 { md5, sha256 }).into();
        let phone_row = RawPhone {
            user: Some(user(phone)),
            name: Some(format!("{}a", extension(phone))),
            ha1: Some(ha1),
            ..RawPhone::default()
        };
        RawPerson {
            name: Some(format!("Person {phone}")),
            extension: Some(extension(phone)),
            phones: vec![phone_row],
            ..RawPerson::default()
        }
    });
    let raw = RawConfig { people: people.collect(), ..RawConfig::default() };
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    config
}
