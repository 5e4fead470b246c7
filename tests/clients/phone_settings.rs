//! What people switch for their own phones, on real ones: no second call during one, and no name of callers from outside (F28).

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of whoever calls.
const OUTSIDE: &str = "12125550199";

#[test]
fn f28_during_a_call_that_was_dialled_with_70_before_it_the_phone_is_asked_for_nothing() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start(&desks);
    let phone = |(desk, hz): (&Desk, f64)| Baresip::registered(desk.phone(office.sip).speaking(hz));
    let mut phones = desks.iter().zip([440.0, 620.0, 850.0]).map(phone);
    let mut next = || phones.next().expect("three phones");
    let (mut anna, mut bert, mut carla) = (next(), next(), next());
    for (number, is_asked) in [("*701002", false), ("1002", true)] {
        anna.dials(number);
        assert!(bert.rings().contains("1001"));
        bert.answers();
        anna.talks();
        anna.hears(620.0);
        bert.hears(440.0);
        carla.dials("1001");
        // A phone without a second line says the same by itself.
        assert_eq!(carla.call_ends(), "486 Busy Here");
        office.keeps_call("1001", "busy");
        let story = office.story(&office.calls()[0]["id"]);
        let invited = story.iter().filter(|event| event.to_string().contains("\"invited\"")).count();
        assert_eq!(invited, usize::from(is_asked), "{story:?}");
        anna.hears(620.0);
        anna.hangs_up();
        bert.call_ends();
        office.is_quiet();
    }
}

#[test]
fn f28_a_caller_from_outside_is_unknown_on_the_phone_and_known_to_the_log() {
    let carrier = Kamailio::start();
    let desks = [1001, 1002].map(Desk::new);
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"1001\"\n",
        carrier.port,
        Kamailio::secret(OFFICE)
    );
    let shows_none = "extension = \"1001\"\nshows_callers = false\n";
    let text = office_file(&desks).replacen("extension = \"1001\"\n", shows_none, 1) + &rows;
    let office = Daemon::start_office(&text);
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let [mut anna, mut bert] = [0, 1].map(|desk| Baresip::registered(desks[desk].phone(office.sip)));
    let mut outside = Baresip::registered(Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port));

    outside.dials(OFFICE);
    let shown = anna.rings();
    assert!(shown.contains("anonymous") && !shown.contains(OUTSIDE), "{shown}");
    assert_eq!(anna.shows_name(), "Unknown");
    anna.hangs_up();
    outside.call_ends();
    anna.becomes_idle();
    office.is_quiet();
    office.keeps_call(&format!("+{OFFICE}"), "busy");
    let kept = office.calls()[0]["from"].to_string();
    assert!(kept.contains(&OUTSIDE[1..]), "the log knows who it was: {kept}");
    // Colleagues are shown.
    bert.dials("1001");
    assert!(anna.rings().contains("1002"));
    assert_eq!(anna.shows_name(), "Desk 1002");
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}
