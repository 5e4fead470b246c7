//! F108: whoever was called for help may call back, and reaches the phone that help was called from.

use office::{Carrier, Office, Phone, Stage, secs};
use pbx::call_backs::EXPECTED_FOR;

use crate::two_trunks;

const HERS: &str = "+4930123451";

/// Alice wants no calls to ring, and the office none without a number.
fn office() -> (Office, Carrier, Carrier) {
    let (office, one, two) = two_trunks::office("101 Alice phone\n102 Bob phone");
    office.reloads(|raw| {
        let dnd = config::RawDiversion { kind: Some("dnd".to_owned()), ..Default::default() };
        raw.people[0].diversions.push(dnd);
        raw.office.anonymous_hear = Some("refused".to_owned());
    });
    (office, one, two)
}

fn calls_for_help(phone: &Phone, by: &Carrier) {
    phone.dials("112");
    by.rings("112").answers();
    phone.talks().hangs_up();
    by.is_at(Stage::Over(0));
}

/// The control room shows no number, and is answered.
fn reaches(by: &Carrier, number: &str, phone: &Phone) {
    by.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", number, "");
    phone.rings();
    phone.answers();
    by.is_at(Stage::Talks).hangs_up();
    phone.is_idle();
}

fn is_refused(by: &Carrier, number: &str, phone: &Phone, status: u16) {
    by.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", number, "");
    by.is_at(Stage::Over(status));
    phone.is_idle();
}

#[test]
fn f108_for_half_an_hour_after_a_call_for_help_one_back_passes_every_list_and_diversion() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    alice.is_registered();
    is_refused(&one, HERS, &alice, 603);
    calls_for_help(&alice, &one);
    assert!(office.story(2).contains("CallBackExpected"), "{}", office.story(2));
    reaches(&one, HERS, &alice);
    office.wait(EXPECTED_FOR - secs(20));
    reaches(&one, HERS, &alice);
    office.wait(secs(25));
    is_refused(&one, HERS, &alice, 603);
}

#[test]
fn f108_a_call_for_help_that_goes_on_for_long_may_be_called_back_after_it_too() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    alice.dials("112");
    one.rings("112").answers();
    alice.talks();
    office.wait(EXPECTED_FOR + EXPECTED_FOR / 2);
    alice.talks().hangs_up();
    one.is_at(Stage::Over(0));
    office.wait(EXPECTED_FOR - secs(20));
    reaches(&one, HERS, &alice);
    office.wait(secs(25));
    is_refused(&one, HERS, &alice, 603);
}

#[test]
fn f108_who_has_no_number_is_reached_by_the_one_that_the_trunk_showed() {
    let (office, one, _) = office();
    let bob = office.phone(102);
    bob.is_registered();
    is_refused(&one, "+4930123450", &bob, 404);
    calls_for_help(&bob, &one);
    reaches(&one, "+4930123450", &bob);
    // The number of another leads where it did.
    is_refused(&one, HERS, &bob, 603);
}

#[test]
fn f108_what_nobody_answers_goes_on_as_it_would_and_meets_no_list_either() {
    let (office, one, _) = office();
    office.reloads(|raw| raw.people[0].voicemail = Some(true));
    let alice = office.phone(101);
    calls_for_help(&alice, &one);
    one.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", HERS, "");
    alice.rings();
    office.wait(secs(62));
    alice.is_idle();
    one.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f108_after_a_restart_the_rest_of_the_half_hour_is_kept() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    calls_for_help(&alice, &one);
    office.wait(EXPECTED_FOR / 2);
    office.restarts();
    office.wait(secs(60));
    alice.is_registered();
    reaches(&one, HERS, &alice);
    office.wait(EXPECTED_FOR / 2);
    is_refused(&one, HERS, &alice, 603);
}

#[test]
fn f108_a_trunk_that_counts_no_emergency_opens_nothing() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("+49891234567".replace('+', "00").as_str());
    one.rings("+49891234567").answers();
    alice.talks().hangs_up();
    one.is_at(Stage::Over(0));
    is_refused(&one, HERS, &alice, 603);
}

#[test]
fn f108_a_phone_that_sends_its_calls_on_does_not_send_a_call_back_on() {
    let (office, one, _) = office();
    office.reloads(|raw| raw.people[0].voicemail = Some(true));
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("redirects-to-101"));
    alice.is_registered();
    calls_for_help(&bob, &one);
    one.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", "+4930123450", "");
    // It leads nowhere else, and not to Alice, who has not called for help.
    one.is_at(Stage::Over(404));
    alice.is_idle();
    assert!(!office.story(2).contains("Diverted"), "{}", office.story(2));
}
