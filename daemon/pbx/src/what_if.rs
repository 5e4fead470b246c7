//! What would become of a call that nobody makes: decided by the same [`route()`] as live calls, at any moment, in a state of the
//! office that is assumed. Nothing is changed by it, and nobody rings.

use std::collections::{BTreeMap, BTreeSet};

use config::Config;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::presence::Presence;
use crate::route::{
    ANONYMOUS, Act, CalledBy, Dialled, Moment, Outcome, OutsideCall, Plan, Reason, Rings, Step, called_by,
    from_carrier, normalise, route,
};
use crate::seen_as::{HiddenBy, SeenAs, seen_as};
use crate::trunks::{Health, user_of};

/// How many extensions, or trunks, a question may assume something of: as many as one would write down.
pub const MAX_ASSUMED: usize = 64;

/// A call that nobody makes, and how the office is assumed to be. What is not said otherwise is well: every phone is there,
/// nobody is in a call, and the trunks are up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// Who calls: an extension, a number outside, or nothing for a caller outside who shows none.
    pub from: String,
    /// The trunk that a caller outside comes by; `None`: the first that is switched on.
    pub trunk: Option<String>,
    /// What is dialled. A caller outside who names an extension means the office's number that leads to it.
    pub to: String,
    /// When, by the office's clock; `None`: now.
    pub at: Option<DateTime>,
    /// Extensions none of whose phones is registered; this list and the others hold at most [`MAX_ASSUMED`] names.
    pub offline: Vec<String>,
    /// Extensions that are in a call.
    pub busy: Vec<String>,
    /// Extensions that do not want to be disturbed, as if it were switched on.
    pub dnd: Vec<String>,
    /// Trunks that are down.
    pub down: Vec<String>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unasked {
    /// Nothing is dialled.
    #[error("write the number that is dialled")]
    NothingDialled,
    /// The clock never shows it.
    #[error("write a date and a time, as in 2026-12-24T17:30")]
    NoSuchMoment,
    /// What is assumed of nobody.
    #[error("there is no extension {number}: write one of the office's")]
    NoSuchExtension {
        /// As it was written.
        number: String,
    },
    /// What is assumed of no trunk.
    #[error("there is no trunk {name} that is switched on: write the name of one")]
    NoSuchTrunk {
        /// As it was written.
        name: String,
    },
    /// Nobody calls from outside.
    #[error("no trunk is switched on, so nobody calls from outside: write an extension")]
    NoWayIn,
    /// A question about somebody else's calls, by whom they are no matter of.
    #[error("ask about calls to your own extension, {own}, and assume things of that one")]
    NotYours {
        /// Whose question it is.
        own: String,
    },
    /// More than is looked at.
    #[error("at most 64 names are assumed to be anything: leave some out")]
    TooMany,
}

/// What would become of the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The moment that was looked at.
    pub at: Timestamp,
    /// The same as the office's clock shows it.
    pub local: DateTime,
    /// The call, as routing saw it.
    pub dialled: Dialled,
    /// All that can come of it.
    pub plan: Plan,
    /// How whoever is called outside would see the call, by the places of the steps that call there.
    pub seen_as: BTreeMap<usize, SeenAs>,
    /// What comes of it where nobody answers a phone: the steps in their order.
    pub way: Vec<Passed>,
}

/// What somebody is told of the way, piece by piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A step, and how it ends so that the call goes on.
    Step {
        /// The step.
        step: Step,
        /// `None`: the call goes no further.
        left_by: Option<Outcome>,
    },
    /// It goes on as whoever has this extension wants, which is no matter of theirs; nothing follows.
    Beyond {
        /// The extension.
        extension: String,
        /// What their own rules say before that.
        because: Vec<Reason>,
    },
}

/// A step that the call comes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Its place in the plan.
    pub step: usize,
    /// How it ends so that the call goes on; `None`: it goes no further.
    pub left_by: Option<Outcome>,
}

