//! How a subscription goes on, and how it ends: RFC 6665 §4.1.3, §4.2.1, §4.4.

use sip::event::Package;
use sip::message::HeaderName;
use sip::stack::{MAX_PER_SUBSCRIPTION, MAX_SUBSCRIPTIONS};

use super::{EVENT, Lamp, accept, header, subscribe, summary, watcher};
use crate::peer::{Office, Phone, reply, tcp};

const OVER: &str = "terminated;reason=timeout";

#[test]
fn rfc6665_4_2_1_4_a_refresh_goes_on_and_tells_the_state_again() {
    let mut lamp = Lamp::new();
    lamp.notify(2);
    lamp.answer(200);
    lamp.office.advance_ms(500_000);
    lamp.office.sent.clear();
    lamp.ask("SUBSCRIBE", &format!("{EVENT}Expires: 300\r\n"));
    assert_eq!(lamp.told(), ("2".to_owned(), "active;expires=300".to_owned()));
    lamp.answer(200);
    lamp.office.advance_ms(299_999);
    assert_eq!(lamp.office.lines(), ["500000 200 SUBSCRIBE", "500000 NOTIFY"]);
    assert!(lamp.office.said().is_empty());
    lamp.office.advance_ms(1);
    assert_eq!(lamp.told(), ("2".to_owned(), OVER.to_owned()));
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    lamp.assert_over();
}

#[test]
fn rfc6665_4_2_1_4_a_refresh_moves_the_target() {
    let mut lamp = Lamp::new();
    lamp.phone.extra = EVENT.to_owned();
    let text = lamp.phone.request("SUBSCRIBE", "").replace("<sip:anna@", "<sip:new@");
    lamp.office.receive(lamp.phone.hop, text);
    assert_eq!(lamp.last().uri.to_text(), "sip:new@192.0.2.20:5060");
    lamp.answer(200);
    lamp.phone.extra = EVENT.to_owned();
    let text = lamp.phone.request("SUBSCRIBE", "").replace("Contact: ", "X: ");
    lamp.office.receive(lamp.phone.hop, text);
    assert_eq!(lamp.last().uri.to_text(), "sip:new@192.0.2.20:5060", "some phones leave it out");
}

#[test]
fn a_refresh_that_is_refused_changes_nothing() {
    for (extra, expected) in [
        (format!("{EVENT}Expires: 10\r\n"), 423),
        (format!("{EVENT}Accept: text/plain\r\n"), 406),
        (format!("{EVENT}Expires: x\r\n"), 400),
        ("Event: conference\r\n".to_owned(), 489),
        ("Event: dialog\r\n".to_owned(), 489),
        (String::new(), 489),
        ("Event: message-summary;id=other\r\n".to_owned(), 481),
    ] {
        let mut lamp = Lamp::new();
        lamp.ask("SUBSCRIBE", &extra);
        assert_eq!(lamp.office.last_response().status, expected, "{extra}");
        lamp.office.advance_ms(599_999);
        assert_eq!(lamp.office.names().len(), 1, "{extra}");
        lamp.office.advance_ms(1);
        assert_eq!(lamp.told().1, OVER);
    }
}

#[test]
fn a_refresh_while_a_notify_is_under_way_is_followed_by_one_more() {
    let mut lamp = Lamp::unanswered(watcher());
    lamp.ask("SUBSCRIBE", EVENT);
    assert_eq!(lamp.office.last_response().status, 200);
    lamp.office.advance_ms(500);
    lamp.answer(200);
    assert_eq!(lamp.told(), ("0".to_owned(), "active;expires=3599".to_owned()));
}

#[test]
fn rfc6665_4_4_1_a_phone_that_unsubscribes_is_told_once_more() {
    let mut lamp = Lamp::new();
    lamp.notify(1);
    lamp.answer(200);
    lamp.office.sent.clear();
    let text = lamp.ask("SUBSCRIBE", &format!("{EVENT}Expires: 0\r\n"));
    assert_eq!(lamp.told(), ("1".to_owned(), OVER.to_owned()));
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    assert_eq!(lamp.office.names(), ["200 SUBSCRIBE", "NOTIFY"]);
    lamp.office.receive(lamp.phone.hop, &text);
    assert_eq!(lamp.office.last_response().headers.expires().unwrap(), Some(0), "its retransmission");
    lamp.office.sent.clear();
    lamp.ask("SUBSCRIBE", EVENT);
    assert_eq!(lamp.office.names(), ["481 SUBSCRIBE"]);
    lamp.assert_over();
}

