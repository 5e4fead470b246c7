//! Authorization codes, from the page: their digits go in and never come out (F162).

use serde_json::{Value, json};
use web::office::Office as _;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const PATH: &str = "/api/authorizations";

fn send(browser: &mut Browser<'_>, method: &str, name: &str, body: Option<Value>) -> (u16, Value) {
    let seen = browser.get(PATH).etag();
    let answer = browser.send(method, &format!("{PATH}/{name}"), &[("If-Match", &seen)], body);
    (answer.status, answer.json())
}

#[test]
fn a_code_is_added_renamed_without_its_digits_and_removed() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let abroad = json!({ "name": "Abroad", "pin": "739146", "permission": "international" });
    assert_eq!(admin.post(PATH, abroad.clone()).status, 200);
    assert_eq!(admin.post(PATH, abroad).status, 422, "there is one of this name, and of these digits");
    let hash = || page.house.config().authorizations()[0].pin_hash.clone();
    let before = hash();

    let far = json!({ "name": "Far", "permission": "premium", "extensions": ["102"], "enabled": false });
    assert_eq!(send(&mut admin, "PUT", "Abroad", Some(far.clone())).0, 200);
    let shown = admin.get(PATH);
    assert_eq!(shown.json()["authorizations"], json!([far]));
    assert!(!shown.json().to_string().contains("argon2"), "{shown:?}");
    assert_eq!(hash(), before, "it kept its digits");
    let late = admin.send("PUT", &format!("{PATH}/Far"), &[("If-Match", "\"x\"")], Some(far));
    assert_eq!(late.status, 412);

    let other = json!({ "name": "Far", "permission": "premium", "pin": "580264" });
    assert_eq!(send(&mut admin, "PUT", "Far", Some(other)).0, 200);
    let changed = hash();
    assert_ne!(changed, before);
    // What is taken back gives nobody an old code again.
    let revision = page.revision();
    assert_eq!(admin.post(&format!("/api/revisions/{revision}/undo"), json!({})).status, 200);
    assert_eq!((hash(), admin.get(PATH).json()["authorizations"][0]["enabled"].clone()), (changed, json!(false)));

    assert_eq!(send(&mut admin, "DELETE", "Abroad", None).0, 404);
    assert_eq!(send(&mut admin, "DELETE", "Far", None).0, 200);
    assert_eq!(admin.get(PATH).json()["authorizations"], json!([]));
}

#[test]
fn whoever_is_named_in_a_code_is_taken_out_of_it_before_they_leave() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let id = page.house.config().extension("102").expect("it is there").person.0;
    let (person, code) = (format!("/api/people/{id}"), json!({ "name": "Hotline", "permission": "premium" }));
    let with = |who: &[&str]| {
        let mut code = code.clone();
        (code["pin"], code["extensions"]) = (json!("739146"), json!(who));
        code
    };
    assert_eq!(admin.post(PATH, with(&["101", "102"])).status, 200);
    let removed = |admin: &mut Browser<'_>| {
        let seen = admin.get(&person).etag();
        let answer = admin.send("DELETE", &person, &[("If-Match", &seen)], None);
        (answer.status, answer.json()["detail"].as_str().unwrap_or_default().to_owned())
    };
    let (status, said) = removed(&mut admin);
    assert_eq!(status, 409, "{said}");
    assert!(said.contains("102: Hotline; take it out"), "{said}");
    assert_eq!(send(&mut admin, "PUT", "Hotline", Some(with(&["101"]))).0, 200);
    assert_eq!(removed(&mut admin).0, 200);
}

#[test]
fn what_cannot_be_is_refused_with_its_field_and_users_see_nothing() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let code = |name: &str, pin: &str, who: &[&str]| json!({ "name": name, "pin": pin, "permission": "premium", "extensions": who });
    assert_eq!(admin.post(PATH, code("First", "739146", &[])).status, 200);
    for (body, field) in [
        (code("Second", "739146", &[]), "pin"),
        (code("Second", "1234", &[]), "pin"),
        (code("Second", "", &[]), "pin"),
        (code("", "580264", &[]), "name"),
        (code("Second", "580264", &["999"]), "extensions"),
    ] {
        let answer = admin.post(PATH, body.clone());
        assert_eq!(answer.status, 422, "{body}: {answer:?}");
        assert!(answer.json()["errors"][field].is_string(), "{body}: {answer:?}");
    }
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.get(PATH).status, 403);
}
