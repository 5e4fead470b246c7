//! Every key in every state of a mailbox, and every state left in every way.

use std::time::Duration;

use office::{Mood, Office, Phone, minutes, secs};

use crate::retrieve::{MAILBOXES, heard};

/// What leads to a state from the moment that the mailbox is open: keys, and a wait after them.
type Way = [(&'static str, u64)];

/// What is heard right after a key in a state.
struct State {
    name: &'static str,
    way: &'static Way,
    keys: &'static [(char, &'static str)],
}

/// Two new messages of 20 s and a saved one: 101's, then 104's; 103's.
const STATES: [State; 12] = [
    State {
        name: "before the first message is named",
        way: &[],
        keys: &[
            ('1', "message of 101a at 0"),
            ('2', "message-from-name"),
            ('3', "message-from-name"),
            ('4', "message-from-name"),
            ('5', "message-from-name"),
            ('6', "message-from-name"),
            ('7', "message-from-name"),
            ('8', "message-from-name"),
            ('9', "message-from-name"),
            ('0', "message-help"),
            ('*', "main-menu"),
            ('#', "message-from-name"),
            ('A', "invalid-key"),
        ],
    },
    State {
        name: "while the first message is named",
        way: &[("#", 1)],
        keys: &[
            ('1', "message of 101a at 0"),
            ('2', "saved"),
            ('3', "deleted"),
            ('4', "no-earlier-messages"),
            ('5', "message-from-name"),
            ('6', "message-from-name"),
            ('7', "message of 101a at 0"),
            ('8', "connecting"),
            ('9', "message of 101a at 5"),
            ('0', "message-help"),
            ('*', "main-menu"),
            ('#', "message-from-name"),
            ('A', "invalid-key"),
        ],
    },
    State {
        name: "in the middle of the first message",
        way: &[("1", 8)],
        keys: &[
            ('1', "message of 101a at 0"),
            ('2', "saved"),
            ('3', "deleted"),
            ('4', "no-earlier-messages"),
            ('5', "message-from-name"),
            ('6', "message-from-name"),
            ('7', "message of 101a at 3"),
            ('8', "connecting"),
            ('9', "message of 101a at 13"),
            ('0', "message-help"),
            ('*', "main-menu"),
            ('#', "message-from-name"),
            ('B', "invalid-key"),
        ],
    },
    State {
        name: "near the end of the first message",
        way: &[("1", 17)],
        keys: &[('9', "message-menu"), ('7', "message of 101a at 12")],
    },
    State {
        name: "after the first message",
        way: &[("1", 21)],
        keys: &[
            ('1', "message of 101a at 0"),
            ('2', "saved"),
            ('3', "deleted"),
            ('4', "no-earlier-messages"),
            ('5', "message-from-name"),
            ('6', "message-from-name"),
            ('7', "message of 101a at 15"),
            ('8', "connecting"),
            ('9', "message-menu"),
            ('0', "message-help"),
            ('*', "main-menu"),
            ('#', "message-from-name"),
            ('C', "invalid-key"),
        ],
    },
    State {
        name: "after the deletion of the first message",
        way: &[("#3", 0)],
        keys: &[
            ('1', "message of 101a at 0"),
            ('2', "saved"),
            ('3', "restored"),
            ('#', "message-from-name"),
            ('*', "main-menu"),
        ],
    },
    State {
        name: "at the second message",
        way: &[("##1", 3)],
        keys: &[
            ('1', "message of 104a at 0"),
            ('4', "message-from-name"),
            ('6', "no-more-messages"),
            ('#', "no-more-messages"),
            ('7', "message of 104a at 0"),
        ],
    },
    State {
        name: "in the main menu",
        way: &[("*", 1)],
        keys: &[
            ('1', "message-from-name"),
            ('2', "message-from-name"),
            ('3', "greeting-menu"),
            ('4', "record-name"),
            ('5', "enter-new-pin"),
            ('6', "invalid-key"),
            ('7', "invalid-key"),
            ('8', "invalid-key"),
            ('9', "invalid-key"),
            ('0', "main-menu"),
            ('#', "invalid-key"),
            ('*', "goodbye"),
            ('D', "invalid-key"),
        ],
    },
    State {
        name: "in the greeting menu",
        way: &[("*3", 1)],
        keys: &[
            ('1', "record-greeting"),
            ('2', "default-greeting"),
            ('3', "greeting-restored"),
            ('4', "invalid-key"),
            ('5', "invalid-key"),
            ('6', "invalid-key"),
            ('7', "invalid-key"),
            ('8', "invalid-key"),
            ('9', "invalid-key"),
            ('0', "greeting-menu"),
            ('#', "invalid-key"),
            ('*', "main-menu"),
        ],
    },
    State {
        name: "asked for a name",
        way: &[("*4", 1)],
        keys: &[('1', "record-name"), ('0', "record-name"), ('*', "main-menu"), ('#', "beep")],
    },
    State {
        name: "while a greeting is recorded",
        way: &[("*31#", 3)],
        keys: &[('1', "nothing"), ('0', "nothing"), ('*', "nothing"), ('#', "review-menu")],
    },
    State {
        name: "at the review of a greeting",
        way: &[("*31#", 6), ("#", 1)],
        keys: &[
            ('1', "greeting-saved"),
            ('2', "greeting of 102 at 0"),
            ('3', "beep"),
            ('4', "invalid-key"),
            ('0', "invalid-key"),
            ('#', "invalid-key"),
            ('*', "greeting-menu"),
        ],
    },
];