#[test]
fn the_last_notify_waits_for_the_one_that_is_under_way() {
    for answer in [Some(200), Some(481), None] {
        let mut lamp = Lamp::unanswered(watcher());
        lamp.notify(5);
        lamp.office.sent.clear();
        lamp.ask("SUBSCRIBE", &format!("{EVENT}Expires: 0\r\n"));
        assert_eq!(lamp.office.names(), ["200 SUBSCRIBE"]);
        assert_eq!(lamp.office.said(), ["Unsubscribed"]);
        lamp.notify(6);
        lamp.ask("SUBSCRIBE", EVENT);
        assert_eq!(lamp.office.names(), ["481 SUBSCRIBE"], "it is over for its phone");
        lamp.office.advance_ms(500);
        match answer {
            Some(status) => lamp.answer(status),
            None => lamp.office.advance_ms(32_000),
        }
        assert_eq!(lamp.told(), ("5".to_owned(), OVER.to_owned()), "{answer:?}");
        assert!(lamp.office.said().is_empty());
        lamp.assert_over();
    }
}

#[test]
fn rfc6665_4_2_2_an_expired_subscription_ends_with_a_notify() {
    let mut lamp = Lamp::new();
    lamp.office.advance_ms(600_000);
    assert_eq!(lamp.told().1, OVER);
    assert_eq!(lamp.office.lines(), ["600000 NOTIFY"]);
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    lamp.assert_over();
}

#[test]
fn rfc6665_4_4_3_a_fetch_is_one_notify() {
    let (mut office, mut phone) = (Office::new(), watcher());
    phone.extra = format!("{EVENT}Expires: 0\r\n");
    let subscribing = subscribe(&mut office, &mut phone);
    assert_eq!(subscribing.expires_s, 0);
    accept(&mut office, &mut phone, &subscribing);
    office.poll();
    assert_eq!(office.said(), ["Unsubscribed"]);
    let notify = office.last_request("NOTIFY");
    assert_eq!(header(&notify, HeaderName::SubscriptionState), OVER);
    assert_eq!(notify.body, summary(0).bytes);
    assert_eq!(office.stack.sizes().subscriptions, 0);
    assert_eq!(office.names(), ["200 SUBSCRIBE", "NOTIFY"]);
    office.assert_idle_after(33);
}

#[test]
fn rfc6665_4_1_3_the_owner_says_why_it_ends() {
    for is_under_way in [false, true] {
        let mut lamp = if is_under_way { Lamp::unanswered(watcher()) } else { Lamp::new() };
        lamp.end("noresource");
        lamp.end("deactivated");
        if is_under_way {
            lamp.answer(200);
        }
        assert_eq!(lamp.told().1, "terminated;reason=noresource");
        assert!(lamp.office.said().is_empty(), "the owner knows");
        lamp.assert_over();
    }
}

#[test]
fn rfc3261_12_2_2_a_request_out_of_order_is_refused_and_changes_nothing() {
    let mut lamp = Lamp::new();
    lamp.phone.cseq += 5;
    lamp.ask("SUBSCRIBE", EVENT);
    lamp.answer(200);
    lamp.office.sent.clear();
    for back in [1, 3] {
        lamp.phone.cseq -= back;
        lamp.ask("SUBSCRIBE", &format!("{EVENT}Expires: 0\r\n"));
        assert_eq!(lamp.office.names(), ["500 SUBSCRIBE"]);
    }
    assert!(lamp.office.said().is_empty());
    assert_eq!(lamp.office.stack.sizes().subscriptions, 1);
}

#[test]
fn rfc6665_4_5_2_nothing_else_happens_in_its_dialog() {
    let mut lamp = Lamp::new();
    for (method, expected) in [
        ("INVITE", "481 INVITE"),
        ("BYE", "481 BYE"),
        ("NOTIFY", "481 NOTIFY"),
        ("INFO", "481 INFO"),
        ("REFER", "403 REFER"),
        ("OPTIONS", "200 OPTIONS"),
    ] {
        lamp.ask(method, EVENT);
        assert_eq!(lamp.office.names().last().unwrap(), expected);
    }
    assert!(lamp.office.said().is_empty());
    lamp.notify(1);
    assert_eq!(lamp.told().0, "1");
}

