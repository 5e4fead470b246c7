//! Authorization codes: a call that its extension may not make is let out by a code, for whoever may use it, and for nobody else (F162).

use office::{Carrier, Office, Phone, Stage, minutes, secs};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks;

/// A number that nobody here may call by themselves, as it is dialled, and in full.
const PARIS: (&str, &str) = ("0033123456789", "+33123456789");

/// Everybody calls within the country. One code opens other countries to all, one premium numbers to Bob, and one is switched off.
fn office() -> (Office, Carrier, Carrier) {
    let (office, one, two) = two_trunks::office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let row = |name: &str, pin: &str, more: &str| {
        let hash = office::text::pin_hash(pin);
        format!("[[authorization]]\nname = \"{name}\"\npin_hash = \"{}\"\n{more}\n", hash.expose())
    };
    let rows = row("Abroad", "7391", "")
        + &row("Hotline", "580264", "permission = \"premium\"\nextensions = [\"102\"]")
        + &row("Cleaners", "194725", "permission = \"premium\"\nenabled = false");
    (office.with_rows(&rows), one, two)
}

/// Dials the number abroad and is asked.
#[track_caller]
fn asked(phone: &Phone) -> &Phone {
    phone.dials(PARIS.0).hears_prompt("enter-code")
}

#[test]
fn f162_a_code_lets_a_call_out_and_the_story_names_it() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    asked(&alice).presses("7391#");
    one.rings(PARIS.1);
    alice.hears("ringback");
    one.answers();
    alice.talks().hangs_up();
    office.last_story_says("101 keyed the code Abroad, which lets the call out");
    let story = office.story(1);
    assert!(!story.contains("7391"), "the digits are nowhere: {story}");
}

#[test]
fn f162_a_wrong_code_is_asked_for_again_three_times() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    asked(&alice).presses("1111#").hears_prompt("wrong-code").hears_prompt("enter-code").presses("7391#");
    one.rings(PARIS.1).answers();
    alice.talks().hangs_up();
    asked(&alice).presses("1111#").hears_prompt("wrong-code").presses("2222#").hears_prompt("wrong-code");
    alice.presses("3333#").hears_prompt("wrong-code").hears_prompt("too-many-tries").hears_prompt("call-not-allowed");
    alice.hears_prompt("goodbye").is_idle();
    office.last_story_says("101 keyed a wrong authorization code");
    office.until("the refusal is counted", |world| world.status.tolls[0].refused == 1);
    assert_eq!(one.peer().calls.len(), 1);
}

#[test]
fn f162_codes_of_others_that_are_off_or_reach_less_far_are_as_wrong_as_any() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    asked(&alice)
        .presses("580264#")
        .hears_prompt("wrong-code")
        .presses("194725#")
        .hears_prompt("wrong-code")
        .hangs_up();
    bob.dials("09001234567").hears_prompt("enter-code").presses("7391#").hears_prompt("wrong-code").presses("580264#");
    one.rings("+499001234567").answers();
    bob.talks().hangs_up();
    // Where no code of hers opens the call, nothing is asked.
    alice.dials("09001234567").shows("403").is_idle();
    office.last_story_says("101 may make national calls only");
}

#[test]
fn f162_five_wrong_codes_lock_the_extension_for_a_quarter_of_an_hour_and_no_other() {
    let (office, one, _) = office();
    let (alice, bob) = (office.phone(101), office.phone(102));
    for _ in 0..2 {
        asked(&alice)
            .presses("1111#")
            .hears_prompt("wrong-code")
            .presses("2222#")
            .hears_prompt("wrong-code")
            .hangs_up();
    }
    asked(&alice)
        .presses("3333#")
        .hears_prompt("codes-locked")
        .hears_prompt("call-not-allowed")
        .hears_prompt("goodbye");
    alice.is_idle();
    assert!(
        office.alerts().iter().any(|alert| alert.contains("101 may key no authorization code")),
        "{:?}",
        office.alerts()
    );
    alice.dials(PARIS.0).hears_prompt("codes-locked").hears_prompt("goodbye").is_idle();
    asked(&bob).presses("7391#");
    one.rings(PARIS.1).answers();
    bob.talks().hangs_up();
    office.wait(minutes(16));
    asked(&alice).presses("7391#");
    one.rings(PARIS.1).answers();
    alice.talks().hangs_up();
}

#[test]
fn f162_hanging_up_makes_no_guess_free() {
    let (office, _, _) = office();
    let alice = office.phone(101);
    for _ in 0..5 {
        asked(&alice).presses("1111#").hangs_up();
        alice.is_idle();
    }
    alice.dials(PARIS.0).hears_prompt("codes-locked").hears_prompt("goodbye").is_idle();
}

#[test]
fn f162_who_has_one_code_does_not_guess_others_without_end() {
    let (office, one, _) = office();
    let alice = office.phone(101);
    for _ in 0..2 {
        for _ in 0..2 {
            asked(&alice).presses("1111#").hears_prompt("wrong-code").hangs_up();
            alice.is_idle();
        }
        asked(&alice).presses("7391#");
        one.rings(PARIS.1).answers();
        alice.talks().hangs_up();
        one.is_at(Stage::Over(0));
    }
    asked(&alice).presses("1111#").hears_prompt("codes-locked").hangs_up();
}

#[test]
fn f162_a_code_opens_the_night_and_no_limit_of_the_toll_guard() {
    let (office, one, _) = office();
    office.reloads(|raw| {
        raw.office.outside_night = Some("09:00-11:00".to_owned());
        raw.people[0].permission = Some("premium".to_owned());
        raw.people[0].outside_per_hour = Some(1);
    });
    let alice = office.phone(101);
    asked(&alice).presses("7391#");
    one.rings(PARIS.1).answers();
    alice.talks().hangs_up();
    alice.dials(PARIS.0).shows("403").is_idle();
    office.last_story_says("101 has begun 1 calls to the outside within an hour");
    assert_eq!(one.peer().calls.len(), 1);
}

#[test]
fn f162_nobody_is_asked_for_help_for_a_transfer_or_for_a_diversion() {
    let (office, one, _) = office();
    let office = office.with_rows(
        "[[person]]\nextension = \"103\"\ndiversions = [{ kind = \"always\", to = \"number 0033123456789\" }]\n",
    );
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("112");
    one.rings("112").answers();
    alice.talks().hangs_up();
    bob.is_registered();
    alice.dials("103");
    office.wait(secs(5));
    alice.is_idle();
    office.last_story_says("103 may make national calls only");
    alice.dials("102");
    bob.answers().talks_to(&alice);
    bob.transfers_to(PARIS.0);
    office.wait(secs(2));
    bob.talks_to(&alice);
    alice.hangs_up();
    assert_eq!(one.peer().calls.len(), 1);
}

#[test]
fn f162_what_if_says_that_a_code_is_asked_for() {
    let (office, _, _) = office();
    let asked = Question { from: "101".to_owned(), to: PARIS.0.to_owned(), ..Question::default() };
    let said = Language::English.words().foretold(&office.what_if(&asked).told(None));
    assert!(
        said.contains("ask 101 for an authorization code, which the international call to +33123456789 needs"),
        "{said}"
    );
}
