//! Whoever guesses is slowed and seen, and keeps nobody else out (RFC 3261 §26, RFC 7616 §5).

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use proptest::prelude::*;
use sip::auth::{
    ACCOUNT_TRIES, ANSWERS_PER_WAIT, ATTACK_TRIES, ATTACKS_EVERY, Attempt, Authenticator, CHANCE_EVERY, ClientRequest,
    Credential, FIRST_WAIT, FORGOTTEN, FREE_TRIES, LONGEST_WAIT, MAX_ATTEMPTS, MAX_NAMES, MAX_SOURCES, Manner, Verdict,
    Why, answer_challenge, ha1,
};

const URI: &str = "sip:192.0.2.1";
const S: fn(u64) -> Duration = Duration::from_secs;
const MOMENT: Duration = Duration::from_millis(1);
/// One address that hides many devices.
const NAT: &str = "192.0.2.20";

fn at(ip: &str, port: u16) -> SocketAddr {
    SocketAddr::new(ip.parse().unwrap(), port)
}

/// The server, and what its peers know: `anna` and `bert` with the secret `secret`.
struct House {
    auth: Authenticator,
    now: Duration,
}

impl House {
    fn new() -> House {
        let mut auth = Authenticator::new("office".to_owned(), [7; 32]);
        auth.set_credentials(vec![credential("anna", "secret"), credential("bert", "secret")]);
        House { auth, now: S(1000) }
    }

    fn tries(&mut self, from: SocketAddr, user: &str, secret: &str) -> Verdict {
        let challenges = self.auth.challenges(self.now, from.ip(), false);
        let request = ClientRequest { method: "REGISTER", uri: URI, user, secret, cnonce: "0a4f113b", nc: 1 };
        let value = answer_challenge(challenges.iter().map(String::as_bytes), &request).unwrap();
        self.auth.check(self.now, "REGISTER", URI, from, [value.as_bytes()])
    }

    fn is_right(&mut self, from: SocketAddr, user: &str) -> bool {
        self.tries(from, user, "secret") == Verdict::Known(user.to_owned())
    }

    /// A wrong password, and how it is answered.
    fn guesses(&mut self, from: SocketAddr, user: &str) -> Manner {
        let verdict = self.tries(from, user, "guess");
        assert!(matches!(verdict, Verdict::Wrong { .. } | Verdict::Unheard { .. }), "{verdict:?}");
        self.auth.refuse(self.now, from, user).0
    }

    fn guesses_often(&mut self, from: SocketAddr, user: &str, times: u32) -> Vec<Manner> {
        (0..times).map(|_| self.guesses(from, user)).collect()
    }

    fn row(&self, user: &str) -> Attempt {
        let rows = self.auth.attempts(self.now);
        rows.into_iter().find(|row| row.user.as_deref() == Some(user)).expect("a row")
    }
}

fn credential(user: &str, secret: &str) -> Credential {
    let (ha1_md5, ha1_sha256) = ha1(user, "office", secret);
    Credential { user: user.to_owned(), ha1_md5, ha1_sha256, aors: vec!["101".to_owned()] }
}

#[test]
fn twenty_wrong_passwords_are_slowed_after_five_and_then_not_answered() {
    let mut house = House::new();
    let told = house.guesses_often(at(NAT, 5060), "anna", 20);
    let (free, slowed) = told.split_at(FREE_TRIES as usize);
    assert!(free.iter().all(|manner| *manner == Manner::Challenge), "{told:?}");
    let (waits, silence) = slowed.split_at(ANSWERS_PER_WAIT as usize);
    assert!(waits.iter().all(|manner| *manner == Manner::Wait(2)), "{told:?}");
    assert!(silence.iter().all(|manner| *manner == Manner::Silence) && silence.len() == 11, "{told:?}");
    let row = house.row("anna");
    assert_eq!((row.count, row.why, row.until), (20, Why::WrongSecret, Some(house.now + FIRST_WAIT)));
    assert_eq!(row.source, NAT.parse::<IpAddr>().unwrap());
}

