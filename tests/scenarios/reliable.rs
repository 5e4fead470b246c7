//! Provisional responses that must arrive (RFC 3262), between phones and trunks that want them, know them, or neither.

use office::{Office, minutes, secs};

/// Phones that ring longer than anything here takes.
const OFFICE: &str = "
    101 Alice  phone
    103 Carol  phone, ring 120 s
";

/// What each side thinks of them; the box stands between.
const CALLERS: [&str; 3] = ["knows-100rel", "requires-100rel", "desk"];
const CALLEES: [&str; 6] =
    ["desk", "early-media", "knows-100rel", "early-media-reliably", "moves-early-media", "forks"];

#[test]
fn every_caller_reaches_every_callee() {
    for one in CALLERS {
        for other in CALLEES {
            let office = Office::with(OFFICE);
            let (alice, carol) = (office.phone(101).as_model(one), office.phone(103).as_model(other));
            alice.dials("103");
            carol.rings();
            // Whatever is not confirmed would be given up by then.
            office.wait(secs(15));
            carol.answers().talks_to(&alice);
            office.wait(secs(40));
            alice.talks_to(&carol).hangs_up();
            carol.is_idle();
        }
    }
}

#[test]
fn early_media_arrives_on_a_line_that_loses_a_third() {
    for seed in 1..=5 {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, carol) = (office.phone(101).as_model("knows-100rel"), office.phone(103).as_model("early-media"));
        alice.is_registered();
        carol.is_registered();
        office.wire(101, office::losing(33));
        alice.dials("103");
        carol.rings();
        office.wait(secs(10));
        alice.expects("is connected to what 103 plays", |world| {
            world.phones[0].calls.values().any(|call| call.has_early_media)
        });
        carol.answers();
        office.wait(secs(30));
        alice.talks_to(&carol);
    }
}

#[test]
fn a_caller_that_never_confirms_is_given_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("never-confirms"), office.phone(103));
    alice.dials("103");
    carol.rings();
    office.wait(secs(31));
    alice.shows("504").is_idle();
    carol.is_idle();
}

#[test]
fn a_caller_that_requires_it_hears_why_there_is_no_call() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("requires-100rel");
    alice.dials("999").hears("special information");
    office.wait(minutes(1));
    alice.is_idle();
}

#[test]
fn a_caller_that_requires_it_leaves_in_the_middle_of_the_ringing() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("requires-100rel"), office.phone(103));
    alice.dials("103");
    carol.rings();
    alice.hangs_up().is_idle();
    carol.is_idle();
}

#[test]
fn a_callee_that_declines_after_its_early_media_was_confirmed() {
    let office = Office::with(OFFICE);
    let (alice, carol) =
        (office.phone(101).as_model("knows-100rel"), office.phone(103).as_model("early-media-reliably"));
    alice.dials("103");
    carol.declines();
    alice.hears("busy");
    office.wait(secs(10));
    alice.is_idle();
}
