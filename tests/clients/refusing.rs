//! Calls that cannot be: never in silence.

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

/// The middle tone of the special information tone of the United States, in hertz (ITU-T E.180).
const REFUSAL_HZ: f64 = 1400.0;

/// Tones of the box are softer than the voices of these tests.
const TONE_AMPLITUDE: f64 = 2500.0;

fn lonely_office() -> (Daemon, Baresip) {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let phone = Baresip::registered(desk.phone(office.sip));
    (office, phone)
}

#[test]
fn an_emergency_call_without_a_way_out_is_heard_seen_and_kept() {
    for number in ["112", "911"] {
        let (office, mut anna) = lonely_office();
        anna.dials(number);
        anna.hears_at_least(REFUSAL_HZ, TONE_AMPLITUDE);
        office.shows("the alert", |status| {
            let alerts = status["alerts"].as_array().into_iter().flatten();
            alerts.into_iter().any(|alert| alert["what"]["no_help"]["number"] == number)
        });
        assert!(anna.call_ends().starts_with("502 "));
        office.is_quiet();
        office.keeps_call(number, "emergency_unreachable");
    }
}

#[test]
fn a_number_that_is_nobodys_is_refused() {
    let (office, mut anna) = lonely_office();
    anna.dials("4711");
    assert!(anna.call_ends().starts_with("404 "));
    office.is_quiet();
    office.keeps_call("4711", "no_such_number");
}

#[test]
fn a_desk_whose_phone_is_off_is_refused() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    anna.dials("1002");
    assert!(anna.call_ends().starts_with("480 "));
    office.is_quiet();
    office.keeps_call("1002", "offline");
}
