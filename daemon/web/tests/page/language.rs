//! Refusals in the reader's language.

use serde_json::{Value, json};
use web::office::Unwell;

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

/// The sentence of a refusal, and that of one field, as a browser of this language reads them.
fn said(
    browser: &mut Browser<'_>,
    language: &str,
    (method, path): (&str, &str),
    body: Option<Value>,
) -> (String, Value) {
    let answer = browser.send(method, path, &[("Accept-Language", language)], body);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer:?}");
    assert_eq!(answer.header("content-language"), language.get(..2), "{answer:?}");
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status);
    (problem["detail"].as_str().unwrap().to_owned(), problem["errors"].clone())
}

#[test]
fn a_refusal_is_said_in_the_readers_language() {
    let page = Page::new();
    let (guest, user, admin) = (0, 1, 2);
    let mut browsers = [Browser::of(&page), page.browser(USER, PASSWORD), page.browser(ADMIN, PASSWORD)];
    let person = |extra: Value| {
        let mut person = json!({ "name": "Laboratory", "extension": "110" });
        person.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        Some(person)
    };
    let wrong = json!({ "login": ADMIN, "secret": "nothing that is right" });
    let (add, people) = (("POST", "/api/people"), ("GET", "/api/people"));
    for (browser, request, body, english, german) in [
        (guest, people, None, "sign in first", "melden Sie sich erst an"),
        (guest, ("GET", "/none.js"), None, "there is no such page", "diese Seite gibt es nicht"),
        (guest, ("DELETE", "/healthz"), None, "this page can only be read", "diese Seite lässt sich nur lesen"),
        (
            guest,
            ("POST", "/api/login"),
            Some(wrong),
            "the name or the password is wrong",
            "der Name oder das Kennwort ist falsch",
        ),
        (
            user,
            people,
            None,
            "your rights do not reach this: \"What may I do?\" shows how far they do",
            "so weit reichen Ihre Rechte nicht: „Was darf ich?“ zeigt, wie weit sie reichen",
        ),
        (admin, ("GET", "/api/people/77"), None, "there is no such person", "diese Person gibt es nicht"),
        (
            admin,
            ("GET", "/api/calls/x"),
            None,
            "what is named by this address is not there",
            "was diese Adresse nennt, gibt es nicht",
        ),
        (
            admin,
            add,
            person(json!({ "email": USER })),
            "the e-mail address is already that of Workshop: give one of them another",
            "diese E-Mail-Adresse hat schon Workshop: Wählen Sie eine andere",
        ),
        (
            admin,
            add,
            person(json!({ "ring_s": 3 })),
            "3 s is no ring time: write 5 to 120 seconds, or 0 to ring until the caller gives up",
            "3 s ist keine Klingelzeit: Schreiben Sie 5 bis 120 Sekunden, oder 0 für klingeln, bis der Anrufer auflegt",
        ),
    ] {
        let (in_english, _) = said(&mut browsers[browser], "en-GB, de;q=0.5", request, body.clone());
        let (in_german, _) = said(&mut browsers[browser], "de, en;q=0.5", request, body);
        assert_eq!((in_english.as_str(), in_german.as_str()), (english, german));
    }
    let (_, fields) = said(&mut browsers[admin], "de", add, person(json!({ "extension": "101" })));
    assert_eq!(fields, json!({ "extension": "101 ist schon die Nebenstelle von Front Desk: Wählen Sie eine andere" }));
}

#[test]
fn a_browser_that_names_no_language_gets_that_of_its_person() {
    let page = Page::new();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let none = ("GET", "/api/people/77");
    assert_eq!(admin.get(none.1).json()["detail"], "there is no such person");
    let me = admin.get("/api/me");
    let changed = json!({ "language": "de" });
    let kept = admin.send("PUT", "/api/me", &[("If-Match", &me.etag())], Some(changed));
    assert_eq!(kept.status, 200, "{kept:?}");
    assert_eq!(admin.get(none.1).json()["detail"], "diese Person gibt es nicht");
    assert_eq!(Browser::of(&page).get(none.1).json()["detail"], "sign in first");
}

#[test]
fn a_box_that_is_not_well_says_so_in_both() {
    let page = Page::ill(Unwell::Stuck { seconds: 12 });
    let mut guest = Browser::of(&page);
    let health = ("GET", "/healthz");
    assert_eq!(said(&mut guest, "en", health, None).0, "the engine has not answered for 12 s");
    assert_eq!(said(&mut guest, "de", health, None).0, "der Kern der Box antwortet seit 12 s nicht");
}
