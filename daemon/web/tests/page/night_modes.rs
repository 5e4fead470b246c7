//! Night modes: made by who may change the office's times, switched by those and by who is named, and told to nobody else.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const MODES: &str = "/api/night-modes";

fn change(browser: &mut Browser<'_>, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let etag = browser.get(MODES).etag();
    let answer = browser.send(method, path, &[("If-Match", &etag)], body);
    (answer.status, answer.json())
}

fn night(extensions: &[&str]) -> Value {
    let groups = json!([{ "group": "Open", "is_open": false }, { "group": "Always", "is_open": false }]);
    json!({ "name": "Night", "number": 1, "groups": groups, "extensions": extensions })
}

fn with_night(page: &Page, extensions: &[&str]) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (name, times) in [("Open", "Mon-Fri 08:00-18:00"), ("Always", "always")] {
        let group = json!({ "name": name, "times": [times] });
        assert_eq!(admin.post("/api/time-groups/office", group).status, 200, "{name}");
    }
    assert_eq!(admin.post(MODES, night(extensions)).status, 200);
}

fn first(browser: &mut Browser<'_>) -> Value {
    browser.get(MODES).json()["modes"][0].clone()
}

fn group(browser: &mut Browser<'_>, name: &str) -> Value {
    let shown = browser.get("/api/time-groups/office").json();
    shown["groups"].as_array().unwrap().iter().find(|group| group["name"] == name).unwrap().clone()
}

#[test]
fn f52_a_night_mode_is_switched_on_and_off_and_says_who_and_until_when() {
    let page = Page::new();
    with_night(&page, &[]);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let shown = first(&mut admin);
    assert_eq!((&shown["is_on"], &shown["by"], &shown["holds"]), (&json!(false), &Value::Null, &json!([])));
    let switch = "/api/night-modes/Night/switch";
    assert_eq!(admin.post(switch, json!({ "on": true })).status, 200);
    let shown = first(&mut admin);
    let name = admin.get("/api/me").json()["name"].clone();
    assert_eq!((&shown["is_on"], &shown["by"], shown["since"].is_string()), (&json!(true), &name, true));
    // One changes by itself, and the other never does.
    assert!(shown["holds"][0]["until"].is_string() && shown["holds"][1]["until"].is_null(), "{shown}");
    let always = group(&mut admin, "Always");
    assert_eq!(
        (&always["is_open"], &always["is_forced"], &always["night_mode"]),
        (&json!(false), &json!(true), &json!("Night"))
    );
    assert_eq!(admin.post(switch, json!({ "on": true, "for_good": true })).status, 200);
    assert!(first(&mut admin)["holds"][0]["until"].is_null());
    assert_eq!(admin.post(switch, json!({ "on": true, "until": "2001-01-01T00:00:00Z" })).status, 422);
    assert_eq!(admin.post(switch, json!({ "on": true, "until": "2199-01-01T00:00:00Z" })).status, 200);
    assert_eq!(first(&mut admin)["holds"][1]["until"], "2199-01-01T00:00:00Z");
    // Who forces one group alone takes it out.
    assert_eq!(admin.post("/api/time-groups/office/Always/force", json!({ "state": "auto" })).status, 200);
    assert_eq!(first(&mut admin)["holds"].as_array().unwrap().len(), 1);
    assert_eq!(group(&mut admin, "Always")["is_open"], true);
    assert_eq!(admin.post(switch, json!({ "on": false })).status, 200);
    assert_eq!(first(&mut admin)["is_on"], false);
    assert_eq!(admin.post("/api/night-modes/None/switch", json!({ "on": true })).status, 404);
}

