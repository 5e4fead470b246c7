use config::{Class, Config, RawConfig};
use jiff::{SignedDuration, Timestamp};

use super::{Flaw, Swept, calls, judge, states, sweep};
use crate::route::{Moment, route};

const OFFICE: &str = r#"
[office]
country = "DE"
time_zone = "Europe/Berlin"
area = "30"
[[trunk]]
name = "carrier"
way = "address"
server = "203.0.113.5"
[[trunk]]
name = "old"
way = "address"
server = "203.0.113.6"
enabled = false
[[route]]
name = "all"
trunks = ["carrier"]
[[time_group]]
name = "Open"
times = ["Mon-Fri 08:00-18:00", "except holidays DE"]
[[time_group]]
name = "Mornings"
times = ["Mon-Fri 09:00-10:00", "except holidays DE"]
[[time_group]]
name = "Christmas"
times = ["2026-12-24..2026-12-26"]
[[time_group]]
name = "Fair"
times = ["2025-05-01..2025-05-07"]
"#;

fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("a moment")
}

fn office(rows: &str) -> Config {
    let raw: RawConfig = toml::from_str(&format!("{OFFICE}{rows}")).expect("it is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:?}");
    config
}

/// Somebody with a phone, and more.
fn person(extension: u32, more: &str) -> String {
    let ha1 = format!("{{ md5 = \"{extension:032}\", sha256 = \"{extension:064}\" }}");
    format!(
        "[[person]]\nname = \"Desk {extension}\"\nextension = \"{extension}\"\n\
         phones = [{{ user = \"u{extension}\", ha1 = {ha1} }}]\n{more}\n"
    )
}

fn flaws(swept: &Swept) -> Vec<Flaw> {
    swept.findings.iter().map(|finding| finding.flaw.clone()).collect()
}

#[test]
fn an_office_in_order_has_no_findings() {
    let rules = "voicemail = true\nrules = [{ when = \"Christmas\", always = \"voicemail 101\" }, { when = \"Open\", \
                 unanswered = \"person 102\" }]";
    let number = "[[number]]\nnumber = \"+4930123451\"\nto = \"101\"\n";
    let config = office(&[person(101, rules), person(102, ""), number.to_owned()].concat());
    let swept = sweep(&config, start());
    assert_eq!(flaws(&swept), []);
    assert_eq!((swept.days, swept.is_cut), (super::DAYS, false));
}

const AT_ONCE: &str = "2026-03-02T09:00:00Z";

/// A fault in an office that is otherwise in order is found as this, and shows first at this moment.
#[track_caller]
fn assert_found(planted: &str, flaw: &Flaw, at: &str) {
    let swept = sweep(&office(&(person(101, "voicemail = true") + planted)), start());
    let found = swept.findings.iter().find(|finding| finding.flaw == *flaw);
    let found = found.unwrap_or_else(|| panic!("{flaw:?} is not in {swept:?}"));
    assert_eq!(found.at, at.parse().expect("a moment"), "{flaw:?}");
}

#[test]
fn two_who_stand_in_for_each_other_are_no_fault() {
    for more in ["", "voicemail = true\n"] {
        let deputies =
            person(102, &format!("{more}rules = [{{ unanswered = \"person 103\", offline = \"person 103\" }}]"))
                + &person(103, &format!("{more}rules = [{{ unanswered = \"person 102\" }}]"));
        let swept = sweep(&office(&(person(101, "voicemail = true") + &deputies)), start());
        assert_eq!(flaws(&swept), []);
    }
}

#[test]
fn two_who_send_every_call_to_each_other_are_a_fault_even_with_mailboxes() {
    let sent =
        |from: u32, to: u32| person(from, &format!("voicemail = true\nrules = [{{ always = \"person {to}\" }}]"));
    let swept = sweep(&office(&(sent(102, 103) + &sent(103, 102))), start());
    let round = |from: u32, to: u32| Flaw::GoesRound { extension: from.to_string(), to: to.to_string() };
    assert_eq!(flaws(&swept), [round(103, 102), round(102, 103)]);
}

