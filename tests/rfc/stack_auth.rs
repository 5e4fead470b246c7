//! Who may what: RFC 3261 §8.2 and §22, and what strangers must not achieve.

use sip::event::Event;
use sip::message::HeaderName;
use sip::stack::{BUSY_TRANSACTIONS, Sizes};

use crate::peer::{ANNA, BERT, Office, Phone, SDP, STRANGER, request_of_bert, sdp, tcp, udp};

const METHODS: [&str; 13] = [
    "INVITE",
    "REGISTER",
    "OPTIONS",
    "BYE",
    "INFO",
    "UPDATE",
    "PRACK",
    "MESSAGE",
    "REFER",
    "SUBSCRIBE",
    "NOTIFY",
    "PUBLISH",
    "REGISTER",
];

#[test]
fn rfc3261_22_every_method_is_challenged_and_nothing_is_remembered() {
    let mut office = Office::new();
    for method in METHODS {
        let mut phone = Phone::anna();
        phone.hop = udp(STRANGER);
        let request = phone.request(method, if method == "INVITE" { SDP } else { "" });
        office.receive(phone.hop, &request);
        let first = office.last_response();
        assert_eq!(first.status, 401, "{method}");
        assert_eq!(first.headers.lines(HeaderName::WwwAuthenticate).count(), 2);
        assert!(!first.headers.get(HeaderName::WwwAuthenticate).unwrap().to_str().contains("stale"));
        // §8.2.7: the same request gets the same tag without any memory of it.
        office.receive(phone.hop, &request);
        assert_eq!(first.headers.to(), office.last_response().headers.to());
    }
    assert!(office.stack.is_idle() && office.said().is_empty());
    assert_eq!((office.stack.counters().refused, office.stack.attempts(office.now)), (0, Vec::new()), "no try");
}

#[test]
fn rfc8760_2_4_sha256_comes_first_and_phones_that_stumble_over_it_get_md5_alone() {
    for (user_agent, algorithms) in [
        ("Desk 1", &["SHA-256", "MD5"][..]),
        ("baresip v1.0.0 (x86_64/linux)", &["MD5"]),
        ("SIPp/3.6.1", &["MD5"]),
        ("baresip v3.1.0 (x86_64/linux)", &["SHA-256", "MD5"]),
    ] {
        let mut office = Office::new();
        let contact = format!("User-Agent: {user_agent}\r\nContact");
        office.receive(udp(ANNA), Phone::anna().request("REGISTER", "").replacen("Contact", &contact, 1));
        let challenges = office.last_response();
        let offered: Vec<String> =
            challenges.headers.lines(HeaderName::WwwAuthenticate).map(|line| line.to_str().into_owned()).collect();
        assert_eq!(offered.len(), algorithms.len(), "{user_agent}");
        for (line, algorithm) in offered.iter().zip(algorithms) {
            assert!(line.contains(&format!("algorithm={algorithm},")), "{user_agent}: {line}");
        }
    }
}

#[test]
fn thousands_of_unauthenticated_invites_leave_nothing() {
    let mut office = Office::new();
    let mut phone = Phone::anna();
    for number in 0..3_000 {
        phone.call_id = format!("flood{number}");
        let invite = phone.request("INVITE", SDP);
        office.receive(udp(STRANGER), invite);
        assert_eq!(office.sent.len(), 1);
        office.sent.clear();
    }
    assert_eq!(office.stack.sizes(), Sizes::default());
    assert_eq!(office.stack.next_deadline(), None);
}

#[test]
fn rfc3261_10_3_a_proven_register_goes_to_the_owner_and_its_answer_back() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.callee = "101";
    let register = phone.send(&mut office, "REGISTER", "");
    let Some(Event::Registering(registering)) = office.events.pop() else { panic!() };
    assert_eq!((registering.user.as_str(), registering.hop), ("anna", udp(ANNA)));
    let granted = vec![(HeaderName::Contact, "<sip:anna@192.0.2.20:5060>;expires=60".to_owned())];
    for _ in 0..2 {
        let granted = granted.clone();
        office.run(|stack, now, out| stack.respond(now, registering.transaction, 200, granted, out));
    }
    office.receive(phone.hop, &register);
    assert_eq!(office.names(), ["200 REGISTER", "200 REGISTER"], "the second answer is too late, the first is kept");
    office.assert_idle_after(33);
}

