//! Pages of other sites.

use crate::house::{ADMIN, Browser, PASSWORD, Page, check};
use serde_json::json;

fn asked(page: &Page, headers: &str) -> String {
    page.text(&format!("GET /healthz HTTP/1.1\r\nConnection: close\r\n{headers}\r\n"))
}

#[test]
fn a_name_that_is_not_ours_is_refused_whatever_is_asked() {
    let page = Page::new();
    for (headers, status) in [
        ("Host: localhost\r\n", "200"),
        ("Host: 127.0.0.1:8080\r\n", "200"),
        ("Host: [::1]:8080\r\n", "200"),
        ("Host: bellbox.local\r\n", "200"),
        ("Host: BOX:8080\r\n", "200"),
        ("Host: evil.example\r\n", "421"),
        ("Host: evil.example:8080\r\n", "421"),
        ("Host: box.evil.example\r\n", "421"),
        ("", "400"),
        ("Host: localhost\r\nHost: evil.example\r\n", "400"),
    ] {
        let answer = asked(&page, headers);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{headers}: {answer}");
    }
    let absolute = "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    check(&page.text(absolute), &["HTTP/1.1 400"]);
    check(&page.text("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), &["HTTP/1.1 421"]);
}

#[test]
fn a_change_must_come_from_our_page() {
    let page = Page::new();
    let cookie = page.browser(ADMIN, PASSWORD).cookie.unwrap();
    let change = |headers: &str| {
        let head = format!(
            "POST /api/people/2/pin HTTP/1.1\r\nHost: localhost:8080\r\nCookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\n{headers}\r\n{{}}"
        );
        page.text(&head)[9..12].to_owned()
    };
    for (headers, status) in [
        ("", "403"),
        ("X-Bellbox: yes\r\n", "403"),
        ("X-Bellbox: 1\r\nOrigin: http://evil.example\r\n", "403"),
        ("X-Bellbox: 1\r\nOrigin: null\r\n", "403"),
        ("X-Bellbox: 1\r\nOrigin: http://localhost:9090\r\n", "403"),
        ("X-Bellbox: 1\r\nSec-Fetch-Site: cross-site\r\n", "403"),
        ("X-Bellbox: 1\r\nSec-Fetch-Site: same-site\r\n", "403"),
        ("X-Bellbox: 1\r\nOrigin: http://localhost:8080\r\nSec-Fetch-Site: same-origin\r\n", "200"),
        ("X-Bellbox: 1\r\n", "200"),
    ] {
        assert_eq!(change(headers), status, "{headers}");
    }
}

#[test]
fn a_body_is_json_of_the_right_shape_and_no_secret_comes_back() {
    let page = Page::new();
    let mut browser = Browser::of(&page);
    let send = |kind: &str, body: &str| {
        page.text(&format!(
            "POST /api/login HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nConnection: close\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    };
    check(&send("text/plain", "{}"), &["HTTP/1.1 415"]);
    check(&send("application/json", "{\"login\": \"a\", \"secret\": \"hunter"), &["HTTP/1.1 400"]);
    let wrong = send("application/json", "{\"login\": 7, \"secret\": \"hunter2hunter2\"}");
    check(&wrong, &["HTTP/1.1 422"]);
    let odd = browser.post("/api/login", json!({ "login": "a", "secret": ["hunter2hunter2"] }));
    assert_eq!(odd.status, 422);
    for answer in [wrong, String::from_utf8_lossy(&odd.body).into_owned()] {
        assert!(!answer.contains("hunter2"), "{answer}");
    }
}
