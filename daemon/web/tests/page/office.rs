//! What administrators see and change.

use pbx::status::Grade;
use serde_json::{Value, json};
use web::office::Unwell;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

fn person(extra: Value) -> Value {
    let mut person = json!({ "name": "Laboratory", "extension": "110", "voicemail": true });
    person.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    person
}

fn seen(browser: &mut Browser<'_>, id: u64) -> (String, Value) {
    let answer = browser.get(&format!("/api/people/{id}"));
    (answer.etag(), answer.json())
}

#[test]
fn a_new_person_gets_a_phone_whose_password_is_told_once() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let added = admin.post("/api/people", person(json!({ "email": "lab@example.com" })));
    assert_eq!(added.status, 200, "{added:?}");
    let added = added.json();
    let (id, credentials) = (added["person"]["id"].as_u64().unwrap(), &added["credentials"][0]);
    assert_eq!((&credentials["phone"], credentials["secret"].as_str().unwrap().len()), (&json!("110a"), 20));
    let (_, now) = seen(&mut admin, id);
    assert_eq!((&now["phones"][0]["user"], &now["role"]), (&credentials["user"], &json!("user")));
    assert!(!now.to_string().contains(credentials["secret"].as_str().unwrap()));
    let secret = format!("/api/people/{id}/phones/{}/secret", now["phones"][0]["id"]);
    let again = admin.post(&secret, json!({})).json();
    assert_eq!(again["credentials"][0]["user"], credentials["user"]);
    assert_ne!(again["credentials"][0]["secret"], credentials["secret"]);
    let second = admin.post(&format!("/api/people/{id}/phones"), json!({})).json();
    assert_eq!(second["credentials"][0]["phone"], "110b");
    let gone = admin.send("DELETE", &secret.replace("/secret", ""), &[], None).json();
    assert_eq!(gone["person"]["phones"].as_array().unwrap().len(), 1);
    let pin = admin.post(&format!("/api/people/{id}/pin"), json!({})).json();
    page.browser("110", pin["pin"].as_str().unwrap());
    let password = json!({ "password": "seven green kettles" });
    assert_eq!(admin.post(&format!("/api/people/{id}/password"), password).status, 200);
    page.browser("lab@example.com", "seven green kettles");
}

#[test]
fn what_is_wrong_is_said_by_field_and_nothing_is_saved() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let before = admin.get("/api/people").json()["revision"].clone();
    for (wrong, field) in [
        (json!({ "extension": "101" }), "extension"),
        (json!({ "extension": "911" }), "extension"),
        (json!({ "email": USER }), "email"),
        (json!({ "email": "nobody" }), "email"),
        (json!({ "ring_s": 3 }), "ring_s"),
        (json!({ "operator": "999" }), "operator"),
        (json!({ "name": " " }), "name"),
        (json!({ "language": "tlh" }), "language"),
        (json!({ "pickup_group": "a".repeat(33) }), "pickup_group"),
    ] {
        let answer = admin.post("/api/people", person(wrong.clone()));
        assert_eq!((answer.status, answer.json()["errors"][field].is_string()), (422, true), "{wrong}: {answer:?}");
    }
    assert_eq!(admin.get("/api/people").json()["revision"], before);
}

#[test]
fn how_an_extension_helps_rings_shows_and_calls_is_kept_and_taken_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let fields = [
        "pickup_group",
        "private_lamp",
        "hides_number",
        "call_waiting",
        "max_calls",
        "intercom_beep",
        "shows_callers",
        "permission",
    ];
    let of = |person: &Value| fields.map(|field| person[field].clone());
    let usual = [
        json!(null),
        json!(false),
        json!(false),
        json!(true),
        json!(null),
        json!(true),
        json!(true),
        json!("national"),
    ];
    let added = admin.post("/api/people", person(json!({}))).json();
    let id = added["person"]["id"].as_u64().unwrap();
    assert_eq!(of(&added["person"]), usual);
    let (path, (etag, _)) = (format!("/api/people/{id}"), seen(&mut admin, id));
    let wish = json!({
        "pickup_group": " Yard ",
        "private_lamp": true,
        "hides_number": true,
        "call_waiting": false,
        "max_calls": 4,
        "intercom_beep": false,
        "shows_callers": false,
        "permission": "internal"
    });
    let saved = admin.send("PUT", &path, &[("If-Match", &etag)], Some(person(wish))).json();
    let no = || json!(false);
    let wanted = [json!("Yard"), json!(true), json!(true), no(), json!(4), no(), no(), json!("internal")];
    assert_eq!((of(&saved["person"]), of(&seen(&mut admin, id).1)), (wanted.clone(), wanted));
    admin.post(&format!("/api/revisions/{}/undo", saved["revision"]), json!({}));
    assert_eq!(of(&seen(&mut admin, id).1), usual);
    let unknown = admin.post("/api/people", person(json!({ "permission": "everywhere" })));
    assert_eq!(unknown.status, 422, "{unknown:?}");
}

