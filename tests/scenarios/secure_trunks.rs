//! Trunks by TLS: each is believed by its own name, also where two are at one address.

use office::{Carrier, Office, Stage, secs};
use pbx::trunks::Health;

const ONE: &str = "a203-0-113-5.one.example";
const TWO: &str = "a203-0-113-5.two.example";

/// An office with two trunks by TLS at one address, which proves these names.
fn office(proves: &[&str]) -> (Office, Carrier) {
    let office = Office::with("101 Alice phone\ncountry DE");
    let carrier = office.carrier("203.0.113.5:5060");
    carrier.set(|peer| peer.proves = proves.iter().map(ToString::to_string).collect());
    let row = |name: &str, host: &str| {
        format!("[[trunk]]\nname = \"{name}\"\nway = \"address\"\nserver = \"{host}\"\ntransport = \"tls\"\n")
    };
    let route = "[[route]]\nname = \"out\"\ntrunks = [\"two\", \"one\"]\n";
    (office.with_rows(&format!("{}{}{route}", row("one", ONE), row("two", TWO))), carrier)
}

#[test]
fn of_two_at_one_address_only_that_is_called_which_proves_its_own_name() {
    let (office, carrier) = office(&[ONE]);
    office.trunk_is("one", Health::Up, "").trunk_is("two", Health::Down, TWO);
    let alice = office.phone(101);
    alice.dials("+49891234567");
    carrier.rings("+49891234567").answers().is_at(Stage::Talks);
    let invite = carrier.peer().calls[0].invite.clone();
    assert!(invite.header("To").is_some_and(|to| to.contains(ONE)), "{invite:?}");
    office.wait(secs(1));
    alice.hangs_up();
    // The other is believed as soon as it proves its name, and called first, as its route says.
    carrier.set(|peer| peer.proves = vec![ONE.to_owned(), TWO.to_owned()]);
    office.wait(secs(60));
    office.trunk_is("two", Health::Up, "").trunk_is("one", Health::Up, "");
    alice.dials("+49891234567");
    carrier.rings("+49891234567").answers().is_at(Stage::Talks);
    let invite = carrier.peer().calls[1].invite.clone();
    assert!(invite.header("To").is_some_and(|to| to.contains(TWO)), "{invite:?}");
    carrier.hangs_up();
    alice.is_idle();
}

#[test]
fn who_proves_neither_name_is_told_nothing() {
    let (office, carrier) = office(&["three.example"]);
    office.trunk_is("one", Health::Down, ONE).trunk_is("two", Health::Down, TWO);
    assert_eq!(carrier.peer().questions, 0);
}
