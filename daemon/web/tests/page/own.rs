//! What is one's own, and what is not.

use serde_json::json;

use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page, USER};

#[test]
fn time_language_and_what_is_said_before_a_message_are_ones_own() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let me = user.get("/api/me");
    let shown = |me: &serde_json::Value| ["time_zone", "say_time", "say_caller"].map(|field| me[field].clone());
    let office = me.json()["office_time_zone"].clone();
    assert_eq!(shown(&me.json()), [office.clone(), json!(true), json!(true)]);
    let wish = json!({ "time_zone": "Atlantic/Canary", "say_time": false, "language": "es" });
    let saved = user.send("PUT", "/api/me", &[("If-Match", &me.etag())], Some(wish));
    assert_eq!(shown(&saved.json()), [json!("Atlantic/Canary"), json!(false), json!(true)]);
    assert_eq!((&saved.json()["office_time_zone"], &saved.json()["language"]), (&office, &json!("es")));
    let wrong =
        user.send("PUT", "/api/me", &[("If-Match", &saved.etag())], Some(json!({ "time_zone": "Europe/Atlantis" })));
    assert_eq!((wrong.status, wrong.json()["errors"]["time_zone"].is_string()), (422, true), "{wrong:?}");
    let back = user.send("PUT", "/api/me", &[("If-Match", &saved.etag())], Some(json!({ "time_zone": "" })));
    assert_eq!(back.json()["time_zone"], office);
}

#[test]
fn a_mailbox_is_its_owners_alone() {
    let page = Page::new();
    page.message(1, "102", 48_000);
    page.message(2, "103", 48_000);
    let mut owner = page.browser("102", PIN);
    let list = owner.get("/api/voicemail").json();
    assert_eq!((&list["new"], &list["messages"][0]["id"]), (&json!(1), &json!(1)), "{list}");
    assert_eq!(list["messages"].as_array().unwrap().len(), 1);
    assert_eq!(list["messages"][0]["length_ms"], 3000);
    for (path, status) in
        [("/api/voicemail/1/audio", 200), ("/api/voicemail/2/audio", 404), ("/api/voicemail/9/audio", 404)]
    {
        assert_eq!(owner.get(path).status, status, "{path}");
    }
    let hidden = owner.post("/api/voicemail/2/move", json!({ "folder": "trash" }));
    let unknown = owner.post("/api/voicemail/9/move", json!({ "folder": "trash" }));
    assert_eq!((hidden.status, hidden.body), (404, unknown.body), "they look the same");
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.get("/api/voicemail/1/audio").status, 404, "not an administrator's either");
}

#[test]
fn whoever_has_no_extension_has_no_messages_and_no_error() {
    let page = Page::empty();
    let setup = json!({
        "token": page.key(web::keys::Purpose::Setup),
        "office": { "name": "Our office", "country": "DE", "language": "de", "time_zone": "Europe/Berlin" },
        "admin": { "name": "Front Desk", "email": ADMIN, "password": PASSWORD },
    });
    let mut admin = Browser::of(&page);
    assert_eq!(admin.post("/api/setup", setup).json()["extension"], json!(null));
    let list = admin.get("/api/voicemail");
    assert_eq!(list.status, 200, "{list:?}");
    assert_eq!((&list.json()["mailbox"], &list.json()["messages"]), (&json!(null), &json!([])));
    assert_eq!(admin.get("/api/voicemail/1/audio").status, 404);
}

#[test]
fn messages_move_between_folders() {
    let page = Page::new();
    page.message(1, "102", 48_000);
    let mut owner = page.browser(USER, PASSWORD);
    for folder in ["trash", "saved", "new"] {
        let moved = owner.post("/api/voicemail/1/move", json!({ "folder": folder }));
        assert_eq!((moved.status, &moved.json()["folder"]), (200, &json!(folder)));
        assert_eq!(owner.get(&format!("/api/voicemail?folder={folder}")).json()[folder], 1);
    }
    assert_eq!(owner.post("/api/voicemail/1/move", json!({ "folder": "attic" })).status, 422);
    assert_eq!(owner.get("/api/voicemail?folder=attic").status, 400);
}

