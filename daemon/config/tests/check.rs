//! Offices good and bad, and what is said about them.

mod judged;

use config::{Config, Effect, Feature, MAX_PEOPLE, MAX_PROBLEMS, Preset, RawConfig, Role, is_email};

use judged::{HA1, read, says};

const OFFICE: &str = r#"
[office]
name = "Test"
time_zone = "Europe/Berlin"
country = "DE"
[[person]]
name = "Front Desk"
extension = "1001"
ring_s = 30
voicemail = true
voicemail_minutes = 20
pin_on_own_phone = false
say_time = false
newest_first = true
operator = "1002"
pickup_group = "sales"
private_lamp = true
hides_number = true
call_waiting = false
max_calls = 2
intercom_beep = false
shows_callers = false
completion_offers = false
pin_hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"
phones = [{ name = "1001a", user = "desk", HA1 }, { user = "u2", HA1 }]
[[person]]
name = "Workshop"
extension = "1002"
phones = [{ name = "1002a", user = "shop", HA1 }]
"#;

#[test]
fn a_good_office_is_taken_whole() {
    let config = says(OFFICE, &[]);
    assert_eq!(config.office().name, "Test");
    assert_eq!(config.office().time_zone.iana_name(), Some("Europe/Berlin"));
    let desk = config.extension("1001").expect("it is in the file");
    assert_eq!((desk.ring_s, desk.voicemail, desk.max_contacts), (30, true, 3));
    assert_eq!(
        (desk.voicemail_minutes, desk.pin_on_own_phone, desk.say_time, desk.say_caller),
        (20, false, false, true)
    );
    assert!(desk.pin_hash.is_some() && desk.newest_first);
    let shop = config.extension("1002").expect("it is in the file");
    assert!(!shop.newest_first);
    assert_eq!((shop.voicemail_minutes, shop.pin_on_own_phone, shop.say_time, shop.say_caller), (60, true, true, true));
    assert_eq!((desk.pickup_group.as_deref(), desk.private_lamp, desk.call_waiting), (Some("sales"), true, false));
    assert_eq!((shop.pickup_group.as_deref(), shop.private_lamp, shop.call_waiting), (None, false, true));
    assert!(desk.hides_number && !shop.hides_number);
    assert!(!desk.intercom_beep && !desk.shows_callers && shop.intercom_beep && shop.shows_callers);
    assert_eq!((desk.max_calls, shop.max_calls), (Some(2), None));
    assert!(!desk.completion_offers && shop.completion_offers);
    assert_eq!(config.office().message_limit_s, 180);
    assert_eq!(config.extension("1002").expect("it is in the file").ring_s, 25);
    assert_eq!(config.name_of("1002"), Some("Workshop"));
    assert_eq!(config.person(desk.person).expect("it has one").name, "Front Desk");
    let names: Vec<&str> = config.phones_of("1001").map(|phone| phone.name.as_str()).collect();
    assert_eq!(names, ["1001a", "1001b"]);
    assert_eq!(config.phone_by_user("shop").expect("it is in the file").name, "1002a");
    assert_eq!(config.phone_by_name("1001b").expect("it got its letter").user, "u2");
    assert_eq!(config.phones().count(), 3);
    assert_eq!(config.with_revision(7).revision(), 7);
}

#[test]
fn an_empty_file_is_an_office_with_emergency_numbers_and_codes() {
    let config = says("", &[]);
    assert_eq!(config, Config::default());
    for (dialled, emergency) in [("911", true), ("112", true), ("9911", false), ("91", false), ("933", false)] {
        assert_eq!(config.is_emergency(dialled), emergency, "{dialled}");
    }
    assert!(config.office().is_emergency_test("933"));
    assert_eq!(config.feature("*43"), Some((Feature::EchoTest, "")));
    assert_eq!(config.feature("*4"), None);
}

