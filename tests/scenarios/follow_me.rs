//! Follow Me (F93): the own phones ring first, then a list of others' phones and numbers outside.

use office::{Carrier, Mood, Office, Phone, Stage, expect, secs};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks;

const MOBILE: &str = "+491705550100";
const HOME: &str = "+493055501234";

/// Alice's colleague Bob, who is followed like this.
fn office(follow_me: &str) -> (Office, Carrier) {
    let text = "101 Alice phone\n102 Bob phone, voicemail, ring 40 s\n103 Carol phone";
    let (office, one, two) = two_trunks::office(text);
    drop(two);
    let row = format!("diversions = [{{ kind = \"follow_me\", {follow_me} }}]");
    (office.with_rows(&format!("[[person]]\nextension = \"102\"\n{row}")), one)
}

/// What the box would do first with a call of Alice to Bob that nobody makes.
fn foretold(office: &Office) -> String {
    let question = Question { from: "101".to_owned(), to: "102".to_owned(), ..Question::default() };
    Language::English.words().act(&office.what_if(&question).plan.steps[0].act)
}

/// Everybody is registered.
fn three(office: &Office) -> [Phone; 3] {
    let phones = [101, 102, 103].map(|extension| office.phone(extension));
    phones.iter().for_each(|phone| {
        phone.is_registered();
    });
    phones
}

const ALL: &str = "initial_s = 10, ring_s = 20, list = [\"phone 103\", \"number 0170 5550100\"]";
const IN_TURN: &str = "initial_s = 10, ring_s = 15, in_turn = true, list = [\"number 0170 5550100\", \"phone 103\", \"number 030 55501234\"]";

#[test]
fn f93_after_the_first_stage_all_on_the_list_ring_together_and_then_the_own_mailbox_answers() {
    let (office, one) = office(ALL);
    let [alice, bob, carol] = three(&office);
    alice.dials("102").hears_ringback();
    bob.rings_from("101");
    office.wait(secs(9));
    // X11: ten seconds of Follow Me, not the forty of the extension.
    bob.rings();
    carol.is_idle();
    assert!(one.peer().calls.is_empty());
    office.wait(secs(2));
    bob.is_idle();
    carol.rings_from("101");
    one.rings(MOBILE);
    office.wait(secs(18));
    carol.rings();
    office.wait(secs(3));
    carol.is_idle();
    one.is_at(Stage::Over(487));
    alice.hears_prompt("default-greeting");
    office.wait(secs(8));
    alice.is_recorded();
    office.wait(secs(7));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    assert!(office.tells(1).contains("102 has Follow Me, which is switched on"), "{}", office.tells(1));
    assert_eq!(foretold(&office), "ring 102 for 10 s, then 103, +491705550100 for 20 s");
}

