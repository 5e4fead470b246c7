//! Provisional responses that must arrive: RFC 3262 by section, ours and theirs, and offers before the answer (RFC 3311).

use sip::event::{Body, DialogId};
use sip::message::{HeaderName, Request, Response};

use crate::peer::{BERT, Office, Phone, SDP, reply, sdp, udp};

/// Anna calls and says this about reliability; her INVITE is the first request.
fn invited(more: &str) -> (Office, Phone, DialogId) {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = more.to_owned();
    let dialog = phone.invite(&mut office, SDP).dialog;
    phone.extra.clear();
    office.sent.clear();
    (office, phone, dialog)
}

fn ring(office: &mut Office, dialog: DialogId, status: u16, body: Option<Body>) {
    office.run(|stack, now, out| stack.ring(now, dialog, status, body, out));
}

fn rseq(response: &Response) -> Option<u32> {
    response.headers.number(HeaderName::RSeq).unwrap()
}

/// Anna's PRACK of this number for the INVITE that was taken: her second, after the challenge.
fn prack(office: &mut Office, phone: &mut Phone, rseq: u32, body: &str) {
    phone.extra = format!("RAck: {rseq} 2 INVITE\r\n");
    let request = phone.request("PRACK", body);
    phone.extra.clear();
    office.receive(phone.hop, request);
}

const REQUIRES: &str = "Require: 100rel\r\n";
const KNOWS: &str = "Supported: replaces, 100rel\r\n";

#[test]
fn rfc3262_3_one_that_must_arrive_is_sent_again_until_the_call_is_given_up() {
    let (mut office, _, dialog) = invited(REQUIRES);
    ring(&mut office, dialog, 180, None);
    let ringing = office.last_response();
    assert_eq!(ringing.headers.get(HeaderName::Require).unwrap(), "100rel");
    let number = rseq(&ringing).unwrap();
    assert!((1..1 << 31).contains(&number));
    office.advance_ms(31_999);
    let times = ["0", "500", "1500", "3500", "7500", "15500", "31500"].map(|at| format!("{at} 180 INVITE"));
    assert_eq!(office.lines(), times, "twice the interval each time, without end");
    assert!(office.said().is_empty());
    office.advance_ms(1);
    assert_eq!((office.names(), office.said()), (vec!["504 INVITE".to_owned()], vec!["Lost".to_owned()]));
    office.assert_idle_after(64);
}

#[test]
fn rfc3262_3_a_prack_stops_it_and_the_next_one_follows_with_the_next_number() {
    let (mut office, mut phone, dialog) = invited(REQUIRES);
    for (status, body) in [(180, None), (183, Some(sdp())), (182, None)] {
        ring(&mut office, dialog, status, body);
    }
    let first = office.last_response();
    phone.learn_tag(&first);
    let number = rseq(&first).unwrap();
    assert_eq!(office.names(), ["180 INVITE"], "one after the other");
    prack(&mut office, &mut phone, number + 1, "");
    assert_eq!(office.names(), ["481 PRACK"]);
    prack(&mut office, &mut phone, number, "");
    assert_eq!(office.names(), ["200 PRACK", "183 INVITE"]);
    prack(&mut office, &mut phone, number + 1, "");
    assert_eq!(rseq(&office.last_response()), Some(number + 2));
    assert_eq!(office.names(), ["200 PRACK", "182 INVITE"]);
    prack(&mut office, &mut phone, number + 2, "");
    office.sent.clear();
    office.advance_ms(50_000);
    assert!(office.sent.is_empty() && office.said().is_empty());
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    let answer = office.last_response();
    assert_eq!((answer.status, rseq(&answer), answer.headers.has(HeaderName::Require)), (200, None, false));
}

