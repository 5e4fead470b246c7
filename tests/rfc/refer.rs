//! Transfers as their transferor asks for them: RFC 3515, RFC 4488, RFC 4538, RFC 3892, and the Replaces of RFC 3891
//! in a Refer-To.

use std::time::Duration;

use sip::event::{DialogId, Event, Referred, Replaced};
use sip::message::{HeaderName, Request, Response};
use sip::stack::MAX_REFERS_PER_DIALOG;

use crate::peer::{ANNA, BERT, Office, Phone, SDP, reply, sdp, udp};

/// A REFER of Anna's phone within its call, with these headers.
fn refers(office: &mut Office, phone: &mut Phone, headers: &str) {
    phone.extra = format!("{headers}\r\n");
    let request = phone.request("REFER", "");
    office.receive(phone.hop, request);
    phone.extra.clear();
}

#[track_caller]
fn referred(office: &mut Office) -> Referred {
    match office.events.pop() {
        Some(Event::Referred(referred)) => *referred,
        other => panic!("expected Referred, got {other:?}"),
    }
}

/// Anna's phone in a call that it has asked to be passed on, which was accepted; nothing is sent.
fn accepted() -> (Office, Phone, Referred) {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
    let asked = referred(&mut office);
    office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 100, out));
    (office, phone, asked)
}

fn progress(office: &mut Office, referred: &Referred, status: u16) {
    let refer = referred.refer;
    office.run(|stack, now, out| stack.refer_progress(now, refer, status, out));
}

fn answers(office: &mut Office, status: u16) {
    let notify = office.last_request("NOTIFY");
    office.receive(udp(ANNA), reply(&notify, status, "", ""));
}

/// What a NOTIFY tells: Subscription-State and the status.
fn told(notify: &Request) -> (String, String) {
    let state = notify.headers.get(HeaderName::SubscriptionState).unwrap().to_string();
    (state, String::from_utf8(notify.body.to_vec()).unwrap())
}

#[test]
fn rfc3515_2_4_a_refer_is_accepted_and_its_progress_told_to_the_end() {
    let (mut office, mut phone, asked) = accepted();
    assert_eq!((asked.to.to_string().as_str(), asked.replaces), ("sip:103@office", None));
    let first = office.last_request("NOTIFY");
    assert_eq!(told(&first), ("active;expires=300".to_owned(), "SIP/2.0 100 Trying\r\n".to_owned()));
    assert_eq!(first.headers.get(HeaderName::Event).unwrap(), "refer;id=3");
    assert_eq!(first.headers.get(HeaderName::ContentType).unwrap(), "message/sipfrag;version=2.0");
    assert_eq!(first.headers.call_id().unwrap(), phone.call_id.as_str());
    assert_eq!(first.headers.to().unwrap().tag().unwrap(), "anna1");
    answers(&mut office, 200);
    progress(&mut office, &asked, 180);
    let second = office.last_request("NOTIFY");
    assert_eq!(told(&second).1, "SIP/2.0 180 Ringing\r\n");
    assert_eq!(second.headers.cseq().unwrap().number, first.headers.cseq().unwrap().number + 1);
    progress(&mut office, &asked, 200);
    answers(&mut office, 200);
    let last = office.last_request("NOTIFY");
    assert_eq!(told(&last), ("terminated;reason=noresource".to_owned(), "SIP/2.0 200 OK\r\n".to_owned()));
    progress(&mut office, &asked, 486);
    answers(&mut office, 200);
    assert_eq!(office.names(), ["202 REFER", "NOTIFY", "NOTIFY", "NOTIFY"]);
    assert!(office.said().is_empty());
    let bye = phone.request("BYE", "");
    office.receive(phone.hop, bye);
    office.assert_idle_after(64);
}

#[test]
fn a_refer_whose_end_is_known_at_once_is_told_once() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
    let asked = referred(&mut office);
    office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 200, out));
    assert_eq!(told(&office.last_request("NOTIFY")).0, "terminated;reason=noresource");
    assert_eq!(office.names(), ["202 REFER", "NOTIFY"]);
    assert_eq!(office.stack.sizes().subscriptions, 0);
}