#[test]
fn f93_whoever_answers_outside_hears_who_calls_and_takes_the_call_by_1() {
    let (office, one) = office(ALL);
    let [alice, _, carol] = three(&office);
    alice.dials("102");
    office.wait(secs(11));
    one.rings(MOBILE).answers();
    one.hears_prompt("call-from-name").hears_prompt("press-one-to-take");
    carol.rings();
    one.presses('1');
    alice.talks();
    carol.is_idle().shows("answered elsewhere");
    alice.hangs_up();
    one.is_at(Stage::Over(0));
    let cdr = expect![[r#"10:00 101 -> 102, 102a rang, 103a rang, one rang, one answered: hung up after 0 s"#]];
    office.calls_are(cdr);
}

#[test]
fn f93_whoever_refuses_outside_by_2_or_lets_a_mailbox_answer_leaves_the_caller_to_the_own_mailbox() {
    for key in [Some('2'), None] {
        let (office, one) = office("initial_s = 5, ring_s = 20, list = [\"number 0170 5550100\"]");
        let [alice, _, _] = three(&office);
        alice.dials("102");
        office.wait(secs(6));
        one.rings(MOBILE).answers();
        one.hears_prompt("press-one-to-take");
        match key {
            Some(key) => {
                one.presses(key);
            }
            // Eight seconds after the keys were said it is a no.
            None => office.wait(secs(12)),
        }
        one.is_at(Stage::Over(0));
        alice.hears_prompt("default-greeting").hangs_up();
    }
}

#[test]
fn f93_in_turn_one_rings_after_the_other_and_who_refuses_lets_the_next_ring_at_once() {
    let (office, one) = office(IN_TURN);
    let [alice, bob, carol] = three(&office);
    alice.dials("102");
    bob.rings();
    office.wait(secs(11));
    bob.is_idle();
    one.rings(MOBILE);
    carol.is_idle();
    office.wait(secs(13));
    carol.is_idle();
    office.wait(secs(3));
    one.is_at(Stage::Over(487));
    carol.rings_from("101").declines();
    one.rings(HOME);
    office.wait(secs(16));
    one.is_at(Stage::Over(487));
    alice.hears_prompt("default-greeting").hangs_up();
    let list = "+491705550100, 103, +493055501234";
    assert_eq!(foretold(&office), format!("ring 102 for 10 s, then {list} one after the other, each for 15 s"));
}

#[test]
fn f93_in_turn_nobody_else_rings_while_somebody_is_asked() {
    let (office, one) = office(IN_TURN);
    let [alice, _, carol] = three(&office);
    alice.dials("102");
    office.wait(secs(12));
    one.rings(MOBILE).answers();
    one.hears_prompt("press-one-to-take");
    office.wait(secs(5));
    carol.is_idle();
    one.presses('2');
    carol.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn f93_a_desk_that_is_not_there_needs_no_first_stage_and_all_of_the_list_ring_at_once() {
    let (office, one) = office(ALL);
    let [alice, bob, carol] = three(&office);
    bob.signs_off();
    alice.dials("102");
    carol.rings_from("101");
    one.rings(MOBILE);
    alice.hangs_up();
    carol.is_idle();
}

#[test]
fn f93_without_a_first_stage_the_desk_stays_silent() {
    let (office, _) = office("initial_s = 0, ring_s = 20, list = [\"phone 103\"]");
    let [alice, bob, carol] = three(&office);
    alice.dials("102");
    carol.rings_from("101");
    bob.is_idle();
    assert_eq!(foretold(&office), "ring 103 instead of 102, for 20 s");
}

#[test]
fn f93_who_refuses_at_the_desk_wants_nobody_else_to_ring() {
    let (office, one) = office(ALL);
    let [alice, bob, carol] = three(&office);
    alice.dials("102");
    bob.rings().declines();
    alice.hears_prompt("default-greeting").hangs_up();
    carol.is_idle();
    assert!(one.peer().calls.is_empty());
}

#[test]
fn f93_a_list_that_nobody_may_call_leaves_the_phones_their_own_time() {
    let (office, one) = office("initial_s = 5, ring_s = 20, list = [\"number 0033 123456789\"]");
    office.reloads(|raw| raw.people[1].permission = Some("local".to_owned()));
    let [alice, bob, _] = three(&office);
    alice.dials("102");
    bob.rings();
    office.wait(secs(30));
    bob.rings();
    assert!(one.peer().calls.is_empty());
    assert!(office.tells(1).contains("0033123456789 does not ring along for 102"), "{}", office.tells(1));
}

#[test]
fn f93_67_switches_it_and_a_key_shows_it_and_730_switches_it_off() {
    let (office, _) = office("enabled = false, initial_s = 5, list = [\"phone 103\"]");
    let [alice, bob, carol] = three(&office);
    bob.watches("*67").watches("*730").shows_idle("*67").shows_idle("*730");
    bob.dials("*67").hears("beep").hears_prompt("follow-me-on").hears_prompt("goodbye").is_idle();
    bob.shows_busy("*67", &["talks to *67"]).shows_busy("*730", &["talks to *730"]);
    alice.dials("102");
    office.wait(secs(6));
    carol.rings_from("101");
    alice.hangs_up();
    bob.is_idle().dials("*67").hears("beep").hears_prompt("follow-me-off").hears_prompt("goodbye").is_idle();
    bob.shows_idle("*67").dials("*67").hears("beep").hears_the_end();
    bob.is_idle().dials("*730").hears("beep").hears_prompt("follow-me-off").hears_prompt("diversions-off");
    bob.hears_the_end();
    bob.shows_idle("*67").shows_idle("*730");
    alice.is_idle().dials("102");
    office.wait(secs(30));
    bob.rings();
    carol.is_idle();
}

#[test]
fn f93_it_cannot_be_switched_on_while_nobody_is_on_the_list() {
    for row in ["enabled = false", "enabled = false, list = []"] {
        let (office, _) = office(row);
        let [_, bob, _] = three(&office);
        bob.dials("*67").hears_prompt("follow-me-empty").hears_prompt("goodbye").is_idle();
        assert!(!office.tells(1).contains("switch Follow Me on"), "{}", office.tells(1));
    }
    let office = Office::with("101 Alice phone");
    office.phone(101).is_registered().dials("*67").hears_prompt("follow-me-empty").hears_the_end();
}

#[test]
fn f93_what_is_not_on_disk_is_not_promised() {
    let (office, _) = office("enabled = false, list = [\"phone 103\"]");
    let [_, bob, _] = three(&office);
    office.disk(Mood::Fails);
    bob.dials("*67").hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    office.disk(Mood::WORKS);
    office.errors();
}

#[test]
fn f93_67_with_a_number_still_hides_the_callers() {
    let (office, one) = office("enabled = false, list = [\"phone 103\"]");
    let [alice, _, _] = three(&office);
    alice.dials("*6701705550100");
    one.rings(MOBILE);
    assert_eq!(one.header("Privacy"), "id");
}

#[test]
fn f93_a_rule_that_lets_others_ring_along_goes_before_the_list() {
    let (office, one) = office(ALL);
    office.reloads(|raw| {
        let rule = config::RawRule { also: Some(vec!["phone 103".to_owned()]), ..config::RawRule::default() };
        raw.people[1].rules.push(rule);
    });
    let [alice, bob, carol] = three(&office);
    alice.dials("102");
    bob.rings();
    carol.rings_from("101");
    office.wait(secs(30));
    bob.rings();
    assert!(one.peer().calls.is_empty());
}

#[test]
fn f93_whoever_is_screened_on_the_list_is_asked_three_keys() {
    let (office, one) = office("initial_s = 5, list = [\"number 0170 5550100\"]");
    office.reloads(|raw| {
        raw.numbers[0].to = Some("102".to_owned());
        raw.people[1].rules.push(config::RawRule { screen: Some(true), ..config::RawRule::default() });
    });
    let [_, bob, _] = three(&office);
    one.calls("+49891234567", "+4930123451");
    one.hears_prompt("say-your-name").hears_prompt("connecting");
    bob.rings();
    office.wait(secs(6));
    bob.is_idle();
    one.rings(MOBILE).answers();
    one.hears_prompt("take-mailbox-or-block").presses('2');
    one.is_at(Stage::Over(0));
    assert!(office.tells(1).contains("asked whether it wants callers from outside"), "{}", office.tells(1));
}
