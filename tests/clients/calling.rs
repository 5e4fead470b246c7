//! Calls between desks, with what their people hear.

use serde_json::Value;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};

/// The tones of the desks below, in their order.
const TONES: [f64; 3] = [440.0, 620.0, 850.0];

/// The note that most chords of the music have, in Hz, and how loud it is at least once in ten seconds.
const MUSIC: f64 = 392.0;
const MUSIC_LOUDNESS: f64 = 1500.0;

/// An office with three registered phones, whose tones are [`TONES`].
fn office() -> (Daemon, [Baresip; 3]) {
    office_of(|_, spec| spec)
}

/// The same office, its first phone changed.
fn office_of(change_first: impl Fn(&Daemon, Spec) -> Spec) -> (Daemon, [Baresip; 3]) {
    office_in(&office_file(&[1001, 1002, 1003].map(Desk::new)), change_first)
}

fn office_in(file: &str, change_first: impl Fn(&Daemon, Spec) -> Spec) -> (Daemon, [Baresip; 3]) {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start_office(file);
    let mut number = 0;
    let phones = desks.map(|desk| {
        let spec = desk.phone(office.sip).speaking(TONES[number]);
        number += 1;
        Baresip::registered(if number == 1 { change_first(&office, spec) } else { spec })
    });
    (office, phones)
}

#[test]
fn two_desks_call_and_hear_each_other() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.dials("1002");
    assert!(bert.rings().contains("1001"));
    anna.hears_that_it_rings();
    bert.answers();
    anna.talks();
    anna.hears(620.0);
    bert.hears(440.0);
    office.shows("the call", |status| status["calls"][0]["from"] == "1001" && status["calls"][0]["to"] == "1002");
    bert.hangs_up();
    anna.call_ends();
    anna.becomes_idle();
    bert.becomes_idle();
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
}

#[test]
fn the_messages_of_a_call_are_shown_in_order_and_without_the_proof_of_its_password() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.calls(&mut bert, "1002");
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
    let rungs = office.ladder();
    let text = |rung: &Value| rung["text"].as_str().expect("a text").to_owned();
    let has = |rung: &Value, came: bool, start: &str| rung["came"] == came && text(rung).starts_with(start);
    // Each as it comes to, or goes from, the box.
    let expected = [
        (true, "INVITE sip:1002@"),
        (false, "INVITE sip:"),
        (true, "SIP/2.0 180 "),
        (false, "SIP/2.0 180 "),
        (true, "SIP/2.0 200 "),
        (false, "SIP/2.0 200 "),
        (true, "BYE "),
        (false, "BYE "),
    ];
    let mut rest = rungs.iter();
    for (came, start) in expected {
        assert!(rest.any(|rung| has(rung, came, start)), "{start} is not in its place in {rungs:#?}");
    }
    let all: String = rungs.iter().map(text).collect();
    assert!(all.contains("Authorization: Digest username="), "{all}");
    assert!(!all.contains("response=") && !all.contains("cnonce="), "{all}");
}

#[test]
fn a_phone_over_tcp_calls_a_phone_over_udp_and_back() {
    there_and_back(office_of(|_, spec| spec.over_tcp()));
}

#[test]
fn a_phone_over_tls_calls_a_phone_over_udp_and_back() {
    there_and_back(office_of(|office, spec| spec.over_tls(office.authority())));
}

/// The first calls the second, then the second the first.
#[track_caller]
fn there_and_back((office, [mut anna, mut bert, _]): (Daemon, [Baresip; 3])) {
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
    bert.calls(&mut anna, "1001");
    bert.hears(440.0);
    bert.hangs_up();
    anna.call_ends();
    office.is_quiet();
}

#[test]
fn f163_who_is_held_hears_music_until_taken_back() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.holds();
    anna.hears_at_least(MUSIC, MUSIC_LOUDNESS);
    bert.hears_silence();
    office.shows("the held call", |status| status["calls"][0]["state"] == "held");
    bert.resumes();
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}

#[test]
fn f163_who_is_held_by_a_site_without_music_hears_nothing() {
    let file = office_file(&[1001, 1002, 1003].map(Desk::new)) + "\n[[site]]\nname = \"Quiet\"\nhold_music = false\n";
    let file = file.replace("name = \"Desk 1002\"", "name = \"Desk 1002\"\nsite = \"Quiet\"");
    let (office, [mut anna, mut bert, _]) = office_in(&file, |_, spec| spec);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.holds();
    anna.hears_silence();
    bert.resumes();
    anna.hears(620.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}

#[test]
fn a_call_is_passed_on_and_the_two_who_stay_hear_each_other() {
    let (office, [mut anna, mut bert, mut carla]) = office();
    anna.calls(&mut bert, "1002");
    bert.transfers_to("1003");
    assert!(carla.rings().contains("1001"));
    carla.answers();
    bert.call_ends();
    anna.hears(850.0);
    carla.hears(440.0);
    anna.hangs_up();
    carla.call_ends();
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
}

#[test]
fn keys_pressed_in_a_call_arrive_at_the_other_side() {
    let (_office, [mut anna, mut bert, _]) = office();
    anna.calls(&mut bert, "1002");
    bert.hears(440.0);
    for key in ['4', '2', '#'] {
        anna.presses(key);
        assert_eq!(bert.sees_key(), key.to_string());
    }
}

#[test]
fn a_caller_is_told_that_the_other_side_is_busy() {
    let (office, [mut anna, mut bert, mut clara]) = office();
    anna.calls(&mut bert, "1002");
    clara.dials("1002");
    assert_eq!(clara.call_ends(), "486 Busy Here");
    anna.hears(620.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}

#[test]
fn a_call_that_is_declined_ends_for_the_caller() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.dials("1002");
    bert.rings();
    bert.hangs_up();
    assert_eq!(anna.call_ends(), "486 Busy Here");
    bert.becomes_idle();
    office.is_quiet();
}

#[test]
fn a_caller_who_gives_up_stops_the_ringing() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.dials("1002");
    bert.rings();
    anna.hears_that_it_rings();
    anna.hangs_up();
    bert.call_ends();
    bert.becomes_idle();
    office.is_quiet();
    office.keeps_call("1002", "cancelled");
}

#[test]
fn a_call_that_nobody_answers_ends_by_itself() {
    let (office, [mut anna, mut bert, _]) = office();
    anna.dials("1002");
    bert.rings();
    assert!(anna.call_ends().starts_with("480 "));
    bert.becomes_idle();
    office.is_quiet();
    office.keeps_call("1002", "unanswered");
}

#[test]
fn the_echo_test_returns_the_own_voice() {
    let (office, [mut anna, ..]) = office();
    anna.dials("*43");
    anna.talks();
    anna.hears(440.0);
    anna.hangs_up();
    office.is_quiet();
}
