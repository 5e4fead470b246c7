//! Boss and secretary (F91), and whose calls come to the boss all the same (F92).

use office::{Carrier, Mood, Office, Phone, Stage, secs};
use pbx::what_if::Question;
use pbx::words::Language;

use crate::two_trunks;

const MUNICH: &str = "+49891234567";

/// Bob, for whom others answer like this.
fn office(secretaries: &str) -> (Office, Carrier) {
    let text =
        "101 Alice phone\n102 Bob phone, voicemail, ring 40 s\n103 Carol phone, voicemail\n104 Dave phone, voicemail";
    let (office, one, two) = two_trunks::office(text);
    drop(two);
    let row = format!("diversions = [{{ kind = \"secretary\", {secretaries} }}]");
    let number = "[[number]]\nnumber = \"+4930123452\"\nto = \"102\"";
    (office.with_rows(&format!("[[person]]\nextension = \"102\"\n{row}\n{number}")), one)
}

/// What the box would do first with a call of Alice to Bob that nobody makes.
fn foretold(office: &Office) -> String {
    let question = Question { from: "101".to_owned(), to: "102".to_owned(), ..Question::default() };
    Language::English.words().act(&office.what_if(&question).plan.steps[0].act)
}

/// Everybody is registered.
fn four(office: &Office) -> [Phone; 4] {
    let phones = [101, 102, 103, 104].map(|extension| office.phone(extension));
    phones.iter().for_each(|phone| {
        phone.is_registered();
    });
    phones
}

const TWO: &str = "ring_s = 15, secretaries = [\"103\", \"104\"]";

fn by(strategy: &str) -> String {
    format!("strategy = \"{strategy}\", initial_s = 10, {TWO}")
}

#[test]
fn f91_secretaries_ring_in_turn_and_show_for_whom_and_then_the_bosss_own_mailbox_answers() {
    let (office, _) = office(TWO);
    let [alice, bob, carol, dave] = four(&office);
    alice.dials("102").hears_ringback();
    carol
        .rings_as_from("For Bob: Alice")
        .rings_from("101")
        .rings_as("alert-diverted")
        .shows_sent_on_by(&["102, unconditional"]);
    office.wait(secs(14));
    dave.is_idle();
    office.wait(secs(2));
    carol.is_idle();
    dave.rings_as_from("For Bob: Alice");
    office.wait(secs(16));
    dave.is_idle();
    bob.is_idle();
    alice.hears_prompt("default-greeting");
    office.wait(secs(8));
    alice.is_recorded();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    for other in ["103", "104"] {
        office.mailbox(other).holds(0, 0);
    }
    let told = office.tells(1);
    assert!(told.contains("102 lets secretaries answer, which is switched on"), "{told}");
    assert_eq!(foretold(&office), "ring 103, 104 instead of 102, one after the other, each for 15 s");
}

#[test]
fn f91_the_boss_rings_first_where_that_was_chosen_and_who_refuses_leaves_the_call_to_the_secretaries() {
    for (strategy, both, said) in [
        ("boss_then_in_turn", false, "ring 102 for 10 s, then 103, 104 one after the other, each for 15 s"),
        ("boss_then_all", true, "ring 102 for 10 s, then 103, 104 for 15 s"),
    ] {
        let (office, _) = office(&by(strategy));
        let [alice, bob, carol, dave] = four(&office);
        alice.dials("102");
        bob.rings_as_from("Alice");
        office.wait(secs(9));
        carol.is_idle();
        office.wait(secs(2));
        bob.is_idle();
        carol.rings_as_from("For Bob: Alice");
        if both {
            dave.rings()
        } else {
            dave.is_idle()
        };
        alice.hangs_up();
        office.wait(secs(1));
        alice.is_idle().dials("102");
        bob.rings().declines();
        carol.rings().answers().talks_to(&alice);
        dave.is_idle();
        assert_eq!(foretold(&office), said);
        alice.hangs_up();
    }
}

