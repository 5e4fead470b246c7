//! The box is shut down politely.

use office::{Office, expect, secs};

use crate::OFFICE;

#[test]
fn calls_are_ended_before_the_box_goes() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(4));
    office.shuts_down();
    alice.is_idle();
    carol.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: shut down after 4 s"#]]);
}

#[test]
fn ringing_phones_are_stopped_and_new_calls_refused() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    office.shuts_down();
    alice.is_idle();
    carol.is_idle().dials("101").shows("503").is_idle();
}

#[test]
fn a_phone_without_power_does_not_hold_up_the_end() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.loses_power();
    office.shuts_down();
    alice.is_idle();
}
