//! RFC 3261 §10: what a REGISTER does to the bindings, by section, and what real phones need beyond it.

use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use pbx::registrar::{Registered, Registrar};
use pbx::time::Now;
use sip::event::{Registering, TransactionId};
use sip::message::{HeaderName, Message};
use sip::transport::{FlowId, Hop, Transport};

const SOURCE: &str = "192.0.2.10:5060";

fn now(seconds: u64) -> Now {
    let wall = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_800_000_000 + seconds as i64);
    Now { since_boot: Duration::from_secs(seconds), wall, synced: true }
}

fn hop(transport: Transport, source: &str, flow: Option<u64>) -> Hop {
    let remote = source.parse().unwrap();
    Hop { transport, local: "192.0.2.1:5060".parse().unwrap(), remote, flow: flow.map(FlowId), proof: None }
}

/// A REGISTER with these header lines besides the usual ones.
fn request(cseq: u32, call_id: &str, lines: &[&str]) -> Registering {
    let text = format!(
        "REGISTER sip:office SIP/2.0\r\nVia: SIP/2.0/UDP {SOURCE};branch=z9hG4bK{cseq}{call_id}\r\n\
         From: <sip:101@office>;tag=1\r\nTo: <sip:101@office>\r\nCall-ID: {call_id}\r\nCSeq: {cseq} REGISTER\r\n\
         User-Agent: Desk 1\r\n{}\r\n\r\n",
        lines.join("\r\n"),
    );
    let Ok(Message::Request(request)) = Message::parse(&Bytes::from(text)) else {
        panic!("the test's message is good")
    };
    Registering {
        transaction: TransactionId(1),
        user: "101a".to_owned(),
        request,
        hop: hop(Transport::Udp, SOURCE, None),
    }
}

fn contacts(registered: &Registered) -> Vec<&str> {
    registered
        .headers
        .iter()
        .filter(|(name, _)| *name == HeaderName::Contact)
        .map(|(_, value)| value.as_str())
        .collect()
}

#[test]
fn s10_3_every_binding_comes_back_byte_for_byte_with_the_time_it_has_left() {
    let mut registrar = Registrar::default();
    let odd = "sip:101@192.0.2.10:5060;line=A%20b;ob";
    registrar.register(
        now(0),
        &request(1, "a", &[&format!("Contact: <{odd}>;+sip.instance=\"<urn:x>\""), "Expires: 600"]),
        5,
    );
    let second = registrar.register(now(100), &request(1, "b", &["Contact: <sip:101@192.0.2.11>;expires=900"]), 5);
    assert_eq!(second.status, 200);
    assert_eq!(contacts(&second), [format!("<{odd}>;expires=500"), "<sip:101@192.0.2.11>;expires=900".to_owned()]);
}

