//! Codes by which people change what becomes of their calls; each test is a row of the table of codes.

use office::{Mood, Office, Stage, minutes, secs};
use pbx::prompt::Arg;
use pbx::trunks::Health;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone, voicemail
    103 Carol  phone, ring 10 s
    country DE
";

const TRUNK: &str = r#"
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
"#;

/// Dials a code and hears what holds then, until the box hangs up.
#[track_caller]
fn says(phone: &office::Phone, code: &str, prompt: &str) {
    phone.is_idle().dials(code).hears("beep").hears_prompt(prompt).hears_prompt("goodbye").is_idle();
}

/// The same of a sentence with a number in it.
#[track_caller]
fn says_number(phone: &office::Phone, code: &str, prompt: &str, number: &str) {
    phone.is_idle().dials(code).hears("beep").hears_prompt(prompt);
    assert_eq!(phone.prompt_args(), [("number".to_owned(), Arg::Digits(number.to_owned()))], "{code}");
    phone.hears_the_end();
}

#[test]
fn f94_78_79_76_nobody_disturbs_and_everybody_may_again() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    for (code, is_on) in [("*78", true), ("*79", false), ("*76", true), ("*76", false), ("*79", false)] {
        says(&bob, code, if is_on { "dnd-on" } else { "dnd-off" });
        alice.dials("102");
        if is_on {
            alice.hears_prompt("default-greeting");
            bob.is_idle();
        } else {
            bob.rings();
        }
        alice.hangs_up().is_idle();
        bob.is_idle();
    }
    let told = office.tells(1);
    assert!(told.contains("102 changed its rules by phone: switch do-not-disturb on"), "{told}");
}

#[test]
fn f96_72_73_every_call_goes_elsewhere_from_the_answer_on() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    says_number(&bob, "*72103", "forward-always-on", "103");
    alice.dials("102");
    carol.rings().declines();
    bob.is_idle();
    alice.shows("603").is_idle();
    says(&bob, "*73", "forward-always-off");
    alice.dials("102");
    bob.rings();
    carol.is_idle();
}

#[test]
fn f96_72_alone_asks_for_the_number_and_again_for_one_that_will_not_do() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    bob.dials("*72").hears_prompt("enter-number").presses("999#").hears_prompt("no-such-number");
    bob.hears_prompt("enter-number").presses("102#").hears_prompt("number-goes-round");
    bob.hears_prompt("enter-number").presses("10*103#").hears("beep").hears_prompt("forward-always-on");
    bob.hears_prompt("goodbye").is_idle();
    alice.dials("102");
    carol.rings().declines();
    alice.hangs_up();
    bob.dials("*90").hears_prompt("enter-number").presses("*").hears_prompt("goodbye").is_idle();
    bob.dials("*62");
    for _ in 0..3 {
        bob.hears_prompt("enter-number").presses("112#").hears_prompt("number-not-allowed");
    }
    bob.hears_prompt("too-many-tries").hears_prompt("goodbye").is_idle();
}

#[test]
fn f96_70_90_91_who_is_busy_sends_calls_on() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    says(&bob, "*70", "call-waiting-off");
    says_number(&bob, "*90103", "forward-busy-on", "103");
    bob.dials("*43").hears_prompt("echo-intro");
    alice.dials("102");
    carol.rings().declines();
    alice.hangs_up();
    bob.hangs_up();
    says(&bob, "*91", "forward-busy-off");
    says(&bob, "*70", "call-waiting-on");
    bob.dials("*43").hears_prompt("echo-intro");
    alice.dials("102");
    bob.rings();
}

#[test]
fn f96_52_53_what_nobody_answers_goes_on() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    says_number(&bob, "*52103", "forward-unanswered-on", "103");
    alice.dials("102");
    bob.rings();
    carol.is_idle();
    office.wait(secs(26));
    carol.rings().declines();
    alice.hangs_up();
    says(&bob, "*53", "forward-unanswered-off");
}

#[test]
fn f96_62_63_who_cannot_be_reached_sends_calls_on() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    says_number(&bob, "*62103", "forward-offline-on", "103");
    bob.signs_off();
    alice.dials("102");
    carol.rings().declines();
    alice.hangs_up();
    bob.registers().is_registered();
    says(&bob, "*63", "forward-offline-off");
}

