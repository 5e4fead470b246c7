//! National holidays as rules: what holds in the whole country by law, and the days that are kept in their place.
//!
//! Those of a part of a country are entries of its own office. Sources: 5 U.S.C. § 6103; Canada Labour Code § 166; the bank
//! holidays of England and Wales; the holidays that all German and all Swiss states share; the Austrian Arbeitsruhegesetz § 7;
//! Code du travail L3133-1; the Spanish Estatuto de los Trabajadores art. 37.2 with the days no region exchanges; Italian law
//! 260/1949 with 151/2025; the Dutch Algemene termijnenwet art. 3.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use self::Rule::{Before, Easter, Fixed, Kept, Nth};
use self::Weekday::{Monday, Thursday};

/// The countries whose holidays are known (ISO 3166-1 alpha-2).
pub const COUNTRIES: [&str; 10] = ["US", "CA", "GB", "DE", "AT", "CH", "FR", "ES", "IT", "NL"];

/// When a holiday is.
#[derive(Clone, Copy)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month and day, and another day where it falls on a Saturday or a Sunday: so many days later each.
    Kept(i8, i8, i8, i8),
    /// A weekday of a month, the last one at -1.
    Nth(i8, Weekday, i8),
    /// The last such weekday before month and day.
    Before(Weekday, i8, i8),
    /// Days from Easter Sunday.
    Easter(i16),
}

const US: &[Rule] = &[
    Kept(1, 1, -1, 1),
    Nth(3, Monday, 1),
    Nth(3, Monday, 2),
    Nth(-1, Monday, 5),
    Kept(6, 19, -1, 1),
    Kept(7, 4, -1, 1),
    Nth(1, Monday, 9),
    Nth(2, Monday, 10),
    Kept(11, 11, -1, 1),
    Nth(4, Thursday, 11),
    Kept(12, 25, -1, 1),
];

const CA: &[Rule] = &[
    Kept(1, 1, 2, 1),
    Easter(-2),
    Before(Monday, 5, 25),
    Kept(7, 1, 2, 1),
    Nth(1, Monday, 9),
    Kept(9, 30, 2, 1),
    Nth(2, Monday, 10),
    Kept(11, 11, 2, 1),
    Kept(12, 25, 2, 2),
    Kept(12, 26, 2, 2),
];

const GB: &[Rule] = &[
    Kept(1, 1, 2, 1),
    Easter(-2),
    Easter(1),
    Nth(1, Monday, 5),
    Nth(-1, Monday, 5),
    Nth(-1, Monday, 8),
    Kept(12, 25, 2, 2),
    Kept(12, 26, 2, 2),
];

const DE: &[Rule] = &[
    Fixed(1, 1),
    Easter(-2),
    Easter(1),
    Fixed(5, 1),
    Easter(39),
    Easter(50),
    Fixed(10, 3),
    Fixed(12, 25),
    Fixed(12, 26),
];

const AT: &[Rule] = &[
    Fixed(1, 1),
    Fixed(1, 6),
    Easter(1),
    Fixed(5, 1),
    Easter(39),
    Easter(50),
    Easter(60),
    Fixed(8, 15),
    Fixed(10, 26),
    Fixed(11, 1),
    Fixed(12, 8),
    Fixed(12, 25),
    Fixed(12, 26),
];

const CH: &[Rule] = &[Fixed(1, 1), Easter(39), Fixed(8, 1), Fixed(12, 25)];

const FR: &[Rule] = &[
    Fixed(1, 1),
    Easter(1),
    Fixed(5, 1),
    Fixed(5, 8),
    Easter(39),
    Easter(50),
    Fixed(7, 14),
    Fixed(8, 15),
    Fixed(11, 1),
    Fixed(11, 11),
    Fixed(12, 25),
];

const ES: &[Rule] = &[
    Fixed(1, 1),
    Fixed(1, 6),
    Easter(-2),
    Fixed(5, 1),
    Fixed(8, 15),
    Fixed(10, 12),
    Fixed(11, 1),
    Fixed(12, 6),
    Fixed(12, 8),
    Fixed(12, 25),
];

const IT: &[Rule] = &[
    Fixed(1, 1),
    Fixed(1, 6),
    Easter(0),
    Easter(1),
    Fixed(4, 25),
    Fixed(5, 1),
    Fixed(6, 2),
    Fixed(8, 15),
    Fixed(10, 4),
    Fixed(11, 1),
    Fixed(12, 8),
    Fixed(12, 25),
    Fixed(12, 26),
];

const NL: &[Rule] = &[
    Fixed(1, 1),
    Easter(0),
    Easter(1),
    // The King's birthday is kept on the Saturday where it is a Sunday.
    Kept(4, 27, 0, -1),
    Easter(39),
    Easter(49),
    Easter(50),
    Fixed(12, 25),
    Fixed(12, 26),
];

fn rules_of(country: &str) -> &'static [Rule] {
    match country {
        "US" => US,
        "CA" => CA,
        "GB" => GB,
        "DE" => DE,
        "AT" => AT,
        "CH" => CH,
        "FR" => FR,
        "ES" => ES,
        "IT" => IT,
        "NL" => NL,
        _ => &[],
    }
}

/// Whether this date is a national holiday there, or kept in the place of one.
pub(super) fn is_holiday(country: &str, date: Date) -> bool {
    rules_of(country).iter().any(|rule| rule.falls_on(date))
}

impl Rule {
    fn falls_on(self, on: Date) -> bool {
        match self {
            Fixed(month, day) => (on.month(), on.day()) == (month, day),
            Kept(month, day, saturday, sunday) => {
                let is_kept = |from: Weekday, later: i8| {
                    let origin = on.checked_sub(i64::from(later).days());
                    origin.is_ok_and(|o| (o.month(), o.day()) == (month, day) && o.weekday() == from)
                };
                (on.month(), on.day()) == (month, day)
                    || is_kept(Weekday::Saturday, saturday)
                    || is_kept(Weekday::Sunday, sunday)
            }
            Nth(nth, weekday, month) => {
                on.month() == month && on.weekday() == weekday && on.nth_weekday_of_month(nth, weekday).ok() == Some(on)
            }
            Before(weekday, month, day) => {
                let before = date(on.year(), month, day);
                on.weekday() == weekday && on < before && on.checked_add(7.days()).is_ok_and(|next| next >= before)
            }
            Easter(offset) => {
                let sunday = on.checked_sub(i64::from(offset).days());
                sunday.is_ok_and(|sunday| easter(sunday.year()) == Some(sunday))
            }
        }
    }
}

/// Easter Sunday of the Western churches, by the algorithm of Meeus, Jones and Butcher.
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = (h + l - 7 * m + 90) / 25;
    let p = (h + l - 7 * m + 33 * n + 19) % 32;
    Date::new(year, i8::try_from(n).ok()?, i8::try_from(p).ok()?).ok()
}
