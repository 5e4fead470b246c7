//! What an extension does with a call, in one order: callers that it has blocked or that show no number; secretaries who answer in
//! its owner's place; do-not-disturb and forwards that are switched on; the answering rule that holds now; its phones, with those that the rule lets ring along, or with
//! the list of Follow Me after them; and when those do not take the call, a forward that is switched on, the rule's, and the mailbox.
//!
//! A caller on the list of those that are allowed passes do-not-disturb, and nothing else. Who sends a call to a number outside
//! pays for it, by their own permission. What forwards lead in a circle, or over too many people, ends in the mailbox of whoever
//! would send the call on once more.

use config::{Actions, Assistant, Diversion, DiversionKind, Extension, Hears, Target};

use super::beside::{Beside, beside, followed};
use super::case::Case;
use super::{
    Act, AskName, Asks, Assist, Dialled, Layer, Offer, Outcome, OutsideCall, Plan, Reason, Ring, Rings, Step, callers,
    completion, mailbox, nights, outbound, secretary,
};
use crate::cause::Cause;
use crate::trunks::Health;

/// How often people may send a call on to each other: an office of deputies of deputies, and no more.
pub const MAX_HOPS: usize = 5;

/// From how many steps on nobody else is asked: each person adds a few, and three ways from each of five hops are hundreds.
const MAX_STEPS: usize = 64;

/// How phones can fail to take a call.
const UNTAKEN: [Outcome; 5] =
    [Outcome::Busy, Outcome::Declined, Outcome::Unanswered, Outcome::Offline, Outcome::Incompatible];

/// The plan for an extension; `None` where the number is none.
pub(super) fn extension(case: Case<'_>, number: &str) -> Option<Plan> {
    let called = case.config.extension(number)?;
    let mut planner = Planner { case, steps: Vec::new(), path: Vec::new(), is_assisting: false, is_named: false };
    planner.person(called, Vec::new());
    Some(Plan { steps: planner.steps })
}

struct Planner<'a> {
    case: Case<'a>,
    steps: Vec<Step>,
    /// The extensions whose forwards lead to where the plan is.
    path: Vec<&'a str>,
    /// Whether a key of an assistant does: one is met on a way.
    is_assisting: bool,
    /// Whether the caller has been asked for a name on the way here.
    is_named: bool,
}

impl<'a> Planner<'a> {
    /// Adds what this extension does with the call; returns the place of the first step.
    fn person(&mut self, called: &'a Extension, mut because: Vec<Reason>) -> usize {
        because.push(Reason::ExtensionOf {
            extension: called.number.to_string(),
            person: self.case.config.person(called.person).map(|person| person.name.clone()).unwrap_or_default(),
        });
        self.path.push(called.number.as_str());
        let first = self.decide(called, because);
        self.path.pop();
        first
    }

    fn decide(&mut self, called: &'a Extension, mut because: Vec<Reason>) -> usize {
        let (at, answering) = (self.case.moment.wall, &called.answering);
        let extension = called.number.to_string();
        let is_allowed = match callers::judge(self.case, called, self.path.len() == 1, &mut because) {
            Ok(is_allowed) => is_allowed,
            Err(hears) => return self.turn_away(hears, because),
        };
        because.extend(nights::of(answering, at));
        if let Some(deputies) = secretary::secretaries(&self.case, called, &self.path, &mut because) {
            return self.ring(called, answering.actions(at), (is_allowed, Some(deputies)), because);
        }
        if let Some(diversion) = answering.diverts(DiversionKind::Dnd, at).filter(|_| !is_allowed) {
            because.push(Reason::DoNotDisturb { extension, layer: Layer::of(&diversion.switch) });
            return self.message(called, Cause::Busy, because);
        }
        if let Some(diversion) = answering.diverts(DiversionKind::Always, at) {
            let sent = Sent { by: called, to: diversion.to.as_ref(), layer: Layer::of(&diversion.switch) };
            return self.send(&sent, because);
        }
        let rule = answering.active(at).and_then(|place| answering.rules.get(place));
        if let Some(rule) = rule {
            let date = rule.when.time_zone.to_datetime(at).date();
            because.push(Reason::RuleMatched { rule: rule.when.name.clone(), extension: extension.clone(), date });
        } else if !answering.rules.is_empty() {
            because.push(Reason::NoRuleMatched { extension: extension.clone() });
        }
        let actions = rule.map_or(&answering.otherwise, |rule| &rule.actions);
        if actions.is_dnd && !is_allowed {
            because.push(Reason::DoNotDisturb { extension, layer: Layer::Rule });
            return self.message(called, Cause::Busy, because);
        }
        let sent = |to: &'a Target| Sent { by: called, to: Some(to), layer: Layer::Rule };
        if let Some(to) = &actions.always {
            return self.send(&sent(to), because);
        }
        let calls = self.other_calls(called);
        if let Some(to) = actions.on_active.as_ref().filter(|_| calls > 0) {
            because.push(Reason::InCalls { calls });
            return self.send(&sent(to), because);
        }
        self.ring(called, actions, (is_allowed, None), because)
    }

