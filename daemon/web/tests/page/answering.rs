//! Rules, time groups and what if: changed by whom they belong to, in force when answered, and nothing lost by a mistake.

use serde_json::{Value, json};

use crate::house::{ADMIN, Browser, PASSWORD, Page, USER};

fn change(browser: &mut Browser<'_>, method: &str, path: &str, seen: &str, body: Option<Value>) -> (u16, Value) {
    let etag = browser.get(seen).etag();
    let answer = browser.send(method, path, &[("If-Match", &etag)], body);
    (answer.status, answer.json())
}

fn group(name: &str, times: &[&str]) -> Value {
    json!({ "name": name, "times": times })
}

fn rule(when: &str) -> Value {
    json!({ "when": when, "always": { "kind": "voicemail", "id": "102" } })
}

/// The names of the rules in their order.
fn order(browser: &mut Browser<'_>) -> Vec<String> {
    let shown = browser.get("/api/answering/me").json();
    shown["rules"].as_array().unwrap().iter().map(|rule| rule["when"].as_str().unwrap().to_owned()).collect()
}

fn with_groups(page: &Page) {
    let mut admin = page.browser(ADMIN, PASSWORD);
    for (name, times) in [("Open", "Mon-Fri 08:00-18:00"), ("Holidays", "holidays US"), ("Always", "always")] {
        assert_eq!(admin.post("/api/time-groups/office", group(name, &[times])).status, 200, "{name}");
    }
}

#[test]
fn f31_x2_rules_are_added_by_how_narrow_they_are_and_put_in_order() {
    let page = Page::new();
    with_groups(&page);
    let mut user = page.browser(USER, PASSWORD);
    let me = "/api/answering/me";
    for when in ["Always", "Holidays", "Open"] {
        assert_eq!(change(&mut user, "POST", "/api/answering/me/rules", me, Some(rule(when))).0, 200, "{when}");
    }
    assert_eq!(order(&mut user), ["Holidays", "Open", "Always"]);
    let swapped = json!({ "order": [1, 0, 2] });
    assert_eq!(change(&mut user, "PUT", "/api/answering/me/order", me, Some(swapped)).0, 200);
    assert_eq!(order(&mut user), ["Open", "Holidays", "Always"]);
    let shown = user.get(me).json();
    assert_eq!(shown["warnings"][0]["rule"], 1, "{shown}");
    for bad in [json!({ "order": [0, 1] }), json!({ "order": [0, 1, 1] }), json!({ "order": [0, 1, 3] })] {
        assert_eq!(change(&mut user, "PUT", "/api/answering/me/order", me, Some(bad)).0, 422);
    }
    assert_eq!(change(&mut user, "DELETE", "/api/answering/me/rules/default", me, None).0, 409);
    assert_eq!(change(&mut user, "DELETE", "/api/answering/me/rules/9", me, None).0, 404);
    assert_eq!(change(&mut user, "DELETE", "/api/answering/me/rules/0", me, None).0, 200);
    assert_eq!(order(&mut user), ["Holidays", "Always"]);
    // Always is open, and says where calls go now.
    assert_eq!(shown["effective"], "take a message for 102", "{shown}");
}

