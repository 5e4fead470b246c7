//! Park: a call waits on a slot, and is fetched elsewhere, or goes back to who parked it.

use office::{Model, Office, Phone, Stage, expect, losing, secs};

use crate::two_trunks::office as outside;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phones 2, ring 15 s
    103 Carol  phone
    104 Dave   phone
";

/// Alice has called Bob, who has answered, on a phone of this model.
fn office(model: &str) -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102).as_model(model), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    (office, alice, bob, carol)
}

#[test]
fn f163_a_call_is_parked_by_a_blind_transfer_and_fetched_at_another_desk() {
    let (office, alice, bob, carol) = office("desk");
    carol.watches("*851").shows_idle("*851");
    bob.transfers_to("*88").hears_prompt("parked-on");
    bob.shows_party("*851");
    alice.hears("music");
    carol.shows_busy("*851", &["talks to 101"]);
    office.until("the parked call is shown", |world| {
        world.status.calls.iter().any(|call| call.state == "parked" && call.slot == Some(1))
    });
    bob.is_told(&[100, 200]).is_idle();
    office.wait(secs(60));
    carol.dials("*851").talks_to(&alice);
    carol.shows_party("101").shows_idle("*851");
    alice.shows_party("103").hangs_up();
    carol.is_idle();
    office.wait(secs(1));
    office.calls_are(expect![[r#"
        10:00 101 -> 102, 102a rang, 102a answered, 102 transfers to *88, 102 parks it on 1, 103 fetched it from 1, 103a answered: hung up after 0 s
        10:01 103 -> *851: picked up"#]]);
    assert!(office.tells(1).contains("102 parked the call on 1"), "{}", office.tells(1));
    assert!(office.tells(2).contains("103 fetched the call that was parked on 1"), "{}", office.tells(2));
}

#[test]
fn f163_who_held_when_parked_hears_music_once_they_listen_again() {
    let (_office, alice, bob, _carol) = office("desk");
    alice.holds();
    bob.transfers_to("*88").hears_prompt("parked-on");
    alice.resumes().hears("music");
}

#[test]
fn f163_a_call_is_parked_by_an_attended_transfer_after_the_slot_was_heard() {
    for is_reverse in [false, true] {
        let (office, alice, bob, carol) = office("desk");
        carol.watches("*851");
        bob.holds().dials("*88").hears_prompt("parked-on");
        // Nothing is parked there yet.
        carol.shows_idle("*851").dials("*851").hears_prompt("slot-empty").hears_the_end();
        if is_reverse {
            bob.connects_them_the_other_way()
        } else {
            bob.connects_them()
        };
        bob.is_idle();
        alice.hears("music");
        carol.shows_busy("*851", &["talks to 101"]).dials("*851").talks_to(&alice);
        alice.shows_party("103");
        carol.hangs_up();
        alice.is_idle();
        office.wait(secs(1));
        carol.shows_idle("*851").is_idle();
    }
}

#[test]
fn f163_every_kind_of_phone_parks_and_fetches() {
    for model in ["hangs-up-on-202", "never-hangs-up", "refers-unwatched", "no-update", "tcp", "delayed-offer"] {
        let (_office, alice, bob, carol) = office(model);
        let carol = carol.as_model(model);
        carol.is_registered();
        bob.transfers_to("*88");
        alice.hears("music");
        bob.is_idle();
        carol.dials("*851").talks_to(&alice);
        carol.hangs_up();
        alice.is_idle();
    }
}

#[test]
fn f163_after_two_minutes_the_call_rings_where_it_was_parked_and_the_display_says_so() {
    let (office, alice, bob, carol) = office("desk");
    carol.watches("*851");
    bob.transfers_to("*88").hears_prompt("parked-on").is_idle();
    office.wait(secs(110));
    bob.is_idle();
    office.wait(secs(9));
    bob.rings_as_from("Back from 1: Alice");
    carol.shows_idle("*851").dials("*851").hears_prompt("slot-empty").hears_the_end();
    alice.hears("ringback");
    bob.answers().talks_to(&alice);
    // Parked a second time, it has a name of its own again once somebody had it.
    bob.transfers_to("103");
    carol.rings_as_from("Alice").answers().talks_to(&alice);
    assert!(
        office.tells(1).contains("nobody fetched it from 1 in time; the call goes back to 102"),
        "{}",
        office.tells(1)
    );
}

#[test]
fn f163_a_caller_from_outside_is_parked_and_goes_back_to_who_parked_it() {
    let (office, one, _) = outside("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    one.calls("+49891234567", "+4930123451");
    alice.rings_from("0891234567").answers();
    one.is_at(Stage::Talks);
    alice.transfers_to("*88").hears_prompt("parked-on").is_idle();
    one.hears("music");
    office.wait(secs(118));
    alice.rings_as_from("Back from 1: 0891234567").answers();
    office.wait(secs(1));
    assert_eq!(office.status().calls[0].state, "talking");
    one.hangs_up();
    alice.is_idle();
}

/// A phone with a line for each slot and one more.
fn many() -> Model {
    Model { lines: 12, ..Model::named("desk") }
}

#[test]
fn f163_parked_calls_have_slots_of_their_own_and_the_tenth_stays_where_it_is() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101).changed(many()), office.phone(102).changed(many()));
    bob.is_registered();
    for slot in 1..=9 {
        alice.dials("102");
        bob.answers();
        bob.transfers_to("*88").hears_prompt("parked-on");
        office.until("each call has its slot", |world| {
            world.status.calls.iter().filter_map(|call| call.slot).eq(1..=slot)
        });
        office.wait(secs(3));
    }
    let carol = office.phone(103);
    carol.dials("*88").hears_prompt("no-slot-free").hears_the_end();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.transfers_to("*88").is_told(&[100, 486]).talks_to(&alice);
}

#[test]
fn f163_a_slot_is_free_again_when_its_party_hangs_up_or_loses_power() {
    for loses_power in [false, true] {
        let (office, alice, bob, carol) = office("desk");
        carol.watches("*851");
        bob.transfers_to("*88").hears_prompt("parked-on").is_idle();
        carol.shows_busy("*851", &["talks to 101"]);
        if loses_power {
            alice.loses_power()
        } else {
            alice.hangs_up()
        };
        office.wait(secs(if loses_power { 100 } else { 1 }));
        carol.shows_idle("*851").dials("*851").hears_prompt("slot-empty").hears_the_end();
        office.until("no call is left", |world| world.status.calls.is_empty());
    }
}

#[test]
fn f163_whoever_parked_may_hang_up_or_vanish_and_the_call_waits_on() {
    let (office, alice, bob, carol) = office("desk");
    bob.transfers_to("*88").hears_prompt("parked-on");
    bob.loses_power();
    office.wait(secs(30));
    alice.hears("music");
    carol.dials("*851").talks_to(&alice);
}

#[test]
fn f163_the_code_alone_tells_a_slot_and_gives_it_back() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.dials("*88").hears_prompt("parked-on");
    office.wait(secs(20));
    assert_eq!(office.status().calls.len(), 1);
    office.wait(secs(9));
    bob.hears_prompt("goodbye").is_idle();
    bob.dials("*88").hears_prompt("parked-on").hangs_up();
    office.wait(secs(1));
    bob.dials("*850").shows("404");
    bob.dials("*8510").shows("404");
}

