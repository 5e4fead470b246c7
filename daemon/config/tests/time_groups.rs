//! Time groups: what their entries mean, and when they change, against a clock that is asked minute by minute.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod judged;

use config::{COUNTRIES, Config, Entry, Forced, GroupOwner, Specificity, TimeGroup};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use judged::says;

fn group(zone: &str, entries: &[&str]) -> TimeGroup {
    TimeGroup {
        name: "G".to_owned(),
        owner: GroupOwner::Office,
        time_zone: TimeZone::get(zone).unwrap(),
        entries: entries.iter().map(|text| text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))).collect(),
        number: None,
        forced: None,
        nights: Vec::new(),
    }
}

fn at(zone: &str, local: &str) -> Timestamp {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    local.to_zoned(TimeZone::get(zone).unwrap()).unwrap().timestamp()
}

#[test]
fn an_entry_is_written_as_it_is_read() {
    for (written, canonical) in [
        ("Mon-Fri 08:00-12:00 13:00-18:00", "Mon-Fri 08:00-12:00 13:00-18:00"),
        ("mon,TUE,wed 8:00-9:30", "Mon-Wed 08:00-09:30"),
        ("Fri-Mon", "Mon,Fri-Sun"),
        ("09:00-17:00", "daily 09:00-17:00"),
        ("always", "always"),
        ("Dec 24-26", "24-26 Dec"),
        ("Mon-Fri 1-7,15 Nov-Feb 22:00-06:00", "Mon-Fri 1-7,15 Jan-Feb,Nov-Dec 22:00-06:00"),
        ("2026-12-24", "2026-12-24"),
        ("2026-12-24..2027-01-01 00:00-24:00", "2026-12-24..2027-01-01 00:00-24:00"),
        ("4th thu nov", "4th Thu Nov"),
        ("Last Mon May 06:00-12:00", "last Mon May 06:00-12:00"),
        ("easter+1", "Easter+1"),
        ("Easter-2", "Easter-2"),
        ("Easter", "Easter"),
        ("except holidays de", "except holidays DE"),
    ] {
        let entry: Entry = written.parse().unwrap_or_else(|e| panic!("{written}: {e}"));
        assert_eq!(entry.to_string(), canonical);
        assert_eq!(canonical.parse::<Entry>(), Ok(entry));
    }
}

#[test]
fn what_is_no_entry_is_refused_with_a_way_out() {
    for (bad, hint) in [
        ("", "days, times or both"),
        ("except", "days, times or both"),
        ("Mon 08:00", "08:00-18:00"),
        ("Mon 08:00-08:00", "08:00-18:00"),
        ("Mon 24:00-06:00", "08:00-18:00"),
        ("Mon 08:60-09:00", "08:00-18:00"),
        ("Mon +8:00-09:00", "08:00-18:00"),
        ("Mon 08:00-24:01", "08:00-18:00"),
        ("Mon 08:00-09:00 Tue", "08:00-18:00"),
        ("2026-12-24..2026-12-23", "the earlier first"),
        ("2026-02-30", "the earlier first"),
        ("2026-12-24 Mon", "the earlier first"),
        ("6th Mon May", "write days as"),
        ("4th Nov Thu", "4th Thu Nov"),
        ("Easter+151", "150 days"),
        ("Easter+x", "150 days"),
        ("holidays XX", "US, CA"),
        ("holidays", "US, CA"),
        ("Montag", "write days as"),
        ("0-3", "write days as"),
        ("28-3", "write days as"),
        ("32", "write days as"),
        ("ä¹½€x-", "write days as"),
    ] {
        let said = bad.parse::<Entry>().expect_err(bad).to_string();
        assert!(said.contains(hint), "{bad}: {said}");
    }
    let long = format!("Mon {}", "08:00-09:00 ".repeat(13));
    assert!(long.parse::<Entry>().is_err());
    assert_eq!(
        "Mon ".repeat(41).parse::<Entry>().unwrap_err().to_string().split(',').next(),
        Some("an entry has days")
    );
}

