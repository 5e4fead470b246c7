//! How much of the stack one party can take: transactions by dialog and by user, memory by message.

use sip::stack::{BUSY_TRANSACTIONS, MAX_CALLS_PER_USER, MAX_PER_DIALOG, MAX_PER_USER};

use crate::peer::{BERT, Office, Phone, SDP, reply, request_of_bert, sdp, udp};

/// Fills the table to where new requests are turned away.
fn fill(office: &mut Office, phone: &mut Phone) {
    let dialog = phone.connect(office);
    office.run(|stack, now, out| {
        while stack.sizes().client_transactions < BUSY_TRANSACTIONS {
            stack.probe(now, dialog, out);
        }
    });
    office.sent.clear();
    (phone.to_tag, phone.call_id) = (String::new(), "another".to_owned());
}

#[test]
fn one_dialog_gets_503_beyond_its_share_and_can_still_end() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    for number in 0..=MAX_PER_DIALOG {
        let info = phone.request("INFO", "");
        office.receive(phone.hop, info);
        let expected = if number < MAX_PER_DIALOG { "200 INFO" } else { "503 INFO" };
        assert_eq!(office.names().last().unwrap(), expected);
    }
    assert_eq!(office.stack.counters().limited, 1);
    assert!(office.stack.sizes().server_transactions <= MAX_PER_DIALOG + 1);
    let bye = phone.request("BYE", "");
    office.receive(phone.hop, bye);
    assert_eq!(office.names(), ["200 BYE"]);
    office.assert_idle_after(64);
}

#[test]
fn a_share_is_free_again_when_its_transactions_are_over() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    for _ in 0..3 {
        for _ in 0..MAX_PER_DIALOG {
            let info = phone.request("INFO", "");
            office.receive(phone.hop, info);
        }
        office.advance_ms(33_000);
    }
    assert_eq!(office.stack.counters().limited, 0);
}

#[test]
fn one_user_gets_503_beyond_its_share_but_may_call() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    for number in 0..=MAX_PER_USER {
        phone.call_id = format!("o{number}");
        phone.send(&mut office, "OPTIONS", "");
        let expected = if number < MAX_PER_USER { "200 OPTIONS" } else { "503 OPTIONS" };
        assert_eq!(office.names(), [expected]);
    }
    assert_eq!(office.stack.sizes().server_transactions, MAX_PER_USER);
    phone.invite(&mut office, SDP);
    let mut bert = Phone::anna();
    (bert.user, bert.aor, bert.call_id, bert.hop) = ("bert", "102", "b".to_owned(), udp(BERT));
    bert.send(&mut office, "OPTIONS", "");
    assert_eq!(office.names(), ["200 OPTIONS"], "another user has a share of its own");
}

#[test]
fn one_user_makes_no_more_calls_at_once_than_its_share() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    for number in 0..=MAX_CALLS_PER_USER {
        phone.call_id = format!("i{number}");
        phone.send(&mut office, "INVITE", SDP);
    }
    assert_eq!(office.names(), ["503 INVITE"]);
    assert_eq!(office.stack.sizes().dialogs, MAX_CALLS_PER_USER);
}

#[test]
fn a_proven_call_goes_through_where_other_requests_get_503() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    fill(&mut office, &mut phone);
    let options = phone.request("OPTIONS", "");
    office.receive(phone.hop, options);
    assert_eq!(office.names(), ["503 OPTIONS"]);
    phone.invite(&mut office, SDP);
    assert_eq!(office.names(), ["100 INVITE"]);
    let mut stranger = Phone::anna();
    stranger.call_id = "stranger".to_owned();
    let invite = stranger.request("INVITE", SDP);
    office.receive(udp(BERT), invite);
    assert_eq!(office.names(), ["401 INVITE"], "without a digest nothing is remembered");
}

/// What stays in memory after these messages, in bytes.
fn kept(office: &mut Office, messages: Vec<String>, hop: sip::transport::Hop) -> i64 {
    let measured = allocation_counter::measure(|| {
        for message in &messages {
            office.receive(hop, message);
            (office.events, office.sent) = (Vec::new(), Vec::new());
        }
    });
    measured.bytes_current
}

#[test]
fn a_large_message_does_not_stay_in_memory() {
    let large = "x".repeat(60_000);
    for method in ["INFO", "UPDATE", "INVITE"] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        phone.connect(&mut office);
        let request = phone.request(method, &large);
        let bytes = kept(&mut office, vec![request], phone.hop);
        assert!(bytes < 8_000, "{method}: {bytes} bytes");
    }
}

#[test]
fn a_subscription_does_not_keep_the_message_that_made_it() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = "Event: message-summary;id=1\r\nRecord-Route: <sip:198.51.100.1;lr>\r\n".to_owned();
    // The tables have their first room.
    phone.send(&mut office, "SUBSCRIBE", "");
    phone.call_id = "c2".to_owned();
    let request = phone.request("SUBSCRIBE", &"x".repeat(60_000));
    let bytes = kept(&mut office, vec![request], phone.hop);
    assert_eq!(office.stack.sizes().subscriptions, 2);
    assert!(bytes < 8_000, "{bytes} bytes");
}

#[test]
fn a_dialog_does_not_keep_the_messages_that_made_it() {
    let large = format!("{SDP}{}", "a=x\r\n".repeat(12_000));
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = "Record-Route: <sip:198.51.100.1;lr>\r\n".to_owned();
    // The tables have their first room.
    phone.connect(&mut office);
    (phone.to_tag, phone.call_id) = (String::new(), "c2".to_owned());
    let request = phone.request("INVITE", &large);
    let bytes = kept(&mut office, vec![request], phone.hop);
    assert!(bytes < 8_000, "of a call that came: {bytes} bytes");
    let mut office = Office::new();
    office.call(udp(BERT), Some(sdp()));
    let invite = office.last_request("INVITE");
    let answer = |status, tag| String::from_utf8(reply(&invite, status, tag, &large).to_vec()).unwrap();
    // One that rings, one that answers, one that answers too late.
    let mut messages = vec![answer(180, "a"), answer(200, "b"), answer(200, "c")];
    messages.push(request_of_bert(&invite, "b", "UPDATE", 1, &large));
    let bytes = kept(&mut office, messages, udp(BERT));
    assert!(bytes < 16_000, "of a call that was made: {bytes} bytes");
}
