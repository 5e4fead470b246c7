//! What people and programs ask the daemon: health and figures for the network, and the command line's own door.
//!
//! It answers from the published [`Status`](pbx::status::Status) and from what a [`Desk`](desk::Desk) does; it never
//! asks the engine itself, so that calls go on when this crate is stuck.

pub mod api;
mod assets;
mod book;
pub mod client;
pub mod control;
pub mod desk;
pub mod events;
mod gate;
mod guests;
pub mod host;
pub mod keys;
pub mod lan;
mod language;
mod ldap;
pub mod metrics;
pub mod office;
mod parts;
mod problem;
mod random;
mod readers;
mod sessions;
mod throttle;
pub mod tls;
mod watched;
mod why;
mod words;
