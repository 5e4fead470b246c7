//! Chaos: many seeds, each an office with random people, phones and wires; only the audit decides.
//!
//! `BELLBOX_CHAOS_SEEDS` says how many seeds (500), `BELLBOX_CHAOS_BASE` where they begin (the commit, else 1). A seed
//! that fails is run again alone with both.

use office::chaos;

const SEEDS: u64 = 500;

/// From so many on the sums must tell that something was tested; a few, or the one that failed, may be quiet days.
const MANY: u64 = 50;

#[test]
fn every_seed_ends_with_a_quiet_office() {
    let (base, seeds) = (base(), number("BELLBOX_CHAOS_SEEDS").unwrap_or(SEEDS));
    eprintln!("chaos: {seeds} seeds from {base}");
    let (mut messages, mut calls, mut answered, mut seconds) = (0, 0, 0, 0);
    let (mut kept, mut cut_off, mut opened) = (0, 0, 0);
    let (mut transferred, mut handed_back) = (0, 0);
    let (mut picked_up, mut lit) = (0, 0);
    for seed in base..base + seeds {
        match chaos::run(seed, false) {
            Ok(tale) => {
                messages += tale.messages;
                calls += tale.calls;
                answered += tale.answered;
                seconds += tale.lasted.as_secs();
                transferred += tale.transferred;
                handed_back += tale.handed_back;
                kept += tale.kept;
                cut_off += tale.cut_off;
                opened += tale.opened;
                picked_up += tale.picked_up;
                lit += tale.lit;
            }
            Err(failure) => fail(&failure),
        }
    }
    eprintln!("chaos: {calls} calls, {answered} answered, {messages} messages, {seconds} virtual seconds");
    eprintln!("chaos: {kept} messages left, {cut_off} of them cut off by a restart; {opened} PINs were right");
    eprintln!("chaos: {transferred} transfers, {handed_back} calls came back");
    eprintln!("chaos: {picked_up} calls taken from another's phone, {lit} times a key was told");
    if seeds < MANY {
        return;
    }
    assert!(kept > seeds / 2, "hardly any message was left, so little was tested: {kept} in {calls} calls");
    assert!(opened > seeds / 4, "hardly any mailbox was opened, so little was tested: {opened} in {calls} calls");
    let some = usize::try_from(seeds / 8).unwrap_or(usize::MAX);
    assert!(transferred > some, "hardly any call was transferred, so little was tested: {transferred} of {answered}");
    assert!(handed_back > some / 4, "hardly any call came back, so little was tested: {handed_back} of {transferred}");
    assert!(picked_up as u64 > seeds / 10, "hardly any call was picked up, so little was tested: {picked_up}");
    assert!(lit > seeds * 10, "hardly any key was told anything, so little was tested: {lit}");
    assert!(answered > seeds, "hardly any call was answered, so little was tested: {answered} of {calls}");
}

#[test]
fn the_same_seed_sends_the_same_bytes() {
    for seed in base()..base() + 10 {
        let (one, two) = (chaos::run(seed, false), chaos::run(seed, false));
        match (one, two) {
            (Ok(one), Ok(two)) => assert_eq!(one, two, "seed {seed} was not the same twice"),
            (Err(failure), _) | (_, Err(failure)) => fail(&failure),
        }
    }
}

#[test]
fn a_forgotten_deadline_is_found() {
    let found = (1..=50).find_map(|seed| chaos::run(seed, true).err());
    let found = found.expect("chaos finds a planted leak within 50 seeds");
    assert!(found.faults.iter().any(|fault| fault.contains("the engine still has")), "{:?}", found.faults);
}

fn fail(failure: &chaos::Failure) -> ! {
    panic!("seed {} fails:\n{}\n{}", failure.seed, failure.faults.join("\n"), failure.ladder);
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Where the seeds begin: what the caller says, else from the commit under test, so that each commit meets new ones.
fn base() -> u64 {
    number("BELLBOX_CHAOS_BASE").or_else(commit).unwrap_or(1)
}

fn commit() -> Option<u64> {
    let out = std::process::Command::new("git").args(["rev-parse", "--short=8", "HEAD"]).output().ok()?;
    u64::from_str_radix(String::from_utf8(out.stdout).ok()?.trim(), 16).ok()
}
