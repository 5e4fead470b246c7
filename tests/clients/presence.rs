//! Presence: a phone's display follows what another extension does.

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;

#[test]
fn a_display_follows_a_call_of_somebody_else() {
    let [anna, bert, clara] = [1001, 1002, 1003].map(Desk::new);
    let office = Daemon::start(&[anna.clone(), bert.clone(), clara.clone()]);
    let mut bert = Baresip::registered(bert.phone(office.sip));
    let mut clara = Baresip::registered(clara.phone(office.sip).watching("1002"));
    clara.shows_presence("Online");
    let mut anna = Baresip::registered(anna.phone(office.sip).speaking(620.0));
    anna.calls(&mut bert, "1002");
    clara.shows_presence("Busy");
    anna.hangs_up();
    clara.shows_presence("Online");
    office.is_quiet();
}
