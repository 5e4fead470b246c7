//! RTP as bytes and figures: packets, reports, keys, tones and G.711 (RFC 3550, 3551, 4733).
//!
//! Owns the formats and the arithmetic on them. Knows no socket, no clock and no thread: the time of an arrival is an
//! argument. Everything that parses takes any bytes and never panics; everything is bounded by [`packet::MAX_PACKET`].

pub mod codec;
pub mod dtmf;
pub mod music;
pub mod packet;
pub mod reception;
pub mod rtcp;
pub mod tone;

/// The clock of G.711 and of the events sent beside it, in hertz: the unit of their RTP timestamps (RFC 3551 §4.5.14).
pub const CLOCK_HZ: u32 = 8_000;
