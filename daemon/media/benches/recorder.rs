//! What fifty recordings at once cost, against the least that the disk allows.
//!
//! Three sides take turns within one run, each for as long, in real time, with the same bytes on the same disk on the same
//! schedule: every 250 ms what was said goes behind each file, every 750 ms its header is written and the disk keeps it.
//!
//! - bare write: only that; the bytes are made up.
//! - bare loop: packets are received, decoded and written as they come; nothing is known of streams, silence or limits.
//! - the box: the media thread and the recorder's.
//!
//! Counted is the CPU time of the threads that do it, for each second that is recorded.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use media::{Media, Settings};
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags};
use pbx::input::{LegId, MediaEvent, RecordEnd, RecordingId};
use pbx::output::MediaOrder;
use rtp::codec::g711::Law;
use rtp::packet::{Header, Packet};
use sip::sdp::{Agreed, Codec, Direction};

/// Recordings at once.
const RECORDINGS: usize = 50;
/// How long a turn is, in packets of 20 ms: 5 s.
const PACKETS: u32 = 250;
/// Turns that count.
const TURNS: usize = 3;
const PACKET: Duration = Duration::from_millis(20);
/// Packets between two writes, and writes between two syncs.
const WRITE_EVERY: u32 = 12;
const SYNC_EVERY: u32 = 3;

