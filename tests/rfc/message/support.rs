//! What the message tests share.

use bytes::Bytes;
use sip::message::{Message, ParseError, Request, Response};

/// The bytes of a message that is written with plain line ends: each becomes CRLF.
pub fn wire(text: impl AsRef<[u8]>) -> Bytes {
    let mut bytes = Vec::new();
    for &byte in text.as_ref() {
        if byte == b'\n' {
            bytes.push(b'\r');
        }
        bytes.push(byte);
    }
    Bytes::from(bytes)
}

/// A message that must be read, and printed as it came.
#[track_caller]
pub fn read(text: impl AsRef<[u8]>) -> Message {
    let packet = wire(text);
    match Message::parse(&packet) {
        Ok(message) => {
            assert_eq!(show(&message.to_bytes()), show(&packet), "printed otherwise than it came");
            message
        }
        Err(error) => panic!("{error}\n{}", show(&packet)),
    }
}

/// A request that must be read, and printed as it came.
#[track_caller]
pub fn request(text: impl AsRef<[u8]>) -> Request {
    match read(text) {
        Message::Request(request) => request,
        Message::Response(response) => panic!("a response: {response:?}"),
    }
}

/// A response that must be read, and printed as it came.
#[track_caller]
pub fn response(text: impl AsRef<[u8]>) -> Response {
    match read(text) {
        Message::Response(response) => response,
        Message::Request(request) => panic!("a request: {request:?}"),
    }
}

/// A message that must be refused.
#[track_caller]
pub fn refused(text: impl AsRef<[u8]>) -> ParseError {
    let packet = wire(text);
    match Message::parse(&packet) {
        Ok(message) => panic!("accepted: {message:?}"),
        Err(error) => error,
    }
}

/// An OPTIONS with one more header line (or none) and what every request must have.
pub fn options_with(line: &str) -> String {
    let line = if line.is_empty() { String::new() } else { format!("{line}\n") };
    format!(
        "OPTIONS sip:office SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nFrom: <sip:101@office>;tag=1\n\
         To: <sip:office>\nCall-ID: 1@192.0.2.1\nCSeq: 1 OPTIONS\n{line}Content-Length: 0\n\n"
    )
}

fn show(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