#[test]
fn from_to_and_asserted_identity_must_be_owned() {
    for (method, aor, callee, extra, expected) in [
        ("INVITE", "102", "102", "", "403 INVITE"),
        ("INVITE", "anonymous", "102", "", "403 INVITE"),
        ("INVITE", "101", "102", "P-Asserted-Identity: <sip:102@office>\r\n", "403 INVITE"),
        ("INVITE", "101", "102", "P-Asserted-Identity: <sip:101@office>\r\n", "100 INVITE"),
        ("REGISTER", "101", "102", "", "403 REGISTER"),
        ("REGISTER", "102", "101", "", "403 REGISTER"),
        ("MESSAGE", "102", "101", "", "403 MESSAGE"),
        ("MESSAGE", "101", "102", "", "405 MESSAGE"),
        ("REFER", "101", "102", "", "403 REFER"),
        ("SUBSCRIBE", "101", "102", "", "489 SUBSCRIBE"),
        ("PUBLISH", "101", "102", "", "489 PUBLISH"),
        ("NOTIFY", "101", "102", "", "481 NOTIFY"),
        ("BYE", "101", "102", "", "481 BYE"),
        ("OPTIONS", "101", "102", "", "200 OPTIONS"),
    ] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        (phone.aor, phone.callee, phone.extra) = (aor, callee, extra.to_owned());
        phone.send(&mut office, method, "");
        assert_eq!(office.names(), [expected], "{aor} {callee} {extra}");
    }
}

/// RFC 3323 §4.1: who wants to stay unknown says so in From, and proves itself all the same; for calls alone.
#[test]
fn a_proven_phone_may_call_as_nobody() {
    for (method, expected) in [("INVITE", "100 INVITE"), ("MESSAGE", "403 MESSAGE"), ("SUBSCRIBE", "403 SUBSCRIBE")] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        phone.aor = "anonymous@anonymous.invalid";
        phone.send(&mut office, method, "");
        assert_eq!(office.names(), [expected]);
    }
}

#[test]
fn a_wrong_secret_an_unknown_user_and_another_realm_are_challenged_again() {
    for (user, secret) in [("anna", "guess"), ("nobody", "secret")] {
        let (mut office, mut phone) = (Office::new(), Phone::anna());
        (phone.user, phone.secret) = (user, secret);
        phone.send(&mut office, "INVITE", SDP);
        let response = office.last_response();
        assert_eq!(response.status, 401);
        assert!(!response.headers.get(HeaderName::WwwAuthenticate).unwrap().to_str().contains("stale"));
        assert!(office.stack.is_idle() && office.said().is_empty());
    }
}

#[test]
fn a_replayed_digest_is_stale_and_its_retransmission_is_absorbed() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let invite = phone.send(&mut office, "INVITE", SDP);
    let dialog = office.invited().dialog;
    office.run(|stack, now, out| stack.refuse(now, dialog, 486, None, out));
    office.receive(phone.hop, &invite);
    assert_eq!(office.names(), ["100 INVITE", "486 INVITE", "486 INVITE"]);
    office.assert_idle_after(40);
    office.sent.clear();
    for hop in [phone.hop, udp(STRANGER)] {
        office.receive(hop, invite.replace("branch=z9hG4bK", "branch=z9hG4bKnew"));
        let response = office.last_response();
        assert_eq!(response.status, 401);
        assert!(response.headers.get(HeaderName::WwwAuthenticate).unwrap().to_str().contains("stale=true"));
    }
    assert!(office.said().is_empty() && office.stack.is_idle());
}

#[test]
fn a_stranger_who_knows_the_tags_gets_nothing() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.connect(&mut office);
    for hop in [udp(STRANGER), udp("192.0.2.20:6666"), tcp(STRANGER, 9)] {
        let mut thief = phone.clone();
        (thief.hop, thief.challenges) = (hop, Vec::new());
        thief.call_id = phone.call_id.clone();
        thief.branch += 1_000 + u32::from(hop.remote.port());
        for method in ["INVITE", "BYE", "UPDATE", "INFO", "OPTIONS", "REFER", "MESSAGE"] {
            let request = thief.request(method, if method == "INVITE" { SDP } else { "" });
            office.receive(hop, request);
            assert_eq!(office.names(), [format!("401 {method}")], "{hop:?}");
        }
    }
    assert!(office.said().is_empty());
    assert_eq!(office.stack.sizes().dialogs, 1);
}

