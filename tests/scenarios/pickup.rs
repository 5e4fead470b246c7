//! Pickup: somebody takes a call that rings at another's phone, by a code or by the key that shows it.

use std::time::Duration;

use config::RawDiversion;
use office::{Office, Phone, expect, secs};

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, ring 15 s
    103 Carol  phone
    104 Dave   phone, group sales
    105 Erin   phone, group sales
";

fn office() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    carol.is_registered();
    (office, alice, bob, carol)
}

#[test]
fn a_colleague_takes_the_call_that_rings_next_door() {
    let (office, alice, bob, carol) = office();
    alice.dials("102");
    bob.rings();
    carol.dials("**102").talks_to(&alice);
    bob.shows("answered elsewhere").is_idle();
    alice.hangs_up();
    carol.is_idle();
    office.wait(secs(1));
    office.calls_are(expect![[r#"
        10:00 101 -> 102, 102a rang, 103 took it, 103a answered: hung up after 0 s
        10:00 103 -> **102: picked up"#]]);
    assert!(office.tells(1).contains("103 took the call that rang at 102, on phone 103a"), "{}", office.tells(1));
    assert!(office.tells(2).contains("103 took a call that rang at 102"), "{}", office.tells(2));
}

#[test]
fn after_a_pickup_each_display_names_who_is_really_there() {
    for model in ["desk", "no-update", "shows-remote-party"] {
        let office = Office::with(OFFICE);
        let (alice, bob) = (office.phone(101).as_model(model), office.phone(102));
        let carol = office.phone(103).as_model(model);
        bob.is_registered();
        alice.dials("102");
        bob.rings();
        carol.dials("**102").talks_to(&alice);
        alice.shows_party("103");
        carol.shows_party("101").hangs_up();
        alice.is_idle();
    }
}

#[test]
fn all_phones_of_the_called_stop_ringing() {
    let office = Office::with(OFFICE);
    let (alice, bobs, carol) = (office.phone(101), office.phones(102), office.phone(103));
    bobs[1].is_registered();
    alice.dials("102");
    bobs[0].rings();
    bobs[1].rings();
    carol.dials("**102").talks_to(&alice);
    bobs[0].shows("answered elsewhere").is_idle();
    bobs[1].shows("answered elsewhere").is_idle();
}

#[test]
fn the_group_takes_the_call_that_waits_longest() {
    let (office, alice, bob, carol) = office();
    let erin = office.phone(105);
    alice.dials("102");
    bob.rings();
    erin.dials("102");
    office.wait(secs(1));
    carol.dials("*8").talks_to(&alice);
    erin.hears_ringback();
    carol.hangs_up();
    carol.dials("*8").talks_to(&erin);
}

#[test]
fn another_group_takes_nothing() {
    let (office, alice, bob, carol) = office();
    let (dave, erin) = (office.phone(104), office.phone(105));
    erin.is_registered();
    alice.dials("102");
    bob.rings();
    dave.dials("*8").hears_prompt("nothing-to-pick-up").hears_prompt("goodbye").is_idle();
    dave.dials("**102").shows("403");
    carol.dials("105");
    erin.rings();
    dave.dials("*8").talks_to(&carol);
    erin.shows("answered elsewhere");
    bob.answers().talks_to(&alice);
}

#[test]
fn nothing_rings_is_said() {
    let (_office, alice, bob, carol) = office();
    carol.dials("**102").hears_prompt("nothing-to-pick-up").is_idle();
    carol.dials("*8").hears_prompt("nothing-to-pick-up").is_idle();
    carol.dials("**199").shows("404");
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("**102").hears_prompt("nothing-to-pick-up").is_idle();
    bob.talks_to(&alice);
}

#[test]
fn who_answers_in_the_same_moment_has_the_call_and_nobody_else() {
    for late_ms in 0..12 {
        let (office, alice, bob, carol) = office();
        alice.dials("102");
        bob.rings();
        carol.dials("**102");
        office.wait(Duration::from_millis(late_ms));
        bob.answers_if_it_rings();
        office.wait(secs(1));
        let has = [&bob, &carol].map(|phone| phone.talks_now_to(&alice));
        assert_eq!(has.iter().filter(|has| **has).count(), 1, "{late_ms} ms: {has:?}");
    }
}

#[test]
fn ones_own_other_phone_may_take_it() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    bobs[1].is_registered();
    alice.dials("102");
    bobs[0].rings();
    bobs[1].rings();
    bobs[1].dials("**102").talks_to(&alice);
    bobs[0].is_idle();
}

#[test]
fn whoever_gives_up_in_the_meantime_leaves_nothing_behind() {
    for late_ms in [0, 1, 2, 3, 5, 8, 13, 21, 34] {
        let (office, alice, bob, carol) = office();
        alice.dials("102");
        bob.rings();
        carol.dials("**102");
        office.wait(Duration::from_millis(late_ms));
        alice.hangs_up();
        office.wait(secs(8));
        carol.hangs_up_if_in_a_call();
        office.wait(secs(1));
        bob.is_idle();
    }
}

#[test]
fn phones_of_all_kinds_take_calls_of_all_kinds() {
    for caller in ["desk", "delayed-offer", "mu-law-only", "tcp", "late-ack"] {
        for picker in ["desk", "delayed-offer", "a-law-only", "tcp", "wrong-contact"] {
            let (office, alice, bob, carol) = office();
            let (alice, carol) = (alice.as_model(caller), carol.as_model(picker));
            carol.is_registered();
            alice.dials("102");
            bob.rings();
            carol.dials("**102").talks_to(&alice);
            carol.holds();
            alice.is_kept_waiting();
            carol.resumes().talks_to(&alice);
            drop(office);
        }
    }
}

#[test]
fn early_media_of_who_was_called_ends_with_the_pickup() {
    let (_office, alice, bob, carol) = office();
    let bob = bob.as_model("early-media");
    bob.is_registered();
    alice.dials("102");
    bob.rings();
    carol.dials("**102").talks_to(&alice);
    bob.is_idle();
}

#[test]
fn a_key_that_shows_the_call_takes_it() {
    let (_office, alice, bob, carol) = office();
    carol.watches("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]).dials("**102").talks_to(&alice);
    carol.shows_idle("102");
}

#[test]
fn a_key_that_knows_the_call_takes_that_one() {
    let (office, alice, bob, carol) = office();
    let erin = office.phone(105);
    carol.watches("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]).presses_key_of("102").talks_to(&alice);
    bob.shows("answered elsewhere").is_idle();
    office.wait(secs(1));
    assert!(office.tells(1).contains("phone 103a"), "{}", office.tells(1));
    erin.dials("102");
    bob.rings();
    carol.hangs_up();
    alice.is_idle();
    bob.answers().talks_to(&erin);
}

#[test]
fn a_key_whose_call_was_answered_meanwhile_takes_nothing() {
    let (_office, alice, bob, carol) = office();
    carol.watches("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]);
    bob.answers();
    carol.presses_key_of("102");
    bob.talks_to(&alice);
    carol.is_idle();
}

#[test]
fn a_key_of_another_group_takes_nothing_even_if_it_knew_the_call() {
    let (office, alice, bob, carol) = office();
    let dave = office.phone(104);
    dave.is_registered();
    carol.watches("102");
    alice.dials("102");
    bob.rings();
    carol.shows_busy("102", &["rings from 101"]);
    let replaces = carol.busy_key("102").and_then(|key| key.replaces).expect("a call that rings");
    dave.dials_for("102", &replaces).shows("403");
    bob.answers().talks_to(&alice);
}

#[test]
fn a_step_that_fails_inside_the_box_takes_both_calls_and_no_other() {
    for at in 1..4 {
        let (office, alice, bob, carol) = office();
        let (dave, erin) = (office.phone(104), office.phone(105));
        erin.is_registered();
        dave.dials("105");
        erin.answers().talks_to(&dave);
        alice.dials("102");
        bob.rings();
        office.injects_panic(at);
        carol.dials("**102");
        office.wait(secs(2));
        erin.talks_to(&dave);
        office.errors();
    }
}

#[test]
fn without_call_waiting_a_second_caller_finds_it_busy() {
    let office = Office::with(
        "
        101 Alice  phone
        102 Bob    phone, no call waiting
        103 Carol  phone
    ",
    );
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("102").shows("486");
    alice.hangs_up();
    bob.is_idle();
    carol.dials("102");
    bob.rings();
}

#[test]
fn f36_who_has_as_many_calls_as_allowed_is_busy_and_the_box_says_why() {
    let office = Office::with(
        "
        101 Alice  phone
        102 Bob    phone, at most 2 calls
        103 Carol  phone
        104 Dave   phone
        105 Erin   phone
    ",
    );
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    let (dave, erin) = (office.phone(104), office.phone(105));
    bob.is_registered();
    erin.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("102");
    bob.rings();
    // One rings, one is answered: that is all he may have.
    dave.dials("102").shows("486");
    office.wait(secs(1));
    let told = office.tells(3);
    assert!(told.contains("it takes 2 calls at once"), "{told}");
    // A forward for when he is busy takes it.
    office.reloads(|raw| {
        let to = Some("person 105".to_owned());
        raw.people[1].diversions.push(RawDiversion { kind: Some("busy".to_owned()), to, ..RawDiversion::default() });
    });
    dave.dials("102");
    erin.answers().talks_to(&dave);
    alice.hangs_up();
    bob.answers().talks_to(&carol);
    erin.hangs_up();
    dave.is_idle();
    dave.dials("102");
    bob.rings();
}

#[test]
fn with_call_waiting_a_second_call_rings_and_the_lamp_shows_both() {
    let (office, alice, bob, carol) = office();
    let dave = office.phone(104);
    dave.is_registered();
    dave.watches("102");
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("102");
    bob.rings();
    dave.shows_busy("102", &["rings from 103", "talks to 101"]);
}