#[test]
fn f52_who_is_named_switches_it_and_changes_nothing_else() {
    let page = Page::new();
    with_night(&page, &[]);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut user = page.browser(USER, PASSWORD);
    let switch = "/api/night-modes/Night/switch";
    assert_eq!(user.get(MODES).json()["modes"], json!([]));
    for path in [switch, "/api/night-modes/None/switch"] {
        assert_eq!(user.post(path, json!({ "on": true })).status, 403, "{path}");
    }
    assert_eq!(change(&mut admin, "PUT", "/api/night-modes/Night", Some(night(&["102"]))).0, 200);
    assert_eq!(user.get(MODES).json()["modes"][0]["name"], "Night");
    assert_eq!(user.post(switch, json!({ "on": true })).status, 200);
    let name = user.get("/api/me").json()["name"].clone();
    assert_eq!(first(&mut admin)["by"], name);
    assert_eq!(user.post(MODES, night(&[])).status, 403);
    assert_eq!(change(&mut user, "PUT", "/api/night-modes/Night", Some(night(&[]))).0, 403);
    assert_eq!(change(&mut user, "DELETE", "/api/night-modes/Night", None).0, 403);
    assert_eq!(user.post(switch, json!({ "on": false })).status, 200);
}

#[test]
fn f52_a_night_mode_is_changed_while_it_is_on_undone_and_removed() {
    let page = Page::new();
    with_night(&page, &[]);
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/night-modes/Night/switch", json!({ "on": true, "for_good": true })).status, 200);
    // What it forces as before it goes on to hold, and nothing else.
    let changed = json!({ "name": "Late", "groups": [{ "group": "Always", "is_open": false }, { "group": "Open", "is_open": true }] });
    let etag = admin.get(MODES).etag();
    assert_eq!(change(&mut admin, "PUT", "/api/night-modes/Night", Some(changed.clone())).0, 200);
    let shown = first(&mut admin);
    assert_eq!((&shown["name"], shown["holds"].as_array().unwrap().len()), (&json!("Late"), 1), "{shown}");
    let old = admin.send("PUT", "/api/night-modes/Late", &[("If-Match", &etag)], Some(changed));
    assert_eq!(old.status, 412);
    // Its groups keep it from being removed, and take it along to another name.
    let groups = "/api/time-groups/office";
    let etag = admin.get(groups).etag();
    let kept = admin.send("DELETE", "/api/time-groups/office/Always", &[("If-Match", &etag)], None);
    assert_eq!((kept.status, kept.json()["detail"].as_str().unwrap().contains("Late")), (409, true));
    let renamed = json!({ "name": "Ever", "times": ["always"] });
    assert_eq!(admin.send("PUT", "/api/time-groups/office/Always", &[("If-Match", &etag)], Some(renamed)).status, 200);
    assert_eq!(group(&mut admin, "Ever")["night_mode"], "Late");
    assert_eq!(change(&mut admin, "DELETE", "/api/night-modes/Late", None).0, 200);
    assert_eq!(group(&mut admin, "Ever")["is_open"], true);
    let revisions = admin.get("/api/revisions").json();
    let last = revisions["revisions"][0].clone();
    assert_eq!(
        (&last["changes"][0]["table"], &last["changes"][0]["before"]),
        (&json!("night_mode"), &json!("Late")),
        "{last}"
    );
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", last["id"]), json!({})).status, 200);
    assert_eq!(
        (first(&mut admin)["is_on"].clone(), group(&mut admin, "Ever")["is_open"].clone()),
        (json!(true), json!(false))
    );
}

#[test]
fn f52_a_night_mode_that_means_nothing_is_refused_in_words() {
    let page = Page::new();
    with_night(&page, &[]);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let late = |groups: Value| json!({ "name": "Late", "groups": groups });
    for (body, field) in [
        (late(json!([])), "groups"),
        (late(json!([{ "group": "None", "is_open": true }])), "groups"),
        (late(json!([{ "group": "Open", "is_open": true }, { "group": "Open", "is_open": false }])), "groups"),
        (night(&[]), "name"),
        (json!({ "name": "Late", "number": 1, "groups": [{ "group": "Open", "is_open": true }] }), "number"),
        (
            json!({ "name": "Late", "extensions": ["999"], "groups": [{ "group": "Open", "is_open": true }] }),
            "extensions",
        ),
    ] {
        let answer = admin.post(MODES, body.clone());
        assert_eq!(answer.status, 422, "{body}");
        assert!(answer.json()["errors"][field].is_string(), "{}", answer.json());
    }
}
