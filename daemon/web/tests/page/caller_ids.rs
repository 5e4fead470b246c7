//! Under which number people call outside, from the page: who decides it, and who only sees it (F26).

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

fn row(browser: &mut Browser<'_>, extension: &str) -> Value {
    let shown = browser.get("/api/caller-ids").json();
    let mut rows = shown["extensions"].as_array().unwrap().iter();
    rows.find(|row| row["extension"] == extension).unwrap().clone()
}

fn put(browser: &mut Browser<'_>, extension: &str, etag: &str, body: Value) -> Answer {
    browser.send("PUT", &format!("/api/caller-ids/{extension}"), &[("If-Match", etag)], Some(body))
}

fn has_numbers(admin: &mut Browser<'_>) -> String {
    let trunk = json!({ "name": "carrier", "way": "address", "server": "203.0.113.5" });
    assert_eq!(admin.post("/api/trunks", trunk).status, 200);
    let seen = admin.get("/api/trunks").etag();
    let numbers = json!([{ "number": "+493012350", "to": "101" }, { "number": "+493012359", "to": "102" }]);
    let saved = admin.send("PUT", "/api/numbers", &[("If-Match", &seen)], Some(json!({ "numbers": numbers })));
    assert_eq!(saved.status, 200, "{saved:?}");
    "+493012359".to_owned()
}

#[test]
fn f26_a_number_is_chosen_for_an_extension_hidden_and_taken_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let number = has_numbers(&mut admin);
    let before = row(&mut admin, "101");
    assert_eq!((&before["caller_number"], &before["shown_as"]), (&Value::Null, &json!("+493012350")));
    let etag = before["etag"].as_str().unwrap();
    let wrong = put(&mut admin, "101", etag, json!({ "caller_number": "+49555", "hides_number": false }));
    assert!(wrong.json()["errors"]["caller_number"].is_string(), "{wrong:?}");
    let saved = put(&mut admin, "101", etag, json!({ "caller_number": number, "hides_number": true }));
    assert_eq!(saved.status, 200, "{saved:?}");
    let after = row(&mut admin, "101");
    assert_eq!(
        (&after["caller_number"], &after["shown_as"], &after["hides_number"]),
        (&json!(number), &json!(number), &json!(true))
    );
    let late = put(&mut admin, "101", etag, json!({ "hides_number": false }));
    assert_eq!(late.status, 412);
    let revision = &saved.json()["revision"];
    let said = admin.get("/api/revisions").json()["revisions"][0]["changes"].to_string();
    assert!(said.contains(&number), "{said}");
    assert_eq!(admin.post(&format!("/api/revisions/{revision}/undo"), json!({})).status, 200);
    assert_eq!(row(&mut admin, "101")["etag"], before["etag"]);
    assert_eq!(put(&mut admin, "999", etag, json!({ "hides_number": true })).status, 404);
}

#[test]
fn f26_a_user_sees_their_number_and_changes_the_name_that_colleagues_see() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    has_numbers(&mut admin);
    let etag = row(&mut admin, "102")["etag"].as_str().unwrap().to_owned();
    let mut user = page.browser(USER, PASSWORD);
    let me = user.get("/api/me");
    let (own, shown) = (me.json()["extension"].clone(), me.json()["shown_as"].clone());
    assert_eq!((own, shown), (json!("102"), json!("+493012359")));
    assert_eq!(put(&mut user, "102", &etag, json!({ "hides_number": true })).status, 403);
    assert_eq!(user.get("/api/caller-ids").status, 403);
    let hides = user.send("PUT", "/api/me", &[("If-Match", &me.etag())], Some(json!({ "hides_number": true })));
    assert_eq!(hides.status, 422, "that is not theirs to change");
    let named = user.send("PUT", "/api/me", &[("If-Match", &me.etag())], Some(json!({ "caller_name": "Stores" })));
    assert_eq!((named.status, &named.json()["caller_name"]), (200, &json!("Stores")));
    let etag = user.get("/api/me").etag();
    let long = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(json!({ "caller_name": "x".repeat(65) })));
    assert!(long.json()["errors"]["caller_name"].is_string(), "{long:?}");
    let none = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(json!({ "caller_name": " " })));
    assert_eq!((none.status, &none.json()["caller_name"]), (200, &Value::Null));
}
