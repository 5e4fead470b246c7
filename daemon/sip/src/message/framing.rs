//! Cutting messages out of a stream (RFC 3261 §18.3, RFC 5626 §3.5.1).

use bytes::{Buf, Bytes, BytesMut};
use thiserror::Error;

use super::parse::{head_len, split_field, split_header};
use super::scan;
use super::{HeaderName, MAX_HEAD_BYTES, MAX_MESSAGE_BYTES};

/// What came out of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Framed {
    /// One whole message, for [`super::Message::parse`].
    Message(Bytes),
    /// CRLF CRLF between messages: the peer wants a CRLF back (RFC 5626 §3.5.1).
    Ping,
}

/// Why a stream cannot be followed any further: the connection must be closed, because where the next message starts
/// is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FramingError {
    /// No Content-Length: never guessed (RFC 3261 §18.3).
    #[error("expected a Content-Length")]
    NoLength,
    /// Not a number, or two that differ.
    #[error("expected one number as Content-Length")]
    BadLength,
    /// More than `MAX_HEAD_BYTES` without a blank line.
    #[error("expected a head of at most {MAX_HEAD_BYTES} bytes")]
    HeadTooLong,
    /// Head and body exceed `MAX_MESSAGE_BYTES`.
    #[error("expected a message of at most {MAX_MESSAGE_BYTES} bytes")]
    MessageTooLong,
}

/// The unread end of one stream. It holds less than one message and what was pushed last.
#[derive(Clone, Debug, Default)]
pub struct Framer {
    buffer: BytesMut,
    state: State,
}

/// Where in the stream the buffer starts.
///
/// ```text
/// Between --first byte of a message--> Head --blank line--> Body --all of it--> Between
/// ```
///
/// None has a deadline of its own: the owner of the connection closes it when it stays silent.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Before a message: line ends are skipped or are a ping.
    #[default]
    Between,
    /// Within a head; that many bytes were searched for the blank line already.
    Head { searched: usize },
    /// The message has that many bytes.
    Body { len: usize },
}

impl Framer {
    /// At the start of a connection.
    pub fn new() -> Framer {
        Framer::default()
    }

    /// Takes bytes off the stream; then call [`Framer::next_framed`] until it gives `None`.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next message or ping; `None` until more is pushed. After an error nothing more comes.
    pub fn next_framed(&mut self) -> Result<Option<Framed>, FramingError> {
        loop {
            match self.state {
                State::Between => match self.skip_line_ends() {
                    Between::Ping => return Ok(Some(Framed::Ping)),
                    Between::Message => self.state = State::Head { searched: 0 },
                    Between::Unsure => return Ok(None),
                },
                State::Head { searched } => match self.find_head(searched)? {
                    Some(len) => self.state = State::Body { len },
                    None => return Ok(None),
                },
                State::Body { len } => {
                    if self.buffer.len() < len {
                        return Ok(None);
                    }
                    self.state = State::Between;
                    return Ok(Some(Framed::Message(self.buffer.split_to(len).freeze())));
                }
            }
        }
    }

    /// Looks at what stands between messages: CRLF CRLF is a ping, one CRLF or stray CR, LF and NUL are skipped.
    fn skip_line_ends(&mut self) -> Between {
        loop {
            match self.buffer.as_ref() {
                [b'\r', b'\n', b'\r', b'\n', ..] => {
                    self.buffer.advance(4);
                    return Between::Ping;
                }
                [] | [b'\r'] | [b'\r', b'\n'] | [b'\r', b'\n', b'\r'] => return Between::Unsure,
                [b'\r' | b'\n' | 0, ..] => self.buffer.advance(1),
                _ => return Between::Message,
            }
        }
    }

    /// The length of the message whose head is complete.
    fn find_head(&mut self, searched: usize) -> Result<Option<usize>, FramingError> {
        let window = self.buffer.get(..MAX_HEAD_BYTES).unwrap_or(&self.buffer);
        let Some(head) = head_len(window, searched) else {
            if self.buffer.len() >= MAX_HEAD_BYTES {
                return Err(FramingError::HeadTooLong);
            }
            self.state = State::Head { searched: self.buffer.len() };
            return Ok(None);
        };
        let lines = self.buffer.get(..head - 2).unwrap_or_default();
        let len = head.saturating_add(content_length(lines)?);
        if len > MAX_MESSAGE_BYTES { Err(FramingError::MessageTooLong) } else { Ok(Some(len)) }
    }
}

/// What stands at the front of the buffer.
enum Between {
    Ping,
    Message,
    /// Nothing, or line ends that may become a ping.
    Unsure,
}

/// Reads Content-Length as `Message::parse` would, so that both always cut at the same place.
fn content_length(head: &[u8]) -> Result<usize, FramingError> {
    let mut length = None;
    let (_start_line, mut rest, _folds) = split_header(head);
    while !rest.is_empty() {
        let (line, after, _folds) = split_header(rest);
        rest = after;
        let Some((name, value)) = split_field(line) else { continue };
        if !HeaderName::ContentLength.is_spelled(name) {
            continue;
        }
        let value = value.trim_ascii();
        let read = scan::number(value).map_err(|_| FramingError::BadLength)?;
        if length.is_some_and(|other: usize| other != read) {
            return Err(FramingError::BadLength);
        }
        length = Some(read);
    }
    length.ok_or(FramingError::NoLength)
}
