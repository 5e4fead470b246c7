//! Calls from one desk to another, and how they end.

use office::{Office, expect, secs};

use crate::OFFICE;

#[test]
fn the_caller_hangs_up() {
    let office = Office::with(OFFICE).at("Fri 2026-03-27 17:59 Europe/Berlin");
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103").hears_ringback();
    carol.rings_from("101").answers().talks_to(&alice);
    office.wait(secs(32));
    alice.hangs_up();
    carol.is_idle().shows("the other side hung up");
    office.calls_are(expect![[r#"17:59 101 -> 103, 103a rang, 103a answered: hung up after 32 s"#]]);
}

#[test]
fn the_callee_hangs_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(5));
    carol.hangs_up();
    alice.is_idle().shows("the other side hung up");
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: hung up after 5 s"#]]);
}

#[test]
fn both_hang_up_at_once() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.hangs_up();
    carol.hangs_up();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: hung up after 0 s"#]]);
}

#[test]
fn a_call_of_eight_hours_stays_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(8 * 3600));
    carol.talks_to(&alice);
}

#[test]
fn the_caller_gives_up_before_the_answer() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    alice.hangs_up();
    carol.is_idle().shows("missed call");
    alice.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang: cancelled"#]]);
}

#[test]
fn the_caller_gives_up_before_anything_rings() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    office.wire(103, office::far_away());
    carol.is_registered();
    alice.dials("103").hangs_up().is_idle();
    office.wait(secs(2));
    carol.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103: cancelled"#]]);
}

#[test]
fn the_answer_crosses_with_giving_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings().answers();
    alice.hangs_up().is_idle();
    carol.is_idle();
}

#[test]
fn the_answer_crosses_with_giving_up_on_a_long_line() {
    for head_start_ms in [0, 60, 119, 121, 180, 239, 241, 300] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103));
        office.wire(103, office::far_away());
        office.wire(101, office::far_away());
        alice.dials("103");
        carol.rings().answers();
        office.wait(std::time::Duration::from_millis(head_start_ms));
        alice.hangs_up().is_idle();
        carol.is_idle();
    }
}

#[test]
fn two_calls_at_once_do_not_meet() {
    let office = Office::with("101 A phone\n102 B phone\n103 C phone\n104 D phone");
    let [a, b, c, d] = [101, 102, 103, 104].map(|extension| office.phone(extension));
    a.dials("102");
    c.dials("104");
    b.rings_from("101").answers();
    d.rings_from("103").answers();
    a.talks_to(&b);
    c.talks_to(&d);
    a.hangs_up();
    b.is_idle();
    c.talks_to(&d);
}

#[test]
fn two_people_who_call_each_other_at_once_can_talk_on_either_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    alice.dials("103");
    carol.dials("101");
    carol.rings_from("101").answers();
    alice.rings_from("103").declines();
    carol.expects("has one call", |world| world.phones.iter().all(|ua| ua.calls.len() == 1));
    alice.hangs_up();
}

#[test]
fn a_hundred_calls_one_after_another_leave_nothing() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    for _ in 0..100 {
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
        office.wait(secs(1));
    }
}

#[test]
fn an_administrator_ends_a_call() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(7));
    office.administrator_ends(1);
    alice.is_idle();
    carol.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: by order after 7 s"#]]);
}
