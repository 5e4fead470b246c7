//! A call: its caller, its plan, and the feature that holds it now.
//!
//! ```text
//!   begin --> route --> Ringing --answered--> Talking --+
//!               |          |  \                          |
//!               |          |   next step of the plan     +--> over
//!               +--> InApp: the box itself has the    |
//!               |    caller (an announcement, a code,   |
//!               |    a mailbox); may go on -------------+
//!               +--> Refusing (a tone, a sentence) ------+
//!               +--> PickingUp (goes on in another call)
//!               +--> Parked (until somebody fetches it), Parking
//! ```
//!
//! What follows, step by step of its plan, is in `following`. While it is passed on, a transferor may wait beside it: see `transfer`; while
//! its caller asks somebody else, another party does: see `consultation`.
//!
//! Which features those are is in `apps`.
//!
//! Deadlines: `CallTimer::Liveness` and the media's silence in Talking, `CallTimer::Step` everywhere else.

mod apps;
mod completion;
mod consultation;
mod following;
mod parking;
mod transfer;

use std::time::Duration;

use log::{error, info};
use serde::{Deserialize, Serialize};
use sip::diversion::Diverted;
use sip::event::{Event, Invited};

use crate::activity::{Activity, Progress};
use crate::alarm::Alarm;
use crate::cx::Cx;
use crate::events::{By, Cause, Ending, Happened};
use crate::features::Next;
use crate::features::charge::Charged;
use crate::features::park::{Parked, Parking};
use crate::features::pickup::{PickingUp, Place};
use crate::features::refusal::Refusal;
use crate::features::ring::Ringing;
use crate::features::talk::Talking;
use crate::goodbye;
use crate::ids::{AskId, CallId, LegId, RecordingId};
use crate::input::{Answer, MediaEvent, Quality};
use crate::leg::{Diverter, Goodbye, Leg, LegEvent};
use crate::outside::Asking;
use crate::route::{Dialled, Outcome, Plan};
use crate::timers::CallTimer;

use self::apps::AnyApp;
use self::consultation::Consultation;
use self::transfer::Transfer;
pub use self::transfer::refuse as refuse_transfer;

/// How often a call may be sent on, before it comes in and here: phones, and offices, that send each other's calls must not go
/// round for ever (F34).
pub const DIVERSIONS_LIMIT: u8 = 5;

/// One call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Call {
    id: CallId,
    caller: Leg,
    dialled: Dialled,
    plan: Plan,
    step: usize,
    /// Who passes it on to somebody else, until that is settled.
    transfer: Option<Transfer>,
    /// Who waits while the caller asks somebody else.
    #[serde(default)]
    consultation: Option<Box<Consultation>>,
    /// How often it was passed on.
    transfers: u8,
    has_left_message: bool,
    /// Who took it while it rang elsewhere.
    picked_up_by: Option<String>,
    /// Whether its caller had it placed at the page.
    is_placed: bool,
    /// Whom it is charged to.
    charged: Option<Charged>,
    state: State,
    /// The leg whose party ended the call, where one did.
    ended_by: Option<LegId>,
}

/// Who holds the call.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    Ringing(Ringing),
    Talking(Box<Talking>),
    InApp(AnyApp),
    Refusing(Refusal),
    PickingUp(PickingUp),
    Parked(Box<Parked>),
    Parking(Box<Parking>),
    /// Between two states within one step, and after the end.
    Over,
}

impl Call {
    /// Whether its caller had it placed at the page.
    pub fn is_placed(&self) -> bool {
        self.is_placed
    }

