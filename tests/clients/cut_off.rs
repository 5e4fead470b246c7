//! Messages whose end is not polite: the box dies, is stopped, or its disk takes no more.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::wait_for;
use crate::messages::{is_all_of, office, reaches_the_tone};

/// How often the box dies.
const DEATHS: usize = 4;

/// Who speaks when it does, by their tones.
const TONES: [f64; 5] = [440.0, 620.0, 850.0, 1130.0, 1470.0];

/// How much of a message may be missing when the box dies.
const LOST: Duration = Duration::from_secs(1);

/// What lies between a packet's arrival and the clock of these tests, on a busy machine.
const SLACK: Duration = Duration::from_millis(300);

/// A generator of moments (xorshift64); its seed is printed.
struct Moments(u64);

impl Moments {
    fn next(&mut self, below_ms: u64) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Duration::from_millis(self.0 % below_ms)
    }
}

/// When a call's recording began, by the clock of people.
#[track_caller]
fn began(office: &Daemon, message: &Value) -> Timestamp {
    let story = office.story(&message["call"]);
    let event = story.iter().find(|event| event["kind"] == "recording" || event["what"]["kind"] == "recording");
    let event = event.unwrap_or_else(|| panic!("nothing was recorded: {story:?}"));
    event["at"].as_str().expect("a time").parse().expect("a time")
}

#[test]
fn a_box_that_dies_while_messages_are_left_keeps_all_but_their_last_second() {
    let seed = std::env::var("BELLBOX_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| Timestamp::now().as_nanosecond() as u64 | 1);
    eprintln!("BELLBOX_SEED={seed}");
    let mut moments = Moments(seed);
    let desks = [1001, 1002, 1003, 1004, 1005, 1006].map(Desk::new);
    let mut office = Daemon::start_with_mailboxes(&desks);
    let mut phones: Vec<Baresip> = (0..TONES.len())
        .map(|number| Baresip::registered(desks[number].phone(office.sip).speaking(TONES[number])))
        .collect();
    for death in 1..=DEATHS {
        for phone in &mut phones {
            phone.dials("1006");
            phone.talks();
        }
        for phone in &mut phones {
            phone.presses('#');
            // So that they are at different places of their seconds.
            wait_for(moments.next(700), || None::<()>);
        }
        // What is not longer than a second is no message; of these, more is there even if a second is lost.
        office.has_recorded(phones.len(), Duration::from_millis(1500));
        wait_for(moments.next(2500), || None::<()>);
        let died = Timestamp::now();
        office.process.kill();
        office.starts_again();
        let messages = office.keeps_messages("1006", death * phones.len());
        let newest = &messages[messages.len() - phones.len()..];
        for (desk, hz) in desks.iter().zip(TONES) {
            // Two that pressed their key at almost the same time may be recorded in any order.
            let message = newest.iter().find(|message| message["caller"]["number"] == desk.extension.as_str());
            let message = message.unwrap_or_else(|| panic!("nothing of {} in {newest:?}", desk.extension));
            let spoken = Duration::try_from(died.duration_since(began(&office, message))).expect("it died later");
            let kept = Duration::from_millis(message["length_ms"].as_u64().expect("a number"));
            eprintln!("death {death}, {hz} Hz: {kept:?} of {spoken:?} are kept");
            assert_eq!((&message["folder"], &message["is_cut_off"]), (&"new".into(), &true.into()));
            assert!(kept + LOST + SLACK >= spoken, "{kept:?} of {spoken:?} are kept");
            assert!(kept <= spoken + SLACK, "{kept:?} of {spoken:?} are kept");
            let sound = office.sound_of(message);
            assert_eq!(sound.len() as u128 / 8, kept.as_millis());
            is_all_of(&sound, hz);
        }
        for phone in &mut phones {
            phone.hangs_up();
            phone.call_ends();
        }
    }
    let clara = Baresip::registered(desks[5].phone(office.sip).with_lamp());
    clara.lamp_shows(&format!("{}/0", DEATHS * phones.len()));
}

#[test]
fn a_message_is_kept_whole_when_the_box_is_stopped() {
    let (mut office, mut anna, _) = office();
    reaches_the_tone(&mut anna, "1002");
    office.has_recorded(1, Duration::from_secs(3));
    let stopped = Timestamp::now();
    office.stops();
    // Without the daemon, the command line reads the store itself.
    let message = &office.keeps_messages("1002", 1)[0];
    assert_eq!((&message["folder"], &message["is_cut_off"]), (&"new".into(), &false.into()));
    let spoken = Duration::try_from(stopped.duration_since(began(&office, message))).expect("it was stopped later");
    let kept = Duration::from_millis(message["length_ms"].as_u64().expect("a number"));
    assert!(kept + SLACK >= spoken && kept <= spoken + SLACK, "{kept:?} of {spoken:?} are kept");
    is_all_of(&office.sound_of(message), 440.0);
}

#[test]
fn on_a_full_disk_calls_go_on_and_callers_hear_that_no_message_can_be_left() {
    let (office, mut anna, [bert, _]) = office();
    let mut bert = Baresip::registered(bert.phone(office.sip).speaking(620.0));
    reaches_the_tone(&mut anna, "1003");
    office.has_recorded(1, Duration::from_secs(3));
    // As on a full disk, what is there may be written over: three seconds of sound.
    office.limits_files(Some(48_000));
    // The recording breaks off, and the box says so and hangs up.
    anna.hears_speech();
    anna.call_ends();
    office.limits_files(Some(1));
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    // Not even a greeting's end leads to a tone.
    anna.dials("1003");
    anna.talks();
    anna.presses('#');
    anna.hears_speech();
    anna.hangs_up();
    anna.call_ends();
    office.limits_files(None);
    let kept = office.keeps_messages("1003", 1);
    assert!(kept[0]["length_ms"].as_u64() >= Some(3000), "{kept:?}");
    is_all_of(&office.sound_of(&kept[0]), 440.0);
    reaches_the_tone(&mut anna, "1003");
    office.has_recorded(1, Duration::from_secs(3));
    anna.hangs_up();
    office.keeps_messages("1003", 2);
}
