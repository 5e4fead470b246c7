//! The RTP packet (RFC 3550 §5.1), as slices into the datagram.

use thiserror::Error;

/// The longest datagram that is read as RTP or RTCP, in bytes: an Ethernet frame. Audio of 60 ms is 492 bytes.
pub const MAX_PACKET: usize = 1_500;

/// The length of a header without contributing sources and extension.
pub const HEADER_LENGTH: usize = 12;

/// The fixed part of a header: all that a relay rewrites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The first packet after silence, or the first of a key event.
    pub marker: bool,
    /// What the payload is, 0 to 127; the number's meaning is agreed by SDP.
    pub payload_type: u8,
    /// One more for each packet, modulo 2^16.
    pub sequence: u16,
    /// When the first sample was taken, in units of [`crate::CLOCK_HZ`], modulo 2^32.
    pub timestamp: u32,
    /// Names the stream.
    pub ssrc: u32,
}

/// One RTP packet. Equal packets have equal contents, not necessarily equal bytes of padding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packet<'a> {
    /// The fixed part.
    pub header: Header,
    /// Contributing sources, four bytes each, at most 15 of them.
    pub csrcs: &'a [u8],
    /// The header extension.
    pub extension: Option<Extension<'a>>,
    /// The audio or the event, without padding.
    pub payload: &'a [u8],
    /// Bytes of padding after the payload, its last one, which counts them, included; 0 for none.
    pub padding: u8,
}

/// A header extension (RFC 3550 §5.3.1); the box passes none on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Defined by the profile.
    pub profile: u16,
    /// Whole words of four bytes.
    pub data: &'a [u8],
}

/// Why bytes are no RTP packet, or a packet cannot be said in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PacketError {
    /// It ends inside the header, the extension or the padding.
    #[error("the packet ends before its header says")]
    Short,
    /// It exceeds [`MAX_PACKET`].
    #[error("the packet is longer than {MAX_PACKET} bytes")]
    Long,
    /// The first two bits are not 2: STUN, DTLS or noise.
    #[error("the version is not 2")]
    Version,
    /// A part has a length, or a number a size, that the format cannot express.
    #[error("a part does not fit the format")]
    Misfit,
}

impl Header {
    /// The twelve bytes of a header with neither contributing sources nor extension nor padding.
    pub fn print(&self) -> [u8; HEADER_LENGTH] {
        let mut bytes = [0; HEADER_LENGTH];
        bytes[0] = VERSION << 6;
        bytes[1] = u8::from(self.marker) << 7 | self.payload_type & 0x7f;
        bytes[2..4].copy_from_slice(&self.sequence.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.timestamp.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.ssrc.to_be_bytes());
        bytes
    }
}

impl<'a> Packet<'a> {
    /// Reads a datagram. An RTCP packet that strayed here parses too, with a payload type of 64 to 95 (RFC 5761 §4).
    pub fn parse(bytes: &'a [u8]) -> Result<Packet<'a>, PacketError> {
        if bytes.len() > MAX_PACKET {
            return Err(PacketError::Long);
        }
        let (fixed, rest) = bytes.split_first_chunk::<HEADER_LENGTH>().ok_or(PacketError::Short)?;
        if fixed[0] >> 6 != VERSION {
            return Err(PacketError::Version);
        }
        let header = Header {
            marker: fixed[1] & 0x80 != 0,
            payload_type: fixed[1] & 0x7f,
            sequence: u16::from_be_bytes([fixed[2], fixed[3]]),
            timestamp: u32::from_be_bytes([fixed[4], fixed[5], fixed[6], fixed[7]]),
            ssrc: u32::from_be_bytes([fixed[8], fixed[9], fixed[10], fixed[11]]),
        };
        let csrcs_length = usize::from(fixed[0] & 0x0f) * 4;
        let (csrcs, mut rest) = rest.split_at_checked(csrcs_length).ok_or(PacketError::Short)?;
        let mut extension = None;
        if fixed[0] & EXTENSION != 0 {
            let (head, after) = rest.split_first_chunk::<4>().ok_or(PacketError::Short)?;
            let length = usize::from(u16::from_be_bytes([head[2], head[3]])) * 4;
            let (data, after) = after.split_at_checked(length).ok_or(PacketError::Short)?;
            extension = Some(Extension { profile: u16::from_be_bytes([head[0], head[1]]), data });
            rest = after;
        }
        let mut padding = 0;
        if fixed[0] & PADDING != 0 {
            padding = *rest.last().ok_or(PacketError::Short)?;
            let length = rest.len().checked_sub(usize::from(padding)).ok_or(PacketError::Short)?;
            if padding == 0 {
                return Err(PacketError::Misfit);
            }
            rest = rest.get(..length).ok_or(PacketError::Short)?;
        }
        Ok(Packet { header, csrcs, extension, payload: rest, padding })
    }

    /// Appends the packet's bytes. `Misfit` for a payload type over 127, over 15 contributing sources or broken words,
    /// `Long` over [`MAX_PACKET`].
    pub fn print(&self, out: &mut Vec<u8>) -> Result<(), PacketError> {
        let words = self.extension.map_or(0, |extension| extension.data.len());
        if self.header.payload_type > 0x7f
            || self.csrcs.len() > 60
            || !self.csrcs.len().is_multiple_of(4)
            || !words.is_multiple_of(4)
        {
            return Err(PacketError::Misfit);
        }
        if self.length() > MAX_PACKET {
            return Err(PacketError::Long);
        }
        let mut fixed = self.header.print();
        fixed[0] |= (self.csrcs.len() / 4) as u8;
        fixed[0] |= if self.extension.is_some() { EXTENSION } else { 0 };
        fixed[0] |= if self.padding > 0 { PADDING } else { 0 };
        out.extend_from_slice(&fixed);
        out.extend_from_slice(self.csrcs);
        if let Some(extension) = self.extension {
            out.extend_from_slice(&extension.profile.to_be_bytes());
            out.extend_from_slice(&((words / 4) as u16).to_be_bytes());
            out.extend_from_slice(extension.data);
        }
        out.extend_from_slice(self.payload);
        if self.padding > 0 {
            out.resize(out.len() + usize::from(self.padding) - 1, 0);
            out.push(self.padding);
        }
        Ok(())
    }

    /// Where the payload begins in the datagram.
    pub fn payload_offset(&self) -> usize {
        HEADER_LENGTH + self.csrcs.len() + self.extension.map_or(0, |extension| 4 + extension.data.len())
    }

    /// The contributing sources, those whose voices were mixed.
    pub fn contributing(&self) -> impl Iterator<Item = u32> + 'a {
        self.csrcs.as_chunks::<4>().0.iter().map(|bytes| u32::from_be_bytes(*bytes))
    }

