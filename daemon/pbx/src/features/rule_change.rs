//! Rule change: people change by phone what becomes of their calls, and hear what holds then.
//!
//! Feature code: `*78 *79 *76` do-not-disturb, `*72 *73 *90 *91 *52 *53 *62 *63` forwards, `*67` Follow Me, `*37` secretaries, `*38` the assistant, `*730` none of them,
//! `*30 *31` blocked numbers, `*32` the last caller, `*77 *87` callers without a number, `*54 *55` calls said aloud, `*27` a time
//! group, `*28` night modes, `*70` a second call, `*84` offers to be called back.
//! Config: the extension's `diversions`, `callers`, `anonymous_hear`, `call_waiting` and `completion_offers`, which it changes: a new
//! revision of the office.
//! Steps: answer -> a number where one is needed and none was dialled, asked for again where it will not do -> the change is saved and
//! in force -> a tone, what holds now, goodbye.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   Asking --a number that will do--> Saving --on disk, or not--> Parting
//!     | ^                                                            ^
//!     +-+ one that will not, three times; or none -------------------+
//! ```
//!
//! Deadlines: the call's step timer, of the entry, of the shell's answer, of what is said.

use std::time::Duration;

use config::{ALL_NIGHT_MODES, Diversion, DiversionKind, RuleChange};
use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::{Cause, Happened};
use crate::ids::AskId;
use crate::input::Answer;
use crate::leg::{Leg, LegEvent};
use crate::output::{Ask, Sound};
use crate::prompt::{Arg, PromptId};
use crate::route::{Dialled, Moment, NumberFor, Unfit, with_number};
use crate::saying::Saying;
use crate::timers::CallTimer;

/// How many numbers that will not do are borne.
const TRIES: u8 = 3;

/// Within this the shell answers; an ask has a shorter deadline of its own.
const WITHIN: Duration = Duration::from_secs(10);

/// A change that is being made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Changing {
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Which number?
    Asking { entry: Entry, what: NumberFor, dialled: Dialled, tries: u8 },
    /// The shell saves it; what held before.
    Saving { ask: AskId, change: RuleChange, held: Vec<DiversionKind> },
    /// The last words.
    Parting(Saying),
}

impl Changing {
    /// Answers and makes a change.
    pub fn start(change: RuleChange, caller: &mut Leg, cx: &mut Cx) -> Changing {
        caller.box_answers(cx);
        // Silence answers nobody: a message first.
        let has_message = cx.mailboxes.get(&caller.extension).is_some_and(|mailbox| mailbox.assistant.is_some());
        let is_assistant = matches!(change, RuleChange::Divert { kind: DiversionKind::Assistant, is_on: true, .. });
        if is_assistant && !has_message {
            let mut changing = Changing { state: State::Parting(Saying::default()) };
            changing.part(vec![cx.sentence(PromptId::AssistantNone, &[])], caller, cx);
            return changing;
        }
        Changing { state: save(change, caller, cx) }
    }

    /// Answers and asks for the number that the change is about.
    pub fn ask(what: NumberFor, dialled: &Dialled, caller: &mut Leg, cx: &mut Cx) -> Changing {
        caller.box_answers(cx);
        let entry = Entry::ask(Vec::new(), PromptId::EnterNumber, caller, cx);
        Changing { state: State::Asking { entry, what, dialled: dialled.clone(), tries: 0 } }
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) {
        let State::Asking { what, dialled, tries, .. } = &self.state else { return };
        let (what, tries) = (*what, *tries + 1);
        let number = match keyed {
            None => return,
            Some(Keyed::Nothing | Keyed::Star) => return self.part(Vec::new(), caller, cx),
            Some(Keyed::Digits(number)) => number,
        };
        let moment = Moment { wall: cx.now.wall };
        let why = match with_number(&cx.config, &moment, dialled, what, number.expose()) {
            Ok(change) => {
                caller.stop_playing(cx);
                self.state = save(change, caller, cx);
                return;
            }
            Err(why) => cx.sentence(unfit(why), &[]),
        };
        if tries >= TRIES {
            let said = vec![why, cx.sentence(PromptId::TooManyTries, &[])];
            return self.part(said, caller, cx);
        }
        let dialled = dialled.clone();
        let entry = Entry::ask(vec![why], PromptId::EnterNumber, caller, cx);
        self.state = State::Asking { entry, what, dialled, tries };
    }

    fn on_saved(&mut self, answer: &Answer, caller: &mut Leg, cx: &mut Cx) {
        let State::Saving { change, held, .. } = &self.state else { return };
        if *answer != Answer::Committed {
            let said = vec![cx.sentence(PromptId::NotPossibleNow, &[])];
            return self.part(said, caller, cx);
        }
        let mut said = vec![cx.beep()];
        said.extend(outcome(change, held, &caller.extension, cx));
        let extension = caller.extension.clone();
        cx.log(caller.call, Happened::RuleChanged { extension, change: change.clone() });
        self.part(said, caller, cx);
    }

