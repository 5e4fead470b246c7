//! What a SUBSCRIBE may ask for, and who may ask: RFC 6665 §3, §4.2.1, §6.1, §8; RFC 3842 §3.

use sip::event::Package;
use sip::message::HeaderName;

use super::{EVENT, Lamp, accept, header, subscribe, summary, watcher};
use crate::peer::{ANNA, Office, Phone, udp};

/// What the office says to a SUBSCRIBE with these headers.
#[track_caller]
fn asked(extra: &str) -> Office {
    let (mut office, mut phone) = (Office::new(), watcher());
    phone.extra = extra.to_owned();
    phone.send(&mut office, "SUBSCRIBE", "");
    office
}

#[test]
fn rfc6665_4_2_1_2_an_accepted_phone_is_told_at_once() {
    let (mut office, mut phone) = (Office::new(), watcher());
    phone.extra.push_str("User-Agent: Lamp/1\r\n");
    let subscribing = subscribe(&mut office, &mut phone);
    assert_eq!((subscribing.user.as_str(), subscribing.user_agent.as_str()), ("anna", "Lamp/1"));
    assert_eq!((subscribing.package, subscribing.expires_s), (Package::MessageSummary, 600));
    assert_eq!((subscribing.uri.user_unescaped().as_deref(), subscribing.hop), (Some("101"), udp(ANNA)));
    assert!(office.names().is_empty(), "nothing is said before the owner has");
    office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, summary(3), out));
    let notify = office.last_request("NOTIFY");
    assert_eq!(header(&notify, HeaderName::SubscriptionState), "active;expires=600");
    assert_eq!(header(&notify, HeaderName::Event), "message-summary");
    assert_eq!(header(&notify, HeaderName::ContentType), "application/simple-message-summary");
    assert_eq!(header(&notify, HeaderName::Contact), "<sip:101@192.0.2.1:5060>");
    assert_eq!(header(&notify, HeaderName::To), "\"Anna\" <sip:101@office>;tag=anna1");
    assert_eq!(notify.uri.to_text(), "sip:anna@192.0.2.20:5060");
    assert_eq!(notify.body, summary(3).bytes);
    let local = notify.headers.from().unwrap();
    office.sent.pop();
    let answer = office.last_response();
    assert_eq!((answer.status, answer.headers.expires().unwrap()), (200, Some(600)));
    assert_eq!(answer.headers.get(HeaderName::Contact).unwrap(), "<sip:101@192.0.2.1:5060>");
    assert_eq!(answer.headers.to().unwrap().tag(), local.tag());
    assert_eq!(office.stack.sizes().subscriptions, 1);
}

#[test]
fn rfc6665_4_2_1_1_and_rfc3842_3_4_how_long_is_said_in_any_case() {
    for (asks, granted) in [("", 3600), ("Expires: 7200\r\n", 3600), ("Expires: 61\r\n", 61), ("Expires: 60\r\n", 60)] {
        let (mut office, mut phone) = (Office::new(), watcher());
        phone.extra = format!("{EVENT}{asks}");
        let subscribing = subscribe(&mut office, &mut phone);
        accept(&mut office, &mut phone, &subscribing);
        assert_eq!(subscribing.expires_s, granted);
        let state = header(&office.last_request("NOTIFY"), HeaderName::SubscriptionState);
        assert_eq!(state, format!("active;expires={granted}"));
        office.sent.pop();
        assert_eq!(office.last_response().headers.expires().unwrap(), Some(granted), "{asks}");
    }
}

#[test]
fn rfc6665_4_2_1_1_too_brief_is_423_and_nonsense_400() {
    for (expires, expected) in [
        ("1", 423),
        ("59", 423),
        ("-1", 400),
        ("soon", 400),
        ("99999999999999999999999", 400),
        ("600\r\nExpires: 601", 400),
    ] {
        let mut office = asked(&format!("{EVENT}Expires: {expires}\r\n"));
        let answer = office.last_response();
        assert_eq!(answer.status, expected, "{expires}");
        let least = (expected == 423).then_some(60);
        assert_eq!(answer.headers.min_expires().unwrap(), least);
        assert!(office.said().is_empty());
        office.assert_idle_after(33);
    }
}

