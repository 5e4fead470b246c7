//! Session timers: RFC 4028 by section, as client and as server, refreshed by UPDATE or re-INVITE.

use std::time::Duration;

use sip::event::DialogId;
use sip::message::{HeaderName, Request, Response};

use crate::peer::{BERT, Office, Phone, SDP, reply, request_of_bert, sdp, udp};

const ALLOWS_UPDATE: &str = "Allow: INVITE, BYE, UPDATE\r\n";

/// A response of Bert with more headers.
fn reply_with(request: &Request, status: u16, more: &str, body: &str) -> String {
    let text = String::from_utf8(reply(request, status, "b", body).to_vec()).unwrap();
    text.replacen("Contact:", &format!("{more}Contact:"), 1)
}

/// A call to Bert that he answers with these headers.
#[track_caller]
fn called(more: &str) -> (Office, DialogId, Request) {
    let mut office = Office::new();
    let dialog = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply_with(&invite, 200, more, SDP));
    assert_eq!(office.said(), ["Answered"]);
    office.sent.clear();
    (office, dialog, invite)
}

/// A call of Anna whose INVITE says this; our 200.
fn answered(more: &str) -> (Office, Phone, DialogId, Response) {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = more.to_owned();
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.answer(now, dialog, sdp(), out));
    let answer = office.last_response();
    phone.learn_tag(&answer);
    phone.extra.clear();
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_eq!(office.said(), ["Confirmed"]);
    office.sent.clear();
    (office, phone, dialog, answer)
}

fn says(headers: &sip::message::Headers, name: HeaderName) -> String {
    headers.get(name).map(|value| value.to_string()).unwrap_or_default()
}

/// Session-Expires and Min-SE of a request.
fn asks(request: &Request) -> [String; 2] {
    [HeaderName::SessionExpires, HeaderName::MinSe].map(|name| says(&request.headers, name))
}

/// Session-Expires and Require of a response.
fn grants(response: &Response) -> [String; 2] {
    [HeaderName::SessionExpires, HeaderName::Require].map(|name| says(&response.headers, name))
}

#[test]
fn rfc4028_7_1_our_invite_offers_a_timer_and_requires_nothing() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    assert_eq!(asks(&invite), ["1800", "90"]);
    assert!(says(&invite.headers, HeaderName::Supported).contains("timer"));
    assert!(!invite.headers.has(HeaderName::Require));
}

#[test]
fn rfc4028_7_2_an_answer_without_session_expires_has_no_timer() {
    let (mut office, dialog, invite) = called(ALLOWS_UPDATE);
    office.advance(Duration::from_secs(24 * 3600));
    assert!(office.names().is_empty() && office.said().is_empty());
    // Nor has a change of ours one, to which such a phone would have to say something.
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    let reinvite = office.last_request("INVITE");
    assert_ne!(reinvite.headers.cseq().unwrap(), invite.headers.cseq().unwrap());
    assert_eq!(asks(&reinvite), ["", ""]);
}

#[test]
fn rfc4028_7_4_the_refresher_sends_update_at_half_time_again_and_again() {
    for refresher in ["Session-Expires: 600;refresher=uac\r\n", "Session-Expires: 600\r\n", "x: 600;Refresher=UAC\r\n"]
    {
        let (mut office, dialog, _) = called(&format!("{ALLOWS_UPDATE}Require: timer\r\n{refresher}"));
        for round in 1..=5 {
            office.advance(Duration::from_secs(299));
            assert!(office.sent.is_empty(), "{refresher} {round}");
            office.advance(Duration::from_secs(1));
            let update = office.last_request("UPDATE");
            assert_eq!(asks(&update), ["600;refresher=uac", "90"]);
            assert!(update.body.is_empty() && update.headers.has(HeaderName::Contact));
            office.receive(udp(BERT), reply_with(&update, 200, "Session-Expires: 600;refresher=uac\r\n", ""));
            assert_eq!(office.names(), ["UPDATE"]);
        }
        office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
        assert!(office.said().is_empty());
    }
}

#[test]
fn rfc4028_7_4_a_phone_without_update_is_refreshed_by_an_offer_of_the_owner() {
    let (mut office, dialog, _) = called("Allow: INVITE, BYE\r\nSession-Expires: 600;refresher=uac\r\n");
    office.advance(Duration::from_secs(300));
    assert_eq!(office.said(), ["OfferDue"]);
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    let reinvite = office.last_request("INVITE");
    assert_eq!(asks(&reinvite), ["600;refresher=uac", "90"]);
    office.receive(udp(BERT), reply_with(&reinvite, 200, "Session-Expires: 600;refresher=uac\r\n", SDP));
    assert_eq!(office.said(), ["ReofferAnswered"]);
    office.advance(Duration::from_secs(299));
    assert!(office.said().is_empty());
    office.advance(Duration::from_secs(1));
    assert_eq!(office.said(), ["OfferDue"]);
}

