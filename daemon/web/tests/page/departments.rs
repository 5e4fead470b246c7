//! Departments, from the page: added, given to people, renamed with them, and removed when everybody has another (F14).

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page};

fn send(browser: &mut Browser<'_>, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let seen = browser.get("/api/departments").etag();
    let answer = browser.send(method, path, &[("If-Match", &seen)], body);
    (answer.status, answer.json())
}

/// Names, and how many people are in each.
fn departments(browser: &mut Browser<'_>) -> Vec<(String, u64)> {
    let shown = browser.get("/api/departments").json();
    let row = |row: &Value| (row["name"].as_str().unwrap().to_owned(), row["people"].as_u64().unwrap());
    shown["departments"].as_array().unwrap().iter().map(row).collect()
}

fn is_in(browser: &mut Browser<'_>, id: u32, department: Value) -> (u16, Value) {
    let path = format!("/api/people/{id}");
    let seen = browser.get(&path);
    let mut body = json!({ "department": department });
    for field in ["name", "email", "extension", "role", "voicemail"] {
        body[field] = seen.json()[field].clone();
    }
    let answer = browser.send("PUT", &path, &[("If-Match", &seen.etag())], Some(body));
    (answer.status, answer.json())
}

#[test]
fn f14_a_department_is_renamed_with_its_people() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/departments", json!({ "name": " Yard " })).status, 200);
    let again = admin.post("/api/departments", json!({ "name": "Yard" }));
    assert!(again.json()["errors"]["name"].as_str().unwrap().contains("exists already"), "{again:?}");
    let long = admin.post("/api/departments", json!({ "name": "x".repeat(41) }));
    assert!(long.json()["errors"]["name"].is_string(), "{long:?}");

    let (status, refused) = is_in(&mut admin, 2, json!("Yrad"));
    assert_eq!((status, &refused["errors"]["department"]), (422, &json!("there is no such department")));
    assert_eq!(is_in(&mut admin, 2, json!("Yard")).0, 200);
    assert_eq!(is_in(&mut admin, 3, json!("Yard")).0, 200);
    let seen = admin.get("/api/departments").etag();
    assert_eq!(send(&mut admin, "PUT", "/api/departments/Yard", Some(json!({ "name": "Outdoor" }))).0, 200);
    assert_eq!(departments(&mut admin), [("Outdoor".to_owned(), 2)]);
    assert_eq!(admin.get("/api/people/2").json()["department"], "Outdoor");
    let colleagues = admin.get("/api/directory").json()["people"].clone();
    let workshop = colleagues.as_array().unwrap().iter().find(|one| one["name"] == "Workshop");
    assert_eq!(workshop.unwrap()["department"], "Outdoor", "the directory is narrowed by the new name");
    let late = admin.send("PUT", "/api/departments/Outdoor", &[("If-Match", &seen)], Some(json!({ "name": "x" })));
    assert_eq!(late.status, 412);
    assert_eq!(send(&mut admin, "PUT", "/api/departments/Sea", Some(json!({ "name": "x" }))).0, 404);
}

#[test]
fn f14_a_department_goes_when_its_people_have_another_and_comes_back_with_them() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for name in ["Yard", "Office"] {
        assert_eq!(admin.post("/api/departments", json!({ "name": name })).status, 200);
    }
    assert_eq!(is_in(&mut admin, 2, json!("Yard")).0, 200);
    assert_eq!(send(&mut admin, "PUT", "/api/departments/Yard", Some(json!({ "name": "Office" }))).0, 422);
    let (status, used) = send(&mut admin, "DELETE", "/api/departments/Yard", None);
    assert_eq!((status, used["detail"].as_str().unwrap().contains("Workshop")), (409, true), "{used:?}");
    for nowhere in ["Yard", "Sea"] {
        assert_eq!(send(&mut admin, "DELETE", &format!("/api/departments/Yard?to={nowhere}"), None).0, 422);
    }
    let (status, saved) = send(&mut admin, "DELETE", "/api/departments/Yard?to=Office", None);
    assert_eq!(status, 200);
    assert_eq!(departments(&mut admin), [("Office".to_owned(), 1)]);
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", saved["revision"]), json!({})).status, 200);
    assert_eq!(departments(&mut admin), [("Office".to_owned(), 0), ("Yard".to_owned(), 1)]);
    assert_eq!(send(&mut admin, "DELETE", "/api/departments/Yard?none=true", None).0, 200);
    assert_eq!(admin.get("/api/people/2").json()["department"], json!(null));
    assert_eq!(send(&mut admin, "DELETE", "/api/departments/Office", None).0, 200);
    assert_eq!(departments(&mut admin), []);
}
