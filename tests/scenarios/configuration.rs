//! The office changes while people talk.

use office::{Office, expect, secs};

use crate::OFFICE;

#[test]
fn a_call_that_is_up_survives_every_change() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.reloads(|raw| raw.people.truncate(1));
    office.wait(secs(30));
    alice.talks_to(&carol);
    carol.hangs_up();
    alice.is_idle();
}

#[test]
fn an_extension_that_is_removed_cannot_be_called() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    office.reloads(|raw| drop(raw.people.remove(2)));
    alice.dials("103").shows("404").is_idle();
    office.wait(secs(1));
    assert_eq!(office.bindings_kept(), 1, "the removed phone's binding is gone");
}

#[test]
fn a_removed_phone_can_no_longer_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.is_registered();
    office.reloads(|raw| drop(raw.people.remove(2)));
    carol.dials("101").is_idle();
    alice.is_idle();
}

#[test]
fn a_new_ring_time_counts_from_the_next_call_on() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    office.reloads(|raw| raw.people[2].ring_s = Some(30));
    office.wait(secs(11));
    carol.is_idle();
    alice.is_idle().dials("103");
    carol.rings();
    office.wait(secs(25));
    carol.rings();
}

#[test]
fn the_call_log_names_the_revision_that_decided() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("999").is_idle();
    office.reloads(|raw| raw.people[2].ring_s = Some(30));
    alice.dials("999").is_idle();
    office.calls_are(expect![[r#"
        10:00 101 -> 999: no such number
        10:00 101 -> 999: no such number"#]]);
    assert!(office.story(1).contains("revision: 1"), "{}", office.story(1));
    assert!(office.story(2).contains("revision: 2"), "{}", office.story(2));
}
