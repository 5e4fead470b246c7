//! The personal assistant (F97): a message and keys in the place of plain voicemail.

use office::{Carrier, Mood, Office, Phone, Stage, secs};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks;

const MUNICH: &str = "+49891234567";

/// Bob's assistant: Carol by 1, a mobile by 2, Dave's phones by 3, Carol's mailbox by 4.
const KEYS: &str = "keys = [\"1 person 103\", \"2 number 0170 5550100\", \"3 phone 104\", \"4 voicemail 103\"]";

/// Bob, whose assistant is like this.
fn office(assistant: &str) -> (Office, Carrier) {
    let text = "101 Alice phone\n102 Bob phone, voicemail, ring 10 s\n103 Carol phone, voicemail, ring 10 s\n\
                104 Dave phone, ring 10 s";
    let (office, one, two) = two_trunks::office(text);
    drop(two);
    let row = format!("diversions = [{{ kind = \"assistant\", {assistant} }}]");
    let number = "[[number]]\nnumber = \"+4930123452\"\nto = \"102\"";
    (office.with_rows(&format!("[[person]]\nextension = \"102\"\n{row}\n{number}")), one)
}

/// Everybody is registered.
fn four(office: &Office) -> [Phone; 4] {
    let phones = [101, 102, 103, 104].map(|extension| office.phone(extension));
    phones.iter().for_each(|phone| {
        phone.is_registered();
    });
    phones
}

/// Records the message, as `*39` asks for it.
fn records(office: &Office, bob: &Phone) {
    bob.dials("*39").hears_prompt("record-assistant").presses("#").hears_beep().is_recorded();
    office.wait(secs(6));
    bob.presses("#").hears_prompt("review-menu").presses("1");
    bob.hears_prompt("assistant-saved").hears_prompt("goodbye").is_idle();
}

/// So that callers need not wait.
fn is_not_disturbed(phone: &Phone) {
    phone.dials("*78").hears_prompt("dnd-on").hears_prompt("goodbye").is_idle();
}

#[test]
fn f97_a_caller_hears_the_owners_message_and_is_led_by_a_key() {
    let (office, _) = office(KEYS);
    let [alice, bob, carol, dave] = four(&office);
    records(&office, &bob);
    alice.dials("102");
    bob.rings().declines();
    alice.hears("assistant of 102");
    office.until("the live calls say what it is at", |world| {
        world.status.calls.iter().any(|call| call.state == "assistant")
    });
    alice.presses("1");
    carol.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
    carol.is_idle();
    alice.is_idle().dials("102");
    bob.rings().declines();
    alice.hears("assistant of 102").presses("3");
    dave.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
    office.wait(secs(1));
    let told = office.tells(2);
    assert!(told.contains("102 lets callers hear its assistant before the mailbox, which is switched on"), "{told}");
    assert!(told.contains("102 sends the call to 103, as the caller chose by the key 1"), "{told}");
}

