//! What a callee may ask before it answers: RFC 3311 §5.2 and RFC 6337 §2.2, in each of the early dialogs of a call.

use sip::event::{DialogId, Event};
use sip::message::{HeaderName, Request};

use crate::peer::{BERT, Office, SDP, reply, request_of_bert, sdp, udp};
use crate::reliable::reliably;

/// Bert's phone is called with an offer.
fn calling() -> (Office, DialogId, Request) {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    (office, dialog, invite)
}

/// The branch of this tag answers our offer so that it must be confirmed.
fn answers_early(office: &mut Office, invite: &Request, tag: &str, rseq: u32) {
    office.receive(udp(BERT), reliably(invite, 183, tag, rseq, SDP));
    let prack = office.last_request("PRACK");
    office.receive(udp(BERT), reply(&prack, 200, tag, ""));
    office.said();
    office.names();
}

fn update(office: &mut Office, invite: &Request, tag: &str, cseq: u32, body: &str) {
    office.receive(udp(BERT), request_of_bert(invite, tag, "UPDATE", cseq, body));
}

/// The branch that the last event is about.
fn branch(office: &Office) -> String {
    match office.events.last() {
        Some(Event::Reoffered { branch, offer: Some(_), .. }) | Some(Event::Answered { branch, .. }) => {
            branch.to_string()
        }
        other => panic!("expected an offer or an answer, got {other:?}"),
    }
}

#[test]
fn rfc3311_5_2_a_callee_offers_another_session_before_it_answers() {
    for is_accepted in [true, false] {
        let (mut office, dialog, invite) = calling();
        answers_early(&mut office, &invite, "b", 7);
        update(&mut office, &invite, "b", 1, SDP);
        assert_eq!((branch(&office), office.said()), ("b".to_owned(), vec!["Reoffered".to_owned()]));
        assert!(office.names().is_empty(), "the owner has not answered it yet");
        if is_accepted {
            office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
            let answer = office.last_response();
            assert_eq!((answer.status, answer.body), (200, sdp().bytes));
        } else {
            office.run(|stack, now, out| stack.refuse_reoffer(now, dialog, 488, out));
            assert_eq!(office.names(), ["488 UPDATE"]);
        }
        office.sent.clear();
        // It may do so again, and the call goes on as if nothing had been.
        update(&mut office, &invite, "b", 2, SDP);
        office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
        office.receive(udp(BERT), reply(&invite, 200, "b", ""));
        assert_eq!(office.said(), ["Reoffered", "Answered"]);
        assert_eq!(office.names(), ["200 UPDATE", "ACK"]);
    }
}

#[test]
fn rfc3311_5_2_while_our_offer_has_no_sure_answer_it_is_a_glare() {
    let (mut office, _, invite) = calling();
    // Ringing, early media that may be lost, and a ringing that must arrive and answers nothing.
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.receive(udp(BERT), reply(&invite, 183, "c", SDP));
    office.receive(udp(BERT), reliably(&invite, 180, "d", 1, ""));
    // What another branch has agreed is nothing to these.
    answers_early(&mut office, &invite, "e", 7);
    for tag in ["b", "c", "d"] {
        update(&mut office, &invite, tag, 1, SDP);
        assert_eq!((office.names(), office.said()), (vec!["491 UPDATE".to_owned()], Vec::new()), "{tag}");
    }
    // The answer in a later response that must arrive settles it.
    office.receive(udp(BERT), reliably(&invite, 183, "d", 2, SDP));
    office.said();
    update(&mut office, &invite, "d", 2, SDP);
    assert_eq!(office.said(), ["Reoffered"]);
}

#[test]
fn rfc3311_5_2_one_after_the_other() {
    let (mut office, dialog, invite) = calling();
    answers_early(&mut office, &invite, "b", 7);
    answers_early(&mut office, &invite, "c", 70);
    update(&mut office, &invite, "b", 1, SDP);
    for (tag, cseq) in [("b", 2), ("c", 1)] {
        update(&mut office, &invite, tag, cseq, SDP);
        let refusal = office.last_response();
        assert_eq!(refusal.status, 500, "{tag}");
        let wait: u32 = refusal.headers.number(HeaderName::RetryAfter).unwrap().expect("it says when");
        assert!(wait <= 10);
    }
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    update(&mut office, &invite, "c", 2, SDP);
    assert_eq!(branch(&office), "c");
    assert_eq!(office.said(), ["Reoffered", "Reoffered"]);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["500 UPDATE", "500 UPDATE", "200 UPDATE", "200 UPDATE"]);
    // The first branch answers in the end.
    office.receive(udp(BERT), reply(&invite, 200, "b", ""));
    assert_eq!(branch(&office), "b");
}

#[test]
fn an_update_without_a_body_is_answered_at_once_and_a_stranger_is_not_heard() {
    let (mut office, _, invite) = calling();
    office.receive(udp(BERT), reply(&invite, 180, "b", ""));
    office.said();
    update(&mut office, &invite, "b", 1, "");
    update(&mut office, &invite, "b", 0, SDP);
    update(&mut office, &invite, "x", 1, SDP);
    assert_eq!(office.names(), ["INVITE", "200 UPDATE", "500 UPDATE", "481 UPDATE"], "by its CSeq, and by its tag");
    assert!(office.said().is_empty());
}

#[test]
fn a_callees_early_offer_that_the_owner_forgets_holds_nothing_up_for_ever() {
    let (mut office, _, invite) = calling();
    answers_early(&mut office, &invite, "b", 7);
    update(&mut office, &invite, "b", 1, SDP);
    office.advance_ms(31_999);
    update(&mut office, &invite, "b", 2, SDP);
    assert_eq!(office.names(), ["500 UPDATE"]);
    office.advance_ms(1);
    update(&mut office, &invite, "b", 3, SDP);
    assert_eq!(office.said(), ["Reoffered", "Reoffered"], "whoever sent the first has given up");
}

#[test]
fn a_call_that_is_given_up_takes_no_offer_any_more() {
    let (mut office, dialog, invite) = calling();
    answers_early(&mut office, &invite, "b", 7);
    update(&mut office, &invite, "b", 1, SDP);
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    update(&mut office, &invite, "b", 2, SDP);
    assert_eq!(office.names(), ["CANCEL", "481 UPDATE"]);
    let cancel = office.call(udp(BERT), None);
    office.run(|stack, now, out| stack.hang_up(now, cancel, None, out));
    office.receive(udp(BERT), reply(&invite, 487, "b", ""));
    office.assert_idle_after(240);
}
