//! The INVITE client transaction (RFC 3261 §17.1.1, RFC 6026 §7.2 and §8.4).

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::timers::{Backoff, TIMER_B, TIMER_C, TIMER_D, TIMER_M};
use super::{Reaction, Report};

/// ```text
///  send INVITE
///      |
///      v        A: send INVITE           B: report TimedOut
///   Calling ---------------------+  -------------------------> Terminated
///      |  ^----------------------+                                ^ ^ ^ ^
///      | 1xx: Deliver                                             | | | |
///      v                                  C or cancelled 64*T1    | | | |
///   Proceeding ------------------------------ report TimedOut ----+ | | |
///      |  2xx: Deliver (from both)                                  | | |
///      +-----------------> Accepted (2xx: Deliver) ---- M ----------+ | |
///      |  3xx-6xx: Deliver, send ACK (from both)                      | |
///      +-----------------> Completed (3xx-6xx: send ACK) -- D --------+ |
///                              any: transport lost, report -------------+
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteClient {
    request: Bytes,
    is_reliable: bool,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    /// Deadline: Timer B.
    Calling {
        resend: Option<Backoff>,
        give_up_at: Duration,
    },
    /// Deadline: Timer C, or 64*T1 once cancelled.
    Proceeding {
        give_up_at: Duration,
        is_cancelled: bool,
    },
    /// Deadline: Timer M.
    Accepted {
        until: Duration,
    },
    /// Deadline: Timer D.
    Completed {
        ack: Bytes,
        until: Duration,
    },
    Terminated,
}

/// What can happen to an [`InviteClient`].
#[derive(Clone, Debug)]
pub enum InviteClientEvent {
    /// A response 100 to 199.
    Provisional,
    /// A response 200 to 299.
    Success,
    /// A response 300 to 699, with the ACK to it (§17.1.1.3).
    Failure(Bytes),
    /// A CANCEL was sent: no more patience than 64*T1 (§9.1).
    Cancelled,
    /// Time has passed.
    Clock,
    /// The connection is gone.
    TransportLost,
}

impl InviteClient {
    /// Starts with the INVITE; the first reaction sends it.
    pub fn start(now: Duration, request: Bytes, is_reliable: bool) -> (InviteClient, Reaction) {
        let resend = (!is_reliable).then(|| Backoff::start(now));
        let state = State::Calling { resend, give_up_at: now + TIMER_B };
        let reaction = Reaction::send(request.clone());
        (InviteClient { request, is_reliable, state }, reaction)
    }

    /// One event.
    pub fn on(&mut self, now: Duration, event: InviteClientEvent) -> Reaction {
        use InviteClientEvent as Event;
        match (&mut self.state, event) {
            (State::Calling { give_up_at, .. }, Event::Clock) if *give_up_at <= now => self.end_with(Report::TimedOut),
            (State::Calling { resend: Some(resend), .. }, Event::Clock) if resend.is_due(now) => {
                // Timer A has no upper bound but Timer B.
                resend.double(now, TIMER_B);
                Reaction::send(self.request.clone())
            }
            (State::Calling { .. }, Event::Provisional) => {
                self.state = State::Proceeding { give_up_at: now + TIMER_C, is_cancelled: false };
                Reaction::report(Report::Deliver)
            }
            (State::Proceeding { give_up_at, is_cancelled }, Event::Provisional) => {
                if !*is_cancelled {
                    *give_up_at = now + TIMER_C;
                }
                Reaction::report(Report::Deliver)
            }
            (State::Proceeding { give_up_at, is_cancelled }, Event::Cancelled) => {
                *give_up_at = now + TIMER_B;
                *is_cancelled = true;
                Reaction::NONE
            }
            (State::Proceeding { give_up_at, .. }, Event::Clock) if *give_up_at <= now => {
                self.end_with(Report::TimedOut)
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::Success) => {
                self.state = State::Accepted { until: now + TIMER_M };
                Reaction::report(Report::Deliver)
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::Failure(ack)) => {
                let linger = if self.is_reliable { Duration::ZERO } else { TIMER_D };
                self.state = State::Completed { ack: ack.clone(), until: now + linger };
                Reaction { send: Some(ack), report: Some(Report::Deliver) }
            }
            // Each 2xx is for the user, who answers it with its ACK again (RFC 6026 §7.2).
            (State::Accepted { .. }, Event::Success) => Reaction::report(Report::Deliver),
            (State::Completed { ack, .. }, Event::Failure(_)) => Reaction::send(ack.clone()),
            (State::Accepted { until } | State::Completed { until, .. }, Event::Clock) if *until <= now => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::TransportLost) => {
                self.end_with(Report::TransportLost)
            }
            (State::Accepted { .. } | State::Completed { .. }, Event::TransportLost) => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            // Late provisionals, a second kind of final response, a clock that is early.
            _ => Reaction::NONE,
        }
    }

    /// When the machine wants the clock; `None` once it is over.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Calling { resend, give_up_at } => {
                Some(resend.map_or(*give_up_at, |resend| resend.at.min(*give_up_at)))
            }
            State::Proceeding { give_up_at, .. } => Some(*give_up_at),
            State::Accepted { until } | State::Completed { until, .. } => Some(*until),
            State::Terminated => None,
        }
    }

    /// Whether no response has come yet, so that a CANCEL must wait (§9.1).
    pub fn is_calling(&self) -> bool {
        matches!(self.state, State::Calling { .. })
    }

    /// Whether no final response has come yet.
    pub fn is_waiting(&self) -> bool {
        matches!(self.state, State::Calling { .. } | State::Proceeding { .. })
    }

    fn end_with(&mut self, report: Report) -> Reaction {
        self.state = State::Terminated;
        Reaction::report(report)
    }
}
