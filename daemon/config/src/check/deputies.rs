//! Who rings for somebody: where that one is looked for elsewhere, and who answers in that one's place.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::answering::{
    ASSISTANT_KEYS, Assistant, BOSS_FIRST_S, FOLLOW_INITIAL_S, FOLLOW_RING_S, FollowMe, MAX_FOLLOWED, MAX_PASSING,
    MAX_SECRETARIES, Passing, Secretaries, Secretary, SecretaryCallers, SecretaryStrategy, Switch, Target,
};
use crate::ids::ExtensionNumber;
use crate::problem::{ContactFault, Effect, Fault, OutsideFault, PersonFault, RuleFault};
use crate::raw_rules::RawDiversion;

use super::{At, Check, out_of_range, shown};

impl Check {
    /// Follow Me: a place that cannot ring is left out, and the others ring. With none it cannot be on (F93).
    pub(super) fn follow_me(
        &mut self,
        at: &At,
        of: &ExtensionNumber,
        raw: &RawDiversion,
        switch: &Switch,
    ) -> Option<FollowMe> {
        let usual = FollowMe::default();
        let initial_s = self.seconds(at, "initial_s", raw.initial_s.unwrap_or(usual.initial_s), &FOLLOW_INITIAL_S)?;
        let ring_s = self.seconds(at, "ring_s", raw.ring_s.unwrap_or(usual.ring_s), &FOLLOW_RING_S)?;
        let mut list = Vec::new();
        for (index, text) in raw.list.iter().flatten().enumerate() {
            if index == MAX_FOLLOWED {
                self.problem(at, "list", Fault::TooMany { most: MAX_FOLLOWED }, Effect::Ignored);
                break;
            }
            match self.followed(of, index + 1, text) {
                Ok(target) => list.push(target),
                Err(fault) => self.problem(at, "list", fault, Effect::Ignored),
            }
        }
        if list.is_empty() && *switch != Switch::Off {
            self.off(at, "list", RuleFault::NobodyFollowed)?;
        }
        Some(FollowMe { initial_s, ring_s, in_turn: raw.in_turn.unwrap_or(usual.in_turn), list })
    }

    /// Secretaries: whom there is not is left out, and the others ring. With none they cannot be on (F91).
    pub(super) fn secretaries(
        &mut self,
        at: &At,
        of: &ExtensionNumber,
        raw: &RawDiversion,
        switch: &Switch,
    ) -> Option<Secretaries> {
        let usual = Secretaries::default();
        let initial_s = self.seconds(at, "initial_s", raw.initial_s.unwrap_or(usual.initial_s), &BOSS_FIRST_S)?;
        let ring_s = self.seconds(at, "ring_s", raw.ring_s.unwrap_or(usual.ring_s), &FOLLOW_RING_S)?;
        let known = SecretaryStrategy::ALL.map(SecretaryStrategy::as_str).join(", ");
        let strategy = self.word(at, "strategy", raw.strategy.as_deref(), SecretaryStrategy::named, known)?;
        let known = SecretaryCallers::ALL.map(SecretaryCallers::as_str).join(", ");
        let callers = self.word(at, "callers", raw.callers.as_deref(), SecretaryCallers::named, known)?;
        let mut list: Vec<Secretary> = Vec::new();
        for (index, text) in raw.secretaries.iter().flatten().enumerate() {
            if index == MAX_SECRETARIES {
                self.problem(at, "secretaries", Fault::TooMany { most: MAX_SECRETARIES }, Effect::Ignored);
                break;
            }
            match self.secretary(of, &list, index + 1, text) {
                Ok(secretary) => list.push(secretary),
                Err(fault) => self.problem(at, "secretaries", fault, Effect::Ignored),
            }
        }
        if list.is_empty() && *switch != Switch::Off {
            self.off(at, "secretaries", RuleFault::NobodyAnswers)?;
        }
        let pass = self.passing(at, raw);
        Some(Secretaries { list, strategy, callers, initial_s, ring_s, pass })
    }

