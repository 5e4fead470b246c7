//! Ten thousand packets of junk a second, beside people who talk: they notice nothing.

use std::net::TcpStream;

use serde_json::Value;

use crate::harness::baresip::Baresip;
use crate::harness::daemon::Daemon;
use crate::harness::flood::Flood;
use crate::harness::office::Desk;
use crate::harness::plain_phone::PlainPhone;
use crate::harness::until;

/// What is sent while a call is up, set up and ended: some seconds of flood.
const PACKETS: u64 = 30_000;

/// By how much the box may grow meanwhile, in KiB: its queues fill once, and tables of strangers have their limits.
const GROWTH_KIB: u64 = 16 * 1024;

/// Packets of sound of 1 000 that may be missing: the bar for a call beside a flood.
const LOST_PERMILLE: u64 = 1;

#[test]
fn a_call_and_a_known_phone_notice_nothing_of_ten_thousand_packets_of_junk_a_second() {
    let desks = [1001, 1002, 1003, 1004].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut anna = Baresip::registered(desks[0].phone(office.sip).speaking(440.0));
    let mut bert = Baresip::registered(desks[1].phone(office.sip).speaking(620.0));
    let known = PlainPhone::registered(&desks[2], office.sip);
    let mut carol = Baresip::registered(desks[3].phone(office.sip).speaking(850.0));
    office.knows_phones(4);
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.hears(440.0);
    let before = memory_kib(&office);
    let flood = Flood::begins(office.sip);
    until("the flood is seen", || (office.status()["flood"]["per_minute"].as_u64()? > 1_000).then_some(()));
    // Who is known goes on as ever: it registers again, calls, is called, hangs up.
    known.registers_again();
    anna.hears(620.0);
    bert.hears(440.0);
    carol.dials("*43");
    carol.talks();
    carol.hangs_up();
    until("it has lasted", || (flood.sent() >= PACKETS).then_some(()));
    anna.hears(620.0);
    bert.hears(440.0);
    anna.hangs_up();
    bert.call_ends();
    office.is_quiet();
    anna.calls(&mut bert, "1002");
    bert.hears(440.0);
    bert.hangs_up();
    anna.call_ends();
    eprintln!("{:.0} packets of junk a second, {} in all", flood.per_second(), flood.sent());
    drop(flood);
    let after = memory_kib(&office);
    eprintln!("the box has {before} KiB before and {after} KiB after");
    assert!(after <= before + GROWTH_KIB, "from {before} KiB to {after} KiB");
    let first = office.calls().as_array().and_then(|calls| calls.last().cloned()).expect("it is kept");
    let story = office.story(&first["id"]);
    let figures: Vec<(u64, u64)> = story.iter().filter_map(heard).collect();
    eprintln!("received and lost: {figures:?}");
    assert_eq!(figures.len(), 2, "of both legs: {story:?}");
    assert!(figures.iter().all(|(received, lost)| lost * 1_000 <= received * LOST_PERMILLE), "{figures:?}");
}

#[test]
fn a_thousand_connections_that_say_nothing_keep_no_phone_out() {
    let desks = [1001, 1002].map(Desk::new);
    let office = Daemon::start(&desks);
    let mut anna = Baresip::registered(desks[0].phone(office.sip).over_tcp());
    let idle: Vec<TcpStream> = (0..1_000).filter_map(|_| TcpStream::connect(("127.0.0.1", office.sip)).ok()).collect();
    assert!(idle.len() > 500, "{} connections", idle.len());
    let mut bert = Baresip::registered(desks[1].phone(office.sip).over_tcp().speaking(620.0));
    anna.calls(&mut bert, "1002");
    anna.hears(620.0);
    bert.hangs_up();
    anna.call_ends();
    office.is_quiet();
}

/// How many packets a leg sent, and how many of them were missing, where this event tells it.
fn heard(event: &Value) -> Option<(u64, u64)> {
    let what = if event["what"].is_object() { &event["what"] } else { event };
    let figures = what.get("quality").filter(|_| what["kind"] == "quality")?;
    Some((figures["received"].as_u64()?, figures["lost"].as_u64()?))
}

/// What the box takes of the memory, in KiB.
fn memory_kib(office: &Daemon) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", office.process.pid())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the kernel says so");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}
