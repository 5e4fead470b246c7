//! Peers that are no phones: the box as a client that registers and is challenged (RFC 3261 §10.2, §22), and whose calls
//! are taken without a digest.

use std::net::SocketAddr;

use bytes::Bytes;
use sip::event::{DialogId, Event, InquiryId, Reply};
use sip::message::{HeaderName, NameAddr, Request, Response, Text, Uri};
use sip::peer::{Peer, Place};
use sip::stack::{Inquiry, Invite, Outside};
use sip::transport::{FlowId, Hop, Proof, Transport};

use crate::peer::{Office, Phone, SDP, STRANGER, sdp, udp};

const CARRIER: &str = "203.0.113.5:5080";
const OTHER_SITE: &str = "198.51.100.9:5060";

fn uri(text: &str) -> Uri {
    Uri::parse(&Text::from(text)).unwrap()
}

fn peer() -> Peer {
    Peer {
        user: "@carrier".to_owned(),
        account: "@carrier".to_owned(),
        digest: Some(("line7".to_owned(), "open-sesame".to_owned())),
        place: Place {
            addresses: vec![CARRIER.parse().unwrap()],
            sources: vec!["198.51.100.9".parse().unwrap()],
            proof: None,
        },
        token: Some("t0k3n".to_owned()),
        seen_as: Some("203.0.113.77:40000".parse().unwrap()),
    }
}

fn office() -> Office {
    let mut office = Office::new();
    office.stack.set_peers(vec![peer()]);
    office
}

fn registers(office: &mut Office, expires_s: u32) -> InquiryId {
    let aor = NameAddr::new(uri("sip:line7@carrier.example"));
    let inquiry = Inquiry {
        user: "@carrier".to_owned(),
        uri: uri("sip:carrier.example"),
        from: aor.clone(),
        to: aor,
        contact: Some((NameAddr::new(uri("sip:t0k3n@203.0.113.77:40000")), expires_s)),
        routes: vec![NameAddr::new(uri("sip:203.0.113.5:5080;lr"))],
        hop: udp(CARRIER),
    };
    office.run(|stack, now, out| stack.inquire(now, inquiry, out))
}

fn calls(office: &mut Office) -> DialogId {
    let invite = Invite {
        from: NameAddr::new(uri("sip:+493012345@carrier.example")),
        to: NameAddr::new(uri("sip:+33123456789@carrier.example")),
        target: uri("sip:+33123456789@carrier.example"),
        hop: udp(CARRIER),
        user: Some("@carrier".to_owned()),
        contact_user: "+493012345".to_owned(),
        outside: Some(Outside {
            routes: vec![NameAddr::new(uri("sip:203.0.113.5:5080;lr"))],
            contact_at: peer().seen_as,
            max_forwards: 17,
        }),
        headers: vec![(HeaderName::PAssertedIdentity, "<sip:+493012345@carrier.example>".to_owned())],
        body: Some(sdp()),
    };
    office.run(|stack, now, out| stack.invite(now, invite, out))
}

fn answered(request: &Request, status: u16, headers: &[(HeaderName, &str)], body: &str) -> Bytes {
    let mut response = Response::to_request(request, status, "As asked");
    if status > 100 {
        response.set_to_tag("carrier1").unwrap();
    }
    for (name, value) in headers {
        response.headers.push(name.clone(), *value);
    }
    if !body.is_empty() {
        response.headers.push(HeaderName::ContentType, "application/sdp");
        response.body = Bytes::copy_from_slice(body.as_bytes());
    }
    response.to_bytes()
}

fn challenge(request: &Request, status: u16, nonce: &str, more: &str) -> Bytes {
    let header = if status == 407 { HeaderName::ProxyAuthenticate } else { HeaderName::WwwAuthenticate };
    let value = format!("Digest realm=\"carrier\", nonce=\"{nonce}\", algorithm=MD5, qop=\"auth\"{more}");
    answered(request, status, &[(header, &value)], "")
}

#[track_caller]
fn reply(office: &mut Office) -> Reply {
    match office.events.pop() {
        Some(Event::Replied(reply)) => *reply,
        other => panic!("expected Replied, got {other:?}"),
    }
}

fn value(request: &Request, name: HeaderName) -> String {
    request.headers.get(name).map(Text::to_string).unwrap_or_default()
}

