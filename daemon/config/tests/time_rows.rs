//! Rows of times of other systems: what they mean, and which column of which row is wrong (F48).

use config::{BadRow, Entry, ReadRow, read_rows};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn one(row: &str) -> Result<String, Vec<BadRow>> {
    let mut rows = read_rows(row);
    assert_eq!(rows.len(), 1, "{row}");
    rows.remove(0).entry.map(|entry| entry.to_string())
}

#[test]
fn f48_rows_are_taken_over_as_they_are() {
    for (row, expected) in [
        ("09:00-17:00|mon-fri|1-31|jan-dec", "Mon-Fri 09:00-17:00"),
        ("09:00-17:00|mon-fri|*|*", "Mon-Fri 09:00-17:00"),
        ("9:00-17:00, mon-fri, *, *", "Mon-Fri 09:00-17:00"),
        ("*|*|*|*", "always"),
        ("|||", "always"),
        ("00:00-23:59|sat-sun|*|*", "Sat-Sun"),
        // The last minute counts there.
        ("08:00-11:59&13:00-16:59|mon|*|*", "Mon 08:00-12:00 13:00-17:00"),
        ("13:00-17:00&08:00-12:00|mon|*|*|", "Mon 08:00-12:00 13:00-17:00"),
        ("12:00|*|*|*", "daily 12:00-12:01"),
        ("22:00-06:00|fri|*|*", "Fri 22:00-06:00"),
        ("10:00-09:59|*|*|*", "always"),
        // A day of the week, a day of the month and a month, all at once.
        ("*|fri|13|*", "Fri 13"),
        ("08:00-12:00|mon-wed&sat|1-7|oct-feb", "Mon-Wed,Sat 1-7 Jan-Feb,Oct-Dec 08:00-12:00"),
        ("*|*|24-26|dec", "24-26 Dec"),
        ("*|*|28-3|*", "1-3,28-31"),
        ("*|sat-mon|*|11-2", "Mon,Sat-Sun Jan-Feb,Nov-Dec"),
        ("*|Monday-Friday|*|August", "Mon-Fri Aug"),
        // From and to in columns of their own.
        ("09:00;17:00;mon;fri;;;;", "Mon-Fri 09:00-17:00"),
        ("\t\t\t\t24\t26\tdec\t", "24-26 Dec"),
        (r#""09:00","17:00","mon","","","","jan","mar""#, "Mon Jan-Mar 09:00-17:00"),
    ] {
        assert_eq!(one(row).as_deref(), Ok(expected), "{row}");
    }
}

#[test]
fn f48_what_is_wrong_is_named_by_its_row_and_column() {
    for (row, expected) in [
        ("mon-fri", &[BadRow::Columns][..]),
        ("09:00-17:00|mon-fri", &[BadRow::Columns]),
        ("1|2|3|4|5|6", &[BadRow::Columns]),
        ("9-17|mon-fri|*|*", &[BadRow::Times]),
        ("25:00-26:00|mon|*|*", &[BadRow::Times]),
        ("24:00-06:00|mon|*|*", &[BadRow::Times]),
        ("09:00-17:00|lun-ven|*|*", &[BadRow::Weekdays]),
        ("*|mo|*|*", &[BadRow::Weekdays]),
        ("*|*|0-5|*", &[BadRow::MonthDays]),
        ("*|*|1-32|*", &[BadRow::MonthDays]),
        ("*|*|*|13", &[BadRow::Months]),
        ("*|*|*|0", &[BadRow::Months]),
        ("*|*|*|*|America/New_York", &[BadRow::Zone]),
        ("*|*|30-31|feb", &[BadRow::Never]),
        ("x|y|z|w|v", &[BadRow::Times, BadRow::Weekdays, BadRow::MonthDays, BadRow::Months, BadRow::Zone]),
        (";17:00;;;;;;", &[BadRow::Times]),
        (";;;fri;;;;", &[BadRow::Weekdays]),
    ] {
        assert_eq!(one(row), Err(expected.to_vec()), "{row}");
    }
    let read = read_rows("\n09:00-17:00|mon-fri|*|*\r\n\n  9|mon|*|*\n");
    let told: Vec<(usize, &str, bool)> =
        read.iter().map(|ReadRow { line, text, entry }| (*line, text.as_str(), entry.is_ok())).collect();
    assert_eq!(told, [(2, "09:00-17:00|mon-fri|*|*", true), (4, "9|mon|*|*", false)]);
    assert_eq!(read_rows(&"*|*|*|*\n".repeat(2000)).len(), config::MAX_READ_ROWS);
}

/// From and to, the last one included, of what counts to `size` from 0 and begins again.
type Round = Option<(u32, u32)>;

fn goes_round(round: Round, at: u32) -> bool {
    round.is_none_or(|(from, to)| if from <= to { from <= at && at <= to } else { at >= from || at <= to })
}

const WEEK: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const YEAR: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether the row holds on a day that is its start: all three columns at once.
fn has_day(columns: (Round, Round, Round), day: Date) -> bool {
    let weekday = u32::try_from(day.weekday().to_sunday_zero_offset()).expect("it is 0 to 6");
    let (month_day, month) =
        (u32::try_from(day.day()).expect("it is 1 to 31"), u32::try_from(day.month()).expect("it is 1 to 12"));
    goes_round(columns.0, weekday) && goes_round(columns.1, month_day - 1) && goes_round(columns.2, month - 1)
}

proptest! {
    #[test]
    fn f48_all_columns_hold_at_once_and_a_night_belongs_to_the_day_that_it_begins_on(
        weekdays in prop::option::of((0..7_u32, 0..7_u32)),
        month_days in prop::option::of((0..31_u32, 0..31_u32)),
        months in prop::option::of((0..12_u32, 0..12_u32)),
        times in prop::option::of((0..1440_u32, 0..1440_u32)),
        days in prop::collection::vec(0..3000_i64, 1..40),
        minutes in prop::collection::vec(0..1440_u32, 1..20),
    ) {
        let text = |round: Round, name: &dyn Fn(u32) -> String| {
            round.map_or("*".to_owned(), |(from, to)| format!("{}-{}", name(from), name(to)))
        };
        let row = [
            text(times, &|minute| format!("{:02}:{:02}", minute / 60, minute % 60)),
            text(weekdays, &|at| WEEK[at as usize].to_owned()),
            text(month_days, &|at| (at + 1).to_string()),
            text(months, &|at| YEAR[at as usize].to_owned()),
        ];
        let row = row.join("|");
        let Ok(entry) = read_rows(&row)[0].entry.clone() else {
            // Only days that never come are refused of what this test writes.
            let first = date(2024, 1, 1);
            prop_assert!((0..1461_i64).all(|day| !has_day((None, month_days, months), first + day.days())), "{}", row);
            return Ok(());
        };
        prop_assert_eq!(entry.to_string().parse::<Entry>(), Ok(entry.clone()), "{}", row);
        // As people mean the end: its minute counts where it is the last of an hour.
        let span = times.map(|(from, to)| (from, if from == to || to % 60 == 59 { to + 1 } else { to }));
        for day in days.iter().map(|day| date(2024, 1, 1) + day.days()) {
            for minute in minutes.iter().copied().chain(span.iter().flat_map(|(from, to)| [*from, *to])) {
                let minute = minute % 1440;
                let starts = |day: Date| has_day((weekdays, month_days, months), day);
                let expected = match span {
                    None => starts(day),
                    Some((from, to)) if from == to => starts(day),
                    Some((from, to)) if from < to => starts(day) && from <= minute && minute < to,
                    Some((from, to)) => {
                        starts(day) && minute >= from || starts(day.yesterday().unwrap()) && minute < to
                    }
                };
                let at = day.at(i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap(), 0, 0);
                prop_assert_eq!(entry.covers(at), expected, "{} as {} at {}", row, entry, at);
            }
        }
    }

    #[test]
    fn f48_nothing_that_is_pasted_makes_it_fall(text in "[a-z0-9:|;,&*\\- \t\n]{0,80}") {
        for row in read_rows(&text) {
            prop_assert!(row.entry.as_ref().err().is_none_or(|faults| !faults.is_empty()));
            if let Ok(entry) = row.entry {
                prop_assert_eq!(entry.to_string().parse::<Entry>(), Ok(entry));
            }
        }
    }
}
