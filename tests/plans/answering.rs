//! What extensions do with their calls: each layer, and which of two goes first.

use config::{Config, Problem};
use expect_test::{Expect, expect};
use pbx::presence::Presence;
use pbx::route::{Act, Asks, Dialled, Moment, Plan, route};
use pbx::words::Language;

use crate::{as_text, registered};

const OFFICE: &str = "
    101 Alice  phone, voicemail
    102 Bob    phone, voicemail
    103 Carol  phone
    104 Dave   phone, voicemail
    country US
";

const OUTSIDE: &str = r#"
[[trunk]]
name = "carrier"
way = "address"
server = "203.0.113.5"
[[number]]
number = "+12125550100"
to = "102"
[[number]]
number = "+12125550103"
to = "103"
[[route]]
name = "out"
trunks = ["carrier"]
[[time_group]]
name = "Open"
times = ["Mon-Fri 08:00-18:00"]
[[time_group]]
name = "Holidays"
times = ["holidays US"]
[[time_group]]
name = "Evenings"
times = ["daily 18:00-22:00"]
"#;

/// A Monday that is Independence Day, and the Monday after it, both at ten in the office.
const FOURTH_OF_JULY: &str = "2022-07-04T10:00";
const MONDAY: &str = "2022-07-11T10:00";

#[track_caller]
fn office(rows: &str) -> Config {
    let (mut raw, _) = office::text::read(OFFICE, "America/New_York");
    office::text::add(&mut raw, OUTSIDE);
    office::text::add(&mut raw, rows);
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert!(problems.is_empty(), "{:?}", problems.iter().map(Problem::to_string).collect::<Vec<_>>());
    config
}

fn at(local: &str) -> Moment {
    let local: jiff::civil::DateTime = local.parse().expect("a date and time");
    let zone = jiff::tz::TimeZone::get("America/New_York").expect("a bundled zone");
    Moment { wall: local.to_zoned(zone).expect("the clock shows it").timestamp() }
}

fn everybody() -> Presence {
    let mut presence = registered(&["101a", "102a", "103a", "104a"]);
    presence.trunks.insert("carrier".to_owned(), pbx::trunks::Health::Up);
    presence
}

fn inside(from: &str, number: &str) -> Dialled {
    let (user, extension) = (format!("{from}a"), from.to_owned());
    Dialled { user, extension, number: number.to_owned(), diverted_by: None }
}

fn outside(from: &str) -> Dialled {
    let user = pbx::trunks::user_of("carrier");
    Dialled { user, extension: from.to_owned(), number: "+12125550100".to_owned(), diverted_by: None }
}

fn plan_at(config: &Config, when: &str, dialled: &Dialled) -> Plan {
    route(config, &at(when), &everybody(), dialled)
}

#[track_caller]
fn check(rows: &str, when: &str, dialled: &Dialled, expected: Expect) {
    expected.assert_eq(&as_text(&plan_at(&office(rows), when, dialled)));
}

/// The first step in a word.
fn first(plan: &Plan) -> String {
    Language::English.words().act(&plan.steps[0].act)
}

fn rules(order: &[&str]) -> String {
    let row = |when: &&str| match *when {
        "Holidays" => "[[person.rules]]\nwhen = \"Holidays\"\nalways = \"voicemail 102\"\n",
        "Holidays, disabled" => "[[person.rules]]\nwhen = \"Holidays\"\nenabled = false\nalways = \"voicemail 102\"\n",
        _ => "[[person.rules]]\nwhen = \"Open\"\nring_s = 40\n",
    };
    format!("[[person]]\nextension = \"102\"\n{}", order.iter().map(row).collect::<String>())
}

