//! Calls that cannot be: what the caller hears and what is written down.

use office::{Office, expect, secs};

use crate::OFFICE;

#[test]
fn a_busy_callee_is_heard() {
    let office = Office::with(OFFICE);
    let (alice, _carol) = (office.phone(101), office.phone(103).as_model("do-not-disturb"));
    alice.dials("103").shows("486").hears("busy").is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103: busy"#]]);
}

#[test]
fn a_declined_call_is_heard_as_busy() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.declines().is_idle();
    alice.shows("603").hears("busy").is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang: declined"#]]);
}

#[test]
fn a_key_that_says_busy_is_busy() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("busy-key"));
    alice.dials("103");
    carol.declines();
    alice.shows("486").hears("busy").is_idle();
}

#[test]
fn a_number_that_does_not_exist_gives_the_special_information_tone() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("999").shows("404").hears("special information").is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 999: no such number"#]]);
}

#[test]
fn an_extension_without_a_phone_is_offline() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("104").shows("480").hears("congestion").is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 104: offline"#]]);
}

#[test]
fn an_extension_whose_phone_never_registered_is_offline() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("103").shows("480").is_idle();
}

#[test]
fn who_calls_the_own_only_phone_reaches_nobody() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("one-line");
    alice.dials("101").is_idle();
}

#[test]
fn an_outside_number_without_a_trunk_fails_at_once() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("004940123456").is_idle();
    alice.dials("+4940123456").is_idle();
}

#[test]
fn strange_numbers_do_no_harm() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    for number in ["#31#101", "*", "**", "0", "1", "12345678901234567890123456789012345678901234567890", "a.b", "-"] {
        alice.dials(number).is_idle();
        office.wait(secs(1));
    }
}

#[test]
fn a_phone_that_speaks_no_codec_of_the_box_is_refused() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("g729-only"), office.phone(103));
    alice.dials("103").shows("488").is_idle();
    carol.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103: no codec"#]]);
}

#[test]
fn a_callee_that_speaks_no_codec_of_the_box_cannot_be_reached() {
    let office = Office::with(OFFICE);
    let (alice, _carol) = (office.phone(101), office.phone(103).as_model("g729-only"));
    alice.dials("103").is_idle().hears("congestion");
}
