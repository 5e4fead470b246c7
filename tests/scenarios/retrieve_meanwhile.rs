//! What happens to a mailbox, or to its owner, while messages are listened to.

use office::{Folder, Office, Phone, minutes, secs};

use crate::retrieve::{MAILBOXES, heard};

/// Two phones share a mailbox that asks for no PIN.
const SHARED: &str = "
    101 Alice  phone
    102 Bob    phones 2, voicemail, no pin on own phone
";

#[track_caller]
fn listens(owner: &Phone) {
    owner.dials("*97").hears_prompt("you-have-messages").presses("1").hears_message_from("101a");
}

/// Both phones of 102 hear the same new message of ten seconds.
fn both_listen() -> (Office, Phone, Phone) {
    let office = Office::with(SHARED);
    let [one, other] = office.phones(102).try_into().expect("there are two");
    office.mailbox("102").gets_message("101", secs(10));
    listens(&one);
    listens(&other);
    (office, one, other)
}

#[test]
fn a_message_that_one_listener_deleted_stays_deleted_whatever_the_other_does() {
    for ends in ["#", "*", "2", "hangs up", "says nothing"] {
        let (office, one, other) = both_listen();
        one.presses("3").hears_prompt("deleted").hangs_up();
        office.wait(secs(12));
        match ends {
            "hangs up" => other.hangs_up(),
            "says nothing" => {
                office.wait(minutes(2));
                other.is_idle()
            }
            "2" => other.presses("2").hears_prompt("message-is-gone").hears_prompt("no-more-messages"),
            key => other.presses(key).hears_prompt("main-menu"),
        };
        office.wait(secs(2));
        assert_eq!(office.mailbox("102").message().folder, Folder::Trash, "{ends}");
    }
}

#[test]
fn a_message_that_the_page_trashes_stays_there_when_its_owner_hangs_up() {
    let office = Office::with(SHARED);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(10));
    listens(&bob);
    office.wait(secs(12));
    office.page_moves("102", 0, Folder::Trash);
    bob.hangs_up();
    office.wait(secs(2));
    assert_eq!(office.mailbox("102").message().folder, Folder::Trash);
}

#[test]
fn a_message_that_another_saved_or_put_back_can_be_deleted_all_the_same() {
    let (office, one, other) = both_listen();
    one.presses("2").hears_prompt("saved").hangs_up();
    other.presses("3").hears_prompt("deleted");
    office.mailbox("102").holds(0, 0);
    other.presses("3").hears_prompt("restored").hangs_up();
    office.mailbox("102").holds(0, 1);
    one.dials("*97").hears_prompt("you-have-messages").hears_prompt("main-menu").presses("2");
    one.hears_prompt("message-from-name");
    office.page_moves("102", 0, Folder::New);
    one.presses("2").hears_prompt("saved");
    office.mailbox("102").holds(0, 1);
}

#[test]
fn what_two_listeners_both_delete_is_deleted() {
    let (office, one, other) = both_listen();
    one.presses("3").hears_prompt("deleted");
    other.presses("3").hears_prompt("deleted").hangs_up();
    one.hangs_up();
    assert_eq!(office.mailbox("102").message().folder, Folder::Trash);
}

#[test]
fn a_key_before_the_first_message_is_named_changes_nothing_and_leads_to_it() {
    for key in ["2", "3", "4", "5", "6", "7", "8", "9", "#"] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(10)).gets_message("103", secs(10));
        bob.dials("*97").hears_prompt("you-have-messages").presses(key);
        assert_eq!(heard(&bob), "the prompt message-from-name", "{key}");
        bob.hears_message_from("101a").hangs_up().is_idle();
        office.wait(secs(1));
        office.mailbox("102").holds(2, 0);
    }
}

