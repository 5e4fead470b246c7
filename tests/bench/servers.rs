//! The servers that are measured.

use std::net::UdpSocket;

use crate::harness::daemon::Daemon;
use crate::harness::kamailio::Kamailio;
use crate::harness::office::Desk;
use crate::harness::until;
use crate::load::Office;

/// A registrar that can be started again.
pub trait Server {
    /// Whether it still knows its phones after a restart, so that calls need not wait until they register again.
    const KEEPS_PHONES: bool;
    /// For the reader.
    fn name(&self) -> &'static str;
    /// Its SIP port on loopback.
    fn port(&self) -> u16;
    /// Its main process.
    fn pid(&self) -> u32;
    /// The desk of this extension as the server knows it.
    fn secret(extension: u32) -> Desk;
    /// Ends it, and waits until it has ended.
    fn stop(&mut self);
    /// Starts its program again and does not wait.
    fn launch(&mut self);
}

/// Calls for which ours has ports: as many as the largest load here has up at the same time, and one that is listened to.
const CALLS: u16 = 301;

/// RTP ports for so many calls: two legs each, each with RTP and RTCP.
pub const RTP_PORTS: u16 = CALLS * 4;

/// Two phones beside the load, who talk to each other.
pub const TALKERS: [u32; 2] = [3001, 3002];

/// Ours, with the office's desks.
pub fn bellboxd(office: &Office) -> Daemon {
    Daemon::start_for(&desks(office), CALLS)
}

/// The desks of ours: the office's and the talkers'.
pub fn desks(office: &Office) -> Vec<Desk> {
    [office.desks(), TALKERS.map(Desk::new).to_vec()].concat()
}

/// Theirs; it knows every desk by rule.
pub fn kamailio(_: &Office) -> Kamailio {
    Kamailio::start()
}

impl Server for Daemon {
    const KEEPS_PHONES: bool = true;

    fn name(&self) -> &'static str {
        "bellboxd"
    }
    fn port(&self) -> u16 {
        self.sip
    }
    fn pid(&self) -> u32 {
        self.process.pid()
    }
    fn secret(extension: u32) -> Desk {
        Desk::new(extension)
    }
    fn stop(&mut self) {
        self.stops();
    }
    fn launch(&mut self) {
        self.launches();
    }
}

impl Server for Kamailio {
    // Its database could; the memory that it is measured with does not.
    const KEEPS_PHONES: bool = false;

    fn name(&self) -> &'static str {
        "kamailio"
    }
    fn port(&self) -> u16 {
        self.port
    }
    fn pid(&self) -> u32 {
        self.process.pid()
    }
    fn secret(extension: u32) -> Desk {
        let user = extension.to_string();
        Desk { extension: user.clone(), secret: Kamailio::secret(&user), user }
    }
    fn stop(&mut self) {
        // Asked politely it may wait for seconds.
        self.process.kill();
        let port = self.port;
        until("kamailio's workers are gone", || UdpSocket::bind(("127.0.0.1", port)).ok());
    }
    fn launch(&mut self) {
        self.launches();
    }
}
