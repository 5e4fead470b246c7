//! Callers from outside whom the whole office does not want: shown and changed.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page};

fn put(browser: &mut Browser<'_>, body: Value) -> (u16, Value) {
    let etag = browser.get("/api/callers").etag();
    let answer = browser.send("PUT", "/api/callers", &[("If-Match", &etag)], Some(body));
    (answer.status, answer.json())
}

#[test]
fn the_list_is_kept_as_it_was_written_and_told_by_the_history() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let first = admin.get("/api/callers").json();
    assert_eq!((&first["callers"], &first["blocked_hear"]), (&json!([]), &json!("disconnected")));
    assert_eq!(first["anonymous_hear"], json!(null));
    let rows = json!([
        { "number": "+4940*", "allow": false, "until": null, "note": "sells windows" },
        { "number": "+49405551*", "allow": true, "until": "2027-01-01T00:00:00Z", "note": null },
    ]);
    let body = json!({ "callers": rows, "blocked_hear": "busy", "anonymous_hear": "announcement" });
    assert_eq!(put(&mut admin, body).0, 200);
    let shown = admin.get("/api/callers").json();
    assert_eq!((&shown["callers"], &shown["blocked_hear"]), (&rows, &json!("busy")));
    assert_eq!(shown["anonymous_hear"], json!("announcement"));
    let history = admin.get("/api/revisions").json();
    let changes = history["revisions"][0]["changes"].to_string();
    assert!(changes.contains(r#""table":"caller""#) && changes.contains("+4940*"), "{changes}");
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let caller = |number: &str| json!({ "number": number, "allow": false });
    for (body, field) in [
        (json!({ "callers": [caller("nobody")] }), "number"),
        (json!({ "callers": [caller("+49*"), caller("+49*")] }), "number"),
        (json!({ "callers": [], "blocked_hear": "music" }), "blocked_hear"),
        (json!({ "callers": [], "anonymous_hear": "music" }), "anonymous_hear"),
    ] {
        let (status, problem) = put(&mut admin, body.clone());
        assert_eq!(status, 422, "{body}: {problem}");
        assert!(problem["errors"][field].is_string(), "{body}: {problem}");
    }
    let old = admin.send("PUT", "/api/callers", &[("If-Match", "\"old\"")], Some(json!({ "callers": [] })));
    assert_eq!(old.status, 412);
}
