//! RTCP: reports on a stream, between its two ends (RFC 3550 §6).
//!
//! Compound packets only, as §6.1 demands; what other profiles add (feedback, extended reports) is kept as
//! [`Report::Other`] and not looked into.

use std::time::Duration;

use thiserror::Error;

use crate::packet::MAX_PACKET;

/// One packet of a compound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// From one who sends audio (SR).
    Sender {
        /// Whose report.
        ssrc: u32,
        /// What was sent.
        sent: Sent,
        /// What was received, one block a stream, at most 31.
        blocks: Vec<ReportBlock>,
    },
    /// From one who has sent nothing since the last report (RR).
    Receiver {
        /// Whose report.
        ssrc: u32,
        /// What was received, at most 31.
        blocks: Vec<ReportBlock>,
    },
    /// Who the streams are (SDES); of the items only CNAME is kept.
    Description(Vec<Name>),
    /// These streams end (BYE), at most 31; a reason is not kept.
    Goodbye(Vec<u32>),
    /// Something else, by its payload type.
    Other(u8),
}

/// The sender's half of an SR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The moment of the report: seconds since 1900 in the upper half, their fraction in the lower.
    pub ntp: u64,
    /// The same moment on the stream's clock.
    pub timestamp: u32,
    /// Packets since the stream began, modulo 2^32.
    pub packets: u32,
    /// Bytes of payload in them, modulo 2^32.
    pub octets: u32,
}

/// What one received of another's stream (RFC 3550 §6.4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportBlock {
    /// The stream.
    pub ssrc: u32,
    /// Lost since the last report, in 1/256.
    pub fraction_lost: u8,
    /// Lost since the beginning; 24 bits, negative by repetitions.
    pub cumulative_lost: i32,
    /// Wraps of the sequence number and the highest one.
    pub highest_sequence: u32,
    /// Jitter in clock units.
    pub jitter: u32,
    /// The middle 32 bits of the last SR's NTP time; 0 for none.
    pub last_sr: u32,
    /// How long ago that came, in 1/65536 s.
    pub delay_since_last_sr: u32,
}

/// The canonical name of a stream's sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The stream.
    pub ssrc: u32,
    /// At most 255 bytes; longer ones are cut when printed. Empty: the chunk had none.
    pub cname: Vec<u8>,
}

/// Why bytes are no compound of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RtcpError {
    /// It exceeds [`MAX_PACKET`].
    #[error("the compound is longer than {MAX_PACKET} bytes")]
    Long,
    /// A part ends before its length says.
    #[error("a report ends before it says")]
    Short,
    /// A part's version is not 2.
    #[error("the version is not 2")]
    Version,
    /// The first part is neither SR nor RR (§A.2).
    #[error("the compound does not begin with a sender's or receiver's report")]
    Order,
    /// Padding is not where it may be, or counts wrongly.
    #[error("the padding is broken")]
    Padding,
}

/// Reads a compound packet: at least one report.
pub fn parse(bytes: &[u8]) -> Result<Vec<Report>, RtcpError> {
    if bytes.len() > MAX_PACKET {
        return Err(RtcpError::Long);
    }
    let mut reports = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (head, _) = rest.split_first_chunk::<4>().ok_or(RtcpError::Short)?;
        if head[0] >> 6 != 2 {
            return Err(RtcpError::Version);
        }
        if reports.is_empty() && !matches!(head[1], SENDER | RECEIVER) {
            return Err(RtcpError::Order);
        }
        let length = usize::from(u16::from_be_bytes([head[2], head[3]])) * 4 + 4;
        let (packet, after) = rest.split_at_checked(length).ok_or(RtcpError::Short)?;
        let body = without_padding(head[0], &packet[4..], after.is_empty())?;
        reports.push(parse_one(head[1], usize::from(head[0] & 0x1f), body)?);
        rest = after;
    }
    if reports.is_empty() { Err(RtcpError::Short) } else { Ok(reports) }
}

