//! RFC 3261 §7, §8, §10, §18, §19, §20 and what follows from them, by section.

use bytes::Bytes;
use sip::message::{
    CSeq, Contacts, Flaw, HeaderError, HeaderName, Headers, Host, Message, Method, NameAddr, ParseErrorKind, Request,
    Response, Scheme, Text, Uri, Via,
};

use super::support::{options_with, read, refused, request, wire};

fn uri(text: &str) -> Uri {
    text.parse().unwrap_or_else(|flaw| panic!("{text}: {flaw}"))
}

#[test]
fn s7_1_methods_are_case_sensitive() {
    assert_eq!(Method::from("INVITE"), Method::Invite);
    assert_eq!(Method::from("Invite"), Method::Other("Invite".into()));
    assert_eq!(Method::from("PUBLISH").to_string(), "PUBLISH");
}

#[test]
fn s7_3_1_folding_and_order_are_kept() {
    let request =
        request(options_with("Subject: I know you're there,\n      pick up the phone   \n      and talk to me!"));
    assert_eq!(
        request.headers.get(HeaderName::Subject).unwrap(),
        "I know you're there, pick up the phone and talk to me!"
    );
}

#[test]
fn s7_3_1_comma_joined_and_separate_lines_mean_the_same() {
    for lines in [
        "Route: <sip:a;lr>, <sip:b;lr>,<sip:c;lr>",
        "Route: <sip:a;lr>\nRoute: <sip:b;lr>\nroute:<sip:c;lr>",
        "Route: <sip:a;lr> ,\n <sip:b;lr>\nROUTE : <sip:c;lr>",
    ] {
        let routes = request(options_with(lines)).headers.routes().unwrap();
        let hosts: Vec<_> = routes.iter().map(|route| route.uri.host.to_string()).collect();
        assert_eq!(hosts, ["a", "b", "c"], "{lines}");
    }
}

