//! RFC 4475, by its section and name.

use super::texts::*;
use super::{Case, by_tcp, by_udp, unheard_of};

/// Each message by its section; a section with two gives two.
const MESSAGES: [(&str, &str); 49] = [
    ("3.1.1.1", "wsinv"),
    ("3.1.1.2", "intmeth"),
    ("3.1.1.3", "esc01"),
    ("3.1.1.4", "escnull"),
    ("3.1.1.5", "esc02"),
    ("3.1.1.6", "lwsdisp"),
    ("3.1.1.7", "longreq"),
    ("3.1.1.8", "dblreq"),
    ("3.1.1.9", "semiuri"),
    ("3.1.1.10", "transports"),
    ("3.1.1.11", "mpart01"),
    ("3.1.1.12", "unreason"),
    ("3.1.1.13", "noreason"),
    ("3.1.2.1", "badinv01"),
    ("3.1.2.2", "clerr"),
    ("3.1.2.3", "ncl"),
    ("3.1.2.4", "scalar02"),
    ("3.1.2.5", "scalarlg"),
    ("3.1.2.6", "quotbal"),
    ("3.1.2.7", "ltgtruri"),
    ("3.1.2.8", "lwsruri"),
    ("3.1.2.9", "lwsstart"),
    ("3.1.2.10", "trws"),
    ("3.1.2.11", "escruri"),
    ("3.1.2.12", "baddate"),
    ("3.1.2.13", "regbadct"),
    ("3.1.2.14", "badaspec"),
    ("3.1.2.15", "baddn"),
    ("3.1.2.16", "badvers"),
    ("3.1.2.17", "mismatch01"),
    ("3.1.2.18", "mismatch02"),
    ("3.1.2.19", "bigcode"),
    ("3.2.1", "badbranch"),
    ("3.3.1", "insuf"),
    ("3.3.2", "unkscm"),
    ("3.3.3", "novelsc"),
    ("3.3.4", "unksm2"),
    ("3.3.5", "bext01"),
    ("3.3.6", "invut"),
    ("3.3.7", "regaut01"),
    ("3.3.8", "multi01"),
    ("3.3.9", "mcl01"),
    ("3.3.10", "bcast"),
    ("3.3.11", "zeromf"),
    ("3.3.12", "cparam01"),
    ("3.3.13", "cparam02"),
    ("3.3.14", "regescrt"),
    ("3.3.15", "sdp01"),
    ("3.4.1", "inv2543"),
];

#[test]
fn every_message_of_every_section_is_here() {
    let all: Vec<Case> = [valid(), invalid(), later_layers()].into_iter().flatten().collect();
    assert_eq!(unheard_of(&MESSAGES, &all), Vec::<String>::new());
    assert_eq!(unheard_of(&MESSAGES[3..6], &all[4..]), ["3.1.1.4 escnull"], "one that is missing is found");
}

/// §3.1.1: strange, and right.
fn valid() -> Vec<Case> {
    vec![
        // Its To has a tag: a request of a call that nobody here knows.
        Case::new("wsinv", 481, format!("{WSINV}{SDP}")),
        Case::new("intmeth", 501, INTMETH),
        Case::new("esc01", 401, format!("{ESC01}{SDP}")),
        Case::new("escnull", 401, ESCNULL),
        Case::new("esc02", 501, ESC02),
        Case::new("lwsdisp", 401, LWSDISP),
        Case::new("longreq", 401, longreq()),
        Case::new("dblreq", 401, format!("{DBLREQ}{SDP}")),
        Case::new("semiuri", 401, SEMIURI),
        Case::new("transports", 401, TRANSPORTS),
        Case { name: "mpart01", text: mpart01(), answer: 401 },
        Case::new("unreason", 0, UNREASON),
        Case::new("noreason", 0, NOREASON),
    ]
}

#[test]
fn s3_1_1_what_is_right_is_answered_like_anything() {
    by_udp(&valid());
    by_tcp(&valid(), &[]);
}

/// What the invalid ones have in common, but for what is wrong with each.
fn invite(name: &str, line: &str, to: &str, more: &str) -> String {
    format!(
        "{line}\nTo: {to}\nFrom: Caller <sip:caller@example.net>;tag=134161461246\nMax-Forwards: 7\n\
         Call-ID: {name}.0ha0isndaksdjasdf3234nas\nCSeq: 8 INVITE\nVia: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bK{name}\n\
         Contact: \"Joe\" <sip:joe@example.org>\n{more}"
    )
}

