//! A call that the box makes by one trunk alone, to see whether it works (F162).
//!
//! What the user sees: an administrator gives a number; within half a minute the trunk says in words what came of it.
//! Config: the office's permissions and toll guard hold as for any call; numbers that call for help are never called.
//! Steps: call, at each of the trunk's addresses until one takes it -> answered: send back what is heard, and listen -> hang up.
//!
//! ```text
//!   Asked --a word--> Rings --answered--> Listens --LISTENS, hung up--> over
//!    ^ |                 |
//!    | +-----------------+--refused, FIRST_WORD, RINGS, failed---------> over
//!    +-- another address --+ (FIRST_WORD, or refused as a line does)
//! ```
//!
//! Deadlines: `CallTimer::Step` in each.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use config::{Class, Permission};
use sip::diversion::Diversions;
use sip::event::Event;

use crate::cx::Cx;
use crate::events::{Cause, Ending, Happened};
use crate::features::ring::FIRST_WORD_OUTSIDE;
use crate::ids::CallId;
use crate::input::MediaEvent;
use crate::leg::{Behalf, Goodbye, Leg, LegEvent};
use crate::route::{Dialled, OutsideCall, normalise};
use crate::tested::{Test, Tested, Untested, Wanted};
use crate::timers::CallTimer;
use crate::trunks::{Unusable, trouble_of};

/// How long the called phone may ring: somebody stands beside it, or a machine answers.
pub const RINGS: Duration = Duration::from_secs(25);

/// How long it is listened after the answer: the called party is at the phone and has said a word, and a line that costs by the
/// minute costs one.
pub const LISTENS: Duration = Duration::from_secs(5);

/// One test call.
#[derive(Clone, Debug)]
pub struct TestCall {
    id: CallId,
    call: OutsideCall,
    leg: Leg,
    /// The trunk's addresses that were not tried yet.
    rest: VecDeque<SocketAddr>,
    began: Duration,
    /// When the address was called that is tried now.
    asked: Duration,
    /// From then to the trunk's first word.
    round_trip: Option<Duration>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asked,
    Rings { rang: bool },
    Listens { since: Duration, heard: bool },
}

impl TestCall {
    /// Calls, as [`Cx::may_test`] has permitted. `None` where it was over at once: then it is told what came of it.
    pub fn begin(id: CallId, (call, by): (OutsideCall, &str), cx: &mut Cx) -> Option<TestCall> {
        let (began, revision) = (cx.now.since_boot, cx.config.revision());
        let from = if call.extension.is_empty() { by.to_owned() } else { call.extension.clone() };
        let (phone, source, dialled) = (String::new(), String::new(), call.number.clone());
        cx.log(id, Happened::Asked { from, name: String::new(), phone, dialled, source, revision });
        cx.log(id, Happened::Testing { trunk: call.trunk.clone(), by: by.to_owned() });
        let test = Test { call: id, number: call.number.clone(), at: cx.now.wall, outcome: None };
        cx.trunks.tests.insert(call.trunk.clone(), test);
        let mut rest = cx.trunks.lines.get(&call.trunk).map(|line| line.addresses.clone()).unwrap_or_default().into();
        match call_next(id, &call, &mut rest, cx) {
            Ok(leg) => {
                Some(TestCall { id, call, leg, rest, began, asked: began, round_trip: None, state: State::Asked })
            }
            Err(cause) => {
                cx.tested(id, &call, Tested::Failed { cause });
                None
            }
        }
    }

    /// The address that was tried did not take the call: the next, as any call has it, or this was the last.
    fn tries_next(&mut self, outcome: Tested, cx: &mut Cx) -> bool {
        if self.rest.is_empty() {
            return self.over(outcome, cx);
        }
        self.leg.leave(Goodbye::Unanswered, cx);
        match call_next(self.id, &self.call, &mut self.rest, cx) {
            Ok(leg) => {
                self.leg = leg;
                (self.asked, self.round_trip, self.state) = (cx.now.since_boot, None, State::Asked);
                true
            }
            Err(cause) => self.over(Tested::Failed { cause }, cx),
        }
    }

    /// Something happened in the dialog of its leg. False when it is over.
    pub fn on_sip(&mut self, event: Event, cx: &mut Cx) -> bool {
        let Some(event) = self.leg.on_sip(event, cx) else { return true };
        if !matches!(event, LegEvent::Lost | LegEvent::Failed(_)) {
            let now = cx.now.since_boot;
            self.round_trip.get_or_insert(now.saturating_sub(self.asked));
        }
        self.on(event, cx)
    }

