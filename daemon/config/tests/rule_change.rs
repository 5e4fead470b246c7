//! What people change by phone, as it stands in the office's rows afterwards.

use config::{Answering, Config, DiversionKind, RawConfig, RuleChange, Target};
use jiff::Timestamp;

const OFFICE: &str = r#"
[[time_group]]
name = "Evening"
times = ["18:00-22:00"]
[[person]]
name = "Desk"
extension = "101"
diversions = [{ kind = "busy", enabled = false, to = "person 102" }, { kind = "dnd", when = "Evening" }]
callers = [{ number = "+4930*" }, { number = "+49301", allow = true, note = "the landlord" }]
anonymous_hear = "busy"
[[person]]
name = "Workshop"
extension = "102"
"#;

const NOON: &str = "2026-03-02T12:00:00Z";

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

    /// Made twice it is the same, and nobody else's rows are touched.
    fn makes(&mut self, change: &RuleChange, at: &str) -> Config {
        let others = self.0.people[1].clone();
        let config = self.config();
        assert_eq!(change.apply(&mut self.0, &config, "101", moment(at)), Some(()));
        let once = self.0.clone();
        let config = self.config();
        assert_eq!(change.apply(&mut self.0, &config, "101", moment(at)), Some(()));
        assert_eq!(self.0, once, "{change:?}");
        assert_eq!(self.0.people[1], others, "{change:?}");
        self.config()
    }
}

fn is_on(config: &Config, kind: DiversionKind, at: &str) -> bool {
    answering(config).diverts(kind, moment(at)).is_some()
}