#[test]
fn rfc4028_7_4_a_refresh_without_session_expires_in_its_answer_ends_the_timer() {
    let (mut office, ..) = called(&format!("{ALLOWS_UPDATE}Session-Expires: 600;refresher=uac\r\n"));
    office.advance(Duration::from_secs(300));
    let update = office.last_request("UPDATE");
    office.receive(udp(BERT), reply_with(&update, 200, "", ""));
    office.sent.clear();
    office.advance(Duration::from_secs(24 * 3600));
    assert!(office.names().is_empty() && office.said().is_empty());
}

#[test]
fn rfc4028_7_3_an_invite_that_is_too_brief_goes_out_again_with_what_is_asked_for() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let first = office.last_request("INVITE");
    office.receive(udp(BERT), reply_with(&first, 422, "Min-SE: 3600\r\n", ""));
    let second = office.last_request("INVITE");
    assert_eq!(office.names(), ["INVITE", "ACK", "INVITE"]);
    assert_eq!(asks(&second), ["3600", "3600"]);
    assert_eq!((&second.body, second.headers.call_id()), (&first.body, first.headers.call_id()));
    assert_eq!(second.headers.from().unwrap(), first.headers.from().unwrap());
    assert_eq!(second.headers.cseq().unwrap().number, first.headers.cseq().unwrap().number + 1);
    // The first answer is no reason to give up; the same again is.
    assert!(office.said().is_empty());
    office.receive(udp(BERT), reply_with(&second, 422, "Min-SE: 3600\r\n", ""));
    assert_eq!(office.said(), ["Rejected 422"]);
    office.assert_idle_after(40);
}

#[test]
fn rfc4028_7_3_sessions_cannot_be_made_longer_without_end() {
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    for round in 1..=5 {
        let invite = office.last_request("INVITE");
        office.receive(udp(BERT), reply_with(&invite, 422, &format!("Min-SE: {}\r\n", 1800 + round), ""));
    }
    assert_eq!(office.said(), ["Rejected 422"]);
    let invites = office.names().iter().filter(|name| *name == "INVITE").count();
    assert_eq!(invites, 5);
    for nonsense in ["", "Min-SE: soon\r\n", "Min-SE: 99999999999\r\n", "Min-SE: 90\r\n"] {
        let mut office = Office::new();
        office.call(udp(BERT), Some(sdp()));
        let invite = office.last_request("INVITE");
        office.receive(udp(BERT), reply_with(&invite, 422, nonsense, ""));
        assert_eq!(office.said(), ["Rejected 422"], "{nonsense}");
    }
}

#[test]
fn rfc4028_7_3_a_refresh_may_be_too_brief_as_well() {
    let (mut office, ..) = called(&format!("{ALLOWS_UPDATE}Session-Expires: 600;refresher=uac\r\n"));
    office.advance(Duration::from_secs(300));
    let update = office.last_request("UPDATE");
    office.receive(udp(BERT), reply_with(&update, 422, "Min-SE: 900\r\n", ""));
    let longer = office.last_request("UPDATE");
    assert_eq!(asks(&longer), ["900;refresher=uac", "900"]);
    office.receive(udp(BERT), reply_with(&longer, 200, "Session-Expires: 900;refresher=uac\r\n", ""));
    office.sent.clear();
    office.advance(Duration::from_secs(450));
    assert_eq!(asks(&office.last_request("UPDATE")), ["900;refresher=uac", "900"]);
}

#[test]
fn rfc4028_9_what_our_answer_says() {
    for (said, expires, require) in [
        // A phone that knows nothing of it is not bothered.
        ("", "", ""),
        ("Supported: 100rel\r\n", "", ""),
        ("Supported: timer\r\n", "1800;refresher=uas", "timer"),
        ("Supported: timer\r\nMin-SE: 2400\r\n", "2400;refresher=uas", "timer"),
        ("Supported: timer\r\nSession-Expires: 300\r\n", "300;refresher=uac", "timer"),
        ("Supported: 100rel, TIMER\r\nSession-Expires: 300;refresher=uas\r\n", "300;refresher=uas", "timer"),
        ("k: timer\r\nx: 300;refresher=uac\r\n", "300;refresher=uac", "timer"),
        ("Supported: timer\r\nRequire: timer\r\nSession-Expires: 90\r\n", "90;refresher=uac", "timer"),
        // It may be shortened, down to what those between want, and never made longer.
        ("Supported: timer\r\nSession-Expires: 7200\r\n", "1800;refresher=uac", "timer"),
        ("Supported: timer\r\nSession-Expires: 7200\r\nMin-SE: 3600\r\n", "3600;refresher=uac", "timer"),
        ("Supported: timer\r\nSession-Expires: 300\r\nMin-SE: 3600\r\n", "300;refresher=uac", "timer"),
        (
            "Supported: timer\r\nSession-Expires: 4294967295\r\nMin-SE: 4294967295\r\n",
            "4294967295;refresher=uac",
            "timer",
        ),
        // A proxy wants one and the phone knows nothing of it: it is ours to refresh.
        ("Session-Expires: 600\r\n", "600;refresher=uas", ""),
        ("Session-Expires: 600;refresher=uac\r\n", "600;refresher=uas", ""),
        ("Session-Expires: 30\r\n", "90;refresher=uas", ""),
    ] {
        let (.., answer) = answered(said);
        assert_eq!(grants(&answer), [expires, require], "{said}");
    }
}

