//! What holds for all messages: what is printed reads as the same, and nothing makes the parser panic.

use bytes::Bytes;
use proptest::prelude::*;
use sip::message::{
    CSeq, Contacts, Framer, HeaderName, Host, Message, Method, NameAddr, Params, Request, Response, Text, Uri, Via,
};

use super::support::{options_with, wire};

fn any_text() -> impl Strategy<Value = Text> {
    let bytes = prop_oneof![any::<u8>(), proptest::sample::select(b"\"\\;,<>= %@?&\t".to_vec())];
    proptest::collection::vec(bytes.prop_filter("line ends become blanks", |byte| !b"\r\n".contains(byte)), 0..12)
        .prop_map(Text::from)
}

fn token() -> impl Strategy<Value = Text> {
    "[A-Za-z0-9.!%*_+`'~-]{1,8}".prop_map(Text::from)
}

fn host() -> impl Strategy<Value = Host> {
    prop_oneof![
        "[a-z][a-z0-9.-]{0,10}".prop_map(|name| Host::from(name.as_str())),
        any::<std::net::IpAddr>().prop_map(Host::Ip),
    ]
}

fn params() -> impl Strategy<Value = Params> {
    let param = (token(), proptest::option::of(any_text()));
    proptest::collection::vec(param, 0..5).prop_map(|list| {
        let mut params = Params::new();
        for (name, value) in list {
            match value {
                Some(value) => params.set(name, value),
                None => params.set_flag(name),
            }
        }
        params
    })
}

prop_compose! {
    fn uri()(user in proptest::option::of("\\PC{1,8}"), host in host(), port in any::<Option<u16>>(),
             names in proptest::collection::vec((token(), any_text()), 0..3)) -> Uri {
        let mut uri = Uri::sip(user.as_deref(), host, port);
        for (name, value) in names {
            uri.set_param(name, value);
        }
        uri
    }
}

prop_compose! {
    fn address()(display in any_text(), uri in uri(), params in params()) -> NameAddr {
        NameAddr { display, uri, params }
    }
}

prop_compose! {
    fn via()(transport in token(), host in host(), port in any::<Option<u16>>(), params in params()) -> Via {
        Via { transport, host, port, params }
    }
}

prop_compose! {
    fn request()(uri in uri(), method in token(), via in via(), from in address(), to in address(), number in any::<u32>(),
                 contacts in proptest::collection::vec(address(), 0..4), body in proptest::collection::vec(any::<u8>(), 0..40))
                 -> Request {
        let method = Method::from_text(&method);
        let mut request = Request::new(method.clone(), uri);
        request.headers.push(HeaderName::Via, via);
        request.headers.push(HeaderName::From, from);
        request.headers.push(HeaderName::To, to);
        request.headers.push(HeaderName::CallId, "1@office");
        request.headers.push(HeaderName::CSeq, CSeq { number, method });
        for contact in contacts {
            request.headers.push(HeaderName::Contact, contact);
        }
        request.headers.push(HeaderName::ContentLength, body.len().to_string());
        request.body = Bytes::from(body);
        request
    }
}

/// Reads everything that can be read of a message, whatever it holds.
fn read_all(message: &Message) {
    let headers = message.headers();
    let _ =
        (headers.vias(), headers.from(), headers.to(), headers.contacts(), headers.routes(), headers.record_routes());
    let _ = (
        headers.expires(),
        headers.content_type(),
        headers.require(),
        headers.allow(),
        headers.reason(),
        headers.rack(),
    );
    for header in headers.iter() {
        let _ = headers.values(header.name()).count();
        let _ = (headers.with_params(header.name().clone()), headers.name_addrs(header.name().clone()));
    }
    if let Message::Request(request) = message {
        let _ = (request.uri.user_unescaped(), request.uri.number(), request.uri.header_values().count());
        assert!(request.uri.is_equivalent(&request.uri));
        let _ = Response::to_request(request, 400, "Bad Request").to_bytes();
    }
}

