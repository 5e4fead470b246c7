//! The door of the control socket: looks who comes, then passes the bytes on.
//!
//! The HTTP library behind it accepts connections itself and shows nothing of its peers. So it listens on a socket in
//! a folder that only the daemon's user can enter, and this gate, which can see the peer, listens on the public one.

use std::io;
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use nix::sys::socket::{getsockopt, sockopt::PeerCredentials};
use nix::unistd::geteuid;

/// Peers at once. People type commands; a monitor may poll beside them.
const PEERS: usize = 8;

/// How long either side may be silent before a connection ends: above the slowest answer, which is an import.
const SILENCE: Duration = Duration::from_secs(60);

/// Stack of the threads that copy: a small buffer is all they hold.
const STACK: usize = 128 * 1024;

/// How long to wait after `accept` failed for want of descriptors.
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// The open gate.
pub(crate) struct Gate {
    is_closed: Arc<AtomicBool>,
}

impl Gate {
    /// Passes every permitted connection of `listener` to the socket at `inner`, in a thread of its own.
    pub(crate) fn open(listener: UnixListener, inner: PathBuf) -> io::Result<Gate> {
        let is_closed = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&is_closed);
        let peers = Arc::new(AtomicUsize::new(0));
        let accept = move || {
            for stream in listener.incoming() {
                if closed.load(Ordering::Relaxed) {
                    break;
                }
                match stream {
                    Ok(stream) => admit(stream, &inner, &peers),
                    Err(e) => {
                        log::warn!("control socket: accept: {e}");
                        thread::sleep(AFTER_ACCEPT_ERROR);
                    }
                }
            }
        };
        thread::Builder::new().name("control-gate".to_owned()).stack_size(STACK).spawn(accept)?;
        Ok(Gate { is_closed })
    }

    /// Lets nobody in any more; `path` is where the listener is, so that its thread can be woken.
    pub(crate) fn close(&self, path: &Path) {
        self.is_closed.store(true, Ordering::Relaxed);
        let _ = UnixStream::connect(path);
    }
}

fn admit(stream: UnixStream, inner: &Path, peers: &Arc<AtomicUsize>) {
    if !is_permitted(&stream) {
        log::warn!("control socket: refused a peer that is neither this daemon's user nor the administrator");
        return;
    }
    let place = Place::take(peers);
    let Some(place) = place else {
        log::warn!("control socket: refused a peer, {PEERS} are connected");
        return;
    };
    let inner = inner.to_owned();
    let relay = move || {
        let _place = place;
        if let Err(e) = relay(&stream, &inner) {
            log::debug!("control socket: {e}");
        }
    };
    if let Err(e) = thread::Builder::new().name("control-peer".to_owned()).stack_size(STACK).spawn(relay) {
        log::warn!("control socket: no thread for a peer: {e}");
    }
}

/// The kernel says who connected (`SO_PEERCRED`), whatever has become of the socket file's mode.
fn is_permitted(stream: &UnixStream) -> bool {
    getsockopt(stream, PeerCredentials).is_ok_and(|peer| peer.uid() == 0 || peer.uid() == geteuid().as_raw())
}

struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(peers: &Arc<AtomicUsize>) -> Option<Place> {
        let place = Place(Arc::clone(peers));
        (peers.fetch_add(1, Ordering::Relaxed) < PEERS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn relay(peer: &UnixStream, inner: &Path) -> io::Result<()> {
    let server = UnixStream::connect(inner)?;
    for stream in [peer, &server] {
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;
    }
    thread::scope(|scope| {
        let up = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            let copied = io::copy(&mut &*peer, &mut &server);
            let _ = server.shutdown(Shutdown::Write);
            copied
        })?;
        let down = io::copy(&mut &server, &mut &*peer);
        // Ends the other direction too: what the server closed is over.
        let _ = peer.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
        let _ = up.join();
        down.map(|_| ())
    })
}
