//! Phones that offer nothing before the answer (RFC 3264, delayed offer).

use office::{Office, secs};

use crate::OFFICE;

#[test]
fn a_caller_without_an_offer_is_connected() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("delayed-offer"), office.phone(103));
    alice.dials("103").hears_ringback();
    carol.answers().talks_to(&alice);
    office.wait(secs(40));
    carol.talks_to(&alice);
}

#[test]
fn a_caller_without_an_offer_can_hold() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("delayed-offer"), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    carol.is_kept_waiting();
    alice.resumes().talks_to(&carol);
}

#[test]
fn a_caller_without_an_offer_hears_a_refusal() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("delayed-offer");
    alice.dials("999").shows("404").is_idle();
}

#[test]
fn a_caller_without_an_offer_hears_the_own_voice() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("delayed-offer");
    alice.dials("*43").hears("own voice").hangs_up();
}
