//! Every route of the table, walked by everybody.

use config::{Area, Level};
use serde_json::{Value, json};
use web::api::{Access, Method, ROUTES, Route};

use crate::access::WORKSHOP;
use crate::house::{ADMIN, Browser, PASSWORD, PIN, Page, USER};

/// Whether this one is let through to the handler, whatever that says.
fn is_let_in(browser: &mut Browser<'_>, route: &Route) -> bool {
    // Numbers that name nothing: the walk changes nothing.
    let path = ["{id}", "{phone}", "{call}", "{extension}"]
        .iter()
        .fold(route.path.to_owned(), |path, name| path.replace(name, "999999"));
    let path = path.replace("{which}", "greeting").replace("{source}", "192.0.2.99");
    let path = path.replace("{who}", "me").replace("{name}", "none").replace("{place}", "99").replace("{book}", "own");
    let path = path.replace("{target}", "199").replace("{kind}", "dnd");
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

/// Who may open what (F157), a column for each who has a right to something: nothing, `v` to see it, `e` to change it.
const OPENS: &str = "
              admin office decision_maker phone_manager billing technical emergency user
    roles       e     -          e              e           v        v         v      -
    groups      e     -          e              e           v        v         v      -
    history     e     -          e              e           v        v         v      -
    overview    e     -          e              e           v        v         v      -
    live        e     -          e              e           -        v         -      -
    calls       e     -          e              e           v        -         -      -
    people      e     v          e              e           -        v         -      -
    basics      e     e          e              e           -        v         -      -
    caller_id   e     v          e              e           e        e         e      -
    numbers     e     -          e              e           -        v         -      -
    call_flow   e     -          e              e           -        v         v      -
    times       e     e          e              e           e        e         e      -
    codes       e     v          e              e           v        v         v      v
    security    e     -          e              e           -        v         -      -
    box         e     -          e              -           -        -         -      -
";

/// Whether somebody of this column goes so far in this area.
fn opens(column: &str, area: Area, level: Level) -> bool {
    let mut lines = OPENS.lines().map(|line| line.split_whitespace()).filter(|words| words.clone().next().is_some());
    let place = lines.next().unwrap().position(|word| word == column).unwrap();
    let mut row = lines.find(|words| words.clone().next() == Some(area.as_str())).expect("each area has a row");
    match row.nth(place + 1).unwrap() {
        "e" => true,
        "v" => level == Level::See,
        _ => false,
    }
}

/// The stream has no end. Nobody's login opens what the setup's token does; wrong tries of that one would cost all a wait.
fn is_walked(route: &Route) -> bool {
    route.access != Access::Setup && route.path != "/api/events"
}

#[test]
fn each_route_lets_in_who_may_and_nobody_else() {
    let page = Page::new();
    for route in ROUTES.iter().filter(|route| is_walked(route)) {
        let is_open = route.access == Access::Anyone;
        assert_eq!(is_let_in(&mut Browser::of(&page), route), is_open, "nobody and {route:?}");
        // Signing out ends what the walk goes on with.
        let is_home = is_open || route.access == Access::Home;
        assert_eq!(is_let_in(&mut page.browser("102", PIN), route), is_home, "a PIN and {route:?}");
    }
}

fn columns() -> impl Iterator<Item = &'static str> {
    OPENS.lines().nth(1).unwrap().split_whitespace()
}

/// The user of the office, with these rights and no others, opens what the column says.
fn walk(page: &Page, given: &Value, column: &str) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    let seen = admin.get(&format!("/api/people/{WORKSHOP}"));
    let mut wish = json!({ "name": "Workshop", "email": USER, "extension": "102", "voicemail": true });
    wish.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
    let saved = admin.send("PUT", &format!("/api/people/{WORKSHOP}"), &[("If-Match", &seen.etag())], Some(wish));
    assert_eq!(saved.status, 200, "{column}: {saved:?}");
    let mut browser = page.browser(USER, PASSWORD);
    for route in ROUTES.iter().filter(|route| is_walked(route) && !route.path.starts_with("/api/logout")) {
        let expected = match route.access {
            Access::See(area) => opens(column, area, Level::See),
            Access::Change(area) => opens(column, area, Level::Change),
            Access::Anyone | Access::Home | Access::User | Access::Setup => true,
        };
        assert_eq!(is_let_in(&mut browser, route), expected, "{column} by {given} and {route:?}");
    }
}

#[test]
fn each_role_opens_what_its_column_of_the_table_says() {
    let page = Page::new();
    let presets = ["admin", "office", "user"];
    for column in columns() {
        let (preset, roles) = if presets.contains(&column) { (column, vec![]) } else { ("user", vec![column]) };
        walk(&page, &json!({ "role": preset, "roles": roles }), column);
    }
}

/// Whatever rights come from, they open the same (F6): here a profile of what a column has.
#[test]
fn each_column_opens_the_same_as_a_profile() {
    let page = Page::new();
    let levels = |area: &Area, column: &str| {
        let may =
            [(Level::Change, "change"), (Level::See, "see")].into_iter().find(|(to, _)| opens(column, *area, *to));
        may.map(|(_, may)| json!({ "area": area.as_str(), "may": may }))
    };
    let own = [Area::Phonebook];
    for column in columns() {
        let areas = Area::ALL.into_iter().filter(|area| !own.contains(area));
        let rights: Vec<Value> = areas.filter_map(|area| levels(&area, column)).collect();
        let mut admin = page.browser(ADMIN, PASSWORD);
        assert_eq!(admin.post("/api/profiles", json!({ "name": column, "rights": rights })).status, 200);
        walk(&page, &json!({ "profile": column }), column);
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
        "GET /api/place",
        "POST /api/place",
        "GET /api/place/{call}",
        "DELETE /api/place/{call}",
        "GET /api/console",
        "POST /api/console/{call}",
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
