//! UDP: one task that receives and one that sends what had to wait, for each listening address.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sip::transport::{Hop, Packet, Transmit, Transport};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

use crate::Sink;
use crate::counters::Counters;

/// The largest datagram there is (RFC 768), so that none is cut.
const DATAGRAM_MAX: usize = 65_535;

/// How long to let a socket rest after an error of the kernel, so that a lasting one does not take the processor.
const AFTER_ERROR: Duration = Duration::from_millis(10);

/// Receives for as long as the daemon runs.
pub(crate) async fn receive(socket: Arc<UdpSocket>, local: SocketAddr, sink: Arc<dyn Sink>, counters: Arc<Counters>) {
    let mut buffer = vec![0; DATAGRAM_MAX];
    loop {
        let (length, remote) = match socket.recv_from(&mut buffer).await {
            Ok(received) => received,
            Err(e) => {
                log::debug!("udp {local}: receive: {e}");
                tokio::time::sleep(AFTER_ERROR).await;
                continue;
            }
        };
        let datagram = buffer.get(..length).unwrap_or_default();
        if is_keepalive(datagram) || remote.port() == 0 {
            continue;
        }
        counters.received.add();
        let hop = Hop { transport: Transport::Udp, local, remote, flow: None, proof: None };
        if !sink.message(&Packet { hop, bytes: Bytes::copy_from_slice(datagram) }) {
            counters.dropped.add();
        }
    }
}

/// Whether a datagram only keeps a NAT's door open (RFC 5626 §3.5.1 and what phones do besides): nothing to answer.
fn is_keepalive(datagram: &[u8]) -> bool {
    datagram.len() <= 4 && datagram.iter().all(|b| matches!(b, b'\r' | b'\n' | 0 | b' '))
}

/// The sending side of one address. What the kernel takes at once is sent where it is asked for, which spares a task's
/// waking; what it does not waits in a queue, and all that comes behind it.
pub(crate) struct Outgoing {
    socket: Arc<UdpSocket>,
    waiting: mpsc::Sender<Transmit>,
}

impl Outgoing {
    pub(crate) fn new(socket: Arc<UdpSocket>, waiting: mpsc::Sender<Transmit>) -> Outgoing {
        Outgoing { socket, waiting }
    }

    /// Sends, or queues; never waits. False when there is no room or no way.
    pub(crate) fn send(&self, transmit: Transmit, counters: &Counters) -> bool {
        if self.waiting.capacity() < self.waiting.max_capacity() {
            return self.waiting.try_send(transmit).is_ok();
        }
        match self.socket.try_send_to(&transmit.bytes, transmit.hop.remote) {
            Ok(_) => {
                counters.sent.add();
                true
            }
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.waiting.try_send(transmit).is_ok(),
            Err(e) => {
                log::debug!("udp to {}: {e}", transmit.hop.remote);
                false
            }
        }
    }
}

/// Sends what waits until the daemon lets go of the other end.
pub(crate) async fn send(socket: Arc<UdpSocket>, mut queue: mpsc::Receiver<Transmit>, counters: Arc<Counters>) {
    while let Some(transmit) = queue.recv().await {
        match socket.send_to(&transmit.bytes, transmit.hop.remote).await {
            Ok(_) => counters.sent.add(),
            Err(e) => {
                counters.unsent.add();
                log::debug!("udp to {}: {e}", transmit.hop.remote);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_keepalive;

    #[test]
    fn keepalives_are_no_messages() {
        for (datagram, expected) in [
            (&b""[..], true),
            (b"\r\n", true),
            (b"\r\n\r\n", true),
            (b"\0", true),
            (b"\0\0\0\0", true),
            (b"\r\n\r\n\r\n", false),
            (b"OPTI", false),
        ] {
            assert_eq!(is_keepalive(datagram), expected, "{datagram:?}");
        }
    }
}
