//! What rights reach, beyond single routes: nobody rises above their own, and what is shown follows them (F1, F2, F5, F143).

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

pub const WORKSHOP: u32 = 2;

fn person(browser: &mut Browser<'_>, id: u32) -> Answer {
    browser.get(&format!("/api/people/{id}"))
}

/// What the form sends of somebody, with this changed.
pub fn change(browser: &mut Browser<'_>, id: u32, more: &Value) -> Answer {
    let seen = person(browser, id);
    let mut wish = seen.json();
    let row = wish.as_object_mut().unwrap();
    for shown in ["id", "has_pin", "has_password", "phones", "etag"] {
        row.remove(shown);
    }
    row.extend(more.as_object().unwrap().clone());
    browser.send("PUT", &format!("/api/people/{id}"), &[("If-Match", &seen.etag())], Some(wish))
}

/// A browser of the user, whom an administrator has given this before.
fn signed_in_as<'p>(page: &'p Page, preset: &str, roles: &[&str]) -> Browser<'p> {
    let mut admin = page.browser(ADMIN, PASSWORD);
    let saved = change(&mut admin, WORKSHOP, &json!({ "role": preset, "roles": roles }));
    assert_eq!(saved.status, 200, "{saved:?}");
    page.browser(USER, PASSWORD)
}

