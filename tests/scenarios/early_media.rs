//! Sound before the answer.

use office::Office;

use crate::OFFICE;

#[test]
fn what_a_callee_plays_before_the_answer_reaches_the_caller() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.rings();
    alice.expects("is connected to what 103 plays", |world| {
        world.phones[0].calls.values().any(|call| call.has_early_media) && world.media.ports.len() == 2
    });
    carol.answers().talks_to(&alice);
}

#[test]
fn a_call_with_early_media_can_be_given_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.rings();
    alice.hangs_up().is_idle();
    carol.is_idle();
}

#[test]
fn a_call_with_early_media_can_be_declined() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.declines();
    alice.hears("busy");
    office.wait(office::secs(10));
    alice.is_idle();
}

#[test]
fn the_phone_without_early_media_may_answer_first() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    let early = bobs[0].clone().as_model("early-media");
    alice.dials("102");
    early.rings();
    bobs[1].answers().talks_to(&alice);
    early.is_idle();
}