#[test]
fn two_who_change_the_same_do_not_overwrite_each_other() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (etag, _) = seen(&mut admin, 2);
    let path = "/api/people/2";
    let wish = |name: &str| person(json!({ "name": name, "extension": "102", "email": USER }));
    let first = admin.send("PUT", path, &[("If-Match", &etag)], Some(wish("Werkstatt")));
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(first.json()["person"]["phones"][0]["user"], "u102", "phones stay");
    let second = admin.send("PUT", path, &[("If-Match", &etag)], Some(wish("Atelier")));
    assert_eq!(second.status, 412);
    assert!(second.json()["detail"].as_str().unwrap().starts_with("Front Desk changed this"), "{second:?}");
    assert_eq!(admin.send("DELETE", path, &[("If-Match", &etag)], None).status, 412);
    assert_eq!(admin.send("DELETE", path, &[], None).status, 428);
    assert_eq!(seen(&mut admin, 2).1["name"], "Werkstatt");
    assert_eq!(admin.send("DELETE", path, &[("If-Match", &first.etag())], None).status, 200);
    assert_eq!(admin.get(path).status, 404);
    page.browser(ADMIN, PASSWORD);
}

#[test]
fn the_last_administrator_stays_one() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (etag, _) = seen(&mut admin, 1);
    for (method, body) in [
        ("DELETE", None),
        ("PUT", Some(json!({ "name": "Front Desk", "email": ADMIN, "role": "user" }))),
        ("PUT", Some(json!({ "name": "Front Desk", "role": "admin" }))),
    ] {
        let answer = admin.send(method, "/api/people/1", &[("If-Match", &etag)], body);
        assert_eq!(answer.status, 409, "{answer:?}");
    }
}

#[test]
fn a_change_is_told_and_can_be_taken_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let (etag, _) = seen(&mut admin, 2);
    let wish = json!({ "name": "Workshop", "extension": "102", "email": USER, "voicemail": true, "ring_s": 60 });
    let saved = admin.send("PUT", "/api/people/2", &[("If-Match", &etag)], Some(wish)).json();
    let revision = saved["revision"].as_u64().unwrap();
    let history = admin.get("/api/revisions?limit=1").json();
    let newest = &history["revisions"][0];
    assert_eq!(
        (&newest["id"], &newest["author"], &newest["is_in_force"]),
        (&json!(revision), &json!("Front Desk"), &json!(true))
    );
    assert_eq!(
        newest["changes"],
        json!([{
            "table": "person", "row": "Workshop", "of": null, "field": "ring_s", "before": null, "after": "60", "is_secret": false
        }])
    );
    // Somebody else's change in between stays.
    admin.post("/api/people", person(json!({})));
    let undo = format!("/api/revisions/{revision}/undo");
    let undone = admin.post(&undo, json!({})).json();
    assert_eq!(undone["revision"], revision + 2);
    assert_eq!(seen(&mut admin, 2).1["ring_s"], 25);
    assert_eq!(admin.get("/api/people").json()["people"].as_array().unwrap().len(), 4);
    assert_eq!(admin.post(&undo, json!({})).status, 409, "it is not as that change left it");
    assert_eq!(admin.post("/api/revisions/999/undo", json!({})).status, 404);
    let all = admin.get("/api/revisions").json().to_string();
    assert!(!all.contains("argon2id"), "{all}");
}

