//! People as a table, brought in and taken along.

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, Page, USER};

fn read(browser: &mut Browser<'_>, file: &str) -> Answer {
    browser.send_bytes("PUT", "/api/people/table", &[("Content-Type", "application/octet-stream")], file.as_bytes())
}

fn bring_in(browser: &mut Browser<'_>, rows: &Value, is_trial: bool) -> Value {
    let answer = browser.post("/api/people/table", json!({ "rows": rows, "with_phones": true, "is_trial": is_trial }));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn names(browser: &mut Browser<'_>) -> Vec<String> {
    let people = browser.get("/api/people").json()["people"].clone();
    people.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_is_read_mended_saved_as_one_change_and_taken_back_as_one() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let file = "\u{feff}Nebenstelle;Name;E-Mail;Abteilung\r\n104;Yard;yard@example.com;Outside\r\n102;Garage;workshop@example.com;\r\n10x;Lawn;;\r\n";
    let table = read(&mut admin, file).json();
    let mut rows = table["rows"].clone();
    let judged = bring_in(&mut admin, &rows, true);
    let becomes: Vec<&Value> = judged["rows"].as_array().unwrap().iter().map(|row| &row["becomes"]).collect();
    assert_eq!(becomes, ["new", "changed", "wrong"], "{judged}");
    assert!(judged["rows"][2]["errors"]["extension"].is_string(), "{judged}");
    // As long as one row is wrong, nothing is saved, trial or not.
    let before = page.revision();
    assert_eq!(bring_in(&mut admin, &rows, false)["revision"], json!(null));
    assert_eq!((page.revision(), names(&mut admin).len()), (before, 3));
    rows[2]["extension"] = json!("105");
    let saved = bring_in(&mut admin, &rows, false);
    assert_eq!(saved["revision"], json!(before + 1));
    assert_eq!(saved["credentials"].as_array().unwrap().len(), 2, "a phone for each new person: {saved}");
    assert_eq!(names(&mut admin), ["Front Desk", "Garage", "Hall", "Yard", "Lawn"]);
    assert!(page.browser(USER, PASSWORD).get("/api/me").json()["has_pin"] == true, "what the file does not name stays");
    // What is taken along is the same when it is brought in again.
    let export = admin.get("/api/people/export");
    let again = read(&mut admin, &String::from_utf8(export.body).unwrap()).json()["rows"].clone();
    let judged = bring_in(&mut admin, &again, false);
    assert!(judged["rows"].as_array().unwrap().iter().all(|row| row["becomes"] == "same"), "{judged}");
    let undone = admin.post(&format!("/api/revisions/{}/undo", before + 1), json!({}));
    assert_eq!(undone.status, 200, "{undone:?}");
    assert_eq!(names(&mut admin), ["Front Desk", "Workshop", "Hall"]);
}

#[test]
fn what_is_no_table_and_what_is_too_much_is_refused_in_words() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let many = format!("Name\n{}", "Somebody\n".repeat(501));
    for (file, status) in [("", 422), ("a;b\n1;2\n", 422), (many.as_str(), 422), (&"x".repeat(600_000), 413)] {
        let answer = read(&mut admin, file);
        assert_eq!((answer.status, answer.json()["detail"].is_string()), (status, true), "{:?}", answer.head);
    }
    let row = json!({ "line": 2, "name": "Somebody" });
    let rows = Value::Array(vec![row; 501]);
    let answer = admin.post("/api/people/table", json!({ "rows": rows, "with_phones": false, "is_trial": true }));
    assert_eq!(answer.status, 422, "{answer:?}");
    assert_eq!(names(&mut admin).len(), 3);
}
