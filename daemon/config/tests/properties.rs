//! What holds for every office file, however strange.

use std::collections::BTreeSet;

use config::{Config, Effect, MAX_PROBLEMS, RawConfig, RawPerson, RawPhone};
use proptest::prelude::*;

/// Files made of the words that matter, in places where they do not belong.
fn strange_file() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        Just("name"),
        Just("extension"),
        Just("id"),
        Just("ring_s"),
        Just("phones"),
        Just("user"),
        Just("pin_hash"),
        Just("country"),
        Just("emergency"),
        Just("time_zone"),
        Just("code"),
        Just("ha1"),
        Just("feature"),
        Just("operator"),
        Just("voicemail_minutes"),
        Just("message_limit_s"),
        Just("email"),
        Just("role"),
        Just("password_hash"),
    ];
    let value = prop_oneof![
        Just("\"1001\"".to_owned()),
        Just("911".to_owned()),
        Just("true".to_owned()),
        Just("1.5".to_owned()),
        Just("[]".to_owned()),
        Just("[{}]".to_owned()),
        Just("[{ user = \"u\" }, 3]".to_owned()),
        Just("{ md5 = 3 }".to_owned()),
        Just("\"any_voicemail\"".to_owned()),
        Just("\"*9\"".to_owned()),
        Just("1979-05-27".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        "[a-zA-Z0-9*# /äö\u{1F600}]{0,80}".prop_map(|text| format!("{text:?}")),
    ];
    let table = prop_oneof![Just("[office]"), Just("[[person]]"), Just("[[feature_code]]"), Just("[[person.phones]]")];
    let line = prop_oneof![
        1 => table.prop_map(str::to_owned),
        4 => (key, value).prop_map(|(key, value)| format!("{key} = {value}")),
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

fn raw_phone() -> impl Strategy<Value = RawPhone> {
    (prop::option::of("[a-z0-9]{1,3}"), prop::option::of("[a-c]{1,2}"), prop::option::of(1..6_u32)).prop_map(
        |(name, user, id)| {
            let ha1 = config::RawHa1 { md5: "0".repeat(32), sha256: "F".repeat(64) };
            RawPhone { id, name, user, ha1: Some(ha1), ..RawPhone::default() }
        },
    )
}

fn raw_office() -> impl Strategy<Value = RawConfig> {
    let person = (
        prop::option::of("[A-Z][a-z]{0,6}"),
        prop::option::of("[0-9]{1,3}"),
        prop::option::of(1..6_u32),
        prop::option::of(0..130_u16),
        (prop::option::of(0..1_100_u16), prop::option::of(any::<bool>()), prop::option::of("[0-9]{2}")),
        prop::collection::vec(raw_phone(), 0..4),
    )
        .prop_map(|(name, extension, id, ring_s, (voicemail_minutes, flag, operator), phones)| RawPerson {
            id,
            name,
            extension,
            ring_s,
            voicemail_minutes,
            pin_on_own_phone: flag,
            say_time: flag.map(|flag| !flag),
            say_caller: flag,
            newest_first: flag,
            operator,
            phones,
            ..RawPerson::default()
        });
    prop::collection::vec(person, 0..12).prop_map(|people| RawConfig { people, ..RawConfig::default() })
}

proptest! {
    #[test]
    fn a_strange_file_is_judged_and_never_breaks(text in strange_file()) {
        if let Ok(raw) = toml::from_str::<RawConfig>(&text) {
            let mut problems = Vec::new();
            let config = Config::check(&raw, &mut problems);
            prop_assert!(problems.len() <= MAX_PROBLEMS);
            let again: RawConfig = toml::from_str(&toml::to_string(&raw).expect("it can be written"))
                .expect("and read");
            prop_assert_eq!(&Config::check(&again, &mut Vec::new()), &config);
            prop_assert!(config.is_emergency("911") && config.is_emergency("112"));
            for problem in problems {
                prop_assert!(!problem.to_string().contains('\n'));
            }
        }
    }

    #[test]
    fn what_is_in_an_office_can_be_found_in_it(raw in raw_office()) {
        let mut problems = Vec::new();
        let config = Config::check(&raw, &mut problems);
        let is_whole = problems.iter().all(|problem| problem.effect == Effect::Ignored);
        prop_assert_eq!(is_whole, config.people().count() == raw.people.len()
            && config.phones().count() == raw.people.iter().map(|p| p.phones.len()).sum::<usize>());
        let ids: BTreeSet<_> = config.phones().map(|phone| phone.id).collect();
        prop_assert_eq!(ids.len(), config.phones().count());
        for phone in config.phones() {
            prop_assert_eq!(config.phone_by_user(&phone.user).map(|p| p.id), Some(phone.id));
            prop_assert_eq!(config.phone_by_name(&phone.name).map(|p| p.id), Some(phone.id));
            prop_assert!(config.phones_of(phone.extension.as_str()).any(|p| p.id == phone.id));
        }
        for extension in config.extensions() {
            prop_assert!(!config.is_emergency(extension.number.as_str()));
            if let Some(operator) = config.operator_of(extension.number.as_str()) {
                prop_assert!(config.extension(operator.as_str()).is_some());
            }
            let person = config.person(extension.person).expect("an extension has a person");
            prop_assert_eq!(person.extension.as_ref(), Some(&extension.number));
        }
    }

    #[test]
    fn a_written_office_is_read_back_the_same(raw in raw_office()) {
        let text = toml::to_string(&raw).expect("an office can be written");
        prop_assert_eq!(toml::from_str::<RawConfig>(&text).expect("and read"), raw);
    }
}