#[test]
fn one_subscription_gets_503_beyond_its_share() {
    let mut lamp = Lamp::new();
    for number in 0..=MAX_PER_SUBSCRIPTION {
        lamp.ask("OPTIONS", "");
        let expected = if number < MAX_PER_SUBSCRIPTION { "200 OPTIONS" } else { "503 OPTIONS" };
        assert_eq!(lamp.office.names(), [expected]);
    }
    lamp.office.advance_ms(33_000);
    lamp.ask("SUBSCRIBE", EVENT);
    assert_eq!(lamp.told().0, "0");
}

/// Subscriptions to mailboxes that one user may have.
fn max_per_user() -> usize {
    Package::MessageSummary.max_per_user()
}

/// Subscribes and answers the first NOTIFY.
#[track_caller]
fn watch(office: &mut Office, phone: &mut Phone) {
    let subscribing = subscribe(office, phone);
    accept(office, phone, &subscribing);
    let notify = office.last_request("NOTIFY");
    office.receive(phone.hop, reply(&notify, 200, "", ""));
}

#[test]
fn one_more_than_a_user_may_have_takes_the_place_of_its_oldest() {
    let mut lamp = Lamp::new();
    let mut phone = watcher();
    for number in 1..max_per_user() {
        (phone.call_id, phone.to_tag) = (format!("s{number}"), String::new());
        watch(&mut lamp.office, &mut phone);
    }
    let mut bert = Phone { user: "bert", aor: "102", call_id: "b".to_owned(), ..watcher() };
    watch(&mut lamp.office, &mut bert);
    assert!(lamp.office.said().is_empty(), "another user has a share of its own");
    (phone.call_id, phone.to_tag) = ("one-more".to_owned(), String::new());
    phone.send(&mut lamp.office, "SUBSCRIBE", "");
    let Some(sip::event::Event::Subscribing(subscribing)) = lamp.office.events.pop() else { panic!() };
    lamp.office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, summary(0), out));
    lamp.office.poll();
    assert_eq!(lamp.office.names(), ["NOTIFY", "200 SUBSCRIBE", "NOTIFY"]);
    match lamp.office.events.as_slice() {
        [sip::event::Event::Unsubscribed { subscription }] => assert_eq!(*subscription, lamp.id),
        other => panic!("{other:?}"),
    }
    assert_eq!(lamp.office.stack.sizes().subscriptions, max_per_user() + 1);
}

#[test]
fn the_replaced_one_is_told_to_come_back_later() {
    let mut lamp = Lamp::new();
    let mut phone = watcher();
    for number in 0..max_per_user() {
        (phone.call_id, phone.to_tag) = (format!("s{number}"), String::new());
        watch(&mut lamp.office, &mut phone);
    }
    let states = lamp.office.sent.iter().filter_map(|(_, sent)| {
        let text = String::from_utf8(sent.bytes.to_vec()).unwrap();
        let line = text.lines().find(|line| line.starts_with("Subscription-State: terminated"))?;
        Some(line.to_owned())
    });
    assert_eq!(states.collect::<Vec<_>>(), ["Subscription-State: terminated;reason=probation;retry-after=600"]);
}

#[test]
fn beyond_all_subscriptions_a_new_one_gets_503() {
    let mut office = Office::new();
    let users: Vec<&'static str> =
        (0..=MAX_SUBSCRIPTIONS / max_per_user()).map(|number| &*format!("u{number}").leak()).collect();
    let credentials = users.iter().map(|user| crate::peer::credential((user, "101"))).collect();
    office.stack.set_credentials(credentials);
    let mut phones: Vec<Phone> =
        users.iter().map(|user| Phone { user, hop: tcp(crate::peer::ANNA, 1), ..watcher() }).collect();
    let (last, others) = phones.split_last_mut().unwrap();
    for phone in others {
        for number in 0..max_per_user() {
            (phone.call_id, phone.to_tag) = (format!("{}-{number}", phone.user), String::new());
            watch(&mut office, phone);
        }
    }
    assert_eq!(office.stack.sizes().subscriptions, MAX_SUBSCRIPTIONS);
    last.send(&mut office, "SUBSCRIBE", "");
    assert_eq!(office.names(), ["503 SUBSCRIBE"]);
    assert_eq!(office.stack.counters().limited, 1);
    assert!(office.said().is_empty());
}

#[test]
fn a_clone_goes_on_by_itself() {
    let mut lamp = Lamp::new();
    let mut copy = lamp.office.stack.clone();
    lamp.end("noresource");
    let mut out = Vec::new();
    copy.notify(lamp.office.now, lamp.id, summary(1), &mut out);
    assert_eq!((out.len(), copy.sizes().subscriptions), (1, 1));
}
