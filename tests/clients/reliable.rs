//! Provisional responses that must arrive (RFC 3262), with sipp, which takes no others.

use std::time::Duration;

use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::sipp::Script;

#[test]
fn sipp_confirms_the_tone_that_says_why_there_is_no_help() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    for says in ["Require: 100rel\n", "Supported: 100rel\n"] {
        let script = Script::of(&desk).calls(1, says).confirms("183", 2, 3).hears_refusal(2, "502", "");
        script.starts(office.sip, "112").succeeds_within(Duration::from_secs(40));
        office.is_quiet();
        office.keeps_call("112", "emergency_unreachable");
    }
}
