//! Plans as text: where a call goes, and why.

mod answering;
mod precedence;

use config::{Config, RawConfig};
use expect_test::{Expect, expect};
use jiff::Timestamp;
use pbx::presence::Presence;
use pbx::route::{Dialled, Moment, Plan, Step, normalise, route};
use pbx::words::Language;

fn office() -> Config {
    let text = "
        101 Alice  phone, ring 15 s
        102 Bob    phones 2
        103 Carol  no phone
        country DE
    ";
    let (raw, _): (RawConfig, _) = office::text::read(text, "Europe/Berlin");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    config
}

fn plan(presence: &Presence, number: &str) -> Plan {
    let dialled =
        Dialled { user: "101a".to_owned(), extension: "101".to_owned(), number: normalise(number), diverted_by: None };
    route(&office(), &Moment { wall: Timestamp::UNIX_EPOCH }, presence, &dialled)
}

fn registered(users: &[&str]) -> Presence {
    Presence { bindings: users.iter().map(|user| ((*user).to_owned(), 1)).collect(), ..Presence::default() }
}

fn in_words(step: &Step) -> String {
    format!("{}, because {}", Language::English.words().act(&step.act), because(step, " and "))
}

fn because(step: &Step, between: &str) -> String {
    let reasons = step.because.iter().map(|reason| Language::English.words().reason(reason));
    reasons.collect::<Vec<_>>().join(between)
}

#[track_caller]
fn check(presence: &Presence, number: &str, expected: Expect) {
    expected.assert_eq(&as_text(&plan(presence, number)));
}

fn as_text(plan: &Plan) -> String {
    let mut text = String::new();
    for (place, step) in plan.steps.iter().enumerate() {
        text += &format!("{place} {}\n", in_words(step));
        for (outcome, next) in &step.on {
            text += &format!("    {}: {next}\n", Language::English.words().outcome(*outcome));
        }
    }
    text
}

#[test]
fn a_call_to_an_extension_rings_its_phones_and_each_failure_has_its_own_end() {
    let expected = expect![[r#"
        0 ring 102 for 25 s, because 102 is the extension of Bob and 1 of its 2 phones are registered
            it was busy: 1
            the call was refused: 2
            nobody answered: 3
            no phone could be reached: 4
            no codec is shared: 5
        1 refuse: busy, because it was busy
        2 refuse: refused, because the call was refused
        3 refuse: unanswered, because nobody answered
        4 refuse: not reachable, because no phone could be reached
        5 refuse: no common codec, because no codec is shared
    "#]];
    check(&registered(&["102b"]), "102", expected);
}

#[test]
fn the_reasons_tell_of_missing_phones_and_running_calls() {
    let reasons = |presence: &Presence, number: &str| because(&plan(presence, number).steps[0], "; ");
    let mut busy = registered(&["101a"]);
    busy.count_call("101", true);
    for (presence, number, expected) in [
        (&registered(&[]), "103", "103 is the extension of Carol; it has no phone to ring"),
        (&registered(&[]), "102", "102 is the extension of Bob; 0 of its 2 phones are registered"),
        (
            &busy,
            "101",
            "101 is the extension of Alice; the calling phone belongs to it and does not ring itself; \
             it has no phone to ring; it is in a call",
        ),
    ] {
        assert_eq!(reasons(presence, number), expected, "{number}");
    }
}

#[test]
fn codes_emergencies_and_unknown_numbers_have_one_step() {
    let nobody = registered(&[]);
    check(
        &nobody,
        "*43",
        expect![[r#"
        0 run the echo test, because *43 is the code for the echo test
    "#]],
    );
    for (code, expected) in [
        ("*60", "0 say the time, because *60 is the code for the time of day"),
        ("*65", "0 say the caller's extension, because *65 is the code for one's own extension"),
        ("*612", "0 say the box's address, version and phones, because *612 is the code for the state of the box"),
    ] {
        assert_eq!(format!("0 {}", in_words(&plan(&nobody, code).steps[0])), expected);
    }
    check(
        &nobody,
        "112",
        expect![[r#"
        0 refuse: emergency call could not be placed, because 112 is an emergency number and no trunk is set up
    "#]],
    );
    check(
        &nobody,
        "911",
        expect![[r#"
        0 refuse: emergency call could not be placed, because 911 is an emergency number and no trunk is set up
    "#]],
    );
    check(
        &nobody,
        "9112",
        expect![[r#"
        0 refuse: no such number, because 9112 is no extension, feature code or emergency number
    "#]],
    );
}

#[test]
fn the_ways_people_and_phones_write_a_number_come_to_the_same() {
    for (dialled, expected) in [
        ("102", "102"),
        (" 1-0(2) ", "102"),
        ("+49 (30) 555-01/00", "+49305550100"),
        ("1.0.2", "102"),
        ("*43", "*43"),
        ("john.smith", "john.smith"),
        ("1\r\n02", "102"),
        ("", ""),
    ] {
        assert_eq!(normalise(dialled), expected, "{dialled:?}");
    }
    assert_eq!(normalise(&"1".repeat(5000)).len(), pbx::route::NUMBER_LIMIT);
}

#[test]
fn emergencies_route_in_a_broken_office_too() {
    let raw = RawConfig::default();
    let config = Config::check(&raw, &mut Vec::new());
    let dialled =
        Dialled { user: "x".to_owned(), extension: "1".to_owned(), number: "911".to_owned(), diverted_by: None };
    let plan = route(&config, &Moment { wall: Timestamp::UNIX_EPOCH }, &Presence::default(), &dialled);
    assert_eq!(plan.steps.len(), 1);
    assert_eq!(plan.steps[0].act, pbx::route::Act::Reject(pbx::events::Cause::EmergencyUnreachable));
}