#[test]
fn f48_a_night_belongs_to_the_day_it_begins_on() {
    let night = group("Europe/Berlin", &["Fri 22:00-06:00"]);
    for (local, is_open) in [
        ("2026-03-27T21:59", false),
        ("2026-03-27T22:00", true),
        ("2026-03-27T23:59:59", true),
        ("2026-03-28T00:00", true),
        ("2026-03-28T05:59:59", true),
        ("2026-03-28T06:00", false),
        ("2026-03-27T03:00", false),
        ("2026-03-29T00:30", false),
    ] {
        assert_eq!(night.is_open(at("Europe/Berlin", local)), is_open, "{local}");
    }
}

#[test]
fn a_day_is_told_in_spans() {
    let open = group("UTC", &["Fri 22:00-06:00", "Sat 05:00-07:00 12:00-24:00", "except Sat 13:00-14:00"]);
    let spans = |day: i8| open.spans_on(date(2026, 3, day));
    assert_eq!(spans(27), [(1320, 1440)]);
    assert_eq!(spans(28), [(0, 420), (720, 780), (840, 1440)]);
    assert_eq!(spans(29), []);
}

#[test]
fn f46_exceptions_take_away_what_other_entries_give() {
    let open = group("Europe/Berlin", &["except holidays DE", "Mon-Fri 08:00-18:00", "2026-05-23 10:00-14:00"]);
    for (local, is_open) in [
        ("2026-05-22T09:00", true),
        ("2026-05-23T11:00", true),
        ("2026-05-24T11:00", false),
        ("2026-05-25T09:00", false),
        ("2026-05-26T09:00", true),
        ("2026-05-26T18:00", false),
    ] {
        assert_eq!(open.is_open(at("Europe/Berlin", local)), is_open, "{local}");
    }
}

fn holidays(country: &str, year: i16) -> String {
    let rule: Entry = format!("holidays {country}").parse().unwrap();
    let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
    let kept = days.filter(|day| rule.days.contain(*day));
    kept.map(|day| format!("{}-{}", day.month(), day.day())).collect::<Vec<_>>().join(" ")
}

#[test]
fn national_holidays_are_those_of_the_calendar() {
    for (country, year, expected) in [
        ("US", 2026, "1-1 1-19 2-16 5-25 6-19 7-3 7-4 9-7 10-12 11-11 11-26 12-25"),
        ("US", 2021, "1-1 1-18 2-15 5-31 6-18 6-19 7-4 7-5 9-6 10-11 11-11 11-25 12-24 12-25 12-31"),
        ("CA", 2026, "1-1 4-3 5-18 7-1 9-7 9-30 10-12 11-11 12-25 12-26 12-28"),
        ("GB", 2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-26 12-28"),
        ("GB", 2021, "1-1 4-2 4-5 5-3 5-31 8-30 12-25 12-26 12-27 12-28"),
        ("GB", 2022, "1-1 1-3 4-15 4-18 5-2 5-30 8-29 12-25 12-26 12-27"),
        ("DE", 2026, "1-1 4-3 4-6 5-1 5-14 5-25 10-3 12-25 12-26"),
        ("AT", 2026, "1-1 1-6 4-6 5-1 5-14 5-25 6-4 8-15 10-26 11-1 12-8 12-25 12-26"),
        ("CH", 2026, "1-1 5-14 8-1 12-25"),
        ("FR", 2026, "1-1 4-6 5-1 5-8 5-14 5-25 7-14 8-15 11-1 11-11 12-25"),
        ("ES", 2026, "1-1 1-6 4-3 5-1 8-15 10-12 11-1 12-6 12-8 12-25"),
        ("IT", 2027, "1-1 1-6 3-28 3-29 4-25 5-1 6-2 8-15 10-4 11-1 12-8 12-25 12-26"),
        ("NL", 2026, "1-1 4-5 4-6 4-27 5-14 5-24 5-25 12-25 12-26"),
        ("NL", 2025, "1-1 4-20 4-21 4-26 4-27 5-29 6-8 6-9 12-25 12-26"),
    ] {
        assert_eq!(holidays(country, year), expected, "{country} {year}");
    }
    for country in COUNTRIES {
        assert!(!holidays(country, 2030).is_empty(), "{country}");
    }
}

#[test]
fn easter_is_where_the_calendar_has_it() {
    let sunday: Entry = "Easter".parse().unwrap();
    let easters = [
        (1961, 4, 2),
        (1976, 4, 18),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2028, 4, 16),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
        (2100, 3, 28),
        (2160, 3, 23),
    ];
    for (year, month, day) in easters {
        let found: Vec<Date> =
            date(year, 1, 1).series(1.day()).take(365).filter(|day| sunday.days.contain(*day)).collect();
        assert_eq!(found, [date(year, month, day)]);
    }
}

