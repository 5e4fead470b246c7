//! `*97`, `*98`: an owner listens to messages by phone.

use std::cell::RefCell;
use std::time::Duration;

use office::{Folder, Mood, Office, Phone, expect, minutes, secs};
use pbx::prompt::Arg;

/// 101 asks for its PIN everywhere, 102 nowhere at home, 103 has none.
pub const MAILBOXES: &str = "
    101 Alice  phone, voicemail, pin 739116
    102 Bob    phone, voicemail, pin 280476, no pin on own phone
    103 Carol  phone, ring 10 s, voicemail, quota 1 min
    104 Dave   phone, ring 10 s
    105 Erin   phone, voicemail, no pin on own phone, no envelope
    106 Frank  no phone
";

/// What is in the receiver at this moment, without waiting for anything.
pub fn heard(phone: &Phone) -> String {
    let sound = RefCell::new(String::new());
    phone.expects("hears something or nothing", |world| {
        *sound.borrow_mut() = world.sound_of(phone.index());
        true
    });
    sound.into_inner()
}

/// Opens a mailbox on its owner's phone and hears how many messages there are.
#[track_caller]
pub fn opens(owner: &Phone, pin: &str) {
    owner.dials("*97").hears_prompt("enter-pin").presses(pin).hears_prompt("you-have-messages");
}

fn counts(phone: &Phone) -> Vec<(String, Arg)> {
    phone.prompt_args()
}

#[test]
fn an_owner_listens_to_the_new_messages_and_they_are_saved() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.dials("*99101").hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(8));
    bob.hangs_up();
    let mailbox = office.mailbox("101");
    mailbox.holds(1, 0);
    opens(&alice, "739116#");
    assert_eq!(counts(&alice), [("new".to_owned(), Arg::Count(1)), ("saved".to_owned(), Arg::Count(0))]);
    alice.hears_prompt("message-from-name");
    let args = alice.prompt_args();
    assert!(matches!(&args[..], [(_, Arg::Count(1)), (_, Arg::Moment { .. }), (_, Arg::Name(name))] if name == "Bob"));
    alice.hears_message_from("102a");
    office.wait(secs(6));
    alice.hears_prompt("message-menu").presses("#").hears_prompt("no-more-messages").hears_prompt("main-menu");
    mailbox.holds(0, 1);
    alice.presses("1").hears_prompt("no-new-messages").presses("2").hears_prompt("message-from-name");
    alice.presses("*").presses("*").hears_prompt("goodbye").is_idle();
    office.wait(secs(1));
    assert!(office.story(2).contains("101 listened to its mailbox"), "{}", office.story(2));
}

#[test]
fn the_newest_comes_first_for_who_wants_it_so_and_what_comes_meanwhile_at_the_end() {
    let office = Office::with("102 Bob  phone, voicemail, no pin on own phone, newest first\n103 Carol  phone");
    let (bob, carol) = (office.phone(102), office.phone(103));
    let mailbox = office.mailbox("102");
    mailbox.gets_message("101", secs(5)).gets_message("103", secs(6)).gets_message("104", secs(7));
    bob.dials("*97").hears_prompt("you-have-messages");
    bob.hears_prompt("message-from-number").hears_message_from("104").presses("#");
    bob.hears_prompt("message-from-name").hears_message_from("103a");
    carol.dials("*99102").hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(3));
    carol.hangs_up();
    bob.hears_prompt("message-menu").presses("#").hears_prompt("message-from-number").hears_message_from("101");
    bob.presses("#").hears_prompt("message-from-name").hears_message_from("103a").presses("#");
    bob.hears_prompt("no-more-messages");
}

#[test]
fn the_oldest_comes_first_and_saved_ones_stay_apart() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    let mailbox = office.mailbox("102");
    mailbox.gets_message("101", secs(5)).gets_message("103", secs(6)).gets_message("104", secs(7));
    office.page_moves("102", 1, Folder::Saved);
    bob.dials("*97").hears_prompt("you-have-messages");
    assert_eq!(counts(&bob), [("new".to_owned(), Arg::Count(2)), ("saved".to_owned(), Arg::Count(1))]);
    bob.presses("1").hears_message_from("101a").presses("#1").hears_message_from("104a");
    bob.presses("#").hears_prompt("no-more-messages");
    mailbox.holds(2, 1);
    bob.presses("21").hears_message_from("103a").presses("*").hears_prompt("main-menu");
}

#[test]
fn an_empty_mailbox_leads_to_the_main_menu() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*97").hears_prompt("no-messages").hears_prompt("main-menu");
    bob.presses("1").hears_prompt("no-new-messages").presses("2").hears_prompt("no-saved-messages");
    bob.presses("0").hears_prompt("main-menu").presses("7").hears_prompt("invalid-key");
    bob.presses("*").hears_prompt("goodbye").is_idle();
}

#[test]
fn an_owner_without_a_pin_is_told_so_and_goes_straight_in() {
    let office = Office::with(MAILBOXES);
    let carol = office.phone(103);
    office.mailbox("103").gets_message("101", secs(5));
    carol.dials("*97").hears_prompt("mailbox-has-no-pin").hears_prompt("you-have-messages");
}

