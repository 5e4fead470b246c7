//! Dialogs: RFC 3261 §9, §12 to §15, RFC 3311, RFC 3326, RFC 6086, and the races of RFC 5407.

use std::time::Duration;

use sip::event::{Body, DialogId, Event, Reason};
use sip::message::{HeaderName, Request};

use crate::peer::{ANNA, BERT, Office, Phone, SDP, reply, request_of_bert, sdp, tcp, udp};

fn elsewhere() -> Reason {
    Reason { protocol: "SIP".to_owned(), cause: 200, text: "Call completed elsewhere".to_owned() }
}

/// A call to Bert that he has answered: the dialog and the INVITE.
#[track_caller]
fn connected_to_bert(office: &mut Office) -> (DialogId, Request) {
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    assert_eq!(office.names(), ["INVITE", "ACK"]);
    assert_eq!(office.said(), ["Answered"]);
    (dialog, invite)
}

#[test]
fn rfc3261_12_1_1_ringing_and_answer_carry_tag_contact_and_record_route() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = "Record-Route: <sip:198.51.100.1;lr>\r\n".to_owned();
    phone.hop = tcp(ANNA, 1);
    let invited = phone.invite(&mut office, SDP);
    assert_eq!((invited.user.as_str(), invited.offer), ("anna", Some(sdp())));
    office.run(|stack, now, out| stack.ring(now, invited.dialog, 180, None, out));
    let ringing = office.last_response();
    office.run(|stack, now, out| stack.answer(now, invited.dialog, sdp(), out));
    let answer = office.last_response();
    assert_eq!(ringing.headers.to().unwrap().tag(), answer.headers.to().unwrap().tag());
    for response in [ringing, answer] {
        assert_eq!(response.headers.get(HeaderName::RecordRoute).unwrap(), "<sip:198.51.100.1;lr>");
        assert_eq!(response.headers.get(HeaderName::Contact).unwrap(), "<sip:102@192.0.2.1:5060;transport=tcp>");
    }
    assert_eq!(office.names(), ["100 INVITE", "180 INVITE", "200 INVITE"]);
    office.run(|stack, now, out| stack.ring(now, invited.dialog, 180, None, out));
    assert!(office.names().is_empty(), "too late to ring");
}

#[test]
fn rfc3261_12_2_1_1_requests_follow_the_route_set_to_the_remote_target() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    assert_eq!(invite.headers.get(HeaderName::AlertInfo).unwrap(), "<urn:alert:source:internal>");
    let routes = "Record-Route: <sip:198.51.100.2;lr>, <sip:198.51.100.1;lr>\r\nContact";
    let ok = String::from_utf8(reply(&invite, 200, "b", SDP).to_vec()).unwrap().replacen("Contact", routes, 1);
    office.receive(udp(BERT), ok);
    let ack = office.last_request("ACK");
    office.run(|stack, now, out| stack.hang_up(now, dialog, Some(elsewhere()), out));
    let bye = office.last_request("BYE");
    for request in [&ack, &bye] {
        assert_eq!(request.uri.to_string(), "sip:bert-b@192.0.2.21:5062");
        let routes: Vec<_> = request.headers.routes().unwrap().iter().map(|route| route.uri.to_string()).collect();
        assert_eq!(routes, ["sip:198.51.100.1;lr", "sip:198.51.100.2;lr"]);
        assert_eq!(request.headers.max_forwards().unwrap(), Some(70));
    }
    assert_eq!(bye.headers.cseq().unwrap().number, 2);
    let q850 = Reason { protocol: "Q.850".to_owned(), cause: 26, text: String::new() };
    assert_eq!(bye.headers.reason(), [elsewhere(), q850]);
    office.receive(udp(BERT), reply(&bye, 200, "b", ""));
    assert_eq!(office.said(), ["Answered"]);
    office.assert_idle_after(40);
}

#[test]
fn rfc3261_12_2_2_a_lower_cseq_is_refused_and_an_unknown_dialog_too() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    phone.cseq -= 2;
    let late = phone.request("INFO", "");
    office.receive(phone.hop, late);
    assert_eq!(office.names(), ["500 INFO"]);
    for method in ["BYE", "INVITE", "UPDATE", "INFO", "OPTIONS", "REFER", "MESSAGE"] {
        let mut other = phone.clone();
        other.to_tag = "guess".to_owned();
        let request = other.request(method, "");
        office.receive(phone.hop, request);
        assert_eq!(office.names(), [format!("481 {method}")]);
    }
    assert!(office.said().is_empty());
}

