//! A call that the box begins for somebody: their phones ring, and whoever answers is connected with the number that they want.
//!
//! What the user sees: their phone rings, and says whom it is about; when it is answered, the other phone rings.
//! Feature code: `*66`, when the one who was called is free at last.
//! Config: none; the number is routed as if the phone that answers had dialled it.
//! Steps: every phone of the extension rings -> the first to answer is the caller of a call from here on; nobody does: it is over.
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
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::timers::CallTimer;

/// How long the phones ring: whoever wants the call is waiting for it.
pub const RINGS_FOR: Duration = Duration::from_secs(20);

/// Phones that ring at once.
const LEGS_LIMIT: usize = 32;

/// Phones that ring for a call which the box begins.
#[derive(Clone, Debug)]
pub struct CallBack {
    id: CallId,
    /// Whose phones ring.
    pub extension: String,
    /// With which number they are to be connected.
    pub number: String,
    legs: BTreeMap<LegId, Leg>,
    has_rung: bool,
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

impl CallBack {
    /// Lets the phones ring. `None` where it was over at once.
    pub fn begin(id: CallId, (extension, number): (String, String), cx: &mut Cx) -> Option<CallBack> {
        let (from, dialled) = (extension.clone(), number.clone());
        let (name, phone, source, revision) = (String::new(), String::new(), String::new(), cx.config.revision());
        cx.log(id, Happened::Asked { from, name, phone, dialled, source, revision });
        cx.log(id, Happened::CallsBack { caller: extension.clone(), target: number.clone() });
        cx.count_call(id, &extension);
        info!("{id}: {extension} is called back for {number}");
        let mut back = CallBack { id, extension, number, legs: BTreeMap::new(), has_rung: false };
        let config = cx.config.clone();
        let users = config.phones_of(&back.extension).map(|phone| phone.user.clone());
        let bindings: Vec<_> = users.flat_map(|user| cx.devices_of(&user)).take(LEGS_LIMIT).collect();
        for binding in bindings {
            match Leg::called_by_box(id, (&back.extension, &back.number), &binding, cx) {
                Ok(leg) => drop(back.legs.insert(leg.id, leg)),
                Err(cause) => {
                    let phone = cx.phone_name(&binding.key.user);
                    cx.log(id, Happened::NotReached { phone, cause });
                }
            }
        }
        if back.legs.is_empty() {
            back.over(Cause::Offline, cx);
            return None;
        }
        cx.set_timer(id, CallTimer::Step, RINGS_FOR);
        Some(back)
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
        let because = Ending::CallBack { extension: self.extension.clone(), number: self.number.clone() };
        cx.end_call(self.id, cause, because);
    }
}