#[test]
fn f53_it_is_the_clock_of_the_group_that_counts() {
    let open = group("Australia/Sydney", &["Mon-Fri 09:00-17:00"]);
    assert!(open.is_open(at("Europe/Berlin", "2026-01-15T23:30")));
    assert!(!open.is_open(at("Europe/Berlin", "2026-01-15T10:00")));
}

fn in_words(group: &TimeGroup, after: Timestamp) -> Vec<String> {
    let changes = group.changes(after, 5);
    let word = |opens| if opens { "opens" } else { "closes" };
    changes
        .iter()
        .map(|c| format!("{} {}", word(c.opens), group.time_zone.to_datetime(c.at).strftime("%F %R")))
        .collect()
}

#[test]
fn f54_the_next_five_changes_are_told() {
    let open = group("Europe/Berlin", &["Mon-Fri 08:00-18:00", "except 2026-12-25"]);
    let friday = at("Europe/Berlin", "2026-12-24T12:00");
    let expected = [
        "closes 2026-12-24 18:00",
        "opens 2026-12-28 08:00",
        "closes 2026-12-28 18:00",
        "opens 2026-12-29 08:00",
        "closes 2026-12-29 18:00",
    ];
    assert_eq!(in_words(&open, friday), expected);
    assert_eq!(in_words(&group("UTC", &["always"]), friday), [""; 0]);
    assert_eq!(in_words(&group("UTC", &["29 Feb"]), at("UTC", "2028-03-01T00:00")), [""; 0]);
    let spring = group("Europe/Berlin", &["Sun 02:15-02:45", "Sun 03:30-04:00"]);
    let expected = ["opens 2026-03-29 03:30", "closes 2026-03-29 04:00"];
    assert_eq!(in_words(&spring, at("Europe/Berlin", "2026-03-29T00:00"))[..2], expected);
}

#[test]
fn f52_a_forced_group_stays_so_until_its_end() {
    let noon = at("Europe/Berlin", "2026-11-23T12:00");
    let mut open = group("Europe/Berlin", &["Mon-Fri 08:00-18:00"]);
    let until = open.next_by_times(noon);
    assert_eq!(until, Some(at("Europe/Berlin", "2026-11-23T18:00")));
    open.forced = Some(Forced { is_open: false, until });
    assert!(!open.is_open(noon) && open.is_open_by_times(noon));
    assert_eq!(in_words(&open, noon)[0], "opens 2026-11-24 08:00");
    open.forced = Some(Forced { is_open: false, until: Some(at("Europe/Berlin", "2026-11-23T13:00")) });
    assert_eq!(in_words(&open, noon)[..2], ["opens 2026-11-23 13:00", "closes 2026-11-23 18:00"]);
    assert!(open.is_open(at("Europe/Berlin", "2026-11-23T13:00")));
    open.forced = Some(Forced { is_open: true, until: None });
    assert!(open.is_open(at("Europe/Berlin", "2026-11-29T03:00")));
    assert_eq!(in_words(&open, noon), [""; 0]);
    for text in ["open", "closed", "closed until 2026-12-24T13:00:00Z"] {
        assert_eq!(text.parse::<Forced>().unwrap().to_string(), text);
    }
    assert!("shut".parse::<Forced>().is_err() && "open until tomorrow".parse::<Forced>().is_err());
}

