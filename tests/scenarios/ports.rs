//! The media threads cannot open a port.

use office::{Office, Stage, secs};

use crate::{OFFICE, two_trunks};

#[test]
fn a_call_whose_port_cannot_be_opened_ends_and_the_next_one_works() {
    for failing in [1, 2] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103));
        carol.is_registered();
        office.refuses_ports(failing);
        alice.dials("103");
        office.wait(secs(12));
        alice.is_idle();
        carol.is_idle();
        alice.dials("103");
        carol.answers().talks_to(&alice);
    }
}

#[test]
fn an_echo_test_without_a_port_ends() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.is_registered();
    office.refuses_ports(1);
    alice.dials("*43").is_idle();
}

/// As many callers as there are ports for: others are asked to come back, nobody's call suffers, and help is always called.
#[test]
fn who_finds_no_port_is_refused_for_a_while_and_calls_for_help_go_out() {
    let (office, one, two) = two_trunks::office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    let mut taken = 0;
    while one.calls("+49891234567", "+4930123459").peer().refused.is_none() {
        office.wait(secs(1));
        taken += 1;
        assert!(taken < 300, "there is no end of ports");
    }
    let refusal = one.is_refused(503);
    assert!(refusal.header("Retry-After").is_some_and(|wait| wait.parse::<u32>().is_ok()), "{refusal:?}");
    carol.dials("101").shows("503").is_idle();
    for dialled in ["112", "*67112"] {
        carol.dials(dialled);
        one.rings("112").answers();
        carol.talks().hangs_up();
    }
    bob.talks_to(&alice);
    alice.hangs_up();
    while one.peer().calls.iter().any(|call| call.stage == Stage::Talks) {
        one.hangs_up();
    }
    drop(two);
}
