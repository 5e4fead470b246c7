//! Where NOTIFYs go, and who may speak within a subscription: RFC 3261 §12.2, RFC 6665 §6.

use sip::transport::{FlowId, Hop};

use super::{EVENT, Lamp, watcher};
use crate::peer::{ANNA, BERT, Office, Phone, STRANGER, reply, tcp, udp};

fn on_tcp() -> Phone {
    Phone { hop: tcp(ANNA, 1), ..watcher() }
}

fn close(office: &mut Office, flow: u64) {
    office.run(|stack, now, out| stack.flow_closed(now, FlowId(flow), out));
    office.poll();
}

fn way(lamp: &Lamp) -> Hop {
    lamp.office.sent.last().unwrap().1.hop
}

#[test]
fn a_stranger_who_knows_the_tags_gets_nothing() {
    let mut lamp = Lamp::new();
    for hop in [udp(STRANGER), udp("192.0.2.20:6666"), tcp(ANNA, 9)] {
        let mut thief = Phone { hop, challenges: Vec::new(), branch: 99, ..lamp.phone.clone() };
        thief.cseq += 7;
        thief.extra = format!("{EVENT}Expires: 0\r\n");
        let text = thief.request("SUBSCRIBE", "");
        lamp.office.receive(hop, text);
        assert_eq!(lamp.office.names(), ["401 SUBSCRIBE"]);
    }
    assert!(lamp.office.said().is_empty());
    lamp.ask("SUBSCRIBE", EVENT);
    assert_eq!(way(&lamp), udp(ANNA));
}

#[test]
fn its_own_user_may_move_it_and_another_may_not() {
    let mut lamp = Lamp::new();
    let mut bert = Phone { user: "bert", hop: udp(BERT), challenges: Vec::new(), branch: 50, ..lamp.phone.clone() };
    bert.send(&mut lamp.office, "SUBSCRIBE", "");
    assert_eq!(lamp.office.names(), ["403 SUBSCRIBE"]);
    lamp.phone.hop = udp("192.0.2.77:1024");
    lamp.phone.challenges.clear();
    lamp.phone.send(&mut lamp.office, "SUBSCRIBE", "");
    assert_eq!(way(&lamp), lamp.phone.hop);
    assert_eq!(lamp.office.names(), ["200 SUBSCRIBE", "NOTIFY"]);
}

#[test]
fn notifies_go_over_the_phones_own_connection() {
    let mut lamp = Lamp::of(on_tcp());
    lamp.notify(1);
    assert_eq!(way(&lamp), tcp(ANNA, 1));
    lamp.answer(200);
    close(&mut lamp.office, 1);
    lamp.notify(2);
    assert_eq!(way(&lamp), Hop { flow: None, ..tcp(ANNA, 1) }, "one is opened to where the phone listens");
    lamp.phone.hop = tcp(ANNA, 3);
    lamp.answer(200);
    lamp.notify(3);
    assert_eq!(way(&lamp), tcp(ANNA, 3), "the connection that the answer came on");
}

#[test]
fn what_a_phone_missed_it_is_told_when_it_is_back() {
    for (hop, user, is_told) in [
        (tcp("192.0.2.20:40123", 2), "anna", true),
        (tcp("192.0.2.20:40123", 2), "bert", false),
        (udp(ANNA), "anna", false),
    ] {
        let mut lamp = Lamp::of(on_tcp());
        lamp.notify(1);
        close(&mut lamp.office, 1);
        assert!(lamp.office.said().is_empty(), "a connection that closes is one failure");
        let aor = if user == "anna" { "101" } else { "102" };
        let mut again = Phone { hop, user, aor, callee: aor, call_id: "register".to_owned(), ..Phone::anna() };
        lamp.office.sent.clear();
        again.send(&mut lamp.office, "REGISTER", "");
        assert_eq!(lamp.office.said(), ["Registering"]);
        assert_eq!(lamp.office.names(), if is_told { vec!["NOTIFY"] } else { vec![] }, "{user} {hop:?}");
    }
}

#[test]
fn a_peer_that_cannot_be_connected_to_is_one_failure() {
    let mut lamp = Lamp::of(on_tcp());
    close(&mut lamp.office, 1);
    for expected in [&[][..], &["Unsubscribed"]] {
        lamp.notify(1);
        let hop = way(&lamp);
        lamp.office.run(|stack, now, out| stack.unreachable(now, hop, out));
        lamp.office.poll();
        assert_eq!(lamp.office.said(), expected);
    }
    lamp.assert_over();
}

#[test]
fn a_connection_that_closes_before_the_owner_answers_ends_it() {
    let (mut office, mut phone) = (Office::new(), on_tcp());
    phone.send(&mut office, "SUBSCRIBE", "");
    close(&mut office, 1);
    assert_eq!(office.said(), ["Subscribing", "Unsubscribed"]);
    office.assert_idle_after(0);
}

#[test]
fn a_late_request_does_not_move_it() {
    let mut lamp = Lamp::of(on_tcp());
    lamp.phone.cseq -= 1;
    let late = lamp.phone.request("SUBSCRIBE", "");
    lamp.office.receive(tcp("192.0.2.20:40123", 2), late);
    assert_eq!(lamp.office.names(), ["500 SUBSCRIBE"]);
    lamp.notify(1);
    assert_eq!(way(&lamp), tcp(ANNA, 1));
    let notify = lamp.last();
    lamp.office.receive(tcp(ANNA, 1), reply(&notify, 200, "", ""));
}
