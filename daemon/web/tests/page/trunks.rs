//! Trunks, numbers and routes: added, changed and removed, and no secret told.

use std::sync::Mutex;

use log::{LevelFilter, Log, Metadata, Record};
use pbx::input::CallId;
use pbx::status::TrunkStatus;
use pbx::tested::{Test, Tested};
use pbx::trunks::{Exchange, Failure, Health, Heard, Trouble, Turn};
use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

fn trunk(extra: Value) -> Value {
    let mut trunk = json!({ "name": "carrier", "server": "sip.carrier.example", "user": "line7" });
    trunk.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    trunk
}

fn change(browser: &mut Browser<'_>, method: &str, path: &str, body: Option<Value>) -> u16 {
    let etag = browser.get("/api/trunks").etag();
    browser.send(method, path, &[("If-Match", &etag)], body).status
}

#[test]
fn a_trunk_is_added_changed_and_removed_and_its_secret_is_never_told() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/trunks", trunk(json!({ "secret": "open-sesame-7" }))).status, 200);
    let shown = admin.get("/api/trunks").json();
    let first = &shown["trunks"][0];
    assert_eq!(
        (&first["has_secret"], &first["way"], &first["channels"]),
        (&json!(true), &json!("register"), &json!(10))
    );
    let changed = trunk(json!({ "channels": 4, "numbers": "national" }));
    assert_eq!(change(&mut admin, "PUT", "/api/trunks/carrier", Some(changed)), 200);
    let shown = admin.get("/api/trunks").json();
    assert_eq!((&shown["trunks"][0]["has_secret"], &shown["trunks"][0]["channels"]), (&json!(true), &json!(4)));
    for path in ["/api/trunks", "/api/revisions"] {
        assert!(!admin.get(path).json().to_string().contains("open-sesame"), "{path}");
    }
    assert_eq!(change(&mut admin, "DELETE", "/api/trunks/carrier", None), 200);
    assert_eq!(admin.get("/api/trunks").json()["trunks"], json!([]));
    assert_eq!(change(&mut admin, "DELETE", "/api/trunks/carrier", None), 404);
}

#[test]
fn numbers_and_routes_are_tables_and_name_what_exists() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/trunks", trunk(json!({}))).status, 200);
    let numbers = json!({ "numbers": [{ "number": "+12125550101", "to": "101" }] });
    assert_eq!(change(&mut admin, "PUT", "/api/numbers", Some(numbers)), 200);
    let routes = json!({ "routes": [{ "name": "out", "patterns": ["+1*"], "trunks": ["carrier"], "class": null }] });
    assert_eq!(change(&mut admin, "PUT", "/api/routes", Some(routes)), 200);
    let shown = admin.get("/api/trunks").json();
    assert_eq!(shown["numbers"][0], json!({ "number": "+12125550101", "to": "101" }));
    assert_eq!(shown["routes"][0]["patterns"], json!(["+1*"]));
    let lost = json!({ "numbers": [{ "number": "+12125550101", "to": "999" }] });
    assert_eq!(change(&mut admin, "PUT", "/api/numbers", Some(lost)), 422);
    // A trunk that a route names cannot go.
    let etag = admin.get("/api/trunks").etag();
    let refused = admin.send("DELETE", "/api/trunks/carrier", &[("If-Match", &etag)], None);
    assert_eq!((refused.status, refused.json()["detail"].as_str().unwrap().contains("route out")), (409, true));
    let etag = admin.get("/api/trunks").etag();
    let none = json!({ "routes": [] });
    assert_eq!(admin.send("PUT", "/api/routes", &[("If-Match", &etag)], Some(none.clone())).status, 200);
    assert_eq!(
        admin
            .send(
                "PUT",
                "/api/routes",
                &[("If-Match", &etag)],
                Some(json!({ "routes": [{ "name": "x", "patterns": [], "trunks": ["carrier"], "class": null }] }))
            )
            .status,
        412
    );
}

#[test]
fn a_removal_is_taken_back_with_its_secret() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/trunks", trunk(json!({ "secret": "open-sesame-7" }))).status, 200);
    assert_eq!(change(&mut admin, "DELETE", "/api/trunks/carrier", None), 200);
    let newest = admin.get("/api/revisions").json()["revisions"][0]["id"].clone();
    assert_eq!(admin.post(&format!("/api/revisions/{newest}/undo"), json!({})).status, 200);
    assert_eq!(admin.get("/api/trunks").json()["trunks"][0]["has_secret"], json!(true));
}

/// Everything that the daemon writes into its log.
struct Journal;

static JOURNAL: Mutex<String> = Mutex::new(String::new());

