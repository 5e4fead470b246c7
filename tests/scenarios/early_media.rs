//! Sound before the answer.

use office::Office;
use office::world::World;
use pbx::ladder::Party;

use crate::OFFICE;

#[test]
fn what_a_callee_plays_before_the_answer_reaches_the_caller() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.rings();
    alice.expects("is connected to what 103 plays", |world| {
        world.phones[0].calls.values().any(|call| call.has_early_media) && world.media.ports.len() == 2
    });
    carol.answers().talks_to(&alice);
}

/// Trap 16.
#[test]
fn trap_16_ringing_that_is_said_after_early_media_does_not_cut_it() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media-then-rings"));
    alice.dials("103");
    carol.rings();
    let is_passed_on = |world: &World| {
        let ports = world.media.ports.values();
        ports.filter(|port| port.bridged.is_some() && port.playing.is_none()).count() == 2
    };
    alice.expects("is connected to what 103 plays", is_passed_on);
    office.wait(office::secs(2));
    assert!(told_of(&office, "103a > 180 Ringing"), "{}", office.tells(1));
    alice.expects("still is", is_passed_on);
    carol.answers().talks_to(&alice);
}

/// Trap 16.
#[test]
fn trap_16_progress_without_sound_is_ringing_and_no_more() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("progress-without-sound"));
    alice.dials("103");
    carol.rings();
    alice.hears_ringback();
    assert!(told_of(&office, "101a < 180 Ringing") && !told_of(&office, "101a < 183"), "{}", office.tells(1));
    carol.answers().talks_to(&alice);
}

#[test]
fn of_several_early_dialogs_the_one_that_answers_is_talked_to() {
    for caller in ["desk", "knows-100rel"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(caller), office.phone(103).as_model("forks"));
        alice.dials("103");
        carol.rings();
        office.wait(office::secs(3));
        let tags = office.ladder(1).into_iter().filter(|rung| rung.came && rung.text.starts_with("SIP/2.0 183"));
        let tags = tags.filter_map(|rung| rung.text.lines().find(|line| line.starts_with("To:")).map(str::to_owned));
        assert_eq!(tags.collect::<std::collections::BTreeSet<_>>().len(), 2, "two dialogs are early");
        carol.answers().talks_to(&alice).hangs_up();
        alice.is_idle();
    }
}

/// Whether the messages of the first call have this one.
fn told_of(office: &Office, what: &str) -> bool {
    let line = |rung: &pbx::ladder::Rung| {
        let (Party::Phone(name) | Party::Trunk(name)) = &*rung.party;
        let title = rung.text.lines().next().unwrap_or_default().replace("SIP/2.0 ", "");
        format!("{name} {} {title}", if rung.came { '>' } else { '<' })
    };
    office.ladder(1).iter().any(|rung| line(rung).starts_with(what))
}

#[test]
fn a_call_with_early_media_can_be_given_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.rings();
    alice.hangs_up().is_idle();
    carol.is_idle();
}

#[test]
fn a_call_with_early_media_can_be_declined() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
    alice.dials("103");
    carol.declines();
    alice.hears("busy");
    office.wait(office::secs(10));
    alice.is_idle();
}

#[test]
fn the_phone_without_early_media_may_answer_first() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    let early = bobs[0].clone().as_model("early-media");
    alice.dials("102");
    early.rings();
    bobs[1].answers().talks_to(&alice);
    early.is_idle();
}
