//! Consultation: a party keys a code during its call and asks somebody else while the other party waits; then it connects the two, talks
//! with both, or comes back. By another code it passes the call on unasked. For phones without keys for that.
//!
//! What the user sees: after `*2` the other party hears music, and a voice asks for a number; whom it belongs to is called as if it had
//! been dialled. Whoever hangs up then connects the others, `*2` again lets all three talk, `*0#` is back with who waits, and so is
//! who does not reach anybody. After `##` and a number the call is passed on, and comes back where nobody has it.
//! Feature code: `*2`, `##`, `*0#`, keyed during a call by one of ours.
//! Config: their rows in the table of codes; a site's `hold_music`.
//! Steps: the party that has keyed the code becomes the caller, the other one waits beside the call -> a number (`features/consultation`)
//! -> its plan, with the party's own permission -> talking, waiting on a park slot, or nothing.
//! RFC 4733 and 6086 (keys), RFC 3325 (the displays).
//!
//! ```text
//!   Talking --*2--> InApp(TransferTo) --number--> any state --*2 while talking--> Talking, all three
//!      ^                    |                        |  |                                |
//!      +--- *0#, nothing ---+------- *0#, over ------+  +--- hangs up: the others talk --+
//! ```
//! Deadline: that of the step; who waits is asked for life as in any call.

use config::{Feature, InCall};
use log::info;
use serde::{Deserialize, Serialize};

use super::apps::AnyApp;
use super::transfer::{TRANSFERS_LIMIT, Transfer};
use super::{Call, State};
use crate::activity::{Activity, Progress};
use crate::console::{CallAct, NotDone};
use crate::cx::Cx;
use crate::events::{Cause, Happened};
use crate::features::Next;
use crate::features::consultation::{Holding, TransferTo};
use crate::features::talk::Talking;
use crate::ids::LegId;
use crate::leg::{Goodbye, Leg, LegEvent};
use crate::prompt::PromptId;
use crate::route::{Act, Dialled, Moment, route};
use crate::timers::CallTimer;
use crate::trunks::trunk_of;

/// How many numbers that will not do are borne.
const TRIES: u8 = 3;

/// The longest number or code that is taken from the page, in bytes: more than the number plan knows (15 digits, ITU-T E.164) and any
/// code before it.
const NUMBER_LIMIT: usize = 40;

/// A party that waits while the caller asks somebody else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Consultation {
    waits: Leg,
    /// It is to be passed on unasked.
    is_blind: bool,
    /// It waits no more: all three talk.
    is_conference: bool,
    /// How many numbers would not do.
    tries: u8,
}

impl Call {
    /// A key of a party: `None` where it is not the last of a code that does something now, else whether the call goes on.
    pub(super) fn on_key(&mut self, leg: LegId, key: char, cx: &mut Cx) -> Option<bool> {
        let is_talking = matches!(self.state, State::Talking(_));
        let asks = self.consultation.is_some() && leg == self.caller.id;
        let may = match self.consultation {
            None => is_talking,
            Some(_) => asks && (is_talking || matches!(self.state, State::Ringing(_) | State::Refusing(_))),
        };
        let now = cx.now.since_boot;
        let own = self.leg(leg).filter(|own| may && trunk_of(&own.user).is_none())?;
        match own.completes_code(key, &cx.config, now)? {
            feature @ (Feature::AttendedTransfer | Feature::BlindTransfer) if !asks => {
                let is_blind = feature == Feature::BlindTransfer;
                Some(!self.lets_wait(leg, is_blind, cx) || self.asks_number(None, cx))
            }
            Feature::AttendedTransfer if is_talking => Some(self.confer(cx)),
            Feature::Drop if asks => Some(self.is_back(cx)),
            Feature::Drop => {
                self.ended_by = Some(leg);
                Some(self.go(Next::End(Cause::HungUp), cx))
            }
            _ => None,
        }
    }

