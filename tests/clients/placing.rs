//! A call that somebody has the box place at the page, between real phones.

use crate::harness::baresip::{Baresip, Spec};
use crate::harness::browser::Browser;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, PIN};
use crate::harness::until;

#[test]
fn f77_a_call_from_the_page_rings_the_own_phone_and_then_the_other() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start_with_mailboxes(&desks);
    let mut anna = Baresip::registered(Spec::speaking(desks[0].phone(office.sip), 440.0));
    let mut bert = Baresip::registered(Spec::speaking(desks[1].phone(office.sip), 620.0));
    let page = Browser::signed_in(&office, "1001", PIN);
    let placed = page.send("POST", "place", "{\"number\":\"1002\"}");
    assert_eq!(placed["state"], "phone");
    let shown = |state: &str| {
        let path = format!("place/{}", placed["call"]);
        until(&format!("the page shows {state}"), || {
            // Just begun or just over it is in no picture and not on the disk.
            page.asks("GET", &path, "").ok().filter(|shown| shown["state"] == state)
        })
    };
    anna.rings();
    anna.answers();
    bert.rings();
    shown("rings");
    bert.answers();
    shown("talks");
    anna.hears(620.0);
    bert.hears(440.0);
    bert.hangs_up();
    anna.call_ends();
    office.is_quiet();
    assert_eq!(shown("over")["story"], "1002 hung up");
}
