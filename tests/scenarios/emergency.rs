//! Emergency numbers: recognised in every office, never silent.

use office::{Office, expect, secs};
use pbx::prompt::Arg;

#[test]
fn an_emergency_call_without_a_trunk_is_heard_to_fail_and_raises_an_alert() {
    for (country, number) in [("US", "911"), ("DE", "112"), ("DE", "110"), ("GB", "999")] {
        let office = Office::with(&format!("101 Alice phone\ncountry {country}"));
        let alice = office.phone(101);
        alice.dials(number).hears("special information").hears_prompt("emergency-unreachable");
        assert_eq!(alice.prompt_args(), [("number".to_owned(), Arg::Digits(number.to_owned()))]);
        office.wait(secs(1));
        assert!(office.alerts().iter().any(|alert| alert.contains(number)), "{number}: {:?}", office.alerts());
        office.wait(secs(10));
        alice.is_idle();
    }
}

#[test]
fn an_emergency_call_is_in_the_log() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let alice = office.phone(101);
    alice.dials("112").hears("special information");
    office.wait(secs(11));
    office.calls_are(expect![[r#"10:00 101 -> 112: emergency unreachable"#]]);
}

#[test]
fn an_emergency_number_beats_an_extension_of_the_same_digits() {
    let office = Office::with("101 Alice phone\n102 Bob phone\ncountry DE");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    office.reloads_with_faults(|raw| raw.office.emergency = Some(vec!["102".to_owned()]));
    alice.dials("102").hears("special information").hangs_up().is_idle();
    bob.is_idle();
}

#[test]
fn the_caller_may_hang_up_during_the_tone() {
    let office = Office::with("101 Alice phone\ncountry US");
    let alice = office.phone(101);
    alice.dials("911").hears("special information").hangs_up().is_idle();
}

#[test]
fn a_phone_that_offers_late_is_told_as_well() {
    let office = Office::with("101 Alice phone\ncountry US");
    let alice = office.phone(101).as_model("delayed-offer");
    alice.dials("911").is_idle();
    office.wait(secs(1));
    assert_eq!(office.alerts().len(), 1);
}

#[test]
fn a_caller_who_hangs_up_during_the_tone_is_still_one_who_needed_help() {
    let office = Office::with("101 Alice phone\ncountry US");
    office.phone(101).dials("911").hears("special information").hangs_up().is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 911: emergency unreachable"#]]);
}

#[test]
fn a_phone_without_a_codec_of_the_box_raises_the_alert_too() {
    let office = Office::with("101 Alice phone\ncountry US");
    office.phone(101).as_model("g729-only").dials("911").is_idle();
    office.wait(secs(1));
    assert!(office.alerts().iter().any(|alert| alert.contains("911")), "{:?}", office.alerts());
    office.calls_are(expect![[r#"10:00 101 -> 911: emergency unreachable"#]]);
}

#[test]
fn a_phone_that_sends_its_calls_to_an_emergency_number_calls_nobody_out() {
    let office = Office::with("101 Alice phone\n102 Bob phone\ncountry US");
    let (alice, _bob) = (office.phone(101), office.phone(102).as_model("redirects-to-911"));
    alice.dials("102").shows("403").is_idle();
    assert!(office.alerts().is_empty(), "{:?}", office.alerts());
}
