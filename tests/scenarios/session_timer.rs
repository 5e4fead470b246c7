//! Calls whose phones want to be asked again and again whether they still stand (RFC 4028), kept by whoever it is agreed
//! with; each of these would end at the wrong moment if a refresh were left out, or both sides thought it the other's.

use office::{Office, expect, minutes, secs};

use crate::OFFICE;

/// Phones that want a short session, kept by them or by us, by UPDATE or re-INVITE, and one that takes no short one.
const STYLES: [&str; 5] =
    ["keeps-session", "keeps-session-by-invite", "leaves-session", "leaves-session-by-invite", "wants-long-sessions"];

#[test]
fn a_callers_session_is_kept_for_hours() {
    for style in STYLES {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(style), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wait(minutes(150));
        carol.talks_to(&alice).hangs_up();
        alice.is_idle();
    }
}

#[test]
fn a_callees_session_is_kept_for_hours() {
    for style in STYLES {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101), office.phone(103).as_model(style));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wait(minutes(150));
        carol.talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
    }
}

#[test]
fn each_side_of_a_call_has_a_session_of_its_own() {
    for (one, other) in [("keeps-session", "leaves-session"), ("leaves-session-by-invite", "leaves-session")] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(one), office.phone(103).as_model(other));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wait(minutes(20));
        carol.talks_to(&alice);
    }
}

#[test]
fn a_phone_that_forgets_its_session_is_hung_up_on() {
    for forgetful in [101, 103] {
        let office = Office::with(OFFICE);
        let phone = |number| {
            let phone = office.phone(number);
            if number == forgetful { phone.as_model("forgets-session") } else { phone }
        };
        let (alice, carol) = (phone(101), phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wait(secs(55));
        carol.talks_to(&alice);
        office.wait(secs(4));
        alice.is_idle();
        carol.is_idle();
    }
}

#[test]
fn the_record_says_that_the_party_was_lost() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("forgets-session"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    office.wait(secs(70));
    alice.is_idle();
    office.calls_are(expect![[r#"10:00 101 -> 103, 103a rang, 103a answered: party lost after 60 s"#]]);
}

#[test]
fn a_held_call_stays_held_while_it_is_refreshed() {
    for style in ["leaves-session", "leaves-session-by-invite", "keeps-session", "keeps-session-by-invite"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(style), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        alice.holds().is_on_hold();
        office.wait(minutes(10));
        carol.is_kept_waiting();
        alice.is_on_hold().resumes().talks_to(&carol);
        office.wait(minutes(10));
        alice.talks_to(&carol);
    }
}

#[test]
fn a_session_is_kept_on_a_line_that_loses_a_tenth() {
    for style in ["leaves-session", "keeps-session"] {
        let office = Office::with(OFFICE).seed(5);
        let (alice, carol) = (office.phone(101).as_model(style), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.wire(101, office::losing(10));
        office.wait(minutes(20));
        alice.talks_to(&carol);
    }
}

#[test]
fn a_phone_that_loses_power_ends_its_call_when_the_session_is_over() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103).as_model("leaves-session"));
    alice.dials("103");
    carol.answers().talks_to(&alice);
    carol.loses_power();
    office.wait(minutes(2));
    alice.is_idle();
}

#[test]
fn somebody_in_a_mailbox_has_a_session_too() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).as_model("leaves-session");
    alice.dials("*43").hears("own voice");
    office.wait(minutes(4));
    alice.hears("own voice").hangs_up();
}
