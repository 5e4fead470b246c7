//! Chaos: many seeds, each an office with random people, phones and wires; only the audit decides.
//!
//! `BELLBOX_CHAOS_SEEDS` says how many seeds (500), `BELLBOX_CHAOS_BASE` where they begin (the commit, else 1). A seed
//! that fails is run again alone with both.

use office::chaos::{self, Tale};

const SEEDS: u64 = 500;

/// From so many on the sums must tell that something was tested; a few, or the one that failed, may be quiet days.
const MANY: u64 = 50;

#[test]
fn every_seed_ends_with_a_quiet_office() {
    let (base, seeds) = (base(), number("BELLBOX_CHAOS_SEEDS").unwrap_or(SEEDS));
    eprintln!("chaos: {seeds} seeds from {base}");
    let tales = tales(base, seeds);
    let sum = |of: fn(&Tale) -> u64| tales.iter().map(of).sum::<u64>();
    let (messages, calls, answered) =
        (sum(|tale| tale.messages), sum(|tale| tale.calls as u64), sum(|tale| tale.answered));
    let (kept, cut_off, opened) = (sum(|tale| tale.kept), sum(|tale| tale.cut_off), sum(|tale| tale.opened));
    let (transferred, handed_back) = (sum(|tale| tale.transferred as u64), sum(|tale| tale.handed_back as u64));
    let (parked, fetched) = (sum(|tale| tale.parked as u64), sum(|tale| tale.fetched as u64));
    let (picked_up, lit) = (sum(|tale| tale.picked_up as u64), sum(|tale| tale.lit));
    let (outside, registered) = (sum(|tale| tale.outside as u64), sum(|tale| tale.registered.into()));
    let (asked, conferred) = (sum(|tale| tale.asked as u64), sum(|tale| tale.conferred as u64));
    let (ruled, decided) = (sum(|tale| tale.ruled as u64), sum(|tale| tale.decided as u64));
    let (guessed, seconds) = (sum(|tale| tale.guessed), sum(|tale| tale.lasted.as_secs()));
    eprintln!("chaos: {calls} calls, {answered} answered, {messages} messages, {seconds} virtual seconds");
    eprintln!("chaos: {kept} messages left, {cut_off} of them cut off by a restart; {opened} PINs were right");
    eprintln!("chaos: {transferred} transfers, {handed_back} calls came back");
    eprintln!("chaos: {parked} calls were parked, {fetched} fetched");
    eprintln!("chaos: {picked_up} calls taken from another's phone, {lit} times a key was told");
    let (held, powerless) = (sum(|tale| tale.held as u64), sum(|tale| tale.powerless));
    let (lost, overtook) = (sum(|tale| tale.fates.lost), sum(|tale| tale.fates.overtook));
    let (doubled, flapped) = (sum(|tale| tale.fates.doubled), sum(|tale| tale.flapped as u64));
    eprintln!(
        "chaos: {held} times a call was held, {powerless} calls lost a phone by its power, {flapped} turns of the trunk"
    );
    eprintln!("chaos: {lost} datagrams were lost, {overtook} overtook another, {doubled} came twice");
    eprintln!("chaos: {outside} calls outside were answered, {registered} registrations there; {guessed} guesses");
    eprintln!("chaos: {asked} times somebody was asked while another waited, {conferred} times three talked");
    eprintln!(
        "chaos: {ruled} times people changed by code what becomes of calls, {decided} calls went as somebody had decided"
    );
    if seeds < MANY {
        return;
    }
    assert!(kept > seeds / 2, "hardly any message was left, so little was tested: {kept} in {calls} calls");
    assert!(opened > seeds / 4, "hardly any mailbox was opened, so little was tested: {opened} in {calls} calls");
    let some = seeds / 8;
    assert!(transferred > some, "hardly any call was transferred, so little was tested: {transferred} of {answered}");
    assert!(handed_back > some / 4, "hardly any call came back, so little was tested: {handed_back} of {transferred}");
    assert!(parked > seeds / 8, "hardly any call was parked, so little was tested: {parked}");
    assert!(fetched > seeds / 100, "hardly any call was fetched, so little was tested: {fetched} of {parked}");
    assert!(picked_up > seeds / 10, "hardly any call was picked up, so little was tested: {picked_up}");
    assert!(lit > seeds * 10, "hardly any key was told anything, so little was tested: {lit}");
    assert!(outside > seeds / 2, "hardly any call outside was answered, so little was tested: {outside}");
    assert!(registered > seeds * 2, "the trunk hardly lived, so little was tested: {registered}");
    assert!(guessed > seeds * 5, "hardly any password was guessed, so little was tested: {guessed}");
    assert!(asked > seeds / 4, "hardly anybody was asked, so little was tested: {asked}");
    assert!(conferred > seeds / 100, "hardly any three talked, so little was tested: {conferred}");
    assert!(ruled > seeds / 2, "hardly any rule was changed, so little was tested: {ruled}");
    assert!(decided > seeds, "hardly any call met a rule, so little was tested: {decided} of {calls}");
    assert!(held > seeds, "hardly any call was held, so little was tested: {held} of {answered}");
    assert!(powerless > seeds / 4, "hardly any phone lost power in a call, so little was tested: {powerless}");
    assert!(flapped > seeds * 2, "the trunk hardly flapped, so little was tested: {flapped}");
    let (few, none) = (seeds * 20, "the wires were too good, so little was tested");
    assert!(
        lost > few && overtook > few / 4 && doubled > few / 20,
        "{none}: {lost} lost, {overtook}, {doubled} doubled"
    );
    assert!(answered > seeds, "hardly any call was answered, so little was tested: {answered} of {calls}");
}

/// What became of each seed; every processor takes its share.
fn tales(base: u64, seeds: u64) -> Vec<Tale> {
    let at_once = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let share = |first: u64| (base + first..base + seeds).step_by(at_once as usize).map(|seed| chaos::run(seed, false));
    let outcomes: Vec<Result<Tale, chaos::Failure>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once).map(|first| scope.spawn(move || share(first).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a panic is an outcome of its seed")).collect()
    });
    let told = outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|failure| fail(&failure)));
    told.collect()
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
    // Something else may see a call without an end, as a lamp that lags behind a recording which ends with the audit.
    let names_it = |failure: &chaos::Failure| failure.faults.iter().any(|fault| fault.contains("the engine still has"));
    let failures: Vec<_> = (1..=50).filter_map(|seed| chaos::run(seed, true).err()).collect();
    let named = failures.iter().filter(|failure| names_it(failure)).count();
    eprintln!("{named} of {} failures name it", failures.len());
    assert!(named > 0 && named * 2 > failures.len(), "{named} of {} failures name the planted leak", failures.len());
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
