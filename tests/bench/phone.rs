//! A phone that calls and is called, a socket with as much of SIP as that takes.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use crate::harness::office::Desk;
use crate::harness::plain_phone::{PlainPhone, answer_with, header};
use crate::harness::{PATIENCE, ports};

/// After so long a request is sent again (RFC 3261 §17.1.1.1, T1).
const AGAIN: Duration = Duration::from_millis(500);

/// The same of a phone that waits for a server to start: its figure is no finer.
const HURRIED: Duration = Duration::from_millis(2);

/// A phone with a port for its sound.
pub struct Phone {
    plain: PlainPhone,
    server: u16,
    extension: String,
    calls: u32,
    again: Duration,
    /// Its end of the sound.
    pub rtp: UdpSocket,
}

/// A call that is up, as its caller knows it.
pub struct Call {
    id: String,
    to: String,
    target: String,
    /// The server's port for the caller's sound.
    pub server_rtp: u16,
}

impl Phone {
    /// Registers it.
    pub fn registered(desk: &Desk, server: u16) -> Self {
        let rtp = UdpSocket::bind(("127.0.0.1", ports::free_ports(2))).expect("it is free");
        let plain = PlainPhone::registered(desk, server);
        Self { plain, server, extension: desk.extension.clone(), calls: 0, again: AGAIN, rtp }
    }

    /// The same phone, which asks again at once where nobody answers.
    pub fn hurried(mut self) -> Self {
        self.again = HURRIED;
        self.plain.listens_for(HURRIED);
        self
    }

    /// Calls somebody who answers; the call is up when this returns.
    pub fn calls(&mut self, whom: &Desk) -> Call {
        self.calls += 1;
        let (id, to) = (format!("{}-{}", self.calls, self.plain.address()), &whom.extension);
        let uri = format!("sip:{to}@127.0.0.1:{}", self.server);
        let invite = Request { method: "INVITE", uri: &uri, to: &format!("<{uri}>"), id: &id };
        let challenge = self.ask(&invite, 1, "", "SIP/2.0 401");
        self.acknowledges(&invite, 1, &challenge);
        let credentials = self.plain.credentials(&challenge, "INVITE", &uri);
        let answer = self.ask(&invite, 2, &credentials, "SIP/2.0 200");
        let target = header(&answer, "Contact").trim_matches(['<', '>']).to_owned();
        let port = answer.split_once("m=audio ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
        let call = Call { id, to: header(&answer, "To").to_owned(), target, server_rtp: port.expect("a port") };
        self.acknowledges(&call.request("ACK"), 2, &answer);
        call
    }

    /// Ends it.
    pub fn hangs_up(&self, call: &Call) {
        self.ask(&call.request("BYE"), 3, "", "SIP/2.0 200");
    }

    /// Answers every call and whatever else it is asked, until `is_over`.
    pub fn answers_all(&self, is_over: impl Fn() -> bool) {
        while !is_over() {
            let Some(request) = self.plain.hears() else { continue };
            let method = request.split(' ').next().unwrap_or_default();
            if method == "INVITE" {
                let contact = format!("Contact: <sip:{}@{}>\r\n", self.extension, self.plain.address());
                let ringing = format!("{contact}Content-Length: 0\r\n\r\n");
                self.plain.send(&answer_with(&request, "180 Ringing", &ringing));
                let rest = format!("{contact}{}", self.description());
                self.plain.send(&answer_with(&request, "200 OK", &rest));
            } else if method != "ACK" && !method.starts_with("SIP/") {
                self.plain.send(&answer_with(&request, "200 OK", "Content-Length: 0\r\n\r\n"));
            }
        }
    }

    /// Sends a request, again after a while, until there is an answer that begins with this.
    fn ask(&self, request: &Request<'_>, number: u32, credentials: &str, start: &str) -> String {
        let (begin, method) = (Instant::now(), request.method);
        let rest = if method == "INVITE" { self.description() } else { "Content-Length: 0\r\n\r\n".to_owned() };
        let text = self.text(request, number, request.to, &format!("{credentials}{rest}"));
        let sequence = format!("{number} {method}");
        while begin.elapsed() < PATIENCE {
            self.plain.tries(&text);
            let sent = Instant::now();
            while sent.elapsed() < self.again {
                let heard = self.plain.hears();
                let is_answer = |text: &String| header(text, "Call-ID") == request.id && text.starts_with(start);
                if let Some(answer) = heard.filter(|text| is_answer(text) && header(text, "CSeq") == sequence) {
                    return answer;
                }
            }
        }
        panic!("{} gets no {start} to its {method}", self.extension)
    }

    fn acknowledges(&self, request: &Request<'_>, number: u32, answer: &str) {
        let ack = Request { method: "ACK", ..*request };
        self.plain.send(&self.text(&ack, number, header(answer, "To"), "Content-Length: 0\r\n\r\n"));
    }

    fn text(&self, request: &Request<'_>, number: u32, to: &str, rest: &str) -> String {
        let (own, extension, server) = (self.plain.address(), &self.extension, self.server);
        let Request { method, uri, id, .. } = request;
        // An ACK of a refusal carries the branch of its INVITE; that of a 200 has one of its own (RFC 3261 §17.1.1.3).
        let kind = if *method == "ACK" && number == 1 { "INVITE" } else { method };
        format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{kind}{number}-{id};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{extension}@127.0.0.1:{server}>;tag={id}\r\nTo: {to}\r\nCall-ID: {id}\r\n\
             CSeq: {number} {method}\r\nContact: <sip:{extension}@{own}>\r\nUser-Agent: SIPp/3.6\r\n{rest}"
        )
    }

    fn description(&self) -> String {
        let port = self.rtp.local_addr().expect("it is bound").port();
        let body = format!(
            "v=0\r\no=bench 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
        );
        format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    }
}

#[derive(Clone, Copy)]
struct Request<'a> {
    method: &'a str,
    uri: &'a str,
    to: &'a str,
    id: &'a str,
}

impl Call {
    fn request<'a>(&'a self, method: &'a str) -> Request<'a> {
        Request { method, uri: &self.target, to: &self.to, id: &self.id }
    }
}
