//! Call control, the heart: who rings, why, and what happened.
//!
//! One door, [`engine::Engine::handle`]: inputs in, outputs out, in one thread, with time as an argument.

mod activity;
pub mod alarm;
mod asking;
mod asks;
pub mod attempts;
mod busy_lamps;
mod call;
mod cause;
mod cx;
pub mod engine;
pub mod events;
mod features;
mod goodbye;
mod guessing;
mod hearing;
pub mod ids;
mod index;
pub mod input;
mod journal;
mod lamps;
mod leaving;
mod leg;
mod lighting;
pub mod mailbox;
pub mod output;
mod outside;
mod pins;
mod ports;
pub mod presence;
pub mod prompt;
mod recorder;
mod recordings;
pub mod registrar;
mod registration;
pub mod room;
pub mod route;
mod saying;
pub mod settings;
pub mod status;
pub mod time;
mod timers;
mod trunking;
pub mod trunks;
mod watching;
pub mod words;
