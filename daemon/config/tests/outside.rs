//! Trunks, the office's numbers and routes: what is taken, what is said of the rest, and how numbers are read.

mod judged;

use config::{
    Class, Config, IdentityForm, MAX_E164, NumberForm, Permission, RawConfig, Secret, Server, TrunkCodec,
    TrunkTransport, TrunkWay, is_e164,
};
use proptest::prelude::*;

use judged::says;

const OFFICE: &str = r#"
[office]
country = "DE"
area = "30"
public_address = "203.0.113.7"
outside_at_once = 3
outside_per_hour = 20
outside_night = "22:00-06:00"
[[person]]
name = "Front Desk"
extension = "101"
permission = "international"
[[person]]
name = "Workshop"
extension = "102"
[[trunk]]
name = "carrier"
server = "sip.carrier.example"
proxy = "sbc.carrier.example:5061"
transport = "tcp"
user = "493012345"
auth_user = "line-7"
codecs = ["pcmu", "pcma", "pcmu"]
channels = 4
numbers = "national"
caller_number = "030 is not this"
[[trunk]]
name = "second"
way = "address"
server = "[2001:db8::5]:5080"
caller_number = "03012345"
strip = 1
prepend = "0"
trusted = true
identity = "remote_party"
sources = ["198.51.100.9", "::ffff:198.51.100.10"]
options_s = 0
[[number]]
number = "030123451"
to = "101"
[[number]]
number = "+4930123459"
to = "*43"
[[route]]
name = "everything"
trunks = ["second"]
[[route]]
name = "far"
patterns = ["+*"]
trunks = ["second"]
[[route]]
name = "capital"
patterns = ["+4930*", "112"]
trunks = ["second"]
class = "local"
"#;

fn office() -> String {
    OFFICE.replace("caller_number = \"030 is not this\"\n", "")
}

#[test]
fn a_good_office_has_its_ways_out() {
    let config = says(&office(), &[]);
    let carrier = config.trunk("carrier").expect("it is in the file");
    assert_eq!((carrier.way, carrier.transport, carrier.channels), (TrunkWay::Register, TrunkTransport::Tcp, 4));
    assert_eq!(carrier.next_hop(), &Server { host: "sbc.carrier.example".to_owned(), port: Some(5061) });
    assert_eq!(carrier.digest_user(), Some("line-7"));
    assert_eq!(
        (carrier.codecs.as_slice(), carrier.numbers),
        (&[TrunkCodec::Pcmu, TrunkCodec::Pcma][..], NumberForm::National)
    );
    let second = config.trunk("second").expect("it is in the file");
    assert_eq!((second.way, second.options_s, second.strip, second.prepend.as_str()), (TrunkWay::Address, 0, 1, "0"));
    assert_eq!((carrier.trusted, carrier.identity), (false, IdentityForm::None));
    assert_eq!((second.trusted, second.identity), (true, IdentityForm::RemoteParty));
    assert_eq!(second.caller_number.as_deref(), Some("+493012345"));
    assert_eq!(second.sources, ["198.51.100.9", "198.51.100.10"].map(|ip| ip.parse::<std::net::IpAddr>().unwrap()));
    assert_eq!(config.own_number("+4930123451").map(|own| own.to.as_str()), Some("101"));
    assert_eq!(config.number_of("101").map(|own| own.number.as_str()), Some("+4930123451"));
    assert_eq!(config.own_number("+4930123459").map(|own| own.to.as_str()), Some("*43"));
    let permission = |number| config.extension(number).map(|extension| extension.permission);
    assert_eq!((permission("101"), permission("102")), (Some(Permission::International), Some(Permission::National)));
    let toll = &config.office().toll;
    assert_eq!((toll.at_once, toll.per_hour, toll.night.is_some()), (3, 20, true));
}

#[test]
fn the_route_that_says_most_of_a_number_counts() {
    let config = says(&office(), &[]);
    let name = |number| config.route_of(number).map(|route| route.name.as_str());
    assert_eq!(name("+493012345"), Some("capital"));
    assert_eq!(name("+33123456789"), Some("far"));
    assert_eq!(name("112"), Some("capital"));
    assert_eq!(name("115"), Some("everything"));
    assert_eq!(config.route_of("+493012345").and_then(|route| route.class), Some(Class::Local));
}