#[test]
fn the_widest_entry_says_how_narrow_a_group_is() {
    for (entries, expected) in [
        (&["2026-12-24", "25 Dec"][..], Specificity::Dated),
        (&["2026-12-24", "holidays US"], Specificity::Holiday),
        (&["holidays US", "Mon-Fri"], Specificity::Weekly),
        (&["09:00-17:00"], Specificity::Weekly),
        (&["always", "except 2026-12-24"], Specificity::Always),
        (&["except always"], Specificity::Always),
    ] {
        assert_eq!(group("UTC", entries).specificity(), expected, "{entries:?}");
    }
}

const OFFICE: &str = r#"
[office]
time_zone = "Europe/Berlin"
[[person]]
name = "Front Desk"
extension = "101"
time_groups = [{ name = "Open", times = ["Sat 10:00-12:00"] }, { name = "Evenings", times = ["daily 18:00-22:00"] }]
[[time_group]]
name = "Open"
time_zone = "America/New_York"
times = ["Mon-Fri 08:00-18:00", "except holidays US"]
forced = "closed until 2026-12-24T13:00:00Z"
"#;

#[test]
fn f47_a_person_has_own_groups_before_the_offices() {
    let config: Config = says(OFFICE, &[]);
    let zone =
        |extension: &str, name: &str| config.time_group(extension, name)?.time_zone.iana_name().map(str::to_owned);
    assert_eq!(zone("101", "Open").as_deref(), Some("Europe/Berlin"));
    assert_eq!(zone("102", "Open").as_deref(), Some("America/New_York"));
    assert_eq!(zone("102", "Evenings"), None);
    let names: Vec<&str> = config.time_groups_for("101").map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Evenings", "Open", "Open"]);
    assert_eq!(config.time_groups_for("").count(), 1);
    assert!(config.time_group("", "Open").unwrap().forced.is_some());
}

#[test]
fn a_group_that_means_nothing_is_left_out_and_named() {
    let row = |row: &str| format!("[[time_group]]\n{row}");
    for (text, expected) in [
        (row("times = [\"Mon\"]"), "time_group 1 (), name: it is missing: add it; the row is off until then"),
        (row("name = \"A\""), "time_group 1 (A), times: it is missing: add it; the row is off until then"),
        (
            row("name = \"A\"\ntimes = [\"Mon\", \"Lun\"]"),
            "time_group 1 (A), times: entry 2, Lun: a word is not understood: write days as Mon-Fri, days of the month as \
             1-7, months as Jan-Mar; the row is off until then",
        ),
        (
            row("name = \"A\"\ntimes = [\"Mon\"]\ntime_zone = \"Berlin\""),
            "time_group 1 (A), time_zone: there is no time zone Berlin: write an IANA name such as Europe/Berlin; the row is \
             off until then",
        ),
        (
            row("name = \"A\"\ntimes = [\"Mon\"]\nforced = \"shut\""),
            "time_group 1 (A), forced: it is open or closed, for good or until a moment: as in \"closed until \
             2026-12-24T13:00:00Z\": write such a word, or remove it; ignored until then",
        ),
        (
            row("name = \"A\"\ntimes = [\"Mon\"]\n[[time_group]]\nname = \"A\"\ntimes = [\"Tue\"]"),
            "time_group 2 (A), name: a time group called A exists already: write another name; the row is off until then",
        ),
    ] {
        says(&text, &[expected]);
    }
    let many = "[[time_group]]\nname = \"A\"\ntimes = [".to_owned() + &"\"Mon\", ".repeat(65) + "]";
    says(
        &many,
        &["time_group 1 (A), times: there are more than 64: remove this and those after it; the row is off until then"],
    );
}