fn office() -> (Office, Phone) {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    office.mailbox("102").gets_message("101", secs(20)).gets_message("103", secs(20)).gets_message("104", secs(20));
    office.page_moves("102", 1, office::Folder::Saved);
    bob.dials("*97").hears_prompt("you-have-messages");
    (office, bob)
}

fn goes(office: &Office, owner: &Phone, way: &Way) {
    for (keys, seconds) in way {
        owner.presses(keys);
        office.wait(secs(*seconds));
    }
}

#[test]
fn every_key_in_every_state_does_what_the_menus_say() {
    for state in &STATES {
        for (key, expected) in state.keys {
            let (office, bob) = office();
            goes(&office, &bob, state.way);
            bob.presses(&key.to_string());
            let what = format!("{key} {}", state.name);
            match expected.split_once(" at ") {
                Some((voice, seconds)) => {
                    assert_eq!(heard(&bob), voice, "{what}");
                    let place: u64 = seconds.parse().expect("a place is in seconds");
                    bob.hears_recording_at(secs(place));
                }
                None if matches!(*expected, "nothing" | "beep") => assert_eq!(heard(&bob), *expected, "{what}"),
                None => assert_eq!(heard(&bob), format!("the prompt {expected}"), "{what}"),
            }
        }
    }
}

/// One long evening at the phone: every part of a mailbox, from the door to the last word, without a deleted message that is not
/// taken back.
const EVENING: [(&str, u64); 30] = [
    ("", 0),
    ("280476#", 1),
    ("1", 4),
    ("9", 3),
    ("7", 2),
    ("1", 21),
    ("5", 1),
    ("2", 1),
    ("3", 1),
    ("3", 1),
    ("#", 2),
    ("4", 2),
    ("#0", 2),
    ("#", 1),
    ("2", 9),
    ("*", 1),
    ("3", 1),
    ("2", 2),
    ("1", 1),
    ("#", 0),
    ("", 4),
    ("#", 1),
    ("2", 2),
    ("1", 1),
    ("3", 1),
    ("*4#", 2),
    ("#", 1),
    ("1", 1),
    ("5604817#", 1),
    ("604817#", 1),
];

/// How an evening ends before its time.
#[derive(Clone, Copy, Debug)]
enum End {
    HangsUp,
    SaysNothing,
    LosesPower,
    DiskFails,
    DiskIsDead,
    BoxRestarts,
    BoxShutsDown,
    PagePurges,
    Administrator,
}

