//! How calls sound, as it is seen while they are up.

use std::sync::Arc;

use office::{Office, lan, losing, secs};
use pbx::status::{Grade, PartyStatus, Status};

use crate::OFFICE;

/// The parties of the one call that is up.
fn parties(office: &Office) -> Vec<PartyStatus> {
    let status: Arc<Status> = office.status();
    assert_eq!(status.calls.len(), 1);
    status.calls[0].parties.clone()
}

fn grades(office: &Office) -> Vec<Grade> {
    parties(office).into_iter().map(|party| party.sound.grade).collect()
}

#[test]
fn a_call_has_no_sound_at_first_and_then_a_good_one_in_each_partys_codec() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("mu-law-only"), office.phone(103).as_model("a-law-only"));
    alice.dials("103");
    carol.rings();
    office.wait(secs(1));
    assert_eq!(parties(&office), [], "nobody has answered");
    carol.answers().talks_to(&alice);
    office.wait(secs(1));
    let first: Vec<_> =
        parties(&office).into_iter().map(|party| (party.number, party.codec, party.sound.grade)).collect();
    let party = |number: &str, codec: &str| (number.to_owned(), Some(codec.to_owned()), Grade::NoSound);
    assert_eq!(first, [party("101", "PCMU"), party("103", "PCMA")]);
    office.wait(secs(10));
    assert_eq!(grades(&office), [Grade::Good, Grade::Good]);
}

#[test]
fn a_line_that_loses_is_seen_while_it_does_and_forgotten_afterwards() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(60));
    for (percent, expected) in [(2, Grade::Good), (5, Grade::Fair), (12, Grade::Poor)] {
        office.wire(103, losing(percent));
        office.wait(secs(40));
        assert_eq!(grades(&office), [Grade::Good, expected], "{percent} % lost");
    }
    assert_eq!(parties(&office)[1].sound.lost_permille, 120);
    office.wire(103, lan());
    office.wait(secs(40));
    assert_eq!(grades(&office), [Grade::Good, Grade::Good]);
}

#[test]
fn a_party_that_falls_silent_is_told_from_one_that_holds() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(30));
    carol.holds();
    office.wait(secs(40));
    assert_eq!(grades(&office), [Grade::Good, Grade::Good]);
    carol.resumes().talks_to(&alice);
    office.wait(secs(10));
    carol.is_cut();
    office.wait(secs(30));
    assert_eq!(grades(&office), [Grade::Good, Grade::Poor]);
    assert!(parties(&office)[1].sound.silent_since.is_some());
    carol.is_joined();
    office.wait(secs(30));
    assert_eq!(grades(&office), [Grade::Good, Grade::Good]);
}

#[test]
fn the_picture_rests_while_nothing_changes() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(30));
    let before = office.status();
    office.wait(secs(60));
    assert_eq!(office.status().calls, before.calls, "what is told to pages differs only where it sounds different");
}
