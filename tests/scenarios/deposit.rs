//! Leaving a message: who is greeted how, what is kept, what is dropped, and what a mailbox does when it cannot.

use std::time::Duration;

use office::{Mood, Office, Phone, expect, secs};

/// 102's mailbox, and an operator.
const MAILBOXES: &str = "
    101 Alice  phone
    102 Bob    phone, ring 10 s, voicemail, pin 739116
    103 Carol  phone, ring 10 s
    104 Dave   no phone, voicemail, quota 1 min
    105 Erin   phone, ring 10 s, voicemail, operator 103
    message limit 30 s
";

/// Dials, skips what is said before the tone, and hears it.
#[track_caller]
fn reaches_the_tone(caller: &Phone, number: &str, greeting: &str) {
    caller.dials(number).hears_prompt(greeting).presses("#").hears_beep().is_recorded();
}

#[test]
fn a_caller_whom_nobody_answers_leaves_a_message() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102").hears_ringback();
    bob.rings();
    office.wait(secs(10));
    bob.is_idle();
    alice.hears_prompt("default-greeting");
    assert!(format!("{:?}", alice.prompt_args()).contains("Bob"));
    office.wait(secs(4));
    alice.hears_prompt("record-after-tone");
    office.wait(secs(4));
    alice.is_recorded();
    office.wait(secs(7));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    let message = office.mailbox("102").message();
    assert_eq!((message.caller.as_str(), message.speaker.as_str(), message.is_cut_off), ("101", "101a", false));
    assert!(message.length >= secs(6), "{message:?}");
    office.calls_are(expect!["10:00 101 -> 102, 102a rang, the box answered: hung up after 15 s"]);
}

#[test]
fn a_busy_a_refusing_and_an_absent_callee_have_a_mailbox_all_the_same() {
    let office = Office::with(MAILBOXES);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    alice.dials("102");
    bob.declines();
    alice.hears_prompt("default-greeting").hangs_up();
    reaches_the_tone(&alice, "104", "default-greeting");
    office.wait(secs(3));
    alice.hangs_up();
    office.mailbox("104").holds(1, 0);
    carol.dials("102");
    bob.answers().talks_to(&carol);
    bob.loses_power();
    alice.dials("102");
    office.wait(secs(5));
    alice.hears_prompt("default-greeting").hangs_up();
}

#[test]
fn a_message_can_be_heard_said_again_and_kept_before_it_is_sent() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(4));
    alice.presses("#").hears_prompt("review-menu").presses("2").hears_message_from("101a");
    alice.presses("3").hears_beep().is_recorded();
    office.wait(secs(9));
    alice.presses("#").hears_prompt("review-menu").presses("1").hears_prompt("message-saved");
    office.mailbox("102").holds(1, 0);
    let length = office.mailbox("102").message().length;
    assert!((secs(9)..secs(10)).contains(&length), "the second one counts: {length:?}");
    alice.hears_prompt("goodbye").is_idle();
}

#[test]
fn who_hangs_up_at_the_tone_leaves_nothing() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(Duration::from_millis(1_200));
    alice.hangs_up();
    office.wait(secs(3));
    assert_eq!(office.mailbox("102").messages(), []);
    alice.dials("*99102").hears_prompt("default-greeting").hangs_up();
    office.wait(secs(3));
    assert_eq!(office.mailbox("102").messages(), []);
    office.calls_are(expect![[r#"
        10:00 101 -> *99102, the box answered: hung up after 1 s
        10:00 101 -> *99102, the box answered: hung up after 0 s"#]]);
}

#[test]
fn who_says_too_little_is_asked_again_but_not_for_ever() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    for _ in 0..2 {
        office.wait(Duration::from_millis(500));
        alice.presses("#").hears_prompt("message-too-short").presses("#").hears_beep().is_recorded();
    }
    office.wait(Duration::from_millis(500));
    alice.presses("#").hears_prompt("message-too-short").hears_prompt("goodbye").is_idle();
    assert_eq!(office.mailbox("102").messages(), []);
}

#[test]
fn silence_ends_a_message_and_is_not_part_of_it() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    alice.falls_silent();
    office.wait(secs(9));
    alice.is_recorded();
    office.wait(secs(2));
    alice.hears_prompt("review-menu").hangs_up();
    office.mailbox("102").holds(1, 0);
    let length = office.mailbox("102").message().length;
    assert!((secs(5)..secs(7)).contains(&length), "{length:?}");
}