#[test]
fn a_sound_is_heard_in_parts() {
    let page = Page::new();
    page.message(1, "102", 200_000);
    let length = 200_044;
    let mut owner = page.browser("102", PIN);
    let whole = owner.get("/api/voicemail/1/audio");
    assert_eq!((whole.status, whole.body.len(), whole.header("accept-ranges")), (200, length, Some("bytes")));
    assert_eq!(whole.header("content-type"), Some("audio/wav"));
    let mut part = |range: &str| owner.send("GET", "/api/voicemail/1/audio", &[("Range", range)], None);
    let middle = part("bytes=70000-140000");
    assert_eq!((middle.status, middle.header("content-range")), (206, Some("bytes 70000-140000/200044")));
    assert_eq!(middle.body, whole.body[70_000..=140_000]);
    assert_eq!(part("bytes=-44").body, whole.body[200_000..]);
    let beyond = part("bytes=200044-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */200044")));
}

#[test]
fn people_see_their_own_calls_and_administrators_all() {
    let page = Page::new();
    page.call_was(1, "101", "102");
    page.call_was(2, "101", "103");
    page.call_was(3, "102", "103");
    let ids = |list: serde_json::Value| -> Vec<u64> {
        list["calls"].as_array().unwrap().iter().map(|call| call["id"].as_u64().unwrap()).collect()
    };
    let (mut user, mut admin) = (page.browser("102", PIN), page.browser(ADMIN, PASSWORD));
    assert_eq!(ids(user.get("/api/calls").json()), [3, 1]);
    assert_eq!(ids(admin.get("/api/calls").json()), [3, 2, 1]);
    assert_eq!(ids(admin.get("/api/calls?q=workshop").json()), [3, 1], "by name");
    assert_eq!(ids(user.get("/api/calls?q=hall&limit=5").json()), [3]);
    let page_one = admin.get("/api/calls?limit=2").json();
    assert_eq!((ids(page_one.clone()), &page_one["next"]), (vec![3, 2], &json!(2)));
    let page_two = admin.get("/api/calls?limit=2&before=2").json();
    assert_eq!((ids(page_two.clone()), &page_two["next"]), (vec![1], &json!(null)));
    assert_eq!(user.get("/api/calls/2").status, 404);
    let story = user.get("/api/calls/1").json();
    assert_eq!(story["call"]["went"], "missed");
    assert_eq!(story["call"]["to_name"], "Workshop");
    let kinds: Vec<_> = story["lines"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["asked", "ended"]);
    assert_eq!(admin.get("/api/calls/2").status, 200);
    assert_eq!(admin.get("/api/calls/77").status, 404);
}

#[test]
fn a_call_is_told_in_the_language_of_its_reader() {
    let page = Page::new();
    page.call_was(1, "101", "102");
    let mut user = page.browser(USER, PASSWORD);
    let german = "bei 102 hat in der Klingelzeit niemand abgenommen";
    let english = "nobody answered at 102 in its ring time";
    for (wanted, expected) in [("de-DE,en;q=0.5", german), ("en", english), ("fr", english)] {
        let told = user.send("GET", "/api/calls/1", &[("Accept-Language", wanted)], None).json();
        assert_eq!(told["call"]["story"], expected, "{wanted}");
        let last = &told["lines"].as_array().unwrap()[1]["text"];
        assert!(last.as_str().unwrap().ends_with(expected), "{wanted}: {last}");
        let calls = user.send("GET", "/api/calls", &[("Accept-Language", wanted)], None).json();
        assert_eq!(calls["calls"][0]["story"], expected, "{wanted}");
    }
    // A reader that says nothing, or only languages that are not here, gets their own on this box.
    let etag = user.get("/api/me").etag();
    let german_please = Some(json!({ "language": "de" }));
    assert_eq!(user.send("PUT", "/api/me", &[("If-Match", &etag)], german_please).status, 200);
    assert_eq!(user.get("/api/calls/1").json()["call"]["story"], german);
    let found = user.get("/api/calls?q=niemand").json();
    assert_eq!(found["calls"].as_array().unwrap().len(), 1, "it is searched in the words that are read");
}

#[test]
fn the_overview_is_in_the_language_of_its_reader() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut verdict = |language: &str| {
        let overview = admin.send("GET", "/api/overview", &[("Accept-Language", language)], None).json();
        overview["verdict"]["text"].as_str().unwrap().to_owned()
    };
    let (german, english) = (verdict("de"), verdict("en"));
    assert_ne!(german, english);
}

