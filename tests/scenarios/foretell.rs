//! `*614`: the box says what would become of a call from outside (F162), as the page does (F168).

use office::{Office, Phone};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::own_line::is_told;
use crate::two_trunks;

/// Alice may see the call flow, Bob may not; each has a number.
fn office() -> Office {
    let (office, _, _) = two_trunks::office("101 Alice phone\n102 Bob phone, voicemail\n103 Carol phone");
    let office = office.with_rows("[[number]]\nnumber = \"+4930123452\"\nto = \"102\"");
    office.reloads(|raw| raw.people[0].role = Some("admin".to_owned()));
    office
}

/// Asks for a call to this number; who calls and when is keyed with the `#`.
#[track_caller]
fn asks<'p>(phone: &'p Phone, to: &str, from: &str, at: &str) -> &'p Phone {
    phone.dials(&format!("*614{to}")).hears_prompt("enter-caller").presses(from);
    phone.hears_prompt("enter-moment").presses(at)
}

/// The same of the box without a phone.
fn question() -> Question {
    Question { from: "040999".to_owned(), to: "030123452".to_owned(), ..Question::default() }
}

fn now(office: &Office) -> String {
    office.what_if(&question()).local.strftime("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn f168_the_box_says_what_would_become_of_a_call_and_the_story_has_why() {
    let office = office();
    let alice = office.phone(101);
    let now = now(&office);
    is_told(
        &office,
        asks(&alice, "030123452", "040999#", "#"),
        &[
            ("foretold", &format!("040999 030123452 {now}")),
            ("foretold-rings", "102"),
            ("foretold-unanswered", ""),
            ("foretold-mailbox", "102"),
            ("goodbye", ""),
        ],
    );
    let told = Language::English.words().foretold(&office.what_if(&question()).told(None));
    assert!(told.contains("ring 102"), "{told}");
    let story = office.tells(1);
    assert!(story.contains("was told of a call from 040999 to 030123452 on"), "{story}");
    assert!(story.contains(&told) && story.contains("102 is the extension of Bob"), "{told} is not in\n{story}");
}

#[test]
fn f168_a_call_at_another_moment_without_a_number() {
    let office = office();
    office.reloads(|raw| raw.office.anonymous_hear = Some("refused".to_owned()));
    let alice = office.phone(101);
    is_told(
        &office,
        asks(&alice, "030123452", "#", "12241730#"),
        &[("foretold-anonymous", "030123452 2026-12-24 17:30"), ("foretold-no-number", ""), ("foretold-refused", "")],
    );
}

#[test]
fn f168_a_moment_that_no_clock_shows_is_asked_for_again_three_times() {
    let office = office();
    let alice = office.phone(101);
    asks(&alice, "030123452", "#", "1335#").hears_prompt("no-such-moment").presses("02300900#");
    alice.hears_prompt("no-such-moment").presses("9#").hears_prompt("no-such-moment").hears_prompt("too-many-tries");
    alice.hears_prompt("goodbye").hears_the_end();
}

#[test]
fn f168_who_may_not_see_the_call_flow_hears_of_calls_to_their_own_number_alone() {
    let office = office();
    let bob = office.phone(102);
    asks(&bob, "030123451", "#", "#").hears_prompt("foretold-not-yours").hears_prompt("goodbye").hears_the_end();
    let now = now(&office);
    let own = asks(&bob, "030123452", "040999#", "#");
    is_told(&office, own, &[("foretold", &format!("040999 030123452 {now}")), ("foretold-rings", "102")]);
    // What comes behind their own rules is no matter of theirs.
    office.phone(102).dials("*72103").hears_the_end();
    let own = asks(&bob, "030123452", "040999#", "#");
    is_told(&office, own, &[("foretold-forwards", "102"), ("foretold-beyond", "103")]);
}

#[test]
fn f168_nobody_is_sent_on_there() {
    let office = office();
    let _alice = office.phone(101).as_model("redirects-to-*614030123452");
    let carol = office.phone(103);
    carol.dials("101").shows("403").is_idle();
    office.last_story_says("a phone of 101 sent the call there");
}
