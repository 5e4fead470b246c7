//! Calls by trunks: out, in, from one trunk to the next, and who may not.

use config::RawConfig;
use office::{Office, Stage, Temper, expect, secs};
use pbx::trunks::Health;

use crate::two_trunks::{ONE, ROWS, TWO, office};

#[test]
fn a_call_goes_out_in_full_and_under_our_number() {
    let (office, one, _) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.dials("089-1234567");
    one.rings("+49891234567");
    assert!(one.header("From").contains("<sip:+4930123451@203.0.113.5>"), "{}", one.header("From"));
    assert_eq!(one.header("P-Asserted-Identity"), "<sip:+4930123451@203.0.113.5>");
    assert_eq!((one.header("Privacy"), one.header("Diversion")), (String::new(), String::new()));
    one.answers();
    alice.talks();
    one.is_at(Stage::Talks);
    office.until("the trunk carries the call", |world| world.status.trunks[0].calls == 1);
    alice.hangs_up();
    one.is_at(Stage::Over(0));
    office.calls_are(expect![[r#"10:00 101 -> 0891234567, one rang, one answered: hung up after 0 s"#]]);
}

#[test]
fn a_call_comes_in_by_number_and_names_its_caller() {
    let (office, one, two) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    one.calls_with("\"Plumber\" <sip:+49891234567@carrier.example>", "+4930123451", "");
    alice.rings_from("0891234567");
    alice.answers();
    one.is_at(Stage::Talks);
    one.hangs_up();
    alice.is_idle();
    // Without the +, and in the other carrier's way.
    two.calls("33123456789", "4930123451");
    alice.rings_from("0033123456789");
    alice.declines();
    two.is_at(Stage::Over(603));
}

#[test]
fn who_wants_to_stay_unknown_does() {
    let (office, one, _) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    let more = "P-Asserted-Identity: <sip:+49891234567@carrier.example>\r\nPrivacy: id\r\n";
    one.calls_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>", "+4930123451", more);
    alice.rings_from("anonymous");
    alice.declines();
}

#[test]
fn a_number_may_lead_to_a_code_and_one_without_a_row_to_nothing() {
    let (office, one, _) = office("101 Alice phone");
    one.calls("+49891234567", "+4930123459");
    one.is_at(Stage::Talks);
    one.hangs_up();
    one.calls("+49891234567", "+4930123458");
    one.is_at(Stage::Over(404));
    one.calls("+49891234567", "112");
    one.is_at(Stage::Over(404));
    assert!(office.alerts().is_empty());
}

#[test]
fn nobody_goes_out_again_at_the_offices_cost() {
    let (_office, one, two) = office("101 Alice phone");
    one.calls("+49891234567", "+33123456789");
    one.is_at(Stage::Over(404));
    assert!(two.peer().calls.is_empty());
}

#[test]
fn a_trunk_that_cannot_leads_to_the_next_and_what_the_called_says_is_final() {
    for status in [503, 500, 403, 408] {
        let (office, one, two) = office("101 Alice phone");
        let alice = office.phone(101);
        one.set(|peer| {
            peer.refuses.insert("+49891234567".to_owned(), status);
        });
        alice.dials("0891234567");
        two.rings("0891234567").answers();
        alice.talks().hangs_up();
    }
    for (status, shown) in [(486, "486"), (404, "404"), (603, "603"), (484, "404"), (480, "480")] {
        let (office, one, two) = office("101 Alice phone");
        let alice = office.phone(101);
        one.set(|peer| {
            peer.refuses.insert("+49891234567".to_owned(), status);
        });
        alice.dials("0891234567").shows(shown).is_idle();
        assert!(two.peer().calls.is_empty(), "{status}");
    }
}

#[test]
fn a_trunk_that_has_just_died_costs_three_seconds_and_then_none() {
    let (office, one, two) = office("101 Alice phone");
    let alice = office.phone(101);
    one.becomes(Temper::IsSilent);
    alice.dials("0891234567");
    office.wait(secs(3));
    assert_eq!(two.peer().calls.len(), 1, "it is called by the other trunk");
    two.rings("0891234567").answers();
    alice.talks().hangs_up();
    office.wait(secs(3));
    office.trunk_is("one", Health::Down, "it does not answer");
    alice.dials("0891234567");
    office.wait(secs(1));
    two.is_at(Stage::Rings).answers();
    alice.talks().hangs_up();
    assert!(office.story(2).contains("PassedOver"), "{}", office.story(2));
}

#[test]
fn without_any_trunk_the_caller_is_told_and_the_office_goes_on() {
    let (office, one, two) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    bob.is_registered();
    one.becomes(Temper::IsSilent);
    two.becomes(Temper::IsSilent);
    office.wait(secs(45));
    alice.dials("0891234567").shows("502").is_idle();
    alice.dials("102");
    bob.answers();
    alice.talks().hangs_up();
}

#[test]
fn an_emergency_call_tries_every_trunk_whatever_is_known_of_it() {
    let (office, one, two) = office("101 Alice phone");
    office.reloads(|raw| raw.people[0].permission = Some("internal".to_owned()));
    let alice = office.phone(101);
    one.set(|peer| {
        peer.refuses.insert("112".to_owned(), 404);
    });
    alice.dials("112");
    two.rings("112").answers();
    alice.talks().hangs_up();
    assert!(office.alerts().is_empty());
    one.becomes(Temper::IsSilent);
    two.becomes(Temper::IsSilent);
    office.wait(secs(45));
    two.becomes(Temper::Works);
    alice.dials("112");
    two.rings("112").answers();
    alice.talks().hangs_up();
    one.becomes(Temper::IsSilent);
    two.becomes(Temper::IsSilent);
    alice.dials("112");
    office.wait(secs(4));
    alice.hears("special information").hangs_up();
    office.wait(secs(1));
    assert_eq!(office.alerts().len(), 1, "{:?}", office.alerts());
    assert_eq!(office.errors().len(), 1);
}

#[test]
fn an_extension_calls_no_further_than_it_may() {
    for (permission, number, is_placed) in [
        ("internal", "030555555", false),
        ("local", "030555555", true),
        ("local", "0891234567", false),
        ("national", "015112345678", true),
        ("national", "0033123456789", false),
        ("national", "09001234567", false),
        ("international", "0033123456789", true),
        ("international", "09001234567", false),
        ("premium", "09001234567", true),
    ] {
        let (office, one, _) = office("101 Alice phone");
        office.reloads(|raw| raw.people[0].permission = Some(permission.to_owned()));
        let alice = office.phone(101);
        alice.dials(number);
        if is_placed {
            one.is_at(Stage::Rings).answers();
            alice.talks().hangs_up();
        } else {
            alice.shows("403").is_idle();
            assert!(one.peer().calls.is_empty(), "{permission} {number}");
        }
    }
}

#[test]
fn a_phone_that_sends_its_calls_outside_pays_by_its_own_permission() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    office.reloads(|raw| raw.people[1].permission = Some("international".to_owned()));
    let alice = office.phone(101).as_model("redirects-to-0033123456789");
    let bob = office.phone(102);
    alice.is_registered();
    bob.dials("101").shows("403").is_idle();
    office.reloads(|raw| raw.people[0].permission = Some("international".to_owned()));
    one.calls("+49891234567", "+4930123451");
    one.rings("+33123456789");
    assert!(one.header("From").contains("+49891234567"), "{}", one.header("From"));
    assert_eq!(one.header("P-Asserted-Identity"), "<sip:+4930123451@203.0.113.5>");
    let diversion = one.header("Diversion");
    assert!(diversion.contains("sip:+4930123451@203.0.113.5") && diversion.contains("reason="), "{diversion}");
    assert!(one.header("History-Info").contains("index=1.1"));
    one.answers();
    office.wait(secs(1));
    one.hangs_up();
}

#[test]
fn a_number_of_our_own_stays_inside() {
    let (office, one, two) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.is_registered();
    bob.dials("030123451");
    alice.rings_from("102");
    alice.answers();
    bob.talks().hangs_up();
    assert!(one.peer().calls.is_empty() && two.peer().calls.is_empty());
}

#[test]
fn a_registering_trunk_is_called_by_its_contact_and_challenges_our_calls() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ONE);
    carrier.set(|peer| {
        peer.account = Some(("4930123451".to_owned(), "open-sesame".to_owned()));
        peer.challenges_calls = true;
    });
    let office = office.with_rows(
        "[office]\narea = \"30\"\n[[trunk]]\nname = \"one\"\nserver = \"203.0.113.5\"\nuser = \"4930123451\"\n\
         secret = \"open-sesame\"\nproxy = \"203.0.113.5\"\n[[number]]\nnumber = \"+4930123451\"\nto = \"101\"\n\
         [[route]]\nname = \"out\"\ntrunks = [\"one\"]\n",
    );
    office.trunk_is("one", Health::Up, "");
    let alice = office.phone(101);
    alice.dials("0891234567");
    carrier.rings("+49891234567");
    assert_eq!(carrier.header("Route"), "<sip:203.0.113.5;lr>");
    carrier.answers();
    alice.talks().hangs_up();
    carrier.is_at(Stage::Over(0));
    carrier.calls("+49891234567", "+4930123451");
    alice.rings_from("0891234567");
    alice.answers();
    carrier.is_at(Stage::Talks);
    alice.hangs_up();
    carrier.is_at(Stage::Over(0));
}

