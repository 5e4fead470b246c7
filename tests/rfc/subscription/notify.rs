//! NOTIFYs, one at a time, and what their answers mean: RFC 6665 §4.2.2.

use sip::message::HeaderName;
use sip::stack::{BUSY_TRANSACTIONS, MAX_NOTIFY_BODY_BYTES};

use super::{Lamp, summary, watcher};
use crate::peer::{Phone, STRANGER, reply, udp};

#[test]
fn rfc6665_4_2_2_each_notify_has_the_next_cseq_and_the_rest_of_the_time() {
    let mut lamp = Lamp::unanswered(watcher());
    let first = lamp.last().headers.cseq().unwrap().number;
    lamp.answer(200);
    lamp.office.advance_ms(100_500);
    for (new, step) in [(1, 1), (2, 2)] {
        lamp.notify(new);
        assert_eq!(lamp.told(), (new.to_string(), "active;expires=499".to_owned()));
        assert_eq!(lamp.last().headers.cseq().unwrap().number, first + step);
        lamp.answer(200);
    }
}

#[test]
fn while_one_is_under_way_only_the_newest_waits() {
    let mut lamp = Lamp::unanswered(watcher());
    lamp.office.names();
    lamp.notify(1);
    lamp.notify(2);
    lamp.notify(3);
    assert!(lamp.office.names().is_empty());
    lamp.office.advance_ms(500);
    assert_eq!(lamp.told().0, "0", "the first one comes again");
    lamp.answer(100);
    assert_eq!(lamp.office.names(), ["NOTIFY"], "a provisional answer is none");
    lamp.office.advance_ms(4_000);
    lamp.answer(200);
    assert_eq!(lamp.told().0, "3");
    lamp.answer(200);
    lamp.office.sent.clear();
    lamp.office.advance_ms(60_000);
    assert!(lamp.office.names().is_empty(), "there is no more to tell");
}

#[test]
fn rfc6665_4_2_2_answers_that_end_a_subscription() {
    for status in [481, 489, 405, 501] {
        let mut lamp = Lamp::unanswered(watcher());
        lamp.notify(1);
        lamp.answer(status);
        assert_eq!(lamp.office.said(), ["Unsubscribed"], "{status}");
        assert_eq!(lamp.office.names(), ["200 SUBSCRIBE", "NOTIFY"], "it is not told that it is over");
        lamp.notify(2);
        lamp.ask("SUBSCRIBE", super::EVENT);
        assert_eq!(lamp.office.names(), ["481 SUBSCRIBE"]);
        lamp.assert_over();
    }
}

#[test]
fn one_failure_does_not_end_a_subscription_and_two_in_a_row_do() {
    for status in [401, 407, 408, 480, 500, 503, 600] {
        let mut lamp = Lamp::unanswered(watcher());
        lamp.answer(status);
        lamp.office.sent.clear();
        lamp.office.advance_ms(29_999);
        assert!(lamp.office.names().is_empty());
        lamp.office.advance_ms(1);
        assert_eq!(lamp.told(), ("0".to_owned(), "active;expires=570".to_owned()), "{status}");
        lamp.answer(200);
        for expected in [&[][..], &["Unsubscribed"]] {
            lamp.notify(1);
            lamp.answer(status);
            assert_eq!(lamp.office.said(), expected, "{status}");
        }
        lamp.assert_over();
    }
}

#[test]
fn silence_counts_as_a_failure() {
    let mut lamp = Lamp::unanswered(watcher());
    lamp.office.advance_ms(61_000);
    assert!(lamp.office.said().is_empty());
    assert_eq!(lamp.told().0, "0", "told again");
    lamp.answer(200);
    lamp.notify(1);
    lamp.office.advance_ms(62_001 + 32_000);
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    lamp.assert_over();
}

#[test]
fn after_a_failure_news_go_out_at_once_and_the_newest_body_is_told_again() {
    let mut lamp = Lamp::unanswered(watcher());
    lamp.notify(1);
    lamp.answer(500);
    lamp.office.sent.clear();
    lamp.notify(2);
    assert_eq!(lamp.told().0, "2");
    lamp.answer(200);
    lamp.notify(3);
    lamp.notify(4);
    lamp.answer(500);
    lamp.office.sent.clear();
    lamp.office.advance_ms(30_000);
    assert_eq!(lamp.told().0, "4");
}

#[test]
fn an_answer_from_elsewhere_or_to_another_notify_is_none() {
    let mut lamp = Lamp::unanswered(watcher());
    let notify = lamp.last();
    lamp.notify(1);
    lamp.office.receive(udp(STRANGER), reply(&notify, 481, "", ""));
    assert!(lamp.office.said().is_empty());
    lamp.answer(200);
    lamp.office.receive(lamp.phone.hop, reply(&notify, 481, "", ""));
    assert!(lamp.office.said().is_empty(), "the first answer was another");
    assert_eq!(lamp.told().0, "1");
}

#[test]
fn a_body_beyond_the_limit_is_not_sent() {
    let mut long = summary(1);
    long.bytes = vec![b'x'; MAX_NOTIFY_BODY_BYTES + 1].into();
    let mut lamp = Lamp::new();
    let id = lamp.id;
    lamp.office.run(|stack, now, out| stack.notify(now, id, long.clone(), out));
    assert!(lamp.office.names().is_empty());
    assert_eq!(lamp.office.stack.counters().limited, 1);
    let mut phone = Phone { call_id: "c2".to_owned(), ..watcher() };
    let subscribing = super::subscribe(&mut lamp.office, &mut phone);
    lamp.office.run(|stack, now, out| stack.accept_subscription(now, subscribing.transaction, long, out));
    lamp.office.poll();
    assert_eq!(lamp.office.names(), ["500 SUBSCRIBE"]);
    assert_eq!(lamp.office.said(), ["Unsubscribed"]);
    lamp.notify(2);
    assert_eq!(lamp.told().0, "2");
}

#[test]
fn a_full_table_is_not_the_phones_fault() {
    let mut lamp = Lamp::new();
    let mut caller = Phone { call_id: "call".to_owned(), ..Phone::anna() };
    let dialog = caller.connect(&mut lamp.office);
    lamp.office.run(|stack, now, out| {
        while stack.sizes().client_transactions < BUSY_TRANSACTIONS {
            stack.probe(now, dialog, out);
        }
    });
    lamp.office.sent.clear();
    for new in 1..=3 {
        lamp.notify(new);
    }
    assert!(lamp.office.names().is_empty());
    assert_eq!(lamp.office.stack.counters().limited, 3);
    lamp.office.advance_ms(65_000);
    assert_eq!(lamp.told().0, "3");
    assert_eq!(lamp.office.stack.sizes().subscriptions, 1);
}

#[test]
fn a_notify_says_who_sends_it() {
    let lamp = Lamp::unanswered(watcher());
    let headers = lamp.last().headers;
    assert_eq!(headers.get(HeaderName::UserAgent).unwrap(), "Bellbox");
    assert_eq!(headers.get(HeaderName::From).unwrap().to_string().split(';').next(), Some("<sip:101@office>"));
    assert_eq!(headers.max_forwards().unwrap(), Some(70));
}
