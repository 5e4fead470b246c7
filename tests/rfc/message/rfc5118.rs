//! RFC 5118: torture messages for IPv6.

use std::net::IpAddr;

use sip::message::{Flaw, HeaderError, HeaderName, Host, ParseErrorKind};
use sip::sdp::{Direction, Negotiation, SessionDescription};

use super::support::{options_with, refused, request, wire};
use crate::torture::ipv6::BOTH_FAMILIES;

fn register(uri: &str, via: &str, line: &str) -> String {
    options_with(line)
        .replace("OPTIONS", "REGISTER")
        .replace("sip:office SIP", &format!("{uri} SIP"))
        .replace("192.0.2.1;branch", &format!("{via};branch"))
}

fn ip(text: &str) -> Host {
    Host::Ip(text.parse::<IpAddr>().unwrap())
}

#[test]
fn s4_1_valid_ipv6_reference() {
    let request =
        request(register("sip:[2001:db8::10]", "[2001:db8::9:1]", "Contact: \"Caller\" <sip:caller@[2001:db8::1]>"));
    assert_eq!((request.uri.host, request.uri.port), (ip("2001:db8::10"), None));
    assert_eq!(request.headers.top_via().unwrap().host, ip("2001:db8::9:1"));
}

#[test]
fn s4_2_missing_brackets_are_refused() {
    let error = refused(register("sip:2001:db8::10", "[2001:db8::9:1]", ""));
    assert_eq!((error.status(), error.kind), (400, ParseErrorKind::RequestUri(Flaw::Port)));
    assert!(error.reply.is_some());
}

#[test]
fn s4_3_port_within_the_brackets_is_address() {
    let request = request(register("sip:[2001:db8::10:5070]", "[2001:db8::9:1]", ""));
    assert_eq!((request.uri.host, request.uri.port), (ip("2001:db8::10:5070"), None));
}

#[test]
fn s4_4_port_behind_the_brackets() {
    let request = request(register("sip:[2001:db8::10]:5070", "[2001:db8::9:1]:5061", ""));
    assert_eq!((request.uri.host, request.uri.port), (ip("2001:db8::10"), Some(5070)));
    assert_eq!(request.headers.top_via().unwrap().port, Some(5061));
}

#[test]
fn s4_5_received_with_and_without_brackets() {
    for received in ["[2001:db8::9:255]", "2001:db8::9:255"] {
        let via = format!("[2001:db8::9:1];received={received}");
        let top = request(register("sip:[2001:db8::10]", &via, "")).headers.top_via().unwrap();
        assert_eq!(top.received(), Some("2001:db8::9:255".parse().unwrap()));
        assert_eq!(top.branch().unwrap(), "z9hG4bK1", "what follows is still read");
    }
}

#[test]
fn s4_7_both_families_in_one_message() {
    let request = request(register(
        "sip:user@example.com",
        "[2001:db8::9:1]",
        "v: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKasd, SIP/2.0/TCP [2001:db8:9::1]:6000 ; branch=z9hG4bKas3",
    ));
    let hosts: Vec<_> = request.headers.vias().unwrap().into_iter().map(|via| via.host).collect();
    assert_eq!(hosts, [ip("2001:db8::9:1"), ip("192.0.2.7"), ip("2001:db8:9::1")]);
}

#[test]
fn s4_6_to_4_9_sound_goes_where_its_own_line_says_by_either_family() {
    for (text, remote) in [
        (
            "v=0\no=a 9 0 IN IP6 2001:db8::20\ns=Live\nc=IN IP6 2001:db8::20\nt=1 2\nm=audio 6000 RTP/AVP 0\n",
            "[2001:db8::20]:6000",
        ),
        (BOTH_FAMILIES, "192.0.2.1:22334"),
        ("v=0\no=a 9 0 IN IP6 ::1\ns=-\nc=IN IP6 ::ffff:192.0.2.2\nt=0 0\nm=audio 6000 RTP/AVP 0\n", "192.0.2.2:6000"),
    ] {
        let mut negotiation = Negotiation::new(7, "[2001:db8::1]:4000".parse().unwrap());
        let offered = negotiation.on_offer(&wire(text)).unwrap();
        assert_eq!(offered.remote.to_string(), remote);
        let (answer, _) = negotiation.answer(Direction::SendRecv).unwrap();
        let answer = SessionDescription::parse(&answer).unwrap();
        let ports: Vec<bool> = answer.media.iter().map(|media| media.port > 0).collect();
        assert_eq!(ports, [true, false][..text.matches("m=").count()], "pictures are declined");
    }
}

#[test]
fn s4_9_ipv4_mapped_addresses() {
    let request = request(register("sip:user@[::ffff:192.0.2.10]", "[::ffff:192.0.2.2]", ""));
    assert_eq!(request.uri.host, ip("::ffff:192.0.2.10"));
    assert_eq!(request.headers.top_via().unwrap().host, ip("::ffff:192.0.2.2"));
}

/// The grammar of RFC 3261 allowed three colons (corrected by RFC 5954); no address has them.
#[test]
fn s4_10_three_colons_are_no_address() {
    let error = refused(register("sip:user@[2001:db8:::192.0.2.1]", "[2001:db8::9:1]", ""));
    assert_eq!(error.kind, ParseErrorKind::RequestUri(Flaw::Host));
}

#[test]
fn broken_references_are_refused() {
    for (via, flaw) in [
        ("[2001:db8::1", Flaw::Bracket),
        ("[]", Flaw::Host),
        ("[fe80::1%eth0]", Flaw::Host),
        ("2001:db8::1", Flaw::Port),
    ] {
        let error = refused(register("sip:office", via, ""));
        assert_eq!(error.kind, ParseErrorKind::Header(HeaderError::Malformed(HeaderName::Via, flaw)), "{via}");
    }
}