#[test]
fn midnight_that_comes_twice_closes_twice() {
    let late = group("America/Havana", &["Sat 12:00-00:56"]);
    let expected = ["closes 2025-11-02 00:56", "opens 2025-11-02 00:00", "closes 2025-11-02 00:56"];
    assert_eq!(in_words(&late, at("America/Havana", "2025-11-01T13:00"))[..3], expected);
}

/// An entry as this test understands it, in the words of nobody's code but its own.
#[derive(Clone, Debug)]
struct Model {
    is_except: bool,
    weekdays: Vec<usize>,
    month_days: Vec<i8>,
    dates: Option<(Date, Date)>,
    spans: Vec<(u16, u16)>,
}

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Model {
    fn text(&self) -> String {
        let mut words = Vec::new();
        if self.is_except {
            words.push("except".to_owned());
        }
        let list = |items: Vec<String>| items.join(",");
        match self.dates {
            Some((from, to)) => words.push(format!("{from}..{to}")),
            None => {
                words.push("daily".to_owned());
                words.push(list(self.weekdays.iter().map(|at| NAMES[*at].to_owned()).collect()));
                words.push(list(self.month_days.iter().map(ToString::to_string).collect()));
            }
        }
        let clock = |minute: &u16| format!("{}:{:02}", minute / 60, minute % 60);
        words.extend(self.spans.iter().map(|(from, to)| format!("{}-{}", clock(from), clock(to))));
        words.join(" ")
    }

    fn has_day(&self, day: Date) -> bool {
        match self.dates {
            Some((from, to)) => from <= day && day <= to,
            None => {
                let name = day.strftime("%a").to_string();
                let is_weekday = self.weekdays.is_empty() || self.weekdays.iter().any(|at| NAMES[*at] == name);
                is_weekday && (self.month_days.is_empty() || self.month_days.contains(&day.day()))
            }
        }
    }

    /// Split at midnight of the day that it begins on, as the office's handbook says it.
    fn holds(&self, day: Date, minute: u16) -> bool {
        if self.spans.is_empty() {
            return self.has_day(day);
        }
        self.spans.iter().any(|(from, to)| {
            let pieces = if from < to { vec![(0, *from, *to)] } else { vec![(0, *from, 1440), (1, 0, *to)] };
            pieces.iter().any(|(later, from, to)| {
                let start = if *later == 1 { day.yesterday().unwrap() } else { day };
                self.has_day(start) && *from <= minute && minute < *to
            })
        })
    }
}

fn is_open(models: &[Model], zone: &TimeZone, at: Timestamp) -> bool {
    let shown = at.to_zoned(zone.clone());
    let minute = u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).unwrap();
    let holds = |is_except: bool| {
        models.iter().filter(|model| model.is_except == is_except).any(|model| model.holds(shown.date(), minute))
    };
    holds(false) && !holds(true)
}

/// Clocks of both hemispheres shortly before they jump: forwards, backwards, by half an hour, at midnight, over a whole day.
const JUMPS: [(&str, &str); 12] = [
    ("America/Santiago", "2026-04-04T12:00Z"),
    ("America/Santiago", "2026-09-05T12:00Z"),
    ("Europe/Berlin", "2026-03-28T12:00Z"),
    ("Europe/Berlin", "2026-10-24T12:00Z"),
    ("America/New_York", "2026-03-08T00:00Z"),
    ("America/New_York", "2026-10-31T12:00Z"),
    ("Australia/Sydney", "2026-04-04T06:00Z"),
    ("Australia/Sydney", "2026-10-03T06:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T06:00Z"),
    ("America/Sao_Paulo", "2018-11-03T12:00Z"),
    ("America/Havana", "2025-11-01T12:00Z"),
    ("Pacific/Apia", "2011-12-29T00:00Z"),
];

