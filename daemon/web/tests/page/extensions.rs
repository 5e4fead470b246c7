//! Extension status: every extension at a glance, and the switches of all of them (F160).

use std::time::Duration;

use pbx::status::{BindingStatus, PhoneStatus};
use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

fn all(browser: &mut Browser<'_>, query: &str) -> Vec<String> {
    let shown = browser.get(&format!("/api/extensions{query}")).json();
    let rows = shown["extensions"].as_array().unwrap().iter();
    rows.map(|row| row["extension"].as_str().unwrap().to_owned()).collect()
}

fn row(browser: &mut Browser<'_>, extension: &str) -> Value {
    let shown = browser.get("/api/extensions").json();
    let mut rows = shown["extensions"].as_array().unwrap().iter();
    rows.find(|row| row["extension"] == extension).unwrap().clone()
}

/// How a diversion of that extension stands.
fn known(browser: &mut Browser<'_>, extension: &str, kind: &str) -> Value {
    let row = row(browser, extension);
    let mut rows = row["diversions"].as_array().unwrap().iter();
    rows.find(|one| one["kind"] == kind).cloned().unwrap_or_default()
}

fn set(browser: &mut Browser<'_>, extension: &str, kind: &str, wish: Value) -> Answer {
    browser.send("PUT", &format!("/api/extensions/{extension}/diversions/{kind}"), &[], Some(wish))
}

/// Every revision since this one, the newest first: who made it.
fn authors(browser: &mut Browser<'_>, since: u64) -> Vec<String> {
    let shown = browser.get("/api/revisions").json();
    let rows = shown["revisions"].as_array().unwrap().iter().filter(|row| row["id"].as_u64() > Some(since));
    rows.map(|row| row["author"].as_str().unwrap().to_owned()).collect()
}

fn answers(browser: &mut Browser<'_>, who: &str, diversions: Value) {
    let path = format!("/api/answering/{who}");
    let seen = browser.get(&path);
    let mut rows = seen.json();
    rows["diversions"] = diversions;
    let saved = browser.send("PUT", &path, &[("If-Match", &seen.etag())], Some(rows));
    assert_eq!(saved.status, 200, "{saved:?}");
}

#[test]
fn f160_whatever_is_switched_on_is_seen_and_switched_off_in_the_name_of_who_does_it() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut user = page.browser(USER, PASSWORD);
    let before = page.revision();
    assert_eq!(set(&mut admin, "102", "dnd", json!({ "on": true })).status, 200);
    assert_eq!(known(&mut admin, "102", "dnd")["on"], true);
    assert_eq!(user.get("/api/answering/me").json()["diversions"][0]["kind"], "dnd", "the owner's page has it");
    let to = json!({ "kind": "person", "id": "103" });
    assert_eq!(set(&mut admin, "102", "busy", json!({ "on": true, "to": to })).status, 200);
    assert_eq!(known(&mut admin, "102", "busy")["to"], to);
    assert_eq!(authors(&mut admin, before), ["Front Desk", "Front Desk"]);
    // Off keeps where calls went, and on again they go there.
    assert_eq!(set(&mut admin, "102", "busy", json!({ "on": false })).status, 200);
    assert_eq!(known(&mut admin, "102", "busy")["on"], false);
    assert_eq!(set(&mut admin, "102", "busy", json!({ "on": true })).status, 200);
    assert_eq!(known(&mut admin, "102", "busy")["to"], to);
    assert_eq!(row(&mut admin, "102")["is_diverted"], true);
    assert_eq!(all(&mut admin, "?on=true"), ["102"]);
    assert_eq!(all(&mut admin, "?on=false"), ["101", "103"]);
    let revision = page.revision();
    assert_eq!(set(&mut admin, "102", "dnd", json!({ "on": true })).status, 200);
    assert_eq!(page.revision(), revision, "what is so already is no change");
}

