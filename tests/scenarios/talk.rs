//! Talking: who hears whom, in which codec, and what a second call does.

use office::{Office, minutes, secs};

use crate::OFFICE;

#[test]
fn phones_with_different_codecs_understand_each_other() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("mu-law-only"), office.phone(103).as_model("a-law-only"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
}

#[test]
fn phones_with_many_codecs_agree_on_one_of_the_boxs() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("many-codecs"), office.phone(103).as_model("many-codecs"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
}

#[test]
fn a_late_acknowledgement_does_not_end_the_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("late-ack"), office.phone(103));
    alice.dials("103");
    carol.answers();
    office.wait(secs(40));
    alice.talks_to(&carol);
}

#[test]
fn an_answer_that_is_never_acknowledged_ends_the_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    alice.is_cut();
    carol.answers();
    office.wait(secs(33));
    carol.is_idle();
    alice.is_joined();
}

#[test]
fn a_long_healthy_call_is_not_told_as_silent() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(minutes(40));
    carol.talks_to(&alice);
    assert!(!office.story(1).contains("Probed"), "{}", office.story(1));
}