#[test]
fn waits_double_up_to_the_longest_and_are_forgotten_after_a_quiet_hour() {
    let mut house = House::new();
    let from = at(NAT, 5060);
    house.guesses_often(from, "anna", FREE_TRIES);
    for wait in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        assert_eq!(house.guesses(from, "anna"), Manner::Wait(wait));
        house.now += S(wait.into());
        assert_eq!(house.guesses(from, "anna"), Manner::Challenge, "after {wait} s");
    }
    house.now += FORGOTTEN;
    assert!(house.guesses_often(from, "anna", FREE_TRIES).iter().all(|manner| *manner == Manner::Challenge));
}

#[test]
fn a_phone_that_gets_its_right_password_is_heard_when_its_wait_is_over() {
    let mut house = House::new();
    let phone = at(NAT, 5060);
    house.guesses_often(phone, "anna", 8);
    assert_eq!(house.tries(phone, "anna", "secret"), Verdict::Unheard { user: "anna".to_owned() });
    house.now += FIRST_WAIT;
    assert!(house.is_right(phone, "anna"));
    assert!(house.guesses_often(phone, "anna", FREE_TRIES).iter().all(|manner| *manner == Manner::Challenge));
}

#[test]
fn others_behind_the_same_address_are_heard_at_once_while_one_guesses() {
    let mut house = House::new();
    house.guesses_often(at(NAT, 5060), "anna", 50);
    assert!(house.is_right(at(NAT, 5062), "bert"), "another account");
    assert!(house.is_right(at(NAT, 5064), "anna"), "the same account on another device");
    assert!(house.is_right(at("192.0.2.99", 5060), "anna"), "the same account elsewhere");
    // It has proven itself from there: no chance is needed any more.
    assert!((0..20).all(|_| house.is_right(at(NAT, 5064), "anna")));
    assert_eq!(house.guesses(at(NAT, 5060), "anna"), Manner::Silence, "and the guesser gained nothing");
}

#[test]
fn a_guesser_with_many_ports_has_one_try_a_second() {
    let mut house = House::new();
    house.guesses_often(at(NAT, 5060), "anna", FREE_TRIES);
    let mut heard = 0;
    for port in 10_000..12_000 {
        heard += u32::from(matches!(house.tries(at(NAT, port), "anna", "guess"), Verdict::Wrong { .. }));
        house.now += MOMENT;
    }
    assert!(heard <= 2 + 1, "{heard} in 2 s");
    house.now += CHANCE_EVERY;
    assert!(house.is_right(at(NAT, 9), "anna"));
}

#[test]
fn a_registered_phone_is_heard_whatever_is_guessed_around_it() {
    let mut house = House::new();
    let phone = at(NAT, 5060);
    assert!(house.is_right(phone, "anna"));
    for port in 10_000..10_500 {
        house.guesses(at(NAT, port), "anna");
        assert!(house.is_right(phone, "anna"));
    }
    // Its password was changed: what it proved before counts no more.
    house.auth.set_credentials(vec![credential("anna", "new"), credential("bert", "secret")]);
    for _ in 0..FREE_TRIES {
        assert!(matches!(house.tries(phone, "anna", "secret"), Verdict::Wrong { .. }));
    }
    assert!(matches!(house.tries(phone, "anna", "secret"), Verdict::Unheard { .. }));
}

#[test]
fn a_new_secret_ends_the_waits_for_the_old_one() {
    let mut house = House::new();
    let phone = at(NAT, 5060);
    house.guesses_often(phone, "anna", 20);
    house.auth.set_credentials(vec![credential("anna", "new"), credential("bert", "secret")]);
    assert_eq!(house.tries(phone, "anna", "new"), Verdict::Known("anna".to_owned()));
}

