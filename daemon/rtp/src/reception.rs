//! What can be said of a stream from its sequence numbers and times of arrival (RFC 3550 §A.1, §A.3, §A.8).

use crate::rtcp::ReportBlock;

/// The figures of one received stream, that is of one SSRC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    base: u32,
    highest: u16,
    /// Wraps of the sequence number, times 2^16.
    cycles: u32,
    /// The number that would confirm that the sender started anew.
    restart: Option<u16>,
    received: u64,
    /// Those since the sender last started anew.
    received_in_run: u64,
    /// Losses before the sender last started anew.
    lost_before: i64,
    expected_at_report: u64,
    received_at_report: u64,
    transit: Option<u32>,
    /// Scaled by 16, as in §A.8.
    jitter: u32,
}

/// What a packet's sequence number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Newer than all before, perhaps with some missing between.
    Next,
    /// A repetition, or overtaken on the way by a newer one.
    Late,
    /// The sender started anew: numbers before and after are not comparable.
    Restarted,
    /// A jump too wide to believe, unless the next packet goes on from it: to be dropped.
    Suspect,
}

impl Reception {
    /// Of a stream that begins with this packet, counted by it. There is no probation (§A.1 MIN_SEQUENTIAL), because
    /// the caller has checked the sender's address, and the first words of a call must be heard.
    pub fn new(first_sequence: u16) -> Self {
        Self {
            base: first_sequence.into(),
            highest: first_sequence,
            cycles: 0,
            restart: None,
            received: 1,
            received_in_run: 1,
            lost_before: 0,
            expected_at_report: 0,
            received_at_report: 0,
            transit: None,
            jitter: 0,
        }
    }

    /// Counts the next packet by its sequence number (§A.1).
    pub fn receive(&mut self, sequence: u16) -> Arrival {
        let ahead = sequence.wrapping_sub(self.highest);
        let arrival = if ahead == 0 || ahead > u16::MAX - MAX_MISORDER {
            Arrival::Late
        } else if ahead < MAX_DROPOUT {
            if sequence < self.highest {
                self.cycles = self.cycles.wrapping_add(1 << 16);
            }
            self.highest = sequence;
            Arrival::Next
        } else if self.restart == Some(sequence) {
            self.begin_anew(sequence);
            Arrival::Restarted
        } else {
            self.restart = Some(sequence.wrapping_add(1));
            return Arrival::Suspect;
        };
        self.restart = None;
        self.received += 1;
        self.received_in_run += 1;
        arrival
    }

    /// Takes a packet's time into the jitter (§A.8). Both in clock units; `arrival` on any base that does not jump. Not
    /// for event packets: they repeat the timestamp of the key's start.
    pub fn time(&mut self, timestamp: u32, arrival: u32) {
        let transit = arrival.wrapping_sub(timestamp);
        if let Some(before) = self.transit.replace(transit) {
            let difference = (transit.wrapping_sub(before) as i32).unsigned_abs();
            // A stream whose timestamps jump, as after hold, says nothing of the network.
            if difference < MAX_TRANSIT_CHANGE {
                self.jitter = self.jitter + difference - ((self.jitter + 8) >> 4);
            }
        }
    }

    /// Packets received, repetitions included.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Packets lost in all; negative when more were repeated than lost (§A.3).
    pub fn lost(&self) -> i64 {
        let highest = self.cycles | u32::from(self.highest);
        let expected_in_run = i64::from(highest.wrapping_sub(self.base)) + 1;
        self.lost_before.saturating_add(expected_in_run).saturating_sub_unsigned(self.received_in_run)
    }

    /// The jitter in clock units.
    pub fn jitter(&self) -> u32 {
        self.jitter >> 4
    }

    /// The block for our next report on this stream (§6.4.1); its fraction counts from the block before. `last_report`
    /// is the middle of the NTP time of the sender's last SR and how long ago that came, in 1/65536 s.
    pub fn report(&mut self, ssrc: u32, last_report: Option<(u32, u32)>) -> ReportBlock {
        let expected = self.received.saturating_add_signed(self.lost());
        let expected_since = expected.saturating_sub(self.expected_at_report);
        let received_since = self.received - self.received_at_report;
        self.expected_at_report = expected;
        self.received_at_report = self.received;
        let lost_since = expected_since.saturating_sub(received_since);
        let fraction_lost = (lost_since * 256).checked_div(expected_since).unwrap_or(0).min(255) as u8;
        let (last_sr, delay_since_last_sr) = last_report.unwrap_or((0, 0));
        ReportBlock {
            ssrc,
            fraction_lost,
            cumulative_lost: self.lost().clamp(-0x80_0000, 0x7f_ffff) as i32,
            highest_sequence: self.cycles | u32::from(self.highest),
            jitter: self.jitter(),
            last_sr,
            delay_since_last_sr,
        }
    }

    fn begin_anew(&mut self, sequence: u16) {
        self.lost_before = self.lost();
        self.base = sequence.into();
        self.highest = sequence;
        self.cycles = 0;
        self.received_in_run = 0;
        self.transit = None;
    }
}

