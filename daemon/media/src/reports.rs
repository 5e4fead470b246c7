//! RTCP of a port, and the figures of its leg.

use std::net::SocketAddr;
use std::time::Duration;

use pbx::input::Quality;
use rtp::rtcp::{self, Name, Report, ReportBlock};

use crate::clock::Clock;
use crate::port::Port;
use crate::source::canonical;

/// What is remembered between reports.
#[derive(Debug)]
pub(crate) struct Reports {
    /// When the next report is due.
    next: Duration,
    random: u64,
    /// Names us for as long as the port is open, and nobody else (RFC 7022 §4.2).
    cname: String,
    /// Packets that we had sent at the last report.
    sent: u64,
    /// Where the peer's reports come from.
    address: Option<SocketAddr>,
    remote_lost: Option<u64>,
    remote_jitter_ms: Option<f32>,
    round_trip_ms: Option<f32>,
    said: Quality,
}

impl Reports {
    pub(crate) fn new(random: u64, now: Duration) -> Self {
        let mut reports = Self {
            next: now,
            random: random | 1,
            cname: format!("{random:016x}@bellbox"),
            sent: 0,
            address: None,
            remote_lost: None,
            remote_jitter_ms: None,
            round_trip_ms: None,
            said: Quality::default(),
        };
        reports.schedule(now);
        reports
    }

    pub(crate) fn forget_address(&mut self) {
        self.address = None;
    }

    pub(crate) fn is_due(&self, now: Duration) -> bool {
        now >= self.next
    }

    /// Half to one and a half intervals from now, so that the ports do not report in step (RFC 3550 §6.2).
    fn schedule(&mut self, now: Duration) {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.next = now + INTERVAL / 2 + Duration::from_millis(self.random % INTERVAL.as_millis() as u64);
    }

    fn note_block(&mut self, block: &ReportBlock, ntp_now: u64) {
        self.remote_lost = Some(u64::try_from(block.cumulative_lost).unwrap_or(0));
        self.remote_jitter_ms = Some(block.jitter as f32 / 8.0);
        if let Some(round_trip) = rtcp::round_trip(rtcp::ntp_middle(ntp_now), block) {
            self.round_trip_ms = Some(round_trip.as_secs_f32() * 1_000.0);
        }
    }
}

impl Port {
    /// Sends our report; with `bye` the last one.
    pub(crate) fn report(&mut self, clock: &Clock, now: Duration, bye: bool) {
        self.reports.schedule(now);
        let Some(target) = self.report_target() else { return };
        let ssrc = self.outgoing.ssrc();
        let blocks = self.incoming.report(now).into_iter().collect();
        let has_sent = self.outgoing.packets() > self.reports.sent;
        self.reports.sent = self.outgoing.packets();
        let mut compound = vec![if has_sent {
            Report::Sender { ssrc, sent: self.outgoing.sent(clock.ntp(now), now), blocks }
        } else {
            Report::Receiver { ssrc, blocks }
        }];
        compound.push(Report::Description(vec![Name { ssrc, cname: self.reports.cname.clone().into_bytes() }]));
        if bye {
            compound.push(Report::Goodbye(vec![ssrc]));
        }
        // A report that cannot be sent is as good as one that was lost.
        let _ = self.rtcp.send_to(&rtcp::print(&compound), target);
    }

    /// Takes a datagram of the RTCP port.
    pub(crate) fn hear_report(&mut self, bytes: &[u8], from: SocketAddr, clock: &Clock, now: Duration) {
        if !self.source.admits_report(from) {
            return;
        }
        let Ok(reports) = rtcp::parse(bytes) else { return };
        self.reports.address = Some(canonical(from));
        for report in reports {
            let blocks = match report {
                Report::Sender { ssrc, sent, blocks } => {
                    self.incoming.note_report(ssrc, rtcp::ntp_middle(sent.ntp), now);
                    blocks
                }
                Report::Receiver { blocks, .. } => blocks,
                Report::Description(_) | Report::Goodbye(_) | Report::Other(_) => continue,
            };
            for block in blocks.iter().filter(|block| block.ssrc == self.outgoing.ssrc()) {
                self.reports.note_block(block, clock.ntp(now));
            }
        }
    }

    /// The figures, if they have changed since they were last said.
    pub(crate) fn news(&mut self) -> Option<Quality> {
        let quality = self.quality();
        (std::mem::replace(&mut self.reports.said, quality) != quality).then_some(quality)
    }

    pub(crate) fn quality(&self) -> Quality {
        Quality {
            received: self.incoming.received(),
            lost: self.incoming.lost(),
            jitter_ms: self.incoming.jitter_ms(),
            sent: self.outgoing.packets(),
            remote_lost: self.reports.remote_lost,
            remote_jitter_ms: self.reports.remote_jitter_ms,
            round_trip_ms: self.reports.round_trip_ms,
            strangers: self.source.strangers(),
        }
    }

    /// Where reports go: where the peer's come from; before the first, above a translated address or where the SDP says.
    fn report_target(&self) -> Option<SocketAddr> {
        let audio = self.source.target()?;
        let above = SocketAddr::new(audio.ip(), audio.port().checked_add(1)?);
        let signalled = self.agreed.as_ref().map(|agreed| agreed.remote_rtcp);
        let usual = if self.source.is_translated() { Some(above) } else { signalled };
        let target = self.reports.address.or(usual)?;
        if target.ip().is_unspecified() || target.port() == 0 { None } else { self.in_family(target) }
    }
}

/// Between reports, on average (RFC 3550 §6.2, its minimum).
const INTERVAL: Duration = Duration::from_secs(5);