    /// A call that has just come in. `None` when it was refused at once.
    pub fn begin(id: CallId, invited: &Invited, asking: &Asking, cx: &mut Cx) -> Option<Call> {
        let extension = asking.caller.as_str();
        let dialled = Dialled {
            user: invited.user.clone(),
            extension: extension.to_owned(),
            number: asking.number.clone(),
            diverted_by: None,
        };
        cx.log(
            id,
            Happened::Asked {
                from: dialled.extension.clone(),
                name: if dialled.is_from_outside() { asking.name.clone() } else { String::new() },
                phone: cx.phone_name(&dialled.user),
                dialled: dialled.number.clone(),
                source: invited.hop.remote.to_string(),
                revision: cx.config.revision(),
            },
        );
        info!("{id}: {extension} dials {}", dialled.number);
        cx.count_call(id, extension);
        if asking.is_alone {
            cx.keep_alone(id, extension);
        }
        let calls_for_help = cx.config.is_emergency(&dialled.number) && !dialled.is_from_outside();
        let mut caller = match Leg::caller(id, invited, (extension, &asking.name), calls_for_help, cx) {
            Ok(leg) => leg,
            Err(mut cause) => {
                if calls_for_help {
                    alert_emergency(id, &dialled, cx);
                    cause = Cause::EmergencyUnreachable;
                }
                cx.refuse(invited.dialog, Goodbye::Cause(cause));
                cx.end_call(id, cause, between(&dialled, By::Box));
                return None;
            }
        };
        caller.hides = asking.hides;
        if let Some(Diverted { by: Diverter::Number(by), reason }) = caller.diverted.list.last() {
            let (by, reason, times) = (by.clone(), *reason, caller.diverted.count);
            cx.log(id, Happened::CameDiverted { by, reason, times });
        }
        let plan = Plan { steps: Vec::new() };
        let mut call = Call {
            id,
            caller,
            dialled,
            plan,
            step: 0,
            transfer: None,
            consultation: None,
            transfers: 0,
            has_left_message: false,
            picked_up_by: None,
            is_placed: false,
            charged: None,
            state: State::Over,
            ended_by: None,
        };
        call.follow_plan(cx).then_some(call)
    }

    /// Something happened in the dialog of one of the legs. False when the call is over.
    pub fn on_sip(&mut self, leg: LegId, event: Event, cx: &mut Cx) -> bool {
        let happened = self.leg(leg).and_then(|leg| leg.on_sip(event, cx));
        // It may have put the other on hold.
        self.tune(cx);
        happened.is_none_or(|happened| self.on(leg, happened, cx))
    }

    /// The media threads report of one of the legs. False when the call is over.
    pub fn on_media(&mut self, leg: LegId, event: &MediaEvent, cx: &mut Cx) -> bool {
        let Some(owner) = self.leg(leg) else { return true };
        let happened = match event {
            MediaEvent::Digit { digit, .. } => LegEvent::Digit(*digit),
            MediaEvent::PlayDone { play, .. } if owner.on_play_done(*play) => LegEvent::PlayDone,
            MediaEvent::RecordDone { recording, length_ms, end, .. } => {
                LegEvent::Recorded { recording: *recording, length_ms: *length_ms, end: *end }
            }
            MediaEvent::Silent { .. } => LegEvent::Silent,
            MediaEvent::Failed { .. } => LegEvent::Failed(Cause::NoPort),
            // A tone that was stopped meanwhile; figures are the engine's affair.
            MediaEvent::PlayDone { .. } | MediaEvent::Quality { .. } => return true,
        };
        self.on(leg, happened, cx)
    }

    /// Our address is another: who rings is called again from it, and the legs whose parties know the old one tell them.
    pub fn moves(&mut self, cx: &mut Cx) -> bool {
        if let State::Ringing(ringing) = &mut self.state {
            let next = ringing.moves(&mut self.caller, cx);
            if !self.go(next, cx) {
                return false;
            }
        }
        for leg in cx.index.open_legs(self.id) {
            if let Some(leg) = self.leg(leg) {
                leg.moves(cx);
            }
        }
        true
    }

    /// How the sound of one of the legs fares.
    pub fn hear(&mut self, leg: LegId, quality: Quality, silent_for: Option<Duration>, now: Duration) {
        if let Some(leg) = self.leg(leg) {
            leg.hearing.take(quality, silent_for, now);
        }
    }

    /// The legs of those who have been answered, the caller's first.
    pub fn parties(&self) -> impl Iterator<Item = &Leg> {
        let callee = match &self.state {
            State::Talking(talking) => Some(talking.party()),
            _ => None,
        };
        std::iter::once(&self.caller).chain(callee).chain(self.waiting()).filter(|leg| leg.is_up())
    }

    /// The shell answers what a step asked. False when the call is over.
    pub fn on_answer(&mut self, ask: AskId, answer: Answer, cx: &mut Cx) -> bool {
        self.on(self.caller.id, LegEvent::Answer(ask, answer), cx)
    }