#[test]
fn rfc4028_9_too_brief_a_session_is_refused_with_the_least() {
    let brief = "Supported: timer\r\nSession-Expires: 89;refresher=uac\r\n";
    let (mut office, mut phone, ..) = answered("");
    for (method, body) in [("INVITE", SDP), ("UPDATE", ""), ("UPDATE", SDP)] {
        phone.extra = brief.to_owned();
        let request = phone.request(method, body);
        office.receive(phone.hop, request);
        let refusal = office.last_response();
        assert_eq!((refusal.status, says(&refusal.headers, HeaderName::MinSe).as_str()), (422, "90"));
    }
    assert!(office.said().is_empty());
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = brief.to_owned();
    let request = phone.request("INVITE", SDP);
    office.receive(phone.hop, request);
    assert_eq!(office.last_response().status, 422);
    for flawed in ["Session-Expires: soon\r\n", "Session-Expires: 600\r\nSession-Expires: 600\r\n", "Min-SE: -1\r\n"] {
        phone.extra = flawed.to_owned();
        let request = phone.request("INVITE", SDP);
        office.receive(phone.hop, request);
        assert_eq!(office.last_response().status, 400, "{flawed}");
    }
    office.assert_idle_after(0);
}

#[test]
fn rfc4028_10_a_session_that_the_peer_does_not_refresh_ends_by_bye() {
    // A third of the session before its end, and never more than 32 s.
    for (interval_s, lasts_s) in [(90, 60), (1800, 1768)] {
        let said = format!("Supported: timer\r\nSession-Expires: {interval_s};refresher=uac\r\n");
        let (mut office, phone, ..) = answered(&said);
        office.advance(Duration::from_secs(lasts_s - 1));
        assert!(office.sent.is_empty() && office.said().is_empty());
        office.advance(Duration::from_secs(1));
        assert_eq!((office.names(), office.said()), (vec!["BYE".to_owned()], vec!["Lost".to_owned()]));
        drop(phone);
        office.assert_idle_after(40);
    }
    let (mut office, ..) = called("Session-Expires: 90;refresher=uas\r\n");
    office.advance(Duration::from_secs(60));
    assert_eq!(office.said(), ["Lost"]);
    office.assert_idle_after(40);
}

#[test]
fn rfc4028_9_each_refresh_of_the_peer_begins_the_session_anew() {
    let keeps = "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n";
    let (mut office, mut phone, dialog, _) = answered(keeps);
    for round in 0..6 {
        office.advance(Duration::from_secs(45));
        phone.extra = keeps.to_owned();
        // By UPDATE without an offer, by UPDATE with one, by re-INVITE.
        let (method, body) = [("UPDATE", ""), ("UPDATE", SDP), ("INVITE", SDP)][round % 3];
        let request = phone.request(method, body);
        office.receive(phone.hop, request);
        office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
        let answer = office.last_response();
        assert_eq!((answer.status, grants(&answer)), (200, ["90;refresher=uac".into(), "timer".into()]), "{method}");
        phone.extra.clear();
        if method == "INVITE" {
            let ack = phone.request("ACK", "");
            office.receive(phone.hop, ack);
        }
    }
    office.events.clear();
    office.sent.clear();
    office.advance(Duration::from_secs(60));
    assert_eq!(office.said(), ["Lost"]);
}

