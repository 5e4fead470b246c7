//! Time of day (F50): the time groups that an extension's calls go by, changed in place by who may, hidden and refused to others.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const PATH: &str = "/api/time-of-day/103";

/// The hall's calls go by a group of the office and one of their own; another of the office's is there besides.
fn with_times(page: &Page) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (who, name) in [("office", "Open"), ("office", "Fair"), ("3", "Evenings")] {
        let group = json!({ "name": name, "times": ["Mon-Fri 08:00-18:00"] });
        assert_eq!(admin.post(&format!("/api/time-groups/{who}"), group).status, 200, "{name}");
    }
    let seen = admin.get("/api/answering/3").etag();
    let rules = json!({
        "rules": [{ "when": "Open", "ring_s": 40 }], "otherwise": {}, "callers": [],
        "diversions": [{ "kind": "dnd", "when": "Evenings" }]
    });
    assert_eq!(admin.send("PUT", "/api/answering/3", &[("If-Match", &seen)], Some(rules)).status, 200);
}

fn person(page: &Page, id: u32, more: &Value) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    let path = format!("/api/people/{id}");
    let seen = admin.get(&path);
    let mut wish = seen.json();
    let row = wish.as_object_mut().unwrap();
    for shown in ["id", "has_pin", "has_password", "phones", "etag"] {
        row.remove(shown);
    }
    row.extend(more.as_object().unwrap().clone());
    let saved = admin.send("PUT", &path, &[("If-Match", &seen.etag())], Some(wish));
    assert_eq!(saved.status, 200, "{saved:?}");
}

/// Name, address, and whether the reader may change it.
fn groups(browser: &mut Browser<'_>) -> Vec<(String, String, bool)> {
    let answer = browser.get(PATH);
    assert_eq!(answer.status, 200, "{answer:?}");
    let shown = answer.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let groups = shown["groups"].as_array().unwrap().iter();
    groups.map(|one| (text(&one["name"]), text(&one["address"]), one["is_own"].as_bool().unwrap())).collect()
}

fn renames(browser: &mut Browser<'_>, address: &str, name: &str) -> u16 {
    let path = format!("/api/time-groups/{address}");
    let seen = browser.get(&path).etag();
    let group = json!({ "name": name, "times": ["Mon-Fri 09:00-17:00"] });
    browser.send("PUT", &format!("{path}/{name}"), &[("If-Match", &seen)], Some(group)).status
}

#[test]
fn f50_who_may_change_the_times_changes_those_of_an_extensions_calls_in_place() {
    let page = Page::new();
    with_times(&page);
    let own = |may| ("Evenings".to_owned(), "3".to_owned(), may);
    let office = |may| ("Open".to_owned(), "office".to_owned(), may);
    for role in ["decision_maker", "phone_manager", "billing", "technical", "emergency"] {
        person(&page, 2, &json!({ "roles": [role] }));
        let mut browser = page.browser(USER, PASSWORD);
        assert_eq!(groups(&mut browser), [own(true), office(true)], "{role}");
        assert_eq!(renames(&mut browser, "3", "Evenings"), 200, "{role}");
        assert_eq!(renames(&mut browser, "office", "Open"), 200, "{role}");
    }
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.get(PATH).json()["groups"][1]["used_by"], json!(["103"]));
    assert_eq!(admin.get("/api/time-of-day/199").status, 404);
}

#[test]
fn f50_everybody_else_is_refused_and_a_manager_stays_within_the_site() {
    let page = Page::new();
    with_times(&page);
    let mut user = page.browser(USER, PASSWORD);
    for path in [PATH, "/api/time-of-day/102", "/api/time-groups/3"] {
        assert_eq!(user.get(path).status, 403, "{path}");
    }
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/sites", json!({ "name": "Island", "managers": ["102"] })).status, 200);
    assert_eq!(user.get(PATH).status, 403, "the hall is somewhere else");
    person(&page, 3, &json!({ "site": "Island" }));
    let expected = [("Evenings", "3", true), ("Open", "office", false)];
    let expected = expected.map(|(name, address, may)| (name.to_owned(), address.to_owned(), may));
    assert_eq!(groups(&mut user), expected);
    assert_eq!(renames(&mut user, "3", "Evenings"), 200);
    assert_eq!(user.get("/api/time-groups/office").status, 403);
    // What somebody with rights in the office keeps for themselves is not the manager's.
    person(&page, 3, &json!({ "roles": ["technical"] }));
    assert_eq!(groups(&mut user), expected[1..]);
    assert_eq!(user.get("/api/time-groups/3").status, 403);
}