#[test]
fn f30_the_first_enabled_rule_that_matches_now_holds() {
    let call = inside("101", "102");
    for (order, expected) in [
        (["Holidays", "Open"], "take a message for 102"),
        (["Open", "Holidays"], "ring 102 for 40 s"),
        (["Holidays, disabled", "Open"], "ring 102 for 40 s"),
    ] {
        let plan = plan_at(&office(&rules(&order)), FOURTH_OF_JULY, &call);
        assert_eq!(first(&plan), expected, "{order:?}");
    }
    check(
        &rules(&["Holidays", "Open"]),
        FOURTH_OF_JULY,
        &call,
        expect![[r#"
            0 take a message for 102, because 102 is the extension of Bob and rule Holidays of 102 matched on 4 July and 102 sends the call to the mailbox of 102, as the rule says and callers may leave messages for 102
        "#]],
    );
    check(
        &rules(&["Holidays", "Open"]),
        "2022-07-05T20:00",
        &call,
        expect![[r#"
            0 ring 102 for 25 s, because 102 is the extension of Bob and no rule of 102 holds now, but the default one and its phone is registered
                it was busy: 1
                the call was refused: 1
                nobody answered: 1
                no phone could be reached: 1
                no codec is shared: 1
            1 take a message for 102, because callers may leave messages for 102
        "#]],
    );
}

#[test]
fn f31_the_default_rule_holds_when_no_other_does() {
    let rows =
        "[[person]]\nextension = \"102\"\nrules = [{ when = \"Open\", ring_s = 40 }, { ring_s = 10, dnd = true }]";
    let config = office(rows);
    let call = inside("101", "102");
    assert_eq!(first(&plan_at(&config, MONDAY, &call)), "ring 102 for 40 s");
    assert_eq!(first(&plan_at(&config, "2022-07-11T20:00", &call)), "take a message for 102");
}

#[test]
fn f32_do_not_disturb_goes_to_voicemail_and_without_one_is_busy() {
    let rows =
        "[[person]]\nextension = \"102\"\nrules = [{ dnd = true }]\ncallers = [{ number = \"104\", allow = true }]
        [[person]]\nextension = \"103\"\nrules = [{ dnd = true }]";
    let config = office(rows);
    assert_eq!(first(&plan_at(&config, MONDAY, &inside("101", "102"))), "take a message for 102");
    assert_eq!(first(&plan_at(&config, MONDAY, &inside("101", "103"))), "refuse: busy");
    assert_eq!(first(&plan_at(&config, MONDAY, &inside("104", "102"))), "ring 102 for 25 s");
}

#[test]
fn f34_to_f38_each_way_not_to_answer_leads_to_its_own_target() {
    let rows = "[[person]]\nextension = \"102\"\nrules = [{ busy = \"voicemail 104\", unanswered = \"phone 103\", \
        offline = \"number 2125550199\" }]";
    check(
        rows,
        MONDAY,
        &inside("101", "102"),
        expect![[r#"
            0 ring 102 for 25 s, because 102 is the extension of Bob and its phone is registered
                it was busy: 1
                the call was refused: 1
                nobody answered: 2
                no phone could be reached: 4
                no codec is shared: 6
            1 take a message for 104, because 102 sends the call to the mailbox of 104, as the rule says and callers may leave messages for 104
            2 ring 103 for 25 s, because 102 sends the call to the phones of 103, as the rule says
                it was busy: 3
                the call was refused: 3
                nobody answered: 3
                no phone could be reached: 3
                no codec is shared: 3
            3 take a message for 102, because callers may leave messages for 102
            4 call +12125550199 by trunk carrier, because 102 sends the call to the number 2125550199, as the rule says and +12125550199 goes out by the route out and 102 may make national calls and trunk carrier is up
                the trunk before could not take the call: 5
            5 take a message for 102, because no other trunk is left and callers may leave messages for 102
            6 take a message for 102, because callers may leave messages for 102
        "#]],
    );
}

#[test]
fn f35_on_active_holds_only_while_the_person_is_in_a_call() {
    let config = office("[[person]]\nextension = \"102\"\nrules = [{ on_active = \"person 103\" }]");
    let mut presence = everybody();
    let call = inside("101", "102");
    assert_eq!(first(&route(&config, &at(MONDAY), &presence, &call)), "ring 102 for 25 s");
    presence.count_call("102", true);
    assert_eq!(first(&route(&config, &at(MONDAY), &presence, &call)), "ring 103 for 25 s");
}

#[test]
fn f34_forwards_that_go_round_end_in_a_mailbox() {
    let rows = "[[person]]\nextension = \"101\"\nrules = [{ always = \"person 102\" }]
        [[person]]\nextension = \"102\"\nrules = [{ always = \"person 101\" }]";
    check(
        rows,
        MONDAY,
        &inside("103", "101"),
        expect![[r#"
            0 take a message for 102, because 101 is the extension of Alice and 101 sends the call to 102, as the rule says and 102 is the extension of Bob and 102 sends the call to 101, as the rule says and 101 was asked already, or too many others were and callers may leave messages for 102
        "#]],
    );
}

#[test]
fn f34_more_than_five_hops_are_too_many_and_the_plan_stays_small() {
    let person = |n: u32| format!("    {n} Person{n} phone, voicemail\n");
    let text: String = (201..=220).map(person).collect();
    let (mut raw, _) = office::text::read(&text, "America/New_York");
    let targets = |n: u32| {
        let other = |step: u32| 201 + (n - 201 + step) % 20;
        format!(
            "[[person]]\nextension = \"{n}\"\nrules = [{{ busy = \"person {}\", unanswered = \"person {}\", offline = \
             \"person {}\" }}]\n",
            other(1),
            other(2),
            other(3)
        )
    };
    office::text::add(&mut raw, &(201..=220).map(targets).collect::<String>());
    let config = Config::check(&raw, &mut Vec::new());
    let plan = route(&config, &at(MONDAY), &Presence::default(), &inside("203", "201"));
    assert!((20..=120).contains(&plan.steps.len()), "{} steps", plan.steps.len());
    let forward = |(place, step): (usize, &pbx::route::Step)| {
        step.on.iter().all(|(_, next)| *next > place && *next < plan.steps.len())
    };
    assert!(plan.steps.iter().enumerate().all(forward));
    let straight = |n: u32| format!("[[person]]\nextension = \"{n}\"\nrules = [{{ always = \"person {}\" }}]\n", n + 1);
    let (mut raw, _) = office::text::read(&text, "America/New_York");
    office::text::add(&mut raw, &(201..=219).map(straight).collect::<String>());
    let config = Config::check(&raw, &mut Vec::new());
    let plan = route(&config, &at(MONDAY), &Presence::default(), &inside("220", "201"));
    assert_eq!((plan.steps.len(), first(&plan).as_str()), (1, "take a message for 206"));
}

#[test]
fn f40_numbers_outside_are_called_by_the_permission_of_who_sends_the_call_there() {
    let rows = "[[person]]\nextension = \"102\"\nrules = [{ always = \"number 011493012345\" }]
        [[person]]\nextension = \"103\"\nrules = [{ always = \"number 011493012345\" }]
        [[person]]\nextension = \"104\"\nrules = [{ always = \"number +12125550103\" }]";
    check(
        rows,
        MONDAY,
        &outside("2125550777"),
        expect![[r#"
            0 take a message for 102, because +12125550100 is a number of the office and leads to 102 and 102 is the extension of Bob and 102 sends the call to the number 011493012345, as the rule says and +493012345 goes out by the route out and it is a international call, and 102 may make national calls only and callers may leave messages for 102
        "#]],
    );
    let config = office(rows);
    assert_eq!(first(&plan_at(&config, MONDAY, &inside("101", "103"))), "refuse: not allowed");
    assert!(as_text(&plan_at(&config, MONDAY, &inside("101", "104"))).contains("103 is the extension of Carol"));
}

#[test]
fn f43_lists_decide_by_the_entry_that_says_most() {
    let rows = "[[person]]\nextension = \"102\"\nblocked_hear = \"busy\"\ncallers = [{ number = \"212555*\" }, \
        { number = \"+12125550777\", allow = true }, { number = \"2125550888\", until = \"2022-07-01T00:00:00Z\" }, \
        { number = \"3055550100\" }]";
    let config = office(rows);
    for (caller, expected) in [
        ("2125550123", "refuse: busy"),
        ("2125550777", "ring 102 for 25 s"),
        ("2125550888", "refuse: busy"),
        ("3055550100", "refuse: busy"),
        ("3055550101", "ring 102 for 25 s"),
    ] {
        assert_eq!(first(&plan_at(&config, MONDAY, &outside(caller))), expected, "{caller}");
    }
    let blocked = office("[[person]]\nextension = \"102\"\ncallers = [{ number = \"101\" }]");
    assert_eq!(first(&plan_at(&blocked, MONDAY, &inside("101", "102"))), "refuse: blocked");
}

#[test]
fn f44_callers_without_a_number_hear_what_was_chosen() {
    for (hears, expected) in [
        ("announcement", "say that calls without a number are not taken"),
        ("disconnected", "refuse: blocked"),
        ("busy", "refuse: busy"),
        ("refused", "refuse: refused"),
    ] {
        let config = office(&format!("[[person]]\nextension = \"102\"\nanonymous_hear = \"{hears}\""));
        assert_eq!(first(&plan_at(&config, MONDAY, &outside("anonymous"))), expected);
        assert_eq!(first(&plan_at(&config, MONDAY, &outside("2125550777"))), "ring 102 for 25 s");
    }
    assert_eq!(first(&plan_at(&office(""), MONDAY, &outside("anonymous"))), "ring 102 for 25 s");
}

#[test]
fn f49_a_diversion_follows_its_time_group_unless_somebody_says_otherwise() {
    let row = |forced: &str| {
        office(&format!(
            "[[person]]\nextension = \"102\"\ndiversions = [{{ kind = \"always\", to = \"person 103\", when = \"Evenings\"{forced} }}]"
        ))
    };
    let call = inside("101", "102");
    for (forced, when, expected) in [
        ("", MONDAY, "ring 102 for 25 s"),
        ("", "2022-07-11T19:00", "ring 103 for 25 s"),
        (", forced = \"open until 2022-07-11T16:00:00Z\"", MONDAY, "ring 103 for 25 s"),
        (", forced = \"open until 2022-07-11T13:00:00Z\"", MONDAY, "ring 102 for 25 s"),
        (", forced = \"closed\"", "2022-07-11T19:00", "ring 102 for 25 s"),
        (", enabled = false", "2022-07-11T19:00", "ring 102 for 25 s"),
    ] {
        assert_eq!(first(&plan_at(&row(forced), when, &call)), expected, "{forced} {when}");
    }
}

/// The layers in the order in which they decide, and where each alone sends a call. What begins with a word and a colon is a
/// field of such a row; a rule says everything that two would.
const LAYERS: [(&str, &str); 8] = [
    ("caller: number = \"101\"", "refuse: blocked"),
    ("diversion: kind = \"dnd\"", "take a message for 102"),
    ("diversion: kind = \"always\", to = \"person 103\"", "ring 103 for 25 s"),
    ("rule: dnd = true", "take a message for 102"),
    ("rule: always = \"person 104\"", "ring 104 for 25 s"),
    ("rule: on_active = \"voicemail 101\"", "take a message for 101"),
    ("rule: ring_s = 44", "ring 102 for 44 s"),
    ("default: ring_s = 33", "ring 102 for 33 s"),
];

fn rows_of(layers: [&str; 2]) -> String {
    let fields = |kind: &str| -> Vec<&str> { layers.iter().filter_map(|layer| layer.strip_prefix(kind)).collect() };
    let rows = |kind: &str| fields(kind).iter().map(|row| format!("{{ {row} }}, ")).collect::<String>();
    let rule = format!("{{ when = \"Open\", {} }}, ", fields("rule: ").join(", "));
    let rule = if fields("rule: ").is_empty() { String::new() } else { rule };
    format!(
        "[[person]]\nextension = \"102\"\ncallers = [{}]\ndiversions = [{}]\nrules = [{rule}{}]",
        rows("caller: "),
        rows("diversion: "),
        rows("default: ")
    )
}

#[test]
fn f98_of_two_layers_the_first_decides() {
    let mut presence = everybody();
    presence.count_call("102", true);
    for (place, (one, expected)) in LAYERS.iter().enumerate() {
        for (other, _) in &LAYERS[place + 1..] {
            let plan = route(&office(&rows_of([one, other])), &at(MONDAY), &presence, &inside("101", "102"));
            assert_eq!(first(&plan), *expected, "{one} before {other}");
        }
    }
}

#[test]
fn f98_a_diversion_that_is_on_goes_before_the_rule_when_nobody_takes_the_call() {
    for (kind, outcome) in
        [("busy", "it was busy"), ("unanswered", "nobody answered"), ("offline", "no phone could be reached")]
    {
        let rows = format!(
            "[[person]]\nextension = \"102\"\nrules = [{{ {kind} = \"voicemail 101\" }}]\ndiversions = [{{ kind = \"{kind}\", to = \"voicemail 104\" }}]"
        );
        let plan = plan_at(&office(&rows), MONDAY, &inside("101", "102"));
        let edge = plan.steps[0].on.iter().find(|(on, _)| Language::English.words().outcome(*on) == outcome);
        let next = &plan.steps[edge.expect("there is such an edge").1].act;
        assert!(matches!(next, Act::Deposit(deposit) if deposit.mailbox == "104"), "{kind}: {next:?}");
    }
}

/// What rings along with Bob's phones.
const ALONG: &str = "[[person]]\nextension = \"102\"\nrules = [{ ring_s = 20, screen = true, \
    also = [\"number 2125550199 after 5 s\", \"number 2125550103\", \"number 011442071234567\", \"phone 104 after 10 s\"] }]";

#[test]
fn f41_what_rings_along_is_decided_with_the_phones_and_what_may_not_is_left_out_with_the_reason() {
    check(
        ALONG,
        MONDAY,
        &inside("101", "102"),
        expect![[r#"
        0 ring 102 for 20 s, and with it +12125550199 after 5 s, 103, 104 after 10 s, because 102 is the extension of Bob and its phone is registered and it is a international call, and 102 may make national calls only and 011442071234567 does not ring along for 102: not allowed
            it was busy: 1
            the call was refused: 1
            nobody answered: 1
            no phone could be reached: 1
            no codec is shared: 1
        1 take a message for 102, because callers may leave messages for 102
    "#]],
    );
    let config = office(ALONG);
    let first = |plan: Plan| plan.steps.into_iter().map(|step| step.act).find(|act| !matches!(act, Act::AskName(_)));
    let asked = |dialled: &Dialled| match first(plan_at(&config, MONDAY, dialled)).expect("something is done") {
        Act::Ring(ring) => (ring.asks, ring.also.iter().map(|strand| strand.asks).collect::<Vec<_>>()),
        act => panic!("{act:?}"),
    };
    // A colleague is not asked about, a mobile's mailbox is no person.
    assert_eq!(asked(&inside("101", "102")), (None, vec![Some(Asks::Taking), None, None]));
    let all = Some(Asks::Wanting);
    assert_eq!(asked(&outside("02125550142")), (all, vec![all; 3]));
}

#[test]
fn f97_the_keys_of_an_assistant_are_ways_on_and_what_they_do_not_reach_is_the_mailbox() {
    check(
        "[[person]]\nextension = \"102\"\ndiversions = [{ kind = \"assistant\", when = \"Open\", keys = [\"1 phone 103\", \
         \"2 number 2125550199\", \"3 person 102\"] }]",
        MONDAY,
        &outside("2125550142"),
        expect![[r#"
            0 ring 102 for 25 s, because +12125550100 is a number of the office and leads to 102 and 102 is the extension of Bob and its phone is registered
                it was busy: 1
                the call was refused: 1
                nobody answered: 1
                no phone could be reached: 1
                no codec is shared: 1
            1 let callers hear the assistant of 102, because 102 lets callers hear its assistant before the mailbox, while Open is open
                the caller pressed 1: 2
                the caller pressed 2: 4
                the caller pressed 3: 6
                the caller chose nobody: 7
            2 ring 103 for 25 s, because 102 sends the call to the phones of 103, as the caller chose by the key 1
                it was busy: 3
                the call was refused: 3
                nobody answered: 3
                no phone could be reached: 3
                no codec is shared: 3
            3 take a message for 102, because callers may leave messages for 102
            4 call +12125550199 by trunk carrier, because 102 sends the call to the number 2125550199, as the caller chose by the key 2 and +12125550199 goes out by the route out and 102 may make national calls and trunk carrier is up
                the trunk before could not take the call: 5
                it was busy: 5
                the call was refused: 5
                nobody answered: 5
                no phone could be reached: 5
                no codec is shared: 5
            5 take a message for 102, because no other trunk is left and callers may leave messages for 102
            6 take a message for 102, because 102 sends the call to 102, as the caller chose by the key 3 and 102 was asked already, or too many others were and callers may leave messages for 102
            7 take a message for 102, because callers may leave messages for 102
        "#]],
    );
}
