//! Rules, diversions and lists of callers: what is taken, what is refused, and which rule is over which.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod judged;

use config::{Config, DiversionKind, Hears, Specificity, Target};
use jiff::Timestamp;

use judged::says;

const OFFICE: &str = r#"
[office]
time_zone = "America/New_York"
[[time_group]]
name = "Open"
times = ["Mon-Fri 08:00-18:00"]
[[time_group]]
name = "Holidays"
times = ["holidays US"]
[[time_group]]
name = "Fair"
times = ["2022-07-09..2022-07-10"]
[[person]]
name = "Workshop"
extension = "103"
[[person]]
name = "Front Desk"
extension = "102"
"#;

fn office(rows: &str, expected: &[&str]) -> Config {
    says(&format!("{OFFICE}{rows}"), expected)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_person_without_rows_has_the_default_rule_alone() {
    let config = office("", &[]);
    let answering = &config.extension("102").unwrap().answering;
    assert_eq!((answering.rules.len(), answering.active(at("2022-07-04T14:00:00Z"))), (0, None));
    assert_eq!(answering.callers.blocked_hear, Hears::Disconnected);
    assert_eq!(answering.callers.anonymous_hear, None);
}

fn german(rows: &str) -> Config {
    says(&format!("{}{rows}", OFFICE.replace("[office]", "[office]\ncountry = \"DE\"")), &[])
}

/// Of two entries that fit the one counts that names more of the number, however each is written.
#[test]
fn a_listed_caller_may_be_written_in_any_way() {
    let number = "+49401234567";
    for (entries, allowed) in [
        (&[("+4940*", true), ("0401*", false)][..], false),
        (&[("+49401*", true), ("040*", false)], true),
        (&[("0049401*", false), ("+4940*", true), ("*", true)], false),
        (&[("00494012345xx", true), ("0401234*", false)], true),
        (&[("0401234567", false), ("+4940123456x", true)], false),
        (&[("+49401234567", true), ("0401234567*", false)], true),
        (&[("0401234567", true), ("+49401234567", false)], true),
    ] {
        let rows: String = entries
            .iter()
            .map(|(number, allow)| format!("[[person.callers]]\nnumber = \"{number}\"\nallow = {allow}\n"))
            .collect();
        let config = german(&rows);
        let callers = &config.extension("102").unwrap().answering.callers;
        for shown in [number, "0401234567"] {
            let entry = callers.entry(&config.office().spellings(shown), at("2022-07-04T14:00:00Z"));
            assert_eq!(entry.map(|entry| entry.is_allowed), Some(allowed), "{shown}: {entries:?}");
        }
        assert!(callers.listed.len() == entries.len());
    }
    // Who writes how calls to abroad begin means other countries, and who writes an area nobody inside.
    let config = german("[[person.callers]]\nnumber = \"00*\"\n[[person.callers]]\nnumber = \"030*\"\n");
    let callers = &config.extension("102").unwrap().answering.callers;
    let office = config.office();
    for (caller, is_listed) in [
        (office.spellings("0401234567"), false),
        (office.spellings("0033123456789"), true),
        (office.spellings("+33123456789"), true),
        (office.spellings("0301234567"), true),
        (config::Spellings::just("103"), false),
    ] {
        let entry = callers.entry(&caller, at("2022-07-04T14:00:00Z"));
        assert_eq!(entry.is_some(), is_listed, "{caller:?}");
    }
    let config = german("[[person.callers]]\nnumber = \"0049401*\"\n");
    let callers = &config.extension("102").unwrap().answering.callers;
    assert!(callers.entry(&config.office().spellings("+49411"), at("2022-07-04T14:00:00Z")).is_none());
}

#[test]
fn all_of_it_is_read() {
    let rows = r#"
rules = [{ when = "Open", ring_s = 40, busy = "person 103" }, { always = "number +49 (30) 123-456", dnd = true }]
diversions = [{ kind = "dnd", when = "Open", forced = "closed" }, { kind = "always", enabled = false, to = "voicemail 103" }]
callers = [{ number = "+4930*", allow = true, until = "2022-08-01T00:00:00Z", note = "the carrier" }]
blocked_hear = "refused"
anonymous_hear = "announcement"
"#;
    let config = office(rows, &[]);
    let answering = &config.extension("102").unwrap().answering;
    assert_eq!(answering.otherwise.always, Some(Target::Number("+4930123456".to_owned())));
    assert!(answering.otherwise.is_dnd);
    assert_eq!(answering.rules[0].actions.busy.as_ref().map(ToString::to_string).as_deref(), Some("person 103"));
    let now = at("2022-07-05T14:00:00Z");
    assert_eq!((answering.active(now), answering.active(at("2022-07-05T23:00:00Z"))), (Some(0), None));
    assert!(answering.diversion(DiversionKind::Dnd).is_some() && answering.diverts(DiversionKind::Dnd, now).is_none());
    assert!(answering.diverts(DiversionKind::Always, now).is_none());
    let caller = config.office().spellings("+4930123");
    assert!(answering.callers.entry(&caller, now).is_some_and(|entry| entry.is_allowed));
    assert!(answering.callers.entry(&caller, at("2022-08-01T00:00:00Z")).is_none());
    assert_eq!(
        (answering.callers.blocked_hear, answering.callers.anonymous_hear),
        (Hears::Refused, Some(Hears::Announcement))
    );
}

#[test]
fn what_means_nothing_is_named_and_loses_no_call() {
    for (rows, expected) in [
        (
            "rules = [{ when = \"Often\" }]",
            "rules 1 (Often of 102), when: there is no time group Often: write one of the person's own, of their site's or of \
             the office's; the row is off until then",
        ),
        (
            "rules = [{ ring_s = 10 }, { ring_s = 20 }]",
            "rules 2 (default of 102), when: there is a default rule already: give this one a time group, or remove it; the row \
             is off until then",
        ),
        (
            "rules = [{ always = \"person 199\" }]",
            "rules 1 (default of 102), always: there is no extension 199, and calls go to the person's own mailbox: choose \
             another target; ignored until then",
        ),
        (
            "rules = [{ busy = \"number 911\" }]",
            "rules 1 (default of 102), busy: 911 calls for help, where no call is sent: choose another target; ignored until \
             then",
        ),
        (
            "rules = [{ busy = \"103\" }]",
            "rules 1 (default of 102), busy: a target is person, phone or voicemail with an extension, or number with digits: \
             as in person 102: write such a target; ignored until then",
        ),
        (
            "diversions = [{ kind = \"sometimes\" }]",
            "diversions 1 (sometimes of 102), kind: there is no sometimes here: write one of secretary, dnd, always, busy, unanswered, \
             offline, follow_me, assistant; the row is off until then",
        ),
        (
            "diversions = [{ kind = \"dnd\" }, { kind = \"dnd\" }]",
            "diversions 2 (dnd of 102), kind: there is such a diversion already: remove one; the row is off until then",
        ),
        (
            "callers = [{ number = \"+49*\" }, { number = \"+49*\", allow = true }]",
            "callers 2 (+49* of 102), number: +49* has a row already: remove one; the row is off until then",
        ),
        (
            "callers = [{ number = \"+49*\", until = \"Christmas\" }]",
            "callers 1 (+49* of 102), until: this is no moment: write one such as 2026-12-24T13:00:00Z; the row is off until \
             then",
        ),
        (
            "blocked_hear = \"music\"",
            "person 2 (Front Desk), blocked_hear: there is no music here: write one of disconnected, busy, refused, \
             announcement; ignored until then",
        ),
    ] {
        office(rows, &[expected]);
    }
    let gone = office(
        "rules = [{ always = \"person 199\" }]",
        &[
            "rules 1 (default of 102), always: there is no extension 199, and calls go to the person's own mailbox: choose another \
         target; ignored until then",
        ],
    );
    let always = gone.extension("102").unwrap().answering.otherwise.always.clone();
    assert_eq!(always.map(|to| to.to_string()).as_deref(), Some("voicemail 102"));
    let many = format!("rules = [{}]", "{ when = \"Open\" }, ".repeat(52));
    office(
        &many,
        &["rules 52 (Open of 102): there are more than 50: remove this and those after it; the row is off until then"],
    );
}

#[test]
fn f93_a_list_that_cannot_be_rung_is_named_and_with_none_nobody_is_followed() {
    for (rows, expected) in [
        (
            "diversions = [{ kind = \"follow_me\" }]",
            "diversions 1 (follow_me of 102), list: nobody is on the list: write whom to ring, or switch Follow Me off; the row \
             is off until then",
        ),
        (
            "diversions = [{ kind = \"follow_me\", list = [\"phone 103\", \"phone 102\"] }]",
            "diversions 1 (follow_me of 102), list: row 2, phone 102: what is rung after the own phones is phone with another's \
             extension, or number with digits: write one of these; ignored until then",
        ),
        (
            "diversions = [{ kind = \"follow_me\", list = [\"phone 103\", \"number 911\"] }]",
            "diversions 1 (follow_me of 102), list: 911 calls for help, where no call is sent: choose another target; ignored until \
             then",
        ),
        (
            "diversions = [{ kind = \"follow_me\", list = [\"phone 103\"], initial_s = 61 }]",
            "diversions 1 (follow_me of 102), initial_s: 61 is out of range: write a number from 0 to 60; the row is off until then",
        ),
        (
            "diversions = [{ kind = \"follow_me\", list = [\"phone 103\"], ring_s = 4 }]",
            "diversions 1 (follow_me of 102), ring_s: 4 is out of range: write a number from 5 to 60; the row is off until then",
        ),
    ] {
        let config = office(rows, &[expected]);
        let followed = config.extension("102").unwrap().answering.may_divert(DiversionKind::FollowMe);
        assert_eq!(followed, expected.ends_with("ignored until then"), "{rows}");
    }
}

#[test]
fn x2_a_new_rule_belongs_before_all_that_are_wider() {
    let config = office("rules = [{ when = \"Fair\" }, { when = \"Holidays\" }, { when = \"Open\" }]", &[]);
    let answering = &config.extension("102").unwrap().answering;
    for (specificity, place) in
        [(Specificity::Dated, 1), (Specificity::Holiday, 2), (Specificity::Weekly, 3), (Specificity::Always, 3)]
    {
        assert_eq!(answering.place_for(specificity), place, "{specificity:?}");
    }
}

#[test]
fn x2_a_narrow_rule_under_a_wider_one_is_told_with_the_day() {
    let shadows = |order: &str, now: &str| -> Vec<(usize, usize, String)> {
        let rules: Vec<String> = order.split(' ').map(|name| format!("{{ when = \"{name}\" }}")).collect();
        let config = office(&format!("rules = [{}]", rules.join(", ")), &[]);
        let shadows = config.extension("102").unwrap().answering.shadows(at(now));
        shadows.into_iter().map(|shadow| (shadow.rule, shadow.by, shadow.at.to_string())).collect()
    };
    let summer = "2022-06-21T00:00:00Z";
    assert_eq!(shadows("Open Holidays", summer), [(1, 0, "2022-07-04T12:00:00Z".to_owned())]);
    assert_eq!(shadows("Holidays Open", summer), []);
    assert_eq!(shadows("Open Fair", summer), [], "the fair is on a weekend");
    assert_eq!(shadows("Open Holidays", "2022-07-04T13:00:00Z"), [(1, 0, "2022-07-04T13:00:00Z".to_owned())]);
}

#[test]
fn f41_what_cannot_ring_along_is_named_and_the_rest_rings() {
    for (rows, expected) in [
        (
            "rules = [{ ring_s = 3 }]",
            "rules 1 (default of 102), ring_s: 3 s is no ring time: write 5 to 120 seconds, or 0 to ring until the caller gives up; \
             the row is off until then",
        ),
        (
            "rules = [{ ring_s = 10, also = [\"number 0170 1\", \"phone 103 after 10 s\"] }]",
            "rules 1 (default of 102), also: row 2 would never ring: it begins after 10 s, and the ring time is 10 s; write less; \
             ignored until then",
        ),
        (
            "rules = [{ also = [\"person 103\"] }]",
            "rules 1 (default of 102), also: row 1, person 103: what rings too is phone with an extension or number with digits, \
             as in number +4917012345 after 10 s; ignored until then",
        ),
        (
            "rules = [{ also = [\"phone 199\"] }]",
            "rules 1 (default of 102), also: there is no extension 199: write one that has a row; ignored until then",
        ),
        (
            "rules = [{ ring_s = 0, also = [\"phone 103 after 61 s\"] }]",
            "rules 1 (default of 102), also: 61 is out of range: write a number from 0 to 60; ignored until then",
        ),
        (
            "rules = [{ also = [\"number 911\"] }]",
            "rules 1 (default of 102), also: 911 calls for help, where no call is sent: choose another target; ignored until then",
        ),
        (
            "rules = [{ away = true }]",
            "rules 1 (default of 102), away: nothing rings: let the own phones ring, or write what rings instead; ignored until \
             then",
        ),
    ] {
        office(rows, &[expected]);
    }
    let config =
        office("rules = [{ away = true, also = [\"phone 103 after 5 s\", \"number +49 170 1 at once\"] }]", &[]);
    let otherwise = &config.extension("102").unwrap().answering.otherwise;
    let also: Vec<String> = otherwise.also.iter().map(ToString::to_string).collect();
    assert_eq!((otherwise.is_away, also), (true, vec!["phone 103 after 5 s".into(), "number +491701 at once".into()]));
    let many = format!("rules = [{{ also = [{}] }}]", "\"phone 103\", ".repeat(11));
    office(
        &many,
        &["rules 1 (default of 102), also: there are more than 10: remove this and those after it; ignored until then"],
    );
}

#[test]
fn the_office_has_a_list_of_callers_too() {
    let text = "[office]\ncallers = [{ number = \"+4940*\", note = \"sells\" }, { number = \"nobody\" }]\n\
                blocked_hear = \"music\"\nanonymous_hear = \"busy\"";
    let mut problems = Vec::new();
    let config = config::Config::check(&toml::from_str(text).expect("it is TOML"), &mut problems);
    let callers = &config.office().callers;
    assert_eq!(callers.listed.len(), 1);
    assert_eq!((callers.blocked_hear, callers.anonymous_hear), (Hears::Disconnected, Some(Hears::Busy)));
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|one| one.starts_with("callers 2 (nobody), number: ")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("office, blocked_hear: there is no music here")), "{told:?}");
}

