//! NOTIFYs to phones that never subscribe, as many of them expect it for their message lamp.

use sip::event::{Event, NotifyId, Package};
use sip::message::{HeaderName, NameAddr, Text, Uri};
use sip::stack::{MAX_NOTIFY_BODY_BYTES, Unsolicited};
use sip::transport::Hop;

use super::{header, summary};
use crate::peer::{BERT, Office, reply, tcp, udp};

fn tell(office: &mut Office, hop: Hop, bytes: usize) -> NotifyId {
    let uri = |text: &str| Uri::parse(&Text::from(text)).unwrap();
    let mut body = summary(4);
    if bytes > 0 {
        body.bytes = vec![b'x'; bytes].into();
    }
    let unsolicited = Unsolicited {
        from: NameAddr::new(uri("sip:102@office")),
        to: NameAddr::new(uri("sip:102@office")),
        target: uri("sip:bert@192.0.2.21:5062"),
        hop,
        package: Package::MessageSummary,
        body,
    };
    office.run(|stack, now, out| stack.notify_unsolicited(now, unsolicited, out))
}

#[track_caller]
fn outcome(office: &mut Office) -> (NotifyId, u16) {
    office.poll();
    match office.events.pop() {
        Some(Event::Notified { notify, status }) => (notify, status),
        other => panic!("expected Notified, got {other:?}"),
    }
}

#[test]
fn it_stands_alone_and_its_answer_is_reported() {
    for status in [200, 405, 481, 489, 500] {
        let mut office = Office::new();
        let id = tell(&mut office, udp(BERT), 0);
        let notify = office.last_request("NOTIFY");
        assert_eq!(notify.uri.to_text(), "sip:bert@192.0.2.21:5062");
        assert_eq!(header(&notify, HeaderName::Event), "message-summary");
        assert_eq!(header(&notify, HeaderName::SubscriptionState), "terminated;reason=noresource");
        assert_eq!(header(&notify, HeaderName::Contact), "<sip:102@192.0.2.1:5060>");
        assert_eq!(header(&notify, HeaderName::ContentType), "application/simple-message-summary");
        assert!(notify.headers.to().unwrap().tag().is_none() && notify.headers.from().unwrap().tag().is_some());
        assert_eq!(notify.body, summary(4).bytes);
        office.receive(udp(BERT), reply(&notify, 100, "", ""));
        assert!(office.said().is_empty());
        for _ in 0..2 {
            office.receive(udp(BERT), reply(&notify, status, "b", ""));
        }
        assert_eq!(office.events.len(), 1, "its retransmission says nothing new");
        assert_eq!(outcome(&mut office), (id, status));
        assert_eq!(office.names(), ["NOTIFY"]);
        office.assert_idle_after(6);
    }
}

#[test]
fn two_to_one_phone_are_told_apart() {
    let mut office = Office::new();
    let first = tell(&mut office, udp(BERT), 0);
    let notify = office.last_request("NOTIFY");
    let second = tell(&mut office, udp(BERT), 0);
    assert_ne!(notify.headers.call_id().unwrap(), office.last_request("NOTIFY").headers.call_id().unwrap());
    office.receive(udp(BERT), reply(&office.last_request("NOTIFY"), 489, "", ""));
    assert_eq!(outcome(&mut office), (second, 489));
    office.receive(udp(BERT), reply(&notify, 200, "", ""));
    assert_eq!(outcome(&mut office), (first, 200));
}

#[test]
fn silence_is_408_and_no_connection_503() {
    let mut office = Office::new();
    let id = tell(&mut office, udp(BERT), 0);
    office.advance_ms(32_000);
    assert_eq!(outcome(&mut office), (id, 408));
    let hop = Hop { flow: None, ..tcp(BERT, 0) };
    let id = tell(&mut office, hop, 0);
    office.run(|stack, now, out| stack.unreachable(now, hop, out));
    assert_eq!(outcome(&mut office), (id, 503));
    office.assert_idle_after(0);
}

#[test]
fn a_body_beyond_the_limit_is_513() {
    let mut office = Office::new();
    tell(&mut office, udp(BERT), MAX_NOTIFY_BODY_BYTES);
    assert_eq!(office.names(), ["NOTIFY"]);
    let id = tell(&mut office, udp(BERT), MAX_NOTIFY_BODY_BYTES + 1);
    assert!(office.names().is_empty());
    assert_eq!(outcome(&mut office), (id, 513));
}
