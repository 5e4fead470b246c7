//! What would become of a call, foretold: the live call is decided by the same, and its story says the same.

use office::{Carrier, Office, Phone, Temper, secs};
use pbx::trunks::Health;
use pbx::what_if::{Answer, Question, Unasked, ask};
use pbx::words::Language;

use crate::two_trunks;

const PEOPLE: &str = "
    101 Alice  phone
    102 Bob    phone, voicemail
    103 Carol  phone, ring 10 s
    104 Dave   phones 2, voicemail
";

const RULES: &str = r#"
[[time_group]]
name = "Holidays"
times = ["holidays DE"]
[[number]]
number = "+4930123452"
to = "102"
[[person]]
extension = "102"
rules = [{ when = "Holidays", always = "voicemail 102" }, { unanswered = "person 103", busy = "number 0033123456789" }]
"#;

fn office(when: &str) -> (Office, Carrier, Carrier) {
    let office = Office::with(&format!("{PEOPLE}\ncountry DE")).at(when);
    let carriers = (office.carrier(two_trunks::ONE), office.carrier(two_trunks::TWO));
    let office = office.with_rows(two_trunks::ROWS).with_rows(RULES);
    office.trunk_is("one", Health::Up, "").trunk_is("two", Health::Up, "");
    (office, carriers.0, carriers.1)
}

#[track_caller]
fn registered(phones: &[&Phone]) {
    for phone in phones {
        phone.is_registered();
    }
}

fn english(answer: &Answer) -> String {
    Language::English.words().foretold(&answer.told(None))
}

fn question(from: &str, to: &str) -> Question {
    Question { from: from.to_owned(), to: to.to_owned(), ..Question::default() }
}

/// Whatever was foretold is what the call of this number was decided to be, reasons included, and what its story tells.
#[track_caller]
fn assert_same(office: &Office, call: u64, foretold: &Answer) {
    office.until("the call is decided", |_| !office.decided(call).is_empty());
    assert_eq!(office.decided(call), foretold.plan.steps);
    let told = office.tells(call);
    for reason in foretold.plan.steps.iter().flat_map(|step| &step.because) {
        let reason = Language::English.words().reason(reason);
        assert!(told.lines().any(|line| line == reason), "{reason:?} is not in\n{told}");
    }
}

#[test]
fn a_call_inside_comes_to_what_was_foretold() {
    let (office, ..) = office("Mon 2026-03-02 10:00 Europe/Berlin");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    let dave = office.phones(104);
    registered(&[&bob, &carol, &dave[0], &dave[1]]);
    let foretold = office.what_if(&question("101", "102"));
    let sentence =
        "ring 102 for 25 s; then (nobody answered) ring 103 for 10 s; then (nobody answered) refuse: unanswered";
    assert_eq!(english(&foretold), sentence);
    let sentence = Language::German.words().foretold(&foretold.told(None));
    assert!(sentence.contains("; dann (niemand hat abgenommen) "), "{sentence}");
    alice.dials("102");
    bob.rings();
    assert_same(&office, 1, &foretold);
    alice.hangs_up();
    // Whoever hides the number is decided on as everybody is.
    for (call, number) in [(2, "*67104"), (3, "*43"), (4, "199"), (5, "**103"), (6, "*72103"), (7, "112")] {
        let foretold = office.what_if(&question("101", number));
        alice.dials(number);
        assert_same(&office, call, &foretold);
        alice.hangs_up();
    }
}

