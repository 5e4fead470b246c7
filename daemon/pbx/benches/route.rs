//! What it costs to decide where a call goes, and how that grows with the office: the same calls are routed in an office of 500
//! people with 2 000 rules and 200 time groups and, in the same run, in one of a tenth; beside both stands what their snapshots
//! keep in memory. Before that, how long the sweep takes that decides every call through a year.

// A bench reads the clock; the crate that it measures may not.
#![allow(clippy::disallowed_methods)]

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use config::{Config, RawConfig};
use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::TimeZone;
use pbx::presence::Presence;
use pbx::route::{Dialled, Moment, route};
use pbx::sweep::{Swept, sweep};
use pbx::trunks::{Health, user_of};

/// People in the offices; each has four rules.
const SIZES: [usize; 2] = [50, 500];
/// Rounds of each measurement; the fastest counts, because everything that disturbs makes slower.
const ROUNDS: usize = 15;
/// A week of moments that lie so far apart: none is favoured.
const MOMENTS: [i64; 12] = [3, 17, 29, 41, 58, 67, 81, 95, 110, 127, 139, 155];

fn main() {
    look_through();
    say("us to decide, the mean of a week; and the growth from the small office");
    let mut small: Vec<f64> = Vec::new();
    for people in SIZES {
        let mut kept = None;
        let memory = allocation_counter::measure(|| kept = Some(office(people)));
        let config = kept.expect("it was made");
        let rules: usize = config.extensions().map(|extension| extension.answering.rules.len()).sum();
        let groups = config.time_groups_for("").count();
        let kib = memory.bytes_current / 1024;
        say(&format!("{people} people, {rules} rules, {groups} time groups: the snapshot keeps {kib} KiB"));
        for (place, (kind, dialled)) in calls(people).into_iter().enumerate() {
            let us = decide(&config, &dialled).as_secs_f64() * 1e6;
            small.resize(small.len().max(place + 1), us);
            say(&format!("{kind:>28} {us:>7.2}   x{:.2}", us / small[place]));
        }
    }
}

