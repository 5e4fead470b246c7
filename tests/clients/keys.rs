//! Keys that sipp tells by INFO, at a real phone that knows them as RFC 4733 events.

use std::time::Duration;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::sipp::Script;

/// What baresip prints of a key that came as INFO.
const BY_INFO: &str = "received DTMF: ";

#[test]
fn keys_told_by_info_arrive_as_events() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut bert = Baresip::registered(desks[1].phone(office.sip));
    let mut script = Script::of(&desks[0]).calls(1, "Allow: INVITE, ACK, BYE, INFO\n").hears_answer(2, "");
    for (cseq, kind, key) in [
        (3, "dtmf-relay", "Signal=4\nDuration=160\n"),
        (4, "dtmf", "2"),
        (5, "dtmf-relay", "Signal=11\nDuration=250\n"),
    ] {
        let body = format!("Content-Type: application/{kind}\nContent-Length: [len]\n\n{key}");
        script = script.requests("INFO", cseq, "", &body).expects("200", "INFO");
    }
    let mut anna = script.expects("BYE", "").accepts("").starts(office.sip, "1002");
    bert.rings();
    bert.answers();
    for key in ["4", "2", "#"] {
        assert_eq!(bert.sees_key(), key);
    }
    assert_eq!(bert.times_it_said(BY_INFO), 0, "it was told them in its audio");
    bert.hangs_up();
    anna.succeeds_within(Duration::from_secs(10));
    office.is_quiet();
}