#[test]
fn a_person_changes_what_is_theirs() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let etag = user.get("/api/me").etag();
    let wish = json!({ "language": "de", "ring_s": 40, "newest_first": true });
    assert_eq!(user.send("PUT", "/api/me", &[], Some(wish.clone())).status, 428);
    let changed = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(wish.clone()));
    assert_eq!(
        (changed.status, &changed.json()["ring_s"], &changed.json()["language"]),
        (200, &json!(40), &json!("de"))
    );
    assert_eq!(changed.json()["newest_first"], true);
    let late = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(wish));
    assert_eq!(late.status, 412);
    assert_eq!(late.json()["detail"], "Workshop hat das vor 0 Minuten geändert: Sehen Sie nach, bevor Sie speichern");
    let etag = changed.etag();
    let wrong = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(json!({ "ring_s": 4 })));
    assert_eq!((wrong.status, wrong.json()["errors"]["ring_s"].is_string()), (422, true), "{wrong:?}");
    let role = user.send("PUT", "/api/me", &[("If-Match", &etag)], Some(json!({ "role": "admin" })));
    assert_eq!(role.status, 422, "nobody makes themselves an administrator");
}

#[test]
fn a_secret_is_changed_by_who_knows_the_one_before() {
    let page = Page::new();
    let (mut user, mut other) = (page.browser(USER, PASSWORD), page.browser(USER, PASSWORD));
    let mut by_pin = page.browser("102", PIN);
    let wish = |current: &str, new: &str| json!({ "current": current, "new": new });
    assert_eq!(user.post("/api/me/password", wish("wrong one", "seven green kettles")).status, 422);
    assert_eq!(user.post("/api/me/password", wish(PIN, "seven green kettles")).status, 422, "a PIN is not enough");
    let weak = user.post("/api/me/password", wish(PASSWORD, "workshop workshop"));
    assert_eq!((weak.status, weak.json()["errors"]["new"].is_string()), (422, true));
    assert_eq!(user.post("/api/me/password", wish(PASSWORD, "seven green kettles")).status, 200);
    assert_eq!(user.get("/api/me").status, 200, "this browser stays in");
    assert_eq!(other.get("/api/me").status, 401, "others do not");
    page.browser(USER, "seven green kettles");
    assert_eq!(user.post("/api/me/pin", wish("seven green kettles", "1111")).status, 422);
    assert_eq!(user.post("/api/me/pin", wish("seven green kettles", "820457")).status, 200);
    assert_eq!(by_pin.get("/api/me").status, 401);
    page.browser("102", "820457");
}

#[test]
fn f9_everybody_sees_where_they_signed_in_last_and_signs_strangers_out() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let mut stranger = Browser::of(&page);
    let long = format!("Firefox/140.0 {}", "x".repeat(400));
    let login = Some(json!({ "login": USER, "secret": PASSWORD }));
    assert_eq!(stranger.send("POST", "/api/login", &[("User-Agent", &long)], login).status, 200);
    assert_eq!(
        page.browser("102", PIN).get("/api/me/sign-ins").status,
        403,
        "a PIN opens no more than calls and messages"
    );
    let told = user.get("/api/me/sign-ins").json();
    let sign_ins = told["sign_ins"].as_array().unwrap();
    let of = |field: &str| sign_ins.iter().map(|row| row[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("is_by_pin"), [json!(true), json!(false), json!(false)]);
    assert_eq!(of("is_this"), [json!(false), json!(false), json!(true)]);
    assert_eq!(of("is_open"), [json!(true), json!(true), json!(true)]);
    let device = sign_ins[1]["device"].as_str().unwrap();
    assert!(device.starts_with("Firefox/140.0 ") && device.len() == 200, "{device}");
    assert!(
        sign_ins.iter().all(|row| row["from"].as_str().is_some_and(|from| !from.is_empty()) && row["at"].is_string())
    );
    // Nobody sees those of others.
    let admin = page.browser(ADMIN, PASSWORD).get("/api/me/sign-ins").json();
    assert_eq!(admin["sign_ins"].as_array().unwrap().len(), 1);
    assert_eq!(user.post("/api/logout-everywhere", json!({})).status, 200);
    assert_eq!(stranger.get("/api/me").status, 401);
    let again = page.browser(USER, PASSWORD).get("/api/me/sign-ins").json();
    let open = again["sign_ins"].as_array().unwrap().iter().map(|row| row["is_open"].clone()).collect::<Vec<_>>();
    assert_eq!(open, [json!(true), json!(false), json!(false), json!(false)]);
}