/// The header lines of the reply that RFC 5626 §6 is about.
fn flow_headers(registered: &Registered) -> Vec<&str> {
    let is_flow = |name: &HeaderName| [HeaderName::Require, HeaderName::FlowTimer].contains(name);
    registered.headers.iter().filter(|(name, _)| is_flow(name)).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn rfc5626_s6_a_flow_is_kept_for_who_asks_for_it_on_a_connection() {
    let named = "Contact: <sip:a@192.0.2.10;transport=tcp>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"";
    let rows = [
        (Transport::Tcp, &["Supported: path, outbound", named][..], &["outbound", "120"][..]),
        (Transport::Tls, &["Supported: outbound", named], &["outbound", "120"]),
        (Transport::Udp, &["Supported: outbound", named], &[]),
        (Transport::Tcp, &["Supported: path", named], &[]),
        (Transport::Tcp, &["Supported: outbound", "Contact: <sip:a@192.0.2.10>;reg-id=1"], &[]),
        (Transport::Tcp, &["Supported: outbound", named, "Expires: 0"], &[]),
    ];
    for (transport, lines, expected) in rows {
        let mut registrar = Registrar::default();
        let mut registering = request(1, "a", lines);
        registering.hop = hop(transport, SOURCE, transport.is_reliable().then_some(1));
        let registered = registrar.register(now(0), &registering, 5);
        assert_eq!(registered.status, 200);
        assert_eq!(flow_headers(&registered), expected, "{transport:?} {lines:?}");
    }
}

#[test]
fn s10_2_1_1_the_contacts_own_expires_wins_and_too_long_is_cut() {
    let rows = [
        (&["Contact: <sip:a@192.0.2.10>;expires=120", "Expires: 600"][..], "120"),
        (&["Contact: <sip:a@192.0.2.10>", "Expires: 600"][..], "600"),
        (&["Contact: <sip:a@192.0.2.10>"][..], "3600"),
        (&["Contact: <sip:a@192.0.2.10>;expires=999999999"][..], "3600"),
        (&["Contact: <sip:a@192.0.2.10>;expires=nonsense"][..], "3600"),
    ];
    for (lines, granted) in rows {
        let registered = Registrar::default().register(now(0), &request(1, "a", lines), 5);
        assert_eq!(contacts(&registered), [format!("<sip:a@192.0.2.10>;expires={granted}")], "{lines:?}");
    }
}

#[test]
fn s10_2_8_too_short_is_423_with_min_expires_and_changes_nothing() {
    let mut registrar = Registrar::default();
    let refused = registrar.register(now(0), &request(1, "a", &["Contact: <sip:a@192.0.2.10>;expires=5"]), 5);
    assert_eq!(refused.status, 423);
    assert_eq!(refused.headers, [(HeaderName::MinExpires, "60".to_owned())]);
    assert_eq!(registrar.count("101a"), 0);
}

#[test]
fn s10_2_2_star_removes_all_and_only_with_expires_zero() {
    let mut registrar = Registrar::default();
    registrar.register(now(0), &request(1, "a", &["Contact: <sip:a@192.0.2.10>"]), 5);
    for lines in
        [&["Contact: *"][..], &["Contact: *", "Expires: 60"], &["Contact: *, <sip:a@192.0.2.10>", "Expires: 0"]]
    {
        assert_eq!(registrar.register(now(1), &request(2, "a", lines), 5).status, 400, "{lines:?}");
    }
    let gone = registrar.register(now(1), &request(3, "a", &["Contact: *", "Expires: 0"]), 5);
    assert_eq!((gone.status, gone.unbound.len(), registrar.count("101a")), (200, 1, 0));
}

#[test]
fn s10_2_2_expires_zero_removes_the_equivalent_contact_alone() {
    let mut registrar = Registrar::default();
    registrar.register(now(0), &request(1, "a", &["Contact: <sip:a@192.0.2.10>, <sip:b@192.0.2.10>"]), 5);
    assert_eq!(registrar.count("101a"), 2);
    let left = registrar.register(now(1), &request(2, "a", &["Contact: <SIP:a@192.0.2.10>;expires=0"]), 5);
    assert_eq!(contacts(&left), ["<sip:b@192.0.2.10>;expires=3599"]);
}

#[test]
fn s10_3_a_late_register_of_the_same_call_id_changes_nothing() {
    let mut registrar = Registrar::default();
    registrar.register(now(0), &request(7, "a", &["Contact: <sip:a@192.0.2.10>"]), 5);
    let late = registrar.register(now(1), &request(6, "a", &["Contact: <sip:a@192.0.2.10>;expires=0"]), 5);
    assert_eq!((late.status, registrar.count("101a")), (500, 1));
}

#[test]
fn s10_3_without_a_contact_the_bindings_are_only_told() {
    let mut registrar = Registrar::default();
    registrar.register(now(0), &request(1, "a", &["Contact: <sip:a@192.0.2.10>"]), 5);
    let told = registrar.register(now(600), &request(2, "a", &["Expires: 0"]), 5);
    assert_eq!(contacts(&told), ["<sip:a@192.0.2.10>;expires=3000"]);
}

#[test]
fn a_phone_that_comes_back_on_another_port_replaces_its_binding() {
    let mut registrar = Registrar::default();
    registrar.register(now(0), &request(1, "a", &["Contact: <sip:x1@192.0.2.10:5060>"]), 5);
    registrar.register(now(9), &request(1, "b", &["Contact: <sip:x2@192.0.2.10:5099>"]), 5);
    let bindings = registrar.bindings_of("101a");
    assert_eq!(bindings.iter().map(|b| b.contact.as_str()).collect::<Vec<_>>(), ["sip:x2@192.0.2.10:5099"]);
}

#[test]
fn a_phone_that_moved_may_end_its_old_contact_in_the_same_request() {
    for instance in ["", ";+sip.instance=\"<urn:uuid:1>\""] {
        let mut registrar = Registrar::default();
        registrar.register(now(0), &request(1, "a", &[&format!("Contact: <sip:a@192.0.2.10:40000>{instance}")]), 5);
        let moved =
            format!("Contact: <sip:a@192.0.2.10:40002>{instance}, <sip:a@192.0.2.10:40000>{instance};expires=0");
        let registered = registrar.register(now(9), &request(2, "a", &[&moved]), 5);
        assert_eq!(contacts(&registered), ["<sip:a@192.0.2.10:40002>;expires=3600"], "{instance:?}");
        // What the store is told comes to the same as what is in force.
        let kept: Vec<&str> = registered.bound.iter().map(|binding| binding.contact.as_str()).collect();
        assert_eq!(kept, ["sip:a@192.0.2.10:40002"]);
        assert!(registered.unbound.iter().all(|key| *key != registered.bound[0].key));
    }
}

#[test]
fn a_contact_without_an_instance_is_known_by_its_uri_first() {
    let both = &["Contact: <sip:a@192.0.2.10>, <sip:b@192.0.2.10>"];
    for (then, left) in [
        ("Contact: <sip:b@192.0.2.10>;expires=0", &["sip:a@192.0.2.10"][..]),
        ("Contact: <sip:b@192.0.2.10>", &["sip:b@192.0.2.10", "sip:a@192.0.2.10"]),
        ("Contact: <sip:c@192.0.2.10>;expires=0", &["sip:a@192.0.2.10", "sip:b@192.0.2.10"]),
    ] {
        let mut registrar = Registrar::default();
        registrar.register(now(0), &request(1, "a", both), 5);
        registrar.register(now(5), &request(2, "a", &[then]), 5);
        let bindings = registrar.bindings_of("101a");
        assert_eq!(bindings.iter().map(|b| b.contact.as_str()).collect::<Vec<_>>(), left, "{then}");
    }
}

#[test]
fn contacts_beyond_the_limit_are_neither_kept_nor_told_to_the_store() {
    let line = "Contact: <sip:a@192.0.2.10>, <sip:b@192.0.2.10>, <sip:c@192.0.2.10>, <sip:d@192.0.2.10>";
    let mut registrar = Registrar::default();
    let registered = registrar.register(now(0), &request(1, "a", &[line]), 2);
    assert_eq!((registered.bound.len(), registered.unbound.len(), registrar.count("101a")), (2, 0, 2));
}

#[test]
fn a_full_phone_loses_its_stalest_binding_and_is_never_refused() {
    let mut registrar = Registrar::default();
    for device in 0..4 {
        let contact = format!("Contact: <sip:a@192.0.2.1{device}>;+sip.instance=\"<urn:uuid:{device}>\"");
        let registered = registrar.register(now(device), &request(1, &format!("c{device}"), &[&contact]), 3);
        assert_eq!(registered.status, 200);
    }
    let left: Vec<String> = registrar.bindings_of("101a").into_iter().map(|binding| binding.contact).collect();
    assert_eq!(left, ["sip:a@192.0.2.13", "sip:a@192.0.2.12", "sip:a@192.0.2.11"]);
}

#[test]
fn polycom_quotes_commas_inside_a_contact_parameter() {
    let mut registrar = Registrar::default();
    let line = "Contact: <sip:a@192.0.2.10>;methods=\"INVITE, ACK, BYE\";expires=300";
    assert_eq!(contacts(&registrar.register(now(0), &request(1, "a", &[line]), 5)), ["<sip:a@192.0.2.10>;expires=300"]);
}

#[test]
fn the_way_back_is_the_contact_at_the_source_else_the_source() {
    let rows = [
        (Transport::Udp, None, "sip:a@192.0.2.10:5070", Some("192.0.2.10:5070")),
        (Transport::Udp, None, "sip:a@192.0.2.10", Some("192.0.2.10:5060")),
        (Transport::Udp, None, "sip:a@10.0.0.7:5070", Some("192.0.2.10:40000")),
        (Transport::Udp, None, "sip:a@phone.invalid", Some("192.0.2.10:40000")),
        (Transport::Tcp, Some(3), "sip:a@10.0.0.7;transport=tcp", Some("192.0.2.10:40000")),
        (Transport::Tcp, None, "sip:a@192.0.2.10:5071;transport=tcp", Some("192.0.2.10:5071")),
        (Transport::Tcp, None, "sip:a@10.0.0.7;transport=tcp", None),
        (Transport::Tls, Some(3), "sips:a@10.0.0.7", Some("192.0.2.10:40000")),
        (Transport::Tls, None, "sip:a@192.0.2.10:5071;transport=tls", None),
    ];
    for (transport, flow, contact, expected) in rows {
        let mut registering = request(1, "a", &[&format!("Contact: <{contact}>")]);
        registering.hop = hop(transport, "192.0.2.10:40000", flow);
        let mut registrar = Registrar::default();
        registrar.register(now(0), &registering, 5);
        let way = registrar.bindings_of("101a")[0].way();
        assert_eq!(way.ok().map(|(_, hop)| hop.remote), expected.map(|a| a.parse().unwrap()), "{contact} {flow:?}");
    }
}

#[test]
fn rfc5626_5_3_a_closed_connection_takes_the_way_along_and_not_the_binding() {
    let mut registrar = Registrar::default();
    let mut registering = request(1, "a", &["Contact: <sip:a@10.0.0.7;transport=tcp>"]);
    registering.hop = hop(Transport::Tcp, "192.0.2.10:40000", Some(3));
    registrar.register(now(0), &registering, 5);
    assert!(registrar.flow_closed(FlowId(4)).is_empty(), "that of another phone");
    assert_eq!(registrar.bindings_of("101a")[0].way().unwrap().1.flow, Some(FlowId(3)));
    assert_eq!(registrar.flow_closed(FlowId(3)).into_iter().collect::<Vec<_>>(), ["101a"]);
    assert!(registrar.bindings_of("101a")[0].way().is_err(), "it is there and cannot be reached");
}

#[test]
fn bindings_survive_a_restart_without_their_connections_and_a_clock_that_jumped() {
    let mut registrar = Registrar::default();
    let mut registering = request(1, "a", &["Contact: <sip:a@192.0.2.10>;expires=600"]);
    registering.hop = hop(Transport::Tcp, SOURCE, Some(9));
    let bound = registrar.register(now(0), &registering, 5).bound;
    for (wall_s, alive_for) in [(100, Some(500)), (601, None), (-315_360_000, Some(3600))] {
        let wall = now(0).wall + SignedDuration::from_secs(wall_s);
        let (restored, gone) =
            Registrar::restore(bound.clone(), Now { since_boot: Duration::from_secs(2), wall, synced: true });
        let left = restored.next_expiry().map(|at| at.as_secs() - 2);
        assert_eq!(left, alive_for, "the clock is {wall_s} s further");
        assert_eq!(gone.len(), usize::from(alive_for.is_none()));
        assert!(restored.bindings_of("101a").iter().all(|binding| binding.hop.flow.is_none()));
    }
}
