//! Rows of times of another system, from the page: shown as sentences, faults by row and column, saved as one change (F48).

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const ROWS: &str = "/api/time-group-rows/office";

fn read(browser: &mut Browser<'_>, text: &str) -> Vec<Value> {
    let answer = browser.post(ROWS, json!({ "text": text }));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["rows"].as_array().unwrap().clone()
}

#[test]
fn f48_pasted_rows_are_shown_saved_as_one_change_and_undone() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let revision = page.revision();
    let rows = read(&mut admin, "09:00-17:00|mon-fri|1-31|jan-dec\n\n*|fri|13|*\n22:00-06:00|fri|*|*\n");
    let told = |row: &Value| (row["line"].as_u64().unwrap(), row["said"].as_str().unwrap().to_owned());
    let told: Vec<(u64, String)> = rows.iter().map(told).collect();
    let said = |line, said: &str| (line, said.to_owned());
    assert_eq!(told, [said(1, "Mon-Fri 09:00-17:00"), said(3, "Fri 13"), said(4, "Fri 22:00-06:00")]);
    assert_eq!(page.revision(), revision, "nothing is changed yet");
    let times: Vec<&Value> = rows.iter().map(|row| &row["entry"]).collect();
    let saved = admin.post("/api/time-groups/office", json!({ "name": "Old hours", "times": times })).json();
    assert_eq!(page.revision(), revision + 1);
    let names = |admin: &mut Browser<'_>| {
        let groups = admin.get("/api/time-groups/office").json()["groups"].clone();
        groups.as_array().unwrap().iter().map(|group| group["times"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut admin), [json!(["Mon-Fri 09:00-17:00", "Fri 13", "Fri 22:00-06:00"])]);
    assert_eq!(admin.post(&format!("/api/revisions/{}/undo", saved["revision"]), json!({})).status, 200);
    assert!(names(&mut admin).is_empty());
}

#[test]
fn f48_faults_are_named_by_row_and_column_in_the_readers_language() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let rows = read(&mut admin, "*|*|*|*\n9-17|lun|*|*\n*|*|31|feb\n");
    assert_eq!(rows[0]["faults"], json!([]));
    let fields: Vec<&str> =
        rows[1]["faults"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!((fields, &rows[1]["entry"]), (vec!["times", "weekdays"], &Value::Null));
    assert_eq!(rows[2]["faults"][0]["text"], "these days do not come in these months");
    let german = admin.send("POST", ROWS, &[("Accept-Language", "de")], Some(json!({ "text": "*|*|31|feb" }))).json();
    assert_eq!(german["rows"][0]["faults"][0]["text"], "diese Tage gibt es in diesen Monaten nicht");
    // More than a group may have: the first that has no room is named, and so are those after it.
    let many = read(&mut admin, &"*|mon|*|*\n".repeat(66));
    let over: Vec<u64> = many
        .iter()
        .filter(|row| row["faults"][0]["field"] == "rows")
        .map(|row| row["line"].as_u64().unwrap())
        .collect();
    assert_eq!(over, [65, 66]);
}

#[test]
fn f48_rows_are_read_for_whoever_may_change_the_groups_that_they_are_for() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let body = json!({ "text": "*|*|*|*" });
    assert_eq!(user.post(ROWS, body.clone()).status, 403);
    assert_eq!(user.post("/api/time-group-rows/me", body.clone()).status, 200);
    assert_eq!(user.post("/api/time-group-rows/site:Moon", body).status, 404);
}