#[test]
fn f91_all_secretaries_ring_together_or_with_the_boss() {
    for (strategy, with_boss, said) in
        [("all", false, "ring 103, 104 instead of 102, for 15 s"), ("everyone", true, "ring 102, 103, 104 for 15 s")]
    {
        let (office, _) = office(&by(strategy));
        let [alice, bob, carol, dave] = four(&office);
        alice.dials("102");
        carol.rings();
        dave.rings();
        if with_boss {
            bob.rings_as_from("Alice")
        } else {
            bob.is_idle()
        };
        assert_eq!(foretold(&office), said);
        office.wait(secs(14));
        carol.rings();
        dave.answers().talks_to(&alice);
        carol.is_idle().shows("answered elsewhere");
        bob.is_idle();
        alice.hangs_up();
    }
}

#[test]
fn f91_who_is_not_to_be_disturbed_rings_neither_as_boss_nor_as_secretary() {
    let (office, _) = office(&by("everyone"));
    let [alice, bob, carol, dave] = four(&office);
    for phone in [&bob, &carol] {
        phone.dials("*78").hears("beep").hears_the_end();
        phone.is_idle();
    }
    alice.dials("102");
    dave.rings_as_from("For Bob: Alice");
    bob.is_idle();
    carol.is_idle();
    office.wait(secs(1));
    assert!(office.tells(3).contains("103, who answers for 102, takes no calls now"), "{}", office.tells(3));
}

#[test]
fn f91_only_callers_of_the_kind_that_was_chosen_go_to_the_secretaries() {
    for (callers, internal, external) in [("internal", true, false), ("external", false, true), ("all", true, true)] {
        let (office, one) = office(&format!("callers = \"{callers}\", {TWO}"));
        let [alice, bob, carol, _] = four(&office);
        alice.dials("102");
        if internal {
            carol.rings_as_from("For Bob: Alice")
        } else {
            bob.rings_as_from("Alice")
        };
        alice.hangs_up();
        office.wait(secs(1));
        one.calls(MUNICH, "+4930123452");
        if external {
            carol.rings_as_from("For Bob: 0891234567")
        } else {
            bob.rings_from("0891234567")
        };
        office.wait(secs(1));
        let told = office.tells(if internal { 2 } else { 1 });
        assert_eq!(told.contains("such calls do not go to the secretaries of 102"), callers != "all", "{told}");
    }
}

#[test]
fn f91_a_secretarys_own_calls_and_those_that_she_passes_on_come_to_the_boss() {
    let (office, one) = office(TWO);
    let [_, bob, carol, dave] = four(&office);
    // Also one who is not on.
    dave.dials("*37102").hears("beep").hears_the_end();
    dave.is_idle().dials("102");
    bob.rings_as_from("Dave").declines();
    dave.hears_prompt("default-greeting").hangs_up();
    one.calls(MUNICH, "+4930123452");
    carol.rings_as_from("For Bob: 0891234567").answers();
    one.is_at(Stage::Talks);
    carol.transfers_to("102");
    bob.rings_from("0891234567").answers();
    carol.is_idle();
    one.hangs_up();
    bob.is_idle();
    let told = office.tells(2);
    assert!(told.contains("104 is a secretary of 102, whose calls always come through"), "{told}");
}

