//! What the box says to somebody is in their language, at their clock, and as much as they want.

use office::{Office, Phone, secs};
use pbx::prompt::Arg;

/// The office speaks English and has the zone of Berlin; 101 asks for its PIN everywhere.
const PEOPLE: &str = "
    101 Alice  phone, voicemail, pin 739116, speaks de, lives in Atlantic/Canary
    102 Bob    phone, voicemail, no pin on own phone, pin 280476
    103 Carol  phone, voicemail, no pin on own phone, pin 280476, no time
    104 Dave   phone, voicemail, no pin on own phone, pin 280476, no caller
    105 Erin   phone, speaks es
";

fn language(phone: &Phone) -> String {
    phone.prompt_language().unwrap_or_default()
}

fn zone(phone: &Phone) -> String {
    let zones = phone.prompt_args().into_iter().filter_map(|(_, arg)| match arg {
        Arg::Moment { zone, .. } | Arg::TimeOfDay { zone, .. } => Some(zone),
        _ => None,
    });
    zones.collect()
}

#[test]
fn the_time_is_told_in_the_callers_language_and_at_their_clock() {
    let office = Office::with(PEOPLE);
    for (extension, expected) in
        [(101, ("de", "Atlantic/Canary")), (102, ("en", "Europe/Berlin")), (105, ("es", "Europe/Berlin"))]
    {
        let phone = office.phone(extension);
        phone.dials("*60").hears_prompt("the-time-is");
        assert_eq!((language(&phone).as_str(), zone(&phone).as_str()), expected, "{extension}");
        phone.hangs_up().is_idle();
    }
}

#[test]
fn an_owner_is_spoken_to_as_themselves_also_on_anothers_phone() {
    let office = Office::with(PEOPLE);
    office.mailbox("101").gets_message("102", secs(5));
    let erin = office.phone(105);
    erin.dials("*98101").hears_prompt("enter-pin");
    assert_eq!(language(&erin), "es", "until it is known who it is");
    erin.presses("739116").hears_prompt("you-have-messages");
    assert_eq!(language(&erin), "de");
    erin.hears_prompt("message-from-name");
    assert_eq!((language(&erin).as_str(), zone(&erin).as_str()), ("de", "Atlantic/Canary"));
}

#[test]
fn time_and_caller_are_said_as_their_owner_wants() {
    let office = Office::with(PEOPLE);
    for (extension, from, expected) in [
        (102, "101", "message-from-name"),
        (103, "101", "message-of-name"),
        (103, "04155550100", "message-of-number"),
        (103, "", "message-of-unknown"),
        (104, "101", "message-at"),
    ] {
        let (phone, mailbox) = (office.phone(extension), office.mailbox(&extension.to_string()));
        mailbox.gets_message(from, secs(5));
        phone.dials("*97").hears_prompt("you-have-messages").hears_prompt(expected);
        // The key says what was left out.
        phone.presses("5");
        let all = if from.is_empty() {
            "unknown"
        } else if from.len() > 3 {
            "number"
        } else {
            "name"
        };
        phone.hears_prompt(&format!("message-from-{all}"));
        phone.presses("3").presses("#");
        phone.hangs_up().is_idle();
    }
}

#[test]
fn a_caller_hears_a_mailbox_in_their_own_language() {
    let office = Office::with(PEOPLE);
    office.phone(105).dials("*99102").hears_prompt("default-greeting");
    assert_eq!(language(&office.phone(105)), "es");
}
