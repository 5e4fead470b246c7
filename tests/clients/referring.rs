//! A blind transfer (RFC 3515) and a delayed offer (RFC 3264 §4), with sipp, which says exactly that.

use std::time::Duration;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::sipp::Script;

#[test]
fn sipp_passes_a_call_on_and_is_told_how_that_went() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut bert = Baresip::registered(desks[1].phone(office.sip).speaking(440.0));
    let mut carla = Baresip::registered(desks[2].phone(office.sip).speaking(620.0));
    let refers = "Refer-To: <sip:1003@[remote_ip]:[remote_port]>\nReferred-By: <sip:1001@[remote_ip]>\n";
    let mut script = Script::of(&desks[0]).calls(1, "").hears_answer(2, "");
    script = script.requests("REFER", 3, refers, "").expects("202", "");
    for status in ["100", "180", "200"] {
        script = script.expects("NOTIFY", &format!("SIP/2.0 {status}")).accepts("");
    }
    let mut sipp = script.expects("BYE", "").accepts("").starts(office.sip, "1002");
    bert.rings();
    bert.answers();
    carla.rings();
    carla.answers();
    bert.hears(620.0);
    carla.hears(440.0);
    sipp.succeeds_within(Duration::from_secs(15));
    carla.hangs_up();
    bert.call_ends();
    office.is_quiet();
    // As it was dialled.
    office.keeps_call("1002", "hung_up");
}

#[test]
fn sipp_lets_the_other_side_offer() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    let script = Script::of(&desks[0]).calls_without_offer(1);
    let mut sipp = script.expects("BYE", "").accepts("").starts(office.sip, "1002");
    bert.rings();
    bert.answers();
    bert.hangs_up();
    sipp.succeeds_within(Duration::from_secs(15));
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
}
