//! What the same work costs the daemon and a known server, in one run on one machine.
//!
//! `cargo bench -p bellbox-tests --bench servers` (or `make bench`, which builds and installs what it takes). The names
//! of servers as arguments measure those only: `-- kamailio`.
#![allow(clippy::print_stdout, reason = "the table is the product")]

mod cost;
#[allow(dead_code, reason = "the bench prints figures in lines of its own")]
mod figures;
mod first;
#[allow(dead_code, reason = "the bench needs the servers, not the phones")]
#[path = "../clients/harness/mod.rs"]
mod harness;
mod load;
mod phone;
mod servers;
mod table;
mod talk;

use std::net::UdpSocket;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use harness::daemon::Daemon;
use harness::office::Desk;
use phone::Phone;
use servers::Server;
use table::{Figures, Load};
use talk::EndsWith;

/// How often memory is read while calls come and go: it costs the server nothing.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    let ours = is_wanted("bellboxd").then(|| measure(servers::bellboxd));
    if is_wanted("overload") {
        overload();
    }
    let theirs = is_wanted("kamailio").then(|| measure(servers::kamailio));
    if ours.is_some() || theirs.is_some() {
        table::print(ours, theirs);
    }
}

/// Starts a server, gives it the work and reads what it cost.
fn measure<S: Server>(start: impl FnOnce(&load::Office) -> S) -> Figures {
    let office = load::Office::new(S::secret);
    let mut server = start(&office);
    let name = server.name();
    let empty = cost::memory(server.pid());
    println!("{name}: {} phones register", load::PHONES);
    office.half_registers(server.port(), false);
    let half = cost::memory(server.pid());
    office.half_registers(server.port(), true);
    let idle = cost::memory(server.pid());
    // The first phones also wake code, threads and caches that all share.
    let half_mib = idle.pss_mib - half.pss_mib;
    let woken_mib = half.pss_mib - empty.pss_mib - half_mib;

    println!("{name}: {} registrations, {} a second", load::REGISTRATIONS, load::REGISTRATIONS_A_SECOND);
    let before = cost::cpu(server.pid());
    office.registers_again(server.port());
    let registering = cost::cpu(server.pid()) - before;
    println!("{name}: {} phones at once", load::PHONES);
    let avalanche = office.avalanche(server.port());

    let busy = calls(&server, &office, load::BUSY);
    let storm = calls(&server, &office, load::STORM);
    let call_kib = memory_of_a_call(&server, &office);

    println!("{name}: starts {} times", first::STARTS);
    let start_ms = first::median_start_ms(&mut server, &office);
    Figures {
        registrations_per_cpu_s: f64::from(load::REGISTRATIONS) / registering.as_secs_f64(),
        avalanche_ms: avalanche.as_secs_f64() * 1000.0,
        busy,
        storm,
        phone_kib: half_mib * 1024.0 / f64::from(load::PAIRS),
        woken_mib,
        call_kib,
        pss_mib: idle.pss_mib,
        rss_mib: idle.rss_mib,
        start_ms,
    }
}

/// For so long is looked at the sound of a call that is alone.
const QUIET: Duration = Duration::from_secs(10);

/// Where sipp says that some calls failed, and nothing else.
const SOME_FAILED: i32 = 1;

/// What becomes of calls when three times as many are offered as ours has ports for: those that are taken, what it says to the
/// others, and the sound of one that is up meanwhile.
fn overload() {
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
        "sound of a call that is up, {what}: {} packets, {} lost, {} later than 20 ms, on their way {:.2} ms (p50), {:.2} ms (p99)",
        heard.sent,
        heard.lost(),
        heard.late(),
        heard.transit.at(0.5),
        heard.transit.at(0.99)
    );
}

/// What calls at one rate cost a server, and how soon they are answered.
fn calls<S: Server>(server: &S, office: &load::Office, calls: load::Calls) -> Load {
    println!("{}: {} calls, {} a second", server.name(), calls.count, calls.a_second);
    let before = cost::cpu(server.pid());
    let set_ups = office.calls(server.port(), calls);
    Load::of(set_ups, cost::cpu(server.pid()) - before)
}

/// What each of many calls takes that are up at the same time, in KiB.
fn memory_of_a_call<S: Server>(server: &S, office: &load::Office) -> f64 {
    let at_once = load::LONG.at_once();
    println!("{}: {at_once} calls at once", server.name());
    let pid = server.pid();
    let before = cost::memory(pid).pss_mib;
    let is_over = AtomicBool::new(false);
    let most = std::thread::scope(|scope| {
        let end = EndsWith(&is_over);
        let watcher = scope.spawn(|| {
            let mut most = before;
            while !is_over.load(Ordering::Relaxed) {
                most = most.max(cost::memory(pid).pss_mib);
                std::thread::sleep(LOOK_AGAIN);
            }
            most
        });
        office.calls(server.port(), load::LONG);
        drop(end);
        watcher.join().expect("it only reads")
    });
    (most - before) * 1024.0 / f64::from(at_once)
}
