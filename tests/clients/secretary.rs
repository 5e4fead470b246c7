//! A secretary's real phone rings for the boss, and says so.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};

#[test]
fn f91_a_secretarys_phone_shows_for_whom_it_rings_and_she_passes_the_call_on_to_the_boss() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let boss = "extension = \"1002\"\n";
    let answered = format!("{boss}diversions = [{{ kind = \"secretary\", secretaries = [\"1003\"] }}]\n");
    let office = Daemon::start_office(&office_file(&desks).replace(boss, &answered));
    let phone = |(desk, hz): (&Desk, f64)| Baresip::registered(Spec::speaking(desk.phone(office.sip), hz));
    let mut phones = desks.iter().zip([440.0, 620.0, 850.0]).map(phone);
    let mut next = || phones.next().expect("three phones");
    let (mut anna, mut bert, mut carla) = (next(), next(), next());
    anna.dials("1002");
    assert!(carla.rings().contains("1001"), "the number is the caller's");
    assert_eq!(carla.times_it_said("For Desk 1002: Desk 1001"), 1);
    assert_eq!(bert.times_it_said("Incoming call"), 0);
    carla.answers();
    anna.talks();
    anna.hears(850.0);
    carla.hears(440.0);
    carla.transfers_to("1002");
    bert.rings();
    assert_eq!(bert.times_it_said("For Desk 1002"), 0);
    bert.answers();
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}
