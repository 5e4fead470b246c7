//! What the engine costs: a registration and a call, in time for the same work of reading those messages alone, and
//! with more phones in the office, and more lamps of extensions that have nothing to do with the call, which must not make a step
//! dearer; and what each lamp costs that is told of the call.

// A bench reads the clock; the crate that it measures may not.
#![allow(clippy::disallowed_methods)]

mod office;

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use office::Office;
use sip::message::Message;

/// Rounds of each measurement; the fastest counts, because everything that disturbs makes slower.
const ROUNDS: usize = 15;

/// So much time lies between two calls.
const BETWEEN_CALLS: Duration = Duration::from_millis(900);

fn main() {
    let mut out = std::io::stdout().lock();
    for phones in [10, 100, 500] {
        let mut office = Office::new(phones);
        let calls = phones / 2;
        let (mut register, mut call) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            (0..phones).for_each(|phone| office.registers(phone));
            register = register.min(office.take_spent() / phones);
            for pair in 0..calls {
                office.calls(2 * pair, 2 * pair + 1);
                office.passes(BETWEEN_CALLS);
            }
            call = call.min(office.take_spent() / calls);
        }
        let read = fastest(|| office.heard.iter().for_each(|bytes| drop(black_box(Message::parse(bytes)))));
        writeln!(
            out,
            "{phones:5} phones: registration {:6.1} us, call {:6.1} us for {} messages in and out, {:.1} of reading \
             what comes in, {:.1} us for a second that passes",
            register.as_secs_f64() * 1e6,
            call.as_secs_f64() * 1e6,
            office.messages_of_a_call,
            call.as_secs_f64() / read.as_secs_f64(),
            office.second_us(),
        )
        .expect("the terminal takes a line");
    }
    let (alone, _) = call_beside_lamps(0, 0);
    for (others, told) in [(500, 0), (4_000, 0), (4_000, 90)] {
        let (call, second) = call_beside_lamps(others, told);
        writeln!(
            out,
            "{others:5} lamps of others, {told:2} of the callee: call {:6.1} us, {:.2} times one without lamps, {second:.1} us \
             for a second that passes",
            call.as_secs_f64() * 1e6,
            call.as_secs_f64() / alone.as_secs_f64(),
        )
        .expect("the terminal takes a line");
    }
}

/// What a call costs in an office of 500 with so many lamps of extensions that are not in it, and so many of the callee's;
/// and a second after it, in which the lamps are told, in us.
fn call_beside_lamps(others: u32, told: u32) -> (Duration, f64) {
    let phones = 500;
    let mut office = Office::new(phones);
    (0..phones).for_each(|phone| office.registers(phone));
    // The callers and callees are 0 to 99; everybody watches somebody above.
    (0..others).for_each(|lamp| office.watches(lamp % phones, 100 + lamp % 400));
    (0..told).for_each(|lamp| office.watches(100 + lamp, 1));
    office.clock += Duration::from_secs(60);
    let mut call = Duration::MAX;
    for _ in 0..ROUNDS {
        office.take_spent();
        let calls = 10;
        for _ in 0..calls {
            office.calls(0, 1);
            office.passes(BETWEEN_CALLS);
        }
        call = call.min(office.take_spent() / calls);
    }
    (call, office.second_us())
}

fn fastest(mut act: impl FnMut()) -> Duration {
    let round = |_| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}
