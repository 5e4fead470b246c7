//! Rights of the office's own making, from the page: made, given, changed under people's hands, and never more than one has (F6).

use serde_json::{Value, json};

use crate::access::{WORKSHOP, change};
use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

fn right(area: &str, may: &str) -> Value {
    json!({ "area": area, "may": may })
}

fn made(browser: &mut Browser<'_>, name: &str, rights: &[(&str, &str)]) -> Answer {
    let rights: Vec<Value> = rights.iter().map(|(area, may)| right(area, may)).collect();
    browser.post("/api/profiles", json!({ "name": name, "rights": rights }))
}

/// With the version that is seen now.
fn send(browser: &mut Browser<'_>, method: &str, name: &str, body: Option<Value>) -> Answer {
    let etag = browser.get("/api/profiles").etag();
    browser.send(method, &format!("/api/profiles/{name}"), &[("If-Match", &etag)], body)
}

#[test]
fn f6_a_profile_is_made_from_a_preset_given_renamed_and_goes_when_nobody_has_it() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let seen = admin.get("/api/profiles").json();
    let office = seen["presets"].as_array().unwrap().iter().find(|row| row["preset"] == "office").unwrap().clone();
    assert!(office["rights"].as_array().unwrap().contains(&right("times", "change")), "{seen}");
    let wish = json!({ "name": "Reception", "rights": office["rights"] });
    assert_eq!(admin.post("/api/profiles", wish.clone()).status, 200);
    let twice = admin.post("/api/profiles", wish);
    assert!(twice.json()["errors"]["name"].is_string(), "{twice:?}");
    let odd = made(&mut admin, "Odd", &[("calls", "see"), ("calls", "change")]);
    assert!(odd.json()["errors"]["rights"].is_string(), "{odd:?}");
    let nobody = change(&mut admin, WORKSHOP, &json!({ "profile": "Moon" }));
    assert!(nobody.json()["errors"]["profile"].is_string(), "{nobody:?}");

    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "Reception" })).status, 200);
    let used = send(&mut admin, "DELETE", "Reception", None);
    assert_eq!((used.status, used.json()["detail"].as_str().unwrap().contains("Workshop")), (409, true), "{used:?}");
    let desk = json!({ "name": "Front office", "rights": [right("calls", "see")] });
    assert_eq!(send(&mut admin, "PUT", "Reception", Some(desk)).status, 200);
    assert_eq!(admin.get(&format!("/api/people/{WORKSHOP}")).json()["profile"], "Front office");
    let shown = admin.get("/api/profiles").json()["profiles"][0].clone();
    let expected = json!({ "name": "Front office", "rights": [right("calls", "see")], "people": [{ "id": WORKSHOP, "name": "Workshop" }], "groups": [] });
    assert_eq!(shown, expected);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "name": "Joinery" })).json()["person"]["profile"], "Front office");
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "" })).status, 200);
    assert_eq!(send(&mut admin, "DELETE", "Front%20office", None).status, 200);
    assert_eq!(admin.get("/api/profiles").json()["profiles"], json!([]));
}

#[test]
fn f6_whoever_is_signed_in_has_the_rights_of_a_profile_at_once_and_loses_them_at_once() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(made(&mut admin, "Watch", &[("live", "see")]).status, 200);
    assert_eq!(user.get("/api/live").status, 403);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "Watch" })).status, 200);
    assert_eq!(user.get("/api/live").status, 200);
    let told = user.get("/api/me/rights").json();
    let of = |area: &str| told["rights"].as_array().unwrap().iter().find(|row| row["area"] == area).unwrap().clone();
    let expected =
        json!({ "area": "live", "may": "see", "preset": null, "roles": [], "profile": "Watch", "groups": [] });
    assert_eq!((&told["profile"], of("live")), (&json!("Watch"), expected));
    let wish = json!({ "name": "Watch", "rights": [right("calls", "see")] });
    let narrowed = send(&mut admin, "PUT", "Watch", Some(wish));
    assert_eq!((narrowed.status, user.get("/api/live").status), (200, 403));
    let taken_back = admin.post(&format!("/api/revisions/{}/undo", narrowed.json()["revision"]), json!({}));
    assert_eq!((taken_back.status, user.get("/api/live").status), (200, 200));
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "" })).status, 200);
    assert_eq!(user.get("/api/live").status, 403);
}