/// A jump forward up to which packets count as lost: a minute of 20 ms (§A.1).
const MAX_DROPOUT: u16 = 3_000;
/// How far a packet may have been overtaken (§A.1).
const MAX_MISORDER: u16 = 100;
/// A change of transit time over which it is no jitter but a jump of the sender's clock: ten seconds.
const MAX_TRANSIT_CHANGE: u32 = 10 * crate::CLOCK_HZ;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(sequences: &[u16]) -> Reception {
        let mut reception = Reception::new(sequences[0]);
        for sequence in &sequences[1..] {
            reception.receive(*sequence);
        }
        reception
    }

    #[test]
    fn loss_is_what_the_numbers_say() {
        for (sequences, received, lost) in [
            (&[5][..], 1, 0),
            (&[5, 6, 7], 3, 0),
            (&[5, 7, 8], 3, 1),
            (&[5, 7, 6, 8], 4, 0),
            (&[5, 6, 6, 7], 4, -1),
            (&[65534, 65535, 0, 2], 4, 1),
            (&[65535, 1, 0], 3, 0),
            (&[5, 7, 40000, 40001, 40003], 4, 2),
            (&[5, 40000, 6, 40001, 7], 3, 0),
        ] {
            let reception = after(sequences);
            assert_eq!((reception.received(), reception.lost()), (received, lost), "{sequences:?}");
        }
    }

    #[test]
    fn a_jump_is_believed_only_when_it_goes_on() {
        let mut reception = Reception::new(10);
        assert_eq!(reception.receive(12), Arrival::Next);
        assert_eq!(reception.receive(11), Arrival::Late);
        assert_eq!(reception.receive(12), Arrival::Late);
        assert_eq!(reception.receive(30_000), Arrival::Suspect);
        assert_eq!(reception.receive(13), Arrival::Next);
        assert_eq!(reception.receive(30_001), Arrival::Suspect);
        assert_eq!(reception.receive(30_002), Arrival::Restarted);
        assert_eq!(reception.receive(30_003), Arrival::Next);
    }

    #[test]
    fn a_block_says_the_loss_since_the_block_before() {
        let mut reception = after(&[1, 2, 4, 5]);
        let block = reception.report(7, Some((0x1234_5678, 65536)));
        assert_eq!((block.ssrc, block.fraction_lost, block.cumulative_lost, block.highest_sequence), (7, 51, 1, 5));
        assert_eq!((block.last_sr, block.delay_since_last_sr), (0x1234_5678, 65536));
        for sequence in 6..=9 {
            reception.receive(sequence);
        }
        let block = reception.report(7, None);
        assert_eq!((block.fraction_lost, block.cumulative_lost, block.highest_sequence), (0, 1, 9));
        reception.receive(11);
        assert_eq!(reception.report(7, None).fraction_lost, 128);
        assert_eq!(reception.report(7, None).fraction_lost, 0);
    }

    #[test]
    fn jitter_follows_the_formula() {
        let mut reception = Reception::new(0);
        let mut expected = 0.0_f64;
        for packet in 0..500_u32 {
            // Every second packet is 5 ms late: the difference is always 40 units.
            reception.time(packet * 160, packet * 160 + (packet % 2) * 40 + 12_345);
            if packet > 0 {
                expected += (40.0 - expected) / 16.0;
            }
            assert!((f64::from(reception.jitter()) - expected).abs() < 1.1, "packet {packet}");
        }
        assert!((39..=40).contains(&reception.jitter()));
    }

    #[test]
    fn a_steady_stream_and_a_jumping_clock_are_no_jitter() {
        let mut reception = Reception::new(0);
        for packet in 0..100_u32 {
            let jump = if packet > 50 { 1_000_000 } else { 0 };
            reception.time((packet * 160).wrapping_sub(320).wrapping_add(jump), packet * 160);
        }
        assert_eq!(reception.jitter(), 0);
    }

    proptest! {
        #[test]
        fn a_lossy_stream_is_counted_right(first: u16, kept in proptest::collection::vec(any::<bool>(), 1..2000)) {
            let mut reception = Reception::new(first);
            let mut last = 0;
            for (index, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
                let sequence = first.wrapping_add(index as u16 + 1);
                prop_assert_eq!(reception.receive(sequence), Arrival::Next);
                last = index + 1;
            }
            let received = kept.iter().filter(|kept| **kept).count() as u64 + 1;
            prop_assert_eq!(reception.received(), received);
            prop_assert_eq!(reception.lost(), last as i64 + 1 - received as i64);
        }

        #[test]
        fn any_numbers_and_times_are_survived(steps in proptest::collection::vec(any::<(u16, u32, u32)>(), 0..300)) {
            let mut reception = Reception::new(0);
            for (sequence, timestamp, arrival) in steps {
                reception.receive(sequence);
                reception.time(timestamp, arrival);
                reception.report(1, None);
            }
        }
    }
}
