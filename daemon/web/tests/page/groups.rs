//! Groups of people, from the page: who is in them has their rights at once, and nobody rises by one (F112).

use serde_json::{Value, json};

use crate::access::{WORKSHOP, change};
use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

fn person(id: u32) -> Value {
    json!({ "kind": "person", "id": id.to_string() })
}

fn nested(name: &str) -> Value {
    json!({ "kind": "group", "id": name })
}

fn group(name: &str, profile: Option<&str>, members: &[Value]) -> Value {
    json!({ "name": name, "profile": profile, "members": members, "managers": [] })
}

/// With the version that is seen now.
fn send(browser: &mut Browser<'_>, method: &str, name: &str, body: Option<Value>) -> Answer {
    let etag = browser.get("/api/groups").etag();
    browser.send(method, &format!("/api/groups/{name}"), &[("If-Match", &etag)], body)
}

fn profile(browser: &mut Browser<'_>, name: &str, area: &str, may: &str) {
    let made = browser.post("/api/profiles", json!({ "name": name, "rights": [{ "area": area, "may": may }] }));
    assert_eq!(made.status, 200, "{made:?}");
}

fn is_refused(answer: Answer) {
    assert_eq!(answer.status, 403, "{answer:?}");
}

#[test]
fn f112_groups_are_nested_renamed_and_stay_while_others_hold_them() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut low = group("Low", None, &[json!({ "kind": "extension", "id": "102" })]);
    low["managers"] = json!([3]);
    assert_eq!(admin.post("/api/groups", low.clone()).status, 200);
    let twice = admin.post("/api/groups", low);
    assert!(twice.json()["errors"]["name"].is_string(), "{twice:?}");
    assert_eq!(admin.post("/api/groups", group("Top", None, &[nested("Low"), person(3)])).status, 200);
    let round = send(&mut admin, "PUT", "Low", Some(group("Low", None, &[nested("Top")])));
    let why = round.json()["errors"]["members"].as_str().unwrap_or_default().to_owned();
    assert!(round.status == 422 && (why.contains("Low > Top > Low") || why.contains("Top > Low > Top")), "{round:?}");
    let nobody = admin.post("/api/groups", group("Odd", None, &[person(99)]));
    assert!(nobody.json()["errors"]["members"].is_string(), "{nobody:?}");

    let used = send(&mut admin, "DELETE", "Low", None);
    assert_eq!((used.status, used.json()["detail"].as_str().unwrap().contains("Top")), (409, true), "{used:?}");
    let mut deep = group("Deep", None, &[json!({ "kind": "extension", "id": "102" })]);
    deep["managers"] = json!([3]);
    assert_eq!(send(&mut admin, "PUT", "Low", Some(deep)).status, 200);
    let shown = admin.get("/api/groups").json();
    let top = shown["groups"].as_array().unwrap().iter().find(|row| row["name"] == "Top").unwrap().clone();
    assert_eq!(top["members"][0], json!({ "kind": "group", "id": "Deep", "name": "Deep" }));
    let everybody = json!([{ "id": WORKSHOP, "name": "Workshop", "through": "Deep" }, { "id": 3, "name": "Hall", "through": null }]);
    assert_eq!(top["everybody"], everybody);
    let mut hall = page.browser(USER, PASSWORD);
    let mine = hall.get("/api/me/rights").json();
    assert_eq!((&mine["groups"], &mine["manages"]), (&json!(["Deep", "Top"]), &json!([])));

    let history = admin.get("/api/revisions").json()["revisions"].to_string();
    assert!(history.contains("group Low, person Hall"), "{history}");
    let gone = send(&mut admin, "DELETE", "Top", None).json();
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", gone["revision"]), json!({})).status, 200);
    assert_eq!(admin.get("/api/groups").json()["groups"].as_array().unwrap().len(), 2);
}

#[test]
fn f112_who_is_in_a_group_has_its_rights_at_once_and_loses_them_at_once() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    profile(&mut admin, "Watch", "live", "see");
    assert_eq!(admin.post("/api/groups", group("Low", None, &[])).status, 200);
    assert_eq!(admin.post("/api/groups", group("Top", Some("Watch"), &[nested("Low")])).status, 200);
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.get("/api/live").status, 403);
    let joined = send(&mut admin, "PUT", "Low", Some(group("Low", None, &[person(WORKSHOP)])));
    assert_eq!((joined.status, user.get("/api/live").status), (200, 200));
    let told = user.get("/api/me/rights").json();
    let live = told["rights"].as_array().unwrap().iter().find(|row| row["area"] == "live").unwrap().clone();
    let expected =
        json!({ "area": "live", "may": "see", "preset": null, "roles": [], "profile": null, "groups": ["Top"] });
    assert_eq!(live, expected);
    assert_eq!(send(&mut admin, "PUT", "Low", Some(group("Low", None, &[]))).status, 200);
    assert_eq!(user.get("/api/live").status, 403);
    assert_eq!(admin.post(&format!("/api/revisions/{}/restore", joined.json()["revision"]), json!({})).status, 200);
    assert_eq!(user.get("/api/live").status, 200);
    let used = {
        let etag = admin.get("/api/profiles").etag();
        admin.send("DELETE", "/api/profiles/Watch", &[("If-Match", &etag)], None)
    };
    assert_eq!((used.status, used.json()["detail"].as_str().unwrap().contains("Top")), (409, true), "{used:?}");
    assert_eq!(send(&mut admin, "DELETE", "Top", None).status, 200);
    assert_eq!(user.get("/api/live").status, 403);
}