fn model(around: Date) -> impl Strategy<Value = Model> {
    let span = (0..1440_u16, 1..=1440_u16).prop_filter("not empty", |(from, to)| from != to);
    let near_the_jump = (0..360_u16, 1..=360_u16).prop_filter("not empty", |(from, to)| from != to);
    let spans = prop::collection::vec(prop_oneof![span, near_the_jump], 0..3);
    let dates = prop::option::weighted(0.3, (-3..3_i64, 0..4_i64)).prop_map(move |chosen| {
        chosen.map(|(first, days)| {
            let first = around.checked_add(first.days()).unwrap();
            (first, first.checked_add(days.days()).unwrap())
        })
    });
    let weekdays = prop::collection::btree_set(0..7_usize, 0..4).prop_map(|set| set.into_iter().collect());
    let month_days = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(1..=31_i8, 1..20)];
    (prop::bool::weighted(0.25), weekdays, month_days, dates, spans).prop_map(
        |(is_except, weekdays, month_days, dates, spans)| Model { is_except, weekdays, month_days, dates, spans },
    )
}

fn case() -> impl Strategy<Value = (&'static str, Timestamp, Vec<Model>)> {
    prop::sample::select(JUMPS.to_vec()).prop_flat_map(|(zone, start)| {
        let start: Timestamp = start.parse().unwrap();
        let around = TimeZone::get(zone).unwrap().to_datetime(start).date();
        (Just(zone), Just(start), prop::collection::vec(model(around), 1..5))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_group_is_open_and_changes_as_a_clock_says_that_is_asked_every_minute((zone, start, models) in case()) {
        let texts: Vec<String> = models.iter().map(Model::text).collect();
        let group = group(zone, &texts.iter().map(String::as_str).collect::<Vec<_>>());
        let clock = TimeZone::get(zone).unwrap();
        let mut before = is_open(&models, &clock, start);
        prop_assert_eq!(group.is_open(start), before, "{:?} at {}", texts, start);
        let mut flips = Vec::new();
        let minutes = 3 * 1440;
        for minute in 1..minutes {
            let at = start + SignedDuration::from_mins(minute);
            let now = is_open(&models, &clock, at);
            prop_assert_eq!(group.is_open(at), now, "{:?} at {}", texts, at);
            if now != before {
                flips.push((at, now));
                before = now;
            }
        }
        let end = start + SignedDuration::from_mins(minutes);
        let told = group.changes(start, 100).into_iter().filter(|change| change.at < end);
        let told: Vec<(Timestamp, bool)> = told.map(|change| (change.at, change.opens)).collect();
        prop_assert_eq!(told, flips, "{:?}", texts);
    }

    #[test]
    fn nothing_that_is_typed_as_an_entry_makes_it_fall(text in "[a-zA-Z0-9:.,+ ä-]{0,40}") {
        if let Ok(entry) = text.parse::<Entry>() {
            prop_assert_eq!(entry.to_string().parse::<Entry>(), Ok(entry));
        }
    }
}

#[test]
fn f52_short_numbers_are_one_groups_and_within_what_is_dialled() {
    let group = |name: &str, number: u32| {
        format!("[[time_group]]\nname = \"{name}\"\nnumber = {number}\ntimes = [\"Mon 08:00-12:00\"]\n")
    };
    let rows = [group("Open", 1), group("Fair", 1), group("Late", 1000)].concat();
    let config = says(
        &rows,
        &[
            "time_group 2 (Fair), number: 1 is already the short number of Open: write another, or none; ignored until then",
            "time_group 3 (Late), number: 1000 is out of range: write a number from 1 to 999; ignored until then",
        ],
    );
    let numbers: Vec<Option<u16>> = config.time_groups_for("").map(|group| group.number).collect();
    assert_eq!(numbers, [None, None, Some(1)]);
}
