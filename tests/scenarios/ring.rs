//! Ringing: all phones of an extension together, the first wins, the time ends.

use office::{Model, Office, expect, secs};

use crate::OFFICE;

#[test]
fn all_phones_of_an_extension_ring_and_the_first_gets_the_call() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    alice.dials("102").hears_ringback();
    bobs[0].rings_from("101");
    bobs[1].rings_from("101").answers().talks_to(&alice);
    bobs[0].is_idle().shows("answered elsewhere");
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102b rang, 102b answered"#]]);
}

#[test]
fn two_who_answer_at_once_leave_one_talking() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    alice.dials("102");
    bobs[0].rings();
    bobs[1].rings();
    bobs[1].answers();
    bobs[0].answers();
    bobs[1].talks_to(&alice);
    bobs[0].is_idle();
}

#[test]
fn f29_without_a_ring_time_phones_ring_until_the_caller_gives_up() {
    let office = Office::with("101 Alice phone\n103 Carol phone, ring 0 s");
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    office.wait(secs(170));
    carol.rings();
    alice.hangs_up();
    carol.is_idle();
    office.last_story_says("gave up");
    // Who forgets the handset beside its cradle does not ring for ever.
    alice.dials("103");
    carol.rings();
    office.wait(secs(182));
    carol.is_idle();
    alice.is_idle();
}

#[test]
fn an_unanswered_call_ends_when_the_ring_time_is_over() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.rings();
    office.wait(secs(9));
    carol.rings();
    office.wait(secs(2));
    carol.is_idle().shows("missed call");
    alice.is_idle().hears("congestion");
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang: unanswered"#]]);
}

#[test]
fn the_ring_time_is_the_extensions_own() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    alice.dials("102");
    bobs[0].rings();
    office.wait(secs(13));
    bobs[0].rings();
    office.wait(secs(3));
    bobs[0].is_idle();
    alice.is_idle();
}

#[test]
fn a_decline_on_one_phone_stops_the_other() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    alice.dials("102");
    bobs[1].rings();
    bobs[0].declines();
    bobs[1].is_idle();
    alice.is_idle().shows("603").hears("busy");
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, 102b rang: declined"#]]);
}

#[test]
fn a_busy_phone_leaves_the_other_ringing() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    let _busy = bobs[0].clone().as_model("do-not-disturb");
    alice.dials("102");
    bobs[1].rings().answers().talks_to(&alice);
}

#[test]
fn a_phone_that_is_switched_off_does_not_stop_the_other() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    bobs[0].is_registered().loses_power();
    alice.dials("102");
    bobs[1].rings().answers().talks_to(&alice);
}

#[test]
fn a_call_to_a_phone_that_just_lost_power_ends() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.is_registered().loses_power();
    alice.dials("103");
    office.wait(secs(11));
    alice.is_idle().shows("480");
    office.calls_are(expect![[r#"10:00 101 -> 103: offline"#]]);
}

#[test]
fn the_own_extension_rings_the_own_other_phone() {
    let office = Office::with(OFFICE);
    let bobs = office.phones(102);
    bobs[1].is_registered();
    bobs[0].dials("102");
    bobs[1].rings_from("102").answers().talks_to(&bobs[0]);
}

#[test]
fn a_phone_that_redirects_sends_the_call_on() {
    let office = Office::with(OFFICE);
    let (alice, bobs) = (office.phone(101), office.phones(102));
    let _carol = office.phone(103).as_model("redirects-to-102");
    alice.dials("103");
    bobs[0].rings_from("101").answers().talks_to(&alice);
}

#[test]
fn phones_that_redirect_to_each_other_do_not_go_round_for_ever() {
    let office = Office::with("101 A phone\n102 B phone\n103 C phone");
    let alice = office.phone(101);
    let _b = office.phone(102).as_model("redirects-to-103");
    let _c = office.phone(103).as_model("redirects-to-102");
    alice.dials("103").is_idle();
}

#[test]
fn a_busy_phone_beside_one_that_is_gone_is_busy() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    let phones = office.phones(102);
    let busy = phones[0].clone().as_model("do-not-disturb");
    busy.is_registered();
    phones[1].is_registered().loses_power();
    alice.dials("102");
    office.wait(secs(16));
    alice.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 102: busy"#]]);
}

#[test]
fn a_phone_that_redirects_beside_one_that_is_gone_sends_the_call_on() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let phones = office.phones(102);
    phones[0].clone().as_model("redirects-to-103").is_registered();
    phones[1].is_registered().loses_power();
    carol.is_registered();
    alice.dials("102");
    office.wait(secs(5));
    carol.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn a_caller_who_heard_an_early_voice_hears_ringing_when_it_ends() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    let phones = office.phones(102);
    let habits = Model { has_early_media: true, ..Model::named("busy-key") };
    let early = phones[0].clone().changed(habits);
    alice.dials("102");
    early.rings();
    phones[1].rings();
    office.wait(secs(1));
    early.declines();
    alice.hears_ringback();
    phones[1].answers().talks_to(&alice);
}