#[test]
fn rfc3261_9_1_a_cancel_waits_for_the_first_provisional() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.run(|stack, now, out| stack.cancel(now, dialog, Some(elsewhere()), out));
    office.run(|stack, now, out| stack.cancel(now, dialog, None, out));
    assert_eq!(office.names(), ["INVITE"]);
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    let cancel = office.last_request("CANCEL");
    assert_eq!(cancel.headers.top_via().unwrap(), invite.headers.top_via().unwrap());
    assert_eq!((cancel.headers.cseq().unwrap().number, cancel.uri), (1, invite.uri.clone()));
    assert_eq!(
        cancel.headers.get(HeaderName::Reason).unwrap(),
        "SIP;cause=200;text=\"Call completed elsewhere\", Q.850;cause=26"
    );
    office.receive(udp(BERT), reply(&office.last_request("CANCEL"), 200, "b", ""));
    office.receive(udp(BERT), reply(&invite, 487, "b", ""));
    assert_eq!(office.names(), ["CANCEL", "ACK"]);
    assert_eq!(office.said(), ["Rejected 487"]);
    office.assert_idle_after(33);
}

#[test]
fn rfc3261_9_1_a_2xx_that_wins_against_cancel_is_acknowledged_and_ended() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.run(|stack, now, out| stack.cancel(now, dialog, None, out));
    for _ in 0..2 {
        office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    }
    assert_eq!(office.names(), ["INVITE", "CANCEL", "ACK", "BYE", "ACK"]);
    assert_eq!(office.said(), ["Progress 180", "Rejected 487"]);
    office.assert_idle_after(64);
}

#[test]
fn rfc3261_9_1_a_cancel_without_any_final_response_ends_after_64_t1() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.run(|stack, now, out| stack.cancel(now, dialog, None, out));
    office.advance_ms(31_999);
    assert_eq!(office.said(), ["Progress 180"]);
    office.advance_ms(1);
    assert_eq!(office.said(), ["Rejected 487"]);
    office.assert_idle_after(1);
}

#[test]
fn rfc3261_9_2_a_cancel_is_answered_and_ends_the_invite() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    let tag = office.last_response().headers.to().unwrap();
    phone.extra = "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n".to_owned();
    let cancel = phone.request("CANCEL", "");
    office.receive(udp("192.0.2.99:5060"), &cancel);
    office.receive(phone.hop, &cancel);
    assert_eq!(office.last_response().headers.to().unwrap(), tag);
    assert_eq!(office.names(), ["100 INVITE", "180 INVITE", "200 CANCEL", "487 INVITE"]);
    let Some(Event::Cancelled { reason, .. }) = office.events.pop() else { panic!() };
    assert_eq!(reason, Some(elsewhere()));
    office.receive(phone.hop, &cancel);
    assert_eq!(office.names(), ["200 CANCEL"]);
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    assert!(office.names().is_empty(), "the dialog is over");
    office.assert_idle_after(33);
    office.sent.clear();
    office.receive(phone.hop, &cancel);
    assert_eq!(office.names(), ["481 CANCEL"]);
}

#[test]
fn rfc3261_9_2_a_cancel_after_the_answer_changes_nothing() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    let cancel = phone.request("CANCEL", "");
    office.receive(phone.hop, &cancel);
    assert_eq!(office.names(), ["100 INVITE", "200 INVITE", "200 CANCEL"]);
    assert!(office.said().is_empty());
}

#[test]
fn rfc3261_13_2_2_4_of_forked_answers_the_first_wins_and_the_others_are_ended() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    for tag in ["a", "b", "c"] {
        office.receive(udp(BERT), reply(&invite, 180, tag, ""));
    }
    for tag in ["b", "a", "c", "a"] {
        office.receive(udp(BERT), reply(&invite, 200, tag, SDP));
    }
    assert_eq!(office.names(), ["INVITE", "ACK", "ACK", "BYE", "ACK", "BYE", "ACK"]);
    assert_eq!(office.said(), ["Progress 180", "Progress 180", "Progress 180", "Answered"]);
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.last_request("BYE").headers.to().unwrap().tag().unwrap(), "b");
    office.assert_idle_after(64);
}

