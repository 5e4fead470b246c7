//! The wall clock is wrong, and then it is set: nobody notices who telephones, for no timer looks at it; what is written says so.

use std::time::Duration;

use config::{RawDiversion, RawTimeGroup};
use office::{Office, Phone, minutes, secs};
use pbx::events::Happened;
use pbx::trunks::Health;

/// Back to the beginning of time, a year and more ahead, ten years back.
const JUMPS: [&str; 3] = ["1970-01-01T00:00:00Z", "2027-05-01T09:00:00Z", "2016-03-27T09:00:00Z"];

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone, voicemail, ring 5 s, pin 739116
    103 Carol  phone
    country DE
";

const TRUNK: &str = r#"
[[trunk]]
name = "carrier"
server = "203.0.113.5"
user = "line7"
secret = "open-sesame"
"#;

/// Whom the caller rings does not answer.
#[track_caller]
fn leaves_a_message(office: &Office, caller: &Phone) {
    office.wait(secs(5));
    caller.hears_prompt("default-greeting").presses("#").hears_beep();
    office.wait(secs(5));
    caller.hangs_up();
}

#[test]
fn a_call_with_its_session_timers_and_its_hold_goes_on_whatever_the_clock_does() {
    for jump in JUMPS {
        let office = Office::with(OFFICE);
        let (alice, carol) =
            (office.phone(101).as_model("leaves-session"), office.phone(103).as_model("keeps-session"));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.clock_jumps_to(jump);
        office.wait(minutes(40));
        carol.talks_to(&alice).holds();
        office.clock_jumps_to("2026-11-05T10:00:00Z");
        office.wait(minutes(40));
        carol.resumes().talks_to(&alice).hangs_up();
        alice.is_idle();
        // It took as long as it did, by no clock.
        office.wait(secs(1));
        let ended = office.events(1).into_iter().find(|event| matches!(event.what, Happened::Ended { .. }));
        let took = Duration::from_millis(ended.expect("the call has ended").since_start_ms);
        assert!(took > minutes(80) && took < minutes(81), "{took:?}");
    }
}

#[test]
fn phones_stay_registered_and_lapse_in_their_own_time_whatever_the_clock_does() {
    for jump in JUMPS {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103));
        alice.is_registered();
        carol.is_registered();
        office.clock_jumps_to(jump);
        alice.dials("103");
        carol.rings();
        alice.hangs_up();
        // Through several registrations, each with a nonce of the box.
        office.wait(minutes(30));
        alice.is_registered().dials("103");
        carol.rings();
        alice.hangs_up();
        carol.is_idle().loses_power();
        office.wait(secs(590));
        office.clock_jumps_to(JUMPS[1]);
        office.wait(secs(11));
        alice.dials("103").shows("480").is_idle();
    }
}

#[test]
fn a_trunk_stays_registered_and_asks_no_oftener_whatever_the_clock_does() {
    for jump in JUMPS {
        let office = Office::with(OFFICE);
        let carrier = office.carrier("203.0.113.5:5060");
        carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
        let office = office.with_rows(TRUNK);
        office.trunk_is("carrier", Health::Up, "");
        let before = carrier.peer().registrations;
        office.clock_jumps_to(jump);
        office.wait(secs(5));
        office.trunk_is("carrier", Health::Up, "");
        assert_eq!(carrier.peer().registrations, before, "{jump}");
        office.wait(minutes(30));
        office.trunk_is("carrier", Health::Up, "");
        let more = carrier.peer().registrations - before;
        assert!((3..=4).contains(&more), "{jump}: {more} in half an hour, of 600 s each");
    }
}