#[test]
fn f91_a_secretary_that_cannot_ring_is_named_and_the_others_ring() {
    let of = "diversions 1 (secretary of 102), ";
    let only = |rows: &str| format!("diversions = [{{ kind = \"secretary\", {rows} }}]");
    for (rows, expected) in [
        (
            "secretaries = []",
            "secretaries: nobody answers: write an extension, or switch the secretaries off; the row is off until then",
        ),
        (
            "secretaries = [\"103\", \"102\"]",
            "secretaries: row 2, 102: a secretary is another's extension, once, with off behind it while it is not on: write one so, \
             as in 106; ignored until then",
        ),
        (
            "secretaries = [\"103\", \"103 off\"]",
            "secretaries: row 2, 103 off: a secretary is another's extension, once, with off behind it while it is not on: write one \
             so, as in 106; ignored until then",
        ),
        (
            "secretaries = [\"103\", \"199\"]",
            "secretaries: there is no extension 199: write one that has a row; ignored until then",
        ),
        (
            "secretaries = [\"103\"], strategy = \"none\"",
            "strategy: there is no none here: write one of in_turn, boss_then_in_turn, boss_then_all, all, everyone; the row is off \
             until then",
        ),
        (
            "secretaries = [\"103\"], initial_s = 4",
            "initial_s: 4 is out of range: write a number from 5 to 60; the row is off until then",
        ),
    ] {
        office(&only(rows), &[&format!("{of}{expected}")]);
    }
    let config = office(&only("secretaries = [\"103 off\"], strategy = \"boss_then_all\", pass = [\"+49301*\"]"), &[]);
    let known = config.extension("102").unwrap().answering.secretaries().unwrap();
    assert!(known.of("103").is_some_and(|one| !one.is_on) && known.of("102").is_none());
    assert!(known.strategy.is_boss_first() && !known.strategy.is_in_turn());
    let passes = |caller| known.passing(&config.office().spellings(caller), |_| true).is_some();
    assert!(passes("+493012") && !passes("+493112"));
    let said = format!(
        "{of}pass: a tag is 1 to 24 characters without commas, semicolons, spaces around it or control characters: \
         write another, or none; ignored until then"
    );
    let tagged = office(&only("secretaries = [\"103\"], pass = [\"tag VIP\", \"tag a;b\", \"tag VIP\"]"), &[&said]);
    let known = tagged.extension("102").unwrap().answering.secretaries().unwrap();
    assert_eq!(known.pass.iter().map(ToString::to_string).collect::<Vec<_>>(), ["tag VIP"]);
    let caller = tagged.office().spellings("+493012");
    assert!(known.passing(&caller, |tag| tag == "VIP").is_some() && known.passing(&caller, |_| false).is_none());
    let none = office("diversions = [{ kind = \"secretary\", enabled = false }]", &[]);
    let answering = &none.extension("102").unwrap().answering;
    assert!(!answering.may_divert(DiversionKind::Secretary) && answering.may_divert(DiversionKind::Dnd));
}

