//! One's own calls, and what can be done with them.

use pbx::ids::CallId;
use pbx::status::{CallStatus, PartyStatus};
use serde_json::{Value, json};

use crate::house::{ADMIN, PASSWORD, Page, USER, good};

fn call(id: u64, (from, to): (&str, &str), state: &str, parties: &[&str]) -> CallStatus {
    let party = |number: &&str| PartyStatus { number: (*number).to_owned(), codec: None, sound: good() };
    CallStatus {
        id: CallId(id),
        from: from.to_owned(),
        to: to.to_owned(),
        state: state.to_owned(),
        rings_at: if state == "ringing" { vec![to.to_owned()] } else { Vec::new() },
        slot: (state == "parked").then_some(1),
        is_placed: false,
        since: "2026-07-01T08:00:00Z".parse().unwrap(),
        parties: parties.iter().map(party).collect(),
    }
}

/// What 102 is shown while these calls are up.
fn console(calls: Vec<CallStatus>) -> Value {
    let page = Page::new();
    page.has_calls(calls);
    page.browser(USER, PASSWORD).get("/api/console").json()
}

#[test]
fn f163_own_calls_are_shown_with_what_can_be_done() {
    let of = |state: &str, (from, to), parties: &[&str]| {
        let shown =
            console(vec![call(1, (from, to), state, parties), call(2, ("101", "103"), "talking", &["101", "103"])]);
        assert_eq!(shown["calls"].as_array().unwrap().len(), 1, "{shown}");
        shown["calls"][0]["acts"].clone()
    };
    assert_eq!(of("talking", ("101", "102"), &["101", "102"]), json!(["hold", "ask", "pass_on", "hang_up"]));
    assert_eq!(of("holding", ("102", "101"), &["102", "101"]), json!(["back", "ask", "pass_on", "hang_up"]));
    assert_eq!(of("consulting", ("102", "103"), &["102", "101"]), json!(["back", "hang_up"]));
    assert_eq!(of("consulting", ("102", "103"), &["102", "103", "101"]), json!(["confer", "back", "hang_up"]));
    assert_eq!(of("consulting", ("101", "102"), &["101", "102", "103"]), json!(["hang_up"]));
    assert_eq!(of("conference", ("102", "103"), &["102", "103", "101"]), json!(["back", "hang_up"]));
    assert_eq!(of("mailbox", ("102", "*97"), &["102"]), json!(["hang_up"]));
    assert_eq!(of("ringing", ("101", "102"), &["101"]), json!([]));
}

#[test]
fn f163_the_others_in_a_call_are_named() {
    let shown = console(vec![call(1, ("102", "103"), "consulting", &["102", "103", "101"])]);
    assert_eq!(shown["calls"][0]["others"][1], json!({ "number": "101", "name": "Front Desk" }));
    let shown = console(vec![call(1, ("101", "102"), "ringing", &[])]);
    assert_eq!(shown["calls"][0]["others"], json!([{ "number": "101", "name": "Front Desk" }]));
    assert_eq!((&shown["park"], &shown["parked"]), (&json!("*88"), &json!([])));
}

#[test]
fn f163_what_waits_and_what_rings_at_colleagues_can_be_taken() {
    let shown =
        console(vec![call(1, ("101", "*851"), "parked", &["101"]), call(2, ("101", "103"), "ringing", &["101"])]);
    assert_eq!(shown["parked"][0]["dial"], "*851");
    assert_eq!(shown["calls"], json!([]));
    let hall = json!({ "number": "103", "name": "Hall" });
    assert_eq!((&shown["ringing"][0]["at"], &shown["ringing"][0]["dial"]), (&hall, &json!("**103")));
}

#[test]
fn f163_a_call_rings_where_it_rings_and_not_where_it_was_dialled() {
    let from_outside =
        |at: &str| CallStatus { rings_at: vec![at.to_owned()], ..call(7, ("030555", "+4930123451"), "ringing", &[]) };
    // By a number of the office.
    let shown = console(vec![from_outside("103")]);
    let taken = &shown["ringing"][0];
    assert_eq!((&taken["id"], &taken["at"]["number"], &taken["dial"]), (&json!(7), &json!("103"), &json!("**103")));
    assert_eq!(shown["calls"], json!([]));
    let own = console(vec![from_outside("102")]);
    assert_eq!((&own["calls"][0]["others"][0]["number"], &own["ringing"]), (&json!("030555"), &json!([])));
    // Two at one phone.
    let two = console(vec![from_outside("103"), CallStatus { id: CallId(8), ..from_outside("103") }]);
    assert_eq!((&two["ringing"][0]["id"], &two["ringing"][1]["id"]), (&json!(7), &json!(8)));
    // Called, and answered by somebody else: none of one's own calls.
    let gone = console(vec![call(9, ("101", "102"), "talking", &["101", "103"])]);
    assert_eq!(gone["calls"], json!([]));
}

#[test]
fn f163_what_is_wanted_is_done_or_said_why_not() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    for (call, sent, status) in [
        (1, json!({ "act": "hold" }), 200),
        (1, json!({ "act": "ask", "to": " 103 " }), 200),
        (1, json!({ "act": "pass_on", "to": "999" }), 422),
        (1, json!({ "act": "confer" }), 409),
        (99, json!({ "act": "hang_up" }), 404),
        (1, json!({ "act": "dance" }), 422),
    ] {
        let answer = user.post(&format!("/api/console/{call}"), sent.clone());
        assert_eq!(answer.status, status, "{sent}: {}", answer.json());
    }
    let refused = user.post("/api/console/1", json!({ "act": "pass_on", "to": "999" })).json();
    assert!(
        refused["errors"]["to"].as_str().is_some_and(|why| why.starts_with("the call cannot go there")),
        "{refused}"
    );
}

#[test]
fn f163_what_rings_at_a_private_lamp_is_shown_to_nobody() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let seen = admin.get("/api/people/3");
    let known = seen.json();
    let sent = json!({ "name": known["name"], "email": known["email"], "extension": "103", "private_lamp": true });
    assert_eq!(admin.send("PUT", "/api/people/3", &[("If-Match", &seen.etag())], Some(sent)).status, 200);
    page.has_calls(vec![call(2, ("101", "103"), "ringing", &["101"])]);
    assert_eq!(page.browser(USER, PASSWORD).get("/api/console").json()["ringing"], json!([]));
}