#[test]
fn what_the_list_of_follow_me_cannot_ring_or_rings_out_of_the_country_is_found() {
    let text = str::to_owned;
    let follow_me = |permission: &str, number: &str| {
        person(
            102,
            &format!(
                "permission = \"{permission}\"\ndiversions = [{{ kind = \"follow_me\", list = [\"number {number}\"] }}]"
            ),
        )
    };
    for (planted, flaw, at) in [
        (
            follow_me("local", "0033123456789"),
            Flaw::ForwardFails { extension: text("102"), number: text("0033123456789") },
            AT_ONCE,
        ),
        (
            follow_me("international", "0033123456789"),
            Flaw::LeavesTheCountry {
                extension: text("102"),
                number: text("+33123456789"),
                class: Class::International,
            },
            AT_ONCE,
        ),
    ] {
        assert_found(&planted, &flaw, at);
    }
}

#[test]
fn every_planted_fault_of_what_people_do_with_calls_is_found() {
    let text = str::to_owned;
    for (planted, flaw, at) in [
        (
            person(102, "rules = [{ when = \"Christmas\", always = \"person 103\" }]")
                + &person(103, "rules = [{ always = \"person 102\" }]"),
            Flaw::GoesRound { extension: text("103"), to: text("102") },
            "2026-12-23T23:00:00Z",
        ),
        (
            person(
                102,
                "permission = \"local\"\nrules = [{ when = \"Mornings\", unanswered = \"number 0033123456789\" }]",
            ),
            Flaw::ForwardFails { extension: text("102"), number: text("0033123456789") },
            "2026-03-03T08:00:00Z",
        ),
        (
            person(
                102,
                "permission = \"international\"\nrules = [{ when = \"Christmas\", busy = \"number 0033123456789\" }]",
            ),
            Flaw::LeavesTheCountry {
                extension: text("102"),
                number: text("0033123456789"),
                class: config::Class::International,
            },
            "2026-12-23T23:00:00Z",
        ),
        (
            person(102, "permission = \"local\"\nrules = [{ when = \"Mornings\", also = [\"number 0033123456789\"] }]"),
            Flaw::ForwardFails { extension: text("102"), number: text("0033123456789") },
            "2026-03-03T08:00:00Z",
        ),
        (
            person(
                102,
                "permission = \"international\"\nrules = [{ when = \"Christmas\", also = [\"number 0033123456789\"] }]",
            ),
            Flaw::LeavesTheCountry {
                extension: text("102"),
                number: text("+33123456789"),
                class: config::Class::International,
            },
            "2026-12-23T23:00:00Z",
        ),
        (
            text("[[person]]\nname = \"Nobody\"\nextension = \"102\"\n"),
            Flaw::RingsNobody { extension: text("102") },
            AT_ONCE,
        ),
        (
            person(102, "rules = [{ when = \"Christmas\", dnd = true }]"),
            Flaw::RingsNobody { extension: text("102") },
            "2026-12-23T23:00:00Z",
        ),
        (
            person(102, "rules = [{ when = \"Open\", ring_s = 30 }, { when = \"Mornings\", dnd = true }]"),
            Flaw::NeverHolds { extension: text("102"), rule: text("Mornings"), by: Some(text("Open")) },
            AT_ONCE,
        ),
        (
            person(102, "rules = [{ when = \"Fair\", ring_s = 30 }]"),
            Flaw::NeverHolds { extension: text("102"), rule: text("Fair"), by: None },
            AT_ONCE,
        ),
    ] {
        assert_found(&planted, &flaw, at);
    }
}

#[test]
fn every_planted_fault_of_numbers_and_routes_is_found() {
    let text = str::to_owned;
    for (planted, flaw) in [
        (
            text("[[number]]\nnumber = \"+4930123459\"\nto = \"*99199\"\n"),
            Flaw::LeadsNowhere { number: text("+4930123459") },
        ),
        (
            text("[[route]]\nname = \"dead\"\npatterns = [\"+49*\"]\ntrunks = [\"old\"]\n"),
            Flaw::RouteWithoutTrunk { route: text("dead") },
        ),
        (
            text(
                "[[route]]\nname = \"a\"\npatterns = [\"+3x*\"]\ntrunks = [\"carrier\"]\n[[route]]\nname = \"b\"\npatterns = \
                  [\"+3x*\"]\ntrunks = [\"carrier\"]\n",
            ),
            Flaw::RouteUnused { route: text("b") },
        ),
    ] {
        assert_found(&planted, &flaw, AT_ONCE);
    }
    let alone: RawConfig = toml::from_str("[office]\ncountry = \"DE\"").expect("it is TOML");
    let swept = sweep(&Config::check(&alone, &mut Vec::new()), start());
    assert!(flaws(&swept).contains(&Flaw::NoHelp { number: "112".to_owned() }), "{swept:?}");
}