/// The bytes of a compound. At most 31 blocks or names are printed of each report, [`Report::Other`] not at all.
pub fn print(reports: &[Report]) -> Vec<u8> {
    let mut out = Vec::new();
    for report in reports {
        let start = out.len();
        out.extend_from_slice(&[0; 4]);
        let (count, packet_type) = match report {
            Report::Sender { ssrc, sent, blocks } => {
                out.extend_from_slice(&ssrc.to_be_bytes());
                out.extend_from_slice(&sent.ntp.to_be_bytes());
                for word in [sent.timestamp, sent.packets, sent.octets] {
                    out.extend_from_slice(&word.to_be_bytes());
                }
                (print_blocks(blocks, &mut out), SENDER)
            }
            Report::Receiver { ssrc, blocks } => {
                out.extend_from_slice(&ssrc.to_be_bytes());
                (print_blocks(blocks, &mut out), RECEIVER)
            }
            Report::Description(names) => {
                names.iter().take(MOST).for_each(|name| print_name(name, &mut out));
                (names.len(), DESCRIPTION)
            }
            Report::Goodbye(ssrcs) => {
                ssrcs.iter().take(MOST).for_each(|ssrc| out.extend_from_slice(&ssrc.to_be_bytes()));
                (ssrcs.len(), GOODBYE)
            }
            Report::Other(_) => {
                out.truncate(start);
                continue;
            }
        };
        let words = ((out.len() - start) / 4 - 1) as u16;
        out[start] = 0x80 | count.min(MOST) as u8;
        out[start + 1] = packet_type;
        out[start + 2..start + 4].copy_from_slice(&words.to_be_bytes());
    }
    out
}

/// How long the way to the peer and back takes, by its block on our stream (§6.4.1): `now` is the middle of the NTP
/// time. `None` when it has heard no report of ours yet, or says nonsense.
pub fn round_trip(now: u32, block: &ReportBlock) -> Option<Duration> {
    if block.last_sr == 0 {
        return None;
    }
    let units = now.wrapping_sub(block.last_sr).wrapping_sub(block.delay_since_last_sr) as i32;
    // The peer's clock for the delay may be coarse: a little below zero is zero.
    let units = if (-COARSE..0).contains(&units) { 0 } else { u64::try_from(units).ok()? };
    let round_trip = Duration::from_nanos(units * 1_000_000_000 / 65_536);
    (round_trip < LONGEST_ROUND_TRIP).then_some(round_trip)
}

/// The middle 32 bits of an NTP time, as blocks carry it: 1/65536 s.
pub fn ntp_middle(ntp: u64) -> u32 {
    (ntp >> 16) as u32
}

/// An NTP time from the time since 1970.
pub fn ntp(since_1970: Duration) -> u64 {
    let seconds = since_1970.as_secs().wrapping_add(SECONDS_1900_TO_1970);
    (seconds << 32) | ((u64::from(since_1970.subsec_nanos()) << 32) / 1_000_000_000)
}

fn without_padding(first: u8, body: &[u8], is_last: bool) -> Result<&[u8], RtcpError> {
    if first & 0x20 == 0 {
        return Ok(body);
    }
    let padding = usize::from(*body.last().ok_or(RtcpError::Padding)?);
    if !is_last || padding == 0 || !padding.is_multiple_of(4) {
        return Err(RtcpError::Padding);
    }
    let length = body.len().checked_sub(padding).ok_or(RtcpError::Padding)?;
    Ok(&body[..length])
}

fn parse_one(packet_type: u8, count: usize, body: &[u8]) -> Result<Report, RtcpError> {
    Ok(match packet_type {
        SENDER => {
            let (fixed, rest) = body.split_first_chunk::<24>().ok_or(RtcpError::Short)?;
            let (words, _) = fixed.as_chunks::<4>();
            let word = |index: usize| u32::from_be_bytes(words[index]);
            let ntp = (u64::from(word(1)) << 32) | u64::from(word(2));
            let sent = Sent { ntp, timestamp: word(3), packets: word(4), octets: word(5) };
            Report::Sender { ssrc: word(0), sent, blocks: parse_blocks(count, rest)? }
        }
        RECEIVER => {
            let (ssrc, rest) = body.split_first_chunk::<4>().ok_or(RtcpError::Short)?;
            Report::Receiver { ssrc: u32::from_be_bytes(*ssrc), blocks: parse_blocks(count, rest)? }
        }
        DESCRIPTION => Report::Description(parse_names(count, body)?),
        GOODBYE => {
            let ssrcs = body.get(..count * 4).ok_or(RtcpError::Short)?;
            Report::Goodbye(ssrcs.as_chunks::<4>().0.iter().map(|ssrc| u32::from_be_bytes(*ssrc)).collect())
        }
        other => Report::Other(other),
    })
}

