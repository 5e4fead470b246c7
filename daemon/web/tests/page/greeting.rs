//! The greeting on the page: which one callers hear, files as people bring them, and the way back.

use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, Browser, PASSWORD, PIN, Page, USER, check};

/// A sound of so many milliseconds in CD quality.
pub fn wav(ms: usize) -> Vec<u8> {
    let samples = 44_100 * ms / 1000;
    let tone = |at: usize| ((at as f64 * 0.1).sin() * 9_000.0) as i16;
    let audio: Vec<u8> = (0..samples).flat_map(|at| tone(at).to_le_bytes().repeat(2)).collect();
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(audio.len() + 36).unwrap().to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    file.extend(44_100_u32.to_le_bytes());
    file.extend(176_400_u32.to_le_bytes());
    file.extend(b"\x04\0\x10\0data");
    file.extend(u32::try_from(audio.len()).unwrap().to_le_bytes());
    file.extend(audio);
    file
}

fn put(browser: &mut Browser<'_>, which: &str, file: &[u8]) -> Answer {
    browser.send_bytes("PUT", &format!("/api/greeting/{which}"), &[], file)
}

fn id(answer: &Value, which: &str) -> Option<u64> {
    answer[which]["id"].as_u64()
}

#[test]
fn what_the_box_says_instead_can_be_heard_whole_and_in_parts() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let whole = user.get("/api/greeting/spoken/audio");
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("audio/wav")), "{whole:?}");
    let said: Vec<u8> = whole.body[44..].iter().step_by(2).copied().collect();
    assert_eq!((&whole.body[..4], String::from_utf8(said).unwrap()), (&b"RIFF"[..], "default-greeting".to_owned()));
    let part = user.send("GET", "/api/greeting/spoken/audio", &[("Range", "bytes=44-45")], None);
    assert_eq!((part.status, &part.body[..]), (206, &b"d\0"[..]));
    let beyond = user.send("GET", "/api/greeting/spoken/audio", &[("Range", "bytes=9999-")], None);
    assert_eq!(beyond.status, 416);
}

#[test]
fn a_greeting_from_a_file_is_heard_and_taken_back() {
    let page = Page::new();
    let mut owner = page.browser(USER, PASSWORD);
    let heard = owner.get("/api/greeting").json();
    assert_eq!((&heard["callers_hear"], id(&heard, "greeting")), (&json!("spoken"), None));
    assert_eq!(owner.get("/api/greeting/greeting/audio").status, 404);
    let first = put(&mut owner, "greeting", &wav(2_000)).json();
    assert_eq!((&first["callers_hear"], &first["greeting"]["length_ms"]), (&json!("own"), &json!(2_000)), "{first}");
    let sound = owner.get("/api/greeting/greeting/audio");
    assert_eq!((sound.status, sound.header("content-type"), sound.body.len()), (200, Some("audio/wav"), 32_044));
    let part = owner.send("GET", "/api/greeting/greeting/audio", &[("Range", "bytes=44-47")], None);
    assert_eq!((part.status, part.header("content-range")), (206, Some("bytes 44-47/32044")));
    assert_eq!(part.body, sound.body[44..48]);
    let second = put(&mut owner, "greeting", &wav(1_000)).json();
    assert!(id(&second, "greeting") > id(&first, "greeting"));
    let mut hear = |which: &str, recording: Option<u64>| {
        owner.post(&format!("/api/greeting/{which}/use"), json!({ "id": recording }))
    };
    let back = hear("greeting", id(&first, "greeting"));
    assert_eq!((back.status, &back.json()["greeting"]["length_ms"]), (200, &json!(2_000)));
    assert_eq!(hear("greeting", None).json()["callers_hear"], "spoken");
    assert_eq!(hear("greeting", id(&first, "greeting")).json()["callers_hear"], "own");
    assert_eq!(hear("greeting", Some(77)).status, 404);
    assert_eq!(hear("name", id(&first, "greeting")).status, 404, "a greeting is no name");
    assert_eq!(hear("nobody", None).status, 404);
    hear("greeting", None);
    let named = put(&mut owner, "name", &wav(900)).json();
    assert_eq!((&named["callers_hear"], &named["name"]["length_ms"]), (&json!("name"), &json!(900)));
}

