//! The door of a mailbox: who is let in, who is not, and for how long nobody is.

use office::{Mood, Office, Phone, minutes, secs};
use pbx::prompt::Arg;

use crate::retrieve::{MAILBOXES, heard};

/// Gives this PIN for a mailbox, from the first question on.
#[track_caller]
fn tries(phone: &Phone, code: &str, pin: &str) {
    phone.dials(code).hears_prompt("enter-pin").presses(pin).presses("#");
}

/// Gives so many wrong PINs, each in a call of its own.
#[track_caller]
fn misses(phone: &Phone, code: &str, times: u8) {
    for _ in 0..times {
        tries(phone, code, "5550");
        phone.hangs_up().is_idle();
    }
}

#[test]
fn any_mailbox_is_opened_by_its_number_and_pin() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*98").hears_prompt("enter-mailbox").presses("101#").hears_prompt("enter-pin").presses("739116#");
    bob.hears_prompt("no-messages").hangs_up();
    tries(&bob, "*98101", "739116");
    bob.hears_prompt("no-messages").hangs_up();
    office.wait(secs(1));
    assert!(office.story(1).contains("102 listened to the mailbox of 101"), "{}", office.story(1));
    assert!(office.story(1).contains("MailboxOpened"), "{}", office.story(1));
}

#[test]
fn a_pause_ends_a_number_and_star_takes_it_back() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*98").hears_prompt("enter-mailbox").presses("55*101");
    office.wait(secs(3));
    assert_eq!(heard(&bob), "nothing");
    bob.hears_prompt("enter-pin").presses("1*739116").hears_prompt("no-messages");
}

#[test]
fn who_keys_nothing_is_asked_again_and_then_let_go() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*98").hears_prompt("enter-mailbox").presses("#").hears_prompt("enter-mailbox");
    bob.presses("#").hears_prompt("goodbye").is_idle();
    bob.dials("*98").hears_prompt("enter-mailbox").presses("*");
    assert_eq!(heard(&bob), "the prompt enter-mailbox");
    bob.presses("101#").hears_prompt("enter-pin");
    office.wait(secs(30));
    bob.is_idle();
}

#[test]
fn three_wrong_pins_end_a_call() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    tries(&bob, "*98101", "111111");
    bob.hears_prompt("wrong-pin").hears_prompt("enter-pin").presses("222222#").hears_prompt("wrong-pin");
    bob.presses("333333#").hears_prompt("wrong-pin").hears_prompt("too-many-tries").hears_prompt("goodbye").is_idle();
    office.wait(secs(1));
    let story = office.story(1);
    assert!(story.contains("102 gave a wrong PIN for the mailbox of 101"), "{story}");
    assert_eq!(story.matches("WrongPin").count(), 3, "{story}");
    assert!(office.alerts().is_empty(), "{:?}", office.alerts());
}

#[test]
fn five_wrong_pins_lock_a_mailbox_for_all_for_a_quarter_of_an_hour() {
    let office = Office::with(MAILBOXES);
    let (alice, bob, dave) = (office.phone(101), office.phone(102), office.phone(104));
    misses(&bob, "*98101", 3);
    misses(&dave, "*98101", 1);
    tries(&dave, "*98101", "5550");
    dave.hears_prompt("mailbox-locked").hears_prompt("goodbye").hangs_up();
    tries(&alice, "*97", "739116");
    alice.hears_prompt("mailbox-locked");
    assert_eq!(alice.prompt_args(), [("wait".to_owned(), Arg::Duration(15 * 60))]);
    alice.hangs_up();
    tries(&bob, "*98102", "280476");
    bob.hears_prompt("no-messages").hangs_up();
    office.wait(minutes(7));
    tries(&bob, "*98101", "5550");
    bob.hears_prompt("mailbox-locked");
    assert_eq!(bob.prompt_args(), [("wait".to_owned(), Arg::Duration(8 * 60))]);
    bob.hangs_up();
    let alerts = office.alerts();
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(alerts[0].contains("the mailbox of 101") && alerts[0].contains("102, 104"), "{alerts:?}");
    office.wait(minutes(8));
    tries(&alice, "*97", "739116");
    alice.hears_prompt("no-messages");
}

#[test]
fn hanging_up_before_the_answer_makes_no_guess_free() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.disk(Mood::Writes(secs(2)));
    misses(&bob, "*98101", 5);
    tries(&bob, "*98101", "739116");
    bob.hears_prompt("mailbox-locked").hangs_up();
    office.disk(Mood::WORKS);
    office.wait(minutes(1));
    assert_eq!(office.alerts().len(), 1, "{:?}", office.alerts());
}

