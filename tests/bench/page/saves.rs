//! How long a change of a person takes until the engine routes by it, beside the least that the disk allows.

use std::fs::OpenOptions;
use std::io::Write;
use std::net::Ipv4Addr;
use std::time::Instant;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::figures::{Times, ratio};
use crate::harness::daemon::Daemon;
use crate::office;

/// Saves that are measured.
const SAVES: usize = 30;

/// What is appended and synced for comparison, in bytes: a page of the database.
const PAGE: [u8; 4096] = [7; 4096];

/// Somebody's row, open in an administrator's browser.
pub struct Row {
    browser: Browser,
    path: String,
    row: Value,
    etag: String,
}

impl Row {
    /// Opens the row of whoever has the last extension; the address may be any of loopback.
    pub fn open(daemon: &Daemon, from: Ipv4Addr) -> Self {
        let mut browser = office::browser(daemon, 0, from);
        let everyone = browser.get("/api/people");
        let people = everyone["people"].as_array().expect("a list");
        let last = people.iter().max_by_key(|person| person["extension"].as_str()).expect("there are people");
        let row = json!({ "name": last["name"], "extension": last["extension"], "ring_s": 25 });
        let etag = last["etag"].as_str().expect("a row has a version").to_owned();
        Self { browser, path: format!("/api/people/{}", last["id"]), row, etag }
    }

    /// Changes it and saves; returns the revision, which is in force then.
    pub fn saves(&mut self) -> u64 {
        self.row["ring_s"] = if self.row["ring_s"] == 25 { json!(20) } else { json!(25) };
        let saved = self.browser.put(&self.path, &self.etag, &self.row);
        self.etag = saved["person"]["etag"].as_str().expect("a row has a version").to_owned();
        saved["revision"].as_u64().expect("a save has a number")
    }

    fn is_routed_by(&mut self) -> u64 {
        self.browser.get("/healthz")["revision"].as_u64().expect("the status names its revision")
    }
}

/// Prints one line.
pub fn measure(people: u32, daemon: &Daemon) {
    let mut row = Row::open(daemon, Ipv4Addr::LOCALHOST);
    let scratch = daemon.data.with_file_name("scratch");
    let mut scratch = OpenOptions::new().create(true).append(true).open(scratch).expect("the folder is writable");
    let (mut saves, mut syncs) = (Vec::new(), Vec::new());
    for _ in 0..SAVES {
        let begin = Instant::now();
        let saved = row.saves();
        saves.push(begin.elapsed().as_secs_f64() * 1e3);
        assert_eq!(row.is_routed_by(), saved, "a save is in force when it is answered");
        let begin = Instant::now();
        scratch.write_all(&PAGE).and_then(|()| scratch.sync_data()).expect("the disk has room");
        syncs.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    let (saves, syncs) = (Times::new(saves), Times::new(syncs));
    println!(
        "{:<34}{:>9.1}{:>9.1}{:>14.1}{:>9}",
        format!("{people} people"),
        saves.at(0.5),
        saves.at(0.99),
        syncs.at(0.5),
        ratio(saves.at(0.5), syncs.at(0.5))
    );
}

/// The heading of what [`measure`] prints.
pub fn heading() {
    println!("{:<34}{:>9}{:>9}{:>14}{:>9}", "ms until it is in force", "p50", "p99", "bare sync", "");
}
