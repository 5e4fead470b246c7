//! The box gets another address: a DHCP server that gives one, a cable that comes late, a second way out.

use office::{Carrier, Office, Stage, secs};
use pbx::trunks::Health;

use crate::OFFICE;

/// Where the box is at first.
const OLD: &str = "10.0.0.1";
/// Where it is then.
const NEW: &str = "10.0.0.77";

const TRUNK: &str = r#"
[office]
area = "30"
[[trunk]]
name = "carrier"
server = "203.0.113.5"
user = "line7"
secret = "open-sesame"
[[number]]
number = "+4930123451"
to = "101"
[[route]]
name = "out"
trunks = ["carrier"]
"#;

fn with_carrier() -> (Office, Carrier) {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier("203.0.113.5:5060");
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    let office = office.with_rows(TRUNK);
    office.trunk_is("carrier", Health::Up, "");
    (office, carrier)
}

/// Whether the box has told the carrier in their call that it is there.
#[track_caller]
fn is_told(office: &Office, carrier: &Carrier, ip: &str) {
    office.until(&format!("the carrier is told {ip}"), |_| {
        carrier.peer().calls.last().is_some_and(|call| call.target.contains(ip) && call.invite.body.contains(ip))
    });
}

#[test]
fn a_call_goes_on_when_the_box_moves_whoever_called_and_by_whatever_way() {
    for model in ["desk", "tcp", "delayed-offer", "no-update", "wrong-contact", "no-rport-phone", "many-codecs"] {
        let office = Office::with(OFFICE);
        let (alice, carol) = (office.phone(101).as_model(model), office.phone(103));
        alice.dials("103");
        carol.answers().talks_to(&alice);
        office.moves_to(&[NEW]);
        carol.talks_to(&alice);
        alice.hangs_up();
        carol.is_idle();
        alice.registers();
        alice.dials("103");
        carol.rings_from("101").answers().talks_to(&alice);
        assert!(office.tells(1).matches(NEW).count() == 2, "{model}: {}", office.tells(1));
    }
}

#[test]
fn a_phone_that_rings_is_called_again_from_the_new_address_by_whatever_way() {
    for model in ["desk", "tcp", "first-flow", "tcp-nat", "wrong-contact", "no-rport-phone", "no-update"] {
        let office = Office::with("101 Alice phone\n102 Bob phone, ring 20 s, voicemail");
        let (alice, bob) = (office.phone(101), office.phone(102).as_model(model));
        alice.dials("102");
        bob.rings();
        office.moves_to(&[NEW]);
        office.wait(secs(1));
        if model == "tcp-nat" {
            // Nobody can connect to it, as to a phone by TLS: it has to come back first.
            bob.registers();
            office.wait(secs(1));
        }
        bob.rings_from("101").answers().talks_to(&alice);
        let told = office.tells(1);
        assert!(told.contains(NEW), "{model}: {told}");
        bob.hangs_up();
        alice.is_idle();
    }
}

#[test]
fn a_phone_that_rings_waits_for_an_address_that_comes_late() {
    let office = Office::with("101 Alice phone\n102 Bob phone, ring 20 s, voicemail");
    let (alice, bob) = (office.phone(101), office.phone(102));
    alice.dials("102");
    bob.rings();
    office.moves_to(&[]);
    office.wait(secs(3));
    office.moves_to(&[NEW]);
    office.wait(secs(1));
    bob.answers().talks_to(&alice);
    bob.hangs_up();
    alice.is_idle();
}

#[test]
fn a_phone_that_never_comes_back_rings_no_longer_than_its_time() {
    let office = Office::with("101 Alice phone\n102 Bob phone, ring 10 s, voicemail");
    let (alice, bob) = (office.phone(101), office.phone(102).as_model("first-flow"));
    alice.dials("102");
    bob.rings();
    bob.loses_power();
    office.moves_to(&[NEW]);
    office.wait(secs(11));
    let told = office.tells(1);
    assert!(told.contains("step 2 begins") && told.contains("leg 1: answered"), "{told}");
    alice.hangs_up();
}

#[test]
fn whoever_rings_outside_is_called_again_from_the_new_address() {
    let (office, carrier) = with_carrier();
    let alice = office.phone(101);
    alice.dials("0891234567");
    carrier.rings("+49891234567");
    office.moves_to(&[NEW]);
    office.until("the carrier is called from the new address", |_| {
        carrier.peer().calls.last().is_some_and(|call| call.target.contains(NEW) && call.stage == Stage::Rings)
    });
    office.until("the first call is taken back", |_| {
        carrier.peer().calls.first().is_some_and(|call| matches!(call.stage, Stage::Over(_)))
    });
    carrier.answers().is_at(Stage::Talks);
    office.wait(secs(1));
    carrier.hangs_up();
    alice.is_idle();
}

