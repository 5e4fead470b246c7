//! The order of requests in a dialog, and who the other side is: RFC 3261 §12.1.2, §12.2.2, §13.3.1.4.

use sip::message::HeaderName;

use crate::peer::{BERT, Office, Phone, SDP, reply, request_of_bert, sdp, udp};

#[test]
fn rfc3261_13_3_1_4_the_ack_has_the_cseq_of_its_invite_whatever_was_asked_meanwhile() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    let cseq_of_the_invite = phone.cseq;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    phone.learn_tag(&office.last_response());
    let options = phone.request("OPTIONS", "");
    office.receive(phone.hop, options);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    phone.cseq = cseq_of_the_invite;
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Confirmed"]);
    office.sent.clear();
    office.advance_ms(40_000);
    assert!(office.lines().is_empty() && office.said().is_empty(), "the call goes on");
}

#[test]
fn rfc3261_12_1_2_a_callee_adds_its_tag_and_no_other_name() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let ok = String::from_utf8(reply(&invite, 200, "b", SDP).to_vec()).unwrap();
    office.receive(udp(BERT), ok.replacen("<sip:102@office>", "\"Boss\" <sip:101@office>", 1));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    let bye = office.last_request("BYE");
    assert_eq!(bye.headers.get(HeaderName::To).unwrap(), "<sip:102@office>;tag=b");
}

#[test]
fn rfc3261_12_2_2_a_cseq_is_taken_once() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    let info = request_of_bert(&invite, "b", "INFO", 7, "");
    office.receive(udp(BERT), &info);
    office.receive(udp(BERT), info.replace("z9hG4bK", "z9hG4bKagain"));
    assert_eq!(office.names(), ["INVITE", "ACK", "200 INFO", "500 INFO"]);
    assert_eq!(office.said(), ["Answered", "Info"]);
}