#[test]
fn emergency_numbers_come_from_country_and_file_and_cannot_be_lost() {
    let config = says("[office]\ncountry = \"DE\"\nemergency = [\"19222\"]", &[]);
    for dialled in ["110", "112", "911", "19222"] {
        assert!(config.is_emergency(dialled), "{dialled}");
    }
    let config = says(
        "[office]\ncountry = \"XX\"\nemergency = [\"1\", \"12ab\"]",
        &[
            "office, country: the emergency numbers of XX are not known here, only 112 and 911 are recognised: list the country's own under emergency; ignored until then",
            "office, emergency: 1 is no emergency number: write 2 to 6 digits; ignored until then",
            "office, emergency: 12ab is no emergency number: write 2 to 6 digits; ignored until then",
        ],
    );
    assert!(config.is_emergency("911") && config.is_emergency("112"));
}

#[test]
fn a_bad_office_table_falls_back_field_by_field() {
    let config = says(
        "[office]\nname = 7\ntime_zone = \"Europe/Atlantis\"\ncountry = \"Germany\"\nlanguage = \"tlh\"\nmessage_limit_s = 29\noperator = \"1001\"\ncolour = \"red\"",
        &[
            "office, name: the value is of the wrong kind: write text in quotes; ignored until then",
            "office, colour: this key is not known here: correct or remove it; ignored until then",
            "office, time_zone: there is no time zone Europe/Atlantis: write an IANA name such as Europe/Berlin; ignored until then",
            "office, country: Germany is no country: write two capital letters (ISO 3166) such as US; ignored until then",
            "office, language: the box does not speak tlh: write one of en, de, es; ignored until then",
            "office, message_limit_s: 29 is out of range: write a number from 30 to 1200; ignored until then",
            "office, operator: there is no extension 1001: write one that has a row; ignored until then",
        ],
    );
    assert_eq!(config, Config::default());
}

#[test]
fn an_unknown_key_is_named_and_the_row_stays() {
    let config = says(
        "[[persn]]\n[[person]]\nname = \"A\"\nextension = \"12\"\nring = 5\nphones = [{ user = \"u\", HA1, colour = 1 }]",
        &[
            "file, persn: this key is not known here: correct or remove it; ignored until then",
            "person 1 (A), ring: this key is not known here: correct or remove it; ignored until then",
            "phones 1 (of A), colour: this key is not known here: correct or remove it; ignored until then",
        ],
    );
    assert_eq!(config.phones_of("12").count(), 1);
}