#[test]
fn who_wants_no_envelope_hears_the_number_and_key_5_says_the_rest() {
    let office = Office::with(MAILBOXES);
    let erin = office.phone(105);
    office.mailbox("105").gets_message("04155550100", secs(8)).gets_message("", secs(8));
    erin.dials("*97")
        .hears_prompt("mailbox-has-no-pin")
        .hears_prompt("you-have-messages")
        .hears_prompt("message-number");
    erin.presses("5").hears_prompt("message-from-number");
    office.wait(secs(4));
    erin.presses("#").hears_prompt("message-number").presses("5").hears_prompt("message-from-unknown");
    erin.presses("8").hears_prompt("no-number-to-call");
}

#[test]
fn a_message_is_new_until_it_was_heard_to_its_end() {
    for (waits, keys, new, saved) in [
        (6, "#", 1, 0),
        (12, "#", 0, 1),
        (12, "*", 0, 1),
        (6, "*", 1, 0),
        (12, "", 0, 1),
        (6, "", 1, 0),
        (6, "9", 0, 1),
    ] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(10));
        bob.dials("*97").hears_prompt("you-have-messages").presses("1").hears_message_from("101a");
        office.wait(secs(waits));
        bob.presses(keys).hangs_up().is_idle();
        office.wait(secs(1));
        office.mailbox("102").holds(new, saved);
    }
}

#[test]
fn a_message_heard_twice_by_halves_is_new_and_a_deleted_one_stays_deleted() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(10)).gets_message("103", secs(10));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(6));
    bob.presses("1");
    office.wait(secs(6));
    bob.presses("#1");
    office.wait(secs(11));
    bob.presses("3").hears_prompt("deleted").presses("*").hears_prompt("main-menu").hangs_up().is_idle();
    office.mailbox("102").holds(1, 0);
    assert_eq!(office.mailbox("102").messages()[1].folder, Folder::Trash);
}

#[test]
fn what_is_taken_back_lies_where_it_lay() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(10)).gets_message("103", secs(10));
    office.page_moves("102", 1, Folder::Saved);
    bob.dials("*97").hears_prompt("you-have-messages").presses("#3").hears_prompt("deleted");
    office.mailbox("102").holds(0, 1);
    bob.presses("3").hears_prompt("restored").presses("*2").hears_prompt("message-from-name").presses("3");
    bob.hears_prompt("deleted");
    office.mailbox("102").holds(1, 0);
    bob.presses("3").hears_prompt("restored").hangs_up().is_idle();
    office.mailbox("102").holds(1, 1);
}

#[test]
fn a_message_that_lost_its_end_says_so() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("*99102").hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    office.restarts();
    alice.hangs_up();
    bob.dials("*97").hears_prompt("you-have-messages").presses("1").hears_message_from("101a");
    bob.hears_prompt("message-is-cut-off").hears_prompt("message-menu");
}

#[test]
fn a_message_whose_file_is_gone_is_not_counted_as_heard() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(10));
    office.loses_file("102", 0);
    bob.dials("*97").hears_prompt("you-have-messages").presses("1").hears_prompt("not-possible-now");
    bob.presses("#").hears_prompt("no-more-messages").hangs_up();
    office.mailbox("102").holds(1, 0);
}

#[test]
fn an_owner_hears_that_the_mailbox_is_full_or_almost() {
    for (seconds, prompt) in [(53, ""), (54, "mailbox-almost-full"), (56, "mailbox-full-owner")] {
        let office = Office::with(MAILBOXES);
        let carol = office.phone(103);
        office.mailbox("103").gets_message("101", secs(seconds));
        carol.dials("*97").hears_prompt("mailbox-has-no-pin").hears_prompt("you-have-messages");
        office.wait(Duration::from_millis(3_500));
        let prompt = if prompt.is_empty() { "message-from-name" } else { prompt };
        assert_eq!(heard(&carol), format!("the prompt {prompt}"), "{seconds} s of a minute");
    }
}

#[test]
fn a_sender_is_called_back() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    office.mailbox("102").gets_message("101", secs(3));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(4));
    bob.presses("8").hears_prompt("connecting").hears_ringback();
    alice.rings_from("102").answers().talks_to(&bob);
    bob.hangs_up();
    office.mailbox("102").holds(0, 1);
    office.calls_are(expect!["10:00 102 -> *97, the box answered, 101a rang, 101a answered: hung up after 0 s"]);
}

#[test]
fn a_caller_who_calls_himself_by_a_code_is_not_called_back() {
    let office = Office::with(MAILBOXES);
    let (bob, carol) = (office.phone(102), office.phone(103));
    let mailbox = office.mailbox("102");
    mailbox.gets_message("*72103", secs(9)).gets_message("*43", secs(9)).gets_message("", secs(9));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    for _ in 0..3 {
        office.wait(secs(4));
        bob.presses("8").hears_prompt("no-number-to-call").presses("6");
    }
    office.wait(secs(4));
    bob.hangs_up();
    office.phone(101).dials("102");
    bob.rings_from("101");
    carol.is_idle();
}

