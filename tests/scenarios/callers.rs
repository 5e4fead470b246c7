//! Callers from outside whom the whole office does not want: its list, those without a number, and whom somebody lets in all the
//! same.

use crate::two_trunks;
use office::{Carrier, Office, Stage, secs};
use pbx::trunks::Health;

const PEOPLE: &str = "
    101 Alice  phone
    102 Bob    phone
";

const LIST: &str = "
[office]
area = \"30\"
callers = [
    { number = \"+4940*\", note = \"sells windows\" },
    { number = \"+49405551*\", allow = true, note = \"the landlord\" },
    { number = \"+4989*\", until = \"2026-03-02T10:00:00Z\" },
]
";

/// An office with these rows, and its first carrier.
fn office_with(rows: &str) -> (Office, Carrier) {
    let (office, one, _) = two_trunks::office(PEOPLE);
    (office.with_rows(rows), one)
}

/// That the last call was turned away, with these words about why.
#[track_caller]
fn turned_away(office: &Office, one: &Carrier, status: u16, why: &str) {
    one.is_at(Stage::Over(status));
    office.wait(secs(1));
    office.last_story_says(why);
}

#[test]
fn f43_whom_the_office_blocks_reaches_nobody_and_the_story_names_the_entry() {
    let (office, one) = office_with(LIST);
    let alice = office.phone(101);
    one.calls("+49405550100", "+4930123451");
    turned_away(&office, &one, 404, "the office has blocked +4940*");
    alice.is_idle();
    // A number that leads to a code is no way in either.
    one.calls("+49405550100", "+4930123459");
    turned_away(&office, &one, 404, "the office has blocked +4940*");
    // Whom a narrower entry allows, and who is in none, gets through.
    for fine in ["+49405551234", "+4930999"] {
        one.calls(fine, "+4930123451");
        alice.rings().answers();
        one.is_at(Stage::Talks);
        alice.hangs_up();
        office.wait(secs(1));
    }
}

#[test]
fn f43_an_entry_of_the_office_ends_at_its_time() {
    let office = Office::with(&format!("{PEOPLE}\ncountry DE")).at("Mon 2026-03-02 10:59 Europe/Berlin");
    let (one, alice) = (office.carrier(two_trunks::ONE), office.phone(101));
    let office = office.with_rows(two_trunks::ROWS).with_rows(LIST);
    office.trunk_is("one", Health::Up, "");
    one.calls("+49891234567", "+4930123451");
    turned_away(&office, &one, 404, "the office has blocked +4989*");
    office.wait(secs(60));
    one.calls("+49891234567", "+4930123451");
    alice.rings().declines();
}

#[test]
fn f43_whom_somebody_allows_gets_past_the_list_of_the_office_and_nobody_else_does() {
    let (office, one) = office_with(LIST);
    let bob = office.phone(102);
    office.reloads(|raw| {
        let alice = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some("101")).expect("Alice is there");
        let friend =
            config::RawCaller { number: Some("+49405550100".to_owned()), allow: Some(true), ..Default::default() };
        alice.callers.push(friend);
        let always = Some("person 102".to_owned());
        alice.rules.push(config::RawRule { always, ..Default::default() });
    });
    // Where Alice's calls go on to, the office's list does not keep out whom she let in.
    one.calls("+49405550100", "+4930123451");
    bob.rings().answers();
    one.is_at(Stage::Talks);
    one.hangs_up();
    office.wait(secs(1));
    one.calls("+49405550101", "+4930123451");
    turned_away(&office, &one, 404, "the office has blocked +4940*");
}

#[test]
fn f43_f44_what_such_callers_hear_is_the_offices_choice() {
    for (hear, status) in [("busy", 486), ("refused", 603), ("disconnected", 404)] {
        let (office, one) = office_with(&format!("{LIST}blocked_hear = \"{hear}\""));
        one.calls("+49405550100", "+4930123451");
        turned_away(&office, &one, status, "the office has blocked +4940*");
    }
    let (office, one) = office_with("[office]\nanonymous_hear = \"announcement\"");
    for nobody in ["anonymous", "unavailable", "Restricted"] {
        one.calls(nobody, "+4930123451");
        one.is_at(Stage::Talks);
        office.wait(secs(20));
        turned_away(&office, &one, 0, "the office takes no calls without a number");
    }
}

#[test]
fn f43_the_offices_list_is_about_callers_from_outside_alone() {
    let (office, _) = office_with("[office]\ncallers = [{ number = \"10x\" }]\nanonymous_hear = \"busy\"");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102");
    bob.rings_from("101").answers().talks_to(&alice);
    alice.hangs_up();
}
