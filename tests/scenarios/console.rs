//! What people do with their own calls at the page (F163).

use crate::two_trunks;
use config::RawDiversion;
use office::{Office, Phone, secs};
use pbx::console::{CallAct, NotDone};
use pbx::events::Cause;
use pbx::output::Reply;

const OFFICE: &str = "
    101 Alice  phone
    102 Bob    phone
    103 Carol  phone, ring 10 s
";

fn alice_calls_bob() -> (Office, Phone, Phone, Phone) {
    let office = Office::with(OFFICE);
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    (office, alice, bob, carol)
}

fn number(number: &str) -> String {
    number.to_owned()
}

/// What the status calls the first call, once it does.
#[track_caller]
fn is_called(office: &Office, word: &'static str) {
    office.until(word, |world| world.status.calls.first().is_some_and(|call| call.state == word));
}

#[test]
fn f163_the_page_holds_asks_lets_all_three_talk_and_connects() {
    let (office, alice, bob, carol) = alice_calls_bob();
    assert_eq!(office.acts("102", 1, CallAct::Hold), Reply::Done);
    alice.hears("music");
    bob.hears("nothing");
    is_called(&office, "holding");
    assert_eq!(office.acts("102", 1, CallAct::Ask(number("103"))), Reply::Done);
    bob.hears("ringback");
    is_called(&office, "consulting");
    carol.rings_from("102").answers().talks_to(&bob);
    assert_eq!(office.acts("102", 1, CallAct::Confer), Reply::Done);
    bob.hears("101a and 103a");
    is_called(&office, "conference");
    assert_eq!(office.acts("102", 1, CallAct::HangUp), Reply::Done);
    bob.is_idle();
    carol.talks_to(&alice);
    assert_eq!(office.acts("103", 1, CallAct::HangUp), Reply::Done);
    carol.is_idle();
    alice.is_idle();
}

#[test]
fn f163_the_page_holds_and_takes_back() {
    let (office, alice, bob, _carol) = alice_calls_bob();
    for by in ["101", "102"] {
        assert_eq!(office.acts(by, 1, CallAct::Hold), Reply::Done);
        assert_eq!(office.acts(by, 1, CallAct::Hold), Reply::NotDone(NotDone::NotNow));
        assert_eq!(office.acts(by, 1, CallAct::Confer), Reply::NotDone(NotDone::NotNow));
        assert_eq!(office.acts(by, 1, CallAct::Back), Reply::Done);
        bob.talks_to(&alice);
        assert_eq!(office.acts(by, 1, CallAct::Back), Reply::NotDone(NotDone::NotNow));
    }
    // Nobody waits for ever.
    office.acts("102", 1, CallAct::Hold);
    office.wait(secs(30 * 60 - 10));
    alice.hears("music");
    office.wait(secs(15));
    bob.talks_to(&alice);
}

#[test]
fn f163_who_hangs_up_on_somebody_they_hold_is_rung() {
    let (office, alice, bob, _carol) = alice_calls_bob();
    office.acts("102", 1, CallAct::Hold);
    bob.hangs_up();
    bob.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn f163_the_page_passes_on_unasked_and_says_what_cannot_be() {
    let (office, alice, bob, carol) = alice_calls_bob();
    for (to, cause) in [("999", Cause::NoSuchNumber), ("911", Cause::NotAllowed), ("", Cause::NoSuchNumber)] {
        let refused = Reply::NotDone(NotDone::Refused(cause));
        assert_eq!(office.acts("102", 1, CallAct::PassOn(number(to))), refused, "{to}");
        bob.talks_to(&alice);
    }
    assert_eq!(office.acts("102", 1, CallAct::PassOn(number("103"))), Reply::Done);
    bob.is_idle();
    carol.rings_from("101").answers().talks_to(&alice);
}

#[test]
fn f163_nobody_does_anything_with_the_calls_of_others() {
    let (office, alice, bob, carol) = alice_calls_bob();
    let none = Reply::NotDone(NotDone::NoSuchCall);
    for act in [CallAct::Hold, CallAct::HangUp, CallAct::Ask(number("103")), CallAct::PassOn(number("103"))] {
        assert_eq!(office.acts("103", 1, act.clone()), none, "{act:?}");
        assert_eq!(office.acts("102", 7, act), none);
    }
    bob.talks_to(&alice);
    // Who waits is not asked whether they want to.
    office.acts("102", 1, CallAct::Ask(number("103")));
    assert_eq!(office.acts("101", 1, CallAct::Back), none);
    carol.answers().talks_to(&bob);
    assert_eq!(office.acts("103", 1, CallAct::Confer), Reply::NotDone(NotDone::NotNow));
    assert_eq!(office.acts("103", 1, CallAct::HangUp), Reply::Done);
    bob.talks_to(&alice);
}

#[test]
fn f163_who_is_held_hangs_up_by_phone_or_page_and_nobody_stays_behind() {
    let (office, alice, bob, _carol) = alice_calls_bob();
    office.acts("102", 1, CallAct::Hold);
    alice.hangs_up();
    bob.is_idle();
    let (office, alice, bob, _carol) = alice_calls_bob();
    office.acts("102", 1, CallAct::Hold);
    assert_eq!(office.acts("101", 1, CallAct::HangUp), Reply::Done);
    alice.is_idle();
    bob.is_idle();
}

#[test]
fn f163_who_waits_hangs_up_at_the_page_and_the_others_go_on() {
    let (office, alice, bob, carol) = alice_calls_bob();
    office.acts("102", 1, CallAct::Ask(number("103")));
    carol.answers().talks_to(&bob);
    assert_eq!(office.acts("101", 1, CallAct::HangUp), Reply::Done);
    alice.is_idle();
    carol.talks_to(&bob);
}

#[test]
fn f163_the_status_tells_where_a_call_rings_whatever_was_dialled() {
    let (office, one, _) = two_trunks::office("101 Alice  phone\n    102 Bob    phone\n");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    let rings_at = |numbers: &'static [&'static str]| {
        office.until(&format!("it rings at {numbers:?}"), |world| {
            world.status.calls.first().is_some_and(|call| call.rings_at.iter().eq(numbers))
        });
    };
    one.calls("+49891234567", "+4930123451");
    alice.rings();
    rings_at(&["101"]);
    alice.answers();
    rings_at(&[]);
    alice.hangs_up();
    // A forward.
    office.reloads(|raw| {
        let to = Some("person 102".to_owned());
        raw.people[0].diversions.push(RawDiversion { kind: Some("always".to_owned()), to, ..RawDiversion::default() });
    });
    one.calls("+49891234567", "+4930123451");
    bob.rings();
    rings_at(&["102"]);
}

#[test]
fn f163_who_leaves_a_mailbox_for_the_one_that_waits_is_recorded_no_more() {
    let office = Office::with("101 Alice  phone\n102 Bob  phone\n103 Carol  phone, ring 10 s, voicemail\n");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    carol.is_registered();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    assert_eq!(office.acts("102", 1, CallAct::Ask(number("103"))), Reply::Done);
    carol.rings_from("102");
    bob.waits_for_beep().is_recorded();
    assert_eq!(office.acts("102", 1, CallAct::Back), Reply::Done);
    bob.is_not_recorded().talks_to(&alice);
}
