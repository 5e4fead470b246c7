//! RFC 5118: IPv6, by section.

use super::{Case, by_tcp, by_udp, unheard_of};

/// Each message by its section: §4.5 and §4.10 have two.
const MESSAGES: [(&str, &str); 12] = [
    ("4.1", "s4_1"),
    ("4.2", "s4_2"),
    ("4.3", "s4_3"),
    ("4.4", "s4_4"),
    ("4.5", "s4_5_1"),
    ("4.5", "s4_5_2"),
    ("4.6", "s4_6"),
    ("4.7", "s4_7"),
    ("4.8", "s4_8"),
    ("4.9", "s4_9"),
    ("4.10", "s4_10"),
    ("4.10", "s4_10_2"),
];

/// §4.8: sound by the one family, pictures by the other.
pub const BOTH_FAMILIES: &str = "v=0\no=bob 280744730 28977631 IN IP4 host.example.com\ns=\nt=0 0\nm=audio 22334 RTP/AVP 0\n\
    c=IN IP4 192.0.2.1\nm=video 6024 RTP/AVP 107\nc=IN IP6 2001:db8::1\na=rtpmap:107 H263-1998/90000\n";

#[test]
fn every_message_of_every_section_is_here() {
    assert_eq!(unheard_of(&MESSAGES, &cases()), Vec::<String>::new());
}

fn register(name: &'static str, answer: u16, uri: &str, via: &str, more: &str) -> Case {
    let text = format!(
        "REGISTER {uri} SIP/2.0\nTo: sip:user@example.com\nFrom: sip:user@example.com;tag=81x2\n\
         Via: SIP/2.0/UDP {via};branch=z9hG4bK{name}\nCall-ID: {name}.SSG9559905523997077@hlau_4100\n\
         Max-Forwards: 70\nContact: \"Caller\" <sip:caller@[2001:db8::1]>\nCSeq: 98176 REGISTER\n{more}Content-Length: 0\n\n"
    );
    Case::new(name, answer, text)
}

fn cases() -> Vec<Case> {
    let sdp = |address: &str| {
        format!(
            "v=0\no=assistant 971731711378798081 0 IN IP6 {address}\ns=Live video feed for today's meeting\n\
             c=IN IP6 {address}\nt=3338481189 3370017201\nm=audio 6000 RTP/AVP 2\na=rtpmap:2 G726-32/8000\n\
             m=video 6024 RTP/AVP 107\na=rtpmap:107 H263-1998/90000\n"
        )
    };
    let invite = |name: &'static str, answer, via: &str, contact: &str, body: &str| {
        let length = body.len() + body.matches('\n').count();
        let text = format!(
            "INVITE sip:user@[2001:db8::10] SIP/2.0\nTo: sip:user@[2001:db8::10]\n\
             From: sip:user@example.com;tag=81x2\n{via}Call-ID: {name}.SSG9559905523997077@hlau_4100\n\
             Contact: \"Caller\" <{contact}>\nCSeq: 8612 INVITE\nMax-Forwards: 70\nContent-Type: application/sdp\n\
             Content-Length: {length}\n\n{body}"
        );
        Case::new(name, answer, text)
    };
    let via = |name: &str, host: &str| format!("Via: SIP/2.0/UDP {host};branch=z9hG4bK{name}\n");
    let caller = "sip:caller@[2001:db8::20]";
    vec![
        register("s4_1", 401, "sip:[2001:db8::10]", "[2001:db8::9:1]", ""),
        register("s4_2", 400, "sip:2001:db8::10", "[2001:db8::9:1]", ""),
        register("s4_3", 401, "sip:[2001:db8::10:5070]", "[2001:db8::9:1]", ""),
        register("s4_4", 401, "sip:[2001:db8::10]:5070", "[2001:db8::9:1]", ""),
        register("s4_5_1", 401, "sip:[2001:db8::10]", "[2001:db8::9:1];received=[2001:db8::9:255]", ""),
        register("s4_5_2", 401, "sip:[2001:db8::10]", "[2001:db8::9:1];received=2001:db8::9:255", ""),
        invite("s4_6", 401, &via("s4_6", "[2001:db8::20]"), caller, &sdp("2001:db8::20")),
        invite(
            "s4_7",
            401,
            "Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKs4_7\n\
             Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKas3-111\n\
             Via: SIP/2.0/TCP [2001:db8:9::1]:6000;branch=z9hG4bKas3-112\n",
            caller,
            &sdp("2001:db8::20"),
        ),
        invite("s4_8", 401, &via("s4_8", "[2001:db8::9:1]"), caller, BOTH_FAMILIES),
        invite(
            "s4_9",
            401,
            &via("s4_9", "[::ffff:192.0.2.2]"),
            "sip:user@[::ffff:192.0.2.10]",
            &sdp("::ffff:192.0.2.2"),
        ),
        register("s4_10", 400, "sip:user@[2001:db8:::192.0.2.1]", "[2001:db8::9:1]", ""),
        register("s4_10_2", 401, "sip:user@[2001:db8::192.0.2.1]", "[2001:db8::9:1]", ""),
    ]
}

#[test]
fn s4_each_is_answered_and_all_goes_on() {
    by_udp(&cases());
    by_tcp(&cases(), &[]);
}
