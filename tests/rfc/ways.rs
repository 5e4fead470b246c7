//! Which way messages come and go: addresses, connections, and who may move a dialog from one to the other.

use sip::transport::{FlowId, Hop};

use crate::peer::{ANNA, BERT, Office, reply, sdp, tcp};

/// A connection that the shell is to open.
fn to_open(remote: &str) -> Hop {
    Hop { flow: None, ..tcp(remote, 0) }
}

#[test]
fn rfc3261_8_1_3_1_a_peer_that_cannot_be_connected_to_is_a_503_at_once() {
    let mut office = Office::new();
    office.call(to_open(BERT), Some(sdp()));
    office.call(to_open(ANNA), Some(sdp()));
    office.run(|stack, now, out| stack.unreachable(now, to_open(BERT), out));
    office.poll();
    assert_eq!(office.said(), ["Rejected 503"]);
    assert_eq!(office.stack.sizes().dialogs, 1, "the other peer has its time");
}

#[test]
fn what_waits_for_a_connection_learns_of_it_together() {
    let mut office = Office::new();
    office.call(to_open(BERT), Some(sdp()));
    let first = office.last_request("INVITE");
    office.call(to_open(BERT), Some(sdp()));
    office.receive(tcp(BERT, 5), reply(&first, 180, "b", ""));
    office.run(|stack, now, out| stack.flow_closed(now, FlowId(5), out));
    office.poll();
    assert_eq!(office.said(), ["Progress 180", "Rejected 503", "Rejected 503"]);
}
