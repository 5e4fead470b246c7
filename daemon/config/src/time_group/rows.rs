//! Rows of times as other systems have them, one in a line (F48).
//!
//! ```text
//! 09:00-17:00|mon-fri|*|*            times, days of the week, days of the month, months
//! 22:00-06:00|fri&sat|1-7|nov-feb    lists with &; into the night: what is after midnight belongs to the first day
//! 09:00-17:00,mon-fri,*,*            with commas in place of the bars
//! 09:00;17:00;mon;fri;;;jan;mar      from and to in columns of their own, as a spreadsheet has them
//! ```
//!
//! What all columns say holds at once; nothing, and `*`, stand for any. A span may go over the end: `fri-mon`, `28-3`, `nov-feb`.

use super::entry::{Days, Entry, MAX_SPANS, Span, minute_of};

const WEEKDAY_NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// How many days each month has at most.
const MONTH_DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// How many rows are read at once, in lines: far more than a group may have entries, so that one too many is named as such.
pub const MAX_READ_ROWS: usize = 1000;

/// A row of another system, with the line that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    /// From 1.
    pub line: usize,
    /// As it was written.
    pub text: String,
    /// What it means, or everything that is wrong with it: never empty.
    pub entry: Result<Entry, Vec<BadRow>>,
}

/// What is wrong with a column of such a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message is its documentation")]
pub enum BadRow {
    #[error("a row has four columns, as in 09:00-17:00|mon-fri|*|*, or eight, with from and to apart")]
    Columns,
    #[error("times are written as in 09:00-17:00, several as in 09:00-12:00&13:00-17:00, at most 12")]
    Times,
    #[error("days of the week are written as in mon-fri, several as in mon&wed")]
    Weekdays,
    #[error("days of the month are written as in 1-15, from 1 to 31")]
    MonthDays,
    #[error("months are written as in jan-mar or 1-3")]
    Months,
    #[error("a time group has one time zone: choose it there, and leave the fifth column out")]
    Zone,
    #[error("these days do not come in these months")]
    Never,
}

impl BadRow {
    /// The word for the column.
    pub fn field(self) -> &'static str {
        match self {
            BadRow::Columns => "columns",
            BadRow::Times => "times",
            BadRow::Weekdays => "weekdays",
            BadRow::MonthDays | BadRow::Never => "month_days",
            BadRow::Months => "months",
            BadRow::Zone => "time_zone",
        }
    }
}

/// Every line that is not empty, at most [`MAX_READ_ROWS`] of them.
pub fn read_rows(text: &str) -> Vec<ReadRow> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(at, line)| ReadRow { line: at + 1, text: line.trim().to_owned(), entry: read(line) });
    rows.take(MAX_READ_ROWS).collect()
}

