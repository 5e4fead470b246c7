//! One entry of a time group: some days, at some times of them, in a line that people can read and write.
//!
//! ```text
//! Mon-Fri 08:00-12:00 13:00-18:00     days of the week, several times a day
//! Fri 22:00-06:00                     into the night: what is after midnight belongs to the Friday
//! Mon-Fri 1-7 Jan-Mar                 any of days of the week, days of the month and months; left out: any
//! 2026-12-24..2027-01-01              dates
//! 4th Thu Nov, last Mon May           a day of the week in a month
//! Easter+1                            days from Easter Sunday (Western)
//! holidays US                         a country's list
//! except ...                          not then, whatever other entries say
//! ```

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

use super::Specificity;
use super::holidays::{COUNTRIES, easter, is_holiday};

/// The longest entry, in characters.
pub const MAX_ENTRY: usize = 160;

/// How many times of the day an entry may have.
pub const MAX_SPANS: usize = 12;

/// How far from Easter a day may be: the other Easter is never nearer than that.
const MAX_FROM_EASTER: i16 = 150;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NTHS: [(&str, i8); 6] = [("1st", 1), ("2nd", 2), ("3rd", 3), ("4th", 4), ("5th", 5), ("last", -1)];

/// Some days, at some times of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether it takes away what others give.
    pub is_except: bool,
    /// The days.
    pub days: Days,
    /// The times, in their order; none: the whole day.
    pub spans: Vec<Span>,
}

/// Which days. Sets are kept as bits, the lowest for the first; an empty set stands for any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Whatever falls into all three sets.
    Row {
        /// Monday is the first.
        weekdays: u8,
        /// The first of the month is bit 1.
        month_days: u32,
        /// January is the first.
        months: u16,
    },
    /// From a date to a date, both included.
    Dates {
        /// The first.
        from: Date,
        /// The last, not before the first.
        to: Date,
    },
    /// A weekday of a month.
    Nth {
        /// 1 to 5, or -1 for the last.
        nth: i8,
        /// Which.
        weekday: Weekday,
        /// 1 to 12.
        month: i8,
    },
    /// So many days after the Western Easter Sunday, or before it.
    Easter {
        /// Days.
        offset: i16,
    },
    /// The national holidays of a country of [`COUNTRIES`], with the days that are kept in their place.
    Holidays {
        /// Two capital letters.
        country: &'static str,
    },
}

/// A time of the day, in minutes from midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first minute that belongs to it.
    pub from: u16,
    /// The first that does not, at most 1440; before `from`: on the next day.
    pub to: u16,
}

/// What is no entry of a time group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum BadEntry {
    #[error("an entry has days, times or both, as in Mon-Fri 08:00-18:00, and at most 160 characters")]
    Empty,
    #[error("a time of the day is written as in 08:00-18:00, to 24:00 at the latest, and an entry has at most 12")]
    Times,
    #[error("dates are written as in 2026-12-24 or 2026-12-24..2027-01-01, the earlier first")]
    Dates,
    #[error("a day of a month is written as in 4th Thu Nov or last Mon May")]
    Nth,
    #[error("a day from Easter is written as in Easter or Easter+39, at most 150 days from it")]
    Easter,
    #[error("holidays are those of one of US, CA, GB, DE, AT, CH, FR, ES, IT, NL, as in holidays US")]
    Holidays,
    #[error("a word is not understood: write days as Mon-Fri, days of the month as 1-7, months as Jan-Mar")]
    Word,
}

impl Entry {
    /// Whether it holds when the clock shows this.
    pub fn covers(&self, local: DateTime) -> bool {
        let (date, time) = (local.date(), local.time());
        if self.spans.is_empty() {
            return self.days.contain(date);
        }
        let minute = u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
        self.spans.iter().any(|span| {
            if span.from < span.to {
                return (span.from..span.to).contains(&minute) && self.days.contain(date);
            }
            let is_late = minute >= span.from && self.days.contain(date);
            let is_early = || minute < span.to && date.yesterday().is_ok_and(|start| self.days.contain(start));
            is_late || is_early()
        })
    }

    /// How narrow it is.
    pub fn specificity(&self) -> Specificity {
        match self.days {
            Days::Dates { .. } => Specificity::Dated,
            Days::Row { month_days: 1.., months: 1.., .. } => Specificity::Dated,
            Days::Nth { .. } | Days::Easter { .. } | Days::Holidays { .. } => Specificity::Holiday,
            Days::Row { weekdays: 0, month_days: 0, months: 0 } if self.spans.is_empty() => Specificity::Always,
            Days::Row { .. } => Specificity::Weekly,
        }
    }
}