    /// The media threads report of its leg. False when it is over.
    pub fn on_media(&mut self, event: &MediaEvent, cx: &mut Cx) -> bool {
        match (event, &mut self.state) {
            (MediaEvent::Quality { quality, .. }, State::Listens { heard, .. }) => {
                *heard |= quality.received > 0;
                true
            }
            (MediaEvent::Failed { .. }, _) => self.over(Tested::Failed { cause: Cause::NoPort }, cx),
            _ => true,
        }
    }

    /// A deadline passed. False when it is over.
    pub fn on_timer(&mut self, cx: &mut Cx) -> bool {
        let outcome = self.so_far(cx.now.since_boot);
        if self.state == State::Asked { self.tries_next(outcome, cx) } else { self.over(outcome, cx) }
    }

    /// Ends it from outside.
    pub fn end(mut self, cause: Cause, cx: &mut Cx) {
        self.over(Tested::Failed { cause }, cx);
    }

    /// The state in one word, for people.
    pub fn state_word(&self) -> &'static str {
        if matches!(self.state, State::Listens { .. }) { "talking" } else { "ringing" }
    }

    /// What is called, by which trunk, and on whose behalf.
    pub fn call(&self) -> &OutsideCall {
        &self.call
    }

    fn on(&mut self, event: LegEvent, cx: &mut Cx) -> bool {
        let now = cx.now.since_boot;
        match (self.state, event) {
            (State::Asked, LegEvent::Trying) => self.rings(false, cx),
            (State::Asked | State::Rings { rang: false }, LegEvent::Ringing { .. }) => {
                cx.log(self.id, Happened::Rang { leg: self.leg.id });
                self.rings(true, cx)
            }
            (State::Asked | State::Rings { .. }, LegEvent::Answered) => {
                // Whoever answers hears that both ways work.
                cx.echo(self.leg.id);
                let codec = self.leg.codec().map(|codec| codec.encoding_name().to_owned()).unwrap_or_default();
                cx.log(self.id, Happened::Answered { leg: self.leg.id, codec, is_caller: false });
                cx.set_timer(self.id, CallTimer::Step, LISTENS);
                self.state = State::Listens { since: now, heard: false };
                true
            }
            (State::Asked | State::Rings { .. }, LegEvent::Declined { status, .. }) => {
                cx.log(self.id, Happened::Refused { leg: self.leg.id, status });
                // 408 is what the stack says of who never said anything (RFC 3261 §8.1.3.1).
                let is_silence = status == 408 && self.state == State::Asked;
                let round_trip_ms = millis(self.round_trip.unwrap_or_default());
                let refused = Tested::Refused { status, round_trip_ms };
                let outcome = if is_silence { Tested::Silent } else { refused };
                if trouble_of(status).is_some() { self.tries_next(outcome, cx) } else { self.over(outcome, cx) }
            }
            (State::Listens { .. }, LegEvent::HungUp | LegEvent::Lost) => {
                let outcome = self.so_far(now);
                self.over(outcome, cx)
            }
            (_, LegEvent::Failed(cause)) => self.over(Tested::Failed { cause }, cx),
            (_, LegEvent::HungUp | LegEvent::Lost) => self.over(Tested::Failed { cause: Cause::PartyLost }, cx),
            _ => true,
        }
    }

    fn rings(&mut self, rang: bool, cx: &mut Cx) -> bool {
        if self.state == State::Asked {
            cx.set_timer(self.id, CallTimer::Step, RINGS);
        }
        self.state = State::Rings { rang };
        true
    }

    /// What it comes to when it ends now.
    fn so_far(&self, now: Duration) -> Tested {
        match self.state {
            State::Asked => Tested::Silent,
            State::Rings { rang } => Tested::Unanswered { after_ms: millis(now.saturating_sub(self.began)), rang },
            State::Listens { since, heard } => Tested::Answered {
                after_ms: millis(since.saturating_sub(self.began)),
                listened_ms: millis(now.saturating_sub(since)),
                heard,
                round_trip_ms: millis(self.round_trip.unwrap_or_default()),
            },
        }
    }

    fn over(&mut self, outcome: Tested, cx: &mut Cx) -> bool {
        self.leg.leave(Goodbye::Normal, cx);
        cx.tested(self.id, &self.call, outcome);
        false
    }
}