#[test]
fn the_office_of_another_day_is_found_compared_and_put_back() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let all = admin.get("/api/revisions").json()["revisions"].as_array().unwrap().clone();
    let (then, before) = (all[0]["id"].as_u64().unwrap(), admin.get("/api/people").json());
    let (etag, _) = seen(&mut admin, 2);
    let wish = json!({ "name": "Atelier", "extension": "102", "email": USER, "voicemail": true });
    let renamed = admin.send("PUT", "/api/people/2", &[("If-Match", &etag)], Some(wish)).json();
    assert_eq!(renamed["revision"], then + 1, "{renamed}");
    let pin = admin.post("/api/people/2/pin", json!({})).json();
    let past = admin.get(&format!("/api/revisions/{then}")).json();
    let since: Vec<_> =
        past["since"].as_array().unwrap().iter().map(|change| (&change["row"], &change["field"])).collect();
    assert!(since.contains(&(&json!("Atelier"), &json!("name"))), "{past}");
    assert!(!past.to_string().contains("argon2id"), "{past}");
    let page_of = |admin: &mut Browser, asked: &str| {
        let found = admin.get(&format!("/api/revisions?{asked}")).json();
        let ids = found["revisions"].as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap());
        (ids.collect::<Vec<_>>(), found["next"].as_u64())
    };
    assert_eq!(page_of(&mut admin, "limit=1"), (vec![then + 2], Some(then + 2)));
    let moment = all[0]["at"].as_str().unwrap();
    assert_eq!(page_of(&mut admin, &format!("limit=1&before={}&until={moment}", then + 1)).0, [then]);
    assert_eq!(page_of(&mut admin, "until=2001-01-01T00:00:00Z"), (vec![], None));
    let restored = admin.post(&format!("/api/revisions/{then}/restore"), json!({})).json();
    assert_eq!(restored["revision"], then + 3, "{restored}");
    let names =
        |people: &Value| people["people"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect::<Vec<_>>();
    let now = admin.get("/api/people").json();
    assert_eq!(names(&now), names(&before));
    // Whoever got a PIN since keeps it.
    page.browser("102", pin["pin"].as_str().unwrap());
    assert_eq!(admin.get(&format!("/api/revisions/{}", then + 3)).json()["since"], json!([]));
    assert_eq!(admin.post("/api/revisions/999/restore", json!({})).status, 404);
    admin.post(&format!("/api/revisions/{}/undo", then + 3), json!({}));
    assert_eq!(seen(&mut admin, 2).1["name"], "Atelier");
}

#[test]
fn how_a_call_sounds_is_shown_while_it_is_up() {
    let page = Page::new();
    page.call_up(17);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let live = |admin: &mut Browser<'_>| admin.get("/api/live").json()["calls"][0].clone();
    assert_eq!((&live(&mut admin)["sound"], &live(&mut admin)["parties"]), (&json!(null), &json!([])));
    page.sounds(Grade::Fair, 48);
    let call = live(&mut admin);
    let party = &call["parties"][0];
    assert_eq!((&call["sound"], &party["name"], &party["codec"]), (&json!("fair"), &json!("Workshop"), &json!("PCMA")));
    assert_eq!((party["lost_percent"].as_f64().unwrap() * 10.0).round(), 48.0);
    assert_eq!((&party["jitter_ms"], &party["remote_lost_percent"]), (&json!(12), &json!(null)));
}

#[test]
fn the_overview_says_what_is_wrong_and_calls_can_be_ended() {
    let page = Page::new();
    page.call_up(17);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let overview = admin.get("/api/overview").json();
    // How full this machine's disk is, is not for the test to say.
    assert_eq!((&overview["calls_up"], overview["verdict"]["level"] != "bad"), (&json!(1), true), "{overview}");
    assert!(overview["disk"]["total_bytes"].as_u64().unwrap() > 0);
    let live = admin.get("/api/live").json();
    assert_eq!((&live["calls"][0]["from_name"], &live["calls"][0]["id"]), (&json!("Front Desk"), &json!(17)));
    assert_eq!(admin.post("/api/live/17/hangup", json!({})).status, 200);
    assert_eq!(admin.post("/api/live/18/hangup", json!({})).status, 404);
    let ill = Page::ill(Unwell::StoreFails);
    let token = ill.key(web::keys::Purpose::Setup);
    let mut owner = Browser::of(&ill);
    let setup = json!({
        "token": token,
        "office": { "name": "O", "country": "DE", "language": "de", "time_zone": "Europe/Berlin" },
        "admin": { "name": "Front Desk", "email": ADMIN, "password": PASSWORD },
    });
    assert_eq!(owner.post("/api/setup", setup).status, 200);
    // In English where it is asked for; else, of somebody without a language, in the office's.
    let verdict = owner.send("GET", "/api/overview", &[("Accept-Language", "en")], None).json()["verdict"].clone();
    assert_eq!(
        (&verdict["level"], &verdict["text"]),
        (&json!("bad"), &json!("The store cannot write: see whether the disk is full."))
    );
    let german = owner.get("/api/overview").json()["verdict"]["text"].clone();
    assert_eq!(german, json!("Der Speicher lässt sich nicht beschreiben: Prüfen Sie, ob er voll ist."));
    assert!(verdict["fix"].is_string());
}

