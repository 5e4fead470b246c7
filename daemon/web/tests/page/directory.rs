//! The directory: who is in it for whom, and who may change what.

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, PIN, Page, USER};

fn contact(name: &str, work: &str) -> Value {
    json!({ "name": name, "work": work })
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

fn directory(browser: &mut Browser<'_>) -> Value {
    browser.get("/api/directory").json()
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

fn upload(browser: &mut Browser<'_>, path: &str, file: &[u8]) -> Answer {
    browser.send_bytes("PUT", path, &[("Content-Type", "application/octet-stream")], file)
}

fn changes(browser: &mut Browser<'_>, method: &str, path: &str, etag: &Value, body: Option<Value>) -> Answer {
    browser.send(method, path, &[("If-Match", etag.as_str().unwrap())], body)
}

#[test]
fn the_phonebook_is_everybodys_and_administrators_keep_it() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    assert_eq!(user.post("/api/contacts/office", contact("Bakery", "030 12345-67")).status, 403);
    let added = admin.post("/api/contacts/office", contact(" Bakery ", "030 12345-67"));
    assert_eq!(added.status, 200, "{added:?}");
    let seen = directory(&mut user);
    assert_eq!(seen["phonebook"][0]["work"], "0301234567", "{seen}");
    assert_eq!(names(&seen["people"]), ["Front Desk", "Hall", "Workshop"]);
    assert_eq!(names(&directory(&mut page.browser("102", PIN))["phonebook"]), ["Bakery"], "also by PIN");
    // The way back is the history's, as of any change of the office.
    let undo = format!("/api/revisions/{}/undo", added.json()["revision"]);
    assert_eq!(admin.post(&undo, json!({})).status, 200);
    assert_eq!(directory(&mut user)["phonebook"], json!([]));
}

#[test]
fn ones_own_contacts_are_nobody_elses() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    assert_eq!(user.post("/api/contacts/own", contact("Dentist", "1234")).status, 200);
    assert_eq!(page.browser("102", PIN).post("/api/contacts/own", contact("Doctor", "1234")).status, 403);
    assert_eq!(directory(&mut admin)["own"], json!([]));
    let seen = directory(&mut user);
    assert_eq!(names(&seen["own"]), ["Dentist"]);
    let changed = changes(
        &mut user,
        "PUT",
        "/api/contacts/own/Dentist",
        &seen["own_etag"],
        Some(json!({ "name": "Dr Tooth", "mobile": "5678", "company": "  ", "tags": ["Health", " Family,Health"] })),
    );
    assert_eq!(changed.status, 200, "{changed:?}");
    let late = changes(&mut user, "DELETE", "/api/contacts/own/Dr%20Tooth", &seen["own_etag"], None);
    assert_eq!(late.status, 412, "{late:?}");
    let seen = directory(&mut user);
    assert_eq!(
        seen["own"],
        json!([{
            "name": "Dr Tooth",
            "company": null,
            "work": null,
            "mobile": "5678",
            "home": null,
            "tags": ["Family", "Health"],
        }])
    );
    assert_eq!(changes(&mut user, "DELETE", "/api/contacts/own/Nobody", &seen["own_etag"], None).status, 404);
    assert_eq!(changes(&mut user, "DELETE", "/api/contacts/own/Dr%20Tooth", &seen["own_etag"], None).status, 200);
    assert_eq!(directory(&mut user)["own"], json!([]));
}

#[test]
fn what_is_wrong_is_said_by_its_field_and_nothing_is_saved() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(user.post("/api/contacts/own", contact("Dentist", "1234")).status, 200);
    for (sent, field) in [
        (contact("", "1234"), "name"),
        (contact("Dentist", "99"), "name"),
        (contact("Doctor", "call me"), "work"),
        (json!({ "name": "Doctor" }), "work"),
        (json!({ "name": "Doctor", "work": "1234", "company": "x".repeat(65) }), "company"),
    ] {
        let answer = user.post("/api/contacts/own", sent.clone());
        assert_eq!((answer.status, answer.json()["errors"][field].is_string()), (422, true), "{sent}: {answer:?}");
    }
    assert_eq!(user.post("/api/contacts/theirs", contact("Doctor", "12")).status, 404);
    assert_eq!(names(&directory(&mut user)["own"]), ["Dentist"]);
}

#[test]
fn calls_and_messages_have_the_names_that_their_reader_knows() {
    let page = Page::new();
    page.call_was(1, "0301234567", "102");
    page.message(1, "102", 48_000);
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    let newest = |browser: &mut Browser<'_>| browser.get("/api/calls").json()["calls"][0].clone();
    let told = newest(&mut user);
    assert_eq!((&told["from_name"], &told["from_known_by"]), (&json!("as the carrier says"), &json!("carrier")));
    assert_eq!((&told["to_name"], &told["to_known_by"]), (&json!("Workshop"), &json!("employee")));
    assert_eq!(user.post("/api/contacts/own", contact("Breakfast", "030 1234567")).status, 200);
    assert_eq!(admin.post("/api/contacts/office", contact("Bakery", "030/1234567")).status, 200);
    let (own, office) = (newest(&mut user), newest(&mut admin));
    assert_eq!((&own["from_name"], &own["from_known_by"]), (&json!("Breakfast"), &json!("personal")));
    assert_eq!((&office["from_name"], &office["from_known_by"]), (&json!("Bakery"), &json!("phonebook")));
    let heard = user.get("/api/voicemail").json()["messages"][0].clone();
    assert!(heard["from_name"].is_string(), "{heard}");
    let found = user.get("/api/calls?q=breakf").json();
    assert_eq!(found["calls"].as_array().unwrap().len(), 1, "a search finds it by the name that is shown");
}

