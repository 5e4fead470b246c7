//! Digest authentication: RFC 7616, RFC 8760, RFC 3261 §22, RFC 2617 and RFC 2069.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use proptest::prelude::*;
use sip::auth::{
    Authenticator, ClientRequest, Credential, MAX_NONCES, MAX_PARAMS, MAX_USER_BYTES, MAX_VALUE_BYTES, NONCE_LIFETIME,
    NONCE_WINDOW, Verdict, answer_challenge, ha1,
};

const REALM: &str = "office";
const URI: &str = "sip:192.0.2.1";
const NOW: Duration = Duration::from_secs(1000);

fn phone_ip() -> IpAddr {
    phone().ip()
}

fn phone() -> SocketAddr {
    "192.0.2.20:5060".parse().unwrap()
}

fn credential(user: &str, secret: &str) -> Credential {
    let (ha1_md5, ha1_sha256) = ha1(user, REALM, secret);
    Credential { user: user.to_owned(), ha1_md5, ha1_sha256, aors: vec!["101".to_owned()] }
}

fn authenticator() -> Authenticator {
    let mut authenticator = Authenticator::new(REALM.to_owned(), [7; 32]);
    authenticator.set_credentials(vec![credential("anna", "secret"), credential("be\"rt\\", "other")]);
    authenticator
}

fn request<'a>(user: &'a str, secret: &'a str, nc: u32) -> ClientRequest<'a> {
    ClientRequest { method: "REGISTER", uri: URI, user, secret, cnonce: "0a4f113b", nc }
}

fn answer(challenges: &[String], request: &ClientRequest<'_>) -> String {
    answer_challenge(challenges.iter().map(String::as_bytes), request).expect("we can answer our own challenges")
}

fn check_at(authenticator: &mut Authenticator, now: Duration, value: &str) -> Verdict {
    authenticator.check(now, "REGISTER", URI, phone(), [value.as_bytes()])
}

fn check(authenticator: &mut Authenticator, value: &str) -> Verdict {
    check_at(authenticator, NOW, value)
}

/// A right digest with count 1, and the authenticator that asked for it.
fn right() -> (Authenticator, String) {
    let mut authenticator = authenticator();
    let challenges = authenticator.challenges(NOW, phone_ip(), false);
    let value = answer(&challenges, &request("anna", "secret", 1));
    (authenticator, value)
}

/// The value of a parameter, without quotes.
fn param(value: &str, name: &str) -> String {
    let (_, rest) = value.split_once(&format!("{name}=")).unwrap_or_else(|| panic!("no {name} in {value}"));
    rest.split(',').next().unwrap().trim_matches('"').to_owned()
}

fn known() -> Verdict {
    Verdict::Known("anna".to_owned())
}

/// The example of RFC 7616 §3.9.1.
fn mufasa_challenges() -> [&'static [u8]; 2] {
    [
        b"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, \
          nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
        b"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, \
          nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
    ]
}

fn mufasa_request(secret: &str) -> ClientRequest<'_> {
    ClientRequest {
        method: "GET",
        uri: "/dir/index.html",
        user: "Mufasa",
        secret,
        cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        nc: 1,
    }
}

const MUFASA_SHA256: &str = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
const MUFASA_MD5: &str = "8ca523f5e9506fed4657c9700eebdbec";

