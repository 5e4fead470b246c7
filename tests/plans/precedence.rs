//! Which of two layers decides (F98), for all pairs of those that an extension has.

use config::{Config, RawCaller, RawConfig, RawDiversion, RawOffice, RawPerson, RawRule};
use expect_test::expect_file;
use pbx::events::Cause;
use pbx::presence::Presence;
use pbx::route::{ANONYMOUS, Act, Asks, Dialled, Moment, Outcome, Plan, route};

use crate::registered;

const OFFICE: &str = "
    101 Alice  phone, offers
    102 Bob    phone, voicemail
    103 Carol  phone
    104 Dave   phone, voicemail
    country DE
";

/// A layer: its name, and how Bob switches it on.
type Layer = (&'static str, fn(&mut RawPerson));

/// In the order of F98, as far as they decide before any phone rings.
const LAYERS: [Layer; 9] = [
    ("the caller is blocked", |bob| bob.callers.push(caller(false))),
    ("secretaries answer", |bob| bob.diversions.push(secretaries())),
    ("do-not-disturb is on", |bob| bob.diversions.push(diversion("dnd", None))),
    ("a forward of every call is on", |bob| bob.diversions.push(diversion("always", Some("person 103")))),
    ("the rule says do-not-disturb", |bob| rule(bob).dnd = Some(true)),
    ("the rule sends every call on", |bob| rule(bob).always = Some("voicemail 104".to_owned())),
    ("the rule sends calls on during one", |bob| rule(bob).on_active = Some("phone 103".to_owned())),
    ("there is no second call", |bob| bob.call_waiting = Some(false)),
    ("the caller is asked about", |bob| rule(bob).screen = Some(true)),
];

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn caller(is_allowed: bool) -> RawCaller {
    RawCaller { number: text("+4989*"), allow: Some(is_allowed), ..RawCaller::default() }
}

fn diversion(kind: &str, to: Option<&str>) -> RawDiversion {
    RawDiversion { kind: text(kind), to: to.map(str::to_owned), ..RawDiversion::default() }
}

fn follow_me() -> RawDiversion {
    RawDiversion { list: Some(vec!["phone 103".to_owned()]), ..diversion("follow_me", None) }
}

fn secretaries() -> RawDiversion {
    RawDiversion { secretaries: Some(vec!["104".to_owned()]), ..diversion("secretary", None) }
}

fn assistant() -> RawDiversion {
    RawDiversion { keys: Some(vec!["1 person 103".to_owned()]), ..diversion("assistant", None) }
}

fn rule(bob: &mut RawPerson) -> &mut RawRule {
    if bob.rules.is_empty() {
        bob.rules.push(RawRule::default());
    }
    &mut bob.rules[0]
}

/// What becomes of a call from outside to Bob, who is in another one, with these layers on.
fn plan(from: &str, layers: &[fn(&mut RawPerson)]) -> Plan {
    plan_of(&RawOffice::default(), from, layers)
}

/// The same where the whole office has a list of callers.
fn plan_of(office: &RawOffice, from: &str, layers: &[fn(&mut RawPerson)]) -> Plan {
    let (user, number) = (pbx::trunks::user_of("one"), "+4930123452".to_owned());
    planned(office, &Dialled { user, extension: from.to_owned(), number, diverted_by: None }, layers)
}

/// What becomes of one from Alice, who wants to be asked whether to be called back.
fn from_alice(layers: &[fn(&mut RawPerson)]) -> Plan {
    let [user, extension, number] = ["101a", "101", "102"].map(str::to_owned);
    planned(&RawOffice::default(), &Dialled { user, extension, number, diverted_by: None }, layers)
}

fn planned(office: &RawOffice, dialled: &Dialled, layers: &[fn(&mut RawPerson)]) -> Plan {
    planned_with(&|_| (), office, dialled, layers)
}

fn planned_with(
    happened: &dyn Fn(&mut Presence),
    office: &RawOffice,
    dialled: &Dialled,
    layers: &[fn(&mut RawPerson)],
) -> Plan {
    let (mut raw, _) = office::text::read(OFFICE, "Europe/Berlin");
    let rows = "[[trunk]]\nname = \"one\"\nway = \"address\"\nserver = \"203.0.113.5\"\n\
                [[number]]\nnumber = \"+4930123452\"\nto = \"102\"";
    let more: RawConfig = toml::from_str(rows).expect("the rows are TOML");
    (raw.trunks, raw.numbers) = (more.trunks, more.numbers);
    raw.office.callers.clone_from(&office.callers);
    let bob = raw.people.iter_mut().find(|row| row.extension.as_deref() == Some("102")).expect("Bob is there");
    layers.iter().for_each(|switch_on| switch_on(bob));
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    let mut presence: Presence = registered(&["101a", "102a", "103a", "104a"]);
    presence.count_call("102", true);
    happened(&mut presence);
    let wall = "2026-03-02T09:00:00Z".parse().expect("a moment");
    route(&config, &Moment { wall }, &presence, dialled)
}

const MUNICH: &str = "0891234567";

#[test]
fn f98_of_every_two_layers_the_earlier_decides() {
    for (place, (earlier, first)) in LAYERS.iter().enumerate() {
        let alone = plan(MUNICH, &[*first]);
        for (later, second) in &LAYERS[place + 1..] {
            let both = plan(MUNICH, &[*first, *second]);
            assert_eq!(both.steps[0].act, alone.steps[0].act, "{earlier}, and {later}");
            assert_eq!(both.why(0), alone.why(0), "{earlier}, and {later}");
        }
        // Each of them does something.
        assert_ne!(alone.steps[0].act, plan(MUNICH, &[]).steps[0].act, "{earlier}");
    }
}

/// What decides once phones have rung, or instead of them.
const LATER: [Layer; 7] = [
    ("Follow Me is on", |bob| bob.diversions.push(follow_me())),
    ("a forward while busy is on", |bob| bob.diversions.push(diversion("busy", Some("person 103")))),
    ("a forward when nobody answers is on", |bob| bob.diversions.push(diversion("unanswered", Some("person 103")))),
    ("a forward when no phone is there is on", |bob| bob.diversions.push(diversion("offline", Some("person 103")))),
    ("the rule sends on what is busy", |bob| rule(bob).busy = text("person 103")),
    ("the rule sends on what nobody answers", |bob| rule(bob).unanswered = text("person 103")),
    ("the assistant is on", |bob| bob.diversions.push(assistant())),
];

/// Each reason but those of phones and calls, as people read them.
#[test]
fn m1_each_layer_is_named_as_the_reason() {
    let mut told = String::new();
    for (layer, switch_on) in LAYERS.iter().chain(&LATER) {
        told += &format!("{layer}\n");
        for step in plan(MUNICH, &[*switch_on]).steps {
            let because = crate::because(&step, "; ");
            let is_theirs = |words: &&str| !words.contains("phone is registered") && !words.contains("calls now");
            let because: Vec<&str> = because.split("; ").filter(is_theirs).collect();
            told += &format!("    {}\n", because.join("; "));
        }
    }
    expect_file!["reasons.txt"].assert_eq(&told);
}

/// Bob has called for help a moment ago, and somebody outside calls the number that was shown.
fn call_back(from: &str, number: &str, layers: &[fn(&mut RawPerson)]) -> Plan {
    let office = RawOffice { callers: vec![caller(false)], anonymous_hear: text("busy"), ..RawOffice::default() };
    let (user, number) = (pbx::trunks::user_of("one"), number.to_owned());
    let dialled = Dialled { user, extension: from.to_owned(), number, diverted_by: None };
    let has_called =
        |presence: &mut Presence| drop(presence.call_backs.insert("102".to_owned(), "+4930123452".to_owned()));
    planned_with(&has_called, &office, &dialled, layers)
}

#[test]
fn f98_who_was_called_for_help_comes_before_all_that_is_switched_on() {
    let phones = plan(MUNICH, &[]).steps[0].act.clone();
    let (Act::Ring(phones), number) = (phones, "+4930123452") else { panic!("they ring") };
    for from in [MUNICH, ANONYMOUS] {
        for (name, layer) in &LAYERS {
            let plan = call_back(from, number, &[*layer]);
            let Act::Ring(ring) = &plan.steps[0].act else { panic!("{name}: {plan:?}") };
            assert_eq!((&ring.users, ring.asks, &ring.also), (&phones.users, None, &phones.also), "{name}");
            // What nobody answers goes on, and meets no list.
            let next = plan.after(0, Outcome::Unanswered).expect("it leads on");
            assert!(!matches!(plan.steps[next].act, Act::Reject(Cause::Blocked | Cause::Busy)), "{name}: {plan:?}");
        }
    }
    // To another number, or from inside, nothing is different.
    assert_eq!(call_back(MUNICH, "+4930123499", &[]).steps[0].act, Act::Reject(Cause::NoSuchNumber));
}

/// What is blocked by the office hears what the office says: Bob lets his blocked callers hear the busy tone.
#[test]
fn f98_the_list_of_the_office_gives_way_to_bobs_own_and_goes_before_the_rest() {
    let office = RawOffice { callers: vec![caller(false)], ..RawOffice::default() };
    let busy: fn(&mut RawPerson) = |bob| bob.blocked_hear = text("busy");
    let act = |layers: &[fn(&mut RawPerson)]| plan_of(&office, MUNICH, layers).steps[0].act.clone();
    assert_eq!(act(&[]), Act::Reject(Cause::Blocked));
    assert_eq!(act(&[busy, |bob| bob.callers.push(caller(false))]), Act::Reject(Cause::Busy));
    assert_eq!(act(&[|bob| bob.callers.push(caller(true))]), plan(MUNICH, &[]).steps[0].act);
    for (later, layer) in &LAYERS[1..] {
        assert_eq!(act(&[busy, *layer]), Act::Reject(Cause::Blocked), "{later}");
    }
}

#[test]
fn f98_who_shows_no_number_is_turned_away_before_all_that_is_switched_on() {
    let anonymous: fn(&mut RawPerson) = |bob| bob.anonymous_hear = text("announcement");
    let alone = plan(ANONYMOUS, &[anonymous]);
    for (later, second) in &LAYERS[1..] {
        assert_eq!(plan(ANONYMOUS, &[anonymous, *second]).steps[0].act, alone.steps[0].act, "{later}");
    }
}

#[test]
fn f98_who_passes_the_secretaries_comes_to_all_that_is_behind_them() {
    let passed: fn(&mut RawPerson) =
        |bob| bob.diversions.push(RawDiversion { pass: Some(vec!["+4989*".to_owned()]), ..secretaries() });
    for (name, layer) in &LAYERS[2..] {
        assert_eq!(plan(MUNICH, &[passed, *layer]).steps[0].act, plan(MUNICH, &[*layer]).steps[0].act, "{name}");
    }
    // What comes after nobody answered is the boss's own.
    let after = |plan: &Plan| plan.after(0, Outcome::Unanswered).map(|next| plan.steps[next].act.clone());
    let answered: fn(&mut RawPerson) = |bob| bob.diversions.push(secretaries());
    assert_eq!(after(&plan(MUNICH, &[answered])), after(&plan(MUNICH, &[])));
    let forwards: fn(&mut RawPerson) = |bob| bob.diversions.push(diversion("unanswered", Some("phone 103")));
    assert_eq!(after(&plan(MUNICH, &[answered, forwards])), after(&plan(MUNICH, &[forwards])));
}

#[test]
fn f98_follow_me_rings_where_the_phones_would_and_a_rule_that_lets_others_ring_along_goes_before_it() {
    let followed: fn(&mut RawPerson) = |bob| bob.diversions.push(follow_me());
    let open = plan(MUNICH, &[]).steps[0].act.clone();
    let alone = plan(MUNICH, &[followed]).steps[0].act.clone();
    assert!(matches!(&alone, Act::Ring(ring) if ring.limit_s == 10 && ring.also.len() == 1), "{alone:?}");
    for (earlier, layer) in &LAYERS[..8] {
        let both = plan(MUNICH, &[*layer, followed]);
        assert_eq!(both.steps[0].act, plan(MUNICH, &[*layer]).steps[0].act, "{earlier}");
        assert_ne!(both.steps[0].act, alone, "{earlier}");
    }
    // Whoever answers there is asked as whoever answers at the desk.
    let screened = plan(MUNICH, &[|bob| rule(bob).screen = Some(true), followed]);
    let Act::Ring(ring) = &screened.steps[1].act else { panic!("{screened:?}") };
    assert_eq!((ring.asks, ring.also[0].asks), (Some(Asks::Wanting), Some(Asks::Wanting)));
    let along: fn(&mut RawPerson) = |bob| rule(bob).also = Some(vec!["phone 104".to_owned()]);
    assert_eq!(plan(MUNICH, &[along, followed]).steps[0].act, plan(MUNICH, &[along]).steps[0].act);
    assert_ne!(plan(MUNICH, &[along]).steps[0].act, open);
    // What comes after the ringing is the same with it.
    let after = |plan: &Plan| plan.after(0, Outcome::Unanswered).map(|next| plan.steps[next].act.clone());
    assert_eq!(after(&plan(MUNICH, &[followed])), after(&plan(MUNICH, &[])));
}

#[test]
fn f98_who_is_allowed_passes_do_not_disturb_and_the_question_and_nothing_else() {
    let allow: fn(&mut RawPerson) = |bob| bob.callers.push(caller(true));
    let open = plan(MUNICH, &[]).steps[0].act.clone();
    for (name, layer) in &LAYERS[1..] {
        let (allowed, other) = (plan(MUNICH, &[allow, *layer]), plan(MUNICH, &[*layer]));
        let passes =
            ["do-not-disturb is on", "the rule says do-not-disturb", "the caller is asked about"].contains(name);
        let expected = if passes { &open } else { &other.steps[0].act };
        assert_eq!(allowed.steps[0].act, *expected, "{name}");
    }
}

#[test]
fn f98_after_the_ringing_a_forward_that_is_on_goes_before_the_rules_and_both_before_the_mailbox() {
    type Way = (&'static str, Outcome, fn(&mut RawPerson));
    let ways: [Way; 3] = [
        ("busy", Outcome::Busy, |bob| rule(bob).busy = text("voicemail 104")),
        ("unanswered", Outcome::Unanswered, |bob| rule(bob).unanswered = text("voicemail 104")),
        ("offline", Outcome::Offline, |bob| rule(bob).offline = text("voicemail 104")),
    ];
    let mailbox_of = |plan: &Plan, outcome| match &plan.steps[plan.after(0, outcome).expect("it leads on")].act {
        Act::Deposit(deposit) => deposit.mailbox.clone(),
        Act::Ring(ring) => format!("phones of {}", ring.extension),
        act => panic!("{act:?}"),
    };
    let switches: [fn(&mut RawPerson); 3] = [
        |bob| bob.diversions.push(diversion("busy", Some("phone 103"))),
        |bob| bob.diversions.push(diversion("unanswered", Some("phone 103"))),
        |bob| bob.diversions.push(diversion("offline", Some("phone 103"))),
    ];
    for ((name, outcome, of_rule), switch) in ways.into_iter().zip(switches) {
        assert_eq!(mailbox_of(&plan(MUNICH, &[]), outcome), "102", "{name}");
        assert_eq!(mailbox_of(&plan(MUNICH, &[of_rule]), outcome), "104", "{name}");
        assert_eq!(mailbox_of(&plan(MUNICH, &[of_rule, switch]), outcome), "phones of 103", "{name}");
    }
    // Whoever answers and wants a message is not sent on.
    let screened =
        plan(MUNICH, &[|bob| rule(bob).screen = Some(true), |bob| rule(bob).unanswered = text("voicemail 104")]);
    assert!(matches!(&screened.steps[0].act, Act::AskName(_)));
    let rings = screened.after(0, Outcome::Named).expect("the phones ring");
    assert!(matches!(&screened.steps[rings].act, Act::Ring(ring) if ring.asks == Some(Asks::Wanting)));
    let message = &screened.steps[screened.after(rings, Outcome::ToMailbox).expect("a way on")].act;
    assert!(matches!(message, Act::Deposit(deposit) if deposit.mailbox == "102"), "{message:?}");
}

#[test]
fn f98_a_forward_goes_before_the_offer_to_be_called_back_and_that_before_the_mailbox() {
    let is_offer = |plan: &Plan, place: usize| matches!(plan.steps[place].act, Act::Offer(_));
    let mailbox = |plan: &Plan, place: usize| matches!(&plan.steps[place].act, Act::Deposit(to) if to.mailbox == "102");
    let next = |plan: &Plan, at, outcome| plan.after(at, outcome).expect("it leads on");
    let open = from_alice(&[]);
    for outcome in [Outcome::Busy, Outcome::Unanswered] {
        let offer = next(&open, 0, outcome);
        assert!(is_offer(&open, offer), "{outcome:?}");
        assert!(mailbox(&open, next(&open, offer, Outcome::NoWish)), "{outcome:?}");
    }
    // Nobody waits for a phone that is away, or for somebody who refuses.
    for outcome in [Outcome::Declined, Outcome::Offline, Outcome::Incompatible] {
        assert!(mailbox(&open, next(&open, 0, outcome)), "{outcome:?}");
    }
    type Way = (Outcome, [fn(&mut RawPerson); 2]);
    let forwards: [Way; 2] = [
        (
            Outcome::Busy,
            [|bob| bob.diversions.push(diversion("busy", Some("phone 103"))), |bob| rule(bob).busy = text("phone 103")],
        ),
        (
            Outcome::Unanswered,
            [
                |bob| bob.diversions.push(diversion("unanswered", Some("phone 103"))),
                |bob| rule(bob).unanswered = text("phone 103"),
            ],
        ),
    ];
    for (outcome, layers) in forwards {
        for layer in layers {
            let plan = from_alice(&[layer]);
            assert!(matches!(&plan.steps[next(&plan, 0, outcome)].act, Act::Ring(ring) if ring.extension == "103"));
        }
    }
    // What decides before any phone rings decides over the offer too; without a second call it is the first step.
    for (name, layer) in &LAYERS[1..6] {
        let plan = from_alice(&[*layer]);
        assert!(!is_offer(&plan, 0), "{name}");
    }
    let busy = from_alice(&[|bob| bob.call_waiting = Some(false)]);
    assert!(is_offer(&busy, 0) && mailbox(&busy, next(&busy, 0, Outcome::NoWish)));
    // Who calls from outside is asked nothing.
    assert!(plan(MUNICH, &[]).steps.iter().all(|step| !matches!(step.act, Act::Offer(_))));
}

#[test]
fn f98_the_assistant_answers_behind_all_else_and_before_the_mailbox() {
    let on: fn(&mut RawPerson) = |bob| bob.diversions.push(assistant());
    let next = |plan: &Plan, at, outcome| plan.after(at, outcome).expect("it leads on");
    let is_bobs = |plan: &Plan, place: usize| matches!(&plan.steps[place].act, Act::Assist(to) if to.mailbox == "102");
    let mailbox = |plan: &Plan, place: usize| matches!(&plan.steps[place].act, Act::Deposit(to) if to.mailbox == "102");
    // Layers 10 and 11: who is inside is asked first whether to be called back.
    let inside = from_alice(&[on]);
    for outcome in [Outcome::Busy, Outcome::Unanswered] {
        let offer = next(&inside, 0, outcome);
        assert!(matches!(inside.steps[offer].act, Act::Offer(_)), "{outcome:?}");
        assert!(is_bobs(&inside, next(&inside, offer, Outcome::NoWish)), "{outcome:?}");
    }
    // Layer 11: before the mailbox, whyever the phones did not take the call.
    let plain = plan(MUNICH, &[on]);
    for outcome in [Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline] {
        let place = next(&plain, 0, outcome);
        assert!(is_bobs(&plain, place) && mailbox(&plain, next(&plain, place, Outcome::NoKey)), "{outcome:?}");
        assert!(
            matches!(&plain.steps[next(&plain, place, Outcome::Key(1))].act, Act::Ring(ring) if ring.extension == "103")
        );
    }
    // What sends calls elsewhere, before the phones ring or after, goes before it; do-not-disturb is what it is for.
    for (name, layer) in LAYERS {
        let (with, without) = (plan(MUNICH, &[layer, on]), plan(MUNICH, &[layer]));
        match name.contains("do-not-disturb") || name == "there is no second call" {
            true => assert!(is_bobs(&with, 0) && mailbox(&without, 0), "{name}"),
            false => assert_eq!(with.steps[0].act, without.steps[0].act, "{name}"),
        }
    }
    let forwards: fn(&mut RawPerson) = |bob| bob.diversions.push(diversion("unanswered", Some("voicemail 104")));
    let sent = plan(MUNICH, &[forwards, on]);
    assert!(matches!(&sent.steps[next(&sent, 0, Outcome::Unanswered)].act, Act::Deposit(to) if to.mailbox == "104"));
    // Layer 1: whoever was called for help and calls back is led to no menu.
    let back = call_back(MUNICH, "+4930123452", &[on]);
    assert!(back.steps.iter().all(|step| !matches!(step.act, Act::Assist(_))), "{back:?}");
    // Whoever answers and wants a message wants a message.
    let screened = plan(MUNICH, &[|bob| rule(bob).screen = Some(true), on]);
    assert!(mailbox(&screened, next(&screened, 1, Outcome::ToMailbox)));
    // Layer 1 again: whoever calls back after a call for help is not asked for a name.
    let back = call_back(MUNICH, "+4930123452", &[|bob| rule(bob).screen = Some(true)]);
    assert!(back.steps.iter().all(|step| !matches!(step.act, Act::AskName(_))), "{back:?}");
}
