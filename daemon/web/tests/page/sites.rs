//! Sites, from the page: added, given to people, renamed with them, and removed when nobody works there (F14).

use serde_json::{Value, json};
use web::lan::Office;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

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
    assert_eq!(shown["sites"][0]["hold_music"], true, "unless it is switched off");
    let quiet = json!({ "name": "Fjord", "time_zone": "Europe/Oslo", "hold_music": false });
    let now = etag(&mut admin);
    assert_eq!(admin.send("PUT", "/api/sites/Fjord", &[("If-Match", &now)], Some(quiet)).status, 200);
    let shown = admin.get("/api/sites").json();
    assert_eq!(shown["sites"][0]["hold_music"], false);
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

fn with_island(page: &Page) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    let office = json!({ "name": "Open", "times": ["Mon-Fri 08:00-18:00"] });
    assert_eq!(admin.post("/api/time-groups/office", office).status, 200);
    for (name, managers) in [("Island", json!(["102"])), ("Depot", json!([]))] {
        let site = json!({ "name": name, "time_zone": "Atlantic/Canary", "managers": managers });
        assert_eq!(admin.post("/api/sites", site).status, 200, "{name}");
    }
}

/// Owner and name of all groups that an address shows.
fn groups(browser: &mut Browser<'_>, who: &str) -> Vec<(String, String, bool)> {
    let shown = browser.get(&format!("/api/time-groups/{who}")).json();
    let text = |value: &Value| value.as_str().unwrap_or("office").to_owned();
    let groups = shown["groups"].as_array().unwrap().iter();
    groups.map(|group| (text(&group["site"]), text(&group["name"]), group["is_own"].as_bool().unwrap())).collect()
}

fn moves(browser: &mut Browser<'_>, id: u32, site: Option<&str>) -> (u16, Value) {
    let path = format!("/api/people/{id}");
    let mut person = browser.get(&path).json();
    let mut sent = json!({ "site": site });
    for field in ["name", "extension", "voicemail", "email", "role", "roles"] {
        sent[field] = person[field].take();
    }
    let seen = browser.get(&path).etag();
    let answer = browser.send("PUT", &path, &[("If-Match", &seen)], Some(sent));
    (answer.status, answer.json())
}