#[test]
fn all_of_it_is_replaced_and_what_means_nothing_changes_nothing() {
    let page = Page::new();
    with_groups(&page);
    let mut user = page.browser(USER, PASSWORD);
    let me = "/api/answering/me";
    let whole = json!({
        "rules": [{ "when": "Open", "ring_s": 40 }],
        "otherwise": { "dnd": true },
        "diversions": [{ "kind": "busy", "to": { "kind": "person", "id": "101" }, "when": "Open" },
            { "kind": "follow_me", "ring_s": 15, "in_turn": true, "list": [{ "kind": "phone", "id": "101" }, { "kind": "number", "id": "0170 5550100" }] }],
        "callers": [{ "number": "+4930*", "allow": false, "note": "sells windows" }],
        "anonymous_hear": "announcement"
    });
    assert_eq!(change(&mut user, "PUT", me, me, Some(whole.clone())).0, 200);
    let shown = user.get(me).json();
    assert_eq!((&shown["otherwise"]["dnd"], &shown["rules"][0]["ring_s"]), (&json!(true), &json!(40)));
    assert_eq!(
        (&shown["diversions"][0]["to"]["id"], &shown["callers"][0]["note"]),
        (&json!("101"), &json!("sells windows"))
    );
    let followed = &shown["diversions"][1];
    assert_eq!(
        (&followed["initial_s"], &followed["ring_s"], &followed["in_turn"]),
        (&json!(10), &json!(15), &json!(true))
    );
    assert_eq!(followed["list"], json!([{ "kind": "phone", "id": "101" }, { "kind": "number", "id": "01705550100" }]));
    let revision = page.revision();
    let faulty = |field: &str, value: Value| {
        let mut whole = whole.clone();
        whole[field] = value;
        whole
    };
    for (field, value, wrong) in [
        ("rules", json!([{ "when": "Often" }]), "when"),
        ("rules", json!([{ "ring_s": 40 }]), "when"),
        ("rules", json!([{ "when": "Open", "busy": { "kind": "person", "id": "999" } }]), "busy"),
        ("otherwise", json!({ "enabled": false }), "otherwise"),
        ("diversions", json!([{ "kind": "never" }]), "kind"),
        ("diversions", json!([{ "kind": "follow_me" }]), "list"),
        ("diversions", json!([{ "kind": "follow_me", "list": [{ "kind": "phone", "id": "102" }] }]), "list"),
        ("diversions", json!([{ "kind": "secretary", "secretaries": [] }]), "secretaries"),
        (
            "diversions",
            json!([{ "kind": "secretary", "secretaries": [{ "extension": "101" }], "strategy": "x" }]),
            "strategy",
        ),
        ("callers", json!([{ "number": "bob", "allow": true }]), "number"),
        ("blocked_hear", json!("music"), "blocked_hear"),
    ] {
        let (status, problem) = change(&mut user, "PUT", me, me, Some(faulty(field, value)));
        assert_eq!((status, problem["errors"][wrong].is_string()), (422, true), "{field}: {problem}");
    }
    assert_eq!(page.revision(), revision);
    let stale = user.send("PUT", me, &[("If-Match", "\"old\"")], Some(whole));
    assert_eq!(stale.status, 412);
}

#[test]
fn nobody_changes_the_rules_of_others_but_administrators() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let mine = user.get("/api/me").json()["id"].as_u64().unwrap();
    let mut admin = page.browser(ADMIN, PASSWORD);
    let theirs = admin.get("/api/me").json()["id"].as_u64().unwrap();
    for path in
        [format!("/api/answering/{theirs}"), format!("/api/time-groups/{theirs}"), "/api/time-groups/office".to_owned()]
    {
        assert_eq!(user.get(&path).status, 403, "{path}");
    }
    assert_eq!(user.post("/api/time-groups/office", group("Open", &["Mon"])).status, 403);
    for path in [format!("/api/answering/{mine}"), format!("/api/time-groups/{mine}")] {
        assert_eq!((user.get(&path).status, admin.get(&path).status), (200, 200), "{path}");
    }
    assert_eq!(admin.get("/api/answering/999999").status, 404);
    assert_eq!(admin.get("/api/answering/somebody").status, 404);
}

