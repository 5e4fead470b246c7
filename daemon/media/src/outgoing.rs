//! The one stream that a port sends: one SSRC, whatever feeds it.

use std::time::Duration;

use rtp::dtmf::Keyed;
use rtp::packet::Header;
use rtp::rtcp::Sent;

use crate::clock::units;

/// Numbers the packets of a port so that relayed audio, tones and another party's audio follow each other without a
/// jump: the listener sees one stream (RFC 3550 §5.1), and its losses are the network's.
#[derive(Debug)]
pub(crate) struct Outgoing {
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    /// When the packet of `timestamp` was sent; `None` before the first.
    sent_at: Option<Duration>,
    mapping: Option<Mapping>,
    packets: u64,
    octets: u64,
}

/// How the numbers of the stream that feeds this one become ours.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    ssrc: u32,
    sequence_offset: u16,
    timestamp_offset: u32,
    /// The first number mapped, while it is young: what was sent before has no place in our stream.
    first: u16,
    age: u16,
}

impl Outgoing {
    /// A stream whose name and first numbers are random (RFC 3550 §5.1).
    pub(crate) fn new(random: u64) -> Self {
        Self {
            ssrc: (random >> 32) as u32,
            sequence: (random >> 16) as u16,
            timestamp: (random as u32).rotate_left(16) ^ 0x5bd1_e995,
            sent_at: None,
            mapping: None,
            packets: 0,
            octets: 0,
        }
    }

    /// The header of a packet passed on, except its payload type; `None` for one from before the stream was passed on.
    /// `restarted`: its numbers have nothing to do with those before.
    pub(crate) fn relay(&mut self, heard: &Header, restarted: bool, now: Duration) -> Option<Header> {
        let known = self.mapping.filter(|mapping| mapping.ssrc == heard.ssrc && !restarted);
        let is_new = known.is_none();
        let mut mapping = known.unwrap_or_else(|| self.begin(heard, now));
        if mapping.age < YOUNG {
            if (heard.sequence.wrapping_sub(mapping.first) as i16) < 0 {
                return None;
            }
            mapping.age += 1;
        }
        self.mapping = Some(mapping);
        let sequence = heard.sequence.wrapping_add(mapping.sequence_offset);
        let timestamp = heard.timestamp.wrapping_add(mapping.timestamp_offset);
        if self.is_newer(sequence) {
            self.sequence = sequence;
            // The packets of a key repeat the timestamp of its start: time counts from there.
            if self.timestamp != timestamp || self.sent_at.is_none() {
                self.timestamp = timestamp;
                self.sent_at = Some(now);
            }
        }
        let marker = heard.marker || is_new;
        Some(Header { marker, payload_type: heard.payload_type, sequence, timestamp, ssrc: self.ssrc })
    }

    /// A packet of the feeding stream is not passed on: it leaves no gap that would look like a loss.
    pub(crate) fn swallow(&mut self, heard: &Header) {
        let sequence = self.sequence;
        if let Some(mapping) = self.mapping.as_mut().filter(|mapping| mapping.ssrc == heard.ssrc) {
            let would_be = heard.sequence.wrapping_add(mapping.sequence_offset);
            if (would_be.wrapping_sub(sequence) as i16) > 0 {
                mapping.sequence_offset = mapping.sequence_offset.wrapping_sub(1);
            }
        }
    }

    /// The header of a packet of our own, except its payload type: the first of a sound, or `length` after the last.
    pub(crate) fn generate(&mut self, is_first: bool, length: u32, now: Duration) -> Header {
        self.timestamp = if is_first { self.timestamp_at(now) } else { self.timestamp.wrapping_add(length) };
        self.sent_at = Some(now);
        self.sequence = self.sequence.wrapping_add(1);
        Header {
            marker: is_first,
            payload_type: 0,
            sequence: self.sequence,
            timestamp: self.timestamp,
            ssrc: self.ssrc,
        }
    }

    /// The header of a packet of a key of our own, except its payload type: all of them have the time of its start (RFC 4733
    /// §2.5.1.2), from which time goes on.
    pub(crate) fn key(&mut self, keyed: &Keyed, now: Duration) -> Header {
        if keyed.marker {
            self.mapping = None;
            self.timestamp = self.timestamp_at(now);
            self.sent_at = Some(now);
        }
        self.sequence = self.sequence.wrapping_add(1);
        let timestamp = self.timestamp.wrapping_add(keyed.timestamp_offset);
        Header { marker: keyed.marker, payload_type: 0, sequence: self.sequence, timestamp, ssrc: self.ssrc }
    }

    /// Something else feeds the stream from here on.
    pub(crate) fn break_off(&mut self) {
        self.mapping = None;
    }

    pub(crate) fn count(&mut self, payload_length: usize) {
        self.packets += 1;
        self.octets += payload_length as u64;
    }

