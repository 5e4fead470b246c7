//! Phones that vanish without a word: the box finds out, and nobody waits for ever.

use office::{Office, expect, minutes, secs};

use crate::OFFICE;

/// 60 s of silence, then OPTIONS without an answer for 32 s, and some seconds of the ports' own clocks.
const PROMISED: u64 = 100;

#[test]
fn the_caller_vanishes_and_the_callee_is_free_again() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.loses_power();
    office.wait(secs(50));
    assert_eq!(office.status().calls.len(), 1, "a short gap ends no call");
    office.wait(secs(PROMISED - 50));
    carol.is_idle();
    assert!(office.story(1).contains("is_alive: false"), "{}", office.story(1));
}

#[test]
fn the_callee_vanishes_and_the_caller_is_free_again() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.loses_power();
    office.wait(secs(PROMISED));
    alice.is_idle();
}

#[test]
fn a_phone_that_vanishes_on_hold_is_found() {
    for vanishes in [101, 103] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.holds();
        office.wait(secs(200));
        office.phone(vanishes).loses_power();
        office.wait(secs(PROMISED));
        if vanishes == 101 {
            carol.is_idle()
        } else {
            alice.is_idle()
        };
    }
}

#[test]
fn both_vanish_and_nothing_is_left() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.loses_power();
    carol.loses_power();
    office.wait(minutes(4));
    assert!(office.status().calls.is_empty());
}

#[test]
fn a_caller_that_vanishes_while_it_rings_leaves_a_ring_of_its_time() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    alice.loses_power();
    office.wait(secs(11));
    carol.is_idle();
}

#[test]
fn a_phone_that_comes_back_can_be_called_at_once() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.loses_power();
    office.wait(secs(20));
    carol.comes_back().is_registered();
    let bobs = office.phones(102);
    bobs[0].dials("103");
    carol.rings_from("102").answers().talks_to(&bobs[0]);
}

#[test]
fn a_cable_that_is_pulled_for_half_a_minute_ends_no_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.is_cut();
    office.wait(secs(30));
    carol.is_joined();
    office.wait(secs(120));
    alice.talks_to(&carol);
}

#[test]
fn a_party_that_is_silent_but_alive_keeps_its_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("inactive-hold"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.holds();
    office.wait(minutes(10));
    assert!(office.story(1).contains("is_alive: true"), "{}", office.story(1));
    carol.resumes().talks_to(&alice);
}

#[test]
fn a_lost_party_is_in_the_log() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.loses_power();
    office.wait(minutes(3));
    carol.is_idle();
    assert!(office.story(1).contains("PartyLost"), "{}", office.story(1));
}

#[test]
fn the_whole_office_loses_power_and_comes_back() {
    let office = Office::with(OFFICE);
    let phones = [office.phone(101), office.phone(103), office.phones(102)[0].clone()];
    phones[0].dials("103");
    phones[1].answers().talks_to(&phones[0]);
    office.wait(secs(1));
    for phone in &phones {
        phone.loses_power();
    }
    office.restarts();
    for phone in &phones {
        phone.comes_back();
    }
    for phone in &phones {
        phone.is_registered();
    }
    phones[0].dials("102");
    phones[2].answers().talks_to(&phones[0]);
    office.calls_are(expect![[r#"
        10:00 101 -> 103, 103a rang, 103a answered
        10:00 101 -> 102, 102a rang, 102a answered"#]]);
}