#[test]
fn rfc3261_10_2_a_registration_answers_its_challenge_and_counts_on() {
    let mut office = office();
    let inquiry = registers(&mut office, 300);
    let first = office.last_request("REGISTER");
    assert_eq!(first.uri.to_text().to_string(), "sip:carrier.example");
    assert_eq!(value(&first, HeaderName::Contact), "<sip:t0k3n@203.0.113.77:40000>");
    assert_eq!(value(&first, HeaderName::Route), "<sip:203.0.113.5:5080;lr>");
    office.receive(udp(CARRIER), challenge(&first, 401, "n1", ""));
    let second = office.last_request("REGISTER");
    assert_eq!(second.headers.call_id(), first.headers.call_id());
    assert_eq!(second.headers.from(), first.headers.from());
    assert_eq!((first.headers.cseq().unwrap().number, second.headers.cseq().unwrap().number), (1, 2));
    assert_ne!(second.headers.top_via().unwrap().branch(), first.headers.top_via().unwrap().branch());
    let digest = value(&second, HeaderName::Authorization);
    assert!(digest.contains("username=\"line7\"") && digest.contains("uri=\"sip:carrier.example\""), "{digest}");
    assert!(!digest.contains("open-sesame") && office.said().is_empty());
    // §18.2.1, RFC 3581: what the registrar fills into our Via is how it sees us.
    let mut granted = Response::to_request(&second, 200, "OK");
    let mut via = granted.headers.top_via().unwrap();
    via.set_received("203.0.113.77".parse().unwrap());
    via.set_rport(40_001);
    granted.headers.replace_top_via(&via);
    granted.headers.push(HeaderName::Expires, "120");
    office.receive(udp(CARRIER), granted.to_bytes());
    let reply = reply(&mut office);
    assert_eq!((reply.inquiry, reply.status, reply.headers.expires()), (inquiry, 200, Ok(Some(120))));
    assert_eq!(reply.seen_as, "203.0.113.77:40001".parse().ok());
    registers(&mut office, 300);
    let refresh = office.last_request("REGISTER");
    assert_eq!((refresh.headers.call_id(), refresh.headers.cseq().unwrap().number), (first.headers.call_id(), 3));
    office.assert_idle_after(70);
}

#[test]
fn rfc7616_3_3_a_wrong_secret_is_said_once_and_a_stale_nonce_is_not() {
    let mut office = office();
    registers(&mut office, 300);
    office.receive(udp(CARRIER), challenge(&office.last_request("REGISTER"), 401, "n1", ""));
    office.receive(udp(CARRIER), challenge(&office.last_request("REGISTER"), 401, "n2", ", stale=true"));
    let again = office.last_request("REGISTER");
    assert_eq!(again.headers.cseq().unwrap().number, 3);
    assert!(value(&again, HeaderName::Authorization).contains("nonce=\"n2\""));
    office.receive(udp(CARRIER), challenge(&again, 401, "n3", ""));
    assert_eq!(reply(&mut office).status, 401);
    // A carrier that calls every nonce stale is not asked for ever.
    registers(&mut office, 300);
    for round in 0..8 {
        let request = office.last_request("REGISTER");
        office.receive(udp(CARRIER), challenge(&request, 401, &format!("s{round}"), ", stale=true"));
    }
    assert_eq!(reply(&mut office).status, 401);
    office.assert_idle_after(70);
}

#[test]
fn rfc3261_22_without_a_secret_or_for_a_phone_no_challenge_is_answered() {
    let mut office = Office::new();
    office.stack.set_peers(vec![Peer { digest: None, ..peer() }]);
    registers(&mut office, 300);
    office.receive(udp(CARRIER), challenge(&office.last_request("REGISTER"), 401, "n1", ""));
    assert_eq!(reply(&mut office).status, 401);
    let dialog = office.call(udp(CARRIER), Some(sdp()));
    office.receive(udp(CARRIER), challenge(&office.last_request("INVITE"), 401, "n1", ""));
    assert!(matches!(office.events.pop(), Some(Event::Rejected { dialog: gone, status: 401, .. }) if gone == dialog));
    office.assert_idle_after(70);
}

