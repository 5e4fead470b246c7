//! The first boot, signing in and out.

use std::time::Duration;

use serde_json::{Value, json};
use web::keys::Purpose;

use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page, USER};

fn setup(token: &str, password: &str) -> Value {
    json!({
        "token": token,
        "office": { "name": "Our office", "country": "DE", "language": "de", "time_zone": "Europe/Berlin" },
        "admin": { "name": "Front Desk", "email": "Desk@Example.com", "password": password },
    })
}

#[test]
fn the_box_is_claimed_once_and_only_with_its_token() {
    let page = Page::empty();
    let token = page.key(Purpose::Setup);
    let mut browser = Browser::of(&page);
    assert_eq!(browser.get("/api/hello").json()["needs_setup"], true);
    assert_eq!(browser.post("/api/setup", setup("guess", PASSWORD)).status, 403);
    let weak = browser.post("/api/setup", setup(&token, "password1234"));
    assert_eq!((weak.status, weak.json()["errors"]["admin.password"].is_string()), (422, true), "{weak:?}");
    let mut strange = setup(&token, PASSWORD);
    strange["office"]["country"] = json!("Germany");
    let strange = browser.post("/api/setup", strange);
    assert_eq!((strange.status, strange.json()["errors"]["office.country"].is_string()), (422, true), "{strange:?}");
    let done = browser.post("/api/setup", setup(&token, PASSWORD));
    assert_eq!((done.status, &done.json()["scope"]), (200, &json!("admin")), "{done:?}");
    let me = browser.get("/api/me").json();
    assert_eq!((&me["email"], &me["office"]), (&json!("desk@example.com"), &json!("Our office")));
    assert_eq!(browser.get("/api/overview").status, 200);
    let mut thief = Browser::of(&page);
    assert_eq!(thief.post("/api/setup", setup(&token, PASSWORD)).status, 403, "the token is used up");
    let another = page.key(Purpose::Setup);
    assert_eq!(thief.post("/api/setup", setup(&another, PASSWORD)).status, 403, "the box belongs to somebody");
    assert_eq!(thief.get("/api/hello").json()["needs_setup"], false);
}

#[test]
fn guessers_of_the_token_wait() {
    let page = Page::empty();
    let token = page.key(Purpose::Setup);
    let mut browser = Browser::of(&page);
    for _ in 0..5 {
        assert_eq!(browser.post("/api/setup", setup("guess", PASSWORD)).status, 403);
    }
    assert_eq!(browser.post("/api/setup", setup(&token, PASSWORD)).status, 429);
    page.wait(Duration::from_secs(31));
    assert_eq!(browser.post("/api/setup", setup(&token, PASSWORD)).status, 200);
}

#[test]
fn each_credential_opens_what_it_should() {
    let page = Page::new();
    for (login, secret, scope) in [
        (ADMIN, PASSWORD, Some("admin")),
        ("BOSS@example.com ", PASSWORD, Some("admin")),
        ("101", PASSWORD, Some("admin")),
        (USER, PASSWORD, Some("user")),
        ("102", PIN, Some("home")),
        ("102", PASSWORD, Some("user")),
        (USER, PIN, None),
        ("102", "739117", None),
        ("101", PIN, None),
        ("103", "0000", None),
        ("nobody@example.com", PASSWORD, None),
        ("", "", None),
    ] {
        page.wait(Duration::from_secs(3600));
        let mut browser = Browser::of(&page);
        let answer = browser.post("/api/login", json!({ "login": login, "secret": secret }));
        let found = (answer.status == 200).then(|| answer.json()["scope"].as_str().unwrap().to_owned());
        assert_eq!(found.as_deref(), scope, "{login}: {answer:?}");
        if scope.is_none() {
            assert_eq!(answer.json()["detail"], "the name or the password is wrong", "{login}");
        }
    }
}

#[test]
fn guessers_wait_longer_each_time_and_never_for_ever() {
    let page = Page::new();
    let mut guesser = Browser::of(&page);
    let guess = json!({ "login": USER, "secret": "a guess of mine" });
    for _ in 0..5 {
        assert_eq!(guesser.post("/api/login", guess.clone()).status, 401);
    }
    let refused = guesser.post("/api/login", guess.clone());
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("30")), "{refused:?}");
    assert_eq!(refused.json()["detail"], "too many wrong tries: try again in 30 seconds");
    let right = json!({ "login": USER, "secret": PASSWORD });
    assert_eq!(guesser.post("/api/login", right.clone()).status, 429, "also with the right one");
    let mut elsewhere = Browser::of(&page);
    elsewhere.from = [127, 0, 0, 2].into();
    assert_eq!(elsewhere.post("/api/login", right.clone()).status, 429, "and from elsewhere: it is the account");
    assert_eq!(elsewhere.post("/api/login", json!({ "login": ADMIN, "secret": PASSWORD })).status, 200);
    page.wait(Duration::from_secs(15 * 60));
    assert_eq!(guesser.post("/api/login", right).status, 200);
}

