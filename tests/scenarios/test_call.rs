//! A trunk is tested by a call of the box itself.

use office::{Carrier, Office, Stage, Temper, expect, secs};
use pbx::input::CallId;
use pbx::output::Reply;
use pbx::tested::{Tested, Untested};
use pbx::trunks::Health;

const ROWS: &str = r#"
[office]
area = "30"
[[trunk]]
name = "one"
way = "address"
server = "203.0.113.5"
caller_number = "+4930123450"
channels = 1
[[number]]
number = "+4930123451"
to = "101"
[[route]]
name = "out"
trunks = ["one"]
"#;

fn office(text: &str) -> (Office, Carrier) {
    let office = Office::with(&format!("{text}\ncountry DE"));
    let carrier = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(ROWS);
    office.trunk_is("one", Health::Up, "");
    (office, carrier)
}

/// What came of the last test.
fn outcome(office: &Office) -> Option<Tested> {
    office.status().trunks[0].test.as_ref().and_then(|test| test.outcome)
}

#[test]
fn a_test_call_is_answered_heard_and_hung_up_by_the_box() {
    let (office, carrier) = office("101 Alice phone");
    let number = Some("089-1234567");
    assert_eq!(office.administrator_tests("one", number, Some("101")), Reply::Testing(CallId(1)));
    carrier.rings("+49891234567");
    assert!(carrier.header("From").contains("+4930123451"), "in the name of the administrator's own number");
    assert_eq!(office.administrator_tests("one", number, Some("101")), Reply::Untested(Untested::Running));
    office.until("the test is shown", |world| world.status.calls.len() == 1 && world.status.trunks[0].calls == 1);
    carrier.answers();
    carrier.is_at(Stage::Talks);
    office.wait(secs(6));
    carrier.is_at(Stage::Over(0));
    office.wait(secs(3));
    let tested = outcome(&office);
    assert!(matches!(tested, Some(Tested::Answered { listened_ms: 5_000, round_trip_ms: 20..100, .. })), "{tested:?}");
    assert!(office.tells(1).contains("Front Desk tests the trunk one"), "{}", office.tells(1));
    office.calls_are(expect!["10:00 101 -> +49891234567, one rang, one answered: hung up after 5 s"]);
    assert!(office.ladder(1).iter().any(|rung| rung.text.starts_with("BYE ") && !rung.came));
}

#[test]
fn a_test_call_without_a_number_calls_our_own() {
    let (office, carrier) = office("101 Alice phone");
    assert_eq!(office.administrator_tests("one", None, None), Reply::Testing(CallId(1)));
    carrier.rings("+4930123450");
    assert!(carrier.header("From").contains("+4930123450"), "{}", carrier.header("From"));
}

#[test]
fn a_test_call_says_what_the_carrier_said() {
    let (office, carrier) = office("101 Alice phone");
    carrier.set(|peer| {
        peer.refuses.insert("+49891234567".to_owned(), 486);
    });
    office.administrator_tests("one", Some("0891234567"), Some("101"));
    office.until("it is refused", |world| {
        let test = world.status.trunks[0].test.as_ref();
        matches!(test.and_then(|test| test.outcome), Some(Tested::Refused { status: 486, .. }))
    });
    office.last_story_says("test call to +49891234567 by trunk one: refused with 486 (the number is busy)");
    // Nobody takes it: it ends by itself.
    office.administrator_tests("one", Some("0891234560"), Some("101"));
    carrier.rings("+49891234560");
    office.wait(secs(26));
    assert!(matches!(outcome(&office), Some(Tested::Unanswered { rang: true, .. })), "{:?}", outcome(&office));
    // Nobody is there.
    carrier.becomes(Temper::IsSilent);
    office.administrator_tests("one", Some("0891234560"), Some("101"));
    office.wait(secs(5));
    assert_eq!(outcome(&office), Some(Tested::Silent));
}

#[test]
fn a_test_call_tries_every_address_of_its_trunk_as_a_call_does_and_its_story_names_them() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let (first, second) = (office.carrier("203.0.113.5:5060"), office.carrier("203.0.113.6:5060"));
    let office = office.with_rows(&ROWS.replace("\"203.0.113.5\"", "\"a203-0-113-5.a203-0-113-6.example\""));
    office.trunk_is("one", Health::Up, "");
    // One that says nothing, and one that says that it is out of order.
    for temper in [Temper::IsSilent, Temper::Refuses(503)] {
        first.becomes(temper);
        office.administrator_tests("one", Some("0891234567"), Some("101"));
        second.rings("+49891234567").answers().is_at(Stage::Talks);
        office.wait(secs(7));
        assert!(
            matches!(outcome(&office), Some(Tested::Answered { round_trip_ms: 20..100, .. })),
            "{:?}",
            outcome(&office)
        );
        office.last_story_says("203.0.113.5:5060");
        office.last_story_says("203.0.113.6:5060");
    }
    // What the called party says is final.
    first.becomes(Temper::Works).set(|peer| {
        peer.refuses.insert("+49891234567".to_owned(), 486);
    });
    let calls = second.peer().calls.len();
    office.administrator_tests("one", Some("0891234567"), Some("101"));
    office.wait(secs(1));
    assert!(matches!(outcome(&office), Some(Tested::Refused { status: 486, .. })), "{:?}", outcome(&office));
    assert_eq!(second.peer().calls.len(), calls);
    // Nobody takes it, at neither.
    first.becomes(Temper::IsSilent);
    second.becomes(Temper::IsSilent);
    office.administrator_tests("one", Some("0891234567"), Some("101"));
    office.wait(secs(9));
    assert_eq!(outcome(&office), Some(Tested::Silent));
}

#[test]
fn nobody_tests_a_trunk_with_a_call_for_help_or_a_dear_one() {
    let (office, carrier) = office("101 Alice phone\n102 Bob phone");
    office.reloads(|raw| {
        raw.people[0].permission = Some("national".to_owned());
        raw.people[1].permission = Some("international".to_owned());
    });
    let refused = |number: &str, extension: Option<&str>| office.administrator_tests("one", Some(number), extension);
    for number in ["112", "110", "+49112", "0112", "1 1 2"] {
        assert_eq!(refused(number, Some("102")), Reply::Untested(Untested::Emergency), "{number}");
    }
    for (number, extension) in [("0033123456789", Some("101")), ("0033123456789", None), ("0900123456", Some("102"))] {
        let reply = refused(number, extension);
        assert!(matches!(reply, Reply::Untested(Untested::NotPermitted(_))), "{number}: {reply:?}");
    }
    assert_eq!(refused("sales", Some("101")), Reply::Untested(Untested::NoNumber));
    assert_eq!(office.administrator_tests("two", None, None), Reply::Untested(Untested::NoSuchTrunk));
    office.wait(secs(10));
    assert!(carrier.peer().calls.is_empty());
}

#[test]
fn a_test_call_keeps_to_the_toll_guard_and_the_channels() {
    let (office, carrier) = office("101 Alice phone\n102 Bob phone");
    office.reloads(|raw| raw.office.outside_per_hour = Some(1));
    let test = || office.administrator_tests("one", Some("0891234567"), Some("101"));
    assert_eq!(test(), Reply::Testing(CallId(1)));
    carrier.rings("+49891234567");
    office.administrator_ends(1);
    carrier.is_at(Stage::Over(487));
    assert_eq!(test(), Reply::Untested(Untested::TollGuard));
    let bob = office.phone(102);
    bob.dials("0891234567");
    carrier.rings("+49891234567");
    let reply = office.administrator_tests("one", Some("0891234567"), None);
    assert_eq!(reply, Reply::Untested(Untested::Full));
}