/// A second person's row after a good one, and what is said about it.
const BAD_PEOPLE: &[(&str, &str)] = &[
    ("", "person 2, name: it is missing: add it"),
    ("name = \"\"", "person 2 (), name: the name must be 1 to 64 characters without control characters: write another"),
    ("name = 5", "person 2, name: the value is of the wrong kind: write text in quotes"),
    ("name = \"B\"\nextension = \"1\"", "person 2 (B), extension: an extension is 2 to 10 digits: write such a number"),
    (
        "name = \"B\"\nextension = \"12ab\"",
        "person 2 (B), extension: an extension is 2 to 10 digits: write such a number",
    ),
    (
        "name = \"B\"\nextension = \"1001\"",
        "person 2 (B), extension: 1001 is already the extension of A: give one of them another",
    ),
    (
        "name = \"B\"\nextension = \"911\"",
        "person 2 (B), extension: 911 calls for help and can be no extension or code: choose another",
    ),
    (
        "name = \"B\"\nextension = \"933\"",
        "person 2 (B), extension: 933 calls for help and can be no extension or code: choose another",
    ),
    ("name = \"B\"\nextension = \"77\"", "person 2 (B), extension: 77 is the code of echo_test: choose another"),
    (
        "name = \"B\"\nextension = \"1002\"\nring_s = 4",
        "person 2 (B), ring_s: 4 s is no ring time: write 5 to 120 seconds, or 0 to ring until the caller gives up",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nring_s = \"9\"",
        "person 2 (B), ring_s: the value is of the wrong kind: write a whole number",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nring_s = 70000",
        "person 2 (B), ring_s: the value is of the wrong kind: write a whole number",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\npickup_group = \" sales\"",
        "person 2 (B), pickup_group: a pickup group's name is 1 to 32 characters without spaces around it or control characters: write \
         another",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nmax_contacts = 11",
        "person 2 (B), max_contacts: 11 is out of range: write a number from 1 to 10",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nmax_calls = 0",
        "person 2 (B), max_calls: 0 is out of range: write a number from 1 to 50",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nvoicemail_minutes = 0",
        "person 2 (B), voicemail_minutes: 0 is out of range: write a number from 1 to 1000",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\noperator = 1001",
        "person 2 (B), operator: the value is of the wrong kind: write text in quotes",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nvoicemail = 1",
        "person 2 (B), voicemail: the value is of the wrong kind: write true or false",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\npin = \"739116\"",
        "person 2 (B), pin: it is in clear: import the file, which keeps only a hash of it",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\npin_hash = \"739116\"",
        "person 2 (B), pin_hash: the PIN's hash is no Argon2id hash: import the file with a pin instead",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nid = 1",
        "person 2 (B), id: 1 is already in use: remove this line and the box gives a new one",
    ),
    (
        "name = \"B\"\nextension = \"1002\"\nid = 0",
        "person 2 (B), id: 0 is out of range: write a number from 1 to 9999999",
    ),
];

#[test]
fn a_bad_person_is_left_out_and_named() {
    let good = "[[feature_code]]\nfeature = \"echo_test\"\ncode = \"77\"\n[[person]]\nid = 1\nname = \"A\"\nextension = \"1001\"\n[[person]]\n";
    for (row, expected) in BAD_PEOPLE {
        let expected = format!("{expected}; the row is off until then");
        let config = says(&format!("{good}{row}"), &[&expected]);
        assert_eq!(config.people().count(), 1, "{row}");
        let raw: RawConfig = toml::from_str(&format!("{good}{row}")).expect("it was read above");
        let again = toml::to_string(&raw).expect("it can be written");
        says(&again, &[&expected]);
        assert_eq!(config.extensions().count(), 1, "{row}");
    }
}

/// A second phone after a good one, and what is said about it.
const BAD_PHONES: &[(&str, &str)] = &[
    ("HA1", "phones 2 (of A), user: it is missing: add it"),
    ("user = \"v\"", "phones 2 (of A), secret: it is missing: add it"),
    ("user = \"v w\", HA1", "phones 2 (of A), user: a SIP user is 1 to 32 letters, digits and . _ -: write another"),
    (
        "user = \"u\", HA1",
        "phones 2 (of A), user: the SIP user u is already that of phone 1001a: write another, or none to get a random one",
    ),
    (
        "name = \"1001a\", user = \"v\", HA1",
        "phones 2 (1001a of A), name: a phone called 1001a exists already: write another name",
    ),
    (
        "name = \"../x\", user = \"v\", HA1",
        "phones 2 (../x of A), name: a phone's name is 1 to 32 letters, digits and . _ - beginning with a letter or digit: write another",
    ),
    (
        "user = \"v\", secret = \"Vf9mQx2LrT8s\"",
        "phones 2 (of A), secret: it is in clear: import the file, which keeps only a hash of it",
    ),
    (
        "user = \"v\", ha1 = { md5 = \"00\" }",
        "phones 2 (of A), ha1: an HA1 is 32 hexadecimal digits for md5 and 64 for sha256: import the file with a secret instead",
    ),
    (
        "user = \"v\", id = 9, HA1",
        "phones 2 (of A), id: 9 is already in use: remove this line and the box gives a new one",
    ),
];