#[test]
fn f163_nobody_is_sent_to_fetch_a_call_of_somebody_else() {
    let (_office, alice, bob, carol) = office("desk");
    bob.transfers_to("*88").is_idle();
    alice.hears("music");
    let dave = _office.phone(104);
    carol.dials("104");
    dave.answers().talks_to(&carol);
    dave.transfers_to("*851").is_told(&[]).talks_to(&carol);
    alice.hears("music");
}

#[test]
fn f163_a_call_that_two_fetch_at_once_is_had_by_one() {
    let (office, alice, bob, carol) = office("desk");
    let dave = office.phone(104);
    dave.is_registered();
    bob.transfers_to("*88").is_idle();
    carol.dials("*851");
    dave.dials("*851");
    office.wait(secs(1));
    let has = [&carol, &dave].map(|phone| phone.talks_now_to(&alice));
    assert_eq!(has.iter().filter(|has| **has).count(), 1, "{has:?}");
}

#[test]
fn f163_a_lossy_line_parks_and_fetches_all_the_same() {
    for seed in 0..6 {
        let office = Office::with(OFFICE).seed(seed);
        let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
        office.wire(102, losing(20));
        carol.is_registered();
        alice.dials("102");
        bob.answers().talks_to(&alice);
        bob.transfers_to("*88");
        office.wait(secs(20));
        carol.dials("*851").talks_to(&alice);
    }
}

#[test]
fn f163_a_step_that_fails_inside_the_box_leaves_the_slot_free() {
    for at in 1..4 {
        let (office, _alice, bob, carol) = office("desk");
        office.injects_panic(at);
        bob.transfers_to("*88");
        office.wait(secs(10));
        carol.dials("*851").hears_prompt("slot-empty");
        office.errors();
    }
}

#[test]
fn f163_a_parked_call_waits_on_when_the_box_moves() {
    let (office, alice, bob, carol) = office("desk");
    bob.transfers_to("*88").hears_prompt("parked-on").is_idle();
    office.moves_to(&["198.51.100.7"]);
    office.wait(secs(20));
    alice.hears("music");
    carol.registers();
    carol.dials("*851").talks_to(&alice);
}

#[test]
fn f163_who_waits_where_there_is_no_music_hears_a_tone() {
    let (office, alice, bob, carol) = office("desk");
    office.reloads(|raw| {
        raw.sites =
            vec![config::RawSite { name: Some("North".to_owned()), hold_music: Some(false), ..Default::default() }];
        raw.people[1].site = Some("North".to_owned());
    });
    bob.transfers_to("*88").hears_prompt("parked-on").is_idle();
    for _ in 0..3 {
        alice.hears("beep").hears("nothing");
    }
    carol.dials("*851").talks_to(&alice);
}