const ENDS: [End; 9] = [
    End::HangsUp,
    End::SaysNothing,
    End::LosesPower,
    End::DiskFails,
    End::DiskIsDead,
    End::BoxRestarts,
    End::BoxShutsDown,
    End::PagePurges,
    End::Administrator,
];

fn is_up(phone: &Phone) -> bool {
    let is_up = std::cell::Cell::new(false);
    phone.expects("is in a call or not", |world| {
        is_up.set(!world.phones[phone.index()].calls.is_empty());
        true
    });
    is_up.get()
}

/// Lives a part of the evening, and stops where the call is over.
fn lives(office: &Office, bob: &Phone, part: &Way) {
    for (keys, seconds) in part {
        for key in keys.chars() {
            if is_up(bob) {
                bob.presses(&key.to_string());
            }
        }
        office.wait(secs(*seconds));
    }
}

fn ends(office: &Office, bob: &Phone, end: End, rest: &Way) {
    match end {
        End::HangsUp => {
            bob.hangs_up();
        }
        // Longer than everything that may be said, recorded or waited for.
        End::SaysNothing => {
            office.wait(minutes(4));
            bob.is_idle();
        }
        End::LosesPower => {
            bob.loses_power();
            office.wait(minutes(3));
        }
        End::DiskFails | End::DiskIsDead => {
            office.disk(if matches!(end, End::DiskFails) { Mood::Fails } else { Mood::IsDead });
            lives(office, bob, rest);
            bob.hangs_up_if_in_a_call();
            office.wait(secs(20));
            office.disk(Mood::WORKS);
            office.wait(minutes(2));
        }
        End::BoxRestarts => {
            office.restarts();
            bob.hangs_up();
        }
        End::BoxShutsDown => office.shuts_down(),
        End::PagePurges => {
            while !office.mailbox("102").messages().is_empty() {
                office.page_purges("102", 0);
            }
            lives(office, bob, rest);
        }
        End::Administrator => {
            let call = office.status().calls[0].id.0;
            office.administrator_ends(call);
            bob.is_idle();
        }
    }
}

#[test]
fn an_evening_at_the_phone_may_end_at_any_moment_in_any_way() {
    for end in ENDS {
        for place in 0..EVENING.len() {
            let office = Office::with(MAILBOXES);
            let bob = office.phone(102);
            let mailbox = office.mailbox("102");
            mailbox.gets_message("101", secs(20)).gets_message("103", secs(20)).gets_message("104", secs(20));
            bob.dials("*98102").hears_prompt("enter-pin");
            lives(&office, &bob, &EVENING[..=place]);
            assert!(is_up(&bob), "the evening lasts to its end: {place}");
            office.wait(Duration::from_millis(300));
            ends(&office, &bob, end, &EVENING[place + 1..]);
            bob.hangs_up_if_in_a_call();
            office.wait(secs(15));
            let left = mailbox.messages();
            let expected = if matches!(end, End::PagePurges) { 0 } else { 3 };
            assert_eq!(left.len(), expected, "{end:?} after {place}: {left:?}");
            let lost = office.errors();
            assert!(lost.iter().all(|error| error.contains("disk")), "{end:?} after {place}: {lost:?}");
        }
    }
}

#[test]
fn an_evening_ends_as_it_should() {
    let office = Office::with(MAILBOXES);
    let bob = office.phone(102);
    let mailbox = office.mailbox("102");
    mailbox.gets_message("101", secs(20)).gets_message("103", secs(20)).gets_message("104", secs(20));
    bob.dials("*98102").hears_prompt("enter-pin");
    lives(&office, &bob, &EVENING);
    assert!(mailbox.has_name() && !mailbox.has_greeting());
    bob.hears_prompt("main-menu").hangs_up();
    bob.dials("*98102").hears_prompt("enter-pin").presses("604817#").hears_prompt("you-have-messages");
}
