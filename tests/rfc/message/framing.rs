//! RFC 3261 §18.3 and RFC 5626 §3.5.1: messages in a stream.

use bytes::Bytes;
use sip::message::{Framed, Framer, FramingError};

use super::support::{options_with, wire};

/// All that comes out when `bytes` go in `step` at a time, and the error that ended it.
fn frame(bytes: &[u8], step: usize) -> (Vec<Framed>, Option<FramingError>) {
    let mut framer = Framer::new();
    let mut all = Vec::new();
    for chunk in bytes.chunks(step) {
        framer.push(chunk);
        loop {
            match framer.next_framed() {
                Ok(Some(framed)) => all.push(framed),
                Ok(None) => break,
                Err(error) => return (all, Some(error)),
            }
        }
    }
    (all, None)
}

fn message(bytes: Bytes) -> Framed {
    Framed::Message(bytes)
}

#[test]
fn messages_come_out_whole_however_they_are_cut() {
    let first = wire(options_with("").replace("Content-Length: 0", "L  :\n 06") + "a\n\nb");
    let second = wire(options_with("Subject: \n next"));
    let stream = [&first[..], b"\r\n", &second, b"\r\n\r\n", &first, b"\r\n\r\n\r\n\r\n\r\n"].concat();
    let wanted =
        vec![message(first.clone()), message(second), Framed::Ping, message(first), Framed::Ping, Framed::Ping];
    for step in [1, 2, 3, 7, 50, stream.len()] {
        assert_eq!(frame(&stream, step), (wanted.clone(), None), "step {step}");
    }
}

#[test]
fn a_missing_length_is_never_guessed() {
    let text = wire(options_with("").replace("Content-Length: 0\n", ""));
    assert_eq!(frame(&text, 10), (vec![], Some(FramingError::NoLength)));
}

#[test]
fn lengths_that_are_none() {
    for length in ["-1", "x", "", "1, 1", "99999999999999999999999", "1\nl: 2"] {
        let text = wire(options_with("").replace("Content-Length: 0", &format!("Content-Length: {length}")));
        assert_eq!(frame(&text, text.len()), (vec![], Some(FramingError::BadLength)), "{length}");
    }
    let text = wire(options_with("").replace("Content-Length: 0", "Content-Length: 65535"));
    assert_eq!(frame(&text, text.len()).1, Some(FramingError::MessageTooLong));
}

#[test]
fn an_endless_head_is_cut_off() {
    let endless = vec![b'a'; 20_000];
    assert_eq!(frame(&endless, 1000).1, Some(FramingError::HeadTooLong));
    let lines = "X: y\r\n".repeat(4000);
    assert_eq!(frame(lines.as_bytes(), 1).1, Some(FramingError::HeadTooLong));
}

#[test]
fn stray_line_ends_are_no_message() {
    assert_eq!(frame(b"\r\n", 1), (vec![], None));
    assert_eq!(frame(b"\r\n\r\n", 1), (vec![Framed::Ping], None));
    assert_eq!(frame(b"\n\n\0\r\r\n\r\n", 1), (vec![Framed::Ping], None));
}
