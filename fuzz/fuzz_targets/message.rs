//! Whatever is accepted is printed so that it reads as the same again; whatever is refused can be answered.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use sip::message::{Message, Response};

fuzz_target!(|data: &[u8]| {
    match Message::parse(&Bytes::copy_from_slice(data)) {
        Ok(message) => {
            let headers = message.headers();
            let _ = (headers.vias(), headers.contacts(), headers.routes(), headers.reason(), headers.rack());
            for header in headers.iter() {
                let _ = headers.name_addrs(header.name().clone());
                let _ = headers.with_params(header.name().clone());
            }
            let printed = message.to_bytes();
            let again = Message::parse(&printed).expect("what we print we can read");
            assert_eq!(again.to_bytes(), printed);
            assert_eq!(again.body(), message.body());
            if let Message::Request(request) = &message {
                let answer = Response::to_request(request, 200, "OK").to_bytes();
                assert!(Message::parse(&answer).is_ok());
            }
        }
        Err(error) => {
            if let Some(request) = &error.reply {
                let _ = Response::to_request(request, error.status(), error.kind.reason()).to_bytes();
            }
        }
    }
});
