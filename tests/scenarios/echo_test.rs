//! `*43`: the caller hears the own voice.

use office::{Office, expect, minutes, secs};

use crate::OFFICE;

#[test]
fn the_caller_hears_the_own_voice() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("*43").hears_prompt("echo-intro").hears("own voice");
    office.wait(secs(10));
    alice.hangs_up().is_idle();
    office.calls_are(expect!["10:00 101 -> *43, the box answered: hung up after 13 s"]);
}

#[test]
fn a_forgotten_echo_test_ends_by_itself() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("*43").hears("own voice");
    office.wait(minutes(11));
    alice.is_idle();
}

#[test]
fn an_echo_test_can_have_another_code() {
    let office = Office::with("101 Alice phone\ncode echo_test *49");
    let alice = office.phone(101);
    alice.dials("*49").hears("own voice").hangs_up();
    alice.dials("*43").is_idle();
}

#[test]
fn an_echo_test_that_is_switched_off_is_no_number() {
    let office = Office::with("101 Alice phone\ncode echo_test off");
    let alice = office.phone(101);
    alice.dials("*43").shows("404").is_idle();
}

#[test]
fn a_phone_that_loses_power_in_an_echo_test_leaves_nothing() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("*43").hears("own voice");
    alice.loses_power();
}
