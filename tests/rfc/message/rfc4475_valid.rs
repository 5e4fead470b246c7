//! RFC 4475 §3.1.1: what looks strange and is right. Each is read, and printed byte for byte as it came.

use sip::message::{Contacts, HeaderName, Host, Message, Method, Scheme};

use super::support::{read, request, response, wire};
use crate::torture::texts::*;

#[test]
fn s3_1_1_1_wsinv_a_short_tortuous_invite() {
    let request = request(format!("{WSINV}{SDP}"));
    let headers = &request.headers;
    assert_eq!((&request.method, request.uri.params.has("unknownparam")), (&Method::Invite, true));
    assert_eq!(headers.to().unwrap().tag().unwrap(), "1918181833n");
    let from = headers.from().unwrap();
    assert_eq!(
        (from.display.to_str().as_ref(), from.tag().unwrap().to_str().as_ref()),
        (r#"J Rosenberg \""#, "98asjd8")
    );
    assert_eq!((headers.max_forwards(), headers.cseq().unwrap().number), (Ok(Some(68)), 9));
    let branches: Vec<_> = headers.vias().unwrap().iter().map(|via| via.branch().unwrap().to_string()).collect();
    assert_eq!(branches, ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"]);
    assert_eq!(headers.get(HeaderName::Subject).unwrap(), "");
    assert_eq!(
        headers.get(HeaderName::from("newfangledheader")).unwrap(),
        "newfangled value continued newfangled value"
    );
    assert_eq!(headers.get(HeaderName::from("UnknownHeaderWithUnusualValue")).unwrap(), ";;,,;;,;");
    let routes = headers.routes().unwrap();
    assert!(routes[0].uri.params.has("lr") && routes[0].uri.params.has("unknown-no-value"));
    let Contacts::List(contacts) = headers.contacts().unwrap() else { panic!("star") };
    assert_eq!((contacts.len(), contacts[0].params.get("q").unwrap().to_str().as_ref()), (1, "0.33"));
    assert_eq!(
        (contacts[0].display.to_str().as_ref(), contacts[0].params.get("newparam").unwrap().to_str().as_ref()),
        (r#"Quoted string """#, "newvalue")
    );
    assert_eq!(request.body.len(), 150);
}

#[test]
fn s3_1_1_2_intmeth_wide_range_of_characters() {
    let request = request(INTMETH);
    assert_eq!(request.method.to_string(), "!interesting-Method0123456789_*+`.%indeed'~");
    assert_eq!(request.uri.user.as_ref().unwrap(), "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
    assert_eq!(request.uri.password.as_ref().unwrap(), "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
    assert_eq!(request.headers.to().unwrap().display, "BEL:\x07 NUL:\0 DEL:\x7f");
    let from = request.headers.from().unwrap();
    assert_eq!(from.display, "token1~` token2'+_ token3*%!.-");
    assert_eq!(from.params.get("fromParam''~+*_!.-%").unwrap(), "работающий");
    assert_eq!(from.tag().unwrap(), "_token~1'+`*%!-.");
    assert_eq!(request.headers.get(HeaderName::from("extensionHeader-!.%*+_`'~")).unwrap(), "\u{feff}大停電");
}

#[test]
fn s3_1_1_3_esc01_percent_escapes() {
    let request = request(format!("{ESC01}{SDP}"));
    assert_eq!(request.uri.user_unescaped().unwrap(), "sips:user@example.com");
    let to = request.headers.to().unwrap();
    assert_eq!(to.uri.user_unescaped().unwrap(), "user");
    assert!(to.uri.is_equivalent(&"sip:user@example.com".parse().unwrap()));
    assert_eq!(request.headers.from().unwrap().uri.user_unescaped().unwrap(), "I have spaces");
}

#[test]
fn s3_1_1_4_escnull_escaped_nulls() {
    let request = request(ESCNULL);
    assert_eq!(request.headers.to().unwrap().uri.user_unescaped().unwrap(), "null-\0-null");
    let Contacts::List(contacts) = request.headers.contacts().unwrap() else { panic!("star") };
    assert!(!contacts[0].uri.is_equivalent(&contacts[1].uri), "%00 and %00%00 are two users");
}

#[test]
fn s3_1_1_5_esc02_percent_that_is_no_escape() {
    let request = request(ESC02);
    assert_eq!(request.method, Method::from("RE%47IST%45R"));
    assert_eq!(request.headers.from().unwrap().display, "%Z%45");
    let Contacts::List(contacts) = request.headers.contacts().unwrap() else { panic!("star") };
    assert_eq!(contacts.len(), 2, "C%6Fntact is another header");
}

#[test]
fn s3_1_1_6_lwsdisp_no_blank_before_the_bracket() {
    let request = request(LWSDISP);
    assert_eq!(request.headers.from().unwrap().display, "caller");
}

#[test]
fn s3_1_1_7_longreq_long_values() {
    let request = request(longreq());
    assert_eq!(request.headers.vias().unwrap().len(), 37);
    assert_eq!(request.headers.from().unwrap().uri.user.unwrap().len(), 23 * 5);
    assert_eq!(request.headers.to().unwrap().uri.port, Some(6000));
}

#[test]
fn s3_1_1_8_dblreq_octets_behind_the_message() {
    let both = wire(format!("{DBLREQ}{SDP}"));
    let first = DBLREQ.split_inclusive("\n\n").next().unwrap();
    let message = Message::parse(&both).unwrap();
    assert_eq!(message.to_bytes(), wire(first), "what is behind is ignored and not sent on");
}

#[test]
fn s3_1_1_9_semiuri_semicolons_in_the_user() {
    let request = request(SEMIURI);
    assert_eq!(request.uri.user_unescaped().unwrap(), "user;par=u@example.net");
    assert!(request.uri.params.is_empty());
    assert_eq!(request.headers.values(HeaderName::Accept).count(), 6);
}

#[test]
fn s3_1_1_10_transports_varied_and_unknown() {
    let request = request(TRANSPORTS);
    let transports: Vec<_> = request.headers.vias().unwrap().iter().map(|via| via.transport.to_string()).collect();
    assert_eq!(transports, ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
}

#[test]
fn s3_1_1_11_mpart01_binary_body() {
    let packet = mpart01();
    let at = packet.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    let message = Message::parse(&packet.clone().into()).unwrap();
    assert_eq!((message.body().as_ref(), message.to_bytes().as_ref()), (&packet[at..], &packet[..]));
    let kind = message.headers().content_type().unwrap().unwrap();
    assert_eq!((kind.value.to_str().as_ref(), kind.params.get("boundary").unwrap().len()), ("multipart/mixed", 16));
}

#[test]
fn s3_1_1_12_unreason_unusual_reason_phrase() {
    let response = response(UNREASON);
    assert_eq!(response.reason, "= 2**3 * 5**2 но сто девяносто девять - простое");
}

#[test]
fn s3_1_1_13_noreason_empty_reason_phrase() {
    let response = response(NOREASON);
    assert_eq!((response.status, response.reason.len()), (100, 0));
    let blankless = wire(NOREASON.replace("100 \n", "100\n"));
    assert!(Message::parse(&blankless).is_ok(), "the blank may be missing too");
}

/// §3.3 and §3.4: what a parser has to pass on for the layers above to refuse or understand.
#[test]
fn s3_3_application_layer_messages_are_read() {
    let line = |line: &str| super::support::options_with(line);
    for text in [
        // §3.3.2 unkscm, §3.3.3 novelsc, §3.3.4 unksm2.
        line("").replace("sip:office SIP", "nobodyKnowsThisScheme:totallyopaquecontent SIP"),
        line("").replace("sip:office SIP", "soap.beep://192.0.2.103:3002 SIP"),
        line("").replace("<sip:office>", "isbn:2983792873"),
        // §3.3.5 bext01, §3.3.6 invut, §3.3.7 regaut01, §3.3.13 zeromf, §3.3.14 cparam01.
        line("Require: nothingSupportsThis, nothingSupportsThisEither"),
        line("Content-Type: application/unknownformat"),
        line("Authorization: NoOneKnowsThisScheme opaque-data=here"),
        line("Max-Forwards: 0"),
        line("Contact: sip:+19725552222@gw1.example.net;unknownparam"),
        line("Contact: <sip:+19725552222@gw1.example.net;unknownparam>"),
        // §3.2.1 badbranch, §3.4.1 sdp01 (RFC 2543: no branch at all).
        line("").replace("z9hG4bK1", "z9hG4bK"),
        line("").replace(";branch=z9hG4bK1", ""),
    ] {
        read(text);
    }
}

#[test]
fn s3_3_2_unknown_schemes_keep_their_text() {
    let request =
        request(super::support::options_with("").replace("sip:office SIP", "nobodyKnowsThisScheme:totallyopaque SIP"));
    assert_eq!(request.uri.scheme, Scheme::Other("nobodyKnowsThisScheme".into()));
    assert_eq!((request.uri.user.clone().unwrap(), request.uri.host), ("totallyopaque".into(), Host::Name("".into())));
}

/// §3.3.8 multi01: several of what may be there once, with different values.
#[test]
fn s3_3_8_repeated_scalars_are_refused() {
    for line in [
        "From: <sip:102@office>;tag=2",
        "To: <sip:x@office>",
        "Call-ID: 2@x",
        "CSeq: 2 OPTIONS",
        "Max-Forwards: 5\nMax-Forwards: 6",
        "l: 7",
    ] {
        let error = super::support::refused(super::support::options_with(line));
        assert_eq!((error.status(), error.kind.reason()), (400, "Repeated Header"), "{line}");
    }
}
