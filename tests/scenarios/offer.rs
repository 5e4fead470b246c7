//! The question to whoever calls a colleague in vain: whether to be called back.

use office::{Office, Phone, minutes, secs};

const OFFERED: &str = "
    101 Alice  phone, offers, pin 739116
    102 Bob    phone, ring 10 s, no call waiting, offers
    103 Carol  phone
    104 Dave   phone, ring 10 s, voicemail, offers
    106 Frank  phone, ring 10 s, offers
";

/// Bob talks to Carol, and Alice, who is offered to be called back, finds him busy.
fn asked() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFERED);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    carol.dials("102");
    bob.answers().talks_to(&carol);
    alice.dials("102").hears_prompt("press-six-for-call-back");
    (office, alice, bob, carol)
}

#[test]
fn f95_who_finds_a_colleague_busy_presses_6_and_is_called_back() {
    let (office, alice, bob, carol) = asked();
    alice.presses("6").hears_prompt("completion-set").hears_prompt("goodbye").is_idle();
    office.wait(minutes(5));
    carol.hangs_up();
    alice.rings_as_from("Call back: Bob").answers();
    bob.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
    office.wait(secs(1));
    assert!(office.tells(2).contains("102: busy; 101 wants to be called back"), "{}", office.tells(2));
    assert!(office.tells(2).contains("101 wants to be asked"), "{}", office.tells(2));
}

#[test]
fn f95_the_key_is_about_whom_the_question_was_although_another_phone_calls_in_vain_meanwhile() {
    let office = Office::with(OFFERED);
    let (alice, other) = (office.phone(101), office.another_device(101));
    let (bob, carol) = (office.phone(102), office.phone(103));
    bob.is_registered();
    other.is_registered();
    carol.dials("102");
    bob.answers().talks_to(&carol);
    alice.dials("102").hears_prompt("press-six-for-call-back");
    // Frank has no phone that could be reached.
    other.dials("106");
    office.wait(secs(2));
    alice.presses("6").hears_prompt("completion-set");
    office.until("101 waits for 102", |world| {
        let wishes = world.status.wishes.iter().map(|wish| (wish.caller.as_str(), wish.target.as_str()));
        wishes.eq([("101", "102")])
    });
}

#[test]
fn f95_without_the_key_it_goes_on_as_before_after_six_seconds() {
    let (office, alice, bob, carol) = asked();
    office.wait(secs(6));
    alice.hears("busy");
    office.wait(secs(12));
    alice.is_idle();
    assert!(office.tells(2).contains("102: busy; 101 was offered to be called back"), "{}", office.tells(2));
    carol.hangs_up();
    bob.is_idle();
    office.wait(minutes(2));
    alice.is_idle();
}

#[test]
fn f95_the_mailbox_comes_after_the_offer() {
    let office = Office::with(OFFERED);
    let (alice, dave, carol) = (office.phone(101), office.phone(104), office.phone(103));
    dave.is_registered();
    alice.dials("104");
    dave.rings();
    office.wait(secs(10));
    alice.hears_prompt("press-six-for-call-back");
    office.wait(secs(6));
    alice.hears_prompt("default-greeting").hangs_up();
    alice.dials("104");
    office.wait(secs(11));
    // Another key is an answer too: nobody has to wait.
    alice.hears_prompt("press-six-for-call-back").presses("1").hears_prompt("default-greeting").hangs_up();
    alice.dials("104");
    office.wait(secs(11));
    alice.hears_prompt("press-six-for-call-back").presses("6").hears_prompt("completion-set").hears_the_end();
    dave.dials("103");
    carol.answers().talks_to(&dave).hangs_up();
    alice.rings_as_from("Call back: Dave").answers();
    dave.rings().answers().talks_to(&alice);
}

#[test]
fn f95_who_hangs_up_during_the_offer_may_dial_the_code_later() {
    let (office, alice, bob, carol) = asked();
    alice.hangs_up();
    alice.dials("*66").hears_prompt("completion-set").hears_the_end();
    carol.hangs_up();
    alice.rings_as_from("Call back: Bob").answers();
    bob.answers().talks_to(&alice);
    office.wait(secs(1));
}

#[test]
fn f95_offers_are_switched_off_and_on_by_code_and_shown_on_a_key() {
    let (office, alice, _, _) = asked();
    alice.hangs_up();
    alice.watches("*84").shows_busy("*84", &["talks to *84"]);
    alice.dials("*84").hears_prompt("completion-offers-off").hears_the_end();
    alice.shows_idle("*84").dials("102").shows("486");
    alice.dials("*84").hears_prompt("completion-offers-on").hears_the_end();
    alice.shows_busy("*84", &["talks to *84"]);
    alice.dials("102").hears_prompt("press-six-for-call-back").hangs_up();
    office.wait(secs(1));
}

#[test]
fn f95_only_whoever_dials_a_colleague_is_offered_to_be_called_back() {
    let office = Office::with(OFFERED);
    let (alice, bob, carol, dave) = (office.phone(101), office.phone(102), office.phone(103), office.phone(104));
    bob.is_registered();
    // Carol does not want to be asked.
    dave.dials("102");
    bob.answers().talks_to(&dave);
    carol.dials("102").shows("486");
    // Whose call is sent on has not dialled the one who is busy.
    alice.dials("*72102").hears_prompt("forward-always-on").hears_the_end();
    office.phone(106).dials("101").shows("486");
}