    pub(crate) fn ssrc(&self) -> u32 {
        self.ssrc
    }

    pub(crate) fn packets(&self) -> u64 {
        self.packets
    }

    /// The sender's half of a report.
    pub(crate) fn sent(&self, ntp: u64, now: Duration) -> Sent {
        let since = self.sent_at.map_or(0, |sent_at| units(now.saturating_sub(sent_at)));
        Sent {
            ntp,
            timestamp: self.timestamp.wrapping_add(since),
            packets: self.packets as u32,
            octets: self.octets as u32,
        }
    }

    fn begin(&self, heard: &Header, now: Duration) -> Mapping {
        Mapping {
            ssrc: heard.ssrc,
            sequence_offset: self.sequence.wrapping_add(1).wrapping_sub(heard.sequence),
            timestamp_offset: self.timestamp_at(now).wrapping_sub(heard.timestamp),
            first: heard.sequence,
            age: 0,
        }
    }

    /// The timestamp of a sound that begins now: time goes on while nothing is sent, by a packet at least.
    fn timestamp_at(&self, now: Duration) -> u32 {
        let since = self.sent_at.map_or(0, |sent_at| units(now.saturating_sub(sent_at)).max(PACKET));
        self.timestamp.wrapping_add(since)
    }

    fn is_newer(&self, sequence: u16) -> bool {
        (sequence.wrapping_sub(self.sequence) as i16) > 0
    }
}

/// Packets for which a number before the first one means one from before, rather than half a round ahead.
const YOUNG: u16 = 1_000;
/// 20 ms, the usual packet, in clock units.
const PACKET: u32 = 160;

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(ssrc: u32, sequence: u16, timestamp: u32) -> Header {
        Header { ssrc, sequence, timestamp, ..Header::default() }
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn two_sources_and_a_tone_make_one_stream() {
        let mut outgoing = Outgoing::new(0x1234_5678_9abc_def0);
        let mut ms = 0;
        let mut headers = Vec::new();
        let mut at = |step: u64| {
            ms += step;
            Duration::from_millis(ms)
        };
        headers.extend(outgoing.relay(&heard(1, 65535, 100), false, at(20)));
        headers.extend(outgoing.relay(&heard(1, 0, 260), false, at(20)));
        headers.extend(outgoing.relay(&heard(2, 500, 9_000_000), false, at(20)));
        headers.push(outgoing.generate(true, 160, at(40)));
        headers.push(outgoing.generate(false, 160, at(20)));
        outgoing.break_off();
        headers.extend(outgoing.relay(&heard(2, 700, 9_100_000), false, at(1000)));
        headers.extend(outgoing.relay(&heard(2, 40, 1_000), true, at(20)));
        let first = headers[0];
        let relative: Vec<_> = headers
            .iter()
            .map(|h| (h.sequence.wrapping_sub(first.sequence), h.timestamp.wrapping_sub(first.timestamp), h.marker))
            .collect();
        let expected = [
            (0, 0, true),
            (1, 160, false),
            (2, 320, true),
            (3, 640, true),
            (4, 800, false),
            (5, 8800, true),
            (6, 8960, true),
        ];
        assert_eq!(relative, expected);
        assert!(headers.iter().all(|header| header.ssrc == 0x1234_5678));
    }

    #[test]
    fn loss_and_disorder_stay_and_what_is_swallowed_leaves_no_gap() {
        let mut outgoing = Outgoing::new(7);
        let relay = |outgoing: &mut Outgoing, sequence| {
            outgoing.relay(&heard(1, sequence, u32::from(sequence) * 160), false, SECOND).map(|header| header.sequence)
        };
        let first = relay(&mut outgoing, 10).unwrap();
        assert_eq!(relay(&mut outgoing, 9), None, "from before");
        assert_eq!(relay(&mut outgoing, 12), Some(first + 2));
        assert_eq!(relay(&mut outgoing, 11), Some(first + 1));
        outgoing.swallow(&heard(1, 13, 0));
        outgoing.swallow(&heard(1, 14, 0));
        outgoing.swallow(&heard(2, 15, 0));
        assert_eq!(relay(&mut outgoing, 15), Some(first + 3));
        assert_eq!(relay(&mut outgoing, 17), Some(first + 5));
    }

    #[test]
    fn after_a_key_time_goes_on_from_its_start() {
        let mut outgoing = Outgoing::new(7);
        let start = outgoing.relay(&heard(1, 1, 800), false, SECOND).unwrap().timestamp;
        for step in 1..10 {
            outgoing.relay(&heard(1, 1 + step, 800), false, SECOND + Duration::from_millis(20) * u32::from(step));
        }
        outgoing.break_off();
        let tone = outgoing.generate(true, 160, SECOND + Duration::from_millis(200));
        assert_eq!(tone.timestamp.wrapping_sub(start), 1600);
    }
}
