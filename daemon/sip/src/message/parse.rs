//! Reading messages: start line, header lines, body, then the headers that make a message answerable.

use bytes::Bytes;

use super::headers::Header;
use super::scan;
use super::{
    Flaw, HeaderError, HeaderName, Headers, MAX_HEAD_BYTES, MAX_HEADER_BYTES, MAX_HEADERS, MAX_MESSAGE_BYTES, Message,
    Method, ParseError, ParseErrorKind, Request, Response, Text, Uri, uri,
};

/// Header lines that most messages stay below: room for them is made at once.
const USUAL_HEADERS: usize = 20;

pub(super) fn parse(packet: &Bytes) -> Result<Message, ParseError> {
    let source = Text::from(packet.clone());
    let bytes = skip_padding(source.as_bytes());
    if bytes.is_empty() {
        return Err(refuse(ParseErrorKind::Empty));
    }
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(refuse(ParseErrorKind::MessageTooLong));
    }
    let (head, body) = split_head(bytes).map_err(refuse)?;
    let (first, lines) = split_line(head);
    let (headers, flaw) = read_headers(&source, lines);
    match start_line(&source, first) {
        Err(kind) => Err(refuse(kind)),
        Ok(StartLine::Status(status, reason)) => {
            response(status, reason, headers, flaw, &source, body).map(Message::Response).map_err(refuse)
        }
        Ok(StartLine::Request(method, uri)) => request(method, uri, headers, flaw, &source, body).map(Message::Request),
    }
}

#[expect(clippy::large_enum_variant, reason = "it lives for one message and is moved once")]
enum StartLine {
    Status(u16, Text),
    /// The URI may be what is wrong; the rest is needed to say so.
    Request(Method, Result<Uri, ParseErrorKind>),
}

fn refuse(kind: ParseErrorKind) -> ParseError {
    ParseError { kind, reply: None }
}

fn skip_padding(bytes: &[u8]) -> &[u8] {
    let padding = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
    bytes.get(padding..).unwrap_or_default()
}

/// Splits behind the blank line; the head keeps the CRLF of its last line.
fn split_head(bytes: &[u8]) -> Result<(&[u8], &[u8]), ParseErrorKind> {
    let window = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    match head_len(window, 0) {
        Some(len) => {
            let (head, body) = bytes.split_at(len);
            Ok((head.get(..len - 2).unwrap_or_default(), body))
        }
        None if bytes.len() >= MAX_HEAD_BYTES => Err(ParseErrorKind::HeadTooLong),
        None => Err(ParseErrorKind::Truncated),
    }
}

/// Length of the head with its blank line; bytes before `searched` are known not to end it.
pub(super) fn head_len(bytes: &[u8], searched: usize) -> Option<usize> {
    let mut at = searched;
    while let Some(rest) = bytes.get(at..) {
        at += rest.iter().position(|&byte| byte == b'\n')? + 1;
        if bytes.get(..at).is_some_and(|head| head.ends_with(b"\r\n\r\n")) {
            return Some(at);
        }
    }
    None
}

/// Splits behind the first CRLF; the line comes without it.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == b'\n')) {
        at += found + 1;
        let (line, rest) = bytes.split_at(at);
        if let Some(line) = line.strip_suffix(b"\r\n") {
            return (line, rest);
        }
    }
    (bytes, &[])
}

/// Splits behind the first CRLF that no blank follows: one header with its folded lines. Tells how many lines it was
/// folded into beyond the first.
pub(super) fn split_header(bytes: &[u8]) -> (&[u8], &[u8], usize) {
    let mut len = 0;
    let mut folds = 0;
    let mut rest = bytes;
    loop {
        let (line, after) = split_line(rest);
        len += line.len();
        if !after.first().is_some_and(|&byte| scan::is_blank(byte)) {
            return (bytes.get(..len).unwrap_or(bytes), after, folds);
        }
        folds += 1;
        len += 2;
        rest = after;
    }
}