#[test]
fn rfc3261_13_3_1_4_a_late_ack_stops_the_2xx() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, "").dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    phone.learn_tag(&office.last_response());
    office.sent.clear();
    office.advance_ms(2_000);
    let ack = phone.request("ACK", SDP);
    office.receive(udp("192.0.2.99:5060"), &ack);
    assert!(office.said().is_empty(), "an ACK from elsewhere counts for nothing");
    office.receive(phone.hop, &ack);
    office.receive(phone.hop, &ack);
    office.advance_ms(60_000);
    assert_eq!(office.lines(), ["500 200 INVITE", "1500 200 INVITE"]);
    assert!(matches!(&office.events[..], [Event::Confirmed { answer: Some(answer), .. }] if *answer == sdp()));
}

#[test]
fn rfc3261_13_2_1_a_delayed_offer_is_answered_in_the_ack() {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), None);
    let invite = office.last_request("INVITE");
    assert!(invite.body.is_empty());
    let ok = reply(&invite, 200, "b", SDP);
    office.receive(udp(BERT), &ok);
    office.receive(udp(BERT), &ok);
    assert_eq!(office.names(), ["INVITE"]);
    assert!(matches!(&office.events[..], [Event::Answered { body: Some(body), .. }] if *body == sdp()));
    office.run(|stack, now, out| stack.acknowledge(now, dialog, sdp(), out));
    office.receive(udp(BERT), &ok);
    assert_eq!(office.last_request("ACK").body, sdp().bytes);
    assert_eq!(office.last_request("ACK").headers.cseq().unwrap().number, 1);
    assert_eq!(office.names(), ["ACK", "ACK"]);
}

#[test]
fn a_delayed_offer_that_the_owner_forgets_ends_the_call() {
    let mut office = Office::new();
    office.call(udp(BERT), None);
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    office.advance_ms(32_000);
    assert_eq!(office.names()[1..], ["ACK", "BYE"]);
    assert_eq!(office.said(), ["Answered", "Lost"]);
    office.assert_idle_after(33);
}

#[test]
fn rfc3261_14_2_a_reinvite_is_a_reoffer_and_its_2xx_waits_for_the_ack() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    let ack_of_the_first = phone.request("ACK", "");
    let hold = phone.request("INVITE", SDP);
    office.receive(phone.hop, hold);
    assert!(matches!(&office.events[..], [Event::Reoffered { offer: Some(_), .. }]));
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    office.receive(phone.hop, ack_of_the_first);
    office.advance_ms(600);
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    office.advance_ms(40_000);
    assert_eq!(office.lines(), ["0 100 INVITE", "0 200 INVITE", "500 200 INVITE"]);
    assert_eq!(office.said(), ["Reoffered"]);
    // Without an offer, ours is in the 200 and the answer in the ACK.
    let resume = phone.request("INVITE", "");
    office.receive(phone.hop, resume);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    let ack = phone.request("ACK", SDP);
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Reoffered", "Confirmed"]);
}

#[test]
fn rfc3261_14_2_a_second_reinvite_gets_500_with_retry_after_and_glare_491() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    let (first, second) = (phone.request("INVITE", SDP), phone.request("INVITE", SDP));
    office.receive(phone.hop, first);
    office.receive(phone.hop, second);
    let retry = office.last_response().headers.number(HeaderName::RetryAfter).unwrap().unwrap();
    assert!(retry <= 10);
    assert_eq!(office.names(), ["100 INVITE", "500 INVITE"]);
    office.run(|stack, now, out| stack.refuse_reoffer(now, dialog, 488, out));
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    let crossing = phone.request("INVITE", SDP);
    office.receive(phone.hop, crossing);
    assert_eq!(office.names(), ["488 INVITE", "INVITE", "491 INVITE"]);
    assert_eq!(office.said(), ["Reoffered"]);
}

#[test]
fn rfc3261_14_1_after_491_the_owner_of_the_call_id_waits_2_to_4_s_the_other_0_to_2_s() {
    for (is_caller, least, most) in [(true, 2_100, 4_000), (false, 0, 2_000)] {
        let mut office = Office::new();
        let (dialog, hop) = if is_caller {
            (connected_to_bert(&mut office).0, udp(BERT))
        } else {
            (Phone::anna().connect(&mut office), udp(ANNA))
        };
        office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
        for round in 0..4 {
            let reinvite = office.last_request("INVITE");
            office.sent.clear();
            let before = office.now;
            office.receive(hop, reply(&reinvite, 491, "b", ""));
            assert_eq!(office.names(), ["ACK"]);
            if round < 3 {
                let at = office.stack.next_deadline().unwrap();
                let waited = (at - before).as_millis();
                assert!((least..=most).contains(&waited), "waited {waited} ms");
                office.advance(at - before);
                assert_eq!(office.said(), ["OfferDue"]);
                office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
            }
        }
        assert_eq!(office.said(), ["ReofferRefused 491"]);
    }
}