#[test]
fn a_sender_who_is_busy_or_away_is_heard_to_be() {
    let office = Office::with(MAILBOXES);
    let (bob, dave) = (office.phone(102), office.phone(104));
    let mailbox = office.mailbox("102");
    mailbox.gets_message("104", secs(9)).gets_message("999", secs(9)).gets_message("101", secs(9));
    let calls_back = || {
        bob.presses("#8").hears_prompt("connecting");
        office.wait(secs(4));
    };
    bob.dials("*97").hears_prompt("you-have-messages");
    calls_back();
    dave.declines();
    bob.hears("busy").hangs_up().is_idle();
    bob.dials("*97").hears_prompt("you-have-messages").presses("#");
    calls_back();
    bob.hears("special information").hangs_up().is_idle();
    // 101 is offline, and takes messages.
    bob.dials("*97").hears_prompt("you-have-messages").presses("##");
    calls_back();
    bob.hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    bob.hangs_up();
    office.mailbox("101").holds(1, 0);
}

#[test]
fn what_comes_meanwhile_is_there_when_the_new_ones_are_asked_for_again() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("##").hears_prompt("no-more-messages");
    office.mailbox("102").gets_message("103", secs(5));
    bob.presses("1").hears_prompt("message-from-name").presses("#");
    bob.hears_prompt("message-from-name").presses("1").hears_message_from("103a");
}

#[test]
fn a_message_that_the_page_deletes_is_gone_and_the_next_one_comes() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages");
    office.page_purges("102", 0);
    bob.presses("#2").hears_prompt("message-is-gone").hears_prompt("message-from-name").hears_message_from("103a");
    office.page_purges("102", 0);
    bob.presses("3").hears_prompt("message-is-gone").hears_prompt("no-more-messages").hears_prompt("main-menu");
    office.mailbox("102").gets_message("104", secs(3));
    bob.presses("11");
    office.wait(secs(4));
    office.page_purges("102", 0);
    bob.presses("#").hears_prompt("no-more-messages");
}

#[test]
fn nothing_changes_while_the_disk_takes_nothing() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    let mailbox = office.mailbox("102");
    mailbox.gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(6));
    office.disk(Mood::Fails);
    bob.presses("2").hears_prompt("not-possible-now").presses("3").hears_prompt("not-possible-now");
    bob.presses("#").hears_prompt("message-from-name").presses("*").hears_prompt("main-menu");
    bob.presses("1").hears_prompt("not-possible-now").hears_prompt("main-menu");
    mailbox.holds(2, 0);
    office.disk(Mood::IsDead);
    bob.presses("2");
    office.wait(secs(4));
    bob.hears_prompt("not-possible-now");
    office.disk(Mood::WORKS);
    bob.presses("1").hears_prompt("message-from-name").presses("4").hears_prompt("no-earlier-messages");
    bob.hangs_up();
    mailbox.holds(2, 0);
}

#[test]
fn a_key_that_comes_while_the_disk_is_busy_waits_for_it() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages");
    office.disk(Mood::Writes(Duration::from_millis(2_000)));
    bob.presses("#3#");
    assert_eq!(heard(&bob), "nothing");
    bob.hears_prompt("message-from-name").presses("1").hears_message_from("103a");
    office.disk(Mood::WORKS);
    office.mailbox("102").holds(1, 0);
}

#[test]
fn a_key_on_the_way_to_the_main_menu_deletes_nothing() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(6));
    office.disk(Mood::Writes(Duration::from_millis(2_000)));
    bob.presses("*3").hears_prompt("main-menu");
    office.disk(Mood::WORKS);
    office.mailbox("102").holds(0, 1);
    assert_eq!(office.mailbox("102").message().folder, Folder::Saved);
}

#[test]
fn a_box_that_restarts_in_the_middle_forgets_no_message() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("#3").hears_prompt("deleted").presses("#1");
    office.restarts();
    bob.hangs_up();
    office.mailbox("102").holds(1, 0);
    bob.dials("*97").hears_prompt("you-have-messages").presses("1").hears_message_from("103a");
}

#[test]
fn keys_may_come_by_info_and_the_offer_late() {
    for model in ["keys-by-info", "delayed-offer"] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102).as_model(model);
        office.mailbox("102").gets_message("101", secs(5));
        bob.dials("*97").hears_prompt("you-have-messages").presses("1").hears_message_from("101a");
    }
}

#[test]
fn nobody_who_says_nothing_holds_a_line_for_long() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    office.mailbox("102").gets_message("101", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages");
    alice.dials("*98").hears_prompt("enter-mailbox");
    assert!(office.status().calls.iter().all(|call| call.state == "listening"));
    office.wait(minutes(1));
    alice.is_idle();
    bob.is_idle();
    office.mailbox("102").holds(0, 1);
    assert!(office.story(2).contains("101 opened no mailbox"), "{}", office.story(2));
}