#[test]
fn f6_a_phone_manager_makes_and_gives_no_profile_above_their_own_rights_by_any_door() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(made(&mut admin, "Keys", &[("box", "change")]).status, 200);
    assert_eq!(made(&mut admin, "Watch", &[("live", "see")]).status, 200);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "roles": ["phone_manager"] })).status, 200);
    let mut manager = page.browser(USER, PASSWORD);
    let is_refused = |answer: Answer| assert_eq!(answer.status, 403, "{answer:?}");
    is_refused(made(&mut manager, "Mine", &[("box", "see")]));
    is_refused(send(&mut manager, "PUT", "Watch", Some(json!({ "name": "Watch", "rights": [right("box", "see")] }))));
    is_refused(send(&mut manager, "PUT", "Keys", Some(json!({ "name": "Keys", "rights": [] }))));
    is_refused(send(&mut manager, "DELETE", "Keys", None));
    is_refused(change(&mut manager, WORKSHOP, &json!({ "profile": "Keys" })));
    is_refused(change(&mut manager, 3, &json!({ "profile": "Keys" })));
    is_refused(manager.post("/api/people", json!({ "name": "New", "profile": "Keys" })));
    // What an administrator gave and took: neither taking that back nor the office of then gives it again.
    let given = change(&mut admin, 3, &json!({ "profile": "Keys" })).json()["revision"].clone();
    let taken = change(&mut admin, 3, &json!({ "profile": "" })).json()["revision"].clone();
    is_refused(manager.post(&format!("/api/revisions/{taken}/undo"), json!({})));
    is_refused(manager.post(&format!("/api/revisions/{given}/restore"), json!({})));
    assert_eq!(change(&mut admin, 3, &json!({ "profile": "Keys" })).status, 200);
    is_refused(change(&mut manager, 3, &json!({ "email": "hall@example.com" })));
    is_refused(change(&mut manager, 3, &json!({ "profile": "" })));
    is_refused(manager.post("/api/people/3/password", json!({ "password": "another lantern in the fog" })));
    let etag = manager.get("/api/people/3").etag();
    is_refused(manager.send("DELETE", "/api/people/3", &[("If-Match", &etag)], None));
    // What is theirs, they give and take.
    assert_eq!(made(&mut manager, "Help", &[("phonebook", "change")]).status, 200);
    assert_eq!(change(&mut manager, WORKSHOP, &json!({ "profile": "Help" })).status, 200);
    // An office manager gives nothing, and reads nothing of it.
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "role": "office", "roles": [], "profile": "" })).status, 200);
    is_refused(manager.get("/api/profiles"));
    is_refused(made(&mut manager, "Mine", &[("codes", "see")]));
    is_refused(change(&mut manager, 3, &json!({ "name": "Great hall" })));
}

/// Whoever is given the history alone brings back nothing that they may not change themselves.
#[test]
fn f6_the_history_alone_is_no_way_around_the_rights_of_a_table() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(made(&mut admin, "Past", &[("history", "change")]).status, 200);
    let given = change(&mut admin, WORKSHOP, &json!({ "profile": "Past" })).json()["revision"].clone();
    let times = json!({ "name": "Fair", "times": ["Mon 10:00-12:00"] });
    let timed = admin.post("/api/time-groups/office", times).json()["revision"].clone();
    assert!(timed.as_u64() > given.as_u64(), "{timed} after {given}");
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.post(&format!("/api/revisions/{timed}/undo"), json!({})).status, 403);
    assert_eq!(user.post(&format!("/api/revisions/{given}/restore"), json!({})).status, 403);
    assert_eq!(made(&mut admin, "Times past", &[("history", "change"), ("times", "change")]).status, 200);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "Times past" })).status, 200);
    assert_eq!(user.post(&format!("/api/revisions/{timed}/undo"), json!({})).status, 200);
}

/// The managers of a site change its times: who may change numbers and no times does not make themselves one.
#[test]
fn f6_numbers_alone_name_nobody_who_manages_the_times_of_a_site() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(made(&mut admin, "Lines", &[("numbers", "change"), ("people", "see")]).status, 200);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "profile": "Lines" })).status, 200);
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.post("/api/sites", json!({ "name": "Island", "managers": ["102"] })).status, 403);
    assert_eq!(user.post("/api/sites", json!({ "name": "Island", "managers": [] })).status, 200);
    let etag = user.get("/api/sites").etag();
    let wish = json!({ "name": "Island", "managers": ["102"] });
    let named = |browser: &mut Browser<'_>| {
        browser.send("PUT", "/api/sites/Island", &[("If-Match", &etag)], Some(wish.clone())).status
    };
    assert_eq!((named(&mut user), named(&mut admin)), (403, 200));
}
