//! What carriers say in calls besides: that somebody took the call elsewhere, that they would rather send a fax.

use office::{Stage, secs};

use crate::two_trunks;

const OURS: &str = "+4930123451";
const CALLER: &str = "+49891234567";

/// A fax machine's offer (ITU-T T.38 Annex D), and what offers sound again.
const FAX: &str = "v=0\r\no=- 7 2 IN IP4 203.0.113.5\r\ns=-\r\nc=IN IP4 203.0.113.5\r\nt=0 0\r\n\
                   m=image 30002 udptl t38\r\na=T38FaxVersion:0\r\na=T38MaxBitRate:14400\r\n";

/// Trap 19.
#[test]
fn trap_19_whoever_was_answered_elsewhere_is_no_missed_call() {
    for reason in [
        "SIP;cause=200;text=\"Call completed elsewhere\"",
        "Q.850;cause=26",
        "Q.850;cause=16, SIP;cause=200",
        "q.850 ; cause=26, SIP;cause=487",
    ] {
        let (office, one, _two) = two_trunks::office("101 Alice phones 2");
        let phones = office.phones(101);
        for phone in &phones {
            phone.is_registered();
        }
        one.calls(CALLER, OURS);
        phones[0].rings();
        phones[1].rings();
        one.gives_up(&format!("Reason: {reason}\r\n")).is_at(Stage::Over(487));
        for phone in &phones {
            phone.is_idle().shows("answered elsewhere");
        }
        assert!(office.tells(1).contains("answered elsewhere"), "{reason}: {}", office.tells(1));
    }
}

#[test]
fn who_gives_up_for_another_reason_is_missed() {
    for reason in ["", "Reason: Q.850;cause=16\r\n", "Reason: SIP;cause=487\r\n", "Reason: other;cause=200\r\n"] {
        let (office, one, _two) = two_trunks::office("101 Alice phone");
        let alice = office.phone(101);
        alice.is_registered();
        one.calls(CALLER, OURS);
        alice.rings();
        one.gives_up(reason).is_at(Stage::Over(487));
        alice.is_idle().shows("missed call");
        assert!(office.tells(1).contains("gave up"), "{reason}: {}", office.tells(1));
    }
}

/// Trap 28.
#[test]
fn trap_28_a_fax_that_is_offered_in_a_call_is_refused_and_the_call_goes_on() {
    let (office, one, _two) = two_trunks::office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    one.calls(CALLER, OURS);
    alice.rings().answers();
    one.is_at(Stage::Talks).offers(FAX).is_refused(488);
    office.wait(secs(60));
    one.is_at(Stage::Talks).hangs_up();
    alice.is_idle();
}
