//! English, as in the United States.

use jiff::civil::{Date, Time, Weekday};

use super::{Day, Form, Speller, Unit};

pub(crate) struct English;

const BELOW_20: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Speller for English {
    fn cardinal(&self, number: u32, _: Form) -> String {
        for (size, name) in [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred")]
        {
            if number >= size {
                let whole = format!("{} {name}", self.cardinal(number / size, Form::Counting));
                return match number % size {
                    0 => whole,
                    rest => format!("{whole} {}", self.cardinal(rest, Form::Counting)),
                };
            }
        }
        match (number / 10, number % 10) {
            (0 | 1, _) => BELOW_20[number as usize].to_owned(),
            (tens, 0) => TENS[tens as usize].to_owned(),
            (tens, ones) => format!("{}-{}", TENS[tens as usize], BELOW_20[ones as usize]),
        }
    }

    fn ordinal(&self, number: u32, form: Form) -> String {
        let cardinal = self.cardinal(number, form);
        let last = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
        let (before, word) = cardinal.split_at(last);
        let word = match word {
            "one" => "first".to_owned(),
            "two" => "second".to_owned(),
            "three" => "third".to_owned(),
            "five" => "fifth".to_owned(),
            "eight" => "eighth".to_owned(),
            "nine" => "ninth".to_owned(),
            "twelve" => "twelfth".to_owned(),
            word => match word.strip_suffix('y') {
                Some(stem) => format!("{stem}ieth"),
                None => format!("{word}th"),
            },
        };
        format!("{before}{word}")
    }

    fn year(&self, year: u32) -> String {
        let (hundreds, rest) = (year / 100, year % 100);
        if !(1_000..10_000).contains(&year) || (hundreds.is_multiple_of(10) && rest < 10) {
            return self.cardinal(year, Form::Counting);
        }
        let hundreds = self.cardinal(hundreds, Form::Counting);
        match rest {
            0 => format!("{hundreds} hundred"),
            1..=9 => format!("{hundreds} oh-{}", BELOW_20[rest as usize]),
            _ => format!("{hundreds} {}", self.cardinal(rest, Form::Counting)),
        }
    }

    fn digit(&self, digit: char) -> Option<&'static str> {
        Some(match digit {
            '*' => "star",
            '#' => "pound",
            '+' => "plus",
            '.' => "dot",
            digit => BELOW_20[digit.to_digit(10)? as usize],
        })
    }

    fn time(&self, time: Time) -> String {
        match (time.hour(), time.minute()) {
            (0, 0) => return "midnight".to_owned(),
            (12, 0) => return "noon".to_owned(),
            _ => {}
        }
        let half = if time.hour() < 12 { "a m" } else { "p m" };
        let number = |number: i8| self.cardinal(u32::from(number.unsigned_abs()), Form::Counting);
        let hour = number((time.hour() + 11) % 12 + 1);
        match time.minute() {
            0 => format!("{hour} {half}"),
            minute @ 1..=9 => format!("{hour} oh {} {half}", number(minute)),
            minute => format!("{hour} {} {half}", number(minute)),
        }
    }

    fn moment(&self, at: Time, day: Day) -> String {
        let time = self.time(at);
        match day {
            Day::Today => format!("at {time}"),
            Day::Yesterday => format!("yesterday at {time}"),
            Day::ThisWeek(date) => format!("on {} at {time}", weekday(date)),
            Day::ThisYear(date) => format!("on {}, at {time}", self.date(date)),
            Day::Other(date) => {
                format!("on {}, {}, at {time}", self.date(date), self.year(u32::from(date.year().unsigned_abs())))
            }
        }
    }

    fn span(&self, count: u32, unit: Unit) -> String {
        let unit = match unit {
            Unit::Hour => "hour",
            Unit::Minute => "minute",
            Unit::Second => "second",
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{} {unit}{plural}", self.cardinal(count, Form::Counting))
    }

    fn and(&self) -> &'static str {
        " and "
    }

    fn somebody(&self) -> &'static str {
        "the person you called"
    }
}

impl English {
    fn date(&self, date: Date) -> String {
        let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        format!("{month} {}", self.ordinal(u32::from(date.day().unsigned_abs()), Form::Counting))
    }
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
