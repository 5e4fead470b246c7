//! What an owner can set by phone: the greeting, the name, the PIN.

use std::time::Duration;

use office::{Mood, Office, Phone, secs};

use crate::retrieve::{MAILBOXES, heard};

/// Opens an empty mailbox that asks for no PIN, and goes to a place by keys.
#[track_caller]
fn goes_to(owner: &Phone, keys: &str, place: &str) {
    owner.dials("*97").hears_prompt("no-messages").presses("0").hears_prompt("main-menu").presses(keys);
    owner.hears_prompt(place);
}

/// Skips what is said, and speaks for so long.
#[track_caller]
fn records(office: &Office, owner: &Phone, span: Duration) {
    owner.presses("#").hears_beep().is_recorded();
    office.wait(span);
    owner.presses("#").hears_prompt("review-menu");
}

#[test]
fn callers_hear_the_greeting_that_its_owner_recorded_until_it_is_taken_back() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    goes_to(&bob, "3", "greeting-menu");
    bob.presses("1").hears_prompt("record-greeting");
    records(&office, &bob, secs(5));
    bob.presses("2").hears_greeting_of("102").hears_prompt("review-menu").presses("1").hears_prompt("greeting-saved");
    bob.hears_prompt("greeting-menu").presses("2").hears_greeting_of("102");
    assert!(office.mailbox("102").has_greeting());
    bob.hangs_up();
    alice.dials("*99102").hears_greeting_of("102").hangs_up();
    goes_to(&bob, "33", "greeting-restored");
    bob.hears_prompt("greeting-menu")
        .presses("2")
        .hears_prompt("default-greeting")
        .presses("*")
        .hears_prompt("main-menu");
    assert!(!office.mailbox("102").has_greeting());
    alice.dials("*99102").hears_prompt("default-greeting");
}

#[test]
fn callers_hear_a_greeting_from_the_page_at_the_next_call_and_its_owner_by_phone() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("*99102").hears_prompt("default-greeting");
    office.page_greets("102", secs(4));
    alice.hears_prompt("default-greeting").hangs_up();
    alice.dials("*99102").hears_greeting_of("102").hears_beep().is_recorded();
    office.wait(secs(3));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    bob.dials("*97").hears_prompt("message-from-name").presses("*").hears_prompt("main-menu");
    bob.presses("3").hears_prompt("greeting-menu").presses("2").hears_greeting_of("102");
    bob.hears_prompt("greeting-menu").presses("1").hears_prompt("record-greeting");
    records(&office, &bob, secs(5));
    bob.presses("1").hears_prompt("greeting-saved").hangs_up();
    // Whichever came last is heard.
    office.page_greets("102", secs(6));
    alice.dials("*99102").hears_greeting_of("102");
    office.wait(secs(5));
    assert_eq!(heard(&alice), "greeting of 102", "the one of six seconds");
}

#[test]
fn what_is_not_kept_replaces_nothing() {
    for ends in ["*", "3", "hang up", "nothing"] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        goes_to(&bob, "31", "record-greeting");
        records(&office, &bob, secs(6));
        bob.presses("1").hears_prompt("greeting-saved").presses("1").hears_prompt("record-greeting");
        records(&office, &bob, secs(3));
        match ends {
            "*" => bob.presses("*").hears_prompt("greeting-menu"),
            "3" => bob.presses("3").hears_beep().is_recorded(),
            "hang up" => bob.hangs_up(),
            _ => {
                office.wait(secs(40));
                bob.is_idle()
            }
        };
        bob.hangs_up_if_in_a_call();
        office.wait(secs(12));
        assert!(office.mailbox("102").has_greeting());
        goes_to(&bob, "3", "greeting-menu");
        bob.presses("2").hears_greeting_of("102");
        office.wait(secs(4));
        assert_eq!(heard(&bob), "greeting of 102", "after {ends} the one of six seconds is still there");
    }
}

#[test]
fn a_name_is_heard_in_its_owners_voice() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    goes_to(&bob, "4", "record-name");
    records(&office, &bob, secs(1));
    bob.presses("1").hears_prompt("name-saved").hears_prompt("main-menu");
    assert!(office.mailbox("102").has_name());
    alice.dials("*99102").hears_name_of("102").hears_prompt("default-greeting-after-name");
}

