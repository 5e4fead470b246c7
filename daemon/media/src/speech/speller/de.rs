//! German.

use jiff::civil::{Date, Time, Weekday};

use super::{Day, Form, Speller, Unit};

pub(crate) struct German;

const BELOW_13: [&str; 13] =
    ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
/// Before "zehn" and "zig", and as the ordinal's stem.
const STEMS: [&str; 10] = ["", "ein", "zwei", "drei", "vier", "fünf", "sech", "sieb", "acht", "neun"];
const TENS: [&str; 10] =
    ["", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

impl Speller for German {
    fn cardinal(&self, number: u32, form: Form) -> String {
        cardinal(
            number,
            match form {
                Form::Counting => "eins",
                Form::Masculine => "ein",
                Form::Feminine => "eine",
            },
        )
    }

    fn ordinal(&self, number: u32, _: Form) -> String {
        format!("{}e", ordinal_stem(number))
    }

    fn year(&self, year: u32) -> String {
        if (1_100..2_000).contains(&year) {
            let rest = if year.is_multiple_of(100) { String::new() } else { cardinal(year % 100, "eins") };
            return format!("{}hundert{rest}", cardinal(year / 100, "ein"));
        }
        cardinal(year, "eins")
    }

    fn digit(&self, digit: char) -> Option<&'static str> {
        Some(match digit {
            '*' => "Stern",
            '#' => "Raute",
            '+' => "plus",
            '.' => "Punkt",
            digit => BELOW_13[digit.to_digit(10)? as usize],
        })
    }

    fn time(&self, time: Time) -> String {
        let hour = cardinal(u32::from(time.hour().unsigned_abs()), "ein");
        match time.minute() {
            0 => format!("{hour} Uhr"),
            minute => format!("{hour} Uhr {}", cardinal(u32::from(minute.unsigned_abs()), "eins")),
        }
    }

    fn moment(&self, at: Time, day: Day) -> String {
        let time = self.time(at);
        match day {
            Day::Today => format!("um {time}"),
            Day::Yesterday => format!("gestern um {time}"),
            Day::ThisWeek(date) => format!("am {} um {time}", weekday(date)),
            // The engine rushes a long date unless a comma stands before it.
            Day::ThisYear(date) => format!(", am {}, um {time}", day_and_month(date)),
            Day::Other(date) => {
                let year = self.year(u32::from(date.year().unsigned_abs()));
                format!(", am {} {year}, um {time}", day_and_month(date))
            }
        }
    }

    fn span(&self, count: u32, unit: Unit) -> String {
        let (one, many) = match unit {
            Unit::Hour => ("Stunde", "Stunden"),
            Unit::Minute => ("Minute", "Minuten"),
            Unit::Second => ("Sekunde", "Sekunden"),
        };
        format!("{} {}", cardinal(count, "eine"), if count == 1 { one } else { many })
    }

    fn and(&self) -> &'static str {
        " und "
    }

    fn somebody(&self) -> &'static str {
        "die angerufene Person"
    }
}

/// `one` is how a final 1 is said.
fn cardinal(number: u32, one: &str) -> String {
    let rest = |rest: u32| if rest == 0 { String::new() } else { cardinal(rest, one) };
    match number {
        1 => one.to_owned(),
        0..13 => BELOW_13[number as usize].to_owned(),
        13..20 => format!("{}zehn", STEMS[number as usize - 10]),
        20..100 => match (number / 10, number % 10) {
            (tens, 0) => TENS[tens as usize].to_owned(),
            (tens, ones) => format!("{}und{}", cardinal(ones, "ein"), TENS[tens as usize]),
        },
        100..1_000 => format!("{}hundert{}", cardinal(number / 100, "ein"), rest(number % 100)),
        1_000..1_000_000 => format!("{}tausend{}", cardinal(number / 1_000, "ein"), rest(number % 1_000)),
        _ => {
            let name = if number / 1_000_000 == 1 { "Million" } else { "Millionen" };
            let whole = format!("{} {name}", cardinal(number / 1_000_000, "eine"));
            format!("{whole} {}", rest(number % 1_000_000)).trim_end().to_owned()
        }
    }
}

/// The ordinal without its ending.
fn ordinal_stem(number: u32) -> String {
    let last = number % 100;
    let before = if number == last { String::new() } else { cardinal(number - last, "eins") };
    let stem = match last {
        0 if number == 0 => "nullt".to_owned(),
        0 => "st".to_owned(),
        1 => "erst".to_owned(),
        3 => "dritt".to_owned(),
        7 => "siebt".to_owned(),
        8 => "acht".to_owned(),
        2..20 => format!("{}t", cardinal(last, "eins")),
        _ => format!("{}st", cardinal(last, "eins")),
    };
    before + &stem
}

/// "dreiundzwanzigsten März", as after "am".
fn day_and_month(date: Date) -> String {
    let day = ordinal_stem(u32::from(date.day().unsigned_abs()));
    format!("{day}en {}", MONTHS[usize::from(date.month().unsigned_abs()) - 1])
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

#[cfg(test)]
pub(super) fn dative_ordinal(number: u32) -> String {
    format!("{}en", ordinal_stem(number))
}
