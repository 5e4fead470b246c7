//! Night mode: time groups of the office that somebody forces together, by phone, and lets go again (F52).

use office::{Office, Phone, minutes};
use pbx::prompt::Arg;
use pbx::what_if::Question;
use pbx::words::Language;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone, voicemail
    103 Carol  phone
";

const ROWS: &str = r#"
[[time_group]]
name = "Open"
number = 1
times = ["Mon-Fri 08:00-18:00"]
[[time_group]]
name = "Lunch"
times = ["12:00-13:00"]
[[night_mode]]
name = "Night"
number = 1
groups = ["Open: closed", "Lunch: open"]
extensions = ["103"]
[[night_mode]]
name = "Fair"
number = 2
groups = ["Open: open"]
[[person]]
extension = "101"
role = "admin"
[[person]]
extension = "102"
rules = [{ when = "Lunch", dnd = true }, { when = "Open" }, { always = "voicemail 102" }]
"#;

/// It is Monday, and everybody's phone is there.
fn office() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE).at("Mon 2026-03-02 10:00 Europe/Berlin").with_rows(ROWS);
    let phones = [101, 102, 103].map(|number| office.phone(number));
    for phone in &phones {
        phone.is_registered();
    }
    let [alice, bob, carol] = phones;
    (office, alice, bob, carol)
}

#[track_caller]
fn says(phone: &Phone, code: &str, prompts: &[&str]) {
    phone.is_idle().dials(code).hears("beep");
    for prompt in prompts {
        phone.hears_prompt(prompt);
    }
    phone.hears_the_end();
}

#[track_caller]
fn is_lit(phone: &Phone, key: &str) {
    phone.shows_busy(key, &[&format!("talks to {key}")]);
}

/// A call to 102 rings there.
#[track_caller]
fn is_open(from: &Phone, bob: &Phone) {
    from.is_idle().dials("102");
    bob.rings();
    from.hangs_up().is_idle();
    bob.is_idle();
}

/// A call to 102 is answered by the mailbox at once.
#[track_caller]
fn is_closed(from: &Phone, bob: &Phone) {
    from.is_idle().dials("102").hears_prompt("default-greeting");
    bob.is_idle();
    from.hangs_up().is_idle();
}

#[test]
fn f52_28_a_set_of_time_groups_is_forced_at_once_and_let_go_again() {
    let (office, alice, bob, carol) = office();
    bob.watches("*281").watches("*282").watches("*280").shows_idle("*281").shows_idle("*280");
    is_open(&carol, &bob);
    alice.dials("*281").hears("beep").hears_prompt("night-mode-on");
    assert_eq!(alice.prompt_args(), [("number".to_owned(), Arg::Digits("1".to_owned()))]);
    // The last of its groups is let go when the office closes by itself.
    alice.hears_prompt("holds-until");
    let args = alice.prompt_args();
    let [(_, Arg::Moment { at, zone, .. })] = &args[..] else { panic!("{args:?}") };
    assert_eq!(at.in_tz(zone).expect("the office's zone is known").time().hour(), 18);
    alice.hears_the_end();
    is_lit(&bob, "*281");
    is_lit(&bob, "*280");
    bob.shows_idle("*282");
    is_closed(&carol, &bob);
    office.last_story_says("night mode Night keeps Lunch open");
    says(&alice, "*281", &["night-mode-off"]);
    bob.shows_idle("*281").shows_idle("*280");
    is_open(&carol, &bob);
    assert!(office.tells(2).contains("101 changed its rules by phone: switch night mode 1 on"), "{}", office.tells(2));
}

#[test]
fn f52_28_it_ends_by_itself_as_each_group_changes() {
    let (office, alice, bob, carol) = office();
    bob.watches("*281").shows_idle("*281");
    says(&alice, "*281", &["night-mode-on", "holds-until"]);
    // At one, lunch is over, and the office is still kept closed.
    office.wait(minutes(181));
    is_lit(&bob, "*281");
    is_closed(&carol, &bob);
    office.last_story_says("night mode Night keeps Open closed");
    let question = Question { from: "103".to_owned(), to: "102".to_owned(), ..Question::default() };
    let said = office.what_if(&question).plan.steps.into_iter().flat_map(|step| step.because);
    let said: Vec<String> = said.map(|reason| Language::English.words().reason(&reason)).collect();
    assert!(said.iter().any(|line| line == "night mode Night keeps Open closed"), "{said:?}");
    // In the evening it would be closed anyway.
    office.wait(minutes(300));
    bob.shows_idle("*281");
    is_closed(&carol, &bob);
    office.wait(minutes(15 * 60));
    // The next morning is one as any other.
    is_open(&carol, &bob);
}

#[test]
fn f52_28_of_two_the_last_decides_and_280_switches_them_all() {
    let (office, alice, bob, carol) = office();
    bob.watches("*282").shows_idle("*282");
    says(&alice, "*281", &["night-mode-on", "holds-until"]);
    // Lunch is another's matter: only who opens the office is asked.
    office.reloads(|raw| raw.people[1].rules.retain(|rule| rule.when.as_deref() != Some("Lunch")));
    is_closed(&carol, &bob);
    says(&alice, "*282", &["night-mode-on", "holds-until"]);
    is_open(&carol, &bob);
    says(&alice, "*282", &["night-mode-off"]);
    is_closed(&carol, &bob);
    // One is on: all go off.
    says(&alice, "*280", &["night-modes-off"]);
    is_open(&carol, &bob);
    says(&alice, "*280", &["night-modes-on", "holds-until"]);
    is_lit(&bob, "*282");
    // The later row goes before the earlier one.
    is_open(&carol, &bob);
    // Who forces the group by hand goes before both.
    says(&alice, "*271", &["time-group-closed", "holds-until"]);
    bob.shows_idle("*282");
    is_closed(&carol, &bob);
}

#[test]
fn f52_28_who_may_not_is_told_so() {
    let (office, alice, bob, carol) = office();
    bob.dials("*281").hears_prompt("night-mode-not-allowed").hears_the_end();
    bob.dials("*280").hears_prompt("night-mode-not-allowed").hears_the_end();
    bob.dials("*289").hears_prompt("no-such-night-mode").hears_the_end();
    carol.dials("*282").hears_prompt("night-mode-not-allowed").hears_the_end();
    says(&carol, "*281", &["night-mode-on", "holds-until"]);
    says(&carol, "*280", &["night-modes-off"]);
    office.last_story_says("switch all night modes off");
    says(&carol, "*280", &["night-modes-on", "holds-until"]);
    alice.watches("*282").shows_idle("*282").watches("*281");
    is_lit(&alice, "*281");
    office.reloads(|raw| raw.night_modes.clear());
    alice.shows_idle("*281").dials("*280").hears_prompt("no-such-night-mode").hears_the_end();
}