    fn turn_away(&mut self, hears: Hears, because: Vec<Reason>) -> usize {
        self.push(callers::turned_away(hears), because)
    }

    /// Rings the own phones, with what rings besides; or those who answer in the owner's place.
    fn ring(
        &mut self,
        called: &'a Extension,
        actions: &'a Actions,
        (is_allowed, deputies): (bool, Option<Beside>),
        mut because: Vec<Reason>,
    ) -> usize {
        let Case { presence, dialled, .. } = self.case;
        let number = called.number.to_string();
        let mut users = if actions.is_away { Vec::new() } else { self.own_phones(&number, &mut because) };
        if let Some(calls) = presence.calls.get(&number) {
            because.push(Reason::InCalls { calls: *calls });
        }
        let is_alone = presence.alone.values().any(|of| *of == number);
        let calls = self.other_calls(called);
        let has_one_call = (is_alone || !called.call_waiting) && calls > 0;
        let unanswered = presence.unanswered.get(&number).copied().unwrap_or_default();
        let full = called.max_calls.map(usize::from).filter(|most| calls + unanswered >= *most);
        let has_no_line = has_one_call || full.is_some();
        if has_one_call {
            because.push(Reason::NoCallWaiting);
        } else if let Some(calls) = full {
            because.push(Reason::NoFreeLine { calls });
        }
        if has_no_line && deputies.is_none() {
            return match self.sent_after(called, actions, Outcome::Busy) {
                Some(sent) => self.send(&sent, because),
                None => self.busy(called, because),
            };
        }
        let mut limit_s = u32::from(actions.ring_s.unwrap_or(called.ring_s));
        let is_desk_asked = deputies.as_ref().is_none_or(|deputies| deputies.phones_ring);
        let screens = actions.screens && is_desk_asked && !is_allowed && dialled.is_from_outside();
        let asks = screens.then_some(Asks::Wanting);
        if asks.is_some() {
            because.push(Reason::Screened { extension: number.clone() });
        }
        let other = deputies.or_else(|| followed(&self.case, called, actions, &mut because));
        let mut also = match other {
            Some(other) => {
                limit_s = other.limit_s;
                users.retain(|_| other.phones_ring && !has_no_line);
                other.strands
            }
            None => actions.also.iter().filter_map(|row| beside(&self.case, called, row, &mut because)).collect(),
        };
        // Who answers in somebody's place asks whom they want themselves.
        also.iter_mut().filter(|strand| !strand.is_deputy).for_each(|strand| strand.asks = asks.or(strand.asks));
        let rings = Ring { extension: number, users, limit_s, asks, also };
        let naming = self.ask_name(&rings, &mut because);
        let step = self.push(Act::Ring(rings), because);
        let was_named = self.is_named;
        self.is_named |= naming.is_some();
        if asks.is_some() {
            let next = self.mailbox(called, Cause::Unanswered, Vec::new());
            self.steps[step].on.push((Outcome::ToMailbox, next));
        }
        self.lead_on(step, called, actions);
        self.is_named = was_named;
        naming.unwrap_or(step)
    }

    /// Asks the caller for a name before phones ring whose users are asked whether they want the call (F33). Nobody is asked twice on a
    /// way, or for phones that are not there; whom somebody has passed on has said who they are, and whoever calls back after a call for
    /// help has no time for it.
    fn ask_name(&mut self, rings: &Ring, because: &mut Vec<Reason>) -> Option<usize> {
        let Case { presence, dialled, is_call_back, .. } = self.case;
        let reaches = |users: &[String]| users.iter().any(|user| presence.is_reachable(user));
        let is_up = |call: &OutsideCall| presence.trunks.get(&call.trunk) != Some(&Health::Down);
        // Who answers in somebody's place hears no name.
        let mut hearing = rings.also.iter().filter(|strand| strand.asks == Some(Asks::Wanting));
        let is_there = reaches(&rings.users)
            || hearing.any(|strand| match &strand.rings {
                Rings::Phones { users, .. } => reaches(users),
                Rings::Number(calls) => calls.iter().any(is_up),
            });
        let is_asked = rings.asks == Some(Asks::Wanting) && is_there && !self.is_named;
        if !is_asked || is_call_back || dialled.diverted_by.is_some() {
            return None;
        }
        let extension = rings.extension.clone();
        let first = std::mem::replace(because, vec![Reason::After { outcome: Outcome::Named }]);
        let step = self.push(Act::AskName(AskName { extension }), first);
        self.steps[step].on.push((Outcome::Named, step + 1));
        Some(step)
    }