impl Answer {
    /// The way as this reader may know it; `None`: whoever may know all of it.
    pub fn told(&self, reader: Option<&str>) -> Vec<Told> {
        let mut told = Vec::new();
        for passed in &self.way {
            let Some(step) = self.plan.steps.get(passed.step) else { break };
            if let Some(other) = reader.and_then(|reader| beyond(step, reader)) {
                let is_theirs =
                    |reason: &&Reason| matches!(reason, Reason::ExtensionOf { extension, .. } if extension == other);
                let because = step.because.iter().take_while(|reason| !is_theirs(reason)).cloned().collect();
                told.push(Told::Beyond { extension: other.to_owned(), because });
                break;
            }
            told.push(Told::Step { step: step.clone(), left_by: passed.left_by });
        }
        told
    }
}

impl Question {
    /// The same as somebody may ask it who decides about one extension alone: whoever may call there, at any moment, and
    /// assuming things of that extension only. Where nothing is dialled, that is.
    pub fn by_owner(self, config: &Config, own: &str) -> Result<Question, Unasked> {
        let to = normalise(self.to.trim());
        let leads_to = config.own_number(&config.office().in_full(&to)).map(|number| number.to.as_str());
        let is_own = to.is_empty() || to == own || leads_to == Some(own);
        let mut assumed = self.offline.iter().chain(&self.busy).chain(&self.dnd);
        if !is_own || assumed.any(|number| number != own) || !self.down.is_empty() || self.trunk.is_some() {
            return Err(Unasked::NotYours { own: own.to_owned() });
        }
        Ok(Question { to: own.to_owned(), ..self })
    }
}

/// The extension whose rules decide about this step, where it is another one than the reader's: what those rules are is
/// no matter of theirs.
pub fn beyond<'s>(step: &'s Step, reader: &str) -> Option<&'s str> {
    step.because.iter().find_map(|reason| match reason {
        Reason::ExtensionOf { extension, .. } if extension != reader => Some(extension.as_str()),
        _ => None,
    })
}

/// The places of the steps that whoever has this extension may see, in their order: where the call is passed on to
/// somebody else that step is the last, and it says no more than that (see [`beyond`]).
pub fn seen_by(plan: &Plan, reader: &str) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![0];
    while let Some(place) = ahead.pop() {
        let Some(step) = plan.steps.get(place) else { continue };
        if seen.insert(place) && beyond(step, reader).is_none() {
            ahead.extend(step.on.iter().map(|(_, next)| *next));
        }
    }
    seen
}

/// Decides such a call. `now` is when it is asked.
pub fn ask(config: &Config, now: Timestamp, question: &Question) -> Result<Answer, Unasked> {
    let Question { offline, busy, dnd, down, .. } = question;
    if [offline, busy, dnd, down].iter().any(|list| list.len() > MAX_ASSUMED) {
        return Err(Unasked::TooMany);
    }
    let unknown = |number: &&String| config.extension(number).is_none();
    if let Some(number) = offline.iter().chain(busy).chain(dnd).find(unknown) {
        return Err(Unasked::NoSuchExtension { number: shown(number) });
    }
    let is_on = |name: &str| config.trunk(name).is_some_and(|trunk| trunk.enabled);
    if let Some(name) = down.iter().chain(&question.trunk).find(|name| !is_on(name)) {
        return Err(Unasked::NoSuchTrunk { name: shown(name) });
    }
    let wall = match question.at {
        None => now,
        Some(local) => {
            let moment = local.to_zoned(config.office().time_zone.clone());
            moment.map_err(|_| Unasked::NoSuchMoment)?.timestamp()
        }
    };
    let (dialled, hides) = dialled(config, question)?;
    let mut presence = assumed(config, question);
    // Live, the call that is decided on counts among its caller's.
    presence.count_call(&dialled.extension, config.extension(&dialled.extension).is_some());
    let disturbed = config.without_disturbing(dnd);
    let plan = route(&disturbed, &Moment { wall }, &presence, &dialled);
    let way = way(&plan, &presence);
    let local = config.office().time_zone.to_datetime(wall);
    let seen_as = all_seen_as(config, &plan, &dialled, hides);
    Ok(Answer { at: wall, local, dialled, plan, seen_as, way })
}

fn all_seen_as(config: &Config, plan: &Plan, dialled: &Dialled, hides: Option<HiddenBy>) -> BTreeMap<usize, SeenAs> {
    let calls = plan.steps.iter().enumerate().filter_map(|(place, step)| Some((place, step.act.outside()?)));
    let seen = calls.filter_map(|(place, call)| {
        let trunk = config.trunk(&call.trunk)?;
        Some((place, seen_as(config, trunk, call, dialled, hides)))
    });
    seen.collect()
}