/// Whatever is accepted is printed so that it reads as the same again, and prints the same again.
fn check_packet(packet: &Bytes) {
    match Message::parse(packet) {
        Ok(message) => {
            read_all(&message);
            let printed = message.to_bytes();
            let again = Message::parse(&printed).expect("what we print we can read");
            assert_eq!(again.to_bytes(), printed);
            assert_eq!(again.body(), message.body());
        }
        Err(error) => {
            assert!((400..=513).contains(&error.status()));
            if let Some(request) = error.reply {
                let _ = Response::to_request(&request, error.kind.status(), error.kind.reason()).to_bytes();
            }
        }
    }
}

const SEED: &str = "INVITE sip:102@[2001:db8::1]:5070;transport=udp SIP/2.0
v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776;rport, SIP/2.0/TCP  [::1]
From: \"A \\\"x\\\", B\" <sip:101%20@office;lr?a=b>;tag=1
To : sip:102@office;x=\"y;z\"
Call-ID: a84b@pc33
CSeq: 1
 INVITE
Contact: <sip:a@b>;q=0.5, *
Reason: SIP;cause=200;text=\"Call completed elsewhere\"
Content-Length: 4

v=0
";

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn addresses_read_as_printed(address in address()) {
        prop_assert_eq!(NameAddr::parse(&address.to_text()), Ok(address));
    }

    #[test]
    fn uris_read_as_printed(uri in uri()) {
        prop_assert_eq!(Uri::parse(&uri.to_text()), Ok(uri));
    }

    #[test]
    fn vias_read_as_printed(via in via()) {
        prop_assert_eq!(Via::parse(&via.to_text()), Ok(via));
    }

    #[test]
    fn requests_read_as_printed(request in request()) {
        let printed = request.to_bytes();
        let Ok(Message::Request(again)) = Message::parse(&printed) else { panic!("{printed:?}") };
        let Ok(Contacts::List(contacts)) = again.headers.contacts() else { panic!("{printed:?}") };
        prop_assert_eq!(contacts.len(), request.headers.lines(HeaderName::Contact).count());
        prop_assert_eq!(again.to_bytes(), printed);
        prop_assert_eq!(again, request);
    }

    #[test]
    fn accepted_uris_print_byte_for_byte(text in "(sip|SIPS|tel|x):[a-c@:;=?&%.\\[\\]0-9#*+]{0,20}") {
        if let Ok(uri) = text.parse::<Uri>() {
            prop_assert_eq!(uri.to_string(), text);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_packet(&Bytes::from(bytes));
    }

    #[test]
    fn mutated_messages_are_read_or_refused(
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0..3_u8, any::<u8>()), 1..6),
    ) {
        let mut bytes = wire(SEED).to_vec();
        for (at, kind, byte) in edits {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        check_packet(&Bytes::from(bytes));
    }

    #[test]
    fn header_values_are_read_or_refused(value in "[ -~]{0,40}", name in proptest::sample::select(vec!["Via", "From", "To", "Contact", "CSeq", "Route", "Reason", "RAck"])) {
        check_packet(&wire(options_with("").replacen(&format!("{name}:"), "Old:", 1) + ""));
        check_packet(&wire(options_with(&format!("{name}: {value}"))));
    }

    #[test]
    fn streams_are_cut_the_same_in_any_steps(bytes in proptest::collection::vec(proptest::sample::select(b"\r\n:lL 09aX\0".to_vec()), 0..200), step in 1..20_usize) {
        let all = |step: usize| {
            let mut framer = Framer::new();
            let mut out = Vec::new();
            for chunk in bytes.chunks(step) {
                framer.push(chunk);
                while let Ok(Some(framed)) = framer.next_framed() {
                    out.push(framed);
                }
            }
            out
        };
        prop_assert_eq!(all(step), all(200));
    }
}