#[test]
fn the_overview_counts_messages_and_names_full_mailboxes() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let sees = |admin: &mut Browser<'_>| admin.get("/api/overview").json();
    let before = sees(&mut admin);
    assert_eq!((&before["messages_new"], &before["mailboxes_new"]), (&json!(0), &json!(0)));
    assert!(!before["issues"].to_string().contains("ailbox"), "{before}");
    for extension in ["110", "111"] {
        let small = person(json!({ "extension": extension, "voicemail_minutes": 1, "with_phone": false }));
        assert_eq!(admin.post("/api/people", small).status, 200);
    }
    // 16 000 bytes are a second.
    page.message(1, "110", 16_000 * 60);
    page.message(2, "111", 16_000 * 55);
    let overview = sees(&mut admin);
    assert_eq!((&overview["messages_new"], &overview["mailboxes_new"]), (&json!(2), &json!(2)));
    let verdict = &overview["verdict"];
    assert_eq!((&verdict["level"], &verdict["at"]["name"]), (&json!("bad"), &json!("people")), "{verdict}");
    assert_eq!(verdict["text"], "Mailbox of 110 is full: callers cannot leave a message.");
    let person = verdict["at"]["row"].as_str().unwrap().to_owned();
    assert_eq!(admin.get(&format!("/api/people/{person}")).json()["extension"], "110");
    assert!(overview["issues"].to_string().contains("Mailbox of 111 is 91 % full."), "{overview}");
}

#[test]
fn who_tried_wrong_passwords_is_listed_and_let_in_again() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    assert_eq!(
        admin.get("/api/attempts").json(),
        json!({ "attempts": [], "outside": [], "flood": { "per_minute": 0, "dropped": 0, "sources": [] } })
    );
    page.guessed("192.0.2.66");
    let listed = admin.get("/api/attempts").json();
    let row = &listed["attempts"][0];
    assert_eq!((&row["source"], &row["user"], &row["count"]), (&json!("192.0.2.66"), &json!("u102"), &json!(20)));
    assert_eq!((&row["extension"], &row["person"]), (&json!("102"), &json!("Workshop")));
    assert_eq!((&row["kind"], &row["why"]), (&json!("wrong_password"), &json!("the password is wrong")));
    assert!(row["fix"].as_str().unwrap().contains("new password") && row["blocked_until"].is_string(), "{row}");
    let german = admin.send("GET", "/api/attempts", &[("Accept-Language", "de")], None).json();
    assert_eq!(german["attempts"][0]["why"], "das Passwort ist falsch");
    page.wait(std::time::Duration::from_secs(61));
    assert_eq!(admin.get("/api/attempts").json()["attempts"][0]["blocked_until"], Value::Null, "the wait is over");
    assert_eq!(admin.post("/api/attempts/192.0.2.66/unblock", json!({})).status, 200);
    for unknown in ["192.0.2.67", "nowhere"] {
        assert_eq!(admin.post(&format!("/api/attempts/{unknown}/unblock"), json!({})).status, 404, "{unknown}");
    }
}

#[test]
fn a_save_that_changes_nothing_is_no_revision() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let added = admin.post("/api/people", person(json!({}))).json();
    let (id, revision) = (added["person"]["id"].as_u64().unwrap(), page.revision());
    let path = format!("/api/people/{id}");
    // The form sends every field, as it was shown.
    let (etag, mut shown) = seen(&mut admin, id);
    for only_shown in ["id", "has_pin", "has_password", "phones", "etag"] {
        shown.as_object_mut().unwrap().remove(only_shown);
    }
    let same = admin.send("PUT", &path, &[("If-Match", &etag)], Some(shown.clone()));
    // What an undo would take back is somebody's change before this one: none is named.
    assert_eq!((same.status, &same.json()["revision"]), (200, &Value::Null), "{same:?}");
    assert_eq!(page.revision(), revision);
    let mut other = shown;
    other["ring_s"] = json!(40);
    let changed = admin.send("PUT", &path, &[("If-Match", &etag)], Some(other)).json();
    assert_eq!(changed["revision"], json!(revision + 1));
    let revisions = admin.get("/api/revisions?limit=1").json();
    let changes = revisions["revisions"][0]["changes"].as_array().unwrap().clone();
    assert_eq!(changes.len(), 1, "one field: {changes:?}");
    assert_eq!(changes[0]["field"], "ring_s");
}

/// A save is in force before it is answered: whoever reads the answer and dials is under it. What becomes of the putting
/// into force decides the answer, so that no answer can come before it.
#[test]
fn a_save_is_answered_only_when_it_is_in_force() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let before = page.revision();
    page.before_put(|| panic!("the engine is gone"));
    let lost = admin.post("/api/people", person(json!({})));
    assert_eq!((lost.status, page.revision()), (500, before), "it was answered before the engine had it: {lost:?}");
    let again = json!({ "name": "Second Try", "extension": "121" });
    let saved = admin.post("/api/people", person(again)).json()["revision"].as_u64().unwrap();
    assert_eq!(page.revision(), saved);
    assert!(saved > before);
}