#[test]
fn a_greeting_is_its_owners_alone_and_a_pin_only_hears_it() {
    let page = Page::new();
    let (mut owner, mut admin) = (page.browser(USER, PASSWORD), page.browser(ADMIN, PASSWORD));
    let greeting = put(&mut owner, "greeting", &wav(500)).json();
    assert_eq!(admin.get("/api/greeting").json()["callers_hear"], "spoken", "the administrator's own");
    let taken = admin.post("/api/greeting/greeting/use", json!({ "id": id(&greeting, "greeting") }));
    assert_eq!(taken.status, 404);
    let mut by_pin = page.browser("102", PIN);
    assert_eq!(by_pin.get("/api/greeting/greeting/audio").status, 200);
    assert_eq!(put(&mut by_pin, "greeting", &wav(500)).status, 403);
    assert_eq!(by_pin.post("/api/greeting/greeting/use", json!({ "id": null })).status, 403);
    let mut nobody = Browser::of(&page);
    assert_eq!(put(&mut nobody, "greeting", &wav(500)).status, 401);
}

#[test]
fn files_that_are_no_greeting_are_refused_with_what_to_do() {
    let page = Page::new();
    let mut owner = page.browser(USER, PASSWORD);
    let mut lying = wav(500);
    lying[40..44].copy_from_slice(&3_000_000_000_u32.to_le_bytes());
    for (which, file, text) in [
        ("greeting", Vec::new(), "the file is empty"),
        ("greeting", b"ID3\x04\0 an MP3 named hello.wav".to_vec(), "this is an MP3 file, whatever its name says"),
        ("greeting", lying, "is cut off after 0 s of 17006 s"),
        ("greeting", wav(200), "only 200 ms long"),
        ("name", wav(8_100), "9 s long: cut it to 8 s"),
        ("greeting", [&wav(0)[..], &[0; 88_200]].concat(), "nothing can be heard"),
    ] {
        let answer = put(&mut owner, which, &file);
        assert_eq!(answer.status, 422, "{text}: {answer:?}");
        check(answer.json()["errors"]["file"].as_str().unwrap_or_default(), &[text]);
    }
    assert_eq!(owner.get("/api/greeting").json()["callers_hear"], "spoken", "nothing was kept");
    // What a name would do in a path is not even asked for: there is none.
    assert_eq!(put(&mut owner, "..%2f..%2fetc%2fpasswd", &wav(500)).status, 404);
}

#[test]
fn a_body_is_as_long_as_its_route_takes() {
    let page = Page::new();
    let cookie = page.browser(USER, PASSWORD).cookie.unwrap();
    for (method, path, length, status) in [
        ("PUT", "/api/greeting/greeting", 48 * 1024 * 1024 + 1, "413"),
        ("PUT", "/api/greeting/greeting", usize::MAX, "4"),
        ("POST", "/api/greeting/greeting/use", 65 * 1024, "413"),
        ("PUT", "/api/me", 65 * 1024, "413"),
    ] {
        let answer = page.text(&format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nCookie: {cookie}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        ));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{method} {path} {length}: {answer}");
    }
    // A body that ends before its length.
    let answer = page.text(&format!(
        "PUT /api/greeting/greeting HTTP/1.1\r\nHost: localhost\r\nX-Bellbox: 1\r\nCookie: {cookie}\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ));
    check(&answer, &["HTTP/1.1 413"]);
}

#[test]
fn calls_and_messages_are_taken_along_as_tables() {
    let page = Page::new();
    page.call_was(1, "101", "102");
    page.call_was(2, "101", "103");
    page.message(1, "102", 24_000);
    let mut by_pin = page.browser("102", PIN);
    let calls = by_pin.get("/api/calls/export");
    assert_eq!((calls.status, calls.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    assert_eq!(calls.header("content-disposition"), Some("attachment; filename=\"calls.csv\""));
    let text = String::from_utf8(calls.body).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "one's own: {text}");
    assert_eq!(
        lines[0],
        "\u{feff}Time,From,Name of the caller,To,Name of the called,How it went,Talked for seconds,Story,\
         Authorization code,Account,Name of the account"
    );
    assert!(lines[1].starts_with("2026-07-01 10:00:00,101,Front Desk,102,Workshop,missed,,"), "{text}");
    let german = by_pin.send("GET", "/api/calls/export", &[("Accept-Language", "de")], None);
    let german = String::from_utf8(german.body).unwrap();
    let heading = "\u{feff}Zeit,Von,Name des Anrufers,An,Name des Angerufenen,Verlauf,Gesprochen in Sekunden,Geschichte,\
         Berechtigungscode,Kostenstelle,Name der Kostenstelle";
    assert_eq!(german.lines().next(), Some(heading));
    assert!(german.contains(",verpasst,,"), "{german}");
    let text = String::from_utf8(by_pin.get("/api/voicemail/export").body).unwrap();
    assert_eq!(text.lines().nth(1), Some("2026-07-01 10:00:00,101,Front Desk,new,1.5,no"), "{text}");
    let all = String::from_utf8(page.browser(ADMIN, PASSWORD).get("/api/calls/export").body).unwrap();
    assert_eq!(all.lines().count(), 3, "{all}");
}