#[test]
fn each_fault_says_what_to_write() {
    for (row, expected) in [
        ("[[trunk]]\nname = \"a b\"", "trunk 1 (a b), name: a trunk's name is"),
        ("[[trunk]]\nname = \"a\"", "trunk 1 (a), server: it is missing"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x y\"", "server: a server is a host name"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"", "user: it is missing"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"a@b\"", "user: an account is"),
        (
            "[[trunk]]\nname = \"a\"\nserver = \"x\"\nway = \"isdn\"",
            "there is no isdn here: write one of register, address",
        ),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\nsecret = \"s\"", "secret: it is in clear"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\ncodecs = [\"g729\"]", "codecs: there is no g729 here"),
        (
            "[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\nidentity = \"yes\"",
            "identity: there is no yes here: write one of none, asserted, preferred, remote_party",
        ),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\nchannels = 0", "channels: 0 is out of range"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\noptions_s = 5", "options_s: 5 is out of range"),
        (
            "[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\ncaller_number = \"12\"",
            "caller_number: 12 is no telephone number",
        ),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\nprepend = \"abc\"", "prepend: what is put in front"),
        ("[[trunk]]\nname = \"a\"\nserver = \"x\"\nuser = \"u\"\nsources = [\"x\"]", "sources: x is no address"),
        ("[[number]]\nnumber = \"+4930123451\"", "number 1 (+4930123451), to: it is missing"),
        ("[[number]]\nnumber = \"+4930123451\"\nto = \"999\"", "to: 999 is no extension"),
        ("[[number]]\nnumber = \"+4930123451\"\nto = \"*97\"", "to: *97 is no extension"),
        ("[[number]]\nnumber = \"12\"\nto = \"*43\"", "number: 12 is no telephone number in full"),
        ("[[route]]\nname = \"r\"", "route 1 (r), trunks: it is missing"),
        ("[[route]]\nname = \"r\"\ntrunks = [\"none\"]", "trunks: there is no trunk none"),
        ("[[route]]\nname = \"r\"\npatterns = [\"a\"]", "patterns: a pattern is"),
        ("[office]\narea = \"030\"", "office, area: 030 is no area code"),
        ("[office]\npublic_address = \"here\"", "office, public_address: here is no address"),
        ("[office]\noutside_night = \"late\"", "office, outside_night: a span of the day"),
        ("[office]\noutside_at_once = 0", "office, outside_at_once: 0 is out of range"),
        ("[[person]]\nname = \"P\"\nextension = \"101\"\npermission = \"all\"", "permission: there is no all here"),
    ] {
        let raw: RawConfig = toml::from_str(row).expect("it is TOML");
        let mut problems = Vec::new();
        Config::check(&raw, &mut problems);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|problem| problem.contains(expected)), "{row}: {said:?}");
    }
}

#[test]
fn secrets_come_from_elsewhere_and_are_not_shown() {
    let secrets = [("carrier".to_owned(), Secret::new("open-sesame-7")), ("gone".to_owned(), Secret::new("x"))].into();
    let config = says(&office(), &[]).with_trunk_secrets(&secrets);
    let secret = config.trunk("carrier").and_then(|trunk| trunk.secret.as_ref());
    assert_eq!(secret.map(Secret::expose), Some("open-sesame-7"));
    assert!(config.trunk("second").is_some_and(|trunk| trunk.secret.is_none()));
    assert!(!format!("{config:?}").contains("open-sesame"));
}

/// The office of this country, and what it dials before other countries and before areas.
fn any_office() -> impl Strategy<Value = (Config, &'static str, &'static str, &'static str)> {
    let plans = [("DE", "49", "00", "0"), ("US", "1", "011", "1"), ("GB", "44", "00", "0"), ("HU", "36", "00", "06")];
    (0..plans.len(), prop::option::of("[2-9][0-9]{0,3}")).prop_map(move |(index, area)| {
        let (country, code, abroad, national) = plans[index];
        let area = area.map(|area| format!("area = \"{area}\"\n")).unwrap_or_default();
        let config = says(&format!("[office]\ncountry = \"{country}\"\n{area}"), &[]);
        (config, code, abroad, national)
    })
}

proptest! {
    /// Whatever is dialled: read once or twice, it is the same number, and never longer than numbers are.
    #[test]
    fn a_number_in_full_stays_as_it_is((config, ..) in any_office(), dialled in "[0-9*#+x]{0,24}") {
        let office = config.office();
        let once = office.in_full(&dialled);
        prop_assert_eq!(&office.in_full(&once), &once);
        prop_assert!(once == dialled || is_e164(&once));
        prop_assert!(once.len() <= dialled.len().max(MAX_E164 + 1));
        let _ = office.class_of(&once);
    }

    /// The ways to dial one number are one number, and it is written back the way it is dialled.
    #[test]
    fn all_ways_to_dial_are_one_number((config, code, abroad, national) in any_office(), rest in "[2-9][0-9]{9}") {
        let office = config.office();
        let full = format!("+{code}{rest}");
        let dialled = format!("{national}{rest}");
        prop_assert_eq!(&office.in_full(&dialled), &full);
        prop_assert_eq!(&office.in_full(&format!("{abroad}{code}{rest}")), &full);
        prop_assert_eq!(office.as_national(&full), dialled);
    }
}
