//! Call completion: whoever called a colleague in vain is called back when that one is free.

use office::{Office, Phone, expect, minutes, secs};

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone, ring 10 s, no call waiting
    103 Carol  phone
    104 Dave   phones 2, ring 10 s, voicemail
    105 Erin   phone
    106 Frank  phone
    107 Grace  phone
";

/// Bob talks to Carol, and Alice finds him busy.
fn busy() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    carol.dials("102");
    bob.answers().talks_to(&carol);
    alice.dials("102").shows("486");
    (office, alice, bob, carol)
}

#[test]
fn f95_who_was_busy_is_called_as_soon_as_he_is_free() {
    let (office, alice, bob, carol) = busy();
    alice.dials("*66").hears_prompt("completion-set").hears_prompt("goodbye").is_idle();
    office.wait(minutes(10));
    alice.is_idle();
    carol.hangs_up();
    bob.is_idle();
    office.wait(secs(2));
    alice.is_idle();
    alice.rings_as_from("Call back: Bob");
    bob.is_idle();
    alice.answers().hears("ringback");
    bob.rings_from("101").answers().talks_to(&alice);
    alice.shows_party("102").hangs_up();
    bob.is_idle();
    office.wait(secs(1));
    office.calls_are(expect![[r#"
        10:00 103 -> 102, 102a rang, 102a answered: hung up after 604 s
        10:00 101 -> 102: busy
        10:00 101 -> *66, the box answered: hung up after 4 s
        10:10 101 -> 102, 101a rang, 101a answered, 102a rang, 102a answered: hung up after 0 s"#]]);
    assert!(
        office.tells(4).contains("101 wanted to be called back when 102 is free, and now it is"),
        "{}",
        office.tells(4)
    );
    // Once is enough.
    office.wait(minutes(70));
    alice.is_idle();
}

#[test]
fn f95_who_did_not_answer_is_called_when_he_has_been_at_his_phone() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.dials("102");
    bob.rings();
    office.wait(secs(11));
    alice.is_idle();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    office.wait(minutes(20));
    alice.is_idle();
    bob.dials("103");
    carol.answers().talks_to(&bob);
    office.wait(minutes(5));
    alice.is_idle();
    bob.hangs_up();
    alice.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&alice);
}

#[test]
fn f95_who_left_a_message_and_who_gave_up_may_be_called_back_too() {
    let office = Office::with(OFFICE);
    let (alice, dave, carol) = (office.phone(101), office.phones(104), office.phone(103));
    dave[1].is_registered();
    alice.dials("104");
    dave[0].rings();
    office.wait(secs(10));
    alice.hears_prompt("default-greeting").hangs_up();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    dave[0].dials("103");
    carol.answers();
    carol.hangs_up();
    alice.rings_as_from("Call back: Dave").answers();
    dave[0].rings();
    dave[1].answers().talks_to(&alice);
}

#[test]
fn f95_whoever_is_in_a_call_is_called_back_after_it() {
    let (office, alice, bob, carol) = busy();
    let erin = office.phone(105);
    alice.dials("*66").hears_the_end();
    alice.dials("105");
    erin.answers().talks_to(&alice);
    carol.hangs_up();
    bob.is_idle();
    office.wait(minutes(2));
    alice.talks_to(&erin).hangs_up();
    alice.rings_as_from("Call back: Bob").declines();
    office.wait(minutes(5));
    alice.is_idle();
    bob.is_idle();
    office.wait(secs(1));
    assert!(office.tells(5).contains("101 was called back for 102: "), "{}", office.tells(5));
}

#[test]
fn f95_who_does_not_answer_the_call_back_has_had_it() {
    let (office, alice, bob, carol) = busy();
    alice.dials("*66").hears_the_end();
    carol.hangs_up();
    alice.rings_as_from("Call back: Bob");
    office.wait(secs(22));
    alice.is_idle();
    office.wait(minutes(5));
    alice.is_idle();
    bob.is_idle();
}

#[test]
fn f95_it_is_cancelled_by_code_and_ends_after_an_hour() {
    let (office, alice, bob, carol) = busy();
    alice.dials("*86").hears_prompt("no-completions").hears_the_end();
    // That has forgotten the call, too.
    alice.dials("*66").hears_prompt("no-call-to-complete").hears_the_end();
    alice.dials("102").shows("486");
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    alice.dials("*86").hears_prompt("completions-cancelled").hears_the_end();
    alice.dials("102").shows("486");
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    office.wait(minutes(61));
    carol.hangs_up();
    bob.is_idle();
    office.wait(minutes(1));
    alice.is_idle();
}

#[test]
fn f95_a_call_that_was_answered_leaves_nothing_to_complete() {
    let (office, alice, bob, carol) = busy();
    carol.hangs_up();
    bob.is_idle();
    alice.dials("102");
    bob.answers().talks_to(&alice).hangs_up();
    alice.dials("*66").hears_prompt("no-call-to-complete").hears_the_end();
    alice.dials("199").shows("404");
    alice.dials("*66").hears_prompt("no-call-to-complete").hears_the_end();
    office.wait(secs(1));
}

#[test]
fn f95_wishes_survive_a_restart() {
    let (office, alice, bob, carol) = busy();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    office.wait(secs(1));
    office.restarts();
    bob.hangs_up();
    carol.hangs_up();
    alice.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&alice);
}

