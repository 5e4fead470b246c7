//! What a phone says before it answers, with sipp as the phone: responses that must arrive (RFC 3262), another session by
//! UPDATE (RFC 3311), and several early dialogs of one call (RFC 3261 §12.1). Whom the box hears is shown by where its
//! sound goes.

use std::net::UdpSocket;
use std::time::Duration;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::Desk;
use crate::harness::sipp::Script;
use crate::harness::{PATIENCE, until};

/// A place that sound can be sent to.
struct Place(UdpSocket);

impl Place {
    fn new() -> Place {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("loopback has a free port");
        socket.set_nonblocking(true).expect("it is a socket");
        Place(socket)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().expect("it is bound").port()
    }

    /// Waits until ten packets of sound have come from now on.
    #[track_caller]
    fn is_spoken_to(&self) {
        let mut packet = [0; 512];
        while self.0.recv(&mut packet).is_ok() {}
        let mut heard = 0;
        until("sound comes", || {
            while self.0.recv(&mut packet).is_ok() {
                heard += 1;
            }
            (heard >= 10).then_some(())
        });
    }

    /// Nothing has come here, ever.
    #[track_caller]
    fn was_never_spoken_to(&self) {
        assert!(self.0.recv(&mut [0; 512]).is_err(), "sound came to where nobody answered");
    }
}

/// An office with a real phone that calls what is written for 1002.
fn office() -> (Daemon, Baresip, Desk) {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let caller = Baresip::registered(desks[0].phone(office.sip).speaking(440.0));
    let [_, callee] = desks;
    (office, caller, callee)
}

#[test]
fn sipp_rings_so_that_it_must_be_confirmed_and_answers() {
    let (office, mut anna, desk) = office();
    let place = Place::new();
    let script = Script::of(&desk).takes_a_call("Supported:.*100rel").rings_reliably("180 Ringing", "a", 7, None);
    let script = script.rings_reliably("183 Session Progress", "a", 8, Some(place.port()));
    let script = script.responds("200 OK", "a", "", None).expects("ACK", "tag=a").expects("BYE", "tag=a").accepts("");
    let mut sipp = script.waits(office.sip);
    anna.dials("1002");
    place.is_spoken_to();
    anna.hangs_up();
    sipp.succeeds_within(PATIENCE);
    office.is_quiet();
    office.keeps_call("1002", "hung_up");
}

#[test]
fn sipp_takes_its_early_media_elsewhere_before_it_answers() {
    let (office, mut anna, desk) = office();
    let (before, after) = (Place::new(), Place::new());
    let script = Script::of(&desk).takes_a_call("").responds("183 Session Progress", "a", "", Some(before.port()));
    // What may have been lost has answered nothing: both sides offer.
    let script = script.offers_early("a", 1, after.port(), "491", "");
    let script = script.rings_reliably("183 Session Progress", "a", 7, Some(before.port()));
    let script = script.offers_early("a", 2, after.port(), "200", "m=audio [0-9]* RTP/AVP 0");
    let script = script.responds("200 OK", "a", "", None).expects("ACK", "").expects("BYE", "").accepts("");
    let mut sipp = script.waits(office.sip);
    anna.dials("1002");
    after.is_spoken_to();
    anna.hangs_up();
    sipp.succeeds_within(PATIENCE);
    office.is_quiet();
}

#[test]
fn the_branch_that_answers_is_heard_and_not_the_one_that_rang_last() {
    let (office, mut anna, desk) = office();
    let (first, last) = (Place::new(), Place::new());
    let script = Script::of(&desk).takes_a_call("").responds("180 Ringing", "c", "", None);
    let script = script.rings_reliably("183 Session Progress", "a", 7, Some(first.port()));
    let script = script.rings_reliably("183 Session Progress", "b", 70, Some(last.port()));
    // The answer says nothing of sound: that was agreed with this branch before.
    let script = script.responds("200 OK", "a", "", None).expects("ACK", "tag=a").expects("BYE", "tag=a").accepts("");
    let mut sipp = script.waits(office.sip);
    anna.dials("1002");
    first.is_spoken_to();
    anna.hangs_up();
    sipp.succeeds_within(PATIENCE);
    office.is_quiet();
}

#[test]
fn a_branch_that_answers_too_late_is_hung_up_on() {
    let (office, mut anna, desk) = office();
    let (first, late) = (Place::new(), Place::new());
    let script = Script::of(&desk).takes_a_call("").responds("180 Ringing", "a", "", None);
    let script = script.responds("180 Ringing", "b", "", None);
    let script = script.responds("200 OK", "a", "", Some(first.port())).expects("ACK", "tag=a");
    let script = script.responds("200 OK", "b", "", Some(late.port())).expects("ACK", "tag=b").expects("BYE", "tag=b");
    let script = script.accepts("").expects("BYE", "tag=a").accepts("");
    let mut sipp = script.waits(office.sip);
    anna.dials("1002");
    first.is_spoken_to();
    late.was_never_spoken_to();
    anna.hangs_up();
    sipp.succeeds_within(Duration::from_secs(20));
    office.is_quiet();
}