#[test]
fn f91_where_no_secretary_is_on_or_registered_the_boss_rings_as_if_it_were_off() {
    let (office, _) = office("secretaries = [\"103\", \"104 off\"]");
    let [alice, bob, carol, dave] = four(&office);
    carol.signs_off();
    alice.dials("102");
    bob.rings_as_from("Alice");
    office.wait(secs(38));
    // The extension's own ring time.
    bob.rings();
    dave.is_idle();
    alice.hangs_up();
    let told = office.tells(1);
    for reason in [
        "103, who answers for 102, has no phone that can be reached",
        "104, who answers for 102, has switched that off",
        "no secretary of 102 answers, so that its own rules hold",
    ] {
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn f91_calls_do_not_go_round_over_a_secretary_who_sends_them_to_the_boss() {
    let (office, _) = office(TWO);
    let [alice, bob, carol, dave] = four(&office);
    // All of them: she is left out.
    carol.dials("*72102").hears("beep").hears_the_end();
    carol.is_idle();
    alice.dials("102");
    dave.rings_as_from("For Bob: Alice");
    alice.hangs_up();
    office.wait(secs(1));
    alice.is_idle().dials("103");
    dave.rings_as_from("For Bob: Alice");
    alice.hangs_up();
    // Those that nobody answers: she was asked already.
    carol.dials("*730").hears("beep").hears_the_end();
    carol.is_idle().dials("*52102").hears("beep").hears_the_end();
    carol.is_idle();
    alice.is_idle().dials("103");
    carol.rings_as_from("Alice");
    office.wait(secs(30));
    carol.is_idle();
    dave.rings_as_from("For Bob: Alice");
    bob.is_idle();
    alice.hangs_up();
}

#[test]
fn f91_two_bosses_may_answer_for_each_other() {
    let (office, _) = office(TWO);
    office.reloads(|raw| {
        let row = "diversions = [{ kind = \"secretary\", ring_s = 15, secretaries = [\"102\"] }]";
        office::text::add(raw, &format!("[[person]]\nextension = \"103\"\n{row}"));
    });
    let [alice, bob, carol, dave] = four(&office);
    alice.dials("102");
    carol.rings_as_from("For Bob: Alice");
    bob.is_idle();
    office.wait(secs(16));
    dave.rings();
    alice.hangs_up();
    office.wait(secs(1));
    alice.is_idle().dials("103");
    bob.rings_as_from("For Carol: Alice").answers().talks_to(&alice);
    alice.hangs_up();
}

#[test]
fn f92_who_is_on_the_white_list_passes_the_secretaries_and_nothing_else() {
    let (office, one) = office(&format!("pass = [\"089*\", \"104\"], {TWO}"));
    let [alice, bob, carol, dave] = four(&office);
    one.calls(MUNICH, "+4930123452");
    bob.rings_from("0891234567").answers();
    carol.is_idle();
    one.is_at(Stage::Talks);
    bob.hangs_up();
    one.calls("+49401234567", "+4930123452");
    carol.rings_as_from("For Bob: 0401234567").answers();
    office.wait(secs(1));
    carol.hangs_up();
    dave.dials("102");
    bob.rings_as_from("Dave");
    dave.hangs_up();
    bob.is_idle().dials("*78").hears("beep").hears_the_end();
    bob.is_idle();
    one.calls(MUNICH, "+4930123452");
    office.wait(secs(3));
    bob.is_idle();
    alice.dials("102");
    carol.rings();
    alice.hangs_up();
    assert!(office.tells(1).contains("089* passes the secretaries of 102"), "{}", office.tells(1));
}

#[test]
fn f92_contacts_of_the_phonebook_with_a_tag_of_the_white_list_pass_the_secretaries() {
    let (office, one) = office(&format!("pass = [\"tag Customer\"], {TWO}"));
    let contact = |name: &str, work: &str, tags: &str| {
        format!("[[contact]]\nname = \"{name}\"\nwork = \"{work}\"\ntags = [{tags}]\n")
    };
    let book = contact("Agency", "089 1234567", "\"Supplier\"") + &contact("Shop", "089 1234567", "\"Customer\"");
    let office = office.with_rows(&(book + &contact("Mill", "040 1234567", "\"Supplier\"")));
    let [alice, bob, carol, _] = four(&office);
    one.calls(MUNICH, "+4930123452");
    bob.rings_as_from("Agency");
    carol.is_idle();
    one.gives_up("");
    office.wait(secs(1));
    assert!(
        office.tells(1).contains("contacts with the tag Customer pass the secretaries of 102"),
        "{}",
        office.tells(1)
    );
    one.calls("+49401234567", "+4930123452");
    carol.rings_as_from("For Bob: Mill");
    bob.is_idle();
    one.gives_up("");
    office.wait(secs(1));
    alice.dials("102");
    carol.rings_as_from("For Bob: Alice");
    alice.hangs_up();
}

#[test]
fn f91_37_switches_it_for_the_boss_and_a_key_shows_it_and_730_switches_it_off() {
    let (office, _) = office(&format!("enabled = false, {TWO}"));
    let [alice, bob, carol, _] = four(&office);
    bob.watches("*37").watches("*730").shows_idle("*37").shows_idle("*730");
    bob.dials("*37").hears("beep").hears_prompt("secretaries-on").hears_prompt("goodbye").is_idle();
    bob.shows_busy("*37", &["talks to *37"]).shows_busy("*730", &["talks to *730"]);
    alice.dials("102");
    carol.rings_as_from("For Bob: Alice");
    alice.hangs_up();
    bob.dials("*37").hears("beep").hears_prompt("secretaries-off").hears_prompt("goodbye").is_idle();
    bob.shows_idle("*37").dials("*37").hears("beep").hears_the_end();
    bob.is_idle().dials("*730").hears("beep").hears_prompt("secretaries-off").hears_prompt("diversions-off");
    bob.hears_the_end();
    bob.shows_idle("*37").shows_idle("*730");
    alice.is_idle().dials("102");
    bob.rings_as_from("Alice");
    alice.hangs_up();
    alice.is_idle().dials("*37").hears_prompt("secretaries-none").hears_prompt("goodbye").is_idle();
}

#[test]
fn f91_37_and_the_bosss_extension_switch_whether_one_answers_for_that_boss_and_a_key_shows_it() {
    let (office, _) = office("secretaries = [\"103\"]");
    let [alice, bob, carol, _] = four(&office);
    carol.watches("*37102").shows_busy("*37102", &["talks to *37102"]);
    carol.dials("*37102").hears("beep").hears_prompt("secretary-for-off").hears_prompt("goodbye").is_idle();
    carol.shows_idle("*37102");
    alice.dials("102");
    bob.rings_as_from("Alice");
    alice.hangs_up();
    carol.dials("*37102").hears("beep").hears_prompt("secretary-for-on").hears_prompt("goodbye").is_idle();
    carol.shows_busy("*37102", &["talks to *37102"]);
    alice.is_idle().dials("102");
    carol.rings_as_from("For Bob: Alice");
    alice.hangs_up();
    for nobody in ["*37102", "*37103", "*37199"] {
        alice.is_idle().dials(nobody).hears_prompt("not-a-secretary").hears_prompt("goodbye").is_idle();
    }
    assert!(office.tells(1).contains("answer for 102 no longer"), "{}", office.tells(1));
}

#[test]
fn f91_what_is_not_on_disk_is_not_promised() {
    let (office, _) = office(&format!("enabled = false, {TWO}"));
    let [_, bob, carol, _] = four(&office);
    office.disk(Mood::Fails);
    bob.dials("*37").hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    carol.dials("*37102").hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    office.disk(Mood::WORKS);
    office.errors();
}

#[test]
fn f91_a_boss_without_a_second_line_is_answered_for_while_in_a_call() {
    let (office, _) = office(&by("everyone"));
    office.reloads(|raw| raw.people[1].call_waiting = Some(false));
    let [alice, bob, carol, dave] = four(&office);
    bob.dials("*43").talks();
    alice.dials("102");
    carol.rings_as_from("For Bob: Alice");
    office.wait(secs(1));
    assert!(office.tells(2).contains("it rings for nobody while it is in a call"), "{}", office.tells(2));
    dave.answers().talks_to(&alice);
    alice.hangs_up();
    bob.hangs_up();
}
