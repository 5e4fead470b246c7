//! The box gets another address while people talk, on a network that has nobody else on it.

use std::time::Instant;

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::network::{Machine, OUTSIDE as NETWORK, is_inside};
use crate::harness::office::{Desk, office_file};
use crate::harness::until;

/// The office's account with the carrier.
const OFFICE: &str = "12125550101";

/// The number of the phone outside.
const OUTSIDE: &str = "12125550199";

/// Where the box is at first, and then.
const OLD: &str = "10.77.0.1";
const NEW: &str = "10.77.0.7";

/// An office with a carrier at the other end of the cable.
fn text(desks: &[Desk]) -> String {
    let rows = format!(
        "\n[[trunk]]\nname = \"carrier\"\nserver = \"{NETWORK}\"\nuser = \"{OFFICE}\"\nsecret = \"{}\"\n\
         numbers = \"national\"\n\n[[number]]\nnumber = \"+{OFFICE}\"\nto = \"{}\"\n\n\
         [[route]]\nname = \"out\"\ntrunks = [\"carrier\"]\n",
        Kamailio::secret(OFFICE),
        desks[1].extension
    );
    office_file(desks) + &rows
}

#[test]
fn a_box_that_gets_another_address_goes_on_with_its_calls_and_its_trunk() {
    if !is_inside("moving::a_box_that_gets_another_address_goes_on_with_its_calls_and_its_trunk") {
        return;
    }
    let machine = Machine::new();
    let carrier = Kamailio::start_with(&format!("listen=udp:{NETWORK}:5060\n"));
    let desks = [1001, 1002].map(Desk::new);
    // The cable is slower than the box.
    let office = Daemon::start_on(&machine, &text(&desks));
    office.shows("the trunk down", |status| status["trunks"][0]["health"] == "down");
    machine.gets(OLD);
    office.shows("the trunk up", |status| status["trunks"][0]["health"] == "up");
    let mut caller = Baresip::registered(desks[0].phone(office.sip).on(NETWORK, OLD).speaking(440.0));
    let outside = Spec::new(OUTSIDE, &Kamailio::secret(OUTSIDE), 5060).on(NETWORK, NETWORK).speaking(620.0);
    let mut outside = Baresip::registered(outside);
    caller.dials(&format!("+{OUTSIDE}"));
    outside.rings();
    outside.answers();
    caller.hears(620.0);
    outside.hears(440.0);
    let begin = Instant::now();
    machine.loses(OLD);
    caller.hears_silence();
    machine.gets(NEW);
    let moved = |office: &Daemon| {
        let story = office.story(&office.calls()[0]["id"]);
        story.iter().filter(|event| event.to_string().contains(NEW)).count()
    };
    until("both parties have taken the new address", || (moved(&office) == 2).then_some(()));
    caller.hears(620.0);
    outside.hears(440.0);
    eprintln!("heard again {:?} after the address was lost", begin.elapsed());
    until("the carrier knows the new address alone", || {
        let known = carrier.registrations();
        (known.contains(&format!("@{NEW}:")) && !known.contains(&format!("@{OLD}:"))).then_some(())
    });
    let certificate = office.data.join("tls/leaf.json");
    until("the box's certificate is for the new address", || {
        std::fs::read_to_string(&certificate).ok()?.contains(&format!("\"{NEW}\"")).then_some(())
    });
    caller.hangs_up();
    outside.call_ends();
    office.is_quiet();
    // Calls both ways with a phone that finds the box where it is now.
    let mut second = Baresip::registered(desks[1].phone(office.sip).on(NETWORK, NEW).speaking(850.0));
    second.dials(&format!("+{OUTSIDE}"));
    outside.rings();
    outside.answers();
    second.hears(620.0);
    outside.hears(850.0);
    second.hangs_up();
    outside.call_ends();
    office.is_quiet();
    outside.dials(OFFICE);
    second.rings();
    second.answers();
    outside.hears(850.0);
    second.hears(620.0);
    second.hangs_up();
    outside.call_ends();
    office.is_quiet();
}