#[test]
fn f47_f54_a_time_group_is_renamed_with_its_rules_and_not_removed_under_them() {
    let page = Page::new();
    with_groups(&page);
    let mut user = page.browser(USER, PASSWORD);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let me = "/api/answering/me";
    assert_eq!(change(&mut user, "POST", "/api/answering/me/rules", me, Some(rule("Open"))).0, 200);
    let office = "/api/time-groups/office";
    let renamed = group("Opening hours", &["Mon-Fri 09:00-17:00"]);
    assert_eq!(change(&mut admin, "PUT", "/api/time-groups/office/Open", office, Some(renamed)).0, 200);
    assert_eq!(order(&mut user), ["Opening hours"]);
    let (status, problem) = change(&mut admin, "DELETE", "/api/time-groups/office/Opening%20hours", office, None);
    assert_eq!((status, problem["detail"].as_str().unwrap().contains("102")), (409, true), "{problem}");
    let shown = admin.get(office).json();
    let hours = shown["groups"].as_array().unwrap().iter().find(|group| group["name"] == "Opening hours").unwrap();
    assert_eq!((hours["changes"].as_array().unwrap().len(), &hours["used_by"]), (5, &json!(["102"])));
    assert!(hours["changes"][0]["text"].as_str().unwrap().contains(" on "), "{hours}");
    assert_eq!(hours["week"].as_array().unwrap().len(), 5, "{hours}");
    assert_eq!(change(&mut admin, "DELETE", "/api/time-groups/office/Holidays", office, None).0, 200);
    let (status, problem) = change(&mut admin, "POST", office, office, Some(group("Odd", &["Mon", "Funday"])));
    assert_eq!((status, problem["errors"]["times"].as_str().unwrap().contains("Funday")), (422, true), "{problem}");
    // One's own, which others do not see.
    assert_eq!(user.post("/api/time-groups/me", group("Evenings", &["daily 18:00-22:00"])).status, 200);
    assert!(user.get("/api/time-groups/me").json().to_string().contains("Evenings"));
    assert!(!admin.get(office).json().to_string().contains("Evenings"));
}

#[test]
fn f52_a_time_group_is_forced_until_its_next_change_or_for_good() {
    let page = Page::new();
    with_groups(&page);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let path = "/api/time-groups/office/Open/force";
    let open = |admin: &mut Browser<'_>| {
        let shown = admin.get("/api/time-groups/office").json();
        let group = shown["groups"].as_array().unwrap().iter().find(|group| group["name"] == "Open").unwrap();
        (group["is_open"].as_bool().unwrap(), group["is_forced"].as_bool().unwrap(), group["forced_until"].is_string())
    };
    let (by_times, _, _) = open(&mut admin);
    let other = if by_times { "closed" } else { "open" };
    assert_eq!(admin.post(path, json!({ "state": other })).status, 200);
    assert_eq!(open(&mut admin), (!by_times, true, true));
    assert_eq!(admin.post(path, json!({ "state": other, "for_good": true })).status, 200);
    assert_eq!(open(&mut admin), (!by_times, true, false));
    assert_eq!(admin.post(path, json!({ "state": "auto" })).status, 200);
    assert_eq!(open(&mut admin), (by_times, false, false));
    assert_eq!(admin.post(path, json!({ "state": "ajar" })).status, 422);
    assert_eq!(admin.post(path, json!({ "state": "open", "until": "2001-01-01T00:00:00Z" })).status, 422);
    assert_eq!(admin.post("/api/time-groups/office/None/force", json!({ "state": "open" })).status, 404);
}

/// What the page sends when somebody switches a diversion that follows a time group: against it until it changes next.
#[test]
fn f49_a_diversion_is_forced_until_its_time_group_changes_and_follows_it_then() {
    let page = Page::new();
    with_groups(&page);
    let mut user = page.browser(USER, PASSWORD);
    let me = "/api/answering/me";
    let put = |user: &mut Browser<'_>, forced: Value| {
        let mut all = user.get(me).json();
        all["diversions"] = json!([{ "kind": "dnd", "when": "Open", "forced": forced }]);
        for only_shown in [
            "name",
            "extension",
            "bosses",
            "active",
            "warnings",
            "effective",
            "because",
            "groups",
            "followed",
            "said",
            "etag",
        ] {
            all.as_object_mut().unwrap().remove(only_shown);
        }
        assert_eq!(change(user, "PUT", me, me, Some(all)).0, 200);
        user.get(me).json()
    };
    assert_eq!(user.get(me).json()["followed"], json!([]), "none follows any");
    let follows = put(&mut user, Value::Null);
    let group = &follows["followed"][0];
    assert_eq!(group["name"], "Open", "{follows}");
    let (is_open, changes_at) = (group["is_open"].as_bool().unwrap(), group["changes_at"].as_str().unwrap().to_owned());
    let against = format!("{} until {changes_at}", if is_open { "closed" } else { "open" });
    let forced = put(&mut user, json!(against));
    assert_eq!(forced["diversions"][0]["forced"], json!(against), "{forced}");
    assert_eq!(forced["diversions"][0]["when"], "Open", "it follows its group still");
    assert_ne!(forced["effective"], follows["effective"], "what was said goes before the times");
    assert_eq!(forced["followed"], follows["followed"], "the group itself is as it was");
    assert_eq!(put(&mut user, Value::Null)["effective"], follows["effective"], "and is taken back");
}

