//! The diversions that have a list: Follow Me (F93), secretaries (F91), and the assistant with its keys (F97).

use config::{Assistant, FollowMe, Secretaries, SecretaryCallers, SecretaryStrategy, Target};

use super::clause::Clause;
use super::unclear::Unclear;

/// What Follow Me does, part by part.
pub(super) fn of_follow_me(follow_me: &FollowMe) -> Vec<Clause> {
    let FollowMe { initial_s, ring_s, in_turn, list } = follow_me;
    let first = if *initial_s == 0 { Clause::Away } else { Clause::First(*initial_s) };
    let list = list.iter().cloned().map(Clause::Then);
    [Clause::FollowMe, first].into_iter().chain(list).chain([of_time(*in_turn, *ring_s)]).collect()
}

/// Who answers in somebody's place, part by part.
pub(super) fn of_secretaries(secretaries: &Secretaries) -> Vec<Clause> {
    let Secretaries { list, strategy, callers, initial_s, ring_s, pass } = secretaries;
    let first = match strategy {
        SecretaryStrategy::Everyone => Some(Clause::Everyone),
        _ => strategy.is_boss_first().then_some(Clause::First(*initial_s)),
    };
    let list = list.iter().cloned().map(Clause::Answers);
    let time = of_time(strategy.is_in_turn(), *ring_s);
    let pass = pass.iter().cloned().map(Clause::Pass);
    [Clause::Secretaries(*callers)].into_iter().chain(first).chain(list).chain([time]).chain(pass).collect()
}

/// What the assistant does, key by key.
pub(super) fn of_assistant(assistant: &Assistant) -> Vec<Clause> {
    let Assistant { keys } = assistant;
    let keys = keys.iter().map(|(key, to)| Clause::Key(*key, Some(to.clone())));
    std::iter::once(Clause::Assistant).chain(keys).collect()
}

fn of_time(in_turn: bool, ring_s: u16) -> Clause {
    if in_turn { Clause::Each(ring_s) } else { Clause::Together(ring_s) }
}

/// What is said of a list besides who is on it.
#[derive(Default)]
struct Said {
    first_s: Option<u16>,
    is_everyone: bool,
    /// Whether one rings after the other, and for how long.
    time: Option<(bool, u16)>,
}

impl Said {
    /// Takes a part; whether it is one of these.
    fn takes(&mut self, clause: &Clause) -> Result<bool, Unclear> {
        let is_twice = match clause {
            Clause::First(seconds) => self.first_s.replace(*seconds).is_some(),
            Clause::Away => self.first_s.replace(0).is_some(),
            Clause::Everyone => std::mem::replace(&mut self.is_everyone, true),
            Clause::Each(seconds) => self.time.replace((true, *seconds)).is_some(),
            Clause::Together(seconds) => self.time.replace((false, *seconds)).is_some(),
            _ => return Ok(false),
        };
        if is_twice { Err(Unclear::Twice) } else { Ok(true) }
    }
}

/// Follow Me of its parts.
pub(super) fn follow_me<'a>(parts: impl Iterator<Item = &'a Clause>) -> Result<FollowMe, Unclear> {
    let (mut said, mut follow_me) = (Said::default(), FollowMe::default());
    for clause in parts {
        match clause {
            Clause::Then(target) => follow_me.list.push(target.clone()),
            clause if said.takes(clause)? => {}
            _ => return Err(Unclear::NotOfDiversion),
        }
    }
    if said.is_everyone {
        return Err(Unclear::NotOfDiversion);
    }
    follow_me.initial_s = said.first_s.unwrap_or(follow_me.initial_s);
    (follow_me.in_turn, follow_me.ring_s) = said.time.unwrap_or((follow_me.in_turn, follow_me.ring_s));
    Ok(follow_me)
}

/// Secretaries of their parts.
pub(super) fn secretaries<'a>(
    callers: SecretaryCallers,
    parts: impl Iterator<Item = &'a Clause>,
) -> Result<Secretaries, Unclear> {
    let (mut said, mut secretaries) = (Said::default(), Secretaries { callers, ..Secretaries::default() });
    for clause in parts {
        match clause {
            Clause::Answers(one) => secretaries.list.push(one.clone()),
            Clause::Pass(one) => secretaries.pass.push(one.clone()),
            clause if said.takes(clause)? => {}
            _ => return Err(Unclear::NotOfDiversion),
        }
    }
    let (in_turn, ring_s) = said.time.unwrap_or((!said.is_everyone, secretaries.ring_s));
    secretaries.ring_s = ring_s;
    secretaries.strategy = match (said.is_everyone, said.first_s.is_some_and(|first_s| first_s > 0), in_turn) {
        (true, false, false) => SecretaryStrategy::Everyone,
        // Who rings with all others rings neither first nor in turn.
        (true, ..) => return Err(Unclear::Twice),
        (false, true, true) => SecretaryStrategy::BossThenInTurn,
        (false, true, false) => SecretaryStrategy::BossThenAll,
        (false, false, true) => SecretaryStrategy::InTurn,
        (false, false, false) => SecretaryStrategy::All,
    };
    secretaries.initial_s = said.first_s.filter(|first_s| *first_s > 0).unwrap_or(secretaries.initial_s);
    Ok(secretaries)
}

/// The assistant of this extension, of its parts.
pub(super) fn assistant<'a>(extension: &str, parts: impl Iterator<Item = &'a Clause>) -> Result<Assistant, Unclear> {
    let mut assistant = Assistant::default();
    for clause in parts {
        let Clause::Key(key, to) = clause else { return Err(Unclear::NotOfDiversion) };
        let own = || extension.parse().ok().map(Target::Voicemail);
        let to = to.clone().or_else(own).ok_or(Unclear::Nothing)?;
        if assistant.keys.insert(*key, to).is_some() {
            return Err(Unclear::Twice);
        }
    }
    Ok(assistant)
}
