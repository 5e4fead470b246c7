//! Accounts that calls are charged to, from the page (F162).

use pbx::events::Happened;
use serde_json::{Value, json};
use web::office::Office as _;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const PATH: &str = "/api/accounts";

fn send(browser: &mut Browser<'_>, method: &str, number: &str, body: Option<Value>) -> (u16, Value) {
    let seen = browser.get(PATH).etag();
    let answer = browser.send(method, &format!("{PATH}/{number}"), &[("If-Match", &seen)], body);
    (answer.status, answer.json())
}

#[test]
fn an_account_is_added_renamed_taken_back_and_removed() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let harbour = json!({ "number": "4711", "name": "Harbour" });
    assert_eq!(admin.post(PATH, harbour.clone()).status, 200);
    assert_eq!(admin.post(PATH, json!({ "number": " 047 ", "name": " Lighthouse " })).status, 200);
    let lighthouse = json!({ "number": "047", "name": "Lighthouse" });
    assert_eq!(admin.get(PATH).json()["accounts"], json!([lighthouse, harbour]));
    assert_eq!(page.house.config().account("4711"), Some("Harbour"));

    let pier = json!({ "number": "4712", "name": "Pier" });
    assert_eq!(send(&mut admin, "PUT", "4711", Some(pier.clone())).0, 200);
    let late = admin.send("PUT", &format!("{PATH}/4712"), &[("If-Match", "\"x\"")], Some(harbour.clone()));
    assert_eq!(late.status, 412);
    assert_eq!(admin.get(PATH).json()["accounts"], json!([lighthouse, pier]));
    let revision = page.revision();
    assert_eq!(admin.post(&format!("/api/revisions/{revision}/undo"), json!({})).status, 200);
    assert_eq!(admin.get(PATH).json()["accounts"], json!([lighthouse, harbour]));

    assert_eq!(send(&mut admin, "DELETE", "4712", None).0, 404);
    assert_eq!(send(&mut admin, "DELETE", "4711", None).0, 200);
    assert_eq!(admin.get(PATH).json()["accounts"], json!([lighthouse]));
}

#[test]
fn what_cannot_be_is_refused_with_its_field_and_users_see_nothing() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let account = |number: &str, name: &str| json!({ "number": number, "name": name });
    assert_eq!(admin.post(PATH, account("1", "First")).status, 200);
    for (body, field) in [
        (account("1", "Second"), "number"),
        (account("", "Second"), "number"),
        (account("123456789", "Second"), "number"),
        (account("1x", "Second"), "number"),
        (account("2", ""), "name"),
        (account("2", &"x".repeat(65)), "name"),
    ] {
        let answer = admin.post(PATH, body.clone());
        assert_eq!(answer.status, 422, "{body}: {answer:?}");
        assert!(answer.json()["errors"][field].is_string(), "{body}: {answer:?}");
    }
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.get(PATH).status, 403);
}

#[test]
fn who_keys_an_account_is_a_setting_of_the_person() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let people = admin.get("/api/people").json();
    let one = people["people"].as_array().unwrap().iter().find(|one| one["extension"] == "102").unwrap().clone();
    assert_eq!(one["account"], "none");
    let path = format!("/api/people/{}", one["id"]);
    let seen = admin.get(&path).etag();
    let body = json!({ "name": one["name"], "extension": "102", "account": "required" });
    assert_eq!(admin.send("PUT", &path, &[("If-Match", &seen)], Some(body)).status, 200);
    assert_eq!(admin.get(&path).json()["account"], "required");
}

#[test]
fn calls_name_their_account_and_are_found_by_it() {
    let page = Page::new();
    for (call, from, number, name) in
        [(1, "101", "4711", "Harbour"), (2, "102", "4711", "Harbour, old"), (3, "101", "12", "=1+1")]
    {
        let (by, account, name) = (from.to_owned(), number.to_owned(), name.to_owned());
        page.call_had(call, from, "103", vec![Happened::Charged { by, account, name }]);
    }
    let mut admin = page.browser(ADMIN, PASSWORD);
    let ids = |answer: &Value| {
        let calls = answer["calls"].as_array().unwrap();
        calls.iter().map(|call| call["id"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    let found = admin.get("/api/calls?account=4711").json();
    assert_eq!(ids(&found), [2, 1]);
    assert_eq!(found["calls"][1]["charged_to"], json!({ "number": "4711", "name": "Harbour" }));
    assert_eq!(ids(&admin.get("/api/calls?q=harbour").json()), [2, 1], "also by its name");
    assert_eq!(ids(&admin.get("/api/calls?account=471").json()), Vec::<u64>::new());
    let table = String::from_utf8(admin.get("/api/calls/export?account=4711").body).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[1].ends_with(",4711,\"Harbour, old\"") && lines[2].ends_with(",4711,Harbour"), "{table}");
    let all = String::from_utf8(admin.get("/api/calls/export").body).unwrap();
    assert!(all.lines().nth(1).is_some_and(|line| line.ends_with(",12,'=1+1")), "{all}");
    // One's own only.
    assert_eq!(ids(&page.browser(USER, PASSWORD).get("/api/calls?account=12").json()), Vec::<u64>::new());
}