#[test]
fn f112_a_phone_manager_rises_no_higher_by_any_group() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    profile(&mut admin, "Keys", "box", "change");
    profile(&mut admin, "Watch", "live", "see");
    for row in [group("Low", None, &[]), group("Top", Some("Keys"), &[nested("Low")]), group("Plain", None, &[])] {
        assert_eq!(admin.post("/api/groups", row).status, 200);
    }
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "roles": ["phone_manager"] })).status, 200);
    let mut manager = page.browser(USER, PASSWORD);
    let me = || person(WORKSHOP);
    let own = || json!({ "kind": "extension", "id": "102" });
    // By the group, by one within it, by an extension, by what a group carries, by a new one.
    is_refused(send(&mut manager, "PUT", "Top", Some(group("Top", Some("Keys"), &[me()]))));
    is_refused(send(&mut manager, "PUT", "Low", Some(group("Low", None, &[me()]))));
    is_refused(send(&mut manager, "PUT", "Low", Some(group("Low", None, &[own()]))));
    is_refused(send(&mut manager, "PUT", "Low", Some(group("Low", None, &[person(3)]))));
    is_refused(send(&mut manager, "PUT", "Plain", Some(group("Plain", Some("Keys"), &[]))));
    is_refused(manager.post("/api/groups", group("Mine", Some("Keys"), &[me()])));
    is_refused(send(&mut manager, "PUT", "Top", Some(group("Top", None, &[nested("Low")]))));
    is_refused(send(&mut manager, "DELETE", "Top", None));
    // By an extension that somebody in it gives up: it is taken out there first.
    assert_eq!(
        send(&mut admin, "PUT", "Low", Some(group("Low", None, &[json!({ "kind": "extension", "id": "103" })]))).status,
        200
    );
    is_refused(change(&mut manager, 3, &json!({ "email": "hall@example.com" })));
    let left = change(&mut admin, 3, &json!({ "extension": "109" }));
    assert_eq!((left.status, left.json()["detail"].as_str().unwrap().contains("Low")), (409, true), "{left:?}");
    // By what an administrator did and took back.
    let joined = send(&mut admin, "PUT", "Low", Some(group("Low", None, &[me()]))).json()["revision"].clone();
    let mut keeper = page.browser(USER, PASSWORD);
    assert_eq!(keeper.get("/api/backup/state").status, 200);
    let left = send(&mut admin, "PUT", "Low", Some(group("Low", None, &[]))).json()["revision"].clone();
    assert_eq!(keeper.get("/api/backup/state").status, 403);
    is_refused(manager.post(&format!("/api/revisions/{left}/undo"), json!({})));
    is_refused(manager.post(&format!("/api/revisions/{joined}/restore"), json!({})));
    // What is theirs, they give by groups too.
    let watch = manager.post("/api/groups", group("Night", Some("Watch"), &[person(3)]));
    assert_eq!(watch.status, 200, "{watch:?}");
    // Who may change groups and no roles keeps lists, and gives nothing by them.
    profile(&mut admin, "Lists", "groups", "change");
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "roles": [], "profile": "Lists" })).status, 200);
    assert_eq!(send(&mut manager, "PUT", "Plain", Some(group("Plain", None, &[me()]))).status, 200);
    is_refused(send(&mut manager, "PUT", "Plain", Some(group("Plain", Some("Watch"), &[]))));
    is_refused(send(&mut manager, "PUT", "Night", Some(group("Night", Some("Watch"), &[person(3), me()]))));
}

#[test]
fn f112_who_is_in_a_group_or_looks_after_one_is_taken_out_before_they_are_removed() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let remove = |admin: &mut Browser<'_>, id: u32| {
        let etag = admin.get(&format!("/api/people/{id}")).etag();
        admin.send("DELETE", &format!("/api/people/{id}"), &[("If-Match", &etag)], None)
    };
    let mut sales = group("Sales", None, &[person(WORKSHOP), json!({ "kind": "extension", "id": "103" })]);
    assert_eq!(admin.post("/api/groups", sales.clone()).status, 200);
    for (id, who) in [(WORKSHOP, "Workshop"), (3, "103")] {
        let refused = remove(&mut admin, id);
        let why = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(refused.status == 409 && why.contains("Sales") && why.contains(who), "{refused:?}");
    }
    sales["members"] = json!([]);
    sales["managers"] = json!([3]);
    assert_eq!(send(&mut admin, "PUT", "Sales", Some(sales.clone())).status, 200);
    assert_eq!(remove(&mut admin, WORKSHOP).status, 200);
    assert_eq!(remove(&mut admin, 3).status, 409);
    sales["managers"] = json!([]);
    assert_eq!(send(&mut admin, "PUT", "Sales", Some(sales)).status, 200);
    assert_eq!(remove(&mut admin, 3).status, 200);
}
