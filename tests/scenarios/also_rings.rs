//! Other phones and mobiles that ring along (F41).

use office::{Carrier, Office, Stage, expect, secs};

use crate::two_trunks;

const MOBILE: &str = "+491705550100";

/// Alice's colleague Bob, whose default rule is this.
fn office(rule: &str) -> (Office, Carrier) {
    let text = "101 Alice phone\n102 Bob phone, voicemail, ring 25 s\n103 Carol phone";
    let (office, one, two) = two_trunks::office(text);
    drop(two);
    (office.with_rows(&format!("[[person]]\nextension = \"102\"\nrules = [{{ {rule} }}]")), one)
}

const WITH_MOBILE: &str = "also = [\"number 0170 5550100 after 5 s\"]";

#[test]
fn f41_a_mobile_rings_after_its_delay_and_has_the_call_by_pressing_1() {
    let (office, one) = office(WITH_MOBILE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102").hears_ringback();
    bob.rings_from("101");
    office.wait(secs(4));
    assert!(one.peer().calls.is_empty());
    office.wait(secs(2));
    one.rings(MOBILE).answers();
    one.hears_prompt("call-from-name");
    // The desk rings on while the mobile is asked.
    bob.rings();
    one.hears_prompt("press-one-to-take").presses('1');
    alice.talks();
    bob.is_idle().shows("answered elsewhere");
    one.is_at(Stage::Talks);
    alice.hangs_up();
    one.is_at(Stage::Over(0));
    office.calls_are(expect![[r#"10:00 101 -> 102, 102a rang, one rang, one answered: hung up after 0 s"#]]);
    assert!(office.tells(1).contains("answered, and is asked whether the call is taken"), "{}", office.tells(1));
}

#[test]
fn f41_the_mailbox_of_a_mobile_never_takes_the_call() {
    let (office, one) = office(WITH_MOBILE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    bob.rings();
    office.wait(secs(6));
    one.rings(MOBILE).answers();
    one.hears_prompt("press-one-to-take");
    office.wait(secs(16));
    one.is_at(Stage::Over(0));
    bob.rings();
    office.wait(secs(2));
    alice.hears_prompt("default-greeting").hangs_up();
    bob.is_idle();
    assert!(office.tells(1).contains("did not take the call"), "{}", office.tells(1));
}

#[test]
fn f41_whoever_presses_2_refuses_and_the_desk_rings_on() {
    let (office, one) = office(WITH_MOBILE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    office.wait(secs(6));
    one.rings(MOBILE).answers();
    one.hears_prompt("call-from-name").presses('2');
    one.is_at(Stage::Over(0));
    bob.rings().answers().talks_to(&alice);
}

#[test]
fn f41_the_desk_that_answers_first_ends_the_other_calls() {
    let (office, one) = office("also = [\"number 0170 5550100\", \"phone 103\"]");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.rings();
    carol.rings_from("101");
    one.rings(MOBILE);
    bob.answers().talks_to(&alice);
    carol.is_idle().shows("answered elsewhere");
    one.is_at(Stage::Over(487));
}

#[test]
fn f41_a_busy_mobile_leaves_the_desk_ringing_and_a_refusal_at_the_desk_ends_all() {
    let (office, one) = office("also = [\"number 0170 5550100\", \"number 0170 5550101 after 20 s\"]");
    one.set(|peer| {
        peer.refuses.insert(MOBILE.to_owned(), 486);
    });
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102");
    bob.rings();
    office.wait(secs(2));
    bob.rings().declines();
    alice.hears_prompt("default-greeting");
    office.wait(secs(20));
    let told = office.tells(1);
    assert!(told.contains("refused with status 486") && !told.contains("0101 is called"), "{told}");
}

#[test]
fn f41_without_a_desk_that_rings_the_mobile_need_not_wait() {
    let (office, one) = office("also = [\"number 0170 5550100 after 20 s at once\"]");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered().signs_off();
    alice.dials("102");
    one.rings(MOBILE).answers();
    alice.talks().hangs_up();
}

#[test]
fn f42_the_own_phones_may_stay_silent() {
    let (office, one) = office("away = true, also = [\"number 0170 5550100\"]");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    one.rings(MOBILE);
    bob.is_idle();
    office.wait(secs(26));
    alice.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f41_a_caller_who_gives_up_leaves_nothing_behind() {
    let (office, one) = office(WITH_MOBILE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    office.wait(secs(6));
    one.rings(MOBILE).answers();
    one.hears_prompt("call-from-name");
    alice.hangs_up();
    bob.is_idle();
    one.is_at(Stage::Over(0));
}

#[test]
fn f41_phones_that_ring_for_a_call_that_is_passed_on_keep_their_delays() {
    let (office, one) = office(WITH_MOBILE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let bob = office.phone(102);
    bob.is_registered();
    carol.is_registered();
    carol.dials("101");
    alice.answers().talks_to(&carol);
    alice.dials("102");
    bob.rings();
    alice.connects_them();
    office.wait(secs(6));
    one.rings(MOBILE).answers();
    one.hears_prompt("press-one-to-take").presses('1');
    carol.talks();
}