/// The call as a phone, or a trunk, would bring it, and what hides the caller's number.
fn dialled(config: &Config, question: &Question) -> Result<(Dialled, Option<HiddenBy>), Unasked> {
    let (from, number) = (normalise(question.from.trim()), normalise(question.to.trim()));
    if number.is_empty() {
        return Err(Unasked::NothingDialled);
    }
    if config.extension(&from).is_some() {
        // It is dialled on the first of the extension's phones.
        let user = config.phones_of(&from).next().map(|phone| phone.user.clone()).unwrap_or_default();
        let CalledBy { number, hides: by_code, .. } = called_by(config, &number);
        let hides = match by_code {
            Some(hides) => hides.then_some(HiddenBy::Code),
            None => config.hides_number(&from).then_some(HiddenBy::Extension),
        };
        let number = number.to_owned();
        return Ok((Dialled { user, extension: from, number, diverted_by: None }, hides));
    }
    let mut trunks = config.trunks().iter().filter(|trunk| trunk.enabled).map(|trunk| &trunk.name);
    let trunk = question.trunk.as_ref().or_else(|| trunks.next()).ok_or(Unasked::NoWayIn)?;
    let office = config.office();
    let extension = match from.as_str() {
        "" => ANONYMOUS.to_owned(),
        from => office.as_national(&from_carrier(office, from)),
    };
    let leads_to = config.number_of(&number).map(|own| own.number.clone());
    let number = leads_to.unwrap_or_else(|| from_carrier(office, &number));
    let hides = from.is_empty().then_some(HiddenBy::Caller);
    Ok((Dialled { user: user_of(trunk), extension, number, diverted_by: None }, hides))
}

fn assumed(config: &Config, question: &Question) -> Presence {
    let mut presence = Presence::all_well(config);
    for phone in question.offline.iter().flat_map(|extension| config.phones_of(extension)) {
        presence.count_bindings(&phone.user, 0, 0);
    }
    question.busy.iter().for_each(|extension| presence.count_call(extension, true));
    presence.trunks.extend(question.down.iter().map(|trunk| (trunk.clone(), Health::Down)));
    presence
}

/// From the first step on, as long as it is known how a step ends that nobody answers. Edges lead forward, so it ends.
fn way(plan: &Plan, presence: &Presence) -> Vec<Passed> {
    let mut way = Vec::new();
    let mut at = (!plan.steps.is_empty()).then_some(0);
    while let Some(step) = at {
        let left_by = match &plan.steps[step].act {
            Act::Ring(ring) | Act::Intercom(ring) => {
                let mut users = ring.users.iter().chain(ring.also.iter().flat_map(|strand| match &strand.rings {
                    Rings::Phones { users, .. } => users.as_slice(),
                    Rings::Number(_) => &[],
                }));
                let is_up = |call: &OutsideCall| presence.trunks.get(&call.trunk) != Some(&Health::Down);
                let mut lines = ring.also.iter().filter_map(|strand| match &strand.rings {
                    Rings::Number(calls) => Some(calls),
                    Rings::Phones { .. } => None,
                });
                let is_there =
                    users.any(|user| presence.is_reachable(user)) || lines.any(|calls| calls.iter().any(is_up));
                Some(if is_there { Outcome::Unanswered } else { Outcome::Offline })
            }
            Act::Outside(call) if presence.trunks.get(&call.trunk) == Some(&Health::Down) => Some(Outcome::NoWay),
            Act::PickUp(_) => Some(Outcome::NothingRings),
            Act::Fetch(_) => Some(Outcome::SlotEmpty),
            Act::AskName(_) => Some(Outcome::Named),
            // Who presses nothing.
            Act::Assist(_) => Some(Outcome::NoKey),
            Act::Offer(_) => Some(Outcome::NoWish),
            // Who is asked for an account has one; whether they know a code, nobody can tell.
            Act::Charge(_) => Some(Outcome::Charged),
            _ => None,
        };
        at = left_by.and_then(|outcome| plan.after(step, outcome));
        way.push(Passed { step, left_by: left_by.filter(|_| at.is_some()) });
    }
    way
}

/// What somebody wrote, as it may be repeated.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