    /// Where the call goes that the phones of this step did not take.
    fn lead_on(&mut self, step: usize, called: &'a Extension, actions: &'a Actions) {
        let offers = self.offers(called, actions);
        // One assistant and one mailbox for all outcomes: behind them nobody answered.
        let is_heard = called.voicemail || self.assistant(called).is_some();
        let mut known: Vec<(Option<Sent<'a>>, usize)> = Vec::new();
        for outcome in UNTAKEN {
            let sent = self.sent_after(called, actions, outcome);
            let is_same = |(other, _): &&(Option<Sent<'a>>, usize)| *other == sent;
            let shared = known.iter().find(is_same).filter(|_| sent.is_some() || is_heard);
            let next = match (shared, &sent) {
                (Some((_, next)), _) => *next,
                (None, Some(sent)) => self.send(sent, Vec::new()),
                (None, None) if is_heard => self.message(called, Cause::Unanswered, Vec::new()),
                (None, None) => self.push(Act::Reject(outcome.into()), vec![Reason::After { outcome }]),
            };
            known.push((sent, next));
            let offer = offers.iter().find(|(after, _)| *after == outcome).map(|(_, offer)| *offer);
            if let Some(offer) = offer {
                self.steps[offer].on.push((Outcome::NoWish, next));
            }
            self.steps[step].on.push((outcome, offer.unwrap_or(next)));
        }
    }

    /// Busy before anything rang.
    fn busy(&mut self, called: &'a Extension, because: Vec<Reason>) -> usize {
        if !completion::is_offered(self.case, called, self.path.len()) {
            return self.message(called, Cause::Busy, because);
        }
        let offer = self.offer(called, Outcome::Busy, because);
        let next = self.message(called, Cause::Busy, Vec::new());
        self.steps[offer].on.push((Outcome::NoWish, next));
        offer
    }

    /// The steps that ask the caller whether to be called back, each for one outcome that no forward takes care of (F98, layer 10).
    fn offers(&mut self, called: &'a Extension, actions: &'a Actions) -> Vec<(Outcome, usize)> {
        if !completion::is_offered(self.case, called, self.path.len()) {
            return Vec::new();
        }
        let is_left = |outcome: &Outcome| self.sent_after(called, actions, *outcome).is_none();
        let left: Vec<Outcome> = [Outcome::Busy, Outcome::Unanswered].into_iter().filter(is_left).collect();
        left.into_iter().map(|outcome| (outcome, self.offer(called, outcome, Vec::new()))).collect()
    }

    fn offer(&mut self, called: &Extension, after: Outcome, mut because: Vec<Reason>) -> usize {
        if because.is_empty() {
            because.push(Reason::After { outcome: after });
        }
        because.push(Reason::OffersCompletion { extension: self.case.dialled.extension.clone() });
        self.push(Act::Offer(Offer { target: called.number.to_string(), after }), because)
    }

    fn own_phones(&self, number: &str, because: &mut Vec<Reason>) -> Vec<String> {
        let Case { config, presence, dialled, .. } = self.case;
        let mut users: Vec<String> = config.phones_of(number).map(|phone| phone.user.clone()).collect();
        if users.contains(&dialled.user) {
            users.retain(|user| *user != dialled.user);
            because.push(Reason::CallerOwnPhone);
        }
        let registered = users.iter().filter(|user| presence.is_registered(user)).count();
        because.push(Reason::PhonesRegistered { registered, phones: users.len() });
        let reachable = users.iter().filter(|user| presence.is_reachable(user)).count();
        if reachable < registered {
            because.push(Reason::PhonesSilent { silent: registered - reachable, registered });
        }
        users
    }

    /// Where a call goes that the phones did not take; `None`: to the mailbox, where there is one.
    fn sent_after(&self, called: &'a Extension, actions: &'a Actions, outcome: Outcome) -> Option<Sent<'a>> {
        let (kind, of_rule) = match outcome {
            Outcome::Busy | Outcome::Declined => (DiversionKind::Busy, &actions.busy),
            Outcome::Unanswered => (DiversionKind::Unanswered, &actions.unanswered),
            Outcome::Offline => (DiversionKind::Offline, &actions.offline),
            _ => return None,
        };
        if let Some(diversion) = called.answering.diverts(kind, self.case.moment.wall) {
            return Some(Sent { by: called, to: diversion.to.as_ref(), layer: Layer::of(&diversion.switch) });
        }
        of_rule.as_ref().map(|to| Sent { by: called, to: Some(to), layer: Layer::Rule })
    }

    /// The calls that the extension is in besides this one.
    fn other_calls(&self, called: &Extension) -> usize {
        let calls = self.case.presence.calls.get(called.number.as_str()).copied().unwrap_or_default();
        // The call that is being routed counts too, where it is the extension's own.
        calls.saturating_sub(usize::from(self.case.dialled.extension == called.number.as_str()))
    }

    fn send(&mut self, sent: &Sent<'a>, mut because: Vec<Reason>) -> usize {
        let own = || Target::Voicemail(sent.by.number.clone());
        let to = sent.to.cloned().unwrap_or_else(own);
        because.push(Reason::Forwards {
            extension: sent.by.number.to_string(),
            layer: sent.layer.clone(),
            to: to.clone(),
        });
        let config = self.case.config;
        match &to {
            Target::Person(number) => self.send_to_person(number.as_str(), sent.by, because),
            Target::Phone(number) => self.send_to_phone(number.as_str(), sent.by, because),
            Target::Voicemail(number) => match config.extension(number.as_str()) {
                Some(owner) => self.mailbox(owner, Cause::Unanswered, because),
                None => self.message(sent.by, Cause::Unanswered, because),
            },
            Target::Number(number) => self.send_outside(number, sent.by, because),
        }
    }

    fn send_to_person(&mut self, number: &str, by: &'a Extension, mut because: Vec<Reason>) -> usize {
        let goes_round = self.path.contains(&number) || self.path.len() > MAX_HOPS || self.steps.len() >= MAX_STEPS;
        match self.case.config.extension(number) {
            Some(called) if !goes_round => self.person(called, because),
            Some(_) => {
                because.push(Reason::GoesRound { extension: number.to_owned() });
                self.message(by, Cause::Loop, because)
            }
            None => self.message(by, Cause::NoSuchNumber, because),
        }
    }

    fn send_to_phone(&mut self, number: &str, by: &'a Extension, because: Vec<Reason>) -> usize {
        let config = self.case.config;
        let users = self.case.phones_of(number);
        let limit_s = config.extension(number).unwrap_or(by).ring_s.into();
        let step = self.push(Act::Ring(Ring::phones(number.to_owned(), users, limit_s)), because);
        let next = self.message(by, Cause::Unanswered, Vec::new());
        self.steps[step].on = UNTAKEN.map(|outcome| (outcome, next)).to_vec();
        step
    }

    fn send_outside(&mut self, number: &str, by: &'a Extension, because: Vec<Reason>) -> usize {
        let Case { config, moment, presence, dialled, .. } = self.case;
        let own = config.own_number(&config.office().in_full(number)).map(|own| own.to.as_str());
        if let Some(inside) = config.extension(number).map(|_| number).or(own) {
            return self.send_to_person(inside, by, because);
        }
        let diverted_by = Some(by.number.to_string());
        let outside = Dialled { number: number.to_owned(), diverted_by, ..dialled.clone() };
        let Some(plan) = outbound::route(config, moment, presence, &outside) else {
            return self.message(by, Cause::NoSuchNumber, because);
        };
        let first = self.steps.len();
        for mut step in plan.steps {
            step.on.iter_mut().for_each(|(_, next)| *next += first);
            self.steps.push(step);
        }
        self.steps[first].because.splice(0..0, because);
        // What cannot go out is not lost.
        if let Some(Act::Reject(cause)) = self.steps.last().map(|step| &step.act) {
            let cause = *cause;
            let because = self.steps.pop().map(|step| step.because).unwrap_or_default();
            self.message(by, cause, because);
        }
        first
    }

    /// What becomes of a call that an extension does not take: its assistant where that is on, else its mailbox (F98, layer 11).
    fn message(&mut self, of: &'a Extension, cause: Cause, mut because: Vec<Reason>) -> usize {
        let number = of.number.as_str();
        let Some((diversion, assistant)) = self.assistant(of) else {
            return self.mailbox(of, cause, because);
        };
        because.push(Reason::Assists { extension: number.to_owned(), layer: Layer::of(&diversion.switch) });
        let keys = assistant.keys.keys().copied().collect();
        let step = self.push(Act::Assist(Assist { mailbox: number.to_owned(), keys }), because);
        self.is_assisting = true;
        for (key, to) in &assistant.keys {
            let next = self.send(&Sent { by: of, to: Some(to), layer: Layer::Key(*key) }, Vec::new());
            self.steps[step].on.push((Outcome::Key(*key), next));
            self.come_back(next);
            self.lose_nobody(next, of);
        }
        self.is_assisting = false;
        let because = if of.voicemail { Vec::new() } else { vec![Reason::After { outcome: Outcome::NoKey }] };
        let next = self.mailbox(of, cause, because);
        self.steps[step].on.push((Outcome::NoKey, next));
        step
    }

    /// The assistant that speaks to whoever comes to this extension now. Nobody comes from one to another's: who chose somebody
    /// has been asked once. Whoever was called for help and calls back has no time for it.
    fn assistant(&self, of: &'a Extension) -> Option<(&'a Diversion, &'a Assistant)> {
        let is_possible = !self.case.is_call_back && !self.is_assisting && self.steps.len() < MAX_STEPS;
        of.answering.assists(self.case.moment.wall).filter(|_| is_possible)
    }

    /// Who was led to a number outside that does not answer comes to where they come whom no trunk takes: the mailbox.
    fn come_back(&mut self, first: usize) {
        let is_outside = |step: &Step| step.act.outside().is_some();
        let is_led_on = |step: &Step| step.on.iter().any(|(outcome, _)| UNTAKEN.contains(outcome));
        for place in first..self.steps.len() {
            if !is_outside(&self.steps[place]) || is_led_on(&self.steps[place]) {
                continue;
            }
            // The trunks of one number follow each other; each edge leads forward.
            let mut next = place;
            while is_outside(&self.steps[next]) {
                let Some((_, behind)) = self.steps[next].on.first() else { break };
                next = *behind;
            }
            if next > place {
                self.steps[place].on.extend(UNTAKEN.map(|outcome| (outcome, next)));
            }
        }
    }

    /// Whoever chose somebody who takes neither the call nor a message comes to the mailbox of the assistant's owner, where there is
    /// one. Whom a list of callers turns away stays away.
    fn lose_nobody(&mut self, first: usize, of: &Extension) {
        let is_lost = |step: &Step| {
            let is_listed = |reason: &Reason| matches!(reason, Reason::BlockedCaller { .. } | Reason::NoNumber { .. });
            matches!(step.act, Act::Reject(_)) && !step.because.iter().any(is_listed)
        };
        let lost: Vec<usize> = (first..self.steps.len()).filter(|place| is_lost(&self.steps[*place])).collect();
        if lost.is_empty() || !of.voicemail {
            return;
        }
        // The message takes the place of each no; the operator, where there is one, stands once behind them all.
        let before = self.steps.len() - 1;
        let mut message = mailbox::deposit(self.case.config, self.case.dialled, of.number.as_str(), before);
        self.steps.extend(message.split_off(1));
        for place in lost {
            let mut step = message[0].clone();
            step.because.splice(0..0, self.steps[place].because.drain(..));
            self.steps[place] = step;
        }
    }

    /// Takes a message for an extension, or says no where it takes none.
    fn mailbox(&mut self, of: &Extension, cause: Cause, because: Vec<Reason>) -> usize {
        if !of.voicemail {
            return self.push(Act::Reject(cause), because);
        }
        let first = self.steps.len();
        let mut steps = mailbox::deposit(self.case.config, self.case.dialled, of.number.as_str(), first);
        steps[0].because.splice(0..0, because);
        self.steps.extend(steps);
        first
    }

    fn push(&mut self, act: Act, because: Vec<Reason>) -> usize {
        self.steps.push(Step { act, on: Vec::new(), because });
        self.steps.len() - 1
    }
}

/// A call that an extension sends on.
#[derive(Clone, PartialEq)]
struct Sent<'a> {
    by: &'a Extension,
    /// `None`: to its own mailbox.
    to: Option<&'a Target>,
    layer: Layer,
}