#[test]
fn calls_to_the_outside_are_tried_by_class_and_permission() {
    let may = |permission: &str| person(102, &format!("permission = \"{permission}\"\n"));
    let route = |more: &str| format!("[[route]]\nname = \"far\"\ntrunks = [\"carrier\"]\n{more}\n");
    let passes = |class, number: &str, permission| Flaw::PassesPermission {
        permission,
        class,
        number: number.to_owned(),
        route: "far".to_owned(),
    };
    use config::{Class, Permission};
    for (planted, flaw) in [
        // Abroad for who may call within the country.
        (
            may("national") + &route("patterns = [\"+33*\"]\nclass = \"national\""),
            passes(Class::International, "+330000", Permission::National),
        ),
        // Within the country, and at a special rate, for who may call within the town.
        (
            may("local") + &route("patterns = [\"+4989*\"]\nclass = \"local\""),
            passes(Class::National, "+498900", Permission::Local),
        ),
        (
            may("national") + &route("patterns = [\"+49900*\"]\nclass = \"local\""),
            passes(Class::Premium, "+4990000", Permission::National),
        ),
        // By a route without a trunk that is switched on.
        (
            may("international") + "[[route]]\nname = \"far\"\npatterns = [\"+44*\"]\ntrunks = [\"old\"]\n",
            Flaw::NoWayOut { class: Class::International, number: "+442079460123".to_owned() },
        ),
    ] {
        let swept = sweep(&office(&(person(101, "voicemail = true") + &planted)), start());
        let is_it = |found: &Flaw| match (found, &flaw) {
            (
                Flaw::PassesPermission { permission, class, number, route },
                Flaw::PassesPermission { permission: of, class: costs, number: like, route: by },
            ) => (permission, class, route) == (of, costs, by) && number.starts_with(like.trim_end_matches('0')),
            _ => *found == flaw,
        };
        assert_eq!(flaws(&swept).iter().filter(|found| is_it(found)).count(), 1, "{flaw:?} is not in {swept:?}");
    }
    // Who may all of it passes nothing, and what a route calls dearer is no fault.
    for fine in [
        may("premium")
            + &person(101, "voicemail = true\npermission = \"premium\"")
            + &route("patterns = [\"+33*\"]\nclass = \"local\""),
        may("national") + &person(101, "voicemail = true") + &route("patterns = [\"+4989*\"]\nclass = \"premium\""),
    ] {
        let swept = sweep(&office(&fine), start());
        assert!(!flaws(&swept).iter().any(|flaw| matches!(flaw, Flaw::PassesPermission { .. })), "{swept:?}");
    }
}

/// Draws, always the same.
struct Lot(u64);

impl Lot {
    fn draw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let place = self.draw(u64::try_from(all.len()).unwrap());
        all[usize::try_from(place).unwrap()]
    }

    fn target(&mut self) -> String {
        match self.draw(4) {
            0 => "number 0033123456789".to_owned(),
            1 => format!("voicemail {}", 101 + self.draw(5)),
            _ => format!("person {}", 101 + self.draw(5)),
        }
    }

    fn rule(&mut self) -> String {
        let kind = self.one_of(&["always", "on_active", "busy", "unanswered", "offline"]);
        let group = self.one_of(&["Open", "Mornings", "Christmas", "Fair"]);
        format!("{{ when = \"{group}\", {kind} = \"{}\" }}", self.target())
    }

    fn diversion(&mut self) -> String {
        let until = self.one_of(&["2026-03-04T11:30:00Z", "2026-03-10T06:00:00Z"]);
        let to = self.target();
        format!("{{ kind = \"always\", when = \"Mornings\", forced = \"open until {until}\", to = \"{to}\" }}")
    }
}