#[test]
fn the_dialogs_own_user_may_move_and_another_may_not() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    let mut bert = phone.clone();
    (bert.user, bert.hop, bert.branch) = ("bert", udp(BERT), 50);
    bert.challenges.clear();
    bert.send(&mut office, "BYE", "");
    assert_eq!(office.names(), ["403 BYE"]);
    phone.hop = udp("192.0.2.77:1024");
    phone.cseq += 1;
    phone.challenges.clear();
    phone.send(&mut office, "INVITE", SDP);
    assert_eq!(office.names(), ["100 INVITE"]);
    assert_eq!(office.said(), ["Reoffered"]);
    office.run(|stack, now, out| stack.hang_up(now, dialog, None, out));
    assert_eq!(office.sent.last().unwrap().1.hop, phone.hop);
}

#[test]
fn a_called_phone_that_moved_proves_that_it_owns_the_called_aor() {
    for (user, expected) in [("anna", "403 BYE"), ("bert", "200 BYE")] {
        let mut office = Office::new();
        office.call(udp(BERT), Some(sdp()));
        let invite = office.last_request("INVITE");
        office.receive(udp(BERT), crate::peer::reply(&invite, 200, "b", SDP));
        let new_place = udp("192.0.2.88:5060");
        let bye = request_of_bert(&invite, "b", "BYE", 1, "");
        office.receive(new_place, &bye);
        let mut phone = Phone::anna();
        phone.learn(&office.last_response());
        (phone.user, phone.uri) = (user, "sip:101@192.0.2.1:5060".to_owned());
        let proven = phone.request("BYE", "");
        let digest = proven.lines().find(|line| line.starts_with("Authorization")).unwrap();
        office.sent.clear();
        let bye = bye.replace("Max-Forwards", &format!("{digest}\r\nMax-Forwards")).replace("z9hG4bK", "z9hG4bKp");
        office.receive(new_place, bye);
        assert_eq!(office.names(), [expected]);
    }
}

#[test]
fn rfc3261_8_2_faults_are_answered_before_the_digest() {
    for (find, put, expected) in [
        ("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", "505"),
        ("Max-Forwards: 70", "Max-Forwards: 0", "483"),
        ("Max-Forwards: 70", "Max-Forwards: many", "400"),
        ("OPTIONS sip:102@192.0.2.1", "OPTIONS nobody:102", "416"),
        ("Contact", "Require: precondition, timer\r\nContact", "420"),
        ("Contact", "Proxy-Require: magic\r\nContact", "420"),
        ("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", "400"),
        ("CSeq: 1 OPTIONS", "CSeq: x OPTIONS", "400"),
        ("CSeq: 1 OPTIONS", "X: 1", "400"),
        ("\r\nCall-ID: ", "\r\nX: ", "400"),
        ("\r\nFrom: ", "\r\nX: ", "400"),
        ("\r\nTo: ", "\r\nX: ", "400"),
        ("Contact: <sip:anna", "Contact: <<sip:anna", "400"),
    ] {
        let mut office = Office::new();
        let text = Phone::anna().request("OPTIONS", "");
        assert!(text.contains(find), "{find}");
        office.receive(udp(ANNA), text.replacen(find, put, 1));
        let answer = office.sent.pop().unwrap_or_else(|| panic!("no answer to {put:?} for {find:?}")).1.bytes;
        assert!(answer.starts_with(format!("SIP/2.0 {expected} ").as_bytes()), "{put}: {answer:?}");
        assert!(office.stack.is_idle());
    }
}