fn parse_blocks(count: usize, bytes: &[u8]) -> Result<Vec<ReportBlock>, RtcpError> {
    let bytes = bytes.get(..count * BLOCK_LENGTH).ok_or(RtcpError::Short)?;
    let (blocks, _) = bytes.as_chunks::<BLOCK_LENGTH>();
    let parse_block = |block: &[u8; BLOCK_LENGTH]| {
        let (words, _) = block.as_chunks::<4>();
        let word = |index: usize| u32::from_be_bytes(words[index]);
        ReportBlock {
            ssrc: word(0),
            fraction_lost: block[4],
            // The sign is bit 23.
            cumulative_lost: ((word(1) << 8) as i32) >> 8,
            highest_sequence: word(2),
            jitter: word(3),
            last_sr: word(4),
            delay_since_last_sr: word(5),
        }
    };
    Ok(blocks.iter().map(parse_block).collect())
}

fn print_blocks(blocks: &[ReportBlock], out: &mut Vec<u8>) -> usize {
    for block in blocks.iter().take(MOST) {
        let lost = block.cumulative_lost.clamp(-0x80_0000, 0x7f_ffff) as u32 & 0xff_ffff;
        let fraction_and_lost = (u32::from(block.fraction_lost) << 24) | lost;
        for word in [
            block.ssrc,
            fraction_and_lost,
            block.highest_sequence,
            block.jitter,
            block.last_sr,
            block.delay_since_last_sr,
        ] {
            out.extend_from_slice(&word.to_be_bytes());
        }
    }
    blocks.len()
}

fn parse_names(count: usize, body: &[u8]) -> Result<Vec<Name>, RtcpError> {
    let mut names = Vec::new();
    let mut at = 0;
    for _ in 0..count {
        let ssrc = body.get(at..at + 4).and_then(|bytes| bytes.first_chunk::<4>()).ok_or(RtcpError::Short)?;
        let mut name = Name { ssrc: u32::from_be_bytes(*ssrc), cname: Vec::new() };
        at += 4;
        loop {
            let kind = *body.get(at).ok_or(RtcpError::Short)?;
            if kind == 0 {
                break;
            }
            let length = usize::from(*body.get(at + 1).ok_or(RtcpError::Short)?);
            let text = body.get(at + 2..at + 2 + length).ok_or(RtcpError::Short)?;
            if kind == CNAME {
                name.cname = text.to_vec();
            }
            at += 2 + length;
        }
        // The list ends with a zero byte and is filled up with more to a whole word.
        at = (at / 4 + 1) * 4;
        names.push(name);
    }
    if at > body.len() { Err(RtcpError::Short) } else { Ok(names) }
}

fn print_name(name: &Name, out: &mut Vec<u8>) {
    let cname = &name.cname[..name.cname.len().min(255)];
    out.extend_from_slice(&name.ssrc.to_be_bytes());
    let mut length = 0;
    if !cname.is_empty() {
        out.extend_from_slice(&[CNAME, cname.len() as u8]);
        out.extend_from_slice(cname);
        length = 2 + cname.len();
    }
    out.resize(out.len() + 4 - length % 4, 0);
}

const SENDER: u8 = 200;
const RECEIVER: u8 = 201;
const DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
const CNAME: u8 = 1;
const BLOCK_LENGTH: usize = 24;
/// The header's count has five bits.
const MOST: usize = 31;
/// From 1 January 1900 to 1 January 1970.
const SECONDS_1900_TO_1970: u64 = 2_208_988_800;
/// How far below zero a computed round trip is still a rounding: 20 ms, in 1/65536 s.
const COARSE: i32 = 1_311;
/// A round trip over this is a peer's broken arithmetic.
const LONGEST_ROUND_TRIP: Duration = Duration::from_secs(30);

#[cfg(test)]
#[path = "rtcp_tests.rs"]
mod tests;