const LINE: &str = "INVITE sip:user@example.com SIP/2.0";
const TO: &str = "<sip:j.user@example.com>";
const EMPTY: &str = "Content-Length: 0\n\n";

/// §3.1.2: wrong.
fn invalid() -> Vec<Case> {
    let case = |name: &'static str, answer, line: &str, to: &str, more: &str| {
        Case::new(name, answer, invite(name, line, to, more))
    };
    let with = |name: &'static str, answer, find: &str, put: &str| {
        let text = invite(name, LINE, TO, EMPTY);
        assert!(text.contains(find), "{name}");
        Case::new(name, answer, text.replacen(find, put, 1))
    };
    let body = |length: &str| format!("Content-Type: application/sdp\nContent-Length: {length}\n\n{SDP}");
    vec![
        // Its Via cannot be read; the answer goes where it came from. Then one whose Contact alone cannot.
        with("badinv01", 400, "192.0.2.15;branch=z9hG4bKbadinv01", "192.0.2.15;;,;,,"),
        with("badinv01-contact", 400, "<sip:joe@example.org>", "<sip:joe@example.org>;;;;"),
        case("clerr", 400, LINE, TO, &body("9999")),
        case("ncl", 400, LINE, TO, &body("-999")),
        with("scalar02", 400, "CSeq: 8 ", "CSeq: 36893488147419103232 "),
        with("scalar02-hops", 400, "Max-Forwards: 7", "Max-Forwards: 300"),
        Case::new(
            "scalarlg",
            0,
            "SIP/2.0 503 Service Unavailable
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
To: <sip:user@example.com>
From: <sip:other@example.net>;tag=2easdjfejw
CSeq: 9292394834772304023312 OPTIONS
Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
Retry-After: 949302838503028349304023988
Warning: 1812 overture \"In Progress\"
Content-Length: 0

",
        ),
        case("quotbal", 400, LINE, "\"Mr. J. User <sip:j.user@example.com>", EMPTY),
        case("ltgtruri", 400, "INVITE <sip:user@example.com> SIP/2.0", TO, EMPTY),
        case("lwsruri", 400, "INVITE sip:user@example.com; lr SIP/2.0", TO, EMPTY),
        case("lwsstart", 400, "INVITE  sip:user@example.com  SIP/2.0", TO, EMPTY),
        case("trws", 400, "INVITE sip:remote-target@example.com SIP/2.0  ", TO, EMPTY),
        case("escruri", 400, "INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0", TO, EMPTY),
        // Nothing depends on Date; a blank within brackets and a comma in a name can be meant one way only.
        with("baddate", 401, EMPTY, "Date: Fri, 01 Jan 2010 16:00:00 EST\nContent-Length: 0\n\n"),
        with("badaspec", 401, TO, "\"Watson, Thomas\" < sip:t.watson@example.org >"),
        with("baddn", 401, "Caller <", "Bell, Alexander <"),
        with("regbadct", 400, "\"Joe\" <sip:joe@example.org>", "sip:user@example.com?Route=%3Csip:sip.example.com%3E"),
        case("badvers", 505, "INVITE sip:user@example.com SIP/7.0", TO, EMPTY),
        with("mismatch01", 400, "CSeq: 8 INVITE", "CSeq: 8 OPTIONS"),
        case("mismatch02", 400, "NEWMETHOD sip:user@example.com SIP/2.0", TO, EMPTY),
        Case::new(
            "bigcode",
            0,
            "SIP/2.0 4294967301 better not break the receiver
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: bigcode.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 353494 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

",
        ),
    ]
}

#[test]
fn s3_1_2_what_is_wrong_is_refused_or_dropped() {
    by_udp(&invalid());
    // Behind a length that is none, or that promises more than comes, no next message is found.
    by_tcp(&invalid(), &["clerr", "ncl"]);
}

/// An OPTIONS, one thing in it changed.
fn options(name: &'static str, answer: u16, find: &str, put: &str) -> Case {
    let text = format!(
        "OPTIONS sip:user@example.com SIP/2.0\nTo: sip:user@example.com\n\
             From: sip:caller@example.org;tag=33242\nMax-Forwards: 3\nCall-ID: {name}.0ha0isndaksdj\nCSeq: 8 OPTIONS\n\
             Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{name}\nAccept: application/sdp\nl: 0\n\n"
    );
    assert!(text.contains(find), "{name}");
    Case::new(name, answer, text.replacen(find, put, 1))
}