#[test]
fn rfc3261_22_3_a_call_proves_itself_to_proxy_and_server_and_so_does_its_end() {
    let mut office = office();
    let dialog = calls(&mut office);
    let first = office.last_request("INVITE");
    assert_eq!(value(&first, HeaderName::MaxForwards), "17");
    assert_eq!(value(&first, HeaderName::Contact), "<sip:+493012345@203.0.113.77:40000>");
    assert_eq!(value(&first, HeaderName::Route), "<sip:203.0.113.5:5080;lr>");
    office.receive(udp(CARRIER), answered(&first, 100, &[], ""));
    assert_eq!(office.said(), ["Progress 100"]);
    office.receive(udp(CARRIER), challenge(&first, 407, "p1", ""));
    let second = office.last_request("INVITE");
    office.receive(udp(CARRIER), challenge(&second, 401, "s1", ""));
    let third = office.last_request("INVITE");
    assert!(value(&third, HeaderName::ProxyAuthorization).contains("nonce=\"p1\""));
    assert!(value(&third, HeaderName::Authorization).contains("nonce=\"s1\""));
    assert_eq!((&third.body, third.headers.cseq().unwrap().number), (&first.body, 3));
    assert_eq!(third.headers.call_id(), first.headers.call_id());
    assert_eq!(office.last_request("ACK").headers.cseq().unwrap().number, 2, "the challenge is acknowledged");
    assert!(office.said().is_empty());
    let route = [(HeaderName::RecordRoute, "<sip:203.0.113.5:5080;lr>"), (HeaderName::Contact, "<sip:gw@192.0.2.99>")];
    office.receive(udp(CARRIER), answered(&third, 200, &route, SDP));
    assert_eq!(office.said(), ["Answered"]);
    let ack = office.last_request("ACK");
    assert_eq!(value(&ack, HeaderName::Authorization), value(&third, HeaderName::Authorization));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    let bye = office.last_request("BYE");
    assert_eq!(bye.uri.to_text().to_string(), "sip:gw@192.0.2.99");
    office.receive(udp(CARRIER), challenge(&bye, 407, "p2", ""));
    let again = office.last_request("BYE");
    assert!(value(&again, HeaderName::ProxyAuthorization).contains("nonce=\"p2\""));
    assert!(again.headers.cseq().unwrap().number > bye.headers.cseq().unwrap().number);
    office.receive(udp(CARRIER), answered(&again, 200, &[], ""));
    office.assert_idle_after(70);
}

#[test]
fn rfc3261_9_1_a_call_that_was_given_up_does_not_go_out_again() {
    let mut office = office();
    let dialog = calls(&mut office);
    let first = office.last_request("INVITE");
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.names();
    office.receive(udp(CARRIER), challenge(&first, 407, "p1", ""));
    assert_eq!(office.names(), ["ACK"]);
    office.assert_idle_after(70);
}

fn called(office: &mut Office, from: &str, uri: &str, extra: &str) -> Phone {
    let mut caller = Phone::anna();
    (caller.hop, caller.aor, caller.uri) = (udp(from), "+33123456789", uri.to_owned());
    caller.call_id = format!("{from} {}", uri.len()).replace([' ', ':'], "-");
    caller.extra = extra.to_owned();
    let text = caller.request("INVITE", SDP);
    office.receive(caller.hop, &text);
    caller
}

#[test]
fn a_peer_is_known_by_where_it_is_or_by_what_only_it_was_told() {
    for (from, uri, is_taken) in [
        (CARRIER, "sip:+493012345@192.0.2.1", true),
        (OTHER_SITE, "sip:+493012345@192.0.2.1", true),
        ("198.51.100.9:61234", "sip:+493012345@192.0.2.1", true),
        ("203.0.113.5:5081", "sip:+493012345@192.0.2.1", false),
        (STRANGER, "sip:+493012345@192.0.2.1", false),
        (STRANGER, "sip:t0k3n@192.0.2.1", true),
        (STRANGER, "sip:t0k3n2@192.0.2.1", false),
    ] {
        let mut office = office();
        let privacy = "P-Asserted-Identity: <tel:+33-1-23456789>\r\nPrivacy: id\r\n";
        called(&mut office, from, uri, privacy);
        if !is_taken {
            assert_eq!(office.last_response().status, 401, "{from} {uri}");
            continue;
        }
        let invited = office.invited();
        assert_eq!((invited.user.as_str(), invited.is_private), ("@carrier", true), "{from} {uri}");
        assert_eq!(invited.asserted.as_deref(), Some("+33123456789"));
        assert_eq!(office.last_response().status, 100);
        office.run(|stack, now, out| stack.refuse(now, invited.dialog, 404, None, out));
        office.assert_idle_after(70);
    }
}

