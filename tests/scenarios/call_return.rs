//! Call return (`*69`): the box says who has called last, and calls them back by one key.

use crate::two_trunks;
use office::{Carrier, Office, Phone, Stage, secs};
use pbx::prompt::Arg;

const PEOPLE: &str = "
    101 Alice  phone
    102 Bob    phone
";

fn office() -> (Office, Phone, Phone) {
    let office = Office::with(PEOPLE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.is_registered();
    (office, alice, bob)
}

/// An office with trunks, and somebody outside who has called Alice from here in vain.
fn called_by(from: &str) -> (Office, Carrier, Phone) {
    let (office, one, _) = two_trunks::office(PEOPLE);
    let alice = office.phone(101);
    alice.is_registered();
    one.calls(from, "+4930123451");
    alice.rings().declines();
    (office, one, alice)
}

/// The number that is being said.
fn said(phone: &Phone) -> Option<String> {
    phone.prompt_args().into_iter().find_map(|(name, arg)| match arg {
        Arg::Digits(digits) if name == "number" => Some(digits),
        _ => None,
    })
}

#[test]
fn f166_69_says_who_called_last_and_1_calls_them() {
    let (office, alice, bob) = office();
    bob.dials("101");
    alice.rings();
    bob.hangs_up();
    alice.is_idle().dials("*69").hears_prompt("last-call-from");
    assert_eq!(said(&alice).as_deref(), Some("102"));
    assert!(alice.prompt_args().iter().any(|(name, arg)| name == "at" && matches!(arg, Arg::Moment { .. })));
    alice.hears_prompt("press-one-to-call-back").presses("1");
    bob.rings_from("101").answers().talks_to(&alice);
    bob.hangs_up();
    alice.is_idle();
    office.wait(secs(1));
    let told = office.tells(2);
    assert!(told.contains("102 is called back"), "{told}");
}

#[test]
fn f166_69_knows_callers_from_outside_after_a_restart_too() {
    let (office, one, alice) = called_by("+49891234567");
    office.wait(secs(1));
    office.restarts();
    alice.is_idle().dials("*69").hears_prompt("last-call-from");
    // As it is dialled here.
    assert_eq!(said(&alice).as_deref(), Some("0891234567"));
    alice.presses("1");
    one.rings("+49891234567").answers();
    one.is_at(Stage::Talks).hangs_up();
    alice.is_idle();
}

#[test]
fn f166_69_keeps_a_number_that_was_not_shown_and_offers_nothing() {
    let (_office, _one, alice) = called_by("anonymous");
    alice.dials("*69").hears_prompt("last-call-from-unknown");
    assert_eq!(said(&alice), None);
    alice.presses("1").hears_prompt("goodbye").hears_the_end();
}

#[test]
fn f166_69_is_told_that_nobody_has_called() {
    let (_office, alice, _bob) = office();
    alice.dials("*69").hears_prompt("nobody-called").hears_prompt("goodbye").hears_the_end();
}

#[test]
fn f166_69_calls_nobody_whom_the_phone_may_not_call() {
    let (office, _one, alice) = called_by("+49891234567");
    office.reloads(|raw| raw.people[0].permission = Some("internal".to_owned()));
    alice.is_idle().dials("*69").hears_prompt("last-call-from").presses("1");
    alice.hears_the_end();
    office.last_story_says("it is a national call, and 101 may make internal calls only");
}

#[test]
fn f166_69_without_a_key_is_said_twice_and_ends_and_another_key_ends_it_at_once() {
    let (office, alice, bob) = office();
    bob.dials("101");
    alice.rings();
    bob.hangs_up();
    alice.is_idle().dials("*69").hears_prompt("last-call-from").hears_prompt("press-one-to-call-back");
    for next in ["press-one-to-call-back", "goodbye"] {
        alice.hears("nothing");
        office.wait(secs(5));
        alice.hears_prompt(next);
    }
    alice.hears_the_end();
    alice.dials("*69").hears_prompt("last-call-from").presses("5").hears_prompt("goodbye").hears_the_end();
    bob.is_idle();
}

#[test]
fn f166_69_tells_nobody_whose_call_was_sent_there() {
    let (office, alice, bob) = office();
    bob.as_model("redirects-to-*69").is_registered();
    alice.dials("102").shows("403");
    office.last_story_says("a phone of 102 sent the call there");
}