fn read(line: &str) -> Result<Entry, Vec<BadRow>> {
    let by = ['\t', '|', ';', ','].into_iter().find(|by| line.contains(*by)).unwrap_or('|');
    // A table of a spreadsheet may begin with an empty cell, whose tab is no space around the row.
    let line = if by == '\t' { line.trim_matches([' ', '\r']) } else { line.trim() };
    // A comma within quotes parts no columns.
    if by == ',' && line.split(by).any(|column| column.matches('"').count() % 2 == 1) {
        return Err(vec![BadRow::Columns]);
    }
    let columns: Vec<&str> = line.split(by).map(|column| column.trim().trim_matches('"')).collect();
    let (columns, zone): (Vec<String>, &str) = match columns.len() {
        8 => (columns.chunks(2).map(together).collect(), ""),
        4 | 5 => {
            (columns.iter().take(4).map(|column| (*column).to_owned()).collect(), columns.get(4).copied().unwrap_or(""))
        }
        _ => return Err(vec![BadRow::Columns]),
    };
    let [times, weekdays, month_days, months]: [String; 4] = columns.try_into().map_err(|_| vec![BadRow::Columns])?;
    let spans = spans_of(&times).ok_or(BadRow::Times);
    let weekdays = set_of(&weekdays, (0, 6), |text| named(&WEEKDAY_NAMES, text)).ok_or(BadRow::Weekdays);
    let month_days = set_of(&month_days, (1, 31), |text| text.parse().ok()).ok_or(BadRow::MonthDays);
    let months = set_of(&months, (0, 11), month).ok_or(BadRow::Months);
    let zone = if is_any(zone) { Ok(()) } else { Err(BadRow::Zone) };
    let faults = [fault(&spans), fault(&weekdays), fault(&month_days), fault(&months), fault(&zone)];
    let (Ok(spans), Ok(weekdays), Ok(month_days), Ok(months), Ok(())) = (spans, weekdays, month_days, months, zone)
    else {
        return Err(faults.into_iter().flatten().collect());
    };
    if !comes(month_days, months) {
        return Err(vec![BadRow::Never]);
    }
    let narrow = "a set of days of the week has 7 bits, of months 12";
    let days = Days::Row {
        weekdays: u8::try_from(weekdays).expect(narrow),
        month_days,
        months: u16::try_from(months).expect(narrow),
    };
    Ok(Entry { is_except: false, days, spans })
}

fn fault<T>(read: &Result<T, BadRow>) -> Option<BadRow> {
    read.as_ref().err().copied()
}

fn is_any(text: &str) -> bool {
    text.is_empty() || text == "*"
}

/// From and to of columns of their own, as one.
fn together(pair: &[&str]) -> String {
    match pair {
        [from, to] if !is_any(to) => format!("{from}-{to}"),
        [from, ..] => (*from).to_owned(),
        [] => String::new(),
    }
}

/// The times of the day; none for the whole day.
fn spans_of(text: &str) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    for part in text.split('&').filter(|_| !is_any(text)) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = minute_of(from.trim()).zip(minute_of(to.trim()))?;
        if from == 1440 {
            return None;
        }
        // Those systems count the last minute too: so 16:59 is five o'clock there, and 23:59 midnight. Whoever writes 17:00 means that.
        let to = if from == to || to % 60 == 59 { to + 1 } else { to };
        if (from, to) == (0, 1440) || from == to {
            return Some(Vec::new());
        }
        spans.push(Span { from, to });
    }
    spans.sort_unstable_by_key(|span| (span.from, span.to));
    (spans.len() <= MAX_SPANS).then_some(spans)
}

/// A set as bits; empty for any, and for all there are.
fn set_of(text: &str, (first, last): (u32, u32), place: impl Fn(&str) -> Option<u32>) -> Option<u32> {
    let mut set = 0;
    for part in text.split('&').filter(|_| !is_any(text)) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let place = |text: &str| place(text.trim()).filter(|at| (first..=last).contains(at));
        let (mut at, to) = place(from).zip(place(to))?;
        set |= 1 << at;
        while at != to {
            at = if at == last { first } else { at + 1 };
            set |= 1 << at;
        }
    }
    Some(if (first..=last).all(|at| set >> at & 1 == 1) { 0 } else { set })
}

/// The place of a name, of which three letters are enough.
fn named(names: &[&str], text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let at = names.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower))?;
    u32::try_from(at).ok()
}

/// The place of a month by its name or its number.
fn month(text: &str) -> Option<u32> {
    named(&MONTH_NAMES, text).or_else(|| text.parse::<u32>().ok()?.checked_sub(1))
}

/// Whether some month of these has one of these days.
fn comes(month_days: u32, months: u32) -> bool {
    let has = |set: u32, at: usize| set == 0 || set >> at & 1 == 1;
    let longest = MONTH_DAYS.iter().enumerate().filter(|(at, _)| has(months, *at)).map(|(_, days)| *days).max();
    month_days == 0 || longest.is_some_and(|longest| month_days.trailing_zeros() <= longest)
}
