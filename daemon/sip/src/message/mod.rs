//! SIP messages (RFC 3261 §7, §19, §20, §25): bytes to data and back.
//!
//! A message is read without copying: every [`Text`] is a slice of the packet it came in. The start line and the
//! headers that make a message answerable (Via, From, To, Call-ID, CSeq) are checked at once; all other headers are
//! read when somebody asks for them. What was read and not changed is printed as it came, byte for byte.
//!
//! It knows nothing of transactions and dialogs. Limits come first: a message that exceeds one of the constants below
//! is refused before anything of it is kept.

mod dialog_name;
mod error;
mod flaw;
mod framing;
mod header_name;
mod headers;
mod method;
mod name_addr;
mod params;
mod parse;
mod print;
mod request;
mod response;
mod scan;
mod text;
mod typed;
mod uri;
mod via;

pub use dialog_name::DialogName;
pub use error::{HeaderError, ParseError, ParseErrorKind};
pub use flaw::Flaw;
pub use framing::{Framed, Framer, FramingError};
pub use header_name::HeaderName;
pub use headers::{Header, Headers};
pub use method::Method;
pub use name_addr::NameAddr;
pub use params::{Param, ParamValue, Params};
pub use request::Request;
pub use response::Response;
pub use text::Text;
pub use typed::{CSeq, Contacts, RAck, Reason, WithParams};
pub use uri::{Host, Scheme, Uri};
pub use via::Via;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// Bytes of one message, head and body: what one UDP datagram can carry (RFC 3261 §18.1.1). Streams get the same
/// limit, so that a message never depends on the way it came.
pub const MAX_MESSAGE_BYTES: usize = 65_535;
/// Bytes of start line and headers with the blank line. Phones with every extension stay below 4 KiB; the longest
/// torture message of RFC 4475 has 3 KiB.
pub const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Bytes of one header with its folded lines: room for a signed Identity or a long Route set, half of the head.
pub const MAX_HEADER_BYTES: usize = 8 * 1024;
/// Header lines of one message: 70 hops of Via and Record-Route each (Max-Forwards) and 50 others fit.
pub const MAX_HEADERS: usize = 192;
/// Bytes of one URI; answered with 414. Escaped Replaces headers in a Refer-To need a few hundred.
pub const MAX_URI_BYTES: usize = 2 * 1024;
/// Parameters of one URI or one header value. Contacts with all feature tags of RFC 3840 have about 25.
pub const MAX_PARAMS: usize = 64;
/// Values of one header name over all of its lines, commas counted: as many as 70 hops need, and some.
pub const MAX_VALUES: usize = 128;

/// A request or a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "a box would cost an allocation for every packet")]
pub enum Message {
    /// It asks.
    Request(Request),
    /// It answers.
    Response(Response),
}

impl Message {
    /// Reads one whole message: a datagram, or what [`Framer`] cut out of a stream.
    ///
    /// CRLFs and NULs before the start line are skipped; a packet of nothing else is [`ParseErrorKind::Empty`], a
    /// keep-alive to be ignored. Without a Content-Length the body is the rest (RFC 3261 §18.3); a smaller one
    /// truncates, a larger one is an error.
    pub fn parse(packet: &Bytes) -> Result<Message, ParseError> {
        parse::parse(packet)
    }

    /// The message as it goes on the wire, with a Content-Length that fits the body.
    pub fn to_bytes(&self) -> Bytes {
        match self {
            Message::Request(request) => request.to_bytes(),
            Message::Response(response) => response.to_bytes(),
        }
    }

    /// The headers of either kind.
    pub fn headers(&self) -> &Headers {
        match self {
            Message::Request(request) => &request.headers,
            Message::Response(response) => &response.headers,
        }
    }

    /// The body of either kind.
    pub fn body(&self) -> &Bytes {
        match self {
            Message::Request(request) => &request.body,
            Message::Response(response) => &response.body,
        }
    }
}