#[test]
fn an_offer_that_lost_a_glare_follows_the_winner() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    let ours = Body::sdp("v=0 ours".as_bytes().to_vec().into());
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(ours.clone()), out));
    let reinvite = office.last_request("INVITE");
    office.receive(phone.hop, reply(&reinvite, 491, "x", ""));
    let theirs = phone.request("INVITE", SDP);
    office.receive(phone.hop, theirs);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    office.sent.clear();
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Reoffered", "OfferDue"]);
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(ours.clone()), out));
    let reinvite = office.last_request("INVITE");
    assert_eq!(reinvite.body, ours.bytes);
    office.receive(phone.hop, reply(&reinvite, 200, "x", SDP));
    assert_eq!(office.names(), ["INVITE", "ACK"]);
    assert_eq!(office.said(), ["ReofferAnswered"]);
}

#[test]
fn rfc3261_12_2_1_2_silence_or_481_to_a_reinvite_ends_the_dialog_other_failures_do_not() {
    for (status, said) in [(Some(481), "Lost"), (None, "Lost"), (Some(488), "ReofferRefused 488")] {
        let mut office = Office::new();
        let (dialog, _) = connected_to_bert(&mut office);
        office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
        let reinvite = office.last_request("INVITE");
        match status {
            Some(status) => office.receive(udp(BERT), reply(&reinvite, status, "b", "")),
            None => office.advance_ms(32_000),
        }
        assert_eq!(office.said(), [said], "{status:?}");
        assert_eq!(office.stack.sizes().dialogs, usize::from(said != "Lost"));
    }
}

#[test]
fn a_reinvite_without_offer_is_acknowledged_with_the_answer() {
    let mut office = Office::new();
    let (dialog, _) = connected_to_bert(&mut office);
    office.run(|stack, now, out| stack.reoffer(now, dialog, None, out));
    let reinvite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&reinvite, 200, "b", SDP));
    assert_eq!(office.names(), ["INVITE"]);
    office.run(|stack, now, out| stack.acknowledge(now, dialog, sdp(), out));
    let ack = office.last_request("ACK");
    assert_eq!((ack.headers.cseq().unwrap().number, ack.body), (2, sdp().bytes));
    assert_eq!(office.said(), ["ReofferAnswered"]);
}

#[test]
fn rfc3261_15_the_callee_waits_for_the_ack_before_its_bye() {
    for is_lost in [false, true] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        let dialog = phone.invite(&mut office, SDP).dialog;
        office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
        phone.learn_tag(&office.last_response());
        office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
        assert_eq!(office.names(), ["100 INVITE", "200 INVITE"]);
        if is_lost {
            office.advance_ms(32_000);
        } else {
            let ack = phone.request("ACK", "");
            office.receive(phone.hop, ack);
        }
        assert_eq!(office.names().last().unwrap(), "BYE");
        assert!(office.said().is_empty(), "the owner has forgotten the dialog");
        office.assert_idle_after(64);
    }
}

#[test]
fn hanging_up_early_refuses_or_cancels_in_silence() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.names(), ["100 INVITE", "480 INVITE"]);
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    assert_eq!(office.names(), ["INVITE", "CANCEL", "ACK", "BYE"]);
    assert_eq!(office.said(), ["Progress 180"]);
    office.assert_idle_after(64);
}

#[test]
fn rfc3261_15_1_2_a_bye_ends_what_is_open_with_487() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    phone.extra = "Reason: Q.850;cause=16\r\n".to_owned();
    let (hold, bye) = (phone.request("INVITE", SDP), phone.request("BYE", ""));
    office.receive(phone.hop, hold);
    office.receive(phone.hop, bye);
    assert_eq!(office.names(), ["100 INVITE", "200 BYE", "487 INVITE"]);
    let Some(Event::HungUp { reason: Some(reason), .. }) = office.events.pop() else { panic!() };
    assert_eq!((reason.protocol.as_str(), reason.cause), ("Q.850", 16));
    office.assert_idle_after(64);
}

#[test]
fn rfc3261_15_the_caller_may_end_an_early_dialog_by_bye() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    phone.learn_tag(&office.last_response());
    let bye = phone.request("BYE", "");
    office.receive(phone.hop, bye);
    assert_eq!(office.names(), ["100 INVITE", "180 INVITE", "200 BYE", "487 INVITE"]);
    assert_eq!(office.said(), ["Cancelled"]);
    office.assert_idle_after(64);
}

