//! The INVITE server transaction (RFC 3261 §17.2.1, RFC 6026 §7.1 and §8.5).

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::timers::{Backoff, INVITED_LIMIT, KEEP_RINGING, OWNER_LIMIT, T2, TIMER_H, TIMER_I, TIMER_L};
use super::{Reaction, Report};

/// ```text
///  INVITE: send 100
///      |
///      v       INVITE, once a minute: send the last 1xx;  1xx from the user: send
///   Proceeding ------------------------------------------+
///      |  ^----------------------------------------------+
///      |  nobody answers: report TimedOut, the user must refuse
///      | 2xx: send
///      +--------> Accepted (INVITE: absorbed, ACK: Deliver) ---- L ------------> Terminated
///      | 3xx-6xx: send                                                            ^  ^  ^
///      +--------> Completed (INVITE, G: send again) ---- H: report TimedOut ------+  |  |
///                     | ACK                                                          |  |
///                     +--------> Confirmed (all absorbed) ---- I --------------------+  |
///                                      any: transport lost, report ---------------------+
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteServer {
    is_reliable: bool,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    /// Deadline: [`INVITED_LIMIT`] or [`OWNER_LIMIT`], after which the user must refuse.
    Proceeding {
        provisional: Bytes,
        repeat_at: Option<Duration>,
        limit_at: Duration,
    },
    /// Deadline: Timer H.
    Completed {
        failure: Bytes,
        resend: Option<Backoff>,
        give_up_at: Duration,
    },
    /// Deadline: Timer I.
    Confirmed {
        until: Duration,
    },
    /// Deadline: Timer L.
    Accepted {
        until: Duration,
    },
    Terminated,
}

/// What can happen to an [`InviteServer`].
#[derive(Clone, Debug)]
pub enum InviteServerEvent {
    /// The INVITE came again.
    Request,
    /// The user sends a response 101 to 199.
    Provisional(Bytes),
    /// The user sends a response 200 to 299, and repeats it on its own (§13.3.1.4).
    Success(Bytes),
    /// The user sends a response 300 to 699.
    Failure(Bytes),
    /// An ACK of this transaction.
    Ack,
    /// Time has passed.
    Clock,
    /// The connection is gone.
    TransportLost,
}

impl InviteServer {
    /// Starts with the 100 that is sent at once: phones retransmit after 500 ms otherwise.
    pub fn start(now: Duration, trying: Bytes, is_reliable: bool) -> (InviteServer, Reaction) {
        InviteServer::start_with_limit(now + INVITED_LIMIT, trying, is_reliable)
    }

    /// The same for a re-INVITE, which no person has to answer: it may wait for [`OWNER_LIMIT`] only.
    pub fn start_within_dialog(now: Duration, trying: Bytes, is_reliable: bool) -> (InviteServer, Reaction) {
        InviteServer::start_with_limit(now + OWNER_LIMIT, trying, is_reliable)
    }

    fn start_with_limit(limit_at: Duration, trying: Bytes, is_reliable: bool) -> (InviteServer, Reaction) {
        let reaction = Reaction::send(trying.clone());
        let state = State::Proceeding { provisional: trying, repeat_at: None, limit_at };
        (InviteServer { is_reliable, state }, reaction)
    }

    /// One event.
    pub fn on(&mut self, now: Duration, event: InviteServerEvent) -> Reaction {
        use InviteServerEvent as Event;
        match (&mut self.state, event) {
            (State::Proceeding { provisional, .. }, Event::Request) => Reaction::send(provisional.clone()),
            (State::Proceeding { provisional, repeat_at, .. }, Event::Provisional(bytes)) => {
                *provisional = bytes.clone();
                *repeat_at = Some(now + KEEP_RINGING);
                Reaction::send(bytes)
            }
            (State::Proceeding { .. }, Event::Success(bytes)) => {
                self.state = State::Accepted { until: now + TIMER_L };
                Reaction::send(bytes)
            }
            (State::Proceeding { .. }, Event::Failure(bytes)) => {
                let resend = (!self.is_reliable).then(|| Backoff::start(now));
                self.state = State::Completed { failure: bytes.clone(), resend, give_up_at: now + TIMER_H };
                Reaction::send(bytes)
            }
            (State::Proceeding { limit_at, .. }, Event::Clock) if *limit_at <= now => {
                // The user refuses at once; should it not, it is asked again.
                *limit_at = now + TIMER_H;
                Reaction::report(Report::TimedOut)
            }
            (State::Proceeding { provisional, repeat_at: Some(at), .. }, Event::Clock) if *at <= now => {
                *at = now + KEEP_RINGING;
                Reaction::send(provisional.clone())
            }
            (State::Completed { failure, .. }, Event::Request) => Reaction::send(failure.clone()),
            (State::Completed { .. }, Event::Ack) => {
                let linger = if self.is_reliable { Duration::ZERO } else { TIMER_I };
                self.state = State::Confirmed { until: now + linger };
                Reaction::NONE
            }
            (State::Completed { give_up_at, .. }, Event::Clock) if *give_up_at <= now => {
                self.end_with(Report::TimedOut)
            }
            (State::Completed { failure, resend: Some(resend), .. }, Event::Clock) if resend.is_due(now) => {
                resend.double(now, T2);
                Reaction::send(failure.clone())
            }
            (State::Accepted { .. }, Event::Ack) => Reaction::report(Report::Deliver),
            (State::Accepted { until } | State::Confirmed { until }, Event::Clock) if *until <= now => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            (State::Proceeding { .. }, Event::TransportLost) => self.end_with(Report::TransportLost),
            (_, Event::TransportLost) => {
                self.state = State::Terminated;
                Reaction::NONE
            }
            // Retransmitted INVITEs and ACKs of a finished transaction, responses after the final one, an early clock.
            _ => Reaction::NONE,
        }
    }

    /// When the machine wants the clock; `None` once it is over.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Proceeding { repeat_at, limit_at, .. } => {
                Some(repeat_at.map_or(*limit_at, |repeat_at| repeat_at.min(*limit_at)))
            }
            State::Completed { resend, give_up_at, .. } => {
                Some(resend.map_or(*give_up_at, |resend| resend.at.min(*give_up_at)))
            }
            State::Accepted { until } | State::Confirmed { until } => Some(*until),
            State::Terminated => None,
        }
    }

    /// Whether the user still owes a final response.
    pub fn is_proceeding(&self) -> bool {
        matches!(self.state, State::Proceeding { .. })
    }

    fn end_with(&mut self, report: Report) -> Reaction {
        self.state = State::Terminated;
        Reaction::report(report)
    }
}
