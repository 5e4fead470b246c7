//! Which way messages come and go: addresses, connections, and who may move a dialog from one to the other.

use sip::event::DialogId;
use sip::message::HeaderName;
use sip::transport::{FlowId, Hop, Transport};

use crate::peer::{ANNA, BERT, Office, Phone, SDP, STRANGER, reply, sdp, tcp, udp};

/// A connection that the shell is to open.
fn to_open(remote: &str) -> Hop {
    Hop { flow: None, ..tcp(remote, 0) }
}

#[test]
fn rfc3261_8_1_3_1_a_peer_that_cannot_be_connected_to_is_a_503_at_once() {
    let mut office = Office::new();
    office.call(to_open(BERT), Some(sdp()));
    office.call(to_open(ANNA), Some(sdp()));
    office.run(|stack, now, out| stack.unreachable(now, to_open(BERT), out));
    office.poll();
    assert_eq!(office.said(), ["Rejected 503"]);
    assert_eq!(office.stack.sizes().dialogs, 1, "the other peer has its time");
}

#[test]
fn what_waits_for_a_connection_learns_of_it_together() {
    let mut office = Office::new();
    office.call(to_open(BERT), Some(sdp()));
    let first = office.last_request("INVITE");
    office.call(to_open(BERT), Some(sdp()));
    office.receive(tcp(BERT, 5), reply(&first, 180, "b", ""));
    office.run(|stack, now, out| stack.flow_closed(now, FlowId(5), out));
    office.poll();
    assert_eq!(office.said(), ["Progress 180", "Rejected 503", "Rejected 503"]);
}

/// Anna's phone behind a NAT: its Contact is an address of its own network.
#[track_caller]
fn connect_behind_nat(office: &mut Office) -> DialogId {
    let mut phone = Phone { hop: tcp(ANNA, 1), ..Phone::anna() };
    phone.send(office, "OPTIONS", "");
    let invite = phone.request("INVITE", SDP).replace("Contact: <sip:anna@192.0.2.20", "Contact: <sip:anna@10.0.0.9");
    office.receive(phone.hop, invite);
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    phone.learn_tag(&office.last_response());
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Confirmed"]);
    dialog
}

#[track_caller]
fn bye_goes_to(office: &mut Office, dialog: DialogId) -> Hop {
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.sent.last().unwrap().1.hop
}

fn close(office: &mut Office, flow: u64) {
    office.run(|stack, now, out| stack.flow_closed(now, FlowId(flow), out));
    office.poll();
}

#[test]
fn a_call_follows_its_phone_to_a_new_connection() {
    let new = tcp("192.0.2.20:40123", 2);
    for (hop, user, expected) in [
        (new, "anna", new),
        (new, "bert", Hop { flow: None, ..tcp(ANNA, 1) }),
        (tcp(STRANGER, 2), "anna", Hop { flow: None, ..tcp(ANNA, 1) }),
        (udp(ANNA), "anna", Hop { flow: None, ..tcp(ANNA, 1) }),
    ] {
        let mut office = Office::new();
        let dialog = connect_behind_nat(&mut office);
        close(&mut office, 1);
        let aor = if user == "anna" { "101" } else { "102" };
        let mut again = Phone { hop, user, aor, callee: aor, call_id: "register".to_owned(), ..Phone::anna() };
        again.send(&mut office, "REGISTER", "");
        assert_eq!(office.said(), ["Registering"]);
        assert_eq!(bye_goes_to(&mut office, dialog), expected, "{user} {hop:?}");
    }
}

#[test]
fn a_call_to_a_phone_follows_it_too() {
    let mut office = Office::new();
    let dialog = office.call_user(Some("bert"), tcp(BERT, 1), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(tcp(BERT, 1), reply(&invite, 200, "b", SDP));
    close(&mut office, 1);
    let new = tcp("192.0.2.21:40123", 2);
    let mut bert = Phone { hop: new, user: "bert", aor: "102", callee: "102", ..Phone::anna() };
    bert.send(&mut office, "REGISTER", "");
    assert_eq!(bye_goes_to(&mut office, dialog), new);
}

#[test]
fn a_late_request_does_not_move_the_dialog() {
    let (mut office, mut phone) = (Office::new(), Phone { hop: tcp(ANNA, 1), ..Phone::anna() });
    let dialog = phone.connect(&mut office);
    phone.cseq -= 2;
    let late = phone.request("INFO", "");
    office.receive(tcp("192.0.2.20:40123", 2), late);
    assert_eq!(office.names(), ["500 INFO"]);
    office.run(|stack, now, out| stack.probe(now, dialog, out));
    assert_eq!(office.sent.last().unwrap().1.hop, phone.hop);
}

#[test]
fn a_connection_is_no_home_of_a_dialog_over_udp() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    phone.challenges.clear();
    let bye = phone.request("BYE", "");
    office.receive(tcp("192.0.2.20:40123", 2), bye);
    assert_eq!(office.names(), ["401 BYE"], "another device of the same address");
}

#[test]
fn rfc3261_18_1_2_a_response_comes_from_where_its_request_went() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(STRANGER), reply(&invite, 486, "x", ""));
    office.receive(tcp(STRANGER, 9), reply(&invite, 200, "x", SDP));
    assert_eq!(office.names(), ["INVITE"]);
    assert!(office.said().is_empty());
    assert_eq!(office.stack.counters().stray, 2);
    office.receive(udp("192.0.2.21:9999"), reply(&invite, 180, "b", ""));
    assert_eq!(office.said(), ["Progress 180"], "its port may be another");
}

#[test]
fn rfc3261_12_1_1_a_dialog_stays_within_tls() {
    for (scheme, expected) in [("sip", "<sip:102@192.0.2.1:5060;transport=tls>"), ("sips", "<sips:102@192.0.2.1:5060>")]
    {
        let mut office = Office::new();
        let hop = Hop { transport: Transport::Tls, ..tcp(ANNA, 1) };
        let mut phone = Phone { hop, ..Phone::anna() };
        phone.send(&mut office, "OPTIONS", "");
        let invite = phone.request("INVITE", SDP).replace("Contact: <sip:", &format!("Contact: <{scheme}:"));
        office.receive(hop, invite);
        let dialog = office.invited().dialog;
        office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
        let answer = office.last_response();
        assert_eq!(answer.headers.get(HeaderName::Contact).unwrap().to_string(), expected);
        phone.learn_tag(&answer);
        office.receive(hop, phone.request("ACK", ""));
        assert_eq!(bye_goes_to(&mut office, dialog), hop);
        let via = office.last_request("BYE").headers.top_via().unwrap().to_string();
        assert!(via.starts_with("SIP/2.0/TLS "), "{via}");
    }
}

#[test]
fn a_retransmission_comes_from_where_the_request_came() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    office.sent.clear();
    office.receive(udp(STRANGER), &invite);
    assert!(office.names().is_empty(), "a stranger makes us send nothing");
    assert_eq!(office.stack.counters().stray, 1);
    office.receive(udp("192.0.2.20:9999"), &invite);
    assert_eq!(office.names(), ["100 INVITE"]);
}
