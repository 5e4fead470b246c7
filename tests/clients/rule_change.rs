//! Codes by which people change what becomes of their calls: dialled on real phones, in force and on disk.

use std::time::Duration;

use crate::harness::baresip::Baresip;
use crate::harness::browser::Browser;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};
use crate::harness::sipp::Script;

const PASSWORD: &str = "seven quiet lanterns";

/// Dials a code and listens until the box hangs up; the office has this then.
#[track_caller]
fn has_after(office: &Daemon, phone: &mut Baresip, code: &str, row: &str) {
    phone.dials(code);
    phone.talks();
    phone.hears_speech();
    phone.call_ends();
    let file = office.exports();
    assert!(file.contains(row), "after {code} there is no {row:?} in {file}");
}

#[test]
fn codes_change_the_office_that_everybody_sees() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    let before = office.status()["revision"].as_u64().expect("a number");

    has_after(&office, &mut anna, "*78", "kind = \"dnd\"");
    bert.dials("1001");
    assert!(bert.call_ends().starts_with("486 "));
    has_after(&office, &mut anna, "*79", "enabled = false");
    bert.calls(&mut anna, "1001");
    bert.hangs_up();
    bert.call_ends();
    anna.call_ends();

    has_after(&office, &mut anna, "*521002", "to = \"person 1002\"");
    has_after(&office, &mut anna, "*301002", "number = \"1002\"");
    bert.dials("1001");
    let refusal = bert.call_ends();
    assert!(refusal.starts_with("404 "), "{refusal}");
    has_after(&office, &mut anna, "*70", "call_waiting = false");

    office.shows("five revisions more", |status| status["revision"] == before + 5);
    office.is_quiet();
}

#[test]
fn f52_a_real_phone_puts_the_office_into_night_mode_and_the_page_takes_it_out() {
    let desks = [1001, 1002].map(Desk::new);
    let hash = store::hash_password(PASSWORD).expect("the system has randomness");
    let person = "extension = \"1001\"\n";
    let closed = "rules = [{ when = \"Closed\", dnd = true }]\n";
    let admin =
        format!("{person}email = \"boss@example.com\"\nrole = \"admin\"\npassword_hash = \"{}\"\n", hash.expose());
    let rows = "[[time_group]]\nname = \"Closed\"\ntimes = [\"1 Jan 00:00-00:01\"]\n\
        [[night_mode]]\nname = \"Night\"\nnumber = 1\ngroups = [\"Closed: open\"]\n";
    let file = office_file(&desks).replace(person, &format!("{admin}{closed}"));
    let office = Daemon::start_office(&format!("{file}\n{rows}"));
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    // A key of hers, dark at first.
    let key = Script::of(&desks[0]).watches().sees_it_lit(false).sees_it_lit(true).sees_it_lit(false);
    let mut key = key.starts(office.sip, "*281");
    key.has_heard("<state>terminated");
    let page = Browser::signed_in(&office, "boss@example.com", PASSWORD);

    bert.dials("*281");
    bert.talks();
    bert.hears_speech();
    bert.call_ends();
    assert_eq!(page.send("GET", "night-modes", "")["modes"][0]["is_on"], false, "who may not has changed nothing");

    has_after(&office, &mut anna, "*281", "Closed: open until 20");
    let mode = page.send("GET", "night-modes", "")["modes"][0].clone();
    assert_eq!((&mode["is_on"], &mode["by"]), (&true.into(), &"Desk 1001".into()), "{mode}");
    bert.dials("1001");
    assert!(bert.call_ends().starts_with("486 "));

    page.send("POST", "night-modes/Night/switch", "{\"on\":false}");
    key.succeeds_within(Duration::from_secs(20));
    bert.calls(&mut anna, "1001");
    bert.hangs_up();
    bert.call_ends();
    anna.call_ends();
    office.is_quiet();
}