#[test]
fn rfc4488_who_wants_no_subscription_gets_none() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>\r\nRefer-Sub: false\r\nRequire: norefersub");
    let asked = referred(&mut office);
    office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 100, out));
    assert_eq!(office.last_response().headers.get(HeaderName::ReferSub).unwrap(), "false");
    progress(&mut office, &asked, 180);
    progress(&mut office, &asked, 200);
    assert_eq!(office.names(), ["202 REFER"]);
    assert_eq!(office.stack.sizes().subscriptions, 0);
}

#[test]
fn rfc3515_2_4_2_one_refer_to_that_can_be_called() {
    for (headers, expected) in [
        ("X: y", "400 REFER"),
        ("Refer-To: <sip:103@office>\r\nRefer-To: <sip:104@office>", "400 REFER"),
        ("Refer-To: <sip:103@office>, <sip:104@office>", "400 REFER"),
        ("Refer-To: sip:103@office?Replaces=1%3Bto-tag%3Da%3Bfrom-tag%3Db", "400 REFER"),
        ("Refer-To: <sip:103@office?Replaces=1%3Bto-tag%3Da>", "400 REFER"),
        ("Refer-To: <sip:103@office?Replaces=1%3Bto-tag%3Da%3Bfrom-tag%3Db&Replaces=2>", "400 REFER"),
        ("Refer-To: <sip:103@office?Replaces=1%3Bto-tag%3Da%3Bfrom-tag%3Db>", "603 REFER"),
        ("Refer-To: <sip:103@office?Replaces=%0D%0AVia%3A%20x%3Bto-tag%3Da%3Bfrom-tag%3Db>", "603 REFER"),
        ("Refer-To: <http://office/103>", "416 REFER"),
        ("Refer-To: <sip:103@office;method=BYE>", "403 REFER"),
        ("Refer-To: <>", "400 REFER"),
    ] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        phone.connect(&mut office);
        refers(&mut office, &mut phone, headers);
        assert_eq!(office.names(), [expected], "{headers}");
        assert!(office.said().is_empty());
        assert_eq!((office.stack.sizes().subscriptions, office.stack.sizes().dialogs), (0, 1));
    }
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    refers(&mut office, &mut phone, "r: <tel:103>\r\nb: \"Anna\" <sip:101@office>");
    let asked = referred(&mut office);
    assert_eq!(asked.to.number().as_deref(), Some("103"));
    assert_eq!(asked.referred_by.unwrap().uri.to_string(), "sip:101@office");
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office;method=INVITE?Call-ID=x&Route=%3Csip%3Aevil%3E>");
    assert_eq!(referred(&mut office).to.to_string(), "sip:103@office;method=INVITE");
}

#[test]
fn rfc3891_an_escaped_replaces_names_the_other_call_of_the_phone() {
    for is_answered in [true, false] {
        let (mut office, mut first, mut second) = (Office::new(), Phone::anna(), Phone::anna());
        first.connect(&mut office);
        (second.call_id, second.challenges, second.nc) = ("c2@phone".to_owned(), first.challenges.clone(), 50);
        let other = second.invite(&mut office, SDP).dialog;
        office.run(|stack, now, out| stack.ring(now, other, 180, None, out));
        second.learn_tag(&office.last_response());
        if is_answered {
            office.run(|stack, now, out| stack.answer(now, other, sdp(), out));
            let ack = second.request("ACK", "");
            office.receive(second.hop, ack);
        }
        office.events.clear();
        let name = format!("c2%40phone%3Bto-tag%3D{}%3Bfrom-tag%3Danna1", second.to_tag);
        refers(&mut office, &mut first, &format!("Refer-To: <sip:103@office?Replaces={name}&Require=replaces>"));
        let asked = referred(&mut office);
        assert_eq!(asked.replaces, Some(Replaced { dialog: other, is_early: !is_answered }));
        assert_ne!(asked.dialog, other);
        office.sent.clear();
        refers(&mut office, &mut first, &format!("Refer-To: <sip:103@office?Replaces={name}%3Bearly-only>"));
        let names = office.names();
        assert_eq!(names, if is_answered { vec!["603 REFER"] } else { Vec::new() });
    }
}

