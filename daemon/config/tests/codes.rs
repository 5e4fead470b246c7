//! The table of feature codes: what is dialled, and what each string means.

mod judged;

use std::collections::BTreeSet;

use config::{Argument, CodeProfile, Config, Feature, InCall};

use judged::says;

#[test]
fn the_delivered_codes_are_codes_and_no_two_are_the_same() {
    for profile in CodeProfile::ALL {
        let config = says(&format!("[office]\ncodes = \"{}\"", profile.as_str()), &[]);
        assert_eq!(config.feature_codes(), profile.codes());
        assert_eq!(CodeProfile::named(profile.as_str()), Some(profile));
        for row in profile.codes() {
            let feature = row.feature;
            assert_eq!(Feature::from_name(feature.as_str()), Some(feature));
            if feature.is_in_call() {
                assert_eq!((config.feature(&row.code), config.in_call(&row.code)), (None, InCall::Is(feature)));
                continue;
            }
            let needs_one = matches!(feature.argument(), Argument::Extension | Argument::Number | Argument::Id);
            let argument = if needs_one { "1001" } else { "" };
            let dialled = format!("{}{argument}", row.code);
            let found = config.feature(&dialled);
            assert_eq!(found == Some((feature, argument)), row.enabled, "{profile:?} {dialled}: {found:?}");
        }
    }
    let config = says("", &[]);
    for row in CodeProfile::Office.codes().into_iter().filter(|row| row.enabled) {
        // Written out in a file it is accepted, so it keeps the rules for codes.
        let row = format!("[[feature_code]]\nfeature = \"{}\"\ncode = \"{}\"", row.feature, row.code);
        assert_eq!(says(&row, &[]), config);
    }
}

#[test]
fn every_feature_is_in_the_table_once() {
    let names: BTreeSet<&str> = Feature::ALL.iter().map(|feature| feature.as_str()).collect();
    assert_eq!(names.len(), Feature::ALL.len());
    let features: BTreeSet<Feature> = Feature::ALL.into_iter().collect();
    assert_eq!(features.len(), Feature::ALL.len());
}

#[test]
fn an_office_has_the_codes_of_the_profile_that_it_names() {
    let office = "[office]\ncodes = \"freepbx\"\n";
    let config = says(office, &[]);
    assert_eq!(config.feature("*71"), Some((Feature::CallWaitingOff, "")));
    // What it changes itself goes before, and is enabled by being written.
    let own = format!("{office}[[feature_code]]\nfeature = \"call_waiting\"\ncode = \"*74\"\n");
    assert_eq!(says(&own, &[]).feature("*74"), Some((Feature::CallWaiting, "")));
    let nanpa = says("[office]\ncodes = \"nanpa\"", &[]);
    assert_eq!(nanpa.feature("*60"), Some((Feature::BlockCaller, "")));
    assert_eq!(nanpa.feature("*92101"), Some((Feature::ForwardUnanswered, "101")));
    let expected = "office, codes: there is no tea here: write one of office, freepbx, nanpa; ignored until then";
    let unknown = says("[office]\ncodes = \"tea\"", &[expected]);
    assert_eq!(unknown.feature_codes(), CodeProfile::Office.codes());
}

#[test]
fn bad_codes_are_left_out_and_the_delivered_one_holds() {
    for (row, expected) in [
        ("code = \"*44\"", "feature_code 1, feature: it is missing: add it"),
        (
            "feature = \"tea\"",
            "feature_code 1 (tea), feature: there is no feature tea: write one of echo_test, time, own_extension, box_status, verify_line, what_if, my_voicemail, any_voicemail, leave_message, group_pickup, directed_pickup, intercom, hide_number, show_number, no_call_waiting, dnd_on, dnd_off, dnd_toggle, forward_always, forward_always_off, forward_busy, forward_busy_off, forward_unanswered, forward_unanswered_off, forward_offline, forward_offline_off, follow_me, secretary, assistant, record_assistant, diversions_off, block_caller, unblock_caller, reject_anonymous, take_anonymous, block_last_caller, intercom_on, intercom_off, force_time_group, night_mode, call_waiting, call_waiting_on, call_waiting_off, park, fetch_parked, call_return, complete_call, cancel_completions, completion_offers, attended_transfer, blind_transfer, drop",
        ),
        (
            "feature = \"echo_test\"\ncode = \"*\"",
            "feature_code 1 (echo_test), code: a code is 2 to 6 of 0-9 * #: write another",
        ),
        (
            "feature = \"echo_test\"\ncode = \"112\"",
            "feature_code 1 (echo_test), code: 112 calls for help and can be no extension or code: choose another",
        ),
    ] {
        let expected = format!("{expected}; the row is off until then");
        let config = says(&format!("[[feature_code]]\n{row}"), &[&expected]);
        assert_eq!(config.feature("*43"), Some((Feature::EchoTest, "")), "{row}");
    }
    let config = says("[[feature_code]]\nfeature = \"echo_test\"\nenabled = false", &[]);
    assert_eq!((config.feature("*43"), config.feature_codes().len()), (None, Feature::ALL.len()));
    let config = says("[[feature_code]]\nfeature = \"echo_test\"\ncode = \"*49\"", &[]);
    assert_eq!((config.feature("*43"), config.feature("*49")), (None, Some((Feature::EchoTest, ""))));
}

