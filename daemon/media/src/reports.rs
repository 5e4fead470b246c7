//! RTCP of a port, and the figures of its leg.

use std::net::SocketAddr;
use std::time::Duration;

use pbx::input::Quality;
use rtp::rtcp::{self, Name, Report, ReportBlock};

use crate::clock::Clock;
use crate::incoming::Incoming;
use crate::outgoing::Outgoing;
use crate::source::{Source, canonical};

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
    is_heard: bool,
}

/// Both directions of a port's audio, of which the reports tell.
pub(crate) struct Streams<'a> {
    pub(crate) incoming: &'a mut Incoming,
    pub(crate) outgoing: &'a Outgoing,
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
            is_heard: false,
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
    pub(crate) fn schedule(&mut self, now: Duration) {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.next = now + INTERVAL / 2 + Duration::from_millis(self.random % INTERVAL.as_millis() as u64);
    }

    /// Our report as it goes on the wire; with `bye` the last one.
    pub(crate) fn compound(&mut self, clock: &Clock, now: Duration, bye: bool, streams: Streams<'_>) -> Vec<u8> {
        let Streams { incoming, outgoing } = streams;
        let ssrc = outgoing.ssrc();
        let blocks = incoming.report(now).into_iter().collect();
        let has_sent = outgoing.packets() > self.sent;
        self.sent = outgoing.packets();
        let mut compound = vec![if has_sent {
            Report::Sender { ssrc, sent: outgoing.sent(clock.ntp(now), now), blocks }
        } else {
            Report::Receiver { ssrc, blocks }
        }];
        compound.push(Report::Description(vec![Name { ssrc, cname: self.cname.clone().into_bytes() }]));
        if bye {
            compound.push(Report::Goodbye(vec![ssrc]));
        }
        rtcp::print(&compound)
    }

    /// Takes a datagram of the peer's RTCP port.
    pub(crate) fn hear(&mut self, bytes: &[u8], from: SocketAddr, clock: &Clock, now: Duration, streams: Streams<'_>) {
        let Ok(reports) = rtcp::parse(bytes) else { return };
        self.address = Some(canonical(from));
        for report in reports {
            let blocks = match report {
                Report::Sender { ssrc, sent, blocks } => {
                    streams.incoming.note_report(ssrc, rtcp::ntp_middle(sent.ntp), now);
                    blocks
                }
                Report::Receiver { blocks, .. } => blocks,
                Report::Description(_) | Report::Goodbye(_) | Report::Other(_) => continue,
            };
            for block in blocks.iter().filter(|block| block.ssrc == streams.outgoing.ssrc()) {
                self.note_block(block, clock.ntp(now));
            }
        }
    }

    fn note_block(&mut self, block: &ReportBlock, ntp_now: u64) {
        self.remote_lost = Some(u64::try_from(block.cumulative_lost).unwrap_or(0));
        self.remote_jitter_ms = Some(block.jitter as f32 / 8.0);
        if let Some(round_trip) = rtcp::round_trip(rtcp::ntp_middle(ntp_now), block) {
            self.round_trip_ms = Some(round_trip.as_secs_f32() * 1_000.0);
        }
    }

    /// Takes what is said now; whether that differs from what was said last.
    pub(crate) fn changed(&mut self, quality: Quality) -> bool {
        std::mem::replace(&mut self.said, quality) != quality
    }

    /// Whether sound has begun or ceased since this was last asked.
    pub(crate) fn turned(&mut self, is_heard: bool) -> bool {
        std::mem::replace(&mut self.is_heard, is_heard) != is_heard
    }

    pub(crate) fn quality(&self, incoming: &Incoming, outgoing: &Outgoing, source: &Source) -> Quality {
        Quality {
            received: incoming.received(),
            lost: incoming.lost(),
            jitter_ms: incoming.jitter_ms(),
            sent: outgoing.packets(),
            remote_lost: self.remote_lost,
            remote_jitter_ms: self.remote_jitter_ms,
            round_trip_ms: self.round_trip_ms,
            strangers: source.strangers(),
        }
    }

    /// Where reports go: where the peer's come from; before the first, above a translated address or where the SDP says.
    pub(crate) fn target(&self, source: &Source, signalled: Option<SocketAddr>) -> Option<SocketAddr> {
        let audio = source.target()?;
        let above = SocketAddr::new(audio.ip(), audio.port().checked_add(1)?);
        let usual = if source.is_translated() { Some(above) } else { signalled };
        let target = self.address.or(usual)?;
        if target.ip().is_unspecified() || target.port() == 0 { None } else { Some(target) }
    }
}

/// Between reports, on average (RFC 3550 §6.2, its minimum).
const INTERVAL: Duration = Duration::from_secs(5);
