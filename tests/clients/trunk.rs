//! A carrier's stand-in behind which a phone outside is: the box registers, calls out and is called.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the phone outside.
const OUTSIDE: &str = "12125550199";

fn office(carrier: &Kamailio, desk: &Desk, secret: &str) -> Daemon {
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{secret}\"\n\
         numbers = \"national\"\n\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"{}\"\n\n[[route]]\nname = \"out\"\n\
         trunks = [\"carrier\"]\n",
        carrier.port, desk.extension
    );
    Daemon::start_office(&(office_file(std::slice::from_ref(desk)) + &rows))
}

#[test]
fn a_carrier_takes_our_registration_and_calls_go_both_ways() {
    let carrier = Kamailio::start();
    let desk = Desk::new(1001);
    let office = office(&carrier, &desk, &Kamailio::secret(OFFICE));
    office.shows("the trunk up", |status| {
        let trunk = &status["trunks"][0];
        trunk["health"] == "up" && trunk["registered_until"].is_string()
    });
    let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);
    anna.dials(&format!("+{OUTSIDE}"));
    assert!(outside.rings().contains(OFFICE));
    outside.answers();
    anna.talks();
    anna.hears(620.0);
    outside.hears(440.0);
    anna.hangs_up();
    outside.call_ends();
    office.is_quiet();
    office.keeps_call(&format!("+{OUTSIDE}"), "hung_up");
    outside.dials(OFFICE);
    assert!(anna.rings().contains(OUTSIDE));
    anna.answers();
    outside.talks();
    outside.hears(440.0);
    anna.hears(620.0);
    outside.hangs_up();
    anna.call_ends();
    office.is_quiet();
}

#[test]
fn a_wrong_secret_is_said() {
    let carrier = Kamailio::start();
    let office = office(&carrier, &Desk::new(1001), "not-what-they-gave");
    office.shows("that the secret is wrong", |status| {
        let trunk = &status["trunks"][0];
        trunk["health"] == "down" && trunk["trouble"]["kind"] == "wrong_secret"
    });
}