#[test]
fn rfc3262_7_2_a_prack_that_names_nothing_of_ours_is_refused() {
    let (mut office, mut phone, dialog) = invited(REQUIRES);
    ring(&mut office, dialog, 180, None);
    let first = office.last_response();
    phone.learn_tag(&first);
    let number = rseq(&first).unwrap();
    for (rack, expected) in [
        (String::new(), "400 PRACK"),
        ("RAck: many\r\n".to_owned(), "400 PRACK"),
        (format!("RAck: {number} 2\r\n"), "400 PRACK"),
        (format!("RAck: {number} 2 OPTIONS\r\n"), "481 PRACK"),
        (format!("RAck: {number} 1 INVITE\r\n"), "481 PRACK"),
        (format!("RAck: {number} 2 INVITE\r\n"), "200 PRACK"),
    ] {
        office.sent.clear();
        phone.extra = rack.clone();
        let request = phone.request("PRACK", "");
        office.receive(phone.hop, request);
        assert_eq!(office.names(), [expected], "{rack:?}");
    }
    // Nobody else may say that it has arrived, and to an ended call there is nothing to say.
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    prack(&mut office, &mut phone, number, "");
    assert_eq!(office.names(), ["486 INVITE", "481 PRACK"]);
}

#[test]
fn rfc3262_3_who_merely_knows_it_gets_early_media_so_and_who_does_not_nothing() {
    for (says, is_reliable) in [(KNOWS, true), ("k: 100REL\r\n", true), ("", false), ("Supported: timer\r\n", false)] {
        let (mut office, _, dialog) = invited(says);
        ring(&mut office, dialog, 180, None);
        assert_eq!(rseq(&office.last_response()), None, "{says}");
        ring(&mut office, dialog, 183, Some(sdp()));
        assert_eq!(rseq(&office.last_response()).is_some(), is_reliable, "{says}");
        office.sent.clear();
        office.advance_ms(499);
        assert!(office.sent.is_empty());
        office.advance_ms(1);
        assert_eq!(office.sent.is_empty(), !is_reliable, "{says}");
    }
}

#[test]
fn rfc3262_3_the_answer_waits_for_a_description_that_is_not_confirmed() {
    let (mut office, mut phone, dialog) = invited(KNOWS);
    ring(&mut office, dialog, 183, Some(sdp()));
    let early = office.last_response();
    phone.learn_tag(&early);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["183 INVITE"]);
    prack(&mut office, &mut phone, rseq(&early).unwrap(), "");
    assert_eq!(office.names(), ["200 PRACK", "200 INVITE"]);
    phone.cseq = 2;
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Confirmed"]);
    // Nobody confirms it: then there is no call.
    let (mut office, _, dialog) = invited(KNOWS);
    ring(&mut office, dialog, 183, Some(sdp()));
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    office.advance_ms(32_000);
    assert_eq!((office.names().last().unwrap().as_str(), office.said()), ("504 INVITE", vec!["Lost".to_owned()]));
    office.assert_idle_after(64);
}

#[test]
fn rfc3262_3_the_answer_does_not_wait_for_a_mere_ringing() {
    let (mut office, mut phone, dialog) = invited(REQUIRES);
    ring(&mut office, dialog, 180, None);
    let ringing = office.last_response();
    phone.learn_tag(&ringing);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["180 INVITE", "200 INVITE"]);
    // Its PRACK was on the way.
    prack(&mut office, &mut phone, rseq(&ringing).unwrap(), "");
    assert_eq!(office.names(), ["200 PRACK"]);
    phone.cseq = 2;
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    office.sent.clear();
    office.advance_ms(40_000);
    assert!(office.names().is_empty(), "the ringing is over");
}

#[test]
fn rfc3262_5_a_prack_may_offer_another_session() {
    for is_accepted in [true, false] {
        let (mut office, mut phone, dialog) = invited(KNOWS);
        ring(&mut office, dialog, 183, Some(sdp()));
        let early = office.last_response();
        phone.learn_tag(&early);
        prack(&mut office, &mut phone, rseq(&early).unwrap(), SDP);
        assert_eq!(office.said(), ["Reoffered"]);
        // The answer comes after its own.
        office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
        office.sent.clear();
        if is_accepted {
            office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
            assert_eq!(office.names(), ["200 PRACK", "200 INVITE"]);
        } else {
            office.run(|stack, now, out| stack.refuse_reoffer(now, dialog, 488, out));
            assert_eq!(office.names(), ["488 PRACK", "200 INVITE"]);
        }
    }
}

