//! Calls that are sent on, by a code and by a rule, heard on real phones (F34, F37, F96).

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};

/// Rings so long before the rule sends the call on.
const RULE: &str = "extension = \"1002\"\nrules = [{ ring_s = 5, unanswered = \"person 1003\" }]\n";

#[test]
fn f34_f37_a_call_is_sent_on_by_a_code_at_once_and_by_a_rule_when_nobody_answers() {
    let desks = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start_office(&office_file(&desks).replacen("extension = \"1002\"\n", RULE, 1));
    let mut anna = Baresip::registered(desks[0].phone(office.sip).speaking(350.0));
    let mut bert = Baresip::registered(desks[1].phone(office.sip).speaking(440.0));
    let mut carla = Baresip::registered(desks[2].phone(office.sip).speaking(620.0));

    // Bert's phone rings, and Carla's when he does not take the call.
    anna.dials("1002");
    bert.rings();
    carla.rings();
    bert.becomes_idle();
    carla.answers();
    anna.hears(620.0);
    carla.hears(350.0);
    anna.hangs_up();
    carla.call_ends();
    office.is_quiet();

    // From now on his does not ring at all.
    bert.dials("*721003");
    bert.talks();
    bert.hears_speech();
    bert.call_ends();
    anna.dials("1002");
    carla.rings();
    carla.answers();
    anna.hears(620.0);
    bert.becomes_idle();
    carla.hangs_up();
    anna.call_ends();
    office.is_quiet();
    let story = office.story(&office.calls()[0]["id"]);
    let invited = story.iter().map(|event| &event["what"]).filter(|what| what["kind"] == "invited");
    let phones: Vec<_> = invited.map(|what| what["phone"].clone()).collect();
    assert_eq!(phones, ["1003a"], "{story:?}");
}