#[test]
fn what_a_carrier_plays_before_the_answer_is_heard_and_confirmed() {
    for model in ["desk", "knows-100rel", "requires-100rel"] {
        let (office, one, _) = office("101 Alice phone");
        let alice = office.phone(101).as_model(model);
        one.set(|peer| peer.has_early_media = true);
        alice.dials("0891234567");
        one.rings("+49891234567");
        alice.expects("is connected to what the carrier plays", |world| {
            world.phones[0].calls.values().any(|call| call.has_early_media)
        });
        one.answers();
        alice.talks();
        assert_eq!(one.peer().confirmed, ["41 1 INVITE"]);
        alice.hangs_up();
    }
}

#[test]
fn a_call_outlives_its_trunk() {
    for change in [
        |raw: &mut RawConfig| raw.trunks[0].enabled = Some(false),
        |raw: &mut RawConfig| {
            (raw.routes, raw.trunks) = (Vec::new(), Vec::new());
        },
    ] {
        let (office, one, _) = office("101 Alice phone");
        let alice = office.phone(101);
        alice.dials("0891234567");
        one.rings("+49891234567").answers();
        alice.talks();
        office.reloads(change);
        office.wait(secs(60));
        alice.talks();
        one.is_at(Stage::Talks).hangs_up();
        alice.is_idle();
    }
}