    fn part(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        said.push(cx.sentence(PromptId::Goodbye, &[]));
        self.state = State::Parting(Saying::start(said, caller, cx));
    }
}

impl App for Changing {
    /// Something happened to the caller's leg, or to what was asked.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            (_, LegEvent::HungUp) => return Next::End(Cause::HungUp),
            (_, LegEvent::Lost) => return Next::End(Cause::PartyLost),
            (_, LegEvent::Failed(cause)) => return Next::End(*cause),
            (State::Asking { entry, .. }, LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                self.on_keyed(keyed, caller, cx);
            }
            (State::Asking { entry, .. }, LegEvent::PlayDone) => entry.on_play_done(caller, cx),
            (State::Saving { ask, .. }, LegEvent::Answer(answered, answer)) if ask == answered => {
                self.on_saved(answer, caller, cx);
            }
            (State::Parting(saying), LegEvent::PlayDone) => return go_on(saying, caller, cx),
            _ => {}
        }
        Next::Stay
    }

    /// The deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::Asking { entry, .. } => {
                let keyed = entry.on_timer(caller, cx);
                self.on_keyed(keyed, caller, cx);
            }
            State::Saving { .. } => self.on_saved(&Answer::Failed, caller, cx),
            State::Parting(saying) => return go_on(saying, caller, cx),
        }
        Next::Stay
    }
}

fn go_on(saying: &mut Saying, caller: &mut Leg, cx: &mut Cx) -> Next {
    if saying.go_on(caller, cx) { Next::Stay } else { Next::End(Cause::HungUp) }
}

fn save(change: RuleChange, caller: &Leg, cx: &mut Cx) -> State {
    let of = caller.extension.clone();
    let known = cx.config.extension(&of).map(|extension| &extension.answering);
    let holds = |kind: &DiversionKind| {
        kind.ends_with_all() && known.is_some_and(|known| known.diverts(*kind, cx.now.wall).is_some())
    };
    let held = DiversionKind::ALL.into_iter().filter(holds).collect();
    let ask = cx.ask(caller.call, Ask::ChangeRules { extension: of, change: change.clone() });
    cx.set_timer(caller.call, CallTimer::Step, WITHIN);
    State::Saving { ask, change, held }
}

/// The sentence for a number that will not do.
pub(super) fn unfit(why: Unfit) -> PromptId {
    match why {
        Unfit::NoSuchNumber => PromptId::NoSuchNumber,
        Unfit::NotAllowed => PromptId::NumberNotAllowed,
        Unfit::GoesRound => PromptId::NumberGoesRound,
        Unfit::NotBlocked => PromptId::CallerNotBlocked,
        Unfit::ListFull => PromptId::CallerListFull,
        Unfit::NoLastCaller => PromptId::NoLastCaller,
        Unfit::NoSuchGroup => PromptId::NoSuchTimeGroup,
        Unfit::NoSuchNight => PromptId::NoSuchNightMode,
        Unfit::NightNotAllowed => PromptId::NightModeNotAllowed,
        Unfit::NobodyFollowed => PromptId::FollowMeEmpty,
        Unfit::NoSecretaries => PromptId::SecretariesNone,
        Unfit::NotASecretary => PromptId::NotASecretary,
    }
}

/// What holds now that it is saved, whoever else has changed something meanwhile.
fn outcome(change: &RuleChange, held: &[DiversionKind], of: &str, cx: &Cx) -> Vec<Sound> {
    let Some(extension) = cx.config.extension(of) else { return Vec::new() };
    let diversion = |kind| diversion(kind, extension.answering.diversion(kind), of, cx);
    let said = |id| vec![cx.sentence(id, &[])];
    match change {
        RuleChange::Divert { kind, .. } => diversion(*kind),
        RuleChange::Secretary { boss, .. } => {
            let secretaries = cx.config.extension(boss).and_then(|boss| boss.answering.secretaries());
            let is_on = secretaries.and_then(|known| known.of(of)).is_some_and(|known| known.is_on);
            let id = if is_on { PromptId::SecretaryForOn } else { PromptId::SecretaryForOff };
            vec![cx.sentence(id, &[("number", Arg::Digits(boss.clone()))])]
        }
        RuleChange::DivertNothing => {
            let mut said: Vec<Sound> = held.iter().flat_map(|kind| diversion(*kind)).collect();
            said.push(cx.sentence(PromptId::DiversionsOff, &[]));
            said
        }
        RuleChange::Anonymous { .. } if extension.answering.callers.anonymous_hear.is_some() => {
            said(PromptId::AnonymousRejected)
        }
        RuleChange::Anonymous { .. } => said(PromptId::AnonymousTaken),
        RuleChange::Caller { number, is_blocked } => {
            let id = if *is_blocked { PromptId::CallerBlocked } else { PromptId::CallerUnblocked };
            let number = Arg::Digits(cx.config.office().as_national(number));
            vec![cx.sentence(id, &[("number", number)])]
        }
        RuleChange::Intercom { .. } if extension.intercom => said(PromptId::IntercomOn),
        RuleChange::Intercom { .. } => said(PromptId::IntercomOff),
        RuleChange::Force { number, .. } => forced(*number, of, cx),
        RuleChange::Night { number, .. } => nights(*number, of, cx),
        RuleChange::CallWaiting { .. } if extension.call_waiting => said(PromptId::CallWaitingOn),
        RuleChange::CallWaiting { .. } => said(PromptId::CallWaitingOff),
        RuleChange::CompletionOffers { .. } if extension.completion_offers => said(PromptId::CompletionOffersOn),
        RuleChange::CompletionOffers { .. } => said(PromptId::CompletionOffersOff),
    }
}