    /// Does what one of ours wants at the page: whether the call goes on, or why it is not done.
    pub fn act(&mut self, by: &str, act: CallAct, cx: &mut Cx) -> Result<bool, NotDone> {
        let is_own = |own: &&Leg| own.extension == by && trunk_of(&own.user).is_none() && own.is_up();
        if let (Some(waits), CallAct::HangUp) = (self.waiting().filter(is_own), &act) {
            return Ok(self.on_waiting(waits.id, LegEvent::HungUp, cx));
        }
        let callee = if let State::Talking(talking) = &self.state { Some(talking.party()) } else { None };
        let leg = std::iter::once(&self.caller).chain(callee).find(is_own).ok_or(NotDone::NoSuchCall)?.id;
        let asks = self.consultation.is_some() && leg == self.caller.id;
        let is_talking = matches!(self.state, State::Talking(_));
        let is_free = is_talking && !self.is_being_passed_on();
        let holds = asks && matches!(self.state, State::InApp(AnyApp::Holding(_)));
        let (is_blind, number) = match act {
            CallAct::Hold if is_free && self.lets_wait(leg, false, cx) => {
                self.state = State::InApp(AnyApp::from(Holding::start(&mut self.caller, cx)));
                return Ok(true);
            }
            CallAct::Confer if asks && is_talking => return Ok(self.confer(cx)),
            CallAct::Back if asks => return Ok(self.is_back(cx)),
            CallAct::HangUp => {
                self.ended_by = Some(leg);
                return Ok(self.go(Next::End(Cause::HungUp), cx));
            }
            CallAct::Ask(number) | CallAct::PassOn(number) if !(1..=NUMBER_LIMIT).contains(&number.len()) => {
                return Err(NotDone::Refused(Cause::NoSuchNumber));
            }
            CallAct::Ask(number) if is_free || holds => (false, number),
            CallAct::PassOn(number) if is_free || holds => (true, number),
            _ => return Err(NotDone::NotNow),
        };
        if is_blind {
            let judged = match self.waiting() {
                Some(waits) => self.judge(waits, by, &number, cx),
                None => self.judge_of(leg, &number, cx),
            };
            judged.map_err(NotDone::Refused)?;
        }
        if is_free && !self.lets_wait(leg, is_blind, cx) {
            return Err(NotDone::NotNow);
        }
        if let Some(consultation) = &mut self.consultation {
            consultation.is_blind = is_blind;
        }
        Ok(self.transfers_to(Some(number), cx))
    }

    /// The other party waits; false where the call has been passed on too often.
    fn lets_wait(&mut self, leg: LegId, is_blind: bool, cx: &mut Cx) -> bool {
        let State::Talking(talking) = &self.state else { return false };
        let other = if leg == self.caller.id { talking.party().id } else { self.caller.id };
        if self.transfers >= TRANSFERS_LIMIT {
            return false;
        }
        let Some(waits) = self.set_aside(other, cx) else { return false };
        info!("{}: {} lets {} wait", self.id, self.caller.extension, waits.extension);
        self.is_between(&waits);
        self.consultation = Some(Box::new(Consultation { waits, is_blind, is_conference: false, tries: 0 }));
        self.tune(cx);
        true
    }

    fn asks_number(&mut self, why: Option<PromptId>, cx: &mut Cx) -> bool {
        let said = why.map(|why| cx.sentence(why, &[])).into_iter().collect();
        self.state = State::InApp(AnyApp::from(TransferTo::start(said, &mut self.caller, cx)));
        true
    }

    /// The caller talks with this one, as far as anybody is told.
    fn is_between(&mut self, other: &Leg) {
        let (user, extension) = (self.caller.user.clone(), self.caller.extension.clone());
        self.dialled = Dialled { user, extension, number: other.extension.clone(), diverted_by: None };
    }

