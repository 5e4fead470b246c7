//! The certificates of HTTPS, as people see and change them.

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::house::{ADMIN, Browser, PASSWORD, Page, check};

/// A self-signed certificate until the 20th of July, and its key.
fn signed(name: &str) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2026, 7, 20);
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

#[test]
fn anybody_sees_by_which_fingerprint_the_authority_is_known() {
    let page = Page::new();
    let authority = Browser::of(&page).get("/api/authority").json();
    let download = page.get("/ca.crt");
    let der = CertificateDer::from_pem_slice(download.split_once("\r\n\r\n").unwrap().1.as_bytes()).unwrap();
    let digest = Sha256::digest(&der).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":");
    assert_eq!(authority["fingerprint"], digest);
    assert_eq!((&authority["is_in_use"], &authority["https_port"]), (&json!(true), &json!(8443)));
    assert_eq!(authority["address"], "http://192.168.1.10:8080");
    check(&page.get("/certificate"), &["HTTP/1.1 200", "<html"]);
}

#[test]
fn an_uploaded_certificate_is_in_use_at_once_and_its_key_never_comes_out() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let own = admin.get("/api/certificate").json();
    assert_eq!((&own["is_uploaded"], &own["lacks"], &own["can_undo"]), (&json!(false), &json!([]), &json!(false)));
    assert_eq!((&own["days_left"], &own["names"]), (&json!(799), &json!(["localhost"])));
    let asked = "GET /healthz HTTP/1.1\r\nHost: pbx.office.example\r\nConnection: close\r\n\r\n";
    check(&page.text(asked), &["HTTP/1.1 421"]);
    let (chain, key) = signed("pbx.office.example");
    let put = admin.send("PUT", "/api/certificate", &[], Some(json!({ "chain": chain, "key": key })));
    assert_eq!(put.status, 200, "{put:?}");
    let uploaded = put.json();
    assert_eq!((&uploaded["is_uploaded"], &uploaded["days_left"]), (&json!(true), &json!(18)));
    assert_eq!(page.certificates.shown().facts.fingerprint, uploaded["fingerprint"]);
    check(&page.text(asked), &["HTTP/1.1 200"]);
    let secret = key.lines().nth(1).unwrap();
    for path in ["/api/certificate", "/api/authority", "/api/overview", "/ca.crt"] {
        let answer = admin.get(path);
        assert!(!String::from_utf8_lossy(&answer.body).contains(secret), "{path}");
    }
    assert_eq!(Browser::of(&page).get("/api/authority").json()["is_in_use"], false);
    let issues = admin.get("/api/overview").json()["issues"].to_string();
    check(&issues, &["expires in 18 days", "upload a new one in System"]);
    let own = admin.send("DELETE", "/api/certificate", &[], None);
    assert_eq!((own.status, &own.json()["is_uploaded"]), (200, &json!(false)));
    assert_eq!(admin.send("DELETE", "/api/certificate", &[], None).status, 409);
    check(&page.text(asked), &["HTTP/1.1 421"]);
    let again = admin.post("/api/certificate/undo", json!({}));
    assert_eq!((again.status, &again.json()["fingerprint"]), (200, &uploaded["fingerprint"]));
}

#[test]
fn what_cannot_be_served_is_refused_by_its_field_and_changes_nothing() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let before = admin.get("/api/certificate").json();
    let ((chain, key), (_, other)) = (signed("pbx.example"), signed("pbx.example"));
    for (chain, key, field, expected) in [
        ("garbage", key.as_str(), "chain", "no certificate"),
        (&chain, "garbage", "key", "no private key"),
        (&chain, other.as_str(), "key", "not that of the first certificate"),
    ] {
        let answer = admin.send("PUT", "/api/certificate", &[], Some(json!({ "chain": chain, "key": key })));
        assert_eq!(answer.status, 422);
        let wrong = answer.json()["errors"][field].as_str().unwrap_or_default().to_owned();
        assert!(wrong.contains(expected), "{answer:?}");
        assert!(!String::from_utf8_lossy(&answer.body).contains(other.lines().nth(1).unwrap()));
    }
    let long = json!({ "chain": "x".repeat(70_000), "key": "" });
    assert_eq!(admin.send("PUT", "/api/certificate", &[], Some(long)).status, 413);
    assert_eq!(admin.get("/api/certificate").json(), before);
    assert_eq!(admin.post("/api/certificate/undo", json!({})).status, 409);
}

#[test]
fn names_that_people_use_and_the_certificate_lacks_are_told() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (chain, key) = signed("pbx.example");
    admin.send("PUT", "/api/certificate", &[], Some(json!({ "chain": chain, "key": key })));
    let cookie = admin.cookie.clone().unwrap();
    let by = |host: &str| {
        page.text(&format!(
            "GET /api/certificate HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        ))
    };
    check(&by("pbx.example"), &["\"lacks\":[]"]);
    check(&by("192.168.1.10:8443"), &["\"lacks\":[\"192.168.1.10\"]"]);
    check(&by("localhost:8080"), &["\"lacks\":[]"]);
}