    /// A recording is kept, or could not be for now. False when the call is over.
    pub fn on_kept(&mut self, recording: RecordingId, is_written: bool, cx: &mut Cx) -> bool {
        self.on(self.caller.id, LegEvent::Kept { recording, is_written }, cx)
    }

    /// Whom it is charged to, where that was keyed.
    pub fn charged(&self) -> Option<&Charged> {
        self.charged.as_ref()
    }

    /// It is charged to this account from now on: what was keyed before a party goes on with it.
    pub fn charge(&mut self, to: Option<Charged>, cx: &mut Cx) {
        let Some(charged) = to else { return };
        let Charged { by, account, name } = charged.clone();
        cx.log(self.id, Happened::Charged { by, account, name });
        self.charged = Some(charged);
    }

    /// A deadline passed. False when the call is over.
    pub fn on_timer(&mut self, timer: CallTimer, cx: &mut Cx) -> bool {
        if timer == CallTimer::Liveness {
            self.probe_all(cx);
            return true;
        }
        let next = match &mut self.state {
            State::Ringing(ringing) => ringing.on_timer(&mut self.caller, cx),
            State::InApp(app) => app.app_mut().on_timer(&mut self.caller, cx),
            State::Refusing(refusal) => refusal.on_timer(&mut self.caller, cx),
            State::Parked(parked) => parked.on_timer(&mut self.caller, cx),
            State::Parking(parking) => parking.on_timer(&mut self.caller, cx),
            State::PickingUp(picking) => picking.on_timer(),
            // A step timer that was set before the answer.
            State::Talking(_) => Next::Stay,
            State::Over => Next::End(Cause::Internal),
        };
        if matches!(self.state, State::Parked(_)) {
            // Whoever parked it has been told, or does not listen.
            self.settle_transfer(cx);
        }
        self.go(next, cx)
    }

    /// The call that its caller wants to take.
    pub fn picks_up(&self) -> Option<&PickingUp> {
        match &self.state {
            State::PickingUp(picking) => Some(picking),
            _ => None,
        }
    }

    /// Whether it rings at an extension.
    pub fn rings_at(&self, extension: &str) -> bool {
        match &self.state {
            State::Ringing(ringing) => ringing.extension() == Some(extension),
            _ => false,
        }
    }

    /// What it wanted to take is not there any more. False when the call is over.
    pub fn finds_nothing(&mut self, cx: &mut Cx) -> bool {
        let nothing = self.picks_up().map_or(Outcome::NothingRings, |picking| picking.from.nothing());
        self.go(Next::Step(nothing), cx)
    }

    /// Its caller goes on in the call that it takes; nothing is left of this one.
    pub fn hand_over(mut self, taken: &PickingUp, cx: &mut Cx) -> (Leg, String) {
        self.caller.move_to(taken.call, cx);
        info!("{}: takes {}", self.id, taken.call);
        let by = self.dialled.extension.clone();
        let because = match &taken.from {
            Place::Rings(of) => Ending::PickUp { by, of: of.clone() },
            Place::Slot(slot) => Ending::Fetch { by, slot: *slot },
        };
        cx.end_call(self.id, Cause::PickedUp, because);
        (self.caller, cx.phone_name(&self.dialled.user))
    }

    /// Somebody takes it while it rings, or is parked: their leg is the callee's from now on. False when the call is over.
    pub fn pick_up(&mut self, (mut leg, phone): (Leg, String), from: &Place, cx: &mut Cx) -> bool {
        let of = match from {
            Place::Rings(of) => of,
            Place::Slot(slot) => return self.is_fetched((leg, phone), *slot, cx),
        };
        if let State::Ringing(ringing) = &mut self.state {
            ringing.stop_for_taker(&self.caller, cx);
        }
        let (by, of) = (leg.extension.clone(), of.to_owned());
        cx.log(self.id, Happened::PickedUp { leg: leg.id, phone, by: by.clone(), of });
        self.picked_up_by = Some(by);
        leg.answer(self.caller.likes(), cx);
        self.go(Next::Talk(Box::new(leg)), cx)
    }

    /// Ends the call from outside.
    pub fn end(mut self, cause: Cause, cx: &mut Cx) {
        self.finish(cause, cx);
    }

    /// The caller's extension.
    pub fn from(&self) -> &str {
        &self.dialled.extension
    }

