//! What rings together with others, from a start of its own to an end of its own.
//!
//! Feature code: none.
//! Config: `extension.ring_s`; `also` of an answering rule, with its delay; the list of Follow Me, with its times.
//! Steps: as below. RFC 3261 §16.7 (several are called, one is chosen).
//!
//! ```text
//!   Waits --its start, or nothing else rings--> Silent --a word--> Rings --its end--> Ended
//! ```
//!
//! Deadlines: the start, the first word, the end. Whoever has answered and is being asked has one of their own.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::alerting::Alert;
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::ids::LegId;
use crate::leg::{Called, Leg};
use crate::registrar::BindingKey;
use crate::route::{self, Asks, Rings};

use super::super::Next;

/// How many legs ring at once: ten phones with a few bindings each; more would only serve an attacker.
pub const LEGS_LIMIT: usize = 32;

/// How long all that is called may say nothing at all, not even that it tries: the first INVITE and three repetitions of it are
/// lost then (RFC 3261 §17.1.1.2), or nobody is there.
pub const FIRST_WORD: Duration = Duration::from_secs(4);

/// The same of a number outside, where another way may wait: two repetitions are lost then. Carriers say at once that they try.
pub const FIRST_WORD_OUTSIDE: Duration = Duration::from_millis(2_500);

/// When one that waits for its turn begins at the latest after its start: ten numbers that ring for a minute each, and whoever
/// answers is asked for as long. Those before it are over by then.
const TURN_WITHIN: Duration = Duration::from_secs(20 * 60);

/// How long a number outside may ring: carriers give up earlier.
pub const RINGS_OUTSIDE: Duration = Duration::from_secs(120);

/// What rings from a start to an end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Strand {
    what: What,
    /// In whose place whoever answers does so.
    pub(super) instead_of: Option<String>,
    /// What whoever answers is asked first.
    pub(super) asks: Option<Asks>,
    pub(super) phase: Phase,
    /// How long it may ring from the first word on.
    rings_for: Duration,
    /// When it is over at the latest, since the start of the box.
    latest: Option<Duration>,
    pub(super) legs: BTreeSet<LegId>,
}

/// How far it is; moments are since the start of the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    Waits {
        until: Duration,
    },
    Silent {
        until: Duration,
    },
    Rings {
        until: Duration,
    },
    /// Nothing of it begins to ring any more.
    Ended,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum What {
    Phones { extension: String, users: Vec<String> },
    Number(Line),
}

/// What came of a beginning.
#[derive(Debug, Default)]
pub(super) struct Begun {
    /// The legs that are called.
    pub(super) legs: Vec<Leg>,
    /// The device of each that is a phone's.
    pub(super) devices: Vec<(LegId, BindingKey)>,
    /// Why there are none, of a number outside.
    pub(super) why: Option<Next>,
    /// Whether the ports ran out.
    pub(super) is_overloaded: bool,
}

impl Strand {
    /// Phones of an extension, which ring at once.
    pub(super) fn phones(ring: &route::Ring, rings_for: Duration, now: Duration) -> Strand {
        Strand {
            what: What::Phones { extension: ring.extension.clone(), users: ring.users.clone() },
            instead_of: None,
            asks: ring.asks,
            phase: Phase::Waits { until: now },
            rings_for,
            latest: None,
            legs: BTreeSet::new(),
        }
    }

    /// A number outside that is called at once.
    pub(super) fn number(line: Line, now: Duration) -> Strand {
        Strand {
            what: What::Number(line),
            instead_of: None,
            asks: None,
            phase: Phase::Waits { until: now },
            rings_for: RINGS_OUTSIDE,
            latest: None,
            legs: BTreeSet::new(),
        }
    }

