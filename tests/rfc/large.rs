//! Requests too large for a datagram (RFC 3261 §18.1.1).

use std::time::Duration;

use bytes::Bytes;
use sip::event::Body;
use sip::message::{HeaderName, Message};
use sip::stack::{MAX_DATAGRAM_BYTES, WITHOUT_TCP};
use sip::transport::Hop;

use crate::peer::{BERT, Office, SDP, reply, tcp, udp};

/// An offer that makes its INVITE too large.
fn large() -> Body {
    Body::sdp(Bytes::from(SDP.to_owned() + &"a=fmtp:0 long\r\n".repeat(80)))
}

fn to_open() -> Hop {
    Hop { flow: None, ..tcp(BERT, 0) }
}

fn refuses_tcp(office: &mut Office) {
    office.run(|stack, now, out| stack.unreachable(now, to_open(), out));
    office.poll();
}

#[test]
fn rfc3261_18_1_1_a_large_request_goes_by_tcp_and_the_dialog_stays_where_it_was() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(large()));
    let (_, sent) = office.sent.last().cloned().unwrap();
    assert!(sent.bytes.len() > MAX_DATAGRAM_BYTES);
    assert_eq!(sent.hop, to_open());
    let invite = office.last_request("INVITE");
    assert_eq!(invite.headers.top_via().unwrap().transport.to_str(), "TCP");
    assert!(!invite.headers.get(&HeaderName::Contact).unwrap().to_string().contains("transport"));
    // Nothing is sent again where nothing is lost.
    office.advance_ms(5_000);
    assert_eq!(office.names(), ["INVITE"]);
    office.receive(tcp(BERT, 9), reply(&invite, 200, "b", SDP));
    assert_eq!(office.said(), ["Answered"]);
    office.sent.clear();
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.sent.last().unwrap().1.hop, udp(BERT));
}

#[test]
fn rfc3261_18_1_1_who_takes_no_tcp_gets_it_by_udp() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(large()));
    let first = office.last_request("INVITE");
    refuses_tcp(&mut office);
    assert_eq!(office.said(), Vec::<String>::new(), "the call goes on");
    let (_, sent) = office.sent.last().cloned().unwrap();
    let Ok(Message::Request(second)) = Message::parse(&sent.bytes) else { panic!("a request") };
    assert_eq!((sent.hop, second.body.len()), (udp(BERT), first.body.len()));
    let via = second.headers.top_via().unwrap();
    assert_eq!(via.transport.to_str(), "UDP");
    assert_ne!(via.branch(), first.headers.top_via().unwrap().branch());
    assert_eq!(second.headers.cseq(), first.headers.cseq());
    office.sent.clear();
    office.advance_ms(500);
    assert_eq!(office.names(), ["INVITE"], "by UDP it is sent again");
    office.receive(udp(BERT), reply(&second, 180, "b", ""));
    assert_eq!(office.said(), ["Progress 180"]);
    // It is not asked again for an hour.
    office.call(udp(BERT), Some(large()));
    assert_eq!(office.sent.last().unwrap().1.hop, udp(BERT));
    office.advance(WITHOUT_TCP);
    office.call(udp(BERT), Some(large()));
    assert_eq!(office.sent.last().unwrap().1.hop, to_open());
}

#[test]
fn what_was_given_up_meanwhile_does_not_go_out_by_udp() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(large()));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.sent.clear();
    refuses_tcp(&mut office);
    assert_eq!(office.names(), Vec::<String>::new());
    office.advance(Duration::from_secs(64));
    assert_eq!(office.stack.sizes().client_transactions, 0);
}

#[test]
fn small_ones_and_those_of_connections_stay_where_they_are() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(Body::sdp(Bytes::from_static(SDP.as_bytes()))));
    assert_eq!(office.sent.last().unwrap().1.hop, udp(BERT));
    office.call(tcp(BERT, 7), Some(large()));
    assert_eq!(office.sent.last().unwrap().1.hop, tcp(BERT, 7));
}
