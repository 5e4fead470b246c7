//! What the lines of one audio stream mean: address, direction, payload types, packet length.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

use super::{Codec, Direction, Media, SdpError, SessionDescription};

/// Milliseconds of audio in a packet where nobody asks for something else (RFC 3551 §4.5).
pub(super) const DEFAULT_PACKET_MS: u8 = 20;
/// G.711 has no other clock; a telephone-event stream counts its time in that of the audio (RFC 4733 §2.1).
const CLOCK_HZ: u32 = 8000;

/// What a payload type stands for, of the things that we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    Audio(Codec),
    TelephoneEvent,
}

/// An audio stream as its owner described it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RemoteAudio {
    /// Its place among the m= lines.
    pub slot: usize,
    pub remote: SocketAddr,
    pub remote_rtcp: SocketAddr,
    /// As its owner sees it; an old-style hold (c=0.0.0.0) counts as not receiving.
    pub direction: Direction,
    /// The payload types that we can use, in the owner's order.
    pub formats: Vec<(u8, Format)>,
    /// One bit for each payload type that means something else.
    pub foreign_payload_types: u128,
    pub packet_ms: u8,
}

impl RemoteAudio {
    /// Reads the m= line of that place. `ours` gives payload types without an rtpmap the meaning that they have in our
    /// own offer: some phones answer with bare numbers.
    pub fn read(description: &SessionDescription, slot: usize, ours: &[(u8, Format)]) -> Result<RemoteAudio, SdpError> {
        let media = description.media.get(slot).ok_or(SdpError::NoAudio)?;
        let connection = media.value('c').or_else(|| description.value('c')).ok_or(SdpError::NoConnection)?;
        let ip = connection_address(connection)?;
        let stated = direction_of(media, description);
        let (formats, foreign_payload_types) = read_formats(media, ours);
        Ok(RemoteAudio {
            slot,
            remote: SocketAddr::new(ip, media.port),
            remote_rtcp: rtcp_address(media, ip),
            direction: Direction::from_flags(stated.sends(), stated.receives() && !ip.is_unspecified()),
            formats,
            foreign_payload_types,
            packet_ms: packet_ms(media, description),
        })
    }

    /// A stream with port 0 after a call was agreed: nothing flows, the formats stay what they were.
    pub fn switched_off(slot: usize, formats: Vec<(u8, Format)>) -> RemoteAudio {
        let nowhere = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
        RemoteAudio {
            slot,
            remote: nowhere,
            remote_rtcp: nowhere,
            direction: Direction::Inactive,
            formats,
            foreign_payload_types: 0,
            packet_ms: DEFAULT_PACKET_MS,
        }
    }

    /// The payload type of a format, the first where there are several.
    pub fn payload_type(&self, format: Format) -> Option<u8> {
        payload_type(&self.formats, format)
    }

    /// The codecs in the owner's order, each once.
    pub fn codecs(&self) -> Vec<Codec> {
        let mut codecs = Vec::new();
        for (_, format) in &self.formats {
            if let Format::Audio(codec) = format
                && !codecs.contains(codec)
            {
                codecs.push(*codec);
            }
        }
        codecs
    }
}

pub(super) fn payload_type(formats: &[(u8, Format)], wanted: Format) -> Option<u8> {
    formats.iter().find(|(_, format)| *format == wanted).map(|(number, _)| *number)
}

pub(super) fn is_audio(media: &Media) -> bool {
    media.kind.eq_ignore_ascii_case("audio")
}

/// The one profile that we speak (RFC 3551). An `a=crypto` or ICE candidates beside it are offers that may be ignored.
pub(super) fn is_plain_rtp(media: &Media) -> bool {
    media.protocol.eq_ignore_ascii_case("RTP/AVP")
}

/// RFC 8866 §5.7. The address family word is not looked at: the address itself says it, and phones get the word wrong.
fn connection_address(value: &str) -> Result<IpAddr, SdpError> {
    let word = value.split_ascii_whitespace().nth(2).ok_or(SdpError::NoConnection)?;
    // "/ttl" of multicast, "%eth0" of link-local addresses.
    let address = word.split(['/', '%']).next().unwrap_or(word);
    let ip: IpAddr = address.parse().map_err(|_| SdpError::UnresolvedHost)?;
    let ip = ip.to_canonical();
    if ip.is_multicast() || ip == IpAddr::V4(Ipv4Addr::BROADCAST) {
        return Err(SdpError::NotUnicast);
    }
    Ok(ip)
}

