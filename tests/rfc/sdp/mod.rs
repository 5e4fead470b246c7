//! Session descriptions (RFC 8866) and offer/answer (RFC 3264).

mod format;
mod hold;
mod offer_answer;
mod payload_types;
mod phones;
mod properties;

use std::net::SocketAddr;

use sip::sdp::{Agreed, Direction, Negotiation, SdpError, SessionDescription};

/// Where we receive.
fn local() -> SocketAddr {
    "192.0.2.10:4000".parse().unwrap()
}

fn negotiation() -> Negotiation {
    Negotiation::new(7, local())
}

/// A peer's description: the usual head with version 1, then these lines.
fn sdp(lines: &[&str]) -> Vec<u8> {
    let head = ["v=0", "o=phone 1 1 IN IP4 192.0.2.20", "s=-", "c=IN IP4 192.0.2.20", "t=0 0"];
    head.iter().chain(lines).flat_map(|line| [line.as_bytes(), b"\r\n"].concat()).collect()
}

/// What a peer with these m= and a= lines makes of us as the answerer.
fn answer_to(lines: &[&str]) -> Result<(String, Agreed), SdpError> {
    let mut negotiation = negotiation();
    negotiation.on_offer(&sdp(lines))?;
    let (answer, agreed) = negotiation.answer(Direction::SendRecv)?;
    Ok((String::from_utf8(answer.to_vec()).unwrap(), agreed))
}

/// What comes of our offer when the peer answers with these lines.
fn offer_answered_with(lines: &[&str]) -> Result<Agreed, SdpError> {
    let mut negotiation = negotiation();
    negotiation.offer(Direction::SendRecv);
    negotiation.on_answer(&sdp(lines))
}

fn parse(text: &[u8]) -> SessionDescription {
    SessionDescription::parse(text).unwrap()
}

/// The version in the o= line, and all other lines.
fn version_and_rest(text: &[u8]) -> (u64, String) {
    let text = std::str::from_utf8(text).unwrap();
    let origin = text.lines().find(|line| line.starts_with("o=")).expect("our descriptions have an o= line");
    let version = origin.split(' ').nth(2).unwrap().parse().unwrap();
    let rest = text.lines().filter(|line| !line.starts_with("o=")).collect::<Vec<_>>().join("\n");
    (version, rest)
}
