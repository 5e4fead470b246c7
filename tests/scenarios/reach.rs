//! Whether a registered phone is still there, before somebody calls it (F38).

use office::phone::busy_key::Shown;
use office::{Office, Phone, lan, losing, minutes, secs};

use crate::OFFICE;

/// Long enough for every phone to have been asked, and to have answered.
const ALL_WERE_ASKED: u64 = 61;

/// Long enough to know that a phone is gone: its turn, and two questions without an answer.
const ALL_WAS_NOTICED: u64 = 72;

/// Two phones that the box knows to answer.
fn where_all_were_asked() -> (Office, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    office.wait(secs(ALL_WERE_ASKED));
    (office, alice, carol)
}

#[test]
fn a_call_to_a_phone_that_was_unplugged_goes_on_at_once() {
    let (office, alice, carol) = where_all_were_asked();
    carol.loses_power();
    office.wait(secs(ALL_WAS_NOTICED));
    assert_eq!(office.bindings_kept(), 2, "it is registered all the same");
    alice.dials("103").shows("480").is_idle();
    office.wait(secs(1));
    assert!(office.tells(1).contains("phone 103a could not be called: not reachable"), "{}", office.tells(1));
    assert!(office.story(1).contains("PhonesSilent { silent: 1, registered: 1 }"), "{}", office.story(1));
}

#[test]
fn a_call_to_a_phone_that_was_unplugged_a_moment_ago_goes_on_within_seconds() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered().loses_power();
    alice.dials("103");
    office.wait(secs(5));
    alice.shows("480").is_idle();
    assert!(office.tells(1).contains("over: no phone of 103 could be reached"), "{}", office.tells(1));
}

#[test]
fn one_phone_that_speaks_is_enough_to_wait_for_the_others() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    bobs[1].is_registered().loses_power();
    alice.dials("102");
    office.wait(secs(10));
    bobs[0].rings();
}

#[test]
fn a_phone_that_is_plugged_in_again_is_reached_at_once() {
    let (office, alice, carol) = where_all_were_asked();
    carol.loses_power();
    office.wait(secs(ALL_WAS_NOTICED));
    carol.comes_back().is_registered();
    alice.dials("103");
    carol.rings();
}

#[test]
fn a_phone_whose_line_was_cut_is_found_again_though_it_noticed_nothing() {
    let (office, alice, carol) = where_all_were_asked();
    office.wire(103, losing(100));
    office.wait(secs(ALL_WAS_NOTICED));
    alice.dials("103").shows("480").is_idle();
    office.wire(103, lan());
    office.wait(secs(25));
    alice.dials("103");
    carol.rings();
}

#[test]
fn a_phone_that_calls_is_there() {
    let (office, alice, carol) = where_all_were_asked();
    office.wire(103, losing(100));
    office.wait(secs(ALL_WAS_NOTICED));
    office.wire(103, lan());
    carol.dials("101");
    alice.rings().declines();
    carol.hangs_up();
    alice.dials("103");
    carol.rings();
}

#[test]
fn a_phone_that_never_answers_such_questions_is_believed() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("ignores-options"));
    carol.is_registered();
    office.wait(minutes(9));
    alice.dials("103");
    carol.rings();
}

#[test]
fn one_lost_question_proves_nothing() {
    let (office, alice, carol) = where_all_were_asked();
    // As long as a switch takes to restart.
    office.wire(103, losing(100));
    office.wait(secs(5));
    office.wire(103, lan());
    office.wait(secs(ALL_WAS_NOTICED));
    alice.dials("103");
    carol.rings();
}

#[test]
fn watchers_see_that_a_phone_is_gone() {
    let (office, alice, carol) = where_all_were_asked();
    alice.watches_presence_of("103").shows_on_key("103", &Shown::Idle);
    carol.loses_power();
    office.wait(secs(ALL_WAS_NOTICED));
    alice.shows_on_key("103", &Shown::Away);
    carol.comes_back();
    alice.shows_on_key("103", &Shown::Idle);
}

#[test]
fn the_status_says_since_when_a_phone_is_gone() {
    let (office, _, carol) = where_all_were_asked();
    let device = |office: &Office| {
        let status = office.status();
        let phone = status.phones.iter().find(|phone| phone.extension == "103").expect("the office has it").clone();
        phone.bindings.first().expect("it is registered").clone()
    };
    assert!(device(&office).reachable);
    assert_eq!(device(&office).round_trip_ms, Some(2));
    let before = device(&office).since;
    carol.loses_power();
    office.wait(secs(ALL_WAS_NOTICED));
    assert!(!device(&office).reachable);
    assert!(device(&office).since > before);
}
