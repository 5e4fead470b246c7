//! Whom a phone is told that it talks to: RFC 3325, by UPDATE (RFC 3311) or re-INVITE, with the glare of RFC 3261 §14.1.

use sip::event::DialogId;
use sip::message::{HeaderName, NameAddr, Request, Uri};

use crate::peer::{ANNA, Office, Phone, SDP, reply, sdp, udp};

fn carol() -> NameAddr {
    NameAddr::named("Carol", Uri::sip(Some("103"), "192.0.2.1", None))
}

fn identify(office: &mut Office, dialog: DialogId) {
    office.run(|stack, now, out| stack.identify(now, dialog, carol(), out));
    office.poll();
}

/// Anna's phone in a call; with or without UPDATE.
fn connected(allow: &str) -> (Office, Phone, DialogId) {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = format!("Allow: {allow}\r\n");
    let dialog = phone.connect(&mut office);
    phone.extra.clear();
    (office, phone, dialog)
}

#[track_caller]
fn assert_names_carol(request: &Request) {
    let header = |name| request.headers.get(name).unwrap().to_string();
    assert_eq!(header(HeaderName::PAssertedIdentity), "\"Carol\" <sip:103@192.0.2.1>");
    let party = "\"Carol\" <sip:103@192.0.2.1>;party=called;screen=yes;privacy=off";
    assert_eq!(header(HeaderName::RemotePartyId), party);
}

#[test]
fn a_phone_with_update_is_told_by_update_without_an_offer() {
    let (mut office, phone, dialog) = connected("INVITE, UPDATE");
    identify(&mut office, dialog);
    let update = office.last_request("UPDATE");
    assert_names_carol(&update);
    assert!(update.body.is_empty() && update.headers.has(HeaderName::Contact));
    office.receive(phone.hop, reply(&update, 200, "", ""));
    assert_eq!(office.names(), ["UPDATE"]);
    assert!(office.said().is_empty());
}

#[test]
fn a_phone_without_update_is_told_with_an_offer_of_the_owner() {
    let (mut office, phone, dialog) = connected("INVITE, BYE");
    identify(&mut office, dialog);
    assert_eq!(office.said(), ["OfferDue"]);
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    let reinvite = office.last_request("INVITE");
    assert_names_carol(&reinvite);
    office.receive(phone.hop, reply(&reinvite, 200, "", SDP));
    assert_eq!(office.said(), ["ReofferAnswered"]);
    office.run(|stack, now, out| stack.reoffer(now, dialog, Some(sdp()), out));
    assert!(!office.last_request("INVITE").headers.has(HeaderName::PAssertedIdentity), "it is told once");
}

#[test]
fn a_phone_that_refuses_update_gets_an_offer_instead() {
    for (status, said) in [(405, &["OfferDue"][..]), (488, &["OfferDue"]), (408, &[]), (481, &["Lost"])] {
        let (mut office, phone, dialog) = connected("UPDATE");
        identify(&mut office, dialog);
        let update = office.last_request("UPDATE");
        office.receive(phone.hop, reply(&update, status, "", ""));
        assert_eq!(office.said(), said, "{status}");
    }
}

#[test]
fn rfc3261_14_1_what_met_another_change_is_told_again() {
    let (mut office, phone, dialog) = connected("UPDATE");
    identify(&mut office, dialog);
    let mut update = office.last_request("UPDATE");
    for round in 0..4 {
        office.sent.clear();
        office.receive(phone.hop, reply(&update, 491, "", ""));
        office.advance_ms(2_000);
        if round < 3 {
            update = office.last_request("UPDATE");
        }
        assert_eq!(office.names().is_empty(), round == 3, "round {round}");
    }
    assert!(office.said().is_empty());
}

#[test]
fn an_identity_waits_for_the_change_that_is_under_way() {
    let (mut office, mut phone, dialog) = connected("UPDATE");
    let hold = phone.request("INVITE", SDP);
    office.receive(phone.hop, hold);
    identify(&mut office, dialog);
    office.run(|stack, now, out| stack.accept_reoffer(now, dialog, sdp(), out));
    assert_eq!(office.names(), ["100 INVITE", "200 INVITE"]);
    let ack = phone.request("ACK", "");
    office.receive(phone.hop, ack);
    assert_names_carol(&office.last_request("UPDATE"));
}

#[test]
fn of_two_identities_the_last_counts() {
    let (mut office, phone, dialog) = connected("UPDATE");
    let dora = NameAddr::named("Dora", Uri::sip(Some("104"), "192.0.2.1", None));
    office.run(|stack, now, out| stack.identify(now, dialog, dora, out));
    let first = office.last_request("UPDATE");
    identify(&mut office, dialog);
    assert_eq!(office.names(), ["UPDATE"]);
    office.receive(phone.hop, reply(&first, 200, "", ""));
    assert_names_carol(&office.last_request("UPDATE"));
    assert_eq!(phone.hop, udp(ANNA));
}

#[test]
fn nobody_is_told_after_the_end() {
    let (mut office, _, dialog) = connected("UPDATE");
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    identify(&mut office, dialog);
    assert_eq!(office.names(), ["BYE"]);
}
