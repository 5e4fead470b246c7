//! Transactions: RFC 3261 §17, RFC 6026, RFC 3581. Times are exact, in virtual milliseconds.

use std::time::Duration;

use sip::event::Event;
use sip::message::{HeaderName, Message};

use crate::peer::{ANNA, BERT, Office, Phone, SDP, STRANGER, reply, sdp, tcp, udp};

#[test]
fn rfc3261_17_1_1_2_timer_a_doubles_and_timer_b_gives_up() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    office.advance_ms(40_000);
    let expected = [0, 500, 1500, 3500, 7500, 15500, 31500].map(|at| format!("{at} INVITE"));
    assert_eq!(office.lines(), expected);
    assert_eq!(office.said(), ["Rejected 408"]);
    office.assert_idle_after(0);
}

#[test]
fn rfc3261_17_1_1_2_no_retransmission_on_tcp() {
    let mut office = Office::new();
    office.call(tcp(BERT, 1), Some(sdp()));
    office.advance_ms(31_999);
    assert_eq!(office.lines(), ["0 INVITE"]);
    assert!(office.events.is_empty());
    office.advance_ms(1);
    assert_eq!(office.said(), ["Rejected 408"]);
    office.assert_idle_after(0);
}

#[test]
fn rfc3261_17_1_1_2_a_provisional_stops_timer_a_and_timer_c_ends_it() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.advance_ms(100);
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.advance_ms(170_000);
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.advance_ms(180_999);
    assert_eq!(office.lines(), ["0 INVITE"]);
    assert_eq!(office.said(), ["Progress 180", "Progress 180"]);
    office.advance_ms(1);
    assert_eq!(office.said(), ["Rejected 408"]);
    office.assert_idle_after(0);
}

#[test]
fn rfc3261_17_1_1_3_a_failure_is_acknowledged_each_time_for_timer_d() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let busy = reply(&invite, 486, "b", "");
    office.receive(udp(BERT), &busy);
    office.advance_ms(31_999);
    office.receive(udp(BERT), &busy);
    let ack = office.last_request("ACK");
    assert_eq!(ack.headers.top_via().unwrap().branch(), invite.headers.top_via().unwrap().branch());
    assert_eq!(ack.uri, invite.uri);
    assert_eq!(ack.headers.to().unwrap().tag().unwrap(), "b");
    assert_eq!(office.lines(), ["0 INVITE", "0 ACK", "31999 ACK"]);
    assert_eq!(office.said(), ["Rejected 486"]);
    office.assert_idle_after(1);
    office.receive(udp(BERT), &busy);
    assert!(office.lines().is_empty());
    assert_eq!(office.stack.counters().stray, 1);
}

#[test]
fn rfc6026_7_2_the_ack_of_a_2xx_is_sent_again_for_timer_m() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let ok = reply(&invite, 200, "b", SDP);
    office.receive(udp(BERT), &ok);
    office.advance_ms(500);
    office.receive(udp(BERT), &ok);
    office.advance_ms(31_000);
    office.receive(udp(BERT), &ok);
    let ack = office.last_request("ACK");
    assert_ne!(ack.headers.top_via().unwrap().branch(), invite.headers.top_via().unwrap().branch());
    assert_eq!(ack.uri.to_string(), "sip:bert-b@192.0.2.21:5062");
    assert_eq!(office.lines(), ["0 INVITE", "0 ACK", "500 ACK", "31500 ACK"]);
    assert_eq!(office.said(), ["Answered"]);
    office.advance_ms(500);
    assert_eq!(office.stack.sizes().client_transactions, 0);
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.assert_idle_after(33);
}

#[test]
fn rfc3261_17_1_2_timer_e_doubles_to_t2_and_timer_f_gives_up() {
    let mut office = Office::new();
    let dialog = Phone::anna().connect(&mut office);
    office.run(|stack, now, out| stack.probe(now, dialog, out));
    office.advance_ms(32_000);
    let expected = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500];
    assert_eq!(office.lines(), expected.map(|at| format!("{at} OPTIONS")));
    assert_eq!(office.said(), ["Probed false"]);
}

