//! The daemon dies and starts again.

use office::{Office, secs};

use crate::OFFICE;

#[test]
fn call_numbers_go_on_after_a_restart() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("999").is_idle();
    office.wait(secs(1));
    office.restarts();
    alice.dials("999").is_idle();
    office.wait(secs(1));
    assert!(office.story(2).contains("NoSuchNumber"), "{}", office.story(2));
}

#[test]
fn phones_in_a_call_that_the_box_forgot_can_hang_up_and_call_again() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(1));
    office.restarts();
    alice.hangs_up();
    carol.hangs_up();
    alice.dials("103");
    carol.answers().talks_to(&alice);
}

#[test]
fn a_phone_that_registered_by_tcp_is_back_after_its_next_register() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("tcp"));
    carol.is_registered();
    office.wait(secs(1));
    office.restarts();
    carol.registers();
    office.wait(secs(1));
    alice.dials("103");
    carol.rings();
}

#[test]
fn an_expired_registration_does_not_come_back_with_a_restart() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("short-registration"));
    carol.is_registered().loses_power();
    office.wait(secs(120));
    office.restarts();
    alice.dials("103").shows("480").is_idle();
}
