//! SIP messages as the phones say and read them: through `rsip`, which shares no line with the box's own parser, so
//! that one misreading of the RFC is not on both sides. Where `rsip` cannot say or read something, a few lines of our
//! own do.

use bytes::Bytes;
use rsip::headers::UntypedHeader as _;
use rsip::message::HasHeaders as _;

/// A message as a phone reads it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its first line.
    pub start: Start,
    /// The headers in their order, names in full.
    pub headers: Vec<(String, String)>,
    /// The body as text; phones here exchange nothing but SDP and keys.
    pub body: String,
}

/// The first line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// What is asked of whom.
    Request {
        /// `INVITE`, `BYE` ...
        method: String,
        /// The Request-URI.
        uri: String,
    },
    /// How it went.
    Response {
        /// 100 to 699.
        status: u16,
        /// The words beside it.
        phrase: String,
    },
}

impl Message {
    /// Reads a message; `None` where it is none.
    pub fn read(bytes: &[u8]) -> Option<Message> {
        let by_rsip = rsip::SipMessage::try_from(bytes).ok().and_then(|message| Message::of(&message, bytes));
        by_rsip.or_else(|| Message::read_plainly(bytes))
    }

    fn of(message: &rsip::SipMessage, bytes: &[u8]) -> Option<Message> {
        let start = match message {
            rsip::SipMessage::Request(request) => {
                Start::Request { method: request.method.to_string(), uri: request.uri.to_string() }
            }
            // rsip replaces the phrase by its own, so it is read from the line.
            rsip::SipMessage::Response(response) => {
                Start::Response { status: response.status_code.code(), phrase: phrase_of(bytes) }
            }
        };
        let headers = message.headers().iter().filter_map(|header| {
            let line = header.to_string();
            line.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        });
        let body = String::from_utf8_lossy(message.body()).into_owned();
        Some(Message { start, headers: headers.collect(), body })
    }

    fn read_plainly(bytes: &[u8]) -> Option<Message> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let first: Vec<&str> = lines.next()?.splitn(3, ' ').collect();
        let start = match first.as_slice() {
            ["SIP/2.0", status, phrase] => {
                Start::Response { status: status.parse().ok()?, phrase: (*phrase).to_owned() }
            }
            [method, uri, "SIP/2.0"] => Start::Request { method: (*method).to_owned(), uri: (*uri).to_owned() },
            _ => return None,
        };
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        Some(Message { start, headers: headers.collect(), body: body.to_owned() })
    }

    /// The first header of this name; names are compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Every header of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.headers.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The branch of the topmost Via: the name of the transaction.
    pub fn branch(&self) -> String {
        self.header("Via").and_then(|via| parameter(via, "branch")).unwrap_or_default().to_owned()
    }

    /// CSeq's number and method.
    pub fn cseq(&self) -> (u32, String) {
        let value = self.header("CSeq").unwrap_or_default();
        let (number, method) = value.split_once(' ').unwrap_or_default();
        (number.parse().unwrap_or_default(), method.trim().to_owned())
    }

    /// The dialog's Call-ID.
    pub fn call_id(&self) -> String {
        self.header("Call-ID").unwrap_or_default().to_owned()
    }

    /// The tag of From or To.
    pub fn tag(&self, name: &str) -> Option<String> {
        self.header(name).and_then(|value| parameter(value, "tag")).map(str::to_owned)
    }

    /// The session description, where the body is one.
    pub fn sdp(&self) -> Option<&str> {
        self.body.starts_with("v=0").then_some(self.body.as_str())
    }
}

/// A parameter of a header's value, behind its URI where that stands in brackets.
pub fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let behind = value.rsplit_once('>').map_or(value, |(_, behind)| behind);
    let parameters = behind.split(';').skip(1);
    parameters.filter_map(|p| p.split_once('=')).find(|(n, _)| n.trim() == name).map(|(_, v)| v.trim())
}

/// The URI of a header like From or Contact.
pub fn uri_of(value: &str) -> &str {
    match (value.find('<'), value.rfind('>')) {
        (Some(from), Some(to)) if from < to => &value[from + 1..to],
        _ => value.split(';').next().unwrap_or(value),
    }
}

