//! What people let the box do with their calls, as callers and phones see it.

use office::{Office, Stage, expect, secs};
use pbx::trunks::Health;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone, voicemail
    103 Carol  phone, ring 10 s
    104 Dave   phone, voicemail
    country DE
";

const GROUPS: &str = r#"
[[time_group]]
name = "Open"
times = ["Mon-Fri 08:00-18:00", "except holidays DE"]
[[time_group]]
name = "Holidays"
times = ["holidays DE"]
"#;

fn office(when: &str, rows: &str) -> Office {
    Office::with(OFFICE).at(when).with_rows(&format!("{GROUPS}{rows}"))
}

/// The sentence on top of the first call.
#[track_caller]
fn assert_tells(office: &Office, sentence: &str) {
    let told = office.tells(1);
    assert!(told.lines().any(|line| line == format!("over: {sentence}")), "{told}");
}

const HOLIDAYS: &str = r#"
[[person]]
extension = "102"
rules = [{ when = "Holidays", always = "voicemail 102" }, { when = "Open", unanswered = "person 103", ring_s = 10 }]
"#;

#[test]
fn f30_a_call_on_a_holiday_goes_to_voicemail_and_the_story_says_why() {
    let office = office("Fri 2026-12-25 10:00 Europe/Berlin", HOLIDAYS);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("102").hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    bob.is_idle();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    assert_tells(&office, "101 left a message for 102: rule Holidays of 102 matched on 25 December");
}

#[test]
fn f37_an_unanswered_call_goes_where_the_rule_of_the_hour_says() {
    let office = office("Mon 2026-03-02 10:00 Europe/Berlin", HOLIDAYS);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    alice.dials("102");
    bob.rings();
    office.wait(secs(10));
    bob.is_idle();
    carol.rings().answers().talks_to(&alice);
    alice.hangs_up();
    office.calls_are(expect!["10:00 101 -> 102, 102a rang, 103a rang, 103a answered: hung up after 0 s"]);
}

#[test]
fn f30_the_rule_changes_by_itself_when_its_time_comes() {
    let office = office("Mon 2026-03-02 17:59 Europe/Berlin", HOLIDAYS);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    office.wait(secs(90));
    alice.dials("102");
    bob.rings();
    office.wait(secs(26));
    alice.hears_prompt("default-greeting").hangs_up();
    carol.is_idle();
}

#[test]
fn f32_f43_who_is_not_to_be_disturbed_rings_for_those_on_the_list_alone() {
    let rows = "[[person]]\nextension = \"102\"\ndiversions = [{ kind = \"dnd\" }]\n\
        callers = [{ number = \"103\", allow = true }]";
    let office = office("Mon 2026-03-02 10:00 Europe/Berlin", rows);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
    bob.is_idle();
    carol.dials("102");
    bob.rings().answers().talks_to(&carol);
    bob.hangs_up();
}

#[test]
fn f38_an_unplugged_phone_sends_its_calls_on_at_once() {
    let rows = "[[person]]\nextension = \"102\"\nrules = [{ offline = \"person 103\" }]";
    let office = office("Mon 2026-03-02 10:00 Europe/Berlin", rows);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    office.wait(secs(1));
    carol.rings().answers().talks_to(&alice);
    alice.hangs_up();
}

const OUTSIDE: &str = r#"
[[trunk]]
name = "one"
way = "address"
server = "203.0.113.5"
[[number]]
number = "+4930123452"
to = "102"
[[route]]
name = "out"
trunks = ["one"]
[[person]]
extension = "102"
anonymous_hear = "announcement"
callers = [{ number = "+4940*", note = "sells windows" }]
rules = [{ always = "number 0170 5550100" }]
"#;

#[test]
fn f34_f40_a_call_from_outside_goes_on_to_a_mobile_phone() {
    let office = Office::with(OFFICE);
    let one = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(OUTSIDE);
    office.trunk_is("one", Health::Up, "");
    one.calls("+49891234567", "+4930123452");
    one.rings("+491705550100");
    assert!(one.header("Diversion").contains("<sip:+4930123452@203.0.113.5>"), "{}", one.header("Diversion"));
    assert!(one.header("From").contains("+49891234567"), "{}", one.header("From"));
    one.answers();
    one.is_at(Stage::Talks);
    one.hangs_up();
}

#[test]
fn f43_f44_callers_that_are_not_wanted_are_told_so_and_no_phone_rings() {
    let office = Office::with(OFFICE);
    let one = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(OUTSIDE);
    office.trunk_is("one", Health::Up, "");
    one.calls("+49405550100", "+4930123452");
    one.is_at(Stage::Over(404));
    office.wait(secs(1));
    one.calls("anonymous", "+4930123452");
    one.is_at(Stage::Talks);
    office.wait(secs(20));
    one.is_at(Stage::Over(0));
    assert_tells(&office, "+4930123452 takes no calls of 0405550100");
}

#[test]
fn f40_a_target_that_vanishes_leaves_the_callers_to_the_mailbox() {
    let rows = "[[person]]\nextension = \"102\"\nrules = [{ always = \"person 103\" }]";
    let office = office("Mon 2026-03-02 10:00 Europe/Berlin", rows);
    let alice = office.phone(101);
    office.reloads_with_faults(|raw| raw.people.retain(|row| row.extension.as_deref() != Some("103")));
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
}
