//! A phone that is nothing but a socket: it registers, subscribes to nothing, and looks at what it is told all the same,
//! as the message lamps of many desk phones do.

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use md5::{Digest, Md5};

use super::PATIENCE;
use super::office::Desk;

/// It knows MD5 only, and is offered nothing else.
const USER_AGENT: &str = "SIPp/3.6";

/// A registered phone.
pub struct PlainPhone {
    desk: Desk,
    registrar: u16,
    socket: UdpSocket,
}

impl PlainPhone {
    /// Registers it.
    #[track_caller]
    pub fn registered(desk: &Desk, registrar: u16) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("loopback has a free port");
        socket.connect(("127.0.0.1", registrar)).expect("it is loopback");
        socket.set_read_timeout(Some(Duration::from_millis(100))).expect("it is no zero");
        let phone = Self { desk: desk.clone(), registrar, socket };
        phone.send(&phone.register(1, ""));
        let challenge = phone.next("SIP/2.0 401");
        let credentials = phone.credentials(&challenge, "REGISTER", &format!("sip:127.0.0.1:{registrar}"));
        phone.send(&phone.register(2, &credentials));
        phone.next("SIP/2.0 200");
        phone
    }

    /// Registers once more, from where it is, and waits until it is.
    #[track_caller]
    pub fn registers_again(&self) {
        let end = Instant::now() + PATIENCE;
        let asks = self.register(3, "");
        let mut sent = asks.clone();
        while Instant::now() < end {
            // What is lost goes out again, as on every phone.
            self.send(&sent);
            match self.hears() {
                Some(answer) if answer.starts_with("SIP/2.0 401") && sent == asks => {
                    let uri = format!("sip:127.0.0.1:{}", self.registrar);
                    sent = self.register(4, &self.credentials(&answer, "REGISTER", &uri));
                }
                Some(answer) if answer.starts_with("SIP/2.0 200") && header(&answer, "CSeq") == "4 REGISTER" => return,
                _ => {}
            }
        }
        panic!("{} does not register again", self.desk.user)
    }

    /// Waits until it is told this of its mailbox, as in `1/0`, without having asked.
    #[track_caller]
    pub fn is_told(&self, messages: &str) {
        let told = format!("\r\nVoice-Message: {messages}");
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let notify = self.next("NOTIFY ");
            self.send(&answer(&notify));
            assert_eq!(header(&notify, "Event"), "message-summary");
            if notify.contains(&told) {
                return;
            }
        }
        panic!("{} is not told {messages}", self.desk.user);
    }

    /// Nothing has come that it has not looked at, but for questions whether it is there.
    #[track_caller]
    pub fn is_told_nothing(&self) {
        let mut news = std::iter::from_fn(|| self.hears()).filter(|message| !message.starts_with("OPTIONS "));
        if let Some(message) = news.next() {
            panic!("{} is told {message}", self.desk.user);
        }
    }

    fn register(&self, number: u32, authorization: &str) -> String {
        let own = self.address();
        let (extension, registrar) = (&self.desk.extension, self.registrar);
        format!(
            "REGISTER sip:127.0.0.1:{registrar} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{number}-{port};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{extension}@127.0.0.1>;tag={port}\r\nTo: <sip:{extension}@127.0.0.1>\r\n\
             Call-ID: {port}@{own}\r\nCSeq: {number} REGISTER\r\nContact: <sip:{extension}@{own}>;expires=600\r\n\
             {authorization}User-Agent: {USER_AGENT}\r\nContent-Length: 0\r\n\r\n",
            port = own.port()
        )
    }

    /// Its own address, as in a Contact.
    pub fn address(&self) -> SocketAddr {
        self.socket.local_addr().expect("it is bound")
    }

    /// The header that answers this challenge: RFC 2617 §3.2.2, with `qop=auth`.
    pub fn credentials(&self, challenge: &str, method: &str, uri: &str) -> String {
        let challenge = header(challenge, "WWW-Authenticate");
        let parameter = |name: &str| {
            let rest = challenge.split_once(&format!("{name}=\"")).expect("a digest challenge").1;
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let (realm, nonce) = (parameter("realm"), parameter("nonce"));
        let Desk { user, secret, .. } = &self.desk;
        let (ha1, ha2) = (md5(&format!("{user}:{realm}:{secret}")), md5(&format!("{method}:{uri}")));
        let response = md5(&format!("{ha1}:{nonce}:00000001:c:auth:{ha2}"));
        format!(
            "Authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
             response=\"{response}\", cnonce=\"c\", nc=00000001, qop=auth, algorithm=MD5\r\n"
        )
    }

    /// From now on it waits so long for what comes next.
    pub fn listens_for(&self, patience: Duration) {
        self.socket.set_read_timeout(Some(patience)).expect("it is no zero");
    }

    /// Sends this as it is, where somebody may not listen yet.
    pub fn tries(&self, message: &str) {
        // Loopback refuses where nobody listens; a wire would lose it.
        let _ = self.socket.send(message.as_bytes());
    }

    /// Sends this as it is.
    pub fn send(&self, message: &str) {
        self.socket.send(message.as_bytes()).expect("loopback takes it");
    }

    /// What comes next; `None` after a tenth of a second of silence.
    pub fn hears(&self) -> Option<String> {
        let mut buffer = [0; 4096];
        let length = self.socket.recv(&mut buffer).ok()?;
        Some(String::from_utf8_lossy(&buffer[..length]).into_owned())
    }

    #[track_caller]
    fn next(&self, start: &str) -> String {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(message) = self.hears().filter(|message| message.starts_with(start)) {
                return message;
            }
        }
        panic!("{} does not get {start}", self.desk.user)
    }
}

/// The value of a header; empty where there is none.
pub fn header<'a>(message: &'a str, name: &str) -> &'a str {
    let mut lines = message.split("\r\n");
    let value = lines.find_map(|line| line.split_once(": ").filter(|(header, _)| header.eq_ignore_ascii_case(name)));
    value.map_or("", |(_, value)| value)
}

/// A plain 200.
fn answer(request: &str) -> String {
    answer_with(request, "200 OK", "Content-Length: 0\r\n\r\n")
}

/// An answer of a phone, with what comes after the headers that every answer has.
pub fn answer_with(request: &str, status: &str, rest: &str) -> String {
    let copied = ["Via", "From", "Call-ID", "CSeq"].map(|name| format!("{name}: {}\r\n", header(request, name)));
    let to = header(request, "To");
    let tag = if to.contains(";tag=") { "" } else { ";tag=plain" };
    format!("SIP/2.0 {status}\r\n{}To: {to}{tag}\r\n{rest}", copied.concat())
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
