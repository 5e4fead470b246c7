//! Whether phones can be reached, as administrators see it.

use jiff::{SignedDuration, Timestamp};
use pbx::status::{BindingStatus, PhoneStatus};
use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page};

fn at(second: i64) -> Timestamp {
    "2026-07-01T08:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(second)
}

fn binding(reachable: bool, since: i64) -> BindingStatus {
    BindingStatus {
        contact: "sip:u102@192.0.2.7:49152;transport=tcp".to_owned(),
        source: "192.0.2.7:49152".to_owned(),
        transport: "TCP".to_owned(),
        user_agent: "Desk Phone 3.2.1".to_owned(),
        expires_at: at(3600),
        reachable,
        since: Some(at(since)),
        round_trip_ms: reachable.then_some(4),
    }
}

fn phone(since: Option<i64>, bindings: Vec<BindingStatus>) -> PhoneStatus {
    PhoneStatus { name: "102a".to_owned(), extension: "102".to_owned(), since: since.map(at), bindings }
}

fn seen(admin: &mut Browser<'_>) -> Value {
    let phones = admin.get("/api/phones").json();
    phones["phones"][0].clone()
}

#[test]
fn a_phone_is_there_or_silent_or_gone_and_since_when_is_told() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (status, reach, since) in [
        (phone(None, vec![]), "unseen", json!(null)),
        (phone(Some(3), vec![binding(true, 3)]), "registered", json!("2026-07-01T08:00:03Z")),
        (phone(None, vec![binding(true, 0)]), "registered", json!(null)),
        (phone(Some(3), vec![binding(false, 60), binding(false, 70)]), "unreachable", json!("2026-07-01T08:01:10Z")),
        (phone(Some(3), vec![binding(false, 60), binding(true, 3)]), "registered", json!("2026-07-01T08:00:03Z")),
        (phone(Some(90), vec![]), "gone", json!("2026-07-01T08:01:30Z")),
    ] {
        let bindings = status.bindings.len();
        page.phone_is(status);
        let row = seen(&mut admin);
        assert_eq!((&row["reach"], &row["since"]), (&json!(reach), &since), "{row}");
        assert_eq!(row["bindings"].as_array().unwrap().len(), bindings);
        assert_eq!(row["fix"].is_string(), reach != "registered", "what to do is said where something is: {row}");
    }
    page.phone_is(phone(Some(3), vec![binding(true, 3)]));
    let row = seen(&mut admin);
    assert_eq!((&row["user"], &row["person"], &row["extension"]), (&json!("u102"), &json!("Workshop"), &json!("102")));
    let one = &row["bindings"][0];
    assert_eq!((&one["address"], &one["transport"]), (&json!("192.0.2.7:49152"), &json!("TCP")));
    assert_eq!((&one["user_agent"], &one["round_trip_ms"]), (&json!("Desk Phone 3.2.1"), &json!(4)));
}

#[test]
fn a_phones_failures_stand_with_it_and_its_calls_are_found_by_its_number() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    page.phone_is(phone(None, vec![]));
    assert_eq!(seen(&mut admin)["failures"], json!([]));
    page.guessed("192.0.2.66");
    let german = admin.send("GET", "/api/phones", &[("Accept-Language", "de")], None).json();
    let failure = &german["phones"][0]["failures"][0];
    assert_eq!((&failure["source"], &failure["why"]), (&json!("192.0.2.66"), &json!("das Passwort ist falsch")));
    for (id, from, to) in [(1, "101", "102"), (2, "101", "103"), (3, "102", "101"), (4, "103", "1020")] {
        page.call_was(id, from, to);
    }
    let ids = |browser: &mut Browser<'_>, number: &str| -> Vec<u64> {
        let calls = browser.get(&format!("/api/calls?number={number}")).json();
        calls["calls"].as_array().unwrap().iter().map(|call| call["id"].as_u64().unwrap()).collect()
    };
    assert_eq!(ids(&mut admin, "102"), [3, 1]);
    let mut owner = page.browser("102", PIN);
    assert_eq!(ids(&mut owner, "102"), [3, 1]);
    assert!(ids(&mut owner, "103").is_empty(), "nobody asks for another's");
}
