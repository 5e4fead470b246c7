//! A backup by the page: who may, what it holds, what is refused, and what is left behind.

use std::io::{Read, Write};

use serde_json::{Value, json};
use web::keys::Purpose;

use crate::house::{ADMIN, Answer, Browser, PASSWORD, PIN, Page, USER, check};

fn upload(browser: &mut Browser<'_>, archive: &[u8]) -> Answer {
    browser.send_bytes("PUT", "/api/backup", &[], archive)
}

#[track_caller]
fn refused(answer: &Answer, status: u16, part: &str) {
    let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
    assert!(answer.status == status && detail.contains(part), "{answer:?}");
}

#[test]
fn an_administrator_downloads_the_office_and_puts_it_in_place() {
    let page = Page::new();
    page.message(1, "102", 32_000);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let archive = admin.get("/api/backup");
    assert_eq!((archive.status, archive.header("content-type")), (200, Some("application/x-tar")));
    assert_eq!(archive.header("content-length"), Some(archive.body.len().to_string().as_str()));
    let name = "attachment; filename=\"bellbox-test-office-2026-07-01.tar\"";
    assert_eq!(archive.header("content-disposition"), Some(name));
    let checked = upload(&mut admin, &archive.body).json();
    let figures = ["people", "phones", "messages", "audio_ms"].map(|name| checked[name].as_u64().unwrap());
    assert_eq!(figures, [3, 2, 1, 2_000], "{checked}");
    assert_eq!((&checked["office"], &checked["has_admin"]), (&json!("Test office"), &json!(true)));
    assert_eq!(checked["made"], "2026-07-01T08:16:40Z");
    page.call_up(7);
    let state = admin.get("/api/backup/state").json();
    assert_eq!((&state["received"], &state["before"], &state["calls_up"]), (&checked, &Value::Null, &json!(1)));
    assert!(state["room_bytes"].as_u64().unwrap() > 0);
    refused(&admin.post("/api/backup/restore", json!({ "id": "another" })), 409, "choose the file again");
    assert_eq!(admin.post("/api/backup/restore", json!({ "id": checked["id"] })).status, 200);
    page.restarted();
    refused(&admin.post("/api/backup/restore", json!({ "id": checked["id"] })), 409, "choose the file again");
    refused(&admin.post("/api/backup/undo", json!({})), 409, "choose the file again");
}

#[test]
fn what_is_no_good_is_refused_with_a_sentence_and_leaves_nothing() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let archive = admin.get("/api/backup").body;
    let mut flipped = archive.clone();
    flipped[20_000] ^= 1;
    refused(&upload(&mut admin, &flipped), 422, "bellbox.db is not as it was written");
    refused(&upload(&mut admin, &archive[..archive.len() / 2]), 422, "ends too early");
    refused(&upload(&mut admin, &vec![7; 1_000_000]), 422, "no backup of Bellbox");
    assert_eq!(admin.get("/api/backup/state").json()["received"], Value::Null);
    // What was uploaded before goes with the next upload, good or not.
    assert_eq!(upload(&mut admin, &archive).status, 200);
    refused(&upload(&mut admin, b"x"), 422, "no backup of Bellbox");
    assert_eq!(admin.get("/api/backup/state").json()["received"], Value::Null);
    assert_eq!(upload(&mut admin, &archive).status, 200);
    assert_eq!(admin.send("DELETE", "/api/backup", &[], None).status, 200);
    assert_eq!(admin.get("/api/backup/state").json()["received"], Value::Null);
}

#[test]
fn an_upload_is_as_long_as_it_says_and_as_the_disk_has_room() {
    let page = Page::new();
    let cookie = page.browser(ADMIN, PASSWORD).cookie.unwrap();
    let head = |more: &str| {
        page.text(&format!(
            "PUT /api/backup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Bellbox: 1\r\nCookie: {cookie}\r\n{more}\r\n"
        ))
    };
    check(&head("Content-Length: 4000000000000000\r\n"), &["HTTP/1.1 507", "make room first"]);
    check(&head(""), &["HTTP/1.1 411"]);
    check(&head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), &["HTTP/1.1 4"]);
    // Other routes keep their bound, and so does this path for other methods.
    let large = "Content-Length: 100000\r\n\r\n";
    for request in ["POST /api/backup/restore", "DELETE /api/backup", "GET /api/backup", "PUT /api/me"] {
        let answer = page.text(&format!("{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{large}"));
        check(&answer, &["HTTP/1.1 413"]);
    }
}

#[test]
fn an_upload_whose_browser_goes_away_holds_nothing_up() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let archive = admin.get("/api/backup").body;
    let cookie = admin.cookie.clone().unwrap();
    let mut gone = page.connect();
    let head = format!(
        "PUT /api/backup HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nCookie: {cookie}\r\nContent-Length: {}\r\n\r\n",
        archive.len()
    );
    gone.write_all(head.as_bytes()).unwrap();
    gone.write_all(&archive[..archive.len() / 2]).unwrap();
    gone.shutdown(std::net::Shutdown::Both).unwrap();
    let _ = gone.read(&mut [0; 1]);
    // Until the box has noticed, it says that it is at work.
    let answer = (0..1_000).map(|_| upload(&mut admin, &archive)).find(|answer| answer.status != 409).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn only_administrators_get_at_the_keys_and_hashes() {
    let page = Page::new();
    for (who, secret) in [(USER, PASSWORD), ("102", PIN)] {
        let mut browser = page.browser(who, secret);
        assert_eq!(browser.get("/api/backup").status, 403);
        assert_eq!(upload(&mut browser, &[7; 200_000]).status, 403);
    }
    assert_eq!(Browser::of(&page).get("/api/backup").status, 401);
    assert!(!page.house_folder().join("incoming").exists());
}

#[test]
fn an_empty_box_takes_a_backup_from_the_holder_of_its_token() {
    let full = Page::new();
    let archive = full.browser(ADMIN, PASSWORD).get("/api/backup").body;
    let page = Page::empty();
    let token = page.key(Purpose::Setup);
    let mut browser = Browser::of(&page);
    let headers = |token| [("X-Setup-Token", token)];
    let path = "/api/setup/backup";
    refused(&browser.send_bytes("PUT", path, &[], &archive), 403, "take the newest one from its console");
    refused(&browser.send_bytes("PUT", path, &headers("wrong"), &archive), 403, "does not open the box");
    assert_eq!(
        browser.send_bytes("PUT", "/api/backup", &headers(&token), &archive).status,
        401,
        "that one is another's"
    );
    let checked = browser.send_bytes("PUT", path, &headers(&token), &archive).json();
    assert_eq!((&checked["people"], &checked["office"]), (&json!(3), &json!("Test office")));
    let id = json!({ "id": checked["id"] });
    let restore = "/api/setup/backup/restore";
    refused(&browser.send("POST", restore, &[], Some(id.clone())), 403, "does not open the box");
    assert_eq!(browser.send("POST", restore, &headers(&token), Some(id)).status, 200);
    page.restarted();
    // A box that belongs to somebody is closed to every token.
    let token = full.key(Purpose::Setup);
    let mut browser = Browser::of(&full);
    refused(&browser.send_bytes("PUT", path, &headers(&token), &archive), 403, "does not open the box");
}
