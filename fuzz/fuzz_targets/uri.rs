//! URIs and addresses: what is accepted prints as it came, and means the same as itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sip::message::{NameAddr, Text, Uri, Via};

fuzz_target!(|data: &[u8]| {
    // No header value holds line ends; what has them is printed with blanks instead.
    if data.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return;
    }
    let text = Text::from(data.to_vec());
    if let Ok(uri) = Uri::parse(&text) {
        assert_eq!(uri.to_text(), text);
        assert!(uri.is_equivalent(&uri));
        let _ = (uri.number(), uri.user_unescaped());
    }
    if let Ok(address) = NameAddr::parse(&text) {
        assert_eq!(NameAddr::parse(&address.to_text()), Ok(address));
    }
    if let Ok(via) = Via::parse(&text) {
        assert_eq!(Via::parse(&via.to_text()), Ok(via));
    }
});