#[test]
fn f97_a_key_that_leads_nowhere_is_forgiven_once_and_then_the_mailbox_answers() {
    let (office, _) = office(KEYS);
    let [alice, bob, _, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102").presses("9");
    alice.hears_prompt("invalid-key").hears("assistant of 102").presses("4");
    alice.hears_prompt("default-greeting").hangs_up();
    alice.is_idle().dials("102").hears("assistant of 102").presses("*");
    alice.hears_prompt("invalid-key").hears("assistant of 102").presses("9");
    alice.hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
}

#[test]
fn f97_who_presses_nothing_or_hash_comes_to_the_mailbox_and_a_keys_target_leaves_nobody_lost() {
    let (office, _) = office(KEYS);
    let [alice, bob, carol, dave] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102");
    // The message and six seconds.
    office.wait(secs(13));
    alice.hears_prompt("default-greeting").hangs_up();
    alice.is_idle().dials("102").hears("assistant of 102").presses("#").hears_prompt("default-greeting").hangs_up();
    alice.is_idle().dials("102").hears("assistant of 102").presses("4").hears_prompt("default-greeting").hangs_up();
    // Whom a key leads to may not answer: then the owner's mailbox, and not the menu once more.
    alice.is_idle().dials("102").hears("assistant of 102").presses("3");
    dave.rings();
    office.wait(secs(11));
    dave.is_idle();
    alice.hears_prompt("default-greeting").hangs_up();
    carol.is_idle();
}

#[test]
fn f97_who_chose_somebody_without_a_mailbox_who_does_not_answer_comes_to_the_owners() {
    let (office, _) = office("keys = [\"1 person 104\"]");
    let [alice, bob, _, dave] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102").presses("1");
    dave.rings().declines();
    alice.hears_prompt("default-greeting").hangs_up();
    dave.is_idle();
    alice.is_idle().dials("102").hears("assistant of 102").presses("1");
    dave.rings();
    office.wait(secs(11));
    dave.is_idle();
    alice.hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
}

#[test]
fn f97_a_number_outside_is_called_at_the_owners_cost_and_by_the_owners_permission() {
    let (office, one) = office(KEYS);
    let [alice, bob, _, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102").presses("2");
    one.rings("+491705550100").answers();
    alice.talks();
    alice.hangs_up();
    office.reloads(|raw| raw.people[1].permission = Some("internal".to_owned()));
    alice.is_idle().dials("102").hears("assistant of 102").presses("2").hears_prompt("default-greeting").hangs_up();
    one.is_at(Stage::Over(0));
}

#[test]
fn f97_the_toll_guard_of_the_owner_holds_for_the_keys_too() {
    let (office, one) = office(KEYS);
    office.reloads(|raw| raw.people[1].outside_per_hour = Some(1));
    let [alice, bob, _, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102").presses("2");
    one.rings("+491705550100").answers();
    alice.talks();
    alice.hangs_up();
    alice.is_idle().dials("102").hears("assistant of 102").presses("2");
    alice.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f97_a_number_outside_that_is_busy_leaves_the_caller_to_the_mailbox() {
    let (office, one) = office(KEYS);
    let [alice, bob, _, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    for status in [486, 404, 603] {
        one.set(|peer| {
            peer.refuses.insert("+491705550100".to_owned(), status);
        });
        alice.is_idle().dials("102").hears("assistant of 102").presses("2");
        alice.hears_prompt("default-greeting").hangs_up();
    }
}

#[test]
fn f97_somebody_whose_calls_go_to_a_number_outside_that_is_busy_leaves_the_caller_to_a_mailbox() {
    let (office, one) = office("keys = [\"1 person 104\"]");
    office.reloads(|raw| {
        let mut row = raw.people[1].diversions[0].clone();
        (row.kind, row.keys) = (Some("unanswered".to_owned()), None);
        row.to = Some("number 0170 5550100".to_owned());
        raw.people[3].diversions = vec![row];
    });
    let [alice, bob, _, dave] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    one.set(|peer| {
        peer.refuses.insert("+491705550100".to_owned(), 486);
    });
    alice.dials("102").hears("assistant of 102").presses("1");
    dave.rings();
    office.wait(secs(11));
    dave.is_idle();
    alice.hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
}

#[test]
fn f97_a_caller_from_outside_is_led_too() {
    let (office, one) = office(KEYS);
    let [_, bob, carol, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    one.calls(MUNICH, "+4930123452");
    one.is_at(Stage::Talks);
    office.wait(secs(1));
    one.presses('1');
    carol.rings_from("0891234567").answers();
    office.wait(secs(1));
    carol.hangs_up();
    one.is_at(Stage::Over(0));
}

#[test]
fn f97_38_switches_it_only_with_a_message_and_a_key_shows_it() {
    let (office, _) = office("enabled = false, keys = [\"1 person 103\"]");
    let [alice, bob, _, _] = four(&office);
    bob.watches("*38").shows_idle("*38").watches("*730").shows_idle("*730");
    bob.dials("*38").hears_prompt("assistant-none").hears_prompt("goodbye").is_idle();
    bob.shows_idle("*38");
    records(&office, &bob);
    bob.dials("*38").hears("beep").hears_prompt("assistant-on").hears_prompt("goodbye").is_idle();
    bob.shows_busy("*38", &["talks to *38"]).shows_idle("*730");
    // It takes no call away from its owner: the code that ends all diversions leaves it.
    bob.dials("*730").hears("beep").hears_prompt("diversions-off").hears_prompt("goodbye").is_idle();
    bob.shows_busy("*38", &["talks to *38"]);
    alice.dials("102");
    bob.rings().declines();
    alice.hears("assistant of 102").hangs_up();
    bob.dials("*38").hears("beep").hears_prompt("assistant-off").hears_prompt("goodbye").is_idle();
    bob.shows_idle("*38");
    alice.is_idle().dials("102");
    bob.rings().declines();
    alice.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f97_it_follows_a_time_group_and_38_holds_until_that_changes() {
    let office = Office::with("101 Alice phone\n102 Bob phone, voicemail\n103 Carol phone\n104 Dave phone")
        .at("Mon 2026-03-02 11:00 Europe/Berlin")
        .with_rows(
            "[[time_group]]\nname = \"Noon\"\ntimes = [\"12:00-13:00\"]\n[[person]]\nextension = \"102\"\n\
             diversions = [{ kind = \"assistant\", when = \"Noon\", keys = [\"1 person 103\"] }]",
        );
    let [alice, bob, _, _] = four(&office);
    records(&office, &bob);
    is_not_disturbed(&bob);
    alice.dials("102").hears_prompt("default-greeting").hangs_up();
    bob.dials("*38").hears_prompt("assistant-on").hears_prompt("holds-until").hears_prompt("goodbye").is_idle();
    alice.is_idle().dials("102").hears("assistant of 102").hangs_up();
    office.wait(secs(3600));
    alice.is_idle().dials("102").hears("assistant of 102").hangs_up();
    office.wait(secs(3600));
    alice.is_idle().dials("102").hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f97_without_a_message_the_mailbox_answers_at_once() {
    let (office, _) = office(KEYS);
    let [alice, bob, _, _] = four(&office);
    alice.dials("102");
    bob.rings().declines();
    alice.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn f97_the_assistant_of_somebody_without_a_mailbox_is_heard_and_leads_too() {
    let (office, _) = office(KEYS);
    office.reloads(|raw| {
        let mut row = raw.people[1].diversions[0].clone();
        row.keys = Some(vec!["1 person 103".to_owned()]);
        raw.people[3].diversions = vec![row];
    });
    let [alice, _, carol, dave] = four(&office);
    // Nothing to hear yet: the call ends as it would without.
    alice.dials("104");
    dave.rings().declines();
    alice.is_idle();
    records(&office, &dave);
    alice.dials("104");
    dave.rings().declines();
    alice.hears("assistant of 104").presses("1");
    carol.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
    carol.is_idle();
    alice.is_idle().dials("104");
    dave.rings().declines();
    alice.hears("assistant of 104").presses("#");
    // A tone of eight seconds.
    office.wait(secs(12));
    alice.is_idle();
    office.last_story_says("101 heard the assistant of 104 and reached nobody");
}

#[test]
fn f97_who_chose_somebody_hears_no_second_assistant() {
    let (office, _) = office("keys = [\"1 person 103\"]");
    office.reloads(|raw| {
        let mut row = raw.people[1].diversions[0].clone();
        row.keys = Some(vec!["1 person 102".to_owned()]);
        raw.people[2].diversions = vec![row];
    });
    let [alice, bob, carol, _] = four(&office);
    for phone in [&bob, &carol] {
        records(&office, phone);
        is_not_disturbed(phone);
    }
    alice.dials("102").hears("assistant of 102").presses("1").hears_prompt("default-greeting").hangs_up();
    alice.is_idle().dials("103").hears("assistant of 103").hangs_up();
}

#[test]
fn f97_what_is_not_on_disk_is_not_promised() {
    let (office, _) = office("enabled = false");
    let [_, bob, _, _] = four(&office);
    records(&office, &bob);
    office.disk(Mood::Fails);
    bob.dials("*38").hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    office.disk(Mood::WORKS);
    office.errors();
}

#[test]
fn f97_what_becomes_of_a_call_is_foretold_with_the_assistant() {
    let (office, _) = office(KEYS);
    let question = Question { from: "101".to_owned(), to: "102".to_owned(), ..Question::default() };
    let answer = office.what_if(&question);
    let words = Language::English.words();
    let way: Vec<String> = answer.way.iter().map(|one| words.act(&answer.plan.steps[one.step].act)).collect();
    assert_eq!(way[1], "let callers hear the assistant of 102");
    assert_eq!(way.len(), 3, "who presses nothing comes to the mailbox: {way:?}");
}

#[test]
fn f97_who_hangs_up_at_the_assistant_is_the_last_caller_of_its_owner() {
    let (office, _) = office(KEYS);
    let [alice, bob, carol, _] = four(&office);
    records(&office, &bob);
    carol.dials("102");
    bob.rings().declines();
    carol.hears("assistant of 102").hangs_up();
    carol.is_idle();
    // No phone rings for this one.
    is_not_disturbed(&bob);
    alice.dials("102").hears("assistant of 102").hangs_up();
    alice.is_idle();
    bob.dials("*32").hears("beep").hears_prompt("caller-blocked").hears_the_end();
    bob.is_idle();
    alice.dials("102");
    office.last_story_says("102 takes no calls of 101");
}

#[test]
fn f97_who_hangs_up_at_the_assistant_may_be_called_back() {
    let (office, _) = office(KEYS);
    let [alice, bob, carol, _] = four(&office);
    records(&office, &bob);
    alice.dials("102");
    bob.rings().declines();
    alice.hears("assistant of 102").hangs_up();
    office.last_story_says("101 heard the assistant of 102 and reached nobody");
    alice.is_idle().dials("*66").hears_prompt("completion-set").hears_the_end();
    bob.is_idle().dials("103");
    carol.rings().answers();
    carol.hangs_up();
    bob.is_idle();
    alice.rings_as_from("Call back: Bob").answers();
    bob.rings_from("101").answers().talks_to(&alice);
}