#[test]
fn m2_what_if_tells_the_plan_of_a_call_that_nobody_makes() {
    let page = Page::new();
    with_groups(&page);
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(
        change(&mut user, "POST", "/api/answering/me/rules", "/api/answering/me", Some(rule("Holidays"))).0,
        200
    );
    let mut admin = page.browser(ADMIN, PASSWORD);
    let mut ask = |at: &str, offline: &[&str]| {
        let asked = json!({ "from": "101", "to": "102", "at": at, "offline": offline, "busy": [] });
        let answer = admin.post("/api/what-if", asked);
        assert_eq!(answer.status, 200);
        answer.json()["steps"][0].clone()
    };
    let holiday = ask("2026-07-03T10:00", &[]);
    assert_eq!(holiday["act"], "take a message for 102");
    assert!(holiday["because"].to_string().contains("rule Holidays of 102 matched on 3 July"), "{holiday}");
    let workday = ask("2026-07-07T10:00", &["102"]);
    assert!(workday["act"].as_str().unwrap().starts_with("ring 102"), "{workday}");
    assert!(workday["because"].to_string().contains("not registered"), "{workday}");
    assert_eq!(admin.post("/api/what-if", json!({ "from": "", "to": "102", "at": "noon" })).status, 422);
    let plan =
        admin.post("/api/what-if", json!({ "from": "101", "to": "102", "at": "2026-07-07T10:00", "dnd": [] })).json();
    assert!(plan["sentence"].as_str().unwrap().starts_with("ring 102 for 25 s; then (nobody answered) "), "{plan}");
    let rings = &plan["steps"][0]["rings"];
    assert_eq!((&rings["extension"], &rings["seconds"]), (&json!("102"), &json!(25)));
    assert_eq!((&plan["way"][0], &rings["phones"][0]["is_there"]), (&json!(0), &json!(true)));
    let undisturbed = admin.post("/api/what-if", json!({ "from": "101", "to": "102", "dnd": ["102"] })).json();
    assert_eq!(undisturbed["steps"][0]["rings"], Value::Null);
    // What means nothing names its field.
    for (asked, field) in [
        (json!({ "from": "101", "to": "" }), "to"),
        (json!({ "from": "0891234567", "to": "102" }), "from"),
        (json!({ "from": "101", "to": "102", "trunk": "none" }), "trunk"),
        (json!({ "from": "101", "to": "102", "busy": ["199"] }), "states"),
    ] {
        let answer = admin.post("/api/what-if", asked);
        assert_eq!((answer.status, answer.json()["errors"][field].is_string()), (422, true), "{field}");
    }
}

