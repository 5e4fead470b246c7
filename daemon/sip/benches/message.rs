//! What reading and printing an INVITE costs, beside what rsip takes to read the same bytes in the same run.

use std::hint::black_box;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use sip::message::Message;

/// An INVITE as a desk phone sends it, about 860 bytes.
const INVITE: &str = "INVITE sip:102@office.example.com;transport=udp SIP/2.0\r
Via: SIP/2.0/UDP 192.168.1.21:5060;branch=z9hG4bK-524287-1---9a41f6c0b1e6d15b;rport\r
Max-Forwards: 70\r
Contact: <sip:101@192.168.1.21:5060;transport=udp>\r
To: <sip:102@office.example.com>\r
From: \"Alice Liddell\" <sip:101@office.example.com>;tag=7b1d4c2a\r
Call-ID: 82714ZDE4MmY2Yjk1NjQ0YjQwZjA4ZTE1YzM1N2E4ZDFmMTY\r
CSeq: 1 INVITE\r
Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE\r
Content-Type: application/sdp\r
Supported: replaces, norefersub, timer, 100rel\r
User-Agent: Desk Phone T46 66.85.0.5\r
Content-Length: 215\r
\r
v=0\r
o=- 13270000000000001 1 IN IP4 192.168.1.21\r
s=call\r
c=IN IP4 192.168.1.21\r
t=0 0\r
m=audio 11780 RTP/AVP 8 0 101\r
a=rtpmap:8 PCMA/8000\r
a=rtpmap:0 PCMU/8000\r
a=rtpmap:101 telephone-event/8000\r
a=fmtp:101 0-15\r
";

/// Runs of one measurement: a few milliseconds, so that a pause of the machine spoils one round only.
const RUNS: u32 = 2_000;
/// Rounds; the fastest counts, because everything that disturbs makes slower.
const ROUNDS: usize = 40;

fn main() {
    let message = Message::parse(&datagram()).expect("the INVITE is valid");
    let ours = fastest(|| drop(black_box(Message::parse(&black_box(datagram())))));
    let theirs = fastest(|| drop(black_box(rsip::SipMessage::try_from(&black_box(datagram())[..]))));
    let print = fastest(|| drop(black_box(message.to_bytes())));
    let ratio = |time: Duration| time.as_secs_f64() / theirs.as_secs_f64();
    let mut out = std::io::stdout().lock();
    let mut line = |name: &str, time: Duration| {
        writeln!(out, "{name:16} {:6} ns  {:.2} of rsip's reading", time.as_nanos(), ratio(time))
            .expect("the terminal takes a line");
    };
    line("read", ours);
    line("print", print);
    line("rsip reads", theirs);
}

/// The INVITE in memory of its own, as it comes off a socket.
fn datagram() -> Bytes {
    Bytes::copy_from_slice(INVITE.as_bytes())
}

/// The time of one run, from the fastest round.
#[expect(clippy::disallowed_methods, reason = "a bench is outside the core and measures time")]
fn fastest(mut run: impl FnMut()) -> Duration {
    let round = |run: &mut dyn FnMut()| {
        let start = std::time::Instant::now();
        (0..RUNS).for_each(|_| run());
        start.elapsed() / RUNS
    };
    (0..ROUNDS).map(|_| round(&mut run)).min().expect("there is a round")
}