#[test]
fn an_account_that_is_guessed_from_everywhere_gives_each_source_one_free_try() {
    let mut house = House::new();
    let source = |number: u32| SocketAddr::new(IpAddr::from((0xC633_6400 + number).to_be_bytes()), 5060);
    for number in 0..ACCOUNT_TRIES {
        house.guesses(source(number), "anna");
    }
    let late = source(200);
    assert!(matches!(house.tries(late, "anna", "guess"), Verdict::Wrong { .. }));
    assert!(matches!(house.tries(late, "anna", "guess"), Verdict::Unheard { .. }));
    assert!(house.is_right(source(201), "anna"), "a right one is heard at once");
    assert!(matches!(house.tries(late, "bert", "guess"), Verdict::Wrong { .. }), "of others nothing is known");
}

#[test]
fn accounts_and_names_that_are_none_are_answered_alike() {
    for times in [3, 12, 40] {
        let told = ["anna", "nobody"].map(|user| {
            let mut house = House::new();
            let mut told = Vec::new();
            for _ in 0..times {
                told.push(house.guesses(at(NAT, 5060), user));
                house.now += Duration::from_millis(700);
            }
            told
        });
        assert_eq!(told[0], told[1]);
    }
    // One after the other, from a source that is slowed already.
    let mut house = House::new();
    let names: Vec<String> = (0..60).map(|number| format!("10{number}")).collect();
    for name in &names {
        house.guesses(at(NAT, 5060), name);
    }
    house.now += S(2);
    let mut other = House { auth: house.auth.clone(), now: house.now };
    let told = (house.guesses_often(at(NAT, 5060), "anna", 9), other.guesses_often(at(NAT, 5060), "nobody", 9));
    assert_eq!(told.0, told.1);
}

#[test]
fn a_name_in_a_second_header_is_slowed_as_well() {
    let mut house = House::new();
    let from = at(NAT, 5060);
    house.guesses_often(from, "anna", FREE_TRIES);
    let challenges = house.auth.challenges(house.now, from.ip(), false);
    let value = |user, secret| {
        let request = ClientRequest { method: "REGISTER", uri: URI, user, secret, cnonce: "0a4f113b", nc: 1 };
        answer_challenge(challenges.iter().map(String::as_bytes), &request).unwrap()
    };
    let both = [value("fresh", "guess"), value("anna", "secret")];
    let verdict = house.auth.check(house.now, "REGISTER", URI, from, both.iter().map(String::as_bytes));
    assert_eq!(verdict, Verdict::Wrong { user: "fresh".to_owned() });
}

#[test]
fn an_attack_is_told_once_and_a_thousand_sources_are_one() {
    let mut house = House::new();
    let mut told = Vec::new();
    for number in 0..1000_u32 {
        let from = SocketAddr::new(IpAddr::from((0xC633_0000 + number).to_be_bytes()), 5060);
        for _ in 0..ATTACK_TRIES * 2 {
            house.tries(from, "anna", "guess");
            told.extend(house.auth.refuse(house.now, from, "anna").1);
        }
    }
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].user.as_str(), told[0].tries), ("anna", ATTACK_TRIES));
    let from = at(NAT, 5060);
    house.now += ATTACKS_EVERY;
    for _ in 0..ATTACK_TRIES * 2 {
        house.tries(from, "bert", "guess");
        told.extend(house.auth.refuse(house.now, from, "bert").1);
    }
    assert_eq!(told.len(), 2, "later it is another one: {told:?}");
}