#[test]
fn rfc3311_5_1_an_update_may_offer_another_session_once_one_is_confirmed() {
    let (mut office, mut phone, dialog) = invited(KNOWS);
    ring(&mut office, dialog, 183, Some(sdp()));
    let early = office.last_response();
    phone.learn_tag(&early);
    let too_early = phone.request("UPDATE", SDP);
    office.receive(phone.hop, too_early);
    assert_eq!(office.names(), ["183 INVITE", "500 UPDATE"]);
    prack(&mut office, &mut phone, rseq(&early).unwrap(), "");
    let update = phone.request("UPDATE", SDP);
    office.receive(phone.hop, update);
    assert_eq!(office.said(), ["Reoffered"]);
    let another = phone.request("UPDATE", SDP);
    office.receive(phone.hop, another);
    assert_eq!(office.names(), ["200 PRACK", "500 UPDATE"]);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(office.last_response().body, sdp().bytes);
    assert_eq!(office.names(), ["200 UPDATE"]);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["200 INVITE"]);
}

#[test]
fn an_early_offer_that_the_owner_forgets_holds_nothing_up_for_ever() {
    let (mut office, mut phone, dialog) = invited(KNOWS);
    ring(&mut office, dialog, 183, Some(sdp()));
    let early = office.last_response();
    phone.learn_tag(&early);
    prack(&mut office, &mut phone, rseq(&early).unwrap(), SDP);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    office.sent.clear();
    office.advance_ms(32_000);
    assert_eq!(office.names(), ["200 INVITE"], "whoever sent the PRACK has given up");
}

#[test]
fn rfc3262_5_without_an_offer_nothing_is_said_that_would_have_to_carry_ours() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = REQUIRES.to_owned();
    let dialog = phone.invite(&mut office, "").dialog;
    office.sent.clear();
    ring(&mut office, dialog, 180, None);
    assert!(office.sent.is_empty());
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["200 INVITE"]);
}

#[test]
fn a_call_that_ends_before_the_prack_leaves_nothing() {
    let (mut office, _, dialog) = invited(REQUIRES);
    ring(&mut office, dialog, 183, Some(sdp()));
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    assert_eq!(office.names(), ["183 INVITE", "486 INVITE"]);
    office.assert_idle_after(64);
    let (mut office, mut phone, dialog) = invited(REQUIRES);
    ring(&mut office, dialog, 180, None);
    let cancel = phone.request("CANCEL", "");
    office.receive(phone.hop, cancel);
    assert_eq!(office.said(), ["Cancelled"]);
    office.assert_idle_after(64);
}

/// A response of Bert that must be confirmed.
pub fn reliably(invite: &Request, status: u16, tag: &str, rseq: u32, body: &str) -> String {
    let text = String::from_utf8(reply(invite, status, tag, body).to_vec()).unwrap();
    let numbered = format!("Require: 100rel\r\nRSeq: {rseq}\r\nRecord-Route: <sip:198.51.100.{rseq};lr>\r\nContact:");
    text.replacen("Contact:", &numbered, 1)
}

fn rack(prack: &Request) -> String {
    prack.headers.get(HeaderName::RAck).unwrap().to_string()
}

