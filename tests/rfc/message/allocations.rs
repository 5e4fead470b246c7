//! What reading and printing a message costs in allocations: a count, the same on every machine.

use sip::message::Message;

use super::support::wire;

/// An INVITE of about 860 bytes, as a desk phone sends it.
const INVITE: &str = "INVITE sip:102@office.example.com;transport=udp SIP/2.0
Via: SIP/2.0/UDP 192.168.1.21:5060;branch=z9hG4bK-524287-1---9a41f6c0b1e6d15b;rport
Max-Forwards: 70
Contact: <sip:101@192.168.1.21:5060;transport=udp>
To: <sip:102@office.example.com>
From: \"Alice Liddell\" <sip:101@office.example.com>;tag=7b1d4c2a
Call-ID: 82714ZDE4MmY2Yjk1NjQ0YjQwZjA4ZTE1YzM1N2E4ZDFmMTY
CSeq: 1 INVITE
Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE
Content-Type: application/sdp
Supported: replaces, norefersub, timer, 100rel
User-Agent: Desk Phone T46 66.85.0.5
Content-Length: 215

v=0
o=- 13270000000000001 1 IN IP4 192.168.1.21
s=call
c=IN IP4 192.168.1.21
t=0 0
m=audio 11780 RTP/AVP 8 0 101
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
";

#[test]
fn an_invite_is_read_in_at_most_twelve_allocations_and_printed_in_two() {
    let packet = wire(INVITE);
    assert!((820..920).contains(&packet.len()), "{}", packet.len());
    let mut message = None;
    let read = allocation_counter::measure(|| message = Message::parse(&packet).ok());
    assert!(read.count_total <= 12, "{} allocations to read", read.count_total);
    let message = message.expect("valid");
    let print = allocation_counter::measure(|| drop(message.to_bytes()));
    assert!(print.count_total <= 2, "{} allocations to print", print.count_total);
    assert_eq!(message.to_bytes(), packet);
}