    fn length(&self) -> usize {
        self.payload_offset() + self.payload.len() + usize::from(self.padding)
    }
}

const VERSION: u8 = 2;
const PADDING: u8 = 0x20;
const EXTENSION: u8 = 0x10;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same(
            (marker, payload_type, sequence) in (any::<bool>(), 0..128_u8, any::<u16>()),
            (timestamp, ssrc, padding) in any::<(u32, u32, u8)>(),
            csrcs in proptest::collection::vec(any::<u32>(), 0..16),
            extension in proptest::option::of((any::<u16>(), proptest::collection::vec(any::<[u8; 4]>(), 0..20))),
            payload in proptest::collection::vec(any::<u8>(), 0..500),
        ) {
            let header = Header { marker, payload_type, sequence, timestamp, ssrc };
            let csrc_bytes: Vec<u8> = csrcs.iter().flat_map(|csrc| csrc.to_be_bytes()).collect();
            let data = extension.as_ref().map(|(_, words)| words.concat()).unwrap_or_default();
            let extension = extension.map(|(profile, _)| Extension { profile, data: &data });
            let packet = Packet { header, csrcs: &csrc_bytes, extension, payload: &payload, padding };
            let mut bytes = Vec::new();
            packet.print(&mut bytes).unwrap();
            prop_assert_eq!(Packet::parse(&bytes), Ok(packet));
            prop_assert_eq!(&bytes[packet.payload_offset()..][..payload.len()], &payload[..]);
            prop_assert_eq!(packet.contributing().collect::<Vec<_>>(), csrcs);
            for cut in 0..bytes.len() - payload.len() - usize::from(padding) {
                prop_assert!(Packet::parse(&bytes[..cut]).is_err(), "cut at {}", cut);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1600)) {
            if let Ok(packet) = Packet::parse(&bytes) {
                prop_assert!(packet.length() == bytes.len());
            }
        }

        #[test]
        fn hostile_headers_never_panic(first in 0x80..=0xbf_u8, rest in proptest::collection::vec(any::<u8>(), 0..80)) {
            let bytes = [&[first], &rest[..]].concat();
            if let Ok(packet) = Packet::parse(&bytes) {
                let mut again = Vec::new();
                packet.print(&mut again).unwrap();
                prop_assert_eq!(Packet::parse(&again), Ok(packet));
            }
        }
    }

    #[test]
    fn broken_packets_are_refused_for_what_is_wrong() {
        let good = Header::default().print();
        let with = |first: u8, tail: &[u8]| [&[first], &good[1..], tail].concat();
        for (bytes, expected) in [
            (vec![], PacketError::Short),
            (with(0x40, &[]), PacketError::Version),
            (with(0x81, &[0; 3]), PacketError::Short),
            (with(0x90, &[0; 3]), PacketError::Short),
            (with(0x90, &[0, 0, 0, 2, 1, 2, 3, 4]), PacketError::Short),
            (with(0xa0, &[]), PacketError::Short),
            (with(0xa0, &[1, 2, 0]), PacketError::Misfit),
            (with(0xa0, &[1, 2, 4]), PacketError::Short),
            (with(0x80, &[0; MAX_PACKET]), PacketError::Long),
        ] {
            assert_eq!(Packet::parse(&bytes), Err(expected), "{bytes:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_not_printed() {
        let mut out = Vec::new();
        let odd = Packet { csrcs: &[1, 2, 3], ..Packet::default() };
        let many = Packet { csrcs: &[0; 64], ..Packet::default() };
        let odd_extension = Packet { extension: Some(Extension { profile: 1, data: &[1] }), ..Packet::default() };
        let high = Packet { header: Header { payload_type: 128, ..Header::default() }, ..Packet::default() };
        for packet in [odd, many, odd_extension, high] {
            assert_eq!(packet.print(&mut out), Err(PacketError::Misfit), "{packet:?}");
        }
        let long = Packet { payload: &[0; MAX_PACKET], ..Packet::default() };
        assert_eq!(long.print(&mut out), Err(PacketError::Long));
        assert!(out.is_empty());
    }
}