/// Small offices whose rules are drawn by lot: many forwards, few people, so that they meet.
fn by_lot(seed: u64) -> Config {
    let mut lot = Lot(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut rows = "[[number]]\nnumber = \"+4930123451\"\nto = \"101\"\n".to_owned();
    for extension in 101..=105 {
        let rules: Vec<String> = (0..lot.draw(4)).map(|_| lot.rule()).collect();
        let diversion = if lot.draw(3) == 0 { lot.diversion() } else { String::new() };
        let more = format!(
            "voicemail = {}\npermission = \"{}\"\nrules = [{}]\ndiversions = [{diversion}]",
            lot.one_of(&["true", "false"]),
            lot.one_of(&["international", "local"]),
            rules.join(", "),
        );
        rows += &person(extension, &more);
    }
    office(&rows)
}

/// What is found where every call is decided at every hour of so many days, in each state of the office.
fn walked(config: &Config, hours: i64) -> Vec<Flaw> {
    let mut found = Vec::new();
    for (_, presence) in states(config) {
        for (number, dialled) in calls(config) {
            for half_hour in 0..2 * hours {
                let moment = Moment { wall: start() + SignedDuration::from_mins(30 * half_hour) };
                let plan = route(config, &moment, &presence, &dialled);
                found.extend(judge::flaws(config, &number, &plan));
                found.dedup();
            }
        }
    }
    found
}

#[test]
fn nothing_is_missed_that_a_walk_through_every_half_hour_finds_and_nothing_is_made_up() {
    let mut seen = 0;
    for seed in 0..12 {
        let config = by_lot(seed);
        let swept = sweep(&config, start());
        let found = flaws(&swept);
        // With all that was switched on until a moment in these days.
        let walked = walked(&config, 10 * 24);
        for flaw in &walked {
            assert!(found.contains(flaw), "seed {seed}: {flaw:?} is not in {found:?}");
        }
        // Whatever is said to show at a moment does.
        for finding in swept.findings.iter().filter(|finding| !matches!(finding.flaw, Flaw::NeverHolds { .. })) {
            let (_, presence) = states(&config)[usize::from(finding.needs_busy)].clone();
            let shows = calls(&config).iter().any(|(number, dialled)| {
                let plan = route(&config, &Moment { wall: finding.at }, &presence, dialled);
                judge::flaws(&config, number, &plan).contains(&finding.flaw)
            });
            assert!(shows, "seed {seed}: {finding:?}");
        }
        seen += walked.len();
    }
    assert!(seen > 30, "the offices are too good to show anything: {seen}");
}

#[test]
fn what_no_box_could_follow_for_a_year_is_followed_for_less() {
    let spans: Vec<String> = (0..12).map(|n| format!("{:02}:00-{:02}:30", 2 * n, 2 * n)).collect();
    let times: Vec<String> = (1..=28).map(|day| format!("\"{day} {}\"", spans.join(" "))).collect();
    let rows: String =
        (0..190).map(|n| format!("[[time_group]]\nname = \"Busy {n}\"\ntimes = [{}]\n", times.join(", "))).collect();
    let config =
        office(&(person(101, "rules = [{ when = \"Busy 1\", ring_s = 30 }, { when = \"Fair\", dnd = true }]") + &rows));
    let swept = sweep(&config, start());
    assert!(swept.days < super::DAYS, "{swept:?}");
    assert_eq!(flaws(&swept), [], "what never holds can be told of a whole year only");
}

#[test]
fn f91_secretaries_none_of_whom_answers_are_found_also_where_a_time_group_says_so() {
    let boss = person(102, "diversions = [{ kind = \"secretary\", secretaries = [\"103\"] }]");
    let flaw = Flaw::NobodyAnswers { extension: "102".to_owned() };
    let swept = sweep(&office(&(person(101, "voicemail = true") + &boss + &person(103, ""))), start());
    assert_eq!(flaws(&swept), []);
    let off = boss.replace("103", "103 off");
    assert_found(&(off + &person(103, "")), &flaw, AT_ONCE);
    let away = person(103, "diversions = [{ kind = \"dnd\", when = \"Christmas\" }]");
    assert_found(&(boss + &away), &flaw, "2026-12-23T23:00:00Z");
}

#[test]
fn f97_keys_of_an_assistant_that_reach_nobody_are_found() {
    let assistant = |extension: u32, key: &str| {
        let rows = format!("{{ kind = \"dnd\" }}, {{ kind = \"assistant\", keys = [\"1 {key}\"] }}");
        person(extension, &format!("voicemail = true\ndiversions = [{rows}]"))
    };
    let found = |rows: &str| flaws(&sweep(&office(rows), start()));
    assert_eq!(found(&(person(101, "") + &assistant(102, "person 101"))), []);
    assert_eq!(
        found(&assistant(102, "number 00442071234567")),
        [Flaw::ForwardFails { extension: "102".to_owned(), number: "00442071234567".to_owned() }]
    );
    // Who chose somebody hears no second assistant: nothing leads round.
    assert_eq!(found(&(assistant(102, "person 103") + &assistant(103, "person 102"))), []);
}