#[test]
fn a_bad_phone_is_left_out_and_the_others_stay() {
    for (row, expected) in BAD_PHONES {
        let expected = format!("{expected}; the row is off until then");
        let file = format!(
            "[[person]]\nname = \"A\"\nextension = \"1001\"\nphones = [{{ id = 9, name = \"1001a\", user = \"u\", HA1 }}, {{ {row} }}]"
        );
        let config = says(&file, &[&expected]);
        assert_eq!(config.phones().count(), 1, "{row}");
    }
    says(
        "[[person]]\nname = \"A\"\nphones = [{ user = \"u\", HA1 }]",
        &[
            "phones 1 (of A): a phone needs its person to have an extension: add one or remove the phones; the row is off until then",
        ],
    );
}

#[test]
fn the_operator_is_the_extension_s_own_or_the_office_s_and_never_the_mailbox_s_owner() {
    let people = |desk: &str, shop: &str| {
        format!(
            "[office]\noperator = \"1001\"\n[[person]]\nname = \"Front Desk\"\nextension = \"1001\"\n{desk}\n[[person]]\nname = \"Workshop\"\nextension = \"1002\"\n{shop}\n[[person]]\nname = \"Storeroom\"\nextension = \"1003\""
        )
    };
    let config = says(&people("", ""), &[]);
    let operators = |config: &Config| {
        ["1001", "1002", "1003", "1004"].map(|number| config.operator_of(number).map(|found| found.to_string()))
    };
    let desk = Some("1001".to_owned());
    assert_eq!(operators(&config), [None, desk.clone(), desk.clone(), None]);
    let config = says(&people("operator = \"1003\"", "operator = \"1002\""), &[]);
    assert_eq!(operators(&config), [Some("1003".to_owned()), None, desk.clone(), None]);
    let config = says(
        &people("", "operator = \"1009\""),
        &["person 2 (Workshop), operator: there is no extension 1009: write one that has a row; ignored until then"],
    );
    assert_eq!(operators(&config), [None, desk.clone(), desk, None]);
    assert_eq!(config.people().count(), 3);
}

#[test]
fn limits_hold() {
    let people: String =
        (0..MAX_PEOPLE + 9).map(|n| format!("[[person]]\nname = \"P\"\nextension = \"{}\"\n", 10_000 + n)).collect();
    let (config, problems) = read(&people);
    assert_eq!((config.people().count(), problems.len()), (MAX_PEOPLE, 1));
    let phones: String = (0..20).map(|n| format!("{{ user = \"u{n}\", HA1 }},")).collect();
    let (config, problems) = read(&format!("[[person]]\nname = \"A\"\nextension = \"12\"\nphones = [{phones}]"));
    assert_eq!((config.phones().count(), problems.len()), (8, 1));
    let (_, problems) = read(&(0..9_000).map(|n| format!("k{n} = 1\n")).collect::<String>());
    assert_eq!(problems.len(), MAX_PROBLEMS);
    assert!(problems.last().expect("there are some").to_string().contains("more problems"));
}