/// A REGISTER, one thing in it changed.
fn register(name: &'static str, answer: u16, find: &str, put: &str) -> Case {
    let text = format!(
        "REGISTER sip:example.com SIP/2.0\nTo: sip:user@example.com\nFrom: sip:user@example.com;tag=8\n\
             Max-Forwards: 70\nCall-ID: {name}.k345asrl3fdbv@10.0.0.1\nCSeq: 1 REGISTER\n\
             Via: SIP/2.0/UDP 135.180.130.133:5060;branch=z9hG4bK{name}\n\
             Contact: sip:+19725552222@gw1.example.net\nl: 0\n\n"
    );
    assert!(text.contains(find), "{name}");
    Case::new(name, answer, text.replacen(find, put, 1))
}

/// §3.2 to §3.4: for the transaction and the application.
fn later_layers() -> Vec<Case> {
    let line = "OPTIONS sip:user@example.com";
    vec![
        options("badbranch", 401, "branch=z9hG4bKbadbranch", "branch=z9hG4bK"),
        options("insuf", 400, "Call-ID: insuf.0ha0isndaksdj\n", ""),
        options("unkscm", 416, line, "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent"),
        options("novelsc", 416, line, "OPTIONS soap.beep://192.0.2.103:3002"),
        register("unksm2", 401, "To: sip:user@example.com", "To: isbn:2983792873"),
        options(
            "bext01",
            420,
            "l: 0",
            "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, \
             norDoAnyProxiesSupportThis\nl: 0",
        ),
        Case::new(
            "invut",
            415,
            invite(
                "invut",
                LINE,
                TO,
                "Content-Type: application/unknownformat\nContent-Length: 40\n\n<audio>\n <pcmu port=\"443\"/>\n</audio>\n\n\n",
            ),
        ),
        register("regaut01", 401, "l: 0", "Authorization: NoOneKnowsThisScheme opaque-data=here\nl: 0"),
        options("multi01", 400, "CSeq: 8 OPTIONS\n", "CSeq: 8 OPTIONS\nCSeq: 59 OPTIONS\nCall-ID: other\n"),
        options("mcl01", 400, "l: 0", "Content-Length: 13\nContent-Length: 5"),
        Case::new(
            "bcast",
            0,
            "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\n\
             Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23\nCall-ID: bcast.0384840201234ksdfak3j2erwedfsASdf\n\
             CSeq: 35 INVITE\nFrom: sip:user@example.com;tag=11141343\nTo: sip:user@example.edu;tag=2229\n\
             Content-Length: 0\nContact: <sip:user@host28.example.com>\n\n",
        ),
        options("zeromf", 483, "Max-Forwards: 3", "Max-Forwards: 0"),
        register("cparam01", 401, "gw1.example.net", "gw1.example.net;unknownparam"),
        register(
            "cparam02",
            401,
            "sip:+19725552222@gw1.example.net",
            "<sip:+19725552222@gw1.example.net;unknownparam>",
        ),
        register(
            "regescrt",
            401,
            "sip:+19725552222@gw1.example.net",
            "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>",
        ),
        Case::new("sdp01", 401, invite("sdp01", LINE, TO, "Accept: text/nobodyKnowsThis\nl: 0\n\n")),
        // RFC 2543: no branch, no Max-Forwards, a From without a tag.
        Case::new(
            "inv2543",
            401,
            format!(
                "INVITE sip:UserB@example.com SIP/2.0\nVia: SIP/2.0/UDP iftgw.example.com\n\
                 From: <sip:+13035551111@ift.client.example.net;user=phone>\n\
                 Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>\nTo: sip:+16505552222@ss1.example.net;user=phone\n\
                 Call-ID: inv2543.1717@ift.client.example.com\nCSeq: 56 INVITE\nContact: <sip:a@b.example>\n\
                 Content-Type: application/sdp\nContent-Length: 150\n\n{SDP}"
            ),
        ),
    ]
}

#[test]
fn s3_2_to_s3_4_what_the_later_layers_say() {
    by_udp(&later_layers());
    by_tcp(&later_layers(), &["mcl01"]);
}