#[test]
fn rfc3311_5_2_update_refreshes_the_target_or_offers() {
    let mut office = Office::new();
    let (dialog, invite) = connected_to_bert(&mut office);
    let refresh = request_of_bert(&invite, "b", "UPDATE", 1, "").replace("bert@", "moved@");
    office.receive(udp(BERT), refresh);
    office.receive(udp(BERT), request_of_bert(&invite, "b", "UPDATE", 2, SDP).replace("bert@", "moved@"));
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(office.last_response().body, sdp().bytes);
    assert_eq!(office.names(), ["200 UPDATE", "200 UPDATE"]);
    assert_eq!(office.said(), ["Reoffered"]);
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.last_request("BYE").uri.to_string(), format!("sip:moved@{BERT}"));
}

#[test]
fn requests_within_a_dialog_are_answered_by_the_stack() {
    let mut office = Office::new();
    let (dialog, invite) = connected_to_bert(&mut office);
    for (cseq, (method, status)) in
        [("INFO", 200), ("OPTIONS", 200), ("MESSAGE", 405), ("REFER", 400), ("NOTIFY", 481), ("SUBSCRIBE", 489)]
            .into_iter()
            .enumerate()
    {
        office.receive(udp(BERT), request_of_bert(&invite, "b", method, cseq as u32 + 1, ""));
        assert_eq!(office.names(), [format!("{status} {method}")]);
    }
    assert_eq!(office.said(), ["Info"]);
    office.run(|stack, now, out| stack.info(now, dialog, sdp(), out));
    let info = office.last_request("INFO");
    office.receive(udp(BERT), reply(&info, 481, "b", ""));
    assert_eq!(office.said(), ["Lost"]);
}

#[test]
fn rfc3261_8_1_3_4_a_redirection_names_its_contacts_most_wanted_first() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let moved = String::from_utf8(reply(&invite, 302, "b", "").to_vec()).unwrap();
    let contacts = "Contact: <sip:low@x>;q=0.2, <sip:high@x>;q=0.9, <sip:top@x>\r\nContact";
    office.receive(udp(BERT), moved.replacen("Contact", contacts, 1).replace("Contact: <sip:bert-b", "X: <sip:b"));
    let Some(Event::Rejected { status: 302, redirection, .. }) = office.events.pop() else { panic!() };
    let wanted: Vec<_> = redirection.to.iter().map(ToString::to_string).collect();
    assert_eq!(wanted, ["sip:top@x", "sip:high@x", "sip:low@x"]);
}

#[test]
fn every_order_to_an_ended_dialog_is_ignored() {
    let mut office = Office::new();
    let (dialog, invite) = connected_to_bert(&mut office);
    office.receive(udp(BERT), request_of_bert(&invite, "b", "BYE", 1, ""));
    office.sent.clear();
    office.run(|stack, now, out| {
        for dialog in [dialog, DialogId(999)] {
            stack.ring(now, dialog, 180, None, out);
            stack.answer(now, dialog, sdp(), out);
            stack.refuse(now, dialog, 486, None, out);
            stack.cancel(now, dialog, None, out);
            stack.acknowledge(now, dialog, sdp(), out);
            stack.hang_up(now, dialog, None, out);
            stack.reoffer(now, dialog, None, out);
            stack.accept_reoffer(now, dialog, sdp(), out);
            stack.refuse_reoffer(now, dialog, 488, out);
            stack.info(now, dialog, sdp(), out);
            stack.probe(now, dialog, out);
        }
    });
    assert!(office.sent.is_empty());
    assert_eq!(office.said(), ["HungUp"]);
    office.assert_idle_after(64);
}

#[test]
fn a_call_survives_the_loss_of_its_connection() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.hop = tcp(ANNA, 1);
    let dialog = phone.connect(&mut office);
    office.run(|stack, now, out| stack.flow_closed(now, sip::transport::FlowId(1), out));
    office.poll();
    phone.hop = tcp("192.0.2.20:40123", 2);
    let hold = phone.request("INVITE", SDP);
    office.receive(phone.hop, hold);
    assert_eq!(office.said(), ["Reoffered"]);
    office.run(|stack, now, out| stack.refuse_reoffer(now, dialog, 488, out));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.sent.last().unwrap().1.hop, phone.hop, "the BYE goes over the new connection");
    office.advance(Duration::from_secs(64));
}
