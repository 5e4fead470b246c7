//! What can be wrong with a message, and what to answer.

use thiserror::Error;

use super::{Flaw, HeaderName, Request};

/// A message that was refused. The sender gets `kind.status()` where `reply` is there; otherwise it is dropped.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{kind}")]
pub struct ParseError {
    /// What was wrong first.
    pub kind: ParseErrorKind,
    /// As much of a refused request as an answer needs: method (never ACK), Via, and From, To, Call-ID and CSeq where
    /// they are there, as they came: they may themselves be what is wrong. Its URI may be `sip:invalid`, its body is empty. Pass it to
    /// [`super::Response::to_request`].
    pub reply: Option<Box<Request>>,
}

impl ParseError {
    /// The status that answers it (RFC 3261 §21).
    pub fn status(&self) -> u16 {
        self.kind.status()
    }
}

/// Why a message was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseErrorKind {
    /// Nothing but CRLFs and NULs: a keep-alive (RFC 5626 §3.5.1), to be ignored.
    #[error("expected a message, found only line ends")]
    Empty,
    /// More than `MAX_MESSAGE_BYTES`.
    #[error("expected at most {} bytes", super::MAX_MESSAGE_BYTES)]
    MessageTooLong,
    /// No blank line within `MAX_HEAD_BYTES`.
    #[error("expected a head of at most {} bytes", super::MAX_HEAD_BYTES)]
    HeadTooLong,
    /// No blank line at all: a truncated datagram.
    #[error("expected a blank line after the headers")]
    Truncated,
    /// The first line is neither a request line nor a status line (RFC 3261 §7.1, §7.2).
    #[error("expected `METHOD uri SIP/2.0` or `SIP/2.0 status reason`")]
    StartLine,
    /// A version other than `SIP/2.0`.
    #[error("expected SIP/2.0")]
    Version,
    /// The Request-URI.
    #[error("the Request-URI: {0}")]
    RequestUri(Flaw),
    /// More than `MAX_HEADERS` header lines.
    #[error("expected at most {} headers", super::MAX_HEADERS)]
    TooManyHeaders,
    /// A line that is no header: no colon, no token before it, or a bare CR or LF in it.
    #[error("expected `Name: value` in every header line")]
    HeaderLine,
    /// One of the headers that every message must have (RFC 3261 §8.1.1).
    #[error(transparent)]
    Header(HeaderError),
    /// The CSeq method is not that of the request line (RFC 3261 §8.1.1.5).
    #[error("expected the method of the request line in CSeq")]
    MethodMismatch,
    /// Content-Length says more than there is (RFC 3261 §18.3).
    #[error("expected as many bytes of body as Content-Length says")]
    BodyTruncated,
}

impl ParseErrorKind {
    /// The status that answers it (RFC 3261 §21.4, §21.5): 400, 414, 416, 505 or 513.
    pub fn status(&self) -> u16 {
        match self {
            ParseErrorKind::RequestUri(Flaw::TooLong) => 414,
            ParseErrorKind::Version => 505,
            ParseErrorKind::MessageTooLong | ParseErrorKind::HeadTooLong | ParseErrorKind::TooManyHeaders => 513,
            _ => 400,
        }
    }

    /// The reason phrase that goes with the status; says where to look.
    pub fn reason(&self) -> &'static str {
        match self {
            ParseErrorKind::RequestUri(Flaw::TooLong) => "Request-URI Too Long",
            ParseErrorKind::RequestUri(_) => "Bad Request-URI",
            ParseErrorKind::Version => "Version Not Supported",
            ParseErrorKind::MessageTooLong | ParseErrorKind::HeadTooLong => "Message Too Large",
            ParseErrorKind::TooManyHeaders => "Too Many Headers",
            ParseErrorKind::Header(HeaderError::Missing(_)) => "Missing Header",
            ParseErrorKind::Header(HeaderError::Repeated(_)) => "Repeated Header",
            ParseErrorKind::Header(HeaderError::Malformed(..)) => "Malformed Header",
            ParseErrorKind::MethodMismatch => "CSeq Method Mismatch",
            ParseErrorKind::BodyTruncated => "Content-Length Too Large",
            _ => "Bad Request",
        }
    }
}

/// A header that could not be read; a request with it deserves a 400.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// It must be there.
    #[error("expected a {0} header")]
    Missing(HeaderName),
    /// It may be there once only.
    #[error("expected only one {0} header")]
    Repeated(HeaderName),
    /// It is there and is not what its grammar says.
    #[error("the {0} header: {1}")]
    Malformed(HeaderName, Flaw),
}