fn names(page: &Page) -> Vec<(u32, String)> {
    let people = page.browser(ADMIN, PASSWORD).get("/api/people").json();
    let people = people["people"].as_array().unwrap();
    people.iter().map(|one| (one["id"].as_u64().unwrap() as u32, one["name"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_people_of_the_office_are_numbered_as_these_tests_take_them() {
    let expected = [(1, "Front Desk"), (WORKSHOP, "Workshop"), (3, "Hall")];
    assert_eq!(names(&Page::new()), expected.map(|(id, name)| (id, name.to_owned())));
}

#[test]
fn an_office_manager_changes_names_and_rules_of_users_only() {
    let page = Page::new();
    let mut clerk = signed_in_as(&page, "office", &[]);
    assert_eq!(change(&mut clerk, 3, &json!({ "name": "Great hall" })).status, 200);
    assert_eq!(clerk.get("/api/answering/3").status, 200);
    for (id, more) in [
        (3, json!({ "email": "hall@example.com" })),
        (3, json!({ "extension": "109" })),
        (3, json!({ "role": "office" })),
        (3, json!({ "roles": ["billing"] })),
        (1, json!({ "name": "Nobody" })),
    ] {
        let refused = change(&mut clerk, id, &more);
        assert_eq!(refused.status, 403, "{id} {more}: {refused:?}");
    }
    let etag = clerk.get("/api/answering/1").etag();
    let order = clerk.send("PUT", "/api/answering/1/order", &[("If-Match", &etag)], Some(json!({ "order": [] })));
    assert_eq!(order.status, 403, "an administrator's rules are not theirs: {order:?}");
    assert_eq!(clerk.post("/api/people", json!({ "name": "New" })).status, 403);
    assert_eq!(clerk.post("/api/contacts/office", json!({ "name": "Baker", "numbers": [] })).status, 422);
    assert_eq!(names(&page)[2].1, "Great hall");
}

#[test]
fn a_phone_manager_rises_no_higher_by_any_way() {
    let page = Page::new();
    let mut manager = signed_in_as(&page, "user", &["phone_manager"]);
    for (id, more) in [
        (WORKSHOP, json!({ "role": "admin" })),
        (3, json!({ "roles": ["decision_maker"] })),
        (1, json!({ "role": "user" })),
        (1, json!({ "email": "mine@example.com" })),
    ] {
        let refused = change(&mut manager, id, &more);
        assert_eq!(refused.status, 403, "{id} {more}: {refused:?}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("rights that you do not have"), "{refused:?}");
    }
    let wish = json!({ "password": "another lantern in the fog" });
    assert_eq!(manager.post("/api/people/1/password", wish.clone()).status, 403);
    assert_eq!(manager.post("/api/people/1/pin", json!({ "pin": "739116" })).status, 403);
    let etag = person(&mut manager, 1).etag();
    assert_eq!(manager.send("DELETE", "/api/people/1", &[("If-Match", &etag)], None).status, 403);
    assert_eq!(manager.get("/api/backup").status, 403);
    // Nor by taking back the change that made them what they are, in the office of before.
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(change(&mut admin, 3, &json!({ "role": "admin" })).status, 200);
    let given = admin.get("/api/revisions").json()["revisions"][0]["id"].clone();
    assert_eq!(manager.post(&format!("/api/revisions/{given}/undo"), json!({})).status, 403);
    assert_eq!(change(&mut admin, 3, &json!({ "role": "user" })).status, 200);
    assert_eq!(manager.post(&format!("/api/revisions/{given}/restore"), json!({})).status, 403);
    // What is theirs to give, they give.
    assert_eq!(change(&mut manager, 3, &json!({ "roles": ["technical"] })).status, 200);
    assert_eq!(manager.post("/api/people/3/password", wish).status, 200);
}

#[test]
fn the_last_owner_stays_be_it_by_preset_or_by_role() {
    let page = Page::new();
    let mut owner = signed_in_as(&page, "user", &["decision_maker"]);
    assert_eq!(change(&mut owner, 1, &json!({ "role": "user" })).status, 200, "two were left");
    let refused = change(&mut owner, WORKSHOP, &json!({ "roles": [] }));
    assert_eq!(refused.status, 409, "{refused:?}");
    assert_eq!(change(&mut owner, WORKSHOP, &json!({ "email": null })).status, 409);
    let etag = person(&mut owner, WORKSHOP).etag();
    assert_eq!(owner.send("DELETE", "/api/people/2", &[("If-Match", &etag)], None).status, 409);
    assert_eq!(change(&mut owner, WORKSHOP, &json!({ "roles": ["decision_maker", "billing"] })).status, 200);
}

#[test]
fn everybody_reads_what_they_may_do_and_why() {
    let page = Page::new();
    let mut technician = signed_in_as(&page, "user", &["technical", "emergency"]);
    let told = technician.get("/api/me/rights").json();
    let of = |area: &str| {
        let rows = told["rights"].as_array().unwrap();
        rows.iter().find(|row| row["area"] == area).unwrap().clone()
    };
    assert_eq!((&told["preset"], &told["roles"]), (&json!("user"), &json!(["technical", "emergency"])));
    assert_eq!(
        of("live"),
        json!({ "area": "live", "may": "see", "preset": null, "roles": ["technical"], "profile": null, "groups": [] })
    );
    assert_eq!(of("call_flow")["roles"], json!(["technical", "emergency"]));
    assert_eq!((of("codes")["preset"].clone(), of("box")["may"].clone()), (json!("user"), Value::Null));
    let me = technician.get("/api/me").json();
    let open = me["rights"].as_array().unwrap();
    assert!(open.contains(&json!({ "area": "live", "may": "see" })) && open.iter().all(|row| row["area"] != "calls"));
    assert_eq!(technician.get("/api/roles/export").status, 200);
    let roles = technician.get("/api/roles").json();
    let billing = roles["roles"].as_array().unwrap().iter().find(|row| row["role"] == "billing").unwrap().clone();
    assert_eq!((&billing["holders"], &billing["responsible"]["name"]), (&json!([]), &json!("Front Desk")));
}

#[test]
fn a_right_that_is_taken_away_is_gone_with_the_next_request() {
    let page = Page::new();
    let mut technician = signed_in_as(&page, "user", &["technical"]);
    assert_eq!(technician.get("/api/live").status, 200);
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(change(&mut admin, WORKSHOP, &json!({ "roles": [] })).status, 200);
    let refused = technician.get("/api/live");
    assert_eq!(refused.status, 403);
    assert!(refused.json()["detail"].as_str().unwrap().contains("What may I do?"), "{refused:?}");
}
