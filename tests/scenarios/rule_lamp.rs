//! Keys of codes: lit while what they switch is on, whoever switched it.

use config::{RawDiversion, RawTimeGroup};
use office::{Office, minutes};

const OFFICE: &str = "
    101 Alice  phone, private lamp
    102 Bob    phones 2
    103 Carol  phone
";

/// The key is lit, as by a call to its own code.
#[track_caller]
fn is_lit(phone: &office::Phone, key: &str) {
    phone.shows_busy(key, &[&format!("talks to {key}")]);
}

#[test]
fn f94_the_key_of_a_code_follows_the_phone_the_other_phone_and_the_page() {
    let office = Office::with(OFFICE);
    let phones = office.phones(102);
    let (bob, other) = (&phones[0], &phones[1]);
    bob.is_registered();
    other.is_registered().watches("*76").watches("*78").watches("*730").shows_idle("*76").shows_idle("*78");
    bob.dials("*78").hears_prompt("dnd-on");
    for key in ["*76", "*78", "*730"] {
        is_lit(other, key);
    }
    bob.hears_the_end();
    // The page switches it off.
    office.reloads(|raw| raw.people[1].diversions.clear());
    other.shows_idle("*76").shows_idle("*78").shows_idle("*730");
    other.dials("*76").hears_the_end();
    is_lit(other, "*76");
}

#[test]
fn f96_keys_of_forwards_tell_where_calls_go() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.is_registered();
    for key in ["*72", "*72101", "*72103", "*90", "*52", "*62", "*77", "*70"] {
        bob.watches(key);
    }
    bob.shows_idle("*72");
    is_lit(&bob, "*70");
    bob.dials("*72103").hears_the_end();
    is_lit(&bob, "*72");
    is_lit(&bob, "*72103");
    bob.shows_idle("*72101").shows_idle("*90");
    for (code, key) in [("*90103", "*90"), ("*52103", "*52"), ("*62103", "*62"), ("*77", "*77")] {
        bob.shows_idle(key).dials(code).hears_the_end();
        is_lit(&bob, key);
    }
    bob.dials("*70").hears_the_end();
    bob.shows_idle("*70");
    bob.dials("*730").hears_the_end();
    bob.shows_idle("*72").shows_idle("*72103").shows_idle("*90").shows_idle("*52").shows_idle("*62");
}

#[test]
fn who_is_not_to_be_disturbed_shows_to_others_unless_the_lamp_is_private() {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.is_registered();
    carol.is_registered().watches("*78102").shows_idle("*78102");
    bob.dials("*78").hears_the_end();
    is_lit(&carol, "*78102");
    carol.watches("*78101").key_is_answered("*78101", 403);
    carol.watches("*78999").key_is_answered("*78999", 404);
    carol.watches("*43").key_is_answered("*43", 404);
    carol.watches_presence_of("*76").key_is_answered("*76", 404);
    alice.watches("*78101").shows_idle("*78101");
}

#[test]
fn f49_the_clock_switches_the_lamp_too() {
    let office = Office::with(OFFICE).at("Mon 2026-03-02 17:50 Europe/Berlin");
    let bob = office.phone(102);
    bob.is_registered().watches("*76").shows_idle("*76");
    office.reloads(|raw| {
        let text = |text: &str| Some(text.to_owned());
        let times = Some(vec!["18:00-18:30".to_owned()]);
        raw.time_groups.push(RawTimeGroup { name: text("Evening"), times, ..RawTimeGroup::default() });
        let diversion = RawDiversion { kind: text("dnd"), when: text("Evening"), ..RawDiversion::default() };
        raw.people[1].diversions.push(diversion);
    });
    office.wait(minutes(9));
    bob.shows_idle("*76");
    office.wait(minutes(1));
    is_lit(&bob, "*76");
    office.wait(minutes(31));
    bob.shows_idle("*76");
}

#[test]
fn a_key_of_a_code_that_is_none_any_more_is_told_so() {
    let office = Office::with(OFFICE);
    let bob = office.phone(102);
    bob.is_registered().watches("*76").shows_idle("*76");
    office.reloads(|raw| {
        let feature = Some("dnd_toggle".to_owned());
        raw.feature_codes.push(config::RawFeatureCode { feature, enabled: Some(false), ..Default::default() });
    });
    bob.key_ends("*76", "noresource");
}
