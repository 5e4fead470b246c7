//! The torture messages of RFC 4475 and RFC 5118 at the stack's door, by UDP and out of a TCP stream: what each is
//! answered, and that all goes on after it. What a parser makes of them is in `message`.
//!
//! The names in them are the RFCs' own, so that what is right is challenged: nobody here has their digest.

pub mod ipv6;
mod rfc4475;
pub mod texts;

use bytes::Bytes;
use sip::message::{Framed, Framer};

use crate::peer::{Office, Phone, STRANGER, tcp, udp};

/// A message of an RFC, and what it is answered; 0: nothing.
struct Case {
    name: &'static str,
    text: Vec<u8>,
    answer: u16,
}

impl Case {
    /// Written with plain line ends: each becomes CRLF.
    fn new(name: &'static str, answer: u16, text: impl AsRef<[u8]>) -> Case {
        let mut bytes = Vec::new();
        for &byte in text.as_ref() {
            if byte == b'\n' {
                bytes.push(b'\r');
            }
            bytes.push(byte);
        }
        Case { name, text: bytes, answer }
    }
}

/// The messages of an RFC, by section and name, that no case has.
fn unheard_of(messages: &[(&str, &str)], cases: &[Case]) -> Vec<String> {
    let is_missing = |name: &str| cases.iter().all(|case| case.name != name);
    messages.iter().filter(|(_, name)| is_missing(name)).map(|(section, name)| format!("{section} {name}")).collect()
}

/// What the office has sent since the last time: the status of its one response, or 0.
#[track_caller]
fn status(office: &mut Office, name: &str) -> u16 {
    let sent = std::mem::take(&mut office.sent);
    assert!(sent.len() <= 1, "{name}: {} answers", sent.len());
    sent.first().map_or(0, |(_, transmit)| {
        // By eye: what an answer copies of a message that could not be read cannot be read either.
        let line = String::from_utf8_lossy(&transmit.bytes).into_owned();
        let status = line.strip_prefix("SIP/2.0 ").and_then(|rest| rest.get(..3)?.parse().ok());
        status.unwrap_or_else(|| panic!("{name}: {line}"))
    })
}

/// A phone of the office still gets its answers.
#[track_caller]
fn still_answers(office: &mut Office, name: &str) {
    let mut phone = Phone::anna();
    phone.call_id = format!("after-{name}");
    phone.send(office, "OPTIONS", "");
    assert_eq!(office.names(), ["200 OPTIONS"], "{name}");
    assert!(office.said().is_empty(), "{name}");
}

/// Each by UDP, all to one office.
fn by_udp(cases: &[Case]) {
    let mut office = Office::new();
    let mut wrong = Vec::new();
    for case in cases {
        office.receive(udp(STRANGER), &case.text);
        assert!(office.said().is_empty(), "{}: it came of a stranger", case.name);
        let answered = status(&mut office, case.name);
        if answered != case.answer {
            wrong.push(format!("{} is answered {answered}, not {}", case.name, case.answer));
        }
        still_answers(&mut office, case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    office.assert_idle_after(64);
}

/// Each by a TCP connection of its own, byte by byte. A stream whose next message cannot be found is closed.
fn by_tcp(cases: &[Case], unframed: &[&str]) {
    let mut office = Office::new();
    for (flow, case) in (1..).zip(cases) {
        let (mut framer, hop) = (Framer::new(), tcp(STRANGER, flow));
        let mut taken = Vec::new();
        let mut is_broken = false;
        for byte in &case.text {
            framer.push(&[*byte]);
            while !is_broken {
                match framer.next_framed() {
                    Ok(Some(Framed::Message(message))) => taken.push(message),
                    Ok(Some(Framed::Ping)) => {}
                    Ok(None) => break,
                    Err(_) => is_broken = true,
                }
            }
        }
        let is_framed = !is_broken && !taken.is_empty();
        assert_eq!(is_framed, !unframed.contains(&case.name), "{} broken {is_broken}, {}", case.name, taken.len());
        let first: Option<Bytes> = taken.into_iter().next();
        if let Some(message) = first.filter(|_| is_framed) {
            office.receive(hop, &message);
            assert_eq!(status(&mut office, case.name), case.answer, "{}", case.name);
        }
        still_answers(&mut office, case.name);
    }
    office.assert_idle_after(64);
}
