//! Somebody's assistant, heard and used on real phones.

use std::time::Duration;

use crate::harness::baresip::{Baresip, LOUDNESS, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, PIN, office_with_mailboxes};

/// The tone that means: speak now.
const BEEP_HZ: f64 = 1000.0;

/// It is softer than the voices of these tests.
const BEEP_AMPLITUDE: f64 = 1500.0;

/// A question, and the tone behind it, on a busy machine.
const QUESTION: Duration = Duration::from_secs(25);

#[test]
fn f97_a_caller_hears_the_message_presses_a_key_and_reaches_who_that_is() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let owner = "extension = \"1002\"\n";
    let assistant =
        format!("{owner}diversions = [{{ kind = \"assistant\", enabled = false, keys = [\"1 person 1003\"] }}]\n");
    let office = Daemon::start_office(&office_with_mailboxes(&desks).replace(owner, &assistant));
    let phone = |(desk, hz): (&Desk, f64)| Baresip::registered(Spec::speaking(desk.phone(office.sip), hz));
    let mut phones = desks.iter().zip([440.0, 620.0, 850.0]).map(phone);
    let mut next = || phones.next().expect("three phones");
    let (mut anna, mut bert, mut carla) = (next(), next(), next());

    bert.dials("*38");
    bert.talks();
    bert.hears_speech();
    bert.call_ends();
    assert!(office.exports().contains("enabled = false"), "without a message it stays off");

    bert.dials("*39");
    bert.talks();
    bert.hears_speech();
    bert.keys(&format!("{PIN}#"));
    bert.hears_speech();
    let from = bert.presses('#');
    bert.hears_since(from, QUESTION, BEEP_HZ, BEEP_AMPLITUDE);
    office.has_recorded(1, Duration::from_secs(4));
    bert.presses('#');
    bert.hears_speech();
    bert.presses('1');
    bert.call_ends();
    bert.dials("*38");
    bert.talks();
    bert.call_ends();
    assert!(!office.exports().contains("enabled = false"), "with one it is on");

    anna.dials("1002");
    bert.rings();
    bert.hangs_up();
    anna.talks();
    let loudness = anna.hears_at_least(620.0, LOUDNESS / 2.0);
    println!("anna hears bert's message with an amplitude of {loudness:.0}");
    anna.presses('1');
    assert!(carla.rings().contains("1001"), "the number is the caller's");
    carla.answers();
    anna.hears(850.0);
    carla.hears(440.0);
    anna.hangs_up();
    carla.call_ends();
    office.is_quiet();
}