    /// What the caller has keyed for who waits. False when the call is over.
    pub(super) fn transfers_to(&mut self, number: Option<String>, cx: &mut Cx) -> bool {
        let Some(consultation) = &self.consultation else { return true };
        let is_gone = self.ended_by == Some(self.caller.id);
        let drops = |number: &String| {
            let keys = [number.clone(), format!("{number}#")];
            keys.iter().any(|keys| cx.config.in_call(keys) == InCall::Is(Feature::Drop))
        };
        let Some(number) = number.filter(|number| !drops(number)) else { return self.is_back(cx) };
        cx.cancel_timer(self.id, CallTimer::Step);
        self.caller.stop_playing(cx);
        // Who hangs up at once asks nobody.
        if consultation.is_blind || is_gone {
            return self.hands_on(number, is_gone, cx);
        }
        let (by, waits) = (self.caller.extension.clone(), consultation.waits.extension.clone());
        info!("{}: {by} asks {number} while {waits} waits", self.id);
        cx.log(self.id, Happened::Asks { by, to: number.clone(), waits });
        self.dialled.number = number;
        self.follow_plan(cx)
    }

    /// Passes who waits on to a number, unasked. False when the call is over.
    fn hands_on(&mut self, number: String, is_gone: bool, cx: &mut Cx) -> bool {
        let Some(mut consultation) = self.consultation.take() else { return true };
        let by = self.caller.extension.clone();
        let judged = self.judge(&consultation.waits, &by, &number, cx);
        match judged {
            Ok(dialled) => {
                cx.log(self.id, Happened::Transferring { by: by.clone(), to: number.clone() });
                info!("{}: {by} passes it on to {number}", self.id);
                let plan = route(&cx.config, &Moment { wall: cx.now.wall }, &cx.presence, &dialled);
                let parks = matches!(plan.steps.first().map(|step| &step.act), Some(Act::Park));
                let by = self.takes_over(consultation.waits, cx);
                self.dialled = dialled;
                let name = by.extension.clone();
                // Who parks it hears where.
                let stays = match parks && !is_gone {
                    true => Some(by),
                    false => {
                        self.lets_go(by, cx);
                        None
                    }
                };
                self.transfer = Some(Transfer::keyed(stays, name, number));
                self.follow_plan(cx)
            }
            Err(cause) => {
                info!("{}: {by} may not pass it on to {number}", self.id);
                cx.log(self.id, Happened::TransferRefused { by, to: number.clone(), cause });
                consultation.tries += 1;
                let is_worn_out = consultation.tries >= TRIES;
                self.consultation = Some(consultation);
                match cause {
                    _ if is_gone => self.rings_back(number, cause, cx),
                    _ if is_worn_out => self.is_back(cx),
                    Cause::NoSuchNumber => self.asks_number(Some(PromptId::NoSuchNumber), cx),
                    _ => self.asks_number(Some(PromptId::NumberNotAllowed), cx),
                }
            }
        }
    }

    /// Who waited becomes the caller; the one that was it is returned.
    fn takes_over(&mut self, mut waits: Leg, cx: &mut Cx) -> Leg {
        waits.waits(false, cx);
        let by = std::mem::replace(&mut self.caller, waits);
        self.caller.becomes_caller(cx);
        self.dialled.user = self.caller.user.clone();
        self.dialled.extension = self.caller.extension.clone();
        self.dialled.diverted_by = Some(by.extension.clone());
        self.ended_by = None;
        by
    }

    /// Whoever has left the other waiting has not connected it with anybody: their phones ring.
    fn rings_back(&mut self, to: String, cause: Cause, cx: &mut Cx) -> bool {
        let Some(consultation) = self.consultation.take() else { return true };
        let by = self.takes_over(consultation.waits, cx);
        self.transfer = Some(Transfer::keyed(None, by.extension.clone(), to));
        self.lets_go(by, cx);
        self.hand_back(cause, cx)
    }

    /// All three talk.
    fn confer(&mut self, cx: &mut Cx) -> bool {
        let (State::Talking(talking), Some(consultation)) = (&mut self.state, &mut self.consultation) else {
            return true;
        };
        if std::mem::replace(&mut consultation.is_conference, true) {
            return true;
        }
        let asked = talking.callee();
        asked.waits(false, cx);
        self.caller.waits(false, cx);
        consultation.waits.waits(false, cx);
        cx.join(vec![self.caller.id, asked.id, consultation.waits.id]);
        let (by, with, and) =
            (self.caller.extension.clone(), consultation.waits.extension.clone(), asked.extension.clone());
        info!("{}: {by}, {with} and {and} talk together", self.id);
        cx.log(self.id, Happened::Conference { by, with, and });
        true
    }