/// How a time group is now, and when its times change it next.
fn forced(number: u16, of: &str, cx: &Cx) -> Vec<Sound> {
    let now = cx.now.wall;
    let Some(group) = cx.config.forceable(of, number) else { return Vec::new() };
    let id = match group.forced_at(now).map(|forced| forced.is_open) {
        None => PromptId::TimeGroupAuto,
        Some(true) => PromptId::TimeGroupOpen,
        Some(false) => PromptId::TimeGroupClosed,
    };
    let mut said = vec![cx.sentence(id, &[("number", Arg::Digits(number.to_string()))])];
    said.extend(group.changes(now, 1).first().map(|change| holds_until(change.at, of, cx)));
    said
}

/// Whether night modes are on, and when the last of their groups is let go.
fn nights(number: u16, of: &str, cx: &Cx) -> Vec<Sound> {
    let now = cx.now.wall;
    let modes = || cx.config.switchable(of, number);
    let is_on = modes().any(|mode| mode.is_on(now));
    let mut said = vec![match (number == ALL_NIGHT_MODES, is_on) {
        (true, true) => cx.sentence(PromptId::NightModesOn, &[]),
        (true, false) => cx.sentence(PromptId::NightModesOff, &[]),
        (false, true) => cx.sentence(PromptId::NightModeOn, &[("number", Arg::Digits(number.to_string()))]),
        (false, false) => cx.sentence(PromptId::NightModeOff, &[("number", Arg::Digits(number.to_string()))]),
    }];
    let ends: Option<Vec<jiff::Timestamp>> =
        modes().filter(|mode| mode.is_on(now)).map(|mode| mode.ends(now)).collect();
    said.extend(match ends.map(|ends| ends.into_iter().max()) {
        None => Some(cx.sentence(PromptId::HoldsUntilSwitched, &[])),
        Some(last) => last.map(|at| holds_until(at, of, cx)),
    });
    said
}

fn holds_until(at: jiff::Timestamp, of: &str, cx: &Cx) -> Sound {
    let zone = cx.config.time_zone_of(of).iana_name().unwrap_or("UTC").to_owned();
    cx.sentence(PromptId::HoldsUntil, &[("at", Arg::Moment { at, zone, now: cx.now.wall })])
}

/// Whether a diversion holds, where calls go, and until when where a time group decides (F49).
fn diversion(kind: DiversionKind, diversion: Option<&Diversion>, of: &str, cx: &Cx) -> Vec<Sound> {
    let now = cx.now.wall;
    let is_on = diversion.is_some_and(|diversion| diversion.is_on(now));
    let id = match (kind, is_on) {
        (DiversionKind::Dnd, true) => PromptId::DndOn,
        (DiversionKind::Dnd, false) => PromptId::DndOff,
        (DiversionKind::Always, true) => PromptId::ForwardAlwaysOn,
        (DiversionKind::Always, false) => PromptId::ForwardAlwaysOff,
        (DiversionKind::Busy, true) => PromptId::ForwardBusyOn,
        (DiversionKind::Busy, false) => PromptId::ForwardBusyOff,
        (DiversionKind::Unanswered, true) => PromptId::ForwardUnansweredOn,
        (DiversionKind::Unanswered, false) => PromptId::ForwardUnansweredOff,
        (DiversionKind::Offline, true) => PromptId::ForwardOfflineOn,
        (DiversionKind::Offline, false) => PromptId::ForwardOfflineOff,
        (DiversionKind::Secretary, true) => PromptId::SecretariesOn,
        (DiversionKind::Secretary, false) => PromptId::SecretariesOff,
        (DiversionKind::FollowMe, true) => PromptId::FollowMeOn,
        (DiversionKind::FollowMe, false) => PromptId::FollowMeOff,
        (DiversionKind::Assistant, true) => PromptId::AssistantOn,
        (DiversionKind::Assistant, false) => PromptId::AssistantOff,
    };
    let to = diversion.and_then(|diversion| diversion.to.as_ref()).map_or(of, |to| to.id());
    let args = if id.args().is_empty() { Vec::new() } else { vec![("number", Arg::Digits(to.to_owned()))] };
    let mut said = vec![cx.sentence(id, &args)];
    said.extend(diversion.and_then(|diversion| diversion.changes_at(now)).map(|at| holds_until(at, of, cx)));
    said
}