#[test]
fn rfc6665_8_3_2_packages_that_are_not_known_get_489() {
    for (event, expected) in [
        ("", 489),
        ("Event: conference\r\n", 489),
        ("Event: message-summary.winfo\r\n", 489),
        ("Event: dialog.winfo;id=1\r\n", 489),
        ("Event: \r\n", 400),
        ("Event: message-summary;=\r\n", 400),
        ("Event: message-summary\r\nEvent: message-summary\r\n", 400),
    ] {
        let mut office = asked(event);
        let answer = office.last_response();
        assert_eq!(answer.status, expected, "{event}");
        let known = answer.headers.get(HeaderName::AllowEvents).map(|known| known.to_string());
        assert_eq!(
            known.as_deref(),
            (expected == 489).then_some("message-summary, dialog, presence, as-feature-event")
        );
        assert!(office.said().is_empty());
        office.assert_idle_after(33);
    }
}

#[test]
fn rfc6665_8_2_1_the_event_is_repeated_as_the_phone_wrote_it() {
    for (event, repeated) in [
        ("o: message-summary\r\n", "message-summary"),
        ("Event: Message-Summary;x=y ;ID=ab7\r\n", "Message-Summary;id=ab7"),
    ] {
        let (mut office, mut phone) = (Office::new(), watcher());
        phone.extra = event.to_owned();
        let subscribing = subscribe(&mut office, &mut phone);
        accept(&mut office, &mut phone, &subscribing);
        assert_eq!(header(&office.last_request("NOTIFY"), HeaderName::Event), repeated);
    }
}

#[test]
fn rfc3842_3_5_a_phone_that_excludes_the_body_gets_406() {
    for (accept, expected) in [
        ("", 0),
        ("Accept: application/simple-message-summary\r\n", 0),
        ("Accept: application/SIMPLE-message-summary;q=0.5\r\n", 0),
        ("Accept: application/sdp, application/*;q=1\r\n", 0),
        ("Accept: text/plain\r\nAccept: */*\r\n", 0),
        ("Accept: \r\n", 406),
        ("Accept: application/sdp\r\n", 406),
        ("Accept: text/*\r\n", 406),
        ("Accept: application/simple-message-summary;q=0\r\n", 406),
        ("Accept: application/simple-message-summary;;=\r\n", 400),
    ] {
        let mut office = asked(&format!("{EVENT}{accept}"));
        if expected == 0 {
            assert_eq!(office.said(), ["Subscribing"], "{accept}");
            continue;
        }
        assert_eq!(office.last_response().status, expected, "{accept}");
        assert!(office.said().is_empty());
        if expected == 406 {
            let wanted = office.last_response().headers.get(HeaderName::Accept).unwrap().to_string();
            assert_eq!(wanted, "application/simple-message-summary");
        }
    }
}

#[test]
fn rfc6665_3_1_a_contact_is_needed_and_only_one() {
    for (put, expected) in [("X-Contact: ", 400), ("Contact: <sip:a@192.0.2.9>, ", 400), ("Contact: *\r\nX: ", 400)] {
        let mut office = Office::new();
        let text = watcher().request("SUBSCRIBE", "").replacen("Contact: ", put, 1);
        office.receive(udp(ANNA), text);
        assert_eq!(office.last_response().status, expected, "{put}");
        assert!(office.stack.is_idle());
    }
}

#[test]
fn rfc6665_6_1_only_who_proves_it_is_asked_about() {
    for (user, secret, aor, expected) in [
        ("anna", "guess", "101", "401 SUBSCRIBE"),
        ("nobody", "secret", "101", "401 SUBSCRIBE"),
        ("anna", "secret", "102", "403 SUBSCRIBE"),
    ] {
        let (mut office, mut phone) = (Office::new(), Phone { user, secret, aor, ..watcher() });
        phone.send(&mut office, "SUBSCRIBE", "");
        assert_eq!(office.names(), [expected]);
        assert!(office.said().is_empty());
        office.assert_idle_after(33);
    }
}

