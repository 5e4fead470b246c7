//! Whose number whoever is called outside sees, what a carrier is told beside that, and which carrier is believed.

use office::{Carrier, Office, Phone, Stage};

use crate::two_trunks::office;

const ANONYMOUS: &str = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

/// Somebody is called outside and answers; then it is over.
#[track_caller]
fn is_called(phone: &Phone, dials: &str, at: &Carrier, number: &str) {
    phone.dials(dials);
    at.rings(number).answers();
    phone.talks().hangs_up();
    at.is_at(Stage::Over(0));
}

fn tell_by(office: &Office, identity: Option<&str>) {
    office.reloads(|raw| raw.trunks[0].identity = identity.map(str::to_owned));
}

#[test]
fn an_extension_hides_its_number_and_a_code_shows_it_for_one_call() {
    let (office, one, _) = office("101 Alice phone, hides number\n102 Bob phone");
    let (alice, bob) = (office.phone(101), office.phone(102));
    for (dialled, is_hidden) in [("0891234567", true), ("*820891234567", false), ("*670891234567", true)] {
        is_called(&alice, dialled, &one, "+49891234567");
        assert_eq!(one.header("From").starts_with(ANONYMOUS), is_hidden, "{dialled}: {}", one.header("From"));
        assert_eq!(one.header("Privacy"), if is_hidden { "id" } else { "" }, "{dialled}");
        assert_eq!(one.header("Contact").contains("+4930123451"), !is_hidden, "{dialled}: {}", one.header("Contact"));
        assert_eq!(one.header("P-Asserted-Identity"), "<sip:+4930123451@203.0.113.5>", "this carrier may know");
    }
    office.last_story_says("the number is hidden from whoever is called outside");
    // Who needs help is to be found, and colleagues see each other.
    is_called(&alice, "112", &one, "112");
    assert!(one.header("From").contains("sip:+4930123451@"), "{}", one.header("From"));
    assert_eq!(one.header("Privacy"), "");
    alice.dials("102");
    bob.rings_from("101").declines();
    alice.is_idle();
    is_called(&bob, "0891234567", &one, "+49891234567");
    assert!(one.header("From").contains("sip:+4930123450@"), "{}", one.header("From"));
}

#[test]
fn a_carrier_that_asserts_itself_hears_which_number_in_full_without_the_plus() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone, hides number");
    let (alice, bob) = (office.phone(101), office.phone(102));
    office.reloads(|raw| {
        (raw.trunks[0].identity, raw.trunks[0].numbers) = (Some("preferred".to_owned()), Some("digits".to_owned()));
    });
    is_called(&alice, "0891234567", &one, "49891234567");
    assert!(one.header("From").contains("sip:4930123451@"), "{}", one.header("From"));
    assert_eq!(one.header("P-Preferred-Identity"), "<sip:4930123451@203.0.113.5>");
    assert_eq!((one.header("P-Asserted-Identity"), one.header("Remote-Party-ID")), (String::new(), String::new()));
    is_called(&bob, "0891234567", &one, "49891234567");
    assert!(one.header("From").starts_with(ANONYMOUS), "{}", one.header("From"));
    assert_eq!(one.header("P-Preferred-Identity"), "<sip:4930123450@203.0.113.5>", "this carrier may know");
    assert_eq!(one.header("Privacy"), "id");
    // A number that somebody dials for help is no number in full.
    is_called(&alice, "112", &one, "112");
    // Whoever is called in this form, or in another, is found.
    one.calls("49891234567", "4930123451");
    alice.rings_from("0891234567").declines();
}

#[test]
fn a_trunk_is_told_who_calls_only_where_it_is_set_to_and_in_the_form_it_knows() {
    let (office, one, _) = office("101 Alice phone\n102 Bob phone, hides number");
    let (alice, bob) = (office.phone(101), office.phone(102));
    let told = || (one.header("P-Asserted-Identity"), one.header("Remote-Party-ID"));
    let nothing = || (String::new(), String::new());
    tell_by(&office, None);
    is_called(&alice, "0891234567", &one, "+49891234567");
    assert!(one.header("From").contains("sip:+4930123451@"), "{}", one.header("From"));
    assert_eq!(told(), nothing());
    is_called(&bob, "0891234567", &one, "+49891234567");
    assert_eq!((told(), one.header("Privacy").as_str()), (nothing(), "id"));
    assert!(!one.invite().contains("+4930123450"), "the number is nowhere: {}", one.invite());
    tell_by(&office, Some("remote_party"));
    is_called(&alice, "0891234567", &one, "+49891234567");
    let party = "<sip:+4930123451@203.0.113.5>;party=calling;screen=yes;privacy=off";
    assert_eq!(told(), (String::new(), party.to_owned()));
    is_called(&bob, "0891234567", &one, "+49891234567");
    let party = "<sip:+4930123450@203.0.113.5>;party=calling;screen=yes;privacy=full";
    assert_eq!(told(), (String::new(), party.to_owned()));
    assert!(one.header("From").starts_with(ANONYMOUS), "{}", one.header("From"));
}

#[test]
fn only_a_trusted_trunk_is_believed_who_calls() {
    let (office, one, _) = office("101 Alice phone");
    let alice = office.phone(101);
    alice.is_registered();
    let from = "<sip:+49301110@carrier.example>";
    let rpid = "Remote-Party-ID: <sip:+49891234567@carrier.example>;party=calling;privacy=off\r\n";
    let pai = "P-Asserted-Identity: <sip:+49891234567@carrier.example>\r\n";
    let both = format!("{pai}Remote-Party-ID: <sip:+49777@carrier.example>\r\n");
    for (is_trusted, more, shown) in [
        (true, pai, "0891234567"),
        (true, rpid, "0891234567"),
        (true, both.as_str(), "0891234567"),
        (true, "", "0301110"),
        (false, pai, "0301110"),
        (false, rpid, "0301110"),
        // Whoever wants to stay unknown does, whoever says so.
        (false, "Privacy: id\r\n", "anonymous"),
        (false, &rpid.replace("=off", "=full"), "anonymous"),
    ] {
        office.reloads(|raw| raw.trunks[0].trusted = Some(is_trusted));
        one.calls_with(from, "+4930123451", more);
        alice.rings_from(shown).declines();
        one.is_at(Stage::Over(603));
    }
}

#[test]
fn whoever_sends_a_call_on_stays_unknown_too() {
    let (office, one, _) = office("101 Alice phone, hides number\n102 Bob phone");
    office.reloads(|raw| raw.trunks[0].identity = None);
    let (alice, bob) = (office.phone(101).as_model("redirects-to-0891234567"), office.phone(102));
    alice.is_registered();
    // A colleague's call goes out at Alice's cost, and would show her number.
    bob.dials("101");
    one.rings("+49891234567");
    assert!(one.header("From").starts_with(ANONYMOUS), "{}", one.header("From"));
    assert!(!one.invite().contains("+4930123451"), "{}", one.invite());
    bob.hangs_up();
    one.is_at(Stage::Over(487));
    // A stranger's shows the stranger's.
    one.calls("+49301110", "+4930123451");
    one.rings("+49891234567");
    assert!(one.header("From").contains("+49301110"), "{}", one.header("From"));
    assert_eq!(one.header("Privacy"), "");
    assert!(!one.invite().contains("+4930123451"), "{}", one.invite());
    one.answers();
    office.wait(office::secs(1));
    one.hangs_up();
}