#[test]
fn nothing_but_silence_is_no_message() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    alice.falls_silent();
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(11));
    alice.hears_prompt("message-too-short").hears_prompt("goodbye").is_idle();
    assert_eq!(office.mailbox("102").messages(), []);
}

#[test]
fn a_message_has_a_limit_and_the_caller_is_told() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(29));
    alice.is_recorded();
    office.wait(secs(2));
    alice.hears_prompt("limit-reached").hears_prompt("review-menu");
    // Nobody chooses: it is kept, and the box hangs up.
    office.wait(secs(60));
    alice.is_idle();
    office.mailbox("102").holds(1, 0);
}

#[test]
fn a_full_mailbox_says_so_and_takes_nothing() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    for _ in 0..2 {
        reaches_the_tone(&alice, "*99104", "default-greeting");
        office.wait(secs(28));
        alice.hangs_up();
        office.wait(secs(1));
    }
    office.mailbox("104").holds(2, 0);
    assert!(office.alerts().concat().contains("the mailbox of 104 (Dave) is 9"), "{:?}", office.alerts());
    alice.dials("*99104").hears_prompt("default-greeting");
    office.wait(secs(4));
    alice.hears_prompt("mailbox-full").hears_prompt("goodbye").is_idle();
    office.page_purges("104", 0);
    reaches_the_tone(&alice, "*99104", "default-greeting");
    alice.hangs_up();
}

#[test]
fn callers_who_speak_at_once_share_the_room() {
    let office = Office::with(MAILBOXES);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    reaches_the_tone(&alice, "*99104", "default-greeting");
    reaches_the_tone(&bob, "*99104", "default-greeting");
    carol.dials("*99104").hears_prompt("default-greeting").presses("#").hears_prompt("mailbox-full").hangs_up();
    office.wait(secs(3));
    alice.hangs_up();
    office.mailbox("104").holds(1, 0);
    // What the first did not use is free again.
    reaches_the_tone(&carol, "*99104", "default-greeting");
    office.wait(secs(20));
    carol.is_recorded().hangs_up();
    bob.hangs_up();
    office.mailbox("104").holds(3, 0);
}

#[test]
fn what_the_disk_refuses_to_keep_is_kept_when_it_works_again_and_somebody_is_told() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    for _ in 0..3 {
        office.disk(Mood::WORKS);
        reaches_the_tone(&alice, "*99102", "default-greeting");
        office.wait(secs(5));
        office.disk(Mood::Fails);
        alice.hangs_up();
        office.wait(secs(7));
    }
    let told =
        |office: &Office| office.alerts().concat().matches("messages cannot be put into their mailboxes").count();
    office.disk(Mood::WORKS);
    office.mailbox("102").holds(3, 0);
    office.wait(secs(10));
    assert_eq!(told(&office), 3, "once each time: {:?}", office.alerts());
    office.errors();
}

#[test]
fn zero_in_the_greeting_leads_to_the_operator() {
    let office = Office::with(MAILBOXES);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("*99105").hears_prompt("default-greeting").presses("0");
    carol.rings_from("101").answers().talks_to(&alice);
    carol.hangs_up();
    alice.is_idle();
    assert_eq!(office.mailbox("105").messages(), []);
}