/// Every string over the keys of a phone, up to this long.
fn dialled(most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut begin = 0;
    for _ in 0..most {
        let end = all.len();
        for index in begin..end {
            let longer = "0123456789*#".chars().map(|key| format!("{}{key}", all[index]));
            let longer: Vec<String> = longer.collect();
            all.extend(longer);
        }
        begin = end;
    }
    all
}

/// What a string means by this table, judged row by row.
fn meanings<'d>(config: &Config, dialled: &'d str) -> Vec<(Feature, &'d str)> {
    let rows = config.feature_codes().iter().filter(|row| row.enabled);
    let meaning = |row: &config::FeatureCode| {
        if row.feature.is_in_call() {
            return None;
        }
        let rest = dialled.strip_prefix(row.code.as_str())?;
        let is_number = !rest.is_empty() && rest.bytes().all(|key| key.is_ascii_digit());
        let fits = match row.feature.argument() {
            Argument::None => rest.is_empty(),
            Argument::Extension | Argument::Number | Argument::Id => is_number,
            Argument::OptionalExtension | Argument::OptionalNumber => rest.is_empty() || is_number,
        };
        fits.then_some((row.feature, rest))
    };
    rows.filter_map(meaning).collect()
}

#[test]
fn no_dialled_string_of_five_keys_means_two_things() {
    let all = dialled(5);
    for profile in CodeProfile::ALL {
        let config = says(&format!("[office]\ncodes = \"{}\"", profile.as_str()), &[]);
        let mut with_meaning = 0;
        for dialled in &all {
            let found = meanings(&config, dialled);
            assert!(found.len() <= 1, "{dialled}: {found:?}");
            assert_eq!(config.feature(dialled), found.first().copied(), "{dialled}");
            assert!(found.is_empty() || dialled.starts_with('*'), "{dialled}: {found:?}");
            with_meaning += found.len();
        }
        // Codes that stand alone; those that may; those that need digits; ** with one to three; *614 with one.
        let alone = if profile == CodeProfile::Freepbx { 30 } else { 29 };
        assert_eq!(with_meaning, alone + 8 * 111 + 8 * 110 + 1_110 + 10, "{profile:?}");
    }
}

#[test]
fn a_code_that_is_delivered_off_can_be_switched_on_as_it_is() {
    let all = dialled(5);
    for profile in CodeProfile::ALL {
        for row in profile.codes().into_iter().filter(|row| !row.enabled) {
            let office = format!("[office]\ncodes = \"{}\"", profile.as_str());
            let config =
                says(&format!("{office}\n[[feature_code]]\nfeature = \"{}\"\nenabled = true", row.feature), &[]);
            assert_eq!(config.feature(&row.code), Some((row.feature, "")), "{profile:?}");
            let twice = all.iter().find(|dialled| meanings(&config, dialled).len() > 1);
            assert_eq!(twice, None, "{profile:?} {}", row.feature);
        }
    }
}

#[test]
fn a_code_takes_the_extension_that_is_dialled_after_it() {
    let config = says("", &[]);
    for (dialled, expected) in [
        ("*97", Some((Feature::MyVoicemail, ""))),
        ("*97101", None),
        ("*98", Some((Feature::AnyVoicemail, ""))),
        ("*98101", Some((Feature::AnyVoicemail, "101"))),
        ("*98*101", None),
        ("*98101#", None),
        ("*99", None),
        ("*99101", Some((Feature::LeaveMessage, "101"))),
        ("*9", None),
        ("*8", Some((Feature::GroupPickup, ""))),
        ("*8101", None),
        ("**", None),
        ("**101", Some((Feature::DirectedPickup, "101"))),
        ("*67", Some((Feature::FollowMe, ""))),
        ("*72", Some((Feature::ForwardAlways, ""))),
        ("*720301234", Some((Feature::ForwardAlways, "0301234"))),
        ("*73", Some((Feature::ForwardAlwaysOff, ""))),
        ("*730", Some((Feature::DiversionsOff, ""))),
        ("*731", None),
        ("*670301234", Some((Feature::HideNumber, "0301234"))),
        ("*70", Some((Feature::CallWaiting, ""))),
        ("*700301234", Some((Feature::NoCallWaiting, "0301234"))),
        ("*820301234", Some((Feature::ShowNumber, "0301234"))),
        ("*80", None),
        ("*27", None),
        ("*271", Some((Feature::ForceTimeGroup, "1"))),
        ("*28", None),
        ("*281", Some((Feature::NightMode, "1"))),
        ("*280", Some((Feature::NightMode, "0"))),
        ("*80101", Some((Feature::Intercom, "101"))),
        ("***101", None),
        ("99101", None),
        ("", None),
    ] {
        assert_eq!(config.feature(dialled), expected, "{dialled}");
    }
    let config = says("[[feature_code]]\nfeature = \"leave_message\"\nenabled = false", &[]);
    assert_eq!(config.feature("*99101"), None);
    assert_eq!(config.feature("*98101"), Some((Feature::AnyVoicemail, "101")));
}