#[test]
fn nothing_secret_is_shown() {
    let file = OFFICE.replace("user = \"u2\"", "user = \"u2\", secret = \"open-sesame-91\"");
    let raw: RawConfig = toml::from_str(&file.replace("HA1", HA1)).expect("the test's file is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let shown = format!("{raw:?} {config:?} {problems:?}");
    for hidden in ["sesame", "00112233", "aGFzaA", "0, 17, 34"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
}

#[test]
fn a_pin_without_quotes_is_not_written_again() {
    let file = "[[person]]\nname = \"A\"\npin = 739116\npim = \"739116\"";
    let raw: RawConfig = toml::from_str(file).expect("the test's file is TOML");
    let again = toml::to_string(&raw).expect("it can be written");
    assert!(!again.contains("739116"), "{again}");
    assert!(again.contains("pin = false"), "{again}");
}

#[test]
fn people_have_a_language_and_a_clock_of_their_own() {
    let config = says(
        "[office]\ntime_zone = \"Europe/Berlin\"\nlanguage = \"de\"\n\
         [[person]]\nname = \"Front Desk\"\nextension = \"1001\"\nlanguage = \"es\"\ntime_zone = \"Atlantic/Canary\"\n\
         [[person]]\nname = \"Workshop\"\nextension = \"1002\"\ntime_zone = \"Europe/Atlantis\"",
        &[
            "person 2 (Workshop), time_zone: there is no time zone Europe/Atlantis: write an IANA name such as Europe/Berlin; ignored until then",
        ],
    );
    for (number, language, zone) in
        [("1001", "es", "Atlantic/Canary"), ("1002", "de", "Europe/Berlin"), ("01234", "de", "Europe/Berlin")]
    {
        let found = (config.language_of(number), config.time_zone_of(number).iana_name());
        assert_eq!(found, (language, Some(zone)), "{number}");
    }
}

#[test]
fn an_office_file_of_before_has_one_switch_for_time_and_caller() {
    let row = |extra: &str| {
        format!("[[person]]\nname = \"Front Desk\"\nextension = \"1001\"\nannounce_envelope = false\n{extra}")
    };
    for (extra, expected) in
        [("", (false, false)), ("say_time = true", (true, false)), ("say_caller = true", (false, true))]
    {
        let config = says(&row(extra), &[]);
        let desk = config.extension("1001").expect("it is in the file");
        assert_eq!((desk.say_time, desk.say_caller), expected, "{extra}");
    }
}

#[test]
fn the_office_speaks_one_of_the_languages() {
    assert_eq!(says("", &[]).office().language, "en");
    for language in config::LANGUAGES {
        assert_eq!(says(&format!("[office]\nlanguage = \"{language}\""), &[]).office().language, language);
    }
}

#[test]
fn what_somebody_signs_in_with_is_judged_and_never_puts_a_phone_out_of_use() {
    let raw: RawConfig = toml::from_str(
        "[[person]]\nname = 'Desk'\nextension = '101'\nemail = 'Desk@Example.com'\nrole = 'admin'\nlanguage = 'de'\n\
         password_hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo'\n\
         [[person]]\nname = 'Hall'\nextension = '102'\nemail = 'desk@example.COM'\nrole = 'owner'\nroles = ['billing', 'boss']\nlanguage = 'tlh'\n\
         password_hash = 'clear'\n[[person]]\nname = 'Shed'\nemail = 'nobody'\n",
    )
    .unwrap();
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let desk = config.person_by_email("DESK@example.com").unwrap();
    assert_eq!(
        (desk.preset, desk.email.as_deref(), desk.language.as_deref()),
        (Preset::Admin, Some("desk@example.com"), Some("de"))
    );
    let hall = config.extension("102").and_then(|extension| config.person(extension.person)).unwrap();
    assert_eq!((hall.preset, &hall.email, &hall.password_hash), (Preset::User, &None, &None));
    assert!(hall.roles.iter().eq(&[Role::Billing]), "what is known of a list holds: {hall:?}");
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["email", "role", "roles", "language", "password_hash", "email"]);
    assert!(problems.iter().all(|problem| problem.effect == Effect::Ignored));
    assert!(!format!("{desk:?}").contains("argon2id"));
}

#[test]
fn an_address_is_told_from_what_is_none() {
    for (text, expected) in [
        ("desk@example.com", true),
        ("a.b+c@sub.example.com", true),
        ("desk@box", true),
        ("desk", false),
        ("@example.com", false),
        ("desk@", false),
        ("desk@a..b", false),
        ("desk@a@b", false),
        ("des k@example.com", false),
        ("desk@exa\nmple.com", false),
        ("<desk@example.com>", false),
    ] {
        assert_eq!(is_email(text), expected, "{text}");
    }
    assert!(!is_email(&format!("{}@example.com", "a".repeat(300))));
}
