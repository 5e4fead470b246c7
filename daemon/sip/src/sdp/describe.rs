//! What our own descriptions look like: one audio stream, and the streams that we refuse.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::audio::{self, Format};
use super::{Direction, Line, Media, SessionDescription};

/// One m= line, as far as it must come back in answers and later offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    kind: String,
    protocol: String,
    /// One format is enough for a stream that is refused.
    format: String,
}

/// The stream of one of our descriptions.
pub(super) struct Stream<'a> {
    pub port: u16,
    pub formats: &'a [(u8, Format)],
    pub direction: Direction,
}

/// The lines above the first m= line.
pub(super) struct Session {
    pub id: u64,
    pub version: u64,
    pub origin: IpAddr,
    pub local: IpAddr,
}

impl Session {
    /// The whole description (RFC 8866 §5): `stream` at its slot, the others with port 0 (RFC 3264 §6).
    pub fn describe(&self, slots: &[Slot], audio_slot: usize, stream: &Stream<'_>) -> SessionDescription {
        let lines = vec![
            line('v', "0"),
            line('o', &format!("- {} {} {}", self.id, self.version, address(self.origin))),
            line('s', "-"),
            line('c', &address(self.local)),
            line('t', "0 0"),
        ];
        let media = slots.iter().enumerate();
        let media = media.map(|(index, slot)| if index == audio_slot { stream.media() } else { slot.refused() });
        SessionDescription { lines, media: media.collect() }
    }
}

impl Slot {
    pub fn audio() -> Slot {
        Slot { kind: "audio".to_owned(), protocol: "RTP/AVP".to_owned(), format: "0".to_owned() }
    }

    pub fn of(media: &Media) -> Slot {
        let format = media.formats.first().cloned().unwrap_or_else(|| "0".to_owned());
        Slot { kind: media.kind.clone(), protocol: media.protocol.clone(), format }
    }

    fn refused(&self) -> Media {
        Media {
            kind: self.kind.clone(),
            port: 0,
            port_count: None,
            protocol: self.protocol.clone(),
            formats: vec![self.format.clone()],
            lines: Vec::new(),
        }
    }
}

impl Stream<'_> {
    fn media(&self) -> Media {
        let mut lines = Vec::new();
        for (number, format) in self.formats {
            match format {
                Format::Audio(codec) => {
                    lines.push(line('a', &format!("rtpmap:{number} {}/8000", codec.encoding_name())));
                }
                Format::TelephoneEvent => {
                    lines.push(line('a', &format!("rtpmap:{number} telephone-event/8000")));
                    // The sixteen keys; a hook flash is no key.
                    lines.push(line('a', &format!("fmtp:{number} 0-15")));
                }
            }
        }
        lines.push(line('a', &format!("ptime:{}", audio::DEFAULT_PACKET_MS)));
        lines.push(line('a', self.direction.as_str()));
        Media {
            kind: "audio".to_owned(),
            port: self.port,
            port_count: None,
            protocol: "RTP/AVP".to_owned(),
            formats: self.formats.iter().map(|(number, _)| number.to_string()).collect(),
            lines,
        }
    }
}

fn line(kind: char, value: &str) -> Line {
    Line { kind, value: value.to_owned() }
}

fn address(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("IN IP4 {ip}"),
        IpAddr::V6(ip) => format!("IN IP6 {ip}"),
    }
}
