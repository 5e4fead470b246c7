//! Codes by which people change what becomes of their calls: dialled on real phones, in force and on disk.

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

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