impl Days {
    /// Whether this date is one of them.
    pub fn contain(&self, date: Date) -> bool {
        match *self {
            Days::Row { weekdays, month_days, months } => {
                let has = |set: u32, bit: i8| set == 0 || set >> bit.unsigned_abs() & 1 == 1;
                has(weekdays.into(), date.weekday().to_monday_zero_offset())
                    && has(month_days, date.day())
                    && has(months.into(), date.month() - 1)
            }
            Days::Dates { from, to } => (from..=to).contains(&date),
            Days::Nth { nth, weekday, month } => {
                month == date.month()
                    && weekday == date.weekday()
                    && date.nth_weekday_of_month(nth, weekday).is_ok_and(|day| day == date)
            }
            Days::Easter { offset } => {
                date.checked_sub(i64::from(offset).days()).is_ok_and(|sunday| easter(sunday.year()) == Some(sunday))
            }
            Days::Holidays { country } => is_holiday(country, date),
        }
    }
}

impl FromStr for Entry {
    type Err = BadEntry;

    fn from_str(text: &str) -> Result<Entry, BadEntry> {
        if text.chars().count() > MAX_ENTRY {
            return Err(BadEntry::Empty);
        }
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let is_except = words.first().is_some_and(|word| word.eq_ignore_ascii_case("except"));
        if is_except {
            words.remove(0);
        }
        let times = words.iter().position(|word| word.contains(':')).unwrap_or(words.len());
        let spans = words.split_off(times).into_iter().map(str::parse).collect::<Result<Vec<Span>, _>>()?;
        if words.is_empty() && spans.is_empty() {
            return Err(BadEntry::Empty);
        }
        if spans.len() > MAX_SPANS {
            return Err(BadEntry::Times);
        }
        Ok(Entry { is_except, days: days_of(&words)?, spans })
    }
}

fn days_of(words: &[&str]) -> Result<Days, BadEntry> {
    let lower = words.first().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    if lower == "holidays" {
        let [_, country] = words else { return Err(BadEntry::Holidays) };
        let known = COUNTRIES.into_iter().find(|known| known.eq_ignore_ascii_case(country));
        return known.map(|country| Days::Holidays { country }).ok_or(BadEntry::Holidays);
    }
    if let Some(offset) = lower.strip_prefix("easter") {
        let offset: i16 = if offset.is_empty() { Ok(0) } else { offset.parse() }.map_err(|_| BadEntry::Easter)?;
        let is_near = offset.abs() <= MAX_FROM_EASTER && words.len() == 1;
        return if is_near { Ok(Days::Easter { offset }) } else { Err(BadEntry::Easter) };
    }
    if let Some((_, nth)) = NTHS.into_iter().find(|(word, _)| *word == lower) {
        let [_, weekday, month] = words else { return Err(BadEntry::Nth) };
        let weekday = place(&WEEKDAYS, weekday).and_then(|at| Weekday::from_monday_zero_offset(at).ok());
        let month = place(&MONTHS, month).map(|at| at + 1);
        return weekday.zip(month).map(|(weekday, month)| Days::Nth { nth, weekday, month }).ok_or(BadEntry::Nth);
    }
    let is_year = lower.len() >= 5 && lower.as_bytes()[4] == b'-' && lower[..4].bytes().all(|b| b.is_ascii_digit());
    if is_year {
        let [dates] = words else { return Err(BadEntry::Dates) };
        let (from, to) = dates.split_once("..").unwrap_or((dates, dates));
        let (from, to): (Date, Date) =
            from.parse().ok().zip(to.parse().ok()).filter(|(from, to)| from <= to).ok_or(BadEntry::Dates)?;
        return Ok(Days::Dates { from, to });
    }
    row_of(words)
}

fn row_of(words: &[&str]) -> Result<Days, BadEntry> {
    let (mut weekdays, mut month_days, mut months) = (0_u32, 0_u32, 0_u32);
    for word in words {
        if word.eq_ignore_ascii_case("daily") || word.eq_ignore_ascii_case("always") {
            continue;
        }
        let day = |text: &str| text.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
        let found = [
            (set_of(word, 7, |text| place(&WEEKDAYS, text)), &mut weekdays),
            (set_of(word, 12, |text| place(&MONTHS, text)), &mut months),
            (set_of(word, 32, day), &mut month_days),
        ];
        let (bits, set) = found.into_iter().find_map(|(bits, set)| Some((bits?, set))).ok_or(BadEntry::Word)?;
        *set |= bits;
    }
    let narrow = "each is a place below 7 and 12";
    Ok(Days::Row {
        weekdays: u8::try_from(weekdays).expect(narrow),
        month_days,
        months: u16::try_from(months).expect(narrow),
    })
}