#[test]
fn rfc5057_4_2_a_phone_that_hangs_up_early_is_told_the_end_all_the_same() {
    for answer in [200, 481] {
        let (mut office, mut phone, asked) = accepted();
        answers(&mut office, 200);
        let bye = phone.request("BYE", "");
        office.receive(phone.hop, bye);
        assert_eq!(office.said(), ["HungUp"]);
        office.sent.clear();
        progress(&mut office, &asked, 180);
        let notify = office.last_request("NOTIFY");
        assert_eq!(
            (notify.headers.cseq().unwrap().number, notify.headers.call_id().unwrap()),
            (2, phone.call_id.as_str().into())
        );
        answers(&mut office, answer);
        progress(&mut office, &asked, 200);
        let expected: &[&str] = if answer == 200 { &["NOTIFY", "NOTIFY"] } else { &["NOTIFY"] };
        assert_eq!(office.names(), expected, "{answer}");
        office.assert_idle_after(64);
    }
}

#[test]
fn rfc3515_2_4_4_the_transferor_may_end_or_prolong_its_subscription() {
    let (mut office, mut phone, asked) = accepted();
    answers(&mut office, 200);
    office.sent.clear();
    for (headers, expected) in [
        ("Event: refer;id=99\r\nExpires: 60", &["489 SUBSCRIBE"][..]),
        ("Event: dialog\r\nExpires: 60", &["489 SUBSCRIBE"]),
        ("Event: refer;id=3\r\nExpires: 90", &["200 SUBSCRIBE", "NOTIFY"]),
        ("Event: refer;id=3\r\nExpires: 0", &["200 SUBSCRIBE", "NOTIFY"]),
    ] {
        phone.extra = format!("{headers}\r\n");
        let request = phone.request("SUBSCRIBE", "");
        office.receive(phone.hop, request);
        let sent = (expected.len() == 2).then(|| office.last_request("NOTIFY"));
        assert_eq!(office.names(), expected, "{headers}");
        if let Some(notify) = sent {
            office.receive(udp(ANNA), reply(&notify, 200, "", ""));
        }
    }
    progress(&mut office, &asked, 200);
    assert!(office.names().is_empty());
    assert!(office.said().is_empty(), "the transfer goes on");
}

#[test]
fn a_refer_that_nobody_ends_is_over_by_itself() {
    let (mut office, _, asked) = accepted();
    answers(&mut office, 200);
    office.advance(Duration::from_secs(300));
    assert_eq!(told(&office.last_request("NOTIFY")).0, "terminated;reason=timeout");
    answers(&mut office, 200);
    progress(&mut office, &asked, 200);
    assert_eq!(office.names(), ["202 REFER", "NOTIFY", "NOTIFY"]);
    assert!(office.said().is_empty());
}

#[test]
fn a_notify_that_is_lost_is_repeated_and_the_news_follow() {
    let (mut office, _, asked) = accepted();
    progress(&mut office, &asked, 180);
    progress(&mut office, &asked, 200);
    office.sent.clear();
    office.advance(Duration::from_secs(10));
    assert!(office.names().iter().all(|name| name == "NOTIFY"));
    let again = notify_of(&mut office);
    office.receive(udp(ANNA), reply(&again, 200, "", ""));
    assert_eq!(
        told(&office.last_request("NOTIFY")),
        ("terminated;reason=noresource".to_owned(), "SIP/2.0 200 OK\r\n".to_owned())
    );
}

/// The NOTIFY that is under way, as its next repetition has it.
fn notify_of(office: &mut Office) -> Request {
    office.advance(Duration::from_secs(4));
    office.last_request("NOTIFY")
}