#[test]
fn a_recording_ends_by_silence_and_at_its_limit() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    goes_to(&bob, "4", "record-name");
    bob.presses("#").hears_beep().is_recorded();
    office.wait(secs(9));
    bob.hears_prompt("review-menu").presses("3").hears_beep().is_recorded();
    office.wait(secs(1));
    bob.falls_silent();
    office.wait(secs(3));
    bob.hears_prompt("review-menu").presses("*").hears_prompt("main-menu").speaks().presses("31#").hears_beep();
    bob.is_recorded();
    office.wait(secs(119));
    bob.is_recorded().hears_prompt("limit-reached").hears_prompt("review-menu");
}

#[test]
fn a_recording_without_a_word_is_asked_for_again() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.falls_silent();
    goes_to(&bob, "4", "record-name");
    for _ in 0..2 {
        bob.presses("#").hears_beep().is_recorded().presses("#").hears_prompt("message-too-short");
        bob.hears_prompt("record-name");
    }
    bob.presses("#")
        .hears_beep()
        .is_recorded()
        .presses("#")
        .hears_prompt("message-too-short")
        .hears_prompt("main-menu");
    assert!(!office.mailbox("102").has_name());
}

#[test]
fn a_disk_that_takes_nothing_is_no_reason_to_lose_the_greeting_before() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    goes_to(&bob, "31", "record-greeting");
    records(&office, &bob, secs(5));
    bob.presses("1").hears_prompt("greeting-saved");
    office.disk(Mood::Fails);
    bob.presses("3").hears_prompt("not-possible-now").hears_prompt("greeting-menu");
    bob.presses("1#").hears_prompt("not-possible-now").hears_prompt("greeting-menu");
    office.disk(Mood::WORKS);
    bob.presses("1");
    office.recorder_fails(secs(1));
    bob.hears_prompt("record-greeting").presses("#").hears_beep();
    bob.hears_prompt("not-possible-now").hears_prompt("greeting-menu").presses("2").hears_greeting_of("102");
    bob.presses("1").hears_prompt("record-greeting");
    records(&office, &bob, secs(5));
    office.disk(Mood::Fails);
    bob.presses("1").hears_prompt("not-possible-now").hears_prompt("greeting-menu");
    office.disk(Mood::WORKS);
    office.wait(secs(5));
    assert!(office.mailbox("102").has_greeting());
}

#[test]
fn an_owner_changes_the_pin() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    goes_to(&bob, "5", "enter-new-pin");
    bob.presses("1234#").hears_prompt("pin-too-easy").hears_prompt("enter-new-pin").presses("739116#");
    bob.hears_prompt("repeat-new-pin").presses("739115#").hears_prompt("pins-differ").hears_prompt("enter-new-pin");
    bob.presses("604817#").hears_prompt("repeat-new-pin").presses("604817#").hears_prompt("pin-changed");
    bob.hears_prompt("main-menu").hangs_up();
    alice.dials("*98102").hears_prompt("enter-pin").presses("280476#").hears_prompt("wrong-pin");
    alice.presses("604817#").hears_prompt("no-messages");
}

#[test]
fn who_sets_a_first_pin_is_asked_for_it_from_then_on() {
    let office = Office::with(MAILBOXES);
    let carol = office.phone(103);
    carol.dials("*97").hears_prompt("mailbox-has-no-pin").hears_prompt("no-messages").hears_prompt("main-menu");
    carol.presses("5604817#604817#").hears_prompt("pin-changed").hangs_up();
    carol.dials("*97").hears_prompt("enter-pin").presses("604817#").hears_prompt("no-messages");
}

#[test]
fn a_pin_stays_as_it_is_where_it_is_not_changed() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    goes_to(&bob, "5", "enter-new-pin");
    bob.presses("*").hears_prompt("main-menu").presses("5");
    for easy in ["1111", "102102", "12", "12345678901"] {
        bob.presses(easy).presses("#");
        if !heard(&bob).contains("pin-too-easy") {
            break;
        }
    }
    bob.hears_prompt("goodbye").is_idle();
    goes_to(&bob, "5", "enter-new-pin");
    office.disk(Mood::Fails);
    bob.presses("604817#604817#").hears_prompt("not-possible-now").hears_prompt("main-menu").hangs_up();
    office.disk(Mood::WORKS);
    office.wait(secs(5));
    bob.dials("*98102").hears_prompt("enter-pin").presses("280476#").hears_prompt("no-messages");
}
