//! Printing messages. Nothing printed here can start a header or a message of its own: line ends in parts that were
//! set by hand become blanks or `%` escapes.

use bytes::Bytes;

use super::scan::{self, Sink};
use super::{HeaderName, Headers};

/// A message with this start line, its CRLF included, and a Content-Length that fits the body.
pub(super) fn message(headers: &Headers, body: &Bytes, start_line: impl FnOnce(&mut Vec<u8>)) -> Bytes {
    let mut out = Vec::with_capacity(capacity(headers, body));
    start_line(&mut out);
    finish(out, headers, body)
}

/// Room for the whole message, so that it is printed into one allocation.
fn capacity(headers: &Headers, body: &Bytes) -> usize {
    let lines = headers.iter().map(|header| match &header.line {
        Some(line) => line.len() + 2,
        None => header.name().as_bytes().len() + header.value().len() + 4,
    });
    lines.sum::<usize>() + body.len() + 160
}

fn finish(mut out: Vec<u8>, headers: &Headers, body: &Bytes) -> Bytes {
    let says_length = headers.content_length() == Ok(Some(body.len()));
    for header in headers.iter() {
        if *header.name() == HeaderName::ContentLength && !says_length {
            continue;
        }
        match &header.line {
            Some(line) => out.put(line.as_bytes()),
            None => {
                match header.name() {
                    HeaderName::Other(name) => out.put_escaped(name.as_bytes(), scan::is_token_byte),
                    name => out.put(name.as_bytes()),
                }
                out.put(b": ");
                out.put(header.value().as_bytes());
            }
        }
        out.put(b"\r\n");
    }
    if !says_length {
        out.put(b"Content-Length: ");
        out.put_number(u32::try_from(body.len()).unwrap_or(u32::MAX));
        out.put(b"\r\n");
    }
    out.put(b"\r\n");
    out.put(body);
    Bytes::from(out)
}