#[test]
fn rfc3261_17_1_2_2_after_a_provisional_timer_e_runs_at_t2_and_timer_k_absorbs() {
    let mut office = Office::new();
    let dialog = Phone::anna().connect(&mut office);
    office.run(|stack, now, out| stack.probe(now, dialog, out));
    let options = office.last_request("OPTIONS");
    office.receive(udp(ANNA), reply(&options, 100, "", ""));
    office.advance_ms(10_000);
    assert_eq!(office.lines(), ["0 OPTIONS", "500 OPTIONS", "4500 OPTIONS", "8500 OPTIONS"]);
    office.receive(udp(ANNA), reply(&options, 200, "", ""));
    office.receive(udp(ANNA), reply(&options, 200, "", ""));
    assert_eq!(office.said(), ["Probed true"]);
    assert_eq!(office.stack.sizes().client_transactions, 1);
    office.advance_ms(5_000);
    assert_eq!(office.stack.sizes().client_transactions, 0);
}

#[test]
fn rfc3261_17_2_1_100_at_once_and_the_last_provisional_for_each_retransmission() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    let dialog = office.invited().dialog;
    office.advance_ms(500);
    office.receive(phone.hop, &invite);
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    office.advance_ms(1000);
    office.receive(phone.hop, &invite);
    assert_eq!(office.lines(), ["0 100 INVITE", "500 100 INVITE", "500 180 INVITE", "1500 180 INVITE"]);
    assert!(office.said().is_empty());
}

#[test]
fn rfc3261_13_3_1_1_ringing_is_kept_alive_each_minute() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    office.advance_ms(130_000);
    assert_eq!(office.lines(), ["0 100 INVITE", "0 180 INVITE", "60000 180 INVITE", "120000 180 INVITE"]);
}

#[test]
fn an_invite_that_the_owner_forgets_is_refused_after_an_hour() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.invite(&mut office, SDP);
    office.sent.clear();
    office.advance_ms(3_600_000);
    assert_eq!(office.lines(), ["3600000 480 INVITE"]);
    assert_eq!(office.said(), ["Lost"]);
    office.assert_idle_after(40);
}

#[test]
fn rfc3261_17_2_1_timer_g_repeats_a_failure_and_timer_h_gives_up() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.sent.clear();
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    office.advance_ms(32_000);
    let expected = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500];
    assert_eq!(office.lines(), expected.map(|at| format!("{at} 486 INVITE")));
    assert!(office.said().is_empty());
    office.assert_idle_after(0);
}

#[test]
fn rfc3261_17_2_1_an_ack_ends_timer_g_and_timer_i_absorbs() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    office.sent.clear();
    let ack = ack_of(&invite);
    office.receive(udp(STRANGER), &ack);
    office.advance_ms(500);
    assert_eq!(office.lines(), ["500 486 INVITE"], "a stranger's ACK counts for nothing");
    office.receive(phone.hop, &ack);
    office.receive(phone.hop, &invite);
    office.advance_ms(4_999);
    assert_eq!(office.stack.sizes().server_transactions, 1);
    office.advance_ms(1);
    assert!(office.lines().is_empty());
    office.assert_idle_after(0);
}

/// The ACK of a failure has the branch of its INVITE.
fn ack_of(invite: &str) -> String {
    let head = invite.split("\r\n\r\n").next().unwrap();
    let lines = head.lines().filter(|line| !line.starts_with("Content") && !line.starts_with("Authorization"));
    let text = lines.map(|line| format!("{line}\r\n")).collect::<String>();
    text.replacen("INVITE", "ACK", 1).replace(" INVITE\r\n", " ACK\r\n") + "Content-Length: 0\r\n\r\n"
}

#[test]
fn rfc3261_13_3_1_4_a_2xx_is_repeated_on_tcp_too_until_the_dialog_is_lost() {
    for hop in [udp(ANNA), tcp(ANNA, 7)] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        phone.hop = hop;
        let dialog = phone.invite(&mut office, SDP).dialog;
        office.sent.clear();
        office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
        office.advance_ms(32_000);
        let mut lines = office.lines();
        assert_eq!(lines.pop().unwrap(), "32000 BYE");
        let expected = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500];
        assert_eq!(lines, expected.map(|at| format!("{at} 200 INVITE")));
        assert_eq!(office.said(), ["Lost"]);
        office.assert_idle_after(33);
    }
}

#[test]
fn rfc6026_7_1_an_accepted_invite_absorbs_retransmissions_for_timer_l() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    office.sent.clear();
    office.receive(phone.hop, &invite);
    assert!(office.lines().is_empty() && office.said().is_empty());
    office.advance_ms(31_999);
    assert_eq!(office.stack.sizes().server_transactions, 1);
    office.advance_ms(1);
    assert_eq!(office.stack.sizes().server_transactions, 0);
}

#[test]
fn rfc3261_17_2_2_timer_j_answers_retransmissions() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let options = phone.send(&mut office, "OPTIONS", "");
    let first = office.sent.pop().unwrap().1;
    office.advance_ms(31_999);
    office.receive(phone.hop, &options);
    assert_eq!(office.sent.pop().unwrap().1, first, "the same bytes");
    office.assert_idle_after(1);
}