#[test]
fn whoever_has_waited_gets_in_at_once_with_the_right_password() {
    let page = Page::new();
    let mut person = Browser::of(&page);
    let wrong = json!({ "login": USER, "secret": "the one of last year" });
    let right = json!({ "login": USER, "secret": PASSWORD });
    for _ in 0..5 {
        assert_eq!(person.post("/api/login", wrong.clone()).status, 401);
    }
    page.wait(Duration::from_secs(29));
    let early = person.post("/api/login", right.clone());
    assert_eq!((early.status, early.header("retry-after")), (429, Some("1")), "who was too early has not to wait anew");
    page.wait(Duration::from_secs(1));
    assert_eq!(person.post("/api/login", right.clone()).status, 200);
    // What was wrong before is forgotten.
    for _ in 0..4 {
        assert_eq!(person.post("/api/login", wrong.clone()).status, 401);
    }
    assert_eq!(person.post("/api/login", right).status, 200);
}

#[test]
fn a_session_name_that_somebody_else_chose_opens_nothing() {
    let page = Page::new();
    let mut browser = Browser::of(&page);
    browser.cookie = Some("bb_session=chosenbyanother".to_owned());
    assert_eq!(browser.get("/api/me").status, 401);
    let answer = browser.post("/api/login", json!({ "login": USER, "secret": PASSWORD }));
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["bb_session=", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let first = browser.cookie.clone().unwrap();
    assert_ne!(first, "bb_session=chosenbyanother");
    browser.post("/api/login", json!({ "login": USER, "secret": PASSWORD }));
    let second = browser.cookie.clone();
    assert_ne!(second.as_ref(), Some(&first));
    browser.cookie = Some(first);
    assert_eq!(browser.get("/api/me").status, 401, "the one before ended when a new one began");
    browser.cookie = second;
    assert_eq!(browser.get("/api/me").status, 200);
}

#[test]
fn signing_out_and_time_end_sessions() {
    let page = Page::new();
    let (mut one, mut two) = (page.browser(USER, PASSWORD), page.browser(USER, PASSWORD));
    let kept = one.cookie.clone();
    assert_eq!(one.post("/api/logout", json!({})).status, 200);
    assert_eq!(one.cookie, None);
    one.cookie = kept;
    assert_eq!(one.get("/api/me").status, 401);
    assert_eq!(two.get("/api/me").status, 200);
    let mut three = page.browser(USER, PASSWORD);
    assert_eq!(two.post("/api/logout-everywhere", json!({})).status, 200);
    assert_eq!(three.get("/api/me").status, 401);
    let (mut user, mut admin) = (page.browser(USER, PASSWORD), page.browser(ADMIN, PASSWORD));
    page.wait(Duration::from_secs(2 * 3600));
    assert_eq!((user.get("/api/me").status, admin.get("/api/me").status), (200, 401));
    page.wait(Duration::from_secs(12 * 3600));
    assert_eq!(user.get("/api/me").status, 401);
}

#[test]
fn an_administrator_who_lost_the_password_gets_a_new_one() {
    let page = Page::new();
    let mut browser = Browser::of(&page);
    let wish = |token: &str, email: Value| json!({ "token": token, "email": email, "password": "seven green kettles" });
    assert_eq!(browser.post("/api/reset", wish("guess", Value::Null)).status, 403);
    let token = page.key(Purpose::Reset);
    assert_eq!(browser.post("/api/reset", wish(&token, json!(USER))).status, 422, "{USER} is no administrator");
    let mut before = page.browser(ADMIN, PASSWORD);
    assert_eq!(browser.post("/api/reset", wish(&token, Value::Null)).json()["scope"], "admin");
    assert_eq!(browser.get("/api/people").status, 200);
    assert_eq!(before.get("/api/me").status, 401);
    assert_eq!(browser.post("/api/reset", wish(&token, Value::Null)).status, 409, "it was used");
    let late = page.key(Purpose::Reset);
    page.wait(web::keys::RESET_HOLDS);
    let late = browser.post("/api/reset", wish(&late, Value::Null));
    assert_eq!(late.status, 410);
    assert!(late.json()["detail"].as_str().unwrap().contains("reset-admin"), "{late:?}");
    page.browser(ADMIN, "seven green kettles");
}
