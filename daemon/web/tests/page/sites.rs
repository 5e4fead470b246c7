//! Sites, from the page: added, given to people, renamed with them, and removed when nobody works there (F14).

use serde_json::json;

use crate::house::{ADMIN, Browser, PASSWORD, Page};

fn etag(browser: &mut Browser<'_>) -> String {
    browser.get("/api/sites").etag()
}

#[test]
fn a_site_is_added_renamed_with_its_people_and_removed_when_nobody_works_there() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let north = json!({ "name": "North", "time_zone": "Europe/Oslo", "language": "en" });
    assert_eq!(admin.post("/api/sites", north.clone()).status, 200);
    assert_eq!(admin.post("/api/sites", north).status, 422, "there is one of this name");
    let wrong = admin.post("/api/sites", json!({ "name": "South", "number": "+4930555" }));
    assert!(wrong.json()["errors"]["number"].is_string(), "{wrong:?}");

    let person = |site: &str| json!({ "name": "Hall", "extension": "103", "voicemail": true, "site": site });
    let seen = admin.get("/api/people/3").etag();
    let nowhere = admin.send("PUT", "/api/people/3", &[("If-Match", &seen)], Some(person("Moon")));
    assert!(nowhere.json()["errors"]["site"].is_string(), "{nowhere:?}");
    assert_eq!(admin.send("PUT", "/api/people/3", &[("If-Match", &seen)], Some(person("North"))).status, 200);

    let seen = etag(&mut admin);
    let renamed = json!({ "name": "Fjord", "time_zone": "Europe/Oslo" });
    assert_eq!(admin.send("PUT", "/api/sites/North", &[("If-Match", &seen)], Some(renamed.clone())).status, 200);
    assert_eq!(admin.get("/api/people/3").json()["site"], "Fjord");
    let shown = admin.get("/api/sites").json();
    assert_eq!((&shown["sites"][0]["name"], &shown["sites"][0]["people"]), (&json!("Fjord"), &json!(1)));
    let late = admin.send("PUT", "/api/sites/Fjord", &[("If-Match", &seen)], Some(renamed));
    assert_eq!(late.status, 412);

    let seen = etag(&mut admin);
    let used = admin.send("DELETE", "/api/sites/Fjord", &[("If-Match", &seen)], None);
    assert_eq!(used.status, 409);
    assert!(used.json()["detail"].as_str().unwrap().contains("Hall"), "{used:?}");
    let row = admin.get("/api/people/3").etag();
    let none = json!({ "name": "Hall", "extension": "103", "voicemail": true });
    assert_eq!(admin.send("PUT", "/api/people/3", &[("If-Match", &row)], Some(none)).status, 200);
    let seen = etag(&mut admin);
    assert_eq!(admin.send("DELETE", "/api/sites/Fjord", &[("If-Match", &seen)], None).status, 200);
    assert_eq!(admin.get("/api/sites").json()["sites"], json!([]));
}

#[test]
fn removing_a_site_is_taken_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/sites", json!({ "name": "North" })).status, 200);
    let seen = etag(&mut admin);
    let gone = admin.send("DELETE", "/api/sites/North", &[("If-Match", &seen)], None).json();
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", gone["revision"]), json!({})).status, 200);
    assert_eq!(admin.get("/api/sites").json()["sites"][0]["name"], "North");
}
