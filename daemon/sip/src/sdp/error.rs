use thiserror::Error;

/// Why a session description is of no use to us. An offer that ends so is answered 488 (RFC 3261 §21.4.26), except
/// [`SdpError::OfferOutstanding`], which is 491, and the malformed ones, which may be 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SdpError {
    /// More bytes than [`super::MAX_BYTES`].
    #[error("session description is too large")]
    TooLarge,
    /// More lines than [`super::MAX_LINES`].
    #[error("session description has too many lines")]
    TooManyLines,
    /// More m= lines than [`super::MAX_MEDIA`].
    #[error("session description has too many media")]
    TooManyMedia,
    /// More formats in an m= line than [`super::MAX_FORMATS`].
    #[error("media line has too many formats")]
    TooManyFormats,
    /// A line that is not `letter=value`, or an m= line without media, port and protocol.
    #[error("line {line} is malformed")]
    Malformed {
        /// Which, from 1; empty lines count.
        line: usize,
    },
    /// A v= line that says something else than 0 (RFC 8866 §5.1).
    #[error("version of session description is not 0")]
    UnsupportedVersion,
    /// No m=audio line at all: video alone, T.38, or nothing.
    #[error("no audio stream")]
    NoAudio,
    /// Audio only under profiles that we do not speak, e.g. RTP/SAVP.
    #[error("audio stream is not RTP/AVP")]
    UnsupportedProfile,
    /// No codec of the stream is one of ours.
    #[error("no common codec")]
    NoCommonCodec,
    /// Neither the stream nor the session says where to send.
    #[error("no connection address")]
    NoConnection,
    /// The address is a name; the core asks no DNS, and no phone on a LAN does this (RFC 8866 §5.7 allows it).
    #[error("connection address is a host name")]
    UnresolvedHost,
    /// A multicast or broadcast address: a call never sends there.
    #[error("connection address is not unicast")]
    NotUnicast,
    /// The only audio stream has port 0 (RFC 3264 §6), and there is no earlier agreement to fall back to.
    #[error("audio stream is switched off")]
    StreamRefused,
    /// There is no offer that this could answer.
    #[error("no offer to answer")]
    NoOffer,
    /// Our own offer is not answered yet (RFC 3264 §4): glare, to be answered 491.
    #[error("own offer is still outstanding")]
    OfferOutstanding,
}