#[test]
fn rfc3261_17_2_2_a_retransmission_makes_nothing_new() {
    let (mut office, mut phone) = (Office::new(), watcher());
    let text = phone.send(&mut office, "SUBSCRIBE", "");
    office.receive(phone.hop, &text);
    assert_eq!(office.said(), ["Subscribing"]);
    assert!(office.names().is_empty());
    let mut lamp = Lamp::new();
    phone = watcher();
    phone.send(&mut lamp.office, "OPTIONS", "");
    let mut again = Phone { call_id: "again".to_owned(), ..phone };
    let text = again.send(&mut lamp.office, "SUBSCRIBE", "");
    let Some(sip::event::Event::Subscribing(subscribing)) = lamp.office.events.pop() else { panic!() };
    accept(&mut lamp.office, &mut again, &subscribing);
    assert_eq!(lamp.office.names(), ["200 SUBSCRIBE", "NOTIFY"]);
    lamp.office.receive(again.hop, &text);
    assert_eq!(lamp.office.names(), ["200 SUBSCRIBE"]);
    assert_eq!((lamp.office.said(), lamp.office.stack.sizes().subscriptions), (Vec::new(), 2));
}

#[test]
fn a_phone_that_restarted_has_two_subscriptions_until_one_is_over() {
    let mut lamp = Lamp::new();
    let mut again = Phone { call_id: "c2@phone".to_owned(), ..watcher() };
    let subscribing = subscribe(&mut lamp.office, &mut again);
    let second = accept(&mut lamp.office, &mut again, &subscribing);
    assert_ne!(second, lamp.id);
    lamp.answer(200);
    lamp.notify(1);
    lamp.answer(481);
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    lamp.id = second;
    lamp.notify(1);
    lamp.answer(200);
    assert_eq!((lamp.office.said(), lamp.office.stack.sizes().subscriptions), (Vec::new(), 1));
}

#[test]
fn the_owner_may_refuse_and_nothing_stays() {
    for (status, sent) in [(403, "403 SUBSCRIBE"), (404, "404 SUBSCRIBE"), (200, "300 SUBSCRIBE")] {
        let (mut office, mut phone) = (Office::new(), watcher());
        let subscribing = subscribe(&mut office, &mut phone);
        let transaction = subscribing.transaction;
        office.run(|stack, now, out| stack.respond(now, transaction, status, Vec::new(), out));
        office.run(|stack, now, out| stack.accept_subscription(now, transaction, summary(0), out));
        office.run(|stack, now, out| stack.notify(now, subscribing.subscription, summary(0), out));
        assert_eq!(office.names(), [sent], "a success is said by accepting alone");
        assert!(office.said().is_empty());
        office.assert_idle_after(33);
    }
}

#[test]
fn an_answer_is_given_once() {
    let (mut office, mut phone) = (Office::new(), watcher());
    let subscribing = subscribe(&mut office, &mut phone);
    for _ in 0..2 {
        office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, summary(0), out));
    }
    office.run(|stack, now, out| stack.respond(now, subscribing.transaction, 403, Vec::new(), out));
    assert_eq!(office.names(), ["200 SUBSCRIBE", "NOTIFY"]);
}

#[test]
fn an_owner_that_never_answers_hears_that_it_is_over() {
    let (mut office, mut phone) = (Office::new(), watcher());
    let subscribing = subscribe(&mut office, &mut phone);
    office.assert_idle_after(300);
    assert_eq!(office.said(), ["Unsubscribed"]);
    office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, summary(0), out));
    assert!(office.names().is_empty());
}

#[test]
fn rfc3261_12_1_1_the_route_of_the_subscribe_is_kept() {
    let mut phone = watcher();
    phone.extra.push_str("Record-Route: <sip:198.51.100.1;lr>, <sip:198.51.100.2;lr>\r\n");
    let mut lamp = Lamp::unanswered(phone);
    let routes =
        |lamp: &Lamp| lamp.last().headers.routes().unwrap().iter().map(|one| one.uri.host.to_string()).collect();
    let before: Vec<String> = routes(&lamp);
    assert_eq!(before, ["198.51.100.1", "198.51.100.2"]);
    lamp.office.sent.pop();
    let answer = lamp.office.last_response();
    assert_eq!(answer.headers.record_routes().unwrap().len(), 2);
    lamp.office.advance_ms(500);
    lamp.answer(200);
    lamp.ask("SUBSCRIBE", &format!("{EVENT}Record-Route: <sip:203.0.113.9;lr>\r\n"));
    let after: Vec<String> = routes(&lamp);
    assert_eq!(after, before, "a refresh changes the target, not the route");
}
