//! Every route of the table, walked by everybody.

use serde_json::json;
use web::api::{Access, Method, ROUTES, Route};

use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page, USER};

/// Whether this one is let through to the handler, whatever that says.
fn is_let_in(browser: &mut Browser<'_>, route: &Route) -> bool {
    // Numbers that name nothing: the walk changes nothing.
    let path =
        ["{id}", "{phone}", "{call}"].iter().fold(route.path.to_owned(), |path, name| path.replace(name, "999999"));
    let path = path.replace("{which}", "greeting").replace("{source}", "192.0.2.99");
    let path = path.replace("{who}", "me").replace("{name}", "none").replace("{place}", "99").replace("{book}", "own");
    let cookie = browser.cookie.clone();
    let body = (route.method != Method::Get).then(|| json!({ "nothing": 1 }));
    let answer = browser.send(route.method.as_str(), &path, &[("If-Match", "\"x\"")], body);
    browser.cookie = cookie;
    match answer.status {
        401 | 403 if route.access != Access::Anyone => false,
        200 | 401 | 403 | 404 | 409 | 412 | 422 => true,
        other => panic!("{route:?}: {other}"),
    }
}

#[test]
fn each_route_lets_in_who_may_and_nobody_else() {
    let page = Page::new();
    for (who, rank) in [("nobody", Access::Anyone), ("102", Access::Home), (USER, Access::User), (ADMIN, Access::Admin)]
    {
        for route in ROUTES {
            // The stream has no end, and signing out ends what the walk goes on with: both anew.
            // Nobody's login opens what the setup's token does; wrong tries of that one would cost all a wait.
            if route.access == Access::Setup || (route.path == "/api/events" && rank > Access::Anyone) {
                continue;
            }
            let mut browser = match rank {
                Access::Anyone => Browser::of(&page),
                Access::Home => page.browser(who, PIN),
                _ if route.path.starts_with("/api/logout") => page.browser(who, PASSWORD),
                _ => page.browser(who, PASSWORD),
            };
            let expected = rank >= route.access;
            assert_eq!(is_let_in(&mut browser, route), expected, "{who} and {route:?}");
        }
    }
}

/// Calls and voicemail, to be heard and taken along; nothing of the person's own data is changed (F3).
#[test]
fn a_pin_opens_these_and_nothing_else() {
    let opens = ROUTES.iter().filter(|route| route.access == Access::Home);
    let opens: Vec<String> = opens.map(|route| format!("{} {}", route.method.as_str(), route.path)).collect();
    let expected = [
        "POST /api/logout",
        "POST /api/logout-everywhere",
        "GET /api/me",
        "GET /api/calls",
        "GET /api/calls/export",
        "GET /api/calls/{id}",
        "GET /api/voicemail",
        "GET /api/voicemail/export",
        "GET /api/voicemail/{id}/audio",
        "POST /api/voicemail/{id}/move",
        "GET /api/greeting",
        "GET /api/greeting/spoken/audio",
        "GET /api/greeting/{which}/audio",
        "GET /api/directory",
        "GET /api/events",
        "GET /api/feature-codes",
    ];
    assert_eq!(opens, expected);
    let page = Page::new();
    let mut by_pin = page.browser("102", PIN);
    let me = by_pin.get("/api/me");
    assert_eq!((&me.json()["scope"], me.json()["email"].is_string()), (&json!("home"), false));
    let change = by_pin.send("PUT", "/api/me", &[("If-Match", &me.etag())], Some(json!({ "ring_s": 40 })));
    assert_eq!(change.status, 403);
}

#[test]
fn only_what_the_table_calls_open_is_open() {
    let open: Vec<&str> =
        ROUTES.iter().filter(|route| route.access == Access::Anyone).map(|route| route.path).collect();
    assert_eq!(open, ["/api/hello", "/api/authority", "/api/setup", "/api/reset", "/api/login"]);
}