#[test]
fn a_trunk_that_is_set_up_otherwise_still_counts_its_calls() {
    let (office, one, _) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.dials("0891234567");
    one.rings("+49891234567").answers();
    alice.talks();
    office.reloads(|raw| raw.trunks[0].options_s = Some(60));
    office.until("the trunk carries the call", |world| world.status.trunks[0].calls == 1);
    alice.hangs_up();
    office.until("the trunk carries nothing", |world| world.status.trunks[0].calls == 0);
}

/// A registrar's way that makes every INVITE too large for a datagram.
fn long_way() -> String {
    format!("<sip:203.0.113.5;lr;{}>", "x".repeat(600))
}

#[test]
fn a_call_too_large_for_a_datagram_goes_by_tcp_or_by_udp_where_that_is_refused() {
    for takes_tcp in [true, false] {
        let office = Office::with("101 Alice phone\ncountry DE");
        let one = office.carrier(ONE);
        one.set(|peer| (peer.takes_tcp, peer.service_route) = (takes_tcp, Some(long_way())));
        let rows = ROWS.replacen("way = \"address\"", "user = \"line7\"\nsecret = \"open-sesame\"", 1);
        let office = office.with_rows(&rows);
        office.trunk_is("one", Health::Up, "");
        let alice = office.phone(101);
        for _ in 0..2 {
            alice.dials("0891234567");
            one.rings("+49891234567");
            let via = one.header("Via");
            assert!(via.starts_with(if takes_tcp { "SIP/2.0/TCP" } else { "SIP/2.0/UDP" }), "{via}");
            one.answers();
            alice.talks();
            alice.hangs_up();
            one.is_at(Stage::Over(0));
        }
    }
}

