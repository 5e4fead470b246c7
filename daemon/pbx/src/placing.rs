//! A call that the box begins for somebody: their phones ring, and whoever answers is connected with the number that they want.
//!
//! What the user sees: their phone rings, and says whom it is about; when it is answered, the other phone rings.
//! Feature code: `*66`, when the one who was called is free at last; none, where the page orders it (F77).
//! Config: none; the number is routed as if the phone that answers had dialled it.
//! Steps: every phone of the extension rings, or the one that was chosen -> the first to answer is the caller of a call from here on; nobody does: it is over.
//! RFC 3261 §13.2 (INVITE), §9.1 (CANCEL).
//!
//! ```text
//!   Rings --answered--> a Call
//!     |----refused by all, RINGS_FOR--> over
//! ```
//!
//! Deadline: `CallTimer::Step`.

use std::collections::BTreeMap;
use std::time::Duration;

use log::info;
use sip::event::Event;

use crate::activity::{Activity, Progress};
use crate::cx::Cx;
use crate::events::{Cause, Ending, Happened};
use crate::ids::{CallId, LegId};
use crate::leg::{Goodbye, Leg, LegEvent, words_for};
use crate::placed::{PlaceOrder, Unplaced};
use crate::route::{Act, Dialled, Moment, called_by, normalise, route};
use crate::timers::CallTimer;

/// How long the phones ring: whoever wants the call is waiting for it.
pub const RINGS_FOR: Duration = Duration::from_secs(20);

/// Phones that ring at once.
const LEGS_LIMIT: usize = 32;

/// Phones that ring for a call which the box begins.
#[derive(Clone, Debug)]
pub struct Placing {
    id: CallId,
    /// Whose phones ring.
    pub extension: String,
    /// With which number they are to be connected.
    pub number: String,
    /// Why.
    pub why: Why,
    legs: BTreeMap<LegId, Leg>,
    has_rung: bool,
}

/// Why the box begins a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Whom its caller called in vain is free.
    Completion,
    /// Its caller wants it from the page.
    Order,
}

/// What is to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose phones ring.
    pub extension: String,
    /// Which of them, by their SIP users.
    pub users: Vec<String>,
    /// With which number they are to be connected.
    pub number: String,
    /// Why.
    pub why: Why,
}

/// What comes of an event.
#[derive(Debug)]
pub enum Came {
    /// It rings on.
    Rings,
    /// This phone has answered.
    Answered(Box<Leg>),
    /// It is over.
    Over,
}

impl Placing {
    /// Lets the phones ring. `None` where it was over at once.
    pub fn begin(id: CallId, Wanted { extension, users, number, why }: Wanted, cx: &mut Cx) -> Option<Placing> {
        let (from, dialled) = (extension.clone(), number.clone());
        let (name, phone, source, revision) = (String::new(), String::new(), String::new(), cx.config.revision());
        cx.log(id, Happened::Asked { from, name, phone, dialled, source, revision });
        let (caller, target) = (extension.clone(), number.clone());
        cx.log(
            id,
            match why {
                Why::Completion => Happened::CallsBack { caller, target },
                Why::Order => Happened::Places { caller, target },
            },
        );
        cx.count_call(id, &extension);
        info!("{id}: {extension} is rung to be connected with {number}");
        let shown = shown(&extension, &number, why, cx);
        let mut placing = Placing { id, extension, number, why, legs: BTreeMap::new(), has_rung: false };
        let bindings: Vec<_> = users.into_iter().flat_map(|user| cx.devices_of(&user)).take(LEGS_LIMIT).collect();
        for binding in bindings {
            match Leg::called_by_box(id, (&placing.extension, &placing.number, &shown), &binding, cx) {
                Ok(leg) => drop(placing.legs.insert(leg.id, leg)),
                Err(cause) => {
                    let phone = cx.phone_name(&binding.key.user);
                    cx.log(id, Happened::NotReached { phone, cause });
                }
            }
        }
        if placing.legs.is_empty() {
            placing.over(Cause::Offline, cx);
            return None;
        }
        cx.set_timer(id, CallTimer::Step, RINGS_FOR);
        Some(placing)
    }

    /// Something happened in the dialog of one of the legs.
    pub fn on_sip(&mut self, leg: LegId, event: Event, cx: &mut Cx) -> Came {
        let Some(event) = self.legs.get_mut(&leg).and_then(|own| own.on_sip(event, cx)) else { return Came::Rings };
        match event {
            LegEvent::Ringing { .. } => {
                self.has_rung = true;
                cx.log(self.id, Happened::Rang { leg });
                Came::Rings
            }
            LegEvent::Answered => {
                let Some(winner) = self.legs.remove(&leg) else { return Came::Rings };
                self.leave_all(Goodbye::Elsewhere, cx);
                cx.cancel_timer(self.id, CallTimer::Step);
                Came::Answered(Box::new(winner))
            }
            LegEvent::Declined { status, .. } => {
                cx.log(self.id, Happened::Refused { leg, status });
                let is_declined = status == 603 || status == 486;
                self.is_gone(leg, if is_declined { Cause::Declined } else { Cause::Unanswered }, cx)
            }
            LegEvent::Failed(cause) => self.is_gone(leg, cause, cx),
            LegEvent::HungUp | LegEvent::Lost => self.is_gone(leg, Cause::PartyLost, cx),
            _ => Came::Rings,
        }
    }