#[test]
fn f160_all_is_switched_off_for_chosen_extensions_in_one_revision_that_one_undo_takes_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for extension in ["101", "102", "103"] {
        assert_eq!(set(&mut admin, extension, "dnd", json!({ "on": true })).status, 200);
    }
    let before = page.revision();
    let off =
        |browser: &mut Browser<'_>, which: Value| browser.post("/api/extensions/off", json!({ "extensions": which }));
    let done = off(&mut admin, json!(["101", "103"]));
    assert_eq!((done.status, page.revision()), (200, before + 1), "{done:?}");
    assert_eq!(all(&mut admin, "?on=true"), ["102"]);
    assert_eq!(off(&mut admin, json!(["102", "999"])).status, 404);
    assert_eq!(all(&mut admin, "?on=true"), ["102"], "nothing where one of them is none");
    for bad in [json!([]), json!(vec!["102"; 501])] {
        let refused = off(&mut admin, bad);
        assert!(refused.json()["errors"]["extensions"].is_string(), "{refused:?}");
    }
    let undo = format!("/api/revisions/{}/undo", done.json()["revision"]);
    assert_eq!(admin.post(&undo, json!({})).status, 200);
    assert_eq!(all(&mut admin, "?on=true"), ["101", "102", "103"]);
}

#[test]
fn f160_who_may_change_users_only_sees_all_and_changes_those() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let seen = admin.get("/api/people/2").etag();
    let office = json!({ "name": "Workshop", "email": USER, "extension": "102", "voicemail": true, "role": "office" });
    assert_eq!(admin.send("PUT", "/api/people/2", &[("If-Match", &seen)], Some(office)).status, 200);
    let mut office = page.browser(USER, PASSWORD);
    let may = ["101", "102", "103"].map(|extension| row(&mut office, extension)["may_change"].clone());
    assert_eq!(may, [json!(false), json!(true), json!(true)], "an administrator's is not theirs to change");
    assert_eq!(set(&mut office, "101", "dnd", json!({ "on": true })).status, 403);
    assert_eq!(office.post("/api/extensions/off", json!({ "extensions": ["103", "101"] })).status, 403);
    assert_eq!(set(&mut office, "103", "dnd", json!({ "on": true })).status, 200);
    let before = page.revision() - 1;
    assert_eq!(authors(&mut admin, before), ["Workshop"]);
}

#[test]
fn f160_what_cannot_be_is_refused_with_why() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let before = page.revision();
    for kind in ["follow_me", "secretary"] {
        let refused = set(&mut admin, "102", kind, json!({ "on": true }));
        assert_eq!(refused.status, 409, "{kind}: {refused:?}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("Workshop"), "{refused:?}");
    }
    for to in [json!({ "kind": "moon", "id": "1" }), json!({ "kind": "person", "id": "999" })] {
        let refused = set(&mut admin, "102", "always", json!({ "on": true, "to": to }));
        assert!(refused.json()["errors"]["to"].is_string(), "{refused:?}");
    }
    // An assistant without a message would say nothing.
    assert_eq!(set(&mut admin, "102", "assistant", json!({ "on": true })).status, 409);
    assert_eq!(set(&mut admin, "102", "sometimes", json!({ "on": true })).status, 404);
    assert_eq!(set(&mut admin, "999", "dnd", json!({ "on": true })).status, 404);
    assert_eq!(page.revision(), before);
}

#[test]
fn f160_secretaries_rules_and_time_groups_are_seen_as_they_hold_now() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let group = |name: &str, times: &str| json!({ "name": name, "times": [times] });
    // The clock says Wednesday, 1 July 2026, 10:00 in Berlin.
    for (name, times) in [("Open", "Mon-Fri 08:00-18:00"), ("Sunday", "Sun")] {
        assert_eq!(admin.post("/api/time-groups/office", group(name, times)).status, 200);
    }
    let secretary = json!({ "kind": "secretary", "secretaries": [{ "extension": "103" }] });
    answers(&mut admin, "2", json!([secretary, { "kind": "dnd", "when": "Sunday" }]));
    let seen = admin.get("/api/answering/3").etag();
    let rule = json!({ "when": "Open", "ring_s": 40 });
    assert_eq!(admin.send("POST", "/api/answering/3/rules", &[("If-Match", &seen)], Some(rule)).status, 200);
    let secretary = known(&mut admin, "102", "secretary");
    assert_eq!((&secretary["on"], &secretary["list"]), (&json!(true), &json!(["103"])));
    let dnd = known(&mut admin, "102", "dnd");
    assert_eq!((&dnd["on"], &dnd["when"]), (&json!(false), &json!("Sunday")));
    assert_eq!(dnd["until"], "2026-07-04T22:00:00Z", "when Sunday begins");
    assert_eq!(set(&mut admin, "102", "dnd", json!({ "on": true })).status, 200);
    let dnd = known(&mut admin, "102", "dnd");
    assert_eq!((&dnd["on"], &dnd["until"]), (&json!(true), &json!("2026-07-04T22:00:00Z")), "by hand until then");
    let hall = row(&mut admin, "103");
    assert_eq!((&hall["rule"], &hall["bosses"][0]["extension"]), (&json!("Open"), &json!("102")));
    assert_eq!(row(&mut admin, "102")["rule"], Value::Null);
    page.wait(Duration::from_secs(9 * 3600));
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(row(&mut admin, "103")["rule"], Value::Null, "in the evening");
}

