//! Foretell: the box says what would become of a call from outside, as [`what_if`](crate::what_if) has it; nobody rings.
//!
//! Feature code: `*614` and one of the office's numbers.
//! Config: the whole office; whoever may not see its call flow is told of calls to their own extension alone.
//! Steps: answer -> the caller's number, `#` alone without one -> the moment, `#` alone for now -> what would be done, and why,
//! step by step, goodbye. The call's story has the same in full.
//! RFC 4733 and 6086 (keys), RFC 3550 (the box is an RTP endpoint of its own here).
//!
//! ```text
//!   From --number, #--> At --moment, #--> Parting --> over
//!     |                 | ^                  ^
//!     | nothing, *      +-+ no such moment   |
//!     +-----------------+--------------------+
//! ```
//!
//! Deadlines: the call's step timer, of the entry, of what is said.

use config::Area;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{App, Next};
use crate::cx::Cx;
use crate::entry::{Entry, Keyed};
use crate::events::{Cause, Happened};
use crate::leg::{Leg, LegEvent};
use crate::output::Sound;
use crate::prompt::{Arg, PromptId};
use crate::route::{Act, Announcement, Outcome, Reason, Ring};
use crate::saying::Saying;
use crate::what_if::{Answer, Question, Told, Unasked, ask};

/// How many moments that no clock shows are borne.
const TRIES: u8 = 3;

/// How far ahead a moment may lie, in years: a 29th of February comes within them.
const YEARS: i16 = 8;

/// Somebody who asks what would become of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Foretelling {
    /// What is dialled in that call.
    to: String,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum State {
    /// Who calls?
    From(Entry),
    /// When?
    At { entry: Entry, from: String, tries: u8 },
    /// The answer, or the last words.
    Parting(Saying),
}

impl Foretelling {
    /// Answers and asks who calls.
    pub fn start(to: String, caller: &mut Leg, cx: &mut Cx) -> Foretelling {
        caller.box_answers(cx);
        Foretelling { to, state: State::From(Entry::ask(Vec::new(), PromptId::EnterCaller, caller, cx)) }
    }

    fn on_keyed(&mut self, keyed: Option<Keyed>, caller: &mut Leg, cx: &mut Cx) {
        match keyed {
            None => {}
            Some(Keyed::Digits(digits)) => self.on_digits(digits.expose(), caller, cx),
            Some(Keyed::Nothing | Keyed::Star) => self.part(Vec::new(), caller, cx),
        }
    }

    fn on_digits(&mut self, digits: &str, caller: &mut Leg, cx: &mut Cx) {
        let (from, tries) = match &self.state {
            State::From(_) => {
                let entry = Entry::ask(Vec::new(), PromptId::EnterMoment, caller, cx);
                self.state = State::At { entry, from: digits.to_owned(), tries: 0 };
                return;
            }
            State::At { from, tries, .. } => (from.clone(), tries + 1),
            State::Parting(_) => return,
        };
        let now = cx.config.office().time_zone.to_datetime(cx.now.wall);
        let at = match digits {
            "" => None,
            digits => match coming(digits, now) {
                Some(at) => Some(at),
                None => return self.ask_again(from, tries, caller, cx),
            },
        };
        let question = Question { from, to: self.to.clone(), at, ..Question::default() };
        let reader = match may_know_all(&caller.extension, cx) {
            true => None,
            false => Some(caller.extension.clone()),
        };
        let asked = match &reader {
            None => Ok(question),
            Some(own) => question.by_owner(&cx.config, own),
        };
        let answered = asked.and_then(|asked| Ok((ask(&cx.config, cx.now.wall, &asked)?, asked)));
        let said = match answered {
            Ok((answer, asked)) => self.tell(asked.from, &answer, reader.as_deref(), caller, cx),
            Err(why) => vec![cx.sentence(unasked(&why), &[])],
        };
        self.part(said, caller, cx);
    }

    fn ask_again(&mut self, from: String, tries: u8, caller: &mut Leg, cx: &mut Cx) {
        let no_such = cx.sentence(PromptId::NoSuchMoment, &[]);
        if tries >= TRIES {
            let said = vec![no_such, cx.sentence(PromptId::TooManyTries, &[])];
            return self.part(said, caller, cx);
        }
        let entry = Entry::ask(vec![no_such], PromptId::EnterMoment, caller, cx);
        self.state = State::At { entry, from, tries };
    }

