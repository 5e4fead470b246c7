//! A box that is reached by IPv4 and by IPv6, at two addresses: phones of one call those of the other.

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::office::{Desk, office_file};
use crate::harness::ports;

#[test]
fn a_phone_by_ipv6_calls_one_by_ipv4_and_is_called_back() {
    let desks = [1001, 1002].map(Desk::new);
    let port = ports::free_ports(1);
    let options = ["--sip".to_owned(), format!("[::1]:{port}")];
    let office = Daemon::start_office_with(&office_file(&desks), &options);
    let mut six = Baresip::registered(desks[0].phone(port).on("[::1]", "[::1]").speaking(440.0));
    let mut four = Baresip::registered(desks[1].phone(office.sip).speaking(620.0));
    for is_six_calling in [true, false] {
        let (caller, callee) = if is_six_calling { (&mut six, &mut four) } else { (&mut four, &mut six) };
        caller.calls(callee, if is_six_calling { "1002" } else { "1001" });
        six.hears(620.0);
        four.hears(440.0);
        six.hangs_up();
        four.call_ends();
        six.call_ends();
        office.is_quiet();
    }
    let contacts = serde_json::to_string(&office.status()["phones"]).expect("it is JSON");
    assert!(contacts.contains("[::1]") && contacts.contains("127.0.0.1"), "{contacts}");
}
