//! `*60`, `*65`, `*612`: the box says what time it is, whose phone this is, and how it is itself.

use office::{Office, expect, minutes, secs};
use pbx::prompt::Arg;

use crate::OFFICE;

#[test]
fn the_box_says_the_time_and_goodbye_and_hangs_up() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.dials("*60").hears_prompt("the-time-is");
    let args = alice.prompt_args();
    let [(name, Arg::TimeOfDay { at, zone })] = &args[..] else { panic!("{args:?}") };
    assert_eq!(name, "time");
    let time = at.in_tz(zone).expect("the office's zone is known").time();
    assert_eq!((time.hour(), time.minute()), (10, 0), "in {zone}");
    alice.hears_prompt("goodbye").is_idle();
    office.calls_are(expect!["10:00 101 -> *60, the box answered: hung up after 1 s"]);
}

#[test]
fn a_phone_is_told_its_own_extension() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.dials("*65").hears_prompt("your-extension-is");
    assert_eq!(bob.prompt_args(), [("extension".to_owned(), Arg::Digits("102".into()))]);
    bob.hears_prompt("goodbye").is_idle();
}

#[test]
fn the_box_says_its_address_its_version_and_how_many_phones_are_there() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.dials("*612").hears_prompt("address-is");
    let args = alice.prompt_args();
    assert!(
        matches!(&args[..], [(name, Arg::Digits(address))] if name == "address" && address.contains('.')),
        "{args:?}"
    );
    office.wait(secs(4));
    alice.hears_prompt("version-is").hears_prompt("phones-registered");
    let args = alice.prompt_args();
    let [(_, Arg::Count(registered)), (_, Arg::Count(phones))] = &args[..] else { panic!("{args:?}") };
    assert_eq!((*registered, *phones), (2, 4));
    alice.hears_prompt("goodbye").is_idle();
}

#[test]
fn the_box_speaks_the_offices_language() {
    let office = Office::with("101 Alice phone\nlanguage de");
    let alice = office.phone(101);
    alice.dials("*65").hears_prompt("your-extension-is");
    assert_eq!(alice.prompt_language().as_deref(), Some("de"));
    alice.hears_prompt("goodbye").is_idle();
}

#[test]
fn the_caller_may_hang_up_or_vanish_while_the_box_speaks() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    alice.dials("*612").hears_prompt("address-is").hangs_up().is_idle();
    carol.dials("*60").hears_prompt("the-time-is").loses_power();
    office.wait(minutes(3));
    assert!(office.status().calls.is_empty());
}

#[test]
fn a_phone_that_offers_late_is_told_as_well() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("delayed-offer");
    alice.dials("*65").hears_prompt("your-extension-is").hears_prompt("goodbye").is_idle();
}

#[test]
fn an_announcement_that_is_switched_off_is_no_number() {
    let office = Office::with("101 Alice phone\ncode time off\ncode box_status *611");
    let alice = office.phone(101);
    alice.dials("*60").shows("404").is_idle();
    alice.dials("*611").hears_prompt("address-is").hangs_up();
}