/// Features with their codes, and what is said.
type Clash = (&'static [(&'static str, &'static str)], &'static [&'static str]);

/// Rows of codes that make the table ambiguous, and such as look like it.
const CLASHES: &[Clash] = &[
    // Each takes the other's place: no clash.
    (&[("echo_test", "*60"), ("time", "*43")], &[]),
    // The other is off.
    (&[("echo_test", "*60"), ("time", "off")], &[]),
    (&[("any_voicemail", "*1"), ("my_voicemail", "*01"), ("leave_message", "*02")], &[]),
    (&[("echo_test", "*60")], &["1 (echo_test), code: *60 is the code of time: choose another"]),
    (
        &[("any_voicemail", "*9")],
        &[
            "1 (any_voicemail), code: *97 would mean both my_voicemail and any_voicemail, whose code *9 takes digits: choose another",
        ],
    ),
    (
        &[("time", "*985")],
        &["1 (time), code: *985 would mean both time and any_voicemail, whose code *98 takes digits: choose another"],
    ),
    (
        &[("any_voicemail", "*1"), ("leave_message", "*15")],
        &[
            "2 (leave_message), code: *15 would mean both leave_message and any_voicemail, whose code *1 takes digits: choose another",
        ],
    ),
    // One is dialled, the other keyed during a call.
    (&[("drop", "*43")], &[]),
    (
        &[("attended_transfer", "*60"), ("any_voicemail", "*6")],
        &[
            "2 (any_voicemail), code: *60 would mean both time and any_voicemail, whose code *6 takes digits: choose another",
        ],
    ),
    (&[("blind_transfer", "*2")], &["1 (blind_transfer), code: *2 is the code of attended_transfer: choose another"]),
    (
        &[("drop", "##1")],
        &[
            "1 (drop), code: ##1 and ##, the code of blind_transfer, begin alike, and keys of a call are heard one by one: choose another",
        ],
    ),
    // The first has no place left when the second is off again.
    (
        &[("echo_test", "*60"), ("time", "*97")],
        &[
            "2 (time), code: *97 is the code of my_voicemail: choose another",
            "1 (echo_test), code: *60 is the code of time: choose another",
        ],
    ),
    (
        &[("leave_message", "91")],
        &["1 (leave_message), code: 911 calls for help and can be no extension or code: choose another"],
    ),
    (
        &[("leave_message", "93")],
        &["1 (leave_message), code: 933 calls for help and can be no extension or code: choose another"],
    ),
];

#[test]
fn codes_that_make_the_table_ambiguous_are_off_and_both_are_named() {
    for (rows, expected) in CLASHES {
        let row = |(feature, code): &(&str, &str)| match *code {
            "off" => format!("[[feature_code]]\nfeature = \"{feature}\"\nenabled = false\n"),
            code => format!("[[feature_code]]\nfeature = \"{feature}\"\ncode = \"{code}\"\n"),
        };
        let file: String = rows.iter().map(row).collect();
        let expected: Vec<String> =
            expected.iter().map(|fault| format!("feature_code {fault}; the row is off until then")).collect();
        let config = says(&file, &expected.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(config.feature_codes().len(), Feature::ALL.len());
        for dialled in dialled(4) {
            assert!(meanings(&config, &dialled).len() <= 1, "{file}: {dialled}");
        }
    }
}

#[test]
fn an_extension_is_none_that_a_code_claims() {
    let file = |extension: &str| {
        format!(
            "[[feature_code]]\nfeature = \"leave_message\"\ncode = \"77\"\n[[person]]\nname = \"A\"\nextension = \"{extension}\""
        )
    };
    says(
        &file("77"),
        &["person 1 (A), extension: 77 is the code of leave_message: choose another; the row is off until then"],
    );
    says(
        &file("7701"),
        &[
            "person 1 (A), extension: 7701 would mean both this extension and leave_message, whose code 77 takes digits: choose another; the row is off until then",
        ],
    );
    let config = says(&file("7801"), &[]);
    assert_eq!(config.feature("777801"), Some((Feature::LeaveMessage, "7801")));
}

#[test]
fn f163_keys_of_a_call_are_read_one_by_one() {
    let config = says("", &[]);
    for (keys, expected) in [
        ("*", InCall::Begins),
        ("*2", InCall::Is(Feature::AttendedTransfer)),
        ("*0", InCall::Begins),
        ("*0#", InCall::Is(Feature::Drop)),
        ("#", InCall::Begins),
        ("##", InCall::Is(Feature::BlindTransfer)),
        ("*1", InCall::Nothing),
        ("2", InCall::Nothing),
        ("*97", InCall::Nothing),
    ] {
        assert_eq!(config.in_call(keys), expected, "{keys}");
    }
    let off = says("[[feature_code]]\nfeature = \"blind_transfer\"\nenabled = false", &[]);
    assert_eq!(off.in_call("#"), InCall::Nothing);
}