#[test]
fn f47_a_site_has_time_groups_that_its_people_use_and_its_managers_change() {
    let page = Page::new();
    with_island(&page);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut user = page.browser(USER, PASSWORD);
    let open = json!({ "name": "Open", "times": ["Mon-Fri 10:00-14:00"], "number": 1 });
    // Whoever manages the one site changes its groups, and no others.
    assert_eq!(user.post("/api/time-groups/site:Island", open.clone()).status, 200);
    for refused in ["site:Depot", "office"] {
        assert_eq!(user.post(&format!("/api/time-groups/{refused}"), open.clone()).status, 403, "{refused}");
        assert_eq!(user.get(&format!("/api/time-groups/{refused}")).status, 403, "{refused}");
    }
    assert_eq!(user.get("/api/time-groups/site:Moon").status, 404);
    assert_eq!(user.get("/api/time-groups/me").json()["sites"], json!(["Island"]));
    assert_eq!(admin.get("/api/time-groups/office").json()["sites"], json!(["Island", "Depot"]));
    let here = ("Island".to_owned(), "Open".to_owned(), true);
    let shared = |own: &(String, String, bool)| (own.0.clone(), own.1.clone(), false);
    let office = ("office".to_owned(), "Open".to_owned(), false);
    assert_eq!(groups(&mut user, "site:Island"), [here.clone(), office.clone()]);
    assert_eq!(groups(&mut user, "me"), std::slice::from_ref(&office), "they do not work there");
    let shown = user.get("/api/time-groups/site:Island").json();
    let clock = json!("Atlantic/Canary");
    assert_eq!((&shown["time_zone"], &shown["groups"][0]["time_zone"]), (&clock, &clock));
    assert_eq!(shown["groups"][0]["is_shared"], json!(true));

    // Whoever works there has rules by it, follows its new name, and takes none along that would mean nothing.
    let id = page.house.config().extension("102").unwrap().person.0;
    let moved = moves(&mut admin, id, Some("Island"));
    assert_eq!(moved.0, 200, "{moved:?}");
    assert_eq!(groups(&mut user, "me"), [shared(&here), office]);
    let me = "/api/answering/me";
    let rules = json!({ "rules": [{ "when": "Open", "dnd": true }], "otherwise": {}, "diversions": [], "callers": [] });
    let seen = user.get(me).etag();
    assert_eq!(user.send("PUT", me, &[("If-Match", &seen)], Some(rules)).status, 200);
    let times = "/api/time-groups/site:Island";
    let seen = user.get(times).etag();
    let renamed = json!({ "name": "Beach hours", "times": ["Mon-Fri 10:00-14:00"] });
    assert_eq!(user.send("PUT", &format!("{times}/Open"), &[("If-Match", &seen)], Some(renamed)).status, 200);
    assert_eq!(user.get(me).json()["rules"][0]["when"], "Beach hours");
    let seen = user.get(times).etag();
    let kept = user.send("DELETE", &format!("{times}/Beach%20hours"), &[("If-Match", &seen)], None);
    assert_eq!((kept.status, kept.json()["detail"].as_str().unwrap().contains("102")), (409, true), "{kept:?}");
    let (status, problem) = moves(&mut admin, id, Some("Depot"));
    assert_eq!(status, 409, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("Beach hours"), "{problem}");
    let there = json!({ "name": "Beach hours", "times": ["Sat"] });
    assert_eq!(admin.post("/api/time-groups/site:Depot", there).status, 200);
    assert_eq!(moves(&mut admin, id, Some("Depot")).0, 200, "there is one of that name");
}

#[test]
fn f47_a_site_keeps_its_time_groups_under_another_name_and_takes_them_along() {
    let page = Page::new();
    with_island(&page);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let open = json!({ "name": "Open", "times": ["Mon-Fri 10:00-14:00"] });
    assert_eq!(admin.post("/api/time-groups/site:Island", open).status, 200);
    let seen = etag(&mut admin);
    let renamed = json!({ "name": "Reef", "managers": ["102"] });
    assert_eq!(admin.send("PUT", "/api/sites/Island", &[("If-Match", &seen)], Some(renamed)).status, 200);
    let first = |admin: &mut Browser<'_>| admin.get("/api/sites").json()["sites"][0].clone();
    let shown = first(&mut admin);
    assert_eq!(
        (&shown["name"], &shown["time_groups"], &shown["managers"]),
        (&json!("Reef"), &json!(1), &json!(["102"]))
    );
    assert_eq!(groups(&mut admin, "site:Reef").len(), 2);
    let wrong = json!({ "name": "Reef", "managers": ["199"] });
    let seen = etag(&mut admin);
    let wrong = admin.send("PUT", "/api/sites/Reef", &[("If-Match", &seen)], Some(wrong));
    assert_eq!((wrong.status, wrong.json()["errors"]["managers"].is_string()), (422, true), "{wrong:?}");
    // Whoever gets the number next must not manage the site.
    let id = page.house.config().extension("102").unwrap().person.0;
    let row = admin.get(&format!("/api/people/{id}")).etag();
    let named = admin.send("DELETE", &format!("/api/people/{id}"), &[("If-Match", &row)], None);
    assert_eq!((named.status, named.json()["detail"].as_str().unwrap().contains("Reef")), (409, true), "{named:?}");
    let gone = admin.send("DELETE", "/api/sites/Reef", &[("If-Match", &seen)], None);
    assert_eq!(gone.status, 200);
    let told = admin.get("/api/revisions").json().to_string();
    assert!(told.contains("Reef"), "{told}");
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", gone.json()["revision"]), json!({})).status, 200);
    assert_eq!(first(&mut admin), shown);
}