#[test]
fn a_full_mailbox_still_leads_to_the_operator() {
    let office = Office::with(&MAILBOXES.replace("quota 1 min", "quota 1 min, operator 103"));
    let (alice, carol) = (office.phone(101), office.phone(103));
    office.mailbox("104").gets_message("103", secs(58));
    alice.dials("*99104").hears_prompt("default-greeting");
    office.wait(secs(3));
    alice.hears_prompt("mailbox-full").hears_prompt("press-zero-for-operator").presses("0");
    carol.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn an_operator_who_sends_early_media_is_heard_and_the_caller_stays_answered() {
    for end in ["administrator", "operator", "time"] {
        let office = Office::with(MAILBOXES);
        let (alice, carol) = (office.phone(101), office.phone(103).as_model("early-media"));
        alice.dials("*99105").hears_prompt("default-greeting").presses("0").expects("hears what 103 plays", |world| {
            let ports = &world.media.ports;
            ports.len() == 2 && ports.values().all(|port| port.bridged.is_some() && port.playing.is_none())
        });
        match end {
            "administrator" => {
                office.administrator_ends(1);
            }
            "operator" => {
                carol.answers().talks_to(&alice);
                carol.hangs_up();
            }
            _ => {
                office.wait(secs(11));
                alice.hears_prompt("operator-not-available").hangs_up();
            }
        }
        alice.is_idle();
        carol.is_idle();
    }
}

#[test]
fn an_operator_who_calls_is_not_put_through_to_the_own_phone() {
    let office = Office::with(MAILBOXES);
    let carol = office.phone(103);
    carol.dials("*99105").hears_prompt("default-greeting").presses("0");
    office.wait(secs(1));
    carol.presses("#").hears_beep().is_recorded().hangs_up();
}

#[test]
fn a_phone_that_sends_its_calls_to_its_messages_sends_them_to_its_own_mailbox() {
    let office = Office::with(MAILBOXES);
    let (alice, _bob) = (office.phone(101), office.phone(102).as_model("redirects-to-*97"));
    office.mailbox("101").gets_message("103", secs(5));
    alice.dials("102");
    alice.hears_prompt("default-greeting").presses("#").hears_beep().is_recorded();
    office.wait(secs(4));
    alice.hangs_up();
    office.mailbox("102").holds(1, 0);
    let office = Office::with(MAILBOXES);
    let (alice, _bob) = (office.phone(101), office.phone(102).as_model("redirects-to-*98101"));
    alice.dials("102").is_idle().shows("403");
}

#[test]
fn a_key_that_a_phone_says_twice_counts_once() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101).as_model("keys-twice");
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    alice.presses("#").hears_prompt("review-menu").presses("2").hears_message_from("101a").presses("1");
    office.mailbox("102").holds(1, 0);
}

#[test]
fn what_was_kept_before_the_operator_was_asked_for_is_in_the_story() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99105", "default-greeting");
    office.wait(secs(5));
    alice.presses("0").hears_prompt("keep-or-drop").presses("1").hears_prompt("operator-not-available").hangs_up();
    office.wait(secs(1));
    office.mailbox("105").holds(1, 0);
    assert!(office.story(1).contains("101 left a message for 105"), "{}", office.story(1));
}

#[test]
fn an_operator_who_does_not_answer_leads_back_to_the_mailbox_once() {
    let office = Office::with(MAILBOXES);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("*99105").hears_prompt("default-greeting").presses("0").hears_ringback();
    carol.rings();
    office.wait(secs(11));
    carol.is_idle();
    alice.hears_prompt("operator-not-available").presses("0");
    office.wait(secs(1));
    carol.is_idle();
    alice.presses("#").hears_beep().is_recorded();
    office.wait(secs(5));
    alice.hangs_up();
    office.mailbox("105").holds(1, 0);
}

#[test]
fn zero_while_recording_asks_what_to_do_with_what_was_said() {
    let office = Office::with(MAILBOXES);
    let (alice, carol) = (office.phone(101), office.phone(103));
    for (key, kept) in [("1", 1), ("2", 1)] {
        reaches_the_tone(&alice, "*99105", "default-greeting");
        office.wait(secs(5));
        alice.presses("0").hears_prompt("keep-or-drop").presses(key);
        carol.rings_from("101");
        office.mailbox("105").holds(kept, 0);
        alice.hangs_up();
        carol.is_idle();
    }
}

#[test]
fn zero_means_nothing_where_there_is_no_operator() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    alice.dials("*99102").hears_prompt("default-greeting").presses("0").hears_prompt("default-greeting");
    alice.presses("#").hears_beep().is_recorded();
    office.wait(secs(3));
    alice.presses("0");
    office.wait(secs(3));
    alice.is_recorded().hangs_up();
    office.mailbox("102").holds(1, 0);
    assert!(office.mailbox("102").message().length > secs(6));
}

#[test]
fn no_mailbox_takes_no_message() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    for number in ["*99101", "*99999"] {
        alice.dials(number).hears_prompt("no-such-mailbox").hears_prompt("goodbye").is_idle();
    }
}

