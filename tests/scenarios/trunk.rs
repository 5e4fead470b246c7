//! Trunks: registered, asked whether they live, and said to be what they are.

use office::{Carrier, Office, Temper, secs};
use pbx::trunks::Health;

const ADDRESS: &str = "203.0.113.5:5060";

const REGISTERS: &str = r#"
[[trunk]]
name = "carrier"
server = "203.0.113.5"
user = "line7"
secret = "open-sesame"
"#;

const BY_ADDRESS: &str = r#"
[[trunk]]
name = "carrier"
way = "address"
server = "203.0.113.5"
"#;

fn registrar(office: &Office) -> Carrier {
    let carrier = office.carrier(ADDRESS);
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    carrier
}

#[test]
fn a_trunk_registers_refreshes_and_says_so() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    let (contact, expires) = carrier.peer().contact.clone().expect("it is registered");
    assert_eq!(expires, 600);
    assert!(contact.starts_with("sip:") && contact.ends_with("@10.0.0.1:5060"), "{contact}");
    let trunk = office.status().trunks[0].clone();
    assert!(trunk.registers && trunk.registered_until.is_some() && trunk.round_trip_ms == Some(20), "{trunk:?}");
    office.wait(secs(700));
    assert!((2..=3).contains(&carrier.peer().registrations), "{}", carrier.peer().registrations);
    office.restarts();
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(carrier.peer().contact.clone().expect("it is registered").0, contact, "the same after a restart");
}

#[test]
fn a_registrar_may_want_a_longer_time_and_call_a_nonce_stale() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    carrier.set(|peer| (peer.least_s, peer.is_next_stale) = (1_800, true));
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(carrier.peer().contact.as_ref().map(|contact| contact.1), Some(1_800));
}

#[test]
fn a_wrong_secret_is_said_in_words_and_not_tried_without_rest() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "another".to_owned())));
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Down, "it refuses user or secret (401)");
    let before = office.status().trunks[0].failures.len();
    office.wait(secs(300));
    assert_eq!((before, office.status().trunks[0].failures.len()), (1, 1), "one trouble is told once");
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    office.wait(secs(150));
    office.trunk_is("carrier", Health::Up, "");
    office.reloads(|raw| raw.trunks[0].secret = None);
    office.trunk_is("carrier", Health::Down, "it wants a secret and none is set");
}

#[test]
fn silence_is_noticed_within_ten_seconds_and_its_end_within_fifteen() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    let office = office.with_rows(BY_ADDRESS);
    office.trunk_is("carrier", Health::Up, "");
    office.wait(secs(29));
    carrier.becomes(Temper::IsSilent);
    // The next question is at most half a minute away; from the first that is lost it takes ten seconds.
    office.wait(secs(32));
    office.wait(secs(10));
    office.trunk_is("carrier", Health::Down, "it does not answer");
    carrier.becomes(Temper::Works);
    office.wait(secs(10));
    office.trunk_is("carrier", Health::Up, "");
    assert!(!office.status().trunks[0].failures.is_empty());
}

#[test]
fn a_trunk_that_flaps_is_not_believed_at_its_first_word() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    let office = office.with_rows(BY_ADDRESS);
    office.trunk_is("carrier", Health::Up, "");
    for _ in 0..20 {
        carrier.becomes(Temper::IsSilent);
        office.wait(secs(13));
        carrier.becomes(Temper::Works);
        office.wait(secs(7));
    }
    office.wait(secs(15));
    office.trunk_is("carrier", Health::Up, "");
}

#[test]
fn an_answer_that_is_a_refusal_is_an_answer() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    carrier.becomes(Temper::Refuses(405));
    let office = office.with_rows(BY_ADDRESS);
    office.trunk_is("carrier", Health::Up, "");
}

#[test]
fn who_registers_us_and_never_answers_options_is_there() {
    let office = Office::with("101 Alice phone\ncountry DE");
    registrar(&office);
    let office = office.with_rows(&format!("{REGISTERS}options_s = 0\n"));
    office.trunk_is("carrier", Health::Up, "");
}

#[test]
fn a_name_is_looked_up_and_one_that_cannot_be_is_said() {
    let office = Office::with("101 Alice phone\ncountry DE");
    office.carrier(ADDRESS);
    let office = office.with_rows(&BY_ADDRESS.replace("\"203.0.113.5\"", "\"a203-0-113-5.example\""));
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(office.status().trunks[0].addresses, [ADDRESS]);
    office.reloads(|raw| raw.trunks[0].server = Some("nowhere.example".to_owned()));
    office.trunk_is("carrier", Health::Down, "the name nowhere.example cannot be found");
}

#[test]
fn the_box_says_its_public_address_where_a_nat_is_on_the_way() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    carrier.set(|peer| peer.sees_box_at = "198.51.100.77:41000".parse().ok());
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(office.status().trunks[0].seen_as.as_deref(), Some("198.51.100.77:41000"));
    office.wait(secs(600));
    let contact = carrier.peer().contact.clone().expect("it is registered").0;
    assert!(contact.ends_with("@198.51.100.77:41000"), "{contact}");
}

#[test]
fn a_trunk_that_is_switched_off_says_so_and_nothing_to_the_carrier() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    let office = office.with_rows(&format!("{BY_ADDRESS}enabled = false\n"));
    office.wait(secs(60));
    office.trunk_is("carrier", Health::Down, "it is switched off");
    assert_eq!(carrier.peer().questions, 0);
}
