//! Who waits to be called back: shown and ended by whom it belongs to, and by administrators; and whether that is offered at all.

use serde_json::json;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

fn targets(browser: &mut Browser<'_>, who: &str) -> Vec<String> {
    let shown = browser.get(&format!("/api/wishes/{who}")).json();
    shown["wishes"].as_array().unwrap().iter().map(|wish| wish["target"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn f95_own_wishes_are_shown_and_ended() {
    let page = Page::new();
    page.waits_for("102", "101");
    page.waits_for("102", "103");
    page.waits_for("101", "103");
    let mut user = page.browser(USER, PASSWORD);
    let shown = user.get("/api/wishes/me").json();
    assert_eq!(shown["wishes"][0], json!({ "target": "101", "name": "Front Desk", "until": "2026-07-01T09:00:00Z" }));
    assert_eq!(targets(&mut user, "me"), ["101", "103"]);
    assert_eq!(user.send("DELETE", "/api/wishes/me/101", &[], None).status, 200);
    assert_eq!(user.send("DELETE", "/api/wishes/me/101", &[], None).status, 404);
    assert_eq!(targets(&mut user, "me"), ["103"]);
}

#[test]
fn f95_those_of_others_are_seen_and_ended_by_whom_rights_reach_so_far() {
    let page = Page::new();
    page.waits_for("102", "103");
    let mut user = page.browser(USER, PASSWORD);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (mine, theirs) = (user.get("/api/me").json()["id"].clone(), admin.get("/api/me").json()["id"].clone());
    assert_eq!(user.get(&format!("/api/wishes/{theirs}")).status, 403);
    assert_eq!(user.send("DELETE", &format!("/api/wishes/{theirs}/103"), &[], None).status, 403);
    assert_eq!(targets(&mut admin, &mine.to_string()), ["103"]);
    assert_eq!(admin.send("DELETE", &format!("/api/wishes/{mine}/103"), &[], None).status, 200);
    assert!(targets(&mut user, "me").is_empty());
    assert_eq!(admin.get("/api/wishes/999999").status, 404);
}

#[test]
fn f95_offers_are_switched_with_the_diversions() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let offers = |browser: &mut Browser<'_>| browser.get("/api/answering/me").json()["completion_offers"].clone();
    assert_eq!(offers(&mut user), json!(true));
    for is_on in [false, true] {
        let seen = user.get("/api/answering/me");
        let mut sent = seen.json();
        sent["completion_offers"] = json!(is_on);
        let write: serde_json::Value = ["rules", "otherwise", "diversions", "callers", "completion_offers"]
            .into_iter()
            .map(|name| (name.to_owned(), sent[name].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        assert_eq!(user.send("PUT", "/api/answering/me", &[("If-Match", &seen.etag())], Some(write)).status, 200);
        assert_eq!(offers(&mut user), json!(is_on));
    }
}
