//! Trunks: registered, asked whether they live, and said to be what they are.

use std::time::Duration;

use config::{RawConfig, Secret};
use office::{Carrier, Office, Temper, secs};
use pbx::trunks::{Exchange, Health, Heard, TURNS_KEPT};

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

#[test]
fn a_trunk_signs_off_when_the_box_goes() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    office.shuts_down();
    assert!(carrier.peer().contact.is_none(), "the carrier would go on to send calls");
    let asked = carrier.peer().questions;
    office.wait(secs(1_000));
    assert!(carrier.peer().contact.is_none() && carrier.peer().questions == asked, "it is left alone then");
}

#[test]
fn a_silent_carrier_does_not_hold_up_the_end() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    carrier.becomes(Temper::IsSilent);
    // Far less than the 32 s after which the stack gives a request up.
    office.shuts_down();
}

#[test]
fn what_came_back_is_shown_and_can_be_had_at_once() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "another".to_owned())));
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Down, "it refuses user or secret (401)");
    office.wait(secs(300));
    let reply = |status, phrase: &str| Some(Heard::Reply { status, phrase: phrase.to_owned() });
    let outcome = |exchange: &Option<Exchange>| exchange.clone().and_then(|one| Some(one.heard?.1));
    let trunk = office.status().trunks[0].clone();
    assert_eq!((outcome(&trunk.register), outcome(&trunk.options)), (reply(401, "Unauthorized"), reply(200, "OK")));
    carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
    // The next try of its own would be minutes away.
    assert!(office.administrator_tries("carrier"));
    office.wait(secs(1));
    let tried = office.status().trunks[0].clone();
    assert_eq!((tried.health, outcome(&tried.register)), (Health::Up, reply(200, "OK")));
    assert!(tried.register.map(|one| one.asked_at) > trunk.register.map(|one| one.asked_at));
    carrier.becomes(Temper::IsSilent);
    assert!(office.administrator_tries("carrier"));
    office.wait(secs(40));
    let silent = office.status().trunks[0].clone();
    assert_eq!((outcome(&silent.register), outcome(&silent.options)), (Some(Heard::Nothing), Some(Heard::Nothing)));
    assert!(!office.administrator_tries("nobody"));
}

#[test]
fn one_that_is_never_asked_may_be_tried_and_is_not_judged_by_that() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    let office = office.with_rows(&format!("{BY_ADDRESS}options_s = 0\n"));
    office.trunk_is("carrier", Health::Up, "");
    carrier.becomes(Temper::IsSilent);
    for _ in 0..5 {
        assert!(office.administrator_tries("carrier"));
        office.wait(secs(5));
    }
    office.trunk_is("carrier", Health::Up, "");
    let options = office.status().trunks[0].options.clone().expect("it was asked");
    assert_eq!(options.heard.map(|heard| heard.1), Some(Heard::Nothing));
    let asked = carrier.peer().questions;
    office.wait(secs(600));
    assert_eq!(carrier.peer().questions, asked);
}

#[test]
fn the_history_of_a_trunk_outlives_its_changes_and_is_bounded() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier(ADDRESS);
    let office = office.with_rows(BY_ADDRESS);
    let history =
        || -> Vec<Option<Health>> { office.status().trunks[0].history.iter().map(|turn| turn.health).collect() };
    office.trunk_is("carrier", Health::Up, "");
    office.reloads(|raw| raw.trunks[0].enabled = Some(false));
    office.wait(secs(5));
    office.reloads(|raw| raw.trunks[0].enabled = None);
    office.trunk_is("carrier", Health::Up, "");
    office.reloads(|raw| raw.trunks[0].transport = Some("udp".to_owned()));
    office.wait(secs(5));
    assert_eq!(history(), [Some(Health::Down), Some(Health::Up), None, Some(Health::Up)]);
    for _ in 0..TURNS_KEPT {
        carrier.becomes(Temper::IsSilent);
        office.wait(secs(60));
        carrier.becomes(Temper::Works);
        office.wait(secs(30));
    }
    let turns = history();
    assert_eq!(turns.len(), TURNS_KEPT);
    assert!(turns.windows(2).all(|two| two[0] != two[1]), "{turns:?}");
}