#[test]
fn who_is_not_listed_is_not_in_it_and_a_private_lamp_shows_nobody_else_a_state() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let of = |list: Value, name: &str| {
        list["people"].as_array().unwrap().iter().find(|person| person["name"] == name).cloned()
    };
    let write = |browser: &mut Browser<'_>, id: u32, change: Value| {
        let path = format!("/api/people/{id}");
        let seen = browser.get(&path);
        let mut body = json!({ "name": seen.json()["name"], "extension": seen.json()["extension"] });
        body["email"] = seen.json()["email"].clone();
        for (field, value) in change.as_object().unwrap() {
            body[field] = value.clone();
        }
        assert_eq!(browser.send("PUT", &path, &[("If-Match", &seen.etag())], Some(body)).status, 200);
    };
    assert_eq!(admin.post("/api/departments", json!({ "name": "Technicians" })).status, 200);
    write(&mut admin, 2, json!({ "private_lamp": true, "department": "Technicians" }));
    write(&mut admin, 3, json!({ "listed": false }));
    let seen = directory(&mut admin);
    assert_eq!(of(seen.clone(), "Hall"), None);
    let workshop = of(seen, "Workshop").unwrap();
    assert_eq!((&workshop["state"], &workshop["department"]), (&json!("away"), &json!("Technicians")));
    write(&mut admin, 3, json!({ "email": "hall@example.com" }));
    assert_eq!(admin.post("/api/people/3/password", json!({ "password": PASSWORD })).status, 200);
    let mut other = page.browser("hall@example.com", PASSWORD);
    assert_eq!(of(directory(&mut other), "Workshop").unwrap()["state"], json!(null));
    let mut own = page.browser(USER, PASSWORD);
    assert_eq!(of(directory(&mut own), "Workshop").unwrap()["state"], "away");
}

#[test]
fn f75_contacts_are_brought_in_taken_along_and_taken_back_by_their_owner() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let file = "BEGIN:VCARD\nFN:Bakery\nCATEGORIES:Supplier\nTEL;TYPE=WORK:089 1234567\nEND:VCARD\nBEGIN:VCARD\nFN:Garage\nTEL:none\nEND:VCARD\n";
    let read = upload(&mut user, "/api/contact-files/own", file.as_bytes());
    assert_eq!(read.status, 200, "{read:?}");
    let mut rows = read.json()["rows"].clone();
    let bring = |user: &mut Browser<'_>, rows: &Value, is_trial: bool| {
        user.post("/api/contact-files/own", json!({ "rows": rows, "is_trial": is_trial })).json()
    };
    let before = user.get("/api/directory").json();
    let wrong = bring(&mut user, &rows, false);
    assert_eq!((&wrong["revision"], &wrong["rows"][1]["becomes"]), (&Value::Null, &json!("wrong")), "{wrong}");
    assert!(wrong["rows"][1]["errors"]["work"].is_string(), "{wrong}");
    rows[1]["work"] = json!("030 1110");
    assert_eq!(bring(&mut user, &rows, true)["revision"], Value::Null);
    assert_eq!(user.get("/api/directory").json()["own"], before["own"], "a trial changes nothing");
    assert!(bring(&mut user, &rows, false)["revision"].is_u64());
    let now = user.get("/api/directory").json();
    assert_eq!(now["own"].as_array().unwrap().len(), before["own"].as_array().unwrap().len() + 2);
    let table = text(&user.get("/api/contact-files/own"));
    assert!(table.contains("Garage,,0301110"), "{table}");
    let cards = text(&user.get("/api/contact-files/own?as=vcard"));
    assert!(cards.contains("FN:Bakery\r\n") && cards.contains("TEL;TYPE=WORK,VOICE:0891234567"), "{cards}");
    assert!(table.contains(",Supplier") && cards.contains("CATEGORIES:Supplier\r\n"), "{table}{cards}");
    let seen = now["own_etag"].as_str().unwrap();
    let back = json!({ "contacts": before["own"] });
    let undone = user.send("PUT", "/api/contacts/own", &[("If-Match", seen)], Some(back.clone()));
    assert_eq!(undone.status, 200, "{undone:?}");
    assert_eq!(user.get("/api/directory").json()["own"], before["own"]);
    assert_eq!(user.send("PUT", "/api/contacts/own", &[("If-Match", seen)], Some(back)).status, 412);
}

#[test]
fn f76_the_phonebook_is_brought_in_by_who_may_change_it_and_read_by_all() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    let rows = json!([{ "line": 2, "name": "Mill", "work": "030 12345" }]);
    let sent = json!({ "rows": rows, "is_trial": false });
    assert_eq!(user.post("/api/contact-files/office", sent.clone()).status, 403);
    assert_eq!(upload(&mut user, "/api/contact-files/office", b"Name;Work\nA;12\n").status, 403);
    assert_eq!(
        user.send("PUT", "/api/contacts/office", &[("If-Match", "\"x\"")], Some(json!({ "contacts": [] }))).status,
        403
    );
    let saved = admin.post("/api/contact-files/office", sent).json();
    assert!(text(&user.get("/api/contact-files/office")).contains("Mill,,03012345"));
    assert_eq!(user.get("/api/contact-files/nobody").status, 404);
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", saved["revision"]), json!({})).status, 200);
    assert!(!text(&user.get("/api/contact-files/office")).contains("Mill"));
    let long = vec![b'x'; 4 * 1024 * 1024 + 1];
    assert_eq!(upload(&mut admin, "/api/contact-files/office", &long).status, 413);
}