    /// Writes it into the call's story, and gives what is to be said.
    fn tell(&self, from: String, answer: &Answer, reader: Option<&str>, caller: &Leg, cx: &mut Cx) -> Vec<Sound> {
        let zone = cx.config.office().time_zone.iana_name().unwrap_or("UTC").to_owned();
        let at = Arg::Moment { at: answer.at, zone, now: cx.now.wall };
        let number = |text: &str| Arg::Digits(text.to_owned());
        let mut said = vec![match from.is_empty() {
            true => cx.sentence(PromptId::ForetoldAnonymous, &[("to", number(&self.to)), ("at", at)]),
            false => {
                cx.sentence(PromptId::Foretold, &[("number", number(&from)), ("to", number(&self.to)), ("at", at)])
            }
        }];
        let told = answer.told(reader);
        told.iter().for_each(|told| said.extend(in_words(told, cx)));
        let to = self.to.clone();
        cx.log(caller.call, Happened::Foretold { from, to, at: answer.local, told });
        said
    }

    fn part(&mut self, mut said: Vec<Sound>, caller: &mut Leg, cx: &mut Cx) {
        said.push(cx.sentence(PromptId::Goodbye, &[]));
        self.state = State::Parting(Saying::start(said, caller, cx));
    }
}

impl App for Foretelling {
    /// Something happened to the caller's leg.
    fn on(&mut self, caller: &mut Leg, event: &LegEvent, cx: &mut Cx) -> Next {
        match (&mut self.state, event) {
            (_, LegEvent::HungUp) => return Next::End(Cause::HungUp),
            (_, LegEvent::Lost) => return Next::End(Cause::PartyLost),
            (_, LegEvent::Failed(cause)) => return Next::End(*cause),
            (State::From(entry) | State::At { entry, .. }, LegEvent::Digit('#')) if entry.is_empty() => {
                self.on_digits("", caller, cx);
            }
            (State::From(entry) | State::At { entry, .. }, LegEvent::Digit(key)) => {
                let keyed = entry.on_key(*key, caller, cx);
                self.on_keyed(keyed, caller, cx);
            }
            (State::From(entry) | State::At { entry, .. }, LegEvent::PlayDone) => entry.on_play_done(caller, cx),
            (State::Parting(saying), LegEvent::PlayDone) => return go_on(saying, caller, cx),
            _ => {}
        }
        Next::Stay
    }

    /// The deadline passed.
    fn on_timer(&mut self, caller: &mut Leg, cx: &mut Cx) -> Next {
        match &mut self.state {
            State::From(entry) | State::At { entry, .. } => {
                let keyed = entry.on_timer(caller, cx);
                self.on_keyed(keyed, caller, cx);
                Next::Stay
            }
            State::Parting(saying) => go_on(saying, caller, cx),
        }
    }
}

fn go_on(saying: &mut Saying, caller: &mut Leg, cx: &mut Cx) -> Next {
    if saying.go_on(caller, cx) { Next::Stay } else { Next::End(Cause::HungUp) }
}

/// Whether whoever has this extension may know where every call goes.
fn may_know_all(extension: &str, cx: &Cx) -> bool {
    let person = cx.config.extension(extension).and_then(|found| cx.config.person(found.person));
    person.is_some_and(|person| person.rights().may_see(Area::CallFlow))
}

/// When a clock that shows `now` shows the next time what is keyed: two digits each of the month, the day, the hour and the
/// minute. `None` where it never does.
fn coming(keyed: &str, now: DateTime) -> Option<DateTime> {
    if keyed.len() != 8 {
        return None;
    }
    let pair = |from: usize| keyed.get(from..from + 2)?.parse::<i8>().ok();
    let (month, day, hour, minute) = (pair(0)?, pair(2)?, pair(4)?, pair(6)?);
    let this_minute = DateTime::new(now.year(), now.month(), now.day(), now.hour(), now.minute(), 0, 0).ok()?;
    let of = |year| DateTime::new(year, month, day, hour, minute, 0, 0).ok();
    (now.year()..=now.year() + YEARS).filter_map(of).find(|at| *at >= this_minute)
}

fn unasked(why: &Unasked) -> PromptId {
    match why {
        Unasked::NotYours { .. } => PromptId::ForetoldNotYours,
        Unasked::NoWayIn => PromptId::ForetoldNoWayIn,
        Unasked::NoSuchMoment => PromptId::NoSuchMoment,
        Unasked::NothingDialled | Unasked::NoSuchExtension { .. } | Unasked::NoSuchTrunk { .. } | Unasked::TooMany => {
            PromptId::NoSuchNumber
        }
    }
}

