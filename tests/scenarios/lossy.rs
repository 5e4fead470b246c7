//! Lines that lose, double and reorder messages.

use office::{Office, secs};

use crate::OFFICE;

#[test]
fn calls_work_on_lines_that_lose_up_to_a_third() {
    for (percent, seed) in [(10, 1), (10, 2), (20, 3), (20, 4), (30, 5), (30, 6)] {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, carol) = (office.phone(101), office.phone(103));
        alice.is_registered();
        carol.is_registered();
        office.wire(101, office::losing(percent));
        office.wire(103, office::losing(percent));
        alice.dials("103");
        office.wait(secs(8));
        carol.answers();
        office.wait(secs(30));
        alice.talks_to(&carol).hangs_up();
        office.wait(secs(60));
        carol.is_idle();
    }
}

#[test]
fn calls_work_at_the_edge_of_the_radios_reach() {
    for seed in 1..=10 {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, carol) = (office.phone(101), office.phone(103));
        alice.is_registered();
        carol.is_registered();
        office.wire(101, office::wifi_lossy());
        office.wire(103, office::wifi_lossy());
        alice.dials("103");
        carol.answers();
        office.wait(secs(30));
        alice.talks_to(&carol);
        carol.hangs_up();
        office.wait(secs(40));
        alice.is_idle();
    }
}

#[test]
fn hanging_up_on_a_line_that_loses_half_ends_the_call() {
    for seed in 1..=5 {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, carol) = (office.phone(101), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wire(101, office::losing(50));
        carol.hangs_up();
        office.wait(secs(40));
        alice.hangs_up_if_in_a_call();
    }
}