/// Calls at the next address; the error: there is none, or a limit is reached.
fn call_next(id: CallId, call: &OutsideCall, rest: &mut VecDeque<SocketAddr>, cx: &mut Cx) -> Result<Leg, Cause> {
    let at = rest.pop_front().ok_or(Cause::NoLine)?;
    let diverted = Diversions::default();
    let behalf = Behalf::of_box(id, &call.extension, &diverted);
    let dialled = Dialled {
        user: String::new(),
        extension: call.extension.clone(),
        number: call.number.clone(),
        diverted_by: None,
    };
    let leg = cx.call_outside(call, at, &dialled, &behalf)?;
    cx.set_timer(id, CallTimer::Step, FIRST_WORD_OUTSIDE);
    Ok(leg)
}

impl Cx {
    /// Whom a test call is to call, if it may.
    pub(crate) fn may_test(&mut self, wanted: &Wanted) -> Result<OutsideCall, Untested> {
        let config = self.config.clone();
        let trunk = config.trunk(&wanted.trunk).filter(|trunk| trunk.enabled).ok_or(Untested::NoSuchTrunk)?;
        if self.trunks.tests.get(&trunk.name).is_some_and(|test| test.outcome.is_none()) {
            return Err(Untested::Running);
        }
        let own = trunk.caller_number.clone().or_else(|| config.numbers().next().map(|own| own.number.clone()));
        let given = wanted.number.as_deref().map(normalise).or(own).or_else(|| trunk.user.clone());
        let given = given.ok_or(Untested::NoNumber)?;
        let number = config.office().in_full(&given);
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'+');
        if !is_number {
            return Err(Untested::NoNumber);
        }
        let class = config.route_of(&number).and_then(|route| route.class);
        let class = class.unwrap_or_else(|| config.office().class_of(&number));
        let extension = wanted.extension.as_deref().and_then(|extension| config.extension(extension));
        let call = OutsideCall {
            trunk: trunk.name.clone(),
            extension: extension.map(|extension| extension.number.to_string()).unwrap_or_default(),
            is_emergency: false,
            number,
        };
        // Whichever way it is written: a carrier reads it in its own.
        let national = config.office().as_national(&call.number);
        let short = national.trim_start_matches('0').to_owned();
        let forms = [given, call.number.clone(), national, short, self.written_for(trunk, &call)];
        if class == Class::Emergency || forms.iter().any(|form| config.is_emergency(form)) {
            return Err(Untested::Emergency);
        }
        let permission = extension.map_or(Permission::National, |extension| extension.permission);
        if !permission.covers(class) {
            return Err(Untested::NotPermitted(class));
        }
        let time = self.now.wall.to_zoned(config.office().time_zone.clone()).time();
        let is_night = config.toll_of(&call.extension).night.is_some_and(|night| night.covers(time));
        if is_night && class >= Class::International || self.judge_toll(None, &call).is_err() {
            return Err(Untested::TollGuard);
        }
        match self.may_use(&call) {
            Err(Unusable::Full) => Err(Untested::Full),
            // Why it is down is what the test may tell.
            Err(Unusable::Down) if !self.is_found(&call.trunk) => Err(Untested::NoAddress),
            Err(Unusable::Down) | Ok(_) => Ok(call),
        }
    }

    fn is_found(&self, trunk: &str) -> bool {
        self.trunks.lines.get(trunk).is_some_and(|line| !line.addresses.is_empty())
    }

    /// A test call is over: its trunk tells what came of it.
    pub(crate) fn tested(&mut self, id: CallId, call: &OutsideCall, outcome: Tested) {
        if let Some(test) = self.trunks.tests.get_mut(&call.trunk).filter(|test| test.call == id) {
            test.outcome = Some(outcome);
        }
        let cause = match outcome {
            Tested::Answered { .. } => Cause::HungUp,
            Tested::Refused { .. } => Cause::OutsideRefused,
            Tested::Unanswered { .. } => Cause::Unanswered,
            Tested::Silent => Cause::NoLine,
            Tested::Failed { cause } => cause,
        };
        let because = Ending::Tested { trunk: call.trunk.clone(), number: call.number.clone(), tested: outcome };
        self.end_call(id, cause, because);
    }
}

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