#[test]
fn what_is_assumed_of_people_is_so_when_they_make_it_so() {
    let (office, ..) = office("Mon 2026-03-02 10:00 Europe/Berlin");
    let (alice, bob, carol) = (office.phone(101), office.phone(102), office.phone(103));
    let dave = office.phones(104);
    registered(&[&bob, &carol]);
    let who = |number: &str| vec![number.to_owned()];
    // Not there.
    for phone in &dave {
        phone.is_registered().signs_off();
    }
    office.until("they are gone", |world| {
        world.status.phones.iter().filter(|phone| !phone.bindings.is_empty()).count() == 3
    });
    let foretold = office.what_if(&Question { offline: who("104"), ..question("101", "104") });
    let sentence = "ring 104 for 25 s; then (no phone could be reached) take a message for 104";
    assert_eq!(english(&foretold), sentence);
    alice.dials("104");
    assert_same(&office, 1, &foretold);
    alice.hangs_up();
    // In a call.
    alice.dials("103");
    carol.rings().answers();
    let foretold = office.what_if(&Question { busy: who("103"), ..question("102", "103") });
    bob.dials("103");
    assert_same(&office, 3, &foretold);
    bob.hangs_up();
    alice.hangs_up();
    // Not to be disturbed.
    let foretold = office.what_if(&Question { dnd: who("103"), ..question("102", "103") });
    assert_eq!(english(&foretold), "refuse: busy");
    carol.is_idle().dials("*78");
    office.until("it is switched on", |world| world.store.calls.len() == 4);
    carol.hangs_up();
    bob.dials("103").is_idle();
    assert_same(&office, 5, &foretold);
}

#[test]
fn calls_from_and_to_the_outside_and_on_a_holiday_come_to_what_was_foretold() {
    let (office, one, _) = office("Fri 2026-12-25 10:00 Europe/Berlin");
    let (alice, bob) = (office.phone(101), office.phone(102));
    registered(&[&alice, &bob]);
    // A caller outside may be foretold by the extension, and by the number that leads to it.
    for (call, to) in [(1, "102"), (2, "030123452")] {
        let offline = ["103", "104"].map(str::to_owned).to_vec();
        let foretold =
            office.what_if(&Question { offline, trunk: Some("one".to_owned()), ..question("089 1234567", to) });
        assert_eq!(english(&foretold), "take a message for 102");
        one.calls("+49891234567", "+4930123452");
        assert_same(&office, call, &foretold);
        one.hangs_up();
    }
    let foretold = office.what_if(&question("101", "089-1234567"));
    assert_eq!(english(&foretold), "call +49891234567 by trunk one");
    alice.dials("089-1234567");
    one.rings("+49891234567");
    assert_same(&office, 3, &foretold);
    alice.hangs_up();
    one.becomes(Temper::IsSilent);
    office.wait(secs(45));
    office.trunk_is("one", Health::Down, "it does not answer");
    let foretold = office.what_if(&Question { down: vec!["one".to_owned()], ..question("101", "089-1234567") });
    let sentence = "call +49891234567 by trunk one; then (the trunk before could not take the call) call +49891234567 by trunk two";
    assert_eq!(english(&foretold), sentence);
    alice.dials("089-1234567");
    assert_same(&office, 4, &foretold);
    alice.hangs_up();
}

#[test]
fn a_question_that_means_nothing_is_refused_with_what_to_write() {
    let (raw, _) = office::text::read(PEOPLE, "Europe/Berlin");
    let config = config::Config::check(&raw, &mut Vec::new());
    let refused = |question: &Question| ask(&config, jiff::Timestamp::UNIX_EPOCH, question).unwrap_err();
    assert_eq!(refused(&question("101", " ")), Unasked::NothingDialled);
    assert_eq!(refused(&question("0891234567", "102")), Unasked::NoWayIn);
    let nobody = Unasked::NoSuchExtension { number: "199".to_owned() };
    assert_eq!(refused(&Question { busy: vec!["199".to_owned()], ..question("101", "102") }), nobody);
    let nothing = Unasked::NoSuchTrunk { name: "one".to_owned() };
    assert_eq!(refused(&Question { down: vec!["one".to_owned()], ..question("101", "102") }), nothing);
    let many = vec!["102".to_owned(); pbx::what_if::MAX_ASSUMED + 1];
    assert_eq!(refused(&Question { offline: many, ..question("101", "102") }), Unasked::TooMany);
}