/// `name: value` of one header line; the value is not unfolded yet.
pub(super) fn split_field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, value) = scan::split_before(line, |byte| byte == b':');
    let name = scan::trim_end(name);
    let value = value.get(1..)?;
    scan::is_token(name).then_some((name, value))
}

/// Reads every header line that can be read, and what is wrong with the first that cannot.
fn read_headers(source: &Text, mut rest: &[u8]) -> (Headers, Option<ParseErrorKind>) {
    let mut headers = Vec::with_capacity(USUAL_HEADERS);
    let mut flaw = None;
    while !rest.is_empty() {
        if headers.len() >= MAX_HEADERS {
            return (Headers(headers), Some(ParseErrorKind::TooManyHeaders));
        }
        let (line, after, folds) = split_header(rest);
        rest = after;
        match read_header(source, line, folds) {
            Ok(header) => headers.push(header),
            Err(kind) => flaw = flaw.or(Some(kind)),
        }
    }
    (Headers(headers), flaw)
}

fn read_header(source: &Text, line: &[u8], folds: usize) -> Result<Header, ParseErrorKind> {
    let (name, raw) = split_field(line).ok_or(ParseErrorKind::HeaderLine)?;
    let line_ends = line.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count();
    if line_ends != 2 * folds {
        return Err(ParseErrorKind::HeaderLine);
    }
    let spelled = name;
    let name = HeaderName::from_text(&source.slice_ref(spelled));
    if line.len() > MAX_HEADER_BYTES {
        return Err(ParseErrorKind::Header(HeaderError::Malformed(name, Flaw::TooLong)));
    }
    let value = if folds == 0 { source.slice_ref(scan::trim(raw)) } else { unfold(raw) };
    let is_as_we_print = folds == 0
        && spelled == name.as_bytes()
        && raw.split_first().is_some_and(|(&blank, rest)| blank == b' ' && rest == value.as_bytes())
        && line.len() == spelled.len() + 1 + raw.len();
    let line = if is_as_we_print { None } else { Some(source.slice_ref(line)) };
    Ok(Header::read(name, value, line))
}

/// Joins folded lines: each line end with the blanks around it is one blank (RFC 3261 §7.3.1).
fn unfold(raw: &[u8]) -> Text {
    let mut joined = Vec::with_capacity(raw.len());
    for line in raw.split(|&byte| byte == b'\n') {
        let line = scan::trim(line.strip_suffix(b"\r").unwrap_or(line));
        if !joined.is_empty() && !line.is_empty() {
            joined.push(b' ');
        }
        joined.extend_from_slice(line);
    }
    Text::from(joined)
}

fn start_line(source: &Text, line: &[u8]) -> Result<StartLine, ParseErrorKind> {
    if line.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return Err(ParseErrorKind::StartLine);
    }
    let (first, rest) = scan::split_before(line, |byte| byte == b' ');
    let rest = rest.get(1..).ok_or(ParseErrorKind::StartLine)?;
    if first.contains(&b'/') {
        return status_line(source, first, rest);
    }
    if !scan::is_token(first) {
        return Err(ParseErrorKind::StartLine);
    }
    let method = Method::from_text(&source.slice_ref(first));
    Ok(StartLine::Request(method, request_uri(source, rest)))
}

/// `SIP-URI SIP/2.0`, one blank between; blanks elsewhere are refused (RFC 4475 §3.1.2.8 to §3.1.2.10).
fn request_uri(source: &Text, rest: &[u8]) -> Result<Uri, ParseErrorKind> {
    let (uri, version) = scan::split_before(rest, |byte| byte == b' ');
    let version = version.get(1..).ok_or(ParseErrorKind::StartLine)?;
    if !version.eq_ignore_ascii_case(b"SIP/2.0") {
        let is_version =
            version.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"SIP/")) && !version.contains(&b' ');
        return Err(if is_version { ParseErrorKind::Version } else { ParseErrorKind::StartLine });
    }
    let uri = uri::parse(source, uri).map_err(ParseErrorKind::RequestUri)?;
    if uri.headers.is_empty() { Ok(uri) } else { Err(ParseErrorKind::RequestUri(Flaw::UriHeaders)) }
}