    /// What the caller asked for is over for this cause, or the caller has hung up. False when the call is over.
    pub(super) fn after_consulting(&mut self, cause: Cause, cx: &mut Cx) -> bool {
        let keys = matches!(self.state, State::InApp(AnyApp::TransferTo(_)));
        let is_gone = self.ended_by == Some(self.caller.id);
        match cause {
            // Nothing is right with the caller's own leg, or with the box.
            Cause::NoPort | Cause::Internal | Cause::ByOrder | Cause::ShutDown => {}
            _ if is_gone && keys => {}
            _ if is_gone => return self.connects(cause, cx),
            _ => return self.is_back(cx),
        }
        self.finish(cause, cx);
        false
    }

    /// The caller goes back to who waits, and who was asked goes. False when the call is over.
    fn is_back(&mut self, cx: &mut Cx) -> bool {
        let Some(consultation) = self.consultation.take() else { return true };
        let mut waits = consultation.waits;
        self.leave_step(cx);
        cx.cancel_timer(self.id, CallTimer::Step);
        cx.release_slots(self.id);
        self.caller.stop_playing(cx);
        waits.waits(false, cx);
        self.ended_by = None;
        self.is_between(&waits);
        let (by, with) = (self.caller.extension.clone(), waits.extension.clone());
        info!("{}: {by} goes on with {with}", self.id);
        cx.log(self.id, Happened::BackWith { by, with });
        self.state = State::Talking(Box::new(Talking::resume(&mut self.caller, waits, cx)));
        self.update_displays(cx);
        true
    }