/// `a=rtcp:port [IN IP4 address]` (RFC 3605 §2.1), else the next port (RFC 3550 §11).
fn rtcp_address(media: &Media, ip: IpAddr) -> SocketAddr {
    let next = SocketAddr::new(ip, if media.port == 0 { 0 } else { media.port.saturating_add(1) });
    let Some(value) = media.attribute("rtcp") else {
        return next;
    };
    let (port, rest) = value.split_once(' ').unwrap_or((value, ""));
    let Ok(port) = port.parse() else { return next };
    let stated = if rest.trim().is_empty() { ip } else { connection_address(rest).unwrap_or(ip) };
    SocketAddr::new(stated, port)
}

/// RFC 8866 §6.7: the stream's own attribute, else the session's, else sendrecv.
fn direction_of(media: &Media, description: &SessionDescription) -> Direction {
    let all = [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive];
    let of_media = all.into_iter().find(|direction| media.attribute(direction.as_str()).is_some());
    let of_session = || all.into_iter().find(|direction| description.attribute(direction.as_str()).is_some());
    of_media.or_else(of_session).unwrap_or(Direction::SendRecv)
}

fn read_formats(media: &Media, ours: &[(u8, Format)]) -> (Vec<(u8, Format)>, u128) {
    // Read once: a hostile description may have many lines and many formats.
    let maps: Vec<(u8, Option<Format>)> = media.attributes("rtpmap").filter_map(rtpmap).collect();
    let mut formats = Vec::new();
    let mut foreign = 0;
    let numbers = media.formats.iter().filter_map(|word| word.parse::<u8>().ok()).filter(|number| *number < 128);
    for number in numbers {
        let format = match maps.iter().find(|(mapped, _)| *mapped == number) {
            Some((_, format)) => *format,
            None => static_format(number).or_else(|| ours.iter().find(|(own, _)| *own == number).map(|own| own.1)),
        };
        match format {
            Some(format) => formats.push((number, format)),
            None => foreign |= 1 << number,
        }
    }
    (formats, foreign)
}

/// `number name/clock[/channels]` (RFC 8866 §6.6): `None` if unreadable, no format if it is something that we do not
/// speak.
fn rtpmap(value: &str) -> Option<(u8, Option<Format>)> {
    let (number, encoding) = value.split_once([' ', '\t'])?;
    let number = number.parse().ok()?;
    let mut parts = encoding.split('/').map(str::trim);
    let (name, clock) = (parts.next()?, parts.next()?);
    let channels = parts.next().unwrap_or("1");
    if clock.parse() != Ok(CLOCK_HZ) || channels != "1" {
        return Some((number, None));
    }
    if name.eq_ignore_ascii_case("telephone-event") {
        return Some((number, Some(Format::TelephoneEvent)));
    }
    let codecs = [Codec::Pcmu, Codec::Pcma];
    let codec = codecs.into_iter().find(|codec| codec.encoding_name().eq_ignore_ascii_case(name));
    Some((number, codec.map(Format::Audio)))
}

fn static_format(number: u8) -> Option<Format> {
    let codecs = [Codec::Pcmu, Codec::Pcma];
    codecs.into_iter().find(|codec| codec.static_payload_type() == number).map(Format::Audio)
}

/// `a=ptime` within `a=maxptime` (RFC 8866 §6.4, §6.5), in whole frames of 10 ms, 10 to 60.
fn packet_ms(media: &Media, description: &SessionDescription) -> u8 {
    let read = |name: &str| {
        let value = media.attribute(name).or_else(|| description.attribute(name))?;
        let digits = value.split(|letter: char| !letter.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok().filter(|ms| *ms > 0)
    };
    let wanted = read("ptime").unwrap_or(u32::from(DEFAULT_PACKET_MS));
    let most = read("maxptime").unwrap_or(u32::MAX);
    let whole_frames = wanted.min(most).clamp(10, 60) / 10 * 10;
    u8::try_from(whole_frames).unwrap_or(DEFAULT_PACKET_MS)
}