/// The user part of a URI: what a display shows of it.
pub fn user_of(uri: &str) -> &str {
    let rest = uri.split_once(':').map_or(uri, |(_, rest)| rest);
    rest.split_once('@').map_or("", |(user, _)| user)
}

/// Says a request. The Content-Length is added.
pub fn request(method: &str, uri: &str, headers: &[(String, String)], body: &str) -> String {
    let known = rsip::Uri::try_from(uri).ok().filter(|known| known.to_string() == uri);
    let is_known = known.is_some();
    let request = rsip::Request {
        method: method.parse().unwrap_or(rsip::Method::Options),
        uri: known.unwrap_or_else(|| rsip::Uri::try_from("sip:x@y").unwrap_or_default()),
        version: rsip::Version::V2,
        headers: printed(headers, body),
        body: body.as_bytes().to_vec(),
    };
    let text = request.to_string();
    if is_known {
        return text;
    }
    let rest = text.split_once("\r\n").map_or("", |(_, rest)| rest);
    format!("{method} {uri} SIP/2.0\r\n{rest}")
}

/// Says a response to a request: Via, From, To, Call-ID and CSeq are taken from it, with our tag on To.
pub fn response(to: &Message, status: u16, tag: &str, headers: &[(String, String)], body: &str) -> String {
    let mut all: Vec<(String, String)> = to.all("Via").map(|via| ("Via".to_owned(), via.to_owned())).collect();
    for name in ["From", "To", "Call-ID", "CSeq"] {
        let mut value = to.header(name).unwrap_or_default().to_owned();
        if name == "To" && status > 100 && parameter(&value, "tag").is_none() {
            value = format!("{value};tag={tag}");
        }
        all.push((name.to_owned(), value));
    }
    all.extend_from_slice(headers);
    let response = rsip::Response {
        status_code: status.into(),
        version: rsip::Version::V2,
        headers: printed(&all, body),
        body: body.as_bytes().to_vec(),
    };
    response.to_string()
}

fn printed(headers: &[(String, String)], body: &str) -> rsip::Headers {
    let mut printed = rsip::Headers::default();
    for (name, value) in headers {
        printed.push(rsip::Header::Other(name.clone(), value.clone()));
    }
    if !body.is_empty() {
        let kind = if body.starts_with("v=0") { "application/sdp" } else { "application/dtmf-relay" };
        printed.push(rsip::headers::ContentType::new(kind).into());
    }
    printed.push(rsip::headers::ContentLength::new(body.len().to_string()).into());
    printed
}

/// The same message with its headers' names in the short form (RFC 3261 §7.3.3), which `rsip` cannot say.
pub fn compact(text: &str) -> String {
    let mut text = text.to_owned();
    for (long, short) in COMPACT_FORMS {
        text = text.replace(&format!("\r\n{long}: "), &format!("\r\n{short}: "));
    }
    text
}

const COMPACT_FORMS: [(&str, &str); 7] = [
    ("Via", "v"),
    ("From", "f"),
    ("To", "t"),
    ("Call-ID", "i"),
    ("Contact", "m"),
    ("Content-Type", "c"),
    ("Content-Length", "l"),
];

/// One line for the ladder: the first line without the version, and of a response what it answers.
pub fn summary(bytes: &Bytes) -> String {
    let text = String::from_utf8_lossy(bytes);
    let first = text.lines().next().unwrap_or_default();
    let cseq = text.lines().find_map(|line| line.strip_prefix("CSeq: ")).unwrap_or_default();
    let direction = ["sendonly", "inactive", "recvonly"].into_iter().find(|d| text.contains(&format!("a={d}")));
    let sdp = match (text.contains("m=audio"), direction) {
        (false, _) => String::new(),
        (true, None) => " +sdp".to_owned(),
        (true, Some(direction)) => format!(" +sdp {direction}"),
    };
    match first.strip_prefix("SIP/2.0 ") {
        Some(status) => format!("{status} ({cseq}){sdp}"),
        None => format!("{} ({cseq}){sdp}", first.trim_end_matches(" SIP/2.0")),
    }
}

fn phrase_of(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == b'\r').unwrap_or(bytes.len());
    let line = String::from_utf8_lossy(&bytes[..end]);
    line.splitn(3, ' ').nth(2).unwrap_or_default().to_owned()
}
