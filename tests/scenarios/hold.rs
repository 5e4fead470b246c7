//! Hold in every way phones say it, by either side, and back.

use office::{Office, Stage, expect, secs};

use crate::OFFICE;
use crate::two_trunks::office as outside;

/// Every way to hold and to take back.
const STYLES: [&str; 5] = ["desk", "inactive-hold", "old-hold", "resumes-without-sdp", "tcp"];

#[test]
fn the_caller_holds_and_resumes_in_every_style() {
    for style in STYLES {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(style), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.holds().is_on_hold();
        carol.is_kept_waiting();
        alice.resumes().talks_to(&carol);
    }
}

#[test]
fn the_callee_holds_and_resumes_in_every_style() {
    for style in STYLES {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103).as_model(style));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        carol.holds().is_on_hold();
        alice.is_kept_waiting();
        carol.resumes().talks_to(&alice);
    }
}

#[test]
fn both_sides_hold_and_resume_in_any_order() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    carol.holds().is_on_hold();
    alice.resumes().is_kept_waiting();
    carol.resumes().talks_to(&alice);
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered, held, held, resumed, resumed"#]]);
}

#[test]
fn both_sides_hold_at_the_same_moment() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.presses_hold();
    carol.presses_hold();
    office.wait(secs(5));
    alice.is_on_hold().resumes();
    carol.is_on_hold().resumes().talks_to(&alice);
}

#[test]
fn a_call_that_is_held_again_stays_held() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101).as_model("old-hold"), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    alice.presses_hold();
    office.wait(secs(3));
    carol.is_kept_waiting();
    alice.resumes().talks_to(&carol);
}

#[test]
fn a_held_call_stays_up_for_an_hour() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    office.wait(secs(3600));
    carol.is_kept_waiting();
    alice.resumes().talks_to(&carol);
}

#[test]
fn the_party_on_hold_hangs_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    carol.hangs_up();
    alice.is_idle();
}

#[test]
fn the_party_that_holds_hangs_up() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("old-hold"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.holds().hangs_up();
    alice.is_idle();
}

#[test]
fn hold_works_on_a_line_that_loses_a_fifth() {
    let office = Office::with(OFFICE).seed(11);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wire(101, office::losing(20));
    for _ in 0..5 {
        alice.presses_hold();
        office.wait(secs(20));
        alice.is_on_hold();
        carol.is_kept_waiting();
        alice.resumes();
        office.wait(secs(20));
        alice.talks_to(&carol);
    }
}

#[test]
fn f163_music_is_heard_by_who_is_held_until_taken_back_and_by_nobody_else() {
    for style in STYLES {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(style), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        for _ in 0..2 {
            alice.holds().is_on_hold().hears("nothing");
            carol.hears("music");
            alice.resumes().talks_to(&carol);
        }
        alice.holds();
        carol.hears("music").hangs_up();
        alice.is_idle();
    }
}

#[test]
fn f163_music_goes_on_for_as_long_as_somebody_is_held() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.holds();
    office.wait(secs(1800));
    alice.hears("music");
    carol.resumes().talks_to(&alice);
}

#[test]
fn f163_music_ends_where_both_hold_and_begins_for_who_takes_back_first() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    carol.hears("music").holds().is_on_hold();
    alice.resumes().hears("music");
    carol.resumes().talks_to(&alice);
}

#[test]
fn f163_music_ends_with_a_transfer_and_begins_again_where_it_comes_back() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.holds();
    alice.hears("music");
    bob.transfers_to("103");
    carol.rings_from("101");
    alice.hears("ringback");
    carol.declines();
    alice.hears("music");
    bob.resumes().talks_to(&alice);
    bob.holds().dials("103");
    carol.answers().talks_to(&bob);
    alice.hears("music");
    bob.connects_them();
    alice.talks_to(&carol);
    bob.is_idle();
}

#[test]
fn f163_music_is_as_the_site_has_it_of_who_holds() {
    let office = Office::with(OFFICE);
    office.reloads(|raw| {
        raw.sites =
            vec![config::RawSite { name: Some("North".to_owned()), hold_music: Some(false), ..Default::default() }];
        raw.people[0].site = Some("North".to_owned());
    });
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    alice.holds();
    office.wait(secs(5));
    carol.hears("nothing");
    alice.resumes().talks_to(&carol);
    carol.holds();
    alice.hears("music");
}

#[test]
fn f163_music_is_heard_outside_too_by_who_is_held() {
    let (office, one, _) = outside("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    one.calls("+49891234567", "+4930123451");
    alice.rings_from("0891234567").answers();
    one.is_at(Stage::Talks);
    one.hears("");
    alice.holds();
    one.hears("music");
    alice.resumes();
    one.hears("").hangs_up();
    alice.is_idle();
}

#[test]
fn f163_a_device_that_only_speaks_is_heard_and_holds_nobody() {
    let office = Office::with(OFFICE);
    let (alice, player) = (office.phone(101), office.phone(103).as_model("only-speaks"));
    player.is_registered();
    alice.dials("103");
    player.answers();
    office.wait(secs(5));
    alice.hears("103a").hangs_up();
    player.is_idle();
}
