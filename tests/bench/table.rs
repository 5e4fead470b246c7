//! The figures as a table.

use std::time::Duration;

/// What was measured of one server.
#[derive(Clone, Copy)]
pub struct Figures {
    /// Registrations, each challenged first, for a second of CPU time.
    pub registrations_per_cpu_s: f64,
    /// Until the last of all phones is registered that begin at once.
    pub avalanche_ms: f64,
    /// Calls at the rate of a busy office.
    pub busy: Load,
    /// Calls at a rate that no office has.
    pub storm: Load,
    /// Memory that each further registered phone takes.
    pub phone_kib: f64,
    /// Memory that is used from the first phones on, however many they are.
    pub woken_mib: f64,
    /// Memory that each call that is up takes.
    pub call_kib: f64,
    /// Memory with all phones registered and nothing to do, shared pages counted in parts.
    pub pss_mib: f64,
    /// The same, shared pages counted in full.
    pub rss_mib: f64,
    /// From the start of the program to the first registered phone.
    pub start_ms: f64,
    /// From the start of the program to the answer of a call between phones that had registered before it, where the server
    /// keeps them.
    pub first_call_ms: Option<f64>,
}

/// What calls cost at one rate, each challenged first.
#[derive(Clone, Copy)]
pub struct Load {
    /// Calls for a second of CPU time.
    pub per_cpu_s: f64,
    /// From the INVITE with credentials to the answer, half of the calls in less.
    pub median_ms: f64,
    /// The same, 99 of 100 calls in less.
    pub most_ms: f64,
}

impl Load {
    /// Of calls whose set-ups took so long, and that cost so much.
    pub fn of(mut set_ups_ms: Vec<f64>, cpu: Duration) -> Self {
        set_ups_ms.sort_by(f64::total_cmp);
        let at = |part: usize| set_ups_ms[(set_ups_ms.len() - 1) * part / 100];
        Self { per_cpu_s: set_ups_ms.len() as f64 / cpu.as_secs_f64(), median_ms: at(50), most_ms: at(99) }
    }
}

/// A line of the table.
struct Row {
    what: &'static str,
    /// `None` where a server has no such figure.
    of: fn(&Figures) -> Option<f64>,
    /// The same figure of Asterisk 22.10, kamailio 5.6 and rustpbx 0.5rc on another machine, where there is one.
    elsewhere: Option<[f64; 3]>,
}

/// Ranges are given by their middle.
const ROWS: [Row; 15] = [
    Row {
        what: "registrations per CPU-second",
        of: |figures| Some(figures.registrations_per_cpu_s),
        elsewhere: Some([1212.0, 6452.0, 1980.0]),
    },
    Row { what: "all phones at once, ms", of: |figures| Some(figures.avalanche_ms), elsewhere: None },
    Row {
        what: "calls per CPU-s, 50 a second",
        of: |figures| Some(figures.busy.per_cpu_s),
        elsewhere: Some([156.0, 926.0, 95.0]),
    },
    Row { what: "  set-up, ms, median", of: |figures| Some(figures.busy.median_ms), elsewhere: None },
    Row { what: "  set-up, ms, 99 %", of: |figures| Some(figures.busy.most_ms), elsewhere: None },
    Row { what: "calls per CPU-s, 200 a second", of: |figures| Some(figures.storm.per_cpu_s), elsewhere: None },
    Row { what: "  set-up, ms, median", of: |figures| Some(figures.storm.median_ms), elsewhere: None },
    Row { what: "  set-up, ms, 99 %", of: |figures| Some(figures.storm.most_ms), elsewhere: None },
    Row { what: "memory of a phone, KiB", of: |figures| Some(figures.phone_kib), elsewhere: None },
    Row { what: "  and once for them all, MiB", of: |figures| Some(figures.woken_mib), elsewhere: None },
    Row { what: "memory of a call, KiB", of: |figures| Some(figures.call_kib), elsewhere: None },
    Row { what: "memory idle, MiB (PSS)", of: |figures| Some(figures.pss_mib), elsewhere: Some([29.5, 9.5, 34.8]) },
    Row { what: "memory idle, MiB (RSS)", of: |figures| Some(figures.rss_mib), elsewhere: None },
    Row {
        what: "start to first registration, ms",
        of: |figures| Some(figures.start_ms),
        elsewhere: Some([219.0, 27.0, 105.0]),
    },
    Row { what: "start to first call, ms", of: |figures| figures.first_call_ms, elsewhere: None },
];

/// Prints what was measured here beside what is known from elsewhere.
pub fn print(ours: Option<Figures>, dial_tone: Option<Figures>, kamailio: Option<Figures>) {
    println!();
    println!(
        "{:<33}{:>10}{:>10}{:>10}{:>10}{:>10}  |{:>17}{:>11}{:>17}",
        "", "here:", "", "ours to", "", "ours to", "elsewhere:", "", ""
    );
    println!(
        "{:<33}{:>10}{:>10}{:>10}{:>10}{:>10}  |{:>17}{:>11}{:>17}",
        "", "bellboxd", "dial tone", "that", "kamailio", "that", "Asterisk 22.10", "kamailio", "rustpbx 0.5rc"
    );
    for Row { what, of, elsewhere } in ROWS {
        let [our, before, their] = [&ours, &dial_tone, &kamailio].map(|figures| figures.as_ref().and_then(of));
        let to = |other: Option<f64>| {
            our.zip(other).map_or_else(|| "-".to_owned(), |(our, other)| format!("{:.2}", our / other))
        };
        let [asterisk, reference, rustpbx] = elsewhere.map_or([const { String::new() }; 3], |peers| {
            let beside = |peer: f64| format!("{} ({:.2})", number(Some(peer)), peer / peers[1]);
            [beside(peers[0]), number(Some(peers[1])), beside(peers[2])]
        });
        println!(
            "{what:<33}{:>10}{:>10}{:>10}{:>10}{:>10}  |{asterisk:>17}{reference:>11}{rustpbx:>17}",
            number(our),
            number(before),
            to(before),
            number(their),
            to(their),
        );
    }
    println!();
    println!("dial tone: this daemon when phones could register and call each other, and nothing more.");
    println!(
        "Calls: kamailio passes signalling on and touches no sound; bellboxd, Asterisk and rustpbx end every call's"
    );
    println!("two sides themselves and hold ports for its sound. The figures elsewhere were measured once on another,");
    println!(
        "quiet machine: compare only ratios to kamailio, which stand in brackets there. The callee rings for 20 ms,"
    );
    println!("which every set-up contains. kamailio passes the sound of a call by and keeps nothing of it.");
}

fn number(value: Option<f64>) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if value < 100.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.0}"),
    }
}