impl Log for Journal {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        JOURNAL.lock().unwrap().push_str(&format!("{}\n", record.args()));
    }

    fn flush(&self) {}
}

#[test]
fn a_secret_is_in_no_answer_and_in_no_line_of_the_log() {
    log::set_logger(&Journal).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut said = Vec::new();
    let long = format!("open-sesame{}", "x".repeat(200));
    for (sent, expected) in [
        (trunk(json!({ "secret": "open-sesame-7" })), 200),
        (trunk(json!({ "secret": "open-sesame-8" })), 422),
        (trunk(json!({ "name": "two", "secret": long })), 422),
        (trunk(json!({ "name": "two", "secret": "open-sesame\nVia: x" })), 422),
        (trunk(json!({ "name": "two", "secret": ["open-sesame"] })), 422),
        (trunk(json!({ "name": "two", "server": "!", "secret": "open-sesame-9" })), 422),
        (json!("open-sesame"), 422),
    ] {
        let answer = admin.post("/api/trunks", sent.clone());
        assert_eq!(answer.status, expected, "{sent}: {answer:?}");
        said.push(answer);
    }
    assert_eq!(
        change(&mut admin, "PUT", "/api/trunks/carrier", Some(trunk(json!({ "secret": "open-sesame-1" })))),
        200
    );
    for path in ["/api/trunks", "/api/revisions", "/api/overview", "/api/me", "/api/calls"] {
        said.push(admin.get(path));
    }
    for answer in said {
        assert!(!String::from_utf8_lossy(&answer.body).contains("sesame"), "{answer:?}");
    }
    let journal = JOURNAL.lock().unwrap();
    assert!(journal.contains("configuration revision") && !journal.contains("sesame"), "{journal}");
}

#[test]
fn what_nobody_sends_is_refused_and_changes_nothing() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let before = admin.get("/api/trunks").json();
    let numbers: Vec<Value> = (0..1_001).map(|n| json!({ "number": format!("+1{n:09}"), "to": "101" })).collect();
    let routes = vec![json!({ "name": "r", "patterns": [], "trunks": ["none"], "class": null }); 100];
    for (method, path, body) in [
        ("POST", "/api/trunks", json!({})),
        ("POST", "/api/trunks", json!([])),
        ("POST", "/api/trunks", trunk(json!({ "channels": -1 }))),
        ("POST", "/api/trunks", trunk(json!({ "channels": 70_000 }))),
        ("POST", "/api/trunks", trunk(json!({ "name": "x\r\nVia: y" }))),
        ("POST", "/api/trunks", trunk(json!({ "server": "a\r\nb" }))),
        ("POST", "/api/trunks", trunk(json!({ "user": "a b" }))),
        ("POST", "/api/trunks", trunk(json!({ "prepend": "0;phone-context=x" }))),
        ("POST", "/api/trunks", trunk(json!({ "sources": ["10.0.0.0/8"] }))),
        ("POST", "/api/trunks", trunk(json!({ "sources": vec!["10.0.0.1"; 40] }))),
        ("PUT", "/api/trunks/carrier", trunk(json!({}))),
        ("PUT", "/api/trunks/%00", trunk(json!({}))),
        ("PUT", "/api/trunks/other", trunk(json!({}))),
        ("PUT", "/api/numbers", json!({ "numbers": numbers })),
        ("PUT", "/api/numbers", json!({ "numbers": [{ "number": "+1", "to": "101" }] })),
        ("PUT", "/api/numbers", json!({ "numbers": 7 })),
        ("PUT", "/api/routes", json!({ "routes": routes })),
        ("PUT", "/api/routes", json!({ "routes": [{ "name": "r", "patterns": ["(.*)*"], "trunks": [] }] })),
    ] {
        let answer = admin.send(method, path, &[("If-Match", "*")], Some(body.clone()));
        assert!(matches!(answer.status, 400 | 404 | 413 | 422), "{method} {path} {body}: {answer:?}");
        assert!(answer.json()["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{answer:?}");
    }
    assert_eq!(admin.send("PUT", "/api/numbers", &[], Some(json!({ "numbers": [] }))).status, 428);
    assert_eq!(admin.get("/api/trunks").json(), before);
}

#[test]
fn what_is_wrong_is_said_by_field() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (wrong, field) in [
        (json!({ "name": "a b" }), "name"),
        (json!({ "server": "no server" }), "server"),
        (json!({ "user": null }), "user"),
        (json!({ "way": "isdn" }), "way"),
        (json!({ "codecs": ["g729"] }), "codecs"),
        (json!({ "channels": 0 }), "channels"),
        (json!({ "secret": "x".repeat(200) }), "secret"),
    ] {
        let answer = admin.post("/api/trunks", trunk(wrong.clone()));
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.json()["errors"][field].is_string(), "{wrong}: {:?}", answer.json());
    }
    assert_eq!(admin.get("/api/trunks").json()["trunks"], json!([]));
}

