//! A carrier's stand-in behind which a phone outside is: the box registers, calls out and is called.

use serde_json::Value;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::{Desk, office_file};
use crate::harness::until;

/// The office's number, which is its account with the carrier too.
const OFFICE: &str = "12125550101";

/// The number of the phone outside.
const OUTSIDE: &str = "12125550199";

fn office(carrier: &Kamailio, desk: &Desk, secret: &str) -> Daemon {
    Daemon::start_office(&text(carrier, desk, secret))
}

fn text(carrier: &Kamailio, desk: &Desk, secret: &str) -> String {
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"127.0.0.1:{}\"\nuser = \"{OFFICE}\"\nsecret = \"{secret}\"\n\
         numbers = \"national\"\n\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"{}\"\n\n[[route]]\nname = \"out\"\n\
         trunks = [\"carrier\"]\n",
        carrier.port, desk.extension
    );
    office_file(std::slice::from_ref(desk)) + &rows
}

fn is_up(status: &Value) -> bool {
    status["trunks"][0]["health"] == "up" && status["trunks"][0]["registered_until"].is_string()
}

#[test]
fn a_carrier_takes_our_registration_and_calls_go_both_ways() {
    let carrier = Kamailio::start();
    let desk = Desk::new(1001);
    let office = office(&carrier, &desk, &Kamailio::secret(OFFICE));
    office.shows("the trunk up", is_up);
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
fn a_trunk_is_tested_by_a_call_that_ends_by_itself_and_says_what_was_heard() {
    let carrier = Kamailio::start();
    let office = office(&carrier, &Desk::new(1001), &Kamailio::secret(OFFICE));
    office.shows("the trunk up", is_up);
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
    let mut outside = Baresip::registered(outside);
    office.tests_trunk("carrier", &format!("+{OUTSIDE}"));
    outside.rings();
    outside.answers();
    // What is said comes back.
    outside.hears(620.0);
    outside.call_ends();
    office.is_quiet();
    office.shows("that it was answered and heard", |status| {
        let outcome = &status["trunks"][0]["test"]["outcome"];
        outcome["kind"] == "answered" && outcome["heard"] == true && outcome["round_trip_ms"].as_u64() < Some(1000)
    });
    office.tests_trunk("carrier", "+12125550177");
    office.shows("that nobody has this number", |status| {
        let outcome = &status["trunks"][0]["test"]["outcome"];
        outcome["kind"] == "refused" && outcome["status"] == 404
    });
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

#[test]
fn a_carrier_forgets_us_when_the_trunk_is_switched_off_and_when_it_moves() {
    let (carrier, other) = (Kamailio::start(), Kamailio::start());
    let desk = Desk::new(1001);
    let here = text(&carrier, &desk, &Kamailio::secret(OFFICE));
    let office = Daemon::start_office(&here);
    office.shows("the trunk up", is_up);
    assert!(carrier.knows(OFFICE));
    office.imports(&here.replace("[[trunk]]\n", "[[trunk]]\nenabled = false\n"));
    until("the carrier has forgotten us", || (!carrier.knows(OFFICE)).then_some(()));
    office.imports(&here);
    office.shows("the trunk up again", is_up);
    assert!(carrier.knows(OFFICE));
    office.imports(&text(&other, &desk, &Kamailio::secret(OFFICE)));
    until("the new place knows us", || other.knows(OFFICE).then_some(()));
    assert!(!carrier.knows(OFFICE), "the old one does not");
    office.shows("the trunk up there", is_up);
}

/// With this way to it every INVITE is too large for a datagram.
fn long_way(lines: &str) -> String {
    let way = format!("Service-Route: <sip:127.0.0.1:PORT;lr;way={}>", "x".repeat(600));
    format!("{lines}#!define SERVICE_ROUTE \"{way}\\r\\n\"\n")
}

#[test]
fn a_call_too_large_for_a_datagram_goes_by_tcp_or_by_udp_where_that_is_refused() {
    for (lines, way) in [("", "tcp"), ("disable_tcp=yes\n", "udp")] {
        let carrier = Kamailio::start_with(&long_way(lines));
        let desk = Desk::new(1001);
        let office = office(&carrier, &desk, &Kamailio::secret(OFFICE));
        office.shows("the trunk up", is_up);
        let mut anna = Baresip::registered(desk.phone(office.sip).speaking(440.0));
        let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), carrier.port).speaking(620.0);
        let mut outside = Baresip::registered(outside);
        anna.dials(&format!("+{OUTSIDE}"));
        outside.rings();
        carrier.process.says(&format!("a call came by {way}"));
        outside.answers();
        anna.hears(620.0);
        outside.hears(440.0);
        anna.hangs_up();
        outside.call_ends();
        office.is_quiet();
    }
}