    fn secretary(
        &self,
        of: &ExtensionNumber,
        known: &[Secretary],
        place: usize,
        text: &str,
    ) -> Result<Secretary, Fault> {
        let bad = || Fault::from(RuleFault::BadSecretary { place, row: shown(text) });
        let secretary: Secretary = text.parse().map_err(|_| bad())?;
        let number = &secretary.extension;
        if number == of || known.iter().any(|other| other.extension == *number) {
            return Err(bad());
        }
        match self.config.extension(number.as_str()) {
            Some(_) => Ok(secretary),
            None => Err(PersonFault::NoSuchExtension { number: number.to_string() }.into()),
        }
    }

    /// Whose calls pass the secretaries (F92).
    fn passing(&mut self, at: &At, raw: &RawDiversion) -> Vec<Passing> {
        let mut pass: Vec<Passing> = Vec::new();
        for (index, text) in raw.pass.iter().flatten().enumerate() {
            if index == MAX_PASSING {
                self.problem(at, "pass", Fault::TooMany { most: MAX_PASSING }, Effect::Ignored);
                break;
            }
            match text.parse::<Passing>() {
                Ok(one) if pass.contains(&one) => {}
                Ok(one) => pass.push(one),
                Err(_) if text.starts_with(Passing::TAG) => {
                    self.problem(at, "pass", ContactFault::BadTag, Effect::Ignored);
                }
                Err(bad) => self.problem(at, "pass", OutsideFault::BadPattern(bad), Effect::Ignored),
            }
        }
        pass
    }

    /// The personal assistant: a key that says nothing is left out, and one whose target is gone leads to the mailbox (F97).
    pub(super) fn assistant(&mut self, at: &At, of: &ExtensionNumber, raw: &RawDiversion) -> Assistant {
        let mut keys = BTreeMap::new();
        for (index, text) in raw.keys.iter().flatten().enumerate() {
            if index == ASSISTANT_KEYS {
                self.problem(at, "keys", Fault::TooMany { most: ASSISTANT_KEYS }, Effect::Ignored);
                break;
            }
            let (key, to) = text.trim().split_once(' ').unwrap_or_default();
            let key = Some(key).filter(|key| key.len() == 1).and_then(|key| key.parse::<u8>().ok());
            match key.filter(|key| !keys.contains_key(key)) {
                Some(key) => keys.extend(self.target(at, of, "keys", Some(to)).map(|to| (key, to))),
                None => {
                    let fault = RuleFault::BadKey { place: index + 1, row: shown(text) };
                    self.problem(at, "keys", fault, Effect::Ignored);
                }
            }
        }
        Assistant { keys }
    }

    /// A word of a few that are known; what is not written is the usual one.
    fn word<T: Default>(
        &mut self,
        at: &At,
        field: &str,
        word: Option<&str>,
        named: fn(&str) -> Option<T>,
        known: String,
    ) -> Option<T> {
        let Some(word) = word else { return Some(T::default()) };
        let found = named(word);
        if found.is_none() {
            self.off(at, field, OutsideFault::UnknownWord { word: shown(word), known })?;
        }
        found
    }

    fn seconds(&mut self, at: &At, field: &str, value: u16, range: &RangeInclusive<u16>) -> Option<u16> {
        if !range.contains(&value) {
            self.off(at, field, out_of_range(value, range))?;
        }
        Some(value)
    }

    /// One of the list: the own phones ring before it, and no call for help is made by it.
    fn followed(&self, of: &ExtensionNumber, place: usize, text: &str) -> Result<Target, Fault> {
        let bad = || Fault::from(RuleFault::BadFollowed { place, row: shown(text) });
        let target: Target = text.parse().map_err(|_| bad())?;
        match &target {
            to if to.id() == of.as_str() => Err(bad()),
            Target::Phone(number) if self.config.extension(number.as_str()).is_none() => {
                Err(PersonFault::NoSuchExtension { number: number.to_string() }.into())
            }
            Target::Number(number) if self.config.is_emergency(number) => {
                Err(RuleFault::CallsForHelp { number: number.clone() }.into())
            }
            Target::Phone(_) | Target::Number(_) => Ok(target),
            Target::Person(_) | Target::Voicemail(_) => Err(bad()),
        }
    }
}
