//! The media threads cannot open a port.

use office::{Office, secs};

use crate::OFFICE;

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
