//! The SIP messages of a call, as an administrator sees them.

use serde_json::{Value, json};

use crate::house::{ADMIN, PASSWORD, Page, USER};

fn rung(party: Value, came: bool, text: &str, bytes: usize) -> Value {
    json!({
        "at": "2026-07-01T08:00:00Z",
        "after": { "secs": 1, "nanos": 250_000_000 },
        "came": came,
        "is_again": !came,
        "party": party,
        "hop": { "transport": "Tcp", "local": "10.0.0.1:5060", "remote": "10.0.0.7:5062", "flow": null },
        "text": text,
        "bytes": bytes,
    })
}

#[test]
fn an_administrator_sees_a_calls_messages_and_nobody_else() {
    let page = Page::new();
    let rungs = json!([
        rung(json!({ "Phone": "101a" }), true, "INVITE sip:102@office SIP/2.0\nTo: <sip:102@office>\n\n", 900),
        rung(json!({ "Trunk": "line" }), false, "SIP/2.0 200 OK\n\n", 4000),
    ]);
    page.keeps_messages(17, serde_json::from_value(json!({ "rungs": rungs, "left_out": 3 })).unwrap());
    let mut admin = page.browser(ADMIN, PASSWORD);
    let ladder = admin.get("/api/calls/17/ladder").json();
    let expected = json!({
        "left_out": 3,
        "messages": [{
            "at": "2026-07-01T08:00:00Z", "after_ms": 1250, "is_incoming": true, "is_again": false, "phone": "101a",
            "trunk": null, "transport": "TCP", "peer": "10.0.0.7:5062", "local": "10.0.0.1:5060",
            "title": "INVITE sip:102@office SIP/2.0", "text": "INVITE sip:102@office SIP/2.0\nTo: <sip:102@office>\n\n",
            "bytes": 900, "is_cut": false,
        }, {
            "at": "2026-07-01T08:00:00Z", "after_ms": 1250, "is_incoming": false, "is_again": true, "phone": null,
            "trunk": "line", "transport": "TCP", "peer": "10.0.0.7:5062", "local": "10.0.0.1:5060",
            "title": "SIP/2.0 200 OK", "text": "SIP/2.0 200 OK\n\n", "bytes": 4000, "is_cut": true,
        }],
    });
    assert_eq!(ladder, expected);
    let none = admin.send("GET", "/api/calls/18/ladder", &[("Accept-Language", "de")], None);
    assert_eq!(none.status, 404);
    assert!(none.json()["detail"].as_str().unwrap().contains("letzten 200 Anrufe"), "{}", none.json());
    assert_eq!(page.browser(USER, PASSWORD).get("/api/calls/17/ladder").status, 403);
}
