//! The client transaction of every request but INVITE and ACK (RFC 3261 §17.1.2).

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::timers::{Backoff, T2, TIMER_F, TIMER_K};
use super::{Reaction, Report};

/// ```text
///  send request
///      |
///      v     E (T1, doubled up to T2): send again
///    Trying ------------+
///      |  ^-------------+                  F: report TimedOut
///      | 1xx: Deliver      ---------------------------------------> Terminated
///      v     E (T2): send again                                      ^ ^
///   Proceeding ---------+                  F: report TimedOut        | |
///      |  ^-------------+  ------------------------------------------+ |
///      | 2xx-6xx: Deliver (from both)                                  |
///      +----------> Completed (all absorbed) ---- K -------------------+
///                      any: transport lost, report --------------------+
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    request: Bytes,
    is_reliable: bool,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    /// Deadline: Timer F.
    Trying {
        resend: Option<Backoff>,
        give_up_at: Duration,
    },
    /// Deadline: Timer F.
    Proceeding {
        resend: Option<Backoff>,
        give_up_at: Duration,
    },
    /// Deadline: Timer K.
    Completed {
        until: Duration,
    },
    Terminated,
}

/// What can happen to a [`Client`].
#[derive(Clone, Copy, Debug)]
pub enum ClientEvent {
    /// A response 100 to 199.
    Provisional,
    /// A response 200 to 699.
    Final,
    /// Time has passed.
    Clock,
    /// The connection is gone.
    TransportLost,
}

impl Client {
    /// Starts with the request; the first reaction sends it.
    pub fn start(now: Duration, request: Bytes, is_reliable: bool) -> (Client, Reaction) {
        let resend = (!is_reliable).then(|| Backoff::start(now));
        let state = State::Trying { resend, give_up_at: now + TIMER_F };
        let reaction = Reaction::send(request.clone());
        (Client { request, is_reliable, state }, reaction)
    }

    /// One event.
    pub fn on(&mut self, now: Duration, event: ClientEvent) -> Reaction {
        use ClientEvent as Event;
        match (&mut self.state, event) {
            (State::Trying { give_up_at, .. } | State::Proceeding { give_up_at, .. }, Event::Clock)
                if *give_up_at <= now =>
            {
                self.end_with(Report::TimedOut)
            }
            (State::Trying { resend: Some(resend), .. }, Event::Clock) if resend.is_due(now) => {
                resend.double(now, T2);
                Reaction::send(self.request.clone())
            }
            (State::Proceeding { resend: Some(resend), .. }, Event::Clock) if resend.is_due(now) => {
                *resend = Backoff { at: now + T2, interval: T2 };
                Reaction::send(self.request.clone())
            }
            (State::Trying { resend, give_up_at }, Event::Provisional) => {
                // The timer that runs is not restarted; the next interval is T2 (§17.1.2.2).
                self.state = State::Proceeding { resend: *resend, give_up_at: *give_up_at };
                Reaction::report(Report::Deliver)
            }
            (State::Proceeding { .. }, Event::Provisional) => Reaction::report(Report::Deliver),
            (State::Trying { .. } | State::Proceeding { .. }, Event::Final) => {
                let linger = if self.is_reliable { Duration::ZERO } else { TIMER_K };
                self.state = State::Completed { until: now + linger };
                Reaction::report(Report::Deliver)
            }
            (State::Completed { until }, Event::Clock) if *until <= now => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            (State::Trying { .. } | State::Proceeding { .. }, Event::TransportLost) => {
                self.end_with(Report::TransportLost)
            }
            (State::Completed { .. }, Event::TransportLost) => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            // Retransmitted responses, an early clock.
            _ => Reaction::NONE,
        }
    }

    /// When the machine wants the clock; `None` once it is over.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Trying { resend, give_up_at } | State::Proceeding { resend, give_up_at } => {
                Some(resend.map_or(*give_up_at, |resend| resend.at.min(*give_up_at)))
            }
            State::Completed { until } => Some(*until),
            State::Terminated => None,
        }
    }

    fn end_with(&mut self, report: Report) -> Reaction {
        self.state = State::Terminated;
        Reaction::report(report)
    }
}