#[test]
fn s7_3_1_commas_in_quotes_and_brackets_do_not_divide() {
    let line = r#"Contact: "A, \"B, C" <sip:a,b@x>;methods="INVITE, BYE,ACK", <sip:c@y>"#;
    let Contacts::List(contacts) = request(options_with(line)).headers.contacts().unwrap() else { panic!("star") };
    assert_eq!(contacts.len(), 2);
    assert_eq!(contacts[0].display, r#"A, "B, C"#);
    assert_eq!(contacts[0].uri.user.as_ref().unwrap(), "a,b");
    assert_eq!(contacts[0].params.get("METHODS").unwrap(), "INVITE, BYE,ACK");
}

#[test]
fn s7_3_1_a_date_and_credentials_are_not_divided() {
    let line = "Authorization: Digest username=\"101\", realm=\"office\"\nAuthorization: Digest username=\"102\"\n\
                Proxy-Authorization: Digest username=\"103\"\nDate: Sat, 13 Nov 2010 23:29:00 GMT";
    let headers = request(options_with(line)).headers;
    assert_eq!(headers.values(HeaderName::Date).count(), 1);
    let credentials: Vec<_> = headers.authorizations().map(Text::to_string).collect();
    assert_eq!(
        credentials,
        ["Digest username=\"101\", realm=\"office\"", "Digest username=\"102\"", "Digest username=\"103\""]
    );
}

#[test]
fn s7_3_3_compact_forms() {
    let text = "OPTIONS sip:office SIP/2.0\nv: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nf: <sip:101@office>;tag=1\n\
                t: <sip:office>\ni: 1@192.0.2.1\nCSeq: 1 OPTIONS\nm: <sip:101@192.0.2.1>\nc: text/plain\nk: timer, 100rel\n\
                s: lunch\ne: gzip\no: dialog\nu: presence\nr: <sip:102@office>\nb: <sip:103@office>\nx: 1800;refresher=uac\nl: 2\n\nhi";
    let headers = request(text).headers;
    for name in [HeaderName::Subject, HeaderName::ContentEncoding, HeaderName::AllowEvents, HeaderName::ReferredBy] {
        assert!(headers.has(&name), "{name}");
    }
    assert_eq!(headers.supported().unwrap(), ["timer", "100rel"]);
    assert_eq!(headers.with_params(HeaderName::Event).unwrap().unwrap().value, "dialog");
    assert_eq!(
        headers.with_params(HeaderName::SessionExpires).unwrap().unwrap().params.get("refresher").unwrap(),
        "uac"
    );
    assert_eq!(headers.name_addrs(HeaderName::ReferTo).unwrap()[0].uri.user.as_ref().unwrap(), "102");
}

#[test]
fn s7_5_line_ends_before_the_start_line_are_skipped() {
    let plain = wire(options_with(""));
    let padded = Bytes::from([b"\r\n\r\n\0\n", &plain[..]].concat());
    assert_eq!(Message::parse(&padded).unwrap().to_bytes(), plain);
    for nothing in [&b""[..], b"\r\n", b"\r\n\r\n", b"\0\0\0\0"] {
        assert_eq!(Message::parse(&Bytes::from_static(nothing)).unwrap_err().kind, ParseErrorKind::Empty);
    }
}

#[test]
fn s8_1_1_5_cseq_of_32_bits() {
    let cseq = |text: &str| request(options_with("").replace("CSeq: 1 ", &format!("CSeq: {text} "))).headers.cseq();
    assert_eq!(cseq("4294967295"), Ok(CSeq { number: u32::MAX, method: Method::Options }));
    let error = refused(options_with("").replace("CSeq: 1 ", "CSeq: 4294967296 "));
    assert_eq!(error.kind, ParseErrorKind::Header(HeaderError::Malformed(HeaderName::CSeq, Flaw::Number)));
}

#[test]
fn s8_2_6_a_response_copies_what_it_must() {
    let request = request(
        "INVITE sip:102@office SIP/2.0\nVia: SIP/2.0/UDP b;branch=z9hG4bK2, SIP/2.0/UDP a;branch=z9hG4bK1\nv:SIP/2.0/TCP c\n\
         Record-Route: <sip:p;lr>\nFrom: <sip:101@office>;tag=1\nTo: <sip:102@office>\nCall-ID: 1\nCSeq: 7 INVITE\n\
         Timestamp: 54\nSubject: x\nContent-Length: 0\n\n",
    );
    let mut ringing = Response::to_request(&request, 180, "Ringing");
    ringing.set_to_tag("99").unwrap();
    let text = String::from_utf8(ringing.to_bytes().to_vec()).unwrap();
    assert_eq!(
        text.replace("\r\n", "\n"),
        "SIP/2.0 180 Ringing\nVia: SIP/2.0/UDP b;branch=z9hG4bK2, SIP/2.0/UDP a;branch=z9hG4bK1\nVia: SIP/2.0/TCP c\n\
         Record-Route: <sip:p;lr>\nFrom: <sip:101@office>;tag=1\nTo: <sip:102@office>;tag=99\nCall-ID: 1\nCSeq: 7 INVITE\n\
         Content-Length: 0\n\n"
    );
    let trying = Response::to_request(&request, 100, "Trying");
    assert!(trying.headers.has(HeaderName::Timestamp) && !trying.headers.has(HeaderName::RecordRoute));
}

#[test]
fn s10_2_2_star_stands_alone() {
    let contacts = |line: &str| request(options_with(line)).headers.contacts();
    assert_eq!(contacts("Contact: *"), Ok(Contacts::Star));
    assert_eq!(contacts(""), Ok(Contacts::List(Vec::new())));
    for line in ["Contact: *, <sip:a@b>", "Contact: *\nContact: *", "Contact: *;expires=0"] {
        assert!(contacts(line).is_err(), "{line}");
    }
}

#[test]
fn s18_2_1_the_top_via_is_completed() {
    let mut headers =
        request(options_with("Via: SIP/2.0/UDP far").replace("z9hG4bK1", "z9hG4bK1;rport, SIP/2.0/TCP next")).headers;
    let mut via = headers.top_via().unwrap();
    assert!(via.has_rport() && via.rport().is_none());
    via.set_received("192.0.2.9".parse().unwrap());
    via.set_rport(6000);
    headers.replace_top_via(&via);
    assert_eq!(
        headers.get(HeaderName::Via).unwrap(),
        "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport=6000;received=192.0.2.9, SIP/2.0/TCP next"
    );
    let vias = headers.vias().unwrap();
    assert_eq!((vias.len(), vias[0].rport(), vias[0].received()), (3, Some(6000), Some("192.0.2.9".parse().unwrap())));
}

#[test]
fn s18_3_content_length_and_the_body() {
    let with = |length: &str, body: &str| wire(options_with("").replace("Content-Length: 0\n", length) + body);
    let body = |packet: Bytes| Message::parse(&packet).map(|message| message.body().clone());
    assert_eq!(body(with("", "all of it")).unwrap(), "all of it");
    assert_eq!(body(with("l: 3\n", "all of it")).unwrap(), "all");
    assert_eq!(body(with("l: 10\n", "all of it")).unwrap_err().kind, ParseErrorKind::BodyTruncated);
    assert_eq!(body(with("l: 3\nContent-Length: 03\n", "all")).unwrap(), "all");
    for wrong in ["l: 3\nl: 2\n", "l: 3, 3\n", "l: +3\n", "l: 0x3\n", "l:\n"] {
        assert_eq!(body(with(wrong, "all")).unwrap_err().status(), 400, "{wrong}");
    }
}

#[test]
fn s19_1_1_parts_of_a_uri() {
    let full = uri("sips:alice.b:se%20cret@[2001:db8::1]:5061;transport=tcp;lr;x=%22?Subject=a%20b&Route=%3Csip:p%3E");
    assert_eq!((full.scheme.clone(), full.port), (Scheme::Sips, Some(5061)));
    assert_eq!((full.user.clone().unwrap(), full.password.clone().unwrap()), ("alice.b".into(), "se%20cret".into()));
    assert_eq!((full.params.get("Transport").unwrap().to_string(), full.params.has("lr")), ("tcp".into(), true));
    let headers: Vec<_> = full.header_values().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(headers, ["Subject=a b", "Route=<sip:p>"]);
    let dotted = uri("sip:john.smith@host");
    assert_eq!((dotted.user.unwrap(), dotted.host), ("john.smith".into(), Host::Name("host".into())));
}

#[test]
fn s19_1_1_uris_print_as_they_came() {
    for text in [
        "sip:host",
        "SIP:a@HOST:05060",
        "sip:a@[0:0:0:0:0:0:0:1]",
        "sip:a@h;;x=;y",
        "sip:a:@h",
        "sip:a@h?",
        "sip:a@h;x?y=z",
        "tel:+1-201-555-0123;phone-context=example.com",
        "TEL:911",
        "sip:100#@h",
        "sip:*97@h",
        "sip:a@192.0.2.1",
        "sip:a@192.0.02.1",
        "mailto:a@b?c",
        "urn:service:sos",
        "sip:a@h;x=a=b",
        "sip:+1(201)@h;user=phone",
    ] {
        assert_eq!(uri(text).to_string(), text);
    }
    let mut changed = uri("SIP:a@h:05060");
    changed.port = Some(5070);
    assert_eq!(changed.to_string(), "sip:a@h:5070", "what was changed is printed anew");
}

#[test]
fn s19_1_2_what_may_not_stand_in_a_user_is_escaped() {
    assert_eq!(Uri::sip(Some("#21*100"), "office", None).to_string(), "sip:%2321*100@office");
    assert_eq!(
        Uri::sip(Some("a b@c\r\nX: y"), "office", Some(5060)).to_string(),
        "sip:a%20b%40c%0D%0AX%3A%20y@office:5060"
    );
    assert_eq!(uri("sip:%2321@h").user_unescaped().unwrap(), "#21");
    assert_eq!(uri("sip:M%FCller@h").user_unescaped().unwrap(), "Müller", "Latin-1");
    let mut with_param = Uri::sip(None, "::1", None);
    with_param.set_param("x", "a;b?");
    assert_eq!(with_param.to_string(), "sip:[::1];x=a%3Bb%3F");
}

#[test]
fn s19_1_4_uris_that_are_equivalent() {
    for (a, b) in [
        ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5"),
        (
            "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
            "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        ),
        (
            "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        ),
        ("sip:[::1]", "sip:[0:0::1]"),
        ("sip:a@h;x=1;x=2", "sip:a@h;x=1;x=2"),
    ] {
        assert!(uri(a).is_equivalent(&uri(b)) && uri(b).is_equivalent(&uri(a)), "{a} {b}");
    }
}

#[test]
fn s19_1_4_uris_that_are_not() {
    for (a, b) in [
        ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"),
        ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"),
        ("sip:bob@biloxi.com", "sips:bob@biloxi.com"),
        ("sip:bob@biloxi.com", "sip:bob:x@biloxi.com"),
    ] {
        assert!(!uri(a).is_equivalent(&uri(b)) && !uri(b).is_equivalent(&uri(a)), "{a} {b}");
    }
}

#[test]
fn s20_without_brackets_parameters_belong_to_the_header() {
    let bare: NameAddr = "sip:a@h;tag=1;x".parse().unwrap();
    assert_eq!((bare.uri.to_string().as_str(), bare.tag().unwrap().to_string().as_str()), ("sip:a@h", "1"));
    let bracketed: NameAddr = "<sip:a@h;x>;tag=1".parse().unwrap();
    assert_eq!((bracketed.uri.to_string().as_str(), bracketed.params.len()), ("sip:a@h;x", 1));
    assert_eq!(bare.to_string(), "<sip:a@h>;tag=1;x");
}

#[test]
fn s20_values_that_are_no_addresses() {
    for (text, flaw) in [
        ("", Flaw::Empty),
        ("<sip:a@h", Flaw::Bracket),
        ("\"x <sip:a@h>", Flaw::Quote),
        ("\"x\" sip:a@h", Flaw::Bracket),
        ("sip:a@h>", Flaw::Character),
        ("<sip:a@h>x", Flaw::Character),
        ("sip:a@h?x=y", Flaw::UriHeaders),
        ("<sip:a@h>;=1", Flaw::Param),
        ("<sip:a@h>;t=\"1", Flaw::Quote),
        ("<>", Flaw::Scheme),
        ("<sip:>", Flaw::Host),
        ("<sip:@h>", Flaw::Empty),
        ("<sip:a@h:>", Flaw::Port),
        ("<sip:a@h:65536>", Flaw::Port),
        ("101", Flaw::Scheme),
    ] {
        assert_eq!(text.parse::<NameAddr>(), Err(flaw), "{text}");
    }
}

#[test]
fn s20_10_latin_1_is_kept() {
    let mut text = options_with("").into_bytes();
    let at = text.windows(6).position(|part| part == b"From: ").unwrap() + 6;
    text.splice(at..at, *b"\"M\xfcller\" ");
    let from = request(&text).headers.from().unwrap();
    assert_eq!((from.display.as_bytes(), from.display.to_str().as_ref()), (&b"M\xfcller"[..], "Müller"));
}

#[test]
fn s20_typed_readers() {
    let headers = request(options_with(
        "Expires: 60\nMin-Expires: 90\nRetry-After: 18 (in a meeting);duration=3600\nRAck: 776656 1 INVITE\n\
         Reason: SIP;cause=200;text=\"Call completed elsewhere\", Q.850;cause=26, X;broken=1\nAllow: INVITE, FOO,BYE\n\
         Require: 100rel\nContent-Type: application/SDP ; charset=x\nUser-Agent: Yealink SIP-T46S 66.85.0.5",
    ))
    .headers;
    assert_eq!((headers.expires(), headers.min_expires()), (Ok(Some(60)), Ok(Some(90))));
    assert_eq!(headers.number(HeaderName::RetryAfter), Ok(Some(18)));
    let rack = headers.rack().unwrap().unwrap();
    assert_eq!((rack.rseq, rack.cseq), (776_656, CSeq { number: 1, method: Method::Invite }));
    let reasons: Vec<_> =
        headers.reason().into_iter().map(|reason| (reason.protocol, reason.cause, reason.text)).collect();
    assert_eq!(reasons, [("SIP".into(), 200, "Call completed elsewhere".into()), ("Q.850".into(), 26, String::new())]);
    assert_eq!(headers.allow().unwrap(), [Method::Invite, Method::from("FOO"), Method::Bye]);
    assert!(headers.content_type().unwrap().unwrap().value.eq_ignore_case("application/sdp"));
    assert_eq!(headers.user_agent().unwrap(), "Yealink SIP-T46S 66.85.0.5");
}

#[test]
fn s25_header_lines_that_are_none() {
    for line in ["no colon", ": no name", "two words: x", "b\u{e4}d: x", "X: a\rb", "X: a\r\r"] {
        assert_eq!(refused(options_with(line)).kind, ParseErrorKind::HeaderLine, "{line:?}");
    }
    let bare = String::from_utf8(wire(options_with("X: a#Evil: b")).to_vec()).unwrap().replace('#', "\n");
    assert_eq!(Message::parse(&bare.into()).unwrap_err().kind, ParseErrorKind::HeaderLine, "a bare LF ends no line");
    let unended = Bytes::from_static(b"OPTIONS sip:office SIP/2.0\r\nX: a\r\n");
    assert_eq!(Message::parse(&unended).unwrap_err().kind, ParseErrorKind::Truncated);
}

#[test]
fn nothing_set_by_hand_can_start_another_header() {
    let mut request = Request::new(Method::Other("OP\r\nX: 1".into()), Uri::sip(Some("a"), "h", None));
    request.uri.user = Some("a\r\nX: 2".into());
    request.uri.params.set("p\r\nX", "v\r\nX: 3");
    request.headers.push(HeaderName::Subject, "hi\r\nX: 4");
    request.headers.push(HeaderName::Other("Y\r\nX".into()), "5");
    let mut from = NameAddr::named("n\"\r\nX: 6", Uri::sip(None, "h\r\nX: 7", None));
    from.params.set("t", "\r\nX: 8");
    request.headers.push(HeaderName::From, &from);
    let mut via = Via::new("UDP", "h\r\nX: 9", None, "b\r\nX: 10");
    via.transport = "U\r\nX: 11".into();
    request.headers.push_front(HeaderName::Via, &via);
    let mut response = Response::to_request(&request, 200, "OK\r\nX: 12");
    response.headers.set(HeaderName::To, "z\nX: 13");
    for bytes in [request.to_bytes(), response.to_bytes()] {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(!text.contains("\nX"), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
}

#[test]
fn limits_are_kept() {
    let status = |text: String| refused(text).status();
    assert_eq!(status(options_with("").replace("sip:office S", &format!("sip:{}@office S", "a".repeat(2048)))), 414);
    assert_eq!(status(options_with(&vec!["X: y"; 190].join("\n"))), 513);
    assert_eq!(status(options_with(&format!("X: {}", "y".repeat(9000)))), 400);
    assert_eq!(status(options_with(&vec![format!("X: {}", "y".repeat(1000)); 17].join("\n"))), 513);
    assert_eq!(status(options_with("") + &"x".repeat(65_536)), 513);
    assert_eq!(status(options_with("").replace("tag=1", &format!("tag=1{}", ";x".repeat(64)))), 400);
    let many = request(options_with(&format!("Contact: {}", vec!["<sip:a@b>"; 129].join(",")))).headers.contacts();
    assert_eq!(many, Err(HeaderError::Malformed(HeaderName::Contact, Flaw::TooMany)));
}

#[test]
fn headers_are_set_removed_and_kept_in_order() {
    let mut headers = Headers::new();
    for (name, value) in [("Via", "b"), ("X-A", "1"), ("x-a", "2"), ("Via", "a")] {
        headers.push(HeaderName::from(name), value);
    }
    headers.set("X-A", "3");
    headers.push_front(HeaderName::Via, "c");
    headers.set(HeaderName::Subject, "s");
    let lines: Vec<_> = headers.iter().map(|header| format!("{}: {}", header.name(), header.value())).collect();
    assert_eq!(lines, ["Via: c", "Via: b", "X-A: 3", "Via: a", "Subject: s"]);
    assert!(headers.remove(HeaderName::Via) && !headers.has(HeaderName::Via) && !headers.remove(HeaderName::To));
}

#[test]
fn a_message_survives_serialisation() {
    let text = options_with("s:  odd  spelling\nX: \u{fc}");
    let mut latin = wire(text).to_vec();
    let at = latin.windows(2).position(|part| part == "\u{fc}".as_bytes()).unwrap();
    latin.splice(at..at + 2, [0xfc]);
    let message = Message::parse(&latin.clone().into()).unwrap();
    let json = serde_json::to_string(&message).unwrap();
    let again: Message = serde_json::from_str(&json).unwrap();
    assert_eq!(again, message);
    assert_eq!(again.to_bytes(), latin);
}

#[test]
fn an_ack_is_never_answered() {
    let ack = options_with("l: 9").replace("OPTIONS", "ACK");
    assert_eq!(refused(ack).reply, None);
    read(options_with("").replace("OPTIONS", "ACK"));
}

#[test]
fn tel_numbers_lose_their_separators() {
    let tel = uri("tel:+1-(201).555-0123;phone-context=x");
    assert_eq!((tel.scheme.clone(), tel.number().unwrap(), tel.params.len()), (Scheme::Tel, "+12015550123".into(), 1));
    assert_eq!(uri("sip:1-2@h").number(), None);
}