#[test]
fn refers_that_are_not_over_are_few() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    for number in 0..=MAX_REFERS_PER_DIALOG {
        refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
        if number < MAX_REFERS_PER_DIALOG {
            let asked = referred(&mut office);
            office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 100, out));
        }
    }
    assert_eq!(office.last_response().status, 503);
    assert_eq!(office.stack.sizes().subscriptions, MAX_REFERS_PER_DIALOG);
}

#[test]
fn a_refusal_leaves_no_subscription_and_a_forgotten_one_ends() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
    let asked = referred(&mut office);
    office.run(|stack, now, out| stack.respond(now, asked.transaction, 403, Vec::new(), out));
    assert_eq!(office.names(), ["403 REFER"]);
    assert_eq!(office.stack.sizes().subscriptions, 0);
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
    office.events.clear();
    office.advance(Duration::from_secs(64));
    assert_eq!(office.stack.sizes().subscriptions, 0);
    assert!(office.said().is_empty());
}

#[test]
fn a_call_that_is_not_answered_cannot_be_passed_on() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.invite(&mut office, SDP).dialog;
    office.run(|stack, now, out| stack.ring(now, dialog, 180, None, out));
    phone.learn_tag(&office.last_response());
    refers(&mut office, &mut phone, "Refer-To: <sip:103@office>");
    assert_eq!(office.names(), ["100 INVITE", "180 INVITE", "603 REFER"]);
}

/// A REFER of its own, outside the call whose tags it names.
fn refers_outside(office: &mut Office, phone: &Phone, user: &'static str, aor: &'static str, target: &str) -> Phone {
    let mut other = Phone { user, aor, call_id: format!("r{user}@phone"), ..Phone::anna() };
    other.extra =
        format!("Refer-To: <sip:103@office>\r\nTarget-Dialog: {};{target}\r\nRequire: tdialog\r\n", phone.call_id);
    other.send(office, "REFER", "");
    other
}

#[test]
fn rfc4538_a_refer_outside_the_call_names_it_and_must_be_its_partys() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    let target = format!("remote-tag={};local-tag=anna1", phone.to_tag);
    refers_outside(&mut office, &phone, "bert", "102", &target);
    assert_eq!(office.names(), ["403 REFER"]);
    for wrong in ["remote-tag=x;local-tag=anna1", "local-tag=anna1"] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        phone.connect(&mut office);
        refers_outside(&mut office, &phone, "anna", "101", wrong);
        assert!(["481 REFER", "400 REFER"].contains(&office.names()[0].as_str()), "{wrong}");
    }
    refers_outside(&mut office, &phone, "anna", "101", &target);
    let asked = referred(&mut office);
    assert_eq!(asked.dialog, dialog);
    office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 200, out));
    let notify = office.last_request("NOTIFY");
    assert_eq!(notify.headers.call_id().unwrap(), "ranna@phone");
    assert_eq!(notify.headers.from().unwrap().tag(), answer_to(&office).headers.to().unwrap().tag());
    assert_eq!(office.names(), ["202 REFER", "NOTIFY"]);
}

fn answer_to(office: &Office) -> Response {
    let parsed = office.sent.iter().map(|(_, transmit)| sip::message::Message::parse(&transmit.bytes).unwrap());
    let mut responses = parsed.filter_map(|message| match message {
        sip::message::Message::Response(response) => Some(response),
        sip::message::Message::Request(_) => None,
    });
    responses.next().unwrap()
}

#[test]
fn a_called_phone_passes_its_call_on_too() {
    let mut office = Office::new();
    let dialog: DialogId = office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    office.receive(udp(BERT), reply(&invite, 200, "b", SDP));
    office.events.clear();
    let refer =
        crate::peer::request_of_bert(&invite, "b", "REFER", 1, "").replace("Max-", "Refer-To: <sip:103@x>\r\nMax-");
    office.receive(udp(BERT), &refer);
    let asked = referred(&mut office);
    assert_eq!(asked.dialog, dialog);
    office.run(|stack, now, out| stack.accept_refer(now, asked.transaction, 100, out));
    office.sent.clear();
    office.receive(udp(BERT), &refer);
    assert_eq!(office.names(), ["202 REFER"], "once more, and nothing else happens");
}