#[test]
fn a_trunk_that_flaps_costs_no_call_within_the_office() {
    let office = Office::with("101 Alice phone\n102 Bob phone\n103 Carol phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    let (alice, bob) = (office.phone(101), office.phone(102));
    for round in 0..40_u64 {
        match round % 4 {
            0 => carrier.becomes(Temper::IsSilent),
            1 => carrier.becomes(Temper::Refuses(503)),
            2 => carrier.set(|peer| peer.account = Some(("line7".to_owned(), "another".to_owned()))),
            _ => carrier.becomes(Temper::Works),
        };
        if round % 4 == 3 {
            carrier.set(|peer| peer.account = Some(("line7".to_owned(), "open-sesame".to_owned())));
        }
        office.wait(secs(round % 7));
        alice.dials("102");
        bob.answers().talks_to(&alice);
        office.wait(secs(round % 5));
        alice.hangs_up();
        bob.is_idle();
    }
    assert_eq!(office.status().counters.answered, 40);
    office.wait(secs(150));
    office.trunk_is("carrier", Health::Up, "");
}

/// After the line is back: how long until the trunk is up, in tenths of a second, each of many times.
fn comes_back(seed: u64) -> Vec<u32> {
    let office = Office::with("101 Alice phone\ncountry DE").seed(seed);
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    let is_up = || office.status().trunks[0].health == Health::Up && carrier.peer().contact.is_some();
    let mut waits = Vec::new();
    for round in 0..10 {
        carrier.set(|peer| peer.contact = None).becomes(Temper::IsSilent);
        let is_down = || office.status().trunks[0].health == Health::Down;
        let noticed = (0..12).any(|_| {
            office.wait(secs(10));
            is_down()
        });
        assert!(noticed, "round {round}: the line is gone, and the trunk up");
        let (asked, registered) = (carrier.peer().questions, carrier.peer().registrations);
        carrier.becomes(Temper::Works);
        let tenths = (0..50).find(|_| {
            office.wait(Duration::from_millis(100));
            is_up()
        });
        waits.push(tenths.unwrap_or_else(|| panic!("round {round}: not registered 5 s after the line is back")));
        office.wait(secs(15));
        let peer = carrier.peer();
        assert!(peer.questions - asked <= 10 && peer.registrations - registered <= 2, "round {round}: a storm");
    }
    waits
}

#[test]
fn a_line_that_comes_and_goes_has_its_trunk_registered_again_within_five_seconds_without_a_storm() {
    assert_ne!(comes_back(1), comes_back(2), "two boxes do not come back at the same moments");
}

#[test]
fn a_dns_that_dies_takes_no_trunk_along() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(&REGISTERS.replace("\"203.0.113.5\"", "\"a203-0-113-5.example\""));
    office.trunk_is("carrier", Health::Up, "");
    office.dns_dies();
    let before = carrier.peer().registrations;
    office.wait(secs(3_600));
    office.trunk_is("carrier", Health::Up, "");
    assert!(carrier.peer().registrations >= before + 5, "it goes on to register");
    office.restarts();
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(office.status().trunks[0].addresses, [ADDRESS]);
}

#[test]
fn a_trunk_whose_name_was_never_known_says_that_the_dns_is_silent_and_comes_up_with_it() {
    let office = Office::with("101 Alice phone\ncountry DE");
    office.carrier(ADDRESS);
    office.dns_dies();
    let office = office.with_rows(&BY_ADDRESS.replace("\"203.0.113.5\"", "\"a203-0-113-5.example\""));
    office.trunk_is("carrier", Health::Down, "no name server answers, so that a203-0-113-5.example cannot be found");
    office.wait(secs(60));
    office.dns_returns();
    office.wait(secs(6));
    office.trunk_is("carrier", Health::Up, "");
}

#[test]
fn a_trunk_that_is_switched_off_or_removed_signs_off() {
    for change in [|raw: &mut RawConfig| raw.trunks[0].enabled = Some(false), |raw: &mut RawConfig| raw.trunks.clear()]
    {
        let office = Office::with("101 Alice phone\ncountry DE");
        let carrier = registrar(&office);
        let office = office.with_rows(REGISTERS);
        office.trunk_is("carrier", Health::Up, "");
        office.reloads(change);
        office.wait(secs(1));
        assert_eq!((carrier.peer().contact.is_none(), carrier.peer().departures), (true, 1));
        office.wait(secs(1_000));
        assert_eq!((carrier.peer().contact.is_none(), carrier.peer().departures), (true, 1));
    }
}

#[test]
fn a_trunk_that_moves_signs_off_at_the_old_place_before_it_registers_at_the_new() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let other = office.carrier("203.0.113.6:5060");
    other.set(|peer| peer.account = Some(("line7".to_owned(), "another-word".to_owned())));
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    office.reloads(|raw| {
        raw.trunks[0].server = Some("203.0.113.6".to_owned());
        raw.trunks[0].secret = Some(Secret::new("another-word"));
    });
    office.until("the new place knows us", |world| {
        let (old, new) = (&world.carriers[0], &world.carriers[1]);
        assert!(new.contact.is_none() || old.contact.is_none(), "both know us");
        new.contact.is_some()
    });
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!((carrier.peer().departures, other.peer().departures), (1, 0));
}

#[test]
fn a_trunk_that_is_set_up_otherwise_with_its_carrier_stays_registered() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    // The same Contact: what comes late must not undo what is new.
    for seconds in [20, 40, 60, 80] {
        office.reloads(|raw| raw.trunks[0].options_s = Some(seconds));
    }
    office.wait(secs(10));
    office.trunk_is("carrier", Health::Up, "");
    assert!(carrier.peer().contact.is_some() && carrier.peer().departures >= 1);
    assert!(!carrier.peer().is_out_of_order, "each REGISTER counts on");
}

#[test]
fn an_old_place_that_is_silent_does_not_hold_up_the_new() {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = registrar(&office);
    let other = office.carrier("203.0.113.6:5060");
    let office = office.with_rows(REGISTERS);
    office.trunk_is("carrier", Health::Up, "");
    carrier.becomes(Temper::IsSilent);
    office.reloads(|raw| raw.trunks[0].server = Some("203.0.113.6".to_owned()));
    office.wait(secs(3));
    office.trunk_is("carrier", Health::Up, "");
    assert_eq!(other.peer().registrations, 1);
    office.wait(secs(60));
    assert_eq!(other.peer().registrations, 1, "the old place's silence is none of the new one's");
}