/// What decided that a step is taken, what is done, and how that ends.
fn in_words(told: &Told, cx: &Cx) -> Vec<Sound> {
    let digits = |text: &str| Arg::Digits(text.to_owned());
    let of = |id, extension: &str| cx.sentence(id, &[("extension", digits(extension))]);
    let (step, left_by) = match told {
        Told::Beyond { extension, because: own } => {
            let own = own.iter().filter_map(|reason| because(reason, cx));
            return own.chain([of(PromptId::ForetoldBeyond, extension)]).collect();
        }
        Told::Step { step, left_by } => (step, left_by),
    };
    let mut said: Vec<Sound> = step.because.iter().filter_map(|reason| because(reason, cx)).collect();
    match &step.act {
        Act::Ring(ring) | Act::Intercom(ring) => said.extend(rings(ring, cx)),
        Act::Outside(call) => {
            let number = cx.config.office().as_national(&call.number);
            said.push(cx.sentence(PromptId::ForetoldOutside, &[("number", Arg::Digits(number))]));
        }
        Act::Deposit(deposit) => said.push(of(PromptId::ForetoldMailbox, &deposit.mailbox)),
        Act::AskName(_) => said.push(cx.sentence(PromptId::ForetoldName, &[])),
        Act::Assist(assist) => said.push(of(PromptId::ForetoldAssistant, &assist.mailbox)),
        Act::Reject(_) | Act::Announce(Announcement::NotTaken) => {
            said.push(cx.sentence(PromptId::ForetoldRefused, &[]));
        }
        _ => said.push(cx.sentence(PromptId::ForetoldBox, &[])),
    }
    let then = match left_by {
        None => None,
        Some(Outcome::Unanswered) => Some(PromptId::ForetoldUnanswered),
        Some(Outcome::Offline) => Some(PromptId::ForetoldOffline),
        Some(_) => Some(PromptId::ForetoldThen),
    };
    said.extend(then.map(|id| cx.sentence(id, &[])));
    said
}

/// What rings, the one after the other.
fn rings(ring: &Ring, cx: &Cx) -> Vec<Sound> {
    let own = (!ring.users.is_empty()).then_some(ring.extension.as_str());
    let all = own.into_iter().chain(ring.also.iter().map(|strand| strand.name()));
    let office = cx.config.office();
    all.map(|name| cx.sentence(PromptId::ForetoldRings, &[("number", Arg::Digits(office.as_national(name)))])).collect()
}

/// What is said of a reason; `None` of one that decided nothing.
fn because(reason: &Reason, cx: &Cx) -> Option<Sound> {
    let of = |id, extension: &str| cx.sentence(id, &[("extension", Arg::Digits(extension.to_owned()))]);
    Some(match reason {
        Reason::MayCallBack { .. } => cx.sentence(PromptId::ForetoldHelp, &[]),
        Reason::RuleMatched { rule, extension, .. } => {
            let rule = Arg::Name(rule.clone());
            cx.sentence(PromptId::ForetoldRule, &[("extension", Arg::Digits(extension.clone())), ("name", rule)])
        }
        Reason::Screened { extension } => of(PromptId::ForetoldScreened, extension),
        Reason::NightMode { mode, .. } => cx.sentence(PromptId::ForetoldNight, &[("name", Arg::Name(mode.clone()))]),
        Reason::DoNotDisturb { extension, .. } => of(PromptId::ForetoldDnd, extension),
        Reason::Forwards { extension, .. } => of(PromptId::ForetoldForwards, extension),
        Reason::Secretaries { extension, .. } => of(PromptId::ForetoldSecretaries, extension),
        Reason::FollowsMe { extension, .. } => of(PromptId::ForetoldFollowMe, extension),
        Reason::GoesRound { .. } => cx.sentence(PromptId::ForetoldRound, &[]),
        Reason::BlockedCaller { .. } => cx.sentence(PromptId::ForetoldBlocked, &[]),
        Reason::AllowedCaller { .. } => cx.sentence(PromptId::ForetoldAllowed, &[]),
        Reason::NoNumber { .. } => cx.sentence(PromptId::ForetoldNoNumber, &[]),
        Reason::NoOwnNumber { .. } | Reason::NoSuchNumber { .. } => cx.sentence(PromptId::NoSuchNumber, &[]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::coming;

    #[test]
    fn a_moment_is_the_next_of_its_kind() {
        let now = date(2026, 11, 23).at(15, 40, 30, 0);
        let at = |keyed| coming(keyed, now);
        assert_eq!(at("12241730"), Some(date(2026, 12, 24).at(17, 30, 0, 0)));
        assert_eq!(at("11231540"), Some(date(2026, 11, 23).at(15, 40, 0, 0)), "this very minute");
        assert_eq!(at("11231539"), Some(date(2027, 11, 23).at(15, 39, 0, 0)), "a minute ago: in a year");
        assert_eq!(at("02290800"), Some(date(2028, 2, 29).at(8, 0, 0, 0)));
        for never in ["", "1", "1224173", "122417300", "13010000", "02300800", "12242400", "12241760", "1224173a"] {
            assert_eq!(at(never), None, "{never}");
        }
    }
}