/// How long the sweep of everything takes, and how it grows.
fn look_through() {
    let mut small = None;
    for people in SIZES {
        let config = office(people);
        let begin = date(2026, 6, 1).at(0, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a date").timestamp();
        let mut swept = Swept::default();
        let round = |_| {
            let start = Instant::now();
            swept = sweep(&config, begin);
            start.elapsed()
        };
        let took = (0..3).map(round).min().unwrap_or_default().as_secs_f64();
        let small = *small.get_or_insert(took);
        let Swept { plans, days, .. } = swept;
        say(&format!(
            "{people} people: every number through {days} days in {took:.2} s, x{:.1}, {plans} plans",
            took / small
        ));
    }
}

/// The mean over the moments and the calls, where the fastest of the rounds counts.
fn decide(config: &Config, calls: &[Dialled]) -> Duration {
    let presence = presence(config);
    let monday = date(2026, 6, 1).at(0, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a date").timestamp();
    let moments = MOMENTS.map(|hour| Moment { wall: monday + SignedDuration::from_hours(hour) });
    let round = |_| {
        let start = Instant::now();
        for moment in &moments {
            for dialled in calls {
                black_box(route(config, moment, &presence, black_box(dialled)));
            }
        }
        start.elapsed()
    };
    let count = u32::try_from(moments.len() * calls.len()).unwrap_or(u32::MAX);
    (0..ROUNDS).map(round).min().unwrap_or_default() / count
}

/// What is dialled, by kind; everybody is called once in the first two.
fn calls(people: usize) -> Vec<(&'static str, Vec<Dialled>)> {
    let inside =
        |number: String| Dialled { user: "u0".to_owned(), extension: "1000".to_owned(), number, diverted_by: None };
    let outside = |place: usize| Dialled {
        user: user_of("carrier"),
        extension: "+441632960961".to_owned(),
        number: own_number(place),
        diverted_by: None,
    };
    let numbers = |all: &[&str]| all.iter().map(|number| inside((*number).to_owned())).collect();
    vec![
        ("somebody inside", (1..people).map(|place| inside(extension(place))).collect()),
        ("an own number from outside", (0..people).map(outside).collect()),
        ("a number outside", numbers(&["03012345678", "01711234567", "00441632960960", "+12125550100"])),
        ("a code", numbers(&["*43", "*97", "*76", "*721001", "**1001"])),
        ("a number for help", numbers(&["112"])),
        ("no number", numbers(&["99", "*999", "front-desk"])),
    ]
}

fn presence(config: &Config) -> Presence {
    let mut presence = Presence::default();
    config.phones().for_each(|phone| presence.count_bindings(&phone.user, 1, 0));
    presence.trunks.insert("carrier".to_owned(), Health::Up);
    presence
}

fn extension(place: usize) -> String {
    (1000 + place).to_string()
}

fn own_number(place: usize) -> String {
    format!("+493055{}", 10_000 + place)
}

/// An office in which everybody has four rules, by the office's time groups: a dated one, holidays, nights and the week.
fn office(people: usize) -> Config {
    let groups = people * 2 / 5;
    let mut text = "[office]\ncountry = \"DE\"\ntime_zone = \"Europe/Berlin\"\narea = \"30\"\n[[trunk]]\nname = \"carrier\"\nway = \
                    \"address\"\nserver = \"203.0.113.5\"\n[[route]]\nname = \"all\"\ntrunks = [\"carrier\"]\n"
        .to_owned();
    for group in 0..groups {
        let (month, day, hour) = (group % 12 + 1, group % 28 + 1, group % 8);
        let times = match group % 4 {
            0 => format!("\"2026-{month:02}-{day:02}..2027-{month:02}-{day:02} 0{hour}:00-1{hour}:30\", \"Easter+1\""),
            1 => format!("\"holidays DE\", \"{day} Dec\", \"last Fri Oct\", \"except Sun 0{hour}:00-12:00\""),
            2 => format!("\"Mon-Thu 22:00-0{hour}:00\", \"Fri 20:00-0{hour}:00\", \"except holidays DE\""),
            _ => format!("\"Mon-Fri 0{hour}:00-12:00 13:00-18:00\", \"Sat 09:00-1{hour}:00\", \"except holidays DE\""),
        };
        text += &format!("[[time_group]]\nname = \"Group {group}\"\ntimes = [{times}]\n");
    }
    for place in 0..people {
        let next = extension((place + 1) % people);
        let group = |kind: usize| (place * 4 + kind) % groups / 4 * 4 + kind;
        text += &format!(
            "[[person]]\nname = \"Desk {place}\"\nextension = \"{extension}\"\nvoicemail = true\npermission = \"international\"\n\
             phones = [{{ user = \"u{place}\", ha1 = {{ md5 = \"{place:032x}\", sha256 = \"{place:064x}\" }} }}]\n\
             rules = [{{ when = \"Group {}\", always = \"voicemail {extension}\" }}, {{ when = \"Group {}\", unanswered = \
             \"person {next}\" }}, {{ when = \"Group {}\", always = \"number +441632960{}\" }}, {{ when = \"Group {}\", ring_s = 40, busy \
             = \"person {next}\" }}]\n[[number]]\nnumber = \"{}\"\nto = \"{extension}\"\n",
            group(0),
            group(1),
            group(2),
            100 + place % 900,
            group(3),
            own_number(place),
            extension = extension(place),
        );
    }
    let raw: RawConfig = toml::from_str(&text).expect("it is TOML");
    let mut problems = Vec::new();
    let config = Config::check(&raw, &mut problems);
    let unexpected: Vec<String> = problems.iter().map(ToString::to_string).take(5).collect();
    assert!(problems.is_empty(), "{unexpected:?}");
    config
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
