//! Plain words (M13): what is shown as a sentence is made by that sentence, and nothing is saved by reading it.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

const ME: &str = "/api/answering/me";

fn read(browser: &mut Browser<'_>, text: &str) -> Value {
    let answer = browser.post("/api/answering/me/words", json!({ "text": text }));
    assert_eq!(answer.status, 200, "{text}");
    answer.json()
}

fn save(browser: &mut Browser<'_>, all: &Value) {
    let etag = browser.get(ME).etag();
    assert_eq!(browser.send("PUT", ME, &[("If-Match", &etag)], Some(all.clone())).status, 200, "{all}");
}

fn with_times(page: &Page) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (name, times) in [("Open", "Mon-Fri 08:00-18:00"), ("Evenings, late", "daily 18:00-23:00")] {
        let group = json!({ "name": name, "times": [times] });
        assert_eq!(admin.post("/api/time-groups/office", group).status, 200, "{name}");
    }
}

#[test]
fn m13_every_rule_is_shown_as_a_sentence_that_makes_it() {
    let page = Page::new();
    with_times(&page);
    let mut user = page.browser(USER, PASSWORD);
    save(
        &mut user,
        &json!({
            "rules": [
                { "when": "Open", "ring_s": 40, "busy": { "kind": "voicemail", "id": "102" }, "screen": true,
                  "also": [{ "kind": "number", "id": "01705550100", "after_s": 10 }] },
                { "when": "Evenings, late", "enabled": false, "dnd": true },
            ],
            "otherwise": { "unanswered": { "kind": "person", "id": "101" } },
            "diversions": [
                { "kind": "always", "when": "Evenings, late", "to": { "kind": "phone", "id": "101" } },
                { "kind": "offline", "enabled": false },
                { "kind": "follow_me", "when": "Open", "in_turn": true, "initial_s": 0,
                  "list": [{ "kind": "phone", "id": "101" }, { "kind": "number", "id": "01705550100" }] },
                { "kind": "secretary", "secretaries": [{ "extension": "101", "on": false }], "callers": "external",
                  "strategy": "boss_then_all", "initial_s": 15, "pass": ["+4930*"] },
                { "kind": "assistant", "enabled": false, "keys": [
                    { "key": 0, "to": { "kind": "voicemail", "id": "102" } }, { "key": 1, "to": { "kind": "person", "id": "101" } }] },
            ],
            "callers": [],
        }),
    );
    let shown = user.get(ME).json();
    let said = &shown["said"];
    assert_eq!(
        said["rules"][0],
        "while \"Open\": ring for 40 s; also ring number 01705550100 after 10 s; ask before a call from outside is put \
         through; when busy, send calls to the mailbox of 102"
    );
    let german = user.send("GET", ME, &[("Accept-Language", "de")], None).json();
    assert_eq!(german["said"]["otherwise"], "sonst: wenn niemand abnimmt, Anrufe an 101");
    for said in [said, &german["said"]] {
        for place in 0..2 {
            let rule = read(&mut user, said["rules"][place].as_str().unwrap());
            assert_eq!((&rule["kind"], &rule["place"]), (&json!("rule"), &json!(place)), "{rule}");
            assert_eq!(rule["rule"], shown["rules"][place], "{rule}");
        }
        for place in 0..5 {
            let diversion = read(&mut user, said["diversions"][place].as_str().unwrap());
            assert_eq!((&diversion["kind"], &diversion["place"]), (&json!("diversion"), &json!(place)));
            assert_eq!(diversion["diversion"], shown["diversions"][place], "{diversion}");
        }
        let otherwise = read(&mut user, said["otherwise"].as_str().unwrap());
        assert_eq!((&otherwise["kind"], &otherwise["rule"]), (&json!("default_rule"), &shown["otherwise"]));
        assert_eq!((&otherwise["before"], &otherwise["etag"]), (&otherwise["sentence"], &shown["etag"]));
    }
    let groups = user.get("/api/time-groups/me").json();
    let group = read(&mut user, groups["groups"][1]["said"].as_str().unwrap());
    assert_eq!((&group["kind"], &group["before"]), (&json!("time_group"), &Value::Null), "{group}");
    assert_eq!(group["group"]["times"], groups["groups"][1]["times"]);
}

#[test]
fn m13_what_is_read_is_saved_by_a_second_act_only() {
    let page = Page::new();
    with_times(&page);
    let mut user = page.browser(USER, PASSWORD);
    let revision = page.revision();
    let rule = read(&mut user, "while open, ring 20 seconds and when nobody answers send calls to my voicemail");
    assert_eq!(page.revision(), revision);
    assert_eq!((&rule["kind"], &rule["before"], &rule["place"]), (&json!("rule"), &Value::Null, &Value::Null));
    let etag = format!("\"{}\"", rule["etag"].as_str().unwrap());
    let saved = user.send("POST", "/api/answering/me/rules", &[("If-Match", &etag)], Some(rule["rule"].clone()));
    assert_eq!(saved.status, 200);
    assert_eq!(user.get(ME).json()["said"]["rules"][0], rule["sentence"]);
    let group = read(&mut user, "Zeitgruppe Pause: Mo-Fr 12 bis 13 Uhr");
    assert_eq!(user.post("/api/time-groups/me", group["group"].clone()).status, 200);
    let again = read(&mut user, "time group Pause: daily 12:00-12:30");
    assert_eq!(again["before"], "time group \"Pause\": Mon-Fri 12:00-13:00", "{again}");
}

#[test]
fn m13_what_is_not_understood_is_refused_with_what_is() {
    let page = Page::new();
    with_times(&page);
    let mut user = page.browser(USER, PASSWORD);
    let refused = read(&mut user, "while Open: ring for 20 s, water the plants");
    assert_eq!((&refused["kind"], &refused["sentence"]), (&Value::Null, &Value::Null));
    assert_eq!(refused["understood"], json!(["while \"Open\"", "ring for 20 s"]));
    assert!(refused["unclear"][0].as_str().unwrap().starts_with("\"water the plants\" is not understood"), "{refused}");
    assert_eq!(refused["examples"].as_array().unwrap().len(), 9);
    let long = "while Open ".repeat(2000);
    assert!(read(&mut user, &long)["unclear"][0].as_str().unwrap().starts_with("the sentence is too long"));
    // Whose rules they are decides who may ask.
    let mut admin = page.browser(ADMIN, PASSWORD);
    let theirs = admin.get("/api/me").json()["id"].as_u64().unwrap();
    let words = json!({ "text": "otherwise: ring" });
    assert_eq!(user.post(&format!("/api/answering/{theirs}/words"), words.clone()).status, 403);
    assert_eq!(admin.post(&format!("/api/answering/{theirs}/words"), words).status, 200);
}
