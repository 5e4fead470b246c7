//! What the page costs beside a bare server of the same libraries, how it grows with the office, how soon open pages hear
//! of a change, and whether calls feel any of it. In one run on one machine.
//!
//! `cargo bench -p bellbox-tests --bench page` (or `make bench`, which builds what it takes).
#![allow(clippy::print_stdout, reason = "the table is the product")]

mod bare;
mod browser;
mod calling;
#[allow(dead_code, reason = "the bench asks for one of the figures only")]
#[path = "../cost.rs"]
mod cost;
#[path = "../figures.rs"]
mod figures;
mod hammer;
#[allow(dead_code, reason = "the bench needs the daemon, not the real phones")]
#[path = "../../clients/harness/mod.rs"]
mod harness;
mod news;
mod office;
#[allow(dead_code, reason = "the bench starts no server anew")]
#[path = "../phone.rs"]
mod phone;
mod saves;
mod speed;
#[allow(dead_code, reason = "the bench asks for some of the figures only")]
#[path = "../talk.rs"]
mod talk;

use std::net::Ipv4Addr;

use bare::Bare;
use browser::{Connection, get};
use harness::daemon::Daemon;

/// People of the usual office, and of the largest.
const PEOPLE: [u32; 2] = [50, 500];

/// Calls that the office had; of more, the store keeps the newest [`store::CALLS_KEPT`].
const CALLS: [u64; 3] = [1_000, 10_000, store::CALLS_KEPT];

/// Requests between two looks at the memory.
const REQUESTS: usize = 10_000;

/// A page of what was: as the browser asks for it.
const FIRST_PAGE: &str = "/api/calls?limit=50";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--bare", ..] => bare::serve(),
        ["--hammer", port, cookie, ..] => hammer::run(port.parse().expect("a port"), cookie, &words[3..]),
        _ => measure(),
    }
}

fn measure() {
    let bare = Bare::start();
    let [few, many] = PEOPLE;
    let mut usual = office::serves(few);
    office::had_calls(&mut usual, 1..=CALLS[0]);
    let assets = assets(&usual);
    remembers(&usual, &assets[0]);
    hears(&usual, few);

    figures::part("Requests over 4 connections, beside a bare server that answers as many bytes");
    speed::heading();
    let cookie = signs_in(&usual);
    for (what, path) in [("the page's HTML", "/"), ("its largest script", &assets[0]), ("hello", "/api/hello")] {
        speed::measure(what, &usual, &bare, path, "");
    }
    let lists = [("overview", "/api/overview"), ("people", "/api/people")];
    let small = lists.map(|(what, path)| speed::measure(&of(what, few), &usual, &bare, path, &cookie));

    let mut large = office::serves(many);
    let mut had = 0;
    let calls = CALLS.map(|calls| {
        office::had_calls(&mut large, had + 1..=calls);
        had = calls;
        let cookie = signs_in(&large);
        speed::measure(&format!("newest 50 of {calls} calls"), &large, &bare, FIRST_PAGE, &cookie)
    });
    let cookie = signs_in(&large);
    let big = lists.map(|(what, path)| speed::measure(&of(what, many), &large, &bare, path, &cookie));
    println!("growth in CPU: calls {} from {} to {} of them", figures::ratio(calls[2], calls[0]), CALLS[0], CALLS[2]);
    for ((what, _), (small, big)) in lists.iter().zip(small.iter().zip(big)) {
        println!("growth in CPU: {what} {} from {few} to {many} people", figures::ratio(big, *small));
    }

    figures::part("A person is saved");
    saves::heading();
    saves::measure(few, &usual);
    saves::measure(many, &large);
    drop(usual);
    feels(&large, &bare, &assets);
}

fn of(what: &str, people: u32) -> String {
    format!("{what}, {people} people")
}

fn signs_in(daemon: &Daemon) -> String {
    office::browser(daemon, 0, Ipv4Addr::LOCALHOST).cookie.clone()
}

/// The files that the page's HTML names, the longest first; the HTML where the daemon was built without the page.
fn assets(daemon: &Daemon) -> Vec<String> {
    let mut connection = Connection::open(daemon.http, Ipv4Addr::LOCALHOST);
    let plain = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    let html = String::from_utf8_lossy(connection.ask(plain).body).into_owned();
    let named = html.split('"').filter(|word| word.starts_with("/assets/") || word.starts_with("./assets/"));
    let mut assets: Vec<String> = named.map(|path| path.trim_start_matches('.').to_owned()).collect();
    assets.sort_by_key(|path| std::cmp::Reverse(connection.ask(&get(path, "")).body.len()));
    if assets.is_empty() { vec!["/".to_owned()] } else { assets }
}

/// What the daemon takes when nobody looks, after many requests, and with many pages open.
fn remembers(daemon: &Daemon, asset: &str) {
    figures::part("Memory, MiB (PSS)");
    let pid = daemon.process.pid();
    let line = |what: &str, idle: Option<f64>| {
        let now = cost::memory(pid).pss_mib;
        println!("{what:<34}{now:>9.1}{:>9}", figures::ratio(now, idle.unwrap_or(now)));
        now
    };
    let idle = line("idle", None);
    let cookie = signs_in(daemon);
    line("after a sign-in", Some(idle));
    let requests =
        [get(asset, ""), get("/api/overview", &cookie), get(FIRST_PAGE, &cookie), get("/api/people", &cookie)];
    for request in &requests {
        speed::ask(daemon.http, request, REQUESTS / requests.len());
    }
    line(&format!("after {REQUESTS} requests"), Some(idle));
    let pages = news::Pages::open(daemon, news::BROWSERS);
    line(&format!("with {} browsers", pages.count()), Some(idle));
}

/// How soon one page and how soon fifty have heard of a change.
fn hears(daemon: &Daemon, people: u32) {
    figures::part(&format!("A person of {people} is saved: ms until the open pages have heard of it"));
    println!("{:<34}{:>9}{:>9}", "", "p50", "p99");
    let alone = news::measure(daemon, &news::Pages::open(daemon, 1), None);
    news::measure(daemon, &news::Pages::open(daemon, news::BROWSERS), Some(alone));
}

/// Whether calls feel it when the page is hammered; the bare server is hammered for comparison, since on one machine the
/// browsers take their share too.
fn feels(daemon: &Daemon, bare: &Bare, assets: &[String]) {
    figures::part("Calls while 8 connections ask without rest: times in ms; late is a packet by more than its 20 ms");
    calling::heading();
    let cookie = signs_in(daemon);
    let asked = ["/", &assets[0], "/api/hello", "/api/overview", FIRST_PAGE, "/api/people"].map(str::to_owned);
    let mut connection = Connection::open(daemon.http, Ipv4Addr::LOCALHOST);
    let as_many = asked.clone().map(|path| format!("/{}", connection.ask(&get(&path, &cookie)).body.len()));
    drop(connection);
    calling::Phones::registered(daemon).measure([
        ("nobody asks", &|| None),
        ("the bare server is asked", &|| Some(hammer::start(bare.port, &cookie, &as_many))),
        ("the page is asked", &|| Some(hammer::start(daemon.http, &cookie, &asked))),
    ]);
}
