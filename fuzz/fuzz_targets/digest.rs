//! Authorization and challenge values from a hostile peer. The first line is the Request-URI, each further line one
//! value.

#![no_main]

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use sip::auth::{Authenticator, ClientRequest, Credential, Verdict, answer_challenge, ha1};

fuzz_target!(|bytes: &[u8]| {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let uri = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let values: Vec<&[u8]> = lines.collect();

    let mut authenticator = Authenticator::new("office".to_owned(), [7; 32]);
    let (ha1_md5, ha1_sha256) = ha1("anna", "office", "a secret that the fuzzer does not know");
    authenticator.set_credentials(vec![Credential { user: "anna".to_owned(), ha1_md5, ha1_sha256, aors: vec![] }]);
    let now = Duration::from_secs(1000);
    let source = SocketAddr::from((Ipv4Addr::LOCALHOST, 5060));
    authenticator.challenges(now, source.ip(), false);
    let verdict = authenticator.check(now, "REGISTER", &uri, source, values.iter().copied());
    assert!(!matches!(verdict, Verdict::Known(_) | Verdict::Replayed), "{verdict:?}");

    let request =
        ClientRequest { method: "REGISTER", uri: "sip:office", user: "anna", secret: "x", cnonce: "0a4f113b", nc: 1 };
    if let Some(answer) = answer_challenge(values.iter().copied(), &request) {
        assert!(answer.starts_with("Digest "));
    }
});
