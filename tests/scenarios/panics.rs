//! An error inside the box ends one call, not the office.

use office::{Office, secs};

use crate::OFFICE;

#[test]
fn a_panic_in_one_call_ends_that_call_only() {
    let office = Office::with("101 A phone\n102 B phone\n103 C phone\n104 D phone");
    let [a, b, c, d] = [101, 102, 103, 104].map(|extension| office.phone(extension));
    a.dials("102");
    b.answers().talks_to(&a);
    c.dials("104");
    d.rings();
    office.injects_panic(1);
    d.answers();
    c.is_idle();
    d.is_idle();
    a.talks_to(&b);
    office.wait(secs(2));
    assert_eq!(office.status().counters.panics, 1);
    assert_eq!(office.errors().len(), 1);
    assert!(office.story(2).contains("Internal"), "{}", office.story(2));
}

#[test]
fn a_panic_at_any_step_of_a_call_leaves_nothing() {
    for at in 1..=12 {
        let office = Office::with(OFFICE);
        let (alice, bobs) = (office.phone(101), office.phones(102));
        bobs[1].is_registered();
        office.injects_panic(at);
        alice.dials("102");
        office.wait(secs(2));
        for bob in &bobs {
            bob.answers_if_it_rings();
        }
        office.wait(secs(2));
        alice.hangs_up_if_in_a_call();
        office.wait(secs(60));
        office.errors();
        office.is_quiet();
    }
}

#[test]
fn the_office_takes_calls_after_a_panic() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    office.injects_panic(1);
    alice.dials("103").is_idle();
    carol.is_idle();
    alice.dials("103");
    carol.answers().talks_to(&alice);
    assert_eq!(office.errors().len(), 1);
}