    /// The port of a leg could not be opened.
    pub fn on_no_port(&mut self, leg: LegId, cx: &mut Cx) -> Came {
        self.is_gone(leg, Cause::NoPort, cx)
    }

    /// Nobody has answered in time.
    pub fn on_timer(&mut self, cx: &mut Cx) -> Came {
        self.over(Cause::Unanswered, cx);
        Came::Over
    }

    /// Ends it from outside.
    pub fn end(mut self, cause: Cause, cx: &mut Cx) {
        self.over(cause, cx);
    }

    /// What its extension does in it, as lamps show it.
    pub fn activity(&self) -> Activity {
        let progress = if self.has_rung { Progress::Rings } else { Progress::Asked };
        let (extension, other) = (self.extension.clone(), self.number.clone());
        Activity { extension, is_caller: false, progress, other, ringing: None }
    }

    fn is_gone(&mut self, leg: LegId, cause: Cause, cx: &mut Cx) -> Came {
        if let Some(gone) = self.legs.remove(&leg) {
            gone.leave(Goodbye::Normal, cx);
        }
        if !self.legs.is_empty() {
            return Came::Rings;
        }
        self.over(cause, cx);
        Came::Over
    }

    fn leave_all(&mut self, goodbye: Goodbye, cx: &mut Cx) {
        for (_, leg) in std::mem::take(&mut self.legs) {
            leg.leave(goodbye, cx);
        }
    }

    fn over(&mut self, cause: Cause, cx: &mut Cx) {
        let goodbye = if cause == Cause::Unanswered { Goodbye::Unanswered } else { Goodbye::Cause(cause) };
        self.leave_all(goodbye, cx);
        let (extension, number) = (self.extension.clone(), self.number.clone());
        cx.end_call(
            self.id,
            cause,
            match self.why {
                Why::Completion => Ending::CallBack { extension, number },
                Why::Order => Ending::Placed { extension, number },
            },
        );
    }
}

/// What the phones show in the place of the other's name.
fn shown(extension: &str, number: &str, why: Why, cx: &Cx) -> String {
    let name = cx.config.name_for(extension, number).map_or(number, |(name, _)| name).to_owned();
    let words = words_for(extension, cx);
    match why {
        Why::Completion => words.calls_back(&name),
        Why::Order => words.places(&name),
    }
}

impl Cx {
    /// The phones that ring for a call which somebody wants, and what is dialled; or why it is not begun.
    pub(crate) fn may_place(&mut self, order: &PlaceOrder) -> Result<Wanted, Unplaced> {
        let config = self.config.clone();
        let number = normalise(&order.number);
        let own = config.extension(&order.extension).ok_or(Unplaced::NoPhone)?;
        let extension = own.number.to_string();
        if number.is_empty() || number == extension {
            return Err(Unplaced::NoNumber);
        }
        if [number.as_str(), called_by(&config, &number).number].into_iter().any(|number| config.is_emergency(number)) {
            return Err(Unplaced::Emergency);
        }
        let is_chosen = |phone: &&config::Phone| order.phone.as_ref().is_none_or(|name| phone.name == *name);
        let phones = config.phones_of(&extension).filter(is_chosen);
        let users: Vec<String> =
            phones.map(|phone| phone.user.clone()).filter(|user| self.presence.is_reachable(user)).collect();
        let Some(user) = users.first().cloned() else { return Err(Unplaced::NoPhone) };
        let dialled = Dialled { user, extension: extension.clone(), number: number.clone(), diverted_by: None };
        let plan = route(&config, &Moment { wall: self.now.wall }, &self.presence, &dialled);
        match plan.steps.first().map(|step| &step.act) {
            Some(Act::Reject(cause)) => {
                let why = plan.steps[0].because.last().cloned();
                self.note_barred(&plan.steps[0], &number);
                return Err(Unplaced::Refused { cause: *cause, why });
            }
            // Whoever answers may be asked for a code or an account first.
            Some(Act::Outside(_) | Act::Authorize(_) | Act::Charge(_)) => {
                let judged =
                    plan.steps.iter().find_map(|step| step.act.outside()).map(|call| self.judge_toll(None, call));
                if let Some(Err(why)) = judged {
                    self.toll_refused(&extension, &number, why);
                    return Err(Unplaced::Barred { extension, why });
                }
            }
            _ => {}
        }
        Ok(Wanted { extension, users, number, why: Why::Order })
    }
}