/// A connection within TLS that we opened to the carrier's address, on which this name was proven.
fn proven(name: &str, flow: u64) -> Hop {
    let proof = Some(Proof::of(name, None));
    Hop { transport: Transport::Tls, flow: Some(FlowId(flow)), proof, ..udp(CARRIER) }
}

#[test]
fn rfc5922_7_over_a_connection_comes_only_what_is_of_whom_it_proved() {
    let named = |name: &str| {
        let place = Place { proof: Some(Proof::of(name, None)), sources: Vec::new(), ..peer().place };
        Peer { user: format!("@{name}"), account: format!("@{name}"), token: None, place, ..peer() }
    };
    let clear = Peer { user: "@clear".to_owned(), token: None, ..peer() };
    for (name, flow) in [("one", 1), ("two", 2)] {
        let mut office = Office::new();
        office.stack.set_peers(vec![clear.clone(), named("one"), named("two")]);
        let mut caller = Phone::anna();
        (caller.hop, caller.aor, caller.uri) = (proven(name, flow), "+33123456789", "sip:1@192.0.2.1".to_owned());
        let text = caller.request("INVITE", SDP);
        office.receive(caller.hop, &text);
        let invited = office.invited();
        assert_eq!(invited.user, format!("@{name}"), "though all three are at one address");
        office.run(|stack, now, out| stack.answer(now, invited.dialog, sdp(), out));
        let answer = office.last_response();
        caller.learn_tag(&answer);
        let ack = caller.request("ACK", "");
        office.receive(caller.hop, ack);
        office.said();
        let bye = caller.request("BYE", "");
        let other = if name == "one" { proven("two", 2) } else { proven("one", 1) };
        office.receive(other, &bye);
        assert_eq!((office.last_response().status, office.said().len()), (401, 0), "another's connection");
        office.receive(caller.hop, caller.request("BYE", ""));
        assert_eq!(office.said(), ["HungUp"]);
        office.assert_idle_after(70);
    }
    // A name is the same however it is written, and another with another authority.
    assert_eq!(Proof::of("One.Example", None), Proof::of("one.example", None));
    assert_ne!(Proof::of("one.example", None), Proof::of("one.example", Some("")));
}

#[test]
fn all_else_that_comes_from_a_peer_is_refused_as_of_strangers() {
    for (method, status) in [("REGISTER", 401), ("SUBSCRIBE", 401), ("MESSAGE", 401), ("OPTIONS", 200)] {
        let mut office = office();
        let mut caller = Phone::anna();
        caller.hop = udp(CARRIER);
        let request = caller.request(method, "");
        office.receive(caller.hop, &request);
        assert_eq!(office.last_response().status, status, "{method}");
        office.assert_idle_after(70);
    }
}

#[test]
fn the_other_site_of_a_peer_may_end_its_call_and_a_stranger_may_not() {
    let mut office = office();
    let mut caller = called(&mut office, CARRIER, "sip:+493012345@192.0.2.1", "");
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    let answer = office.last_response();
    assert!(answer.headers.get(HeaderName::Contact).unwrap().to_str().contains("203.0.113.77:40000"));
    caller.learn_tag(&answer);
    let ack = caller.request("ACK", "");
    office.receive(caller.hop, ack);
    office.said();
    let bye = caller.request("BYE", "");
    office.receive(udp(STRANGER), &bye);
    assert_eq!((office.last_response().status, office.said().len()), (401, 0));
    let elsewhere: SocketAddr = OTHER_SITE.parse().unwrap();
    office.receive(udp(OTHER_SITE), bye.replace(CARRIER, &elsewhere.to_string()));
    assert_eq!(office.said(), ["HungUp"]);
    office.assert_idle_after(70);
}

#[test]
fn silence_and_a_lost_way_are_replies_too() {
    let mut office = office();
    let inquiry = registers(&mut office, 300);
    office.advance(std::time::Duration::from_secs(33));
    let reply = reply(&mut office);
    assert_eq!((reply.inquiry, reply.status, reply.phrase.as_str(), reply.seen_as), (inquiry, 408, "", None));
    office.assert_idle_after(10);
}
