//! What the same work costs the daemon and a known server, in one run on one machine.
//!
//! `cargo bench -p bellbox-tests --bench servers` (or `make bench`, which builds and installs what it takes). The names
//! of servers as arguments measure those only: `-- kamailio`.
#![allow(clippy::print_stdout, reason = "the table is the product")]

mod cost;
mod first;
#[allow(dead_code, reason = "the bench needs the servers, not the phones")]
#[path = "../clients/harness/mod.rs"]
mod harness;
mod load;
mod servers;
mod table;

use servers::Server;
use table::Figures;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    let ours = is_wanted("bellboxd").then(|| measure(servers::bellboxd));
    let theirs = is_wanted("kamailio").then(|| measure(servers::kamailio));
    table::print(ours, theirs);
}

/// Starts a server, gives it the work and reads what it cost.
fn measure<S: Server>(start: impl FnOnce(&load::Office) -> S) -> Figures {
    let office = load::Office::new(S::secret);
    let mut server = start(&office);
    let name = server.name();
    println!("{name}: {} phones register", load::PHONES);
    office.everyone_registers(server.port());
    let memory = cost::memory(server.pid());

    println!("{name}: {} registrations, {} a second", load::REGISTRATIONS, load::REGISTRATIONS_A_SECOND);
    let before = cost::cpu(server.pid());
    office.registers_again(server.port());
    let registering = cost::cpu(server.pid()) - before;

    println!("{name}: {} calls, {} a second", load::CALLS, load::CALLS_A_SECOND);
    let before = cost::cpu(server.pid());
    office.calls(server.port());
    let calling = cost::cpu(server.pid()) - before;

    println!("{name}: starts {} times", first::STARTS);
    let start_ms = first::median_start_ms(&mut server, &office);
    Figures {
        registrations_per_cpu_s: f64::from(load::REGISTRATIONS) / registering.as_secs_f64(),
        calls_per_cpu_s: f64::from(load::CALLS) / calling.as_secs_f64(),
        pss_mib: memory.pss_mib,
        rss_mib: memory.rss_mib,
        start_ms,
    }
}