#[test]
fn m2_people_ask_about_calls_to_themselves_and_see_no_rules_of_others() {
    let page = Page::new();
    with_groups(&page);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let secret = json!({ "when": "Always", "always": { "kind": "number", "id": "0170 5550199" } });
    assert_eq!(change(&mut admin, "POST", "/api/answering/me/rules", "/api/answering/me", Some(secret)).0, 200);
    let mut user = page.browser(USER, PASSWORD);
    let on = json!({ "when": "Always", "busy": { "kind": "person", "id": "101" },
        "unanswered": { "kind": "voicemail", "id": "102" } });
    assert_eq!(change(&mut user, "POST", "/api/answering/me/rules", "/api/answering/me", Some(on)).0, 200);
    let asked = json!({ "from": "101", "to": "", "busy": [] });
    let plan = user.post("/api/what-if", asked.clone());
    assert_eq!(plan.status, 200);
    let plan = plan.json();
    assert!(plan["sentence"].as_str().unwrap().starts_with("ring 102 for 25 s; then (nobody answered) "), "{plan}");
    let steps = plan["steps"].as_array().unwrap();
    let beyond: Vec<usize> = (0..steps.len()).filter(|at| steps[*at]["act"] == "go on as 101 wants it").collect();
    let [beyond] = beyond[..] else { panic!("{plan}") };
    assert_eq!((&steps[beyond]["because"], &steps[beyond]["on"]), (&json!([]), &json!([])));
    let edges = steps[0]["on"].as_array().unwrap();
    assert!(edges.iter().any(|edge| edge["next"] == beyond && edge["outcome"] == "it was busy"), "{plan}");
    assert!(edges.iter().all(|edge| edge["next"].as_u64().unwrap() < steps.len() as u64), "{plan}");
    assert!(!plan.to_string().contains("5550199"), "{plan}");
    // The administrator sees where it goes on, and may ask of everybody.
    let whole = admin.post("/api/what-if", json!({ "from": "101", "to": "102" })).json();
    assert!(whole.to_string().contains("5550199"), "{whole}");
    for other in [
        json!({ "from": "102", "to": "101" }),
        json!({ "from": "102", "to": "0305550100" }),
        json!({ "from": "101", "to": "102", "busy": ["101"] }),
        json!({ "from": "101", "to": "102", "down": ["line"] }),
    ] {
        let refused = user.post("/api/what-if", other.clone());
        assert_eq!(refused.status, 422, "{other}");
        assert!(refused.json()["errors"]["to"].as_str().unwrap().contains("your own extension, 102"), "{other}");
    }
    assert_eq!(user.post("/api/what-if", json!({ "from": "101", "to": "102", "dnd": ["102"] })).status, 200);
}

#[test]
fn m2_what_nobody_can_have_wanted_is_found_after_each_save() {
    let page = Page::new();
    with_groups(&page);
    let mut admin = page.browser(ADMIN, PASSWORD);
    let found = |admin: &mut Browser<'_>| admin.get("/api/findings").json()["findings"].to_string();
    assert!(!found(&mut admin).contains("go round"));
    let round = json!({ "when": "Holidays", "always": { "kind": "person", "id": "102" } });
    let mut user = page.browser(USER, PASSWORD);
    assert_eq!(change(&mut user, "POST", "/api/answering/me/rules", "/api/answering/me", Some(round)).0, 200);
    assert!(found(&mut admin).contains("calls that 102 sends on to 102 go round: change one"), "{}", found(&mut admin));
    let german = admin.send("GET", "/api/findings", &[("Accept-Language", "de")], None);
    assert!(german.json().to_string().contains("gehen im Kreis"));
    assert_eq!(user.get("/api/findings").status, 403);
}

