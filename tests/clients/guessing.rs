//! A phone that tries wrong passwords is slowed and seen, and keeps no other phone out.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::until;

/// What a resilient box answers as usual of twenty tries; the others are told to wait, or nothing. A phone tries again at
/// once on such an answer, and says nothing of it.
const ANSWERED_AS_USUAL: usize = 10;

#[test]
fn twenty_wrong_passwords_are_slowed_and_phones_at_the_same_address_get_in() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut guesser = Baresip::start(Spec { secret: "guessed".to_owned(), ..desks[0].phone(office.sip) });
    guesser.is_refused_registration();
    let tries = || office.status()["attempts"][0]["count"].as_u64().unwrap_or(0);
    until("twenty wrong passwords are counted", || {
        guesser.tries_to_register();
        (tries() >= 20).then_some(())
    });
    assert!(guesser.times_told("503 ") > 0, "it is told to wait");
    let answered = guesser.times_told("401 ");
    assert!(answered <= ANSWERED_AS_USUAL, "{answered} were answered as usual");

    // The same account on another phone, and another account, all behind one address.
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    let mut bert = Baresip::registered(desks[1].phone(office.sip).speaking(620.0));
    office.knows_phones(2);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();

    let status = office.status();
    let [row] = status["attempts"].as_array().expect("a list").as_slice() else { panic!("{status}") };
    assert_eq!((&row["user"], &row["extension"]), (&desks[0].user.as_str().into(), &"1001".into()));
    assert_eq!((&row["why"], &row["source"]), (&"wrong_secret".into(), &"127.0.0.1".into()));
    let alerts = status["alerts"].as_array().expect("a list");
    let told = alerts.iter().filter(|alert| alert["what"]["guessing"]["source"] == "127.0.0.1");
    assert_eq!(told.count(), 1, "an attack is told once: {alerts:?}");
    assert_eq!(guesser.registrations(), 0);
}
