//! The media thread with real sockets on the loopback interface and phones that are nothing but sockets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod bench;
mod conference;
mod disks;
mod keys;
mod killed;
mod limits;
mod passing;
mod playback;
mod prompts;
mod recordings;
mod reports;
mod strangers;
mod tones;
