//! Night modes: what they hold, which of two decides, and what is left when they are switched off.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod judged;

use config::{Config, NightEnd, NightGroup, RawConfig, RuleChange};
use jiff::Timestamp;

use judged::says;

const OFFICE: &str = r#"
[office]
time_zone = "UTC"
[[person]]
name = "Olga"
extension = "101"
role = "admin"
[[person]]
name = "Rita"
extension = "102"
[[time_group]]
name = "Open"
number = 1
times = ["Mon-Fri 08:00-18:00"]
[[time_group]]
name = "Lunch"
number = 2
times = ["12:00-13:00"]
[[night_mode]]
name = "Night"
number = 1
groups = ["Open: closed", "Lunch: open"]
extensions = ["102"]
[[night_mode]]
name = "Fair"
number = 2
groups = ["Open: open"]
"#;

/// A Monday.
const MORNING: &str = "2026-03-02T10:00:00Z";

struct Office(RawConfig);

impl Office {
    fn new() -> Office {
        Office(toml::from_str(OFFICE).expect("it is TOML"))
    }

    fn config(&self) -> Config {
        let mut problems = Vec::new();
        let config = Config::check(&self.0, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        config
    }

    #[track_caller]
    fn dials(&mut self, of: &str, number: u16, is_on: bool, at: &str) -> &mut Office {
        let config = self.config();
        let change = RuleChange::Night { number, is_on };
        assert_eq!(change.apply(&mut self.0, &config, of, moment(at)), Some(()));
        self
    }

    /// Whether the groups are open, and which night modes are on.
    fn is(&self, at: &str) -> String {
        let (config, at) = (self.config(), moment(at));
        let word = |name: &str| if config.time_group("", name).unwrap().is_open(at) { "open" } else { "closed" };
        let on = config.night_modes().iter().filter(|mode| mode.is_on(at)).map(|mode| mode.name.as_str());
        let on: Vec<&str> = on.collect();
        format!("Open {}, Lunch {}; {}", word("Open"), word("Lunch"), on.join(" "))
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

#[test]
fn f52_each_group_is_held_until_its_own_times_change() {
    let mut office = Office::new();
    assert_eq!(office.is(MORNING), "Open open, Lunch closed; ");
    office.dials("101", 1, true, MORNING);
    assert_eq!(office.is(MORNING), "Open closed, Lunch open; Night");
    let config = office.config();
    let night = config.night_mode("Night").unwrap();
    assert_eq!(night.on.as_ref().unwrap().by.as_deref(), Some("Olga"));
    assert_eq!(night.lets_go(moment(MORNING)), Some(moment("2026-03-02T12:00:00Z")));
    assert_eq!(config.time_group("", "Open").unwrap().night_at(moment(MORNING)), Some(("Night", false)));
    // What is held alike by the times is decided by them.
    assert_eq!(config.time_group("", "Lunch").unwrap().night_at(moment("2026-03-02T12:30:00Z")), None);
    assert_eq!(office.is("2026-03-02T17:59:59Z"), "Open closed, Lunch closed; Night");
    assert_eq!(office.is("2026-03-02T18:00:00Z"), "Open closed, Lunch closed; ");
    assert_eq!(office.is("2026-03-03T10:00:00Z"), "Open open, Lunch closed; ");
    let changes = config.time_group("", "Open").unwrap().changes(moment(MORNING), 1);
    assert_eq!(changes[0].at, moment("2026-03-03T08:00:00Z"), "it does not open today any more");
}

#[test]
fn f52_a_group_that_is_gone_keeps_nobody_from_forcing_the_others() {
    let mut office = Office::new();
    office.0.night_modes[0].groups.as_mut().unwrap().push("Gone: closed".to_owned());
    let now = moment(MORNING);
    let check = |raw: &RawConfig, problems: &mut Vec<_>| Config::check(raw, problems);
    let mut before = Vec::new();
    let config = check(&office.0, &mut before);
    office.0.night_modes[0].switch_on(&config, None, NightEnd::NextChange, now);
    let mut after = Vec::new();
    let config = check(&office.0, &mut after);
    assert_eq!((before.len(), after), (1, before), "it brings no fault of its own");
    assert!(!config.time_group("", "Open").unwrap().is_open(now));
}

#[test]
fn f52_of_two_the_last_decides_and_leaves_what_holds_without_it() {
    let mut office = Office::new();
    office.dials("101", 1, true, MORNING).dials("101", 2, true, "2026-03-02T10:00:01Z");
    assert_eq!(office.is("2026-03-02T10:01:00Z"), "Open open, Lunch open; Night Fair");
    office.dials("101", 2, false, "2026-03-02T10:02:00Z");
    assert_eq!(office.is("2026-03-02T10:02:00Z"), "Open closed, Lunch open; Night");
    office.dials("101", 1, false, "2026-03-02T10:03:00Z");
    assert_eq!(office.is("2026-03-02T10:03:00Z"), "Open open, Lunch closed; ");
    // What was forced by hand before is so again.
    let force = RuleChange::Force { number: 1, is_open: Some(false) };
    let config = office.config();
    force.apply(&mut office.0, &config, "101", moment("2026-03-02T10:04:00Z")).unwrap();
    office.dials("101", 2, true, "2026-03-02T10:05:00Z");
    assert_eq!(office.is("2026-03-02T10:05:00Z"), "Open open, Lunch closed; Fair");
    office.dials("101", 2, false, "2026-03-02T10:06:00Z");
    assert_eq!(office.is("2026-03-02T10:06:00Z"), "Open closed, Lunch closed; ");
}

#[test]
fn f52_a_group_that_is_forced_by_hand_since_is_its_own_again() {
    let mut office = Office::new();
    office.dials("101", 1, true, MORNING);
    for (number, is_open) in [(1, None), (2, Some(false))] {
        let config = office.config();
        RuleChange::Force { number, is_open }.apply(&mut office.0, &config, "101", moment(MORNING)).unwrap();
    }
    assert_eq!(office.is(MORNING), "Open open, Lunch closed; ", "nothing is left that it holds");
}

#[test]
fn f52_all_of_them_are_those_that_one_may_switch() {
    let mut office = Office::new();
    let config = office.config();
    let names =
        |of: &str, number| -> Vec<&str> { config.switchable(of, number).map(|mode| mode.name.as_str()).collect() };
    assert_eq!((names("101", 0), names("102", 0)), (vec!["Night", "Fair"], vec!["Night"]));
    assert_eq!((names("102", 1), names("102", 2)), (vec!["Night"], vec![]));
    assert_eq!((names("101", 3), names("109", 1)), (vec![], vec![]));
    assert_eq!(
        RuleChange::Night { number: 2, is_on: true }.apply(&mut office.0, &config, "102", moment(MORNING)),
        None
    );
    office.dials("102", 0, true, MORNING);
    assert_eq!(office.is(MORNING), "Open closed, Lunch open; Night");
    // At the same moment the later row goes before the earlier one.
    office.dials("101", 0, true, MORNING);
    assert_eq!(office.is(MORNING), "Open open, Lunch open; Night Fair");
    office.dials("101", 0, false, MORNING);
    assert_eq!(office.is(MORNING), "Open open, Lunch closed; ");
}

#[test]
fn f52_it_holds_for_good_or_until_a_moment_where_that_is_said() {
    let (mut office, now) = (Office::new(), moment(MORNING));
    let config = office.config();
    office.0.night_modes[0].switch_on(&config, None, NightEnd::ForGood, now);
    assert_eq!(office.is("2027-03-02T10:00:00Z"), "Open closed, Lunch open; Night");
    assert_eq!(office.config().night_modes()[0].lets_go(now), None);
    assert!(office.config().time_group("", "Open").unwrap().changes(now, 5).is_empty());
    office.0.night_modes[0].switch_on(&config, None, NightEnd::At(moment("2026-03-02T15:00:00Z")), now);
    assert_eq!(office.is("2026-03-02T14:59:00Z"), "Open closed, Lunch open; Night");
    assert_eq!(office.is("2026-03-02T15:00:00Z"), "Open open, Lunch closed; ");
}

#[test]
fn a_group_keeps_its_night_modes_under_another_name() {
    let mut office = Office::new();
    office.dials("101", 1, true, MORNING);
    office.0.time_groups[0].name = Some("Hours".to_owned());
    office.0.rename_in_nights("Open", "Hours");
    let rows = office.0.night_modes.clone();
    assert_eq!(rows[0].groups.as_deref().unwrap(), ["Hours: closed", "Lunch: open"]);
    assert!(!office.config().time_group("", "Hours").unwrap().is_open(moment(MORNING)));
}

#[test]
fn what_is_wrong_with_a_night_mode_is_said() {
    let row = |row: &str| format!("{OFFICE}[[night_mode]]\n{row}");
    for (text, expected) in [
        (
            "name = \"Night\"\ngroups = [\"Open: open\"]",
            "night_mode 3 (Night), name: a night mode called Night exists already: write another name; the row is off until then",
        ),
        ("name = \"X\"", "night_mode 3 (X), groups: it is missing: add it; the row is off until then"),
        (
            "name = \" X\"\ngroups = [\"Open: open\"]",
            "night_mode 3 ( X), name: a night mode's name is 1 to 40 characters without spaces around it or control characters: write another; the row is off until then",
        ),
        (
            "name = \"X\"\ngroups = [\"Open: open\", \"Open: closed\"]",
            "night_mode 3 (X), groups: row 2, Open: closed: write each time group once, and whether it is open or closed, as in Opening hours: closed; ignored until then",
        ),
        (
            "name = \"X\"\ngroups = [\"Open: open\", \"Late: closed\"]",
            "night_mode 3 (X), groups: the office has no time group Late: write one of the office's; ignored until then",
        ),
        (
            "name = \"X\"\nnumber = 2\ngroups = [\"Open: open\"]",
            "night_mode 3 (X), number: 2 is already the short number of Fair: write another, or none; ignored until then",
        ),
        (
            "name = \"X\"\nextensions = [\"109\"]\ngroups = [\"Open: open\"]",
            "night_mode 3 (X), extensions: there is no extension 109: write one that has a row; ignored until then",
        ),
        (
            "name = \"X\"\ngroups = [\"Open: open\"]\nholds = [\"Open: open\"]\nsince = \"now\"",
            "night_mode 3 (X), since: this is no moment: write one such as 2026-12-24T13:00:00Z; ignored until then",
        ),
    ] {
        says(&row(text), &[expected]);
    }
    for text in ["Open", "Open: shut", ": open", "Open:closed"] {
        assert!(text.parse::<NightGroup>().is_err(), "{text}");
    }
    let text = "Late: shift: closed until 2026-12-24T13:00:00Z";
    assert_eq!(text.parse::<NightGroup>().unwrap().to_string(), text);
}