#[test]
fn f97_a_key_that_leads_nowhere_is_named_and_one_whose_target_is_gone_leads_to_the_mailbox() {
    let of = "diversions 1 (assistant of 102), keys: ";
    let only = |rows: &str| format!("diversions = [{{ kind = \"assistant\", keys = [{rows}] }}]");
    let bad = |row: &str, text: &str| {
        format!(
            "{of}row {row}, {text}: a key is a digit, once, and a target behind it: write one so, as in 1 person 102; ignored until \
             then"
        )
    };
    for (rows, expected) in [
        ("\"person 103\"", bad("1", "person 103")),
        ("\"1 person 103\", \"10 person 103\"", bad("2", "10 person 103")),
        ("\"1 person 103\", \"1 phone 103\"", bad("2", "1 phone 103")),
        ("\"+ person 103\"", bad("1", "+ person 103")),
        (
            "\"1 carol\"",
            format!(
                "{of}a target is person, phone or voicemail with an extension, or number with digits: as in person 102: write such a \
                 target; ignored until then"
            ),
        ),
    ] {
        office(&only(rows), &[&expected]);
    }
    let known =
        |config: &Config| config.extension("102").unwrap().answering.diversion(DiversionKind::Assistant).cloned();
    let config = office(&only("\"0 person 103\", \"9 number 0170 5550100\""), &[]);
    let keys = known(&config).and_then(|known| known.assistant).expect("it is there").keys;
    let shown: Vec<String> = keys.iter().map(|(key, to)| format!("{key} {to}")).collect();
    assert_eq!(shown, ["0 person 103", "9 number 01705550100"]);
    let raw = only("\"1 person 199\"");
    let config = office(
        &raw,
        &[&format!(
            "{of}there is no extension 199, and calls go to the person's own mailbox: choose another target; ignored until then"
        )],
    );
    let keys = known(&config).and_then(|known| known.assistant).expect("it is there").keys;
    assert_eq!(keys.get(&1).map(ToString::to_string).as_deref(), Some("voicemail 102"));
    // Without keys the message alone is heard.
    office("diversions = [{ kind = \"assistant\" }]", &[]);
}