#[test]
fn rfc7616_3_9_1_vectors() {
    let [sha256, md5] = mufasa_challenges();
    for (challenge, algorithm, response) in [(sha256, "SHA-256", MUFASA_SHA256), (md5, "MD5", MUFASA_MD5)] {
        let value = answer_challenge([challenge], &mufasa_request("Circle of Life")).unwrap();
        assert_eq!(param(&value, "response"), response);
        assert_eq!(param(&value, "algorithm"), algorithm);
        assert_eq!(param(&value, "opaque"), "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
        assert_eq!(param(&value, "nc"), "00000001");
    }
}

#[test]
fn rfc2617_3_5_vector() {
    let challenge = b"Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
        nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
    let request = ClientRequest { cnonce: "0a4f113b", ..mufasa_request("Circle Of Life") };
    let value = answer_challenge([challenge.as_slice()], &request).unwrap();
    assert_eq!(param(&value, "response"), "6629fae49393a05397450978507c4ef1");
}

/// With the response of the RFC's erratum 749.
#[test]
fn rfc2069_2_4_vector_without_qop() {
    let challenge = b"Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
    let value = answer_challenge([challenge.as_slice()], &mufasa_request("CircleOfLife")).unwrap();
    assert_eq!(param(&value, "response"), "1949323746fe6a43ef61f9606e7febea");
    assert!(!value.contains("nc=") && !value.contains("qop="), "{value}");
}

#[test]
fn rfc8760_2_4_the_better_algorithm_is_offered_first() {
    let challenges = authenticator().challenges(NOW, phone_ip(), false);
    let algorithms: Vec<String> = challenges.iter().map(|challenge| param(challenge, "algorithm")).collect();
    assert_eq!(algorithms, ["SHA-256", "MD5"]);
    for challenge in &challenges {
        assert_eq!(param(challenge, "realm"), REALM);
        assert!(challenge.contains("qop=\"auth\"") && !challenge.contains("stale"), "{challenge}");
    }
    let stale = authenticator().challenges(NOW, phone_ip(), true);
    assert!(stale.iter().all(|challenge| challenge.ends_with(", stale=true")), "{stale:?}");
}

#[test]
fn rfc8760_2_4_the_client_takes_sha256_wherever_it_stands() {
    let [sha256, md5] = mufasa_challenges();
    for challenges in [[sha256, md5], [md5, sha256]] {
        let value = answer_challenge(challenges, &mufasa_request("Circle of Life")).unwrap();
        assert_eq!(param(&value, "algorithm"), "SHA-256");
    }
}

#[test]
fn rfc8760_2_4_both_algorithms_are_accepted() {
    for index in [0, 1] {
        let mut authenticator = authenticator();
        let challenge = authenticator.challenges(NOW, phone_ip(), false).swap_remove(index);
        let value = answer(&[challenge], &request("anna", "secret", 1));
        assert_eq!(check(&mut authenticator, &value), known(), "{value}");
    }
}

#[test]
fn challenges_that_nobody_here_can_answer() {
    for challenge in [
        "Basic realm=\"x\"",
        "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256, qop=\"auth\"",
        "Digest realm=\"x\", nonce=\"y\", algorithm=MD5-sess, qop=\"auth\"",
        "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"",
        "Digest nonce=\"y\", qop=\"auth\"",
        "Digest realm=\"x\", qop=\"auth\"",
    ] {
        let value = answer_challenge([challenge.as_bytes()], &request("anna", "secret", 1));
        assert_eq!(value, None, "{challenge}");
    }
}

#[test]
fn rfc7616_3_3_every_nonce_is_new() {
    let mut authenticator = authenticator();
    let nonces: std::collections::BTreeSet<String> =
        (0..1000).map(|_| param(&authenticator.challenges(NOW, phone_ip(), false)[0], "nonce")).collect();
    assert_eq!(nonces.len(), 1000);
}

#[test]
fn nobody_and_somebody_with_the_wrong_secret_look_alike() {
    for algorithm in [0, 1] {
        let mut authenticator = authenticator();
        let challenge = authenticator.challenges(NOW, phone_ip(), false).swap_remove(algorithm);
        for (user, secret) in [("anna", "wrong"), ("nobody", "secret"), ("", "secret"), ("Anna", "secret")] {
            let value = answer(std::slice::from_ref(&challenge), &request(user, secret, 1));
            assert_eq!(check(&mut authenticator, &value), Verdict::Wrong { user: user.to_owned() });
        }
        // A wrong guess uses nothing up.
        let value = answer(&[challenge], &request("anna", "secret", 1));
        assert_eq!(check(&mut authenticator, &value), known());
    }
}

#[test]
fn rfc7616_3_4_a_digest_is_for_one_method_and_one_secret() {
    let (mut authenticator, value) = right();
    let verdict = authenticator.check(NOW, "INVITE", URI, phone(), [value.as_bytes()]);
    assert_eq!(verdict, Verdict::Wrong { user: "anna".to_owned() });
    let mut changed = authenticator.clone();
    changed.set_credentials(vec![credential("anna", "new secret")]);
    assert_eq!(check(&mut changed, &value), Verdict::Wrong { user: "anna".to_owned() });
    assert_eq!(check(&mut authenticator, &value), known());
}

#[test]
fn names_with_quotes_and_backslashes_survive() {
    let mut authenticator = authenticator();
    let challenges = authenticator.challenges(NOW, phone_ip(), false);
    let value = answer(&challenges, &request("be\"rt\\", "other", 1));
    assert_eq!(check(&mut authenticator, &value), Verdict::Known("be\"rt\\".to_owned()));
}

#[test]
fn rfc3261_22_4_the_uri_means_the_request_uri() {
    for (digest_uri, request_uri, is_same) in [
        ("sip:192.0.2.1", "sip:192.0.2.1", true),
        ("sip:192.0.2.1", "sip:192.0.2.1:5060;transport=udp", true),
        ("SIP:101@Office.Example", "sip:101@office.example;user=phone?x=y", true),
        ("sip:101:pw@office", "sip:101@office", true),
        ("sip:1;phone-context=a@office", "sip:1;phone-context=a@office", true),
        ("sip:[2001:DB8::1]", "sip:[2001:db8::1]:5060", true),
        ("sips:office", "sips:office:5061", true),
        ("tel:+4930;phone-context=x", "tel:+4930", true),
        ("sip:101@office", "sip:102@office", false),
        ("sip:Anna@office", "sip:anna@office", false),
        ("sip:office", "sip:101@office", false),
        ("sip:office:5062", "sip:office", false),
        ("sips:office", "sip:office", false),
        ("sip:other", "sip:office", false),
        ("office", "sip:office", false),
        ("", "sip:office", false),
    ] {
        let mut authenticator = authenticator();
        let challenges = authenticator.challenges(NOW, phone_ip(), false);
        let value = answer(&challenges, &ClientRequest { uri: digest_uri, ..request("anna", "secret", 1) });
        let verdict = authenticator.check(NOW, "REGISTER", request_uri, phone(), [value.as_bytes()]);
        let expected = if is_same { known() } else { Verdict::Malformed };
        assert_eq!(verdict, expected, "{digest_uri} for {request_uri}");
    }
}

#[test]
fn rfc7616_3_4_what_phones_do_to_the_syntax() {
    let (authenticator, value) = right();
    for changed in [
        value.replace("Digest", "dIGEST"),
        value.replace("username=", "UserName = "),
        value.replace("qop=auth", "qop=\"auth\""),
        value.replace("qop=auth", "QOP=AUTH"),
        value.replace("nc=00000001", "nc=\"00000001\""),
        value.replace("algorithm=SHA-256", "algorithm=\"sha-256\""),
        value.replace(", ", ","),
        value.replace(", ", "\r\n\t,  "),
        format!("  {value} , ,"),
        format!("{value}, auth-param=x, opaque=\"a,b=\\\"c\""),
        value.replace(&format!("\"{URI}\""), URI),
        value.replace(&param(&value, "response"), &param(&value, "response").to_uppercase()),
        format!("{value}, userhash=false"),
    ] {
        assert_eq!(check(&mut authenticator.clone(), &changed), known(), "{changed}");
    }
    let (scheme, list) = value.split_once(' ').unwrap();
    let backwards: Vec<&str> = list.split(", ").collect::<Vec<_>>().into_iter().rev().collect();
    assert_eq!(check(&mut authenticator.clone(), &format!("{scheme} {}", backwards.join(", "))), known());
}

#[test]
fn rfc7616_3_4_what_is_refused_as_malformed() {
    let (authenticator, value) = right();
    for changed in [
        value.replace("qop=auth", "qop=auth-int"),
        value.replace("qop=auth", "qop=\"\""),
        value.replace("algorithm=SHA-256", "algorithm=SHA-512-256"),
        value.replace("algorithm=SHA-256", "algorithm=SHA-256-sess"),
        value.replace("algorithm=SHA-256", "algorithm=MD5"),
        value.replace(", algorithm=SHA-256", ""),
        value.replace("nc=00000001", "nc=00000000"),
        value.replace("nc=00000001", "nc=0000000001"),
        value.replace("nc=00000001", "nc=x"),
        value.replace(", nc=00000001", ""),
        value.replace("cnonce=\"0a4f113b\"", "cnonce=\"\""),
        value.replace("cnonce=\"0a4f113b\", ", ""),
        value.replace("realm=\"office\", ", ""),
        value.replace("username=\"anna\", ", ""),
        value.replace("username=", "username*="),
        value.replace("anna", &"a".repeat(MAX_USER_BYTES + 1)),
        value.replace("response=\"", "response=\"0"),
        value.replace("response=\"", "response=\"zz"),
        format!("{value}, username=\"anna\""),
        format!("{value}, USERNAME=\"bert\""),
        format!("{value}, userhash=true"),
        format!("{value}, opaque=\"open"),
        format!("{value}, noequals"),
        format!("{value}, =x"),
        format!("{value}, x=\"y\"z"),
        format!("{value}, x=y z"),
        format!("{value}{}", (0..MAX_PARAMS).map(|index| format!(", x{index}=y")).collect::<String>()),
        format!("{value}, x={}", "y".repeat(MAX_VALUE_BYTES)),
        "Digest x".to_owned(),
        "Digest ,".to_owned(),
    ] {
        assert_eq!(check(&mut authenticator.clone(), &changed), Verdict::Malformed, "{changed}");
    }
}

#[test]
fn rfc3261_22_3_values_for_others_are_as_good_as_none() {
    let (mut authenticator, value) = right();
    for other in ["", "Basic YW5uYTpzZWNyZXQ=", "Digest", "Digestive x=y", "Digest realm=\"elsewhere\", x=y"] {
        assert_eq!(check(&mut authenticator, other), Verdict::Absent, "{other}");
    }
    let none: [&[u8]; 0] = [];
    assert_eq!(authenticator.check(NOW, "REGISTER", URI, phone(), none), Verdict::Absent);
    let others: [&[u8]; 3] = [b"Basic x", b"Digest realm=\"elsewhere\"", value.as_bytes()];
    assert_eq!(authenticator.check(NOW, "REGISTER", URI, phone(), others), known());
}

#[test]
fn rfc7616_5_4_the_same_digest_is_never_accepted_twice() {
    let (mut authenticator, value) = right();
    assert_eq!(check(&mut authenticator, &value), known());
    for _ in 0..3 {
        assert_eq!(check(&mut authenticator, &value), Verdict::Replayed);
    }
}

#[test]
fn rfc7616_3_4_a_cached_nonce_serves_with_rising_counts() {
    let mut authenticator = authenticator();
    let challenges = authenticator.challenges(NOW, phone_ip(), false);
    let mut check_count = |nc| check(&mut authenticator, &answer(&challenges, &request("anna", "secret", nc)));
    for nc in [1, 2, 3, 500, 499] {
        assert_eq!(check_count(nc), known(), "{nc}");
    }
    for nc in [1, 2, 3, 499, 500, 500 - NONCE_WINDOW] {
        assert_eq!(check_count(nc), Verdict::Replayed, "{nc}");
    }
    assert_eq!(check_count(500 - NONCE_WINDOW + 1), known());
    assert_eq!(check_count(u32::MAX), known());
    assert_eq!(check_count(501), Verdict::Replayed);
}

#[test]
fn rfc7616_3_3_a_nonce_ends_with_its_time_its_address_and_its_boot() {
    let (authenticator, value) = right();
    let last = NOW + NONCE_LIFETIME - Duration::from_millis(1);
    assert_eq!(check_at(&mut authenticator.clone(), last, &value), known());
    assert_eq!(check_at(&mut authenticator.clone(), NOW + NONCE_LIFETIME, &value), Verdict::Stale);
    assert_eq!(check_at(&mut authenticator.clone(), NOW - Duration::from_millis(1), &value), Verdict::Stale);
    let elsewhere: SocketAddr = "192.0.2.66:5060".parse().unwrap();
    let verdict = authenticator.clone().check(NOW, "REGISTER", URI, elsewhere, [value.as_bytes()]);
    assert_eq!(verdict, Verdict::Stale);
    let mapped: SocketAddr = "[::ffff:192.0.2.20]:5060".parse().unwrap();
    assert_eq!(authenticator.clone().check(NOW, "REGISTER", URI, mapped, [value.as_bytes()]), known());
    let mut next_boot = Authenticator::new(REALM.to_owned(), [8; 32]);
    next_boot.set_credentials(vec![credential("anna", "secret")]);
    assert_eq!(check(&mut next_boot, &value), Verdict::Stale);
}

#[test]
fn rfc7616_3_3_made_up_nonces_are_stale_whoever_knows_the_secret() {
    let mut authenticator = authenticator();
    let real = param(&authenticator.challenges(NOW, phone_ip(), false)[0], "nonce");
    for nonce in ["", "x", "00", &real[2..], &format!("{real}00"), &format!("ff{}", &real[2..]), &"0".repeat(64)] {
        let challenge = format!("Digest realm=\"{REALM}\", nonce=\"{nonce}\", algorithm=SHA-256, qop=\"auth\"");
        for secret in ["secret", "guess"] {
            let value = answer(std::slice::from_ref(&challenge), &request("anna", secret, 1));
            assert_eq!(check(&mut authenticator, &value), Verdict::Stale, "{nonce}");
        }
    }
}

#[test]
fn rfc2069_phones_without_qop_get_one_use_of_a_nonce() {
    let mut authenticator = authenticator();
    let strip = |challenges: Vec<String>| vec![challenges[1].replace(", qop=\"auth\"", "")];
    let first = strip(authenticator.challenges(NOW, phone_ip(), false));
    let value = answer(&first, &request("anna", "secret", 1));
    assert!(!value.contains("qop"), "{value}");
    assert_eq!(check(&mut authenticator, &value), known());
    assert_eq!(check(&mut authenticator, &value), Verdict::Replayed);
    let second = strip(authenticator.challenges(NOW, phone_ip(), true));
    assert_eq!(check(&mut authenticator, &answer(&second, &request("anna", "secret", 1))), known());
}

#[test]
fn rfc2069_digests_with_and_without_count_do_not_mix_on_one_nonce() {
    for with_count_first in [true, false] {
        let mut authenticator = authenticator();
        let counted = authenticator.challenges(NOW, phone_ip(), false);
        let bare: Vec<String> = counted.iter().map(|challenge| challenge.replace(", qop=\"auth\"", "")).collect();
        let (first, second) = if with_count_first { (&counted, &bare) } else { (&bare, &counted) };
        assert_eq!(check(&mut authenticator, &answer(first, &request("anna", "secret", 1))), known());
        assert_eq!(check(&mut authenticator, &answer(second, &request("anna", "secret", 2))), Verdict::Replayed);
    }
}

#[test]
fn a_full_table_forgets_the_oldest_nonce_and_never_takes_it_again() {
    let mut authenticator = authenticator();
    let sets: Vec<Vec<String>> =
        (0..MAX_NONCES + 10).map(|_| authenticator.challenges(NOW, phone_ip(), false)).collect();
    let use_of = |index: usize, nc| answer(&sets[index], &request("anna", "secret", nc));
    let late = MAX_NONCES + 9;
    // The oldest one is left unused until all others filled the table.
    for index in 1..=late {
        assert_eq!(check(&mut authenticator, &use_of(index, 1)), known(), "{index}");
    }
    for index in [0, 1, 9] {
        assert_eq!(check(&mut authenticator, &use_of(index, 1)), Verdict::Stale, "{index}");
        assert_eq!(check(&mut authenticator, &use_of(index, 2)), Verdict::Stale, "{index}");
    }
    assert_eq!(check(&mut authenticator, &use_of(10, 1)), Verdict::Replayed);
    assert_eq!(check(&mut authenticator, &use_of(late, 2)), known());
}

#[test]
fn a_checkpoint_remembers_what_was_used() {
    let (mut authenticator, value) = right();
    assert_eq!(check(&mut authenticator, &value), known());
    let saved = serde_json::to_string(&authenticator).unwrap();
    let mut restored: Authenticator = serde_json::from_str(&saved).unwrap();
    assert_eq!(check(&mut restored, &value), Verdict::Replayed);
}

#[test]
fn rfc3261_22_1_a_credential_speaks_for_its_own_aors_only() {
    let authenticator = authenticator();
    for (user, aor, owns) in
        [("anna", "101", true), ("anna", "102", false), ("anna", "", false), ("nobody", "101", false)]
    {
        assert_eq!(authenticator.owns(user, aor), owns, "{user} {aor}");
    }
}

#[test]
fn nothing_secret_is_in_what_is_logged() {
    let (authenticator, _) = right();
    let logged = format!("{authenticator:?} {:?}", credential("anna", "secret"));
    assert!(logged.contains("anna"), "{logged}");
    assert!(!logged.contains("ha1") && !logged.contains("[7, 7") && !logged.contains("nobody"), "{logged}");
}

proptest! {
    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut authenticator = authenticator();
        let mut value = b"Digest ".to_vec();
        value.extend(&bytes);
        for value in [value.as_slice(), &bytes] {
            let verdict = authenticator.check(NOW, "REGISTER", URI, phone(), [value]);
            prop_assert!(!matches!(verdict, Verdict::Known(_)));
            answer_challenge([value], &request("anna", "secret", 1));
        }
    }

    /// One changed byte of a right value never makes it somebody else's, nor a second use of it a first.
    #[test]
    fn a_changed_byte_never_proves_more(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (mut authenticator, value) = right();
        prop_assert_eq!(check(&mut authenticator, &value), known());
        let mut bytes = value.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let verdict = authenticator.check(NOW, "REGISTER", URI, phone(), [bytes.as_slice()]);
        prop_assert!(!matches!(verdict, Verdict::Known(_)), "{verdict:?}");
    }

    /// Whatever the order of counts, none is accepted twice.
    #[test]
    fn no_count_is_accepted_twice(counts in proptest::collection::vec(1..200_u32, 1..100)) {
        let mut authenticator = authenticator();
        let challenges = authenticator.challenges(NOW, phone_ip(), false);
        let mut accepted = std::collections::BTreeSet::new();
        let mut highest = 0;
        for nc in counts {
            let verdict = check(&mut authenticator, &answer(&challenges, &request("anna", "secret", nc)));
            let is_new = !accepted.contains(&nc) && nc + NONCE_WINDOW > highest;
            prop_assert_eq!(verdict, if is_new { known() } else { Verdict::Replayed });
            if is_new {
                accepted.insert(nc);
            }
            highest = highest.max(nc);
        }
    }
}