#[test]
fn f95_a_colleague_whose_phone_is_away_is_waited_for() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.loses_power();
    office.wait(minutes(6));
    alice.dials("102").shows("480");
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    office.wait(minutes(20));
    alice.is_idle();
    bob.comes_back().is_registered();
    alice.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&alice);
}

#[test]
fn f95_one_caller_waits_for_five_at_most() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    for number in [102, 103, 105, 106, 107] {
        office.phone(number).loses_power();
    }
    office.phones(104).iter().for_each(|phone| _ = phone.loses_power());
    office.wait(minutes(6));
    for number in ["102", "103", "105", "106"] {
        alice.dials(number).shows("480");
        alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    }
    alice.dials("104").hears_prompt("default-greeting").hangs_up();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    alice.dials("107").shows("480");
    alice.dials("*66").hears_prompt("too-many-completions").hears_the_end();
}

#[test]
fn f95_two_who_wait_for_the_same_one_are_called_one_after_the_other() {
    let (office, alice, bob, carol) = busy();
    let erin = office.phone(105);
    alice.dials("*66").hears_the_end();
    erin.dials("102").shows("486");
    erin.dials("*66").hears_the_end();
    carol.hangs_up();
    alice.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&alice);
    bob.hangs_up();
    erin.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&erin);
}

#[test]
fn f95_a_step_that_fails_inside_the_box_ends_the_call_back_only() {
    for at in 1..4 {
        let (office, alice, bob, carol) = busy();
        let (erin, frank) = (office.phone(105), office.phone(106));
        erin.dials("106");
        frank.answers().talks_to(&erin);
        alice.dials("*66").hears_the_end();
        carol.hangs_up();
        bob.is_idle();
        office.injects_panic(at);
        office.wait(secs(30));
        erin.talks_to(&frank);
        office.errors();
    }
}

#[test]
fn f95_the_page_shows_who_waits_for_whom_and_ends_it() {
    let (office, alice, bob, carol) = busy();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    office.until("the wish is shown, for an hour", |world| {
        let wishes = world.status.wishes.iter();
        let shown: Vec<_> = wishes.map(|wish| (wish.caller.as_str(), wish.target.as_str(), wish.until)).collect();
        matches!(shown[..], [("101", "102", until)] if until > world.wall() + minutes(59))
    });
    assert!(!office.ends_wish("102", "101") && office.ends_wish("101", "102") && !office.ends_wish("101", "102"));
    office.until("no wish is shown", |world| world.status.wishes.is_empty());
    carol.hangs_up();
    bob.is_idle();
    office.wait(minutes(1));
    alice.is_idle();
}