#[test]
fn f96_730_lists_what_was_on_and_all_of_it_is_off() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    says(&bob, "*78", "dnd-on");
    says_number(&bob, "*52101", "forward-unanswered-on", "101");
    bob.dials("*730").hears("beep").hears_prompt("dnd-off").hears_prompt("forward-unanswered-off");
    bob.hears_prompt("diversions-off").hears_prompt("goodbye").is_idle();
    says(&bob, "*730", "diversions-off");
}

#[test]
fn f43_30_31_a_number_is_blocked_and_no_longer() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    says_number(&bob, "*30101", "caller-blocked", "101");
    alice.dials("102").shows("404").is_idle();
    bob.dials("*31103").hears_prompt("caller-not-blocked").hears_prompt("goodbye").is_idle();
    says_number(&bob, "*31101", "caller-unblocked", "101");
    alice.dials("102");
    bob.rings();
}

#[test]
fn f44_77_87_callers_without_a_number_are_told_so_and_no_longer() {
    let office = Office::with(OFFICE);
    let one = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(TRUNK);
    office.trunk_is("one", Health::Up, "");
    let bob = office.phone(102);
    says(&bob, "*77", "anonymous-rejected");
    one.calls("anonymous", "+4930123452");
    one.is_at(Stage::Talks);
    office.wait(secs(20));
    one.is_at(Stage::Over(0));
    says(&bob, "*87", "anonymous-taken");
    one.calls("anonymous", "+4930123452");
    bob.rings().declines();
}

#[test]
fn a_forward_goes_no_further_outside_than_its_owner_may_call() {
    let office = Office::with(OFFICE);
    let one = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(TRUNK);
    office.trunk_is("one", Health::Up, "");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.dials("*72001234567890").hears_prompt("number-not-allowed").hears_prompt("goodbye").is_idle();
    bob.dials("*72112").hears_prompt("number-not-allowed").hears_prompt("goodbye").is_idle();
    says_number(&bob, "*7201705550100", "forward-always-on", "01705550100");
    alice.dials("102");
    one.rings("+491705550100");
}

#[test]
fn a_forward_that_would_come_back_is_not_made() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    says_number(&alice, "*72102", "forward-always-on", "102");
    bob.dials("*72101").hears_prompt("number-goes-round").hears_prompt("goodbye").is_idle();
    bob.dials("*72102").hears_prompt("number-goes-round").hears_prompt("goodbye").is_idle();
}

#[test]
fn f49_a_code_goes_before_the_times_until_they_change_and_says_when() {
    let rows = r#"
        [[time_group]]
        name = "Evening"
        times = ["18:00-22:00"]
        [[person]]
        extension = "102"
        diversions = [{ kind = "dnd", when = "Evening" }]
    "#;
    let office = Office::with(OFFICE).at("Mon 2026-03-02 17:50 Europe/Berlin").with_rows(rows);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered().dials("*78").hears_prompt("dnd-on").hears_prompt("holds-until");
    let args = bob.prompt_args();
    let [(_, Arg::Moment { at, zone, .. })] = &args[..] else { panic!("{args:?}") };
    assert_eq!(at.in_tz(zone).expect("the office's zone is known").time().hour(), 18);
    bob.hears_prompt("goodbye").is_idle();
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
    bob.dials("*79").hears_prompt("dnd-off").hears_prompt("holds-until").hears_prompt("goodbye").is_idle();
    alice.dials("102");
    bob.rings();
    alice.hangs_up();
    // The evening begins.
    office.wait(minutes(10));
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
    bob.is_idle().dials("*79").hears_prompt("dnd-off").hears_prompt("holds-until").hears_prompt("goodbye").is_idle();
    alice.dials("102");
    bob.rings();
}

#[test]
fn a_change_that_is_not_on_disk_is_not_promised() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    office.disk(Mood::Fails);
    bob.dials("*78").hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    office.disk(Mood::IsDead);
    bob.dials("*78");
    office.wait(secs(6));
    bob.hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    office.disk(Mood::WORKS);
    alice.dials("102");
    bob.rings();
    office.errors();
}

#[test]
fn who_hangs_up_at_once_or_vanishes_has_changed_it_all_the_same() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered().dials("*78").hears("beep").hangs_up().is_idle();
    alice.dials("102").hears_prompt("default-greeting").hangs_up().is_idle();
    bob.dials("*72").hears_prompt("enter-number").loses_power();
    office.wait(minutes(3));
    assert!(office.status().calls.is_empty());
}

