//! The disk fails or is slow: calls go on.

use std::time::Duration;

use office::{Mood, Office, expect, minutes, secs};
use pbx::alarm::Alarm;

use crate::OFFICE;

#[test]
fn calls_go_on_while_the_disk_fails_and_the_log_says_so() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    office.disk(Mood::Fails);
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(5));
    assert!(office.status().alerts.iter().any(|alert| alert.what == Alarm::NothingWritten), "nobody was told");
    alice.hangs_up();
    carol.is_idle();
    office.wait(minutes(1));
    office.disk(Mood::WORKS);
    office.wait(minutes(2));
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: hung up after 5 s"#]]);
}

#[test]
fn a_slow_disk_delays_no_call() {
    let office = Office::with(OFFICE);
    office.disk(Mood::Writes(Duration::from_secs(4)));
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.hangs_up();
    carol.is_idle();
    office.wait(secs(30));
}

#[test]
fn a_disk_that_says_nothing_holds_up_nobody() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    office.disk(Mood::IsDead);
    for _ in 0..20 {
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
    }
    office.disk(Mood::WORKS);
    office.wait(minutes(3));
    office.errors();
}
