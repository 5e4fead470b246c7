//! The server transaction of every request but INVITE and ACK (RFC 3261 §17.2.2).

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::timers::{OWNER_LIMIT, TIMER_J};
use super::{Reaction, Report};

/// ```text
///  request
///      |
///      v     request: absorbed
///    Trying ------------+      nobody answers: report TimedOut
///      |  ^-------------+  ------------------------------------> Terminated
///      | final from the user: send                                ^   ^
///      v     request: send again                                  |   |
///   Completed ----------+                          J              |   |
///         ^-------------+  ---------------------------------------+   |
///                       any: transport lost ---------------------------+
/// ```
///
/// There is no Proceeding: no provisional response is sent to anything but an INVITE (RFC 4320 §4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    is_reliable: bool,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    /// Deadline: [`OWNER_LIMIT`].
    Trying {
        limit_at: Duration,
    },
    /// Deadline: Timer J.
    Completed {
        response: Bytes,
        until: Duration,
    },
    Terminated,
}

/// What can happen to a [`Server`].
#[derive(Clone, Debug)]
pub enum ServerEvent {
    /// The request came again.
    Request,
    /// The user sends a response 200 to 699.
    Final(Bytes),
    /// Time has passed.
    Clock,
    /// The connection is gone.
    TransportLost,
}

impl Server {
    /// Starts with a request that was delivered.
    pub fn start(now: Duration, is_reliable: bool) -> Server {
        Server { is_reliable, state: State::Trying { limit_at: now + OWNER_LIMIT } }
    }

    /// One event.
    pub fn on(&mut self, now: Duration, event: ServerEvent) -> Reaction {
        use ServerEvent as Event;
        match (&mut self.state, event) {
            (State::Trying { .. }, Event::Final(bytes)) => {
                let linger = if self.is_reliable { Duration::ZERO } else { TIMER_J };
                self.state = State::Completed { response: bytes.clone(), until: now + linger };
                Reaction::send(bytes)
            }
            (State::Trying { limit_at }, Event::Clock) if *limit_at <= now => {
                self.state = State::Terminated;
                Reaction::report(Report::TimedOut)
            }
            (State::Completed { response, .. }, Event::Request) => Reaction::send(response.clone()),
            (State::Completed { until, .. }, Event::Clock) if *until <= now => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            (State::Trying { .. }, Event::TransportLost) => {
                self.state = State::Terminated;
                Reaction::report(Report::TransportLost)
            }
            (State::Completed { .. }, Event::TransportLost) => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            // Retransmissions while the user thinks, a second final response, an early clock.
            _ => Reaction::NONE,
        }
    }

    /// When the machine wants the clock; `None` once it is over.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Trying { limit_at } => Some(*limit_at),
            State::Completed { until, .. } => Some(*until),
            State::Terminated => None,
        }
    }

    /// Whether the user still owes the final response.
    pub fn is_trying(&self) -> bool {
        matches!(self.state, State::Trying { .. })
    }
}
