//! Reading (RFC 8866 §5, §9), as tolerant as phones need: any end of line, missing v=, s= and t=, lines in any order
//! and of any letter. What a line means is read later, and only of the lines that matter.

use serde::{Deserialize, Serialize};

use super::SdpError;

/// Bytes of a whole description. A phone with ten codecs and a page of ICE candidates stays below 6 KiB.
pub const MAX_BYTES: usize = 16 * 1024;
/// Lines of a whole description; bounds the work of the scans that follow.
pub const MAX_LINES: usize = 512;
/// m= lines: audio, video, fax, content, in two profiles each, and room.
pub const MAX_MEDIA: usize = 16;
/// Formats of an m= line; RTP has 128 payload types, of which 32 are dynamic.
pub const MAX_FORMATS: usize = 128;

/// One `letter=value` line that is not an m= line, as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The letter before the `=`.
    pub kind: char,
    /// All behind the `=`, without the end of line; bytes that are no UTF-8 are replaced.
    pub value: String,
}

/// One m= line and the lines below it (RFC 8866 §5.14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// `audio`, `video`, `image` ... as written.
    pub kind: String,
    /// Where the media goes; 0 refuses the stream or switches it off (RFC 3264 §6).
    pub port: u16,
    /// The number of port pairs behind the `/`, where there is one.
    pub port_count: Option<u16>,
    /// `RTP/AVP`, `udptl` ... as written.
    pub protocol: String,
    /// Payload types, or what else the protocol counts its formats in.
    pub formats: Vec<String>,
    /// The lines below it, in order.
    pub lines: Vec<Line>,
}

/// A session description: what we understand and what we do not, in the order in which it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionDescription {
    /// The lines above the first m= line.
    pub lines: Vec<Line>,
    /// The m= lines, whose order binds offer and answer together.
    pub media: Vec<Media>,
}

impl SessionDescription {
    /// Reads a description; an empty one is fine and has no media.
    pub fn parse(bytes: &[u8]) -> Result<SessionDescription, SdpError> {
        if bytes.len() > MAX_BYTES {
            return Err(SdpError::TooLarge);
        }
        let text = String::from_utf8_lossy(bytes);
        let mut description = SessionDescription::default();
        let mut count = 0;
        // Some phones send the NUL of their C string along.
        let text = text.trim_end_matches('\0').replace("\r\n", "\n");
        for (index, line) in text.split(['\n', '\r']).enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            count += 1;
            if count > MAX_LINES {
                return Err(SdpError::TooManyLines);
            }
            description.push(line).map_err(|error| match error {
                SdpError::Malformed { .. } => SdpError::Malformed { line: index + 1 },
                other => other,
            })?;
        }
        Ok(description)
    }

    /// The value of the first session line of that letter.
    pub fn value(&self, kind: char) -> Option<&str> {
        first_value(&self.lines, kind)
    }

    /// The value of the first session attribute of that name, without regard to case; empty for a flag.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        attributes(&self.lines, name).next()
    }

    fn push(&mut self, line: &str) -> Result<(), SdpError> {
        let malformed = SdpError::Malformed { line: 0 };
        let mut letters = line.chars();
        let (Some(kind), Some('=')) = (letters.next(), letters.next()) else {
            return Err(malformed);
        };
        let value = letters.as_str();
        if !kind.is_ascii_alphabetic() || value.contains('\0') {
            return Err(malformed);
        }
        match kind {
            'm' => {
                if self.media.len() == MAX_MEDIA {
                    return Err(SdpError::TooManyMedia);
                }
                self.media.push(Media::parse(value)?);
                return Ok(());
            }
            'v' if value.trim() != "0" => return Err(SdpError::UnsupportedVersion),
            _ => {}
        }
        let line = Line { kind, value: value.to_owned() };
        match self.media.last_mut() {
            Some(media) => media.lines.push(line),
            None => self.lines.push(line),
        }
        Ok(())
    }
}

impl Media {
    /// The value of the first line of that letter.
    pub fn value(&self, kind: char) -> Option<&str> {
        first_value(&self.lines, kind)
    }

    /// The value of the first attribute of that name, without regard to case; empty for a flag.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes(name).next()
    }

    /// The values of all attributes of that name.
    pub fn attributes<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        attributes(&self.lines, name)
    }

    fn parse(value: &str) -> Result<Media, SdpError> {
        let malformed = SdpError::Malformed { line: 0 };
        // These words come back in our answer, so they must be words.
        if !value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ' || byte == b'\t') {
            return Err(malformed);
        }
        let mut words = value.split_ascii_whitespace();
        let (Some(kind), Some(ports), Some(protocol)) = (words.next(), words.next(), words.next()) else {
            return Err(malformed);
        };
        let (port, port_count) = match ports.split_once('/') {
            Some((port, count)) => (port, Some(count.parse().map_err(|_| malformed)?)),
            None => (ports, None),
        };
        let formats: Vec<String> = words.map(str::to_owned).collect();
        if formats.len() > MAX_FORMATS {
            return Err(SdpError::TooManyFormats);
        }
        Ok(Media {
            kind: kind.to_owned(),
            port: port.parse().map_err(|_| malformed)?,
            port_count,
            protocol: protocol.to_owned(),
            formats,
            lines: Vec::new(),
        })
    }
}

fn first_value(lines: &[Line], kind: char) -> Option<&str> {
    lines.iter().find(|line| line.kind == kind).map(|line| line.value.as_str())
}

fn attributes<'a, 'n>(lines: &'a [Line], name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
    lines.iter().filter(|line| line.kind == 'a').filter_map(move |line| {
        let (found, value) = line.value.split_once(':').unwrap_or((&line.value, ""));
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
