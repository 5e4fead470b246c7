//! The one door: inputs in, outputs out.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use config::Config;
use sip::transport::Transport;

use crate::input::Input;
use crate::output::Output;
use crate::registrar::Binding;
use crate::time::Now;

/// What the engine is told once, at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The listening addresses.
    pub sip: Vec<(Transport, SocketAddr)>,
    /// Where RTP may be opened.
    pub rtp: RtpRange,
    /// The digest realm, fixed for ever at first boot.
    pub realm: String,
    /// What Server and User-Agent say.
    pub user_agent: String,
    /// The seed of tags, branches and Call-IDs, from the system's randomness.
    pub seed: [u8; 32],
    /// The key of the nonces, new each boot.
    pub nonce_key: [u8; 32],
}

/// The address and ports for RTP: even ports from `low` on, RTCP on the odd port above each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtpRange {
    /// The address that session descriptions name.
    pub address: IpAddr,
    /// The first port.
    pub low: u16,
    /// The last port.
    pub high: u16,
}

/// What an earlier run left.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    /// The bindings that were in force.
    pub bindings: Vec<Binding>,
    /// The number of the next call.
    pub next_call: u64,
}

/// What a quiet office has none of; for audits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Calls that are up or not yet forgotten.
    pub calls: usize,
    /// Legs.
    pub legs: usize,
    /// Armed timers of calls.
    pub timers_of_calls: usize,
    /// RTP ports in use.
    pub ports: usize,
    /// Dialogs in the stack.
    pub dialogs: usize,
    /// Transactions in the stack.
    pub transactions: usize,
    /// Questions without an answer.
    pub asks: usize,
}

/// The engine: all call state, in one thread.
#[derive(Clone, Debug)]
pub struct Engine {
    config: Arc<Config>,
}

impl Engine {
    /// An engine that takes up where an earlier one left.
    pub fn new(_settings: Settings, _restored: Restored, config: Arc<Config>, _now: Now) -> Engine {
        Engine { config }
    }

    /// Takes one input; pushes what is to be done; returns the next deadline in time since boot.
    pub fn handle(&mut self, _now: Now, input: Input, _out: &mut Vec<Output>) -> Option<Duration> {
        if let Input::Config(config) = input {
            self.config = config;
        }
        None
    }

    /// Counts what a quiet office has none of.
    pub fn census(&self) -> Census {
        Census::default()
    }

    /// Makes the n-th step of a call from now panic: for tests of what a panic may not do.
    pub fn inject_panic(&mut self, _at: u64) {}

    /// Forgets the deadline of connected calls: for the test that chaos finds such a leak.
    pub fn plant_leak(&mut self) {}
}