#[test]
fn lamps_that_phones_subscribed_to_go_on_whatever_the_clock_does() {
    for jump in JUMPS {
        let office = Office::with(OFFICE);
        let (alice, bob, carol) = (office.phone(101), office.phone(102).as_model("watches-mailbox"), office.phone(103));
        alice.is_registered();
        bob.watches_its_mailbox();
        carol.is_registered().watches("101").shows_idle("101");
        office.clock_jumps_to(jump);
        office.wait(minutes(90));
        alice.dials("102");
        bob.rings();
        carol.shows_busy("101", &["calls 102"]);
        leaves_a_message(&office, &alice);
        bob.shows_lamp(1, 0);
        carol.shows_idle("101");
    }
}

#[test]
fn a_box_that_does_not_know_the_time_works_and_says_so_in_what_it_writes() {
    let office = Office::with(OFFICE);
    office.clock_forgets("1970-01-01T00:00:07Z");
    office.restarts();
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.is_registered().dials("102");
    bob.rings();
    leaves_a_message(&office, &alice);
    office.wait(secs(1));
    bob.dials("101");
    alice.answers().talks_to(&bob);
    // A time server answers at last.
    office.clock_jumps_to("2026-11-05T10:00:00Z");
    office.wait(minutes(2));
    alice.talks_to(&bob).hangs_up();
    office.wait(secs(1));
    let dated = |call| office.events(call).iter().map(|event| event.synced).collect::<Vec<bool>>();
    let (first, second) = (dated(1), dated(2));
    assert!(!first.is_empty() && first.iter().all(|dated| !dated), "no time of the first is to be believed: {first:?}");
    assert_eq!((second.first(), second.last()), (Some(&false), Some(&true)), "of the second the end's is: {second:?}");
    // The message says no time that is none.
    bob.dials("*97").hears_prompt("enter-pin").presses("739116#").hears_prompt("you-have-messages");
    bob.hears_prompt("message-undated-from-name");
}

#[test]
fn bindings_kept_by_a_box_without_the_time_serve_after_the_next_start() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.is_registered();
    office.wait(secs(1));
    office.clock_forgets("1970-01-01T00:00:07Z");
    office.restarts();
    alice.dials("103");
    carol.rings();
    alice.hangs_up();
    office.clock_jumps_to("2036-11-05T10:00:00Z");
    alice.dials("103");
    carol.rings();
}

/// Phones that registered while the box believed in 1970 are known when it starts again, once a time server has answered.
#[test]
fn bindings_of_before_the_clock_was_set_serve_after_the_next_start() {
    let office = Office::with(OFFICE);
    office.clock_forgets("1970-01-01T00:00:07Z");
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.is_registered();
    carol.is_registered();
    office.clock_jumps_to("2026-11-05T10:00:00Z");
    office.wait(minutes(2));
    office.restarts();
    alice.dials("103");
    carol.rings();
}

#[test]
fn a_rule_goes_by_the_clock_as_it_is_set_and_its_key_within_a_minute() {
    let office =
        Office::with("101 Alice phone\n102 Bob phones 2\n103 Carol phone").at("Thu 2026-11-05 10:00 Europe/Berlin");
    office.reloads(|raw| {
        let text = |text: &str| Some(text.to_owned());
        let times = Some(vec!["20:00-23:00".to_owned()]);
        raw.time_groups.push(RawTimeGroup { name: text("Night"), times, ..RawTimeGroup::default() });
        let (kind, to) = (text("always"), text("person 103"));
        let diversion = RawDiversion { kind, to, when: text("Night"), ..RawDiversion::default() };
        raw.people[1].diversions.push(diversion);
    });
    let (alice, phones, carol) = (office.phone(101), office.phones(102), office.phone(103));
    let (bob, other) = (&phones[0], &phones[1]);
    bob.is_registered();
    carol.is_registered();
    other.is_registered().watches("*72").shows_idle("*72");
    alice.dials("102");
    bob.rings();
    alice.hangs_up();
    office.clock_jumps_to("2026-11-05T20:30:00Z");
    alice.dials("102");
    carol.rings();
    alice.hangs_up();
    office.wait(secs(60));
    other.shows_busy("*72", &["talks to *72"]);
}
