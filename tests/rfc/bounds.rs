//! How much of the stack one party can take: transactions by dialog and by user, memory by message.

use sip::stack::{BUSY_TRANSACTIONS, MAX_CALLS_PER_USER, MAX_PER_DIALOG, MAX_PER_USER};

use crate::peer::{BERT, Office, Phone, SDP, udp};

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
