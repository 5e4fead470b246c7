//! How phones become reachable, and stop being so.

use office::{Model, Office, minutes, secs};

use crate::OFFICE;

#[test]
fn a_phone_registers_and_can_be_called() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.is_registered();
    alice.dials("103");
    carol.rings_from("101");
}

#[test]
fn a_phone_that_refreshes_stays_reachable_for_a_day() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    office.wait(minutes(24 * 60));
    alice.is_registered().dials("103");
    carol.rings();
}

#[test]
fn a_phone_that_vanished_is_offline_once_its_registration_expired() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered().loses_power();
    office.wait(secs(601));
    assert_eq!(office.bindings_kept(), 1, "only Alice's is left on disk");
    alice.dials("103").shows("480").is_idle();
}

#[test]
fn a_phone_that_signs_off_is_offline_at_once() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered().signs_off();
    alice.dials("103").shows("480").is_idle();
}

#[test]
fn a_star_removes_every_device_of_a_phone() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let softphone = office.another_device(103);
    softphone.is_registered();
    carol.is_registered().signs_everyone_off();
    alice.dials("103").shows("480");
    softphone.is_idle();
}

#[test]
fn two_devices_with_one_secret_ring_both() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let softphone = office.another_device(103);
    softphone.is_registered();
    alice.dials("103");
    carol.rings();
    softphone.answers().talks_to(&alice);
    carol.is_idle().shows("answered elsewhere");
}

#[test]
fn a_device_with_two_flows_rings_once() {
    let office = Office::with(OFFICE);
    let (alice, first) = (office.phone(101), office.phone(103).as_model("first-flow"));
    first.is_registered();
    let second = office.another_device(103).as_model("second-flow");
    second.is_registered();
    assert_eq!(second.bindings_told(), 2);
    alice.dials("103");
    second.rings();
    first.is_idle();
    alice.hangs_up();
    second.signs_off();
    alice.dials("103");
    first.rings();
}

#[test]
fn a_phone_is_told_of_all_its_devices() {
    let office = Office::with(OFFICE);
    let carol = office.phone(103);
    carol.is_registered();
    let softphone = office.another_device(103);
    softphone.is_registered();
    assert_eq!(softphone.bindings_told(), 2);
}

#[test]
fn one_device_more_than_allowed_replaces_the_stalest() {
    let office = Office::with("101 Alice phone\n103 Carol phone, contacts 1");
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    let softphone = office.another_device(103);
    softphone.is_registered();
    alice.dials("103");
    softphone.rings();
    carol.is_idle();
}

#[test]
fn a_phone_that_wants_too_short_a_registration_is_told_the_least() {
    let office = Office::with(OFFICE);
    let carol = office.phone(103).as_model("impatient-registration");
    carol.is_registered();
    office.wait(minutes(10));
    carol.is_registered();
}

#[test]
fn a_phone_that_reboots_on_another_port_replaces_itself() {
    let office = Office::with(OFFICE);
    for model in ["desk", "no-rport-phone"] {
        let carol = office.phone(103).as_model(model);
        carol.is_registered().comes_back_on_another_port().is_registered();
        office.wait(secs(1));
        assert_eq!(office.bindings_kept(), 1, "{model}");
    }
    let alice = office.phone(101);
    alice.dials("103");
    office.phone(103).rings();
}

#[test]
fn a_wrong_password_is_refused_and_nobody_is_reachable_by_it() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).with_wrong_password());
    carol.shows("not registered");
    office.wait(secs(1));
    assert_eq!(office.status().counters.refused, office.attempts()[0].count, "the first challenge is no try");
    alice.dials("103").shows("480");
}

#[test]
fn a_phone_that_says_to_be_another_is_refused() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.dials_as("102", "103").shows("403").is_idle();
    carol.is_idle();
}

#[test]
fn registrations_survive_a_restart() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.is_registered();
    office.wait(secs(1));
    office.restarts();
    alice.dials("103");
    carol.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn a_tcp_phone_is_reached_over_its_own_connection() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("tcp"));
    alice.dials("103");
    carol.rings().answers().talks_to(&alice);
    carol.hangs_up();
    alice.is_idle();
}

#[test]
fn a_tcp_phone_whose_connection_broke_is_reachable_after_its_next_register() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("tcp"));
    carol.is_registered().loses_connection().registers();
    office.wait(secs(1));
    alice.dials("103");
    carol.rings();
    assert_eq!(carol.bindings_told(), 1);
}

#[test]
fn a_phone_behind_nat_is_reached_where_its_messages_come_from() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("wrong-contact"));
    alice.dials("103");
    carol.rings().answers().talks_to(&alice);
    alice.hangs_up();
    carol.is_idle();
}

#[test]
fn a_phone_that_forgets_its_challenge_registers_all_the_same() {
    let office = Office::with(OFFICE);
    let model = Model { reuses_challenge: false, expires_s: 120, ..Model::default() };
    let carol = office.phone(103).changed(model);
    office.wait(minutes(60));
    carol.is_registered();
}

#[test]
fn a_phone_on_a_line_that_loses_a_third_registers() {
    let office = Office::with(OFFICE).seed(5);
    office.wire(103, office::losing(30));
    office.wait(secs(90));
    office.phone(103).is_registered();
}