#[test]
fn how_a_trunk_fares_is_said_in_the_readers_language_and_it_is_tried_at_once() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(admin.post("/api/trunks", trunk(json!({}))).status, 200);
    assert_eq!(admin.post("/api/trunks/carrier/try", json!({})).status, 409, "the engine knows no such line");
    let at = "2026-07-01T07:59:00Z".parse().unwrap();
    let trouble = Some(Trouble::Refused { status: 404, phrase: "No such account".to_owned() });
    page.trunk_is(TrunkStatus {
        name: "carrier".to_owned(),
        health: Health::Down,
        since: Some(at),
        trouble: trouble.clone(),
        registers: true,
        registered_until: None,
        addresses: vec!["203.0.113.5:5060".to_owned()],
        seen_as: None,
        round_trip_ms: Some(31),
        calls: 0,
        channels: 10,
        failures: vec![Failure { at, what: Trouble::Silent }, Failure { at, what: trouble.clone().unwrap() }],
        register: Some(Exchange {
            asked_at: at,
            is_open: true,
            heard: Some((at, Heard::Reply { status: 404, phrase: "No such account".to_owned() })),
        }),
        options: Some(Exchange { asked_at: at, is_open: false, heard: Some((at, Heard::Nothing)) }),
        test: Some(Test {
            call: CallId(30),
            number: "+493012345".to_owned(),
            at,
            outcome: Some(Tested::Refused { status: 486, round_trip_ms: 12 }),
        }),
        history: vec![Turn { at, health: None, trouble: None }, Turn { at, health: Some(Health::Down), trouble }],
    });
    assert_eq!(admin.post("/api/trunks/carrier/try", json!({})).status, 200);
    assert_eq!(admin.post("/api/trunks/other/try", json!({})).status, 404);
    let state = admin.get("/api/trunks").json()["trunks"][0]["state"].clone();
    assert_eq!((&state["health"], &state["trouble"]), (&json!("down"), &json!("refused")));
    assert_eq!((&state["register"]["status"], &state["register"]["is_open"]), (&json!(404), &json!(true)));
    assert_eq!(
        state["options"],
        json!({ "is_open": false, "at": "2026-07-01T07:59:00Z", "status": null, "phrase": null })
    );
    assert_eq!((&state["history"][0]["health"], &state["history"][1]["health"]), (&json!("off"), &json!("down")));
    let says = |of: &Value, words: &str| assert!(of.as_str().unwrap().contains(words), "{of}");
    says(&state["text"], "it knows no such user");
    let test = &state["test"];
    assert_eq!(
        (&test["call"], &test["is_running"], &test["is_good"], &test["number"]),
        (&json!(30), &json!(false), &json!(false), &json!("+493012345"))
    );
    says(&test["text"], "refused with 486 (the number is busy)");
    says(&state["failures"][1]["text"], "it does not answer");
    says(&admin.get("/api/overview").json()["verdict"]["text"], "No calls go by carrier");
    let german = admin.send("GET", "/api/trunks", &[("Accept-Language", "de")], None).json();
    says(&german["trunks"][0]["state"]["text"], "er kennt diesen Benutzer nicht");
}

#[test]
fn an_administrator_tests_a_trunk_and_is_told_why_not() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for name in ["carrier", "off"] {
        assert_eq!(admin.post("/api/trunks", trunk(json!({ "name": name }))).status, 200);
    }
    let begun = admin.post("/api/trunks/carrier/test-call", json!({ "number": "030 12345" }));
    assert_eq!((begun.status, &begun.json()["call"]), (200, &json!(31)));
    assert_eq!(admin.post("/api/trunks/carrier/test-call", json!({})).status, 200, "to its own number");
    assert_eq!(admin.post("/api/trunks/none/test-call", json!({})).status, 404);
    assert_eq!(admin.post("/api/trunks/off/test-call", json!({})).status, 409);
    for (number, words) in [("112", "calls for help"), ("xyz", "write a number")] {
        let refused = admin.post("/api/trunks/carrier/test-call", json!({ "number": number }));
        assert_eq!(refused.status, 422);
        assert!(refused.json()["errors"]["number"].as_str().unwrap().contains(words), "{}", refused.json());
    }
    assert_eq!(page.browser(USER, PASSWORD).post("/api/trunks/carrier/test-call", json!({})).status, 403);
}