    /// What rings besides the phones of this step, which began now and ring for so long.
    pub(super) fn beside(
        of: &route::Strand,
        ring: &route::Ring,
        dialled: &route::Dialled,
        (rings_for, now): (Duration, Duration),
    ) -> Strand {
        let what = match &of.rings {
            Rings::Phones { extension, users } => What::Phones { extension: extension.clone(), users: users.clone() },
            Rings::Number(calls) => What::Number(Line::new(calls.clone(), dialled)),
        };
        let turn = if of.in_turn { TURN_WITHIN } else { Duration::ZERO };
        Strand {
            what,
            instead_of: of.is_deputy.then(|| ring.extension.clone()),
            asks: of.asks,
            phase: Phase::Waits { until: now + Duration::from_secs(of.after_s.into()) + turn },
            rings_for: of.for_s.map_or(rings_for, |for_s| Duration::from_secs(for_s.into())),
            latest: of.for_s.is_none().then_some(now + rings_for),
            legs: BTreeSet::new(),
        }
    }

    /// Whether it is a number outside.
    pub(super) fn line(&mut self) -> Option<&mut Line> {
        match &mut self.what {
            What::Number(line) => Some(line),
            What::Phones { .. } => None,
        }
    }

    /// Whose phones they are; `None` for a number outside.
    pub(super) fn extension(&self) -> Option<&str> {
        match &self.what {
            What::Phones { extension, .. } => Some(extension),
            What::Number(_) => None,
        }
    }

    /// Whether it has ended and nobody of it is being asked.
    pub(super) fn is_over(&self) -> bool {
        self.phase == Phase::Ended && self.legs.is_empty()
    }

    /// How its phones make themselves heard where those of the step do so.
    pub(super) fn alert(&self, alert: Alert) -> Alert {
        if self.instead_of.is_some() { Alert::Diverted } else { alert }
    }

    /// When something is due.
    pub(super) fn due(&self) -> Option<Duration> {
        match self.phase {
            Phase::Waits { until } | Phase::Silent { until } | Phase::Rings { until } => Some(until),
            Phase::Ended => None,
        }
    }

    /// Calls whom it is of, beside so many legs that ring already.
    pub(super) fn begin(&mut self, ringing: usize, alert: Alert, caller: &mut Leg, cx: &mut Cx) -> Begun {
        let mut begun = Begun::default();
        let alert = self.alert(alert);
        let instead_of = self.instead_of.as_deref();
        match &mut self.what {
            What::Phones { extension, users } => {
                let bindings: Vec<_> = users.iter().flat_map(|user| cx.devices_of(user)).collect();
                for binding in bindings.into_iter().take(LEGS_LIMIT.saturating_sub(ringing)) {
                    let phone = cx.phone_name(&binding.key.user);
                    if cx.reach.is_silent(&binding.key) {
                        cx.log(caller.call, Happened::NotReached { phone, cause: Cause::Offline });
                        continue;
                    }
                    match Leg::callee(caller, &Called { extension, instead_of, binding: &binding, alert }, cx) {
                        Ok(leg) => {
                            begun.devices.push((leg.id, binding.key));
                            begun.legs.push(leg);
                        }
                        Err(cause) => {
                            begun.is_overloaded |= cause == Cause::Overload;
                            cx.log(caller.call, Happened::NotReached { phone, cause });
                        }
                    }
                }
            }
            What::Number(line) => match line.call_next(caller, cx) {
                Ok(leg) => begun.legs.push(leg),
                Err(why) => begun.why = Some(why),
            },
        }
        self.legs.extend(begun.legs.iter().map(|leg| leg.id));
        let first_word = if matches!(self.what, What::Number(_)) { FIRST_WORD_OUTSIDE } else { FIRST_WORD };
        self.phase = match begun.legs.is_empty() {
            true => Phase::Ended,
            false => Phase::Silent { until: cx.now.since_boot + first_word },
        };
        begun
    }

    /// Another way to the number is tried.
    pub(super) fn begins_again(&mut self, leg: LegId, now: Duration) {
        self.legs.insert(leg);
        self.phase = Phase::Silent { until: now + FIRST_WORD_OUTSIDE };
    }

    /// Somebody has said something: from here on the called party has its time.
    pub(super) fn has_spoken(&mut self, now: Duration) {
        if let Phase::Silent { .. } = self.phase {
            let until = now + self.rings_for;
            self.phase = Phase::Rings { until: self.latest.map_or(until, |latest| latest.min(until)) };
        }
    }
}
