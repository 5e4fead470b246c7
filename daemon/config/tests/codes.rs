//! The table of feature codes: what is dialled, and what each string means.

mod judged;

use config::{Argument, Config, Feature};

use judged::says;

#[test]
fn the_delivered_codes_are_codes_and_no_two_are_the_same() {
    let config = says("", &[]);
    for (feature, code) in Feature::DEFAULTS {
        let argument = if feature.argument() == Argument::Extension { "1001" } else { "" };
        assert_eq!(config.feature(&format!("{code}{argument}")), Some((feature, argument)), "{code}");
        assert_eq!(Feature::from_name(feature.as_str()), Some(feature));
        // Written out in a file it is accepted, so it keeps the rules for codes.
        let row = format!("[[feature_code]]\nfeature = \"{feature}\"\ncode = \"{code}\"");
        assert_eq!(says(&row, &[]), config);
    }
}

#[test]
fn bad_codes_are_left_out_and_the_delivered_one_holds() {
    for (row, expected) in [
        ("code = \"*44\"", "feature_code 1, feature: it is missing: add it"),
        (
            "feature = \"tea\"",
            "feature_code 1 (tea), feature: there is no feature tea: write one of echo_test, time, own_extension, box_status, my_voicemail, any_voicemail, leave_message, group_pickup, directed_pickup",
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
    assert_eq!((config.feature("*43"), config.feature_codes().len()), (None, Feature::DEFAULTS.len()));
    let config = says("[[feature_code]]\nfeature = \"echo_test\"\ncode = \"*88\"", &[]);
    assert_eq!((config.feature("*43"), config.feature("*88")), (None, Some((Feature::EchoTest, ""))));
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
        let rest = dialled.strip_prefix(row.code.as_str())?;
        let is_number = !rest.is_empty() && rest.bytes().all(|key| key.is_ascii_digit());
        let fits = match row.feature.argument() {
            Argument::None => rest.is_empty(),
            Argument::Extension => is_number,
            Argument::OptionalExtension => rest.is_empty() || is_number,
        };
        fits.then_some((row.feature, rest))
    };
    rows.filter_map(meaning).collect()
}

#[test]
fn no_dialled_string_of_five_keys_means_two_things() {
    let config = says("", &[]);
    let mut with_meaning = 0;
    for dialled in dialled(5) {
        let found = meanings(&config, &dialled);
        assert!(found.len() <= 1, "{dialled}: {found:?}");
        assert_eq!(config.feature(&dialled), found.first().copied(), "{dialled}");
        assert!(found.is_empty() || dialled.starts_with('*'), "{dialled}: {found:?}");
        with_meaning += found.len();
    }
    // Six codes that stand alone; *98 alone, with one digit or two; *99 with one or two; ** with one to three.
    assert_eq!(with_meaning, 6 + 111 + 110 + 1_110);
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
    (&[("any_voicemail", "*9"), ("my_voicemail", "*01"), ("leave_message", "*02")], &[]),
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
        &[("any_voicemail", "*5"), ("leave_message", "*51")],
        &[
            "2 (leave_message), code: *51 would mean both leave_message and any_voicemail, whose code *5 takes digits: choose another",
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
        assert_eq!(config.feature_codes().len(), Feature::DEFAULTS.len());
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