#[test]
fn rfc4028_7_4_roles_turn_round_with_the_direction_of_the_request() {
    // Anna called and keeps the session. Our own change must leave that with her, though we are its client.
    let keeps = "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n";
    let (mut office, phone, dialog, _) = answered(&format!("{ALLOWS_UPDATE}{keeps}"));
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    let reinvite = office.last_request("INVITE");
    assert_eq!(asks(&reinvite), ["600;refresher=uas", "90"]);
    let accepted = reply_with(&reinvite, 200, "Session-Expires: 600;refresher=uas\r\n", SDP);
    office.receive(phone.hop, accepted);
    office.sent.clear();
    office.advance(Duration::from_secs(567));
    assert!(office.sent.is_empty(), "both refreshed");
    office.advance(Duration::from_secs(1));
    assert_eq!(office.names(), ["BYE"]);
    // We called and keep it; Bert holds, and names nobody: it stays with us.
    let (mut office, dialog, invite) = called(&format!("{ALLOWS_UPDATE}Session-Expires: 600;refresher=uac\r\n"));
    let mut hold = request_of_bert(&invite, "b", "INVITE", 1, SDP);
    hold = hold.replacen("Contact:", "Supported: timer\r\nContact:", 1);
    office.receive(udp(BERT), hold);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(grants(&office.last_response()), ["1800;refresher=uas", "timer"]);
    // He may take it over as well.
    let mut takes = request_of_bert(&invite, "b", "UPDATE", 2, "");
    takes = takes.replacen("Contact:", "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\nContact:", 1);
    office.receive(udp(BERT), takes);
    assert_eq!(grants(&office.last_response()), ["600;refresher=uac", "timer"]);
}

#[test]
fn rfc4028_10_a_refresh_that_fails_ends_the_call_or_is_tried_again() {
    let keeps = format!("{ALLOWS_UPDATE}Session-Expires: 600;refresher=uac\r\n");
    // Silence, and no such call.
    let (mut office, ..) = called(&keeps);
    office.advance(Duration::from_secs(332));
    assert_eq!(office.said(), ["Lost"]);
    assert_eq!(office.names().last().unwrap(), "BYE");
    let (mut office, ..) = called(&keeps);
    office.advance(Duration::from_secs(300));
    let update = office.last_request("UPDATE");
    office.receive(udp(BERT), reply_with(&update, 481, "", ""));
    assert_eq!(office.said(), ["Lost"]);
    // Busy with something else: soon again, and BYE when it is too late.
    for status in [491, 500, 503] {
        let (mut office, ..) = called(&keeps);
        office.advance(Duration::from_secs(300));
        for _ in 0..7 {
            let update = office.last_request("UPDATE");
            office.receive(udp(BERT), reply_with(&update, status, "", ""));
            office.sent.clear();
            office.advance(Duration::from_millis(37_500));
            assert!(office.events.is_empty(), "{status}");
        }
        office.receive(udp(BERT), reply_with(&office.last_request("UPDATE"), status, "", ""));
        office.sent.clear();
        office.advance(Duration::from_secs(6));
        assert_eq!((office.names().first().unwrap().as_str(), office.said()), ("BYE", vec!["Lost".to_owned()]));
        office.assert_idle_after(40);
    }
    // It does not take UPDATE after all.
    for status in [400, 403, 405, 488, 501] {
        let (mut office, ..) = called(&keeps);
        office.advance(Duration::from_secs(300));
        let update = office.last_request("UPDATE");
        office.receive(udp(BERT), reply_with(&update, status, "", ""));
        assert_eq!(office.said(), ["OfferDue"], "{status}");
    }
}

#[test]
fn rfc4028_10_a_refused_reinvite_leaves_the_call_and_is_tried_again() {
    let (mut office, dialog, _) = called("Session-Expires: 600;refresher=uac\r\n");
    office.advance(Duration::from_secs(300));
    assert_eq!(office.said(), ["OfferDue"]);
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    office.receive(udp(BERT), reply_with(&office.last_request("INVITE"), 488, "", ""));
    assert_eq!(office.said(), ["ReofferRefused 488"]);
    office.advance(Duration::from_millis(37_500));
    assert_eq!(office.said(), ["OfferDue"]);
}

#[test]
fn rfc4028_10_a_refresh_waits_for_the_change_that_is_under_way() {
    let (mut office, dialog, invite) = called(&format!("{ALLOWS_UPDATE}Session-Expires: 90;refresher=uac\r\n"));
    office.advance_ms(44_500);
    office.receive(
        udp(BERT),
        request_of_bert(&invite, "b", "INVITE", 1, SDP).replacen(
            "Contact:",
            "Supported: timer\r\nSession-Expires: 90;refresher=uas\r\nContact:",
            1,
        ),
    );
    office.sent.clear();
    office.advance_ms(1_000);
    assert!(office.sent.is_empty(), "the offer of Bert has no answer yet");
    // An UPDATE meanwhile leaves alone what the re-INVITE will be told.
    office.receive(udp(BERT), request_of_bert(&invite, "b", "UPDATE", 2, ""));
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(grants(&office.last_response()), ["90;refresher=uas", "timer"]);
}

#[test]
fn a_call_that_was_hung_up_is_not_refreshed() {
    let (mut office, dialog, _) = called(&format!("{ALLOWS_UPDATE}Session-Expires: 600;refresher=uac\r\n"));
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    office.receive(udp(BERT), reply_with(&office.last_request("BYE"), 200, "", ""));
    office.sent.clear();
    office.assert_idle_after(1000);
    assert!(office.sent.is_empty());
}