fn answering(config: &Config) -> &Answering {
    &config.extension("101").expect("the desk is there").answering
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

#[test]
fn a_diversion_goes_on_and_off_and_keeps_where_it_leads() {
    let mut office = Office::new();
    let busy = |is_on| RuleChange::Divert { kind: DiversionKind::Busy, is_on, to: None };
    for (change, is_on_then) in [(busy(true), true), (busy(false), false), (busy(true), true)] {
        let config = office.makes(&change, NOON);
        assert_eq!(is_on(&config, DiversionKind::Busy, NOON), is_on_then);
        let known = answering(&config).diversion(DiversionKind::Busy).unwrap();
        assert_eq!(known.to, Some(Target::Person("102".parse().unwrap())));
    }
    let to = Some(Target::Number("0170123456".to_owned()));
    let config = office.makes(&RuleChange::Divert { kind: DiversionKind::Always, is_on: true, to: to.clone() }, NOON);
    assert_eq!(answering(&config).diversion(DiversionKind::Always).unwrap().to, to);
    // What was never on and goes off leaves no row.
    let rows = office.0.people[0].diversions.len();
    office.makes(&RuleChange::Divert { kind: DiversionKind::Offline, is_on: false, to: None }, NOON);
    assert_eq!(office.0.people[0].diversions.len(), rows);
    let config = office.makes(&RuleChange::DivertNothing, NOON);
    assert!(DiversionKind::ALL.iter().all(|kind| !is_on(&config, *kind, NOON)));
}

#[test]
fn a_diversion_that_follows_times_is_forced_until_they_change() {
    let (before, within, after) = (NOON, "2026-03-02T19:00:00Z", "2026-03-03T19:00:00Z");
    let dnd = |is_on| RuleChange::Divert { kind: DiversionKind::Dnd, is_on, to: None };
    // Now, whether it is switched on, when it was, and what it is at noon, in the evening and in the next.
    for (is_switched_on, at, expected) in [
        (true, before, [true, true, true]),
        (false, before, [false, true, true]),
        (true, within, [false, true, true]),
        (false, within, [false, false, true]),
    ] {
        let config = Office::new().makes(&dnd(is_switched_on), at);
        let found = [before, within, after].map(|then| is_on(&config, DiversionKind::Dnd, then));
        // What is past counts for nothing.
        let from = usize::from(at == within);
        assert_eq!(found[from..], expected[from..], "{is_switched_on} at {at}");
        let known = answering(&config).diversion(DiversionKind::Dnd).unwrap();
        let changes = if at == before { "2026-03-02T18:00:00Z" } else { "2026-03-02T22:00:00Z" };
        assert_eq!(known.changes_at(moment(at)), Some(moment(changes)));
    }
    let mut office = Office::new();
    office.makes(&dnd(true), before);
    office.makes(&dnd(false), before);
    assert_eq!(office.0.people[0].diversions[1].forced, None, "as its times have it anyway");
}

#[test]
fn a_number_stands_in_one_list() {
    let mut office = Office::new();
    let block = |is_blocked| RuleChange::Caller { number: "+49301".to_owned(), is_blocked };
    let listed = |config: &Config| {
        answering(config).callers.entry(&config.office().spellings("+49301"), moment(NOON)).map(|one| one.is_allowed)
    };
    assert_eq!(listed(&office.config()), Some(true));
    // Not blocked itself, so nothing goes.
    assert_eq!(listed(&office.makes(&block(false), NOON)), Some(true));
    assert_eq!(listed(&office.makes(&block(true), NOON)), Some(false));
    let config = office.makes(&block(false), NOON);
    assert_eq!(answering(&config).callers.listed.len(), 1);
}

#[test]
fn what_anonymous_callers_hear_stays_as_it_was_chosen() {
    let mut office = Office::new();
    let heard = |config: &Config| answering(config).callers.anonymous_hear.map(config::Hears::as_str);
    assert_eq!(heard(&office.makes(&RuleChange::Anonymous { is_taken: false }, NOON)), Some("busy"));
    assert_eq!(heard(&office.makes(&RuleChange::Anonymous { is_taken: true }, NOON)), None);
    assert_eq!(heard(&office.makes(&RuleChange::Anonymous { is_taken: false }, NOON)), Some("announcement"));
    let config = office.makes(&RuleChange::CallWaiting { is_on: false }, NOON);
    assert!(!config.extension("101").unwrap().call_waiting);
    assert!(office.makes(&RuleChange::CallWaiting { is_on: true }, NOON).extension("101").unwrap().call_waiting);
    assert_eq!(office.0.people[0].call_waiting, None);
    let config = office.makes(&RuleChange::CompletionOffers { is_on: false }, NOON);
    assert!(!config.extension("101").unwrap().completion_offers);
    let config = office.makes(&RuleChange::CompletionOffers { is_on: true }, NOON);
    assert!(config.extension("101").unwrap().completion_offers);
    assert_eq!(office.0.people[0].completion_offers, None);
}

#[test]
fn who_is_not_there_changes_nothing() {
    let mut office = Office::new();
    let (before, config) = (office.0.clone(), office.config());
    assert_eq!(RuleChange::DivertNothing.apply(&mut office.0, &config, "103", moment(NOON)), None);
    assert_eq!(office.0, before);
}

#[test]
fn f93_follow_me_is_switched_off_and_on_with_its_list_and_never_on_without_one() {
    let change = |is_on| RuleChange::Divert { kind: DiversionKind::FollowMe, is_on, to: None };
    let mut office = Office::new();
    let config = office.config();
    let before = office.0.clone();
    assert_eq!(change(true).apply(&mut office.0, &config, "101", moment(NOON)), None);
    assert_eq!(office.0, before);
    let list = vec!["phone 102".to_owned()];
    let kind = Some("follow_me".to_owned());
    let row = config::RawDiversion { kind, enabled: Some(false), list: Some(list), ..config::RawDiversion::default() };
    office.0.people[0].diversions.push(row);
    assert!(!is_on(&office.config(), DiversionKind::FollowMe, NOON));
    let config = office.makes(&change(true), NOON);
    assert!(is_on(&config, DiversionKind::FollowMe, NOON));
    assert_eq!(answering(&config).follows(moment(NOON)).map(|(_, follow_me)| follow_me.list.len()), Some(1));
    let config = office.makes(&RuleChange::DivertNothing, NOON);
    assert!(!is_on(&config, DiversionKind::FollowMe, NOON));
    assert!(answering(&config).may_divert(DiversionKind::FollowMe), "the list is kept");
}

#[test]
fn f91_a_secretary_switches_herself_in_the_bosss_row_and_nobody_else_does() {
    let mut office = Office::new();
    let row = |text: &str| Some(vec![text.to_owned()]);
    let secretaries =
        config::RawDiversion { kind: Some("secretary".to_owned()), secretaries: row("102"), ..Default::default() };
    office.0.people[0].diversions.push(secretaries);
    let change = |is_on| RuleChange::Secretary { boss: "101".to_owned(), is_on };
    let config = office.config();
    for is_on in [false, false, true] {
        change(is_on).apply(&mut office.0, &config, "102", moment(NOON)).expect("she is a secretary");
        let now = office.config();
        assert_eq!(answering(&now).secretaries().and_then(|known| known.of("102")).map(|one| one.is_on), Some(is_on));
    }
    let before = office.0.clone();
    assert_eq!(change(false).apply(&mut office.0, &config, "101", moment(NOON)), None);
    let nobody = RuleChange::Secretary { boss: "102".to_owned(), is_on: true };
    assert_eq!(nobody.apply(&mut office.0, &config, "101", moment(NOON)), None);
    assert_eq!(office.0, before);
}