#[test]
fn help_before_the_first_message_is_named_is_no_way_around_its_name() {
    for (key, said) in [("0", "message-help"), ("A", "invalid-key")] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(10));
        bob.dials("*97").hears_prompt("you-have-messages").presses(key).hears_prompt(said).presses("3");
        assert_eq!(heard(&bob), "the prompt message-from-name", "{key}");
        bob.presses("3").hears_prompt("deleted");
    }
}

#[test]
fn a_key_that_was_meant_for_the_message_before_does_nothing_to_the_next() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(6));
    office.disk(office::Mood::Writes(secs(2)));
    bob.presses("#3").hears_prompt("message-from-name");
    office.disk(office::Mood::WORKS);
    bob.hangs_up();
    office.wait(secs(1));
    office.mailbox("102").holds(1, 1);
}

#[test]
fn a_message_waits_for_an_owner_who_holds_the_call() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(20));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.wait(secs(10));
    bob.holds();
    office.wait(minutes(5));
    bob.resumes().hears_message_from("101a").hears_recording_at(secs(10));
    office.wait(secs(3));
    bob.hangs_up();
    office.wait(secs(1));
    office.mailbox("102").holds(1, 0);
}

#[test]
fn a_message_that_ended_on_hold_was_not_heard() {
    for seconds in [4, 12] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(10));
        bob.dials("*97").hears_prompt("you-have-messages").presses("1");
        office.wait(std::time::Duration::from_millis(9_000));
        bob.holds();
        office.wait(secs(seconds));
        bob.hangs_up();
        office.wait(secs(1));
        office.mailbox("102").holds(1, 0);
    }
}

#[test]
fn a_menu_waits_for_an_owner_who_holds_the_call() {
    for keys in ["1", "*"] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(5));
        bob.dials("*97").hears_prompt("you-have-messages").presses(keys);
        office.wait(secs(8));
        bob.holds();
        office.wait(minutes(5));
        let menu = if keys == "1" { "message-menu" } else { "main-menu" };
        bob.resumes().hears_prompt(menu).hangs_up();
    }
}

#[test]
fn nobody_holds_a_mailbox_for_ever() {
    for waits in [3, 12] {
        let office = Office::with(MAILBOXES);
        let bob = office.phone(102);
        office.mailbox("102").gets_message("101", secs(10));
        bob.dials("*97").hears_prompt("you-have-messages").presses("1");
        office.wait(secs(waits));
        bob.holds();
        office.wait(minutes(11));
        bob.is_idle();
    }
}

#[test]
fn a_message_that_comes_while_the_last_one_is_heard_is_the_next() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    let mailbox = office.mailbox("102");
    mailbox.gets_message("101", secs(5)).gets_message("103", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("##").hears_prompt("message-from-name");
    mailbox.gets_message("104", secs(5));
    bob.presses("#").hears_prompt("message-from-name");
    assert!(matches!(bob.prompt_args()[0], (_, pbx::prompt::Arg::Count(3))), "{:?}", bob.prompt_args());
    bob.hears_message_from("104a").presses("4").hears_message_from("103a").presses("##");
    bob.hears_prompt("no-more-messages").hangs_up();
    office.wait(secs(1));
    mailbox.holds(3, 0);
}

#[test]
fn what_comes_while_the_only_one_is_purged_is_not_denied() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5));
    bob.dials("*97").hears_prompt("you-have-messages").presses("1");
    office.page_purges("102", 0);
    office.mailbox("102").gets_message("103", secs(5));
    bob.presses("3").hears_prompt("message-is-gone").hears_prompt("message-from-name").hears_message_from("103a");
}

#[test]
fn saved_messages_are_not_followed_by_new_ones() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(5));
    office.page_moves("102", 0, Folder::Saved);
    bob.dials("*97").hears_prompt("you-have-messages").hears_prompt("main-menu").presses("2");
    office.mailbox("102").gets_message("103", secs(5));
    bob.hears_prompt("message-from-name").presses("#").hears_prompt("no-more-messages");
}