#[test]
fn the_right_pin_forgives_and_so_does_an_hour() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    misses(&bob, "*98101", 4);
    tries(&alice, "*97", "739116");
    alice.hears_prompt("no-messages").hangs_up();
    misses(&bob, "*98101", 4);
    tries(&alice, "*97", "739116");
    alice.hears_prompt("no-messages").hangs_up();
    misses(&bob, "*98101", 4);
    office.wait(minutes(61));
    misses(&bob, "*98101", 4);
    tries(&alice, "*97", "739116");
    alice.hears_prompt("no-messages");
    assert!(office.alerts().is_empty(), "{:?}", office.alerts());
}

#[test]
fn guesses_do_not_lock_an_owner_out_who_needs_no_pin() {
    let office = Office::with(MAILBOXES);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    misses(&alice, "*98102", 5);
    misses(&alice, "*98103", 5);
    bob.dials("*97").hears_prompt("no-messages").hangs_up();
    carol.dials("*97").hears_prompt("mailbox-has-no-pin").hangs_up();
    assert_eq!(office.alerts().len(), 2, "{:?}", office.alerts());
}

/// Everything that is heard in two calls with five wrong PINs, at each tenth of a second.
fn transcript(number: &str) -> Vec<String> {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    let mut heard_so_far = Vec::new();
    for _ in 0..2 {
        bob.dials("*98").hears_prompt("enter-mailbox");
        for _ in 0..3 {
            for keys in [number, "5550"] {
                bob.presses(keys).presses("#");
                for _ in 0..60 {
                    heard_so_far.push(heard(&bob));
                    office.wait(std::time::Duration::from_millis(100));
                }
            }
            if office.status().calls.is_empty() {
                break;
            }
        }
        office.wait(secs(20));
        bob.is_idle();
    }
    heard_so_far
}

#[test]
fn a_number_without_a_mailbox_and_one_without_a_pin_sound_as_a_wrong_pin_does() {
    let wrong = transcript("101");
    assert!(wrong.contains(&"the prompt mailbox-locked".to_owned()), "{wrong:?}");
    for number in ["199", "103", "106", "1010101010101010101"] {
        assert_eq!(transcript(number), wrong, "{number}");
    }
}

#[test]
fn a_pin_that_cannot_be_checked_counts_for_nobody() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.disk(Mood::Fails);
    for _ in 0..6 {
        tries(&bob, "*98101", "5550");
        bob.hears_prompt("not-possible-now").hears_prompt("goodbye").is_idle();
    }
    office.disk(Mood::WORKS);
    office.wait(secs(30));
    tries(&bob, "*98101", "739116");
    bob.hears_prompt("no-messages");
}

#[test]
fn a_pin_that_is_keyed_too_early_is_written_nowhere() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*98").hears_prompt("enter-mailbox").presses("739116#").hears_prompt("enter-pin").presses("739116#");
    bob.hears_prompt("wrong-pin").hangs_up();
    office.wait(secs(1));
    let story = office.story(1);
    assert!(story.contains("102 gave a PIN for a mailbox that does not exist"), "{story}");
    assert!(!story.contains("739116"), "{story}");
}

#[test]
fn digits_mean_nothing_while_a_pin_is_checked() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.disk(Mood::Writes(secs(3)));
    tries(&bob, "*98101", "5550");
    bob.presses("739116#").hears_prompt("wrong-pin");
    office.disk(Mood::WORKS);
}

#[test]
fn a_mistyped_mailbox_is_corrected_by_star_or_after_a_wrong_pin() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    bob.dials("*98").hears_prompt("enter-mailbox").presses("103#").hears_prompt("enter-pin").presses("*");
    bob.hears_prompt("enter-mailbox").presses("101#").hears_prompt("enter-pin").presses("739116#");
    bob.hears_prompt("no-messages").hangs_up();
    bob.dials("*98").hears_prompt("enter-mailbox").presses("103#").hears_prompt("enter-pin").presses("739116#");
    bob.hears_prompt("wrong-pin").hears_prompt("enter-mailbox").presses("101#").hears_prompt("enter-pin");
    bob.presses("739116#").hears_prompt("no-messages").hangs_up();
    // Here the mailbox was named with the code.
    bob.dials("*98101").hears_prompt("enter-pin").presses("*");
    assert_eq!(heard(&bob), "the prompt enter-pin");
    bob.presses("5550#").hears_prompt("wrong-pin").hears_prompt("enter-pin");
}
