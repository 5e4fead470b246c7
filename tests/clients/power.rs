//! A phone loses its power, without a word to anybody, and gets it back.

use std::time::Duration;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::messages::reaches_the_tone;

#[test]
fn a_call_to_a_phone_without_power_comes_to_the_mailbox_and_the_phone_is_reached_when_it_is_back() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start_with_mailboxes(&desks);
    let mut anna = Baresip::registered(desks[0].phone(office.sip));
    let bert = Baresip::registered(desks[1].phone(office.sip));
    office.knows_phones(2);
    bert.loses_power();
    // It is still registered; nobody answers there.
    reaches_the_tone(&mut anna, "1002");
    office.has_recorded(1, Duration::from_secs(5));
    anna.hangs_up();
    office.is_quiet();
    office.keeps_messages("1002", 1);

    // In the place of the one that is gone, not beside it.
    let mut bert = Baresip::registered(desks[1].phone(office.sip).speaking(620.0));
    office.knows_phones(2);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
}
