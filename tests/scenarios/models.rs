//! Phones of every model: each calls, is called, holds, and hangs up, with a plain desk phone at the other end.

use office::phone::model::{EVERY_MODEL, Model, WhenCalled};
use office::{Office, secs};

use crate::OFFICE;

/// Models that cannot be in a call with a desk phone at all.
fn speaks(name: &str) -> bool {
    name != "g729-only"
}

#[test]
fn a_phone_of_every_model_can_call() {
    for name in EVERY_MODEL.into_iter().filter(|name| speaks(name)) {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(name), office.phone(103));
        alice.is_registered().dials("103");
        carol.rings_from("101").answers();
        office.wait(secs(5));
        carol.talks_to(&alice);
        alice.holds();
        carol.is_kept_waiting();
        alice.resumes();
        carol.talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
    }
}

#[test]
fn a_phone_of_every_model_can_be_called() {
    let rings = |name: &&str| matches!(Model::named(name).when_called, WhenCalled::Rings);
    for name in EVERY_MODEL.into_iter().filter(|name| speaks(name)).filter(rings) {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103).as_model(name));
        alice.dials("103");
        carol.rings_from("101").answers();
        office.wait(secs(5));
        carol.talks_to(&alice).holds();
        alice.is_kept_waiting();
        carol.resumes().talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
    }
}

#[test]
fn a_phone_of_every_model_can_be_given_up_on() {
    let rings = |name: &&str| matches!(Model::named(name).when_called, WhenCalled::Rings);
    for name in EVERY_MODEL.into_iter().filter(|name| speaks(name)).filter(rings) {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103).as_model(name));
        alice.dials("103");
        carol.rings();
        alice.hangs_up().is_idle();
        if name != "ignores-cancel" {
            carol.is_idle();
        }
    }
}

#[test]
fn a_phone_that_ignores_cancel_and_is_answered_later_is_hung_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("ignores-cancel"));
    alice.dials("103");
    carol.rings();
    alice.hangs_up().is_idle();
    office.wait(secs(3));
    carol.answers().is_idle();
}

#[test]
fn a_phone_that_answers_itself_is_connected() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("answers-itself"));
    alice.dials("103");
    carol.talks_to(&alice);
}
