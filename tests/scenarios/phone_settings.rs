//! What people switch for their own phones (F28): no second call during one, no beep before intercom calls, no name of callers from outside.

use expect_test::expect;
use office::{Office, secs};

use crate::two_trunks::office;

#[test]
fn f28_a_beep_is_heard_before_an_intercom_call_unless_the_called_wants_none() {
    for (clause, beeps) in [("", true), (", no intercom beep", false)] {
        let office = Office::with(&format!("101 Alice phone\n102 Bob phone{clause}"));
        let (alice, bob) = (office.phone(101), office.phone(102).as_model("snomD785"));
        bob.is_registered();
        alice.dials("*80102").talks();
        assert_eq!(alice.talks_now_to(&bob), !beeps, "before the voice a beep, or none{clause}");
        bob.talks_to(&alice).hangs_up();
        alice.is_idle();
    }
}

#[test]
fn f28_callers_from_outside_are_unknown_on_the_phones_and_known_to_the_log() {
    let (office, one, _) = office("101 Alice phone, no callers\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.is_registered();
    let from = "\"By the carrier\" <sip:+49891234567@carrier.example>";
    one.calls_with(from, "+4930123451", "");
    alice.rings_as_from("Unknown").rings_from("anonymous").declines();
    alice.is_idle();
    // Colleagues have their names.
    bob.dials("101");
    alice.rings_as_from("Bob").rings_from("102").declines();
    bob.is_idle();
    office.reloads(|raw| raw.people[0].shows_callers = None);
    one.calls_with(from, "+4930123451", "");
    alice.rings_as_from("By the carrier").declines();
    alice.is_idle();
    office.wait(secs(1));
    office.calls_are(expect![[r#"
        10:00 0891234567 -> +4930123451, 101a rang: declined
        10:00 102 -> 101, 101a rang: declined
        10:00 0891234567 -> +4930123451, 101a rang: declined"#]]);
}

#[test]
fn f28_callers_from_outside_are_unknown_on_the_keys_that_show_colleagues_too() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone, no callers\n103 Carol phone");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    alice.is_registered();
    bob.watches("101").shows_idle("101");
    carol.watches("101").shows_idle("101");
    one.calls("+49891234567", "+4930123451");
    alice.rings();
    bob.shows_busy("101", &["rings from anonymous"]);
    carol.shows_busy("101", &["rings from 0891234567"]);
    alice.declines().is_idle();
    bob.shows_idle("101");
    // Colleagues are shown.
    carol.dials("101");
    alice.rings();
    bob.shows_busy("101", &["rings from 103"]);
}

#[test]
fn f28_callers_from_outside_are_unknown_on_the_keys_of_park_slots_too() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone, no callers\n103 Carol phone");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    alice.is_registered();
    bob.watches("*851").shows_idle("*851");
    carol.watches("*851").shows_idle("*851");
    one.calls("+49891234567", "+4930123451");
    alice.rings().answers();
    alice.transfers_to("*88").hears_prompt("parked-on").is_idle();
    bob.shows_busy("*851", &["talks to anonymous"]);
    carol.shows_busy("*851", &["talks to 0891234567"]);
    one.hangs_up();
    bob.shows_idle("*851");
    // Colleagues are shown.
    carol.dials("101");
    alice.rings().answers().transfers_to("*88").hears_prompt("parked-on").is_idle();
    bob.shows_busy("*851", &["talks to 103"]);
    carol.hangs_up();
}

#[test]
fn f28_nothing_rings_during_a_call_that_was_dialled_with_70_before_it_and_only_then() {
    let office = Office::with("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    bob.is_registered();
    alice.is_registered();
    alice.dials("*70102");
    bob.rings_from("101").answers().talks_to(&alice);
    carol.dials("101").shows("486").is_idle();
    carol.dials("102");
    bob.rings();
    carol.hangs_up();
    bob.talks_to(&alice).hangs_up();
    alice.is_idle();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    carol.dials("101");
    alice.rings();
    carol.hangs_up();
    bob.hangs_up();
    alice.is_idle();
}
