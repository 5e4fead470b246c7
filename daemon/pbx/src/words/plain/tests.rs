//! What is said is read as what it was said of, and what is not understood is named.

use config::{
    Actions, AlsoRings, Assistant, Config, DiversionKind, Entry, FollowMe, MAX_PASSING, MAX_SECRETARIES, Passing,
    RawConfig, Secretaries, Secretary, SecretaryCallers, SecretaryStrategy, Target,
};
use proptest::prelude::*;

use super::{Meant, Unclear};
use crate::words::Language;

const GROUPS: [&str; 6] = ["Open", "while \"busy\": ring", "Über Mittag, kurz", "Evenings", "and then", "”„"];

fn office() -> Config {
    let mut text = String::new();
    for name in GROUPS {
        text += &format!("[[time_group]]\nname = {name:?}\ntimes = [\"Mon-Fri 08:00-18:00\"]\n");
    }
    for (number, name) in [("101", "Ann Example"), ("102", "Bob Example"), ("103", "Twin"), ("104", "Twin")] {
        text += &format!("[[person]]\nname = {name:?}\nextension = {number:?}\n");
    }
    let raw: RawConfig = toml::from_str(&text).unwrap();
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    assert_eq!(problems, Vec::new());
    config
}

fn target() -> impl Strategy<Value = Target> {
    let extension = || "10[1-4]";
    prop_oneof![
        extension().prop_map(|number| format!("person {number}")),
        extension().prop_map(|number| format!("phone {number}")),
        extension().prop_map(|number| format!("voicemail {number}")),
        "\\+?[0-9]{2,19}".prop_map(|number| format!("number {number}")),
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn also() -> impl Strategy<Value = AlsoRings> {
    let to = target().prop_map(|to| match to {
        Target::Person(number) | Target::Voicemail(number) => Target::Phone(number),
        to => to,
    });
    (to, 0..61_u16, any::<bool>()).prop_map(|(to, after_s, is_unasked)| AlsoRings { to, after_s, is_unasked })
}

fn actions() -> impl Strategy<Value = Actions> {
    let to = || prop::option::of(target());
    let ring_s = prop::option::of(prop_oneof![Just(0_u16), 5..121_u16]);
    let flags = any::<(bool, bool, bool)>();
    (flags, ring_s, prop::collection::vec(also(), 0..11), (to(), to(), to(), to(), to())).prop_map(
        |((is_dnd, is_away, screens), ring_s, also, (always, on_active, busy, unanswered, offline))| Actions {
            ring_s,
            is_dnd,
            is_away,
            also,
            screens,
            always,
            on_active,
            busy,
            unanswered,
            offline,
        },
    )
}

fn entry() -> impl Strategy<Value = Entry> {
    let day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    let month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    let days = prop_oneof![
        format!("{day}(-{day})?(,{day})?( [1-9],1[0-9]-2[0-9])?( {month}(-{month})?)?").prop_regex(),
        format!("(1st|2nd|3rd|4th|5th|last) {day} {month}").prop_regex(),
        "2026-0[1-9]-1[0-9](\\.\\.2027-1[0-2]-2[0-8])?".prop_regex(),
        "Easter([+-][1-9][0-9]?)?".prop_regex(),
        "holidays (US|CA|GB|DE|AT|CH|FR|ES|IT|NL)".prop_regex(),
        "always".prop_regex(),
    ];
    let times = "( 0[0-9]:[0-5][0-9]-1[0-9]:[0-5][0-9]){0,3}";
    ("(except )?", days, times).prop_map(|(except, days, times)| format!("{except}{days}{times}").parse().unwrap())
}

/// A pattern that is put together of parts.
trait Drawn {
    fn prop_regex(self) -> BoxedStrategy<String>;
}

impl<T: AsRef<str>> Drawn for T {
    fn prop_regex(self) -> BoxedStrategy<String> {
        prop::string::string_regex(self.as_ref()).unwrap().boxed()
    }
}

fn meant() -> impl Strategy<Value = Meant> {
    let group = || prop::sample::select(GROUPS.to_vec()).prop_map(str::to_owned);
    let rule = (prop::option::of(group()), any::<bool>(), actions()).prop_map(|(when, is_enabled, actions)| {
        let is_enabled = is_enabled || when.is_none();
        Meant::Rule { when, is_enabled, actions }
    });
    // What has a list is drawn by itself, or is no sentence.
    let has_list = |kind: &DiversionKind| {
        matches!(kind, DiversionKind::FollowMe | DiversionKind::Secretary | DiversionKind::Assistant)
    };
    let is_said = |kind: &DiversionKind| !has_list(kind);
    let said = DiversionKind::ALL.into_iter().filter(is_said);
    let kind = prop::sample::select(said.collect::<Vec<_>>());
    let diversion = (kind, any::<bool>(), prop::option::of(group()), prop::option::of(target())).prop_map(
        |(kind, is_on, when, to)| Meant::Diversion {
            kind,
            is_on,
            when: when.filter(|_| is_on),
            to: to.filter(|_| kind != DiversionKind::Dnd),
        },
    );
    let switched =
        || (any::<bool>(), prop::option::of(group())).prop_map(|(is_on, when)| (is_on, when.filter(|_| is_on)));
    let follow_me =
        (switched(), follow_me()).prop_map(|((is_on, when), follow_me)| Meant::FollowMe { is_on, when, follow_me });
    let secretaries = (switched(), secretaries()).prop_map(|((is_on, when), secretaries)| Meant::Secretaries {
        is_on,
        when,
        secretaries,
    });
    let keys = prop::collection::btree_map(0..10_u8, target(), 0..11);
    let assistant = (switched(), keys).prop_map(|((is_on, when), keys)| Meant::Assistant {
        is_on,
        when,
        assistant: Assistant { keys },
    });
    let name = "[A-Za-zÄß\"„”:;,.][A-Za-z \"„”:;,.]{0,20}[A-Za-z\"„”:;,.]";
    let times =
        (name, prop::collection::vec(entry(), 1..12)).prop_map(|(name, entries)| Meant::Times { name, entries });
    prop_oneof![rule, diversion, follow_me, secretaries, assistant, times]
}

fn follow_me() -> impl Strategy<Value = FollowMe> {
    let list = prop::collection::vec(also().prop_map(|row| row.to), 0..11);
    (0..61_u16, 5..61_u16, any::<bool>(), list).prop_map(|(initial_s, ring_s, in_turn, list)| FollowMe {
        initial_s,
        ring_s,
        in_turn,
        list,
    })
}

fn secretaries() -> impl Strategy<Value = Secretaries> {
    let one =
        ("10[1-4]", any::<bool>()).prop_map(|(number, is_on)| Secretary { extension: number.parse().unwrap(), is_on });
    let strategy = prop::sample::select(SecretaryStrategy::ALL.to_vec());
    let callers = prop::sample::select(SecretaryCallers::ALL.to_vec());
    let number = "\\+?[0-9x]{1,12}\\*?".prop_map(|pattern| Passing::Number(pattern.parse().unwrap()));
    let tag = "[A-Za-zÄß\"„”:.][A-Za-z \"„”:.]{0,20}[A-Za-z\"„”:.]".prop_map(Passing::Tag);
    let pass = prop_oneof![number, tag];
    let lists = (prop::collection::vec(one, 0..11), prop::collection::vec(pass, 0..20));
    (strategy, callers, (5..61_u16, 5..61_u16), lists).prop_map(
        |(strategy, callers, (initial_s, ring_s), (list, pass))| {
            // Where the boss does not ring first, nothing is said of how long.
            let first_s = strategy.is_boss_first().then_some(initial_s);
            let initial_s = first_s.unwrap_or(Secretaries::default().initial_s);
            Secretaries { list, strategy, callers, initial_s, ring_s, pass }
        },
    )
}

proptest! {
    #[test]
    fn m13_what_is_shown_for_a_rule_makes_that_rule_when_it_is_typed_again(meant in meant()) {
        let config = office();
        for shown in Language::ALL {
            let sentence = shown.say(&meant);
            for reader in Language::ALL {
                let read = reader.read(&sentence, &config, "102");
                prop_assert_eq!(read.as_ref(), Ok(&meant), "{}", sentence);
            }
        }
    }

    #[test]
    fn m13_any_text_is_read_or_refused_with_a_reason(text in "([a-z\"„:;,. ]{0,6}|while|ring|send calls|to 102|when busy|diversion: |time group X: |Mon ){0,30}") {
        let config = office();
        for language in Language::ALL {
            match language.read(&text, &config, "102") {
                Ok(meant) => prop_assert_eq!(language.read(&language.say(&meant), &config, "102"), Ok(meant)),
                Err(misread) => prop_assert!(!misread.unclear.is_empty()),
            }
        }
    }
}

fn read(text: &str) -> String {
    let config = office();
    match Language::English.read(text, &config, "102") {
        Ok(meant) => Language::English.say(&meant),
        Err(misread) => {
            let unclear: Vec<String> =
                misread.unclear.iter().map(|unclear| Language::English.unclear(unclear)).collect();
            format!("[{}] {}", misread.understood.join(" | "), unclear.join(" | "))
        }
    }
}

#[test]
fn m13_people_write_it_in_their_own_words() {
    for (typed, shown) in [
        ("while Open, ring 20 seconds", "while \"Open\": ring for 20 s"),
        ("While open: ring.", "while \"Open\": ring"),
        (
            "while “Open”: ring for 20s and then when nobody answers send calls to my voicemail",
            "while \"Open\": ring for 20 s; when nobody answers, send calls to the mailbox of 102",
        ),
        ("send all calls to Ann Example while evenings", "while \"Evenings\": send every call to 101"),
        ("otherwise don't disturb", "otherwise: do not ring"),
        ("diversion: forward everything to +49 170 5550-100", "diversion: send every call to number +491705550100"),
        ("diversion when busy to 101 while Open", "diversion while \"Open\": when busy, send calls to 101"),
        ("otherwise: also ring 0170 5550100 after 10 seconds", "otherwise: also ring number 01705550100 after 10 s"),
        ("Während Open: klingeln, bis der Anrufer auflegt", "while \"Open\": ring until the caller gives up"),
        ("Sonst: alle Anrufe an Bob Example weiterleiten", "otherwise: send every call to 102"),
        ("Umleitung: an die Mailbox von 101, wenn besetzt", "diversion: when busy, send calls to the mailbox of 101"),
        ("time group Lunch: Monday to Friday 12:00-13:00", "time group \"Lunch\": Mon-Fri 12:00-13:00"),
        (
            "diversion: follow me, first ring my phones for 8 seconds, then try Ann Example then ring 0170 5550100, each 15 s",
            "diversion: follow me; first ring the own phones for 8 s; then ring the phones of 101; then ring number \
             01705550100; each for 15 s",
        ),
        (
            "diversion: my secretary answers external calls; Ann Example answers and 104 doesn't answer",
            "diversion: secretaries answer calls from outside; 101 answers; 104 does not answer now; each for 20 s",
        ),
        (
            "Umleitung: das Sekretariat nimmt alle Anrufe an, die eigenen Telefone klingeln mit, 104 nimmt ab, Anrufer 040* kommen durch",
            "diversion: secretaries answer every call; the own phones ring too; 104 answers; all together for 20 s; \
             callers 040* come through",
        ),
        (
            "diversion while Evenings: my assistant answers, key 1 to Ann Example, press 2 to 0170 5550100 and key 0 goes to my voicemail",
            "diversion while \"Evenings\": the assistant answers before the mailbox; key 0 leads to the mailbox of 102; key 1 leads to \
             101; key 2 leads to number 01705550100",
        ),
        (
            "Umleitung: mein Assistent antwortet; Taste 1 führt an 103, bei Taste 2 an die Nummer 040 123",
            "diversion: the assistant answers before the mailbox; key 1 leads to 103; key 2 leads to number 040123",
        ),
        (
            "diversion, switched off: the assistant answers",
            "diversion: switched off; the assistant answers before the mailbox",
        ),
        // Without a clock these are days of the month, and shown so before anything is saved.
        ("time group Lunch: Mon-Fri 8 to 18", "time group \"Lunch\": Mon-Fri 8-18"),
        (
            "Zeitgruppe Büro: Mo-Fr 8 bis 18 Uhr, außer Feiertage in Deutschland",
            "time group \"Büro\": Mon-Fri 08:00-18:00; except holidays DE",
        ),
    ] {
        assert_eq!(read(typed), shown, "{typed}");
    }
}

#[test]
fn m13_what_is_not_understood_is_named_beside_what_is() {
    for (typed, refused) in [
        (
            "while Open: ring for 20 s, make coffee",
            "[while \"Open\" | ring for 20 s] \"make coffee\" is not understood: write it as in one of the examples",
        ),
        ("while Lunch: ring", "[while \"Lunch\" | ring] there is no time group Lunch: write one of"),
        ("ring for 20 s", "[ring for 20 s] it does not say what it is to be"),
        ("while Open", "[while \"Open\"] it does not say what is to be done"),
        ("otherwise: ring for 20 s, ring for 30 s", "[otherwise | ring for 20 s | ring for 30 s] the same thing"),
        ("otherwise, switched off: ring", "[otherwise | switched off | ring] the default rule holds"),
        ("diversion: ring for 20 s", "[diversion | ring for 20 s] a diversion does one thing"),
        ("diversion: follow me; ring for 20 s", "[diversion | follow me | ring for 20 s] a diversion does one thing"),
        ("diversion: follow me; each 20 s; all together 20 s", "[diversion | follow me | each for 20 s | all together"),
        ("otherwise: then ring 101", "[otherwise | then ring the phones of 101] places, secretaries and keys"),
        ("otherwise: key 1 leads to 101", "[otherwise | key 1 leads to 101] places, secretaries and keys"),
        (
            "diversion: the assistant answers; key 1 leads to 101; key 1 leads to 102",
            "[diversion | the assistant answers before the mailbox | key 1 leads to 101 | key 1 leads to 102] the same thing",
        ),
        (
            "diversion: the assistant answers; key 12 leads to 101",
            "[diversion | the assistant answers before the mailbox] \"key 12",
        ),
        (
            "diversion: the assistant answers; then ring 101",
            "[diversion | the assistant answers before the mailbox | then ring",
        ),
        ("otherwise while Open: ring", "[otherwise | while \"Open\" | ring] it begins more than one thing"),
        // Two people are called so: neither is guessed at.
        ("otherwise: send every call to Twin", "[otherwise] \"send every call to Twin\" is not understood"),
        ("time group X: Mon, Funday", "[time group \"X\" | Mon] \"Funday\" is no time"),
        ("", "[] nothing is written"),
    ] {
        let told = read(typed);
        assert!(told.starts_with(refused), "{typed}: {told}");
    }
    let long = "while ".repeat(20_000);
    let config = office();
    let refused = Language::English.read(&long, &config, "102").unwrap_err();
    assert_eq!(refused.unclear, [Unclear::TooLong]);
}

#[test]
fn m13_every_example_is_understood() {
    let config = office();
    for language in Language::ALL {
        for example in language.examples() {
            let meant = language.read(&example, &config, "102");
            assert_eq!(meant.as_ref().map(|meant| language.say(meant)), Ok(example));
        }
    }
}

#[test]
fn m13_german_says_it_in_german() {
    let said = Language::German.examples();
    assert_eq!(
        said[0],
        "während \"Open\": 20 s klingeln; auch die Telefone von 103 klingeln; auch die Nummer 01705550100 nach 10 s \
         klingeln; vor Anrufen von draußen fragen; wenn besetzt ist, Anrufe an 104; wenn niemand abnimmt, Anrufe in die \
         Mailbox von 102"
    );
    assert_eq!(said[3], "Umleitung während \"Evenings\": jeden Anruf an 103");
    assert_eq!(
        said[6],
        "Umleitung während \"Open\": das Sekretariat nimmt Anrufe von draußen an; 103 nimmt ab; 104 nimmt zurzeit nicht ab; \
         jede Stelle 20 s; Anrufer +4930* kommen durch"
    );
    assert_eq!(
        said[7],
        "Umleitung während \"Evenings\": der Assistent antwortet vor der Mailbox; Taste 1 leitet an 103; Taste 2 leitet an die Nummer \
         01705550100; Taste 9 leitet in die Mailbox von 102"
    );
    assert_eq!(
        said[8],
        "Zeitgruppe \"Open\": Mo-Fr 08:00-12:00 13:00-18:00; 4. Do Nov; 2026-12-24..2027-01-01; außer Feiertage DE"
    );
}

#[test]
fn m13_secretaries_whom_as_many_callers_pass_as_may_are_read_as_they_are_said() {
    let pass = (0..MAX_PASSING).map(|number| format!("+4930{number:08}*").parse().unwrap()).collect();
    let list = vec!["101".parse().unwrap(); MAX_SECRETARIES];
    let secretaries = Secretaries { list, pass, ..Secretaries::default() };
    let meant = Meant::Secretaries { is_on: true, when: Some("Open".to_owned()), secretaries };
    for language in Language::ALL {
        assert_eq!(language.read(&language.say(&meant), &office(), "102"), Ok(meant.clone()));
    }
}
