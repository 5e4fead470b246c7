//! What passing a packet on costs, and letting three hear each other, against the least that the system allows.
//!
//! Both sides of the comparison do the same work for the network: epoll, recvfrom, sendto, on one thread, for as many
//! calls. One is the media with real ports, streams and figures; the other only moves bytes. They take turns
//! within one run, so that whatever else the machine does disturbs both alike. Counted is the CPU time of all threads that a
//! side has started; the ratio is that of two neighbouring turns, in the middle of all. The bar of passing on is 1.3. Three are mixed by the
//! clock, a packet for each in 20 ms: that is measured at the pace of a call, against the bare loop at the same.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use media::{Media, Settings};
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags};
use pbx::input::LegId;
use pbx::output::MediaOrder;
use rtp::packet::{Header, Packet};
use sip::sdp::{Agreed, Codec, Direction};

/// Calls at once: an office at its busiest.
const CALLS: usize = 20;
/// Packets that each phone sends in a turn: 20 s of a call.
const PACKETS: u16 = 1_000;
/// Turns that count.
const TURNS: usize = 12;

/// How long a paced turn takes, in packets of 20 ms: 2 s.
const PACED: u16 = 100;

/// One side of the comparison: where each phone sends, and the threads that answer.
struct Relay {
    phones: Vec<UdpSocket>,
    servers: Vec<SocketAddr>,
    /// Their names under `/proc/self/task`.
    threads: Vec<String>,
}

fn main() {
    let stop = Arc::new(AtomicBool::new(false));
    let (bare, bare_thread) = bare_relay(&stop);
    let mixed = |leg: usize| if leg.is_multiple_of(2) { Codec::Pcmu } else { Codec::Pcma };
    let (same, same_media) = media_relay(2, |_| Codec::Pcmu);
    let (other, other_media) = media_relay(2, mixed);
    let (three, three_media) = media_relay(3, mixed);
    let mut costs = [Vec::new(), Vec::new(), Vec::new()];
    let mut paced_costs = [Vec::new(), Vec::new()];
    for number in 0..=TURNS as u16 {
        let turns = [&bare, &same, &other].map(|relay| turn(relay, number));
        // The first turn warms up.
        if number > 0 {
            costs.iter_mut().zip(turns).for_each(|(cost, turn)| cost.push(turn));
        }
    }
    for number in 0..=TURNS as u16 {
        let turns = [&bare, &three].map(|relay| paced(relay, number));
        if number > 0 {
            paced_costs.iter_mut().zip(turns).for_each(|(cost, turn)| cost.push(turn));
        }
    }
    let ratio_of = |costs: &[Vec<f64>], side: usize| {
        median(costs[side].iter().zip(&costs[0]).map(|(cost, bare)| cost / bare).collect())
    };
    let ratio = |side: usize| ratio_of(&costs, side);
    let cost = |side: usize| median(costs[side].clone());
    say(&format!("bare loop    {:.2} us CPU a packet", cost(0)));
    say(&format!("same codec   {:.2} us, ratio {:.2} (bar 1.30)", cost(1), ratio(1)));
    say(&format!("other law    {:.2} us, ratio {:.2}", cost(2), ratio(2)));
    say(&format!("one core     {:.0} calls of two phones, 20 ms", 1e6 / cost(1) / 100.0));
    let paced_cost = |side: usize| median(paced_costs[side].clone());
    say(&format!("bare, paced  {:.2} us CPU a packet", paced_cost(0)));
    say(&format!("three, mixed {:.2} us, ratio {:.2}", paced_cost(1), ratio_of(&paced_costs, 1)));
    say(&format!("one core     {:.0} calls of three phones, 20 ms", 1e6 / paced_cost(1) / 150.0));
    stop.store(true, Ordering::Relaxed);
    same_media.stop();
    other_media.stop();
    three_media.stop();
    bare_thread.join().expect("the bare loop ends");
}

/// Every phone sends packets and hears as many; CPU in us for each that was passed on.
fn turn(relay: &Relay, turn: u16) -> f64 {
    let before = cpu_ns(&relay.threads);
    let mut buffer = [0; 500];
    let mut heard = 0_u32;
    for number in 0..PACKETS {
        for (index, (phone, server)) in relay.phones.iter().zip(&relay.servers).enumerate() {
            let sequence = turn.wrapping_mul(PACKETS).wrapping_add(number);
            phone.send_to(&packet(index, sequence), server).expect("the loopback takes it");
        }
        for phone in &relay.phones {
            heard += u32::from(phone.recv(&mut buffer).is_ok());
        }
    }
    assert!(heard >= u32::from(PACKETS) * relay.phones.len() as u32 / 100 * 99, "lost too many: {heard}");
    (cpu_ns(&relay.threads) - before) as f64 / 1e3 / f64::from(heard)
}

/// The same at the pace of a call: a packet from every phone in 20 ms, and what has come meanwhile is heard.
fn paced(relay: &Relay, turn: u16) -> f64 {
    let (begin, before) = (Instant::now(), cpu_ns(&relay.threads));
    let mut buffer = [0; 500];
    let mut heard = 0_u32;
    relay.phones.iter().for_each(|phone| phone.set_nonblocking(true).expect("a socket can be non-blocking"));
    for number in 0..PACED {
        for (index, (phone, server)) in relay.phones.iter().zip(&relay.servers).enumerate() {
            phone
                .send_to(&packet(index, turn.wrapping_mul(PACED).wrapping_add(number)), server)
                .expect("the loopback takes it");
        }
        std::thread::sleep(
            (begin + Duration::from_millis(20) * u32::from(number + 1)).saturating_duration_since(Instant::now()),
        );
        for phone in &relay.phones {
            while phone.recv(&mut buffer).is_ok() {
                heard += 1;
            }
        }
    }
    let sent = u32::from(PACED) * relay.phones.len() as u32;
    assert!(heard >= sent / 100 * 95, "lost too many: {heard} of {sent}");
    (cpu_ns(&relay.threads) - before) as f64 / 1e3 / f64::from(heard)
}