#[test]
fn rfc3262_4_a_prack_goes_out_in_the_early_dialog_once_and_in_order() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    assert!(invite.headers.get(HeaderName::Supported).unwrap().to_string().contains("100rel"));
    office.receive(udp(BERT), reliably(&invite, 183, "b", 7, SDP));
    let prack = office.last_request("PRACK");
    assert_eq!(rack(&prack), "7 1 INVITE");
    assert_eq!(prack.uri.to_string(), "sip:bert-b@192.0.2.21:5062");
    assert_eq!(prack.headers.routes().unwrap()[0].uri.to_string(), "sip:198.51.100.7;lr");
    assert_eq!(prack.headers.to().unwrap().tag().unwrap(), "b");
    assert_eq!(prack.headers.cseq().unwrap().number, 2);
    assert_eq!((office.names(), office.said()), (vec!["INVITE".into(), "PRACK".into()], vec!["Progress 183".into()]));
    // Again, out of order, in order.
    office.receive(udp(BERT), reliably(&invite, 183, "b", 7, SDP));
    office.receive(udp(BERT), reliably(&invite, 180, "b", 9, ""));
    assert!(office.names().is_empty() && office.said().is_empty());
    office.receive(udp(BERT), reply(&prack, 200, "b", ""));
    office.receive(udp(BERT), reliably(&invite, 180, "b", 8, ""));
    assert_eq!(rack(&office.last_request("PRACK")), "8 1 INVITE");
    assert_eq!((office.names(), office.said()), (vec!["PRACK".to_owned()], vec!["Progress 180".to_owned()]));
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    let ack = office.last_request("ACK");
    assert_eq!(ack.headers.cseq().unwrap().number, 1, "that of its INVITE");
}

#[test]
fn rfc3262_4_each_early_dialog_counts_by_itself() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    for (tag, number) in [("b", 7), ("c", 70), ("d", 1), ("c", 71)] {
        office.receive(udp(BERT), reliably(&invite, 183, tag, number, SDP));
        let prack = office.last_request("PRACK");
        assert_eq!(
            (rack(&prack), prack.headers.to().unwrap().tag().unwrap().to_string()),
            (format!("{number} 1 INVITE"), tag.to_owned())
        );
    }
    assert_eq!(office.names(), ["INVITE", "PRACK", "PRACK", "PRACK", "PRACK"]);
    assert_eq!(office.said().len(), 4);
    // The last to have rung need not be the one who answers.
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    office.receive(udp(BERT), reply(&invite, 200, "c", SDP));
    assert_eq!(office.names(), ["ACK", "ACK", "BYE"]);
}

#[test]
fn rfc3262_4_what_need_not_be_confirmed_is_not() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let flawed = [
        reliably(&invite, 180, "b", 7, "").replace("Require: 100rel\r\n", ""),
        reliably(&invite, 180, "b", 7, "").replace("RSeq: 7\r\n", ""),
        reliably(&invite, 180, "b", 0, ""),
        reliably(&invite, 180, "b", 7, "").replace("RSeq: 7\r\n", "RSeq: x\r\n"),
        reliably(&invite, 180, "", 7, ""),
    ];
    for response in flawed {
        office.receive(udp(BERT), response);
    }
    assert_eq!(office.names(), ["INVITE"]);
    assert_eq!(office.said().len(), 5, "it rings all the same");
}

#[test]
fn rfc3262_4_we_say_100rel_only_where_we_would_confirm() {
    let mut office = Office::new();
    let supported =
        |office: &Office| office.last_request("INVITE").headers.get(HeaderName::Supported).unwrap().to_string();
    office.call(udp(BERT), None);
    assert!(!supported(&office).contains("100rel"), "a response might carry an offer");
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    assert!(!supported(&office).contains("100rel"), "nobody confirms what comes before a re-INVITE's answer");
}

#[test]
fn rfc3261_8_2_2_3_extensions_that_are_required_and_not_known_are_named() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = "Require: 100rel, precondition, timer, replaces\r\n".to_owned();
    let request = phone.request("INVITE", SDP);
    office.receive(phone.hop, request);
    let refusal = office.last_response();
    assert_eq!(
        (refusal.status, refusal.headers.get(HeaderName::Unsupported).unwrap().to_string().as_str()),
        (420, "precondition")
    );
}