#[test]
fn nobody_changes_the_rules_of_another_by_passing_them_on() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102");
    bob.answers().talks_to(&alice).transfers_to("*78");
    bob.shows("transfer failed: 403");
    bob.talks_to(&alice).hangs_up();
    alice.is_idle();
    let sends_on = office.phone(103).as_model("redirects-to-*78");
    sends_on.is_registered();
    alice.dials("103").shows("403").is_idle();
    bob.dials("101");
    alice.rings();
}

#[test]
fn each_hears_it_in_their_own_language() {
    let office = Office::with(OFFICE);
    office.reloads(|raw| raw.people[1].language = Some("de".to_owned()));
    let bob = office.phone(102);
    bob.is_registered().dials("*78").hears_prompt("dnd-on");
    assert_eq!(bob.prompt_language().as_deref(), Some("de"));
    bob.hears_prompt("goodbye").is_idle();
}

#[test]
fn an_office_keeps_the_codes_of_the_system_before() {
    let office = Office::with(OFFICE);
    office.reloads(|raw| raw.office.codes = Some("freepbx".to_owned()));
    let bob = office.phone(102);
    bob.is_registered();
    says(&bob, "*71", "call-waiting-off");
    says(&bob, "*71", "call-waiting-off");
    says(&bob, "*70", "call-waiting-on");
    office.reloads(|raw| raw.office.codes = Some("nanpa".to_owned()));
    says_number(&bob, "*92101", "forward-unanswered-on", "101");
    says(&bob, "*93", "forward-unanswered-off");
}

#[test]
fn f43_32_the_last_caller_is_not_put_through_any_more() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered().dials("*32").hears_prompt("no-last-caller").hears_the_end();
    alice.dials("102");
    bob.rings().declines();
    alice.hears_prompt("default-greeting").hangs_up();
    says_number(&bob, "*32", "caller-blocked", "101");
    alice.is_idle().dials("102");
    bob.is_idle();
    office.last_story_says("102 takes no calls of 101");
}

#[test]
fn f43_32_the_last_caller_is_known_after_a_restart() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    carol.is_registered().dials("102");
    bob.rings().declines();
    carol.hangs_up();
    alice.dials("102");
    bob.is_idle().rings().declines();
    alice.hangs_up();
    // Their own calls are no calls to them.
    bob.is_idle().dials("103");
    carol.rings();
    bob.hangs_up();
    office.wait(secs(1));
    office.restarts();
    says_number(&bob, "*32", "caller-blocked", "101");
    says_number(&carol.is_idle().clone(), "*32", "caller-blocked", "102");
}

#[test]
fn the_phones_of_an_extension_refuse_calls_said_aloud_and_answer_them_again() {
    let office = Office::with(OFFICE);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered().watches("*55").shows_idle("*55");
    says(&bob, "*55", "intercom-off");
    bob.shows_busy("*55", &["talks to *55"]);
    alice.dials("*80102").hears_prompt("intercom-refused").is_idle();
    bob.is_idle();
    says(&bob, "*54", "intercom-on");
    bob.shows_idle("*55");
    alice.dials("*80102");
    bob.rings().declines();
    alice.is_idle();
}

const NIGHT: &str = "
[[time_group]]
name = \"Open\"
number = 1
times = [\"Mon-Fri 08:00-18:00\"]
[[person]]
extension = \"102\"
time_groups = [{ name = \"Lunch\", number = 2, times = [\"12:00-13:00\"] }]
";

#[test]
fn f52_27_a_time_group_is_opened_closed_and_follows_its_times_again() {
    let office = Office::with(OFFICE).at("Mon 2026-03-02 10:00 Europe/Berlin").with_rows(NIGHT);
    let bob = office.phone(102);
    bob.is_registered().watches("*272").shows_idle("*272");
    let forced = |number: &str, prompt: &str| {
        bob.is_idle().dials(&format!("*27{number}")).hears("beep").hears_prompt(prompt).hears_prompt("holds-until");
        bob.hears_the_end();
    };
    forced("2", "time-group-open");
    bob.shows_busy("*272", &["talks to *272"]);
    forced("2", "time-group-closed");
    forced("2", "time-group-auto");
    bob.shows_idle("*272");
    forced("2", "time-group-open");
    // It ends at the next change of its times.
    office.wait(minutes(121));
    bob.shows_idle("*272");
    // The office's is an administrator's to force.
    bob.dials("*271").hears_prompt("no-such-time-group").hears_the_end();
    office.reloads(|raw| raw.people[1].role = Some("admin".to_owned()));
    forced("1", "time-group-open");
    forced("1", "time-group-closed");
    bob.dials("*279").hears_prompt("no-such-time-group").hears_the_end();
}