fn packet(index: usize, sequence: u16) -> Vec<u8> {
    let timestamp = u32::from(sequence) * 160;
    let header = Header { marker: false, payload_type: 0, sequence, timestamp, ssrc: index as u32 };
    let mut bytes = Vec::new();
    Packet { header, payload: &[0x2a; 160], ..Packet::default() }.print(&mut bytes).expect("a plain packet");
    bytes
}

fn bare_relay(stop: &Arc<AtomicBool>) -> (Relay, JoinHandle<()>) {
    let phones = phones(2);
    let sockets: Vec<UdpSocket> = (0..phones.len()).map(|_| bind(0)).collect();
    sockets.iter().for_each(|socket| socket.set_nonblocking(true).expect("a socket can be non-blocking"));
    let servers = sockets.iter().map(address).collect();
    let targets: Vec<SocketAddr> = (0..phones.len()).map(|index| address(&phones[index ^ 1])).collect();
    let epoll = Epoll::new(EpollCreateFlags::empty()).expect("an epoll");
    for (index, socket) in sockets.iter().enumerate() {
        epoll.add(socket.as_fd(), EpollEvent::new(EpollFlags::EPOLLIN, index as u64)).expect("room in the epoll");
    }
    let stop = Arc::clone(stop);
    let before = threads();
    let thread = std::thread::spawn(move || {
        let mut events = [EpollEvent::empty(); 64];
        let mut buffer = [0; 1_501];
        while !stop.load(Ordering::Relaxed) {
            let ready = epoll.wait(&mut events, 1_000_u16).unwrap_or(0);
            for event in &events[..ready] {
                let index = event.data() as usize;
                if let Ok((length, _)) = sockets[index].recv_from(&mut buffer) {
                    let _ = sockets[index ^ 1].send_to(&buffer[..length], targets[index]);
                }
            }
        }
    });
    (Relay { phones, servers, threads: new_threads(&before) }, thread)
}

/// Calls of so many parties each, who have these codecs.
fn media_relay(parties: usize, codec: impl Fn(usize) -> Codec) -> (Relay, Media) {
    let phones = phones(parties);
    let before = threads();
    let (sender, events) = sync_channel(1_000);
    let media = Media::start(Settings::default(), media::into_channel(sender)).expect("a media thread");
    let servers: Vec<SocketAddr> = (0..phones.len()).map(|_| free_pair()).collect();
    for (index, phone) in phones.iter().enumerate() {
        let (leg, remote) = (LegId(index as u64), address(phone));
        let agreed = Agreed {
            codec: codec(index),
            send_payload_type: 0,
            receive_payload_type: 0,
            telephone_event: None,
            remote,
            remote_rtcp: SocketAddr::new(remote.ip(), 9),
            direction: Direction::SendRecv,
            packet_ms: 20,
        };
        media.order(MediaOrder::Open { leg, local: servers[index] });
        media.order(MediaOrder::Configure { leg, agreed, signalled_from: remote.ip() });
        let first = index as u64 + 1 - parties as u64;
        match (index + 1) % parties {
            0 if parties == 2 => media.order(MediaOrder::Bridge { a: LegId(first), b: leg }),
            0 => media.order(MediaOrder::Join { legs: (first..=leg.0).map(LegId).collect() }),
            _ => {}
        }
    }
    // An impossible order behind the others says when they are carried out.
    media.order(MediaOrder::Open { leg: LegId(u64::MAX), local: ([127, 0, 0, 1], 0).into() });
    events.recv().expect("the thread answers");
    (Relay { phones, servers, threads: new_threads(&before) }, media)
}

fn phones(parties: usize) -> Vec<UdpSocket> {
    let phones: Vec<UdpSocket> = (0..CALLS * parties).map(|_| bind(0)).collect();
    for phone in &phones {
        phone.set_read_timeout(Some(Duration::from_secs(1))).expect("a socket can time out");
    }
    phones
}

fn bind(port: u16) -> UdpSocket {
    UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).expect("a port is free")
}

fn address(socket: &UdpSocket) -> SocketAddr {
    socket.local_addr().expect("a bound socket has an address")
}

/// A port that is free, as the one above it, below those that the system gives out.
fn free_pair() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(12_000);
    loop {
        let port = NEXT.fetch_add(2, Ordering::Relaxed);
        let is_free = |port| UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        if is_free(port) && is_free(port + 1) {
            return (Ipv4Addr::LOCALHOST, port).into();
        }
    }
}

fn threads() -> BTreeSet<String> {
    let tasks = fs::read_dir("/proc/self/task").expect("Linux");
    tasks.filter_map(|task| task.ok()?.file_name().into_string().ok()).collect()
}

/// Those that were started since.
fn new_threads(before: &BTreeSet<String>) -> Vec<String> {
    threads().difference(before).cloned().collect()
}

/// The CPU time of these threads so far.
fn cpu_ns(threads: &[String]) -> u64 {
    let of_one = |thread: &String| {
        let figures =
            fs::read_to_string(format!("/proc/self/task/{thread}/schedstat")).expect("a kernel with schedstat");
        let time = figures.split(' ').next().and_then(|figure| figure.parse::<u64>().ok());
        time.expect("schedstat begins with the time")
    };
    threads.iter().map(of_one).sum()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