    /// What the caller asked for ends, whatever it was.
    fn leave_step(&mut self, cx: &mut Cx) {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ringing(ringing) => ringing.stop(Goodbye::of(Cause::Cancelled), cx),
            State::Talking(talking) => {
                cx.part(self.caller.id);
                let asked = talking.into_party(&mut self.caller, cx);
                self.lets_go(asked, cx);
            }
            State::InApp(mut app) => {
                // How the call ends is not said yet.
                let _ = app.app_mut().ending(&self.as_it_ends(), cx);
                cx.stop_recording(self.caller.id);
                cx.release_recordings(self.id);
            }
            State::Refusing(_) | State::PickingUp(_) | State::Parked(_) | State::Parking(_) | State::Over => {}
        }
    }

    /// The caller has hung up: who waits has what the caller had. False when the call is over.
    fn connects(&mut self, cause: Cause, cx: &mut Cx) -> bool {
        // Help must see who calls.
        if cx.config.is_emergency(&self.dialled.number) {
            self.finish(cause, cx);
            return false;
        }
        let number = match &self.state {
            // Nobody was asked.
            State::InApp(AnyApp::Holding(_)) => self.caller.extension.clone(),
            _ => self.dialled.number.clone(),
        };
        if !matches!(self.state, State::Talking(_) | State::Ringing(_) | State::Parking(_)) {
            self.leave_step(cx);
            return self.rings_back(number, Cause::Unanswered, cx);
        }
        let Some(consultation) = self.consultation.take() else { return true };
        cx.part(self.caller.id);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Talking(talking) => {
                let asked = talking.into_party(&mut self.caller, cx);
                let by = self.takes_over(consultation.waits, cx);
                let to = asked.extension.clone();
                self.dialled.number = to.clone();
                self.state = State::Talking(Box::new(Talking::resume(&mut self.caller, asked, cx)));
                cx.log(self.id, Happened::Transferred { by: by.extension.clone(), to });
                self.lets_go(by, cx);
                self.update_displays(cx);
            }
            State::Ringing(mut ringing) => {
                let by = self.takes_over(consultation.waits, cx);
                cx.log(self.id, Happened::Transferring { by: by.extension.clone(), to: number.clone() });
                ringing.continue_for(&mut self.caller, cx);
                self.state = State::Ringing(ringing);
                self.transfer = Some(Transfer::keyed(None, by.extension.clone(), number));
                self.lets_go(by, cx);
            }
            State::Parking(parking) => {
                let by = self.takes_over(consultation.waits, cx);
                self.is_parked_by(&by, parking.slot, cx);
                self.lets_go(by, cx);
            }
            state => self.state = state,
        }
        true
    }

    /// Something happened to the leg of who waits. False when the call is over.
    pub(super) fn on_waiting(&mut self, leg: LegId, event: LegEvent, cx: &mut Cx) -> bool {
        let is_gone = match &event {
            LegEvent::HungUp | LegEvent::Lost | LegEvent::Failed(_) => true,
            LegEvent::Probed(is_alive) => self.waiting_mut().is_some_and(|own| !own.on_probed(*is_alive, cx)),
            LegEvent::Silent => {
                self.ask_alive(leg, cx);
                false
            }
            LegEvent::Digit(_) | LegEvent::InfoDigit(_) => {
                if let Some(key) = self.own_press(leg, event, cx).and_then(|event| event.key()) {
                    self.tell_conference(leg, key, cx);
                }
                false
            }
            _ => false,
        };
        if !is_gone {
            return true;
        }
        let Some(consultation) = self.consultation.take() else { return true };
        cx.log(self.id, Happened::Waited { extension: consultation.waits.extension.clone() });
        self.lets_go(consultation.waits, cx);
        if matches!(self.state, State::InApp(AnyApp::TransferTo(_) | AnyApp::Holding(_))) {
            self.ended_by = Some(leg);
            return self.go(Next::End(Cause::HungUp), cx);
        }
        if let (State::Talking(talking), true) = (&self.state, consultation.is_conference) {
            cx.bridge(self.caller.id, talking.party().id);
        }
        self.tune(cx);
        true
    }

    /// A key of one of three who talk is said to the others; false where no three do.
    pub(super) fn tell_conference(&mut self, leg: LegId, key: char, cx: &mut Cx) -> bool {
        if !self.is_conference() {
            return false;
        }
        let mut others = vec![&mut self.caller];
        others.extend(self.consultation.as_mut().map(|consultation| &mut consultation.waits));
        if let State::Talking(talking) = &mut self.state {
            others.push(talking.callee());
        }
        others.into_iter().filter(|other| other.id != leg).for_each(|other| other.say_key(key, cx));
        true
    }

    pub(super) fn is_conference(&self) -> bool {
        self.consultation.as_ref().is_some_and(|consultation| consultation.is_conference)
    }

    /// Whoever is kept waiting hears music, and nobody else does.
    pub(super) fn tune(&mut self, cx: &mut Cx) {
        // Three who talk hear each other, whoever of them holds.
        if self.is_conference() {
            return;
        }
        if let State::Talking(talking) = &mut self.state {
            talking.tune(&mut self.caller, cx);
        }
        let with_music = self.caller.has_music_for_others(cx);
        if let Some(waits) = self.waiting_mut() {
            waits.waits(with_music, cx);
        }
    }

    /// The leg of who waits, or talks with the caller and another.
    pub(super) fn waiting(&self) -> Option<&Leg> {
        self.consultation.as_ref().map(|consultation| &consultation.waits)
    }

    pub(super) fn waiting_mut(&mut self) -> Option<&mut Leg> {
        self.consultation.as_mut().map(|consultation| &mut consultation.waits)
    }

    pub(super) fn is_waiting(&self, leg: LegId) -> bool {
        self.waiting().is_some_and(|waits| waits.id == leg)
    }

    /// What the extension of who waits does, as lamps show it.
    pub(super) fn activity_of_waiting(&self) -> Option<Activity> {
        let (extension, other) = (self.waiting()?.extension.clone(), self.caller.extension.clone());
        Some(Activity { extension, is_caller: false, progress: Progress::Talks, other, ringing: None })
    }

    /// The call ends while somebody waits.
    pub(super) fn drop_waiting(&mut self, goodbye: Goodbye, cx: &mut Cx) {
        if let Some(consultation) = self.consultation.take() {
            consultation.waits.leave(goodbye, cx);
        }
    }
}