fn status_line(source: &Text, version: &[u8], rest: &[u8]) -> Result<StartLine, ParseErrorKind> {
    if !version.eq_ignore_ascii_case(b"SIP/2.0") {
        return Err(ParseErrorKind::Version);
    }
    let (status, reason) = scan::split_before(rest, |byte| byte == b' ');
    let number = scan::number(status).map_err(|_| ParseErrorKind::StartLine)?;
    if status.len() != 3 || !(100..700).contains(&number) {
        return Err(ParseErrorKind::StartLine);
    }
    Ok(StartLine::Status(number, source.slice_ref(reason.get(1..).unwrap_or_default())))
}

fn response(
    status: u16,
    reason: Text,
    headers: Headers,
    flaw: Option<ParseErrorKind>,
    source: &Text,
    body: &[u8],
) -> Result<Response, ParseErrorKind> {
    if let Some(flaw) = flaw {
        return Err(flaw);
    }
    check_headers(&headers)?;
    let body = cut_body(&headers, source, body)?;
    Ok(Response { status, reason, headers, body })
}

fn request(
    method: Method,
    uri: Result<Uri, ParseErrorKind>,
    headers: Headers,
    flaw: Option<ParseErrorKind>,
    source: &Text,
    body: &[u8],
) -> Result<Request, ParseError> {
    let (uri, flaw) = match uri {
        Ok(uri) => (uri, flaw),
        Err(kind) => (Uri::sip(None, "invalid", None), Some(kind)),
    };
    let mut request = Request { method, uri, headers, body: Bytes::new() };
    let checked = match flaw {
        Some(flaw) => Err(flaw),
        None => check_request(&request).and_then(|()| cut_body(&request.headers, source, body)),
    };
    match checked {
        Ok(body) => {
            request.body = body;
            Ok(request)
        }
        Err(kind) => Err(ParseError { kind, reply: reply(request) }),
    }
}

/// What an answer copies, as far as it is there; without Via nobody knows where it would go (RFC 4475 §3.3.1). An ACK
/// is never answered.
fn reply(mut request: Request) -> Option<Box<Request>> {
    const COPIED: [HeaderName; 5] =
        [HeaderName::Via, HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::CSeq];
    if request.method == Method::Ack || !request.headers.has(HeaderName::Via) {
        return None;
    }
    request.headers.0.retain(|header| COPIED.contains(header.name()));
    Some(Box::new(request))
}

fn check_request(request: &Request) -> Result<(), ParseErrorKind> {
    let cseq_method = check_headers(&request.headers)?;
    if cseq_method != request.method {
        return Err(ParseErrorKind::MethodMismatch);
    }
    request.headers.max_forwards().map_err(ParseErrorKind::Header)?;
    Ok(())
}

/// Reads what every message must have, and gives back the CSeq method.
fn check_headers(headers: &Headers) -> Result<Method, ParseErrorKind> {
    let method = headers.cseq().map_err(ParseErrorKind::Header)?.method;
    headers.top_via().map_err(ParseErrorKind::Header)?;
    headers.from().map_err(ParseErrorKind::Header)?;
    headers.to().map_err(ParseErrorKind::Header)?;
    headers.call_id().map_err(ParseErrorKind::Header)?;
    Ok(method)
}

fn cut_body(headers: &Headers, source: &Text, body: &[u8]) -> Result<Bytes, ParseErrorKind> {
    let length = headers.content_length().map_err(ParseErrorKind::Header)?;
    let body = match length {
        None => body,
        Some(length) => body.get(..length).ok_or(ParseErrorKind::BodyTruncated)?,
    };
    Ok(source.slice_ref(body).to_bytes())
}