#[test]
fn another_address_beside_the_old_one_disturbs_nobody() {
    let (office, carrier) = with_carrier();
    let alice = office.phone(101);
    alice.dials("0891234567");
    carrier.rings("+49891234567").answers().is_at(Stage::Talks);
    let (registered, left) = (carrier.peer().registrations, carrier.peer().departures);
    office.moves_to(&[OLD, NEW]);
    office.wait(secs(20));
    assert_eq!((carrier.peer().registrations, carrier.peer().departures), (registered, left));
    assert!(!office.tells(1).contains(NEW), "{}", office.tells(1));
    assert!(office.alerts().is_empty(), "{:?}", office.alerts());
}

#[test]
fn a_trunk_is_registered_from_the_new_address_at_once_and_no_more_from_the_old_one() {
    let (office, carrier) = with_carrier();
    let alice = office.phone(101);
    alice.dials("0891234567");
    carrier.rings("+49891234567").answers().is_at(Stage::Talks);
    office.wait(secs(1));
    office.moves_to(&[NEW]);
    office.until("the carrier knows the new address", |_| {
        carrier.peer().contact.as_ref().is_some_and(|(contact, _)| contact.contains(NEW))
    });
    assert_eq!(carrier.peer().departures, 1, "the old one was signed off");
    is_told(&office, &carrier, NEW);
    carrier.hangs_up();
    alice.is_idle();
    carrier.calls("+49891234567", "+4930123451");
    alice.rings().answers();
    carrier.is_at(Stage::Talks);
    office.trunk_is("carrier", Health::Up, "");
}

#[test]
fn another_way_out_is_taken_by_the_trunk_as_soon_as_it_is_the_better_one() {
    let (office, carrier) = with_carrier();
    office.moves_to(&["198.51.100.9", OLD]);
    office.until("the carrier knows the better way", |_| {
        carrier.peer().contact.as_ref().is_some_and(|(contact, _)| contact.contains("198.51.100.9"))
    });
}

#[test]
fn an_address_that_comes_late_is_all_a_box_needs() {
    let office = Office::with("101 Alice phone\n102 Bob phone\ncountry DE");
    let (alice, bob) = (office.phone(101), office.phone(102));
    office.moves_to(&[]);
    let carrier = office.carrier("203.0.113.5:5060");
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    let office = office.with_rows(TRUNK);
    office.trunk_is("carrier", Health::Down, "no address");
    assert!(office.alerts().is_empty(), "not at once");
    office.wait(secs(21));
    let alerts = office.alerts();
    assert!(alerts.len() == 1 && alerts[0].contains("no address in any network"), "{alerts:?}");
    office.moves_to(&[NEW]);
    office.trunk_is("carrier", Health::Up, "");
    alice.registers();
    bob.registers();
    alice.dials("102");
    bob.answers().talks_to(&alice);
    office.wait(secs(60));
    assert_eq!(office.alerts().len(), alerts.len(), "{:?}", office.alerts());
}

#[test]
fn people_are_told_that_phones_may_have_to_be() {
    let office = Office::with(OFFICE);
    let alice = office.phone(101);
    alice.is_registered();
    office.moves_to(&[NEW]);
    office.wait(secs(1));
    let alerts = office.alerts();
    assert!(alerts.len() == 1 && alerts[0].contains(OLD) && alerts[0].contains(NEW), "{alerts:?}");
}

#[test]
fn lamps_go_on() {
    let office = Office::with(OFFICE);
    let (alice, carol) = (office.phone(101), office.phone(103));
    carol.is_registered().watches("101").shows_idle("101");
    office.moves_to(&[NEW]);
    office.wait(secs(1));
    alice.registers();
    alice.dials("*43");
    carol.shows_busy("101", &["talks to *43"]);
    alice.hangs_up();
    carol.shows_idle("101");
    // The refresh finds the box where it is now.
    office.wait(secs(3_600));
    alice.dials("*43");
    carol.shows_busy("101", &["talks to *43"]);
    alice.hangs_up();
}

#[test]
fn a_public_address_that_changes_is_told_within_calls_and_registered() {
    let (office, carrier) = with_carrier();
    carrier.set(|peer| peer.sees_box_at = Some(([192, 0, 2, 1], 5060).into()));
    let alice = office.phone(101);
    office.wait(secs(700));
    alice.dials("0891234567");
    carrier.rings("+49891234567").answers().is_at(Stage::Talks);
    carrier.set(|peer| peer.sees_box_at = Some(([192, 0, 2, 2], 5060).into()));
    office.administrator_tries("carrier");
    is_told(&office, &carrier, "192.0.2.2");
    office.wait(secs(10));
    let contact = carrier.peer().contact.clone().expect("it is registered").0;
    assert!(contact.contains("192.0.2.2"), "{contact}");
    assert_eq!(office.status().calls.len(), 1);
}
