//! The streams that a port hears: one at a time, by its SSRC.

use std::time::Duration;

use rtp::dtmf::{Detector, Press};
use rtp::packet::Header;
use rtp::reception::{Arrival, Reception};
use rtp::rtcp::ReportBlock;

use crate::clock::units;

/// The figures of what a port hears, and its keys.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    stream: Option<Stream>,
    /// Of the streams before.
    received: u64,
    lost: i64,
    pub(crate) detector: Detector,
}

#[derive(Debug)]
struct Stream {
    ssrc: u32,
    reception: Reception,
    /// The middle of the NTP time of its last SR, and when that came.
    last_report: Option<(u32, Duration)>,
}

/// What the next packet means.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) arrival: Arrival,
    /// A key that was held when the stream changed.
    pub(crate) cut_off: Option<Press>,
}

impl Incoming {
    pub(crate) fn count(&mut self, header: &Header, is_event: bool, now: Duration) -> Counted {
        let mut counted = Counted { arrival: Arrival::Next, cut_off: None };
        match &mut self.stream {
            Some(stream) if stream.ssrc == header.ssrc => {
                counted.arrival = stream.reception.receive(header.sequence);
                if counted.arrival == Arrival::Restarted {
                    counted.cut_off = self.detector.reset();
                }
            }
            stream => {
                let reception = Reception::new(header.sequence);
                let before = stream.replace(Stream { ssrc: header.ssrc, reception, last_report: None });
                if let Some(before) = before {
                    self.received += before.reception.received();
                    self.lost += before.reception.lost();
                    counted.cut_off = self.detector.reset();
                }
            }
        }
        if let Some(stream) = self.stream.as_mut().filter(|_| !is_event && counted.arrival != Arrival::Suspect) {
            stream.reception.time(header.timestamp, units(now));
        }
        counted
    }

    /// Remembers a sender's report of the stream now heard.
    pub(crate) fn note_report(&mut self, ssrc: u32, ntp_middle: u32, now: Duration) {
        if let Some(stream) = self.stream.as_mut().filter(|stream| stream.ssrc == ssrc) {
            stream.last_report = Some((ntp_middle, now));
        }
    }

    /// Our report on the stream now heard.
    pub(crate) fn report(&mut self, now: Duration) -> Option<ReportBlock> {
        let stream = self.stream.as_mut()?;
        let last_report = stream.last_report.map(|(middle, at)| {
            let delay = now.saturating_sub(at).as_micros() * 65_536 / 1_000_000;
            (middle, u32::try_from(delay).unwrap_or(u32::MAX))
        });
        Some(stream.reception.report(stream.ssrc, last_report))
    }

    pub(crate) fn received(&self) -> u64 {
        self.received + self.stream.as_ref().map_or(0, |stream| stream.reception.received())
    }

    pub(crate) fn lost(&self) -> u64 {
        let lost = self.lost + self.stream.as_ref().map_or(0, |stream| stream.reception.lost());
        u64::try_from(lost).unwrap_or(0)
    }

    pub(crate) fn jitter_ms(&self) -> f32 {
        self.stream.as_ref().map_or(0.0, |stream| stream.reception.jitter() as f32 / 8.0)
    }
}
