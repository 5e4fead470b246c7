//! What a call that is up notices of more calls than fit, and of a flood of junk.

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::figures::Times;
use crate::harness::daemon::Daemon;
use crate::harness::flood::Flood;
use crate::harness::office::Desk;
use crate::load;
use crate::phone::Phone;
use crate::servers::{self, Server};
use crate::talk::{self, EndsWith};

/// For so long is looked at the sound of a call that is alone.
const QUIET: Duration = Duration::from_secs(10);

/// Where sipp says that some calls failed, and nothing else.
const SOME_FAILED: i32 = 1;

/// What becomes of calls when three times as many are offered as ours has ports for: those that are taken, what it says to the
/// others, and the sound of one that is up meanwhile.
pub fn overload() {
    let office = load::Office::new(<Daemon as Server>::secret);
    let server = servers::bellboxd(&office);
    for calls in [false, true] {
        office.half_registers(server.port(), calls);
    }
    let [peak, goodput] = talking(&server, |talker, listener| {
        print_heard("nobody calls", &talk::heard(talker, listener, || std::thread::sleep(QUIET)).0);
        [load::FULL, load::TOO_MANY].map(|calls| {
            let what = format!("{} calls, {} a second, of {} ms", calls.count, calls.a_second, calls.lasting_ms);
            println!("{}: {what}", server.name());
            let (heard, (taken, outcome)) = talk::heard(talker, listener, || office.offers(server.port(), calls));
            assert!(matches!(outcome.code(), Some(0 | SOME_FAILED)), "sipp ended with {outcome}");
            print_heard(&format!("{} a second", calls.a_second), &heard);
            f64::from(u32::try_from(taken.len()).expect("a few thousand")) * f64::from(calls.a_second)
                / f64::from(calls.count)
        })
    });
    println!(
        "taken a second: {peak:.1} when all fit, {goodput:.1} of three times as many: {:.0} %",
        100.0 * goodput / peak
    );
}

/// While one phone talks to another.
fn talking<R>(server: &Daemon, during: impl FnOnce(&UdpSocket, &UdpSocket) -> R) -> R {
    let [mut talker, listener] = servers::TALKERS.map(|number| Phone::registered(&Desk::new(number), server.sip));
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let _end = EndsWith(&is_over);
        scope.spawn(|| listener.answers_all(|| is_over.load(Ordering::Relaxed)));
        let call = talker.calls(&Desk::new(servers::TALKERS[1]));
        talker.rtp.connect(("127.0.0.1", call.server_rtp)).expect("it is loopback");
        let done = during(&talker.rtp, &listener.rtp);
        talker.hangs_up(&call);
        done
    })
}

fn print_heard(what: &str, heard: &talk::Heard) {
    println!(
        "sound of a call that is up, {what}: {} packets, {} lost, {} later than 20 ms, on their way {:.2} ms (p50), {:.2} ms (p99), greatest gap {:.1} ms",
        heard.sent,
        heard.lost(),
        heard.late(),
        heard.transit.at(0.5),
        heard.transit.at(0.99),
        heard.gap_ms
    );
}

/// Calls that a known phone makes beside the flood.
const CALLS_BESIDE: usize = 40;

/// What ten thousand packets of junk a second cost: the sound of a call that is up, and how soon known phones are connected.
pub fn flood() {
    let office = load::Office::new(<Daemon as Server>::secret);
    let server = servers::bellboxd(&office);
    let [caller, called] = [0, load::PAIRS as usize].map(|desk| office.desks()[desk].clone());
    let mut phone = Phone::registered(&caller, server.port());
    let other = Phone::registered(&called, server.port());
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let _end = EndsWith(&is_over);
        scope.spawn(|| other.answers_all(|| is_over.load(Ordering::Relaxed)));
        talking(&server, |talker, listener| {
            let mut calls = |what: &str| {
                let (heard, times) = talk::heard(talker, listener, || {
                    (0..CALLS_BESIDE).map(|_| set_up_ms(&mut phone, &called)).collect()
                });
                print_heard(what, &heard);
                let times = Times::new(times);
                println!(
                    "a new call of known phones, {what}: {:.1} ms (p50), {:.1} ms (most)",
                    times.at(0.5),
                    times.at(1.0)
                );
            };
            calls("nobody disturbs");
            let flood = Flood::begins(server.port());
            calls("beside a flood");
            println!("{:.0} packets of junk a second", flood.per_second());
        });
    });
}

/// From the first INVITE, which is challenged, to the answer, in milliseconds; the call ends behind it.
fn set_up_ms(phone: &mut Phone, whom: &Desk) -> f64 {
    let begin = Instant::now();
    let call = phone.calls(whom);
    let took = begin.elapsed().as_secs_f64() * 1e3;
    phone.hangs_up(&call);
    std::thread::sleep(BETWEEN);
    took
}

/// Between two calls beside the flood: the flood lasts some seconds.
const BETWEEN: Duration = Duration::from_millis(100);
