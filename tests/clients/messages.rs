//! Messages: left by one phone, shown by the lamp of another.

use std::time::Duration;

use serde_json::Value;

use crate::harness::baresip::{Baresip, LOUDNESS};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, PIN};
use crate::harness::plain_phone::PlainPhone;
use crate::harness::tone::tones_heard;

/// The tone that means: speak now.
const BEEP_HZ: f64 = 1000.0;

/// It is softer than the voices of these tests.
const BEEP_AMPLITUDE: f64 = 1500.0;

/// A greeting and what is to be done, said on a busy machine.
const GREETING: Duration = Duration::from_secs(25);

/// An office with mailboxes and one registered phone, that of 1001; the others are switched off.
pub fn office() -> (Daemon, Baresip, [Desk; 2]) {
    let [anna, bert, clara] = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start_with_mailboxes(&[anna.clone(), bert.clone(), clara.clone()]);
    let anna = Baresip::registered(anna.phone(office.sip));
    (office, anna, [bert, clara])
}

/// Dials a desk that does not answer, and speaks from the return of this on. Its greeting is cut short.
#[track_caller]
pub fn reaches_the_tone(phone: &mut Baresip, number: &str) {
    phone.dials(number);
    phone.talks();
    let from = phone.presses('#');
    phone.hears_since(from, GREETING, BEEP_HZ, BEEP_AMPLITUDE);
}

/// Between two events of a call, by its own clock, in milliseconds.
#[track_caller]
fn between(story: &[Value], first: &str, second: &str) -> u64 {
    let at = |kind: &str| {
        let event = story.iter().find(|event| event["kind"] == kind || event["what"]["kind"] == kind);
        event.unwrap_or_else(|| panic!("no {kind} in {story:?}"))["since_start_ms"].as_u64().expect("a number")
    };
    at(second) - at(first)
}

/// Every tenth of a second of it is this tone, but for the first and the last ones.
#[track_caller]
pub fn is_all_of(sound: &[i16], hz: f64) {
    let heard = tones_heard(sound, &[440.0, 620.0, 850.0, 1130.0, 1470.0, BEEP_HZ], LOUDNESS * 0.8);
    let middle = heard.get(2..heard.len().saturating_sub(2)).unwrap_or_default();
    assert!(!middle.is_empty() && middle.iter().all(|tone| *tone == Some(hz)), "not all of it is {hz} Hz: {heard:?}");
}

#[test]
fn a_caller_hears_greeting_and_tone_and_leaves_a_message() {
    let (office, mut anna, _) = office();
    anna.dials("1002");
    anna.talks();
    anna.hears_speech();
    anna.hears_within(GREETING, BEEP_HZ, BEEP_AMPLITUDE);
    office.has_recorded(1, Duration::from_secs(5));
    anna.hangs_up();
    office.is_quiet();
    let message = &office.keeps_messages("1002", 1)[0];
    assert_eq!((&message["folder"], &message["is_cut_off"]), (&"new".into(), &false.into()));
    assert_eq!((&message["caller"]["number"], &message["caller"]["name"]), (&"1001".into(), &"Desk 1001".into()));
    let spoken_ms = between(&office.story(&message["call"]), "recording", "ended");
    let length_ms = message["length_ms"].as_u64().expect("a number");
    assert!(length_ms.abs_diff(spoken_ms) <= 500, "{length_ms} ms are kept of {spoken_ms} ms");
    let sound = office.sound_of(message);
    assert_eq!(sound.len() as u64 / 8, length_ms);
    is_all_of(&sound, 440.0);
}

#[test]
fn lamps_are_lit_with_and_without_a_subscription() {
    let (office, mut anna, [bert, clara]) = office();
    let clara = PlainPhone::registered(&clara, office.sip);
    clara.is_told("0/0");
    reaches_the_tone(&mut anna, "1002");
    office.has_recorded(1, Duration::from_secs(3));
    let watching = Baresip::registered(bert.phone(office.sip).with_lamp());
    watching.lamp_shows("0/0");
    let plain = PlainPhone::registered(&bert, office.sip);
    plain.is_told("0/0");
    anna.hangs_up();
    watching.lamp_shows("1/0");
    plain.is_told("1/0");
    clara.is_told_nothing();
}

#[test]
fn an_owner_hears_messages_behind_a_pin_and_the_lamp_goes_out() {
    let (office, anna, [bert, clara]) = office();
    let clara = Baresip::registered(clara.phone(office.sip).speaking(850.0));
    for mut caller in [anna, clara] {
        reaches_the_tone(&mut caller, "1002");
        office.has_recorded(1, Duration::from_secs(3));
        caller.hangs_up();
        caller.call_ends();
    }
    let mut bert = Baresip::registered(bert.phone(office.sip).speaking(620.0).with_lamp());
    bert.lamp_shows("2/0");
    bert.dials("*97");
    bert.talks();
    bert.hears_speech();
    bert.keys("739117#");
    bert.hears_speech();
    bert.keys(&format!("{PIN}#"));
    bert.hears_within(GREETING, 440.0, LOUDNESS * 0.8);
    // Deleted in the middle of it; the next one is saved.
    bert.keys("3");
    bert.lamp_shows("1/0");
    bert.keys("6");
    bert.hears_within(GREETING, 850.0, LOUDNESS * 0.8);
    bert.keys("2");
    bert.lamp_shows("0/1");
    bert.hears_speech();
    bert.hangs_up();
    let folders = office.messages("1002").into_iter().map(|message| message["folder"].clone());
    assert_eq!(folders.collect::<Vec<_>>(), ["trash", "saved"]);
}
