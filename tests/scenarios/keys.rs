//! Keys pressed during a call.

use office::Office;

use crate::OFFICE;

#[test]
fn keys_reach_the_other_side() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.presses("12#");
    carol.hears_keys("12#").presses("*0");
    alice.hears_keys("*0");
}

#[test]
fn keys_cross_between_phones_with_different_payload_types() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("dtmf-96"), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.presses("7");
    carol.hears_keys("7").presses("8");
    alice.hears_keys("8");
}

#[test]
fn keys_cross_when_the_callee_names_another_payload_type() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("dtmf-96"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.presses("7");
    carol.hears_keys("7").presses("8");
    alice.hears_keys("8");
}

#[test]
fn keys_still_work_after_a_hold() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("dtmf-96"), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds().resumes().talks_to(&carol);
    alice.presses("7");
    carol.hears_keys("7");
}

#[test]
fn a_phone_that_tells_keys_by_info_is_heard_where_events_are_known_alone() {
    for model in ["keys-by-info", "keys-by-info-alone"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(model), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.presses("123#");
        carol.hears_keys("123#").presses("9");
        alice.hears_keys("9");
    }
}

/// Trap 15.
#[test]
fn trap_15_keys_that_are_told_twice_are_heard_once() {
    for model in ["desk", "no-dtmf", "dtmf-96"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model("keys-twice"), office.phone(103).as_model(model));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.presses("1552#");
        carol.hears_keys("1552#");
    }
}

/// Trap 15.
#[test]
fn trap_15_a_phone_that_knows_no_way_to_be_told_keys_hears_their_tones() {
    for model in ["desk", "keys-by-info"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(model), office.phone(103).as_model("knows-tones-alone"));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.presses("17");
        carol.hears_the_tones_of("17");
    }
}

#[test]
fn a_phone_without_keys_talks_all_the_same() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("no-dtmf"), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice).presses("5");
    alice.talks_to(&carol);
}

#[test]
fn keys_reach_a_phone_that_knows_them_as_info_alone() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("no-dtmf"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.presses("4");
    carol.hears_keys("4");
}
