//! Parking between real phones, with what their people hear.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

/// A note of the music that who waits on a slot hears, in Hz.
const MUSIC: f64 = 392.0;

/// It is softer than what people speak here.
const LOUD_ENOUGH: f64 = 1500.0;

#[test]
fn f163_a_call_is_parked_at_one_desk_and_fetched_at_another() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start(&desks);
    let phone = |(desk, hz): (&Desk, f64)| Baresip::registered(Spec::speaking(desk.phone(office.sip), hz));
    let mut phones = desks.iter().zip([440.0, 620.0, 850.0]).map(phone);
    let mut next = || phones.next().expect("three phones");
    let (mut anna, mut bert, mut carla) = (next(), next(), next());
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.transfers_to("*88");
    bert.hears_speech();
    bert.call_ends();
    bert.becomes_idle();
    office.shows("the parked call", |status| {
        let call = &status["calls"][0];
        call["state"] == "parked" && call["slot"] == 1
    });
    anna.hears_at_least(MUSIC, LOUD_ENOUGH);
    carla.dials("*851");
    carla.talks();
    carla.hears(440.0);
    anna.hears(850.0);
    anna.hangs_up();
    carla.call_ends();
    office.is_quiet();
    let calls = office.calls();
    // The newest first: the call that fetched, then the one that was parked.
    let story = office.story(&calls[1]["id"]);
    let of =
        |kind: &str| story.iter().find(|event| event["what"]["kind"] == kind).map(|event| event["what"]["by"].clone());
    assert_eq!(of("parked"), Some("1002".into()), "{story:?}");
    assert_eq!(of("fetched"), Some("1003".into()), "{story:?}");
}
