use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::*;

type Spelling = Box<dyn Fn(u32) -> String>;

fn speller(language: &str) -> &'static dyn Speller {
    SPELLERS.iter().find(|row| row.0 == language).expect("the language spells").1
}

/// What a form of `cldr.tsv` is here.
fn spelling(language: &str, form: &str) -> Spelling {
    let speller = speller(language);
    match form {
        "cardinal" | "counting" => Box::new(|number| speller.cardinal(number, Form::Counting)),
        "masculine" => Box::new(|number| speller.cardinal(number, Form::Masculine)),
        "feminine" => Box::new(|number| speller.cardinal(number, Form::Feminine)),
        "ordinal" | "ordinal-masculine" => Box::new(|number| speller.ordinal(number, Form::Masculine)),
        "ordinal-feminine" => Box::new(|number| speller.ordinal(number, Form::Feminine)),
        "ordinal-n" => Box::new(de::dative_ordinal),
        "year" => Box::new(|number| speller.year(number)),
        _ => panic!("no form {form}"),
    }
}

fn digest(spelling: &Spelling, numbers: std::ops::RangeInclusive<u32>) -> String {
    let mut hash = Sha256::new();
    numbers.for_each(|number| hash.update(spelling(number) + "\n"));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn numbers_are_spelled_as_cldr_spells_them() {
    let rows = include_str!("cldr.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut digests = Vec::new();
    for row in rows {
        let [language, form, number, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let spelling = spelling(language, form);
        match number.parse() {
            Ok(number) => assert_eq!(spelling(number), expected, "{language} {form} {number}"),
            Err(_) => digests.push((language, form, expected)),
        }
    }
    assert_eq!(digests.len(), 14);
    // After the samples, which say more when one differs.
    for (language, form, expected) in digests {
        let numbers = if form == "year" { 1_000..=9_999 } else { 0..=10_000 };
        assert_eq!(digest(&spelling(language, form), numbers), expected, "{language} {form}");
    }
}

#[test]
fn large_numbers_are_spelled_to_the_end() {
    for (language, number, expected) in [
        ("en", 1_000_000, "one million"),
        (
            "en",
            u32::MAX,
            "four billion two hundred ninety-four million nine hundred sixty-seven thousand two hundred ninety-five",
        ),
        ("de", 1_000_001, "eine Million eins"),
        ("de", 2_000_000, "zwei Millionen"),
        ("es", 1_000_000, "un millón"),
        ("es", 21_000_001, "veintiún millones uno"),
    ] {
        assert_eq!(speller(language).cardinal(number, Form::Counting), expected);
    }
    for (language, speller) in SPELLERS {
        assert!(!speller.ordinal(u32::MAX, Form::Counting).is_empty(), "{language}");
        assert!(!speller.year(u32::MAX).is_empty(), "{language}");
    }
}

#[test]
fn the_time_of_day_is_said_as_people_say_it() {
    for (at, en, de, es) in [
        (time(0, 0, 0, 0), "midnight", "null Uhr", "las doce de la noche"),
        (time(0, 5, 0, 0), "twelve oh five a m", "null Uhr fünf", "las doce y cinco de la noche"),
        (time(1, 0, 0, 0), "one a m", "ein Uhr", "la una de la madrugada"),
        (time(1, 1, 59, 0), "one oh one a m", "ein Uhr eins", "la una y uno de la madrugada"),
        (time(9, 30, 0, 0), "nine thirty a m", "neun Uhr dreißig", "las nueve y treinta de la mañana"),
        (time(12, 0, 0, 0), "noon", "zwölf Uhr", "las doce del mediodía"),
        (time(12, 10, 0, 0), "twelve ten p m", "zwölf Uhr zehn", "las doce y diez del mediodía"),
        (time(13, 0, 0, 0), "one p m", "dreizehn Uhr", "la una de la tarde"),
        (
            time(16, 45, 0, 0),
            "four forty-five p m",
            "sechzehn Uhr fünfundvierzig",
            "las cuatro y cuarenta y cinco de la tarde",
        ),
        (
            time(21, 21, 0, 0),
            "nine twenty-one p m",
            "einundzwanzig Uhr einundzwanzig",
            "las nueve y veintiuno de la noche",
        ),
    ] {
        for (language, expected) in [("en", en), ("de", de), ("es", es)] {
            assert_eq!(speller(language).time(at), expected, "{language} {at}");
        }
    }
}

#[test]
fn a_day_is_named_from_today() {
    let at = time(13, 5, 0, 0);
    for (day, en, de, es) in [
        (date(2026, 3, 25), "at one oh five p m", "um dreizehn Uhr fünf", "a la una y cinco de la tarde"),
        (
            date(2026, 3, 24),
            "yesterday at one oh five p m",
            "gestern um dreizehn Uhr fünf",
            "ayer a la una y cinco de la tarde",
        ),
        (
            date(2026, 3, 23),
            "on Monday at one oh five p m",
            "am Montag um dreizehn Uhr fünf",
            "el lunes a la una y cinco de la tarde",
        ),
        (
            date(2026, 1, 23),
            "on January twenty-third, at one oh five p m",
            ", am dreiundzwanzigsten Januar, um dreizehn Uhr fünf",
            "el veintitrés de enero, a la una y cinco de la tarde",
        ),
        (
            date(2025, 12, 1),
            "on December first, twenty twenty-five, at one oh five p m",
            ", am ersten Dezember zweitausendfünfundzwanzig, um dreizehn Uhr fünf",
            "el primero de diciembre de dos mil veinticinco, a la una y cinco de la tarde",
        ),
        (
            date(2026, 3, 26),
            "on March twenty-sixth, at one oh five p m",
            ", am sechsundzwanzigsten März, um dreizehn Uhr fünf",
            "el veintiséis de marzo, a la una y cinco de la tarde",
        ),
    ] {
        for (language, expected) in [("en", en), ("de", de), ("es", es)] {
            assert_eq!(speller(language).moment(at, named(day, at)), expected, "{language} {day}");
        }
    }
}

fn named(day: Date, at: Time) -> Day {
    let zone = TimeZone::get("Europe/Berlin").expect("the zone is known");
    let zoned = |date: Date, time: Time| date.to_datetime(time).to_zoned(zone.clone()).expect("a moment");
    Day::of(&zoned(day, at), &zoned(date(2026, 3, 25), time(0, 10, 0, 0)))
}

#[test]
fn digits_come_one_by_one_with_pauses_between_groups() {
    for (text, expected) in [
        ("101", "one zero one"),
        ("1001", "one zero zero one"),
        ("12345", "one two three, four five"),
        ("5550100", "five five five, zero one zero zero"),
        ("2025550147", "two zero two, five five five, zero one four seven"),
        ("+49 30 555", "plus four nine, three zero, five five five"),
        ("*43#", "star four three pound"),
        ("192.168.1.10", "one nine two dot, one six eight dot, one dot, one zero"),
        ("1.2.0-rc1", "one dot, two dot, zero, r c one"),
        ("", ""),
        ("<break/>", "b r e, a k"),
    ] {
        assert_eq!(digits(speller("en"), text), expected, "{text}");
    }
    let endless = digits(speller("de"), &"1".repeat(100_000));
    assert!(endless.len() < 40 * 8, "{}", endless.len());
    assert!(digits(speller("es"), &"1 ".repeat(100_000)).len() < 40 * 8);
}

#[test]
fn lengths_of_time_have_two_units_at_most() {
    for (seconds, en, de, es) in [
        (0, "zero seconds", "null Sekunden", "cero segundos"),
        (1, "one second", "eine Sekunde", "un segundo"),
        (61, "one minute and one second", "eine Minute und eine Sekunde", "un minuto y un segundo"),
        (900, "fifteen minutes", "fünfzehn Minuten", "quince minutos"),
        (3_661, "one hour and one minute", "eine Stunde und eine Minute", "una hora y un minuto"),
        (75_600, "twenty-one hours", "einundzwanzig Stunden", "veintiuna horas"),
    ] {
        for (language, expected) in [("en", en), ("de", de), ("es", es)] {
            assert_eq!(duration(speller(language), seconds), expected, "{language} {seconds}");
        }
    }
}

#[test]
fn a_name_brings_no_command_to_the_engine() {
    for (text, expected) in [
        ("Alice Example", Some("Alice Example")),
        ("Zoë O'Neill-Müller", Some("Zoë O'Neill-Müller")),
        ("<speed level='9'>Bob</speed>", Some("speed level Bob speed")),
        ("Desk 3 & <\0>\\", Some("Desk")),
        ("日本", None),
        (" - ' ", None),
        ("", None),
    ] {
        assert_eq!(name(text).as_deref(), expected, "{text:?}");
    }
    assert_eq!(name(&"a".repeat(1_000)).map(|name| name.len()), Some(64));
}
