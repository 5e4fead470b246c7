//! Call completion between real phones: whoever finds a colleague busy presses a key, and is called when that one is free.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, NO_OFFERS, office_file};

#[test]
fn f95_who_finds_a_colleague_busy_presses_6_and_is_called_back() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start_office(&office_file(&desks).replace(NO_OFFERS, "call_waiting = false\n"));
    let phone = |(desk, hz): (&Desk, f64)| Baresip::registered(Spec::speaking(desk.phone(office.sip), hz));
    let mut phones = desks.iter().zip([440.0, 620.0, 850.0]).map(phone);
    let mut next = || phones.next().expect("three phones");
    let (mut anna, mut bert, mut carla) = (next(), next(), next());
    carla.calls(&mut bert, "1002");
    anna.dials("1002");
    anna.talks();
    anna.hears_speech();
    anna.presses('6');
    anna.call_ends();
    anna.becomes_idle();
    carla.hangs_up();
    bert.call_ends();
    bert.becomes_idle();
    anna.rings();
    anna.answers();
    bert.rings();
    bert.answers();
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}
