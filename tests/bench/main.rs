//! What the same work costs the daemon and a known server, in one run on one machine.
//!
//! `cargo bench -p bellbox-tests --bench servers` (or `make bench`, which builds and installs what it takes). The names
//! of servers as arguments measure those only: `-- kamailio`; so do `overload` and `flood`, which ask what a call that is
//! up notices of either. `BELLBOXD_BASELINE` is the program of an earlier state, which is measured as `dial-tone`.
#![allow(clippy::print_stdout, reason = "the table is the product")]

mod baseline;
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
mod unhurt;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use baseline::DialTone;
use servers::Server;
use table::{Figures, Load};
use talk::EndsWith;

/// How often memory is read while calls come and go: it costs the server nothing.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    let ours = is_wanted("bellboxd").then(|| measure(servers::bellboxd));
    let before = baseline::program().filter(|_| is_wanted("dial-tone"));
    let before = before.map(|program| measure(|office| DialTone::start(program, office)));
    if is_wanted("overload") {
        unhurt::overload();
    }
    if is_wanted("flood") {
        unhurt::flood();
    }
    let theirs = is_wanted("kamailio").then(|| measure(servers::kamailio));
    if [ours, before, theirs].iter().any(Option::is_some) {
        table::print(ours, before, theirs);
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
    let first_call_ms = S::KEEPS_PHONES.then(|| first::median_call_ms(&mut server));
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
        first_call_ms,
    }
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
