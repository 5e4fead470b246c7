//! Phones on two networks, and a box that is joined to both: each is told of the box where it can reach it.

use serde_json::Value;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::network::{Machine, OUTSIDE as DESKS, is_inside};
use crate::harness::office::{Desk, office_file};

/// Where the box is among the desks.
const AMONG_DESKS: &str = "10.77.0.1";

/// Where the phones of the workshop are, and the box among them.
const WORKSHOP: &str = "10.78.0.2";
const IN_WORKSHOP: &str = "10.78.0.1";

#[test]
fn phones_of_two_networks_talk_to_each_other() {
    if !is_inside("two_networks::phones_of_two_networks_talk_to_each_other") {
        return;
    }
    talk(&[]);
}

#[test]
fn phones_of_two_networks_talk_to_each_other_by_a_listener_in_each() {
    if !is_inside("two_networks::phones_of_two_networks_talk_to_each_other_by_a_listener_in_each") {
        return;
    }
    let [desks, workshop] = [AMONG_DESKS, IN_WORKSHOP].map(|ip| format!("{ip}:5060"));
    talk(&["--sip", &desks, "--sip", &workshop, "--rtp", "0.0.0.0:16384-16895"]);
}

#[track_caller]
fn talk(options: &[&str]) {
    let machine = Machine::new();
    machine.gets(AMONG_DESKS);
    machine.joins(IN_WORKSHOP, WORKSHOP);
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start_on_with(&machine, &office_file(&desks), options);
    let mut desk = Baresip::registered(desks[0].phone(office.sip).on(DESKS, AMONG_DESKS).speaking(440.0));
    let mut workshop = Baresip::registered(desks[1].phone(office.sip).on(WORKSHOP, IN_WORKSHOP).speaking(620.0));
    office.knows_phones(2);
    desk.calls(&mut workshop, "1002");
    desk.hears(620.0);
    workshop.hears(440.0);
    desk.holds();
    desk.resumes();
    workshop.hears(440.0);
    workshop.hangs_up();
    desk.call_ends();
    office.is_quiet();
    // Each is told of the address of its own network and of no other.
    let rungs = office.ladder();
    for (phone, its, other) in [(DESKS, AMONG_DESKS, IN_WORKSHOP), (WORKSHOP, IN_WORKSHOP, AMONG_DESKS)] {
        let own: Vec<&str> =
            rungs.iter().filter(|rung| is_to(rung, phone)).filter_map(|rung| rung["text"].as_str()).collect();
        let described = own.iter().filter(|text| text.contains(&format!("c=IN IP4 {its}")));
        assert!(described.count() > 0, "{phone} is told where its sound goes: {own:?}");
        assert!(
            own.iter().all(|text| !text.contains(other)),
            "{phone} is told of a network that is not its own: {own:?}"
        );
    }
    // And the other way round.
    workshop.calls(&mut desk, "1001");
    workshop.hears(440.0);
    desk.hears(620.0);
    desk.hangs_up();
    workshop.call_ends();
    office.is_quiet();
}

/// Whether the box sent this message to the phone of this address.
fn is_to(rung: &Value, phone: &str) -> bool {
    rung["came"] == false && rung["hop"]["remote"].as_str().is_some_and(|remote| remote.starts_with(phone))
}
