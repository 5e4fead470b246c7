//! SIP (RFC 3261 and friends) as a pure library: bytes in, dialog events out.
//!
//! It owns messages, transactions, dialogs, digest authentication and session descriptions. It does no I/O, reads no
//! clock and knows nothing of extensions, calls or the office: those are the business of `pbx`.

pub mod auth;
pub mod dialog;
pub mod dialog_info;
pub mod disclosed;
pub mod diversion;
pub mod event;
pub mod feature_event;
pub mod junk;
pub mod message;
pub mod package;
pub mod peer;
pub mod pidf;
pub mod reliable;
pub mod sdp;
pub mod session_timer;
pub mod sides;
pub mod stack;
pub mod subscription;
pub mod transaction;
pub mod transport;
pub mod xml;
