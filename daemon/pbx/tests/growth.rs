//! What the engine keeps in memory: of a phone, of calls that are over, and of strangers who ask. Counted are the bytes
//! that it has allocated and not given back, not what the system says of the process.
//!
//! `ROUNDS=1000000 HOURS=72 cargo test --release -p pbx --test growth` says how much of more.

// What measures the crate may read the clock and be told how long; the crate may not.
#![allow(clippy::disallowed_methods)]

#[path = "../benches/office/mod.rs"]
mod office;

use std::io::Write;
use std::time::Duration;

use office::Office;

/// So many calls and strangers come where nobody asks for more.
const ROUNDS: u32 = 1_000;
/// So many hours an office lives where nobody asks for more.
const HOURS: u32 = 4;
/// More than the ladder of calls, and each other table of a bounded number of calls, keeps.
const WARM_UP: u32 = 500;
/// What may be kept of all rounds together: tables of a fixed number of rows whose texts differ in length.
const KEPT: i64 = 64 * 1024;
const MEBIBYTE: i64 = 1024 * 1024;

fn asked(name: &str, else_: u32) -> u32 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(else_)
}

/// The bytes that are kept of what is done.
fn kept(work: impl FnOnce()) -> i64 {
    allocation_counter::measure(work).bytes_current
}

/// Says it where somebody asked for more rounds.
fn say(what: &str) {
    if ["ROUNDS", "HOURS"].into_iter().any(|name| std::env::var_os(name).is_some()) {
        writeln!(std::io::stdout().lock(), "{what}").expect("the terminal takes a line");
    }
}

#[test]
fn a_phone_costs_a_few_kibibytes() {
    const PHONES: u32 = 200;
    let mut office = Office::new(PHONES);
    let each = |bytes: i64| bytes / i64::from(PHONES);
    let at_once = kept(|| (0..PHONES).for_each(|phone| office.registers(phone)));
    // Its nonce runs out; then it is asked whether it is there, and what that has left goes.
    let later = at_once + [300, 10, 30].map(|s| kept(|| office.passes(Duration::from_secs(s)))).iter().sum::<i64>();
    say(&format!("a phone: {} bytes when it has registered, {} later", each(at_once), each(later)));
    assert!(each(at_once) < 10 * 1024, "{at_once} bytes of {PHONES} phones");
    assert!(each(later) < 5 * 1024, "{later} bytes of {PHONES} phones");
}

#[test]
fn calls_that_are_over_leave_nothing() {
    let mut office = Office::new(10);
    (0..10).for_each(|phone| office.registers(phone));
    let mut all = |calls: u32| {
        for call in 0..calls {
            office.calls(call % 5, 5 + call % 5);
            office.passes(Duration::from_millis(900));
            // Phones refresh what they have; an hour has 4 000 of these calls.
            if call % 1_000 == 0 {
                (0..10).for_each(|phone| office.registers(phone));
            }
        }
        office.passes(Duration::from_secs(400));
    };
    all(WARM_UP);
    let calls = asked("ROUNDS", ROUNDS);
    let more = kept(|| all(calls));
    say(&format!("{calls} calls: {more} bytes more"));
    assert!(more < KEPT, "{more} bytes of {calls} calls");
}

#[test]
fn strangers_are_answered_and_forgotten() {
    let mut office = Office::new(10);
    let mut all = |from: u32, strangers: u32| {
        for stranger in from..from + strangers {
            assert_eq!(office.is_asked_by(stranger), 401, "nobody calls without a name");
            office.passes(Duration::from_millis(1));
        }
    };
    all(0, WARM_UP);
    let strangers = asked("ROUNDS", ROUNDS);
    let more = kept(|| all(WARM_UP, strangers));
    say(&format!("{strangers} strangers: {more} bytes more"));
    assert!(more < MEBIBYTE, "{more} bytes of {strangers} strangers");
}

/// Day and night: some phones stay, others lose their power for longer than their registration lasts, everybody's keys
/// subscribe anew, there is a call and a stranger each minute.
#[test]
fn hours_of_churn_leave_nothing() {
    const STAY: u32 = 6;
    const PHONES: u32 = 12;
    let mut office = Office::new(PHONES);
    let mut stranger = 0;
    let mut hours = |office: &mut Office, hours: u32| {
        for minute in 0..hours * 60 {
            if minute % 30 == 0 {
                (0..STAY).for_each(|phone| office.registers(phone));
            }
            // Registered for an hour, and gone for the next one and a half.
            if minute % 150 == 0 {
                (STAY..PHONES).for_each(|phone| office.registers(phone));
            }
            if minute % 50 == 0 {
                (0..STAY).for_each(|phone| office.watches(phone, (phone + 1) % PHONES));
            }
            office.calls(minute % 3, 3 + minute % 3);
            stranger += 1;
            assert_eq!(office.is_asked_by(stranger), 401, "nobody calls without a name");
            (0..60).for_each(|_| office.passes(Duration::from_secs(1)));
        }
    };
    // As often as it takes until every bounded table is full.
    hours(&mut office, 10);
    let asked = asked("HOURS", HOURS);
    // Whole rounds of what returns, so that the same phones are there before and after.
    let whole = asked.next_multiple_of(5);
    let more = kept(|| hours(&mut office, whole));
    say(&format!("{whole} hours: {more} bytes more"));
    assert!(more < KEPT, "{more} bytes of {whole} hours");
}