#[test]
fn f160_several_are_searched_for_at_once_and_taken_along_as_a_table() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (query, found) in [
        ("", vec!["101", "102", "103"]),
        ("?q=front", vec!["101"]),
        ("?q=101,%20hall", vec!["101", "103"]),
        ("?q=%20,%20;", vec!["101", "102", "103"]),
        ("?q=10", vec!["101", "102", "103"]),
        ("?q=nobody", vec![]),
        ("?q=10&limit=2", vec!["101", "102"]),
        ("?q=10&on=true", vec![]),
    ] {
        assert_eq!(all(&mut admin, query), found, "{query:?}");
    }
    let shown = admin.get("/api/extensions?q=10&limit=1").json();
    assert_eq!((&shown["found"], &shown["all"]), (&json!(3), &json!(3)));
    set(&mut admin, "103", "always", json!({ "on": true, "to": { "kind": "number", "id": "0170 5550100" } }));
    let table = admin.get("/api/extensions/export?q=hall,front&limit=1");
    let text = String::from_utf8(table.body.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "the heading and both: {text}");
    assert!(lines[1].starts_with("101,Front Desk,,,offline,0,1,"), "{text}");
    assert!(lines[2].contains("number 01705550100"), "{text}");
}

#[test]
fn f160_what_a_private_lamp_hides_is_hidden_from_who_sees_no_running_calls() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let write = |browser: &mut Browser<'_>, id: u32, body: Value| {
        let path = format!("/api/people/{id}");
        let seen = browser.get(&path).etag();
        assert_eq!(browser.send("PUT", &path, &[("If-Match", &seen)], Some(body)).status, 200);
    };
    let hall = json!({ "name": "Hall", "email": "hall@example.com", "extension": "103", "role": "office" });
    write(&mut admin, 3, hall);
    assert_eq!(admin.post("/api/people/3/password", json!({ "password": PASSWORD })).status, 200);
    let binding = BindingStatus {
        contact: "sip:u102@192.0.2.7:49152;transport=tcp".to_owned(),
        source: "192.0.2.7:49152".to_owned(),
        transport: "TCP".to_owned(),
        user_agent: "Desk Phone 3.2.1".to_owned(),
        expires_at: "2026-07-01T09:00:00Z".parse().unwrap(),
        reachable: true,
        since: None,
        round_trip_ms: None,
    };
    let (name, extension) = ("102a".to_owned(), "102".to_owned());
    page.phone_is(PhoneStatus { name, extension, since: None, bindings: vec![binding] });
    // 101 calls 102.
    page.call_is(7, "ringing");
    let mut office = page.browser("hall@example.com", PASSWORD);
    assert_eq!(row(&mut office, "102")["state"], "ringing");
    let private = json!({ "name": "Workshop", "email": USER, "extension": "102", "private_lamp": true });
    write(&mut admin, 2, private);
    assert_eq!(row(&mut office, "102")["state"], "idle");
    let table = office.get("/api/extensions/export?q=workshop");
    let text = String::from_utf8(table.body.clone()).unwrap();
    assert!(text.contains("102,Workshop,,,") && !text.contains("ringing"), "{text}");
    assert_eq!(row(&mut admin, "102")["state"], "ringing", "who sees running calls sees this one");
}
