//! What it takes to put real programs around the daemon: processes that die with their owner, free ports, phones
//! without sound card, ears for tones, and the daemon itself on loopback.
//!
//! Nothing here sleeps for a fixed time: everything waits for what it expects, with a bound, and says what it missed.

pub mod baresip;
pub mod browser;
pub mod control;
pub mod daemon;
pub mod dnsmasq;
pub mod ear;
pub mod flood;
pub mod kamailio;
pub mod network;
pub mod office;
pub mod plain_phone;
pub mod ports;
pub mod process;
pub mod sipp;
pub mod sipp_called;
pub mod tone;
pub mod wav;

use std::net::UdpSocket;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// How long a real program may take for what takes it milliseconds on a quiet machine.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How often a condition is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Waits until `look` finds something, at most `bound`; `None` when it never did.
pub fn wait_for<T>(bound: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + bound;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Waits like [`wait_for`] with the usual patience and fails the test with `what` when it was in vain.
#[track_caller]
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    match wait_for(PATIENCE, look) {
        Some(found) => found,
        None => panic!("waited {} s in vain: {what}", PATIENCE.as_secs()),
    }
}

/// A new empty folder under the build's own folder for temporary files.
pub fn fresh_folder(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the build's folder is writable");
    folder
}

/// Whether a SIP server answers OPTIONS over UDP at this port of loopback.
pub fn answers_sip(port: u16) -> bool {
    let Ok(socket) = UdpSocket::bind("127.0.0.1:0") else {
        return false;
    };
    let own = socket.local_addr().expect("it is bound");
    let options = format!(
        "OPTIONS sip:127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{0};rport\r\n\
         Max-Forwards: 70\r\nFrom: <sip:probe@127.0.0.1>;tag={0}\r\nTo: <sip:127.0.0.1:{port}>\r\n\
         Call-ID: {0}@{own}\r\nCSeq: 1 OPTIONS\r\nContact: <sip:probe@{own}>\r\nContent-Length: 0\r\n\r\n",
        own.port()
    );
    let asked = socket.send_to(options.as_bytes(), ("127.0.0.1", port));
    let heard = socket.set_read_timeout(Some(LOOK_AGAIN * 5));
    let mut answer = [0; 2048];
    asked.is_ok() && heard.is_ok() && socket.recv(&mut answer).is_ok()
}
