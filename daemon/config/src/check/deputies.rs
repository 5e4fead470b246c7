//! What rings for somebody who is looked for elsewhere.

use std::ops::RangeInclusive;

use crate::answering::{FOLLOW_INITIAL_S, FOLLOW_RING_S, FollowMe, MAX_FOLLOWED, Switch, Target};
use crate::ids::ExtensionNumber;
use crate::problem::{Effect, Fault, PersonFault, RuleFault};
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
