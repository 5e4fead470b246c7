//! Whoever tries wrong passwords is slowed, is seen, and keeps nobody else out.

use office::{Office, minutes, secs};
use pbx::attempts::Why;

use crate::OFFICE;

#[test]
fn whoever_guesses_is_seen_slowed_and_told_of_once() {
    let office = Office::with(OFFICE);
    let (alice, guesser) = (office.phone(101), office.another_device(101).with_wrong_password());
    alice.is_registered();
    guesser.guesses(20);
    office.wait(secs(5));
    let attempts = office.attempts();
    let [row] = attempts.as_slice() else { panic!("{attempts:?}") };
    assert_eq!((row.source, row.extension.as_deref(), row.why), (guesser.source(), Some("101"), Why::WrongSecret));
    assert!(row.count >= 20 && row.blocked_until > Some(row.first_at), "{row:?}");
    assert_eq!(office.status().counters.refused, row.count);
    guesser.guesses(50);
    office.wait(minutes(2));
    let alerts = office.alerts();
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].starts_with("somebody at 10.0.0.11 has tried 10 wrong passwords, last of the phone"),
        "{alerts:?}"
    );
    alice.is_registered();
}

#[test]
fn a_day_without_wrong_passwords_shows_none() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    office.wait(minutes(24 * 60));
    alice.is_registered();
    carol.is_registered();
    assert_eq!((office.attempts(), office.status().counters.refused), (Vec::new(), 0), "a challenge is no try");
}

#[test]
fn names_that_no_phone_has_are_listed_as_such() {
    let office = Office::with(OFFICE);
    let stranger = office.phone(101).with_user("1000");
    office.wait(secs(5));
    stranger.shows("not registered");
    let attempts = office.attempts();
    let row = &attempts[0];
    assert_eq!((row.user.as_deref(), &row.extension, row.why), (Some("1000"), &None, Why::UnknownUser));
}

#[test]
fn a_phone_that_says_to_be_another_is_listed_and_not_slowed() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    alice.dials_as("102", "103").shows("403").is_idle();
    office.wait(secs(5));
    let attempts = office.attempts();
    assert_eq!((attempts[0].extension.as_deref(), attempts[0].why), (Some("101"), Why::NotItsOwn));
    assert_eq!(attempts[0].blocked_until, None);
    alice.dials("103");
    carol.rings();
}

#[test]
fn phones_behind_the_guessers_address_register_and_call() {
    let office = Office::with(OFFICE);
    let (bob, guesser) = (office.phone(102), office.another_device(101).with_wrong_password());
    guesser.guesses(50);
    office.wait(secs(1));
    let carol = office.phone(103).behind_the_address_of(&guesser);
    let alice = office.another_device(101).behind_the_address_of(&guesser);
    carol.is_registered();
    alice.is_registered();
    guesser.guesses(50);
    carol.dials("101");
    alice.rings().answers().talks_to(&carol);
    alice.hangs_up();
    bob.is_registered();
}

#[test]
fn a_registered_phone_goes_on_while_its_account_is_guessed_for_hours() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered();
    let guesser = office.another_device(103).behind_the_address_of(&carol).with_wrong_password();
    guesser.guesses(10);
    for _ in 0..6 {
        office.wait(minutes(30));
        carol.is_registered();
    }
    alice.dials("103");
    carol.rings();
}

#[test]
fn a_phone_that_gets_its_right_password_registers_within_minutes() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).with_wrong_password();
    office.wait(minutes(30));
    alice.gets_the_right_password();
    office.wait(minutes(6));
    alice.is_registered();
    assert_eq!(office.attempts()[0].blocked_until, None);
}

#[test]
fn a_restart_frees_nobody_who_guesses_and_forgets_what_is_long_ago() {
    let office = Office::with(OFFICE);
    let (alice, guesser) = (office.phone(101), office.another_device(101).with_wrong_password());
    alice.is_registered();
    guesser.guesses(40);
    office.wait(minutes(2));
    let before = office.attempts();
    let waits = before[0].blocked_until.expect("it waits");
    office.restarts();
    office.wait(secs(1));
    let after = office.attempts();
    assert_eq!((after[0].source, after[0].why), (before[0].source, before[0].why));
    let apart = |one: jiff::Timestamp, other: jiff::Timestamp| one.duration_since(other).unsigned_abs();
    assert!(apart(after[0].first_at, before[0].first_at) < secs(1), "{after:?} after {before:?}");
    // It is written every half minute, so that the last tries may be lost; not the wait that they led to.
    assert!(after[0].count > before[0].count / 2, "{after:?} after {before:?}");
    assert!(apart(after[0].blocked_until.expect("it waits still"), waits) < secs(31), "{after:?} after {before:?}");
    // The phone whose account it is goes on, and the right password is taken as before.
    alice.is_registered();
    guesser.gets_the_right_password();
    office.wait(minutes(6));
    guesser.is_registered();
    // Over the days that follow nobody is there.
    alice.loses_power();
    guesser.loses_power();
    office.wait(minutes(4 * 24 * 60));
    office.restarts();
    office.wait(secs(1));
    assert_eq!(office.attempts(), []);
}

#[test]
fn a_flood_has_a_figure_in_all_and_for_each_that_sends_much() {
    let office = Office::with(OFFICE);
    let (alice, guesser) = (office.phone(101), office.another_device(101).with_wrong_password());
    alice.is_registered();
    office.wait(minutes(5));
    let quiet = office.status().flood.clone();
    assert!(quiet.per_minute < 10 && quiet.sources.is_empty(), "phones are challenged, {quiet:?}");
    guesser.guesses(200);
    office.until("the flood is seen", |world| world.status.flood.per_minute >= 200);
    let flood = office.status().flood.clone();
    let [one] = flood.sources.as_slice() else { panic!("{flood:?}") };
    assert!(one.source == guesser.source() && one.per_minute >= 200 && one.dropped == 0, "{flood:?}");
    guesser.gets_the_right_password();
    office.wait(minutes(10));
    assert_eq!(office.status().flood.sources, [], "it is over, and nothing else need happen to say so");
}

#[test]
fn an_administrator_lets_an_address_try_again_at_once() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).with_wrong_password();
    alice.guesses(30);
    office.wait(minutes(2));
    assert!(office.attempts()[0].blocked_until.is_some());
    assert!(!office.unblocks([192, 0, 2, 1].into()), "it never tried");
    assert!(office.unblocks(alice.source()));
    alice.gets_the_right_password().is_registered();
}

#[test]
fn a_phone_with_a_new_password_registers_at_once() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101).with_wrong_password();
    alice.guesses(30);
    office.wait(minutes(2));
    alice.is_given_its_password().is_registered();
}