#[test]
fn what_is_remembered_has_a_limit_and_the_oldest_goes_first() {
    let mut house = House::new();
    for number in 0..(MAX_SOURCES * 2) as u32 {
        house.now += MOMENT;
        let from = SocketAddr::new(IpAddr::from((0x0A00_0000 + number).to_be_bytes()), 5060);
        for name in 0..40 {
            house.guesses(from, &format!("name{name}"));
        }
    }
    let rows = house.auth.attempts(house.now);
    assert!(rows.len() <= MAX_ATTEMPTS, "{}", rows.len());
    let sources: std::collections::BTreeSet<IpAddr> = rows.iter().map(|row| row.source).collect();
    assert!(sources.len() <= MAX_SOURCES && sources.len() > MAX_SOURCES / 2, "{}", sources.len());
    let newest: Vec<&Attempt> = rows.iter().filter(|row| row.last == house.now).collect();
    assert_eq!(newest.len(), MAX_NAMES + 1, "a row for each of some names, and one for all others");
    let others = newest.iter().find(|row| row.user.is_none()).map(|row| row.count);
    assert_eq!(others, Some(40 - MAX_NAMES as u64));
}

#[test]
fn an_administrator_can_end_a_wait() {
    let mut house = House::new();
    let phone = at(NAT, 5060);
    house.guesses_often(phone, "anna", 30);
    assert!(!house.auth.forgive("192.0.2.200".parse().unwrap()));
    assert!(house.auth.forgive(phone.ip()));
    assert_eq!(house.row("anna").until, None);
    assert!(house.is_right(phone, "anna"));
}

#[test]
fn nobody_is_slowed_for_a_nonce_that_is_not_of_here() {
    let mut house = House::new();
    let from = at(NAT, 5060);
    for _ in 0..100 {
        let challenges = house.auth.challenges(house.now, "192.0.2.66".parse().unwrap(), false);
        let request =
            ClientRequest { method: "REGISTER", uri: URI, user: "anna", secret: "x", cnonce: "0a4f113b", nc: 1 };
        let value = answer_challenge(challenges.iter().map(String::as_bytes), &request).unwrap();
        assert_eq!(house.auth.check(house.now, "REGISTER", URI, from, [value.as_bytes()]), Verdict::Stale);
    }
    assert_eq!(house.auth.attempts(house.now), []);
}

#[test]
fn what_a_guesser_does_survives_a_checkpoint() {
    let mut house = House::new();
    house.guesses_often(at(NAT, 5060), "anna", 20);
    assert!(house.is_right(at(NAT, 5062), "bert"));
    let saved = serde_json::to_string(&house.auth).unwrap();
    let mut restored = House { auth: serde_json::from_str(&saved).unwrap(), now: house.now };
    assert_eq!(restored.auth.attempts(house.now), house.auth.attempts(house.now));
    assert_eq!(restored.guesses(at(NAT, 5060), "anna"), Manner::Silence);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever was guessed before, and from where: once the guessers pause, a phone is heard within the longest wait if
    /// it is the one that guessed, within a second if it is another.
    #[test]
    fn a_right_password_is_taken_within_a_bound(
        guesses in proptest::collection::vec((0..3_usize, 0..4_u16, 0..3_usize, 0..400_000_u64), 1..300),
        phone in (0..3_usize, 0..5_u16),
    ) {
        let ips = [NAT, "192.0.2.21", "2001:db8::5"];
        let users = ["anna", "bert", "nobody"];
        let mut house = House::new();
        for (ip, port, user, pause_ms) in &guesses {
            house.guesses(at(ips[*ip], 5060 + port), users[*user]);
            // Many at once, then a pause.
            house.now += Duration::from_millis(pause_ms.saturating_sub(350_000));
        }
        let from = at(ips[phone.0], 5060 + phone.1);
        let never_guessed = phone.1 == 4;
        let bound = if never_guessed { CHANCE_EVERY } else { LONGEST_WAIT };
        house.now += bound;
        prop_assert!(house.is_right(from, "anna"));
        // And from then on at once, whoever else goes on.
        for (ip, port, user, _) in guesses.iter().filter(|(ip, port, ..)| at(ips[*ip], 5060 + port) != from) {
            house.guesses(at(ips[*ip], 5060 + port), users[*user]);
            prop_assert!(house.is_right(from, "anna"));
        }
    }
}
