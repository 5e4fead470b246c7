//! Calls that the box places: begun, followed and ended by whose phones ring, by nobody else, and not where they would be refused.

use serde_json::json;

use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page, USER};

#[test]
fn f77_a_call_is_placed_followed_and_ended_by_whoever_wants_it() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let placed = user.post("/api/place", json!({ "number": "103" }));
    assert_eq!((placed.status, placed.json()), (200, json!({ "call": 41, "state": "phone", "story": null })));
    assert_eq!(user.get("/api/place/41").json()["state"], "phone");
    // Not even who may see every call ends it here, or sees how it fares.
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(
        (admin.get("/api/place/41").status, admin.send("DELETE", "/api/place/41", &[], None).status),
        (404, 404)
    );
    assert_eq!(user.send("DELETE", "/api/place/41", &[], None).status, 200);
    assert_eq!(user.get("/api/place/42").status, 404);
}

#[test]
fn f77_what_was_dialled_on_the_phone_is_not_ended_here() {
    let page = Page::new();
    page.call_up(7);
    let mut own = page.browser(ADMIN, PASSWORD);
    assert_eq!(own.get("/api/place/7").status, 404);
    assert_eq!(own.send("DELETE", "/api/place/7", &[], None).status, 404);
}

#[test]
fn f77_who_signed_in_by_pin_has_it_too() {
    let page = Page::new();
    let mut home = page.browser("102", PIN);
    assert_eq!(home.post("/api/place", json!({ "number": "103" })).status, 200);
    let shown = home.get("/api/place").json();
    assert!(shown["phones"].as_array().is_some_and(|phones| !phones.is_empty()), "{shown}");
}

#[test]
fn f77_why_a_call_is_not_placed_is_told() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let mut told = |body| {
        let answer = user.post("/api/place", body);
        let told = answer.json();
        (answer.status, told["errors"]["number"].as_str().or(told["detail"].as_str()).unwrap_or_default().to_owned())
    };
    let emergency = "this number calls for help: dial it on a phone".to_owned();
    assert_eq!(told(json!({ "number": "112" })), (422, emergency));
    let away = "your phone cannot be reached: see whether it is switched on".to_owned();
    assert_eq!(told(json!({ "number": "103", "phone": "away" })), (409, away));
    assert_eq!(told(json!({ "phone": "102a" })).0, 422);
    assert_eq!(Browser::of(&page).post("/api/place", json!({ "number": "103" })).status, 401);
}