    /// What was dialled.
    pub fn to(&self) -> &str {
        &self.dialled.number
    }

    /// The state in one word, for people.
    pub fn state_word(&self) -> &'static str {
        match &self.state {
            _ if self.is_conference() => "conference",
            State::InApp(AnyApp::Holding(_)) => "holding",
            State::Ringing(_) | State::Talking(_) if self.consultation.is_some() => "consulting",
            State::Ringing(_) => "ringing",
            State::Talking(talking) if talking.is_held(&self.caller) => "held",
            State::Parked(_) => "parked",
            State::InApp(app) => app.app().word(),
            State::Talking(_) | State::Parking(_) => "talking",
            State::PickingUp(_) => "ringing",
            State::Refusing(_) | State::Over => "ending",
        }
    }

    /// What its extensions do in it, as lamps show it.
    pub fn activities(&self) -> Vec<Activity> {
        let (other, called) = match &self.state {
            State::Ringing(ringing) => (ringing.extension(), ringing.activities(&self.caller)),
            State::Talking(talking) => (Some(talking.extension()), vec![talking.activity(&self.caller)]),
            _ => (None, Vec::new()),
        };
        let progress = match &self.state {
            _ if self.caller.is_up() => Progress::Talks,
            State::Ringing(ringing) if ringing.rings() => Progress::Rings,
            State::Refusing(_) => Progress::Rings,
            _ => Progress::Asked,
        };
        let other = other.unwrap_or(&self.dialled.number).to_owned();
        let extension = self.caller.extension.clone();
        let calls = Activity { extension, is_caller: true, progress, other, ringing: None };
        std::iter::once(calls).chain(called).chain(self.activity_of_waiting()).collect()
    }

    /// The extensions at which it rings, first the one that is named to pick it up.
    pub fn ringing_at(&self) -> Vec<String> {
        let State::Ringing(ringing) = &self.state else { return Vec::new() };
        let mut at: Vec<String> = ringing.extension().map(str::to_owned).into_iter().collect();
        for Activity { extension, .. } in ringing.activities(&self.caller) {
            if !at.contains(&extension) {
                at.push(extension);
            }
        }
        at
    }

    /// Whether a party is passing it on, or asks somebody else first.
    pub fn is_being_passed_on(&self) -> bool {
        self.transfer.is_some() || self.consultation.is_some()
    }

    /// The extension of one of its legs.
    pub fn extension_of(&self, id: LegId) -> Option<&str> {
        let leg = match &self.state {
            _ if self.caller.id == id => Some(&self.caller),
            State::Talking(talking) => Some(talking.party()).filter(|callee| callee.id == id),
            State::Ringing(ringing) => ringing.party(id),
            _ => None,
        };
        let leg = leg.or_else(|| self.waiting().filter(|waits| waits.id == id));
        leg.map(|leg| leg.extension.as_str())
    }

    fn leg(&mut self, id: LegId) -> Option<&mut Leg> {
        if self.caller.id == id {
            return Some(&mut self.caller);
        }
        if self.is_transferor(id) {
            return self.transferor(id);
        }
        if self.is_waiting(id) {
            return self.waiting_mut();
        }
        match &mut self.state {
            State::Ringing(ringing) => ringing.leg(id),
            State::Talking(talking) => Some(talking.callee()).filter(|callee| callee.id == id),
            // The box has the caller alone.
            State::InApp(_) | State::Refusing(_) | State::PickingUp(_) => None,
            State::Parked(_) | State::Parking(_) | State::Over => None,
        }
    }

    fn on(&mut self, leg: LegId, event: LegEvent, cx: &mut Cx) -> bool {
        if self.is_transferor(leg) {
            return self.on_transferor(leg, &event, cx);
        }
        if self.is_waiting(leg) {
            return self.on_waiting(leg, event, cx);
        }
        match event {
            LegEvent::Cancelled(cause) if !matches!(self.state, State::Refusing(_)) => {
                return self.go(Next::End(cause), cx);
            }
            LegEvent::Silent => {
                self.ask_alive(leg, cx);
                return true;
            }
            LegEvent::Probed(is_alive) => {
                if self.leg(leg).is_none_or(|party| party.on_probed(is_alive, cx)) {
                    return true;
                }
                self.ended_by = Some(leg);
                return self.go(Next::End(Cause::PartyLost), cx);
            }
            // Who hangs up while others still ring ends nothing.
            LegEvent::HungUp | LegEvent::Lost if leg == self.caller.id || !matches!(self.state, State::Ringing(_)) => {
                self.ended_by = Some(leg);
            }
            _ => {}
        }
        let Some(event) = self.own_press(leg, event, cx) else { return true };
        if let Some(key) = event.key()
            && let Some(goes_on) = self.on_key(leg, key, cx)
        {
            return goes_on;
        }
        if let Some(key) = event.key()
            && self.tell_conference(leg, key, cx)
        {
            return true;
        }
        let is_caller = leg == self.caller.id;
        if matches!(event, LegEvent::Ringing { .. }) {
            self.tell_ringing(cx);
        }
        let next = match &mut self.state {
            State::Ringing(ringing) if !is_caller => ringing.on(&mut self.caller, leg, event, cx),
            State::Ringing(_) if event == LegEvent::PlayDone => {
                // The ringback tone has a limit of its own; phones still ring.
                self.caller.ring(cx);
                Next::Stay
            }
            State::Ringing(ringing) => match &event {
                LegEvent::Answer(ask, answer) => ringing.on_answer((*ask, answer), &mut self.caller, cx),
                other => ringing_caller(other),
            },
            State::PickingUp(_) => ringing_caller(&event),
            State::Talking(talking) => talking.on(&mut self.caller, leg, event, cx),
            State::InApp(app) => app.app_mut().on(&mut self.caller, &event, cx),
            State::Refusing(refusal) => refusal.on(&mut self.caller, &event, cx),
            State::Parked(parked) => parked.on(&event),
            State::Parking(parking) => parking.on(&mut self.caller, &event, cx),
            State::Over => Next::Stay,
        };
        self.go(next, cx)
    }

    /// What a key means; `None` for a press that has been told in another way before.
    fn own_press(&mut self, leg: LegId, event: LegEvent, cx: &Cx) -> Option<LegEvent> {
        let (is_with_box, now) = (self.is_with_box(), cx.now.since_boot);
        match event {
            LegEvent::InfoDigit(body) => match goodbye::digit_of(&body) {
                Some(digit) if !self.leg(leg)?.takes_info_key(digit, now) => None,
                Some(digit) if is_with_box => Some(LegEvent::Digit(digit)),
                None if is_with_box => None,
                _ => Some(LegEvent::InfoDigit(body)),
            },
            LegEvent::Digit(digit) => self.leg(leg)?.takes_event_key(digit, now).then_some(event),
            event => Some(event),
        }
    }

    /// Whether the caller's keys are the box's to understand, however they come.
    fn is_with_box(&self) -> bool {
        !matches!(self.state, State::Ringing(_) | State::Talking(_))
    }

    fn ask_alive(&mut self, leg: LegId, cx: &mut Cx) {
        if cx.has_planted_leak() {
            return;
        }
        if let Some(leg) = self.leg(leg) {
            leg.probe(true, cx);
        }
    }

    fn probe_all(&mut self, cx: &mut Cx) {
        self.caller.probe(false, cx);
        if let State::Talking(talking) = &mut self.state {
            talking.callee().probe(false, cx);
        }
        if let Some(waits) = self.waiting_mut() {
            waits.probe(false, cx);
        }
        cx.watch_liveness(self.id);
    }
}

/// Tells people that somebody needs help and got none.
fn alert_emergency(id: CallId, dialled: &Dialled, cx: &mut Cx) {
    error!("{id}: {} could not be connected to the emergency number {}", dialled.extension, dialled.number);
    let has_trunk = cx.config.trunks().iter().any(|trunk| trunk.enabled);
    cx.alert(Alarm::NoHelp { from: dialled.extension.clone(), number: dialled.number.clone(), has_trunk });
}

fn between(dialled: &Dialled, by: By) -> Ending {
    Ending::Between { from: dialled.extension.clone(), to: dialled.number.clone(), by }
}

/// What the caller's side can do while phones ring, besides giving up.
fn ringing_caller(event: &LegEvent) -> Next {
    match event {
        LegEvent::HungUp => Next::End(Cause::Cancelled),
        LegEvent::Lost => Next::End(Cause::PartyLost),
        LegEvent::Failed(cause) => Next::End(*cause),
        _ => Next::Stay,
    }
}