#[test]
fn a_register_that_the_owner_forgets_ends_with_its_sender() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.callee = "101";
    let register = phone.send(&mut office, "REGISTER", "");
    office.advance_ms(500);
    office.receive(phone.hop, &register);
    office.advance_ms(31_499);
    assert_eq!(office.said(), ["Registering"]);
    assert_eq!(office.stack.sizes().server_transactions, 1);
    office.assert_idle_after(1);
    assert!(office.lines().is_empty());
}

#[test]
fn rfc3581_4_responses_go_to_the_source_with_rport_and_to_sent_by_without() {
    for (via, expected, received) in [
        ("10.0.0.9:5070;rport", "192.0.2.20:5060", Some("192.0.2.20")),
        ("10.0.0.9:5070", "192.0.2.20:5070", Some("192.0.2.20")),
        ("10.0.0.9", "192.0.2.20:5060", Some("192.0.2.20")),
        ("192.0.2.20:5071", "192.0.2.20:5071", None),
        ("phone.local:5070;maddr=203.0.113.9", "192.0.2.20:5070", Some("192.0.2.20")),
    ] {
        let mut office = Office::new();
        let text = Phone::anna().request("OPTIONS", "").replacen("192.0.2.20:5060;", &format!("{via};"), 1);
        office.receive(udp(ANNA), text.replace(";rport\r\n", "\r\n"));
        let sent = &office.sent.last().unwrap().1;
        assert_eq!(sent.hop.remote.to_string(), expected, "{via}");
        let top = office.last_response().headers.top_via().unwrap();
        assert_eq!(top.received().map(|ip| ip.to_string()).as_deref(), received, "{via}");
        assert_eq!(top.rport(), via.contains("rport").then_some(5060), "{via}");
    }
}

#[test]
fn rfc3261_17_2_3_a_sender_without_cookie_is_matched_by_its_headers() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    office.advance_ms(40_000);
    office.sent.clear();
    // The same phone, older: its branch is the same for all requests.
    phone.call_id = "c2@phone".to_owned();
    let old = |text: String| text.replace("branch=z9hG4bK-c2@phone-", "branch=1;x=");
    let invite2 = old(phone.request("INVITE", SDP));
    assert_ne!(invite, invite2);
    office.receive(phone.hop, &invite2);
    let dialog = office.invited().dialog;
    office.receive(phone.hop, &invite2);
    assert_eq!(office.names(), ["100 INVITE", "100 INVITE"]);
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    office.receive(phone.hop, ack_of(&invite2));
    office.sent.clear();
    office.advance_ms(4_000);
    assert!(office.lines().is_empty(), "the ACK was recognised");
}

#[test]
fn rfc3261_8_2_2_2_a_merged_request_is_a_loop() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    office.invited();
    let other_way = invite.replacen("branch=z9hG4bK", "branch=z9hG4bKother", 1);
    office.receive(udp(BERT), other_way);
    assert_eq!(office.names(), ["100 INVITE", "482 INVITE"]);
    assert!(office.said().is_empty());
}

#[test]
fn a_closed_connection_fails_its_transactions() {
    let mut office = Office::new();
    office.call(tcp(BERT, 3), Some(sdp()));
    let mut phone = Phone::anna();
    phone.hop = tcp(ANNA, 4);
    phone.invite(&mut office, SDP);
    for flow in [3, 4] {
        office.run(|stack, now, out| stack.flow_closed(now, sip::transport::FlowId(flow), out));
        assert_eq!(office.stack.next_deadline(), Some(Duration::ZERO));
        office.poll();
    }
    assert_eq!(office.said(), ["Rejected 503", "Lost"]);
    office.assert_idle_after(0);
}

#[test]
fn rfc3261_8_1_3_3_a_response_with_two_vias_or_a_strange_branch_is_dropped() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let Ok(Message::Response(mut two)) = Message::parse(&reply(&invite, 200, "b", "")) else { panic!() };
    two.headers.push(HeaderName::Via, "SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKx");
    office.receive(udp(BERT), two.to_bytes());
    let mut strange = invite.clone();
    strange.headers.set(HeaderName::Via, "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKguess");
    office.receive(udp(BERT), reply(&strange, 200, "b", ""));
    assert!(!office.events.iter().any(|event| matches!(event, Event::Answered { .. })));
    assert_eq!(office.stack.counters().stray, 2);
}
