//! Phones that answer by themselves, and phones that ring by who calls.

use config::{RawCaller, RawDiversion, RawRule};
use expect_test::expect;
use office::{Office, Stage, secs};

/// Trap 25.
#[test]
fn trap_25_every_makers_phone_answers_by_itself_when_it_is_called_aloud() {
    for model in
        ["Yealink SIP-T46S", "PolycomVVX-VVX_411", "snomD785", "Grandstream GXP2170", "Cisco/SPA504G", "Gigaset DE900"]
    {
        let office = Office::with("101 Alice phone\n102 Bob phone");
        let (alice, bob) = (office.phone(101), office.phone(102).as_model(model));
        bob.is_registered();
        alice.dials("*80102");
        alice.hears("beep");
        bob.hears("beep");
        bob.talks_to(&alice);
        bob.hangs_up();
        alice.is_idle();
        // And only then.
        alice.dials("102");
        bob.rings();
        office.wait(secs(5));
        bob.rings().declines();
        alice.is_idle();
    }
}

#[test]
fn a_phone_that_does_not_answer_by_itself_rings_and_nobody_leaves_a_message() {
    let office = Office::with("101 Alice phone\n102 Bob phone, voicemail");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    alice.dials("*80102");
    bob.rings_from("101");
    office.wait(secs(21));
    bob.is_idle();
    alice.shows("480").is_idle();
    alice.dials("*80102");
    bob.rings().answers();
    alice.hears("beep").talks_to(&bob).hangs_up();
    office.calls_are(expect![[r#"
        10:00 101 -> *80102, 102a rang: unanswered
        10:00 101 -> *80102, 102a rang, 102a answered: hung up after 0 s"#]]);
}

#[test]
fn who_is_in_a_call_or_not_there_is_not_called_aloud() {
    let office = Office::with("101 Alice phone\n102 Bob phone\n103 Carol phone");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("snomD785"));
    let carol = office.phone(103);
    bob.is_registered();
    carol.dials("102");
    bob.answers().talks_to(&carol);
    alice.dials("*80102").shows("486").is_idle();
    bob.talks_to(&carol).hangs_up();
    alice.dials("*80199").shows("404").is_idle();
    let sends_on = office.phone(103).as_model("redirects-to-101");
    sends_on.is_registered();
    bob.dials("*80103").shows("603").is_idle();
}

#[test]
fn f164_who_is_not_to_be_disturbed_is_not_called_aloud_but_by_whom_they_allow() {
    let office = Office::with("101 Alice phone\n102 Bob phone").with_rows("[[person]]\nextension = \"102\"");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("snomD785"));
    bob.is_registered();
    let dnd = RawDiversion { kind: Some("dnd".to_owned()), ..RawDiversion::default() };
    office.reloads(|raw| raw.people[1].diversions = vec![dnd.clone()]);
    alice.dials("*80102").hears_prompt("intercom-refused").is_idle();
    bob.is_idle();
    // The same by a rule.
    let quiet = RawRule { dnd: Some(true), ..RawRule::default() };
    office.reloads(|raw| (raw.people[1].diversions, raw.people[1].rules) = (Vec::new(), vec![quiet]));
    alice.dials("*80102").hears_prompt("intercom-refused").is_idle();
    assert!(office.tells(2).contains("not to be disturbed, as the rule says"), "{}", office.tells(2));

    let row = |allow| RawCaller { number: Some("101".to_owned()), allow: Some(allow), ..RawCaller::default() };
    office.reloads(|raw| raw.people[1].callers = vec![row(true)]);
    alice.dials("*80102").hears("beep").talks_to(&bob).hangs_up();
    office.reloads(|raw| (raw.people[1].rules, raw.people[1].callers) = (Vec::new(), vec![row(false)]));
    alice.dials("*80102").is_idle();
    bob.is_idle();
}

#[test]
fn phones_ring_by_who_calls() {
    let office = Office::with("101 Alice phone\n102 Bob phone\n103 Carol phone\ncountry DE");
    let one = office.carrier("203.0.113.5:5060");
    let office = office.with_rows(
        "[[trunk]]\nname = \"one\"\nserver = \"203.0.113.5\"\nway = \"address\"\n\
         [[number]]\nnumber = \"+4930123451\"\nto = \"101\"\n",
    );
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("redirects-to-101"));
    let carol = office.phone(103);
    alice.is_registered();
    bob.is_registered();
    carol.dials("101");
    alice.rings_as("alert-internal").declines();
    carol.is_idle().dials("102");
    alice.rings_as("alert-diverted").declines();
    one.calls("+49891234567", "+4930123451");
    alice.rings_as("alert-external").declines();
    one.is_at(Stage::Over(603));
}