#[test]
fn rfc3261_8_2_1_unknown_methods_bodies_and_missing_contacts() {
    for (method, find, put, expected) in [
        ("DANCE", "Contact", "Contact", 501),
        ("INVITE", "application/sdp", "application/isup", 415),
        ("INVITE", "Content-Type", "Content-Encoding: gzip\r\nContent-Type", 415),
        ("INVITE", "Contact: ", "X-Contact: ", 400),
    ] {
        let mut office = Office::new();
        let text = Phone::anna().request(method, SDP).replacen(find, put, 1);
        office.receive(udp(ANNA), text);
        assert_eq!(office.last_response().status, expected, "{put}");
    }
    let mut office = Office::new();
    office.receive(udp(ANNA), Phone::anna().request("OPTIONS", "").replace("Contact", "Require: a, b\r\nContact"));
    assert_eq!(office.last_response().headers.get(HeaderName::Unsupported).unwrap(), "a, b");
}

#[test]
fn junk_gets_no_answer_and_responses_and_acks_never_do() {
    let mut office = Office::new();
    let ack = Phone::anna().request("ACK", "");
    let broken_response = "SIP/2.0 200 OK\r\nVia: x\r\n\r\n".to_owned();
    for junk in ["\r\n\r\n".to_owned(), "\0\0".to_owned(), "x".repeat(3000), broken_response, ack.clone()] {
        office.receive(udp(STRANGER), junk);
    }
    office.receive(udp(STRANGER), ack.replace("Call-ID", "X"));
    office.receive(udp(STRANGER), [0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]);
    assert!(office.sent.is_empty() && office.said().is_empty());
    assert!(office.stack.is_idle());
    assert_eq!(office.stack.counters().malformed, 4);
    assert_eq!(office.stack.counters().stray, 1);
}

#[test]
fn rfc3261_11_2_options_says_what_is_understood() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    phone.extra = "Session-Expires: 1800;refresher=uac\r\nSupported: timer\r\n".to_owned();
    phone.send(&mut office, "OPTIONS", "");
    let headers = office.last_response().headers;
    let methods = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, REGISTER, SUBSCRIBE, PRACK";
    assert_eq!(headers.get(HeaderName::Allow).unwrap(), methods);
    assert_eq!(headers.get(HeaderName::AllowEvents).unwrap(), "message-summary, dialog, presence, as-feature-event");
    assert_eq!(headers.get(HeaderName::Accept).unwrap(), "application/sdp");
    assert!(headers.has(HeaderName::Supported) && headers.has(HeaderName::Server));
}

#[test]
fn rfc3261_21_5_4_beyond_the_limit_new_requests_get_503_and_calls_can_still_end() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    let dialog = phone.connect(&mut office);
    office.run(|stack, now, out| {
        for _ in 0..BUSY_TRANSACTIONS {
            stack.probe(now, dialog, out);
        }
    });
    office.sent.clear();
    let mut busy = phone.clone();
    (busy.to_tag, busy.call_id) = (String::new(), "busy".to_owned());
    let options = busy.request("OPTIONS", "");
    office.receive(busy.hop, options);
    assert!(office.last_response().headers.has(HeaderName::RetryAfter));
    let bye = phone.request("BYE", "");
    office.receive(phone.hop, bye);
    assert_eq!(office.names(), ["503 OPTIONS", "200 BYE"]);
    assert_eq!(office.stack.counters().limited, 1);
    office.assert_idle_after(33);
}

#[test]
fn wrong_passwords_are_challenged_then_told_to_wait_then_not_answered() {
    let (mut office, mut phone) = (Office::new(), Phone::anna());
    (phone.callee, phone.secret) = ("101", "guess");
    let mut told = Vec::new();
    for _ in 0..12 {
        phone.send(&mut office, "REGISTER", "");
        let waits = office.sent.last().map(|_| office.last_response().headers.get(HeaderName::RetryAfter).is_some());
        assert_ne!((waits, told.len()), (Some(false), 5), "with the time to wait");
        told.extend(office.names());
    }
    assert_eq!(told, [["401 REGISTER"; 5].as_slice(), &["503 REGISTER"; 4]].concat());
    assert_eq!((office.said(), office.stack.counters().refused), (vec!["Attacked".to_owned()], 12));
    assert!(office.stack.is_idle(), "nothing waits for it");
    // Whoever asks without a password is challenged all the while, and who knows it gets in.
    let mut other = Phone { hop: udp("192.0.2.20:5099"), call_id: "c2@phone".to_owned(), ..Phone::anna() };
    other.callee = "101";
    other.send(&mut office, "REGISTER", "");
    assert_eq!(office.said(), ["Registering"]);
}
