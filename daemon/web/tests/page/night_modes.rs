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

#[test]
fn f31_a_time_group_in_use_is_removed_only_with_another_one_in_its_place() {
    let page = Page::new();
    with_night(&page, &[]);
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    let (office, me, own) = ("/api/time-groups/office", "/api/answering/me", "/api/time-groups/me");
    assert_eq!(admin.post(office, json!({ "name": "Late", "times": ["Mon-Fri 18:00-22:00"] })).status, 200);
    let rules = json!({ "rules": [{ "when": "Open", "dnd": true }], "otherwise": {}, "callers": [],
        "diversions": [{ "kind": "dnd", "when": "Open" }] });
    let seen = user.get(me).etag();
    let saved = user.send("PUT", me, &[("If-Match", &seen)], Some(rules));
    assert_eq!(saved.status, 200, "{saved:?}");
    assert_eq!(admin.post("/api/night-modes/Night/switch", json!({ "on": true })).status, 200);
    let removed = |admin: &mut Browser<'_>, query: &str| {
        let seen = admin.get(office).etag();
        let answer = admin.send("DELETE", &format!("{office}/Open{query}"), &[("If-Match", &seen)], None);
        (answer.status, answer.json())
    };
    let (status, told) = removed(&mut admin, "");
    let detail = told["detail"].as_str().unwrap();
    assert!(status == 409 && detail.contains("102") && detail.contains("Night"), "{told}");
    for nowhere in ["Open", "Never"] {
        let (status, told) = removed(&mut admin, &format!("?to={nowhere}"));
        assert_eq!((status, told["errors"]["to"].is_string()), (422, true), "{told}");
    }
    // A group of the user's own would be meant instead.
    assert_eq!(user.post(own, json!({ "name": "Late", "times": ["Sat"] })).status, 200);
    let (status, told) = removed(&mut admin, "?to=Late");
    assert!(status == 409 && told["detail"].as_str().unwrap().contains("102"), "{told}");
    assert_eq!(group(&mut admin, "Open")["used_by"], json!(["102", "Night"]), "nothing has changed");

    let seen = user.get(own).etag();
    assert_eq!(user.send("DELETE", &format!("{own}/Late"), &[("If-Match", &seen)], None).status, 200);
    let (status, told) = removed(&mut admin, "?to=Late");
    assert_eq!(status, 200, "{told}");
    let now = user.get(me).json();
    assert_eq!((&now["rules"][0]["when"], &now["diversions"][0]["when"]), (&json!("Late"), &json!("Late")), "{now}");
    assert_eq!(group(&mut admin, "Late")["used_by"], json!(["102", "Night"]));
    let forces: Vec<Value> = first(&mut admin)["groups"].as_array().unwrap().clone();
    assert_eq!(forces.iter().map(|one| &one["group"]).collect::<Vec<_>>(), ["Late", "Always"]);
    assert_eq!(first(&mut admin)["holds"].as_array().unwrap().len(), 1, "what it forced is let go");
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", told["revision"]), json!({})).status, 200);
    assert_eq!(group(&mut admin, "Open")["used_by"], json!(["102", "Night"]));
}