/// Trap 27.
#[test]
fn trap_27_a_number_is_hidden_for_one_call_by_its_code_or_by_the_phone_and_shown_by_the_other() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("anonymous"));
    let anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
    for (phone, number, is_hidden) in [
        (&alice, "0891234567", false),
        (&alice, "*670891234567", true),
        (&alice, "0891234567", false),
        (&bob, "0891234567", true),
        (&bob, "*820891234567", false),
    ] {
        phone.dials(number);
        one.rings("+49891234567");
        assert_eq!(one.header("From").starts_with(anonymous), is_hidden, "{number}: {}", one.header("From"));
        assert_eq!(one.header("Privacy"), if is_hidden { "id" } else { "" }, "{number}");
        let own = if std::ptr::eq(phone, &alice) { "+4930123451" } else { "+4930123450" };
        let asserted = format!("<sip:{own}@203.0.113.5>");
        assert_eq!(one.header("P-Asserted-Identity"), asserted, "the carrier itself knows");
        one.answers();
        phone.talks().hangs_up();
        one.is_at(Stage::Over(0));
    }
    // Who needs help is to be found.
    alice.dials("*67112");
    one.rings("112");
    assert!(one.header("From").contains("sip:+4930123451@"), "{}", one.header("From"));
    assert_eq!(one.header("Privacy"), "");
    one.answers();
    alice.talks().hangs_up();
    // Colleagues see each other.
    bob.dials("101");
    alice.rings_from("102").declines();
    bob.is_idle();
    alice.dials("*67102");
    bob.rings_from("101").declines();
    alice.is_idle().dials("*670891234567");
    one.is_at(Stage::Rings).answers();
    alice.talks().hangs_up();
    office.last_story_says("the number is hidden from whoever is called outside");
}

#[test]
fn a_trunk_of_two_addresses_is_called_and_registered_with_at_the_second_when_the_first_is_silent() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let (first, second) = (office.carrier("203.0.113.5:5060"), office.carrier("203.0.113.6:5060"));
    for carrier in [&first, &second] {
        carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    }
    let office = office.with_rows(
        "[office]\narea = \"30\"\n[[trunk]]\nname = \"one\"\nserver = \"a203-0-113-5.a203-0-113-6.example\"\n\
         user = \"line7\"\nsecret = \"open-sesame\"\n[[route]]\nname = \"out\"\ntrunks = [\"one\"]\n",
    );
    office.trunk_is("one", Health::Up, "");
    assert_eq!((first.peer().registrations, second.peer().registrations), (1, 0));
    first.becomes(Temper::IsSilent);
    let alice = office.phone(101);
    alice.dials("0891234567");
    second.rings("+49891234567").answers().is_at(Stage::Talks);
    alice.hangs_up();
    // The next REGISTER finds nobody at the first address, and somebody at the second.
    office.wait(secs(600));
    assert!(second.peer().registrations >= 1, "{}", second.peer().registrations);
    office.trunk_is("one", Health::Up, "");
}

#[test]
fn a_call_takes_the_way_the_form_the_codec_and_the_address_that_were_set_up() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let proxy = office.carrier(TWO);
    let office = office.with_rows(
        "[office]\narea = \"30\"\npublic_address = \"198.51.100.9\"\n[[trunk]]\nname = \"one\"\nway = \"address\"\n\
         server = \"carrier.example\"\nproxy = \"203.0.113.6\"\ncodecs = [\"pcmu\"]\nnumbers = \"national\"\nstrip = 1\n\
         prepend = \"9\"\n[[route]]\nname = \"out\"\ntrunks = [\"one\"]\n",
    );
    office.trunk_is("one", Health::Up, "");
    let alice = office.phone(101);
    alice.dials("0891234567");
    proxy.rings("9891234567");
    let invite = proxy.peer().calls.last().expect("it was called").invite.clone();
    let office::phone::message::Start::Request { uri, .. } = &invite.start else { panic!("no request: {invite:?}") };
    assert_eq!(uri, "sip:9891234567@carrier.example");
    assert!(proxy.header("Route").starts_with("<sip:203.0.113.6;lr>"), "{}", proxy.header("Route"));
    assert!(proxy.header("Contact").contains("@198.51.100.9:5060"), "{}", proxy.header("Contact"));
    assert!(invite.body.contains("c=IN IP4 198.51.100.9") && invite.body.contains("RTP/AVP 0 "), "{}", invite.body);
    assert!(!invite.body.contains("PCMA"), "{}", invite.body);
    proxy.answers().is_at(Stage::Talks);
    alice.talks();
}
