//! Session timers (RFC 4028) with sipp: asked for too brief, kept by it, kept by us, forgotten.

use std::time::Duration;

use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::sipp::Script;

/// The echo test: somebody who answers at once and never hangs up.
const ECHO: &str = "*43";

const TIMER: &str = "Supported: timer\nAllow: INVITE, ACK, BYE, UPDATE\n";

#[test]
fn sipp_keeps_its_session_by_update() {
    let desk = Desk::new(1001);
    let office = Daemon::start(std::slice::from_ref(&desk));
    let keeps = format!("{TIMER}Session-Expires: 120;refresher=uac\n");
    // What is too brief is said before anybody is asked for a digest.
    let refused = Script::of(&desk).invites(1, &format!("{TIMER}Session-Expires: 60\n"));
    let mut script = refused.hears_refusal(1, "422", "Min-SE: 90");
    script = script.calls(2, &keeps).hears_answer(3, "Session-Expires: 120;refresher=uac");
    for cseq in 4..8 {
        script = script.requests("UPDATE", cseq, &keeps, "").expects("200", "Session-Expires: 120;refresher=uac");
    }
    script.hangs_up(8).starts(office.sip, ECHO).succeeds_within(Duration::from_secs(15));
    office.is_quiet();
    office.keeps_call(ECHO, "hung_up");
}

#[test]
fn sipp_leaves_its_session_to_us_or_forgets_it() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let leaves = format!("{TIMER}Session-Expires: 90;refresher=uas\n");
    let left = Script::of(&desks[0]).calls(1, &leaves).hears_answer(2, "Session-Expires: 90;refresher=uas");
    let left =
        left.expects("UPDATE", "Session-Expires: 90;refresher=uac").accepts("Session-Expires: 90;refresher=uac\n");
    let mut left = left.hangs_up(3).starts(office.sip, ECHO);
    office.shows("the first call", |status| status["calls"].as_array().is_some_and(|calls| calls.len() == 1));
    let forgets = format!("{TIMER}Session-Expires: 90;refresher=uac\n");
    let forgotten = Script::of(&desks[1]).calls(1, &forgets).hears_answer(2, "Session-Expires: 90;refresher=uac");
    let mut forgotten = forgotten.expects("BYE", "").accepts("").starts(office.sip, ECHO);
    // Half of the session, and two thirds of it.
    left.succeeds_within(Duration::from_secs(60));
    forgotten.succeeds_within(Duration::from_secs(30));
    office.is_quiet();
    office.keeps_call(ECHO, "party_lost");
}
