//! What others see of who calls: a name in the office, a number outside, and why it is that one (F26).

use office::{Carrier, Office, Phone, Stage};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks::office;

const NUMBERS: &str = "
[[number]]
number = '+4930123452'
to = '102'
";

/// What whoever is called outside sees, now and as it was foretold: the story of the call says the same.
#[track_caller]
fn is_seen_as(office: &Office, one: &Carrier, phone: &Phone, from: &str, dials: &str, expected: (&str, &str)) {
    let question = Question { from: from.to_owned(), to: dials.to_owned(), ..Question::default() };
    let foretold = office.what_if(&question);
    let (_, seen_as) = foretold.seen_as.first_key_value().expect("the call goes out");
    let (number, why) = expected;
    let said = Language::English.words().seen_as(seen_as);
    assert!(said.contains(why), "{said}");
    phone.dials(dials);
    let called = dials.trim_start_matches("*67").trim_start_matches("*82");
    let called = called.strip_prefix("00").map_or_else(|| called.to_owned(), |rest| format!("+{rest}"));
    one.rings(&called).answers();
    phone.talks().hangs_up();
    one.is_at(Stage::Over(0));
    assert!(one.header("From").contains(&format!("sip:{number}@")), "{}", one.header("From"));
    office.last_story_says(&said);
}

#[test]
fn f26_an_extension_calls_under_the_number_that_is_chosen_for_it_and_the_story_says_why() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let office = office.with_rows(NUMBERS);
    let (alice, carol) = (office.phone(101), office.phone(103));
    let out = "+49891234567";
    let own = "sees +4930123451, the first number that leads to 101";
    is_seen_as(&office, &one, &alice, "101", out, ("+4930123451", own));
    is_seen_as(
        &office,
        &one,
        &carol,
        "103",
        out,
        ("+4930123450", "sees +4930123450, the trunk's number for who has none"),
    );
    office.reloads(|raw| {
        raw.people[0].caller_number = Some("+4930123452".to_owned());
        let number = Some("+4930123459".to_owned());
        raw.sites = vec![config::RawSite { name: Some("North".to_owned()), number, ..Default::default() }];
        raw.people[2].site = Some("North".to_owned());
    });
    is_seen_as(&office, &one, &alice, "101", out, ("+4930123452", "sees +4930123452, which is chosen for 101"));
    is_seen_as(&office, &one, &carol, "103", out, ("+4930123459", "sees +4930123459, the number of the site North"));
}

#[test]
fn f26_privacy_holds_unless_a_code_shows_the_number_and_calls_for_help_always_do() {
    let (office, one, _) = office("101 Alice phone, hides number\n102 Bob phone");
    office.reloads(|raw| raw.people[0].caller_number = Some("+4930123459".to_owned()));
    let alice = office.phone(101);
    let out = "+49891234567";
    let chosen = "whoever is called outside sees +4930123459, which is chosen for 101";
    is_seen_as(&office, &one, &alice, "101", out, ("anonymous", "hidden from whoever is called outside: it is set so"));
    is_seen_as(&office, &one, &alice, "101", &format!("*82{out}").replace('+', "00"), ("+4930123459", chosen));
    office.reloads(|raw| raw.people[0].hides_number = None);
    is_seen_as(&office, &one, &alice, "101", out, ("+4930123459", chosen));
    let hidden = ("anonymous", "hidden from whoever is called outside: its code was dialled");
    is_seen_as(&office, &one, &alice, "101", &format!("*67{out}").replace('+', "00"), hidden);
    office.reloads(|raw| raw.people[0].hides_number = Some(true));
    // Whoever is called back has to reach her: the chosen number leads elsewhere.
    let help = "whoever is called for help sees +4930123451, the first number that leads to 101, although it is set so";
    is_seen_as(&office, &one, &alice, "101", "112", ("+4930123451", help));
    assert_eq!(one.header("Privacy"), "");
}

#[test]
fn f26_a_colleague_sees_the_new_name_with_the_next_call() {
    let office = Office::with("101 Alice phone, calls as Reception\n102 Bob phone\n103 Carol phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    bob.rings_as_from("Reception").answers();
    alice.talks_to(&bob);
    office.reloads(|raw| raw.people[0].caller_name = Some("Welcome".to_owned()));
    alice.hangs_up();
    bob.is_idle();
    alice.dials("102");
    bob.rings_as_from("Welcome");
    alice.hangs_up();
    bob.is_idle();
    office.reloads(|raw| raw.people[0].caller_name = None);
    alice.dials("102");
    bob.rings_as_from("Alice");
    alice.hangs_up();
    bob.is_idle();
}

#[test]
fn f26_a_phone_is_told_its_label_when_it_registers() {
    let office = Office::with("101 Alice phone, label Reception\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.is_registered();
    assert_eq!((alice.label(), bob.label()), ("Reception".to_owned(), String::new()));
}
