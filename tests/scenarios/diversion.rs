//! Calls that are sent on: who has done so is told to whom they reach, and nobody is sent round for ever.

use office::{Carrier, Office, Stage};
use pbx::trunks::Health;

const ONE: &str = "203.0.113.5:5060";

const ROWS: &str = r#"
[[trunk]]
name = "one"
server = "203.0.113.5"
way = "address"
[[number]]
number = "+4930123451"
to = "101"
[[number]]
number = "+4930123452"
to = "102"
[[route]]
name = "out"
trunks = ["one"]
"#;

fn office(text: &str) -> (Office, Carrier) {
    let office = Office::with(&format!("{text}\ncountry DE"));
    let one = office.carrier(ONE);
    let office = office.with_rows(ROWS);
    office.trunk_is("one", Health::Up, "");
    office.reloads(|raw| raw.people.iter_mut().for_each(|person| person.permission = Some("international".to_owned())));
    (office, one)
}

#[test]
fn a_phone_sees_which_colleague_has_sent_the_call_on() {
    let office = Office::with("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("redirects-to-103"));
    let carol = office.phone(103);
    bob.is_registered();
    carol.is_registered();
    alice.dials("102");
    carol.rings_from("101").shows_sent_on_by(&["102, unconditional"]).answers();
    alice.talks().hangs_up();
    office.last_story_says("the phone of 102 sends the call on to 103, as all calls there");
}

/// Trap 27.
#[test]
fn trap_27_what_was_sent_on_outside_says_so_inside_and_out_again() {
    let (office, one) = office("101 Alice phone\n102 Bob phone");
    let alice = office.phone(101);
    alice.is_registered();
    let more = "Diversion: <sip:+4989555@carrier.example>;reason=no-answer;counter=2\r\n";
    one.calls_with("<sip:+49891234567@carrier.example>", "+4930123451", more);
    alice.rings_from("0891234567").shows_sent_on_by(&["089555, no-answer"]).declines();
    office.last_story_says("sent on 2 times before it came in, last by 089555, because nobody answers there");
    let bob = office.phone(102).as_model("redirects-to-0033123456789");
    bob.is_registered();
    one.calls_with("<sip:+49891234567@carrier.example>", "+4930123452", more);
    one.rings("+33123456789");
    assert_eq!(
        one.header("Diversion"),
        "<sip:+4930123452@203.0.113.5>;reason=unconditional;counter=1, <sip:+4989555@203.0.113.5>;reason=no-answer;counter=2"
    );
    assert_eq!(
        one.header("History-Info"),
        "<sip:+4989555@203.0.113.5>;index=1, <sip:+4930123452@203.0.113.5;cause=408>;index=1.1;mp=1, \
         <sip:+33123456789@203.0.113.5;cause=302>;index=1.1.1;mp=1.1"
    );
    one.answers();
    one.hangs_up();
}

#[test]
fn a_call_that_was_sent_on_too_often_outside_is_not_sent_out_again() {
    let (office, one) = office("101 Alice phone\n102 Bob phone");
    let alice = office.phone(101).as_model("redirects-to-0033123456789");
    let bob = office.phone(102);
    alice.is_registered();
    bob.is_registered();
    for (more, is_sent_on) in [
        ("Diversion: <sip:+4989555@x>;counter=4\r\n", true),
        ("Diversion: <sip:+4989555@x>;counter=5\r\n", false),
        ("Diversion: <sip:1@x>, <sip:2@x>, <sip:3@x>, <sip:4@x>, <sip:5@x>\r\n", false),
    ] {
        one.calls_with("<sip:+49891234567@carrier.example>", "+4930123451", more);
        if is_sent_on {
            one.rings("+33123456789").answers();
            one.hangs_up();
        } else {
            one.is_at(Stage::Over(482));
        }
    }
    // It still rings where nobody sends it on.
    one.calls_with("<sip:+49891234567@carrier.example>", "+4930123452", "Diversion: <sip:+4989555@x>;counter=200\r\n");
    bob.rings_from("0891234567").declines();
}

#[test]
fn nobody_takes_a_phones_word_for_who_has_sent_a_call_on() {
    let (office, one) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101).as_model("claims-diversions"), office.phone(102));
    bob.is_registered();
    alice.dials("102");
    bob.rings_from("101").shows_sent_on_by(&[]).declines();
    alice.is_idle().dials("0891234567");
    one.rings("+49891234567");
    assert_eq!((one.header("Diversion"), one.header("History-Info")), (String::new(), String::new()));
    one.answers();
    alice.talks().hangs_up();
}