/// The set that a list such as `Mon-Wed,Fri` names; a span may go over the end, as `Nov-Feb` does.
fn set_of(word: &str, size: i8, place: impl Fn(&str) -> Option<i8>) -> Option<u32> {
    let mut set = 0;
    for part in word.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (mut at, to) = (place(from)?, place(to)?);
        // Days of the month do not go round: 28-3 would mean all of February, and none of it.
        if size == 32 && at > to {
            return None;
        }
        set |= 1 << at;
        while at != to {
            at = (at + 1) % size;
            set |= 1 << at;
        }
    }
    Some(set)
}

fn place(names: &[&str], name: &str) -> Option<i8> {
    let at = names.iter().position(|known| known.eq_ignore_ascii_case(name))?;
    i8::try_from(at).ok()
}

impl FromStr for Span {
    type Err = BadEntry;

    fn from_str(text: &str) -> Result<Span, BadEntry> {
        let (from, to) = text.split_once('-').ok_or(BadEntry::Times)?;
        let (from, to) = minute_of(from).zip(minute_of(to)).ok_or(BadEntry::Times)?;
        if from == to || from == 1440 { Err(BadEntry::Times) } else { Ok(Span { from, to }) }
    }
}

/// A time of the day as in 8:00 and 24:00, in minutes from midnight.
pub(super) fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_digits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let written = is_digits(hour) && minute.len() == 2 && is_digits(minute);
    let (hour, minute): (u16, u16) = hour.parse().ok().zip(minute.parse().ok()).filter(|_| written)?;
    let at = hour * 60 + minute;
    (minute < 60 && at <= 1440).then_some(at)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let except = self.is_except.then(|| "except".to_owned());
        let words = except.into_iter().chain(self.days.words(self.spans.is_empty()));
        let words: Vec<String> = words.chain(self.spans.iter().map(Span::to_string)).collect();
        f.write_str(&words.join(" "))
    }
}

impl Days {
    fn words(&self, is_whole_day: bool) -> Vec<String> {
        match *self {
            Days::Row { weekdays: 0, month_days: 0, months: 0 } => {
                vec![if is_whole_day { "always" } else { "daily" }.to_owned()]
            }
            Days::Row { weekdays, month_days, months } => {
                let weekdays = listed(weekdays.into(), |at| WEEKDAYS[at].to_owned());
                let month_days = listed(month_days, |day| day.to_string());
                let months = listed(months.into(), |at| MONTHS[at].to_owned());
                [weekdays, month_days, months].into_iter().filter(|list| !list.is_empty()).collect()
            }
            Days::Dates { from, to } if from == to => vec![from.to_string()],
            Days::Dates { from, to } => vec![format!("{from}..{to}")],
            Days::Nth { nth, weekday, month } => {
                let nth = NTHS.into_iter().find(|(_, known)| *known == nth).map_or("last", |(word, _)| word);
                let weekday = WEEKDAYS[usize::from(weekday.to_monday_zero_offset().unsigned_abs())];
                vec![nth.to_owned(), weekday.to_owned(), MONTHS[usize::from(month.unsigned_abs()) - 1].to_owned()]
            }
            Days::Easter { offset: 0 } => vec!["Easter".to_owned()],
            Days::Easter { offset } => vec![format!("Easter{offset:+}")],
            Days::Holidays { country } => vec!["holidays".to_owned(), country.to_owned()],
        }
    }
}

/// A set as a list of spans, `Mon-Wed,Fri`; empty for the empty set.
fn listed(set: u32, name: impl Fn(usize) -> String) -> String {
    let has = |at: usize| at < 32 && set >> at & 1 == 1;
    let mut parts = Vec::new();
    let mut at = 0;
    while at < 32 {
        if has(at) {
            let from = at;
            while has(at + 1) {
                at += 1;
            }
            let part = if from == at { name(from) } else { format!("{}-{}", name(from), name(at)) };
            parts.push(part);
        }
        at += 1;
    }
    parts.join(",")
}
