//! The table of feature codes.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const PATH: &str = "/api/feature-codes";

fn row(browser: &mut Browser<'_>, feature: &str) -> Option<Value> {
    let table = browser.get(PATH).json();
    table["codes"].as_array().unwrap().iter().find(|row| row["feature"] == feature).cloned()
}

#[test]
fn codes_are_read_by_all_and_changed_by_administrators_alone() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut user = page.browser(USER, PASSWORD);
    let first = admin.get(PATH);
    let put =
        |browser: &mut Browser<'_>, etag: &str, body| browser.send("PUT", PATH, &[("If-Match", etag)], Some(body));
    let echo = row(&mut user, "echo_test").unwrap();
    assert_eq!(
        (&echo["code"], &echo["argument"], &echo["does"]),
        (&json!("*43"), &json!("none"), &json!("the echo test"))
    );
    assert_eq!(row(&mut user, "call_waiting_on"), None, "what is off is nothing to dial");
    assert_eq!(row(&mut admin, "call_waiting_on").unwrap()["enabled"], false);
    let wish = json!({ "profile": "freepbx", "codes": [
        { "feature": "echo_test", "code": "*44" },
        { "feature": "time", "code": "*60", "enabled": true },
        { "feature": "box_status", "enabled": false },
    ] });
    assert_eq!(put(&mut user, &first.etag(), wish.clone()).status, 403);
    let saved = put(&mut admin, &first.etag(), wish.clone());
    assert_eq!(saved.status, 200, "{saved:?}");
    assert_eq!(put(&mut admin, &first.etag(), wish).status, 412);
    let now = admin.get(PATH).json();
    assert_eq!((&now["profile"], &now["revision"]), (&json!("freepbx"), &saved.json()["revision"]));
    let echo = row(&mut user, "echo_test").unwrap();
    assert_eq!((&echo["code"], &echo["delivered_code"]), (&json!("*44"), &json!("*43")));
    assert_eq!(row(&mut user, "call_waiting_on").unwrap()["code"], "*70");
    assert_eq!(row(&mut user, "box_status"), None);
    admin.post(&format!("/api/revisions/{}/undo", saved.json()["revision"]), json!({}));
    assert_eq!(row(&mut user, "echo_test").unwrap()["code"], "*43");
}

#[test]
fn f99_codes_that_force_times_are_shown_to_who_may_force_some() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    for feature in ["force_time_group", "night_mode"] {
        assert_eq!(row(&mut user, feature), None, "{feature}: there is none that they may force");
        assert!(row(&mut admin, feature).is_some(), "{feature} can be changed");
    }
    let group = json!({ "name": "Open", "times": ["Mon-Fri 08:00-18:00"], "number": 1 });
    assert_eq!(admin.post("/api/time-groups/office", group).status, 200);
    assert_eq!(row(&mut user, "force_time_group"), None, "the office's is not theirs");
    let groups = json!([{ "group": "Open", "is_open": false }]);
    let night = json!({ "name": "Night", "number": 1, "groups": groups, "extensions": ["102"] });
    assert_eq!(admin.post("/api/night-modes", night).status, 200);
    assert_eq!(row(&mut user, "night_mode").unwrap()["code"], "*28", "they are named");
    let own = json!({ "name": "Mine", "times": ["Sat 08:00-18:00"], "number": 2 });
    assert_eq!(user.post("/api/time-groups/me", own).status, 200);
    assert_eq!(row(&mut user, "force_time_group").unwrap()["code"], "*27");
}

#[test]
fn a_code_that_would_mean_two_things_is_refused_with_what_it_means() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let etag = admin.get(PATH).etag();
    for (codes, word) in [
        (json!([{ "feature": "echo_test", "code": "*60" }]), "*60"),
        (json!([{ "feature": "echo_test", "code": "101" }]), "101"),
        (json!([{ "feature": "echo_test", "code": "hello" }]), "code"),
        (json!([{ "feature": "karaoke", "code": "*44" }]), "karaoke"),
    ] {
        let body = json!({ "profile": "office", "codes": codes });
        let answer = admin.send("PUT", PATH, &[("If-Match", &etag)], Some(body));
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.json()["errors"].to_string().contains(word), "{answer:?}");
    }
    let body = json!({ "profile": "theirs", "codes": [] });
    assert_eq!(admin.send("PUT", PATH, &[("If-Match", &etag)], Some(body)).status, 422);
    assert_eq!(admin.get(PATH).etag(), etag);
}