#[test]
fn a_disk_that_cannot_write_is_admitted_and_nothing_is_promised() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    office.disk(Mood::Fails);
    alice.dials("*99102").hears_prompt("default-greeting").presses("#").hears_prompt("not-possible-now").is_idle();
    office.disk(Mood::IsDead);
    alice.dials("*99102").hears_prompt("default-greeting").presses("#");
    office.wait(secs(4));
    alice.hears_prompt("not-possible-now").is_idle();
    office.disk(Mood::WORKS);
    office.wait(secs(15));
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    office.disk(Mood::Fails);
    alice.presses("#").hears_prompt("review-menu").presses("1").hears_prompt("not-possible-now");
    office.disk(Mood::WORKS);
    office.mailbox("102").holds(1, 0);
    office.errors();
}

#[test]
fn a_disk_that_fills_up_while_one_speaks_keeps_what_it_has() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    office.recorder_fails(secs(4));
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(4));
    alice.hears_prompt("not-possible-now").is_idle();
    office.mailbox("102").holds(1, 0);
    assert!(office.alerts().concat().contains("could not be recorded"), "{:?}", office.alerts());
}

#[test]
fn a_message_that_the_box_dies_in_is_there_after_the_start_and_lights_the_lamp() {
    let office = Office::with(MAILBOXES);
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.lamp_is_dark();
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(8));
    office.restarts();
    office.mailbox("102").holds(1, 0);
    let message = office.mailbox("102").message();
    assert!(message.is_cut_off && message.length >= secs(6), "{message:?}");
    bob.shows_lamp(1, 0);
}

#[test]
fn an_administrator_who_ends_the_call_does_not_end_the_message() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    office.administrator_ends(1);
    office.mailbox("102").holds(1, 0);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    office.shuts_down();
    office.mailbox("102").holds(2, 0);
}

#[test]
fn a_phone_that_vanishes_leaves_what_it_said() {
    let office = Office::with(MAILBOXES);
    let alice = office.phone(101);
    reaches_the_tone(&alice, "*99102", "default-greeting");
    office.wait(secs(5));
    alice.loses_power();
    office.wait(secs(40));
    office.mailbox("102").holds(1, 0);
}

#[test]
fn a_step_that_fails_loses_no_word() {
    for at in 1..=4 {
        let office = Office::with(MAILBOXES);
        let alice = office.phone(101);
        reaches_the_tone(&alice, "*99102", "default-greeting");
        office.wait(secs(5));
        office.injects_panic(at);
        alice.presses("#");
        office.wait(secs(40));
        alice.is_idle();
        office.mailbox("102").holds(1, 0);
        office.errors();
    }
}

/// The keys that mean something in a state, each with what sounds then.
type Meanings = &'static [(char, &'static str)];

/// Each state, what sounds in it, and its keys.
const KEYS: [(&str, &str, Meanings); 5] = [
    ("greeting", "default-greeting", &[('0', "ringback"), ('#', "beep")]),
    ("recording", "", &[('0', "keep-or-drop"), ('#', "review-menu")]),
    ("review", "review-menu", &[('0', "keep-or-drop"), ('1', "message-saved"), ('2', "message"), ('3', "beep")]),
    ("keep or drop", "keep-or-drop", &[('1', "ringback"), ('2', "message-dropped")]),
    ("full", "mailbox-full", &[('0', "ringback")]),
];

#[test]
fn every_key_in_every_state_does_what_it_should_or_nothing() {
    for (state, sound, meanings) in KEYS {
        for key in "0123456789*#".chars() {
            let office = Office::with(&MAILBOXES.replace("operator 103", "operator 103, quota 1 min"));
            let (alice, _carol) = (office.phone(101), office.phone(103));
            if state == "full" {
                office.mailbox("105").gets_message("103", secs(58));
                alice.dials("*99105").hears_prompt("default-greeting");
                office.wait(secs(3));
                alice.hears_prompt("mailbox-full");
            } else {
                alice.dials("*99105").hears_prompt("default-greeting");
            }
            let way = match state {
                "recording" => "#",
                "review" => "##",
                "keep or drop" => "#0",
                _ => "",
            };
            for (step, words) in way.chars().zip([secs(4), secs(0)]) {
                alice.presses(&step.to_string());
                office.wait(words);
            }
            alice.presses(&key.to_string());
            match meanings.iter().find(|(means, _)| *means == key).map_or(sound, |(_, then)| then) {
                "" => alice.is_recorded(),
                "message" => alice.hears_message_from("101a"),
                tone @ ("beep" | "ringback") => alice.hears(tone),
                prompt => alice.hears_prompt(prompt),
            };
        }
    }
}
