//! The daemon goes and comes back; the phones need not know.

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

fn office() -> (Daemon, [Baresip; 2]) {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let [anna, bert] = desks;
    let phones =
        [Baresip::registered(anna.phone(office.sip)), Baresip::registered(bert.phone(office.sip).speaking(620.0))];
    (office, phones)
}

/// The phones call each other at once, on what the daemon remembers: neither has registered again.
#[track_caller]
fn calls_are_possible(office: &Daemon, [mut anna, mut bert]: [Baresip; 2]) {
    office.knows_phones(2);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
    assert_eq!([anna, bert].map(|phone| phone.registrations()), [1, 1]);
}

#[test]
fn phones_are_still_registered_after_a_restart() {
    let (mut office, phones) = office();
    office.stops();
    office.starts_again();
    calls_are_possible(&office, phones);
}

#[test]
fn phones_are_still_registered_after_a_sudden_death() {
    let (mut office, phones) = office();
    office.process.kill();
    office.starts_again();
    calls_are_possible(&office, phones);
}

#[test]
fn a_daemon_that_is_stopped_ends_calls_politely() {
    let (mut office, [mut anna, mut bert]) = office();
    anna.calls(&mut bert, "1002");
    bert.hears(440.0);
    office.stops();
    anna.call_ends();
    bert.call_ends();
    anna.becomes_idle();
    bert.becomes_idle();
    office.starts_again();
    office.keeps_call("1002", "shut_down");
}
