//! The limits of calls to the outside: shown, changed, and told where they have refused something.

use pbx::toll::{Barred, TollStatus};
use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page};

fn put(browser: &mut Browser<'_>, body: Value) -> (u16, Value) {
    let etag = browser.get("/api/toll-guard").etag();
    let answer = browser.send("PUT", "/api/toll-guard", &[("If-Match", &etag)], Some(body));
    (answer.status, answer.json())
}

#[test]
fn limits_are_those_of_the_office_and_of_who_has_their_own() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let first = admin.get("/api/toll-guard").json();
    assert_eq!((&first["at_once"], &first["per_hour"], &first["night"]), (&json!(4), &json!(60), &json!(null)));
    assert_eq!((&first["extensions"], &first["refused"]), (&json!([]), &json!([])));
    let own = json!({ "extension": "102", "at_once": 2, "per_hour": null, "at_night": true });
    let body = json!({ "at_once": 3, "night": "22:00-06:00", "extensions": [own] });
    assert_eq!(put(&mut admin, body).0, 200);
    let shown = admin.get("/api/toll-guard").json();
    assert_eq!(
        (&shown["at_once"], &shown["per_hour"], &shown["night"]),
        (&json!(3), &json!(60), &json!("22:00-06:00"))
    );
    assert_eq!(shown["extensions"], json!([own]));
    // A change of the person leaves it alone.
    let person = admin.get("/api/people/2");
    let named = json!({ "name": "Workshop", "extension": "102" });
    assert_eq!(admin.send("PUT", "/api/people/2", &[("If-Match", &person.etag())], Some(named)).status, 200);
    assert_eq!(admin.get("/api/toll-guard").json()["extensions"], json!([own]));
    assert_eq!(put(&mut admin, json!({ "extensions": [] })).0, 200);
    let shown = admin.get("/api/toll-guard").json();
    assert_eq!((&shown["at_once"], &shown["night"], &shown["extensions"]), (&json!(4), &json!(null), &json!([])));
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (body, field) in [
        (json!({ "at_once": 0, "extensions": [] }), "outside_at_once"),
        (json!({ "night": "dusk", "extensions": [] }), "outside_night"),
        (json!({ "extensions": [{ "extension": "102", "per_hour": 2000 }] }), "outside_per_hour"),
        (json!({ "extensions": [{ "extension": "999" }] }), "extensions"),
    ] {
        let (status, problem) = put(&mut admin, body.clone());
        assert_eq!(status, 422, "{body}: {problem}");
        assert!(problem["errors"][field].is_string(), "{body}: {problem}");
    }
    let seen = admin.send("PUT", "/api/toll-guard", &[("If-Match", "\"old\"")], Some(json!({ "extensions": [] })));
    assert_eq!(seen.status, 412);
}

#[test]
fn whose_calls_were_refused_is_told_in_words() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let at = "2026-07-01T08:00:00Z".parse().unwrap();
    page.was_barred(TollStatus {
        extension: "102".to_owned(),
        refused: 7,
        number: "+4490912345".to_owned(),
        why: Barred::PerHour { limit: 60 },
        first_at: at,
        last_at: at,
        at_once: 1,
        in_hour: 60,
    });
    for (path, list) in [("/api/toll-guard", "refused"), ("/api/attempts", "outside")] {
        let row = admin.get(path).json()[list][0].clone();
        assert_eq!((&row["person"], &row["refused"], &row["in_hour"]), (&json!("Workshop"), &json!(7), &json!(60)));
        assert!(row["why"].as_str().unwrap().starts_with("102 has begun 60 calls"), "{row}");
        let german = admin.send("GET", path, &[("Accept-Language", "de")], None).json();
        assert!(german[list][0]["why"].as_str().unwrap().starts_with("102 hat in einer Stunde 60 Anrufe"));
    }
}