fn main() {
    let folder = std::env::temp_dir().join(format!("bellbox-recorder-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let mut costs = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        let turns = [bare_write(&folder), bare_loop(&folder), the_box(&folder.join("recordings"))];
        costs.iter_mut().zip(turns).for_each(|(cost, turn)| cost.push(turn));
    }
    fs::remove_dir_all(&folder).expect("the folder goes");
    let ratio =
        |side: usize, to: usize| median(costs[side].iter().zip(&costs[to]).map(|(cost, base)| cost / base).collect());
    let cost = |side: usize| median(costs[side].clone());
    say(&format!("bare write  {:>6.0} us CPU a second recorded", cost(0)));
    say(&format!("bare loop   {:>6.0} us, {:.2} times the bare write", cost(1), ratio(1, 0)));
    say(&format!(
        "the box     {:>6.0} us, {:.2} times the bare write, {:.2} times the bare loop",
        cost(2),
        ratio(2, 0),
        ratio(2, 1)
    ));
    say(&format!("{RECORDINGS} recordings take {:.1} % of a core", cost(2) * RECORDINGS as f64 / 1e4));
}

/// Files that grow in turn, as the recorder's do.
struct Files(Vec<(File, u64)>);

impl Files {
    fn new(folder: &Path) -> Files {
        let create = |n: usize| (File::create(folder.join(format!("{n}.bare"))).expect("a file"), 44);
        Files((0..RECORDINGS).map(create).collect())
    }

    fn append(&mut self, index: usize, bytes: &[u8]) -> io::Result<()> {
        let (file, length) = &mut self.0[index];
        file.write_all_at(bytes, *length)?;
        *length += bytes.len() as u64;
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.0.iter().try_for_each(|(file, _)| {
            file.write_all_at(&[1; 44], 0)?;
            file.sync_data()
        })
    }
}

/// CPU in us for each second that is recorded.
fn per_second(ns: u64) -> f64 {
    ns as f64 / 1e3 / (RECORDINGS as f64 * f64::from(PACKETS) * PACKET.as_secs_f64())
}

fn bare_write(folder: &Path) -> f64 {
    let folder = folder.to_owned();
    let thread = std::thread::spawn(move || {
        let before = cpu_ns("self");
        let mut files = Files::new(&folder);
        let start = Instant::now();
        for packet in 1..=PACKETS {
            wait_until(start + PACKET * packet);
            if packet % WRITE_EVERY == 0 {
                (0..RECORDINGS).for_each(|n| files.append(n, &[7; 320 * WRITE_EVERY as usize]).expect("room"));
            }
            if packet % (WRITE_EVERY * SYNC_EVERY) == 0 {
                files.sync().expect("a disk");
            }
        }
        cpu_ns("self") - before
    });
    per_second(thread.join().expect("it ends"))
}

fn bare_loop(folder: &Path) -> f64 {
    let sockets: Vec<UdpSocket> = (0..RECORDINGS).map(|_| bind(0)).collect();
    let servers: Vec<SocketAddr> = sockets.iter().map(|socket| socket.local_addr().expect("it is bound")).collect();
    let thread = receive(sockets, folder.to_owned());
    let phones: Vec<UdpSocket> = (0..RECORDINGS).map(|_| bind(0)).collect();
    talk(&phones, &servers);
    per_second(thread.join().expect("it ends"))
}

/// Receives until every phone has sent all, and writes.
fn receive(sockets: Vec<UdpSocket>, folder: PathBuf) -> JoinHandle<u64> {
    std::thread::spawn(move || {
        let before = cpu_ns("self");
        let mut files = Files::new(&folder);
        let epoll = Epoll::new(EpollCreateFlags::empty()).expect("an epoll");
        for (index, socket) in sockets.iter().enumerate() {
            socket.set_nonblocking(true).expect("a socket can be non-blocking");
            epoll.add(socket.as_fd(), EpollEvent::new(EpollFlags::EPOLLIN, index as u64)).expect("room in the epoll");
        }
        let (mut events, mut buffer) = ([EpollEvent::empty(); 64], [0; 1_501]);
        let mut said = vec![Vec::new(); RECORDINGS];
        let (mut packets, mut writes) = (0, 0);
        while packets < RECORDINGS as u32 * PACKETS {
            let ready = epoll.wait(&mut events, 2_000_u16).unwrap_or(0);
            // What the system lost does not come any more.
            if ready == 0 {
                break;
            }
            for event in &events[..ready] {
                let index = event.data() as usize;
                let Ok(length) = sockets[index].recv(&mut buffer) else { continue };
                said[index].extend(buffer[12..length].iter().flat_map(|byte| Law::Mu.decode(*byte).to_le_bytes()));
                packets += 1;
            }
            if packets / (RECORDINGS as u32 * WRITE_EVERY) > writes {
                writes += 1;
                for (index, said) in said.iter_mut().enumerate() {
                    files.append(index, said).expect("room");
                    said.clear();
                }
                if writes % SYNC_EVERY == 0 {
                    files.sync().expect("a disk");
                }
            }
        }
        cpu_ns("self") - before
    })
}

fn the_box(folder: &Path) -> f64 {
    let _ = fs::remove_dir_all(folder);
    let before = threads();
    let (sender, events) = sync_channel(10_000);
    let settings = Settings { recordings: Some(folder.to_owned()), ..Settings::default() };
    let media = Media::start(settings, media::into_channel(sender)).expect("a media thread");
    let started: Vec<String> = threads().difference(&before).cloned().collect();
    let phones: Vec<UdpSocket> = (0..RECORDINGS).map(|_| bind(0)).collect();
    let servers: Vec<SocketAddr> = (0..RECORDINGS).map(|_| free_pair()).collect();
    for (index, phone) in phones.iter().enumerate() {
        record(&media, index as u64, servers[index], phone.local_addr().expect("it is bound"));
    }
    talk(&phones, &servers);
    for leg in 0..RECORDINGS as u64 {
        media.order(MediaOrder::StopRecording { leg: LegId(leg) });
    }
    check(&events);
    let ns = started.iter().map(|thread| cpu_ns(thread)).sum();
    media.stop();
    per_second(ns)
}

fn record(media: &Media, index: u64, local: SocketAddr, remote: SocketAddr) {
    let (leg, recording) = (LegId(index), RecordingId(index));
    let agreed = Agreed {
        codec: Codec::Pcmu,
        send_payload_type: 0,
        receive_payload_type: 0,
        telephone_event: None,
        remote,
        remote_rtcp: SocketAddr::new(remote.ip(), 9),
        direction: Direction::SendRecv,
        packet_ms: 20,
    };
    media.order(MediaOrder::Open { leg, local });
    media.order(MediaOrder::Configure { leg, agreed, signalled_from: remote.ip() });
    media.order(MediaOrder::Record { leg, recording, limit_ms: 60_000, silence_ms: 30_000 });
}

/// Every recording is over, and whole.
fn check(events: &Receiver<MediaEvent>) {
    let ends = events.iter().filter_map(|event| match event {
        MediaEvent::RecordDone { length_ms, end, .. } => Some((length_ms, end)),
        _ => None,
    });
    for (length_ms, end) in ends.take(RECORDINGS) {
        assert!(end == RecordEnd::Stopped && length_ms >= PACKETS * 20 - 200, "{end:?} after {length_ms} ms");
    }
}

/// Every phone sends a packet each 20 ms.
fn talk(phones: &[UdpSocket], servers: &[SocketAddr]) {
    let start = Instant::now();
    for number in 1..=PACKETS {
        for (index, (phone, server)) in phones.iter().zip(servers).enumerate() {
            let header =
                Header { sequence: number as u16, timestamp: number * 160, ssrc: index as u32, ..Header::default() };
            let mut bytes = Vec::new();
            let payload = [(number as u8).wrapping_mul(37); 160];
            Packet { header, payload: &payload, ..Packet::default() }.print(&mut bytes).expect("a plain packet");
            phone.send_to(&bytes, server).expect("the loopback takes it");
        }
        wait_until(start + PACKET * number);
    }
}

fn wait_until(moment: Instant) {
    std::thread::sleep(moment.saturating_duration_since(Instant::now()));
}

fn bind(port: u16) -> UdpSocket {
    UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).expect("a port is free")
}

/// A port that is free, as the one above it, below those that the system gives out.
fn free_pair() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(14_000);
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

/// The CPU time of a thread so far; `self` is the one that asks.
fn cpu_ns(thread: &str) -> u64 {
    let path = if thread == "self" {
        "/proc/thread-self/schedstat".to_owned()
    } else {
        format!("/proc/self/task/{thread}/schedstat")
    };
    let figures = fs::read_to_string(path).expect("a kernel with schedstat");
    figures.split(' ').next().and_then(|figure| figure.parse().ok()).expect("schedstat begins with the time")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
