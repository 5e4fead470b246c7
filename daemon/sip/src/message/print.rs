//! Printing messages. Nothing printed here can start a header or a message of its own: line ends in parts that were
//! set by hand become blanks or `%` escapes.

use bytes::Bytes;

use super::scan::{self, Sink};
use super::{HeaderName, Headers, Request, Response};

pub(super) fn request(request: &Request) -> Bytes {
    let mut out = Vec::with_capacity(capacity(&request.headers, &request.body));
    out.put_escaped(request.method.as_bytes(), scan::is_token_byte);
    out.put(b" ");
    request.uri.print(&mut out);
    out.put(b" SIP/2.0\r\n");
    finish(out, &request.headers, &request.body)
}

pub(super) fn response(response: &Response) -> Bytes {
    let mut out = Vec::with_capacity(capacity(&response.headers, &response.body));
    out.put(b"SIP/2.0 ");
    out.put_number(u32::from(response.status.clamp(100, 699)));
    out.put(b" ");
    let reason = response.reason.as_bytes();
    out.extend(reason.iter().map(|&byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { byte }));
    out.put(b"\r\n");
    finish(out, &response.headers, &response.body)
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