#[test]
fn f91_f92_a_secretary_switches_herself_and_lets_callers_pass_and_nobody_else_does() {
    let page = Page::new();
    let (mut admin, mut user) = (page.browser(ADMIN, PASSWORD), page.browser(USER, PASSWORD));
    let me = "/api/answering/me";
    let boss = admin.get(me).json()["extension"].as_str().unwrap().to_owned();
    let secretary = user.get(me).json()["extension"].as_str().unwrap().to_owned();
    let (switch, pass) = (format!("{me}/bosses/{boss}"), format!("{me}/bosses/{boss}/pass"));
    // Nobody's secretary yet.
    assert_eq!(user.send("PUT", &switch, &[], Some(json!({ "on": false }))).status, 404);
    assert_eq!(user.get(me).json()["bosses"], json!([]));
    let mut whole = admin.get(me).json();
    whole["diversions"] =
        json!([{ "kind": "secretary", "secretaries": [{ "extension": secretary }], "strategy": "everyone" }]);
    assert_eq!(change(&mut admin, "PUT", me, me, Some(whole)).0, 200);
    let shown = |browser: &mut Browser<'_>| browser.get(me).json()["diversions"][0].clone();
    let known = shown(&mut admin);
    assert_eq!(
        (&known["secretaries"], &known["strategy"], &known["callers"]),
        (&json!([{ "extension": secretary, "on": true }]), &json!("everyone"), &json!("all"))
    );
    for on in [false, true, false] {
        assert_eq!(user.send("PUT", &switch, &[], Some(json!({ "on": on }))).status, 200);
        let bosses = user.get(me).json()["bosses"].clone();
        assert_eq!((&bosses[0]["extension"], &bosses[0]["on"]), (&json!(boss), &json!(on)), "{bosses}");
        assert_eq!(shown(&mut admin)["secretaries"][0]["on"], json!(on));
    }
    for number in ["030 1234567", "+49301234567", "1212"] {
        let answer = user.post(&pass, json!({ "number": number }));
        assert_eq!(answer.status, 200, "{number}: {:?}", answer.json());
    }
    assert!(shown(&mut admin)["pass"].as_array().unwrap().len() >= 2, "{}", shown(&mut admin));
    for many in ["the bank", "1212*", "*", "+*", "x"] {
        assert_eq!(user.post(&pass, json!({ "number": many })).status, 422, "{many}");
    }
    // The boss is no secretary of the boss's.
    assert_eq!(admin.post(&pass, json!({ "number": "1212" })).status, 404);
    // For somebody else only who may change that one's rules.
    let theirs = user.get("/api/me").json();
    assert!(theirs.is_object());
    assert_eq!(
        user.send("PUT", &format!("/api/answering/999999/bosses/{boss}"), &[], Some(json!({ "on": true }))).status,
        403
    );
}

#[test]
fn f97_an_assistant_needs_a_message_and_keys_that_may_lead_where_they_do() {
    let page = Page::new();
    let mut user = page.browser(USER, PASSWORD);
    let me = "/api/answering/me";
    let whole = |enabled: bool, keys: Value| {
        json!({ "rules": [], "otherwise": {}, "callers": [],
            "diversions": [{ "kind": "assistant", "enabled": enabled, "keys": keys }] })
    };
    let key = |key: u8, kind: &str, id: &str| json!({ "key": key, "to": { "kind": kind, "id": id } });
    let people = json!([key(1, "person", "101"), key(0, "voicemail", "101")]);
    let (status, problem) = change(&mut user, "PUT", me, me, Some(whole(true, people.clone())));
    let told = "there is no message for the assistant: record one with *39, or bring one as a file";
    assert_eq!((status, &problem["errors"]["enabled"]), (422, &json!(told)));
    assert_eq!(change(&mut user, "PUT", me, me, Some(whole(false, people.clone()))).0, 200);
    for (faulty, wrong) in [
        (json!([key(1, "person", "101"), key(1, "person", "101")]), "keys"),
        (json!([key(10, "person", "101")]), "keys"),
        (json!([key(1, "person", "199")]), "keys"),
        // The office has no way out to it.
        (json!([key(1, "number", "0170 5550100")]), "keys"),
    ] {
        let (status, problem) = change(&mut user, "PUT", me, me, Some(whole(false, faulty.clone())));
        assert_eq!((status, problem["errors"][wrong].is_string()), (422, true), "{faulty}: {problem}");
    }
    let file = crate::greeting::wav(2_000);
    assert_eq!(user.send_bytes("PUT", "/api/greeting/assistant", &[], &file).status, 200);
    assert!(user.get("/api/greeting").json()["assistant"]["length_ms"].as_u64().is_some_and(|ms| ms > 1_900));
    assert_eq!(user.get("/api/greeting/assistant/audio").status, 200);
    assert_eq!(change(&mut user, "PUT", me, me, Some(whole(true, people))).0, 200);
    let shown = user.get(me).json()["diversions"][0].clone();
    assert_eq!((&shown["enabled"], &shown["keys"][0]), (&json!(true), &key(0, "voicemail", "101")));
    // The message goes, and the rest can be changed all the same.
    assert_eq!(user.post("/api/greeting/assistant/use", json!({ "id": null })).status, 200);
    assert_eq!(change(&mut user, "PUT", me, me, Some(whole(true, json!([])))).0, 200);
}
